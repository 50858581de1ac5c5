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
        (["Tổng CBGVNV", "Tổng số kết nạp"], [3, 12], "C4"),  # a part of them, perhaps
        (["Tổng CBGVNV", "Chỉ tiêu kết nạp"], [3, 4], "C4"),  # perhaps those admitted
        (["Số HS khối 11", "Số HS khối 12", "Số HS kết nạp"], [1, 8, 9], "C4:D4"),  # the parts and their sum, perhaps
    ],
)
def test_everybody_is_asked_about_where_it_may_be_those_admitted(tmp_path, heads, numbers, asked):
    """Never without a word."""
    reading = across(tmp_path, heads, numbers)
    assert f"{ASKED} {asked.split(':')[0]}" in reading.asked


@pytest.mark.parametrize(
    "heads",
    [
        ["CBQL", "GV", "NV", "Tổng CBGVNV"],
        ["Kết nạp CBQL", "Kết nạp GV", "Kết nạp NV", "Tổng CBGVNV"],
        ["CBQL được kết nạp", "GV được kết nạp", "NV được kết nạp", "Tổng số CB, GV, NV"],
    ],
)
@pytest.mark.parametrize(("stated", "codes"), [(6, []), (7, ["warning parts_differ"])])
def test_a_total_of_the_parts_beside_it_stays_one(tmp_path, heads, stated, codes):
    """«Tổng CBGVNV» behind its parts adds them up."""
    reading = across(tmp_path, heads, [1, 2, 3, stated])
    assert not any("headcount" in key for key in reading.counts)
    assert len(reading.codes) == len(codes)


def test_a_total_behind_the_times_it_adds_up_stays_one(tmp_path):
    """«Tổng số giáo viên» behind two times of admission is their sum."""
    heads = ["GV kết nạp quý I", "GV kết nạp quý II", "Tổng số giáo viên"]
    reading = across(tmp_path, heads, [1, 2, 3])
    assert not any("headcount" in key for key in reading.counts)


def test_pupils_whose_papers_are_written_out_are_pupils(tmp_path):
    """«HS đang hoàn thiện hồ sơ»: papers are not shortened and written out in one breath."""
    heads = ["Số HS được kết nạp", "Số HS đang hoàn thiện hồ sơ"]
    reading = across(tmp_path, heads, [9, 6], "TỔNG HỢP NĂM 2024")
    assert reading.counts == {"nd 2024 student admitted": 9, "nd 2024 student dossier": 6}
    assert reading.asked == []
