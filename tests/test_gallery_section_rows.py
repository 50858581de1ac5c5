"""Gallery of small workbooks: what a section says of rows that name only whom they count."""

import pytest
from gallery import read, sheet

POOL_AND_COURSE = {"student source": 20, "staff source": 5, "student trained": 12, "staff trained": 3}


@pytest.mark.parametrize("numbers", [("1. ", "2. "), ("- ", "- "), ("", "")])
@pytest.mark.parametrize("ranks", [("I. ", "II. "), ("", "")])
def test_number_of_students_in_a_section_of_the_pool_or_the_course_is_no_headcount(tmp_path, ranks, numbers):
    """The section says what is counted, «Số học sinh» of whom."""
    rows = [["Báo cáo năm 2023"], ["Nội dung", "Số lượng"], [f"{ranks[0]}Nguồn phát triển Đảng", None]]
    rows += [[f"{numbers[0]}Số học sinh", 20], [f"{numbers[1]}Số CBGVNV", 5]]
    rows += [[f"{ranks[1]}Học lớp BDNT về Đảng", None]]
    rows += [[f"{numbers[0]}Số học sinh", 12], [f"{numbers[1]}Số CBGVNV", 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({f"nd 2023 {key}": n for key, n in POOL_AND_COURSE.items()}, [])


def test_number_of_students_below_numbered_headings_of_tables_is_no_headcount(tmp_path):
    """A heading line speaks as a section does."""
    rows = [["Báo cáo năm 2023"]]
    for heading, *numbers in (("I. Nguồn phát triển Đảng", 20, 5), ("II. Học lớp BDNT về Đảng", 12, 3)):
        rows += [[heading], ["Nội dung", "Số lượng"], ["Số học sinh", numbers[0]], ["Số CBGVNV", numbers[1]], [None]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({f"nd 2023 {key}": n for key, n in POOL_AND_COURSE.items()}, [])


@pytest.mark.parametrize("section", ["Bồi dưỡng nhận thức về Đảng", "Kết nạp đảng viên"])
def test_all_students_above_rows_that_say_what_they_count_are_a_headcount(tmp_path, section):
    """There the section is a subject: «Tổng số học sinh» are those of the school."""
    rows = [["Báo cáo năm 2023"], ["Nội dung", "Số lượng"], [f"I. {section}", None], ["1. Tổng số học sinh", 500]]
    reading = read(tmp_path, sheet([*rows, ["2. Học sinh được đề nghị kết nạp", 7]]), schools="nd")
    assert reading.counts == {"nd 2023 student headcount": 500, "nd 2023 student proposed": 7}
    assert reading.asked == []


@pytest.mark.parametrize(
    "below",
    [
        [["1. Tổng số học sinh", 20], ["2. Tổng số CBGVNV", 5]],
        [["1. Số học sinh", 20], ["2. Số CBGVNV", 5], ["3. Học sinh kết nạp", 2]],
    ],
)
def test_number_of_people_that_may_be_a_headcount_in_its_section_is_asked_about(tmp_path, below):
    """All of them in a section of the pool, or beside rows that name what they count."""
    rows = [["Báo cáo năm 2023"], ["Nội dung", "Số lượng"], ["I. Nguồn phát triển Đảng", None], *below]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert {"nd 2023 student source": 20, "nd 2023 staff source": 5}.items() <= reading.counts.items()
    assert reading.asked == ["warning unclear_measure B4"]
