"""Rows of a worksheet in the few regular forms in which programs write them, taken apart by regular expressions.

That is several times faster than an XML parser, to which anything else is left (`xlsx_sheet`); both give the same.
"""

import re
from collections.abc import Callable
from itertools import repeat
from typing import NamedTuple

from dangvien_analysis.reading.assemble import Raw
from dangvien_analysis.reading.ranges import PLACES


class Run(NamedTuple):
    """Some characters of a text; without a font, or a word on being struck out, it looks as its cell does.

    `raised`: they are written small and high, as the mark of a note is.
    """

    text: str
    font: str | None = None
    strikes: bool | None = None
    raised: bool = False


StoredRuns = tuple[Run, ...]
# (type, style, mark of a formula, mark of a value, the value, runs of a text in the cell) -> cell, None if blank.
# What is absent is None; a value may be present and None (an element without content).
Make = Callable[[str | None, str | None, str | None, str | None, str | None, StoredRuns], Raw | None]
Found = list[tuple[tuple[int, int], Raw]]


class _Gap(NamedTuple):
    """What stands behind a cell: the row that begins there, 0 if none does or it has no number, or the rows' end."""

    row: int = 0
    ends: bool = False


_SAME_ROW = _Gap()
Written = tuple[tuple[int, int], Raw | None, _Gap]  # a cell as it is written: its place, what it is, what follows
Known = dict[str, Written]

_KNOWN_MOST, _KNOWN_LENGTH = 1 << 14, 1 << 9  # cells kept as they are written; characters of one
_LARGE = 1 << 19  # characters; no form is so large
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([^\"']*)")
_CHARS = r"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]"
_FORMULA = (
    rf"(<f)(?: [a-z]{{1,5}}[0-9]?=\"[^\"<>&\x00-\x1f]*+\")*+(?:/>|>(?:{_CHARS}++|&(?:amp|lt|gt|quot|apos);)*+</f>)"
)
_START = '<c r="'
_CELL = re.compile(
    _START + r'([A-Z]{1,3}+[1-9][0-9]{0,6}+)"(?: s="([0-9]{1,5}+)")?+(?: t="(n|s|str|e|b)")?+ ?+'
    rf"(?:/>|>(?:{_FORMULA})?+(?:(<v)(?: ?/>|>({_CHARS}*+)</v>))?+</c>)"
)
_GROUPS = _CELL.groups + 1
# A row of its own kind (hidden, of no height) is not regular.
_ROW = r'<row(?: (?!hidden="(?!0|false)|ht="[01]?[".])[a-zA-Z0-9:]{1,20}="[^"<>&\x00-\x1f]{0,99}")*+ ?'
_BLANK_ROWS = rf"(?:\s*+{_ROW}(?:/>|>\s*+</row>))*+\s*+"
_LAST_ROW = re.compile(r'.*<row(?: [^>]*)? r="([1-9][0-9]{0,6}+)"[^>]*>\s*', re.DOTALL)
_BEFORE_CELLS = re.compile(rf"{_BLANK_ROWS}{_ROW}>\s*+")
_BETWEEN_CELLS = re.compile(rf"\s*+(?:</row>{_BLANK_ROWS}{_ROW}>\s*+)?")
_AFTER_CELLS = re.compile(rf"\s*+</row>{_BLANK_ROWS}")


def is_utf8(data: bytes) -> bool:
    """Tell whether an XML part declares no other encoding."""
    declared = _DECLARED.match(data)
    return declared is None or declared[1].lower() == b"utf-8"


def regular_cells(rows: str, make: Make, known: Known) -> Found | None:
    """Return the cells of rows that are all of the usual forms, else None."""
    start = rows.find(_START)
    if start < 0 or not _BEFORE_CELLS.fullmatch(rows, 0, start):
        return None
    cells = _taken_apart(rows[start:], make) if len(rows) > _LARGE else _written(rows[start:], make, known)
    if cells is None or not _are_rows(rows[:start], cells):
        return None
    return [(place, cell) for place, cell, _ in cells if cell is not None]


def _written(text: str, make: Make, known: Known) -> list[Written] | None:
    """Return what `_taken_apart` does; the cells that the files of a form have in common are taken apart once."""
    _, *texts = text.split(_START)
    cells = list(map(known.get, texts))
    if None in cells:
        new = [number for number, cell in enumerate(cells) if cell is None]
        taken = _taken_apart(_START + _START.join([texts[number] for number in new]), make)
        if taken is None:
            return None
        if len(known) + len(new) > _KNOWN_MOST:
            known.clear()
        for number, cell in zip(new, taken, strict=True):
            cells[number] = cell
            if len(texts[number]) < _KNOWN_LENGTH:
                known[texts[number]] = cell
    return cells


def _taken_apart(text: str, make: Make) -> list[Written] | None:
    """Return the cells that a text consists of; None if one, or what follows it, is not of the usual forms."""
    parts = _CELL.split(text)  # nothing, then the groups of each cell, and what follows it, in turn
    gaps = {gap: _gap(gap) for gap in set(parts[_GROUPS::_GROUPS])}
    if parts[0] or None in gaps.values():
        return None
    references, styles, kinds, formulas, stored, values, behind = (parts[n::_GROUPS] for n in range(1, _GROUPS + 1))
    made = list(map(make, kinds, styles, formulas, stored, values, repeat(())))
    places = list(map(PLACES.__getitem__, references))
    return list(zip(places, made, map(gaps.__getitem__, behind), strict=True))


def _gap(text: str) -> _Gap | None:
    if _BETWEEN_CELLS.fullmatch(text):
        return _Gap(_last_row(text)) if "<row" in text else _SAME_ROW
    return _Gap(ends=True) if _AFTER_CELLS.fullmatch(text) else None


def _last_row(text: str) -> int:
    row = _LAST_ROW.fullmatch(text)
    return int(row[1]) if row else 0


def _are_rows(before: str, cells: list[Written]) -> bool:
    """Tell whether the rows end behind the last cell and nowhere else.

    Raises ValueError where a row holds a cell of another row; cells that are in order need it at its ends only.
    """
    breaks = [(number, gap) for number, (_, _, gap) in enumerate(cells) if gap is not _SAME_ROW]
    if [number for number, gap in breaks if gap.ends] != [len(cells) - 1]:
        return False
    start, row = 0, _last_row(before)
    for end, gap in breaks:
        if row and not row == cells[start][0][0] == cells[end][0][0]:
            raise ValueError(row)
        start, row = end + 1, gap.row
    return True
