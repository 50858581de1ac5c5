"""How a cell looks decides what it says: struck out, or shown with words. The same in every format."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
import workbook_files as files
import xlsxwriter
import xlwt

from dangvien_analysis.reading.drawings import Drawn, drawn_xls
from dangvien_analysis.reading.xls_structure import Record
from dangvien_analysis.workbook import (
    COUNT,
    ERROR,
    FORMULA,
    MASKED,
    STRUCK,
    TEXT,
    UNSEEN_ZERO,
    ZERO,
    Cell,
    read_workbook,
)

# Struck out: a number, a number typed as text, a text, a formula. Then a text of which a part is, and one with a blank
# that is; a number that shows as «12 lớp», «12 em»; one that is not seen as it is, and one that is. A number with the
# mark of a note, two numbers on two lines, and a zero that is not seen.
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
    Cell(TEXT, "3¹"),
    Cell(TEXT, "3 120"),
    UNSEEN_ZERO,
)
CLASSES, PUPILS, THOUSANDS, THOUSANDS_AT = '0" lớp"', '0" em"', "#,##0,", 8


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PICTURE = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(bytes(4)))
    + _chunk(b"IEND", b"")
)


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
        sheet.write_rich_string("K1", "3", book.add_format({"font_script": 1}), "1")
        sheet.write_string("L1", "3\n120")
        sheet.write("M1", 0, book.add_format({"num_format": "#,###"}))


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
    sheet.write_rich_text(0, 10, [("3", plain), ("1", xlwt.easyfont("escapement superscript"))])
    sheet.write(0, 11, "3\n120")
    sheet.write(0, 12, 0, xlwt.easyxf(num_format_str="#,###"))
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
        '</style:style><style:style style:name="R" style:family="text"><style:text-properties '
        'style:text-position="super 58%"/></style:style></office:automatic-styles>'
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
        shown('3<text:span text:style-name="R">1</text:span>', kind="string"),
        shown("3</text:p><text:p>120", kind="string"),
        '<table:table-cell office:value-type="float" office:value="0"><text:p/></table:table-cell>',
    ]
    files.write_ods(path, files.ods_table(files.ods_row(*cells)), styles)


@pytest.mark.parametrize("write", [write_xlsx, write_xls, write_ods])
def test_what_a_reader_sees_is_what_is_read(tmp_path, write):
    """What is struck out is no count, nor what a format makes «12 lớp»; 3¹ is not 31, a zero not seen is told apart."""
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


def without_zeros_xlsx(path):
    """Write a zero on a sheet that shows none, with xlsxwriter."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.hide_zero()
        sheet.write_row("A1", [0, "0", 5])


def without_zeros_xls(path):
    """Write the same with xlwt."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.show_zero_values = 0
    for col, value in enumerate([0, "0", 5]):
        sheet.write(0, col, value)
    book.save(path)


def without_zeros_ods(path):
    """Write the same as LibreOffice does, which keeps the wish beside the cells."""
    number, typed = (
        files.ods_cell(kind, "0", **more) for kind, more in (("float", {"office_value": "0"}), ("string", {}))
    )
    five = files.ods_cell("float", "5", office_value="5")
    files.write_ods(path, files.ods_table(files.ods_row(number, typed, five)))
    with ZipFile(path, "a") as package:
        item = '<config:config-item config:name="ShowZeroValues" config:type="boolean">false</config:config-item>'
        package.writestr("settings.xml", item)


@pytest.mark.parametrize("write", [without_zeros_xlsx, without_zeros_xls, without_zeros_ods])
def test_a_zero_on_a_sheet_that_shows_none_is_not_seen(tmp_path, write):
    """A zero typed as text is seen all the same."""
    path = tmp_path / f"b.{write.__name__.rpartition('_')[2]}"
    write(path)
    cells = read_workbook(path).sheets[0].cells
    assert cells == {(1, 1): UNSEEN_ZERO, (1, 2): Cell(ZERO, "0", 0), (1, 3): Cell(COUNT, "5", 5, 5.0)}


def drawn_xlsx(path):
    """Write a sheet with a title in a text box, the number of a form in another and a note, and one with a picture."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["Học sinh", 5])
        sheet.insert_textbox("C3", "CHỈ TIÊU NĂM 2024")
        sheet.insert_textbox("C30", "Mẫu số 1")
        sheet.write_comment("B1", "thực ra 7")
        book.add_worksheet().insert_image("A1", "p.png", {"image_data": BytesIO(PICTURE), "description": "hình 2"})
        letterhead = book.add_worksheet()
        letterhead.write("A1", 5)
        letterhead.insert_image("A5", "p.png", {"image_data": BytesIO(PICTURE)})


def drawn_ods(path):
    """Write the same as LibreOffice does."""
    box = "<draw:custom-shape><text:p>{}</text:p></draw:custom-shape>"
    picture = "<draw:frame><draw:image/><svg:desc>hình 2</svg:desc></draw:frame>"
    note = "<office:annotation><text:p>thực ra 7</text:p></office:annotation>"
    five = f'<table:table-cell office:value-type="float" office:value="5">{note}<text:p>5</text:p></table:table-cell>'
    rows = (
        files.ods_row(files.ods_cell("string", "Học sinh"), five)
        + files.ods_row(files.ods_blanks(1))
        + files.ods_row(files.ods_blanks(2), f"<table:table-cell>{box.format('CHỈ TIÊU NĂM 2024')}</table:table-cell>")
    )
    shapes = f"<table:shapes>{box.format('Mẫu số 1')}</table:shapes>"
    second = files.ods_row(f"<table:table-cell>{picture}</table:table-cell>")
    third = files.ods_row(five.replace(note, picture))
    tables = [(shapes + rows, "Sheet1"), (second, "Sheet2"), (third, "Sheet3")]
    files.write_ods(path, "".join(files.ods_table(rows, name=name) for rows, name in tables))


@pytest.mark.parametrize("write", [drawn_xlsx, drawn_ods])
def test_what_lies_over_the_cells_is_told(tmp_path, write):
    """A text box is not read, a sheet that is a picture holds no number; a note and a letterhead's picture are none."""
    path = tmp_path / f"b.{write.__name__.rpartition('_')[2]}"
    write(path)
    book = read_workbook(path)
    told = [("warning", "text_box", "Sheet1", "C3"), ("warning", "picture_sheet", "Sheet2", "")]
    assert [problem[:4] for problem in book.problems] == told
    assert "CHỈ TIÊU" not in book.problems[0].message


def test_what_lies_over_the_cells_of_an_old_workbook_is_told():
    """A text box of an .xls is an object with a text behind it, and so is the note of a cell."""

    def drawn(kind, text):
        content = b"\x01" + text.encode("utf-16-le")
        obj = struct.pack("<HHH", 0x15, 0x12, kind)
        return [
            Record(0x005D, 0, obj),
            Record(0x01B6, 0, bytes(18)),
            Record(0x003C, 0, content),
            Record(0x003C, 0, b"x"),
        ]

    assert drawn_xls([*drawn(0x06, "CHỈ TIÊU"), *drawn(0x19, "thực ra 7"), *drawn(0x06, "Mẫu 1")]) == Drawn(("",))
    assert drawn_xls([Record(0x005D, 0, struct.pack("<HHH", 0x15, 0x12, 0x08))]) == Drawn((), True)
