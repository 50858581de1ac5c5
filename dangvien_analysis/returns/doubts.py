"""What is unclear about a number that was taken: what its headers leave to a title, which may not speak of it.

A doubt is a code of `causes.PLAIN`; the number stays, and the office is asked about it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.facets import Background, Meaning
from dangvien_analysis.returns.speakers import corner_heads, means_indicator
from dangvien_analysis.returns.surroundings import is_other_unit
from dangvien_analysis.returns.timing import is_unclear, may_be_of_year
from dangvien_analysis.tables import Table
from dangvien_analysis.tables.body import Row
from dangvien_analysis.tables.grid import Head, is_indicator
from dangvien_analysis.wording import Words
from dangvien_analysis.wording.said import EXCLUSIVE
from dangvien_analysis.wording.units import counts_people, is_other, repeats_unit
from dangvien_analysis.workbook import Sheet

BY_THEMSELVES = {"headcount", "source"}  # what "Tổng số học sinh" and "Đoàn viên ưu tú" are, if nothing else is named
# Parts of the people of whom a school counts all, too. It does so of teachers and of grades, but there the number of
# those admitted is often given without a sum.
COUNTED_APART = {"female", "male", "ethnic_minority", "religious", "union_member", "age_18", "probationary", "official"}


class Beside(NamedTuple):
    """What is said nearest to a number: by its column's headers, its row's labels and the sections above it."""

    column: Meaning
    row: Meaning
    sections: Meaning

    def names_measure(self) -> bool:
        """Tell whether they say what is counted."""
        return any(meaning.weak or "measure" in meaning.facets for meaning in self)

    def by_themselves(self, measure: str) -> str:
        """Return what the people they name are by themselves ("Tổng số học sinh") where a title makes them another."""
        weak = {weak for meaning in self for weak in meaning.weak} & BY_THEMSELVES
        named = any("measure" in meaning.facets for meaning in self)
        return next(iter(weak)) if len(weak) == 1 and not named and measure not in weak else ""

    def names_part_alone(self) -> bool:
        """Tell whether they name a part of the people, and not what is counted."""
        parts = frozenset().union(*(meaning.facets.get("breakdown", ()) for meaning in self))
        return bool(parts & COUNTED_APART) and not self.names_measure()


class Doubts:
    """Goes down the rows of one table; each number is looked at as it is read, parts once all are known."""

    def __init__(self, table: Table, sheet: Sheet, words: Words, around: Background, as_of: date | None) -> None:
        heads = corner_heads(table)
        self._sheet, self._words, self._around, self._as_of = sheet, words, around, as_of
        self._kind = around.kind_unclear or any(_may_be_kind(head, sheet) for head in heads)
        self._unit = around.unit_unclear or any(is_other_unit(head.said) for head in heads)
        self._unit_columns = [column.col for column in table.columns if column.role == "unit"]
        self._units: dict[int, str] = {}  # column of units -> the last one in it
        self._kind_of_row = self._unit_of_row = self._count_of_row = False
        self._groups_of_row: set[str | None] = set()
        self._parts: list[tuple[Place, tuple]] = []  # numbers of a part of which a title says what they count
        self._certain: set[frozenset] = set()  # what the table counts, and not a title alone
        self._named: dict[tuple, set[str]] = {}  # group and measure -> parts that the table names, "" for the whole

    def enter(self, row: Row, speaks_of_others: bool) -> None:
        """Pass to the next row; `speaks_of_others`: a section may make its numbers shares, sums and the like."""
        self._kind_of_row = any(head.said.facets.get("kind", "actual") != "actual" for head in row.under)
        self._hear_units(row)
        others = any(not counts_people(unit) for unit in self._units.values())
        self._unit_of_row = others or any(is_other(head.text) for head in row.labels)
        self._groups_of_row = {self._words.read(unit).facets.get("group") for unit in self._units.values()}
        self._count_of_row = speaks_of_others

    def _hear_units(self, row: Row) -> None:
        """Take the units that stand in a row; a blank or "nt" repeats the one above it."""
        for col in self._unit_columns:
            cell = self._sheet.cells.get((row.row, col))
            if cell is not None and not cell.raw.isdigit() and not repeats_unit(cell.raw):
                self._units[col] = cell.raw

    def pass_place(self, facets: Mapping, beside: Beside) -> None:
        """Note what a place for a number, also one without, is to count."""
        parts = self._named.setdefault((facets.get("group"), facets.get("measure")), set())
        parts.update(facets.get("breakdown") or {""})
        if not beside.by_themselves(facets.get("measure", "")):
            self._certain.add(_of_any_school(facets))

    def counts_elsewhere(self, facets: Mapping) -> bool:
        """Tell whether the table has another place, of any school, for what a title makes of a number."""
        return _of_any_school(facets) in self._certain

    def about(self, place: Place, facets: Mapping, beside: Beside) -> Iterator[str]:
        """Yield the doubts about one number."""
        if (self._kind or self._kind_of_row) and "kind" not in facets:
            yield "unclear_kind"
        if self._around.part_unclear and "breakdown" not in facets:
            yield "unclear_part"
        if self._around.measure_unclear and not beside.names_measure():
            yield "unclear_measure"
        elif beside.names_part_alone():
            self._parts.append((place, (facets["group"], facets["measure"])))
        if self.is_untimed(facets, beside):
            yield "unclear_period"
        elif may_be_of_year(facets, beside):
            yield "target_of_part"
        if self._count_of_row or self._around.count_unclear:
            yield "unclear_count"
        if self._unit or self._unit_of_row:
            yield "unclear_unit"
        elif not {self._around.unit_group, *self._groups_of_row} <= {None, facets["group"]}:
            yield "unclear_group"

    def is_untimed(self, facets: Mapping, beside: Beside) -> bool:
        """Tell whether a number may be of another time than its period."""
        return bool(facets.get("period")) and is_unclear(facets, beside, self._around, self._as_of)

    def parts_alone(self) -> Iterator[Place]:
        """Yield the numbers of parts whose whole the table never names: "Số đoàn viên" below a title of admissions."""
        for place, key in self._parts:
            named = self._named[key]
            if "" not in named and not any(line <= named for line in EXCLUSIVE):
                yield place


def _of_any_school(facets: Mapping) -> frozenset:
    return frozenset((facet, value) for facet, value in facets.items() if facet != "school")


def _may_be_kind(head: Head, sheet: Sheet) -> bool:
    """Tell whether a header of labels may mean targets or "indicators": "Chỉ tiêu năm 2023", or alone in a row.

    "Chỉ tiêu" over a blank corner, with the headers beside that, may head the labels or the whole table.
    """
    if not means_indicator(head) or not is_indicator(head.text):
        return means_indicator(head)
    down = any(merge[:2] == (head.row, head.col) for merge in sheet.merges)
    others = any(row == head.row and col != head.col for row, col in sheet.cells)
    return not (down or others)
