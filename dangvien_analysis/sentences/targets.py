"""Targets against what was done, and what a supplementary target would ask for."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from dangvien_analysis.sentences.terms import (
    NAMED_AT_MOST,
    NO_DATA,
    capital,
    count,
    figure,
    group_name,
    group_of,
    in_period,
    known,
    name_of,
    reporter,
    some_names,
    unit,
    until,
    whole_percent,
)
from dangvien_analysis.text import number
from dangvien_analysis.vocabulary import label

_TARGET_OF = {
    "nominated": "cử {group} đi học",
    "trained": "{group} hoàn thành lớp",
    "admitted": "kết nạp {group}",
}


def target_of(measure: str, group: str, names: Mapping[str, str] | None = None) -> str:
    """Name what a target asks for: "kết nạp học sinh"."""
    template = _TARGET_OF.get(measure, label("measure", measure) + " ({group})")
    return template.format(group=group_name(group, names))


def attainment(
    frame: pd.DataFrame,
    names: Mapping[str, str] | None = None,
    as_of: date | None = None,
    measure: str = "admitted",
    group: str = "student",
    *,
    brief: bool = False,
) -> str:
    """Say what was reached of each period's target: "năm 2023 đạt 11/15; năm 2024 đạt 3/10 (đến 14-3-2024), còn 7".

    `frame` holds the rows of one group and measure of `measures.attainment(by=("group", "period", "measure"))`. A
    target is a constant, so there is no interval; a partial period is never scaled up to a whole one. `measure` and
    `group` name what is spoken of where the frame has no row. `brief` leaves out which part of a target was added.
    """
    if len(frame):
        measure, group = _the_only(frame, "measure", measure), group_of(frame)
    start = f"Chỉ tiêu {target_of(measure, group, names)}: "
    if frame.empty:
        return start + "không giao."
    return start + "; ".join(_reached(row, as_of, reporter(names), brief) for row in frame.itertuples()) + "."


def _the_only(frame: pd.DataFrame, column: str, default: str) -> str:
    values = list(frame[column].unique()) if column in frame else [default]
    if len(values) > 1:
        raise ValueError("Mỗi câu chỉ nói về một loại chỉ tiêu: tách chỉ tiêu cử học và chỉ tiêu kết nạp.")
    return values[0]


def _reached(row, as_of: date | None, who: str, brief: bool) -> str:
    period = in_period(row.period)
    if not known(row.planned) or not row.planned:
        return f"{period} không giao"
    if not known(row.actual):
        return f"{period} {NO_DATA} thực hiện (chỉ tiêu {number(row.planned)})"
    notes = [*_made_of(row, who, brief), *([until(as_of)] if row.partial else [])]
    reached = f"{period} đạt {figure(row.actual)}/{number(row.planned_reported)}"
    return reached + (f" ({'; '.join(notes)})" if notes else "") + _left(row) + _last_year(row)


def _made_of(row, who: str, brief: bool) -> list[str]:
    """Name the parts of a target where there are two, and which schools it speaks of where not all reported."""
    notes = []
    if row.planned_reported != row.planned:
        schools = f"{number(row.reported)}/{number(row.schools)} {who} có báo cáo"
        notes.append(f"{schools}, chỉ tiêu cả {number(row.schools)} {who} là {number(row.planned)}")
    elif not brief and known(row.extra_target) and row.extra_target and known(row.target):
        notes.append(f"chỉ tiêu {number(row.target)}, bổ sung {number(row.extra_target)}")
    return notes


def _left(row) -> str:
    if row.remaining < 0:
        return f", vượt {number(-row.remaining)}"
    if row.partial and row.remaining:
        return f", còn {number(row.remaining)}"
    return ""


def _last_year(row) -> str:
    if not row.partial or not known(row.last_year):
        return ""
    return f", cùng kỳ năm trước {figure(row.last_year)}"


def scenario(
    frame: pd.DataFrame,
    names: Mapping[str, str] | None = None,
    given: Mapping[int, Mapping[str, int]] | None = None,
    confidence: float = 0.90,
    *,
    brief: bool = False,
) -> list[str]:
    """Say what each supplementary target asks for beside what can be expected: one sentence per row.

    `frame` holds one group's rows of `measures.scenario`; the row without a supplement is what was already given, the
    others are options. `given` says for an `extra` what each school would be given. Above the prediction range it is
    "vượt khả năng dự báo"; a forecast is never a promise, so it stands as a range, unless the sentence before has told
    it and of whom (`brief`).
    """
    group = group_of(frame)
    start, position, told = f"{capital(group_name(group, names))}, ", 0, []
    for row in frame.itertuples():
        position += bool(row.extra)
        what = f"phương án {position}: bổ sung {number(row.extra)}" if row.extra else "giữ chỉ tiêu đã giao"
        head = capital(what) if brief and not row.extra else f"{start}{what}"
        shared = _shared(row, (given or {}).get(row.extra, {}), names)
        told.append(f"{head}{shared}{_asks(row, group, brief)}{_verdict(row, group, confidence, brief)}.")
    return told


def _shared(row, shares: Mapping[str, int], names: Mapping[str, str] | None) -> str:
    """Say who would be given how many, where they are few enough to be read in a line."""
    called = [name_of(school, names) for school in shares]
    if all(name.startswith("Trường ") for name in called):
        called = [name.removeprefix("Trường ") for name in called]
    parts = [f"{name} {number(n)}" for name, n in zip(called, shares.values(), strict=True)]
    listed = f" ({', '.join(parts)})" if row.extra and 1 < len(parts) <= NAMED_AT_MOST else ""
    return f"{listed}, " if row.extra else ": "


def _asks(row, group: str, brief: bool) -> str:
    if not known(row.needed):
        return f"{NO_DATA} kết nạp {in_period(row.period)}, "
    if not row.needed:
        return f"đã kết nạp {figure(row.done)}/{number(row.planned)} {unit(group)}, "
    if brief:
        return f"cần thêm {count(row.needed, group)}, "
    return f"cần kết nạp thêm {count(row.needed, group)} trong {in_period(row.period)}, "


def _verdict(row, group: str, confidence: float, brief: bool) -> str:
    if known(row.needed) and not row.needed:
        return "không cần thêm"
    if known(row.needed) and known(row.eligible) and row.needed > row.eligible:
        return f"nhiều hơn số còn có thể kết nạp ({count(row.eligible, group)}), vượt khả năng dự báo"
    if not known(row.verdict):
        return "chưa đủ số liệu để dự báo có đạt được hay không"
    between = "khoảng dự báo"
    if not brief:
        between += f" {whole_percent(confidence)} (từ {number(row.low)} đến {count(row.high, group)})"
    without = f"chưa kể {count(row.unpredicted, group)} thuộc khóa chưa đủ thời gian theo dõi" if not row.known else ""
    below = known(row.needed) and known(row.low) and row.needed < row.low
    words = {
        "within": f"dưới {between}, nhiều khả năng đạt" if below else f"trong {between}",
        "upper": f"ở sát cận trên của {between}, khó đạt",
        "open": f"trên {between}",
        "beyond": f"vượt khả năng dự báo, trên {between}",
    }
    return words[row.verdict] + (f", {without}" if without and not brief else "")


def allocation(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say how a supplementary target is shared out, in the order of the schools: "Trường A: 2, Trường B: 1"."""
    parts = [f"{name_of(row.school, names)}: {number(row.n)}" for row in frame.itertuples()]
    tied = [name_of(row.school, names) for row in frame.itertuples() if row.tied]
    text = f"Phương án phân bổ {number(frame['n'].sum())} chỉ tiêu bổ sung: {', '.join(parts)}"
    if tied:
        text += f"; chỉ tiêu cuối cùng có thể giao cho {' hoặc '.join(tied)}"
    return text + "."


def plans(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say which schools sent a plan: "Đã gửi kế hoạch: 3/4 trường; chưa gửi: Trường C".

    `frame` is that of `measures.plans`; a school counts once, whatever it planned.
    """
    if frame.empty:
        return f"Kế hoạch của các {reporter(names)}: {NO_DATA}."
    sent = frame.groupby("school", sort=False)["sent"].any()
    missing = sent.index[~sent]
    if missing.empty:
        return f"Đã gửi kế hoạch: đủ {len(sent)}/{len(sent)} {reporter(names)}."
    return f"Đã gửi kế hoạch: {sent.sum()}/{len(sent)} {reporter(names)}; chưa gửi: {some_names(missing, names)}."


def unions(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say what the unions were asked for and what they brought: "qua Đoàn Thanh niên 18/20 (năm 2023)".

    `frame` is that of `measures.plans`; the numbers of the schools are added, those that gave both.
    """
    parts = []
    for union in ("via_youth_union", "via_trade_union"):
        both = frame[frame[f"{union}_target"].notna() & frame[f"{union}_actual"].notna()]
        for (period, group, measure), rows in both.groupby(["period", "group", "measure"], sort=False):
            made, asked = (rows[f"{union}_{kind}"].sum() for kind in ("actual", "target"))
            what = f"{target_of(measure, group, names)} {label('breakdown', union)}"
            parts.append(f"{what} {figure(made)}/{number(asked)} ({in_period(period)})")
    if not parts:
        return "Chưa có báo cáo nào tách chỉ tiêu và kết quả qua Đoàn Thanh niên, qua Công đoàn."
    return f"Chỉ tiêu giao qua các đoàn thể: {'; '.join(parts)}."
