"""Schools beside each other: what lies within chance, never who comes first."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from dangvien_analysis.frames import typed
from dangvien_analysis.measures.cohorts import observed
from dangvien_analysis.measures.rates import FEW_TRIALS, control_limits, count_limits, hypergeometric
from dangvien_analysis.measures.selection import arranged, check_addable, chosen, school_order, shaped
from dangvien_analysis.measures.whole import totals, trained_and_admitted

OUTER = 0.998
GRADES = ("grade_10", "grade_11", "grade_12")
_COMPARISON = (
    typed(string="school", Int64="trained admitted", float64="rate")
    | typed(
        Int64="pool_trained pool_admitted",
        float64="pool_rate low high outer_low outer_high",
        string="position",
        bool="outside_outer",
    )
    | typed(string="basis")
)

_BY_GRADE = typed(string="school", Int64="trained admitted", float64="expected") | typed(
    Int64="low high", string="position basis"
)


def comparison(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group",),
    as_of: date | None = None,
    schools: Sequence | None = None,
    confidence: float = 0.95,
    centre: float | None = None,
    breakdown: str = "total",
) -> pd.DataFrame:
    """Return each school's admitted of trained with the limits that chance alone explains.

    Columns: *by (always with the group), school (string), trained, admitted (Int64), rate (float64, NaN below
    `FEW_TRIALS` people), pool_trained, pool_admitted (Int64: the schools of the `by` cell together), pool_rate,
    low, high, outer_low, outer_high (float64 shares: at `confidence` and at 0.998), position ("below", "inside",
    "above": against low and high; missing when it cannot be judged), outside_outer (bool), basis ("cohorts",
    "flows").
    Order of schools as given, never by rate.
    People: the cohorts whose first year is over, admitted to this day (basis "cohorts"); where the cell has no
    cohorts, the sums over the window ("flows": then a school with more admitted than trained stays out of the
    pool and has no position).
    Limits are hypergeometric given the pool, or binomial around `centre` where one from outside is given; a pool of
    one school gives no position.  Pupils: schools differ in grade mix, so compare `breakdown="grade_12"` where it
    was reported.
    """
    by = [column for column in by if column not in ("group", "school")] + ["group"]
    people = _people(counts, by, as_of, schools, breakdown)
    people = people[people["trained"] > 0].astype({"trained": "Int64", "admitted": "Int64"})
    if people.empty:
        return shaped(people, _COMPARISON, by)
    cells = [_with_limits(cell, confidence, centre) for _, cell in people.groupby(by, sort=False, dropna=False)]
    return shaped(arranged(pd.concat(cells), [*by, "school"], school_order(schools)), _COMPARISON, by)


def _people(
    counts: pd.DataFrame, by: list[str], as_of: date | None, schools: Sequence | None, breakdown: str
) -> pd.DataFrame:
    cohorts = _from_cohorts(observed(counts, as_of, schools, breakdown)).assign(basis="cohorts")
    flows = _from_flows(chosen(totals(counts, breakdown=breakdown), schools, None), by).assign(basis="flows")
    met = cohorts[by].drop_duplicates().assign(met=True)
    flows = flows.merge(met, how="left", on=by)
    parts = [part for part in (cohorts, flows[flows["met"].isna()].drop(columns="met")) if not part.empty]
    return pd.concat(parts) if parts else cohorts


def _from_cohorts(cells: pd.DataFrame) -> pd.DataFrame:
    """Add up each school's cohorts whose first year is over; the year that is running counts as far as it goes."""
    unit = ["school", "group", "cohort"]
    begun = cells[cells["usable"] & (cells["k"] == 0)][unit]
    units = cells[cells["usable"] | cells["partial"]].merge(begun, on=unit)
    units = units.groupby(unit, sort=False, as_index=False).agg(
        trained=("trained", "first"), admitted=("admitted", "sum")
    )
    return units.groupby(["school", "group"], sort=False, as_index=False).agg(
        trained=("trained", "sum"), admitted=("admitted", "sum")
    )


def _from_flows(whole: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    rows = whole[whole["measure"].isin(["trained", "admitted"])]
    check_addable(rows, list(dict.fromkeys([*by, "school", "group", "measure"])))
    cells = trained_and_admitted(rows).groupby(["school", "group"], sort=False, as_index=False)
    return cells[["trained", "admitted"]].sum()


def _with_limits(people: pd.DataFrame, confidence: float, centre: float | None) -> pd.DataFrame:
    possible = people["admitted"] <= people["trained"]
    trained, admitted = (int(people.loc[possible, column].sum()) for column in ("trained", "admitted"))
    sizes = people["trained"].where(possible)
    pool = None if centre is not None else (admitted, trained)
    inner = control_limits(sizes, centre, confidence, pool)
    outer = control_limits(sizes, centre, OUTER, pool)
    share = people["admitted"].astype("float64") / people["trained"].astype("float64")
    judged = possible & (centre is not None or int(possible.sum()) > 1)
    return people.assign(
        rate=share.where(people["trained"] >= FEW_TRIALS),
        pool_trained=trained,
        pool_admitted=admitted,
        pool_rate=admitted / trained if trained else float("nan"),
        low=inner["low"],
        high=inner["high"],
        outer_low=outer["low"],
        outer_high=outer["high"],
        position=_position(share, inner).where(judged),
        outside_outer=(_position(share, outer) != "inside") & judged,
    )


def _position(share: pd.Series, limits: pd.DataFrame) -> pd.Series:
    slack = 1e-9  # x / n computed here and there
    found = pd.Series("inside", index=share.index, dtype="string")
    return found.mask(share < limits["low"] - slack, "below").mask(share > limits["high"] + slack, "above")


def by_grade(
    counts: pd.DataFrame, as_of: date | None = None, schools: Sequence | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Return each school's pupils admitted beside what its grade mix lets expect: E_i = sum over grades n_ig * rate_g.

    Columns: group, school, trained, admitted (Int64), expected (float64), low, high (Int64: counts within chance),
    position ("below", "inside", "above"), basis ("cohorts", "flows"; see `comparison`).
    rate_g is that of all these schools together.  A pupil of grade 11 cannot be admitted in the year of the course, so
    schools that train early look low when grades are pooled.  Given how many were admitted of each grade, a school's
    number is a sum of independent hypergeometric ones, whose limits are exact.
    Only schools whose grades add up to their pupils; no row where fewer than two gave them: then the mix is not known.
    Source: indirect standardisation, Breslow & Day (1987), Statistical Methods in Cancer Research II, section 2.3.
    """
    pupils = counts[counts["group"] == "student"]
    cells = [_people(pupils, ["group"], as_of, schools, grade).assign(grade=grade) for grade in GRADES]
    cells = pd.concat(cells)[["group", "school", "grade", "trained", "admitted"]]
    whole = _people(pupils, ["group"], as_of, schools, "total")[["group", "school", "trained", "admitted", "basis"]]
    added = cells.groupby(["group", "school"], as_index=False)[["trained", "admitted"]].sum()
    told = whole.merge(added, on=["group", "school", "trained", "admitted"])  # grades that leave somebody out go
    told = told[told["trained"] > 0]
    if len(told) < 2:
        return shaped(pd.DataFrame(), _BY_GRADE, ["group"])
    cells = cells.merge(told[["group", "school"]], on=["group", "school"])
    found = told.merge(_within_grades(cells, confidence), on="school")
    position = pd.Series("inside", index=found.index, dtype="string")
    position = position.mask(found["admitted"] < found["low"], "below").mask(found["admitted"] > found["high"], "above")
    found = found.assign(position=position)
    return shaped(arranged(found, ["group", "school"], school_order(schools)), _BY_GRADE, ["group"])


def _within_grades(cells: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Return expected, low and high of each school, from its people in each grade and the rates of all schools."""
    pools = cells.groupby("grade")[["trained", "admitted"]].sum()
    rows = []
    for school, mix in cells.groupby("school", sort=False):
        chances, expected = np.ones(1), 0.0
        for grade, n in zip(mix["grade"], mix["trained"], strict=True):
            people, admitted = int(pools["trained"][grade]), int(pools["admitted"][grade])
            if n and people:
                expected += int(n) * admitted / people
                chances = np.convolve(chances, hypergeometric(admitted, people, int(n)))
        low, high = count_limits(chances, confidence)
        rows.append({"school": school, "expected": expected, "low": low, "high": high})
    return pd.DataFrame(rows)
