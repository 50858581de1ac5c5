"""Conversion: the share of a cohort that was admitted, pooled and for each cohort, with what it cannot say."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from dangvien_analysis.frames import typed
from dangvien_analysis.measures.chance import same_share
from dangvien_analysis.measures.cohorts import observed
from dangvien_analysis.measures.rates import exact_limits, interval, wilson_limits
from dangvien_analysis.measures.selection import (
    arranged,
    check_addable,
    check_one_group,
    chosen,
    school_order,
    shaped,
)
from dangvien_analysis.measures.whole import totals, trained_and_admitted

FEW_ADMISSIONS = 5  # below it one school has no curve, only counts
DIFFERENT = 0.10  # a p-value below it: the cohorts differ too much for one curve
_CURVE = (
    typed(string="cohort", Int64="k")
    | typed(string="period", Int64="trained at_risk admitted admitted_so_far", float64="rate low high effective")
    | typed(string="method", Int64="schools", bool="partial")
)
_TEST = typed(Int64="cohorts", float64="p_value", bool="differ exact", string="last_cohort") | typed(
    Int64="last_k last_trained last_admitted", float64="last_rate last_low last_high"
)
_BOUNDS = typed(string="period", Int64="trained admitted same_low same_high", float64="low high")


def conversion(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group",),
    as_of: date | None = None,
    schools: Sequence | None = None,
    confidence: float = 0.95,
    breakdown: str = "total",
    *,
    summed: bool = False,
) -> pd.DataFrame:
    """Return the share admitted by years since the course, pooled and for each cohort.

    Columns: *by, cohort (string; missing in the pooled rows), k (Int64, 0 = the year of the course), period
    (string; missing in the pooled rows), trained (Int64: people in the cohorts observed through year k), at_risk
    (Int64: of them not admitted before year k, leavers included), admitted (Int64: in year k), admitted_so_far
    (Int64: in years 0..k, same cohorts), rate (float64: share admitted by the end of year k), low, high,
    effective (float64: effective sample size), method ("wilson", "clopper_pearson", "counts"), schools
    (Int64), partial (bool).
    Pooled rows first, then cohorts by year.  A cohort's partial year has partial=True, its count in `admitted`, no
    rate (method missing), and is in no pooled figure.  One school: Clopper-Pearson; below 5 admissions method
    "counts" and no rate or limits; not so where `summed` says that what stands in `school` is several already.
    Pooled: F(k) = 1 - prod(1 - D_j / R_j), Greenwood's variance V, then Wilson on the effective sample size
    min(F (1 - F) / V, people in year 0); people in year k where F is 0 or 1.
    Sources: Fine & Gray (1999), JASA 94:496-509, censoring complete; Korn & Graubard (1998), Survey Methodology
    24:193-201, for the effective size.
    ValueError when cohorts and periods are of different kinds.
    """
    by = list(by)
    cells = observed(counts, as_of, schools, breakdown)
    check_one_group(cells, by)
    cells = cells.drop(columns="cohort").rename(columns={"year": "cohort"})
    used, how = cells[cells["usable"]], (confidence, summed)
    parts = [
        _curve(used.assign(cohort=pd.Series(pd.NA, index=used.index, dtype="string"), period=pd.NA), by, *how),
        _curve(used, by, *how),
        _added(cells[cells["partial"]], by),
    ]
    parts = [part for part in parts if not part.empty]
    found = pd.concat(parts) if parts else pd.DataFrame()
    found = shaped(found, _CURVE, by)
    return shaped(arranged(found, [*by, "cohort", "k", "partial"], school_order(schools)), _CURVE, by)


def _added(cells: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    cells = cells.assign(so_far=cells["before"] + cells["admitted"])
    keys = [*by, "cohort", "k", "period"]
    return cells.groupby(keys, as_index=False, dropna=False).agg(
        trained=("trained", "sum"),
        at_risk=("at_risk", "sum"),
        admitted=("admitted", "sum"),
        admitted_so_far=("so_far", "sum"),
        schools=("school", "nunique"),
        partial=("partial", "any"),
    )


def _curve(cells: pd.DataFrame, by: list[str], confidence: float, summed: bool) -> pd.DataFrame:
    if cells.empty:
        return cells
    added = _added(cells, by).sort_values("k", kind="stable")
    keys = [added[column] for column in [*by, "cohort"]]
    share, effective = product_limit(added, keys)
    added = added.assign(rate=share, effective=effective, method=_methods(added, keys, summed))
    return _with_limits(added, confidence)


def product_limit(added: pd.DataFrame, keys: list[pd.Series]) -> tuple[pd.Series, pd.Series]:
    """Return F(k) and the effective sample size of the sums of each curve."""
    events, risk = added["admitted"].astype("float64"), added["at_risk"].astype("float64")
    left = (1 - (events / risk).fillna(0)).groupby(keys, dropna=False).cumprod()  # nobody at risk: nothing changes
    term = (events / (risk * (risk - events))).replace([np.inf, -np.inf], np.nan).fillna(0)
    variance = left**2 * term.groupby(keys, dropna=False).cumsum()
    people = added["trained"].astype("float64")
    first = people.groupby(keys, dropna=False).transform("first")
    certain = (left >= 1) | (left <= 0) | (variance <= 0)
    effective = ((1 - left) * left / variance.where(~certain)).clip(upper=first)
    return 1 - left, effective.where(~certain, people)


def _methods(added: pd.DataFrame, keys: list[pd.Series], summed: bool) -> pd.Series:
    one_school = (added["schools"].groupby(keys, dropna=False).transform("max") == 1) & (not summed)
    few = added["admitted"].groupby(keys, dropna=False).transform("sum") < FEW_ADMISSIONS
    names = np.where(one_school, np.where(few, "counts", "clopper_pearson"), "wilson")
    return pd.Series(names, index=added.index, dtype="string")


def _with_limits(added: pd.DataFrame, confidence: float) -> pd.DataFrame:
    empty = (added["trained"] == 0) | (added["method"] == "counts")
    size = added["effective"].where(~empty, 1.0).to_numpy("float64")
    share = added["rate"].where(~empty, 0.0).to_numpy("float64")
    wilson, exact = (limits(share * size, size, confidence) for limits in (wilson_limits, exact_limits))
    use_exact = (added["method"] == "clopper_pearson").to_numpy("bool")
    low, high = (np.where(use_exact, exact[side], wilson[side]) for side in (0, 1))
    found = added.assign(low=low, high=high)
    shown = ["rate", "low", "high", "effective"]
    return found.assign(**{column: found[column].where(~empty) for column in shown})


def cohort_test(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group",),
    as_of: date | None = None,
    schools: Sequence | None = None,
) -> pd.DataFrame:
    """Return whether the first-year shares of the cohorts differ (exact, given the margins).

    Columns: *by, cohorts (Int64: compared), p_value (float64, NaN with fewer than two), differ (bool: p < 0.10, then
    the pooled curve is for reference only), exact (bool: False where the p-value is simulated), and the last
    cohort observed through k = 1 or further, else k = 0: last_cohort (string), last_k, last_trained,
    last_admitted (Int64), last_rate, last_low, last_high (float64, Wilson).
    Source: Freeman & Halton (1951), Biometrika 38:141-149.
    """
    by = list(by)
    curves = conversion(counts, by, as_of, schools)
    curves = curves[curves["cohort"].notna() & ~curves["partial"]]
    rows = [
        dict(zip(by, key, strict=True)) | _compared(cell) for key, cell in curves.groupby(by, sort=False, dropna=False)
    ]
    return shaped(pd.DataFrame(rows), _TEST, by)


def _compared(curves: pd.DataFrame) -> dict[str, Any]:
    first = curves[curves["k"] == 0]
    test = same_share(first["admitted"].tolist(), first["trained"].tolist())
    later = curves[curves["k"] >= 1]
    last = (later if len(later) else curves).sort_values(["cohort", "k"], kind="stable").iloc[-1]
    limits = interval(last["admitted_so_far"], last["trained"])
    return {
        "cohorts": len(first),
        "p_value": test.p_value,
        "differ": test.p_value < DIFFERENT,
        "exact": test.exact,
        "last_cohort": last["cohort"],
        "last_k": last["k"],
        "last_trained": last["trained"],
        "last_admitted": last["admitted_so_far"],
        **{f"last_{name}": value for name, value in limits._asdict().items()},
    }


def conversion_bounds(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group",),
    schools: Sequence | None = None,
    periods: Sequence[str] | None = None,
    waiting_before: int | Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Return what counts without cohorts still say about conversion: bounds only.

    Columns: *by, period (string; missing in the row of the whole window, which comes last), trained, admitted
    (Int64: over the school-periods that reported both), same_low, same_high (Int64: of the people trained in the
    period, admitted within it; in the last row: of all trained in the window, admitted so far), low, high
    (float64: the same as shares of trained).
    With T trained and A admitted in period t, P waiting before the window, W = P + sum over earlier periods of T - A:
    same period from max(0, A - W) to min(A, T); window from max(0, sum A - P) to min(sum A, sum T).
    `waiting_before`: P, for all or by group; None = unknown, then the lower bounds are 0.  They are 0 also where a
    school left a period out, since W is then unknown.
    """
    by = list(by)
    cells = trained_and_admitted(chosen(totals(counts), schools, periods))
    cells = cells.assign(place=cells["school"] + "/" + cells["group"])
    check_one_group(cells, by)
    check_addable(cells, by)
    added = cells.groupby([*by, "period"], as_index=False, dropna=False).agg(
        trained=("trained", "sum"), admitted=("admitted", "sum"), places=("place", frozenset)
    )
    added = arranged(added, [*by, "period"], school_order(schools))
    rows = [
        dict(zip(by, key, strict=True)) | bounds
        for key, cell in added.groupby(by, sort=False, dropna=False)
        for bounds in _bounds(cell, _waiting(waiting_before, cell))
    ]
    found = pd.DataFrame(rows, columns=[*by, "period", "trained", "admitted", "same_low", "same_high"])
    people = found["trained"].astype("Float64").where(found["trained"] > 0)
    return shaped(found.assign(low=found["same_low"] / people, high=found["same_high"] / people), _BOUNDS, by)


def _waiting(waiting_before: int | Mapping[str, int] | None, cell: pd.DataFrame) -> float:
    """Return P; infinite when unknown, so that every lower bound is 0."""
    if cell["places"].nunique() > 1:
        return np.inf
    if isinstance(waiting_before, Mapping):
        waiting_before = waiting_before.get(cell["group"].iloc[0]) if "group" in cell else None
    return np.inf if waiting_before is None else waiting_before


def _bounds(cell: pd.DataFrame, before: float) -> list[dict[str, Any]]:
    rows, waiting = [], before
    for period, trained, admitted in zip(cell["period"], cell["trained"], cell["admitted"], strict=True):
        rows.append(_bound(period, int(trained), int(admitted), waiting))
        waiting += trained - admitted
    return [*rows, _bound(pd.NA, int(cell["trained"].sum()), int(cell["admitted"].sum()), before)]


def _bound(period: Any, trained: int, admitted: int, waiting: float) -> dict[str, Any]:
    return {
        "period": period,
        "trained": trained,
        "admitted": admitted,
        "same_low": int(max(0, admitted - waiting)) if np.isfinite(waiting) else 0,
        "same_high": min(admitted, trained),
    }
