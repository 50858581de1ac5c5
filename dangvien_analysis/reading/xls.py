"""Workbooks of Excel 5 to 2003 (.xls), by xlrd."""

import os
from functools import partial
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
from dangvien_analysis.reading.cells import BLANK_FORMULA, ERROR, TEXT, Cell, Problem, Runs, Workbook
from dangvien_analysis.reading.comments import page_comments_xls, words_of
from dangvien_analysis.reading.drawings import drawn_xls
from dangvien_analysis.reading.formats import HIDES, as_formatted, formatted_cell, text_kind
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.unseen import BLACK, WHITE, Colour, is_unseen, look_of
from dangvien_analysis.reading.xls_conditions import read_conditions
from dangvien_analysis.reading.xls_formulas import uncalculated_formulas
from dangvien_analysis.reading.xls_properties import read_properties
from dangvien_analysis.reading.xls_structure import is_sound, read_records

_SUPERSCRIPT, _BIFF8 = 1, 80
_EMPTY, _SOLID = 0, 1  # patterns behind a cell
_LETTERS, _WINDOW, _AUTOMATIC = 64, 65, 0x7FFF  # colours of the system
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
    records = list(read_records(book.mem, book._sh_abs_posn[sheet.number]))  # noqa: SLF001 - where xlrd begins
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
        drawn_xls(records),
        read_conditions(records, partial(_colour, book)),
        [
            *(((row + 1, col + 1), _comment(note)) for (row, col), note in sorted(sheet.cell_note_map.items())),
            *(page_comments_xls(records) if book.biff_version >= _BIFF8 else ()),
        ],
    )


def _comment(note) -> Runs:
    return ((UNICODE, words_of(note.text or "", note.author or "")),)


class _Font(NamedTuple):
    encoding: str = UNICODE
    strikes: bool = False
    raises: bool = False  # writes small and high
    colour: Colour = BLACK


class _Style(NamedTuple):
    """What a cell's style says: how a number is shown, how a text, its font, and whether each can be seen."""

    shows: str
    shows_text: str
    font: _Font
    unseen: bool
    unseen_text: bool


def _style(book, xf) -> _Style:
    format_ = book.format_map.get(xf.format_key)
    code = format_.format_str if format_ else ""
    font, ground = _font(book, xf.font_index), _ground(book, xf.background)
    shows, unseen = look_of(code, xf.format_key, font.colour, ground)
    unseen_text = text_kind(code) == HIDES or is_unseen(font.colour, ground)
    return _Style(shows, text_kind(code), font, unseen, unseen_text)


def _ground(book, background) -> Colour:
    """Return the colour behind a cell; of a pattern there is not one."""
    if background.fill_pattern == _EMPTY:
        return WHITE
    return _colour(book, background.pattern_colour_index) if background.fill_pattern == _SOLID else None


def _colour(book, index: int) -> Colour:
    """Return a colour by its number: of the workbook's own list, or of the system's letters and windows."""
    if index in (_AUTOMATIC, _LETTERS):
        return BLACK
    return WHITE if index == _WINDOW else book.colour_map.get(index)


def _font(book, index: int) -> _Font:
    if index >= len(book.font_list):
        return _Font()
    font = book.font_list[index]
    colour = _colour(book, font.colour_index)
    return _Font(font_encoding(font.name), bool(font.struck_out), font.escapement == _SUPERSCRIPT, colour)


def _cell(book, sheet, row: int, col: int, cell, styles: list[_Style]) -> Raw | None:
    import xlrd

    style = styles[cell.xf_index]
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return _runs(book, cell.value, style, sheet.rich_text_runlist_map.get((row, col), ()))
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        made = formatted_cell(float(cell.value), style.shows, book.datemode == 1)
        return marked(made, style.font.strikes, style.unseen)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(TEXT, "TRUE" if cell.value else "FALSE")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(ERROR, xlrd.error_text_from_code.get(cell.value, "?"))
    return None


def _runs(book, text: str, style: _Style, changes: list[tuple[int, int]]) -> Raw | None:
    """Return a text as runs: `changes` are the places at which its font changes, and to which."""
    font = style.font
    bounds = [(0, font), *((offset, _font(book, index)) for offset, index in changes)]
    ends = [offset for offset, _ in bounds[1:]] + [len(text)]
    parts = [(font, text[start:end]) for (start, font), end in zip(bounds, ends, strict=True) if end > start]
    runs = tuple((font.encoding, part.translate(RAISED) if font.raises and changes else part) for font, part in parts)
    struck = any(font.strikes and part.strip() for font, part in parts)
    seen = as_formatted(runs, style.shows_text, style.font.encoding)
    return marked(seen, struck, style.unseen_text) if runs else None
