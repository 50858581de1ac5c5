"""Charts that draw what they are given: `draw_x(frame, ax)`, with `describe_x(frame)` for who cannot see them.

Each answers one question, said in its docstring. Nothing is computed here but where things stand. `names` maps ids of
schools and groups to what the office calls them (`sentences.names_of`), `as_of` is the day a partial period reaches.
The caller makes the axes under `STYLE`, one chart to a figure, at `size_mm`; caption, unit, source and coverage stand
beside the chart, not in it.
"""

from dangvien_analysis.charts.comparison import draw_comparison
from dangvien_analysis.charts.conversion import draw_conversion
from dangvien_analysis.charts.coverage import draw_coverage
from dangvien_analysis.charts.describe import (
    describe_attainment,
    describe_comparison,
    describe_conversion,
    describe_coverage,
    describe_cumulative,
    describe_reasons,
    describe_stages,
    describe_trend,
    describe_waiting,
)
from dangvien_analysis.charts.flows import draw_cumulative, draw_trend
from dangvien_analysis.charts.pool import draw_reasons, draw_waiting
from dangvien_analysis.charts.sizes import least_width_mm, size_mm
from dangvien_analysis.charts.stages import draw_stages
from dangvien_analysis.charts.style import STYLE
from dangvien_analysis.charts.targets import draw_attainment

__all__ = [
    "STYLE",
    "describe_attainment",
    "describe_comparison",
    "describe_conversion",
    "describe_coverage",
    "describe_cumulative",
    "describe_reasons",
    "describe_stages",
    "describe_trend",
    "describe_waiting",
    "draw_attainment",
    "draw_comparison",
    "draw_conversion",
    "draw_coverage",
    "draw_cumulative",
    "draw_reasons",
    "draw_stages",
    "draw_trend",
    "draw_waiting",
    "least_width_mm",
    "size_mm",
]
