"""Writes a generated return as .xlsx, .xlsm, .ods or .xls, and tells where its values stand in the file.

The bytes of a value (a number, the characters of a text) are all that a damage may change unnoticed: nothing in the
file says what they were. `Spans` lists them, each with the cell whose number it is, or None for a text.
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import workbook_files as files
from layout_tables import Book, Grid

Place = tuple[str, int, int]  # sheet, row, column
Spans = list[tuple[int, int, Place | None]]
KINDS = ("xlsx", "xlsm", "ods", "xls")
ERRORS = {"#REF!": 0x17, "#DIV/0!": 0x07, "#N/A": 0x2A, "#VALUE!": 0x0F, "#NAME?": 0x1D}


class Formula(NamedTuple):
    """A number that a formula gave."""

    n: int


class Stripped(NamedTuple):
    """A formula whose number was never stored."""


class Broken(NamedTuple):
    """A cell that shows an error."""

    text: str


def with_formulas(book: Book, random: Random) -> Book:
    """Let some of the numbers come from formulas, as totals do."""
    sheets = []
    for grid in book.sheets:
        cells = {
            place: Formula(value) if isinstance(value, int) and random.random() < 0.2 else value
            for place, value in grid.cells.items()
        }
        sheets.append(Grid(grid.name, cells, list(grid.merges)))
    return Book(book.name, sheets)


def write(book: Book, kind: str) -> bytes:
    """Return the workbook's bytes."""
    return {"xlsx": _write_xlsx, "xlsm": _write_xlsm, "ods": _write_ods, "xls": _write_xls}[kind](book)


# --- .xlsx and .xlsm --------------------------------------------------------------------------------------------


def _write_xlsx(book: Book) -> bytes:
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_custom_property("Mẫu", "thử")
        bold = workbook.add_format({"bold": True, "font_name": "Times New Roman"})
        for grid in book.sheets:
            _fill_xlsx(workbook.add_worksheet(grid.name), grid, bold)
    return buffer.getvalue()


def _fill_xlsx(sheet: object, grid: Grid, bold: object) -> None:
    for (row, col), value in sorted(grid.cells.items()):
        at = row - 1, col - 1
        if isinstance(value, Formula):
            sheet.write_formula(*at, f"=SUM({value.n})", None, value.n)
        elif isinstance(value, Broken):
            sheet.write_formula(*at, "=1/0", None, value.text)
        elif isinstance(value, Stripped):
            sheet.write_formula(*at, "=SUM(1)", None, 987654321)
        else:
            sheet.write(*at, value, bold if isinstance(value, str) else None)
    for top, left, bottom, right in grid.merges:
        sheet.merge.append([top - 1, left - 1, bottom - 1, right - 1])


def _write_xlsm(book: Book) -> bytes:
    parts = unzip(_write_xlsx(book))
    types = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = types.replace("sheet.main+xml", "sheet.macroEnabled.main+xml").encode()
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return rezip(parts)


def unzip(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip file."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezip(parts: dict[str, bytes]) -> bytes:
    """Return a zip file of these parts, with right checksums."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def strip_values(data: bytes) -> bytes:
    """Take out the stored values of the formulas that were never calculated."""
    stripped = {name: part.replace(b"<v>987654321</v>", b"") for name, part in unzip(data).items()}
    return rezip(stripped)


# --- .ods, as LibreOffice writes it -------------------------------------------------------------------------------

WIDTH, HEIGHT = 16384, 1048576
CALCEXT_VALUE = {"float": ' calcext:value-type="float"', "string": ' calcext:value-type="string"'}


def _write_ods(book: Book) -> bytes:
    tables = "".join(map(_ods_table, book.sheets))
    content = (
        f"{files.DECLARATION}<office:document-content {files.ODS_SPACES} {files.CALCEXT}><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    styles = f"{files.DECLARATION}<office:document-styles {files.ODS_SPACES}/>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, "styles.xml": styles}
    return rezip({name: part.encode() for name, part in parts.items()})


def _ods_table(grid: Grid) -> str:
    rows, last = [], 0
    for row in sorted({row for row, _ in grid.cells}):
        if row - last > 1:
            rows.append(_ods_gap(row - last - 1))
        rows.append(_ods_row(grid, row))
        last = row
    rows.append(_ods_gap(HEIGHT - last))
    columns = f'<table:table-column table:number-columns-repeated="{WIDTH}"/>'
    return f'<table:table table:name="{escape(grid.name)}">{columns}{"".join(rows)}</table:table>'


def _ods_gap(count: int) -> str:
    return files.ods_row(files.ods_blanks(WIDTH), attributes=f'table:number-rows-repeated="{count}"')


def _ods_row(grid: Grid, row: int) -> str:
    covered = {
        (r, c)
        for top, left, bottom, right in grid.merges
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }
    last = max(col for r, col in {*grid.cells, *covered} if r == row)
    cells = [_ods_cell(grid, row, col, (row, col) in covered) for col in range(1, last + 1)]
    return files.ods_row(*cells, files.ods_blanks(WIDTH - last))


def _ods_cell(grid: Grid, row: int, col: int, covered: bool) -> str:
    name = "covered-table-cell" if covered else "table-cell"
    value = grid.cells.get((row, col))
    spans = "".join(
        f' table:number-columns-spanned="{right - left + 1}" table:number-rows-spanned="{bottom - top + 1}"'
        for top, left, bottom, right in grid.merges
        if (top, left) == (row, col)
    )
    kind, shown = _ods_value(value)
    paragraph = f"<text:p>{escape(shown)}</text:p>" if shown else ""
    return f"<table:{name}{spans}{kind}>{paragraph}</table:{name}>"


def _ods_value(value: object) -> tuple[str, str]:
    if value is None:
        return "", ""
    if isinstance(value, Stripped):
        return ' table:formula="of:=SUM(1)"', ""
    if isinstance(value, Broken):
        typed = ' table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
        return typed, value.text
    if isinstance(value, str):
        return f' office:value-type="string"{CALCEXT_VALUE["string"]}', value
    formula = ' table:formula="of:=SUM(1)"' if isinstance(value, Formula) else ""
    n = value.n if isinstance(value, Formula) else value
    return f'{formula} office:value-type="float" office:value="{n}"{CALCEXT_VALUE["float"]}', f"{n}".replace(".", ",")


# --- .xls -------------------------------------------------------------------------------------------------------


def _write_xls(book: Book) -> bytes:
    import xlwt

    workbook = xlwt.Workbook()
    for grid in book.sheets:
        sheet = workbook.add_sheet(grid.name)
        for (row, col), value in sorted(grid.cells.items()):
            if isinstance(value, Broken):
                sheet.row(row - 1).set_cell_error(col - 1, ERRORS[value.text])
            elif isinstance(value, Stripped):
                sheet.write(row - 1, col - 1, xlwt.Formula("SUM(1)"))
            else:
                sheet.write(row - 1, col - 1, value.n if isinstance(value, Formula) else value)
        for top, left, bottom, right in grid.merges:
            sheet.merged_ranges.append((top - 1, bottom - 1, left - 1, right - 1))
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


# --- where the values stand -------------------------------------------------------------------------------------

_SHEET_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_XLSX_VALUE = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*?( t="s")?[^>]*>(?:<f>[^<]*</f>)?<v>([^<]*)</v>')
_TEXT = re.compile(rb"<t[^>]*>([^<]*)</t>")
_NAME = re.compile(rb'<sheet name="([^"]*)"')
_ODS_TEXT = re.compile(rb'(?:value-type="string"><text:p>|<table:table table:name=")([^<"]*)')


def part_spans(name: str, part: bytes, book: Book) -> Spans:
    """Return where in a part of a zipped workbook the values stand."""
    if match := _SHEET_PART.fullmatch(name):
        sheet = book.sheets[int(match[1]) - 1].name
        return [
            (*found.span(4), None if found[3] else (sheet, int(found[2]), _column(found[1].decode())))
            for found in _XLSX_VALUE.finditer(part)
        ]
    pattern = {"xl/sharedStrings.xml": _TEXT, "xl/workbook.xml": _NAME, "content.xml": _ODS_TEXT}.get(name)
    return [(*found.span(1), None) for found in pattern.finditer(part)] if pattern else []


def _column(letters: str) -> int:
    col = 0
    for letter in letters:
        col = 26 * col + ord(letter) - 64
    return col


STREAM = 512  # where the workbook's stream begins in a file that xlwt wrote


def records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (kind, start, end) of the body of each record in the stream of an .xls that xlwt wrote."""
    position = STREAM
    while position + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, position)
        if (kind, size) == (0, 0):
            return
        yield kind, position + 4, position + 4 + size
        position += 4 + size


def xls_spans(data: bytes, book: Book) -> Spans:
    """Return where in an .xls the values stand."""
    spans: Spans = []
    sheet = -1
    for kind, start, end in records(data):
        if kind == 0x0809:
            sheet += 1  # the first is of the workbook itself
        name = book.sheets[sheet - 1].name
        if kind == 0x0085:  # a sheet's name
            spans.append((start + 8, end, None))
        elif kind == 0x00FC:
            spans += _string_spans(data, start + 8, end)
        elif kind == 0x00FD:  # which text
            spans.append((start + 6, end, None))
        elif kind in (0x0203, 0x027E):
            row, col = struct.unpack_from("<HH", data, start)
            spans.append((start + 6, end, (name, row + 1, col + 1)))
        elif kind == 0x00BD:
            row, col = struct.unpack_from("<HH", data, start)
            places = range((end - start - 6) // 6)
            spans += [(start + 6 + 6 * n, start + 10 + 6 * n, (name, row + 1, col + 1 + n)) for n in places]
    return spans


def _string_spans(data: bytes, position: int, end: int) -> Spans:
    spans: Spans = []
    while position + 3 <= end:
        length, wide = struct.unpack_from("<HB", data, position)
        stop = position + 3 + length * (2 if wide & 1 else 1)
        spans.append((position + 3, min(stop, end), None))
        position = stop
    return spans
