"""Gallery of small workbooks: the course that a heading names, for its own table and for those after it."""

import pytest
from gallery import read, sheet

H = ["Nội dung", "Số lượng"]
FIRST = [["BÁO CÁO NĂM 2023"], ["KHÓA 2021 - HỌC SINH"], H, ["Đã học", 20], ["Kết nạp", 5], []]
NOT_DONE = ["warning target_without_actual B9"]
OF_COURSE = {"nd 2021 student trained @2021": 20, "nd 2023 student admitted @2021": 5}


def test_those_trained_in_a_course_of_a_heading_are_of_its_year(tmp_path):
    """As in a column of courses; those admitted are of the title's."""
    reading = read(tmp_path, sheet(FIRST), schools="nd")
    assert (reading.counts, reading.asked) == (OF_COURSE, [])


@pytest.mark.parametrize("heading", [["GIÁO VIÊN"], ["CBGVNV"], []])
def test_a_table_after_a_heading_of_a_course_is_asked_about(tmp_path, heading):
    """Its numbers may be of that course, too."""
    rows = [*FIRST, *([heading] if heading else []), ["Nội dung", "CBGVNV"], ["Đã học", 10], ["Kết nạp", 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    staff = "staff.teacher" if heading == ["GIÁO VIÊN"] else "staff"
    assert {key: n for key, n in reading.counts.items() if "staff" in key} == {
        f"nd 2023 {staff} trained": 10,
        f"nd 2023 {staff} admitted": 2,
    }
    assert reading.asked == [f"warning unclear_cohort B{len(rows) - 1}"]


def test_a_table_after_one_in_the_middle_that_names_a_course_is_asked_about(tmp_path):
    """The heading between two tables is no title of the sheet."""
    rows = [["BÁO CÁO NĂM 2023"], ["Nội dung", "Học sinh"], ["Cử đi học", 3], [], *FIRST[1:], ["CBGVNV"], H]
    reading = read(tmp_path, sheet([*rows, ["Đã học", 10], ["Kết nạp", 2]]), schools="nd")
    assert reading.counts == OF_COURSE | {
        "nd 2023 student nominated": 3,
        "nd 2023 staff trained": 10,
        "nd 2023 staff admitted": 2,
    }
    assert reading.asked == ["warning unclear_cohort B12"]


def test_a_table_under_its_own_course_or_its_own_number_is_plain(tmp_path):
    """«KHÓA 2022» after «KHÓA 2021»; a numbered line begins anew; targets are of no course."""
    rows = [*FIRST, ["KHÓA 2022 - CBGVNV"], H, ["Đã học", 10], ["Kết nạp", 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    staff = {"nd 2022 staff trained @2022": 10, "nd 2023 staff admitted @2022": 2}
    assert (reading.counts, reading.asked) == (OF_COURSE | staff, [])
    rows = [*FIRST, ["II. CBGVNV"], H, ["Đã học", 10], ["Kết nạp", 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    staff = {"nd 2023 staff trained": 10, "nd 2023 staff admitted": 2}
    assert (reading.counts, reading.asked) == (OF_COURSE | staff, [])
    rows = [*FIRST, ["CBGVNV"], ["Nội dung", "Chỉ tiêu"], ["Kết nạp", 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (OF_COURSE | {"nd 2023 staff admitted target": 2}, NOT_DONE)


def test_a_course_in_the_title_is_that_of_all_tables(tmp_path):
    """«BÁO CÁO KHÓA 2021» speaks for both."""
    rows = [["BÁO CÁO NĂM 2023 - KHÓA 2021"], ["HỌC SINH"], *FIRST[2:], ["CBGVNV"], H, ["Đã học", 10], ["Kết nạp", 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    staff = {"nd 2021 staff trained @2021": 10, "nd 2023 staff admitted @2021": 2}
    assert (reading.counts, reading.asked) == (OF_COURSE | staff, [])


@pytest.mark.parametrize("title", ["NĂM HỌC 2021-2022", "NĂM 2021"])
def test_the_period_that_holds_the_year_of_the_course_stays(tmp_path, title):
    """Those trained in it are of that school year."""
    rows = [[f"BÁO CÁO {title}"], ["KHÓA 2021 - HỌC SINH"], H, ["Đã học", 20]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    period = title.split()[-1]
    assert (reading.counts, reading.asked) == ({f"nd {period} student trained @2021": 20}, [])
