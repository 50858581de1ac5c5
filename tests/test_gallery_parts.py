"""Gallery of small workbooks: parts alone ("Nữ", "Trong đó: đoàn viên"), and of what whole they are."""

import pytest
from gallery import read, sheet

ND, LL = "THPT Nguyễn Du", "THPT Lê Lợi"
ADMITTED = "KẾT NẠP ĐẢNG VIÊN NĂM 2023"
STUDENTS = "KẾT NẠP HỌC SINH NĂM 2023"
REPORT = "BÁO CÁO NĂM 2023"
LIST = ["Nội dung", "Số lượng"]
BOTH = {"nd 2023 student admitted": 6, "nd 2023 staff admitted": 4}
OVER_PARTS = ["A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2"]


def lists(title, *rows):
    """Return a sheet of labels and numbers."""
    return sheet([[title], LIST, *map(list, rows)])


@pytest.mark.parametrize("part", ["Nữ", "DTTS", "Đoàn viên", "Qua Đoàn Thanh niên", "Trong đó: nữ", "Nữ kết nạp"])
def test_a_part_behind_two_groups_is_of_neither(tmp_path, part):
    """«Học sinh | CBGVNV | Nữ»: whether of the staff or of all nobody can tell."""
    reading = read(tmp_path, sheet([[ADMITTED], ["Trường", "Học sinh", "CBGVNV", part], [ND, 6, 4, 3]]), schools="nd")
    assert (reading.counts, reading.asked) == (BOTH, ["error missing_facet D3"])
    assert "Chưa rõ đối tượng (học sinh hay CBGVNV) của các số ở D3" in reading.messages


@pytest.mark.parametrize("over", [None, "Trong tổng số", "Trong đó", "Chia ra"])
def test_parts_behind_a_total_and_its_groups_are_of_neither_group(tmp_path, over):
    """Even under a header of their own: they are parts of the total."""
    rows = [[ADMITTED], ["Trường", "Tổng số", "Học sinh", "CBGVNV", over, None]]
    rows += [[None, None, None, None, "Nữ", "DTTS"], [ND, 10, 6, 4, 3, 2]]
    if over is None:
        rows = [[ADMITTED], ["Trường", "Tổng số", "Học sinh", "CBGVNV", "Nữ", "DTTS"], rows[-1]]
    reading = read(tmp_path, sheet(rows, OVER_PARTS if over else ()), schools="nd")
    assert (reading.counts, reading.asked) == (BOTH, [f"error missing_facet E{len(rows)}"])


@pytest.mark.parametrize(
    ("title", "rows", "asked"),
    [
        (REPORT, [("Học sinh kết nạp", 6), ("CBGVNV kết nạp", 4), ("Trong đó: nữ", 3)], "B5"),
        (REPORT, [("Học sinh kết nạp", 6), ("CBGVNV kết nạp", 4), ("Trong tổng số: nữ", 3)], "B5"),
        (ADMITTED, [("Tổng số", 10), ("- Học sinh", 6), ("- CBGVNV", 4), ("- Nữ", 3)], "B6"),
        (ADMITTED, [("1. Học sinh", 6), ("2. CBGVNV", 4), ("3. Nữ", 3), ("4. DTTS", 1)], "B5"),
        (
            ADMITTED,
            [("Tổng số", 10), ("Chia ra:",), ("- Học sinh", 6), ("- CBGVNV", 4), ("Trong đó:",), ("- Nữ", 3)],
            "B8",
        ),
        (REPORT, [("Kết nạp", 10), ("- Học sinh", 6), ("- CBGVNV", 4), ("Trong đó nữ", 3)], "B6"),
    ],
)
def test_a_part_below_two_groups_is_of_neither(tmp_path, title, rows, asked):
    """Without a number that sets it under the last of them."""
    reading = read(tmp_path, lists(title, *rows), schools="nd")
    assert (reading.counts, reading.asked) == (BOTH, [f"error missing_facet {asked}"])


def test_a_part_behind_students_teachers_and_employees_is_of_nobody(tmp_path):
    """«Giáo viên» and «Nhân viên» are beside the students, no parts of them, so that «Nữ» is not one either."""
    heads = ["Trường", "Học sinh", "Giáo viên", "Nhân viên", "Nữ"]
    counts = {
        "nd 2023 student admitted": 6,
        "nd 2023 staff.teacher admitted": 4,
        "nd 2023 staff.employee admitted": 1,
    }
    reading = read(tmp_path, sheet([[ADMITTED], heads, [ND, 6, 4, 1, 5]]), schools="nd")
    assert (reading.counts, reading.asked) == (counts, ["error missing_facet E3"])
    rows = [("1. Học sinh", 6), ("2. Giáo viên", 4), ("3. Nhân viên", 1), ("Trong đó nữ", 5)]
    reading = read(tmp_path, lists(ADMITTED, *rows), schools="nd")
    assert (reading.counts, reading.asked) == (counts, ["error missing_facet B6"])


@pytest.mark.parametrize("part", ["Nữ", "Trong đó nữ"])
@pytest.mark.parametrize("more", [[], [["Tổng", 8]]])
def test_a_part_below_two_schools_is_of_neither(tmp_path, part, more):
    """Nor is it of the last year in a list of years."""
    rows = [[STUDENTS], ["Trường", "Số lượng"], [ND, 5], [LL, 3], [part, 2], *more]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {"nd 2023 student admitted": 5, "ll 2023 student admitted": 3}
    assert reading.asked == ["error missing_facet B5"]
    rows = [["KẾT NẠP HỌC SINH"], ["Năm", "Số lượng"], ["2022", 5], ["2023", 3], [part, 2], *more]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2022 student admitted": 5, "nd 2023 student admitted": 3}
    assert reading.asked == ["error missing_facet B5"]


def test_a_part_behind_what_was_reached_and_a_target_is_of_neither(tmp_path):
    """Behind a target and what was reached it is of the latter: a target has no women."""
    counts = {"nd 2023 student admitted": 5, "nd 2023 student admitted target": 8}
    rows = [[STUDENTS], ["Trường", "Thực hiện", "Kế hoạch", "Nữ"], [ND, 5, 8, 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (counts, ["error missing_facet D3"])
    assert "loại số (thực hiện hay chỉ tiêu)" in reading.messages
    rows = [[STUDENTS], ["Trường", "Kế hoạch", "Thực hiện", "Nữ"], [ND, 8, 5, 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (counts | {"nd 2023 student.female admitted": 4}, [])


def test_a_part_below_reasons_is_not_of_the_last_reason(tmp_path):
    """«- Nữ» stands beside them: women among all who were not admitted."""
    rows = [("Học sinh đã học chưa kết nạp", 20), ("- Chưa đủ tuổi", 10), ("- Chuyển trường", 2), ("- Nữ", 4)]
    reading = read(tmp_path, lists(REPORT, *rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student not_admitted": 20,
        "nd 2023 student not_admitted :under_age": 10,
        "nd 2023 student not_admitted :left_school": 2,
    }
    assert [line for line in reading.asked if line.startswith("error")] == ["error missing_facet B6"]


@pytest.mark.parametrize(
    ("heads", "row", "merges"),
    [
        ([["Trường", "Học sinh", "Trong đó nữ", "CBGVNV", "Trong đó nữ"]], [6, 3, 4, 2], []),
        ([["Trường", "Tổng số", "Học sinh", "Nữ", "CBGVNV", "Nữ"]], [10, 6, 3, 4, 2], []),
        ([["Trường", "Học sinh", None, "CBGVNV"], [None, "Tổng số", "Nữ", "Tổng số", "Nữ"]], [6, 3, 4, 2], None),
    ],
)
def test_a_part_behind_each_group_is_of_that_group(tmp_path, heads, row, merges):
    """The pattern says so, or a header over a whole and its part."""
    merges = ["A2:A3", "B2:C2", "D2:E2"] if merges is None else merges
    reading = read(tmp_path, sheet([[ADMITTED], *heads, [ND, *row]], merges), schools="nd")
    women = {"nd 2023 student.female admitted": 3, "nd 2023 staff.female admitted": 2}
    assert (reading.counts, reading.asked) == (BOTH | women, [])


@pytest.mark.parametrize(
    "rows",
    [
        [("Học sinh kết nạp", 6), ("Trong đó: nữ", 3), ("CBGVNV kết nạp", 4), ("Trong đó: nữ", 2)],
        [("Học sinh kết nạp", 6), ("- Nữ", 3), ("CBGVNV kết nạp", 4), ("- Nữ", 2)],
        [("1. Học sinh kết nạp", 6), ("2. Nữ kết nạp", 3), ("3. CBGVNV kết nạp", 4), ("4. Nữ kết nạp", 2)],
        [("Kết nạp", 10), ("- Học sinh", 6), ("+ Nữ", 3), ("- CBGVNV", 4), ("+ Nữ", 2)],
    ],
)
def test_a_part_below_each_group_is_of_that_group(tmp_path, rows):
    """Numbered or not."""
    reading = read(tmp_path, lists(REPORT, *rows), schools="nd")
    women = {"nd 2023 student.female admitted": 3, "nd 2023 staff.female admitted": 2}
    assert (reading.counts, reading.asked) == (BOTH | women, [])


def test_dashes_below_a_numbered_group_are_parts_of_it(tmp_path):
    """«2. CBGVNV», then «- Nữ»: though the first group has no parts."""
    rows = [("1. Học sinh kết nạp", 6), ("2. CBGVNV kết nạp", 4), ("- Nữ", 2), ("- DTTS", 1)]
    reading = read(tmp_path, lists(REPORT, *rows), schools="nd")
    parts = {"nd 2023 staff.female admitted": 2, "nd 2023 staff.ethnic_minority admitted": 1}
    assert (reading.counts, reading.asked) == (BOTH | parts, [])


def test_a_part_of_which_one_group_alone_has_any_is_of_that_group(tmp_path):
    """«CBGVNV | Học sinh | Trong đó: đủ 18 tuổi»; behind the staff it is of nobody."""
    rows = [[ADMITTED], ["Trường", "CBGVNV", "Học sinh", "Trong đó: đủ 18 tuổi"], [ND, 4, 6, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (BOTH | {"nd 2023 student.age_18 admitted": 3}, [])
    rows = [[ADMITTED], ["Trường", "Học sinh", "CBGVNV", "Trong đó: đủ 18 tuổi"], [ND, 6, 4, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (BOTH, ["error missing_facet D3"])


def test_women_behind_the_teachers_are_teachers(tmp_path):
    """Where the students have their women, too, and these are no part of the students."""
    rows = [[ADMITTED], ["Trường", "Học sinh", "Nữ", "Giáo viên", "Nữ"], [ND, 6, 3, 4, 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student admitted": 6,
        "nd 2023 student.female admitted": 3,
        "nd 2023 staff.teacher admitted": 4,
        "nd 2023 staff.female+teacher admitted": 2,
    }
    assert reading.asked == []


def test_a_part_below_each_school_is_of_that_school(tmp_path):
    """And one behind a year that holds the quarters before it is of that year."""
    rows = [[STUDENTS], ["Trường", "Số lượng"], [ND, 5], ["Trong đó nữ", 2], [LL, 3], ["Trong đó nữ", 1]]
    reading = read(tmp_path, sheet(rows))
    assert (reading.counts["ll 2023 student.female admitted"], len(reading.counts), reading.asked) == (1, 4, [])
    rows = [[STUDENTS], ["Trường", "Quý I", "Quý II", "Cả năm", "Trong đó nữ"], [ND, 1, 2, 3, 1]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts["nd 2023 student.female admitted"], len(reading.counts), reading.asked) == (1, 4, [])


@pytest.mark.parametrize(
    ("heads", "row", "counts"),
    [
        (["HS", "GV", "Đoàn viên"], [6, 4, 3], {"nd 2023 student admitted": 6, "nd 2023 staff.teacher admitted": 4}),
        (
            ["Giáo viên", "Nhân viên", "Học sinh", "Nữ"],
            [4, 1, 6, 3],
            {
                "nd 2023 staff.teacher admitted": 4,
                "nd 2023 staff.employee admitted": 1,
                "nd 2023 student admitted": 6,
            },
        ),
    ],
)
def test_a_part_behind_groups_some_of_which_are_parts_themselves_is_of_neither(tmp_path, heads, row, counts):
    """Abbreviated or not, in any order."""
    reading = read(tmp_path, sheet([[ADMITTED], ["Trường", *heads], [ND, *row]]), schools="nd")
    assert (reading.counts, reading.codes) == (counts, ["error missing_facet"])


def test_parts_under_one_header_are_of_the_whole_before_it(tmp_path):
    """«Tổng số | Trong đó: Học sinh, Nữ»: the women are no part of the students."""
    rows = [[ADMITTED], ["Trường", "Tổng số", "Trong đó", None], [None, None, "Học sinh", "Nữ"], [ND, 10, 6, 3]]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:B3", "C2:D2"]), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 6}, ["error missing_facet D4"])


def test_women_in_the_parts_of_a_staff_that_a_title_names(tmp_path):
    """«Giáo viên | Trong đó nữ | Nhân viên | Trong đó nữ»; without «trong đó» they are of all the staff."""
    title = "KẾT NẠP CBGVNV NĂM 2023"
    rows = [[title], ["Trường", "Giáo viên", "Trong đó nữ", "Nhân viên", "Trong đó nữ"], [ND, 5, 3, 2, 1]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 staff.teacher admitted": 5,
        "nd 2023 staff.female+teacher admitted": 3,
        "nd 2023 staff.employee admitted": 2,
        "nd 2023 staff.female+employee admitted": 1,
    }
    assert reading.asked == []
    rows = [[title], ["Trường", "Tổng số", "Giáo viên", "Nhân viên", "Nữ"], [ND, 7, 5, 2, 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts["nd 2023 staff.female admitted"], len(reading.counts), reading.asked) == (4, 4, [])


FLOWS = ["Trường", "Cử đi học", "Kết nạp", "Nữ"]
ABOUT = "KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN"


@pytest.mark.parametrize(
    ("title", "name", "whole", "women"),
    [
        (f"{ABOUT} LÀ HỌC SINH LỚP 12 NĂM 2023", "Sheet1", "student.grade_12", "student.female+grade_12"),
        ("KẾT QUẢ HỌC SINH NĂM 2023", "Khối 12", "student.grade_12", "student.female+grade_12"),
        (f"{ABOUT} LÀ GIÁO VIÊN NĂM 2023", "Sheet1", "staff.teacher", "staff.female+teacher"),
        ("KẾT QUẢ NĂM 2023", "Giáo viên", "staff.teacher", "staff.female+teacher"),
    ],
)
def test_a_part_in_a_title_meets_the_parts_that_headers_name(tmp_path, title, name, whole, women):
    """All that stands under it is of that part, the women too."""
    rows = [[title], FLOWS, [ND, 20, 5, 3], [LL, 10, 4, 1], ["Tổng cộng", 30, 9, 4]]
    reading = read(tmp_path, sheet(rows, name=name))
    assert len(reading.counts) == 6
    assert reading.counts[f"nd 2023 {whole} nominated"] == 20
    assert reading.counts[f"nd 2023 {whole} admitted"] == 5
    assert reading.counts[f"nd 2023 {women} admitted"] == 3
    assert (reading.asked, reading.told) == ([], [])


@pytest.mark.parametrize(
    ("title", "heads", "parts"),
    [
        ("KẾT NẠP ĐẢNG VIÊN NỮ NĂM 2023", ["Học sinh", "Giáo viên"], ["student.female", "staff.female+teacher"]),
        (
            "KẾT NẠP HỌC SINH NỮ NĂM 2023",
            ["Lớp 11", "Lớp 12"],
            ["student.female+grade_11", "student.female+grade_12"],
        ),
        (
            "KẾT NẠP HỌC SINH DÂN TỘC THIỂU SỐ NĂM 2023",
            ["Tổng số", "Nữ"],
            ["student.ethnic_minority", "student.female+ethnic_minority"],
        ),
        (
            "KẾT NẠP ĐẢNG VIÊN LÀ CÁN BỘ QUẢN LÝ NĂM 2023",
            ["Tổng số", "Nữ"],
            ["staff.manager", "staff.female+manager"],
        ),
    ],
)
def test_a_part_in_a_title_meets_groups_and_grades(tmp_path, title, heads, parts):
    """«Học sinh nữ» over grades: the girls of each."""
    reading = read(tmp_path, sheet([[title], ["Trường", *heads], [ND, 5, 3]]), schools="nd")
    assert reading.counts == {f"nd 2023 {part} admitted": n for part, n in zip(parts, [5, 3], strict=True)}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("title", "heads", "kept", "cells"),
    [
        ("KẾT NẠP HỌC SINH LỚP 12 NĂM 2023", ["Lớp 11", "Lớp 12"], ["student.grade_11", "student.grade_12"], "B3"),
        ("KẾT NẠP HỌC SINH NỮ NĂM 2023", ["Nam", "Nữ"], ["student.male", "student.female"], "B3"),
        ("KẾT NẠP GIÁO VIÊN NĂM 2023", ["Học sinh", "Giáo viên"], ["student", "staff.teacher"], "B3"),
        ("KẾT NẠP GIÁO VIÊN NĂM 2023", ["Giáo viên", "Nhân viên"], ["staff.teacher", "staff.employee"], "C3"),
    ],
)
def test_a_part_that_cannot_be_one_of_a_title_is_asked_about(tmp_path, title, heads, kept, cells):
    """What stands over the number is taken; the title may be of another form."""
    reading = read(tmp_path, sheet([[title], ["Trường", *heads], [ND, 5, 3]]), schools="nd")
    assert reading.counts == {f"nd 2023 {part} admitted": n for part, n in zip(kept, [5, 3], strict=True)}
    assert reading.asked == [f"warning title_conflict {cells}"]


def test_a_letterhead_is_no_part(tmp_path):
    """«ĐOÀN THANH NIÊN» alone in a line is who reports."""
    rows = [["ĐẢNG BỘ XÃ"], ["ĐOÀN THANH NIÊN"], [], [STUDENTS], ["Trường", "Tổng số", "Nữ"], [ND, 5, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"nd 2023 student admitted": 5, "nd 2023 student.female admitted": 3}
    assert (reading.counts, reading.asked) == (counts, [])


def test_a_part_in_a_title_half_understood_is_asked_about_beside_other_parts(tmp_path):
    """Of the women, too, nobody can say whether all are pupils of the twelfth grade."""
    rows = [["Kết quả học sinh lớp 12 xanh đỏ năm 2023"], ["Trường", "Học sinh kết nạp", "Nữ"], [ND, 5, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (len(reading.counts), reading.asked) == (2, ["warning unclear_part B3"])
    assert "B3:C3" in reading.messages


@pytest.mark.parametrize(
    ("title", "heads", "kept", "cells"),
    [
        ("KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2023", ["HS kết nạp", "HS đủ điều kiện"], "student", ["C2"]),
        ("KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2023", ["GV kết nạp", "GV đủ điều kiện"], "staff.teacher", ["C2"]),
        (STUDENTS, ["Kết nạp", "Chính thức"], "student", ["C2"]),
    ],
)
def test_a_title_of_admissions_makes_nobody_a_part_of_those_admitted(tmp_path, title, heads, kept, cells):
    """Who is eligible, or became a full member, is counted by himself."""
    reading = read(tmp_path, sheet([[title], ["Trường", *heads], [ND, 5, 8]]), schools="nd")
    assert reading.counts == {f"nd 2023 {kept} admitted": 5}
    assert reading.asked == [f"error ambiguous_header {cell}" for cell in cells]
    assert "hồ sơ" not in reading.messages


@pytest.mark.parametrize(
    ("title", "name", "kept", "said"),
    [
        (STUDENTS, "GV", "student admitted", "đối tượng"),
        (STUDENTS, "CBGVNV", "student admitted", "đối tượng"),
        ("KẾT NẠP GIÁO VIÊN NĂM 2023", "Học sinh", "staff.teacher admitted", "đối tượng"),
        ("KẾT NẠP GIÁO VIÊN NĂM 2023", "HS", "staff.teacher admitted", "đối tượng"),
        ("KẾT NẠP HỌC SINH LỚP 12 NĂM 2023", "Khối 11", "student.grade_12 admitted", "phần trong tổng số"),
        ("KẾT QUẢ KẾT NẠP HỌC SINH NĂM 2023", "Kế hoạch", "student admitted", "loại số"),
        ("KẾ HOẠCH KẾT NẠP HỌC SINH NĂM 2023", "Thực hiện", "student admitted target", "loại số"),
    ],
)
def test_a_title_and_a_sheet_name_that_contradict_each_other_are_asked_about(tmp_path, title, name, kept, said):
    """One of them may be left from the form that was copied; the title is believed."""
    reading = read(tmp_path, sheet([[title], ["Trường", "Số lượng"], [ND, 3]], name=name), schools="nd")
    assert reading.counts == {f"nd 2023 {kept}": 3}
    assert reading.asked == ["warning title_conflict"]
    assert f"Về {said}" in reading.messages


@pytest.mark.parametrize(
    ("title", "name", "heads"),
    [
        (STUDENTS, "Học sinh", ["Kết nạp"]),
        ("KẾT NẠP GIÁO VIÊN NĂM 2023", "CBGVNV", ["Kết nạp"]),
        ("KẾT NẠP HỌC SINH NĂM 2023", "Khối 12", ["Kết nạp"]),
        ("KẾT QUẢ THỰC HIỆN KẾ HOẠCH KẾT NẠP HỌC SINH NĂM 2023", "Kế hoạch", ["Kế hoạch", "Thực hiện"]),
        ("KẾT NẠP ĐẢNG VIÊN TOÀN TRƯỜNG NĂM 2023", "Học sinh", ["Học sinh kết nạp"]),
    ],
)
def test_a_title_and_a_sheet_name_that_go_together_are_not_asked_about(tmp_path, title, name, heads):
    """«CBGVNV» over teachers; a plan and its results."""
    reading = read(
        tmp_path, sheet([[title], ["Trường", *heads], [ND, 3, 2][: len(heads) + 1]], name=name), schools="nd"
    )
    assert (len(reading.counts), reading.asked) == (len(heads), [])


OVER_BOTH = ["A2:A3", "B2:B3", "C2:D2", "E2:F2"]


def test_numbers_by_sex_are_no_list_of_people(tmp_path):
    """«Chia theo đối tượng», «Chia theo giới tính»: behind students and staff nobody knows whose women they are."""
    rows = [[ADMITTED], ["Trường", "Tổng số", "Chia theo đối tượng", None, "Chia theo giới tính", None]]
    rows += [[None, None, "HS", "CBGVNV", "Nam", "Nữ"], [ND, 10, 6, 4, 7, 3]]
    reading = read(tmp_path, sheet(rows, OVER_BOTH), schools="nd")
    assert (reading.counts, reading.asked) == (BOTH, ["error missing_facet E4"])
    rows = [[STUDENTS], ["Trường", "Tổng số", "Chia theo giới tính"], [None, None, "Nam", "Nữ"], [ND, 8, 5, 3]]
    reading = read(tmp_path, sheet(rows, OVER_BOTH[:3]), schools="nd")
    assert (len(reading.counts), reading.asked, reading.told) == (3, [], [])


@pytest.mark.parametrize("sex", ["Giới tính", "Trong đó: giới tính"])
def test_numbers_under_a_header_of_lists_of_people_are_asked_about(tmp_path, sex):
    """They are counts of a part, and not lost with a mere note."""
    rows = [[STUDENTS], ["Trường", "Tổng số", sex], [None, None, "Nam", "Nữ"], [ND, 8, 5, 3]]
    reading = read(tmp_path, sheet(rows, OVER_BOTH[:3]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 8}
    assert reading.asked == ["error unknown_header C2"]


def test_women_between_the_parts_of_a_staff_may_be_of_one_of_them(tmp_path):
    """«Giáo viên», «Trong đó: nữ», «Nhân viên» below a total; behind all of them they are women of the staff."""
    title = "KẾT NẠP CBGVNV NĂM 2023"
    rows = [("Tổng số", 9), ("1. Giáo viên", 7), ("Trong đó: nữ", 5), ("2. Nhân viên", 2), ("Trong đó: nữ", 1)]
    staff = {"nd 2023 staff admitted": 9, "nd 2023 staff.teacher admitted": 7, "nd 2023 staff.employee admitted": 2}
    reading = read(tmp_path, lists(title, *rows), schools="nd")
    assert [line for line in reading.asked if line.startswith("error")] == ["error missing_facet B5, B7"]
    assert "phần trong tổng số của các số ở B5, B7" in reading.messages
    rows = [rows[0], rows[1], rows[3], ("Trong đó: nữ", 6)]
    reading = read(tmp_path, lists(title, *rows), schools="nd")
    assert (reading.counts, reading.asked) == (staff | {"nd 2023 staff.female admitted": 6}, [])


@pytest.mark.parametrize("dash", ["-", "+", "–"])
def test_a_list_may_begin_on_the_line_of_trong_do(tmp_path, dash):
    """«Trong đó: - Nữ» and «- Dân tộc thiểu số» below it are two parts side by side, not women of a minority."""
    rows = [
        ["Năm 2024"],
        ["TT", "Nội dung", "Số lượng"],
        ["1", "Số HS được kết nạp", 4],
        [None, f"Trong đó: {dash} Nữ", 3],
        [None, f"{dash} Dân tộc thiểu số", 1],
        [None, f"{dash} Đoàn viên", 4],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2024 student admitted": 4,
        "nd 2024 student.female admitted": 3,
        "nd 2024 student.ethnic_minority admitted": 1,
        "nd 2024 student.union_member admitted": 4,
    }
    assert reading.asked == []


@pytest.mark.parametrize(("one", "other"), [("Lớp 11", "Lớp 12"), ("Nam", "Nữ"), ("Giáo viên", "Nhân viên")])
def test_parts_that_exclude_each_other_may_begin_there_too(tmp_path, one, other):
    """They are read as below a line of their own."""
    of_whom = "CBGVNV" if one == "Giáo viên" else "HS"
    rows = [["Năm 2024"], ["Nội dung", "Số lượng"], [f"Số {of_whom} được kết nạp", 4], [f"Trong đó: - {one}", 1]]
    reading = read(tmp_path, sheet([*rows, [f"- {other}", 3]]), schools="nd")
    assert len(reading.counts) == 3
    assert reading.asked == []
