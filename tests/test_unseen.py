"""What a sheet stores and nobody sees, and the comments on its cells: the same in every format."""

import struct

import pytest
import workbook_files as files
import xlsxwriter
import xlwt

from dangvien_analysis.reading.cells import number_cell
from dangvien_analysis.workbook import TEXT, read_workbook

# White letters on nothing, on blue, grey ones on grey; a text with words of its format, one without any; five numbers
# under conditional formats with white letters: equal to itself, equal to 0, between two numbers, where an error stands,
# and where something unknown holds; red ones on white, white ones on red.
UNSEEN = {(1, 1), (1, 3), (1, 5), (1, 6), (1, 8), (1, 10)}
COMMENTS = ((1, 1, "Số dự kiến"), (1, 2, "chưa tính 2 HS"), (0, 0, "Dự thảo"), (0, 0, "ĐVT: người"))


def write_xlsx(path):
    """Write the row with xlsxwriter."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        white = book.add_format({"font_color": "white"})
        sheet.write("A1", 12, white)
        sheet.write("B1", 12, book.add_format({"font_color": "white", "bg_color": "#1F4E79"}))
        sheet.write("C1", 12, book.add_format({"font_color": "#C0C0C0", "bg_color": "#C0C0C0"}))
        sheet.write("D1", "học sinh", book.add_format({"num_format": '"Chỉ tiêu "@'}))
        sheet.write("E1", "học sinh", book.add_format({"num_format": ";;;"}))
        sheet.write_row("F1", [12] * 7)
        for cell, criteria, value in (("F1", "==", 12), ("G1", "==", 0)):
            sheet.conditional_format(cell, {"type": "cell", "criteria": criteria, "value": value, "format": white})
        between = {"type": "cell", "criteria": "between", "minimum": 1, "maximum": 12.5, "format": white}
        sheet.conditional_format("H1", between)
        for cell, formula in (("I1", "=ISERROR(I1)"), ("J1", "=$A$9>3")):
            sheet.conditional_format(cell, {"type": "formula", "criteria": formula, "format": white})
        for cell, letters, ground in (("K1", "red", "white"), ("L1", "white", "red")):
            look = book.add_format({"font_color": letters, "bg_color": ground})
            sheet.conditional_format(cell, {"type": "cell", "criteria": "<", "value": 20, "format": look})
        sheet.set_header('&L&D&C&"Arial,Bold"&14Dự thảo&R&P')
        sheet.set_footer("&L&K00AA11ĐVT: người")
        sheet.write_comment("A1", "Số dự kiến", {"author": "Lan"})
        sheet.write_comment("B1", "Lan:\nchưa tính 2 HS", {"author": "Lan"})


def record(kind, body):
    """Return a record of an .xls."""
    return struct.pack("<HH", kind, len(body)) + body


def rule(col, kind, operator, first, second=b"", letters=9, ground=None):
    """Return the records of a conditional format of one cell of the first row; colours by their numbers."""
    flags = 0x0400_0000 | (0x2000_0000 if ground else 0)
    font = bytes(80) + struct.pack("<i", letters) + bytes(34)
    pattern = struct.pack("<HH", 1 << 10, ground << 7) if ground else b""
    head = struct.pack("<BBHHIH", kind, operator, len(first), len(second), flags, 0)
    place = struct.pack("<HHHH", 0, 0, col, col)
    formats = struct.pack("<HH", 1, 0) + place + struct.pack("<H", 1) + place
    return record(0x01B0, formats) + record(0x01B1, head + font + pattern + first + second)


def printed(kind, text):
    """Return the record of what is printed over (0x14) or under (0x15) a page."""
    return record(kind, struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def comment(number, col, text, author):
    """Return the records of a comment on a cell of the first row."""
    drawing = record(0x5D, struct.pack("<HHHHH", 0x15, 0x12, 0x19, number, 0) + bytes(12) + bytes(4))
    letters = b"\x01" + text.encode("utf-16-le")
    head = struct.pack("<HHHHHHHH", 0, 0, 0, 0, 0, len(text), 16, 0) + bytes(2)
    words = record(0x01B6, head) + record(0x3C, letters) + record(0x3C, struct.pack("<HHI", 0, 0, 0) * 2)
    name = author.encode("utf-16-le")
    note = struct.pack("<HHHHHB", 0, col, 0, number, len(author), 1) + name + b"\0"
    return drawing + words + record(0x1C, note)


def write_xls(path):
    """Write the row with xlwt, and what that cannot write behind it."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("S")
    for col, look in enumerate(
        (
            "font: colour white",
            "font: colour white; pattern: pattern solid, fore_colour dark_blue",
            "font: colour gray25; pattern: pattern solid, fore_colour gray25",
        )
    ):
        sheet.write(0, col, 12, xlwt.easyxf(look))
    sheet.write(0, 3, "học sinh", xlwt.easyxf(num_format_str='"Chỉ tiêu "@'))
    sheet.write(0, 4, "học sinh", xlwt.easyxf(num_format_str=";;;"))
    for col in range(5, 12):
        sheet.write(0, col, 12)
    integer = lambda value: b"\x1e" + struct.pack("<H", value)  # noqa: E731 - as short as what it writes
    itself = b"\x4c" + bytes(3) + b"\xc0"
    more = (
        rule(5, 1, 3, integer(12)),
        rule(6, 1, 3, integer(0)),
        rule(7, 1, 1, integer(1), b"\x1f" + struct.pack("<d", 12.5)),
        rule(8, 2, 0, itself + b"\x41\x03\x00"),
        rule(9, 2, 0, b"\x44" + bytes(4) + integer(3) + b"\x0d"),
        rule(10, 1, 6, integer(20), letters=10, ground=9),
        rule(11, 1, 6, integer(20), ground=10),
        printed(0x14, '&C&"Arial,Bold"&14Dự thảo&R&P'),
        printed(0x15, "&LĐVT: người"),
        comment(1, 0, "Số dự kiến", "Lan"),
        comment(2, 1, "Lan:\nchưa tính 2 HS", "Lan"),
    )
    stream = book.get_biff_data()
    path.write_bytes(stream[:-4] + b"".join(more) + stream[-4:])


DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def style(name, letters="", ground="", more="", parent=""):
    """Return a style of cells of an .ods."""
    base = f' style:parent-style-name="{parent}"' if parent else ""
    back = f'<style:table-cell-properties fo:background-color="{ground}"/>' if ground else ""
    font = f'<style:text-properties fo:color="{letters}"/>' if letters else ""
    return f'<style:style style:name="{name}" style:family="table-cell"{base}>{back}{font}{more}</style:style>'


def write_ods(path):
    """Write the row as LibreOffice does, which names the colours once and keeps what a text shows beside it."""
    conditions = {
        "F": "cell-content()=12",
        "G": "cell-content()=0",
        "H": "cell-content-is-between(1,12.5)",
        "I": "is-true-formula(ISERROR([.I1]))",
        "J": "is-true-formula([.$A$9]&gt;3)",
        "K": "cell-content()&lt;20",
        "L": "cell-content()&lt;20",
    }
    looks = {"K": "Red", "L": "White"}
    styles = style("Base", letters="#000000") + style("A", letters="#ffffff", parent="Base")
    styles += style("B", ground="#1f4e79", parent="A") + style("C", letters="#c0c0c0", ground="#c0c0c0")
    styles += style("Red", letters="#ff0000", ground="#ffffff") + style("White", letters="#ffffff", ground="#ff0000")
    for name, condition in conditions.items():
        told = f'style:condition="{condition}" style:apply-style-name="{looks.get(name, "A")}"'
        styles += style(name, parent="Base", more=f'<style:map {told} style:base-cell-address="S.{name}1"/>')

    def number(name, comment=""):
        note = f"<office:annotation {DC}><dc:creator>Lan</dc:creator>{comment}</office:annotation>" if comment else ""
        typed = f'table:style-name="{name}" office:value-type="float" office:value="12"'
        return f"<table:table-cell {typed}>{note}<text:p>12</text:p></table:table-cell>"

    shown = files.ods_cell("string", "Chỉ tiêu học sinh", office_string_value="học sinh")
    blank = '<table:table-cell office:value-type="string" office:string-value="học sinh"><text:p/></table:table-cell>'
    cells = [number("A", "<text:p>Số dự kiến</text:p>"), number("B", "<text:p>chưa tính</text:p><text:p>2 HS</text:p>")]
    cells += [number("C"), shown, blank, *map(number, conditions)]
    spaces = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    styles += '<style:style style:name="ta1" style:family="table" style:master-page-name="P"/>'
    pages = (
        "<style:header><text:p>Dự <text:span>thảo</text:span></text:p></style:header>"
        "<style:footer><style:region-left><text:p>ĐVT: người</text:p></style:region-left></style:footer>"
        '<style:footer-left style:display="false"><text:p>Nháp</text:p></style:footer-left>'
    )
    master = f'<style:master-page style:name="P">{pages}</style:master-page><style:master-page style:name="Q"/>'
    styles = f"<office:styles {spaces}>{styles}</office:styles><office:master-styles>{master}</office:master-styles>"
    table = files.ods_table(files.ods_row(*cells), attributes='table:style-name="ta1"')
    files.write_ods(path, table, styles)


@pytest.mark.parametrize("write", [write_xlsx, write_xls, write_ods])
def test_what_nobody_sees_is_known_in_every_format(tmp_path, write):
    """The numbers are kept; where they are not seen stands beside them."""
    path = tmp_path / f"b.{write.__name__.removeprefix('write_')}"
    write(path)
    book = read_workbook(path)
    (sheet,) = book.sheets
    words = [cell.raw for cell in sheet.cells.values() if cell.state == TEXT]
    numbers = [cell for cell in sheet.cells.values() if cell.state != TEXT]
    assert (words, set(numbers), len(numbers)) == (["Chỉ tiêu học sinh", "học sinh"], {number_cell(12.0)}, 10)
    assert (set(sheet.unseen), sheet.comments, book.problems) == (UNSEEN, COMMENTS, ())


def commented(path, **parts):
    """Write an .xlsx of one number with these parts beside its sheet, by the kind of their relation."""
    links = "".join(
        f'<Relationship Id="{kind}" Type="{files.OFFICE}/{kind}" Target="../{kind}.xml"/>' for kind in parts
    )
    beside = {"xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{files.PACKAGE}">{links}</Relationships>'}
    beside |= {f"xl/{kind}.xml": content for kind, content in parts.items()}
    sheet = files.sheet_xml('<row r="1"><c r="A1"><v>12</v></c></row>')
    return files.write_zip(path, files.xlsx_parts([sheet]) | beside)


def legacy(text, cell="A1"):
    """Return a part of comments."""
    entry = f'<comment ref="{cell}" authorId="0"><text><t>{text}</t></text></comment>'
    head = f'<comments xmlns="{files.MAIN}"><authors><author>Lan</author></authors>'
    return f"{head}<commentList>{entry}</commentList></comments>"


def test_comments_that_answer_one_another_are_read_without_their_foreword(tmp_path):
    """Excel keeps each a second time for older programs, under some sentences about them."""
    entries = "".join(
        f'<threadedComment ref="A1"><text>{text}</text></threadedComment>' for text in ("Số dự kiến", "ừ")
    )
    threads = f'<ThreadedComments xmlns="urn:threads">{entries}</ThreadedComments>'
    path = commented(tmp_path / "b.xlsx", comments=legacy("[Threaded comment] … Số dự kiến"), threadedComment=threads)
    assert read_workbook(path).sheets[0].comments == ((1, 1, "Số dự kiến"), (1, 1, "ừ"))


@pytest.mark.parametrize("part", ["<comments", legacy("Số", "A0"), legacy("Số", "A1:B2"), "<x/>", "<!DOCTYPE x>"])
def test_comments_that_cannot_be_read_make_the_file_doubtful(tmp_path, part):
    """The number is read; what was said of it is not known."""
    book = read_workbook(commented(tmp_path / "b.xlsx", comments=part))
    assert [cell.n for cell in book.sheets[0].cells.values()] == [12]
    assert [problem[:3] for problem in book.problems] == [("warning", "damaged_file", "Trang 1")]


def hiding(cells, rules):
    """Return a worksheet part with one number, and its rules for conditional formats of these cells."""
    rows = '<row r="1"><c r="C1"><v>12</v></c></row>'
    return files.sheet_xml(rows, after=f'<conditionalFormatting sqref="{cells}">{rules}</conditionalFormatting>')


@pytest.mark.parametrize("cells", ["A1:XFD1048576", "C1:C1048576", "A9 C1", "C:C", "1:1", ""])
def test_a_conditional_format_may_stand_anywhere(tmp_path, cells):
    """Cells that are written in a way that nobody uses may be any."""
    rule = '<cfRule type="cellIs" dxfId="0" operator="greaterThan"><formula>1</formula></cfRule>'
    styles = '<dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>'
    path = files.write_zip(tmp_path / "b.xlsx", files.xlsx_parts([hiding(cells, rule)], styles=styles))
    assert read_workbook(path).sheets[0].unseen == ({(1, 3)} if cells else frozenset())


@pytest.mark.parametrize(
    "rule",
    [
        '<cfRule type="cellIs" dxfId="7" operator="greaterThan"><formula>1</formula></cfRule>',
        '<cfRule type="cellIs" dxfId="x" operator="greaterThan"><formula>1</formula></cfRule>',
        '<cfRule type="cellIs" dxfId="1" operator="greaterThan"/>',
        '<cfRule type="colorScale"><colorScale><cfvo type="min"/><color rgb="?"/></colorScale></cfRule>',
        "<cfRule/>",
    ],
)
def test_a_rule_without_a_look_hides_nothing(tmp_path, rule):
    """A broken rule is none; it breaks nothing else."""
    styles = '<dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf><dxf><font><color theme="x"/></font></dxf></dxfs>'
    path = files.write_zip(tmp_path / "b.xlsx", files.xlsx_parts([hiding("C1", rule)], styles=styles))
    book = read_workbook(path)
    assert (book.sheets[0].unseen, book.problems) == (frozenset(), ())


def test_conditional_formats_without_end_are_refused(tmp_path):
    """Each would have to be held against every cell."""
    rule = '<cfRule type="duplicateValues" dxfId="0"/>'
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 1001))
    rules = f'<conditionalFormatting sqref="A1:A1000">{rule * 5000}</conditionalFormatting>'
    styles = '<dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>'
    sheet = files.sheet_xml(rows, after=rules)
    book = read_workbook(files.write_zip(tmp_path / "b.xlsx", files.xlsx_parts([sheet], styles=styles)))
    assert (book.sheets, [problem[:2] for problem in book.problems]) == ((), [("error", "unreadable_sheet")])
