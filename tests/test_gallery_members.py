"""Gallery of small workbooks: whose members of the Party a number counts, the students', the staff's or the cell's."""

import pytest
from gallery import read, sheet

ND = "THPT Nguyễn Du"
REPORT = "BÁO CÁO NĂM 2023"
ABOUT = "KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN"
LIST = ["Nội dung", "Số lượng"]
MEMBERS = {"nd 2023 student admitted": 4, "nd 2023 student party_members": 45}


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([[REPORT], LIST, ["I. Học sinh"], ["1. Kết nạp", 4], ["Tổng số đảng viên", 45]], "B5"),
        ([[REPORT], LIST, ["I. Học sinh"], ["1. Kết nạp", 4], [], ["Tổng số đảng viên", 45]], "B6"),
        ([["NĂM 2023"], ["Nội dung", "Học sinh", "CBGVNV"], ["Kết nạp", 4], [], ["Tổng số đảng viên", 45]], "B5"),
        ([["NĂM 2023"], ["Học sinh", "Số lượng"], ["Kết nạp", 4], ["Tổng số đảng viên", 45]], "B4"),
        ([["NĂM 2023"], ["Trường", "Học sinh"], [None, "Kết nạp", "Tổng số đảng viên"], [ND, 4, 45]], "C4"),
        ([[f"{ABOUT} TRONG HỌC SINH NĂM 2023"], ["Trường", "Tổng số đảng viên", "Kết nạp"], [ND, 45, 4]], "B3"),
    ],
)
def test_party_members_who_are_students_by_a_far_text_alone_are_asked_about(tmp_path, rows, cell):
    """Most members in a school are staff; who counts the whole unit says «toàn chi bộ»."""
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (MEMBERS, [f"warning unclear_members {cell}"])


@pytest.mark.parametrize(
    "rows",
    [
        [[REPORT], LIST, ["I. Học sinh"], ["1. Kết nạp", 4], ["2. Tổng số đảng viên", 45]],
        [["NĂM 2023 - HỌC SINH"], ["Trường", "Tổng số đảng viên", "Kết nạp"], [ND, 45, 4]],
        [["NĂM 2023"], ["Trường", "Học sinh kết nạp", "Đảng viên là học sinh"], [ND, 4, 45]],
    ],
)
def test_party_members_who_are_said_to_be_students_are_students(tmp_path, rows):
    """By their own words, or numbered under «Học sinh»."""
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (MEMBERS, [])


def test_party_members_beside_those_of_the_staff_are_students(tmp_path):
    """The table tells them apart."""
    rows = [["NĂM 2023"], ["Nội dung", "Học sinh", "CBGVNV"], ["Kết nạp", 4, 1], ["Tổng số đảng viên", 45, 30]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    staff = {"nd 2023 staff admitted": 1, "nd 2023 staff party_members": 30}
    assert (reading.counts, reading.asked) == (MEMBERS | staff, [])


CELL = {"nd 2023 all party_members": 30, "nd 2023 all.probationary party_members": 3}


@pytest.mark.parametrize("part", ["- Đảng viên dự bị", "Đảng viên dự bị", "Trong đó: Đảng viên dự bị", "- Dự bị"])
def test_a_part_below_all_members_of_the_cell_is_one_of_them(tmp_path, part):
    """«Tổng số đảng viên» names no group; its part lacked one."""
    rows = [[REPORT], LIST, ["CBGVNV kết nạp", 2], ["Tổng số đảng viên", 30], [part, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 staff admitted": 2, **CELL}, [])


def test_a_part_beside_all_members_of_the_cell_is_one_of_them(tmp_path):
    """As below them."""
    rows = [[REPORT], ["Trường", "Tổng số đảng viên", "Đảng viên dự bị", "Đảng viên chính thức"], [ND, 30, 3, 27]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({**CELL, "nd 2023 all.official party_members": 27}, [])


def test_a_part_behind_members_of_two_groups_lacks_its_group(tmp_path):
    """It may be one of the students, or of all."""
    heads = ["Tổng số đảng viên", "Đảng viên là học sinh", "Đảng viên dự bị"]
    reading = read(tmp_path, sheet([[REPORT], ["Trường", *heads], [ND, 30, 2, 3]]), schools="nd")
    assert reading.counts == {"nd 2023 all party_members": 30, "nd 2023 student party_members": 2}
    assert reading.asked == ["error missing_facet D3"]


@pytest.mark.parametrize(("merges", "asked"), [((), ["warning unclear_members C5"]), (("A3:A5",), [])])
def test_all_members_behind_a_label_that_stands_above_are_asked_about(tmp_path, merges, asked):
    """The blank may go on with «CBGVNV», or be of the whole cell; where cells are merged, it goes on."""
    rows = [[REPORT], ["Đối tượng", "Nội dung", "Số lượng"], ["CBGVNV", "Cử đi học", 5], [None, "Kết nạp", 2]]
    reading = read(tmp_path, sheet([*rows, [None, "Tổng số đảng viên", 30]], merges=merges), schools="nd")
    numbers = {"nominated": 5, "admitted": 2, "party_members": 30}
    assert reading.counts == {f"nd 2023 staff {measure}": n for measure, n in numbers.items()}
    assert reading.asked == asked
