"""Gallery of small workbooks: the unit that a sheet states, of people or of something else."""

import pytest
from gallery import read, sheet

TITLE = ["Trường THPT Nguyễn Du - Học sinh năm 2023"]
ADMITTED = {"nd 2023 student admitted": 3}

PLACES = {
    "line": lambda unit: [TITLE, [unit], ["Nội dung", "Số lượng"], ["Kết nạp", 3]],
    "beside the title": lambda unit: [[*TITLE, None, unit], [None], ["Nội dung", "Số lượng"], ["Kết nạp", 3]],
    "in the title": lambda unit: [[f"{TITLE[0]} ({unit})"], [None], ["Nội dung", "Số lượng"], ["Kết nạp", 3]],
    "corner": lambda unit: [TITLE, [None], [unit, "Số lượng"], ["Kết nạp", 3]],
    "in the corner": lambda unit: [TITLE, [None], [f"Nội dung ({unit})", "Số lượng"], ["Kết nạp", 3]],
}
STATED = ["ĐVT: {}", "Đơn vị tính: {}", "Đvt : {}", "ĐV tính: {}", "Đơn vị: {}"]


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("stated", STATED)
def test_numbers_of_another_unit_are_asked_about_wherever_it_stands(tmp_path, place, stated):
    """Three classes are no three students."""
    reading = read(tmp_path, sheet(place(stated.format("lớp"))), schools="nd")
    assert (reading.counts, reading.asked) == (ADMITTED, ["warning unclear_unit B4"])


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("unit", ["người", "em", "HS", "đ/c", "Người; tỷ lệ: %", "đảng viên"])
def test_a_unit_of_people_is_read_over_wherever_it_stands(tmp_path, place, unit):
    """«ĐVT: đảng viên» does not turn those admitted into members."""
    reading = read(tmp_path, sheet(place(f"ĐVT: {unit}")), schools="nd")
    assert (reading.counts, reading.asked) == (ADMITTED, [])


@pytest.mark.parametrize(
    "rows",
    [
        [TITLE, ["Nội dung", "Kết nạp (ĐVT: {})"], ["Số lượng", 3]],
        [TITLE, ["Nội dung", "Số lượng"], ["Kết nạp (ĐVT: {})", 3]],
    ],
    ids=["column", "row"],
)
def test_a_unit_behind_a_header_or_a_label_is_a_part_of_it(tmp_path, rows):
    """Of people, the number is read; of something else, the header is not understood."""
    people, classes = (
        [[cell.format(unit) if isinstance(cell, str) else cell for cell in row] for row in rows]
        for unit in ("người", "lớp")
    )
    reading = read(tmp_path, sheet(people), schools="nd")
    assert (reading.counts, reading.asked) == (ADMITTED, [])
    other = read(tmp_path, sheet(classes), schools="nd")
    assert (other.counts, other.codes) == ({}, ["error unknown_header"])


@pytest.mark.parametrize("head", ["ĐVT", "Đơn vị tính", "Đơn vị"])
def test_the_column_of_units_tells_what_each_row_counts(tmp_path, head):
    """«người» beside one number says nothing of the next."""
    rows = [TITLE, ["Nội dung", head, "Số lượng"], ["Kết nạp", "người", 3], ["Cử đi học", "lớp", 8]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {**ADMITTED, "nd 2023 student nominated": 8}
    assert reading.asked == ["warning unclear_unit C4"]


@pytest.mark.parametrize("again", [None, '"', "nt"])
def test_a_unit_goes_on_until_another_one_stands(tmp_path, again):
    """A blank unit, and a ditto mark, are as the one above."""
    rows = [TITLE, ["Nội dung", "ĐVT", "Số lượng"], ["Cử đi học", "lớp", 8], ["Hoàn thành lớp", again, 6]]
    reading = read(tmp_path, sheet([*rows, ["Kết nạp", "người", 3]]), schools="nd")
    assert reading.counts == {**ADMITTED, "nd 2023 student nominated": 8, "nd 2023 student trained": 6}
    assert reading.asked == ["warning unclear_unit C3"]


STUDENTS = "Kết nạp đảng viên trong học sinh năm 2023"


@pytest.mark.parametrize("unit", ["ĐVT: cán bộ, giáo viên", "(Đơn vị tính: giáo viên)"])
def test_a_unit_of_another_group_than_the_title_is_asked_about(tmp_path, unit):
    """The title says whom the table is about; the unit was left from another table, or the title was."""
    rows = [[STUDENTS], ["", unit], ["Trường", "Kết nạp"], ["THPT Nguyễn Du", 9]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 9}
    assert reading.asked == ["warning unclear_group B4"]


def test_a_unit_of_another_group_in_a_row_is_asked_about(tmp_path):
    """A column of units, with a mark for «as above»."""
    rows = [
        [STUDENTS],
        ["Nội dung", "ĐVT", "Số lượng"],
        ["Cử đi học", "học sinh", 9],
        ["Kết nạp", "giáo viên", 8],
        ["Đề nghị kết nạp", "nt", 7],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert len(reading.counts) == 3
    assert reading.asked == ["warning unclear_group C4"]


def test_a_unit_names_the_group_where_nothing_else_does(tmp_path):
    """«ĐVT: học sinh» says whom the numbers count; beside «Học sinh (ĐVT: giáo viên)» nobody can."""
    rows = [["Năm 2023"], ["ĐVT: học sinh"], ["Nội dung", "Số lượng"], ["Kết nạp", 9]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 9}, [])
    rows = [["Năm 2023"], ["Nội dung", "Học sinh (ĐVT: giáo viên)"], ["Kết nạp", 9]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error conflicting_headers B2"])


@pytest.mark.parametrize(
    ("header", "typed", "doubt"),
    [
        ("Học sinh được kết nạp", "5 GV", "unclear_group"),
        ("Học sinh được kết nạp", "05 nhân viên", "unclear_group"),
        ("CBGVNV được kết nạp", "5 em", "unclear_group"),
        ("CBGVNV được kết nạp", "05 hs", "unclear_group"),
        ("Giáo viên được kết nạp", "5 hoc sinh", "unclear_group"),
        ("Tổng số học sinh", "5 hồ sơ", "unclear_unit"),
        ("Học sinh được kết nạp", "5 lượt người", "unclear_unit"),
        ("Học sinh cử đi học", "5 đảng viên", "unclear_unit"),
    ],
)
def test_a_unit_in_the_cell_of_others_is_asked_about(tmp_path, header, typed, doubt):
    """«5 GV» under «Học sinh»: one of the two is wrong."""
    rows = [["Báo cáo năm 2023"], ["Trường", header], ["THPT Nguyễn Du", typed]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert list(reading.counts.values()) == [5]
    assert reading.asked == [f"warning {doubt} B3"]


@pytest.mark.parametrize(
    ("header", "typed"),
    [
        ("Học sinh được kết nạp", "5 em"),
        ("Học sinh được kết nạp", "05 đảng viên"),
        ("Học sinh được kết nạp", "5 đ/c"),
        ("Học sinh được kết nạp", "5 hồ sơ"),
        ("Học sinh được chi bộ đề nghị kết nạp", "5 hồ sơ"),
        ("CBGVNV được kết nạp", "5 GV"),
        ("CBGVNV là đảng viên", "5 đảng viên"),
        ("Học sinh và giáo viên được kết nạp", "5 GV"),
        ("CBGVNV được kết nạp", "5 trường hợp"),
        ("Tổng số học sinh", "5 người"),
    ],
)
def test_a_unit_in_the_cell_that_fits_is_read_over(tmp_path, header, typed):
    """As before."""
    rows = [["Báo cáo năm 2023"], ["Trường", header], ["THPT Nguyễn Du", typed]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert list(reading.counts.values()) == [5]
    assert reading.asked == []


@pytest.mark.parametrize(
    ("headers", "numbers", "cell"),
    [
        (["Giáo viên cử đi học", "Hoàn thành lớp"], [4, 1], "C3"),
        (["Cử đi học", "GV kết nạp", "Chuyển chính thức"], [3, 5, 2], "D3"),
    ],
)
def test_a_column_behind_one_of_another_group_than_the_title_is_asked_about(tmp_path, headers, numbers, cell):
    """«Hoàn thành lớp» behind «Giáo viên cử đi học» may be the teachers of whom that column speaks."""
    rows = [["KẾT QUẢ CỦA HỌC SINH NĂM 2023"], ["Trường", *headers], ["THPT Nguyễn Du", *numbers]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert len(reading.counts) == len(numbers)
    assert reading.asked == [f"warning unclear_group {cell}"]
