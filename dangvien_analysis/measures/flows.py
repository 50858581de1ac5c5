"""Flows per period and over the whole window: trend, like for like, stages, ratios."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from dangvien_analysis.frames import typed
from dangvien_analysis.measures.rates import interval
from dangvien_analysis.measures.selection import (
    CORE_FLOWS,
    STAGES,
    STOCKS,
    arranged,
    check_addable,
    check_one_group,
    chosen,
    existed,
    partial,
    school_order,
    shaped,
)
from dangvien_analysis.measures.whole import cohort_rows, totals
from dangvien_analysis.periods import parse, sort_key

_TREND = typed(string="period measure", Int64="n cumulative schools expected gaps", bool="partial derived")
_LIKE = typed(
    string="measure period previous_period",
    Int64="schools n previous_n change courses previous_courses",
    bool="partial",
)
_FUNNEL = (
    typed(string="stage", Int64="n")
    | typed(string="previous_stage", Int64="previous matched", float64="rate low high")
    | typed(Int64="schools", bool="partial")
)
_RATIO = typed(Int64="nominated trained admitted", float64="admitted_per_nominated admitted_per_trained") | typed(
    Int64="nominated_base admitted_on_nominated trained_base admitted_on_trained", bool="partial"
)


def trend(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group",),
    as_of: date | None = None,
    schools: Sequence | None = None,
    periods: Sequence[str] | None = None,
    measures: Sequence[str] = CORE_FLOWS,
) -> pd.DataFrame:
    """Return what happened per period and since the first one.

    Columns: *by, period, measure (string), n (Int64), cumulative (Int64), schools (Int64: how many reported),
    expected (Int64: how many should have; missing if `schools` is not given), gaps (Int64: school-periods not
    reported from the first period up to this one; missing if expected is), partial (bool), derived (bool: some
    part of n is a sum of parts).
    One row per `by` x period x measure, for each measure that the `by` cell has at all; n is missing and schools
    is 0 where nobody reported.  `cumulative` adds what was reported (read `gaps` beside it), is missing before
    the first report, and always missing for a stock (`STOCKS`), which cannot be added over time.
    `as_of` is used for rows that have none.
    """
    by = list(by)
    rows = _flows(counts, by, as_of, schools, periods, measures)
    check_addable(rows[~rows["measure"].isin(STOCKS)], [*by, "measure"])
    cells = rows.groupby([*by, "measure", "period"], sort=False, as_index=False, dropna=False).agg(
        n=("n", "sum"), schools=("school", "nunique"), partial=("partial", "any"), derived=("derived", "any")
    )
    grid = _grid(cells, by, periods).merge(cells, how="left", on=[*by, "measure", "period"])
    grid = arranged(grid, [*by, "period", "measure"], school_order(schools) | {"measure": list(measures)})
    unreported = grid["n"].isna()
    grid = grid.assign(
        schools=grid["schools"].fillna(0),
        derived=grid["derived"].eq(True).fillna(False),
        partial=grid["partial"].eq(True).fillna(False) | (unreported & partial(grid.assign(as_of=pd.NaT), as_of)),
        expected=_expected(grid, schools),
    )
    return shaped(_accumulated(grid, [*by, "measure"]), _TREND, by)


def _flows(counts, by, as_of, schools, periods, measures) -> pd.DataFrame:
    rows = chosen(totals(counts), schools, periods)
    rows = rows[rows["measure"].isin(list(measures))]
    check_one_group(rows, by)
    return rows.assign(partial=partial(rows, as_of))


def _grid(cells: pd.DataFrame, by: list[str], periods: Sequence[str] | None) -> pd.DataFrame:
    """Every period beside every measure that a `by` cell has, so that a gap is a row and not a silence.

    A school that reports by school year gets no gaps for calendar years.
    """
    met = cells["period"].unique() if periods is None else list(periods)
    every = pd.DataFrame({"period": pd.array(list(met), dtype="string")})
    kinds = cells[[*by, "measure"]].assign(kind=_kinds(cells)).drop_duplicates()
    return kinds.merge(every.assign(kind=_kinds(every)), on="kind").drop(columns="kind")


def _kinds(frame: pd.DataFrame) -> pd.Series:
    return frame["period"].map(lambda period: parse(period).kind).astype("string")


def _expected(grid: pd.DataFrame, schools: Sequence | None) -> pd.Series:
    if schools is None:
        return pd.Series(pd.NA, index=grid.index, dtype="Int64")
    alive = {
        period: {getattr(school, "id", school) for school in schools if existed(school, period)}
        for period in grid["period"].unique()
    }
    if "school" in grid.columns:
        pairs = zip(grid["school"], grid["period"], strict=True)
        return pd.Series([int(school in alive[period]) for school, period in pairs], index=grid.index, dtype="Int64")
    return grid["period"].map({period: len(ids) for period, ids in alive.items()}).astype("Int64")


def _accumulated(grid: pd.DataFrame, cell: list[str]) -> pd.DataFrame:
    missing = (grid["expected"] - grid["schools"]).clip(lower=0)
    keys = [grid[column] for column in cell]
    so_far = grid["n"].fillna(0).groupby(keys, dropna=False).cumsum()
    begun = grid["n"].notna().astype("int").groupby(keys, dropna=False).cummax().astype("bool")
    return grid.assign(
        gaps=missing.groupby(keys, dropna=False).cumsum(),
        cumulative=so_far.where(begun & ~grid["measure"].isin(STOCKS)),
    )


def like_for_like(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group",),
    as_of: date | None = None,
    schools: Sequence | None = None,
    periods: Sequence[str] | None = None,
    measures: Sequence[str] = CORE_FLOWS,
) -> pd.DataFrame:
    """Return each period against the one before, over the schools that reported both.

    Columns: *by, measure, period, previous_period (string), schools (Int64), n, previous_n, change (Int64),
    courses, previous_courses (Int64: courses told apart in the cohort column, over those of these schools that
    tell them apart in both periods; missing where none does, and for other measures than nominated and trained),
    partial (bool: either period is partial, so the two must not be compared as if whole).
    No row where no school reported both.
    """
    by = list(by)
    rows = _flows(counts, by, as_of, schools, periods, measures)
    check_addable(rows, [*by, "measure"])
    rows = rows.merge(_courses(counts), how="left", on=["school", "period", "group", "measure"])
    before = _previous_periods(rows["period"])
    earlier = rows.rename(columns={"period": "previous_period", "n": "previous_n", "courses": "previous_courses"})
    keys = list(dict.fromkeys([*by, "school", "group", "measure", "previous_period"]))
    pairs = rows.assign(previous_period=rows["period"].map(before).astype("string")).merge(
        earlier[[*keys, "previous_n", "previous_courses", "partial"]], on=keys, suffixes=("", "_before")
    )
    return shaped(_added_pairs(pairs, by, schools, measures), _LIKE, by)


def _added_pairs(pairs: pd.DataFrame, by: list[str], schools, measures) -> pd.DataFrame:
    told_apart = pairs["courses"].notna() & pairs["previous_courses"].notna()
    pairs = pairs.assign(
        partial=pairs["partial"] | pairs["partial_before"],
        courses=pairs["courses"].where(told_apart),
        previous_courses=pairs["previous_courses"].where(told_apart),
    )
    cells = pairs.groupby([*by, "measure", "period", "previous_period"], sort=False, as_index=False, dropna=False)
    added = cells.agg(
        schools=("school", "nunique"),
        n=("n", "sum"),
        previous_n=("previous_n", "sum"),
        courses=("courses", _sum_or_missing),
        previous_courses=("previous_courses", _sum_or_missing),
        partial=("partial", "any"),
    )
    added = added.assign(change=added["n"] - added["previous_n"])
    return arranged(added, [*by, "measure", "period"], school_order(schools) | {"measure": list(measures)})


def _sum_or_missing(values: pd.Series) -> Any:
    return values.sum(min_count=1)


def _previous_periods(periods: pd.Series) -> dict[str, str]:
    """Map each period to the one before it of the same kind and length: half a year is not held against nine months."""
    before, latest = {}, {}
    for period in sorted(periods.unique(), key=sort_key):
        (y1, m1), (y2, m2), kind = parse(period)
        likeness = kind, 12 * (y2 - y1) + m2 - m1
        if likeness in latest:
            before[period] = latest[likeness]
        latest[likeness] = period
    return before


def _courses(counts: pd.DataFrame) -> pd.DataFrame:
    """Count the courses of each school and period where the returns tell them apart."""
    rows = counts[(counts["kind"] == "actual") & counts["measure"].isin(["nominated", "trained"])]
    rows = cohort_rows(rows)
    rows = rows[(rows["cohort"] != rows["year"]) & (rows["period"] == rows["year"])]
    keys = ["school", "period", "group", "measure"]
    return rows.groupby(keys, as_index=False).agg(courses=("cohort", "nunique")).astype({"courses": "Int64"})


def funnel(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group",),
    as_of: date | None = None,
    schools: Sequence | None = None,
    periods: Sequence[str] | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return the stages nominated, trained, mentored, proposed, admitted, added over the periods.

    Columns: *by, stage (string), n (Int64), previous_stage (string, may be missing), previous (Int64), matched
    (Int64), rate, low, high (float64 shares, Wilson), schools (Int64), partial (bool: some period is).
    rate = matched / previous, both over the school-periods that reported the two stages, so that a school that
    left one of them blank does not distort it (matched = n where all reported both).
    previous_stage: trained <- nominated; proposed <- trained; admitted <- proposed, or trained where nobody
    reported proposed.  `mentored` has none in either direction: places differ in whether the helper is
    assigned before or after the course.
    No rate (NaN) where there is one period only, or where matched exceeds previous: flows of one period may
    belong to different people (see `ratio`).  Stages that nobody reported have no row.
    """
    by = list(by)
    rows = _flows(counts, by, as_of, schools, periods, STAGES)
    check_addable(rows, [*by, "measure"])
    stages = rows.groupby([*by, "measure"], sort=False, as_index=False, dropna=False).agg(
        n=("n", "sum"), schools=("school", "nunique"), partial=("partial", "any")
    )
    stages = stages.assign(previous_stage=_previous_stages(stages, by))
    stages = stages.merge(_steps(rows, by), how="left", on=[*by, "measure", "previous_stage"])
    stages = arranged(stages, [*by, "measure"], school_order(schools)).rename(columns={"measure": "stage"})
    proper = (stages["matched"] <= stages["previous"]) & (stages["periods"] > 1)
    successes, trials = (stages[column].where(proper.fillna(False)) for column in ("matched", "previous"))
    return shaped(stages.assign(**interval(successes, trials, confidence)), _FUNNEL, by)


def _previous_stages(stages: pd.DataFrame, by: list[str]) -> pd.Series:
    before = stages["measure"].map({"trained": "nominated", "proposed": "trained", "admitted": "proposed"})
    has_proposed = stages["measure"].eq("proposed").groupby([stages[column] for column in by]).transform("any")
    return before.mask((stages["measure"] == "admitted") & ~has_proposed, "trained").astype("string")


def _steps(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Add each stage and each possible stage before it over the school-periods that reported both."""
    place = list(dict.fromkeys([*by, "school", "group", "period"]))
    before = rows.rename(columns={"measure": "previous_stage", "n": "previous"})[[*place, "previous_stage", "previous"]]
    pairs = rows.merge(before, on=place)
    return pairs.groupby([*by, "measure", "previous_stage"], as_index=False, dropna=False).agg(
        matched=("n", "sum"), previous=("previous", "sum"), periods=("period", "nunique")
    )


def ratio(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group", "period"),
    as_of: date | None = None,
    schools: Sequence | None = None,
    periods: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return admissions beside nominations and beside people trained: ratios of flows, not conversion rates.

    Columns: *by, nominated, trained, admitted (Int64: all that was reported), admitted_per_nominated,
    admitted_per_trained (float64, may exceed 1, no interval), and what each ratio was made of:
    nominated_base, admitted_on_nominated, trained_base, admitted_on_trained (Int64: over the school-periods
    that reported both; equal to the plain columns where everybody did), partial (bool).
    NaN where the base is missing or 0.
    """
    by = list(by)
    rows = _flows(counts, by, as_of, schools, periods, CORE_FLOWS)
    check_addable(rows, [column for column in [*by, "measure"] if column != "period"])
    place = list(dict.fromkeys([*by, "school", "group", "period"]))
    wide = rows.pivot(index=place, columns="measure", values="n").reindex(columns=list(CORE_FLOWS)).reset_index()
    marks = rows.groupby(place, as_index=False, dropna=False).agg(partial=("partial", "any"))
    wide = wide.merge(marks, on=place)
    for base in ("nominated", "trained"):
        both = wide[base].notna() & wide["admitted"].notna()
        wide[f"{base}_base"] = wide[base].where(both)
        wide[f"admitted_on_{base}"] = wide["admitted"].where(both)
    sums = [column for column, dtype in _RATIO.items() if dtype == "Int64"]
    cells = wide.groupby(by, sort=False, dropna=False)
    added = cells[sums].sum(min_count=1).assign(partial=cells["partial"].any()).reset_index()
    for base in ("nominated", "trained"):
        divisor = added[f"{base}_base"].where(added[f"{base}_base"] > 0)
        added[f"admitted_per_{base}"] = added[f"admitted_on_{base}"] / divisor
    return shaped(arranged(added, by, school_order(schools)), _RATIO, by)
