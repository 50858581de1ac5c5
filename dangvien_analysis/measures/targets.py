"""Targets against what was done, and which school has sent a plan."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from dangvien_analysis.frames import typed
from dangvien_analysis.measures.selection import (
    arranged,
    check_addable,
    check_one_group,
    check_one_measure,
    chosen,
    partial,
    school_ids,
    school_order,
    shaped,
)
from dangvien_analysis.measures.whole import totals
from dangvien_analysis.periods import parse

PLACE = ["school", "group", "period", "measure"]
_ATTAINMENT = (
    typed(Int64="target extra_target planned actual planned_reported", float64="attained")
    | typed(Int64="remaining schools reported", bool="partial")
    | typed(Int64="last_year")
)
_UNIONS = ("via_youth_union", "via_trade_union")
_PLANS = {
    "school": "string",
    "period": "string",
    "group": "string",
    "measure": "string",
    "sent": "bool",
    "target": "Int64",
    "extra_target": "Int64",
    "actual": "Int64",
    **{f"{union}_{kind}": "Int64" for union in _UNIONS for kind in ("target", "actual")},
}


def attainment(
    counts: pd.DataFrame,
    by: Sequence[str] = ("school", "group", "period", "measure"),
    as_of: date | None = None,
    schools: Sequence | None = None,
    periods: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return actual against target + extra target, where a target was given.

    Columns: *by, target, extra_target (Int64, missing where not given), planned (Int64: their sum), actual
    (Int64, missing where not reported), planned_reported (Int64: the planned of those who reported an actual),
    attained (float64: actual / planned_reported; NaN where that is 0 or missing: "không giao"), remaining (Int64:
    planned_reported - actual, negative where exceeded), schools (Int64: schools with a target), reported
    (Int64: of them, with an actual), partial (bool), last_year (Int64: the actual of the same months of the year
    before, where exactly these were reported by the same schools, for a partial period only).
    A target is a constant: no interval.  A partial period is not pro-rated: say "x/y, còn z".
    `actual` counts only schools that have a target.
    """
    by = list(by)
    cells = _planned_cells(chosen(totals(counts, kind=None), schools, None), as_of)
    cells = cells[cells["period"].isin(list(periods))] if periods is not None else cells
    check_one_group(cells, by)
    check_one_measure(cells, by)
    check_addable(cells, by)
    sums = ["target", "extra_target", "planned", "actual", "planned_reported", "last_year"]
    cells = cells.assign(reporter=cells["school"].where(cells["actual"].notna()))
    grouped = cells.groupby(by, sort=False, dropna=False)
    marks = grouped.agg(
        schools=("school", "nunique"),
        reported=("reporter", "nunique"),
        done=("actual", "count"),
        known=("last_year", "count"),
        partial=("partial", "any"),
    )
    added = grouped[sums].sum(min_count=1).join(marks).reset_index()
    divisor = added["planned_reported"].where(added["planned_reported"] > 0)
    added = added.assign(
        attained=added["actual"] / divisor,
        remaining=added["planned_reported"] - added["actual"],
        last_year=added["last_year"].where(added["known"] == added["done"]),
    )
    return shaped(arranged(added, by, school_order(schools)), _ATTAINMENT, by)


def _planned_cells(whole: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """One row per school, group, period and measure that has a target, with its actual beside it."""
    wide = whole.pivot(index=PLACE, columns="kind", values="n")
    wide = wide.reindex(columns=["target", "extra_target", "actual"]).astype("Int64").reset_index()
    wide = wide.assign(planned=wide[["target", "extra_target"]].sum(axis="columns", min_count=1).astype("Int64"))
    dates = whole[[*PLACE, "as_of"]].drop_duplicates(PLACE)  # the actual stands first; a target's day only without one
    cells = wide[wide["planned"].notna()].merge(dates, how="left", on=PLACE)
    cells = cells.assign(
        partial=partial(cells, as_of),
        planned_reported=cells["planned"].where(cells["actual"].notna()),
    )
    return cells.assign(last_year=_same_months_last_year(cells, whole))


def _same_months_last_year(cells: pd.DataFrame, whole: pd.DataFrame) -> pd.Series:
    """Look up last year's actual over the very months that this partial period has reached."""
    done = whole[whole["kind"] == "actual"]
    spans = [(parse(period).start, parse(period).end) for period in done["period"]]
    known = dict(zip(zip(done["school"], done["group"], done["measure"], spans, strict=True), done["n"], strict=True))
    rows = cells[["school", "group", "measure", "period", "as_of", "partial", "actual"]].itertuples(index=False)
    found = [
        known.get((row.school, row.group, row.measure, _year_before(row.period, row.as_of)), pd.NA)
        if row.partial and pd.notna(row.actual)
        else pd.NA
        for row in rows
    ]
    return pd.Series(found, index=cells.index, dtype="Int64")


def _year_before(period: str, as_of) -> tuple | None:
    if pd.isna(as_of) or (as_of + timedelta(days=1)).day != 1:
        return None  # the middle of a month: last year's returns cannot say what had happened by that day
    (year, month), _, _ = parse(period)
    return (year - 1, month), (as_of.year - 1, as_of.month)


def plans(
    counts: pd.DataFrame,
    schools: Sequence | None = None,
    periods: Sequence[str] | None = None,
    measures: Sequence[str] = ("nominated", "admitted"),
) -> pd.DataFrame:
    """Return which school has sent a plan, and the unions' targets beside what they brought.

    Columns: school, period, group, measure, sent (bool: a target of any breakdown was given), target,
    extra_target, actual, via_youth_union_target, via_youth_union_actual, via_trade_union_target,
    via_trade_union_actual (Int64, missing where not given).
    One row per school x period x group x measure: schools and periods as given, else as met in `counts` and in
    its targets; groups student and staff, those that have a target anywhere.
    """
    rows = counts[counts["measure"].isin(list(measures))]
    given = rows[rows["kind"].isin(["target", "extra_target"])]
    grid = _plan_grid(counts, given, schools, periods)
    sent = given[PLACE].drop_duplicates().assign(sent=True)
    grid = grid.merge(sent, how="left", on=PLACE)
    grid = grid.assign(sent=grid["sent"].eq(True).fillna(False))
    for prefix, breakdown in [("", "total"), *((f"{union}_", union) for union in _UNIONS)]:
        grid = grid.merge(_by_kind(rows, breakdown, prefix), how="left", on=PLACE)
    order = school_order(schools) | {"measure": list(measures)}
    return shaped(arranged(grid, ["school", "period", "group", "measure"], order), _PLANS)


def _plan_grid(counts, given: pd.DataFrame, schools, periods) -> pd.DataFrame:
    values = {
        "school": school_ids(schools) if schools is not None else counts["school"].unique(),
        "period": list(periods) if periods is not None else given["period"].unique(),
        "group": given["group"].unique(),
        "measure": given["measure"].unique(),
    }
    columns = [pd.DataFrame({name: pd.array(list(met), dtype="string")}) for name, met in values.items()]
    grid = columns[0]
    for column in columns[1:]:
        grid = grid.merge(column, how="cross")
    return grid


def _by_kind(rows: pd.DataFrame, breakdown: str, prefix: str) -> pd.DataFrame:
    wide = totals(rows, kind=None, breakdown=breakdown).pivot(index=PLACE, columns="kind", values="n")
    wide = wide.reindex(columns=["target", "extra_target", "actual"]).astype("Int64")
    return wide.add_prefix(prefix).reset_index()
