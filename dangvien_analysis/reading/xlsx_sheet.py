"""One worksheet part of an .xlsx: its cells, merged ranges, and what is hidden.

Rows of the usual forms are taken apart by `xlsx_rows`, where every byte of them is of such a form; anything else goes
to an XML parser. Both give the same (a test reads the same sheets through each).
"""

from operator import lt
from xml.parsers import expat

from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.assemble import LEAST_HEIGHT, LEAST_WIDTH, MAX_CELLS, Raw, RawSheet
from dangvien_analysis.reading.cells import MAX_COLUMNS, MAX_ROWS, Range
from dangvien_analysis.reading.comments import Comments, page_comments
from dangvien_analysis.reading.parts import as_utf8, kept_if_small
from dangvien_analysis.reading.ranges import PLACES, parse_range
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.xlsx_conditions import CONDITIONAL, ConditionReader
from dangvien_analysis.reading.xlsx_rows import Found, Known, Make, Run, is_utf8, regular_cells

_REGULAR_MOST = 16 << 20  # bytes; beyond that taking rows apart at one stroke needs too much memory


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
        found = regular_cells(data[start:end].decode(), make, known) if is_candidate else None
        if found is None:
            return _SheetParser(make, limit).parse(data)
        return _frame(data[:start] + data[end:])._replace(cells=_checked(found, limit))
    except (expat.ExpatError, ValueError, LookupError) as exc:
        raise Unreadable(refusal.DAMAGED_SHEET) from exc


@kept_if_small
def _frame(data: bytes) -> RawSheet:
    """Return what stands around the rows: the sheets of one form share it."""
    return _SheetParser(lambda *_: None, 0).parse(data)


def _checked(found: Found, limit: int) -> dict[tuple[int, int], Raw]:
    """Return the cells by their places; those of a whole sheet stand in order, each once."""
    if len(found) > limit:
        raise Unreadable(refusal.TOO_MANY_CELLS)
    cells = dict(found)
    places = list(cells)
    if len(cells) != len(found) or not all(map(lt, places, places[1:])):
        raise Unreadable(refusal.DAMAGED_SHEET)
    return cells


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
            row, col = PLACES[reference]
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
