"""Totals of a table, checked against its numbers; they are never loaded where their parts are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import asking, messages
from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.facets import missing
from dangvien_analysis.returns.headings import heads_of
from dangvien_analysis.returns.numbers import TableReader
from dangvien_analysis.returns.parts import Number, parts_of, pieces_of
from dangvien_analysis.returns.speakers import adds_up
from dangvien_analysis.wording.said import EXCLUSIVE, Said, group_of
from dangvien_analysis.workbook import Cell, address

# A total without parts is a number, and may be a part of a total of both its row and its column.
ORDER = ("column", "row", "both")


class Sum(NamedTuple):
    """A total: where it stands, and what it may add up: the rows or the section it closes, or the whole table."""

    place: Place
    readings: tuple[tuple[Place, ...], ...]


@dataclass
class _Asked:
    """Totals that are asked about: where they stand.

    `lacking`: those that are no sum of what the table holds, by the facets that nothing names. `lost`: those that no
    other cell gives, beside what was not read. `untimed`: those of another time perhaps. `unchecked`: sums of numbers
    that are not all known.
    """

    lacking: dict[tuple[str, ...], list[Place]] = field(default_factory=dict)
    lost: list[Place] = field(default_factory=list)
    untimed: list[Place] = field(default_factory=list)
    unchecked: list[Place] = field(default_factory=list)


def plan_totals(reader: TableReader) -> tuple[list[Number], list[Sum]]:
    """Return the numbers of a table that was read, and its totals with their parts.

    A number that lacks what the rows under it name ("Cử đi học" over "Học sinh" and "CBGVNV") is a total, too.
    A total without parts in the table ("Tổng số | trong đó: nữ") is the number itself. A check stays silent when a
    number it needs was not read.
    """
    taken = list(reader.numbers)
    sums, asked = [], _Asked()
    for total in sorted(reader.totals, key=lambda total: (ORDER.index(total.total), bool(missing(total.facets)))):
        unread = beside_unread(total, reader) and not _parts_unread(total, reader)
        gaps = missing(total.facets)
        given = parts_of(total, taken, total.near)
        alone = not (given or unread or gaps)
        parts = pieces_of(total, taken, total.near)
        if not unread and gaps == ("group",) and _is_of_one_part(total, given, reader):
            taken.append(total._replace(total="", facets={**total.facets, "group": "all"}))
            asked.untimed += {total.place} & reader.untimed
        elif alone and not _adds_blanks(total, reader):
            if _closes(total, parts, taken):
                sums.append(Sum(total.place, (tuple(parts),)))
            taken.append(total._replace(total=""))
            asked.untimed += {total.place} & reader.untimed
        elif gaps and not (parts or unread or _adds_others(total, taken, reader) or _is_zero(total, reader)):
            asked.lacking.setdefault(gaps, []).append(total.place)
        elif unread and not (given or gaps):
            asked.lost.append(total.place)
        elif beside_unread(total, reader) or not parts:
            asked.unchecked.append(total.place)
        else:
            sums.append(Sum(total.place, _readings(total, parts, taken, reader)))
    for place, parts in reader.sums:
        if parts:
            sums.append(Sum(place, (tuple(parts),)))
        else:
            asked.unchecked.append(place)
    reader.findings += _questions(asked)
    return taken, sums


def _questions(asked: _Asked) -> Iterator[Finding]:
    """Yield what there is to say of the totals of a table."""
    for gaps, places in asked.lacking.items():
        where = messages.places(places)
        yield Finding("error", "missing_facet", messages.missing(where, gaps), cell=where)
    if asked.lost:
        where = messages.places(asked.lost)
        yield Finding("error", "total_not_checked", messages.total_lost(where), cell=where)
    if asked.untimed:
        where = messages.places(asked.untimed)
        yield Finding("warning", "unclear_period", asking.unclear_period(where), cell=where)
    if asked.unchecked:
        where = messages.places(asked.unchecked)
        yield Finding("info", "total_not_checked", messages.total_not_checked(where), cell=where)


def _is_of_one_part(total: Number, parts: list[Place], reader: TableReader) -> bool:
    """Tell whether one group stands behind a total as a part of it: "Tổng số | Trong đó: Học sinh" is no sum.

    It is then the number of all, if the table names no other group, whose number may be blank, and if it is above the
    part: what is equal to it says nothing more.
    """
    groups = {group for head in heads_of(reader.table) for group in _groups_named(head.said)}
    if total.total == "both" or len(groups) != 1 or not parts or _is_sum(total, reader):
        return False
    axis = 1 if total.total == "column" else 0
    named = _of_which(reader, axis)
    if not all(place[1 - axis] == total.place[1 - axis] and place[axis] in named for place in parts):
        return False
    reader.causes.quoted |= {total.place, *parts}  # what stands there decides
    return reader.sheet.cells[total.place].n > sum(reader.sheet.cells[place].n for place in parts)


def _of_which(reader: TableReader, axis: int) -> set[int]:
    """Return the rows (`axis` 0) or columns (1) that say themselves that they are parts: "Trong đó"."""
    lines = [(row.row, row.labels) for row in reader.table.rows]
    if axis:
        lines = [(column.col, column.heads) for column in reader.table.columns]
    return {place for place, heads in lines if any("of_which" in head.said.roles for head in heads)}


def _groups_named(said: Said) -> Iterator[str]:
    readings = (said.facets, *(reading for readings in said.options for reading in readings))
    for facets in readings:
        group = facets.get("group") or group_of(facets.get("breakdown", frozenset()))
        yield from [group] if group else []


def _closes(total: Number, pieces: list[Place], taken: list[Number]) -> bool:
    """Tell whether a number stands behind pieces of it as their sum: "Lớp 11 | Lớp 12 | Cộng".

    That women and men, or all grades, are everybody is a check of its own, for it holds across tables.
    """
    behind = all(row <= total.place[0] and col <= total.place[1] for row, col in pieces)
    parts = {part for number in taken if number.place in pieces for part in number.facets["breakdown"]}
    return behind and len(pieces) > 1 and not any(line <= parts for line in EXCLUSIVE)


def _readings(
    total: Number, parts: list[Place], taken: list[Number], reader: TableReader
) -> tuple[tuple[Place, ...], ...]:
    """Return what a total may add up, the likeliest first."""
    whole = pieces_of(total, taken, total.near if total.whole is None else total.whole)
    readings = [*_closed(total, parts, reader), tuple(parts), tuple(whole)]
    if total.facets.get("kind") == "target":  # "Tổng chỉ tiêu" of the first ones and those that were added
        readings.append(tuple(pieces_of(total, taken, total.near, "extra_target")))
    return tuple(readings)


def _closed(total: Number, parts: list[Place], reader: TableReader) -> list[tuple[Place, ...]]:
    """Return the parts between a sum ("Cộng") and the one above it, if it is one of several sums down its column."""
    sums = sorted(row.row for row in reader.table.rows if adds_up(row))
    if total.total != "row" or total.place[0] not in sums or len(sums) < 2:
        return []
    above = max((row for row in sums if row < total.place[0]), default=0)
    between = tuple(place for place in parts if above < place[0] < total.place[0])
    return [between] if between else []


def check_sum(total: Sum, cells: Mapping[Place, Cell]) -> Finding | None:
    """Compare a total with what it may add up."""
    stated = cells[total.place].n
    computed = [sum(cells[place].n for place in places) for places in total.readings]
    if stated in computed:
        return None
    where = address(*total.place)
    return Finding("warning", "total_mismatch", messages.total_differs(where, stated, computed[0]), cell=where)


def beside_unread(number: Number, reader: TableReader) -> bool:
    """Tell whether a number in a total's, or a rate's, own row or column was not read."""
    if not reader.bad:
        return False
    if number.total == "column":
        return any(row == number.place[0] for row, _ in reader.bad)
    if number.total == "row":
        return any(col == number.place[1] for _, col in reader.bad)
    return True


def _parts_unread(total: Number, reader: TableReader) -> bool:
    """Tell whether what was not read beside a total is at most a part of it: "Tổng số | Nữ", where women are unread."""
    row, col = total.place
    beside = [place for place in reader.bad if place[0] == row or place[1] == col]
    beside = [place for place in beside if total.total != "column" or place[0] == row]
    beside = [place for place in beside if total.total != "row" or place[1] == col]
    known = {
        number.place: number for number in reader.divided
    } | reader.refused  # all but a facet, or the number itself
    if total.total == "both" or not all(place in known for place in beside):
        return False
    wanted = {facet: value for facet, value in total.near.items() if facet != "breakdown"}
    unread = [known[place] for place in beside]
    own = [number for number in unread if all(number.facets.get(f) == value for f, value in wanted.items())]
    whole = total.facets.get("breakdown", frozenset())
    return all(number.facets.get("breakdown", frozenset()) > whole for number in own)


def _adds_blanks(total: Number, reader: TableReader) -> bool:
    """Tell whether a sum is zero because nothing was typed above it: a formula says so of blanks."""
    return _is_sum(total, reader) and _is_zero(total, reader)


def _adds_others(total: Number, taken: list[Number], reader: TableReader) -> bool:
    """Tell whether "Cộng" closes a column of numbers, though nobody can say which of them it adds: estimates."""
    others = (number.place for number in (*taken, *reader.totals) if number.place != total.place)
    return _is_sum(total, reader) and any(col == total.place[1] for _, col in others)


def _is_zero(total: Number, reader: TableReader) -> bool:
    reader.causes.quoted.add(total.place)  # what stands there decides, so that only an equal sheet shares the plan
    return reader.sheet.cells[total.place].n == 0


def _is_sum(total: Number, reader: TableReader) -> bool:
    return any(row.row == total.place[0] and adds_up(row) for row in reader.table.rows)
