"""Figures: a chart drawn at once to SVG, its words kept as text, with the numbers behind it."""

import hashlib
import io
import re
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from dangvien_analysis import fonts
from dangvien_analysis.blocks.block import Block, tidy_text
from dangvien_analysis.blocks.grids import table
from dangvien_analysis.charts import STYLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TEXT_WIDTH_MM = 165  # A4 less the margins of a Party document, 30 and 15 mm
PHONE_WIDTH_MM = 92  # a screen of 390 CSS pixels less its margins
PHONE_HEIGHT = 1.25  # of the wide chart's height: words that have little room fold onto more lines
MM_PER_INCH = 25.4

_REFERENCE = re.compile(r'(\sid="|href="#|url\(#)')
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def figure(
    draw: Callable,
    frame: pd.DataFrame,
    caption: str,
    alt: str,
    data: pd.DataFrame | None = None,
    size: tuple[float, float] = (TEXT_WIDTH_MM, 82),
    labels: Mapping | None = None,
    *,
    note: str = "",
    source: str = "",
    least_width: float = 0,
    folded: bool = True,
    **table_options: Any,
) -> Block:
    """Draw `draw(frame, ax)` at `size` (width and height in mm) and keep the SVG, never the matplotlib figure.

    A wide chart is drawn once more as narrow as a phone: made smaller, its words could not be read there. Under
    `least_width` mm its words would meet (`charts.least_width_mm`): then a phone gets the wide one, to be moved.
    `alt` says in words what the chart shows. `data` (else `frame`) is the table of the figures behind it, foldable in
    HTML and in the annex of the PDF; not `folded` it is open, and on paper below the chart. `labels` and further
    options go to `table`.
    """
    if not alt.strip():
        raise ValueError(f"figure «{caption}» needs an alternative text")
    svg, prefix = _prefixed(_draw(draw, frame, size))
    phone = _draw_narrow(draw, frame, size) if least_width <= PHONE_WIDTH_MM else ""
    phone_svg, phone_prefix = _prefixed(phone) if phone else ("", "")
    told = {"labels": labels, "source": source, "folded": folded}
    behind = table(frame if data is None else data, caption, **told, **table_options)
    content = {
        "caption": tidy_text(caption),
        "alt": tidy_text(alt),
        "svg": svg,
        "prefix": prefix,
        "phone_svg": phone_svg,
        "phone_prefix": phone_prefix,
        "width_mm": size[0],
        "height_mm": size[1],
        "note": tidy_text(note),
        "data": behind.content,
        "number": "",
        "id": "",
    }
    return Block("figure", content)


def _draw(draw: Callable, frame: pd.DataFrame, size: tuple[float, float], whole: bool = False) -> str:
    """Return the SVG of a chart drawn on a figure of its own: pyplot, and with it all lasting state, is left out.

    With `whole` the result is empty where words would not fit on it.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    fonts.register_for_charts()
    with mpl.rc_context(STYLE), io.StringIO() as file, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # a strange sign in a name, shown as a box
        paper = Figure(figsize=(size[0] / MM_PER_INCH, size[1] / MM_PER_INCH), layout="constrained")
        draw(frame, paper.add_subplot())
        FigureCanvasSVG(paper).print_svg(file, metadata=_NO_METADATA)  # `savefig` would draw everything once more
        return "" if whole and _runs_over(paper) else file.getvalue()


def _draw_narrow(draw: Callable, frame: pd.DataFrame, size: tuple[float, float]) -> str:
    """Return the chart for a phone; empty where it is narrow anyway, or its words leave no room for the drawing."""
    if size[0] <= PHONE_WIDTH_MM:
        return ""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "constrained_layout not applied")
        try:
            return _draw(draw, frame, (PHONE_WIDTH_MM, PHONE_HEIGHT * size[1]), whole=True)
        except UserWarning:
            return ""


def _runs_over(paper: "Figure") -> bool:
    """Tell whether something of a drawn chart is cut off at an edge, by more than a point."""
    drawn, (width, height) = paper.get_tightbbox(), paper.get_size_inches()
    return min(drawn.x0, drawn.y0, width - drawn.x1, height - drawn.y1) < -1 / 72


def _prefixed(svg: str) -> tuple[str, str]:
    """Return the bare <svg> element with ids of its own, so that two charts of one page never clash, and their prefix.

    Prolog and document type are dropped: they name outside addresses and say nothing to a reader.
    """
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    prefix = "c" + hashlib.sha256(svg.encode()).hexdigest()[:10] + "-"
    svg = re.sub(r"<[^>]*>", lambda tag: _REFERENCE.sub(rf"\g<1>{prefix}", tag[0]), svg)
    return tidy_text(svg), prefix
