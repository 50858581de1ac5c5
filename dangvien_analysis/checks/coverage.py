"""Which schools reported which periods, how much of them, and up to which day."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.checks.evidence import Evidence, finding_at
from dangvien_analysis.frames import Finding
from dangvien_analysis.measures import CORE_FLOWS
from dangvien_analysis.measures.selection import existed
from dangvien_analysis.settings import School
from dangvien_analysis.text import date_text, join_words, number

REPORTED = ("", "")  # among what schools gave for a period: anything at all


def check_missing_returns(evidence: Evidence) -> Iterator[Finding]:
    """`missing_return`: a school sent no actual number for a period that is expected of every school.

    Of what it sent instead (a school year for a year) the periods are named.
    """
    collection = evidence.collection
    reported = evidence.given.keys()
    for school in collection.schools:
        absent = [p for p in collection.periods if (school.id, p) not in reported and existed(school, p)]
        if absent:
            names = join_words([periods.label(period) for period in absent])
            message = f"{school.name} chưa báo cáo kỳ {names}. Đề nghị nhắc trường gửi báo cáo."
            given = sorted({p for id_, p in reported if id_ == school.id} - {*collection.periods}, key=periods.sort_key)
            if given:
                instead = join_words([periods.label(period) for period in given])
                message += f" Trường có gửi số của {instead}, không phải kỳ được hỏi: hãy xem kỳ ghi trong báo cáo."
            yield Finding("warning", "missing_return", message, school.id)


def check_incomplete_returns(evidence: Evidence) -> Iterator[Finding]:
    """`incomplete_return`: a school reported a period without what most other schools reported for it.

    Of what every return is asked for (sent to the course, finished it, admitted), of students and of staff. Silent
    where a number of the school was not read: that has its own finding. A cell left blank is told for information
    only, among many that matter less.
    """
    given = _given(evidence)
    usage = _usage(given)
    for school in evidence.collection.schools:
        absent = {
            period: asked - given[school.id, period]
            for period in evidence.collection.periods
            if (school.id, period) in given and (asked := _usual(given, usage, period, school))
        }
        absent = {period: what for period, what in absent.items() if what}
        if absent and evidence.are_read(_files(evidence.counts, school, absent)):
            lines = "; ".join(f"kỳ {periods.label(period)}: {_named(what)}" for period, what in absent.items())
            message = (
                f"{school.name} đã báo cáo nhưng chưa có số mà phần lớn các trường khác đều có ({lines}). "
                "Đề nghị trường bổ sung, kể cả khi là số 0."
            )
            yield Finding("warning", "incomplete_return", message, school.id)


def _given(evidence: Evidence) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Return what each school gave for each expected period, as (group, measure), of what every return is asked for."""
    given = evidence.given
    core = {key: {item for item in given[key] if item[1] in CORE_FLOWS} for key in given}
    return {key: what for key, what in core.items() if what and key[1] in evidence.collection.periods}


def _files(counts: pd.DataFrame, school: School, of: Collection[str]) -> set[str]:
    return set(counts.loc[(counts["school"] == school.id) & counts["period"].isin(list(of)), "file"])


def _usual(given: dict[tuple, set], usage: dict[str, Counter], period: str, school: School) -> set[tuple[str, str]]:
    """Return what more than half of the other schools that reported a period gave for it, and two at least."""
    own, of_all = given[school.id, period], usage[period]
    others = of_all[REPORTED] - 1
    said = {item: count - (item in own) for item, count in of_all.items() if item != REPORTED}
    return {item for item, count in said.items() if count >= 2 and 2 * count > others}


def _usage(given: dict[tuple, set]) -> dict[str, Counter]:
    """Return, by period, how many schools gave each thing, and how many gave any (REPORTED)."""
    usage: dict[str, Counter] = {}
    for (_, period), what in given.items():
        usage.setdefault(period, Counter()).update([REPORTED, *what])
    return usage


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
    actual = evidence.actual
    to_come = [period for period in actual["period"].unique() if periods.start_date(period) > as_of]
    for (_, period), rows in actual[actual["period"].isin(to_come)].groupby(["school", "period"], sort=False):
        message = (
            f"Có {number(len(rows))} số thực hiện của kỳ {periods.label(period)}, sau ngày "
            f"{date_text(as_of)} của đợt báo cáo: hãy xem có phải là chỉ tiêu hoặc số dự kiến."
        )
        yield finding_at(rows.iloc[0], "warning", "unexpected_period", message)


def check_closed_schools(evidence: Evidence) -> Iterator[Finding]:
    """`school_not_there`: numbers of a period in which the school no longer existed, or not yet.

    A merged school's return goes on under its old name, or its numbers are in its successor's already: then they
    count twice.
    """
    schools = {school.id: school for school in evidence.collection.schools}
    bounded = [id_ for id_, school in schools.items() if school.valid_from or school.valid_to]
    rows = evidence.counts[evidence.counts["school"].isin(bounded)]
    for id_, part in rows.groupby("school", sort=False):
        met = sorted(set(part["period"]), key=periods.sort_key)
        outside = [period for period in met if not existed(schools[id_], period)]
        if outside:
            message = _not_there(schools[id_], outside, evidence.school_names())
            yield finding_at(part[part["period"].isin(outside)].iloc[0], "warning", "school_not_there", message)


def _not_there(school: School, outside: list[str], names: Mapping[str, str]) -> str:
    told = [f"đến ngày {date_text(school.valid_to)}"] if school.valid_to else []
    told += [f"từ ngày {date_text(school.valid_from)}"] if school.valid_from else []
    merged = f" (sau đó thuộc {names[school.successor]})" if school.successor else ""
    named = join_words([periods.label(period) for period in outside])
    return (
        f"{school.name} chỉ hoạt động {' và '.join(reversed(told))}{merged} nhưng có số của kỳ {named}. "
        "Hãy xem các số này thuộc trường nào, hoặc sửa ngày của trường trong collection.toml."
    )


def check_early_days(evidence: Evidence) -> Iterator[Finding]:
    """`early_day`: a return speaks for a day before the one that was asked, and a period goes on after it.

    What was done between the two days is in no number. A period that ended before the return's day is whole, and
    so is a school year whose schools have closed.
    """
    as_of = evidence.collection.as_of
    if as_of is None:
        return
    rows = evidence.actual
    rows = rows[rows["as_of"].notna() & (rows["as_of"] < pd.Timestamp(as_of))]
    reaches = rows["period"].map({period: periods.closing_date(period) for period in rows["period"].unique()})
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
    met = sorted(evidence.actual["period"].unique(), key=periods.sort_key)
    open_ = [period for period in met if periods.is_partial(period, as_of) and periods.start_date(period) <= as_of]
    if open_:
        names = join_words([periods.label(period) for period in open_])
        message = f"Kỳ {names} mới có số đến ngày {date_text(as_of)}: chưa so sánh được với số của cả một kỳ."
        yield Finding("info", "partial_period", message)
