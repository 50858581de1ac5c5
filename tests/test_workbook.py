"""What is in a cell, in every format: states told apart, addresses kept, nothing silently blank."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import workbook_files as files
import xlsxwriter
import xlwt

from dangvien_analysis.workbook import (
    COUNT,
    DATE,
    ERROR,
    FORMULA,
    NUMBER,
    TEXT,
    ZERO,
    Cell,
    address,
    address_range,
    read_workbook,
)

FOURTH_OF_JUNE = dt.datetime.fromisoformat("2024-06-04")
STATES = {
    (1, 1): Cell(TEXT, "Tổng số"),
    (1, 2): Cell(COUNT, "12", 12, 12.0),
    (1, 3): Cell(NUMBER, "9.8", None, 9.8),
    (1, 4): Cell(NUMBER, "-1", None, -1.0),
    (1, 5): Cell(ERROR, "#REF!"),
    (1, 6): Cell(FORMULA),
    (1, 7): Cell(COUNT, "7", 7, 7.0),
    (1, 8): Cell(DATE, "4-6-2024"),
    (1, 9): Cell(TEXT, "TRUE"),
    (1, 10): Cell(COUNT, "12 em", 12),
    (1, 11): Cell(ZERO, "-", 0),
    (1, 12): Cell(COUNT, "1.234", 1234),
    (1, 13): Cell(TEXT, "2.1"),
    (1, 14): Cell(NUMBER, "50%", None, 0.5),
    (1, 15): Cell(COUNT, "0", 0, 0.0),
    (3, 1): Cell(TEXT, "khoảng 5"),
}


def write_xlsx_states(path: Path) -> Path:
    """Write a cell of every state, by XlsxWriter; one in a blank row's wake, spaces and "" are blank."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Năm 2023")
    sheet.write_row(0, 0, ["Tổng số", 12, 9.8, -1])
    sheet.write_formula("E1", "=A99", value="#REF!")
    sheet.write_formula("F1", "=SUM(B1:C1)", value="")
    sheet.write_formula("G1", "=3+4", value=7)
    sheet.write_datetime("H1", FOURTH_OF_JUNE, book.add_format({"num_format": "d-mmm"}))
    sheet.write_boolean("I1", True)
    for col, text in enumerate(["12 em", "-", "1.234", "2.1"], start=9):
        sheet.write_string(0, col, text)
    sheet.write_number("N1", 0.5, book.add_format({"num_format": "0%"}))
    sheet.write_number("O1", 0)
    sheet.write_blank("P1", None, book.add_format({"bold": True}))
    sheet.write_string("P2", "  \u00a0 ")
    sheet.write_string("A3", "khoảng 5")
    book.close()
    return path


def write_xls_states(path: Path) -> Path:
    """Write the same by xlwt; it stores an empty text for a formula, as programs do that do not calculate."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Năm 2023")
    for col, value in enumerate(["Tổng số", 12, 9.8, -1]):
        sheet.write(0, col, value)
    sheet.row(0).set_cell_error(4, "#REF!")
    sheet.write(0, 5, xlwt.Formula("SUM(B1:C1)"))
    sheet.write(0, 6, 7)
    sheet.write(0, 7, FOURTH_OF_JUNE, xlwt.easyxf(num_format_str="D-MMM"))
    sheet.write(0, 8, True)
    for col, text in enumerate(["12 em", "-", "1.234", "2.1"], start=9):
        sheet.write(0, col, text)
    sheet.write(0, 13, 0.5, xlwt.easyxf(num_format_str="0%"))
    sheet.write(0, 14, 0)
    sheet.write(0, 15, "", xlwt.easyxf("font: bold on"))
    sheet.write(1, 15, "  \u00a0 ")
    sheet.write(2, 15, xlwt.Formula('IF(A1="";"";"")'))
    sheet.write(2, 0, "khoảng 5")
    book.save(str(path))
    return path


def write_ods_states(path: Path) -> Path:
    """Write the same as .ods."""
    cells = [
        files.ods_cell("string", "Tổng số"),
        files.ods_cell("float", "12", office_value="12"),
        files.ods_cell("float", "9,8", office_value="9.8"),
        files.ods_cell("float", "-1", office_value="-1"),
        files.ods_cell("string", "#REF!", table_formula="of:=[.#REF!]", calcext_value_type="error"),
        files.ods_cell(table_formula="of:=SUM([.B1:.C1])"),
        files.ods_cell("float", "7", office_value="7", table_formula="of:=3+4"),
        files.ods_cell("date", "4-thg 6", office_date_value="2024-06-04"),
        files.ods_cell("boolean", "TRUE", office_boolean_value="true"),
        *(files.ods_cell("string", text) for text in ["12 em", "-", "1.234", "2.1"]),
        files.ods_cell("percentage", "50%", office_value="0.5"),
        files.ods_cell("float", "0", office_value="0"),
        files.ods_cell(),
    ]
    computed_blank = files.ods_cell("string", table_formula="of:=&quot;&quot;", office_string_value="")
    rows = [
        files.ods_row(*cells),
        files.ods_row(files.ods_blanks(15), files.ods_cell("string", "  ")),
        files.ods_row(files.ods_cell("string", "khoảng 5"), files.ods_blanks(14), computed_blank),
        files.ods_row(files.ods_blanks(1), attributes='table:number-rows-repeated="1048573"'),
    ]
    return files.write_ods(path, files.ods_table(*rows, name="Năm 2023"))


WRITERS = {"xlsx": write_xlsx_states, "xlsm": write_xlsx_states, "xls": write_xls_states, "ods": write_ods_states}


@pytest.mark.parametrize("extension", WRITERS)
def test_every_state_is_told_apart_in_every_format(tmp_path, extension):
    """An error and a formula without a value are never a blank, and a blank is never a cell."""
    book = read_workbook(WRITERS[extension](tmp_path / f"b.{extension}"))
    assert book.problems == ()
    (sheet,) = book.sheets
    assert sheet.name == "Năm 2023"
    assert sheet.cells == STATES


def test_empty_rows_and_columns_do_not_move_addresses(tmp_path):
    """A message that names the wrong row is worse than none."""
    for extension in ("xlsx", "xls", "ods"):
        path = tmp_path / f"b.{extension}"
        if extension == "xlsx":
            book = xlsxwriter.Workbook(path)
            book.add_worksheet().write("D7", 5)
            book.close()
        elif extension == "xls":
            book = xlwt.Workbook()
            book.add_sheet("S").write(6, 3, 5)
            book.save(str(path))
        else:
            cell = (
                f'<table:table-cell table:number-columns-repeated="3"/>{files.ods_cell("float", "5", office_value="5")}'
            )
            row = '<table:table-row table:number-rows-repeated="6"><table:table-cell/></table:table-row>'
            files.write_ods(path, f"<table:table>{row}<table:table-row>{cell}</table:table-row></table:table>")
        assert list(read_workbook(path).sheets[0].cells) == [(7, 4)]


def test_addresses_are_those_that_excel_shows():
    """Columns past Z have two letters."""
    assert address(7, 3) == "C7"
    assert address(1, 703) == "AAA1"
    assert address_range(7, 3, 9, 4) == "C7:D9"
    assert address_range(7, 3, 7, 3) == "C7"


def write_xlsx_layout(path: Path) -> None:
    """Write merges, a hidden row, column and sheet, by openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 5):
        for col in range(1, 4):
            sheet.cell(row, col, row * 10 + col)
    sheet["E1"] = "Học sinh"
    sheet["G4"] = "x"
    sheet.merge_cells("E1:G2")
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[900].hidden = True
    sheet.column_dimensions.group("B", "C", hidden=True)
    book.create_sheet("Ẩn")["A1"] = 1
    book["Ẩn"].sheet_state = "veryHidden"
    book.save(path)


def write_xls_layout(path: Path) -> None:
    """Write the same by xlwt."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for row in range(1, 5):
        for col in range(1, 4):
            sheet.write(row - 1, col - 1, row * 10 + col)
    sheet.write_merge(0, 1, 4, 6, "Học sinh")
    sheet.write(3, 6, "x")
    sheet.row(2).hidden = True
    sheet.row(899).hidden = True
    sheet.col(1).hidden = sheet.col(2).hidden = True
    hidden = book.add_sheet("Ẩn")
    hidden.write(0, 0, 1)
    hidden.visibility = 2
    book.save(str(path))


def write_ods_layout(path: Path) -> None:
    """Write the same as .ods."""
    rows = [
        [files.ods_cell("float", "n", office_value=str(row * 10 + col)) for col in (1, 2, 3)] for row in (1, 2, 3, 4)
    ]
    spanned = {"table_number_columns_spanned": "3", "table_number_rows_spanned": "2"}
    rows[0] += [files.ods_blanks(1), files.ods_cell("string", "Học sinh", **spanned)]
    rows[0] += ['<table:covered-table-cell table:number-columns-repeated="2"/>']
    rows[3] += [files.ods_blanks(3), files.ods_cell("string", "x")]
    hidden = ["", "", 'table:visibility="collapse"', ""]
    written = [files.ods_row(*row, attributes=attributes) for row, attributes in zip(rows, hidden, strict=True)]
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    style = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta2" style:family="table">{style}</style:style>'
    row = files.ods_row(files.ods_cell("float", "1", office_value="1"))
    tables = files.ods_table(columns, *written) + files.ods_table(row, name="Ẩn", attributes='table:style-name="ta2"')
    files.write_ods(path, tables, f"<office:automatic-styles>{style}</office:automatic-styles>")


@pytest.mark.parametrize(
    ("extension", "write"), [("xlsx", write_xlsx_layout), ("xls", write_xls_layout), ("ods", write_ods_layout)]
)
def test_merges_and_what_is_hidden_are_known_in_every_format(tmp_path, extension, write):
    """Hidden rows and columns are named only where they hold something."""
    path = tmp_path / f"b.{extension}"
    write(path)
    shown, hidden = read_workbook(path).sheets
    assert shown.merges == ((1, 5, 2, 7),)
    assert shown.hidden_rows == {3}
    assert shown.hidden_cols == {2, 3}
    assert not shown.hidden
    assert len(shown.cells) == 14
    assert (hidden.name, hidden.hidden, len(hidden.cells)) == ("Ẩn", True, 1)


def test_rows_and_columns_of_no_height_or_width_are_hidden(tmp_path):
    """Dragging a column shut hides it as well."""
    rows = '<row r="1" ht="0" customHeight="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    sheet = read_workbook(
        files.write_xlsx(tmp_path / "b.xlsx", rows, before='<cols><col min="2" max="16384" width="0"/></cols>')
    )
    assert sheet.sheets[0].hidden_rows == {1}
    assert sheet.sheets[0].hidden_cols == {2}


def test_a_merge_over_a_whole_column_ends_with_the_sheet(tmp_path):
    """A merge is cut at the last used row and column: nobody has to walk a million blank rows."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3"><v>1</v></c></row>'
    merges = '<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="D5:E9"/></mergeCells>'
    assert read_workbook(files.write_xlsx(tmp_path / "b.xlsx", rows, after=merges)).sheets[0].merges == ((1, 1, 3, 1),)


def test_what_a_merge_covers_is_not_read_and_said(tmp_path):
    """A number that nobody sees is not a reported number; a copy of the one in view needs no word."""
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><v>7</v></c></row>' for row in (1, 2))
    merges = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/></mergeCells>'
    book = read_workbook(files.write_xlsx(tmp_path / "b.xlsx", rows, after=merges))
    assert list(book.sheets[0].cells) == [(1, 1), (1, 2)]
    assert [problem[:4] for problem in book.problems] == [("error", "covered_cells", "Trang 1", "A1:A2")]
