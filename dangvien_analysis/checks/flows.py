"""People on their way: stages in their order, cohorts that add up, reasons that add up."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.checks.evidence import Evidence, finding_at, finding_on, same_sheet
from dangvien_analysis.frames import Finding
from dangvien_analysis.measures.whole import cohort_rows
from dangvien_analysis.returns.messages import cell_list, place
from dangvien_analysis.text import number

_COHORT = ["school", "group", "cohort"]
_GONE = ("admitted", "departed", "expired")


def check_stages(evidence: Evidence) -> Iterator[Finding]:
    """`stages_out_of_order`: over all periods of a school, more people finished the course than were sent to it.

    Only this order holds everywhere (domain practice differs on when a helper is assigned), and only over the whole
    window; those admitted may have been trained before it. Silent where a period has only the number of those who
    finished: the other was not reported, or not read.
    """
    actual = evidence.actual
    plain = actual[(actual["breakdown"] == "total") & actual["cohort"].isna()]
    sums = plain.groupby(["school", "group", "measure"], sort=False)["n"].sum().unstack("measure")
    if not {"nominated", "trained"} <= set(sums.columns):
        return
    for (school, group), row in sums[sums["trained"] > sums["nominated"]].iterrows():
        own = plain[(plain["school"] == school) & (plain["group"] == group)]
        sent, trained = own[own["measure"] == "nominated"], own[own["measure"] == "trained"]
        if not set(trained["period"]) <= set(sent["period"]):
            continue
        rows = same_sheet(trained)
        message = (
            f"Cộng các kỳ, số {vocabulary.label('group', group)} hoàn thành lớp ({number(row['trained'])}) lớn hơn số "
            f"được cử đi học ({number(row['nominated'])}). Hãy kiểm tra hai nội dung này, bắt đầu từ ô "
            f"{cell_list(rows['cell'])}."
        )
        yield finding_on(rows, "warning", "stages_out_of_order", message)


def check_cohorts_and_plain_rows(evidence: Evidence) -> Iterator[Finding]:
    """`cohort_differs`: the number trained in a cohort table is not the number trained reported for that year."""
    actual = evidence.actual
    trained = actual[(actual["measure"] == "trained") & (actual["breakdown"] == "total")]
    key = ["school", "group", "period"]
    if trained["cohort"].isna().all():
        return
    plain, courses = trained[trained["cohort"].isna()], cohort_rows(trained).groupby(key, sort=False)
    both = pd.concat({"plain": plain.set_index(key)["n"], "cohort": courses["n"].sum()}, axis=1).dropna()
    for (school, group, period), row in both[both["plain"] != both["cohort"]].iterrows():
        rows = same_sheet(courses.get_group((school, group, period)))
        other = plain[(plain[key] == [school, group, period]).all(axis=1)].iloc[0]
        message = (
            f"Kỳ {periods.label(period)}, {vocabulary.label('group', group)}: biểu theo khóa ghi "
            f"{number(row['cohort'])} người hoàn thành lớp ({_place(rows)}), biểu chung ghi {number(row['plain'])} "
            f"({place(other)}). Hãy thống nhất hai biểu."
        )
        yield finding_on(rows, "warning", "cohort_differs", message)


def check_cohort_sums(evidence: Evidence) -> Iterator[Finding]:
    """`cohort_exceeded`: more people of a cohort were admitted, left or ran out of time than were trained in it.

    Trained is admitted, departed, expired and waiting together; whoever is waiting cannot be fewer than nobody. That
    holds whatever was not reported.
    """
    for (_, group, cohort), rows in _cohorts(evidence):
        trained, gone = _trained(rows), rows[rows["measure"].isin(_GONE)]
        if trained is None or gone["n"].sum() <= trained.n:
            continue
        sums = gone.groupby("measure", sort=False)["n"].sum()
        said = ", ".join(f"{vocabulary.label('measure', m)} {number(sums[m])}" for m in _GONE if m in sums)
        message = (
            f"{_named(group, cohort)}: {number(trained.n)} người hoàn thành lớp (ô {trained.cell}) nhưng cộng {said} "
            f"được {number(gone['n'].sum())}, nhiều hơn số đã học. Hãy kiểm tra lại các số của khóa này."
        )
        yield finding_at(trained, "warning", "cohort_exceeded", message)


def check_before_course(evidence: Evidence) -> Iterator[Finding]:
    """`before_course`: somebody of a course was admitted, or left, in a period that was over before its year began."""
    rows = evidence.actual
    rows = rows[rows["cohort"].notna() & (rows["n"] > 0) & (rows["measure"] != "trained")]
    ended = [periods.end_date(period).year for period in rows["period"]]
    early = rows[pd.Series(ended, index=rows.index, dtype="int64") < rows["cohort"].str[:4].astype("int64")]
    for row in early.itertuples():
        message = (
            f"Ô {row.cell}: {_named(row.group, row.cohort)} có {number(row.n)} người "
            f"{vocabulary.label('measure', row.measure)} trong kỳ {periods.label(row.period)}, trước khi có khóa học. "
            "Hãy kiểm tra lại khóa hoặc kỳ."
        )
        yield finding_at(row, "warning", "before_course", message)


def check_cohort_balance(evidence: Evidence) -> Iterator[Finding]:
    """`cohort_unbalanced`: of a cohort, admitted and not admitted together are not those trained.

    Only where the number not admitted was reported, at the end of a period up to which every year's admissions were
    reported and read: a year that is missing is not zero. Who left or ran out of time is not admitted either.
    """
    for (_, group, cohort), rows in _cohorts(evidence):
        trained, left = _trained(rows), rows[(rows["measure"] == "not_admitted") & rows["reason"].isna()]
        if trained is None or left.empty:
            continue
        last = max(left.itertuples(), key=lambda row: periods.sort_key(row.period))
        admitted = _up_to(last.period, rows[rows["measure"] == "admitted"])
        if not _is_every_year(admitted["period"], trained.period, last.period) or not evidence.is_read_whole(rows):
            continue
        if admitted["n"].sum() + last.n != trained.n and admitted["n"].sum() <= trained.n:
            message = (
                f"{_named(group, cohort)}: đã kết nạp {number(admitted['n'].sum())} và chưa kết nạp {number(last.n)} "
                f"(ô {last.cell}), cộng lại không bằng {number(trained.n)} người hoàn thành lớp (ô {trained.cell}). "
                "Hãy kiểm tra lại các số của khóa này."
            )
            yield finding_at(last, "warning", "cohort_unbalanced", message)


def check_reasons(evidence: Evidence) -> Iterator[Finding]:
    """`reasons_differ`: the main reasons for not being admitted do not add up to the number not admitted.

    Each person has one main reason. Only where both were reported; fewer reasons than people only where all was read
    and no cell is blank.
    """
    rows = evidence.actual
    rows = rows[(rows["measure"] == "not_admitted") & (rows["breakdown"] == "total")]
    for (_, period, group, _), part in rows.groupby(["school", "period", "group", "cohort"], sort=False, dropna=False):
        whole, reasons = part[part["reason"].isna()], part[part["reason"].notna()]
        if whole.empty or reasons.empty:
            continue
        one, added = whole.iloc[0], reasons["n"].sum()
        if added > one["n"] or (added < one["n"] and evidence.is_read_whole(part)):
            message = (
                f"Kỳ {periods.label(period)}, {vocabulary.label('group', group)}: cộng các lý do chính được "
                f"{number(added)}, nhưng số chưa kết nạp ở ô {one['cell']} là {number(one['n'])}. "
                "Mỗi người chỉ ghi một lý do chính; hãy kiểm tra lại."
            )
            yield finding_at(one, "warning", "reasons_differ", message)


def _place(rows: pd.DataFrame) -> str:
    return place({**rows.iloc[0], "cell": cell_list(rows["cell"])})


def _cohorts(evidence: Evidence) -> Iterator[tuple[tuple, pd.DataFrame]]:
    rows = evidence.actual
    yield from rows[(rows["breakdown"] == "total") & rows["cohort"].notna()].groupby(_COHORT, sort=False)


def _trained(rows: pd.DataFrame) -> Any:
    """Return the row of the number trained in a cohort, None if it was not reported once."""
    trained = list(rows[rows["measure"] == "trained"].itertuples())
    return trained[0] if len(trained) == 1 else None


def _up_to(last: str, rows: pd.DataFrame) -> pd.DataFrame:
    inside = [periods.end_date(period) <= periods.end_date(last) for period in rows["period"]]
    return rows[pd.Series(inside, index=rows.index, dtype=bool)]  # an empty list would choose no columns


def _is_every_year(given: pd.Series, first: str, last: str) -> bool:
    """Tell whether every year from the first period to the last is among the given ones."""
    wanted = {last}
    while periods.start_date(last) > periods.start_date(first):
        last = periods.year_before(last)
        wanted.add(last)
    return first in wanted and wanted <= set(given)


def _named(group: str, cohort: str) -> str:
    return f"Khóa {cohort}, {vocabulary.label('group', group)}"
