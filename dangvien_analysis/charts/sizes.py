"""How large a chart must be for its frame: as narrow as its words allow, so that it can be read on a phone too."""

from collections.abc import Callable

import pandas as pd

from dangvien_analysis.charts.comparison import MANY, draw_comparison
from dangvien_analysis.charts.conversion import draw_conversion
from dangvien_analysis.charts.coverage import draw_coverage
from dangvien_analysis.charts.flows import draw_cumulative, draw_trend
from dangvien_analysis.charts.pool import draw_reasons, draw_waiting
from dangvien_analysis.charts.stages import draw_stages
from dangvien_analysis.charts.targets import draw_attainment

NARROW, WIDE = 125, 160  # mm; the text of a page is 165 mm wide
TALLEST = 220  # mm; a page less its margins, caption and running head
MANY_PERIODS = 6
MIDDLING = 20  # rows up to which a long name has two lines


def size_mm(draw: Callable, frame: pd.DataFrame) -> tuple[float, float]:
    """Return the width and height in mm at which `draw(frame, ax)` has room for its words.

    `draw` may be wrapped by `functools.partial`. A chart of rows grows with them up to a page.
    """
    draw = getattr(draw, "func", draw)
    if frame.empty:
        return NARROW, 25
    width, height = _SIZES[draw](frame)
    return width, min(height, TALLEST)


def least_width_mm(draw: Callable, frame: pd.DataFrame) -> float:
    """Return the width in mm under which words of `draw(frame, ax)` may meet: a phone then gets the whole chart.

    Twelve periods side by side, or a funnel plot with its key, cannot be made as narrow as a phone.
    """
    draw = getattr(draw, "func", draw)
    if frame.empty:
        return 0
    many = "period" in frame.columns and frame["period"].nunique() > MANY_PERIODS
    over_time = draw in (draw_trend, draw_cumulative, draw_coverage)
    funnel = draw is draw_comparison and len(frame) >= MANY
    return size_mm(draw, frame)[0] if (over_time and many) or funnel else 0


def _rows(count: int, each: float, rest: float, width: float = WIDE) -> tuple[float, float]:
    return width, rest + each * count


def _grid(frame: pd.DataFrame) -> tuple[float, float]:
    schools = frame["school"].nunique()
    many = frame["period"].nunique() > MANY_PERIODS
    return _rows(schools, _height(schools, 8), 26, WIDE if many else NARROW)


def _height(rows: int, few: float) -> float:
    """Return the height of each of so many rows in mm, `few` where they are no more than `MANY`."""
    if rows > MIDDLING:
        return 5
    return few if rows <= MANY else 7.5


def _each(frame: pd.DataFrame) -> int:
    """Return the height of a row of a comparison: one school alone may have a name of three lines."""
    return 24 if len(frame) == 1 else 10


_SIZES: dict[Callable, Callable] = {
    draw_trend: lambda frame: (WIDE, 18 + 20 * frame["measure"].nunique()),
    draw_cumulative: lambda _: (WIDE, 66),
    draw_conversion: lambda frame: (NARROW, 80 if frame["rate"].notna().any() else 25),
    draw_stages: lambda frame: _rows(len(frame), 11, 16),
    draw_attainment: lambda frame: _rows(len(frame), 7 if len(frame) > MANY else 10, 20),
    draw_coverage: _grid,
    draw_comparison: lambda frame: (WIDE, 95) if len(frame) >= MANY else _rows(len(frame), _each(frame), 30),
    draw_waiting: lambda frame: _rows(len(frame), _height(len(frame), 9), 25),
    draw_reasons: lambda frame: _rows(frame["reason"].nunique() + 3, 9, 20, NARROW),
}
