"""Numbers that cannot be beside one another: stages and headcounts, two headcounts, a sum and what was published."""

from collections.abc import Iterator

import pandas as pd

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.checks.evidence import Evidence, finding_at
from dangvien_analysis.frames import Finding
from dangvien_analysis.measures import reconcile, totals
from dangvien_analysis.text import number

_PEOPLE = ("nominated", "trained", "mentored", "proposed", "admitted", "ceremony", "confirmed", "party_members")
# Enrolment moves by a few percent a year. Half as many again, and a class or more, is a slip or a merger of schools.
JUMP = 1.5
LEAST = 30


def check_headcounts(evidence: Evidence) -> Iterator[Finding]:
    """`above_headcount`: more people of a school were counted at a stage than it has."""
    heads = _headcounts(evidence).rename(columns={"n": "all"})
    if heads.empty:
        return
    rows = evidence.actual
    plain = rows[(rows["breakdown"] == "total") & rows["cohort"].isna() & rows["reason"].isna()]
    some = plain[plain["measure"].isin(_PEOPLE)].merge(heads, on=["school", "period", "group"])
    for row in some[some["n"] > some["all"]].itertuples():
        message = (
            f"Ô {row.cell}: {vocabulary.label('measure', row.measure)} là {number(row.n)}, lớn hơn "
            f"{_heads(row.group)} của trường trong kỳ {periods.label(row.period)} ({number(row.all)}). "
            "Hãy kiểm tra lại hai số này."
        )
        yield finding_at(row, "warning", "above_headcount", message)


def check_headcount_jumps(evidence: Evidence) -> Iterator[Finding]:
    """`headcount_jump`: a headcount is far from that of the year before: half as many again or more, or fewer.

    A wrong number between two right ones jumps twice and is told once. Silent where schools were merged.
    """
    heads = _headcounts(evidence)
    known = {(row.school, row.group, row.period): row.n for row in heads.itertuples()}
    names, merged = evidence.school_names(), _merged(evidence)
    told: set[tuple[str, str, str]] = set()
    for school, group, period in sorted(known, key=lambda key: (*key[:2], periods.sort_key(key[2]))):
        last = periods.year_before(period)
        now, before = known[school, group, period], known.get((school, group, last))
        if before is None or not _is_jump(before, now) or (school, group, last) in told or school in merged:
            continue
        told.add((school, group, period))
        message = (
            f"{names[school]}: {_heads(group)} kỳ {periods.label(period)} là {number(now)}, "
            f"kỳ {periods.label(last)} là {number(before)}. Chênh lệch quá lớn, hãy kiểm tra lại hai số này."
        )
        yield _at_headcount(evidence, school, group, period, message)


def _headcounts(evidence: Evidence) -> pd.DataFrame:
    """Return the headcounts, where a school gave only the parts (grades) their sum: school, group, period, n."""
    rows = evidence.actual
    rows = rows[(rows["measure"] == "headcount") & (rows["group"] != "all")]
    return (totals(rows) if len(rows) else rows)[["school", "group", "period", "n"]]


def _heads(group: str) -> str:
    return f"tổng số {vocabulary.label('group', group)}"


def _merged(evidence: Evidence) -> set[str]:
    schools = evidence.collection.schools
    return {school.successor for school in schools if school.successor} | {s.id for s in schools if s.successor}


def _is_jump(before: int, now: int) -> bool:
    low, high = sorted((before, now))
    return high - low > LEAST and high > JUMP * low


def _at_headcount(evidence: Evidence, school: str, group: str, period: str, message: str) -> Finding:
    rows = evidence.actual
    wanted = (rows["school"] == school) & (rows["group"] == group) & (rows["period"] == period)
    rows = rows[wanted & (rows["measure"] == "headcount")].sort_values(
        "breakdown", key=lambda column: column != "total"
    )
    return finding_at(rows.iloc[0], "warning", "headcount_jump", message)


def check_published(evidence: Evidence) -> Iterator[Finding]:
    """`published_mismatch`: the sum over all schools is not the figure that was made public."""
    if not evidence.collection.published:
        return
    for row in reconcile(evidence.counts, evidence.collection).itertuples():
        if row.agrees:
            continue
        what = f"{vocabulary.label('measure', row.measure)} ({vocabulary.label('group', row.group)})"
        message = f"Số đã công bố về {what} là {number(row.published)} ({row.source}), "
        if pd.isna(row.computed):
            message += "nhưng chưa báo cáo nào có số này nên chưa đối chiếu được."
        else:
            message += f"cộng từ báo cáo được {number(row.computed)}: chênh {number(abs(row.difference))}."
        yield Finding("warning", "published_mismatch", message)
