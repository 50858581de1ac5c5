"""Checks across cells, returns and periods. A check reports, it never repairs.

Each check is one function `check_<what>(counts, collection) -> iterator of findings`; its findings bear the code that
its docstring opens with. `CHECKS` lists them in the order in which they run.
"""

from collections.abc import Callable, Iterator

import pandas as pd

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.frames import Finding
from dangvien_analysis.measures import reconcile
from dangvien_analysis.settings import Collection
from dangvien_analysis.text import date_text, join_words, number

Check = Callable[[pd.DataFrame, Collection], Iterator[Finding]]


def check_missing_returns(counts: pd.DataFrame, collection: Collection) -> Iterator[Finding]:
    """`missing_return`: a school sent no actual number for a period that is expected of every school."""
    actual = counts.loc[counts["kind"] == "actual", ["school", "period"]].drop_duplicates()
    reported = set(zip(actual["school"], actual["period"], strict=True))
    for school in collection.schools:
        absent = [p for p in collection.periods if (school.id, p) not in reported and _open_to(school, p)]
        if absent:
            names = join_words([periods.label(period) for period in absent])
            message = f"{school.name} chưa báo cáo kỳ {names}. Đề nghị nhắc trường gửi báo cáo."
            yield Finding("warning", "missing_return", message, school.id)


def check_unexpected_periods(counts: pd.DataFrame, collection: Collection) -> Iterator[Finding]:
    """`unexpected_period`: actual numbers of a period after the day the collection speaks for."""
    if collection.as_of is None:
        return
    for (school, period), rows in counts[counts["kind"] == "actual"].groupby(["school", "period"], sort=False):
        if periods.start_date(period) > collection.as_of:
            row = rows.iloc[0]
            message = (
                f"Có {number(len(rows))} số thực hiện của kỳ {periods.label(period)}, sau ngày "
                f"{date_text(collection.as_of)} của đợt báo cáo: hãy xem có phải là chỉ tiêu hoặc số dự kiến."
            )
            yield _at(row, "warning", "unexpected_period", message, school)


def check_parts(counts: pd.DataFrame, collection: Collection) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """`part_above_whole`: a part ("trong đó: nữ") is larger than the number it is a part of."""
    key = ["school", "period", "group", "measure", "kind", "cohort", "reason"]
    whole = counts[counts["breakdown"] == "total"]
    parts = counts[counts["breakdown"] != "total"].merge(whole[[*key, "n", "cell"]], on=key, suffixes=("", "_whole"))
    for row in parts[parts["n"] > parts["n_whole"]].itertuples():
        message = (
            f"Ô {row.cell}: phần «{vocabulary.label('breakdown', row.breakdown)}» là {number(row.n)}, lớn hơn tổng số "
            f"{number(row.n_whole)} ở ô {row.cell_whole}. Hãy kiểm tra lại hai số này."
        )
        yield _at(row, "warning", "part_above_whole", message, row.school)


def check_published(counts: pd.DataFrame, collection: Collection) -> Iterator[Finding]:
    """`published_mismatch`: the sum over all schools is not the figure that was made public."""
    if not collection.published:
        return
    for row in reconcile(counts, collection).itertuples():
        if row.agrees is True or row.agrees is pd.NA:
            continue
        measured = f"{vocabulary.label('measure', row.measure)} ({vocabulary.label('group', row.group)})"
        message = (
            f"Số đã công bố về {measured} là {number(row.published)} ({row.source}), "
            f"cộng từ báo cáo được {number(row.computed)}: chênh {number(abs(row.difference))}."
        )
        yield Finding("warning", "published_mismatch", message)


def check_stages(counts: pd.DataFrame, collection: Collection) -> Iterator[Finding]:  # noqa: ARG001
    """`stages_out_of_order`: over all periods of a school, more people finished the course than were sent to it.

    Only this order holds everywhere (domain practice differs on when a helper is assigned), and only over the whole
    window; those admitted may have been trained before it.
    """
    plain = counts[(counts["kind"] == "actual") & (counts["breakdown"] == "total") & counts["cohort"].isna()]
    sums = plain.groupby(["school", "group", "measure"], sort=False)["n"].sum().unstack("measure")
    if not {"nominated", "trained"} <= set(sums.columns):
        return
    for (school, group), row in sums[sums["trained"] > sums["nominated"]].iterrows():
        message = (
            f"Cộng các kỳ, số {vocabulary.label('group', group)} hoàn thành lớp ({number(row['trained'])}) lớn hơn số "
            f"được cử đi học ({number(row['nominated'])}). Hãy kiểm tra hai nội dung này."
        )
        yield Finding("warning", "stages_out_of_order", message, school)


def check_cohorts(counts: pd.DataFrame, collection: Collection) -> Iterator[Finding]:  # noqa: ARG001
    """`cohort_differs`: the number trained in a cohort table is not the number trained reported for that year."""
    trained = counts[(counts["measure"] == "trained") & (counts["breakdown"] == "total") & (counts["kind"] == "actual")]
    key = ["school", "group", "period"]
    plain = trained[trained["cohort"].isna()].set_index(key)["n"]
    by_cohort = trained[trained["cohort"].notna()].groupby(key, sort=False)["n"].sum()
    both = pd.concat({"plain": plain, "cohort": by_cohort}, axis=1).dropna()
    for (school, group, period), row in both[both["plain"] != both["cohort"]].iterrows():
        message = (
            f"Kỳ {periods.label(period)}, {vocabulary.label('group', group)}: biểu theo khóa ghi "
            f"{number(row['cohort'])} người hoàn thành lớp, biểu chung ghi {number(row['plain'])}. "
            "Hãy thống nhất hai biểu."
        )
        yield Finding("warning", "cohort_differs", message, school)


CHECKS: tuple[Check, ...] = (
    check_missing_returns,
    check_unexpected_periods,
    check_parts,
    check_stages,
    check_cohorts,
    check_published,
)


def run_checks(counts: pd.DataFrame, collection: Collection) -> list[Finding]:
    """Return the findings of every check on the numbers that were taken."""
    return [finding for check in CHECKS for finding in check(counts, collection)]


def _open_to(school, period: str) -> bool:
    """Tell whether a school existed in a period."""
    start, end = periods.start_date(period), periods.end_date(period)
    return not (school.valid_from and school.valid_from > end) and not (school.valid_to and school.valid_to < start)


def _at(row, level: str, code: str, message: str, school: str) -> Finding:
    return Finding(level, code, message, school, row.file, row.sheet, row.cell)
