"""Gallery of small workbooks: school years and calendar years in one sheet."""

import pytest
from gallery import read, sheet


def across(title, *heads, first="Trường"):
    """Lay out one school under a title and some headers."""
    return sheet([[title], [first, *heads], ["THPT Nguyễn Du", *range(2, 2 + len(heads))]])


SCHOOL_YEAR = "KẾT NẠP HỌC SINH NĂM HỌC 2023-2024"


@pytest.mark.parametrize("heads", [("Năm 2023", "Năm 2024"), ("2023", "2024"), (2023, 2024)])
def test_calendar_years_under_a_title_of_a_school_year_are_asked_about(tmp_path, heads):
    """They may be short for school years, or for the months of this one."""
    reading = read(tmp_path, across(SCHOOL_YEAR, *heads), schools="nd")
    counts = {"nd 2023 student admitted": 2, "nd 2024 student admitted": 3}
    assert (reading.counts, reading.asked) == (counts, ["warning unclear_period B3"])


@pytest.mark.parametrize("labels", [("Kết nạp năm 2023", "Kết nạp năm 2024"), ("I. Năm 2023", "II. Năm 2024")])
def test_calendar_years_in_labels_and_sections_are_asked_about(tmp_path, labels):
    """As in headers."""
    rows = [["BÁO CÁO NĂM HỌC 2023-2024"], ["Nội dung", "Học sinh"]]
    for number, label in enumerate(labels, 2):
        rows += [[label], ["Kết nạp", number]] if label.startswith("I") else [[label, number]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 2, "nd 2024 student admitted": 3}
    assert reading.codes == ["warning unclear_period"]


@pytest.mark.parametrize("title", ["NĂM 2023", "NĂM 2024"])
@pytest.mark.parametrize("heads", [("Năm học 2023-2024",), ("2023-2024",), ("2022-2023", "2023-2024")])
def test_school_years_under_a_title_of_a_calendar_year_are_asked_about(tmp_path, title, heads):
    """One of them is not exact."""
    reading = read(tmp_path, across(f"KẾT NẠP HỌC SINH {title}", *heads), schools="nd")
    assert list(reading.counts.values()) == [2, 3][: len(heads)]
    assert reading.codes == ["warning unclear_period"]


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        (SCHOOL_YEAR, ("HK I", "HK II")),
        (SCHOOL_YEAR, ("Kỳ I", "Kỳ II")),
        (SCHOOL_YEAR, ("Quý IV/2023", "Quý I/2024")),
        (SCHOOL_YEAR, ("6 tháng cuối năm 2023", "6 tháng đầu năm 2024")),
        (SCHOOL_YEAR, ("Tháng 9", "Tháng 2")),
        (SCHOOL_YEAR, ("Năm học 2022-2023", "Năm học 2023-2024")),
        ("KẾT NẠP HỌC SINH NĂM 2024", ("HK II năm học 2023-2024", "HK I năm học 2024-2025")),
        ("KẾT NẠP HỌC SINH NĂM 2024", ("Năm 2023", "Năm 2024")),
        ("KẾT NẠP HỌC SINH", ("Năm 2023", "Năm học 2023-2024")),
    ],
)
def test_parts_that_name_their_own_year_are_plain(tmp_path, title, heads):
    """A quarter, a half or a semester with its year cannot be another."""
    reading = read(tmp_path, across(title, *heads), schools="nd")
    assert (list(reading.counts.values()), reading.asked) == ([2, 3], [])


def test_those_of_a_course_are_told_by_calendar_years(tmp_path):
    """The sheet of courses in a form of a school year."""
    rows = [["BÁO CÁO NĂM HỌC 2023-2024"], ["Khóa học", "Kết nạp năm 2023", "Kết nạp năm 2024"]]
    reading = read(tmp_path, sheet([["HỌC SINH"], *rows, ["Khóa 2022", 2, 3]]), schools="nd")
    counts = {"nd 2023 student admitted @2022": 2, "nd 2024 student admitted @2022": 3}
    assert (reading.counts, reading.asked) == (counts, [])


def test_a_target_of_a_calendar_year_beside_a_school_year_is_plain(tmp_path):
    """Targets are given by calendar years."""
    reading = read(tmp_path, across(SCHOOL_YEAR, "Chỉ tiêu năm 2024", "Thực hiện"), schools="nd")
    counts = {"nd 2024 student admitted target": 2, "nd 2023-2024 student admitted": 3}
    assert (reading.counts, reading.asked) == (counts, [])


def test_the_whole_year_beside_semesters_under_a_calendar_year_is_asked_about(tmp_path):
    """«Cả năm» is then that of the school."""
    reading = read(tmp_path, across("KẾT NẠP HỌC SINH NĂM 2023", "Học kỳ I", "Cả năm"), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == ["error missing_facet B3", "warning unclear_period C3"]
