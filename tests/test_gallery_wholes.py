"""Gallery of small workbooks: wholes beside their parts, wherever these are named."""

import pytest
from gallery import read, sheet

FILE = "THPT Nguyễn Du.xlsx"


def asked(tmp_path, rows, merges=()):
    """Return the questions about a sheet of one school, without their places."""
    return read(tmp_path, sheet(rows, merges), schools="nd", file=FILE).codes


@pytest.mark.parametrize(("stated", "questions"), [(4, []), (5, ["warning parts_differ"])])
def test_the_whole_school_is_the_whole_of_those_whom_the_title_names(tmp_path, stated, questions):
    """«Toàn trường» below the grades of pupils are all pupils."""
    rows = [["HỌC SINH NĂM 2023"], ["Khối", "Kết nạp"], ["Khối 10", 0], ["Khối 11", 0], ["Khối 12", 4]]
    reading = read(tmp_path, sheet([*rows, ["Toàn trường", stated]]), schools="nd", file=FILE)
    assert reading.counts["nd 2023 student admitted"] == stated
    assert reading.codes == questions


@pytest.mark.parametrize("label", ["Toàn trường", "Toàn chi bộ", "Toàn đơn vị"])
def test_the_whole_unit_is_everybody_where_nobody_is_named(tmp_path, label):
    """Pupils and staff together, which must add up."""
    rows = [["KẾT NẠP NĂM 2023"], ["Đối tượng", "Số lượng"], ["Học sinh", 5], ["CBGVNV", 2]]
    reading = read(tmp_path, sheet([*rows, [label, 7]]), schools="nd", file=FILE)
    assert reading.counts["nd 2023 all admitted"] == 7
    assert reading.asked == []
    assert asked(tmp_path, [*rows, [label, 9]]) == ["warning groups_differ"]


def test_the_whole_school_among_schools_is_a_row_like_theirs(tmp_path):
    """«Toàn trường» as the only row takes the groups of the columns."""
    rows = [["KẾT NẠP NĂM 2023"], ["Nội dung", "Học sinh", "CBGVNV"], ["Toàn trường", 5, 2]]
    reading = read(tmp_path, sheet(rows), schools="nd", file=FILE)
    assert reading.counts == {"nd 2023 student admitted": 5, "nd 2023 staff admitted": 2}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("rows", "question"),
    [
        ([["Khối", "Tổng", "Nam", "Nữ"], ["Khối 12", 9, 3, 3]], "parts_differ"),
        ([["Khối", "Tổng", "Nam", "Nữ"], ["Khối 12", 6, 3, 3]], ""),
        ([["Khối", "Tổng", "Nữ"], ["Khối 12", 3, 5]], "part_above_whole"),
    ],
)
def test_parts_of_a_part_are_compared_with_it(tmp_path, rows, question):
    """Women of grade 12 are a part of grade 12."""
    questions = [f"warning {question}"] if question else []
    assert asked(tmp_path, [["HỌC SINH KẾT NẠP NĂM 2023"], *rows]) == questions


@pytest.mark.parametrize(
    ("title", "headers", "right"),
    [
        ("KẾT NẠP HỌC SINH NĂM 2023", ["Quý I", "Quý II", "Quý III", "Quý IV", "Cả năm"], [1, 2, 0, 1, 4]),
        ("KẾT NẠP HỌC SINH NĂM 2023", ["6 tháng đầu năm", "6 tháng cuối năm", "Cả năm"], [1, 2, 3]),
        ("KẾT NẠP HỌC SINH NĂM HỌC 2022-2023", ["Học kỳ I", "Học kỳ II", "Cả năm"], [1, 4, 5]),
        ("KẾT NẠP HỌC SINH", ["2022", "2023", "Giai đoạn 2022-2023"], [4, 5, 9]),
    ],
)
def test_the_parts_of_a_period_add_up_to_it(tmp_path, title, headers, right):
    """The quarters of a year, the semesters of a school year, the years of a term."""
    rows = [[title], ["Trường", *headers], ["THPT Nguyễn Du", *right]]
    assert asked(tmp_path, rows) == []
    wrong = [*rows[:2], ["THPT Nguyễn Du", *right[:-1], right[-1] + 2]]
    assert asked(tmp_path, wrong) == ["warning periods_differ"]


def test_some_parts_of_a_period_need_not_add_up_to_it(tmp_path):
    """Two quarters are not the year; and those who are there at the end of a quarter are no sum."""
    rows = [["KẾT NẠP HỌC SINH NĂM 2023"], ["Trường", "Quý I", "Quý II", "Cả năm"], ["THPT Nguyễn Du", 1, 2, 9]]
    assert asked(tmp_path, rows) == []
    rows = [["SỐ HỌC SINH NĂM 2023"], ["Trường", "6 tháng đầu năm", "6 tháng cuối năm", "Cả năm"]]
    assert "periods_differ" not in " ".join(asked(tmp_path, [*rows, ["THPT Nguyễn Du", 900, 910, 910]]))


@pytest.mark.parametrize(
    ("rows", "merges", "cell"),
    [
        ([["Trường", "Hoàn thành lớp", "Trong đó: được kết nạp"], ["THPT Nguyễn Du", 20, 8]], [], "C3"),
        ([["Nội dung", "Số lượng"], ["Hoàn thành lớp", 20], ["Trong đó: được kết nạp", 8]], [], "B4"),
        (
            [
                ["Trường", "Hoàn thành lớp", "Trong đó", None],
                [None, None, "Đã kết nạp", "Chưa kết nạp"],
                ["THPT Nguyễn Du", 20, 8, 12],
            ],
            ["A2:A3", "B2:B3", "C2:D2"],
            "C4",
        ),
    ],
)
def test_those_of_a_course_who_were_admitted_are_asked_about(tmp_path, rows, merges, cell):
    """In the year, or whenever of those who took the course in it: a table by courses would say so."""
    reading = read(tmp_path, sheet([["HỌC SINH NĂM 2022"], *rows], merges), schools="nd", file=FILE)
    assert reading.counts["nd 2022 student admitted"] == 8
    assert reading.asked == [f"warning unclear_cohort {cell}"]


def test_admissions_beside_a_course_are_those_of_the_year(tmp_path):
    """Without «trong đó», or behind the women of the course, nothing is unclear."""
    rows = [["HỌC SINH NĂM 2022"], ["Nội dung", "Số lượng"], ["Hoàn thành lớp", 20], ["- Trong đó: nữ", 3]]
    assert asked(tmp_path, [*rows, ["Kết nạp", 3], ["- Trong đó: nữ", 2]]) == []
