"""Notes that say something else of numbers than their headers do: "(*) Số dự kiến".

They stand below or beside a table, above the first one, in a column of notes, in comments on cells, or are printed
over and under the pages.
"""

from collections.abc import Iterable, Iterator, Sequence

from dangvien_analysis.frames import Finding
from dangvien_analysis.periods import overlap, parse
from dangvien_analysis.returns import asking, messages
from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.parts import Number
from dangvien_analysis.tables import Line, Table
from dangvien_analysis.wording import Said, Words
from dangvien_analysis.wording.narrowing import DRAFT, OTHER, PLAN, narrowed
from dangvien_analysis.wording.ordinals import split_ordinal
from dangvien_analysis.wording.remarks import (
    adds_some,
    counted_in,
    counts_otherwise,
    counts_some,
    is_note,
    is_note_at_end,
    leaves_out,
    opens_otherwise,
    readings_of_comment,
    speaks_of_numbers,
)
from dangvien_analysis.wording.units import counts_people
from dangvien_analysis.workbook import COUNT, TEXT, Cell, Sheet, address


def notes_that_differ(
    items: Sequence[Line | Table], tables: Iterable[tuple[Table, list[Number]]], sheet: Sheet, words: Words
) -> Iterator[Finding]:
    """Yield a finding for each note that speaks of a target, another unit, period or group than the numbers by it.

    `tables`: those of `items`, each with its numbers.
    """
    numbers = {table.top: found for table, found in tables}
    above = next(iter(numbers.values()), [])  # a note above the first table speaks of that
    last = max((item.top for item in items if isinstance(item, Table)), default=0)
    for item in items:
        if isinstance(item, Table):
            above = numbers[item.top]
            yield from _beside(item, above, sheet, words)
        elif above:
            yield from _below(item, above, words, is_last=item.row > last)


def _below(line: Line, numbers: list[Number], words: Words, *, is_last: bool) -> Iterator[Finding]:
    """Yield a finding for a line below a table that says something else of its numbers, or counts people itself."""
    place = line.row, line.col
    counts = counts_some(line.text) and (is_last or is_note(line.text))
    differs = _speaks_of_above(line, is_last) and _below_differs(line.text, line.said, numbers)
    if differs or (counts and _counts_others(line.text, line.said, numbers, words)):
        yield _finding(place)
    elif counts and _counts_people(line.text, words):
        cell = address(*place)
        yield Finding("info", "free_text", messages.people_in_note(cell), cell=cell)


def _counts_others(text: str, said: Said, numbers: list[Number], words: Words) -> bool:
    """Tell whether a remark counts people whom the numbers by it do not: of another group or school, or more."""
    if adds_some(text):
        return True
    groups = {number.facets["group"] for number in numbers}
    told = {group for people in counted_in(text) if (group := _group(words.read(people)))}
    if told and "all" not in groups and not told <= groups:
        return True
    schools = {None, *(number.facets["school"] for number in numbers)}
    return counts_some(text) and said.facets.get("school") not in schools


def _group(said: Said) -> str | None:
    """Return the group that a text names, perhaps by an abbreviation; teachers who help the students are none."""
    if said.roles & {"helper", "helpers"}:
        return None
    groups = (reading["group"] for readings in said.options for reading in readings if "group" in reading)
    return said.facets.get("group") or next(groups, None)


def _counts_people(text: str, words: Words) -> bool:
    """Tell whether a remark holds a number of people."""
    told = counted_in(text)
    named = any(words.read(people).facets.keys() & {"group", "breakdown"} for people in told)
    return named or any(counts_people(people.split()[0]) for people in told)


def _speaks_of_above(line: Line, is_last: bool) -> bool:
    """Tell whether a line speaks of the table above it; after the last one also what is only a kind: "Số dự kiến"."""
    at_end = is_note_at_end(line.text) or "other_unit" in line.said.roles or _is_kind(line.said)
    at_end = at_end or narrowed(line.text) in (DRAFT, PLAN)
    return is_note(line.text) or (is_last and at_end)


def _beside(table: Table, numbers: list[Number], sheet: Sheet, words: Words) -> Iterator[Finding]:
    """Yield findings for the notes in a table: a row that is one, and what stands in a column of notes.

    There a remark may speak of anything ("2 em dự kiến kết nạp năm 2024"); what is only a kind, a period, is a label.
    """
    columns = [column.col for column in table.columns if column.role == "note"]
    for row in table.rows:
        own = [number for number in numbers if number.place[0] == row.row]
        for label in row.labels:
            speaks = is_note_at_end if row is table.rows[-1] else is_note
            if (
                label.row == row.row
                and not own
                and speaks(label.text)
                and _below_differs(label.text, label.said, numbers)
            ):
                yield _finding((label.row, label.col))
        for col in columns:
            cell = sheet.cells.get((row.row, col))
            if own and cell is not None and _note_differs(cell, own, words):
                yield _finding((row.row, col))


def _note_differs(cell: Cell, numbers: list[Number], words: Words) -> bool:
    """Tell whether what stands in a column of notes says something else of the numbers in its row, or counts others."""
    if cell.state == COUNT:  # "2 GV"
        return _counts_others(cell.raw, Said(), numbers, words)
    if cell.state != TEXT:
        return False
    said = words.read(split_ordinal(cell.raw)[1])
    label = said.understood and not _speaks_of_people(said) and _differs(said, numbers)
    others = leaves_out(cell.raw) or _counts_others(cell.raw, said, numbers, words)
    return label or others or _says_otherwise(cell.raw, said, numbers, parts=False)


def comments_that_differ(
    items: Sequence[Line | Table], tables: Sequence[tuple[Table, list[Number]]], sheet: Sheet, words: Words
) -> Iterator[Finding]:
    """Yield a finding for each cell with a comment that says of numbers what such a note would."""
    lines = {(item.row, item.col) for item in items if isinstance(item, Line)}
    told: set[Place] = set()
    for row, col, text in sheet.comments:
        place = row, col
        if place in told:
            continue
        if row == 0:
            differs = _page_differs(text, _numbers_below(0, tables), words)
        else:
            numbers = _numbers_below(row, tables) if place in lines else _spoken_of(place, tables, sheet)
            differs = any(_comment_differs(part, numbers, words) for part in readings_of_comment(text))
        if differs:
            told.add(place)
            yield _finding(place) if row else Finding("warning", "note_differs", asking.page_differs())


def _page_differs(text: str, numbers: list[Number], words: Words) -> bool:
    """Tell whether what is printed over or under a page calls its numbers a draft, or names another unit.

    Nothing else it says is certain to be about the numbers.
    """
    said = words.read(split_ordinal(text)[1], outside=True)
    plans = said.understood and ("planning" in said.roles or said.facets.get("kind", "actual") != "actual")
    drafts = bool(numbers) and narrowed(text) == DRAFT
    return drafts or ((plans or "other_unit" in said.roles) and _differs(said, numbers))


def _numbers_below(row: int, tables: Sequence[tuple[Table, list[Number]]]) -> list[Number]:
    """Return the numbers of the tables below a row, of all if there are none below."""
    found = [numbers for table, numbers in tables if table.top > row] or [numbers for _, numbers in tables]
    return [number for numbers in found for number in numbers]


def _spoken_of(place: Place, tables: Sequence[tuple[Table, list[Number]]], sheet: Sheet) -> list[Number]:
    """Return the numbers of which a comment on a cell speaks: its own, those it heads or labels, those it adds up."""
    table, numbers = next((read for read in tables if read[0].top <= place[0] <= read[0].bottom), (None, []))
    own = [number for number in numbers if number.place == place]
    if own or table is None or place not in sheet.cells:
        return own
    cols = {column.col for column in table.columns if any((head.row, head.col) == place for head in column.heads)}
    rows = {row.row for row in table.rows if any((head.row, head.col) == place for head in row.labels)}
    if sheet.cells[place].state == COUNT and not cols and not rows:
        rows, cols = {place[0]}, {place[1]}
    found = [number for number in numbers if number.place[0] in rows or number.place[1] in cols]
    return found or (numbers if rows else [])


def _comment_differs(text: str, numbers: list[Number], words: Words) -> bool:
    said = words.read(split_ordinal(text)[1], outside=True)
    if not text or not numbers:
        return False
    differs = opens_otherwise(text) or _below_differs(text, said, numbers)
    return differs or _counts_others(text, said, numbers, words)


def _is_kind(said: Said) -> bool:
    return said.understood and said.facets.keys() == {"kind"} and not said.options and not said.weak


def _below_differs(text: str, said: Said, numbers: list[Number]) -> bool:
    """Tell whether a note below a table says something else of its numbers: it speaks of them, or is only a label.

    "Vượt chỉ tiêu được giao", "Tăng 2 so với năm 2023", "Dự kiến kết nạp 19/5/2025" are remarks.
    """
    if not numbers:
        return False
    if leaves_out(text) or counts_otherwise(text) or (is_note(text) and _says_otherwise(text, said, numbers)):
        return True
    if narrowed(text) in (DRAFT, PLAN):
        return _narrows(text, numbers)
    if speaks_of_numbers(text):
        return _differs(said, numbers) or _of_another_span(said, numbers)
    label = said.understood and not _speaks_of_people(said)
    return (label or "other_unit" in said.roles) and _differs(said, numbers)


def _says_otherwise(text: str, said: Said, numbers: list[Number], *, parts: bool = True) -> bool:
    """Tell whether a short remark on numbers says what they are not: "Lũy kế", "6 tháng", "Lớp 12", "Chưa làm lễ".

    One that counts some people is about these. Beside one number `parts` are a remark on who they are.
    """
    people = _speaks_of_people(said)
    if not people and said.time.part not in (None, "?", "Y") and not said.left:
        return any(parse(number.facets["period"]).kind in ("year", "school_year") for number in numbers)
    if not people and said.understood and _of_another_span(said, numbers):
        return True
    if opens_otherwise(text):
        return True
    if counts_some(text):
        return False
    if _narrows(text, numbers) or (said.understood and "cumulative" in said.roles):
        return True
    named = said.facets.get("breakdown", frozenset()) if parts and said.understood and not people else frozenset()
    return bool(named) and not any(named <= (number.facets.get("breakdown") or frozenset()) for number in numbers)


def _narrows(text: str, numbers: list[Number]) -> bool:
    """Tell whether words narrow what a plain reading takes numbers for, and their headers do not say it, too."""
    told = narrowed(text)
    if told == PLAN:
        return any(number.facets.get("kind", "actual") == "actual" for number in numbers)
    if told == OTHER:
        return any(number.facets["measure"] != "not_admitted" for number in numbers)
    return told is not None


def _of_another_span(said: Said, numbers: list[Number]) -> bool:
    """Tell whether numbers are said to be of a time that does not hold their period, or of a part of a year."""
    spans = [parse(number.facets["period"]) for number in numbers]
    if said.time.part not in (None, "?", "Y"):
        return any(span.kind in ("year", "school_year") for span in spans)
    if "period" not in said.facets:
        return False
    told = parse(said.facets["period"])  # "Số liệu tính đến hết tháng 12 năm 2023" ends as the year does
    return not any(span.end == told.end or (told.start <= span.start and span.end <= told.end) for span in spans)


def _differs(said: Said, numbers: list[Number]) -> bool:
    """Tell whether a note says something of numbers that none of them is said to be."""
    if not numbers:
        return False
    if "other_unit" in said.roles:
        return True
    if "planning" in said.roles or said.facets.get("kind", "actual") != "actual":
        return all(number.facets.get("kind", "actual") == "actual" for number in numbers)
    if _speaks_of_people(said):
        return False
    period, group = said.facets.get("period"), said.facets.get("group")
    return (bool(period) and not any(overlap(period, number.facets["period"]) for number in numbers)) or (
        bool(group) and group not in {number.facets["group"] for number in numbers}
    )


def _speaks_of_people(said: Said) -> bool:
    """Tell whether a note is a remark about some of the people: "2 em đã ra trường năm 2022"."""
    readings = [said.facets, *(reading for readings in said.options for reading in readings)]
    return bool(said.weak) or any("measure" in reading for reading in readings)


def _finding(place: Place) -> Finding:
    cell = address(*place)
    return Finding("warning", "note_differs", asking.note_differs(cell), cell=cell)
