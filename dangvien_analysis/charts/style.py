"""The one look of every chart: colours, sizes, hatching, and where words fit.

Three shades of one blue whose lightness differs enough for a greyscale print and for every kind of colour vision;
what a shade says is always said in words too. A hatched shape is a period that is not over.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dangvien_analysis import fonts, periods
from dangvien_analysis.sentences import name_of
from dangvien_analysis.text import date_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

INK = "#1a1a1a"
QUIET = "#6b6b6b"
RULE = "#b8b8b8"
PALE = "#c9d6e6"
MID = "#7f9dc0"
DARK = "#1f3b63"
PAPER = "#ffffff"
FLOW_COLOURS = {"nominated": PALE, "trained": MID, "admitted": DARK}
HATCH = "/////"

SMALL = 0.9  # of the size of numbers and labels: notes
SMALLEST = 0.68  # the same: below it print cannot be read
TITLE = 0.5  # points by which a title is larger
SIDE = 150.0  # points at most for the names at the left of a chart
POINTS_PER_INCH = 72
LEAST_SLOTS = 3  # one bar alone would fill the chart and look like a plane
LINE = 1.25  # height of a line of text, in sizes
AIR = 6.0  # points between things that stand beside each other

STYLE = {
    "svg.fonttype": "none",  # words stay words: small files, found by searching, read by screen readers
    "svg.hashsalt": "dangvien",  # the same chart is the same bytes
    "text.parse_math": False,  # a school's name may hold "$": it is never a formula
    "font.family": [fonts.CHART_FACE, "DejaVu Sans"],  # the second for a sign that the face lacks
    "font.size": 9.5,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "hatch.linewidth": 0.7,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}


def bare(ax: "Axes", title: str = "") -> None:
    """Take away what says nothing: frame, ticks, scale; every number is written where it belongs."""
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0, labelsize=normal(), labelcolor=INK)
    ax.set_xticks([])
    ax.set_yticks([])
    if title:
        ax.set_title(title, loc="left", fontsize=normal() + TITLE, color=INK)


def nothing(ax: "Axes", words: str = "Chưa có số liệu") -> None:
    """Say that there is nothing to draw, where an empty frame might look like a zero."""
    bare(ax)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    write(ax, 0.5, 0.5, words)


def write(ax: "Axes", x: float, y: float, words: str, size: float | None = None, **options) -> None:
    """Write words in the chart; never cut off at the edge of the axes."""
    size = size or normal()
    ax.text(x, y, words, **{"ha": "center", "va": "center", "fontsize": size, "color": INK, "clip_on": False} | options)


def write_aside(ax: "Axes", words: str, at: tuple, aside: tuple[float, float], **look) -> None:
    """Write words so many points aside of a place of the data."""
    look = {"va": "center", "fontsize": normal(), "color": INK} | look
    ax.annotate(words, at, xytext=aside, textcoords="offset points", **look)


def filling(colour: str, partial: bool) -> dict:
    """Return how a shape is filled: plain, or hatched where the period is not over."""
    if partial:
        return {"facecolor": PAPER, "edgecolor": DARK if colour == PALE else colour, "hatch": HATCH, "linewidth": 0.7}
    return {"facecolor": colour, "edgecolor": DARK, "linewidth": 0.5}


def room(
    ax: "Axes",
    left: Iterable[str] = (),
    right: Iterable[str] = (),
    size: float | None = None,
    lines: float = 1,
    rows: float = 0,
) -> tuple[float, float]:
    """Return about how wide and high the axes will be, in points, for the layout is made only when it is saved.

    `left` and `right` are the words that stand beside the axes, `rows` the width of names that `set_rows` has set at
    their left, `lines` the lines of labels under or over them; two lines of notes and the title are counted in.
    """
    width, height = (inches * POINTS_PER_INCH for inches in ax.get_figure().get_size_inches())
    place = ax.get_subplotspec()
    if place is not None:
        grid = place.get_gridspec()
        width, height = width * len(place.colspan) / grid.ncols, height * len(place.rowspan) / grid.nrows
    aside = sum(max((width_of(text, size) for text in texts), default=0) for texts in (list(left), list(right)))
    title = (normal() + TITLE) * LINE + AIR if ax.get_title("left") else 0
    under = lines * normal() * LINE + 2 * small() * LINE + 2 * AIR
    return max(width - aside - rows - 3 * AIR, width / 5), max(height - title - under - 2 * AIR, height / 5)


def normal() -> float:
    """Return the size of numbers and labels, in points: that of the style the chart is drawn under."""
    from matplotlib import rcParams

    return float(rcParams["font.size"])


def small() -> float:
    """Return the size of notes, in points."""
    return SMALL * normal()


def smallest() -> float:
    """Return the least size at which print can be read."""
    return SMALLEST * normal()


def beside(ax: "Axes") -> float:
    """Return how much room names may take at the left, in points: on a phone about a third of the width."""
    return min(SIDE, 0.36 * ax.get_figure().get_size_inches()[0] * POINTS_PER_INCH)


def width_of(words: str, size: float | None = None) -> float:
    """Return how wide the widest line of some words is, in points, in the face the chart is drawn in."""
    from matplotlib import rcParams

    return _width(words, size or normal(), tuple(rcParams["font.family"]))


@lru_cache(maxsize=4096)
def _width(words: str, size: float, face: tuple[str, ...]) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    fonts.register_for_charts()
    look = FontProperties(family=list(face), size=size)
    lines = [line for line in words.split("\n") if line]
    return max((text_to_path.get_text_width_height_descent(line, look, ismath=False)[0] for line in lines), default=0)


def fitting(texts: Iterable[str], width: float) -> float:
    """Return the size at which the widest of some texts fits into a width; never below `smallest`."""
    widest = max(map(width_of, texts), default=0)
    return normal() if widest <= width else max(smallest(), normal() * width / widest)


def too_wide(texts: Iterable[str], width: float) -> bool:
    """Tell whether some text does not fit into a width even at the least size: then it is turned upright."""
    return max((width_of(text, smallest()) for text in texts), default=0) > width


def upright(texts: Sequence[str], width: float) -> tuple[float, int]:
    """Return the size and the rotation at which some texts stand side by side, each in a width."""
    if too_wide(texts, width):
        return max(smallest(), min(normal(), width / LINE)), 90
    return fitting(texts, width), 0


def set_rows(ax: "Axes", called: Sequence[str], height: float) -> float:
    """Name rows of a height in points, each as large as it fits, and return how wide the names are.

    Folded names stand on one line where rows are low.
    """
    fitted = [_fitted(name, beside(ax), height) for name in called]
    ax.set_yticks(range(len(called)), [name for name, _ in fitted])
    for label, (_, size) in zip(ax.get_yticklabels(), fitted, strict=True):
        label.set_fontsize(size)
    return max((width_of(name, size) for name, size in fitted), default=0)


def _fitted(name: str, width: float, height: float) -> tuple[str, float]:
    """Return a row's name and its size; one long name must not make all others small."""
    lines = name.count("\n") + 1
    size = min(normal(), height / LINE / lines)
    if lines > 1 and size < smallest():
        name = name.replace("\n", " ")
        size = min(fitting([name], width), height / LINE)
    return name, max(size, smallest())


def folded(words: str, width: float, size: float | None = None) -> str:
    """Break words into lines that fit a width in points; a single word stays whole."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def below(ax: "Axes", sentences: Iterable[str], width: float) -> None:
    """Write what must be known to read the chart under it, in place of a legend, on lines of a width in points."""
    words = " ".join(f"{sentence}." for sentence in sentences if sentence)
    if words:
        ax.set_xlabel(folded(words, width, small()), loc="left", fontsize=small(), color=INK)


def school_names(schools: Iterable[str], names: Mapping[str, str] | None, width: float) -> list[str]:
    """Return schools' names short enough for the side of a chart: "THPT A" for "Trường Trung học phổ thông A"."""
    called = [name_of(school, names) for school in schools]
    short = [name.replace("Trung học phổ thông", "THPT").replace("trung học phổ thông", "THPT") for name in called]
    if all(name.startswith("Trường ") for name in short):
        short = [name.removeprefix("Trường ") for name in short]
    return [name if width_of(name) <= width else folded(name, width) for name in short]


def period_words(period: str, narrow: bool = False) -> str:
    """Name a period under a bar; on two lines where there is little room. Years are never grouped."""
    label, kind = periods.label(period), periods.parse(period).kind
    label = label.removeprefix("năm học ")
    if kind == "half":
        return label.replace(" năm ", "\n").replace("6 tháng ", "6 tháng\n" if narrow else "6 tháng ")
    if kind == "quarter":
        return label.replace("/", "\n")
    return label.replace("–", "–\n") if narrow else label


def set_periods(
    frame: "pd.DataFrame", ax: "Axes", width: float, as_of: date | None, who: str = "trường"
) -> dict[str, int]:
    """Give each period of a frame its place on the horizontal axis, with its name under it; return the places.

    The name says how far a partial period reaches, and how many schools its numbers come from where some are missing.
    """
    slots = {period: place for place, period in enumerate(dict.fromkeys(frame["period"]))}
    places = max(len(slots), LEAST_SLOTS)
    slot, partial = 0.95 * width / places, set(partial_periods(frame))
    narrow = max(width_of(period_words(name)) for name in slots) > slot
    reach = "chưa hết" if as_of is None else f"đến {as_of.day}-{as_of.month}"
    ticks = []
    for name in slots:
        until = folded(reach, slot, smallest()) if name in partial else ""
        lines = [period_words(name, narrow), until, _schools(frame, name, slot, who)]
        ticks.append("\n".join(line for line in lines if line))
    size, rotation = upright(ticks, slot)
    if rotation:
        ticks = [tick.replace("–\n", "–").replace("\n", " ") for tick in ticks]
    ax.set_xticks(list(slots.values()), ticks, fontsize=size, rotation=rotation)
    ax.set_xlim(-0.5, places - 0.5)
    return slots


def partial_periods(frame: "pd.DataFrame") -> list[str]:
    """Return the periods of a frame that are not over."""
    return list(dict.fromkeys(frame.loc[frame["partial"], "period"]))


def _schools(frame: "pd.DataFrame", period: str, slot: float, who: str) -> str:
    """Say how many schools a period's numbers come from, where not all that should have reported."""
    if not {"schools", "expected"} <= set(frame.columns):
        return ""
    rows = frame[(frame["period"] == period) & frame["expected"].notna() & (frame["schools"] > 0)]
    if rows.empty or rows["schools"].min() >= rows["expected"].max():
        return ""
    least, most = rows["schools"].min(), rows["schools"].max()
    note = f"{least if least == most else f'{least}–{most}'}/{rows['expected'].max()} {who}"
    return note if width_of(note) <= slot else note.replace(" ", "\n")


def day_note(as_of: date | None) -> str:
    """Say which day the numbers reach."""
    return "" if as_of is None else f"Tính đến {date_text(as_of)}"


def partial_note(names: Iterable[str], as_of: date | None, sign: str = "Gạch chéo") -> str:
    """Explain the hatching (or another sign): which period is not over, and how far it reaches."""
    names = [periods.label(name) for name in names]
    if not names:
        return ""
    reach = "chưa hết kỳ" if as_of is None else f"mới đến {date_text(as_of)}"
    return f"{sign}: {', '.join(names)} {reach}"


def apart(positions: Sequence[float], least: float) -> list[float]:
    """Move positions so that labels standing there are at least so far from each other; their order stays."""
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    moved = list(positions)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + least)
    excess = (sum(moved) - sum(positions)) / max(len(moved), 1)
    return [position - excess for position in moved]
