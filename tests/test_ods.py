"""What is particular to OpenDocument."""

import pytest
import workbook_files as files

from dangvien_analysis.workbook import COUNT, ERROR, FORMULA, MASKED, Cell, read_workbook


def test_repeated_rows_and_cells_are_all_there(tmp_path):
    """OpenDocument writes equal neighbours once."""
    repeated = {"table_number_columns_repeated": "2", "office_value": "5"}
    row = (
        f'<table:table-row table:number-rows-repeated="2">{files.ods_cell("float", "5", **repeated)}</table:table-row>'
    )
    path = files.write_ods(tmp_path / "b.ods", f"<table:table>{row}</table:table>")
    assert list(read_workbook(path).sheets[0].cells) == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_comments_drawings_and_old_versions_are_not_cells(tmp_path):
    """What stands around a cell's text in the file is not its text; a cached sheet of another file is not a sheet."""
    inside = (
        "<office:annotation><text:p>ghi chú 9</text:p></office:annotation><text:p>12 em</text:p>"
        "<draw:frame><draw:text-box><text:p>7</text:p></draw:text-box></draw:frame>"
    )
    row = f'<table:table-row><table:table-cell office:value-type="string">{inside}</table:table-cell></table:table-row>'
    old = f"<table:tracked-changes><table:table>{row}</table:table></table:tracked-changes>"
    external = f"<table:table><table:table-source/>{row}</table:table>"
    path = files.write_ods(tmp_path / "b.ods", f"{old}<table:table>{row}</table:table>{external}")
    (sheet,) = read_workbook(path).sheets
    assert sheet.cells == {(1, 1): Cell(COUNT, "12 em", 12)}


def test_paragraphs_of_a_cell_are_one_text(tmp_path):
    """A line break in a header is a space."""
    cell = '<table:table-cell office:value-type="string"><text:p>Kết</text:p><text:p>nạp</text:p></table:table-cell>'
    path = files.write_ods(tmp_path / "b.ods", f"<table:table><table:table-row>{cell}</table:table-row></table:table>")
    assert read_workbook(path).sheets[0].cells[1, 1].raw == "Kết nạp"


def test_a_formula_whose_result_is_empty_is_blank(tmp_path):
    """LibreOffice writes an empty paragraph for it; where there is none, no program has calculated it."""
    empty = (
        '<table:table-cell table:formula="of:=IF([.E1]=&quot;&quot;;&quot;&quot;;[.E1])"><text:p/></table:table-cell>'
    )
    path = tmp_path / "b.ods"
    files.write_ods(path, files.ods_table(files.ods_row(empty, files.ods_cell(table_formula="of:=[.E1]"))))
    assert read_workbook(path).sheets[0].cells == {(1, 2): Cell(FORMULA)}


def test_a_number_that_is_not_shown_is_masked(tmp_path):
    """The paragraph is there and empty; a program that writes no paragraphs says nothing of what is shown."""
    cells = [
        '<table:table-cell office:value-type="float" office:value="5"><text:p/></table:table-cell>',
        files.ods_cell("float", office_value="5"),
    ]
    path = tmp_path / "b.ods"
    files.write_ods(path, files.ods_table(files.ods_row(*cells)))
    assert [cell.state for cell in read_workbook(path).sheets[0].cells.values()] == [MASKED, COUNT]


def test_an_error_that_excel_wrote_as_zero_is_an_error(tmp_path):
    """Excel saves an error in OpenDocument as the number 0 that shows the error."""
    cell = files.ods_cell("float", "#DIV/0!", office_value="0", table_formula="of:=1/0")
    path = files.write_ods(tmp_path / "b.ods", files.ods_table(files.ods_row(cell)))
    assert read_workbook(path).sheets[0].cells == {(1, 1): Cell(ERROR, "#DIV/0!")}


def contradicting(path, **more):
    """Write an .ods as LibreOffice fills it up, with something changed, and return its problems."""
    cell = more.get("cell", files.ods_cell("float", "5", office_value="5"))
    row = files.ods_row(cell, files.ods_blanks(more.get("blanks", 16383)))
    gap = files.ods_row(files.ods_blanks(16384), attributes=f'table:number-rows-repeated="{more.get("gap", 1048575)}"')
    columns = '<table:table-column table:number-columns-repeated="16384"/>'
    return read_workbook(files.write_ods(path, files.ods_table(columns, row, gap)))


def test_a_whole_sheet_is_not_doubted(tmp_path):
    """Every number stands twice in an .ods, and every row is filled up to the sheet's width."""
    book = contradicting(tmp_path / "b.ods")
    assert (book.problems, list(book.sheets[0].cells)) == ((), [(1, 1)])


@pytest.mark.parametrize("change", [{"blanks": 16283}, {"gap": 1048565}], ids=["a row too narrow", "a sheet too low"])
def test_repeats_that_do_not_add_up_are_doubted(tmp_path, change):
    """A repeat was changed, so cells may have moved."""
    assert [problem.code for problem in contradicting(tmp_path / "b.ods", **change).problems] == ["damaged_file"]


@pytest.mark.parametrize(
    ("shown", "value", "state"),
    [
        ("5", "6", "error"),
        ("1.234", "1234", "count"),
        ("1 234", "1234", "count"),
        ("05", "5", "count"),
        ("5,00", "5", "count"),
        ("5 em", "5", "count"),
        ("9,8", "9.8", "number"),
        ("10", "9.8", "number"),
    ],
)
def test_a_number_that_is_shown_as_another_is_damage(tmp_path, shown, value, state):
    """However it is written, a whole number has the same digits beside it; a rounded one may not."""
    book = contradicting(tmp_path / "b.ods", cell=files.ods_cell("float", shown, office_value=value))
    assert book.sheets[0].cells[1, 1].state == state
