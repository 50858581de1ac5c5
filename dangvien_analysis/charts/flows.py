"""Flows per period (sent, finished, admitted), each by itself and added up since the first period."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dangvien_analysis import periods
from dangvien_analysis.charts.style import (
    AIR,
    DARK,
    FLOW_COLOURS,
    INK,
    LINE,
    MID,
    PAPER,
    QUIET,
    RULE,
    apart,
    bare,
    below,
    filling,
    normal,
    nothing,
    partial_note,
    partial_periods,
    room,
    set_periods,
    too_wide,
    upright,
    width_of,
    write_aside,
)
from dangvien_analysis.sentences import FLOW_WORDS, group_name, reporter
from dangvien_analysis.sentences.reorganisation import break_note
from dangvien_analysis.sentences.terms import capital, group_of, known
from dangvien_analysis.settings import Break
from dangvien_analysis.text import MISSING, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR = 0.62
MARK = 0.4  # half the width of a target's mark: wider than its bar
HEAD = 2.1  # lines above the highest bar of a lane: its number, and air
MISSING_NOTE = f"Dấu {MISSING} : chưa có số liệu"
TARGET_NOTE = "Vạch đậm: chỉ tiêu; a/b: thực hiện a, chỉ tiêu b"
LINE_COLOURS = {"nominated": MID, "admitted": DARK}
DOT = 30


def draw_trend(
    frame: pd.DataFrame,
    ax: "Axes",
    names: Mapping[str, str] | None = None,
    as_of: date | None = None,
    breaks: Iterable[Break] = (),
) -> None:
    """Draw one group's flows per period.

    It answers: how many were sent, finished and were admitted each year?

    `frame` holds one group's rows of `measures.trend`; a column `target` (missing where none was given) is drawn as a
    mark. Each measure has a lane of its own, all on one scale, so that no bar needs a legend and small numbers are
    seen to be small beside large ones. `breaks` (`settings.breaks_within`) are dotted lines between periods.
    """
    if frame.empty:
        return nothing(ax)
    bare(ax, capital(group_name(group_of(frame), names)))
    called = {measure: _lane_name(rows) for measure, rows in frame.groupby("measure", sort=False)}
    width, height = room(ax, left=called.values(), lines=3)
    slots = set_periods(frame, ax, width, as_of, reporter(names))
    slot = 0.95 * width / (ax.get_xlim()[1] + 0.5)
    texts = _values(frame, slot)
    lanes = _lanes(frame, ax, height, _head(texts, slot))
    for measure, base in lanes.items():
        rows = frame["measure"] == measure
        _draw_lane(frame[rows], texts[rows], ax, slots, base, slot)
    ax.set_yticks(list(lanes.values()), [called[measure] for measure in lanes], va="bottom")
    drawn = _draw_breaks(ax, slots, breaks)
    below(ax, [*_notes(frame, as_of), break_note(drawn)], width)
    return None


def _notes(frame: pd.DataFrame, as_of: date | None) -> list[str]:
    aims = "target" in frame.columns and frame["target"].notna().any()
    notes = [TARGET_NOTE if aims else "", MISSING_NOTE if frame["n"].isna().any() else ""]
    return [*notes, partial_note(partial_periods(frame), as_of)]


def _lane_name(rows: pd.DataFrame) -> str:
    name = capital(FLOW_WORDS.get(rows["measure"].iloc[0], rows["measure"].iloc[0]))
    if "target" in rows.columns and rows["target"].notna().any():
        name += "/chỉ tiêu"
    total = rows["cumulative"].dropna()
    return f"{name}\n(cộng {number(total.iloc[-1])})" if len(total) and len(rows) > 1 else name


def _values(frame: pd.DataFrame, slot: float) -> pd.Series:
    """Return what is written over each bar, with its target on a second line where there is little room."""
    texts = pd.Series([_value(row) for row in frame.itertuples()], index=frame.index)
    folded = texts.str.replace("/", "\n/")
    return texts if max(map(width_of, texts)) <= slot or too_wide(folded, slot) else folded


def _head(texts: pd.Series, slot: float) -> float:
    """Return the room over the highest bar of a lane, in points: its number, turned upright if need be, and air."""
    upright = max(map(width_of, texts)) + normal() if too_wide(texts, slot) else 0
    return max(HEAD * normal() * LINE, upright)


def _lanes(frame: pd.DataFrame, ax: "Axes", height: float, head: float) -> dict[str, float]:
    """Return where each measure's lane stands, the first on top, and set the scale: one for all lanes."""
    tops = {measure: _top(rows) for measure, rows in frame.groupby("measure", sort=False)}
    per_point = max(sum(tops.values()), 1) / max(height - head * len(tops), height / 4)
    lanes, base = {}, 0.0
    for measure in reversed(tops):
        lanes[measure] = base
        base += tops[measure] + head * per_point
    ax.set_ylim(0, base)
    return dict(reversed(lanes.items()))


def _top(rows: pd.DataFrame) -> float:
    top = rows[["n", "target"] if "target" in rows.columns else ["n"]].max().max()
    return float(top) if known(top) else 0.0


def _draw_lane(
    rows: pd.DataFrame, texts: pd.Series, ax: "Axes", slots: Mapping[str, int], base: float, slot: float
) -> None:
    ax.axhline(base, color=RULE, linewidth=0.6, zorder=0, clip_on=False)
    colour = FLOW_COLOURS.get(rows["measure"].iloc[0], DARK)
    size, rotation = upright(texts, slot)
    for text, row in zip(texts, rows.itertuples(), strict=True):
        x, target = slots[row.period], _target(row)
        if known(row.n):
            ax.bar(x, row.n, BAR, bottom=base, **filling(colour, row.partial))
        if known(target):
            ax.plot([x - MARK, x + MARK], [base + target] * 2, color=INK, linewidth=1.5, solid_capstyle="butt")
        top = max(value for value in (row.n, target, 0) if known(value))
        look = {"fontsize": size, "rotation": rotation, "annotation_clip": False}
        write_aside(ax, text, (x, base + top), (0, 2), ha="center", va="bottom", **look)


def _target(row) -> int | None:
    target = getattr(row, "target", None)
    return target if target is not None and known(target) else None


def _value(row) -> str:
    n = number(row.n if known(row.n) else None)
    return n if _target(row) is None else f"{n}/{number(_target(row))}"


def draw_cumulative(
    frame: pd.DataFrame,
    ax: "Axes",
    names: Mapping[str, str] | None = None,
    as_of: date | None = None,
    breaks: Iterable[Break] = (),
) -> None:
    """Draw one group's nominations and admissions added up.

    It answers: how far apart have they come since the first period?

    `frame` as for `draw_trend`. The last stretch is dashed and its point hollow where the period is not over.
    `breaks` as for `draw_trend`.
    """
    rows = frame[frame["measure"].isin(LINE_COLOURS) & frame["cumulative"].notna()]
    if rows.empty:
        return nothing(ax)
    bare(ax, capital(group_name(group_of(frame), names)))
    width, height = room(ax, right=[f"{FLOW_WORDS['nominated']} 00"], lines=3)
    slots = set_periods(frame, ax, width, as_of, reporter(names))
    texts, slot = [number(value) for value in rows["cumulative"]], 0.95 * width / (ax.get_xlim()[1] + 0.5)
    size, rotation = upright(texts, slot)
    per_point = _scale(rows, ax, height, max(map(width_of, texts)) + 2 * AIR if rotation else 2 * normal() * LINE)
    for measure, part in rows.groupby("measure", sort=False):
        _draw_line(part, ax, slots, LINE_COLOURS[measure])
    for period, part in rows.groupby("period", sort=False):
        _write_numbers(part, ax, slots[period], size, rotation)
    _name_lines(rows, ax, slots, normal() * LINE * per_point)
    drawn = _draw_breaks(ax, slots, breaks)
    partly = partial_note(partial_periods(rows), as_of, "Nét đứt")
    below(ax, ["Cộng dồn từ kỳ đầu", partly, break_note(drawn)], width)
    return None


def _scale(rows: pd.DataFrame, ax: "Axes", height: float, air: float) -> float:
    """Leave air above the highest and below the lowest point for their numbers; return units per point."""
    top = max(float(rows["cumulative"].max()), 1.0)
    per_point = top / max(height - 2 * air, height / 4)
    ax.set_ylim(-air * per_point, top + air * per_point)
    ax.axhline(0, color=RULE, linewidth=0.6, zorder=0)
    return per_point


def _draw_line(part: pd.DataFrame, ax: "Axes", slots: Mapping[str, int], colour: str) -> None:
    x = [slots[period] for period in part["period"]]
    y = [float(value) for value in part["cumulative"]]
    whole = int((~part["partial"]).sum())
    last = max(whole - 1, 0)
    ax.plot(x[:whole], y[:whole], color=colour, linewidth=2)
    ax.plot(x[last:], y[last:], color=colour, linewidth=2, linestyle=(0, (2.5, 1.5)))
    ax.scatter(x[:whole], y[:whole], s=DOT, color=colour, edgecolors=DARK, zorder=3)
    ax.scatter(x[whole:], y[whole:], s=DOT, color=PAPER, edgecolors=DARK, zorder=3)


def _write_numbers(part: pd.DataFrame, ax: "Axes", x: int, size: float, rotation: int) -> None:
    """Write the upper line's number above it and the lower one's below, so that they never meet."""
    ordered = sorted(part.itertuples(), key=lambda row: (row.cumulative, row.measure == "nominated"))
    for place, row in enumerate(ordered):
        above = row.measure == "nominated" if len(ordered) == 1 else place == 1
        look = {"ha": "center", "va": "bottom" if above else "top", "fontsize": size, "rotation": rotation, "zorder": 1}
        look |= {"bbox": {"facecolor": PAPER, "edgecolor": "none", "pad": 2}}
        at = (x, float(row.cumulative))
        write_aside(ax, number(row.cumulative), at, (0, AIR if above else -AIR), **look)


def _name_lines(rows: pd.DataFrame, ax: "Axes", slots: Mapping[str, int], least: float) -> None:
    """Name each line at its end, in place of a legend."""
    ends = rows.groupby("measure", sort=False).tail(1)
    heights = apart([float(value) for value in ends["cumulative"]], least)
    for end, y in zip(ends.itertuples(), heights, strict=True):
        aside = 0.5 * width_of(number(end.cumulative)) + AIR
        write_aside(ax, FLOW_WORDS[end.measure], (slots[end.period], y), (aside, 0), annotation_clip=False)


def _draw_breaks(ax: "Axes", slots: Mapping[str, int], breaks: Iterable[Break]) -> list[Break]:
    """Draw a line before the first period that reaches past each day; return the breaks that have one.

    Periods have no scale of days, and a line through a bar would look like a part of it: a period in which the day
    falls stands after the line, for it is no longer wholly as before.
    """
    drawn = []
    for one in breaks:
        after = [place for period, place in slots.items() if periods.end_date(period) >= one.day]
        if after and min(after) > min(slots.values()):
            ax.axvline(min(after) - 0.5, color=QUIET, linewidth=1.2, linestyle=(0, (1, 2)), zorder=0, gid="break")
            drawn.append(one)
    return drawn
