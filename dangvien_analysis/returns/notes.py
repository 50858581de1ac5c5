"""Notes below or beside a table that say something else of its numbers than its headers do: "(*) Số dự kiến"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from dangvien_analysis.frames import Finding
from dangvien_analysis.periods import overlap
from dangvien_analysis.returns import asking
from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.parts import Number
from dangvien_analysis.tables import Line, Table
from dangvien_analysis.wording import Said, Words
from dangvien_analysis.wording.ordinals import split_ordinal
from dangvien_analysis.workbook import TEXT, Sheet, address

# «* Học sinh» may as well head the next table, and «(Kèm theo …)» stand above one.
_NOTE = re.compile(r"\(\*+\)|(?:ghi chú|chú thích|lưu ý|ghi chu|chu thich|luu y)\b", re.IGNORECASE)
_NOTE_AT_END = re.compile(rf"{_NOTE.pattern}|[*(]|(?:số liệu|so lieu)\b", re.IGNORECASE)


# Words by which a line above a table leaves some people out of it, or takes others in.
_RESTRICTS = re.compile(
    r"\b(?:(?:chỉ|không|chưa) (?:tính|kể|gồm|bao gồm)|(?:tính|kể|gồm) cả|trừ|(?:trước|sau) (?:khi )?(?:sáp|sát) nhập)\b"
    r"|^đợt \w+$",
    re.IGNORECASE,
)


def restricts(text: str) -> bool:
    """Tell whether a line above a table says that some people are left out of it, or others taken in."""
    return _RESTRICTS.search(text.strip("() .:")) is not None


def lines_that_restrict(table: Table, items: Sequence[Line | Table]) -> Iterator[Finding]:
    """Yield a finding for each line between a table and the one above it that restricts what the table counts."""
    start = max((item.bottom for item in items if isinstance(item, Table) and item.bottom < table.top), default=0)
    for item in items:
        if isinstance(item, Line) and start < item.row < table.top and restricts(item.text) and not is_note(item.text):
            cell = address(item.row, item.col)
            yield Finding("warning", "unclear_part", asking.restricted(cell), cell=cell)


def is_note(text: str) -> bool:
    """Tell whether a line speaks of the table above it, wherever it stands."""
    return _NOTE.match(text) is not None


def is_note_at_end(text: str) -> bool:
    """Tell whether a line does so where no table comes after it."""
    return _NOTE_AT_END.match(text) is not None


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
        elif _speaks_of_above(item, item.row > last) and _differs(item.said, above):
            yield _finding((item.row, item.col))


def _speaks_of_above(line: Line, is_last: bool) -> bool:
    return is_note(line.text) or (is_last and (is_note_at_end(line.text) or "other_unit" in line.said.roles))


def _beside(table: Table, numbers: list[Number], sheet: Sheet, words: Words) -> Iterator[Finding]:
    """Yield findings for the notes in a table: a row that is one, and what stands in a column of notes.

    There a remark may speak of anything ("2 em dự kiến kết nạp năm 2024"); what is only a kind, a period, is a label.
    """
    columns = [column.col for column in table.columns if column.role == "note"]
    for row in table.rows:
        own = [number for number in numbers if number.place[0] == row.row]
        for label in row.labels:
            speaks = is_note_at_end if row is table.rows[-1] else is_note
            if label.row == row.row and not own and speaks(label.text) and _differs(label.said, numbers):
                yield _finding((label.row, label.col))
        for col in columns:
            cell = sheet.cells.get((row.row, col))
            if own and cell is not None and cell.state == TEXT:
                said = words.read(split_ordinal(cell.raw)[1])
                if said.understood and not _speaks_of_people(said) and _differs(said, own):
                    yield _finding((row.row, col))


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
