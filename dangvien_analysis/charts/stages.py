"""The steps of party-membership development, one below the other."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dangvien_analysis.charts.style import (
    AIR,
    FLOW_COLOURS,
    LINE,
    MID,
    bare,
    below,
    beside,
    filling,
    folded,
    nothing,
    room,
    small,
    width_of,
    write_aside,
)
from dangvien_analysis.measures import FEW_TRIALS
from dangvien_analysis.sentences import FLOW_WORDS, group_name, unit
from dangvien_analysis.sentences.terms import capital, group_of, known, until
from dangvien_analysis.text import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

THICK = 0.56


def draw_stages(
    frame: pd.DataFrame, ax: "Axes", names: Mapping[str, str] | None = None, as_of: date | None = None
) -> None:
    """Draw how many of one group reached each step.

    It answers: at which step do most not go on, so far?

    `frame` holds one group's rows of `measures.funnel`. The share beside a bar names the step it is counted from; a
    step that has none (a helper can be assigned before or after the course) stands with its count alone.
    """
    if frame.empty:
        return nothing(ax)
    group = group_of(frame)
    bare(ax, capital(group_name(group, names)))
    rows = list(frame.itertuples())
    steps = [folded(capital(FLOW_WORDS[row.stage]), 0.8 * beside(ax)) for row in rows]
    shares = [_share(row, group, 1.4 * beside(ax)) for row in rows]
    counts = [number(row.n if known(row.n) else None) for row in rows]
    width, _ = room(ax, left=steps, right=shares, size=small())
    most = max((float(row.n) for row in rows if known(row.n)), default=0) or 1.0
    ax.set_xlim(0, most / (1 - (max(map(width_of, counts)) + AIR) / width))
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_yticks(range(len(rows)), steps)
    for place, row in enumerate(rows):
        _draw_stage(row, place, ax, counts[place], shares[place])
    below(ax, _notes(rows, as_of), room(ax, left=steps)[0])
    return None


def _notes(rows: list, as_of: date | None) -> list[str]:
    bases = [row.previous for row in rows if known(row.rate)]
    return [
        f"Cộng dồn {until(as_of)}" if rows[-1].partial else "",
        "Trong ngoặc: khoảng tin cậy 95%" if any(base >= FEW_TRIALS for base in bases) else "",
        f"Dưới {FEW_TRIALS} người không tính %" if any(base < FEW_TRIALS for base in bases) else "",
    ]


def _draw_stage(row, place: int, ax: "Axes", count: str, share: str) -> None:
    n = float(row.n) if known(row.n) else 0
    if known(row.n):
        ax.barh(place, n, THICK, **filling(FLOW_COLOURS.get(row.stage, MID), False))
    write_aside(ax, count, (n, place), (3, 0))
    look = {"xycoords": ("axes fraction", "data"), "fontsize": small(), "linespacing": LINE}
    write_aside(ax, share, (1, place), (3, 0), **look)


def _share(row, group: str, width: float) -> str:
    """Return the lines beside a bar: counts with per cent and interval, and what they are a share of."""
    if not known(row.rate) or not known(row.previous_stage):
        return ""
    counts = f"{number(row.matched)}/{number(row.previous)} {unit(group)}"
    if row.previous >= FEW_TRIALS:
        counts += f", bằng {percent(row.rate)} ({percent(row.low)}–{percent(row.high)})"
    lines = (counts, f"so với số {FLOW_WORDS[row.previous_stage]}")
    return "\n".join(folded(line, width, small()) for line in lines)
