"""Which schools reported which periods, how much of them, and up to which day."""

from collections.abc import Iterator

import pandas as pd

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.checks.evidence import Evidence, existed, finding_at
from dangvien_analysis.frames import Finding
from dangvien_analysis.measures import CORE_FLOWS
from dangvien_analysis.settings import School
from dangvien_analysis.text import date_text, join_words, number


def check_missing_returns(evidence: Evidence) -> Iterator[Finding]:
    """`missing_return`: a school sent no actual number for a period that is expected of every school."""
    actual, collection = evidence.actual(), evidence.collection
    reported = set(zip(actual["school"], actual["period"], strict=True))
    for school in collection.schools:
        absent = [p for p in collection.periods if (school.id, p) not in reported and existed(school, p)]
        if absent:
            names = join_words([periods.label(period) for period in absent])
            message = f"{school.name} chưa báo cáo kỳ {names}. Đề nghị nhắc trường gửi báo cáo."
            yield Finding("warning", "missing_return", message, school.id)


def check_incomplete_returns(evidence: Evidence) -> Iterator[Finding]:
    """`incomplete_return`: a school reported a period without what most other schools reported for it.

    Of what every return is asked for (sent to the course, finished it, admitted), of students and of staff. Silent
    where a number of the school was not read or a cell is blank: that has its own finding.
    """
    rows = evidence.actual()
    rows = rows[rows["measure"].isin(CORE_FLOWS) & rows["period"].isin(evidence.collection.periods)]
    given = {key: set(zip(part["group"], part["measure"], strict=True)) for key, part in _by_school_period(rows)}
    files = {key: set(part["file"]) for key, part in _by_school_period(evidence.counts)}
    for school in evidence.collection.schools:
        absent = {
            period: asked - given[school.id, period]
            for period in evidence.collection.periods
            if (school.id, period) in given and (asked := _usual(given, period, school))
        }
        absent = {period: what for period, what in absent.items() if what}
        if absent and evidence.are_read_whole(set().union(*(files[school.id, period] for period in absent))):
            lines = "; ".join(f"kỳ {periods.label(period)}: {_named(what)}" for period, what in absent.items())
            message = (
                f"{school.name} đã báo cáo nhưng chưa có số mà phần lớn các trường khác đều có ({lines}). "
                "Đề nghị trường bổ sung, kể cả khi là số 0."
            )
            yield Finding("warning", "incomplete_return", message, school.id)


def _by_school_period(rows: pd.DataFrame) -> Iterator[tuple[tuple, pd.DataFrame]]:
    yield from rows.groupby(["school", "period"], sort=False)


def _usual(given: dict[tuple, set], period: str, school: School) -> set[tuple[str, str]]:
    """Return what more than half of the other schools that reported a period gave for it, and two at least."""
    others = [what for (other, of), what in given.items() if of == period and other != school.id]
    said = [item for what in others for item in what]
    return {item for item in said if said.count(item) >= 2 and 2 * said.count(item) > len(others)}


def _named(what: set[tuple[str, str]]) -> str:
    measures = [(measure, [g for g in ("student", "staff", "all") if (g, measure) in what]) for measure in CORE_FLOWS]
    return ", ".join(
        f"{vocabulary.label('measure', measure)} ({join_words([vocabulary.label('group', g) for g in groups])})"
        for measure, groups in measures
        if groups
    )


def check_unexpected_periods(evidence: Evidence) -> Iterator[Finding]:
    """`unexpected_period`: actual numbers of a period after the day the collection speaks for."""
    as_of = evidence.collection.as_of
    if as_of is None:
        return
    for (_, period), rows in evidence.actual().groupby(["school", "period"], sort=False):
        if periods.start_date(period) > as_of:
            message = (
                f"Có {number(len(rows))} số thực hiện của kỳ {periods.label(period)}, sau ngày "
                f"{date_text(as_of)} của đợt báo cáo: hãy xem có phải là chỉ tiêu hoặc số dự kiến."
            )
            yield finding_at(rows.iloc[0], "warning", "unexpected_period", message)


def check_early_days(evidence: Evidence) -> Iterator[Finding]:
    """`early_day`: a return speaks for a day before the one that was asked, and a period goes on after it.

    What was done between the two days is in no number. A period that ended before the return's day is whole.
    """
    as_of = evidence.collection.as_of
    if as_of is None:
        return
    rows = evidence.actual()
    rows = rows[rows["as_of"].notna() & (rows["as_of"] < pd.Timestamp(as_of))]
    reaches = rows["period"].map({period: periods.end_date(period) for period in rows["period"].unique()})
    rows = rows[rows["as_of"] < pd.to_datetime(reaches)]
    for (_, _, day), part in rows.groupby(["school", "file", "as_of"], sort=False):
        names = join_words([periods.label(period) for period in sorted(set(part["period"]), key=periods.sort_key)])
        message = (
            f"Báo cáo tính đến ngày {date_text(day)}, sớm hơn ngày {date_text(as_of)} của đợt báo cáo, "
            f"nên số của kỳ {names} chưa đủ. Đề nghị trường cập nhật."
        )
        yield finding_at(part.iloc[0], "warning", "early_day", message)


def check_partial_periods(evidence: Evidence) -> Iterator[Finding]:
    """`partial_period`: a period with actual numbers goes on after the day the collection speaks for.

    No fault of anybody: it is said once, so that nobody takes such a number for that of the whole period.
    """
    as_of = evidence.collection.as_of
    met = sorted(set(evidence.actual()["period"]), key=periods.sort_key)
    open_ = [period for period in met if periods.is_partial(period, as_of) and periods.start_date(period) <= as_of]
    if open_:
        names = join_words([periods.label(period) for period in open_])
        message = f"Kỳ {names} mới có số đến ngày {date_text(as_of)}: chưa so sánh được với số của cả một kỳ."
        yield Finding("info", "partial_period", message)
