"""Schools beside each other: what lies within chance, never who comes first."""

from collections.abc import Sequence
from datetime import date
from functools import partial as fixed

import pandas as pd

from dangvien_analysis.measures.cohorts import observed
from dangvien_analysis.measures.rates import FEW_TRIALS, control_limits
from dangvien_analysis.measures.selection import arranged, check_addable, chosen, school_order, shaped
from dangvien_analysis.measures.whole import totals

OUTER = 0.998
_COMPARISON = {
    "school": "string",
    **dict.fromkeys(["trained", "admitted"], "Int64"),
    "rate": "float64",
    **dict.fromkeys(["pool_trained", "pool_admitted"], "Int64"),
    **dict.fromkeys(["pool_rate", "low", "high", "outer_low", "outer_high"], "float64"),
    "position": "string",
    "outside_outer": "bool",
    "basis": "string",
}


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
    limit = fixed(_with_limits, confidence=confidence, centre=centre)
    cells = [limit(cell) for _, cell in people.groupby(by, sort=False, dropna=False)]
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
    wide = rows.pivot(index=["school", "group", "period"], columns="measure", values="n")
    wide = wide.reindex(columns=["trained", "admitted"]).dropna().reset_index()
    return wide.groupby(["school", "group"], sort=False, as_index=False)[["trained", "admitted"]].sum()


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
