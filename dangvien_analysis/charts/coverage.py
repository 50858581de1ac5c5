"""Which school reported which period."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dangvien_analysis.charts.style import (
    DARK,
    HATCH,
    LINE,
    MID,
    PAPER,
    bare,
    below,
    beside,
    fitting,
    nothing,
    partial_note,
    partial_periods,
    room,
    school_names,
    set_periods,
    set_rows,
    smallest,
    too_wide,
    write,
)
from dangvien_analysis.sentences import reporter

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MISSING = "thiếu"
EDGE = 0.08  # air between two squares


def draw_coverage(
    frame: pd.DataFrame, ax: "Axes", names: Mapping[str, str] | None = None, as_of: date | None = None
) -> None:
    """Draw schools by periods.

    It answers: whose numbers are missing, and for when?

    `frame` is that of `measures.coverage`; schools stand in the order given. A place without a square is a period in
    which the school was not there to report.
    """
    if frame.empty:
        return nothing(ax)
    bare(ax)
    schools = {school: place for place, school in enumerate(dict.fromkeys(frame["school"]))}
    called = school_names(schools, names, beside(ax))
    row_height = room(ax, lines=3)[1] / len(schools)
    width, _ = room(ax, lines=3, rows=set_rows(ax, called, row_height))
    slots = set_periods(frame, ax, width, as_of, reporter(names))
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_ylim(len(schools) - 0.5, -0.5)
    slot = 0.75 * width / (ax.get_xlim()[1] + 0.5)
    size = 0 if too_wide([MISSING], slot) else min(fitting([MISSING], slot), row_height / LINE)
    for row in frame.itertuples():
        _draw_square(row, slots[row.period], schools[row.school], size, ax)
    below(ax, _notes(frame, as_of), width)
    return None


def _draw_square(row, x: int, y: int, size: float, ax: "Axes") -> None:
    from matplotlib.patches import Rectangle

    missing = row.expected and not row.reported
    if not missing and not row.reported:
        return
    hatch = HATCH if row.partial and row.reported else None
    face = MID if row.reported and not row.partial else PAPER
    square = Rectangle((x - 0.5 + EDGE, y - 0.5 + EDGE), 1 - 2 * EDGE, 1 - 2 * EDGE, facecolor=face, edgecolor=DARK)
    square.set(hatch=hatch, linewidth=0.6, gid="missing" if missing else None)
    ax.add_patch(square)
    if missing and size >= smallest():
        write(ax, x, y, MISSING, size)


def _notes(frame: pd.DataFrame, as_of: date | None) -> list[str]:
    notes = ["Ô đậm: đã có số liệu"]
    if (frame["expected"] & ~frame["reported"]).any():
        notes.append("Ô trắng: chưa có số liệu")
    return [*notes, partial_note(partial_periods(frame[frame["reported"]]), as_of)]
