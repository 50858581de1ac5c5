"""Gallery of small workbooks: numbers that are sums or rates though nothing calls them so."""

import pytest
from gallery import read, sheet

NUMBERED = [
    ["Năm 2023"],
    ["TT", "Nội dung", "THPT Nguyễn Du"],
    ["I", "Cử đi học", 7],
    [1, "Học sinh", 5],
    [2, "CBGVNV", 2],
    ["II", "Kết nạp", 4],
    [1, "Học sinh", 3],
    [2, "CBGVNV", 1],
]


@pytest.mark.parametrize("ordinals", [True, False], ids=["numbered", "dashes"])
def test_a_number_over_its_parts_that_lacks_what_they_name_is_their_sum(tmp_path, ordinals):
    """«I. Cử đi học 7» is that of the students and of the staff, though nobody calls it a sum."""
    rows = [[*row] for row in NUMBERED]
    if not ordinals:
        rows = [row[:1] if len(row) == 1 else [f"- {row[1]}" if row[0] in (1, 2) else row[1], row[2]] for row in rows]
    reading = read(tmp_path, sheet(rows), schools="nd")
    students = {"nd 2023 student nominated": 5, "nd 2023 student admitted": 3}
    staff = {"nd 2023 staff nominated": 2, "nd 2023 staff admitted": 1}
    assert (reading.counts, reading.asked) == ({**students, **staff}, [])
    rows[2][-1] = 8
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.codes) == ({**students, **staff}, ["warning total_mismatch"])


def test_a_number_over_parts_of_which_one_is_not_read_is_not_compared(tmp_path):
    """One cause, one finding."""
    rows = [[*row] for row in NUMBERED]
    rows[3][2] = "khoảng 5"
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.asked, reading.told) == (["error not_a_count C4"], ["info total_not_checked C3"])


def test_a_rate_of_this_year_against_the_last_is_known(tmp_path):
    """As in the official form «Kỳ này | Cùng kỳ năm trước | %»."""
    rows = [["Trường THPT Nguyễn Du - Học sinh năm 2023"], ["Chỉ tiêu", "Thực hiện", "Cùng kỳ năm trước", "%"]]
    rows += [["Cử đi học", 12, 10, 120], ["Kết nạp", 4, 5, 80]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 4}
    assert reading.asked == []
    rows[-1][-1] = 90
    assert read(tmp_path, sheet(rows), schools="nd").asked == ["warning rate_mismatch D4"]


def test_a_part_below_a_dash_belongs_to_what_stands_over_the_dashes(tmp_path):
    """«- Học sinh», then «Trong đó: nữ»: girls among the students sent, and the staff come after them."""
    rows = [["Trường THPT Nguyễn Du - Năm 2023"], ["Nội dung", "Số lượng"], ["Cử đi học", 7], ["- Học sinh", 5]]
    rows += [["Trong đó: nữ", 2], ["- CBGVNV", 2], ["Kết nạp", 4], ["- Học sinh", 3], ["- CBGVNV", 1]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    sent = {"nd 2023 student nominated": 5, "nd 2023 student.female nominated": 2, "nd 2023 staff nominated": 2}
    admitted = {"nd 2023 student admitted": 3, "nd 2023 staff admitted": 1}
    assert (reading.counts, reading.asked) == ({**sent, **admitted}, [])


@pytest.mark.parametrize("total", [5, 7])
def test_a_sum_of_targets_may_hold_those_that_were_added(tmp_path, total):
    """«Tổng chỉ tiêu» of 5 given at first and 2 more."""
    heads = ["Trường", "Chỉ tiêu giao đầu năm", "Chỉ tiêu bổ sung", "Tổng chỉ tiêu", "Thực hiện"]
    rows = [["Học sinh kết nạp năm 2023"], heads, ["THPT Nguyễn Du", 5, 2, total, 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    targets = {"nd 2023 student admitted target": 5, "nd 2023 student admitted extra_target": 2}
    assert (reading.counts, reading.asked) == ({**targets, "nd 2023 student admitted": 4}, [])


def test_a_total_that_is_the_number_itself_and_was_not_calculated_is_an_error(tmp_path):
    """«Tổng số | trong đó: nữ»: over parts that add up it would only not be checked."""
    rows = [["Học sinh kết nạp năm 2023"], ["Trường", "Tổng số", "Trong đó: nữ"], ["THPT Nguyễn Du", "=1+2", 1]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student.female admitted": 1}
    assert reading.asked == ["error formula_without_value B3"]


def test_a_total_of_nothing_that_nobody_names_is_an_error(tmp_path):
    """«Tổng số cây xanh» is no sum of what was read."""
    rows = [["Trường THPT Nguyễn Du - Học sinh năm 2023"], ["Nội dung", "Số lượng"], ["Tổng số khối 12", 300]]
    reading = read(tmp_path, sheet([*rows, ["Kết nạp", 3]]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == ["error missing_facet B3"]


def test_the_students_of_a_grade_are_a_headcount(tmp_path):
    """«Tổng số học sinh khối 12», as «Tổng số học sinh» of all."""
    rows = [["Trường THPT Nguyễn Du - Năm 2023"], ["Nội dung", "Số lượng"], ["Tổng số học sinh khối 12", 300]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student.grade_12 headcount": 300}, [])


def test_a_number_over_several_measures_is_no_sum_of_them(tmp_path):
    """«I. Học sinh 500» over those sent and those admitted: nobody says what it counts."""
    rows = [["Năm 2023"], ["TT", "Nội dung", "THPT Nguyễn Du"], ["I", "Học sinh", 500], [1, "Cử đi học", 5]]
    reading = read(tmp_path, sheet([*rows, [2, "Kết nạp", 3]]), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 5, "nd 2023 student admitted": 3}
    assert reading.asked == ["error missing_facet C3"]
