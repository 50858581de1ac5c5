"""What is unclear about a number that was taken: what its headers leave to a title, which may not speak of it.

A doubt is a code of `causes.PLAIN`; the number stays, and the office is asked about it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from dangvien_analysis.returns.background import Background
from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.completing import parts_around
from dangvien_analysis.returns.facets import OF_COURSE, Meaning
from dangvien_analysis.returns.headcounts import OF_WHOM
from dangvien_analysis.returns.headings import heads_of
from dangvien_analysis.returns.offer import is_other_unit
from dangvien_analysis.returns.speakers import corner_heads, means_indicator
from dangvien_analysis.returns.timing import (
    is_of_rest,
    is_semester,
    is_unclear,
    may_be_of_year,
    may_be_school_year,
    may_lack_rest,
)
from dangvien_analysis.tables import Table
from dangvien_analysis.tables.body import Row
from dangvien_analysis.tables.grid import Head, is_indicator
from dangvien_analysis.wording import Words
from dangvien_analysis.wording.remarks import dates_course, names_pool
from dangvien_analysis.wording.said import EXCLUSIVE, PERHAPS_REASONS, Said, exclude, group_of
from dangvien_analysis.wording.units import counts_people, is_other, repeats_unit, told_behind, unit_at_odds
from dangvien_analysis.workbook import Sheet

# A section of these over "HS kết nạp" speaks of people of whom nobody was admitted yet, or everybody long ago.
OTHER_STAGES = {"proposed", "not_admitted", "confirmed", "dossier", "source"}
BY_THEMSELVES = {"headcount", "source"}  # what "Tổng số học sinh" and "Đoàn viên ưu tú" are, if nothing else is named
# Those of whom "chưa kết nạp" may be said as well as of those who took the course.
WHOLES_OF_WAITING = {"headcount", "source", "dossier", "proposed", "mentored"}
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
        """Return what the people they name are by themselves ("Tổng số học sinh") where a title makes them another.

        So may a section of the pool that stands over a column "Tổng số học sinh".
        """
        nearer = self.column.weak | self.row.weak
        said = nearer if nearer == {"headcount"} else nearer | self.sections.weak
        weak = said & BY_THEMSELVES
        named = any("measure" in meaning.facets for meaning in self)
        return next(iter(weak)) if len(weak) == 1 and not named and measure not in said else ""

    def names_part_alone(self) -> bool:
        """Tell whether they name a part of the people, and not what is counted."""
        return bool(self.parts() & COUNTED_APART) and not self.names_measure()

    def of_cell(self) -> bool:
        """Tell whether they name all members of the Party's cell."""
        return self.column.of_cell or self.row.of_cell

    def parts(self) -> frozenset[str]:
        """Return the parts of the people that they name."""
        return frozenset().union(*(meaning.facets.get("breakdown", ()) for meaning in self))


class Doubts:
    """Goes down the rows of one table; each number is looked at as it is read, parts once all are known."""

    def __init__(self, table: Table, sheet: Sheet, words: Words, around: Background, as_of: date | None) -> None:
        heads = corner_heads(table)
        self._sheet, self._words, self._around, self._as_of = sheet, words, around, as_of
        self._kind = around.kind_unclear or any(_may_be_kind(head, sheet) for head in heads)
        self._unit = around.unit_unclear or any(is_other_unit(head.said) for head in heads)
        self._reasons_alone = not _speaks_of_waiting(table, around)
        self._waiting_of_others = _may_wait_otherwise(table, around)
        self._unit_columns = [column.col for column in table.columns if column.role == "unit"]
        self._units: dict[int, str] = {}  # column of units -> the last one in it
        self._heads = {column.col: column.heads for column in table.columns}
        self._rates = _perhaps_rates(table)
        self._of_course = _of_those_trained(table)
        self._explains_waiting = _explains_waiting(table)
        self._rest_estimated = any(is_of_rest(head.said) for head in heads_of(table))
        self._years = {head.said.facets.get("period") for head in heads_of(table)}
        self._semesters = any(is_semester(head.said) for head in heads_of(table))
        self._group_before = dict(_groups_before(table))
        self._spread = _columns_under_spread_groups(table, sheet)
        self._members: list[Place] = []  # party members who may not be students only
        self._members_of_filled: list[Place] = []  # all members of the cell, below a group that was named once
        self._filled_group = False
        self._labels: tuple[Head, ...] = ()
        self._members_of_staff = False
        self._numbered_row = False
        self._row_heads: tuple[Head, ...] = ()
        self._kind_of_row = self._unit_of_row = self._count_of_row = self._measure_of_row = False
        self._groups_of_row: set[str | None] = set()
        self._parts: list[tuple[Place, tuple, frozenset]] = []  # of a part -> its whole, where a title says what
        self._certain: set[frozenset] = set()  # what the table counts, and not a title alone
        self._named: dict[tuple, set[frozenset]] = {}  # group and measure -> parts that the table names, or none

    def enter(self, row: Row, speaks_of_others: bool, *, measure_unclear: bool = False) -> None:
        """Pass to the next row; `speaks_of_others`: a section may make its numbers shares, sums and the like.

        `measure_unclear`: it may not say what the row counts.
        """
        self._measure_of_row = measure_unclear
        self._labels = row.labels
        self._numbered_row = row.rank is not None
        self._row_heads = (*row.labels, *row.under)
        own = [head for head in row.labels if head.col not in row.filled]
        self._filled_group = any("group" in head.said.facets for head in row.labels if head not in own)
        self._kind_of_row = any(head.said.facets.get("kind", "actual") != "actual" for head in row.under)
        self._hear_units(row)
        others = any(not counts_people(unit) for unit in self._units.values())
        self._unit_of_row = others or any(is_other(head.text) for head in row.labels)
        self._groups_of_row = {self._words.read(unit).facets.get("group") for unit in self._units.values()}
        self._count_of_row = speaks_of_others or any((head.row, head.col) in self._rates for head in row.labels)

    def _hear_units(self, row: Row) -> None:
        """Take the units that stand in a row; a blank or "nt" repeats the one above it."""
        for col in self._unit_columns:
            cell = self._sheet.cells.get((row.row, col))
            if cell is not None and not cell.raw.isdigit() and not repeats_unit(cell.raw):
                self._units[col] = cell.raw

    def pass_place(self, facets: Mapping, beside: Beside) -> None:
        """Note what a place for a number, also one without, is to count."""
        parts = self._named.setdefault((facets.get("group"), facets.get("measure")), set())
        parts.add(frozenset(facets.get("breakdown") or ()))
        if not beside.by_themselves(facets.get("measure", "")):
            self._certain.add(_of_any_school(facets))

    def counts_elsewhere(self, facets: Mapping) -> bool:
        """Tell whether the table has another place, of any school, for what a title makes of a number."""
        return _of_any_school(facets) in self._certain

    def about(self, place: Place, facets: Mapping, beside: Beside) -> Iterator[str]:
        """Yield the doubts about one number."""
        if facets["measure"] == "party_members":
            self._pass_members(place, facets["group"], beside)
        if (self._kind or self._kind_of_row) and "kind" not in facets:
            yield "unclear_kind"
        if self._leaves_out_parts(facets):
            yield "unclear_part"
        if not all(parts <= facets.get("breakdown", set()) for parts in parts_around(facets, self._around)):
            yield "title_conflict"
        by_title = self._around.measure_unclear and not beside.names_measure()
        by_title = by_title or (self._explains_waiting and beside.by_themselves("admitted") == "headcount")
        by_section = self._measure_of_row and not beside.column.names("measure")
        by_section = by_section or self._is_of_another_stage(place, facets, beside.sections)
        if self._waits_unclearly(facets, beside.sections) or by_title or by_section:
            yield "unclear_measure"
        elif beside.names_part_alone():
            whole = facets["breakdown"] - (beside.parts() & COUNTED_APART)
            self._parts.append((place, (facets["group"], facets["measure"]), whole))
        yield from self._about_time(place, facets, beside)
        if self._count_of_row or self._around.count_unclear or self._is_under_rate(place):
            yield "unclear_count"
        yield from self._about_group(place, facets, beside)

    def _is_of_another_stage(self, place: Place, facets: Mapping, sections: Meaning) -> bool:
        """Tell whether a section of an earlier or later stage, or a header of the pool, stands over those admitted."""
        if facets["measure"] != "admitted":
            return False
        heads = [*self._heads.get(place[1], ()), *self._row_heads]
        return sections.facets.get("measure") in OTHER_STAGES or any(map(_heads_pool, heads))

    def _waits_unclearly(self, facets: Mapping, sections: Meaning) -> bool:
        """Tell whether nothing says that those not admitted are of those who took the course, for a reason or not."""
        if facets["measure"] != "not_admitted" or (sections.names_any(OF_COURSE) and "reason" not in sections.facets):
            return False
        return self._reasons_alone if "reason" in facets else self._waiting_of_others

    def _about_time(self, place: Place, facets: Mapping, beside: Beside) -> Iterator[str]:
        if self.is_untimed(facets, beside):
            yield "unclear_period"
        elif may_be_of_year(facets, beside):
            yield "target_of_part"
        trained = not self._of_course.isdisjoint({(0, place[1]), (place[0], 0)})
        of_course = trained or (self._around.course_before and _may_be_of_course(facets))
        if "cohort" not in facets and (of_course or self._dates_course(place, facets)):
            yield "unclear_cohort"

    def _dates_course(self, place: Place, facets: Mapping) -> bool:
        """Tell whether the year in a header of those admitted is that of the course: "HS kết nạp từ lớp … năm 2022"."""
        heads = [*self._heads.get(place[1], ()), *self._row_heads]
        return facets["measure"] == "admitted" and any(dates_course(head.text) for head in heads)

    def _is_under_rate(self, place: Place) -> bool:
        return any((head.row, head.col) in self._rates for head in self._heads.get(place[1], ()))

    def _about_group(self, place: Place, facets: Mapping, beside: Beside) -> Iterator[str]:
        named = any(meaning.names("group") for meaning in beside)
        named = named or (facets["group"] == "all" and beside.of_cell())  # "Tổng số đảng viên" behind "Tổng số CBGVNV"
        heads = (*self._heads.get(place[1], ()), *self._labels)
        of_whom = facets["group"] != "all" and any(OF_WHOM in head.said.roles for head in heads)
        if not named and (of_whom or self._group_before.get(place[1], facets["group"]) not in (facets["group"], "all")):
            yield "unclear_group"
        else:
            yield from self._about_unit(place, facets)

    def _about_unit(self, place: Place, facets: Mapping) -> Iterator[str]:
        in_cell = unit_at_odds(told_behind(self._sheet.cells[place].raw), facets)
        if self._unit or self._unit_of_row or in_cell == "unclear_unit":
            yield "unclear_unit"
        elif in_cell or not {self._around.unit_group, *self._groups_of_row} <= {None, facets["group"]}:
            yield "unclear_group"

    def _pass_members(self, place: Place, group: str, beside: Beside) -> None:
        """Note party members who are students only by a text that may not speak of them: most are of the staff."""
        if self._filled_group and beside.row.of_cell:
            self._members_of_filled.append(place)
            return
        self._members_of_staff = self._members_of_staff or group == "staff"
        nearer = beside.row.names("measure") or beside.column.names("measure")  # than who they are
        if group != "student" or beside.row.names("group") or not nearer:
            return
        if beside.column.names("group"):
            certain = beside.column.names("measure") and place[1] not in self._spread
        elif beside.sections.names("group"):
            certain = self._numbered_row
        else:
            certain = not self._around.group_of_title
        self._members += [] if certain else [place]

    def members_of_all(self) -> list[Place]:
        """Return the party members who may be those of the whole unit: students, if the table names none of the staff.

        Also those behind a label that stands above: "CBGVNV | Kết nạp" over "(blank) | Tổng số đảng viên".
        """
        return self._members_of_filled + ([] if self._members_of_staff else self._members)

    def _leaves_out_parts(self, facets: Mapping) -> bool:
        """Tell whether a title may name parts of the people that nothing nearer names or excludes.

        So does one that names them beside another measure: "Kết nạp học sinh lớp 12" over those trained, too.
        """
        named = facets.get("breakdown", frozenset())
        others = [parts for measure, parts in self._around.parts if measure not in (None, facets["measure"])]
        others = [parts for parts in others if group_of(parts) in (None, facets["group"])]
        return any(not (parts <= named or exclude(named, parts)) for parts in (self._around.part_unclear, *others))

    def is_untimed(self, facets: Mapping, beside: Beside) -> bool:
        """Tell whether a number may be of another time than its period."""
        if not facets.get("period"):
            return False
        if self._rest_estimated and may_lack_rest(facets, beside):
            return True
        if self._semesters and may_be_school_year(facets, beside):
            return True
        period = facets["period"]
        if len(period) == len("2022-2023") and {period[:4], period[5:]} <= self._years:
            return True  # "2022 | 2023 | 2022-2023": a school year, or the two
        return is_unclear(facets, beside, self._around, self._as_of)

    def parts_alone(self) -> Iterator[Place]:
        """Yield the numbers of parts whose whole the table never names: "Số đoàn viên" below a title of admissions."""
        for place, key, whole in self._parts:
            named = self._named[key]
            everybody = any(line <= frozenset().union(*named) for line in EXCLUSIVE)
            if not (everybody or frozenset() in named or whole in named):
                yield place


def _explains_waiting(table: Table) -> bool:
    """Tell whether a column of words tells why people were not admitted: then a bare number may be of these."""
    notes = (column.heads for column in table.columns if column.role == "note")
    return any(head.said.facets.get("measure") == "not_admitted" for heads in notes for head in heads)


def _groups_before(table: Table) -> Iterator[tuple[int, str]]:
    """Yield for each column the group that the nearest column before it names: "GV cử đi học | Hoàn thành lớp"."""
    before = None
    for column in table.columns:
        if before is not None:
            yield column.col, before
        named = [head.said.facets["group"] for head in column.heads if "group" in head.said.facets]
        before = named[0] if named else before


def _of_those_trained(table: Table) -> set[Place]:
    """Return the columns, as (0, column), and rows, as (row, 0), of whom of those trained were admitted.

    "Đã học | Trong đó: đã kết nạp": in the period, or whenever of those who took the course in it.
    """
    columns = [((0, column.col), column.heads) for column in table.columns if column.heads and column.role == "value"]
    rows = [((row.row, 0), row.labels) for row in table.rows if row.labels]
    return {*_behind_course(columns), *_behind_course(rows)}


def _behind_course(lines: Iterable[tuple[Place, Sequence[Head]]]) -> Iterator[Place]:
    trained = False
    for place, heads in lines:
        measures = {head.said.facets.get("measure", head.said.weak) for head in heads} - {None}
        if not any("of_which" in head.said.roles for head in heads):
            trained = bool(measures & {"trained", "nominated"})
        elif trained and "admitted" in measures:
            yield place


def _heads_pool(head: Head) -> bool:
    """Tell whether a header or label names the pool alone: "Nguồn", not "đoàn viên ưu tú"."""
    return head.said.weak == "source" and names_pool(head.text)


def _perhaps_rates(table: Table) -> set[Place]:
    """Return where headers and labels of a table stand that may be rates: "Đảng viên/Giáo viên".

    Two for different people, "Kết nạp/Học sinh" beside "Kết nạp/CBGVNV", are headers of two lines written in one.
    """
    heads = list(heads_of(table))
    perhaps = [head for head in heads if "perhaps_rate" in head.said.roles]
    written_in_one = len({head.said.facets.get("group") for head in perhaps}) > 1
    found = [head for head in heads if "rate_of_group" in head.said.roles] + ([] if written_in_one else perhaps)
    return {(head.row, head.col) for head in found}


def _speaks_of_waiting(table: Table, around: Background) -> bool:
    """Tell whether a table, or a text around it, names those not admitted, or reasons that can be nothing else.

    "Học sinh chưa đủ 18 tuổi", "giáo viên nghỉ hưu" alone may be counted of all, "đang thẩm tra lý lịch" as a stage.
    """
    said = [head.said for head in heads_of(table)]
    if around.of_course or any(not one.roles & PERHAPS_REASONS and _names_waiting(one) for one in said):
        return True
    if all(any(role in one.roles for one in said) for role in PERHAPS_REASONS):
        return True  # "Chưa đủ tuổi | Hồ sơ chưa xong"
    # "Đã học | Đã kết nạp | Chưa đủ tuổi | Đã tốt nghiệp"
    reasons = {one.facets["reason"] for one in said if "reason" in one.facets}
    return len(reasons) > 1 and any(one.facets.get("measure") == "trained" for one in said)


def _may_wait_otherwise(table: Table, around: Background) -> bool:
    """Tell whether "chưa kết nạp" may be said of others than those who took the course, whom nothing names.

    Beside "Đề nghị kết nạp" it may be said of those proposed, beside "Sĩ số" of the whole school.
    """
    said = [head.said for head in heads_of(table)]
    measures = {one.facets.get("measure", one.weak) for one in said}
    reasons = any("reason" in one.facets and "stage" not in one.roles for one in said)
    course = any("of_course" in one.roles for one in said) or measures & (OF_COURSE - {"not_admitted"})
    return bool(measures & WHOLES_OF_WAITING) and not (reasons or course or around.of_course)


def _names_waiting(said: Said) -> bool:
    """Tell whether a text names those not admitted, or may: "còn lại"."""
    readings = [said.facets, *(reading for options in said.options for reading in options)]
    return any(reading.get("measure") == "not_admitted" for reading in readings)


def _columns_under_spread_groups(table: Table, sheet: Sheet) -> set[int]:
    """Return the columns of which a header further left, not merged over them, names the group."""
    ends = {(top, left): right for top, left, _, right in sheet.merges}
    return {
        column.col
        for column in table.columns
        for head in column.heads
        if "group" in head.said.facets and ends.get((head.row, head.col), head.col) < column.col
    }


def _may_be_of_course(facets: Mapping) -> bool:
    """Tell whether a number may be told of the people of one course."""
    return facets.get("kind", "actual") == "actual" and facets["measure"] in {"admitted", *OF_COURSE}


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
