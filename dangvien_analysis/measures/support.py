"""Which school needs help with its papers: dossiers under way against what is still to be done."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dangvien_analysis.frames import typed
from dangvien_analysis.measures.pool import waiting
from dangvien_analysis.measures.selection import arranged, school_order, shaped
from dangvien_analysis.measures.targets import attainment

_SHORT = typed(
    string="school group period", Int64="planned actual remaining eligible age_18 dossier wanted", bool="short known"
)


def dossiers_short(
    counts: pd.DataFrame,
    as_of: date | None = None,
    schools: Sequence | None = None,
    periods: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return, for each school and group, whether fewer dossiers are under way than admissions are still to come.

    Columns: school, group, period (string: the last with a target for admissions that is not over; missing without
    one), planned, actual, remaining (Int64: of that target, see `attainment`), eligible (Int64: pupils of 18 where
    reported, else people waiting), age_18, dossier (Int64), wanted (Int64: remaining, at most `eligible`; without a
    target 1 where somebody is eligible), short (bool: dossier < wanted), known (bool: dossiers and people were
    reported).
    It speaks of papers, not of merit: a school with a high share admitted may be short of dossiers.
    """
    keys = ["school", "group"]
    pool = waiting(counts, keys, as_of, schools)
    given = _running_targets(counts, as_of, schools, periods)
    rows = pool.merge(given, how="left", on=keys)
    waits = rows["waiting"].fillna(rows["at_most"]).clip(lower=0)
    pupils = rows["group"] == "student"
    rows = rows.assign(eligible=rows["age_18"].where(pupils).fillna(waits))
    left = rows["remaining"].fillna((rows["eligible"] > 0).astype("Int64"))
    rows = rows.assign(wanted=pd.concat([left.clip(lower=0), rows["eligible"]], axis="columns").min(axis="columns"))
    rows = rows.assign(
        short=(rows["dossier"] < rows["wanted"]).fillna(False), known=rows["dossier"].notna() & rows["eligible"].notna()
    )
    return shaped(arranged(rows, ["group", "school"], school_order(schools)), _SHORT)


def _running_targets(
    counts: pd.DataFrame, as_of: date | None, schools: Sequence | None, periods: Sequence[str] | None
) -> pd.DataFrame:
    admitted = counts[counts["measure"] == "admitted"]
    rows = attainment(admitted, as_of=as_of, schools=schools, periods=periods)
    rows = arranged(rows[rows["partial"]], ["period"])
    columns = ["school", "group", "period", "planned", "actual", "remaining"]
    return rows.drop_duplicates(["school", "group"], keep="last")[columns]
