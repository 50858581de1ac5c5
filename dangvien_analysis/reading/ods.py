"""Workbooks in OpenDocument (.ods), read in one pass over content.xml.

By our own hand because python-calamine gives no merged ranges, errors, uncalculated formulas or fonts of them.
"""

import re
from xml.parsers import expat

from dangvien_analysis.legacy import UNICODE
from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.assemble import MAX_CELLS, RAISED, Raw, RawSheet, finish, marked
from dangvien_analysis.reading.cells import MAX_COLUMNS, MAX_ROWS, Cell, Problem, Range, Runs, Workbook, address
from dangvien_analysis.reading.comments import Comments, page_comments, words_of
from dangvien_analysis.reading.drawings import Drawn, says_something
from dangvien_analysis.reading.formats import HIDES
from dangvien_analysis.reading.ods_cells import is_shown_blank, made_cell
from dangvien_analysis.reading.ods_styles import Hides, Styles
from dangvien_analysis.reading.parts import Package, as_utf8, local, parse_xml
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.unseen import Condition
from dangvien_analysis.text import tidy

_SPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0": "number",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_HIDES_ZEROS = re.compile(rb'name="ShowZeroValues"[^>]*>\s*false')
_WIDE = 1_100  # columns: rows wider than that are filled up
_FILLED, _HEIGHTS = 60_000, (65_536, MAX_ROWS)  # rows: sheets higher than that are filled up to one of these
# What stands inside these is not what the cells of a sheet say: comments, drawings, old versions of changed cells.
_SKIPPED = frozenset({"office:annotation", "table:shapes", "table:tracked-changes", "office:forms", "table:dde-links"})


def read_ods(package: Package) -> Workbook:
    """Read a workbook. Raises Unreadable if it cannot be."""
    reader = _ContentReader()
    try:
        if "styles.xml" in package:
            reader.parse(package.read("styles.xml"))
        reader.parse(package.read("content.xml"))
    except (expat.ExpatError, ValueError, LookupError) as exc:
        raise Unreadable(refusal.DAMAGED) from exc
    if not reader.sheets:
        raise Unreadable(refusal.NO_SHEETS)
    if not all(sheet.name for sheet in reader.sheets):
        raise Unreadable(refusal.DAMAGED)
    shows_zeros = "settings.xml" not in package or not _HIDES_ZEROS.search(package.read("settings.xml"))
    sheets, problems = finish([sheet._replace(shows_zeros=shows_zeros) for sheet in reader.sheets])
    doubts = [Problem("warning", "damaged_file", "", "", refusal.DOUBTFUL)] if reader.is_doubtful else []
    return Workbook(tuple(sheets), _properties(package), (*doubts, *problems))


def _properties(package: Package) -> dict[str, str]:
    if "meta.xml" not in package:
        return {}
    try:
        entries = [entry for entry in parse_xml(package.read("meta.xml")).iter() if local(entry.tag) == "user-defined"]
    except Unreadable:  # nothing that was reported stands there
        return {}
    names = ((next((v for k, v in entry.attrib.items() if local(k) == "name"), ""), entry.text) for entry in entries)
    return {tidy(name): tidy(text or "") for name, text in names}


class _ContentReader:
    """Collects sheets from the parser's events."""

    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self.is_doubtful = False  # its rows, columns and merges do not add up
        self._styles = Styles()
        self._left = MAX_CELLS
        self._skipping = 0
        self._drawing: list[str] | None = None  # the texts of the drawing that is skipped
        self._box_paragraphs = 0
        self._boxes: list[str] = []  # of the sheet: where its text boxes stand
        self._is_comment = False  # what is skipped
        self._comments: Comments = []
        self._page: list[str] | None = None  # what is printed over or under a page, while that is read
        self._printed: dict[str, Comments] = {}  # by the name of the kind of page
        self._conditions: list[Condition] = []
        self._row_hides: list[tuple[int, int, Hides]] = []  # (first column, last column, condition)
        self._picture = False
        self._table_depth, self._table_style = 0, ""
        self._sheet: RawSheet | None = None
        self._external = False
        self._row = self._col = 0
        self._row_attributes: dict[str, str] = {}
        self._row_cells: list[tuple[int, int, Raw]] = []  # (first column, last column, cell)
        self._columns: list[tuple[int, str]] = []  # (last column, default cell style)
        self._widths: set[int] = set()  # of the sheet's rows
        self._covered = 0  # cells said to lie under a merge
        self._cell: dict[str, str] | None = None
        self._runs: list[tuple[str, str]] = []
        self._strikes = self._coloured = False
        self._spans: list[str] = []
        self._paragraphs = self._paragraph_depth = 0

    def parse(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(as_utf8(data), True)

    def _refuse(self, *_: object) -> None:
        raise Unreadable(refusal.DAMAGED)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _short(name)
        if self._skipping or tag in _SKIPPED:
            self._begin_skipped(tag)
            return
        attributes = {_short(key): value for key, value in attributes.items()}
        if tag.startswith(("style:", "number:")):
            self._styles.start(tag, attributes)
            self._page = [] if tag in _PAGE and attributes.get("style:display") != "false" else self._page
        elif (handler := _STARTS.get(tag)) is not None:
            handler(self, attributes)
        elif self._cell is not None and tag.startswith((" ", "draw:")):
            self._begin_skipped(tag)

    def _begin_skipped(self, tag: str) -> None:
        """Pass over an element; of a drawing, in a cell or over the sheet, it is noted whether it says something."""
        if self._skipping == 0:
            self._is_comment = tag == "office:annotation" and self._cell is not None
            said = self._is_comment or tag == "table:shapes" or tag.startswith("draw:")
            self._drawing = [] if said else None
        if self._is_comment and tag == "text:p":
            self._drawing.append("\n")
        self._picture = self._picture or (self._drawing is not None and tag == "draw:image")
        self._box_paragraphs += tag == "text:p"
        self._skipping += 1

    def _end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
            self._box_paragraphs -= _short(name) == "text:p"
            if self._skipping == 0 and self._drawing:
                self._end_said("".join(self._drawing))
        elif (handler := _ENDS.get(_short(name))) is not None:
            handler(self)
        elif self._page is not None and _short(name) in _PAGE:
            printed = self._printed.setdefault(self._styles.master, [])
            printed += page_comments("".join(self._page))
            self._page = None

    def _end_said(self, text: str) -> None:
        """Take in what a drawing, or the comment on a cell, says."""
        place = self._row + 1, self._col + 1
        if self._is_comment:
            self._comments.append((place, ((UNICODE, words_of(text)),)))
        elif says_something(text):
            self._boxes.append(address(*place) if self._cell is not None else "")

    # --- sheets, columns, rows ---

    def start_table(self, attributes: dict[str, str]) -> None:
        self._table_depth += 1
        if self._table_depth == 1:
            self._table_style = attributes.get("table:style-name", "")
            hidden = not self._styles.is_shown(self._table_style)
            self._sheet = RawSheet(attributes.get("table:name", ""), {}, [], hidden, set(), [])
            self._external, self._row, self._columns = False, 0, []
            self._widths, self._covered = set(), 0
            self._boxes, self._picture = [], False
            self._comments, self._conditions = [], []

    def start_source(self, _: dict[str, str]) -> None:
        self._external = True  # a copy of another file's sheet, kept for formulas that point there

    def end_table(self) -> None:
        self._table_depth -= 1
        if self._table_depth == 0 and self._sheet is not None:
            if not self._external:
                drawn = Drawn(tuple(self._boxes), self._picture)
                printed = self._printed.get(self._styles.page_of(self._table_style), [])
                beside = {"drawn": drawn, "comments": [*self._comments, *printed], "conditions": self._conditions}
                self.sheets.append(self._sheet._replace(**beside))
                self.is_doubtful |= not self._adds_up()
            self._sheet = None

    def _adds_up(self) -> bool:
        """Tell whether rows are as wide, the sheet as high and its merges as large as a program makes them.

        Rows end with their last cell, or are filled up to the sheet's width: a repeat that was changed moves cells.
        """
        width = self._columns[-1][0] if self._columns else 0
        filled = all(row in (0, width) or row < _WIDE for row in self._widths)
        covered = sum((r2 - r1 + 1) * (c2 - c1 + 1) - 1 for r1, c1, r2, c2 in self._sheet.merges)
        return filled and (self._row < _FILLED or self._row in _HEIGHTS) and self._covered in (0, covered)

    def start_column(self, attributes: dict[str, str]) -> None:
        first = self._columns[-1][0] + 1 if self._columns else 1
        last = first + _repeated(attributes, "table:number-columns-repeated", MAX_COLUMNS) - 1
        self._columns.append((last, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility", "visible") != "visible" and self._sheet is not None:
            self._sheet.hidden_cols.append((first, last))

    def start_row(self, attributes: dict[str, str]) -> None:
        if self._table_depth == 1:
            self._row_attributes, self._row_cells, self._col = attributes, [], 0
            self._row_hides = []

    def end_row(self) -> None:
        if self._table_depth != 1 or self._sheet is None:
            return
        times = _repeated(self._row_attributes, "table:number-rows-repeated", MAX_ROWS)
        if self._row_cells:
            self._place_row(times)
        self._row += times
        self._widths.add(self._col)

    def _place_row(self, times: int) -> None:
        self._left -= times * sum(last - first + 1 for first, last, _ in self._row_cells)
        if self._left < 0:
            raise Unreadable(refusal.TOO_MANY_CELLS)
        if self._row + times > MAX_ROWS or self._row_cells[-1][1] > MAX_COLUMNS:
            raise Unreadable(refusal.DAMAGED)
        rows = range(self._row + 1, self._row + times + 1)
        for first, last, cell in self._row_cells:
            self._sheet.cells.update({(row, col): cell for row in rows for col in range(first, last + 1)})
        if self._row_attributes.get("table:visibility", "visible") != "visible":
            self._sheet.hidden_rows.update(rows)
        for first, last, hides in self._row_hides:
            cells = (self._row + 1, first, self._row + times, last)
            self._conditions.append(Condition((cells,), *hides, HIDES))

    # --- cells ---

    def start_cell(self, attributes: dict[str, str]) -> None:
        if self._table_depth == 1 and self._sheet is not None:
            self._cell, self._runs, self._spans, self._paragraphs = attributes, [], [], 0
            self._strikes = self._coloured = False

    def end_covered(self) -> None:
        first = self._col
        self.end_cell()
        self._covered += (self._col - first) * _repeated(self._row_attributes, "table:number-rows-repeated", MAX_ROWS)

    def end_cell(self) -> None:
        if self._cell is None or self._sheet is None:
            return
        attributes, first = self._cell, self._col + 1
        last = self._col + _repeated(attributes, "table:number-columns-repeated", MAX_COLUMNS)
        cell = made_cell(attributes, tuple(self._runs), self._paragraphs > 0)
        if cell is not None:
            self._add_cell(first, last, cell)
        self._cell, self._col = None, last
        merge = self._merge(attributes, first)
        if merge[:2] != merge[2:]:
            self._sheet.merges.append(merge)

    def _add_cell(self, first: int, last: int, cell: Cell | Runs) -> None:
        """Take in a cell, repeated in some columns, with how it looks."""
        style = self._cell_style()
        is_blank = is_shown_blank(self._cell, self._runs, self._paragraphs > 0)
        unseen = is_blank or (self._styles.is_unseen(style) and not self._coloured)
        self._row_cells.append((first, last, marked(cell, self._strikes, unseen)))
        self._row_hides += [(first, last, hides) for hides in self._styles.hides(style)]

    def _merge(self, attributes: dict[str, str], col: int) -> Range:
        rows = _repeated(attributes, "table:number-rows-spanned", MAX_ROWS)
        cols = _repeated(attributes, "table:number-columns-spanned", MAX_COLUMNS)
        return self._row + 1, col, self._row + rows, col + cols - 1

    def _encoding(self) -> str:
        for span in reversed(self._spans):
            if self._styles.names_font("text", span):
                return self._styles.encoding("text", span)
        return self._styles.encoding("table-cell", self._cell_style())

    def _is_struck(self) -> bool:
        lines = (self._styles.line("text", span) for span in reversed(self._spans))
        line = next(filter(None, lines), "") or self._styles.line("table-cell", self._cell_style())
        return line not in ("", "none")

    def _cell_style(self) -> str:
        by_column = next((style for last, style in self._columns if self._col < last), "")
        style = self._cell.get("table:style-name") or self._row_attributes.get("table:default-cell-style-name")
        return style or by_column

    def start_paragraph(self, _: dict[str, str]) -> None:
        if self._page is not None:
            self._page.append("\n")
        if self._cell is not None:
            self._paragraph_depth += 1
            if self._paragraphs:
                self._runs.append((UNICODE, "\n"))
            self._paragraphs += 1

    def end_paragraph(self) -> None:
        self._paragraph_depth = max(0, self._paragraph_depth - 1)

    def start_span(self, attributes: dict[str, str]) -> None:
        self._spans.append(attributes.get("text:style-name", ""))

    def end_span(self) -> None:
        if self._spans:
            self._spans.pop()

    def space(self, _: dict[str, str]) -> None:
        self._text(" ")

    def _text(self, text: str) -> None:
        if self._skipping and self._drawing is not None and self._box_paragraphs:
            self._drawing.append(text)
        elif self._cell is not None and self._paragraph_depth and not self._skipping:
            if any(map(self._styles.raises, self._spans)):
                text = text.translate(RAISED)
            self._runs.append((self._encoding(), text))
            self._coloured = self._coloured or any(map(self._styles.names_colour, self._spans))
            self._strikes = self._strikes or (bool(text.strip()) and self._is_struck())
        elif self._page is not None:
            self._page.append(text)


_PAGE = frozenset(f"style:{part}{which}" for part in ("header", "footer") for which in ("", "-left", "-first"))
_STARTS = {
    "table:table": _ContentReader.start_table,
    "table:table-source": _ContentReader.start_source,
    "table:table-column": _ContentReader.start_column,
    "table:table-row": _ContentReader.start_row,
    "table:table-cell": _ContentReader.start_cell,
    "table:covered-table-cell": _ContentReader.start_cell,
    "text:p": _ContentReader.start_paragraph,
    "text:span": _ContentReader.start_span,
    "text:s": _ContentReader.space,
    "text:tab": _ContentReader.space,
    "text:line-break": _ContentReader.space,
}
_ENDS = {
    "table:table": _ContentReader.end_table,
    "table:table-row": _ContentReader.end_row,
    "table:table-cell": _ContentReader.end_cell,
    "table:covered-table-cell": _ContentReader.end_covered,
    "text:p": _ContentReader.end_paragraph,
    "text:span": _ContentReader.end_span,
}


def _short(name: str) -> str:
    space, _, tag = name.rpartition(" ")
    return f"{_SPACES.get(space, ' ')}:{tag}"


def _repeated(attributes: dict[str, str], name: str, most: int) -> int:
    return min(max(int(attributes.get(name, 1)), 1), most)
