"""Why numbers of a table were not taken: one cause gives one finding, which names every cell it concerns."""

from collections.abc import Iterable

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import asking, messages
from dangvien_analysis.returns.facets import at_fault
from dangvien_analysis.tables import Line
from dangvien_analysis.tables.grid import Head
from dangvien_analysis.wording import Words
from dangvien_analysis.workbook import address

Place = tuple[int, int]

# Causes that need no more than the cells: level, code and message.
PLAIN = {
    "free_text": ("info", messages.free_text),
    "column_not_taken": ("info", messages.not_taken),
    "computed_column": ("info", messages.computed),
    "total_without_value": ("info", messages.total_without_value),
    "merged_number": ("error", messages.merged_number),
    "unclear_kind": ("warning", asking.unclear_kind),
    "unclear_measure": ("warning", asking.unclear_measure),
    "unclear_count": ("warning", asking.unclear_count),
    "unclear_period": ("warning", asking.unclear_period),
    "target_of_part": ("info", asking.target_of_part),
    "unclear_cohort": ("warning", asking.unclear_cohort),
    "unclear_part": ("warning", asking.unclear_part),
    "unclear_unit": ("warning", asking.unclear_unit),
    "unclear_group": ("warning", asking.unclear_group),
    "unclear_members": ("warning", asking.unclear_members),
    "title_conflict": ("warning", messages.other_part),
}


class Causes:
    """Collects, cell by cell, what keeps numbers from being taken, and explains it cause by cause."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.blanks: set[Place] = set()
        self.quoted: set[Place] = set()  # cells whose text a finding quotes
        self._cells: dict[tuple, list[Place]] = {}
        self._heads: dict[Place | None, Head | None] = {}
        self._readings: dict[Place | None, tuple] = {}
        self._clashes: dict[Place | None, frozenset[str]] = {}

    def plain(self, code: str, place: Place, apart: int = 0) -> None:
        """Note a cell under a code of PLAIN; cells with another `apart` get a finding of their own."""
        self._cells.setdefault((code, apart), []).append(place)

    def header(self, head: Head | None, place: Place, clash: frozenset[str] = frozenset()) -> None:
        """Note a cell under (or beside) a header that was not understood, or without any header (None).

        `clash`: the facets to which the texts of the header's column or row give two values.
        """
        where = head and (head.row, head.col)
        self._heads[where] = head
        self._clashes[where] = clash
        self._cells.setdefault(("header", where), []).append(place)

    def ambiguous(self, head: Head | None, place: Place, readings: tuple) -> None:
        """Note a cell whose header has two readings, or a wording in it."""
        where = head and (head.row, head.col)
        self._heads[where] = head
        self._readings[where] = readings
        self._cells.setdefault(("ambiguous", where), []).append(place)

    def clash(self, facets: Iterable[str], place: Place, apart: int) -> None:
        """Note a cell to which its column and its row give two values of a facet."""
        self._cells.setdefault(("clash", tuple(sorted(facets)), apart), []).append(place)

    def missing(self, facets: Iterable[str], place: Place) -> None:
        """Note a cell of which nothing names a needed facet."""
        self._cells.setdefault(("missing", tuple(facets)), []).append(place)

    def explain(self) -> list[Finding]:
        """Return one finding a cause, and one a run of blank cells."""
        found = [self._finding(cause, cells) for cause, cells in self._cells.items()]
        for run in _runs(self.blanks):
            cells = messages.places(run)
            found.append(Finding("info", "blank_cell", messages.blank(cells), cell=cells))
        return found

    def _finding(self, cause: tuple, cells: list[Place]) -> Finding:
        where = messages.places(cells)
        kind, about = cause[0], cause[1]
        if kind in PLAIN:
            level, message = PLAIN[kind]
            return Finding(level, kind, message(where), cell=where)
        if kind == "clash":
            return Finding("error", "conflicting_headers", messages.clash(where, about), cell=where)
        if kind == "missing":
            return Finding("error", "missing_facet", messages.missing(where, about), cell=where)
        head = self._heads[about]
        if kind == "ambiguous" and head is not None:
            place = address(head.row, head.col)
            message = messages.ambiguous(place, where, self._readings[about], head.text)
            return Finding("error", "ambiguous_header", message, cell=place)
        return self._header_finding(head, where, self._clashes.get(about, frozenset()))

    def _header_finding(self, head: Head | None, cells: str, clash: frozenset[str]) -> Finding:
        if head is None:
            return Finding("error", "unknown_header", messages.no_header(cells), cell=cells)
        place = address(head.row, head.col)
        self.quoted.add((head.row, head.col))
        if head.said.unknown_school:
            message = messages.unknown_school(place, cells, self.words.nearest_school(head.text))
            return Finding("error", "unknown_school", message, cell=place)
        if (clash or head.said.clash) and (not at_fault(head.said) or not head.said.left):
            message = messages.clash(cells, clash or head.said.clash)
            return Finding("error", "conflicting_headers", message, cell=place)
        message = messages.unknown_header(place, self.words.known_part(head.text), cells, self.words.nearest(head.text))
        return Finding("error", "unknown_header", message, cell=place)


def unknown_label(head: Head | Line) -> Finding:
    """Warn of a text that was not understood, though the numbers by it are complete without it."""
    place = address(head.row, head.col)
    return Finding("warning", "unknown_header", messages.unknown_label_read(place), cell=place)


def _runs(cells: set[Place]) -> list[list[Place]]:
    """Return blank cells in runs along their rows."""
    runs: list[list[Place]] = []
    for row, col in sorted(cells):
        if runs and runs[-1][-1] == (row, col - 1):
            runs[-1].append((row, col))
        else:
            runs.append([(row, col)])
    return runs
