"""One worksheet part of an .xlsx: its cells, merged ranges, and what is hidden.

Programs write the rows of a sheet in a handful of regular forms. Where every byte of the rows is of such a form a
regular expression takes them apart, several times faster than an XML parser; anything else goes to the parser. Both
give the same (a test reads the same sheets through each).
"""

import re
from collections.abc import Callable
from xml.parsers import expat

from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.assemble import MAX_CELLS, MAX_MERGES, Range, RawSheet, Runs
from dangvien_analysis.reading.cells import MAX_COLUMNS, MAX_ROWS, Cell
from dangvien_analysis.reading.parts import as_utf8
from dangvien_analysis.reading.refusal import Unreadable

StoredRuns = tuple[tuple[str | None, str], ...]  # (font, characters); a font None is the cell's own
# (type, style, has a formula, stored value or None, runs of a text stored in the cell) -> cell, None if blank
Make = Callable[[str, str, bool, str | None, StoredRuns], Cell | Runs | None]

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


def parse_sheet(data: bytes, make: Make, limit: int = MAX_CELLS, regular: bool = True) -> RawSheet:
    """Return what a worksheet part holds, without its name; `regular=False` leaves all of it to the XML parser.

    Raises Unreadable if the part is not well formed, gives a cell twice, or has more than `limit` cells.
    """
    parser = _SheetParser(make, limit)
    data = as_utf8(data)
    rows = _REGULAR.search(data) if regular and _IS_UTF8.match(data) else None
    try:
        if rows is None:
            parser.parse(data)
        else:
            parser.parse(data[: rows.start(1)] + data[rows.end(1) :])
            parser.found = _regular_cells(rows[1].decode(), make)
        return parser.sheet()
    except (expat.ExpatError, ValueError, KeyError) as exc:
        raise Unreadable(refusal.DAMAGED_SHEET) from exc


# --- rows of the usual forms ------------------------------------------------------------------------------------

_IS_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?<(?!\?xml)|(?:\xef\xbb\xbf)?<\?xml(?![^>]*encoding=[\"'](?!utf-8))", re.IGNORECASE)
_CHARS = r"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]"
_FORMULA = rf"<f(?: [a-z]{{1,5}}[0-9]?=\"[^\"<>&]*+\")*+(?:/>|>(?:{_CHARS}|&(?:amp|lt|gt|quot|apos);)*+</f>)"
_CELL = (
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,5})")?(?: t="(n|s|str|e|b)")? ?'
    rf"(?:/>|>({_FORMULA})?(?:(<v)(?: ?/>|>({_CHARS}*+)</v>))?</c>)"
)
# A row of its own kind (hidden, of no height) is not regular.
_ROW = r'<row(?: (?!hidden|ht="0")[a-zA-Z0-9:]{1,20}="[^"<>&]{0,99}")*+ ?'
_FIND_CELLS = re.compile(_CELL)
_WHOLE_CELL = re.sub(r"\((?!\?)", "(?:", _CELL)
_REGULAR = re.compile(
    rf"<sheetData>((?:\s*+{_ROW}(?:/>|>(?:\s*+{_WHOLE_CELL})*+\s*+</row>))*+\s*+)</sheetData>".encode(), re.ASCII
)


def _regular_cells(rows: str, make: Make) -> list[tuple[tuple[int, int], Cell | Runs]]:
    return [
        ((int(row), _COLUMNS[letters]), cell)
        for letters, row, style, kind, formula, stored, value in _FIND_CELLS.findall(rows)
        if (stored or formula) and (cell := make(kind, style, formula != "", value if stored else None, ())) is not None
    ]


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


# --- any rows ---------------------------------------------------------------------------------------------------


class _SheetParser:
    """Collects a sheet from the parser's events, whatever the prefix of its names."""

    def __init__(self, make: Make, limit: int):
        self._make, self._limit = make, limit
        self.found: list[tuple[tuple[int, int], Cell | Runs]] = []
        self._merges: list[Range] = []
        self._hidden_rows: set[int] = set()
        self._hidden_cols: list[tuple[int, int]] = []
        self._prefix: str | None = None
        self._row = self._col = 0
        self._attributes: dict[str, str] = {}
        self._formula = self._phonetic = False
        self._value: str | None = None
        self._font: str | None = None
        self._runs: list[tuple[str | None, str]] = []
        self._text: list[str] = []

    def parse(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text_data
        parser.Parse(data, True)

    def sheet(self) -> RawSheet:
        cells = dict(self.found)
        if len(self.found) > self._limit:
            raise Unreadable(refusal.TOO_MANY_CELLS)
        if len(cells) != len(self.found) or (cells and max(cells)[0] > MAX_ROWS):
            raise Unreadable(refusal.DAMAGED_SHEET)
        return RawSheet("", cells, self._merges, False, self._hidden_rows, self._hidden_cols)

    def _refuse(self, *_: object) -> None:
        raise Unreadable(refusal.DAMAGED_SHEET)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._prefix is None:
            self._prefix = name[: name.find(":") + 1]
        handler = _STARTS.get(name.removeprefix(self._prefix))
        if handler is not None:
            handler(self, attributes)

    def _end(self, name: str) -> None:
        handler = _ENDS.get(name.removeprefix(self._prefix or ""))
        if handler is not None:
            handler(self)

    def _text_data(self, text: str) -> None:
        self._text.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._col = 0
        if attributes.get("hidden") in _TRUE or float(attributes.get("ht", 1)) == 0:
            self._hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._formula, self._value, self._runs = False, None, []

    def _start_formula(self, _: dict[str, str]) -> None:
        self._formula = True

    def _start_text(self, _: dict[str, str]) -> None:
        self._text = []

    def _start_run(self, _: dict[str, str]) -> None:
        self._font = None

    def _start_font(self, attributes: dict[str, str]) -> None:
        self._font = attributes.get("val")

    def _start_phonetic(self, _: dict[str, str]) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def _end_value(self) -> None:
        self._value = "".join(self._text)

    def _end_text(self) -> None:
        if not self._phonetic:
            self._runs.append((self._font, "".join(self._text)))

    def _end_run(self) -> None:
        self._font = None

    def _end_cell(self) -> None:
        self._row, self._col = self._place(self._attributes.get("r"))
        kind, style = self._attributes.get("t", ""), self._attributes.get("s", "")
        cell = self._make(kind, style, self._formula, self._value, tuple(self._runs))
        if cell is not None:
            self.found.append(((self._row, self._col), cell))
            if len(self.found) > self._limit:
                raise Unreadable(refusal.TOO_MANY_CELLS)

    def _place(self, reference: str | None) -> tuple[int, int]:
        if reference is None:  # the standard lets a cell follow the one before
            return self._row, self._col + 1
        row, col, _, _ = parse_range(reference)
        return row, col

    def _start_merge(self, attributes: dict[str, str]) -> None:
        self._merges.append(parse_range(attributes["ref"]))
        if len(self._merges) > MAX_MERGES:
            raise Unreadable(refusal.TOO_MANY_MERGES)

    def _start_col(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE or float(attributes.get("width", 1)) == 0:
            self._hidden_cols.append((int(attributes["min"]), int(attributes["max"])))


_TRUE = ("1", "true", "on")
_STARTS = {
    "row": _SheetParser._start_row,
    "c": _SheetParser._start_cell,
    "f": _SheetParser._start_formula,
    "v": _SheetParser._start_text,
    "t": _SheetParser._start_text,
    "r": _SheetParser._start_run,
    "rFont": _SheetParser._start_font,
    "rPh": _SheetParser._start_phonetic,
    "mergeCell": _SheetParser._start_merge,
    "col": _SheetParser._start_col,
}
_ENDS = {
    "c": _SheetParser._end_cell,
    "v": _SheetParser._end_value,
    "t": _SheetParser._end_text,
    "r": _SheetParser._end_run,
    "rPh": _SheetParser._end_phonetic,
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
