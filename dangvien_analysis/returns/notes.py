"""Notes below or beside a table that say something else of its numbers than its headers do: "(*) Số dự kiến"."""

from collections.abc import Iterable, Iterator, Sequence

from dangvien_analysis.frames import Finding
from dangvien_analysis.periods import overlap, parse
from dangvien_analysis.returns import asking
from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.parts import Number
from dangvien_analysis.tables import Line, Table
from dangvien_analysis.wording import Said, Words
from dangvien_analysis.wording.ordinals import split_ordinal
from dangvien_analysis.wording.remarks import (
    counts_otherwise,
    is_note,
    is_note_at_end,
    leaves_out,
    opens_otherwise,
    restricts,
    speaks_of_numbers,
)
from dangvien_analysis.workbook import COUNT, TEXT, Sheet, address


def lines_that_restrict(table: Table, items: Sequence[Line | Table]) -> Iterator[Finding]:
    """Yield a finding for each line between a table and the one above it that restricts what the table counts."""
    start = max((item.bottom for item in items if isinstance(item, Table) and item.bottom < table.top), default=0)
    for item in items:
        if isinstance(item, Line) and start < item.row < table.top and restricts(item.text) and not is_note(item.text):
            cell = address(item.row, item.col)
            yield Finding("warning", "unclear_part", asking.restricted(cell), cell=cell)


def notes_that_differ(
    items: Sequence[Line | Table], tables: Iterable[tuple[Table, list[Number]]], sheet: Sheet, words: Words
) -> Iterator[Finding]:
    """Yield a finding for each note that speaks of a target, another unit, period or group than the numbers by it.

    `tables`: those of `items`, each with its numbers.
    """
    numbers = {table.top: found for table, found in tables}
    above: list[Number] = []
    last = max((item.top for item in items if isinstance(item, Table)), default=0)
    for item in items:
        if isinstance(item, Table):
            above = numbers[item.top]
            yield from _beside(item, above, sheet, words)
        elif _speaks_of_above(item, item.row > last) and _below_differs(item.text, item.said, above):
            yield _finding((item.row, item.col))


def _speaks_of_above(line: Line, is_last: bool) -> bool:
    """Tell whether a line speaks of the table above it; after the last one also what is only a kind: "Số dự kiến"."""
    at_end = is_note_at_end(line.text) or "other_unit" in line.said.roles or _is_kind(line.said)
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
            if own and cell is not None and cell.state == TEXT:
                said = words.read(split_ordinal(cell.raw)[1])
                if said.understood and not _speaks_of_people(said) and _differs(said, own):
                    yield _finding((row.row, col))


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
            differs = _page_differs(text, _below(0, tables), words)
        else:
            numbers = _below(row, tables) if place in lines else _spoken_of(place, tables, sheet)
            unsigned = text.partition(":")[2].strip()  # "Lan: Số dự kiến" is how programs sign a comment
            differs = any(_comment_differs(part, numbers, words) for part in (text, unsigned))
        if differs:
            told.add(place)
            yield _finding(place) if row else Finding("warning", "note_differs", asking.page_differs())


def _page_differs(text: str, numbers: list[Number], words: Words) -> bool:
    """Tell whether what is printed over or under a page calls its numbers a draft, or names another unit.

    Nothing else it says is certain to be about the numbers.
    """
    said = words.read(split_ordinal(text)[1], outside=True)
    plans = said.understood and ("planning" in said.roles or said.facets.get("kind", "actual") != "actual")
    return (plans or "other_unit" in said.roles) and _differs(said, numbers)


def _below(row: int, tables: Sequence[tuple[Table, list[Number]]]) -> list[Number]:
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
    return bool(text and numbers) and (opens_otherwise(text) or _below_differs(text, said, numbers))


def _is_kind(said: Said) -> bool:
    return said.understood and said.facets.keys() == {"kind"} and not said.options and not said.weak


def _below_differs(text: str, said: Said, numbers: list[Number]) -> bool:
    """Tell whether a note below a table says something else of its numbers: it speaks of them, or is only a label.

    "Vượt chỉ tiêu được giao", "Tăng 2 so với năm 2023", "Dự kiến kết nạp 19/5/2025" are remarks.
    """
    if not numbers:
        return False
    if leaves_out(text) or counts_otherwise(text):
        return True
    if speaks_of_numbers(text):
        return _differs(said, numbers) or _of_another_span(said, numbers)
    label = said.understood and not _speaks_of_people(said)
    return (label or "other_unit" in said.roles) and _differs(said, numbers)


def _of_another_span(said: Said, numbers: list[Number]) -> bool:
    """Tell whether numbers are said to be of a time that does not hold their period, or of a part of a year."""
    spans = [parse(number.facets["period"]) for number in numbers]
    if said.time.part not in (None, "?", "Y"):
        return any(span.kind in ("year", "school_year") for span in spans)
    if "period" not in said.facets:
        return False
    told = parse(said.facets["period"])
    return not any(told.start <= span.start and span.end <= told.end for span in spans)


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
