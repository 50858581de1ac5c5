"""Gallery of small workbooks: what stands in a number cell, and what is hidden."""

from datetime import date

import pytest
from gallery import read, sheet

HEAD = [["Học sinh năm 2023"], ["Trường", "Cử đi học", "Kết nạp"]]


def one(tmp_path, value, **more):
    """Read a table whose one doubtful cell is C3; B3 holds 12."""
    return read(tmp_path, sheet([*HEAD, ["THPT Nguyễn Du", 12, value]], **more), schools="nd")


@pytest.mark.parametrize("typed", ["-", "–", "—", "không", "Không có", 0, "0"], ids=repr)
def test_a_dash_is_a_reported_zero(tmp_path, typed):
    """A dash and «không» say none; a zero is a zero."""
    reading = one(tmp_path, typed)
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 0}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("typed", "n"),
    [
        (3.0, 3),
        ("3", 3),
        ("03", 3),
        (" 3 ", 3),
        ("3 em", 3),
        ("3 học sinh", 3),
        ("03 đ/c", 3),
        ("3\u00a0người", 3),
    ],
    ids=repr,
)
def test_a_number_may_be_typed_in_many_ways(tmp_path, typed, n):
    """Text that is a count is a count."""
    reading = one(tmp_path, typed)
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": n}
    assert reading.asked == []


@pytest.mark.parametrize("typed", ["1.234", "1 234", "1\u00a0234", 1234, "1234 em"], ids=repr)
def test_a_point_groups_thousands(tmp_path, typed):
    """«1.234» is one thousand two hundred and thirty-four."""
    rows = [["Học sinh năm 2023"], ["Trường", "Sĩ số"], ["THPT Nguyễn Du", typed]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student headcount": 1234}
    assert reading.asked == []


@pytest.mark.parametrize("typed", [None, " "], ids=repr)
def test_a_blank_is_not_reported_and_no_zero(tmp_path, typed):
    """Not reported is no row, and an info that names the cell."""
    reading = one(tmp_path, typed)
    assert reading.counts == {"nd 2023 student nominated": 12}
    assert reading.asked == []
    assert reading.told == ["info blank_cell C3"]


@pytest.mark.parametrize(
    "typed",
    ["khoảng 3", "4/6", "gần 10", "≈ 3", "3 (2 nữ)", 9.8, -1, "-2", "9,8", "x", "có", "12-15", "1.23", "3 lớp"],
    ids=repr,
)
def test_what_is_no_count_is_an_error_at_its_cell(tmp_path, typed):
    """Never a blank, never a number, never rounded."""
    reading = one(tmp_path, typed)
    assert reading.counts == {"nd 2023 student nominated": 12}
    assert reading.asked == ["error not_a_count C3"]


def test_a_date_that_a_spreadsheet_made_is_an_error(tmp_path):
    """«4/6» typed into a spreadsheet becomes the fourth of June."""
    reading = one(tmp_path, date(2023, 6, 4))
    assert reading.counts == {"nd 2023 student nominated": 12}
    assert reading.asked == ["error date_in_count C3"]


def test_an_error_value_is_an_error_and_no_blank(tmp_path):
    """#REF! in a count."""
    reading = one(tmp_path, "=B99", stored={"C3": "#REF!"})
    assert reading.counts == {"nd 2023 student nominated": 12}
    assert reading.asked == ["error excel_error C3"]


def test_a_formula_that_was_never_calculated_is_an_error_and_no_blank(tmp_path):
    """The file must be opened and saved once in a spreadsheet program."""
    reading = one(tmp_path, "=B3-9")
    assert reading.counts == {"nd 2023 student nominated": 12}
    assert reading.asked == ["error formula_without_value C3"]


def test_a_formula_with_its_value_is_a_count(tmp_path):
    """What the spreadsheet stored is what the clerk saw."""
    reading = one(tmp_path, "=B3-9", stored={"C3": 3})
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert reading.asked == []


def test_each_bad_cell_has_its_own_finding_and_the_others_are_read(tmp_path):
    """One bad cell never costs a row or a column."""
    rows = [
        *HEAD,
        ["THPT Nguyễn Du", 12, "khoảng 3"],
        ["THPT Lê Lợi", 9.8, 2],
        ["THPT Trần Phú", 7, 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd ll tp")
    assert reading.counts == {
        "nd 2023 student nominated": 12,
        "ll 2023 student admitted": 2,
        "tp 2023 student nominated": 7,
        "tp 2023 student admitted": 1,
    }
    assert reading.asked == ["error not_a_count B4", "error not_a_count C3"]


def test_a_blank_row_in_the_body_does_not_end_the_table(tmp_path):
    """A labelled row of numbers follows: the table goes on."""
    rows = [*HEAD, ["THPT Nguyễn Du", 12, 3], [], ["THPT Lê Lợi", 9, 2]]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {
        "nd 2023 student nominated": 12,
        "nd 2023 student admitted": 3,
        "ll 2023 student nominated": 9,
        "ll 2023 student admitted": 2,
    }
    assert reading.asked == []


def test_a_school_without_any_number_has_not_reported(tmp_path):
    """A labelled row without numbers, where nothing below needs it, is no section."""
    rows = [*HEAD, ["THPT Nguyễn Du", None, None], ["THPT Lê Lợi", 9, 2]]
    reading = read(tmp_path, sheet(rows), schools="nd ll")
    assert reading.counts == {"ll 2023 student nominated": 9, "ll 2023 student admitted": 2}
    assert not any(line.startswith("error") for line in reading.asked)
    assert any(line.endswith(("B3", "C3", "A3")) for line in reading.told)


def test_a_hidden_row_and_a_hidden_column_are_read_with_a_warning(tmp_path):
    """Someone hid them; the numbers are there."""
    rows = [*HEAD, ["THPT Nguyễn Du", 12, 3], ["THPT Lê Lợi", 9, 2]]
    reading = read(tmp_path, sheet(rows, hidden_rows=[4], hidden_cols=["C"]))
    assert reading.counts == {
        "nd 2023 student nominated": 12,
        "nd 2023 student admitted": 3,
        "ll 2023 student nominated": 9,
        "ll 2023 student admitted": 2,
    }
    assert set(reading.codes) == {"warning hidden_cells"}


def test_a_hidden_sheet_is_not_read_and_named(tmp_path):
    """An old copy on a hidden sheet is no return."""
    shown = sheet([*HEAD, ["THPT Nguyễn Du", 12, 3]], name="2023")
    hidden = sheet([*HEAD, ["THPT Nguyễn Du", 11, 4]], name="bản cũ", hidden=True)
    reading = read(tmp_path, shown, hidden, schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert reading.codes == ["warning hidden_sheet"]
    assert (reading.returns.findings["sheet"] == "bản cũ").any()


def test_signatures_and_remarks_below_a_table_are_text(tmp_path):
    """«(Ký, ghi rõ họ tên)» is no list of people, and a date line no period."""
    rows = [
        *HEAD,
        ["THPT Nguyễn Du", 12, 3],
        [],
        ["Ghi chú: 2 em đã ra trường năm 2022."],
        [None, None, "An Phú, ngày 5 tháng 01 năm 2024"],
        ["Người lập biểu", None, "T/M CHI BỘ"],
        ["(Ký, ghi rõ họ tên)", None, "(Ký, ghi rõ họ tên)"],
        ["Nguyễn Thị Lan", None, "Lê Văn Bình"],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert reading.asked == []


def test_raw_holds_the_number_and_its_unit_and_nothing_more(tmp_path):
    """What was typed can be looked up; the rest of a cell is nobody's business."""
    reading = one(tmp_path, "03 em")
    raws = dict(zip(reading.returns.counts["cell"], reading.returns.counts["raw"], strict=True))
    assert raws == {"B3": "12", "C3": "03 em"}


def test_an_unreadable_file_harms_no_other(tmp_path):
    """A file that is no workbook is an error of its own."""
    (tmp_path / "hỏng.xlsx").write_bytes(b"PK\x03\x04 not a workbook at all")
    reading = one(tmp_path, 3)
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert reading.codes == ["error unreadable_file"]


def test_a_number_that_is_struck_out_is_asked_about(tmp_path):
    """Nobody can say whether it still holds; a sum over it is not checked, and the others are read."""
    rows = [*HEAD, ["THPT Nguyễn Du", 12, 3], ["THPT Lê Lợi", 20, 5], ["Cộng", 32, 5]]
    reading = read(tmp_path, sheet(rows, struck=["C3"]))
    assert reading.counts == {
        "nd 2023 student nominated": 12,
        "ll 2023 student nominated": 20,
        "ll 2023 student admitted": 5,
    }
    assert reading.asked == ["error struck_out C3"]
    assert reading.told == ["info total_not_checked C5"]


def test_a_sum_that_is_struck_out_is_not_compared(tmp_path):
    """The parts are reported all the same."""
    rows = [*HEAD, ["THPT Nguyễn Du", 12, 3], ["THPT Lê Lợi", 20, 5], ["Cộng", 32, 9]]
    reading = read(tmp_path, sheet(rows, struck=["C5"]))
    assert len(reading.counts) == 4
    assert (reading.asked, reading.told) == ([], ["info total_without_value C5"])


def test_a_row_that_is_struck_out_is_asked_about(tmp_path):
    """Its label is still read, so that the finding says what is meant; none of its numbers is."""
    rows = [*HEAD, ["THPT Nguyễn Du", 12, 3], ["THPT Lê Lợi", 20, 5]]
    reading = read(tmp_path, sheet(rows, struck=["A3", "B3", "C3"]))
    assert reading.counts == {"ll 2023 student nominated": 20, "ll 2023 student admitted": 5}
    assert reading.asked == ["error struck_out B3", "error struck_out C3", "warning struck_out A3"]


def test_a_year_that_is_struck_out_heads_nothing(tmp_path):
    """A column whose year is crossed out has no year."""
    rows = [["Học sinh"], ["Trường", "Kết nạp", ""], ["", 2022, 2023], ["THPT Nguyễn Du", 12, 3]]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2"], struck=["B3"]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == ["error unknown_header B3"]


@pytest.mark.parametrize(
    ("code", "n", "asked"),
    [
        ('0" em"', 3, []),
        ('0" lớp"', None, ["error not_a_count C3"]),
        ("#,##0,", None, ["error masked_number C3"]),
        (";;;", None, ["error masked_number C3"]),
    ],
)
def test_a_number_is_what_its_format_shows(tmp_path, code, n, asked):
    """«3 lớp» is three classes, whether it is typed or made of 3 by the cell's format."""
    reading = one(tmp_path, 3000 if code == "#,##0," else 3, formats={"C3": code})
    assert reading.counts == {"nd 2023 student nominated": 12} | ({"nd 2023 student admitted": n} if n else {})
    assert reading.asked == asked


@pytest.mark.parametrize("code", ["#,###", "0;-0;;@"])
def test_a_zero_that_is_not_shown_is_asked_about(tmp_path, code):
    """It is a zero in the file and a blank to who reads the sheet."""
    reading = one(tmp_path, 0, formats={"C3": code})
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 0}
    assert reading.asked == ["warning unseen_zero C3"]


@pytest.mark.parametrize("typed", ["3\n120", "3   120", "12\n345 em"], ids=repr)
def test_two_numbers_in_one_cell_are_no_count(tmp_path, typed):
    """One space may stand between thousands; a new line, or several spaces, part two numbers."""
    reading = one(tmp_path, typed)
    assert reading.counts == {"nd 2023 student nominated": 12}
    assert reading.asked == ["error not_a_count C3"]


def test_a_number_merged_over_several_columns_or_rows_is_of_none(tmp_path):
    """Forty-five are all party members of the school; whoever merges two schools' cells gives one number for both."""
    rows = [["Năm 2023"], ["Nội dung", "Học sinh", "CBGVNV"], ["Kết nạp", 5, 2], ["Tổng số đảng viên", 45, None]]
    reading = read(tmp_path, sheet(rows, ["B4:C4"]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5, "nd 2023 staff admitted": 2}
    assert (reading.asked, reading.told) == (["error merged_number B4"], [])
    rows = [*HEAD, ["THPT Nguyễn Du", 12, 3], ["THPT Lê Lợi", 20, None], ["Cộng", 32, 3]]
    reading = read(tmp_path, sheet(rows, ["C3:C4"]))
    assert reading.counts == {"nd 2023 student nominated": 12, "ll 2023 student nominated": 20}
    assert (reading.asked, reading.told) == (["error merged_number C3"], ["info total_not_checked C5"])


def test_a_number_merged_over_the_columns_of_one_header_is_its(tmp_path):
    """A wide layout merges header and number over the same columns, a tall one label and number over the same rows."""
    rows = [["Học sinh năm 2023"], ["Trường", "Cử đi học", None, "Kết nạp"], ["THPT Nguyễn Du", 12, None, 3]]
    reading = read(tmp_path, sheet(rows, ["B2:C2", "B3:C3"]), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert (reading.asked, reading.told) == ([], [])
    tall = [*HEAD, ["THPT Nguyễn Du", 12, 3], [], ["THPT Lê Lợi", 20, 5]]
    reading = read(tmp_path, sheet(tall, ["A3:A4", "B3:B4", "C3:C4"]))
    assert len(reading.counts) == 4
    assert (reading.asked, reading.told) == ([], [])


def test_a_number_merged_over_the_rows_of_a_table_without_headers_is_of_none(tmp_path):
    """The second row has no number of its own, and its label none the less."""
    rows = [["Kết nạp đảng viên năm 2023"], ["Học sinh", 5], ["CBGVNV", None]]
    reading = read(tmp_path, sheet(rows, ["B2:B3"]), schools="nd")
    assert reading.counts == {}
    assert "error merged_number B2" in reading.asked
