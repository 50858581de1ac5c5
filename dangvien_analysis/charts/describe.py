"""Alternative texts: what a chart shows, in words, computed from the same frame.

Whoever cannot see the chart reads the same numbers, in the same order, with the same reserve; nothing is told here
that the chart leaves out.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from dangvien_analysis import periods, sentences
from dangvien_analysis.charts.comparison import MANY
from dangvien_analysis.charts.conversion import AGE_LIMIT
from dangvien_analysis.charts.targets import row_names
from dangvien_analysis.measures import FEW_TRIALS
from dangvien_analysis.sentences.reorganisation import break_note
from dangvien_analysis.sentences.terms import (
    FLOW_WORDS,
    NO_DATA,
    capital,
    figure,
    group_name,
    group_of,
    known,
    limits,
    name_of,
    share,
    unit,
    until,
)
from dangvien_analysis.settings import Break
from dangvien_analysis.text import number, percent

NOTHING = "Không có số liệu để vẽ."


def describe_trend(
    frame: pd.DataFrame,
    names: Mapping[str, str] | None = None,
    as_of: date | None = None,
    breaks: Iterable[Break] = (),
) -> str:
    """Return the alternative text of `draw_trend`."""
    if frame.empty:
        return NOTHING
    text = f"Biểu đồ cột theo kỳ. {sentences.nominated_vs_admitted(frame, names, as_of)}{_breaks(breaks)}"
    if "target" not in frame.columns or frame["target"].isna().all():
        return text
    aims = [
        f"{FLOW_WORDS.get(row.measure, row.measure)} {periods.label(row.period)}: {number(row.target)}"
        for row in frame[frame["target"].notna()].itertuples()
    ]
    return f"{text} Chỉ tiêu: {'; '.join(aims)}."


def describe_cumulative(
    frame: pd.DataFrame,
    names: Mapping[str, str] | None = None,
    as_of: date | None = None,
    breaks: Iterable[Break] = (),
) -> str:
    """Return the alternative text of `draw_cumulative`."""
    rows = frame[frame["measure"].isin(("nominated", "admitted")) & frame["cumulative"].notna()]
    if rows.empty:
        return NOTHING
    lines = []
    for measure, part in rows.groupby("measure", sort=False):
        values = [_cumulated(row, as_of) for row in part.itertuples()]
        lines.append(f"{FLOW_WORDS[measure]} {', '.join(values)}")
    return f"Biểu đồ đường cộng dồn, {group_name(group_of(frame), names)}: {'; '.join(lines)}.{_breaks(breaks)}"


def _breaks(breaks: Iterable[Break]) -> str:
    note = break_note(breaks)
    return f" {note}." if note else ""


def _cumulated(row, as_of: date | None) -> str:
    reach = f", {until(as_of)}" if row.partial else ""
    return f"{number(row.cumulative)} ({periods.label(row.period)}{reach})"


def _day(as_of: date | None) -> str:
    return "" if as_of is None else f", tính {until(as_of)}"


def describe_stages(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Return the alternative text of `draw_stages`."""
    return f"Biểu đồ thanh ngang. {sentences.stages(frame, names, as_of)}" if len(frame) else NOTHING


def describe_attainment(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Return the alternative text of `draw_attainment`."""
    if frame.empty:
        return "Không giao chỉ tiêu."
    rows = zip(row_names(frame, names), frame.itertuples(), strict=True)
    reached = [f"{name.replace(chr(10), ' ')}: {_attained(row, as_of)}" for name, row in rows]
    return f"Biểu đồ thực hiện so với chỉ tiêu. {'; '.join(reached)}."


def _attained(row, as_of: date | None) -> str:
    if not known(row.planned) or not row.planned:
        return f"không giao, thực hiện {figure(row.actual)}"
    if not known(row.actual):
        return f"chỉ tiêu {number(row.planned)}, {NO_DATA} thực hiện"
    left = f"vượt {number(-row.remaining)}" if row.remaining < 0 else f"còn {number(row.remaining)}"
    if not row.partial and row.remaining > 0:
        left = f"thiếu {number(row.remaining)}"
    reach = f" ({until(as_of)})" if row.partial else ""
    return f"{figure(row.actual)}/{number(row.planned_reported)}{reach}" + (f", {left}" if row.remaining else ", đủ")


def describe_coverage(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Return the alternative text of `draw_coverage`."""
    if frame.empty:
        return NOTHING
    return (
        f"Bảng ô, mỗi hàng một {sentences.reporter(names)}, mỗi cột một kỳ. {sentences.coverage(frame, names, as_of)}"
    )


def describe_conversion(
    frame: pd.DataFrame,
    names: Mapping[str, str] | None = None,
    as_of: date | None = None,
    *,
    reference: float | None = None,
) -> str:
    """Return the alternative text of `draw_conversion`: the pooled curve, then each cohort at its last whole year."""
    pooled = frame[frame["cohort"].isna()] if len(frame) else frame
    if pooled.empty:
        return NOTHING
    group = group_of(frame)
    years = [_year(row, group) for row in pooled.itertuples()]
    own = frame[frame["cohort"].notna() & frame["rate"].notna()].groupby("cohort", sort=False).tail(1)
    courses = [
        f"khóa {periods.label(row.cohort).removeprefix('năm học ')} {sentences.since(row.k)} "
        f"{share(row.admitted_so_far, row.trained, group)}"
        for row in own.itertuples()
    ]
    behind = f" Từng khóa: {'; '.join(courses)}." if courses else ""
    behind += f" Vạch chấm: {AGE_LIMIT} {percent(reference)}." if reference else ""
    return f"Biểu đồ đường{_day(as_of)}, {group_name(group, names)}, gộp các khóa: {'; '.join(years)}.{behind}"


def _year(row, group: str) -> str:
    people = f"{number(row.admitted_so_far)}/{number(row.trained)} {unit(group)}"
    if not known(row.rate) or row.trained < FEW_TRIALS:
        return f"{sentences.since(row.k)} {people}, quá ít để kết luận"
    return f"{sentences.since(row.k)} {percent(row.rate)}{limits(row.low, row.high)}, {people}"


def describe_comparison(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Return the alternative text of `draw_comparison`: every school where each has a row, else those outside."""
    if frame.empty:
        return NOTHING
    who = sentences.reporter(names)
    text = f"Biểu đồ so sánh các {who} với giới hạn do ngẫu nhiên{_day(as_of)}. {sentences.comparison(frame, names)}"
    if len(frame) >= MANY:
        return text
    schools = [_school(row, names) for row in frame.itertuples()]
    return f"{text} Từng {who} theo thứ tự danh sách: {'; '.join(schools)}."


def _school(row, names: Mapping[str, str] | None) -> str:
    made = f"{name_of(row.school, names)} {share(row.admitted, row.trained, row.group)}"
    if not known(row.position):
        return f"{made}, chưa xét"
    return f"{made}, giới hạn từ {percent(row.low)} đến {percent(row.high)}"


def describe_waiting(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Return the alternative text of `draw_waiting`: one clause per row."""
    if frame.empty:
        return NOTHING
    rows = [f"{_who(row, names)}: {_fates(row)}" for row in frame.itertuples()]
    return f"Biểu đồ thanh ngang, số đã hoàn thành lớp theo tình trạng{_day(as_of)}. {'; '.join(rows)}."


def _who(row, names: Mapping[str, str] | None) -> str:
    group = group_name(row.group, names)
    return f"{name_of(row.school, names)}, {group}" if hasattr(row, "school") else capital(group)


def _fates(row) -> str:
    fates = [
        (row.trained, "hoàn thành lớp"),
        (row.admitted, "đã kết nạp"),
        (row.departed, "ra trường hoặc chuyển đi"),
        (row.expired if known(row.expired) and row.expired else None, "giấy chứng nhận hết giá trị"),
        (row.waiting, "còn trong nguồn"),
    ]
    told = [f"{figure(n)} {words}" for n, words in fates if n is not None and known(n)]
    if not known(row.waiting) and known(row.at_most) and not row.partly:
        told.append(f"nhiều nhất {figure(row.at_most)} còn trong nguồn")
    return ", ".join(told)


def describe_reasons(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Return the alternative text of `draw_reasons`."""
    return f"Biểu đồ thanh ngang{_day(as_of)}. {sentences.reasons(frame, names)}" if len(frame) else NOTHING
