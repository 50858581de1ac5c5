"""Gallery of small workbooks: everybody of a school beside those whom a title tells of."""

import pytest
from gallery import read, sheet

ADMITTED = "TỔNG HỢP KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2024"
DEVELOPED = "TỔNG HỢP KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2024"
ASKED = "warning unclear_measure"


def across(tmp_path, heads, numbers, title=ADMITTED):
    """Read a table of one school in one row."""
    rows = [[title], [], ["STT", "Trường", *heads], [1, "THPT Nguyễn Du", *numbers]]
    return read(tmp_path, sheet(rows), schools="nd")


def down(tmp_path, rows, title):
    """Read a table of one school with one column of numbers."""
    head = [[title], ["TRƯỜNG THPT NGUYỄN DU"], [], ["STT", "Nội dung", "Số lượng"]]
    numbered = [[number, *row] for number, row in enumerate(rows, 1)]
    return read(tmp_path, sheet([*head, *numbered]), schools="nd")


@pytest.mark.parametrize("title", [ADMITTED, DEVELOPED])
@pytest.mark.parametrize(
    ("head", "who"),
    [
        ("Tổng số CB, GV, NV", "staff"),
        ("Tổng số CBGVNV", "staff"),
        ("Tổng CBGVNV", "staff"),
        ("TONG SO CB, GV, NV", "staff"),
        ("Tổng số giáo viên", "staff.teacher"),
        ("Tổng số học sinh", "student"),
        ("Tổng số HS toàn trường", "student"),
        ("HS toàn trường", "student"),
        ("Số học sinh khối 12", "student.grade_12"),
        ("Số HS khối 12", "student.grade_12"),
        ("Số HS lớp 12", "student.grade_12"),
        ("Tổng số HS khối 12", "student.grade_12"),
    ],
)
def test_everybody_before_those_admitted_is_a_headcount(tmp_path, title, head, who):
    """«Tổng số CB, GV, NV» are not admitted where the next header names those who are."""
    reading = across(tmp_path, [head, "Số học sinh được kết nạp"], [862, 9], title)
    assert reading.counts == {f"nd 2024 {who} headcount": 862, "nd 2024 student admitted": 9}
    assert reading.asked == []


@pytest.mark.parametrize("head", ["Tổng số CB, GV, NV", "Tổng CBGVNV", "Tổng số CBGVNV"])
def test_everybody_is_no_total_of_the_admissions_beside_it(tmp_path, head):
    """One number adds nothing up."""
    reading = across(tmp_path, [head, "Số CBGVNV được kết nạp"], [62, 3])
    assert reading.counts == {"nd 2024 staff headcount": 62, "nd 2024 staff admitted": 3}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("label", "who"), [("Tổng số CBGVNV", "staff"), ("Tổng CB, GV, NV", "staff"), ("Tổng số học sinh", "student")]
)
def test_everybody_in_a_row_above_those_admitted_is_a_headcount(tmp_path, label, who):
    """As across, so down."""
    rows = [[label, 862], ["Số học sinh được kết nạp Đảng", 9]]
    reading = down(tmp_path, rows, "KẾT QUẢ KẾT NẠP ĐẢNG NĂM 2024")
    assert reading.counts == {f"nd 2024 {who} headcount": 862, "nd 2024 student admitted": 9}
    assert reading.asked == []


@pytest.mark.parametrize("title", ["BÁO CÁO TÌNH HÌNH ĐẢNG VIÊN NĂM 2024", "THỐNG KÊ ĐẢNG VIÊN NĂM 2024"])
def test_everybody_around_the_members_of_the_party_is_a_headcount(tmp_path, title):
    """«Tổng số đảng viên» is no sum of what stands before it and behind it."""
    rows = [["Tổng số cán bộ, giáo viên, nhân viên", 62], ["Tổng số đảng viên", 38], ["Tổng số học sinh", 845]]
    reading = down(tmp_path, rows, title)
    assert reading.counts == {
        "nd 2024 staff headcount": 62,
        "nd 2024 all party_members": 38,
        "nd 2024 student headcount": 845,
    }
    assert reading.asked == []


@pytest.mark.parametrize(
    ("heads", "numbers", "asked"),
    [
        (["Tổng số giáo viên", "Học sinh"], [52, 9], "C4"),  # nothing names those admitted
        (["Tổng số CB, GV, NV"], [62], "C4"),
        (["Số HS kết nạp", "Tổng CBGVNV"], [9, 3], "D4"),  # of the staff admitted, perhaps
        (["Số HS kết nạp", "Số HS khối 12"], [9, 8], "D4"),  # of those admitted, perhaps
        (["Tổng CBGVNV", "Tổng số HS", "Tổng số kết nạp"], [3, 9, 12], "C4"),  # a part of them, perhaps
        (["Số HS khối 11", "Số HS khối 12", "Số HS kết nạp"], [1, 8, 9], "C4"),  # the parts and their sum, perhaps
    ],
)
def test_everybody_is_asked_about_where_it_may_be_those_admitted(tmp_path, heads, numbers, asked):
    """Never without a word."""
    reading = across(tmp_path, heads, numbers)
    assert reading.asked == [f"{ASKED} {asked}"]


@pytest.mark.parametrize(
    "heads",
    [
        ["CBQL", "GV", "NV", "Tổng CBGVNV"],
        ["Kết nạp CBQL", "Kết nạp GV", "Kết nạp NV", "Tổng CBGVNV"],
        ["CBQL được kết nạp", "GV được kết nạp", "NV được kết nạp", "Tổng số CB, GV, NV"],
    ],
)
@pytest.mark.parametrize(("stated", "asked"), [(6, []), (7, ["warning parts_differ C4"])])
def test_a_total_of_the_parts_beside_it_stays_one(tmp_path, heads, stated, asked):
    """«Tổng CBGVNV» behind its parts adds them up."""
    reading = across(tmp_path, heads, [1, 2, 3, stated])
    assert reading.counts == {
        "nd 2024 staff.manager admitted": 1,
        "nd 2024 staff.teacher admitted": 2,
        "nd 2024 staff.employee admitted": 3,
        "nd 2024 staff admitted": stated,
    }
    assert reading.asked == asked


@pytest.mark.parametrize(("stated", "asked"), [(3, []), (4, ["warning total_mismatch E4"])])
def test_a_total_behind_the_times_it_adds_up_stays_one(tmp_path, stated, asked):
    """«Tổng số giáo viên» behind two times of admission is their sum."""
    heads = ["GV kết nạp quý I", "GV kết nạp quý II", "Tổng số giáo viên"]
    reading = across(tmp_path, heads, [1, 2, stated])
    assert reading.counts == {"nd 2024-Q1 staff.teacher admitted": 1, "nd 2024-Q2 staff.teacher admitted": 2}
    assert reading.asked == asked


def test_the_staff_by_parts_beside_pupils_who_are_admitted_are_asked_about(tmp_path):
    """«CBQL | GV | NV | Tổng CBGVNV» may be who there are, or who was admitted."""
    reading = across(tmp_path, ["CBQL", "GV", "NV", "Tổng CBGVNV", "Số HS được kết nạp"], [3, 52, 7, 62, 9])
    assert reading.counts["nd 2024 student admitted"] == 9
    assert reading.asked == ["warning unclear_measure C4"]


MEMBERS = "BÁO CÁO SỐ LIỆU CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN VÀ ĐẢNG VIÊN NĂM 2024"


def test_more_of_the_staff_than_there_are_members_are_a_headcount(tmp_path):
    """Whether the members are of the staff alone is asked."""
    reading = across(tmp_path, ["CBQL", "GV", "NV", "Tổng CBGVNV", "Đảng viên"], [3, 52, 7, 62, 38], MEMBERS)
    assert reading.counts == {
        "nd 2024 staff.manager headcount": 3,
        "nd 2024 staff.teacher headcount": 52,
        "nd 2024 staff.employee headcount": 7,
        "nd 2024 staff headcount": 62,
        "nd 2024 staff party_members": 38,
    }
    assert reading.asked == ["warning unclear_group G4"]


def test_no_more_of_the_staff_than_there_are_members_may_be_members(tmp_path):
    """Their sum is checked as before."""
    reading = across(tmp_path, ["CBQL", "GV", "NV", "Tổng CBGVNV", "Đảng viên"], [3, 28, 5, 36, 38], MEMBERS)
    assert reading.counts["nd 2024 staff.teacher party_members"] == 28
    assert reading.asked == ["warning parts_differ C4", "warning total_mismatch F4"]


@pytest.mark.parametrize(("pupils", "codes"), [(800, []), (2, ["warning unclear_measure"])])
def test_everybody_before_the_members_is_a_headcount_where_it_is_more(tmp_path, pupils, codes):
    """36 and 2 may be the 38."""
    staff = 62 if pupils == 800 else 36
    rows = [["Tổng số CBGVNV", staff], ["Tổng số học sinh", pupils], ["Tổng số đảng viên", 38]]
    reading = down(tmp_path, rows, "BÁO CÁO TÌNH HÌNH ĐẢNG VIÊN NĂM 2024")
    measure = "party_members" if codes else "headcount"
    assert reading.counts[f"nd 2024 staff {measure}"] == staff
    assert reading.counts[f"nd 2024 student {measure}"] == pupils
    assert reading.counts["nd 2024 all party_members"] == 38
    assert reading.codes == codes


def test_a_headcount_with_parts_under_numbered_rows_is_read(tmp_path):
    """«- Nữ» has what the row above it has."""
    rows = [["KẾT NẠP ĐẢNG NĂM 2024"], ["TRƯỜNG THPT NGUYỄN DU"], [], ["STT", "Nội dung", "Số lượng"]]
    rows += [[1, "Tổng số CB, GV, NV", 62], ["-", "Nữ", 30], [2, "Số CBGVNV được kết nạp", 3], ["-", "Nữ", 1]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2024 staff headcount": 62,
        "nd 2024 staff.female headcount": 30,
        "nd 2024 staff admitted": 3,
        "nd 2024 staff.female admitted": 1,
    }
    assert reading.asked == []


def test_a_target_names_nobody_who_was_admitted(tmp_path):
    """Beside a target «Tổng CBGVNV» may be what was reached."""
    reading = across(tmp_path, ["Tổng CBGVNV", "Chỉ tiêu kết nạp HS"], [3, 4])
    assert reading.asked == ["warning target_without_actual D4", f"{ASKED} C4"]


def test_pupils_whose_papers_are_written_out_are_pupils(tmp_path):
    """«HS đang hoàn thiện hồ sơ»: papers are not shortened and written out in one breath."""
    heads = ["Số HS được kết nạp", "Số HS đang hoàn thiện hồ sơ"]
    reading = across(tmp_path, heads, [9, 6], "TỔNG HỢP NĂM 2024")
    assert reading.counts == {"nd 2024 student admitted": 9, "nd 2024 student dossier": 6}
    assert reading.asked == []
