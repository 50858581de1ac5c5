"""How complete the returns are, and whether they add up to what was published."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from dangvien_analysis.frames import typed
from dangvien_analysis.measures.selection import CORE_FLOWS, arranged, check_addable, existed, partial, shaped
from dangvien_analysis.measures.whole import totals

_COVERAGE = typed(string="school period", bool="expected reported partial")
_RECONCILED = typed(string="group measure periods", Int64="published computed difference", bool="agrees") | typed(
    Int64="schools_missing", string="source note"
)


class CoverageSummary(NamedTuple):
    """Numbers for "4/4 trường, 16/16 kỳ"; expected numbers are None without a registry of schools."""

    schools_reported: int  # schools with at least one expected period reported
    schools_complete: int  # schools with every expected period reported
    schools_expected: int | None
    cells_reported: int  # school-periods
    cells_expected: int | None
    partial_periods: tuple[str, ...]


def coverage(counts: pd.DataFrame, collection) -> pd.DataFrame:
    """Return whether each expected school reported each expected period.

    Columns: school, period (string), expected, reported, partial (bool).
    A school reported a period when it gave an actual number nominated, trained or admitted for it, of any group
    and breakdown; a cohort table counts only for a school that sends nothing else, since it would hide
    that the period's own return is missing.  Rows: schools in the order of the collection x its periods by time,
    where the school existed (valid_from, valid_to).  Without a registry: the schools met in `counts`,
    expected=False; without `periods` in the collection: the periods met in `counts`.
    """
    rows = _core_rows(counts)
    rows = rows.assign(partial=partial(rows, collection.as_of))
    met = rows.groupby(["school", "period"], as_index=False).agg(partial=("partial", "any")).assign(reported=True)
    grid = _expected_cells(rows, collection).merge(met, how="left", on=["school", "period"])
    reported = grid["reported"].eq(True).fillna(False).astype("bool")
    to_come = partial(grid.assign(as_of=pd.NaT), collection.as_of)
    marked = grid.assign(reported=reported, partial=grid["partial"].where(reported, to_come))
    return shaped(marked, _COVERAGE)


def _core_rows(counts: pd.DataFrame) -> pd.DataFrame:
    rows = counts[(counts["kind"] == "actual") & counts["measure"].isin(CORE_FLOWS)]
    plain = rows["cohort"].isna()
    return rows[plain | ~rows["school"].isin(rows.loc[plain, "school"])]


def _expected_cells(rows: pd.DataFrame, collection) -> pd.DataFrame:
    periods = list(collection.periods) or list(rows["period"].unique())
    schools = list(collection.schools) or list(dict.fromkeys(rows["school"]))
    cells = [
        {"school": getattr(school, "id", school), "period": period}
        for school in schools
        for period in arranged(pd.DataFrame({"period": periods}), ["period"])["period"]
        if existed(school, period)
    ]
    grid = pd.DataFrame(cells, columns=["school", "period"], dtype="string")
    return grid.assign(expected=bool(collection.schools))


def coverage_summary(frame: pd.DataFrame) -> CoverageSummary:
    """Return the numbers of a `coverage` frame, or of part of it."""
    schools = frame.groupby("school")["reported"]
    known = bool(frame["expected"].any())
    return CoverageSummary(
        schools_reported=int(schools.any().sum()),
        schools_complete=int(schools.all().sum()),
        schools_expected=frame["school"].nunique() if known else None,
        cells_reported=int(frame["reported"].sum()),
        cells_expected=len(frame) if known else None,
        partial_periods=tuple(dict.fromkeys(frame.loc[frame["partial"], "period"])),
    )


def reconcile(counts: pd.DataFrame, collection) -> pd.DataFrame:
    """Return each published figure beside the sum over all schools and exactly its periods.

    Columns: group, measure, periods (string, "2021, 2022, 2023"), published, computed, difference (Int64:
    computed - published; both missing where nothing was reported), agrees (bool), schools_missing (Int64: expected
    schools without a number for at least one of the periods; missing without a registry), source, note (string).
    ValueError when a figure's periods cannot be added.
    """
    whole = totals(counts)
    rows = [_reconciled(whole, figure, collection) for figure in collection.published]
    return shaped(pd.DataFrame(rows), _RECONCILED)


def _reconciled(whole: pd.DataFrame, figure, collection) -> dict:
    rows = whole[
        (whole["group"] == figure.group)
        & (whole["measure"] == figure.measure)
        & whole["period"].isin(list(figure.periods))
    ]
    check_addable(rows, [])
    computed = rows["n"].sum(min_count=1)
    return {
        "group": figure.group,
        "measure": figure.measure,
        "periods": ", ".join(figure.periods),
        "published": figure.n,
        "computed": computed,
        "difference": computed - figure.n,
        "agrees": bool(pd.notna(computed) and computed == figure.n),
        "schools_missing": _schools_missing(rows, figure.periods, collection.schools),
        "source": figure.source,
        "note": figure.note,
    }


def _schools_missing(rows: pd.DataFrame, periods: Sequence[str], schools: Sequence) -> Any:
    if not schools:
        return pd.NA
    met = set(zip(rows["school"], rows["period"], strict=True))
    return sum(
        any(existed(school, period) and (school.id, period) not in met for period in periods) for school in schools
    )
