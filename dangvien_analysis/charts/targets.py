"""Actual against target: one row each, a dark bar, a mark for the target, what was added beyond it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dangvien_analysis import periods
from dangvien_analysis.charts.style import (
    AIR,
    DARK,
    INK,
    LINE,
    PALE,
    PAPER,
    SIDE,
    bare,
    below,
    beside,
    filling,
    normal,
    nothing,
    partial_note,
    partial_periods,
    room,
    school_names,
    set_rows,
    width_of,
    write_aside,
)
from dangvien_analysis.sentences import FLOW_WORDS, group_name
from dangvien_analysis.sentences.terms import capital, figure, known
from dangvien_analysis.text import number
from dangvien_analysis.vocabulary import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAND = 0.62  # height of the target's band in a row
THICK = 0.3  # height of the bar of what was done
DOTTED = {"facecolor": PAPER, "edgecolor": DARK, "hatch": "..", "linewidth": 0.5}


def draw_attainment(
    frame: pd.DataFrame, ax: "Axes", names: Mapping[str, str] | None = None, as_of: date | None = None
) -> None:
    """Draw what was done of each target.

    It answers: which targets were met, and how many are still to come?

    `frame` holds rows of `measures.attainment`, drawn in the order given; a row is named by those of school, group,
    measure and period that differ between rows. A partial period is not scaled up: its bar is hatched and its words
    say what is left.
    """
    if frame.empty:
        return nothing(ax, "Không giao chỉ tiêu")
    bare(ax)
    rows, called = list(frame.itertuples()), row_names(frame, names, beside(ax))
    words = [_words(row) for row in rows]
    width, height = room(ax, left=called)
    most = max((float(value) for row in rows for value in (row.planned, row.actual) if known(value)), default=0) or 1.0
    ax.set_xlim(0, most / max(1 - (max(map(width_of, words)) + AIR) / width, 0.2))
    ax.set_ylim(len(rows) - 0.5, -0.5)
    set_rows(ax, called, height / len(rows))
    for place, row in enumerate(rows):
        _draw_row(row, place, ax)
        _write_words(row, place, words[place], ax, min(normal(), height / len(rows) / LINE))
    below(ax, _notes(frame, as_of), width)
    return None


def _notes(frame: pd.DataFrame, as_of: date | None) -> list[str]:
    partial = partial_periods(frame) if "period" in frame.columns else []
    extra = "; nền chấm: chỉ tiêu bổ sung" if frame["extra_target"].fillna(0).gt(0).any() else ""
    return [f"Thanh đậm: thực hiện; vạch đứng: chỉ tiêu{extra}", partial_note(partial, as_of)]


def row_names(frame: pd.DataFrame, names: Mapping[str, str] | None = None, width: float = SIDE) -> list[str]:
    """Name rows by what differs between them: school, group, measure, period."""
    schools = list(dict.fromkeys(frame["school"])) if "school" in frame.columns else []
    school = dict(zip(schools, school_names(schools, names, width), strict=True))
    calls = {
        "school": school.get,
        "group": lambda value: capital(group_name(value, names)),
        "measure": lambda value: FLOW_WORDS.get(value) or label("measure", value),
        "period": periods.label,
    }
    present = [column for column in calls if column in frame.columns]
    telling = [column for column in present if frame[column].nunique() > 1] or present[-1:]
    return [", ".join(calls[column](getattr(row, column)) for column in telling) for row in frame.itertuples()]


def _draw_row(row, place: int, ax: "Axes") -> None:
    target = row.target if known(row.target) else 0
    ax.barh(place, target, BAND, facecolor=PALE, edgecolor="none", zorder=1)
    if known(row.planned) and row.planned > target:
        ax.barh(place, row.planned - target, BAND, left=target, **DOTTED)
    if known(row.actual):
        ax.barh(place, row.actual, THICK, zorder=3, **filling(DARK, row.partial))
    for mark in {value for value in (row.target, row.planned) if known(value) and value}:
        ax.plot([mark, mark], [place - BAND / 2, place + BAND / 2], color=INK, linewidth=1.6, zorder=4)


def _write_words(row, place: int, words: str, ax: "Axes", size: float) -> None:
    end = float(max(value for value in (row.planned, row.actual, 0) if known(value)))
    write_aside(ax, words, (end, place), (4, 0), fontsize=size)


def _words(row) -> str:
    if not known(row.planned) or not row.planned:
        return f"không giao; thực hiện {figure(row.actual)}"
    if not known(row.actual):
        return f"chỉ tiêu {number(row.planned)}; chưa có số liệu"
    reached = f"{figure(row.actual)}/{number(row.planned_reported)}"
    if row.planned_reported != row.planned:
        reached += f" (chỉ tiêu chung {number(row.planned)})"
    if row.remaining < 0:
        return f"{reached}, vượt {number(-row.remaining)}"
    if not row.remaining:
        return f"{reached}, đủ"
    return f"{reached}, {'còn' if row.partial else 'thiếu'} {number(row.remaining)}"
