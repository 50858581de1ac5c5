"""Totals of a table, checked against its numbers; they are never loaded where their parts are."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import asking, messages
from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.facets import missing
from dangvien_analysis.returns.numbers import TableReader
from dangvien_analysis.returns.parts import Number, has_some_beside, parts_of, pieces_of
from dangvien_analysis.returns.speakers import adds_up
from dangvien_analysis.wording.said import EXCLUSIVE
from dangvien_analysis.workbook import Cell, address

# A total without parts is a number, and may be a part of a total of both its row and its column.
ORDER = ("column", "row", "both")


class Sum(NamedTuple):
    """A total: where it stands, and what it may add up: the rows or the section it closes, or the whole table."""

    place: Place
    readings: tuple[tuple[Place, ...], ...]


def plan_totals(reader: TableReader) -> tuple[list[Number], list[Sum]]:
    """Return the numbers of a table that was read, and its totals with their parts.

    A number that lacks what the rows under it name ("Cử đi học" over "Học sinh" and "CBGVNV") is a total, too.
    A total without parts in the table ("Tổng số | trong đó: nữ") is the number itself. A check stays silent when a
    number it needs was not read.
    """
    taken = list(reader.numbers)
    sums, unchecked, unnamed, untimed = [], [], [], []
    for total in sorted(reader.totals, key=lambda total: ORDER.index(total.total)):
        unread = beside_unread(total, reader) and not _parts_unread(total, taken, reader)
        alone = not (parts_of(total, taken, total.near) or unread or missing(total.facets))
        parts = pieces_of(total, taken, total.near)
        if alone and not _adds_blanks(total, reader):
            if _closes(total, parts, taken):
                sums.append(Sum(total.place, (tuple(parts),)))
            taken.append(total._replace(total=""))
            untimed += {total.place} & reader.untimed
        elif not parts and _counts_what_nobody_names(total, reader):
            unnamed.append(total.place)
        elif beside_unread(total, reader) or not parts:
            unchecked.append(total.place)
        else:
            sums.append(Sum(total.place, _readings(total, parts, taken, reader)))
    for place, parts in reader.sums:
        if parts:
            sums.append(Sum(place, (tuple(parts),)))
        else:
            unchecked.append(place)
    reader.findings += _questions(unnamed, untimed, unchecked)
    return taken, sums


def _questions(unnamed: list[Place], untimed: list[Place], unchecked: list[Place]) -> Iterator[Finding]:
    """Yield what there is to say of totals that count nothing known, of another time perhaps, or were not checked."""
    if unnamed:
        where = messages.places(unnamed)
        yield Finding("error", "missing_facet", messages.missing(where, ["measure"]), cell=where)
    if untimed:
        where = messages.places(untimed)
        yield Finding("warning", "unclear_period", asking.unclear_period(where), cell=where)
    if unchecked:
        where = messages.places(unchecked)
        yield Finding("info", "total_not_checked", messages.total_not_checked(where), cell=where)


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


def _parts_unread(total: Number, taken: list[Number], reader: TableReader) -> bool:
    """Tell whether what was not read beside a total is at most a part of it: "Tổng số | Nữ", where women are unread."""
    row, col = total.place
    beside = [place for place in reader.bad if place[0] == row or place[1] == col]
    beside = [place for place in beside if total.total != "column" or place[0] == row]
    beside = [place for place in beside if total.total != "row" or place[1] == col]
    if total.total == "both" or not all(place in reader.refused for place in beside):
        return False
    wanted = {facet: value for facet, value in total.near.items() if facet != "breakdown"}
    unread = [reader.refused[place] for place in beside]
    own = [number for number in unread if all(number.facets.get(f) == value for f, value in wanted.items())]
    whole = total.facets.get("breakdown", frozenset())
    parts = all(number.facets.get("breakdown", frozenset()) > whole for number in own)
    return parts and has_some_beside(total, [*taken, *unread])


def _adds_blanks(total: Number, reader: TableReader) -> bool:
    """Tell whether a sum is zero because nothing was typed above it: a formula says so of blanks."""
    if not _is_sum(total, reader):
        return False
    reader.causes.quoted.add(total.place)  # what stands there decides, so that only an equal sheet shares the plan
    return reader.sheet.cells[total.place].n == 0


def _counts_what_nobody_names(total: Number, reader: TableReader) -> bool:
    """Tell whether "Tổng số khối 12" is no sum of what was read, and nothing says what it counts."""
    named = "measure" not in missing(total.facets)
    return not (named or beside_unread(total, reader) or _is_sum(total, reader))


def _is_sum(total: Number, reader: TableReader) -> bool:
    return any(row.row == total.place[0] and adds_up(row) for row in reader.table.rows)
