"""The numbers of one table: each gets the facets that its headers, labels and surroundings give it, or a finding."""

from datetime import date
from typing import NamedTuple

from dangvien_analysis import messages
from dangvien_analysis.body import Row
from dangvien_analysis.columns import LABELS, NOT_COUNTS, Column
from dangvien_analysis.facets import (
    BOUND,
    EMPTY,
    Meaning,
    at_fault,
    complete,
    cross,
    inherit,
    missing,
    only_breakdown,
    union,
)
from dangvien_analysis.frames import Finding
from dangvien_analysis.grid import Head
from dangvien_analysis.periods import year_before
from dangvien_analysis.said import Said
from dangvien_analysis.speakers import Sections
from dangvien_analysis.surroundings import Surroundings
from dangvien_analysis.tables import Table
from dangvien_analysis.wording import Words
from dangvien_analysis.workbook import COUNT, ERROR, FORMULA, TEXT, ZERO, Cell, Sheet, address

SILENT = NOT_COUNTS - {"rate", "note", "person"}  # known columns whose numbers are not taken


class Number(NamedTuple):
    """A cell with a number and the facets it has; `near` are those that its own headers, labels and sections give.

    `total`: it stands in a row or column of totals; `whole` is then what the total says without the section it closes. `ratio`: for a rate, what is divided by what. `value`: the
    number as stored, for rates.
    """

    row: int
    col: int
    n: int | None
    raw: str
    facets: dict
    near: dict
    total: str = ""
    whole: dict = {}
    ratio: tuple[Said, Said] | None = None
    value: float | None = None


class TableReader:
    """Reads one table; after `read`, `numbers`, `totals` and `rates` hold its cells and `findings` what is wrong."""

    def __init__(self, table: Table, sheet: Sheet, words: Words, around: Surroundings, as_of: date | None):
        self.table, self.sheet, self.words, self.as_of = table, sheet, words, as_of
        self.columns = [column for column in table.columns if column.role not in LABELS | {"ordinal", "unit"}]
        self.meanings: dict[int, Meaning] = {}
        self.unread: dict[int, Head | None] = {}  # columns not understood -> the header at fault
        self.numbered_lines = around.numbered()
        self.around = around.before(table, _named_by_headers(table))
        self.numbers: list[Number] = []
        self.totals: list[Number] = []
        self.rates: list[Number] = []
        self.references: list[Number] = []
        self.bad: set[tuple[int, int]] = set()  # cells whose number was not read
        self.blanks: set[tuple[int, int]] = set()
        self.findings: list[Finding] = []
        self.seen: set[tuple[int, int]] = set()
        self._heads: dict[tuple[int, int] | None, Head | None] = {}
        self._under: dict[tuple, list[tuple[int, int]]] = {}  # a cause -> the cells it keeps from being taken

    def read(self) -> None:
        """Read every cell of the table."""
        cols = {column.col for column in self.table.columns}
        rows = range(self.table.top, self.table.bottom + 1)
        self.seen = {(row, col) for row, col in self.sheet.cells if row in rows and col in cols}
        self._read_columns()
        sections = Sections(self)
        for row in self.table.rows:
            own, speaking, at_fault = sections.enter(row)
            if at_fault is not None or self.has_numbers(row) or own is not None:
                self._read_row(row, own or EMPTY, speaking, at_fault)
        self._explain()

    def has_numbers(self, row: Row) -> bool:
        """Tell whether anything stands in the columns for numbers."""
        return any((row.row, column.col) in self.sheet.cells for column in self.columns if column.role != "note")

    # --- columns -------------------------------------------------------------------------------------------------

    def _read_columns(self) -> None:
        headed = any(column.heads for column in self.table.columns)
        before: Meaning | None = None
        before_fault: Head | None = None
        for column in self.columns:
            meaning = union(head.said for head in column.heads)
            fault = next((head for head in column.heads if at_fault(head.said)), None)
            fault = fault or (column.heads[0] if meaning.clash else None)
            if only_breakdown(meaning, before):
                fault = fault or before_fault
                meaning = inherit(meaning, before)
            elif column.role not in NOT_COUNTS:
                before, before_fault = meaning, fault
            if headed and not column.heads and column.role == "value":
                self.unread[column.col] = None
            elif fault is not None:
                self.unread[column.col] = fault
            self.meanings[column.col] = meaning

    # --- rows and cells ------------------------------------------------------------------------------------------

    def _read_row(self, row: Row, own: Meaning, speaking: Meaning, fault: Head | None) -> None:
        roles = {role for head in row.labels for role in head.said.roles}
        for column in self.columns:
            cell = self.sheet.cells.get((row.row, column.col))
            if column.role == "note" or "note" in roles:
                if cell is not None:
                    self._keep(("free_text", column.col), row, column)
            elif column.role in SILENT or roles & SILENT:
                if cell is not None and cell.state != TEXT:
                    self._keep(("column_not_taken",), row, column)
                    self._refer(row, column, cell, cross(self.meanings[column.col], own), speaking, roles)
            elif column.role == "person":
                continue
            elif cell is not None and cell.state == TEXT and fault is None and not self._expects_number(row, column):
                self._keep(("free_text", column.col), row, column)
            elif column.col in self.unread or fault is not None:
                if cell is not None:
                    self._unread(row, column, fault)
            else:
                self._cell(row, column, cell, own, speaking, roles)

    def _refer(self, row: Row, column: Column, cell: Cell, meaning: Meaning, speaking: Meaning, roles: set) -> None:
        """Keep last year's number in this year's return, to be compared with what was reported then."""
        if not (column.role == "reference" or "reference" in roles) or cell.state not in (COUNT, ZERO):
            return
        facets, clash, still_open = complete(meaning, speaking, self.around, self.as_of)
        if not clash and not still_open and not missing(facets) and "total" not in roles:
            facets["period"] = year_before(facets["period"])
            self.references.append(Number(row.row, column.col, cell.n, cell.raw, facets, {}))

    def _expects_number(self, row: Row, column: Column) -> bool:
        return column.col not in self.unread or bool(row.labels)

    def _unread(self, row: Row, column: Column, fault: Head | None) -> None:
        self.bad.add((row.row, column.col))
        head = self.unread.get(column.col, fault)
        self._keep(("header", head and (head.row, head.col)), row, column)
        self._heads[head and (head.row, head.col)] = head

    def _cell(self, row: Row, column: Column, cell: Cell | None, own: Meaning, speaking: Meaning, roles: set) -> None:
        if not row.labels and not self._speaks_alone(row):
            if cell is not None:
                self.bad.add((row.row, column.col))
                self._keep(("no_label",), row, column)
            return
        meaning = cross(self.meanings[column.col], own)
        facets, clash, still_open = complete(meaning, speaking, self.around, self.as_of)
        total = _total(column, roles)
        checked = bool(total) or column.role == "rate" or "rate" in roles
        if cell is None:
            if not checked and not clash and not still_open and not missing(facets) and not _impossible(facets):
                self.blanks.add((row.row, column.col))
            return
        if cell.state not in (COUNT, ZERO):
            if not ((checked and column.role == "rate") or "rate" in roles):
                self.bad.add((row.row, column.col))
        near = {**speaking.facets, **meaning.facets}
        if meaning.weak or speaking.weak:
            near.setdefault("measure", facets.get("measure"))
        whole = self._whole(row, column) if total else {}
        ratio = _ratio(column, row)
        number = Number(row.row, column.col, cell.n, cell.raw, facets, near, total, whole, ratio, cell.value)
        if column.role == "rate" or "rate" in roles:
            if cell.state in (ERROR, FORMULA):
                self._keep(("total_without_value",), row, column)
            else:
                self.rates.append(number)
        elif cell.state not in (COUNT, ZERO):
            self._not_a_count(row, column, cell, checked)
        elif clash:
            self.bad.add((row.row, column.col))
            self._keep(("clash", tuple(sorted(clash)), column.col if len(clash) == 1 else 0), row, column)
        elif still_open:
            self.bad.add((row.row, column.col))
            head = _open_head(column, row)
            self._keep(("ambiguous", head and (head.row, head.col)), row, column)
            self._heads[head and (head.row, head.col)] = head
        elif total:
            self.totals.append(number)
        elif gaps := missing(facets):
            self.bad.add((row.row, column.col))
            self._keep(("missing", gaps), row, column)
        else:
            self.numbers.append(number)
            if self.around.kind_unclear and "kind" not in facets:
                self._keep(("unclear_kind",), row, column)

    def _whole(self, row: Row, column: Column) -> dict:
        """Return what a total's own headers and labels say, without sections and names written in rows above."""
        labels = union(head.said for head in row.labels if head.col not in row.filled)
        own = cross(self.meanings[column.col], labels)
        return {**({"measure": next(iter(own.weak))} if len(own.weak) == 1 else {}), **own.facets}

    def _speaks_alone(self, row: Row) -> bool:
        """Tell whether a row may lack a label: the only row of a table without label columns."""
        return not any(column.role in LABELS for column in self.table.columns) and len(self.table.rows) == 1

    def _not_a_count(self, row: Row, column: Column, cell: Cell, checked: bool) -> None:
        if checked:
            self._keep(("total_without_value",), row, column)
            return
        code, message = messages.BAD_CELLS[cell.state]
        place = address(row.row, column.col)
        self.findings.append(Finding("error", code, message.format(cell=place, raw=cell.raw), cell=place))

    def _keep(self, cause: tuple, row: Row, column: Column) -> None:
        self._under.setdefault(cause, []).append((row.row, column.col))

    def note_section(self, head: Head) -> None:
        """Warn of a section row that was not understood and without which the numbers below it are complete."""
        place = address(head.row, head.col)
        self.findings.append(Finding("warning", "unknown_header", messages.unknown_label_read(place), cell=place))

    # --- findings ------------------------------------------------------------------------------------------------

    def _explain(self) -> None:
        """Turn every cause into one finding that names all the cells it kept from being taken."""
        for cause, cells in self._under.items():
            self.findings.append(self._finding(cause, cells))
        for run in _runs(self.blanks):
            self.findings.append(
                Finding("info", "blank_cell", messages.blank(messages.places(run)), cell=messages.places(run))
            )
        for column in self.table.columns:
            if column.role in LABELS and column.heads and column.heads[0].said.left:
                self.note_section(column.heads[0])

    def _finding(self, cause: tuple, cells: list[tuple[int, int]]) -> Finding:
        where = messages.places(cells)
        kind = cause[0]
        if kind == "header":
            return self._header_finding(self._heads[cause[1]], where)
        if kind == "clash":
            return Finding("error", "conflicting_headers", messages.clash(where, cause[1]), cell=where)
        if kind == "ambiguous" and cause[1] is not None:
            head = self._heads[cause[1]]
            place = address(head.row, head.col)
            return Finding(
                "error", "ambiguous_header", messages.ambiguous(place, where, head.said.options[0]), cell=place
            )
        if kind == "missing":
            return Finding("error", "missing_facet", messages.missing(where, cause[1]), cell=where)
        if kind == "unclear_kind":
            return Finding("warning", kind, messages.unclear_kind(where), cell=where)
        if kind in ("no_label", "ambiguous"):
            return Finding("error", "missing_facet", messages.missing(where, ("measure",)), cell=where)
        text = {
            "free_text": messages.free_text,
            "column_not_taken": messages.not_taken,
            "total_without_value": messages.total_without_value,
        }
        return Finding("info", kind, text[kind](where), cell=where)

    def _axis_clash(self, head: Head) -> frozenset[str]:
        return union(_axis_saids(self.table, head)).clash

    def _header_finding(self, head: Head | None, cells: str) -> Finding:
        if head is None:
            return Finding("error", "unknown_header", messages.no_header(cells), cell=cells)
        place = address(head.row, head.col)
        if head.said.unknown_school:
            message = messages.unknown_school(place, cells, self.words.nearest_school(head.text))
            return Finding("error", "unknown_school", message, cell=place)
        if not at_fault(head.said) or (head.said.clash and not head.said.left):
            clash = head.said.clash or self._axis_clash(head)
            return Finding("error", "conflicting_headers", messages.clash(cells, clash), cell=place)
        message = messages.unknown_header(place, self.words.known_part(head.text), cells, self.words.nearest(head.text))
        return Finding("error", "unknown_header", message, cell=place)


def _axis_saids(table: Table, head: Head) -> list[Said]:
    """Return what stands with a header over the same column, or with a label beside the same row."""
    for axis in [*(column.heads for column in table.columns), *(row.labels for row in table.rows)]:
        if any((other.row, other.col) == (head.row, head.col) for other in axis):
            if (clash := union(other.said for other in axis)).clash:
                return [other.said for other in axis]
    return [head.said]


def _named_by_headers(table: Table) -> dict[str, set]:
    """Return the values of measure, kind, breakdown and reason that the table's own headers and labels name."""
    named: dict[str, set] = {}
    heads = [head for column in table.columns for head in column.heads]
    for head in [*heads, *(head for row in table.rows for head in row.labels)]:
        for facet, value in head.said.facets.items():
            if facet in BOUND:
                named.setdefault(facet, set()).add(value)
    return named


def _total(column: Column, roles: set[str]) -> str:
    by_column = any("total" in head.said.roles for head in column.heads)
    return "both" if by_column and "total" in roles else "column" if by_column else "row" if "total" in roles else ""


def _ratio(column: Column, row: Row) -> tuple[Said, Said] | None:
    return next((head.said.ratio for head in (*column.heads, *row.labels) if head.said.ratio), None)


def _open_head(column: Column, row: Row) -> Head | None:
    return next((head for head in (*column.heads, *row.labels) if head.said.options), None)


def _impossible(facets: dict) -> bool:
    """Tell whether nobody can be counted here: admitted, or left, before the course."""
    cohort = facets.get("cohort")
    return bool(cohort) and facets["period"][:4] < cohort[:4]


def _runs(cells: set[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return blank cells in runs along their rows."""
    runs: list[list[tuple[int, int]]] = []
    for row, col in sorted(cells):
        if runs and runs[-1][-1] == (row, col - 1):
            runs[-1].append((row, col))
        else:
            runs.append([(row, col)])
    return runs
