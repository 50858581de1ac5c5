"""Days from which numbers are not made as before, as dotted lines between periods."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dangvien_analysis import periods
from dangvien_analysis.charts.style import QUIET
from dangvien_analysis.settings import Break

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_breaks(ax: "Axes", slots: Mapping[str, int], breaks: Iterable[Break]) -> list[Break]:
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
