"""Cohorts: what became of those trained in one year, by years since.

k means "by the end of the k-th calendar (or school) year after that of the course", not elapsed years.
Who leaves can no longer be admitted by this cell, so leavers stay in the denominator: removing them, as a
survival library does by default, would answer "if nobody ever left" and make the share far too high.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from dangvien_analysis.frames import typed
from dangvien_analysis.measures.selection import arranged, check_one_group, chosen, partial, school_order, shaped
from dangvien_analysis.measures.whole import cohort_rows
from dangvien_analysis.periods import label, parse

UNIT = ["school", "group", "cohort"]  # a cohort of one school, or one of its courses
_FATES = ("trained", "admitted", "departed", "expired", "admitted_elsewhere")
_TABLE = typed(
    string="cohort",
    Int64="trained admitted departed expired waiting admitted_elsewhere",
    float64="anywhere_low anywhere_high",
) | typed(Int64="schools", string="last_period", bool="partial")


def cohort_table(
    counts: pd.DataFrame, by: Sequence[str] = ("group",), as_of: date | None = None, schools: Sequence | None = None
) -> pd.DataFrame:
    """Return what became of each cohort so far.

    Columns: *by, cohort (string, the year of the course), trained, admitted, departed, expired, waiting,
    admitted_elsewhere (Int64), anywhere_low, anywhere_high (float64 shares: bounds of "admitted anywhere",
    (A + X) / n and (A + L) / n), schools (Int64), last_period (string: the last with admissions), partial (bool).
    trained = admitted + departed + expired + waiting; departed and waiting are missing where some school of the row
    did not report who left, expired that was not reported counts as nobody.
    Only the school-cohorts whose number trained was reported.
    """
    by = list(by)
    rows = _cohort_counts(counts, as_of, schools)
    check_one_group(rows, by)
    units = rows.pivot_table(index=[*UNIT, "year"], columns="measure", values="n", aggfunc="sum")
    units = units.reindex(columns=list(_FATES)).reset_index()
    units = units[units["trained"].notna()].rename(columns={"cohort": "course", "year": "cohort"})
    cells = units.groupby([*by, "cohort"], sort=False, dropna=False)
    added = cells[list(_FATES)].sum(min_count=1).join(cells.agg(schools=("school", "nunique"))).reset_index()
    told = cells["departed"].apply(lambda values: values.notna().all()).astype("bool").to_numpy()
    added = added.assign(departed=added["departed"].where(told))
    return shaped(arranged(_with_fates(added, rows, by), [*by, "cohort"], school_order(schools)), _TABLE, by)


def _with_fates(added: pd.DataFrame, rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    seen = rows[rows["measure"] == "admitted"]
    seen = arranged(seen.drop(columns="cohort").rename(columns={"year": "cohort"}), ["period"])
    last = seen.groupby([*by, "cohort"], as_index=False, dropna=False, sort=False).agg(
        last_period=("period", "last"), partial=("partial", "any")
    )
    added = added.merge(last, how="left", on=[*by, "cohort"])
    trained, admitted = added["trained"], added["admitted"]
    people = trained.where(trained > 0)
    return added.assign(
        waiting=trained - admitted - added["departed"] - added["expired"].fillna(0),
        anywhere_low=(admitted + added["admitted_elsewhere"].fillna(0)) / people,
        anywhere_high=(admitted + added["departed"]) / people,
        partial=added["partial"].eq(True).fillna(False),
    )


def _cohort_counts(
    counts: pd.DataFrame, as_of: date | None, schools: Sequence | None, breakdown: str = "total"
) -> pd.DataFrame:
    """Return the actual cohort rows with `year`, `k` and `partial`; refuse cohorts of another kind than periods."""
    rows = counts[(counts["kind"] == "actual") & (counts["breakdown"] == breakdown) & counts["measure"].isin(_FATES)]
    rows = cohort_rows(chosen(rows, schools, None))
    years = {text: parse(text) for text in {*rows["year"], *rows["period"]}}
    _check_kinds(rows, years)
    start = {text: period.start[0] for text, period in years.items()}
    first, now = (rows[column].map(start).astype("Int64") for column in ("year", "period"))
    return rows.assign(k=now - first, partial=partial(rows, as_of))[
        [*UNIT, "year", "period", "measure", "n", "k", "partial"]
    ]


def _check_kinds(rows: pd.DataFrame, years: Mapping) -> None:
    pairs = rows[["year", "period"]].drop_duplicates().itertuples(index=False)
    for year, period in pairs:
        if years[year].kind != years[period].kind:
            raise ValueError(
                f"Khóa {label(year)} và kỳ {label(period)} khác loại (năm và năm học không đặt chung một bảng): "
                "hãy báo cáo khóa và kỳ theo cùng một loại."
            )
    if len({years[year].kind for year in rows["year"].unique()}) > 1:
        raise ValueError("Có khóa theo năm và khóa theo năm học trong cùng một bảng: hãy tách hoặc chọn một loại.")


def observed(
    counts: pd.DataFrame, as_of: date | None = None, schools: Sequence | None = None, breakdown: str = "total"
) -> pd.DataFrame:
    """Return each school-cohort's admissions by year since the course, as far as they can be used.

    Columns: school, group, cohort, year, k, period, trained, admitted, before (admitted in earlier years), at_risk
    (trained - before; leavers stay), usable (bool: the years up to k are all reported, whole and possible), partial
    (bool: years before k are usable and year k has not ended).
    A year that was not reported ends what can be used, for it is not zero; so does more admitted than there were.
    """
    rows = _cohort_counts(counts, as_of, schools, breakdown)
    trained = rows[(rows["measure"] == "trained") & (rows["k"] == 0)].rename(columns={"n": "trained"})
    cells = rows[rows["measure"] == "admitted"].rename(columns={"n": "admitted"}).drop(columns="measure")
    cells = cells.merge(trained[[*UNIT, "trained"]], on=UNIT).sort_values("k", kind="stable")
    unit = cells.groupby(UNIT, sort=False)
    cells = cells.assign(before=unit["admitted"].cumsum() - cells["admitted"])
    possible = (cells["k"] == unit.cumcount()) & (cells["before"] + cells["admitted"] <= cells["trained"])
    usable = _so_far(possible & ~cells["partial"], cells)
    before_usable = usable.groupby([cells[column] for column in UNIT]).shift(fill_value=True).astype("bool")
    return cells.assign(
        at_risk=cells["trained"] - cells["before"],
        usable=usable,
        partial=cells["partial"] & possible & before_usable,
    )


def _so_far(marks: pd.Series, cells: pd.DataFrame) -> pd.Series:
    return marks.astype("int").groupby([cells[column] for column in UNIT]).cummin().astype("bool")
