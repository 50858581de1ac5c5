"""The numbers of one table: each gets the facets that its headers, labels and surroundings give it, or a finding."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns.bad_cells import bad_cell
from dangvien_analysis.returns.causes import Causes, Place, unknown_label
from dangvien_analysis.returns.completing import complete, decided, parts_around
from dangvien_analysis.returns.doubts import Beside, Doubts
from dangvien_analysis.returns.facets import EMPTY, Meaning, as_reason, at_fault, cross, missing, union
from dangvien_analysis.returns.headcounts import with_headcounts
from dangvien_analysis.returns.headings import named_by_headers, names_only_reasons
from dangvien_analysis.returns.left_out import COUNTS, FREE_TEXT, SILENT, LeftOut
from dangvien_analysis.returns.offer import is_other_unit
from dangvien_analysis.returns.parts import Number, has_some_beside, pieces_of
from dangvien_analysis.returns.spans import Spans
from dangvien_analysis.returns.speakers import Sections, only_of_which, rows_under
from dangvien_analysis.returns.surroundings import Surroundings
from dangvien_analysis.returns.wholes import Part, Whole, Wholes
from dangvien_analysis.tables import Table
from dangvien_analysis.tables.body import Row
from dangvien_analysis.tables.columns import LABELS, NOT_COUNTS, Column
from dangvien_analysis.tables.grid import UNREADABLE, Head
from dangvien_analysis.wording import Words
from dangvien_analysis.wording.remarks import like_a_count
from dangvien_analysis.wording.said import WHOLE
from dangvien_analysis.workbook import TEXT, Cell, Sheet


class _Line(NamedTuple):
    """One row of the body as far as it is the same for all its cells."""

    row: Row
    own: Meaning
    speaking: Meaning
    fault: Head | None
    roles: frozenset[str]


class _Open(NamedTuple):
    """A number that lacks a facet, and what is said beside it."""

    row: Row
    number: Number
    meaning: Meaning
    beside: Beside


class TableReader:
    """Reads one table; after `read` it holds the table's numbers, totals, rates and findings."""

    def __init__(self, table: Table, sheet: Sheet, words: Words, around: Surroundings, as_of: date | None) -> None:
        self.sheet, self.words, self.as_of = sheet, words, as_of
        self.numbered_lines = around.numbered()
        self.around = around.before(table.top, named_by_headers(table))
        spoken = any(said.facets.get("measure") or said.weak for _, said in self.numbered_lines)
        self.causes = Causes(words)
        title = self.around.facets.get("measure")
        self.table = table = with_headcounts(table, title, partial(self._outnumbers, table), spoken=spoken)
        self.columns = [column for column in table.columns if column.role not in LABELS | {"ordinal"}]
        self.meanings: dict[int, Meaning] = {}
        self.unread: dict[int, Head | None] = {}  # columns not understood -> the header at fault
        self.only_reasons = names_only_reasons(table)
        self.spans = Spans(table, sheet)
        self.doubts = Doubts(table, sheet, words, self.around, as_of)
        self.left_out = LeftOut(self)
        self.numbers: list[Number] = []
        self.totals: list[Number] = []
        self.rates: list[Number] = []
        self.sums: list[tuple[Place, list[Place]]] = []  # numbers that lack a facet, and those below that name it
        self.divided: list[Number] = []  # numbers that lack a facet, of which a rate may tell nevertheless
        self._open: list[_Open] = []  # numbers that lack a facet
        self.of_all: set[Place] = set()  # columns (0, column) and rows (row, 0) of which the next are groups
        self._perhaps: list[tuple[Number, dict]] = []  # numbers of which a title says what they count -> of themselves
        self._unread_totals: list[tuple[Number, Cell]] = []
        self.bad: set[Place] = set()  # cells whose number was not read
        self.refused: dict[Place, Number] = {}  # those of which only the number itself is not known
        self.findings: list[Finding] = []
        self.seen: set[Place] = set()
        self.untimed: set[Place] = set()  # totals that may be of another time than their period

    def read(self) -> None:
        """Read every cell of the table."""
        cols = {column.col for column in self.table.columns}
        rows = range(self.table.top, self.table.bottom + 1)
        self.seen = {(row, col) for row, col in self.sheet.cells if row in rows and col in cols}
        self._read_columns()
        sections = Sections(self)
        for row in self.table.rows:
            own, speaking, fault = sections.enter(row)
            self.doubts.enter(row, sections.may_speak_of_others(), measure_unclear=sections.measure_unclear)
            if own is not None or fault is not None:
                roles = frozenset(role for head in row.labels for role in head.said.roles) | sections.roles()
                self._read_row(_Line(row, own or EMPTY, speaking, fault, roles))
        self._settle_open()
        self._settle_unread_totals()
        self._settle_perhaps()
        for place in self.doubts.parts_alone():
            self.causes.plain("unclear_measure", place)
        for place in self.doubts.members_of_all():
            self.causes.plain("unclear_members", place)
        self.findings += self.causes.explain()
        for column in self.table.columns:
            head = column.heads[0] if column.role in LABELS and column.heads else None
            if head is not None and head.said.left and not is_other_unit(head.said):
                self.findings.append(unknown_label(head))

    def _outnumbers(self, table: Table, one: int, other: int, /, *, down: bool) -> bool:
        """Tell whether a column, or a row, holds more than another wherever both hold a count."""
        columns = [column.col for column in table.columns if column.role == "value"]
        lines = columns if down else [row.row for row in table.rows]
        pairs = [((one, at), (other, at)) if down else ((at, one), (at, other)) for at in lines]
        pairs = [pair for pair in pairs if all(self._is_count(place) for place in pair)]
        self.causes.quoted.update(place for pair in pairs for place in pair)
        return bool(pairs) and all(self.sheet.cells[a].n > self.sheet.cells[b].n for a, b in pairs)

    def _is_count(self, place: Place) -> bool:
        return place in self.sheet.cells and self.sheet.cells[place].state in COUNTS

    def body(self) -> Iterator[Place]:
        """Yield the places in which a number may be any: beside the labels, under the headers."""
        for row in self.table.rows:
            for column in self.columns:
                yield row.row, column.col

    def has_numbers(self, row: Row) -> bool:
        """Tell whether anything stands in the columns for numbers."""
        return any(
            (row.row, column.col) in self.sheet.cells for column in self.columns if column.role not in {"note", "unit"}
        )

    def _read_columns(self) -> None:
        headed = any(column.heads for column in self.table.columns)
        wholes, last = Wholes(), 0
        for position, column in enumerate(self.columns):
            said = wholes.with_case(union(head.said for head in column.heads))
            fault = next((head for head in column.heads if at_fault(head.said)), None)
            fault = fault or (column.heads[0] if said.clash else None)
            part = Part(
                said,
                any("of_which" in head.said.roles for head in column.heads),
                heads=frozenset((head.row, head.col) for head in column.heads if not only_of_which(head)),
                following=partial(_meanings, self.columns[position + 1 :]),
                everybody=any("everybody" in head.said.roles for head in column.heads),
            )
            read = wholes.read(part, fault, counts=column.role not in NOT_COUNTS | {"unit"})
            meaning, fault = read.meaning, read.fault
            if read.stands:
                wholes.add(Whole(meaning, meaning, fault, heads=part.heads, alone=read.alone))
                last = column.col
            if read.of_group:  # "Chỉ tiêu | Kết quả | Trong đó: Học sinh": the target is of all, too
                self.of_all |= {(0, last), *((0, col) for _, col in wholes.planned())}
            if fault is not None or (headed and not column.heads and column.role == "value"):
                self.unread[column.col] = fault
            self.meanings[column.col] = meaning

    def _read_row(self, line: _Line) -> None:
        for column in self.columns:
            cell = self.sheet.cells.get((line.row.row, column.col))
            place = line.row.row, column.col
            if column.role in FREE_TEXT or line.roles & FREE_TEXT:
                if cell is not None:
                    self.left_out.leave_text(line.row, column, cell)
            elif column.role in SILENT or line.roles & SILENT or self._is_rate_of_two(column):
                self.left_out.leave(line.row, column, cell, line.roles, line.own, line.speaking)
            elif column.col in self.unread or line.fault is not None:
                self._unread(line, column, cell)
            elif cell is not None and cell.state in COUNTS and self.spans.is_of_several(place):
                self._untaken(place)
                self.causes.plain("merged_number", place)
            elif line.row.labels or self._speaks_alone():
                self._cell(line, column, cell)
            elif cell is not None:
                self._untaken(place)
                self.causes.missing(("measure",), place)

    def _is_rate_of_two(self, column: Column) -> bool:
        """Tell whether a column compares two periods or kinds, so that it is a rate of neither: "So sánh 2023/2022"."""
        return column.role == "rate" and bool(self.meanings[column.col].clash)

    def _unread(self, line: _Line, column: Column, cell: Cell | None) -> None:
        """Note a cell under a header, or beside a label, that was not understood."""
        if cell is None:
            return
        place = line.row.row, column.col
        wordy = column.col in self.unread and line.fault is None and self._holds_words_only(column)
        if cell.state == TEXT and (wordy or (line.fault is None and not line.row.labels)):
            self.causes.plain("free_text", place, column.col)
            return
        self._untaken(place)
        by_column = column.col in self.unread
        clash = self.meanings[column.col].clash if by_column else line.own.clash
        self.causes.header(self.unread[column.col] if by_column else line.fault, place, clash)

    def _holds_words_only(self, column: Column) -> bool:
        """Tell whether a column holds texts and nothing that may be meant as a count: "Đạt", "12-QĐ/HU"."""
        cells = [self.sheet.cells.get((row.row, column.col)) for row in self.table.rows]
        return all(cell is None or (cell.state == TEXT and not like_a_count(cell.raw)) for cell in cells)

    def _cell(self, line: _Line, column: Column, cell: Cell | None) -> None:
        """Read a cell whose column and row were understood."""
        place = line.row.row, column.col
        meaning = cross(self.meanings[column.col], line.own)
        facets, clash, still_open = complete(meaning, line.speaking, self.around, self.as_of)
        if self.only_reasons and "reason" not in facets:
            as_reason(facets)
        beside = Beside(self.meanings[column.col], line.own, line.speaking)
        self.doubts.pass_place(facets, beside)
        total = _total(column, line.roles)
        is_rate = column.role == "rate" or "rate" in line.roles
        if cell is None:
            wanted = not (total or is_rate or clash or still_open or missing(facets))
            if wanted and not _impossible(facets) and place not in self.spans.covered:
                self.causes.blanks.add(place)
        elif is_rate:
            self._take_rate(self._compared(line, column, meaning, facets, total), cell)
        elif cell.state not in COUNTS:
            self._not_a_count(self._compared(line, column, meaning, facets, total), cell)
        elif clash or still_open or meaning.unclear:
            self._refuse(line, column, facets, clash, still_open)
        elif total:
            self.totals.append(self._compared(line, column, meaning, facets, total))
            self.untimed |= {place} if self.doubts.is_untimed(facets, beside) else set()
        elif missing(facets):
            number = self._compared(line, column, meaning, facets, total)
            self._open.append(_Open(line.row, number, meaning, beside))
        else:
            self._take(place, facets, meaning, beside)

    def _refuse(self, line: _Line, column: Column, facets: dict, clash: set[str], still_open: tuple) -> None:
        """Note a number of which two things are said, or none for certain."""
        place = line.row.row, column.col
        self._untaken(place)
        if clash:
            self.causes.clash(clash, place, column.col if len(clash) == 1 else 0)
        elif still_open:
            heads = (*column.heads, *line.row.labels)
            self.causes.ambiguous(next((h for h in heads if still_open in h.said.options), None), place, still_open)
        else:
            self.causes.missing(missing(facets), place)
            if missing(facets) == ("breakdown",):  # it is not known of which part it is a part
                self.refused[place] = Number(place, {**facets, "breakdown": frozenset({""})})

    def _compared(self, line: _Line, column: Column, meaning: Meaning, facets: dict, total: str) -> Number:
        """Return a total or a rate with what tells which numbers it is to be compared with."""
        near = {**decided(meaning.options or line.speaking.options, facets), **line.speaking.facets, **meaning.facets}
        near = {facet: value for facet, value in near.items() if value != WHOLE}
        if meaning.weak or line.speaking.weak:
            near.setdefault("measure", facets.get("measure"))
        if around := frozenset().union(*parts_around(facets, self.around)).intersection(facets.get("breakdown", ())):
            near["breakdown"] = near.get("breakdown", frozenset()) | around  # so have all numbers under the title
        whole = self._whole(line.row, column, facets) if total else None
        ratio = next((h.said.ratio for h in (*column.heads, *line.row.labels) if h.said.ratio), None)
        return Number((line.row.row, column.col), facets, near, total, whole, ratio)

    def _take_rate(self, rate: Number, cell: Cell) -> None:
        if cell.state in UNREADABLE:
            self.causes.plain("total_without_value", rate.place)
        else:
            self.left_out.unweighed.add(rate.place)
            self.rates.append(rate)

    def _not_a_count(self, number: Number, cell: Cell) -> None:
        self._untaken(number.place)
        self.refused[number.place] = number
        if number.total:
            self._unread_totals.append((number, cell))
        else:
            self._say_bad(number.place, cell)

    def _say_bad(self, place: Place, cell: Cell) -> None:
        self.causes.quoted.add(place)
        self.findings.append(bad_cell(cell.state, cell.raw, place))

    def _take(self, place: Place, facets: dict, meaning: Meaning, beside: Beside) -> None:
        """Take a number of which nothing is missing, and ask what its surroundings leave unclear."""
        self.numbers.append(Number(place, facets))
        for doubt in self.doubts.about(place, facets, beside):
            self.causes.plain(doubt, place)
        if measure := beside.by_themselves(facets["measure"]):
            own = meaning._replace(facets={**meaning.facets, "measure": measure})
            self._perhaps.append((self.numbers[-1], complete(own, beside.sections, self.around, self.as_of)[0]))

    def _settle_open(self) -> None:
        """Take numbers that lack a facet as sums of those in the rows under theirs, if these name it.

        Of different things that are counted there is no sum. "Kết nạp | Trong đó: Học sinh | CBGVNV" counts all.
        """
        self.divided += [one.number for one in self._open]
        for row, number, meaning, beside in reversed(self._open):  # what is missing below is known first
            gaps = missing(number.facets)
            if gaps == ("group",) and not self.of_all.isdisjoint({(number.place[0], 0), (0, number.place[1])}):
                all_ = {"group": "all"}
                said = beside._replace(row=beside.row._replace(facets={**beside.row.facets, **all_}))
                self._take(number.place, {**number.facets, **all_}, meaning, said)
                continue
            below = {(other.row, number.place[1]) for other in rows_under(row, self.table.rows)}
            under = [other for other in self.numbers if other.place in below]
            parts = pieces_of(number, under, number.near) if "measure" not in gaps else []
            if parts:
                self.sums.append((number.place, [] if below & self.bad else parts))
            else:
                self._untaken(number.place)
                self.causes.missing(gaps, number.place)

    def _settle_perhaps(self) -> None:
        """Ask about numbers of people whom a title alone makes admitted, or the like.

        Where another number is just that, "Tổng số học sinh" beside "Kết nạp", they are what they are by themselves.
        """
        for number, own in self._perhaps:
            if self.doubts.counts_elsewhere(number.facets) and not missing(own):
                self.numbers[self.numbers.index(number)] = number._replace(facets=own)
            else:
                self.causes.plain("unclear_measure", number.place)

    def _settle_unread_totals(self) -> None:
        """Tell of totals without a number: one over its parts is only not checked, one alone is the number itself."""
        for total, cell in self._unread_totals:
            if has_some_beside(total, self.numbers):
                self._say_bad(total.place, cell)
            else:
                self.causes.plain("total_without_value", total.place)

    def _untaken(self, place: Place) -> None:
        self.bad.add(place)

    def _whole(self, row: Row, column: Column, facets: dict) -> dict:
        """Return what a total's own headers and labels say, without sections and names written in rows above."""
        labels = union(head.said for head in row.labels if head.col not in row.filled)
        own = cross(self.meanings[column.col], labels)
        weak = {"measure": next(iter(own.weak))} if len(own.weak) == 1 else {}
        return {**weak, **decided(own.options, facets), **own.facets}

    def _speaks_alone(self) -> bool:
        """Tell whether rows may lack a label: the only row of a table without label columns."""
        return len(self.table.rows) == 1 and not any(column.role in LABELS for column in self.table.columns)


def _meanings(columns: list[Column]) -> Iterator[Meaning]:
    return (union(head.said for head in column.heads) for column in columns)


def _total(column: Column, roles: frozenset[str]) -> str:
    by_column = any("total" in head.said.roles for head in column.heads)
    if "total" in roles:
        return "both" if by_column else "row"
    return "column" if by_column else ""


def _impossible(facets: dict) -> bool:
    """Tell whether nobody can be counted here: admitted, or left, before the course."""
    cohort = facets.get("cohort")
    return bool(cohort) and facets["period"][:4] < cohort[:4]
