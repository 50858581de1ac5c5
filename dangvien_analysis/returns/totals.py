"""Totals and rates of a table, checked against its numbers; they are never loaded where their parts are."""

import re
from collections.abc import Iterable, Mapping
from itertools import permutations

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.facets import missing
from dangvien_analysis.returns.numbers import Number, TableReader
from dangvien_analysis.text import decimal
from dangvien_analysis.wording.said import Said
from dangvien_analysis.workbook import address

# A total without parts is a number, and may be a part of a total of both its row and its column.
ORDER = ("column", "row", "both")


def check_totals(reader: TableReader) -> list[Number]:
    """Check the totals and rates of a table that was read; return its numbers.

    A total without parts in the table ("Tổng số | trong đó: nữ") is the number itself. A check stays silent when a
    number it needs was not read.
    """
    taken = list(reader.numbers)
    unchecked = []
    for total in sorted(reader.totals, key=lambda total: ORDER.index(total.total)):
        parts = _parts(total, taken)
        if not parts and not _beside_unread(total, reader) and not missing(total.facets):
            taken.append(total._replace(total=""))
        elif _beside_unread(total, reader) or not parts:
            unchecked.append((total.row, total.col))
        elif not any(total.n == sum(part.n for part in some) for some in _readings(total, taken)):
            reader.findings.append(_mismatch(total, sum(part.n for part in parts)))
    if unchecked:
        message = messages.total_not_checked(messages.places(unchecked))
        reader.findings.append(Finding("info", "total_not_checked", message, cell=messages.places(unchecked)))
    for rate in reader.rates:
        if not _beside_unread(rate, reader):
            reader.findings += _check_rate(rate, taken)
    return taken


def _parts(total: Number, numbers: Iterable[Number], near: Mapping | None = None) -> list[Number]:
    """Return the numbers that agree with all a total's headers say and count the same people and kind."""
    near = total.near if near is None else near
    wanted = {f: v for f, v in near.items() if f != "breakdown"}
    parts = near.get("breakdown", frozenset())
    kind = near.get("kind", total.facets.get("kind", "actual"))
    return [
        number
        for number in numbers
        if number.facets.get("breakdown", frozenset()) == parts
        and number.facets.get("kind", "actual") == kind
        and all(number.facets.get(facet) == value for facet, value in wanted.items())
    ]


def _readings(total: Number, numbers: list[Number]) -> list[list[Number]]:
    """Return what a total may add up: the section it closes, or the whole table."""
    return [_parts(total, numbers), _parts(total, numbers, total.whole)]


def _beside_unread(number: Number, reader: TableReader) -> bool:
    """Tell whether a number in the total's own row or column was not read."""
    if not reader.bad:
        return False
    if number.total == "column":
        return any(row == number.row for row, _ in reader.bad)
    if number.total == "row":
        return any(col == number.col for _, col in reader.bad)
    return True


def _mismatch(total: Number, computed: int) -> Finding:
    cell = address(total.row, total.col)
    return Finding("warning", "total_mismatch", messages.total_differs(cell, total.n, computed), cell=cell)


# --- rates ---------------------------------------------------------------------------------------------------------


def _check_rate(rate: Number, numbers: list[Number]) -> list[Finding]:
    """Compare a rate with the quotients of the counts that agree with its headers.

    Where the header says what is divided by what, only that counts; else any two counts may be meant.
    """
    stated = _shares(rate)
    readings = [
        _sums(rate, numbers, rate.near),
        *([_sums(rate, numbers, rate.whole)] if rate.whole is not None else []),
    ]
    quotients = [one / other for sums in readings for one, other in _pairs(rate, sums) if other]
    if not stated or not quotients or any(_same(quotient, stated) for quotient in quotients):
        return []
    cell = address(rate.row, rate.col)
    message = messages.rate_differs(cell, f"{_percent_typed(rate)}%", f"{decimal(100 * quotients[0])}%")
    return [Finding("warning", "rate_mismatch", message, cell=cell)]


def _shares(rate: Number) -> list[tuple[float, float]]:
    """Return what the cell may mean as a share, each with how far rounding can move it: 43,2 is 43.2% or 4320%."""
    match = re.fullmatch(r"(\d+)(?:[.,](\d+))?\s*%?", rate.raw)
    value = rate.value if rate.value is not None else float(f"{match[1]}.{match[2] or 0}") if match else None
    if value is None:
        return []
    places = len(match[2] or "") if match else 6
    half = 0.5001 * 10.0 ** -min(places, 6)
    shares = [(value / 100, half / 100)]
    if rate.value is not None and value <= 5 and places > 0:
        shares.append((value, max(half, 0.00051)))
    if rate.value == int(rate.value or 0) and rate.value in (0, 1):
        shares.append((value, 0.00001))
    return shares


def _percent_typed(rate: Number) -> str:
    value = _shares(rate)[-1][0] if rate.value is not None and rate.value <= 1 else _shares(rate)[0][0]
    return decimal(100 * value)


def _same(quotient: float, stated: list[tuple[float, float]]) -> bool:
    return any(abs(quotient - share) <= slack for share, slack in stated)


def _sums(rate: Number, numbers: list[Number], near: Mapping) -> dict[tuple[str, str], int]:
    """Return the sums, by measure and kind, of the numbers that agree with what else the rate's headers say."""
    wanted = {f: v for f, v in near.items() if f not in ("measure", "kind", "breakdown")}
    sums: dict[tuple[str, str], int] = {}
    for number in numbers:
        facets = number.facets
        same_people = facets.get("breakdown", frozenset()) == rate.near.get("breakdown", frozenset())
        if same_people and all(facets.get(facet) == value for facet, value in wanted.items()):
            key = facets["measure"], facets.get("kind", "actual")
            sums[key] = sums.get(key, 0) + number.n
    return sums


def _pairs(rate: Number, sums: dict[tuple[str, str], int]) -> list[tuple[int, int]]:
    measure = rate.near.get("measure")
    if rate.ratio is None:
        tops = [key for key in sums if measure is None or key[0] == measure] or list(sums)
        return [(sums[top], sums[under]) for top, under in permutations(sums, 2) if top in tops]
    over, under = (_keys(side, measure, sums) for side in rate.ratio)
    return [(sums[one], sums[other]) for one in over for other in under if one != other]


def _keys(side: Said, measure: str | None, sums: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    wanted = side.facets.get("measure") or side.weak or measure
    kinds = (
        {side.facets["kind"]} if "kind" in side.facets else {r["kind"] for o in side.options for r in o if "kind" in r}
    )
    return [key for key in sums if wanted in (None, key[0]) and (not kinds or key[1] in kinds)]
