"""One worksheet part of an .xlsx: its cells, merged ranges, and what is hidden.

Programs write the rows of a sheet in a handful of regular forms. Where every byte of the rows is of such a form a
regular expression takes them apart, several times faster than an XML parser; anything else goes to the parser. Both
give the same (a test reads the same sheets through each).
"""

import re
from collections.abc import Callable
from itertools import repeat
from operator import lt
from typing import NamedTuple
from xml.parsers import expat

from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.assemble import LEAST_HEIGHT, LEAST_WIDTH, MAX_CELLS, Raw, RawSheet
from dangvien_analysis.reading.cells import MAX_COLUMNS, MAX_ROWS, Range
from dangvien_analysis.reading.comments import Comments, page_comments
from dangvien_analysis.reading.parts import as_utf8, kept_if_small
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.xlsx_conditions import CONDITIONAL, ConditionReader


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

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


def parse_sheet(data: bytes, make: Make, limit: int = MAX_CELLS, known: Known | None = None) -> RawSheet:
    """Return what a worksheet part holds, without its name.

    `known`: what was made of cells of other sheets, to which is added; without it all is left to the XML parser.
    Raises Unreadable if the part is not well formed, gives a cell twice, or has more than `limit` cells.
    """
    data = as_utf8(data)
    if data.count(b"<v>") > limit:
        raise Unreadable(refusal.TOO_MANY_CELLS)
    try:
        start, end = data.find(b"<sheetData>") + 11, data.find(b"</sheetData>")
        is_candidate = known is not None and 11 <= start < end < _REGULAR_MOST and is_utf8(data)
        found = _regular_cells(data[start:end].decode(), make, known) if is_candidate else None
        if found is None:
            return _SheetParser(make, limit).parse(data)
        return _frame(data[:start] + data[end:])._replace(cells=_checked(found, limit))
    except (expat.ExpatError, ValueError, LookupError) as exc:
        raise Unreadable(refusal.DAMAGED_SHEET) from exc


def _checked(found: Found, limit: int) -> dict[tuple[int, int], Raw]:
    """Return the cells by their places; those of a whole sheet stand in order, each once."""
    if len(found) > limit:
        raise Unreadable(refusal.TOO_MANY_CELLS)
    cells = dict(found)
    places = list(cells)
    if len(cells) != len(found) or not all(map(lt, places, places[1:])):
        raise Unreadable(refusal.DAMAGED_SHEET)
    return cells


# --- rows of the usual forms ------------------------------------------------------------------------------------

_REGULAR_MOST = 16 << 20  # bytes; beyond that taking rows apart at one stroke needs too much memory
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


@kept_if_small
def _frame(data: bytes) -> RawSheet:
    """Return what stands around the rows: the sheets of one form share it."""
    return _SheetParser(lambda *_: None, 0).parse(data)


def is_utf8(data: bytes) -> bool:
    """Tell whether an XML part declares no other encoding."""
    declared = _DECLARED.match(data)
    return declared is None or declared[1].lower() == b"utf-8"


def _regular_cells(rows: str, make: Make, known: Known) -> Found | None:
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
    places = list(map(_PLACES.__getitem__, references))
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


class _Columns(dict):
    """Column numbers by their letters, worked out once each."""

    def __missing__(self, letters: str) -> int:
        col = 0
        for letter in letters:
            col = 26 * col + ord(letter) - 64
        if col > MAX_COLUMNS:
            raise KeyError(letters)
        self[letters] = col
        return col


_COLUMNS = _Columns()


class _Places(dict):
    """(row, column) by reference, "C7"; sheets use the same few thousand over and over."""

    def __missing__(self, reference: str) -> tuple[int, int]:
        if len(self) >= 1 << 16:
            self.clear()
        row, col, _, _ = parse_range(reference)
        self[reference] = row, col
        return row, col


_PLACES = _Places()


# --- any rows ---------------------------------------------------------------------------------------------------


class _SheetParser:
    """Collects a sheet from the parser's events, whatever the prefix of its names."""

    def __init__(self, make: Make, limit: int) -> None:
        self._make, self._limit = make, limit
        self._found: Found = []
        self._merges: list[Range] = []
        self._hidden_rows: set[int] = set()
        self._shows_zeros = True
        self._hidden_cols: list[tuple[int, int]] = []
        self._conditions = ConditionReader(parse_range)
        self._printed: Comments = []
        self._prefix: str | None = None
        self._row = self._col = 0
        self._is_numbered = False
        self._open = [""]
        self._ways_of_placing: set[bool] = set()  # cells that name their place, and cells that do not
        self._attributes: dict[str, str] = {}
        self._phonetic = False
        self._formula: str | None = None
        self._stored: str | None = None
        self._value: str | None = None
        self._font: str | None = None
        self._strikes: bool | None = None
        self._raised = False
        self._runs: list[Run] = []
        self._text: list[str] = []

    def parse(self, data: bytes) -> RawSheet:
        """Return the sheet that a worksheet part holds."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text_data
        parser.Parse(data, True)
        cells = _checked(self._found, self._limit)
        hidden, conditions = (self._hidden_rows, self._hidden_cols), self._conditions.found
        beside = {"conditions": conditions, "comments": self._printed}
        return RawSheet("", cells, self._merges, False, *hidden, self._shows_zeros, **beside)

    def _refuse(self, *_: object) -> None:
        raise Unreadable(refusal.DAMAGED_SHEET)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._prefix is None:
            self._prefix = name[: name.find(":") + 1]
            if name != self._prefix + "worksheet":
                raise Unreadable(refusal.DAMAGED_SHEET)
        name = name.removeprefix(self._prefix)
        known = _INSIDE.get(self._open[-1])
        if known is not None and name not in known:  # left out it would be a value or a merged range less
            raise Unreadable(refusal.DAMAGED_SHEET)
        self._open.append(name)
        handler = _STARTS.get(name)
        if handler is not None:
            handler(self, attributes)
        elif name in CONDITIONAL:
            self._conditions.start(name, attributes)

    def _end(self, name: str) -> None:
        name = self._open.pop()
        handler = _ENDS.get(name)
        if handler is not None:
            handler(self)
        elif name in CONDITIONAL:
            self._conditions.end(name)

    def _text_data(self, text: str) -> None:
        self._text.append(text)

    def start_row(self, attributes: dict[str, str]) -> None:
        self._row, self._is_numbered = int(attributes.get("r", self._row + 1)), "r" in attributes
        self._col = 0
        if attributes.get("hidden") in _TRUE or float(attributes.get("ht", LEAST_HEIGHT)) < LEAST_HEIGHT:
            self._hidden_rows.add(self._row)

    def start_cell(self, attributes: dict[str, str]) -> None:
        if any(name not in _OF_A_CELL and ":" not in name for name in attributes):
            raise ValueError(attributes)
        self._attributes = attributes
        self._formula = self._stored = self._value = None
        self._runs = []

    def start_formula(self, _: dict[str, str]) -> None:
        self._formula = "<f"

    def start_text(self, _: dict[str, str]) -> None:
        self._text = []

    def start_run(self, _: dict[str, str]) -> None:
        self._font, self._strikes, self._raised = None, None, False

    def start_look(self, _: dict[str, str]) -> None:
        self._strikes = False  # unless it is said below

    def start_font(self, attributes: dict[str, str]) -> None:
        self._font = attributes.get("val")

    def start_strike(self, attributes: dict[str, str]) -> None:
        self._strikes = is_on(attributes)

    def start_alignment(self, attributes: dict[str, str]) -> None:
        self._raised = attributes.get("val") == "superscript"

    def start_phonetic(self, _: dict[str, str]) -> None:
        self._phonetic = True

    def end_phonetic(self) -> None:
        self._phonetic = False

    def end_value(self) -> None:
        self._stored, self._value = "<v", "".join(self._text)

    def end_text(self) -> None:
        if not self._phonetic:
            self._runs.append(Run("".join(self._text), self._font, self._strikes, self._raised))

    def end_run(self) -> None:
        self._font, self._strikes, self._raised = None, None, False

    def end_cell(self) -> None:
        self._row, self._col = self._place(self._attributes.get("r"))
        kind, style = self._attributes.get("t"), self._attributes.get("s")
        cell = self._make(kind, style, self._formula, self._stored, self._value, tuple(self._runs))
        if cell is not None:
            self._found.append(((self._row, self._col), cell))
            if len(self._found) > self._limit:
                raise Unreadable(refusal.TOO_MANY_CELLS)

    def _place(self, reference: str | None) -> tuple[int, int]:
        self._ways_of_placing.add(reference is None)
        if len(self._ways_of_placing) > 1:
            raise ValueError(reference)
        if reference is not None:
            row, col = _PLACES[reference]
            if self._is_numbered and row != self._row:
                raise ValueError(reference)
            return row, col
        if not (1 <= self._row <= MAX_ROWS and self._col < MAX_COLUMNS):
            raise ValueError(self._row)
        return self._row, self._col + 1  # the standard lets a cell follow the one before

    def start_view(self, attributes: dict[str, str]) -> None:
        self._shows_zeros = self._shows_zeros and attributes.get("showZeros", "1") in _TRUE

    def start_merge(self, attributes: dict[str, str]) -> None:
        self._merges.append(parse_range(attributes["ref"]))

    def end_formula(self) -> None:
        self._conditions.add_formula("".join(self._text))

    def end_page(self) -> None:
        if "customSheetView" not in self._open:  # one that is kept for somebody, and not the sheet's own
            self._printed += page_comments("".join(self._text))

    def start_col(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE or float(attributes.get("width", LEAST_WIDTH)) < LEAST_WIDTH:
            self._hidden_cols.append((int(attributes["min"]), int(attributes["max"])))


_TRUE = ("1", "true", "on")


def is_on(attributes: dict[str, str]) -> bool:
    """Tell whether an element that switches something on by being there does so; its "val" may say that it does not."""
    return attributes.get("val", "1") in _TRUE


_INSIDE = {"c": frozenset(("f", "v", "is", "extLst")), "mergeCells": frozenset(("mergeCell",))}
_OF_A_CELL = frozenset(("r", "s", "t", "cm", "vm", "ph"))
_PAGE = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_STARTS = {
    **dict.fromkeys(_PAGE, _SheetParser.start_text),
    "sheetView": _SheetParser.start_view,
    "row": _SheetParser.start_row,
    "c": _SheetParser.start_cell,
    "f": _SheetParser.start_formula,
    "v": _SheetParser.start_text,
    "t": _SheetParser.start_text,
    "r": _SheetParser.start_run,
    "rPr": _SheetParser.start_look,
    "rFont": _SheetParser.start_font,
    "strike": _SheetParser.start_strike,
    "vertAlign": _SheetParser.start_alignment,
    "rPh": _SheetParser.start_phonetic,
    "mergeCell": _SheetParser.start_merge,
    "col": _SheetParser.start_col,
    "formula": _SheetParser.start_text,
}
_ENDS = {
    **dict.fromkeys(_PAGE, _SheetParser.end_page),
    "c": _SheetParser.end_cell,
    "v": _SheetParser.end_value,
    "t": _SheetParser.end_text,
    "r": _SheetParser.end_run,
    "rPh": _SheetParser.end_phonetic,
    "formula": _SheetParser.end_formula,
}


def parse_range(reference: str) -> Range:
    """Return (row, column, last row, last column) of "A1:C4" or "A1". Raises ValueError or KeyError if it is none."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    col, row = _COLUMNS[match[1]], int(match[2])
    last_col, last_row = (_COLUMNS[match[3]], int(match[4])) if match[3] else (col, row)
    if not (1 <= row <= last_row <= MAX_ROWS and 1 <= col <= last_col):
        raise ValueError(reference)
    return row, col, last_row, last_col
