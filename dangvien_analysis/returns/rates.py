"""Rates of a table, compared with the quotients of its numbers; they are never loaded."""

import re
from collections.abc import Iterable, Mapping
from itertools import permutations
from typing import NamedTuple

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.parts import Number
from dangvien_analysis.text import decimal
from dangvien_analysis.wording.said import Said
from dangvien_analysis.workbook import Cell, address

What = tuple[str, str, bool]  # a measure, its kind, and whether it is quoted from an earlier return


class Rate(NamedTuple):
    """A rate: where it stands, sums of numbers, and which of them (by position) it may divide by which other."""

    place: Place
    sums: tuple[tuple[Place, ...], ...]
    quotients: tuple[tuple[int, int], ...]


def plan_rate(rate: Number, numbers: list[Number], quoted: list[Number]) -> Rate:
    """Find the counts that agree with a rate's headers.

    Where the header says what is divided by what, only that counts; else any two counts may be meant. `quoted`: last
    year's numbers in this year's return, which "%" may divide by.
    """
    sums: list[tuple[Place, ...]] = []
    quotients: list[tuple[int, int]] = []
    for near in (rate.near, rate.whole):
        if near is not None:
            parts = _parts(rate, numbers, near) | _parts(rate, quoted, near, quoted=True)
            position = {what: len(sums) + index for index, what in enumerate(parts)}
            quotients += [(position[one], position[other]) for one, other in _pairs(rate, list(parts))]
            sums += map(tuple, parts.values())
    return Rate(rate.place, tuple(sums), tuple(quotients))


def check_rate(rate: Rate, cells: Mapping[Place, Cell]) -> Finding | None:
    """Compare a rate with the quotients it may be."""
    cell = cells[rate.place]
    stated = _shares(cell)
    sums = [sum(cells[place].n for place in places) for places in rate.sums]
    quotients = [sums[one] / sums[other] for one, other in rate.quotients if sums[other]]
    if not stated or not quotients or any(_same(quotient, stated) for quotient in quotients):
        return None
    where = address(*rate.place)
    message = messages.rate_differs(where, f"{_percent_typed(cell)}%", f"{decimal(100 * quotients[0])}%")
    return Finding("warning", "rate_mismatch", message, cell=where)


def _parts(rate: Number, numbers: list[Number], near: Mapping, quoted: bool = False) -> dict[What, list[Place]]:
    """Return, by measure and kind, where the numbers stand that agree with what else the rate's headers say."""
    apart = ("measure", "kind", "breakdown", *(["period"] if quoted else []))
    wanted = {f: v for f, v in near.items() if f not in apart}
    parts: dict[What, list[Place]] = {}
    for number in numbers:
        facets = number.facets
        same_people = facets.get("breakdown", frozenset()) == rate.near.get("breakdown", frozenset())
        if same_people and all(facets.get(facet) == value for facet, value in wanted.items()):
            parts.setdefault((facets["measure"], facets.get("kind", "actual"), quoted), []).append(number.place)
    return parts


def _pairs(rate: Number, counted: list[What]) -> list[tuple[What, What]]:
    measure = rate.near.get("measure")
    if rate.ratio is None:
        tops = [what for what in counted if measure is None or what[0] == measure] or counted
        return [(top, under) for top, under in permutations(counted, 2) if top in tops]
    over, under = (_named(side, measure, counted) for side in rate.ratio)
    return [(one, other) for one in over for other in under if one != other]


def _named(side: Said, measure: str | None, counted: Iterable[What]) -> list[What]:
    wanted = side.facets.get("measure") or side.weak or measure
    kinds = (
        {side.facets["kind"]} if "kind" in side.facets else {r["kind"] for o in side.options for r in o if "kind" in r}
    )
    return [what for what in counted if wanted in (None, what[0]) and (not kinds or what[1] in kinds)]


def _shares(rate: Cell) -> list[tuple[float, float]]:
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


def _percent_typed(rate: Cell) -> str:
    value = _shares(rate)[-1][0] if rate.value is not None and rate.value <= 1 else _shares(rate)[0][0]
    return decimal(100 * value)


def _same(quotient: float, stated: list[tuple[float, float]]) -> bool:
    return any(abs(quotient - share) <= slack for share, slack in stated)
