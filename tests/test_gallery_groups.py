"""Gallery of small workbooks: numbers of all of which students and staff are the parts."""

import pytest
from gallery import read, sheet

ND = "THPT Nguyễn Du"
GROUPS = {"nd 2023 all admitted": 30, "nd 2023 student admitted": 20, "nd 2023 staff admitted": 10}


@pytest.mark.parametrize("names", [("Học sinh", "CBGVNV"), ("HS", "CBGV")])
@pytest.mark.parametrize("above", ["Trong đó", "Chia ra"])
def test_groups_under_a_header_of_parts_make_the_column_before_one_of_all(tmp_path, names, above):
    """«Kết nạp» names no group, and its parts are the groups; both were refused."""
    rows = [["Năm 2023"], ["Trường", "Kết nạp", above, None], [None, None, *names], [ND, 30, 20, 10]]
    reading = read(tmp_path, sheet(rows, merges=["A2:A3", "B2:B3", "C2:D2"]), schools="nd")
    assert (reading.counts, reading.asked) == (GROUPS, [])


@pytest.mark.parametrize("second", ["CBGVNV", "Trong đó: CBGVNV"])
def test_groups_behind_the_word_for_parts_are_parts(tmp_path, second):
    """Across and down; the word may stand once or twice."""
    across = [["Năm 2023"], ["Trường", "Kết nạp", "Trong đó: Học sinh", second], [ND, 30, 20, 10]]
    down = [["Năm 2023"], ["Nội dung", "Số lượng"], ["Kết nạp", 30], ["Trong đó: Học sinh", 20], [second, 10]]
    for rows in (across, down):
        reading = read(tmp_path, sheet(rows), schools="nd")
        assert (reading.counts, reading.asked) == (GROUPS, [])


def test_groups_of_two_things_that_are_counted_are_told_apart(tmp_path):
    """The groups behind «Kết nạp» are no groups of those sent to the course."""
    rows = [["Năm 2023"], ["Trường", "Cử đi học", "Trong đó", None, "Kết nạp", "Trong đó", None]]
    rows += [[None, None, "HS", "CBGVNV", None, "HS", "CBGVNV"], [ND, 40, 30, 10, 30, 20, 10]]
    merges = ["A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:G2"]
    reading = read(tmp_path, sheet(rows, merges=merges), schools="nd")
    sent = {"all": 40, "student": 30, "staff": 10}
    assert reading.counts == GROUPS | {f"nd 2023 {group} nominated": n for group, n in sent.items()}
    assert reading.asked == []


def test_groups_that_do_not_add_up_to_all_are_asked_about(tmp_path):
    """As wherever both are given."""
    rows = [["Năm 2023"], ["Trường", "Kết nạp", "Trong đó: Học sinh", "CBGVNV"], [ND, 30, 20, 11]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.codes) == (GROUPS | {"nd 2023 staff admitted": 11}, ["warning groups_differ"])


@pytest.mark.parametrize("part", ["Trong đó: lớp 12", "Trong đó: Giáo viên", "Học sinh"])
def test_a_part_of_one_group_or_a_group_beside_it_makes_no_column_one_of_all(tmp_path, part):
    """All may be students, or staff, of whom this is a part; without the word nothing says that it is a part."""
    reading = read(tmp_path, sheet([["Năm 2023"], ["Trường", "Kết nạp", part], [ND, 30, 20]]), schools="nd")
    assert "nd 2023 all admitted" not in reading.counts
    assert "error missing_facet B3" in reading.asked


def test_women_behind_two_groups_lack_theirs(tmp_path):
    """They may be of the staff, or of all."""
    rows = [["Năm 2023"], ["Trường", "Kết nạp", "Trong đó", None, None], [None, None, "Học sinh", "CBGVNV", "Nữ"]]
    merges = ["A2:A3", "B2:B3", "C2:E2"]
    reading = read(tmp_path, sheet([*rows, [ND, 30, 20, 10, 12]], merges=merges), schools="nd")
    assert (reading.counts, reading.asked) == (GROUPS, ["error missing_facet E4"])


def test_groups_without_number_below_numbered_rows_are_parts(tmp_path):
    """The numbered row names no group, and each group below it nothing to count."""
    rows = [["Năm 2023"], ["TT", "Nội dung", "Số lượng"], [1, "Cử đi học", 40], [None, "Học sinh", 30]]
    rows += [[None, "CBGVNV", 10], [2, "Kết nạp", 30], [None, "Học sinh", 20], [None, "CBGVNV", 10]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    sent = {"all": 40, "student": 30, "staff": 10}
    assert reading.counts == GROUPS | {f"nd 2023 {group} nominated": n for group, n in sent.items()}
    assert reading.asked == []


def test_a_number_of_students_without_number_below_a_numbered_row_is_asked_about(tmp_path):
    """They may be the students of the row above, or of the school."""
    rows = [["Năm 2023"], ["TT", "Nội dung", "Số lượng"], [1, "CBGVNV kết nạp", 10], [None, "Số học sinh", 20]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 staff admitted": 10, "nd 2023 student headcount": 20}
    assert reading.asked == ["warning unclear_measure C4"]
