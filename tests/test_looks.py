"""How a cell looks decides what it says: struck out, or shown with words. The same in every format."""

import pytest
import workbook_files as files
import xlsxwriter
import xlwt

from dangvien_analysis.workbook import COUNT, ERROR, FORMULA, MASKED, STRUCK, TEXT, Cell, read_workbook

# Struck out: a number, a number typed as text, a text, a formula. Then a text of which a part is, and one with a blank
# that is; a number that shows as «12 lớp», «12 em»; one that is not seen as it is.
ROW = (
    Cell(STRUCK, "12"),
    Cell(STRUCK, "12 em"),
    Cell(TEXT, "Kết nạp"),
    Cell(FORMULA),
    Cell(TEXT, "Cử Kết nạp"),
    Cell(TEXT, "Cử đi học"),
    Cell(TEXT, "12 lớp"),
    Cell(COUNT, "12 em", 12),
    Cell(MASKED, "12000"),
    Cell(COUNT, "12", 12, 12.0),
)
CLASSES, PUPILS, THOUSANDS, THOUSANDS_AT = '0" lớp"', '0" em"', "#,##0,", 8


def write_xlsx(path):
    """Write the row with xlsxwriter."""
    with xlsxwriter.Workbook(path) as book:
        sheet, line = book.add_worksheet(), book.add_format({"font_strikeout": True})
        sheet.write_row("A1", [12, "12 em", "Kết nạp"], line)
        sheet.write_formula("D1", "=1+2", line, "")
        sheet.write_rich_string("E1", line, "Cử", " Kết nạp")
        sheet.write_rich_string("F1", "Cử đi", line, " ", "học")
        for col, code in enumerate((CLASSES, PUPILS, THOUSANDS, "0"), 6):
            sheet.write(0, col, 12000 if code == THOUSANDS else 12, book.add_format({"num_format": code}))


def write_xls(path):
    """Write the row with xlwt."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet, line = book.add_sheet("S"), xlwt.easyxf("font: struck_out on")
    for col, value in enumerate((12, "12 em", "Kết nạp", xlwt.Formula("1+2"))):
        sheet.write(0, col, value, line)
    crossed, plain = xlwt.easyfont("struck_out on"), xlwt.easyfont("")
    sheet.write_rich_text(0, 4, [("Cử", crossed), (" Kết nạp", plain)])
    sheet.write_rich_text(0, 5, [("Cử đi", plain), (" ", crossed), ("học", plain)])
    for col, code in enumerate((CLASSES, PUPILS, THOUSANDS, "0"), 6):
        sheet.write(0, col, 12000 if code == THOUSANDS else 12, xlwt.easyxf(num_format_str=code))
    book.save(path)


def write_ods(path):
    """Write the row as LibreOffice does; the line is in a parent style once."""
    line = 'style:text-line-through-style="solid" style:text-line-through-type="single"'
    styles = (
        '<office:automatic-styles><style:style style:name="P" style:family="table-cell">'
        f"<style:text-properties {line}/></style:style>"
        '<style:style style:name="C" style:family="table-cell" style:parent-style-name="P"/>'
        f'<style:style style:name="T" style:family="text"><style:text-properties {line}/></style:style>'
        '<style:style style:name="N" style:family="text"><style:text-properties style:text-line-through-style="none"/>'
        "</style:style></office:automatic-styles>"
    )

    def shown(text, value="12", style="", kind="float"):
        typed = {"office_value": value} if kind == "float" else {}
        return files.ods_cell(kind, text, **typed, **({"table_style-name": style} if style else {}))

    cells = [
        shown("12", style="C"),
        shown("12 em", style="P", kind="string"),
        shown("Kết nạp", style="C", kind="string"),
        files.ods_cell(table_formula="of:=1+2", table_style_name="C"),
        shown('<text:span text:style-name="T">Cử</text:span> Kết nạp', kind="string"),
        shown('Cử<text:span text:style-name="T"> </text:span>đi học', kind="string"),
        shown("12 lớp"),
        shown("12 em"),
        shown("12", "12000"),
        shown('<text:span text:style-name="N">12</text:span>', style="C"),
    ]
    files.write_ods(path, files.ods_table(files.ods_row(*cells)), styles)


@pytest.mark.parametrize("write", [write_xlsx, write_xls, write_ods])
def test_a_line_through_and_words_beside_a_number_are_seen(tmp_path, write):
    """What a reader sees is struck out is no count, and neither is what a format makes «12 lớp»."""
    path = tmp_path / f"b.{write.__name__.removeprefix('write_')}"
    write(path)
    book = read_workbook(path)
    cells = list(book.sheets[0].cells.values())
    if write is write_ods:  # the file holds each number twice, and cannot say that one is meant to be another
        assert cells[THOUSANDS_AT] == Cell(ERROR, "?")
        cells[THOUSANDS_AT] = ROW[THOUSANDS_AT]
    assert tuple(cells) == ROW
    assert [problem[:2] + problem[3:4] for problem in book.problems] == [("warning", "struck_out", "C1")]
    assert "C1 (và 1 ô khác)" in book.problems[0].message
