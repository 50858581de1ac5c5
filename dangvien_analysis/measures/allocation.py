"""Whole supplementary targets, shared out among schools."""

import heapq
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from numbers import Integral

import pandas as pd

from dangvien_analysis.frames import typed
from dangvien_analysis.measures.forecast import prediction
from dangvien_analysis.measures.pool import waiting
from dangvien_analysis.measures.selection import shaped

WEIGHTS = ("waiting", "expected", "eligible", "even")
_ALLOCATED = typed(string="school", float64="weight", Int64="minimum maximum n", bool="tied")
_PROPOSED = typed(string="school group", Int64="waiting age_18 dossier", float64="expected weight") | typed(
    Int64="minimum maximum n", bool="tied"
)


def allocate(
    total: int,
    weights: Mapping[str, float] | pd.Series,
    minimum: int | Mapping[str, int] | pd.Series = 0,
    maximum: int | Mapping[str, int] | pd.Series | None = None,
) -> pd.DataFrame:
    """Share `total` out in whole numbers by Sainte-Laguë within bounds.

    Columns: school (string: the keys of `weights`, in their order), weight (float64), minimum, maximum (Int64, the
    latter missing where unbounded), n (Int64, adds up to `total`), tied (bool: the last one given could as well
    have gone to another school, and this is one of them: say so).
    Starts at the minimum, gives the next one to the largest weight / (2 n + 1), skips who is at the maximum; so one
    more to share never takes one from a school.  Ties go to the larger weight, then to the smaller id.
    `minimum`, `maximum`: one number for all or one per school; a school that a mapping leaves out has no bound.
    ValueError, in Vietnamese, for a total outside what the bounds allow, or nobody with a weight.
    Source: Balinski & Young, Fair Representation (1982), divisor methods.
    """
    schools = list(weights.keys())
    shares = {school: _weight(school, weights[school]) for school in schools}
    lowest = {school: _bound(minimum, school) or 0 for school in schools}
    highest = {school: _bound(maximum, school) for school in schools}
    _check_total(total, shares, lowest, highest)
    given, tied = _sainte_lague(total, shares, lowest, highest)
    rows = [
        {
            "school": school,
            "weight": float(shares[school]),
            "minimum": lowest[school],
            "maximum": highest[school],
            "n": given[school],
            "tied": school in tied,
        }
        for school in schools
    ]
    return shaped(pd.DataFrame(rows), _ALLOCATED)


def _weight(school: str, weight: float) -> Fraction:
    if pd.isna(weight) or weight < 0:
        raise ValueError(f"Trọng số của {school} phải là một số không âm.")
    return Fraction(weight) if isinstance(weight, Integral) else Fraction(float(weight))


def _bound(bounds: int | Mapping[str, int] | pd.Series | None, school: str) -> int | None:
    value = bounds.get(school) if isinstance(bounds, Mapping | pd.Series) else bounds
    if value is None or pd.isna(value):
        return None
    if value < 0 or value != int(value):
        raise ValueError(f"Mức tối thiểu và tối đa của {school} phải là số nguyên không âm.")
    return int(value)


def _check_total(
    total: int, weights: Mapping[str, Fraction], lowest: Mapping[str, int], highest: Mapping[str, int | None]
) -> None:
    for school in weights:
        if highest[school] is not None and lowest[school] > highest[school]:
            raise ValueError(f"Mức tối thiểu của {school} ({lowest[school]}) lớn hơn mức tối đa ({highest[school]}).")
    least = sum(lowest.values())
    if total != int(total) or total < least:
        raise ValueError(f"Tổng chỉ tiêu {total} không chia được: tổng các mức tối thiểu đã là {least}.")
    if total > least and not any(weights.values()):
        raise ValueError("Mọi trọng số đều bằng 0: không có căn cứ để chia chỉ tiêu.")
    # a school without weight is never given more than its minimum
    most = [highest[school] if weights[school] else lowest[school] for school in weights]
    if None not in most and total > sum(most):
        raise ValueError(f"Tổng chỉ tiêu {total} vượt mức tối đa cộng lại của các trường ({sum(most)}): giảm tổng.")


def _sainte_lague(
    total: int, weights: Mapping[str, Fraction], lowest: Mapping[str, int], highest: Mapping[str, int | None]
) -> tuple[dict[str, int], set[str]]:
    """Return what each school is given, and the schools among which the last one was a tie."""
    given = dict(lowest)
    queue: list[tuple[Fraction, Fraction, str]] = []

    def offer(school: str) -> None:
        if weights[school] and (highest[school] is None or given[school] < highest[school]):
            quotient = weights[school] / (2 * given[school] + 1)
            heapq.heappush(queue, (-quotient, -weights[school], school))

    for school in weights:
        offer(school)
    last, winners = None, set[str]()
    for _ in range(int(total) - sum(lowest.values())):
        quotient, _, school = heapq.heappop(queue)
        winners = {*winners, school} if quotient == last else {school}
        last = quotient
        given[school] += 1
        offer(school)
    losers = {school for quotient, _, school in queue if quotient == last}
    return given, winners | losers if losers else set()


def proposal(
    counts: pd.DataFrame,
    total: int,
    group: str = "student",
    weight: str = "waiting",
    minimum: int | Mapping[str, int] = 0,
    as_of: date | None = None,
    schools: Sequence | None = None,
) -> pd.DataFrame:
    """Propose how a supplementary target of one group is shared out: no school more than it has people for.

    Columns: school, group, waiting, age_18, dossier (Int64, see `waiting`), expected (float64: see `prediction`),
    weight (float64), minimum, maximum, n (Int64), tied (bool; see `allocate`).
    maximum: pupils of 18 in the pool where reported, else the people waiting, else trained and not admitted; a school
    with fewer people than the minimum gets a minimum of as many as it has.
    `weight`: "waiting" rewards those who admitted few and those who nominated many, "expected" uses the rate of all
    schools together, "eligible" is the maximum, "even" gives all the same: print which one beside the numbers.
    ValueError for another one, and as `allocate`.
    """
    if weight not in WEIGHTS:
        raise ValueError(f"Căn cứ phân bổ «{weight}» không có: chọn một trong {', '.join(WEIGHTS)}.")
    rows = counts[counts["group"] == group]
    people = waiting(rows, ("school", "group"), as_of, schools)
    expected = prediction(rows, ("school", "group"), as_of, schools)
    expected = expected.loc[expected["cohort"].isna(), ["school", "expected"]]
    people = people.merge(expected, how="left", on="school")
    in_pool = people["waiting"].fillna(people["at_most"]).clip(lower=0)
    people = people.assign(maximum=people["age_18"].fillna(in_pool) if group == "student" else in_pool)
    weights = {"waiting": in_pool, "expected": people["expected"].fillna(0), "eligible": people["maximum"]}
    weights |= {"even": (people["maximum"] > 0).astype("Int64")}
    shares = dict(zip(people["school"], weights[weight].astype("float64"), strict=True))
    most = dict(zip(people["school"], people["maximum"], strict=True))
    least = {school: min(_bound(minimum, school) or 0, int(most[school])) for school in most}
    shared = allocate(total, shares, least, most)
    people = people.drop(columns="maximum").merge(shared, on="school")
    return shaped(people, _PROPOSED)
