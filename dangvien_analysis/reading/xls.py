"""Workbooks of Excel 5 to 2003 (.xls), by xlrd."""

import os
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from dangvien_analysis.legacy import UNICODE, font_encoding
from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.assemble import (
    LEAST_HEIGHT,
    LEAST_WIDTH,
    MAX_CELLS,
    RAISED,
    Raw,
    RawSheet,
    finish,
    marked,
)
from dangvien_analysis.reading.cells import BLANK_FORMULA, ERROR, TEXT, Cell, Problem, Workbook
from dangvien_analysis.reading.drawings import drawn_xls
from dangvien_analysis.reading.formats import format_kind, formatted_cell
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.xls_formulas import uncalculated_formulas
from dangvien_analysis.reading.xls_properties import read_properties
from dangvien_analysis.reading.xls_structure import is_sound, read_records

_SUPERSCRIPT = 1
_LEAST_HEIGHT, _LEAST_WIDTH = 20 * LEAST_HEIGHT, 256 * LEAST_WIDTH  # in the units of the format


def read_xls(data: bytes) -> Workbook:
    """Read a workbook. Raises Unreadable if it cannot be."""
    with Path(os.devnull).open("w", encoding="utf-8") as log:
        book, whole = _open(data, log)
        properties = read_properties(data, log)
        raw_sheets = _sheets(book)
        whole = whole and is_sound(memoryview(book.mem)[book.base :])
    if not raw_sheets:
        raise Unreadable(refusal.NO_SHEETS)
    sheets, problems = finish(raw_sheets)
    doubts = [] if whole else [Problem("warning", "damaged_file", "", "", refusal.DOUBTFUL)]
    return Workbook(tuple(sheets), properties, (*doubts, *problems))


def _sheets(book) -> list[RawSheet]:
    sheets, left = [], MAX_CELLS
    for index, uncalculated in enumerate(uncalculated_formulas(book)):
        sheets.append(_sheet(book, book.sheet_by_index(index), uncalculated))
        left -= len(sheets[-1].cells)
        if left < 0:
            raise Unreadable(refusal.TOO_MANY_CELLS)
        book.unload_sheet(index)
    return sheets


def _open(data: bytes, log: TextIO) -> tuple[Any, bool]:
    """Open a workbook, and tell whether the document around it is whole; those of offices not always are."""
    import xlrd

    try:
        return _open_latin(data, log, ignore_workbook_corruption=False), True
    except xlrd.compdoc.CompDocError:
        return _open_latin(data, log, ignore_workbook_corruption=True), False
    except xlrd.XLRDError as exc:
        raise Unreadable(refusal.ENCRYPTED if "encrypted" in str(exc).lower() else refusal.DAMAGED) from exc


def _open_latin(data: bytes, log: TextIO, **options: Any) -> Any:
    """Open a workbook; one in 8-bit text with legacy fonts is opened as Latin, of which they are look-alikes."""
    import xlrd

    options |= {"file_contents": data, "formatting_info": True, "ragged_rows": True, "on_demand": True, "logfile": log}
    book = xlrd.open_workbook(**options)
    if book.biff_version < 80 and book.codepage == 1258 and any(font_encoding(font.name) for font in book.font_list):
        book = xlrd.open_workbook(**options, encoding_override="cp1252")
    return book


def _sheet(book, sheet, uncalculated: set[tuple[int, int]]) -> RawSheet:
    styles = [_style(book, xf) for xf in book.xf_list]
    cells = {}
    for row in range(sheet.nrows):
        for col, cell in enumerate(sheet.row(row)):
            made = _cell(book, sheet, row, col, cell, styles)
            if (row, col) in uncalculated:
                made = BLANK_FORMULA
            if made is not None:
                cells[row + 1, col + 1] = made
    return RawSheet(
        sheet.name,
        cells,
        [(r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in sheet.merged_cells],
        sheet.visibility != 0,
        {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden or info.height < _LEAST_HEIGHT},
        [(col + 1, col + 1) for col, info in sheet.colinfo_map.items() if info.hidden or info.width < _LEAST_WIDTH],
        bool(sheet.show_zero_values),
        drawn_xls(list(read_records(book.mem, book._sh_abs_posn[sheet.number]))),  # noqa: SLF001 - where xlrd begins
    )


class _Font(NamedTuple):
    encoding: str = UNICODE
    strikes: bool = False
    raises: bool = False  # writes small and high


def _style(book, xf) -> tuple[str, _Font]:
    format_ = book.format_map.get(xf.format_key)
    shows = format_kind(format_.format_str, xf.format_key) if format_ else format_kind("", xf.format_key)
    return shows, _font(book, xf.font_index)


def _font(book, index: int) -> _Font:
    if index >= len(book.font_list):
        return _Font()
    font = book.font_list[index]
    return _Font(font_encoding(font.name), bool(font.struck_out), font.escapement == _SUPERSCRIPT)


def _cell(book, sheet, row: int, col: int, cell, styles: list[tuple[str, _Font]]) -> Raw | None:
    import xlrd

    shows, font = styles[cell.xf_index]
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return _runs(book, cell.value, font, sheet.rich_text_runlist_map.get((row, col), ()))
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        made = formatted_cell(float(cell.value), shows, book.datemode == 1)
        return marked(made, font.strikes, False)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(TEXT, "TRUE" if cell.value else "FALSE")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(ERROR, xlrd.error_text_from_code.get(cell.value, "?"))
    return None


def _runs(book, text: str, font: _Font, changes: list[tuple[int, int]]) -> Raw | None:
    """Return a text as runs: `changes` are the places at which its font changes, and to which."""
    bounds = [(0, font), *((offset, _font(book, index)) for offset, index in changes)]
    ends = [offset for offset, _ in bounds[1:]] + [len(text)]
    parts = [(font, text[start:end]) for (start, font), end in zip(bounds, ends, strict=True) if end > start]
    runs = tuple((font.encoding, part.translate(RAISED) if font.raises and changes else part) for font, part in parts)
    struck = any(font.strikes and part.strip() for font, part in parts)
    return marked(runs, struck, False) if runs else None
