"""One sheet: first the plan of where its numbers go, then the numbers themselves."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import asking, messages
from dangvien_analysis.returns.bad_cells import bad_cell
from dangvien_analysis.returns.causes import unknown_label
from dangvien_analysis.returns.facets import breakdown_text
from dangvien_analysis.returns.headings import heads_of
from dangvien_analysis.returns.narrowed import lines_that_narrow
from dangvien_analysis.returns.notes import comments_that_differ, notes_that_differ
from dangvien_analysis.returns.numbers import TableReader
from dangvien_analysis.returns.parts import Number
from dangvien_analysis.returns.people import people_cell
from dangvien_analysis.returns.plan import Facts, Place, Plan, Planned
from dangvien_analysis.returns.rates import Rate, check_rate, counts_compared, plan_rates
from dangvien_analysis.returns.surroundings import Stated, Surroundings, is_aside, stated_day, telling_line
from dangvien_analysis.returns.totals import Sum, check_sum, plan_totals
from dangvien_analysis.tables import Line, Table, read_sheet
from dangvien_analysis.tables.columns import LABELS
from dangvien_analysis.wording import Said, Words
from dangvien_analysis.wording.ordinals import split_ordinal
from dangvien_analysis.wording.remarks import is_note
from dangvien_analysis.workbook import COUNT, ERROR, FORMULA, TEXT, UNSEEN_ZERO, Sheet, address

NOTHING_SAID = Said()


def plan_sheet(sheet: Sheet, file_name: Said, words: Words, form: Said = NOTHING_SAID) -> Plan:
    """Return where the numbers of a sheet go; a list of people gives none, and a finding.

    `form`: what the properties of a form of ours say.
    """
    items = read_sheet(sheet, words)
    if (place := people_cell(sheet, items, words)) is not None:
        return Plan(findings=(Finding("error", "people_list", messages.people_list(), cell=place),), lasting=False)
    lines = [item for item in items if isinstance(item, Line)]
    first = next((item.top for item in items if isinstance(item, Table)), 0)
    telling = telling_line(lines, first)  # may stand below the tables
    told = telling.said if telling else NOTHING_SAID
    around = Surroundings(words.read_name(sheet.name), form, file_name, words.collection, told)
    day = stated_day(telling and telling.said, words.collection).day
    tables = list(_read_tables(items, sheet, words, around, day))
    taken = [(table.reader.table, table.numbers) for table in tables]
    notes = (
        *notes_that_differ(items, taken, sheet, words),
        *comments_that_differ(items, taken, sheet, words),
    )
    plan = _plan(sheet, tables, around, telling and (telling.row, telling.col), words)
    heads = frozenset(_heads(items)) if plan.numbers.places else frozenset()
    return plan._replace(findings=(*plan.findings, *notes), heads=heads)


def _heads(items: Iterable[Line | Table]) -> Iterator[Place]:
    """Yield where the headers and labels of tables stand, and the lines that say something of what is counted."""
    for item in items:
        if isinstance(item, Table):
            yield from ((head.row, head.col) for head in heads_of(item))
        elif item.said.facets and not is_note(item.text):
            yield item.row, item.col


def stated(plan: Plan, sheet: Sheet, words: Words, cover: date | None = None) -> Stated:
    """Return the day that a sheet of a plan speaks for; that of the cover goes before a mere date line."""
    said = words.read(split_ordinal(sheet.cells[plan.day].raw)[1], outside=True) if plan.day else None
    if cover and not (said and said.time.as_of):
        return Stated(cover, True)
    return stated_day(said, words.collection)


def compare(plan: Plan, sheet: Sheet) -> Iterator[Finding]:
    """Yield the findings about a sheet that depend on how large its numbers are.

    One for each total and rate that does not follow from them, and one for the numbers and texts that nobody sees.
    """
    yield from _unseen(plan.numbers.places, sheet)
    if sheet.unseen and (texts := plan.heads & sheet.unseen):
        where = messages.places(texts)
        yield Finding("warning", "unseen_text", asking.unseen_text(where), cell=where)
    for total in plan.sums:
        if (finding := check_sum(total, sheet.cells)) is not None:
            yield finding
    for rate in plan.rates:
        if (finding := check_rate(rate, sheet.cells)) is not None:
            yield finding


def _unseen(places: Iterable[Place], sheet: Sheet) -> Iterator[Finding]:
    """Yield a finding for the zeros that nobody sees, and one for the other numbers."""
    cells, looks = sheet.cells, sheet.unseen  # mostly there are none, and no number need be looked for among them
    unseen = [place for place in places if cells[place] == UNSEEN_ZERO or (looks and place in looks)]
    zeros = [place for place in unseen if cells[place].n == 0]
    if zeros:
        where = messages.places(zeros)
        yield Finding("warning", "unseen_zero", asking.unseen_zero(where), cell=where)
    if len(zeros) < len(unseen):
        where = messages.places(set(unseen).difference(zeros))
        yield Finding("warning", "unseen_number", asking.unseen_number(where), cell=where)


class _ReadTable(NamedTuple):
    """What a table gave."""

    reader: TableReader
    numbers: list[Number]
    sums: list[Sum]
    rates: list[Rate]


def _read_tables(
    items: list[Line | Table], sheet: Sheet, words: Words, around: Surroundings, day: date | None
) -> Iterator[_ReadTable]:
    for item in items:
        if isinstance(item, Line):
            if not is_note(item.text):
                around.pass_line(item)
            continue
        reader = TableReader(item, sheet, words, around, day)
        reader.read()
        reader.findings += _strange_lines_over(item, items, sheet)
        numbers, sums = plan_totals(reader)
        reader.findings += counts_compared(reader, numbers)
        if numbers:
            reader.findings += [*lines_that_narrow(item, items, words, numbers, reader.findings)]
        yield _ReadTable(reader, numbers, sums, list(plan_rates(reader, numbers)))


def _strange_lines_over(table: Table, items: list[Line | Table], sheet: Sheet) -> Iterator[Finding]:
    """Yield a finding for each text right above the columns of numbers of which nothing is known.

    It may be meant as their header, which would turn what they mean; so may one merged over them.
    """
    labels = min((column.col for column in table.columns if column.role in LABELS), default=None)
    above = [item for item in items if isinstance(item, Line) and item.row == table.top - 1]
    ends = {(top, left): right for top, left, _, right in sheet.merges}
    for line in above if labels is not None else ():
        over = ends.get((line.row, line.col), line.col) > labels
        if over and line.said.strange and not is_aside(line.text):
            yield unknown_label(line)


def _plan(sheet: Sheet, tables: list[_ReadTable], around: Surroundings, day: Place | None, words: Words) -> Plan:
    numbers = [number for table in tables for number in table.numbers]
    kinds = any("kind" in table.reader.around.bound for table in tables)  # no header names one
    conflicts = list(_titles_that_differ(around, words, kinds=kinds)) if numbers else []
    findings = [finding for table in tables for finding in table.reader.findings]
    findings += [
        *_unplaced(sheet, tables),
        *_above_headless(sheet, tables, words),
        *conflicts,
        *_hidden_cells(sheet, [number.place for number in numbers]),
    ]
    schools = {number.facets["school"] for number in numbers}
    kept = []
    for table in tables:
        once, repeats = _once(table.numbers)
        kept += once
        findings += repeats
    return Plan(
        numbers=_planned(kept),
        references=_planned(number for table in tables for number in table.reader.left_out.references),
        restated=_planned(number for table in tables for number in table.reader.left_out.restated),
        sums=tuple(total for table in tables for total in table.sums),
        rates=tuple(rate for table in tables for rate in table.rates),
        findings=tuple(findings),
        school=next(iter(schools)) if len(schools) == 1 else "",
        day=day,
        quoted=frozenset(place for table in tables for place in table.reader.causes.quoted),
        names_schools=bool(conflicts),
        body=frozenset(place for table in tables for place in table.reader.body()),
        unweighed=frozenset(place for table in tables for place in table.reader.left_out.unweighed),
    )


def _planned(numbers: Iterable[Number]) -> Planned:
    numbers = list(numbers)
    return Planned(
        tuple(number.place for number in numbers),
        tuple(address(*number.place) for number in numbers),
        tuple(number.facets["school"] for number in numbers),
        tuple(_facts(number.facets) for number in numbers),
    )


def _facts(facets: Mapping) -> Facts:
    return Facts(
        facets["period"],
        facets["group"],
        breakdown_text(facets.get("breakdown")),
        facets["measure"],
        facets.get("kind", "actual"),
        facets.get("cohort"),
        facets.get("reason"),
    )


def _once(numbers: list[Number]) -> tuple[list[Number], list[Finding]]:
    """Drop both numbers where one table gives a key twice: a distinction it makes was lost."""
    places: dict[tuple, list[Number]] = {}
    for number in numbers:
        places.setdefault((number.facets["school"], _facts(number.facets)), []).append(number)
    kept, findings = [], []
    for (school, _), same in places.items():
        if len(same) == 1:
            kept += same
            continue
        cells = [address(*number.place) for number in same]
        message = messages.duplicate(cells)
        findings.append(Finding("error", "duplicate_in_table", message, school, cell=", ".join(cells)))
    return kept, findings


def _unplaced(sheet: Sheet, tables: list[_ReadTable]) -> Iterator[Finding]:
    """Yield a finding for numbers that stand in no table, and for formulas without a result, perhaps of a title."""
    seen = {place for table in tables for place in table.reader.seen}
    others = sorted((place, cell.state) for place, cell in sheet.cells.items() if place not in seen)
    if loose := [place for place, state in others if state == COUNT]:
        yield Finding("error", "number_outside_table", messages.number_outside(loose), cell=messages.places(loose))
    if unread := [place for place, state in others if state in (ERROR, FORMULA)]:
        yield Finding("warning", "unread_text", messages.unread_text(unread), cell=messages.places(unread))


def _above_headless(sheet: Sheet, tables: list[_ReadTable], words: Words) -> Iterator[Finding]:
    """Yield a finding for what should be a count in the row right above a table without headers.

    "Kết nạp | 2#3" over "Cử đi học | 12" is no header: no number stands in it, so the table seemed to begin below.
    """
    for table in (read.reader.table for read in tables):
        if any(column.heads for column in table.columns):
            continue
        row = table.top - 1
        labels = {column.col for column in table.columns if column.role in LABELS}
        for column in table.columns:
            cell = sheet.cells.get((row, column.col))
            if column.role != "value" or cell is None or cell.state != TEXT or not any(map(str.isdigit, cell.raw)):
                continue
            if words.read(cell.raw).left and any((row, col) in sheet.cells for col in labels):
                yield bad_cell(cell.state, cell.raw, (row, column.col))


def _titles_that_differ(around: Surroundings, words: Words, *, kinds: bool) -> Iterator[Finding]:
    """Yield findings on what title, names and form contradict each other in; `kinds`: also on actuals and targets."""
    for facet in ("school", "period"):
        said = around.says(facet)
        if len({value for _, value in said}) > 1:
            yield Finding("warning", "title_conflict", messages.title_conflict(facet, said, words))
    for facet, said in around.contradictions():
        if facet != "kind" or kinds:
            yield Finding("warning", "title_conflict", messages.title_conflict(facet, said, words))


def _hidden_cells(sheet: Sheet, places: list[Place]) -> Iterator[Finding]:
    hidden = [(row, col) for row, col in places if row in sheet.hidden_rows or col in sheet.hidden_cols]
    if hidden:
        yield Finding("warning", "hidden_cells", messages.hidden_cells(hidden), cell=messages.places(hidden))
