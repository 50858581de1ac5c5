"""Gallery of small workbooks: sheets typed without accents, on which «nam» may be «nam» or «năm»."""

import pytest
from gallery import read, sheet

TITLE = ["THPT Nguyen Du nam 2023"]
BODY = [["Cu di hoc", 12, 5], ["Ket nap", 3, 1]]
BOTH = {
    "nd 2023 student.male nominated": 12,
    "nd 2023 student.female nominated": 5,
    "nd 2023 student.male admitted": 3,
    "nd 2023 student.female admitted": 1,
}


def test_nam_beside_nu_is_male(tmp_path):
    """In headers of one level, under one header, and down the rows."""
    reading = read(tmp_path, sheet([TITLE, ["Noi dung", "Hoc sinh nam", "Hoc sinh nu"], *BODY]), schools="nd")
    assert (reading.counts, reading.asked) == (BOTH, [])
    rows = [TITLE, ["Noi dung", "Hoc sinh", None], [None, "Nam", "Nu"], *BODY]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2"]), schools="nd")
    assert (reading.counts, reading.asked) == (BOTH, [])
    rows = [TITLE, ["Noi dung", "Hoc sinh"], ["Ket nap", 5], ["Nam", 2], ["Nu", 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student admitted": 5,
        "nd 2023 student.male admitted": 2,
        "nd 2023 student.female admitted": 3,
    }
    assert reading.asked == []


def test_nam_over_years_is_a_year(tmp_path):
    """Over a column of years, over a row of years, and beside «Trong do nu»."""
    rows = [["Hoc sinh THPT Nguyen Du"], ["Nam", "Ket nap", "Trong do: nu"], [2022, 12, 5], [2023, 3, 1]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2022 student admitted": 12,
        "nd 2022 student.female admitted": 5,
        "nd 2023 student admitted": 3,
        "nd 2023 student.female admitted": 1,
    }
    assert reading.asked == []
    rows = [["Hoc sinh THPT Nguyen Du"], ["Noi dung", "Nam", None], [None, 2022, 2023], ["Ket nap", 3, 1]]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2"]), schools="nd")
    assert reading.counts == {"nd 2022 student admitted": 3, "nd 2023 student admitted": 1}
    assert reading.asked == []


def test_nam_before_a_year_and_in_the_year_is_a_year(tmp_path):
    """«nam 2023», «nam hoc 2022-2023», «trong nam»."""
    rows = [["THPT Nguyen Du nam hoc 2022-2023"], ["Noi dung", "Hoc sinh"], ["Ket nap trong nam", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2022-2023 student admitted": 5}, [])
    rows = [["THPT Nguyen Du"], ["Noi dung", "Hoc sinh nam 2023"], ["Cu di hoc trong nam", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student nominated": 5}, [])


@pytest.mark.parametrize("school", ["THPT Nguyen Du", "THPT Nguyễn Du"], ids=["unaccented", "pasted"])
@pytest.mark.parametrize("head", ["Hoc sinh nam", "Trong do nam", "Nam"])
def test_nam_that_nothing_settles_is_asked_about(tmp_path, school, head):
    """Also where a name with its accents was pasted into the sheet."""
    rows = [[f"{school} nam 2023"], ["Noi dung", "Hoc sinh", head], *BODY]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert reading.asked == ["error ambiguous_header C2"]


def test_nam_on_a_sheet_with_accents_is_male(tmp_path):
    """As typed; two sheets of one form, one typed without accents, do not share what it says."""
    rows = [["THPT Nguyễn Du năm 2023"], ["Nội dung", "Học sinh", "Nam"], ["Kết nạp", 5, 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5, "nd 2023 student.male admitted": 2}
    assert reading.asked == []
    plain = [["THPT A nam 2023"], ["STT", "KN HS", "Nam"], [1, 5, 2]]
    accented = [["THPT A nam 2022"], ["STT", "KN HS", "Nam"], [1, 5, 2], [], ["Người lập biểu"]]
    more = '[[schools]]\nid = "a"\nname = "Trường THPT A"'
    reading = read(tmp_path, sheet(plain), sheet(accented, name="Sheet2"), schools="nd", more=more)
    assert "a 2023 student.male admitted" not in reading.counts
    assert reading.counts["a 2022 student.male admitted"] == 2


@pytest.mark.parametrize("head", ["Học sinh nam 2023", "Nam 2023"])
def test_nam_before_a_year_beside_accents_is_asked_about(tmp_path, head):
    """Male students, or a year typed in haste."""
    rows = [["THPT Nguyễn Du"], ["Nội dung", "Học sinh", f"Kết nạp {head}"], ["Năm 2022", 5, 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert "error unknown_header C2" in reading.asked
    rows = [["Kết nạp học sinh nam 2023"], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet B3"])


def test_a_year_typed_in_haste_in_a_title_is_a_year(tmp_path):
    """«PHÁT TRIỂN ĐẢNG VIÊN NAM 2023»: no return is of men only."""
    rows = [["PHÁT TRIỂN ĐẢNG VIÊN NAM 2023"], ["Trường", "Học sinh kết nạp"], ["THPT Nguyễn Du", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 5}, [])


@pytest.mark.parametrize("label", ["Cho ket nap", "Cho KN", "Dang hoc lop nhan thuc ve Dang", "Tai ket nap", "Dang KN"])
def test_a_word_that_turns_the_meaning_is_not_taken_for_one_that_says_nothing(tmp_path, label):
    """«cho» may be «chờ», «dang» «đang», «tai» «tái»: without accents they are not passed over."""
    rows = [TITLE, ["Noi dung", "Hoc sinh"], ["Ket nap Dang", 5], [label, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 5}, ["error unknown_header A4"])
