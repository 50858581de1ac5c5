"""Gallery of small workbooks: numbers that stand only in a total, and what becomes of them."""

import pytest
from gallery import read, sheet

WHOLE = {"nd 2023 student admitted": 7}


@pytest.mark.parametrize(
    ("rows", "lacks"),
    [
        ([["Năm 2023"], ["Nội dung", "Tổng số"], ["Kết nạp", 7], ["Cử đi học", 9]], "B3:B4"),
        ([["Năm 2023"], ["Nội dung", "Số lượng"], ["Tổng số kết nạp", 7]], "B3"),
        ([["Báo cáo"], ["Nội dung", "Tổng số"], ["Học sinh kết nạp", 7]], "B3"),
        ([["Học sinh năm 2023"], ["Trường", "Kết nạp"], ["Toàn huyện", 7]], "B3"),
    ],
)
def test_a_total_of_nothing_in_its_table_that_lacks_a_facet_is_an_error(tmp_path, rows, lacks):
    """It adds up nothing, and nobody can say whom it counts, when, or where; it was only called not checked."""
    reading = read(tmp_path, sheet(rows), schools="nd ll" if "huyện" in rows[-1][0] else "nd")
    assert (reading.counts, reading.told) == ({}, [])
    assert "error missing_facet B3" in reading.asked
    assert lacks in reading.messages


def test_a_total_that_lacks_a_group_over_a_part_of_one_is_an_error(tmp_path):
    """Whether all are pupils the twelfth grade beside them does not say."""
    rows = [["Năm 2023"], ["Nội dung", "Tổng số", "Trong đó: lớp 12"], ["Kết nạp", 7, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student.grade_12 admitted": 3}
    assert (reading.asked, reading.told) == (["error missing_facet B3"], [])


@pytest.mark.parametrize(("label", "total", "asked"), [("Tổng số", 0, []), ("Tổng số", 2, ["C4"]), ("Cộng", 2, ["C4"])])
def test_a_total_over_blank_cells_is_an_error_unless_it_is_zero(tmp_path, label, total, asked):
    """A formula gives a zero; a number was typed by somebody."""
    rows = [["Năm 2023"], ["Trường", "HS kết nạp", "GV kết nạp"], ["THPT Nguyễn Du", 7, None], [label, 7, total]]
    reading = read(tmp_path, sheet(rows), schools="nd ll")
    assert reading.counts == WHOLE
    assert reading.asked == [f"error missing_facet {cell}" for cell in asked]


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        (["Nội dung", "Tổng số", "Nữ", "Khách mời"], ["Học sinh kết nạp", 7, 3, 4]),
        (["Nội dung", "Tổng số", "Trong đó: khách mời"], ["Học sinh kết nạp", 7, 4]),
        (["Nội dung", "Tổng số", "Khối 10", "Khối 11", "Khối X"], ["Học sinh kết nạp", 7, 1, 2, 4]),
        (["Nội dung", "Khách mời", "Tổng số"], ["Học sinh kết nạp", 4, 7]),
    ],
)
def test_a_number_that_only_a_total_beside_unknown_columns_gives_is_an_error(tmp_path, headers, row):
    """It may add up what nobody knows; that it is lost stood in a note only."""
    reading = read(tmp_path, sheet([["Năm 2023"], headers, row]), schools="nd")
    cell = f"{'ABCDE'[headers.index('Tổng số')]}3"
    assert "nd 2023 student admitted" not in reading.counts
    assert f"error total_not_checked {cell}" in reading.asked
    assert (reading.told, len(reading.asked)) == ([], 2)


@pytest.mark.parametrize("total", ["Tổng số", "Cộng"])
def test_a_number_that_only_a_total_over_unknown_rows_gives_is_an_error(tmp_path, total):
    """Likewise down a column."""
    rows = [["Năm 2023"], ["Nội dung", "Học sinh kết nạp"], ["Khối A", 4], ["Khối B", 3], [total, 7]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.told) == ({}, [])
    assert reading.asked == ["error total_not_checked B5", "error unknown_header A3", "error unknown_header A4"]


def test_a_total_over_known_and_unknown_schools_is_only_not_checked(tmp_path):
    """It is a sum, and what it sums is asked for itself."""
    rows = [["Năm 2023"], ["Trường", "Học sinh kết nạp"], ["THPT Nguyễn Du", 7], ["THPT Xyz", 4], ["Tổng cộng", 11]]
    reading = read(tmp_path, sheet(rows), schools="nd ll")
    assert (reading.counts, reading.asked) == (WHOLE, ["error unknown_school A4"])
    assert reading.told == ["info total_not_checked B5"]
