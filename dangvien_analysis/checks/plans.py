"""Targets against what was done."""

from collections.abc import Iterator

import pandas as pd

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.checks.evidence import Evidence, finding_at
from dangvien_analysis.frames import Finding
from dangvien_analysis.measures import totals
from dangvien_analysis.text import join_words, number

# A target is a floor, and often exceeded. Three times as many and ten more is a target in the wrong column.
TIMES = 3
LEAST = 10
_KEY = ["school", "group", "period", "measure"]


def check_exceeded_targets(evidence: Evidence) -> Iterator[Finding]:
    """`above_target`: three times the target or more was done, and at least ten more."""
    plans = _plans(evidence.counts)
    if plans.empty:
        return
    done = _done(evidence, plans)[[*_KEY, "n"]].rename(columns={"n": "done"})
    both = plans.merge(done, on=_KEY)
    for row in both[
        (both["n"] > 0) & (both["done"] >= TIMES * both["n"]) & (both["done"] - both["n"] >= LEAST)
    ].itertuples():
        message = (
            f"Ô {row.cell}: chỉ tiêu {_what(row)} kỳ {periods.label(row.period)} là {number(row.n)} nhưng thực hiện "
            f"{number(row.done)}. Hãy xem hai số có bị ghi nhầm cột hoặc thiếu chỉ tiêu bổ sung."
        )
        yield finding_at(row, "warning", "above_target", message)


def check_targets_without_actuals(evidence: Evidence) -> Iterator[Finding]:
    """`target_without_actual`: a period with a target has ended and nothing says what was done.

    One finding a school. Silent where the school reported nothing at all for a period (`missing_return`), where a
    number was not read or a cell is blank, and where no school reported actuals: then only plans were called for.
    """
    as_of = evidence.collection.as_of
    plans = _plans(evidence.counts)
    if as_of is None or plans.empty:
        return
    done = _done(evidence, plans).assign(done=True)[[*_KEY, "done"]]
    met = evidence.actual[["school", "period"]].drop_duplicates()
    plans = plans.merge(met, on=["school", "period"]).merge(done, how="left", on=_KEY)
    ended = plans["period"].map(periods.end_date) <= as_of if len(plans) else plans["n"].notna()
    names = evidence.school_names()
    for school, rows in plans[plans["done"].isna() & ended & (plans["n"] > 0)].groupby("school", sort=False):
        if evidence.are_read_whole(evidence.counts.loc[evidence.counts["school"] == school, "file"]):
            what = join_words([f"{_what(row)} kỳ {periods.label(row.period)}" for row in rows.itertuples()])
            message = (
                f"{names[school]} có chỉ tiêu {what} nhưng chưa báo cáo số thực hiện dù kỳ đã kết thúc. "
                "Đề nghị trường bổ sung, kể cả khi là số 0."
            )
            yield finding_at(rows.iloc[0], "warning", "target_without_actual", message)


def _done(evidence: Evidence, plans: pd.DataFrame) -> pd.DataFrame:
    """Return what was done of what has targets."""
    rows = evidence.actual
    return totals(rows[rows["school"].isin(plans["school"].unique()) & rows["measure"].isin(plans["measure"].unique())])


def _plans(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the targets with what was added to them, each at the cell of the target."""
    planned = counts[counts["kind"].isin(["target", "extra_target"])]
    if planned.empty:
        return planned
    whole = planned[(planned["breakdown"] == "total") & planned["cohort"].isna() & planned["reason"].isna()]
    targets = whole[whole["kind"] == "target"]
    extra = whole[whole["kind"] == "extra_target"].groupby(_KEY, as_index=False)["n"].sum()
    plans = targets.merge(extra.rename(columns={"n": "extra"}), how="left", on=_KEY)
    return plans.assign(n=plans["n"] + plans["extra"].fillna(0))


def _what(row) -> str:
    return f"{vocabulary.label('measure', row.measure)} ({vocabulary.label('group', row.group)})"
