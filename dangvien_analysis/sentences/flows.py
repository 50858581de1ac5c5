"""What happened per period and over the whole window: nominated, trained and admitted always together."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from dangvien_analysis import periods
from dangvien_analysis.measures import CORE_FLOWS, FEW_TRIALS, interval
from dangvien_analysis.sentences.terms import (
    EMPTY,
    FLOW_WORDS,
    NO_DATA,
    capital,
    count,
    done,
    figure,
    group_name,
    group_of,
    in_partial,
    in_period,
    known,
    reporter,
    share,
    some_names,
    until,
    window,
)
from dangvien_analysis.text import number, percent

_OF = {
    "nominated": "được cử đi học",
    "trained": "đã hoàn thành lớp",
    "mentored": "được phân công đảng viên giúp đỡ",
    "proposed": "được chi bộ đề nghị",
}
EVEN = 0.5  # two counts that differ by chance alone would split their sum about evenly


def nominated_vs_admitted(
    frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None
) -> str:
    """Say what one group reached over the window, with its yearly parts.

    `frame` holds one group's rows of `measures.trend`. All three stages stand together: admissions alone invite
    the reading that fewer should be sent. A window in which some school did not report is said to be so.
    """
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start = capital(group_name(group, names))
    where = window(dict.fromkeys(frame["period"]), bool(frame["partial"].iloc[-1]), as_of)
    rows = {measure: frame[frame["measure"] == measure] for measure in CORE_FLOWS}
    parts = [_over_window(rows[measure], measure, group) for measure in CORE_FLOWS]
    if _same(rows["nominated"], rows["trained"]):
        both = f"{FLOW_WORDS['nominated']} và {FLOW_WORDS['trained']} đều"
        parts = [parts[0].replace(FLOW_WORDS["nominated"], both, 1), parts[2]]
    return f"{start}, {where}: {'; '.join(parts)}{_gaps(frame, names)}."


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Tell whether two flows have the same numbers in the same periods, and some: then they need not be read twice."""
    first, second = (rows.set_index("period")["n"] for rows in (one, other))
    return bool(first.notna().any() and first.sum() > 0 and first.equals(second))


def _over_window(rows: pd.DataFrame, measure: str, group: str) -> str:
    reported = rows["cumulative"].dropna()
    if reported.empty:
        return done(measure, None, group)
    parts = [f"{periods.label(row.period)}: {figure(row.n)}" for row in rows.itertuples()]
    telling = len(parts) > 1 and (reported.iloc[-1] > 0 or rows["n"].isna().any())
    return done(measure, reported.iloc[-1], group, "; ".join(parts) if telling else "")


def _gaps(frame: pd.DataFrame, names: Mapping[str, str] | None) -> str:
    """Say that sums are of what was reported, where some school did not report some period."""
    last = frame.groupby("measure", sort=False).tail(1)
    gaps = last["gaps"].dropna() if "gaps" in frame else pd.Series(dtype="Int64")
    if gaps.empty or not gaps.max():
        return ""
    return f"; mới cộng những số đã báo cáo, còn thiếu {number(gaps.max())} kỳ của các {reporter(names)}"


def trend_heading(
    frame: pd.DataFrame,
    measure: str = "admitted",
    names: Mapping[str, str] | None = None,
    as_of: date | None = None,
) -> str:
    """Say in a heading how a flow went, from the first whole period to the last: no full stop at its end.

    A partial period is told apart, never compared. Periods reported by different numbers of schools are not
    compared. Admissions that differ no more than chance explains are not called a rise or a fall; nominations are
    decided, so their numbers are taken as they are.
    """
    if frame.empty:
        return EMPTY.rstrip(".")
    group = group_of(frame)
    start = f"{capital(group_name(group, names))}: "
    rows = frame[frame["measure"] == measure]
    unknown, rows = rows[rows["n"].isna()], rows[rows["n"].notna()]
    if rows.empty:
        return start + done(measure, None, group)
    if not rows["n"].sum():
        return start + _nobody(rows, unknown, measure, group, as_of)
    whole = list(rows[~rows["partial"]].itertuples())
    parts = [_change(whole[0], whole[-1], measure, group, reporter(names))] if len(whole) > 1 else []
    alone = [] if parts else whole
    alone = [*alone, *rows[rows["partial"]].itertuples()]
    parts += [f"{in_partial(row.period, row.partial, as_of)} {done(measure, row.n, group)}" for row in alone]
    return start + "; ".join(parts)


def _nobody(rows: pd.DataFrame, unknown: pd.DataFrame, measure: str, group: str, as_of: date | None) -> str:
    text = f"{done(measure, 0, group)} {window(rows['period'], bool(rows['partial'].iloc[-1]), as_of)}"
    missing = ", ".join(in_period(period) for period in unknown["period"])
    return f"{text} ({missing} {NO_DATA})" if missing else text


def _change(first, last, measure: str, group: str, who: str) -> str:
    words = FLOW_WORDS[measure]
    start, end = count(first.n, group), count(last.n, group)
    plain = f"{words} {start} {in_period(first.period)}, {end} {in_period(last.period)}"
    if first.schools != last.schools:
        schools = f"{number(first.schools)} và {number(last.schools)} {who}"
        return f"{plain}; số {who} báo cáo khác nhau ({schools}) nên không so sánh"
    if first.n == last.n:
        return f"{words} {in_period(first.period)} và {in_period(last.period)} đều {end}"
    if measure == "admitted" and _within_chance(first.n, last.n):
        return f"{plain}; chênh lệch nhỏ, chưa đủ để nói tăng hay giảm"
    way, to = ("tăng", "lên") if last.n > first.n else ("giảm", "xuống")
    return f"{words} {way} từ {start} {in_period(first.period)} {to} {end} {in_period(last.period)}"


def _within_chance(first: int, last: int) -> bool:
    between = interval(int(last), int(first + last))
    return between.low <= EVEN <= between.high


def like_for_like(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say how the last whole period compares with the one before, over the schools that reported both.

    `frame` holds one group's rows of `measures.like_for_like`.
    """
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start = capital(group_name(group, names))
    who, whole = reporter(names), frame[~frame["partial"]]
    last = whole[whole["period"] == whole["period"].iloc[-1]] if len(whole) else whole
    if last.empty:
        return f"{start}: không có hai kỳ trọn vẹn để so sánh."
    parts = [
        f"{FLOW_WORDS[row.measure]} {count(row.n, group)} {in_period(row.period)}, "
        f"{count(row.previous_n, group)} {in_period(row.previous_period)} (cùng {number(row.schools)} {who})"
        for row in last.itertuples()
    ]
    return f"{start}: {'; '.join(parts)}."


def stages(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Say how many reached each step, and at which step fewest go on.

    `frame` holds one group's rows of `measures.funnel`. Where no step lies below all others by its interval, each
    stands beside the step it is counted from; a step without a rate is given as a count only.
    """
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start = capital(group_name(group, names))
    ending = f" ({until(as_of)})" if frame["partial"].any() else ""
    fewest = _fewest_go_on(frame)
    steps = [_step(row, group) if fewest is None else done(row.stage, row.n, group) for row in frame.itertuples()]
    told = f"{start}, các bước phát triển đảng viên{ending}: {'; '.join(steps)}."
    return told if fewest is None else f"{told} Bước có ít người đi tiếp nhất: {_step(fewest, group)}."


def _fewest_go_on(frame: pd.DataFrame) -> Any:
    """Return the step whose interval lies below those of all others, None where there is none."""
    rated = list(frame.dropna(subset=["rate", "low", "high"]).sort_values("rate").itertuples())
    clear = len(rated) > 1 and rated[0].high < min(row.low for row in rated[1:])
    return rated[0] if clear and rated[0].previous >= FEW_TRIALS else None


def _step(row, group: str) -> str:
    words = FLOW_WORDS[row.stage]
    if not known(row.rate) or not known(row.previous_stage):
        return done(row.stage, row.n, group)
    made = share(row.matched, row.previous, group, row.low, row.high, of=_OF[row.previous_stage])
    if row.matched == row.n:
        return f"{words} {made}"
    return f"{words} {count(row.n, group)} (nơi có cả hai số: {made})"


def flow_ratio(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Say admissions beside nominations and beside people trained, named as ratios of flows.

    `frame` holds one group's rows of `measures.ratio`, one per period or one for the window. They may exceed 100%,
    for the people admitted in a period may have been sent before it, so they have no interval.
    """
    if frame.empty:
        return EMPTY
    nominated = [_ratio(row, row.admitted_on_nominated, row.nominated_base, as_of) for row in frame.itertuples()]
    trained = [_ratio(row, row.admitted_on_trained, row.trained_base, as_of) for row in frame.itertuples()]
    return (
        f"{capital(group_name(group_of(frame), names))}: "
        f"tỷ số kết nạp trên cử học trong kỳ (có thể trên 100%) {', '.join(nominated)}; "
        f"tỷ số kết nạp trên hoàn thành lớp trong kỳ (có thể trên 100%) {', '.join(trained)}."
    )


def _ratio(row, made, base, as_of: date | None) -> str:
    when = f" {in_partial(row.period, row.partial, as_of)}" if hasattr(row, "period") else ""
    if not known(made) or not known(base):
        return NO_DATA + when
    text = f"{figure(made)}/{figure(base)}"
    return (f"{text} ({percent(made / base)})" if base >= FEW_TRIALS else text) + when


def without_admission(
    frame: pd.DataFrame, names: Mapping[str, str] | None = None, years: int = 2, expected: Iterable[str] = ()
) -> str:
    """Name the schools that reported no admission in any of the last `years` whole periods.

    `frame` is `measures.trend(counts, by=("school", "group"))`, of one group or several, which then are looked at
    together. Only a reported zero counts: a school that did not report, of the frame or of those `expected`, is said
    not to have been looked at.
    """
    rows = frame[(frame["measure"] == "admitted") & ~frame["partial"]]
    last = sorted(rows["period"].unique(), key=periods.sort_key)[-years:]
    if not last and years == 1:
        return f"Chưa có kỳ trọn vẹn nào để xét {reporter(names)} không kết nạp được đảng viên."
    if len(last) < years:
        return f"Chưa đủ {years} kỳ trọn vẹn để xét {reporter(names)} {years} kỳ liền không kết nạp."
    seen = rows[rows["period"].isin(last)].groupby("school", sort=False)["n"]
    by_school = seen.agg(total="sum", reported="count", rows="size")
    complete = by_school.index[by_school["reported"] == by_school["rows"]]
    some = by_school.index[by_school["total"] > 0]
    every = list(dict.fromkeys([*frame["school"], *expected]))
    unknown = [school for school in every if school not in complete and school not in some]
    none = [school for school in complete if school not in some]
    if years == 1:
        return _without_one(none, unknown, last[0], len(every), names)
    span = f"{years} {'năm' if periods.parse(last[0]).kind == 'year' else 'kỳ'} liền không kết nạp"
    return _without(none, unknown, f"{span} ({', '.join(map(periods.label, last))})", len(every), names)


def _without(none: list[str], unknown: list[str], span: str, schools: int, names: Mapping[str, str] | None) -> str:
    if len(unknown) >= schools:
        return f"Chưa xét được {reporter(names)} nào {span} vì thiếu số liệu."
    text = f"{capital(span)}: {some_names(none, names)}" if none else f"Không {reporter(names)} nào {span}"
    if unknown:
        text += f"; chưa xét được {some_names(unknown, names)} vì thiếu số liệu"
    return text + "."


def _without_one(
    none: list[str], unknown: list[str], period: str, schools: int, names: Mapping[str, str] | None
) -> str:
    who, when = reporter(names), capital(in_period(period))
    if len(unknown) >= schools:
        return f"{when}: chưa xét được {who} nào không kết nạp được đảng viên vì thiếu số liệu."
    text = f"{when}: không kết nạp được đảng viên nào có {number(len(none))}/{number(schools)} {who}"
    text += f", gồm {some_names(none, names)}" if none else ""
    if not none:
        text = f"{when}: {who} nào {'' if not unknown else 'có số liệu '}cũng kết nạp được đảng viên"
    if unknown:
        text += f"; chưa xét được {some_names(unknown, names)} vì thiếu số liệu"
    return text + "."


def density(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say how many of the staff are party members; `frame` is one row of `measures.density`: a full count."""
    staff = group_name("staff", names)
    if frame.empty or not known(frame["density"].iloc[0]):
        return f"Tỷ lệ đảng viên trong {staff}: {NO_DATA}."
    row = frame.iloc[0]
    text = share(row["members"], row["headcount"], "staff")
    basis = "" if row["basis"] == "staff" else " (nơi không tách: đảng viên toàn đơn vị trừ đảng viên là học sinh)"
    return f"Tỷ lệ đảng viên trong {staff}: {text}{basis}."
