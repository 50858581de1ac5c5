"""The one number per school, period, group and measure that every other figure is made from."""

from collections.abc import Sequence

import pandas as pd

from dangvien_analysis import periods as period_words
from dangvien_analysis.measures.selection import arranged, cohort_year, shaped

KEY = ["school", "period", "group", "measure", "kind"]
PARTITIONS = (("grade_10", "grade_11", "grade_12"), ("manager", "teacher", "employee"), ("female", "male"))
_TOTALS = {**dict.fromkeys(KEY, "string"), "n": "Int64", "derived": "bool", "as_of": "datetime64[ms]"}
_ORIGINS = {**dict.fromkeys(KEY, "string"), "n": "Int64", **dict.fromkeys(["file", "sheet", "cell"], "string")}


def totals(counts: pd.DataFrame, kind: str | Sequence[str] | None = "actual", breakdown: str = "total") -> pd.DataFrame:
    """Return one row per school, period, group, measure and kind, without cohort and reason.

    Columns: school, period, group, measure, kind, n (Int64), derived (bool), as_of (datetime64[ms], may be NaT).

    A number that was reported as a whole is taken as it is.  Where it is missing it is the sum of a complete
    set of parts (grade_10 + grade_11 + grade_12, manager + teacher + employee, female + male, in this order of
    preference), else the sum over cohorts; such rows have derived=True and the earliest as_of of their parts.
    `kind=None` keeps every kind.  Another `breakdown` ("female") gives those rows, likewise summed over cohorts.
    Order: schools as first met, periods by time, then group, measure, kind.
    """
    rows = _of_kinds(counts, kind)
    rows = rows[rows["reason"].isna()]
    plain, by_cohort = rows[rows["cohort"].isna()], cohort_rows(rows[rows["breakdown"] == breakdown])
    found = [plain[plain["breakdown"] == breakdown].assign(derived=False)]
    if breakdown == "total":
        found += [_sum_of_parts(plain, parts) for parts in PARTITIONS]
    found.append(_summed(by_cohort))
    found = [frame for frame in found if not frame.empty]
    merged = pd.concat([frame[list(_TOTALS)] for frame in found]) if found else rows.iloc[:0].assign(derived=False)
    schools = {"school": list(dict.fromkeys(counts["school"]))}
    return shaped(arranged(merged.drop_duplicates(KEY), KEY, schools), _TOTALS)


def _of_kinds(counts: pd.DataFrame, kind: str | Sequence[str] | None) -> pd.DataFrame:
    if kind is None:
        return counts
    return counts[counts["kind"].isin([kind] if isinstance(kind, str) else list(kind))]


def origins(
    counts: pd.DataFrame, kind: str | Sequence[str] | None = "actual", breakdown: str = "total"
) -> pd.DataFrame:
    """Return the reported numbers that each number of `totals` is made of, one row each, in the same order.

    Columns: school, period, group, measure, kind, n (Int64), file, sheet, cell (string).
    Added up by the first five they give exactly `totals` of the same arguments.
    """
    rows = _of_kinds(counts, kind)
    rows = rows[rows["reason"].isna()]
    plain, by_cohort = rows[rows["cohort"].isna()], cohort_rows(rows[rows["breakdown"] == breakdown])
    found = [plain[plain["breakdown"] == breakdown]]
    if breakdown == "total":
        found += [_complete_parts(plain, parts) for parts in PARTITIONS]
    found.append(by_cohort)
    ranked = [frame.assign(_rank=rank) for rank, frame in enumerate(found) if not frame.empty]
    merged = pd.concat(ranked) if ranked else rows.iloc[:0].assign(_rank=0)
    used = merged[merged["_rank"] == merged.groupby(KEY)["_rank"].transform("min")]
    schools = {"school": list(dict.fromkeys(counts["school"]))}
    return shaped(arranged(used, KEY, schools), _ORIGINS)


def _complete_parts(plain: pd.DataFrame, parts: tuple[str, ...]) -> pd.DataFrame:
    rows = plain[plain["breakdown"].isin(parts)]
    return rows[rows.groupby(KEY)["breakdown"].transform("nunique") == len(parts)] if len(rows) else rows


def _sum_of_parts(plain: pd.DataFrame, parts: tuple[str, ...]) -> pd.DataFrame:
    rows = _complete_parts(plain, parts)
    return rows if rows.empty else _summed(rows)


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    added = rows.groupby(KEY, sort=False, as_index=False).agg(n=("n", "sum"), as_of=("as_of", "min"))
    return added.assign(derived=True)


def trained_and_admitted(whole: pd.DataFrame) -> pd.DataFrame:
    """Return school, group, period, trained, admitted of `totals`, where both were reported."""
    rows = whole[whole["measure"].isin(["trained", "admitted"])]
    wide = rows.pivot(index=["school", "group", "period"], columns="measure", values="n")
    return wide.reindex(columns=["trained", "admitted"]).dropna().reset_index()


def cohort_rows(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a cohort, without reason, and `year`, the cohort's year.

    Where a school gives both a year and its courses ("2023" and "2023/1"), the year is the whole and is kept.
    """
    rows = counts[counts["cohort"].notna() & counts["reason"].isna()]
    rows = rows.assign(year=rows["cohort"].map(cohort_year).astype("string"))
    is_year = rows["cohort"] == rows["year"]
    if is_year.all():
        return rows
    has_year = is_year.groupby([rows[column] for column in [*KEY, "breakdown", "year"]]).transform("any")
    return rows[is_year | ~has_year.astype("bool")]


def period_kinds(counts: pd.DataFrame) -> pd.DataFrame:
    """Return which kinds of period the rows use: kind (string), periods (Int64), rows (Int64), most rows first."""
    found = pd.DataFrame({"kind": _kinds(counts), "period": counts["period"]})
    table = found.groupby("kind", as_index=False).agg(periods=("period", "nunique"), rows=("period", "size"))
    ordered = table.sort_values(["rows", "kind"], ascending=[False, True], kind="stable")
    return shaped(ordered, {"kind": "string", "periods": "Int64", "rows": "Int64"})


def of_kind(counts: pd.DataFrame, kind: str | None = None) -> pd.DataFrame:
    """Keep the rows whose period is of one kind ("year", "school_year", ...); by default the commonest one."""
    if kind is None:
        kinds = period_kinds(counts)["kind"]
        kind = kinds.iloc[0] if len(kinds) else ""
    return counts[_kinds(counts) == kind].reset_index(drop=True)


def _kinds(counts: pd.DataFrame) -> pd.Series:
    return counts["period"].map(lambda period: period_words.parse(period).kind).astype("string")
