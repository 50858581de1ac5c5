"""Flows per period: sent, finished, admitted."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dangvien_analysis.charts.breaks import draw_breaks
from dangvien_analysis.charts.style import (
    DARK,
    FLOW_COLOURS,
    INK,
    LINE,
    RULE,
    bare,
    below,
    filling,
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
    drawn = draw_breaks(ax, slots, breaks)
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
    turned = too_wide(texts, slot)
    size = max(smallest(), min(normal(), slot / LINE)) if turned else fitting(texts, slot)
    for text, row in zip(texts, rows.itertuples(), strict=True):
        x, target = slots[row.period], _target(row)
        if known(row.n):
            ax.bar(x, row.n, BAR, bottom=base, **filling(colour, row.partial))
        if known(target):
            ax.plot([x - MARK, x + MARK], [base + target] * 2, color=INK, linewidth=1.5, solid_capstyle="butt")
        top = max(value for value in (row.n, target, 0) if known(value))
        place = {"xytext": (0, 2), "textcoords": "offset points", "ha": "center", "va": "bottom"}
        place |= {"rotation": 90 if turned else 0, "annotation_clip": False}
        ax.annotate(text, (x, base + top), **place, fontsize=size, color=INK)


def _target(row) -> int | None:
    target = getattr(row, "target", None)
    return target if target is not None and known(target) else None


def _value(row) -> str:
    n = number(row.n if known(row.n) else None)
    return n if _target(row) is None else f"{n}/{number(_target(row))}"
