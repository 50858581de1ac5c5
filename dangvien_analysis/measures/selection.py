"""Choosing and ordering rows: what may be added, whose rows count, and in which order results stand."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

import pandas as pd

from dangvien_analysis import periods as period_words

FLOWS = (
    "nominated",
    "trained",
    "mentored",
    "proposed",
    "admitted",
    "ceremony",
    "confirmed",
    "departed",
    "expired",
    "handed_over",
    "admitted_elsewhere",
)
STOCKS = ("headcount", "party_members", "source", "dossier", "not_admitted")
CORE_FLOWS = ("nominated", "trained", "admitted")  # what every return is asked for
STAGES = ("nominated", "trained", "mentored", "proposed", "admitted")

KIND_WORDS = {
    "year": "năm",
    "school_year": "năm học",
    "quarter": "quý",
    "half": "nửa năm",
    "months": "một số tháng",
}
_ORDER = {
    "group": ("student", "staff", "all"),
    "measure": (*FLOWS, *STOCKS),
    "kind": ("actual", "target", "extra_target", "estimate"),
}
_PERIODS = ("period", "previous_period", "cohort")


def shaped(frame: pd.DataFrame, dtypes: Mapping[str, str], by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the columns `by` (strings) and `dtypes`, in this order and typed; what is absent is missing."""
    wanted = {**dict.fromkeys(by, "string"), **dtypes}
    return frame.reindex(columns=list(wanted)).astype(wanted).reset_index(drop=True)


def arranged(frame: pd.DataFrame, columns: Sequence[str], known: Mapping[str, Sequence] | None = None) -> pd.DataFrame:
    """Sort by `columns`: periods by time, groups and measures as offices list them, the rest as first met.

    `known` gives the order of a column's values where the caller has one (schools of the collection).
    """
    ranks = {f"_{column}": _rank(frame[column], column, (known or {}).get(column)) for column in columns}
    return frame.assign(**ranks).sort_values(list(ranks), kind="stable").drop(columns=list(ranks))


def _rank(values: pd.Series, column: str, known: Sequence | None) -> pd.Series:
    met = list(dict.fromkeys(values.dropna()))
    first = list(known if known is not None else _ORDER.get(column, ()))
    rest = [value for value in met if value not in set(first)]
    if column in _PERIODS:
        rest.sort(key=period_words.sort_key)
    place = {value: position for position, value in enumerate([*first, *rest])}
    return values.map(place).astype("float64").fillna(-1)


def chosen(frame: pd.DataFrame, schools: Sequence | None, periods: Sequence[str] | None) -> pd.DataFrame:
    """Keep the rows of these schools and periods; None keeps all."""
    if schools is not None:
        frame = frame[frame["school"].isin(school_ids(schools))]
    if periods is not None:
        frame = frame[frame["period"].isin(list(periods))]
    return frame


def school_ids(schools: Iterable) -> list[str]:
    """Return the ids of schools given as ids or as objects with an `id`."""
    return [getattr(school, "id", school) for school in schools]


def school_order(schools: Sequence | None) -> dict[str, list[str]]:
    """Return the order of schools for `arranged`."""
    return {} if schools is None else {"school": school_ids(schools)}


def existed(school: Hashable, period: str) -> bool:
    """Tell whether a school existed during some part of a period; one without dates always did."""
    opened, closed = getattr(school, "valid_from", None), getattr(school, "valid_to", None)
    return (opened is None or opened <= period_words.end_date(period)) and (
        closed is None or closed >= period_words.start_date(period)
    )


def partial(frame: pd.DataFrame, as_of: date | None = None) -> pd.Series:
    """Tell for each row whether its `as_of` (else the one given) falls before the end of its period."""
    ends = {period: pd.Timestamp(period_words.end_date(period)) for period in frame["period"].unique()}
    reached = frame["as_of"] if as_of is None else frame["as_of"].fillna(pd.Timestamp(as_of))
    return (reached < frame["period"].map(ends).astype("datetime64[ms]")).astype("bool")


def check_one_group(frame: pd.DataFrame, by: Sequence[str]) -> None:
    """Refuse to put students, staff and the undivided group into one row."""
    if "group" in by or frame.empty:
        return
    kept = [column for column in by if column in frame.columns]
    groups = frame.groupby(kept, dropna=False)["group"].nunique().max() if kept else frame["group"].nunique()
    if groups > 1:
        raise ValueError(
            "Không gộp học sinh với cán bộ, giáo viên, nhân viên trong một con số: thêm cột «group» vào tham số by."
        )


def check_one_measure(frame: pd.DataFrame, by: Sequence[str]) -> None:
    """Refuse to add numbers of different measures."""
    if "measure" not in by and frame["measure"].nunique() > 1:
        raise ValueError("Không cộng các chỉ tiêu khác loại với nhau: thêm cột «measure» vào tham số by.")


def check_addable(frame: pd.DataFrame, cell: Sequence[str]) -> None:
    """Refuse to add, within a cell, periods of different kinds or periods that overlap."""
    if "period" in cell:
        return
    met = frame[[*cell, "period"]].drop_duplicates()
    if not cell:
        _check_periods(frozenset(met["period"]))
        return
    for periods in met.groupby(list(cell), dropna=False)["period"].agg(frozenset).unique():
        _check_periods(periods)


@lru_cache(maxsize=1024)
def _check_periods(periods: frozenset[str]) -> None:
    ordered = sorted(periods, key=period_words.sort_key)
    kinds: dict[str, str] = {}
    for period in ordered:
        kinds.setdefault(period_words.parse(period).kind, period)
    if len(kinds) > 1:
        named = "; ".join(f"{period_words.label(period)} ({KIND_WORDS[kind]})" for kind, period in kinds.items())
        raise ValueError(f"Không cộng các kỳ khác loại với nhau: {named}. Hãy chọn các kỳ cùng một loại.")
    for before, after in pairwise(ordered):
        if period_words.start_date(after) <= period_words.end_date(before):
            named = f"{period_words.label(before)}; {period_words.label(after)}"
            raise ValueError(f"Không cộng các kỳ chồng lên nhau: {named}. Hãy chọn các kỳ nối tiếp nhau.")


@lru_cache(maxsize=4096)
def cohort_year(cohort: str) -> str:
    """Return the year of a cohort without the number of the course: "2023/4" is "2023".

    ValueError, in Vietnamese, for a year that is none.
    """
    year = cohort.partition("/")[0]
    if period_words.parse(year).kind not in ("year", "school_year"):
        raise ValueError(f"Khóa «{cohort}» không hợp lệ: viết năm mở lớp, ví dụ «2023», «2023/4» hoặc «2022-2023».")
    return year
