"""Flows added up since the first period: sent to the course against admitted."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dangvien_analysis.charts.breaks import draw_breaks
from dangvien_analysis.charts.style import (
    AIR,
    DARK,
    INK,
    LINE,
    MID,
    PAPER,
    RULE,
    apart,
    bare,
    below,
    fitting,
    normal,
    nothing,
    partial_note,
    partial_periods,
    room,
    set_periods,
    smallest,
    too_wide,
    width_of,
)
from dangvien_analysis.sentences import FLOW_WORDS, group_name, reporter
from dangvien_analysis.sentences.reorganisation import break_note
from dangvien_analysis.sentences.terms import capital, group_of
from dangvien_analysis.settings import Break
from dangvien_analysis.text import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINE_COLOURS = {"nominated": MID, "admitted": DARK}
DOT = 30


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
    turned = too_wide(texts, slot)
    size = max(smallest(), min(normal(), slot / LINE)) if turned else fitting(texts, slot)
    per_point = _scale(rows, ax, height, max(map(width_of, texts)) + 2 * AIR if turned else 2 * normal() * LINE)
    for measure, part in rows.groupby("measure", sort=False):
        _draw_line(part, ax, slots, LINE_COLOURS[measure])
    for period, part in rows.groupby("period", sort=False):
        _write_numbers(part, ax, slots[period], size, turned)
    _name_lines(rows, ax, slots, normal() * LINE * per_point)
    drawn = draw_breaks(ax, slots, breaks)
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


def _write_numbers(part: pd.DataFrame, ax: "Axes", x: int, size: float, turned: bool) -> None:
    """Write the upper line's number above it and the lower one's below, so that they never meet."""
    ordered = sorted(part.itertuples(), key=lambda row: (row.cumulative, row.measure == "nominated"))
    for place, row in enumerate(ordered):
        above = row.measure == "nominated" if len(ordered) == 1 else place == 1
        ax.annotate(
            number(row.cumulative),
            (x, float(row.cumulative)),
            xytext=(0, AIR if above else -AIR),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            fontsize=size,
            rotation=90 if turned else 0,
            color=INK,
            zorder=1,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6},
        )


def _name_lines(rows: pd.DataFrame, ax: "Axes", slots: Mapping[str, int], least: float) -> None:
    """Name each line at its end, in place of a legend."""
    ends = rows.groupby("measure", sort=False).tail(1)
    heights = apart([float(value) for value in ends["cumulative"]], least)
    for end, y in zip(ends.itertuples(), heights, strict=True):
        aside = 0.5 * width_of(number(end.cumulative)) + AIR
        place = {"xytext": (aside, 0), "textcoords": "offset points", "va": "center", "annotation_clip": False}
        ax.annotate(FLOW_WORDS[end.measure], (slots[end.period], y), **place, fontsize=normal(), color=INK)
