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


WOMEN = {"student admitted": 20, "staff admitted": 10, "student.female admitted": 8, "staff.female admitted": 4}


@pytest.mark.parametrize("marks", ["123", "abc", "---"])
@pytest.mark.parametrize("merges", [(), ("A5:B5",)])
def test_a_section_without_number_heads_the_numbered_rows_below_it(tmp_path, marks, merges):
    """The women of three groups, of which only two stood above; the third was taken for all teachers."""
    first, second, third = (f"{mark}. " if mark != "-" else "- " for mark in marks)
    rows = [["Báo cáo năm 2023"], ["Nội dung", "Kết nạp"], [f"{first}Học sinh", 20], [f"{second}CBGVNV", 10]]
    rows += [["Trong đó: nữ", None], [f"{first}Học sinh", 8], [f"{second}CBGVNV", 4], [f"{third}Giáo viên", 3]]
    reading = read(tmp_path, sheet(rows, merges=merges), schools="nd")
    women = {**WOMEN, "staff.female+teacher admitted": 3}
    assert (reading.counts, reading.asked) == ({f"nd 2023 {key}": n for key, n in women.items()}, [])


@pytest.mark.parametrize("numbers", [(1, 2), (3, 4)])
@pytest.mark.parametrize("section", ["Dự kiến năm 2024", "Chưa qua xyz"])
def test_a_section_without_number_speaks_though_the_rows_above_it_are_numbered(tmp_path, section, numbers):
    """Also where the numbers go on; the numbers below one that was not understood are refused."""
    rows = [["Học sinh năm 2023"], ["TT", "Nội dung", "THPT Nguyễn Du"], [1, "Cử đi học", 20], [2, "Kết nạp", 10]]
    rows += [[None, section, None], [numbers[0], "Hoàn thành lớp", 12], [numbers[1], "Đề nghị kết nạp", 9]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    done = {"nd 2023 student nominated": 20, "nd 2023 student admitted": 10}
    planned = {"nd 2024 student trained estimate": 12, "nd 2024 student proposed estimate": 9}
    if "2024" in section:
        assert (reading.counts, reading.asked) == (done | planned, [])
    else:
        assert (reading.counts, reading.asked) == (done, ["error unknown_header B5"])


def test_students_and_staff_in_sections_with_one_numbering_are_told_apart(tmp_path):
    """The second section ended at once; its numbers were the title's."""
    rows = [["Học sinh và CBGVNV năm 2023"], ["TT", "Nội dung", "Số lượng"], [None, "Học sinh", None]]
    rows += [[1, "Cử đi học", 20], [2, "Kết nạp", 10], [None, "CBGVNV", None], [3, "Cử đi học", 5], [4, "Kết nạp", 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    student, staff = {"nominated": 20, "admitted": 10}, {"nominated": 5, "admitted": 2}
    said = {f"nd 2023 student {key}": n for key, n in student.items()}
    said |= {f"nd 2023 staff {key}": n for key, n in staff.items()}
    assert (reading.counts, reading.asked) == (said, [])


def test_a_part_left_blank_between_numbered_rows_heads_nothing(tmp_path):
    """«Trong đó: nữ» below 2 was not reported; 3 counts everybody."""
    rows = [["Học sinh năm 2023"], ["TT", "Nội dung", "THPT Nguyễn Du"], [1, "Cử đi học", 20]]
    rows += [[2, "Hoàn thành lớp", 18], [None, "Trong đó: nữ", None], [3, "Kết nạp", 9]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student nominated": 20,
        "nd 2023 student trained": 18,
        "nd 2023 student admitted": 9,
    }
    assert reading.asked == []


def test_a_part_merged_over_the_numbers_between_numbered_rows_is_asked_about(tmp_path):
    """It has no place for a number of its own, and the numbers below it go on: nobody can say what it heads."""
    rows = [["Năm 2023"], ["TT", "Nội dung", "Số lượng"], [1, "Học sinh kết nạp", 20], ["Trong đó: nữ"]]
    reading = read(tmp_path, sheet([*rows, [2, "CBGVNV kết nạp", 10]], merges=["A4:C4"]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 20}
    assert reading.asked == ["error unknown_header A4"]


def test_a_part_left_blank_heads_nothing_though_another_section_has_rows_of_the_same_names(tmp_path):
    """«Trong đó: nữ» between 2 and 3 of the second section is a number that was not reported."""
    rows = [["KẾT QUẢ NĂM 2023"], ["STT", "Nội dung", "Số lượng"]]
    for number, (section, n) in enumerate((("HỌC SINH", 9), ("CBGVNV", 4))):
        rows += [["I" * (number + 1), section, None], ["1", "Cử đi học", n], ["", "Trong đó: nữ", None]]
        rows += [["2", "Kết nạp", n - 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"nd 2023 student nominated": 9, "nd 2023 student admitted": 7}
    counts |= {"nd 2023 staff nominated": 4, "nd 2023 staff admitted": 2}
    assert (reading.counts, reading.asked) == (counts, [])
