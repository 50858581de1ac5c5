"""Schools beside each other, each against what chance alone explains; in the order given, never by rate."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import hypot
from string import ascii_lowercase
from typing import TYPE_CHECKING

import pandas as pd

from dangvien_analysis.charts.style import (
    AIR,
    DARK,
    LINE,
    MID,
    PALE,
    PAPER,
    QUIET,
    bare,
    below,
    beside,
    day_note,
    folded,
    nothing,
    room,
    school_names,
    set_rows,
    small,
    width_of,
    write_aside,
)
from dangvien_analysis.measures import FEW_TRIALS
from dangvien_analysis.sentences import NO_RANKING, group_name, reporter, unit
from dangvien_analysis.sentences.terms import capital, group_of, known
from dangvien_analysis.text import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MANY = 10  # schools: from here on limits are drawn as a curve, below it at each school's own number of people
KEYED = 12  # schools outside that are named beside a funnel plot
DOT = 26
NEARLY_ALL = 0.9
OUTSIDE = "ngoài giới hạn"


def draw_comparison(
    frame: pd.DataFrame, ax: "Axes", names: Mapping[str, str] | None = None, as_of: date | None = None
) -> None:
    """Draw each school's share admitted of those trained, with the limits of chance at its own number of people.

    It answers: which school differs by more than chance explains, if any?

    `frame` holds one group's rows of `measures.comparison`. Below `MANY` schools each has a row of its own; from then
    on a funnel plot names only those outside. A school with fewer than `FEW_TRIALS` people has its counts, no dot.
    """
    if frame.empty or not known(frame["pool_rate"].iloc[0]):
        return nothing(ax)
    bare(ax, capital(group_name(group_of(frame), names)))
    draw = _draw_rows if len(frame) < MANY else _draw_funnel
    draw(frame, ax, names, as_of)
    return None


def _notes(frame: pd.DataFrame, band: str, as_of: date | None, who: str) -> list[str]:
    few = frame["rate"].isna().any()
    hollow = "; chấm rỗng: ngoài giới hạn" if frame["position"].isin(("below", "above")).any() else ""
    return [
        day_note(as_of),
        f"Chấm: tỷ lệ được kết nạp của {who}; {band}: giới hạn 95% do ngẫu nhiên{hollow}",
        f"Dưới {FEW_TRIALS} người không tính %" if few else "",
        capital(NO_RANKING),
    ]


def _common(frame: pd.DataFrame) -> str:
    row = frame.iloc[0]
    return f"chung {number(row['pool_admitted'])}/{number(row['pool_trained'])} = {percent(row['pool_rate'])}"


def _top(frame: pd.DataFrame) -> float:
    return min(1.0, 1.08 * max(float(frame[["rate", "high"]].max().max()), float(frame["pool_rate"].iloc[0]), 0.05))


def _draw_rows(frame: pd.DataFrame, ax: "Axes", names: Mapping[str, str] | None, as_of: date | None) -> None:
    rows = list(frame.itertuples())
    called = school_names([row.school for row in rows], names, beside(ax))
    words = [folded(_words(row), beside(ax)) for row in rows]
    width, height = room(ax, left=called, right=words, lines=2)
    ax.set_xlim(0, _top(frame))
    ax.set_ylim(len(rows) - 0.5, -0.9)
    set_rows(ax, called, height / (len(rows) + 1))
    _draw_common(frame, ax)
    for place, row in enumerate(rows):
        _draw_school(row, place, ax)
        write_aside(ax, words[place], (1, place), (AIR, 0), xycoords=("axes fraction", "data"))
    _percent_ticks(ax, vertical=False)
    below(ax, _notes(frame, "dải nhạt", as_of, reporter(names)), width + max(map(width_of, words)))


def _words(row) -> str:
    counts = f"{number(row.admitted)}/{number(row.trained)} {unit(row.group)}"
    if known(row.rate):
        counts += f" = {percent(row.rate)}"
    return f"{counts}, {OUTSIDE}" if known(row.position) and row.position != "inside" else counts


def _draw_common(frame: pd.DataFrame, ax: "Axes") -> None:
    rate = frame["pool_rate"].iloc[0]
    ax.axvline(rate, color=QUIET, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    right = rate > 0.6 * ax.get_xlim()[1]
    top, aside = (rate, ax.get_ylim()[1]), (-3 if right else 3, -1)
    write_aside(ax, _common(frame), top, aside, va="top", ha="right" if right else "left", fontsize=small())


def _draw_school(row, place: int, ax: "Axes") -> None:
    if known(row.rate) and known(row.low) and known(row.high):
        ax.barh(place, row.high - row.low, 0.34, left=row.low, facecolor=PALE, edgecolor=MID, linewidth=0.5, zorder=0)
    if known(row.rate):
        outside = known(row.position) and row.position != "inside"
        _draw_dots(ax, [row.rate], [place], outside)


def _draw_dots(ax: "Axes", x: Sequence[float], y: Sequence[float], outside: bool) -> None:
    """Draw filled dots inside the limits, hollow ones outside."""
    ax.scatter(x, y, s=DOT, color=PAPER if outside else DARK, edgecolors=DARK, linewidths=1.4, zorder=3, clip_on=False)


def _percent_ticks(ax: "Axes", vertical: bool) -> None:
    from matplotlib.ticker import MaxNLocator

    low, high = ax.get_ylim() if vertical else ax.get_xlim()
    values = [value for value in MaxNLocator(5, steps=[1, 2, 5, 10]).tick_values(0, high) if low <= value <= high]
    (ax.set_yticks if vertical else ax.set_xticks)(values, [percent(value, 0) for value in values], fontsize=small())


def _draw_funnel(frame: pd.DataFrame, ax: "Axes", names: Mapping[str, str] | None, as_of: date | None) -> None:
    judged, who = frame[frame["rate"].notna()], reporter(names)
    outside = judged["position"].isin(("below", "above"))
    key = _key(judged[outside], names, beside(ax))
    width, height = room(ax, left=["100%"], right=key.values(), size=small())
    most = int(frame["trained"].max())
    ax.set_xlim(0, 1.06 * most)
    ax.set_ylim(0, _ceiling(float(judged["rate"].max())))
    _draw_limits(frame, ax)
    for apart in (False, True):
        rows = judged[outside == apart]
        _draw_dots(ax, rows["trained"].astype(float), rows["rate"], apart)
    _name_outside(judged[outside], ax, key, (width, height))
    ax.axhline(frame["pool_rate"].iloc[0], color=QUIET, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    ax.set_xticks(*_size_ticks(most), fontsize=small())
    _percent_ticks(ax, vertical=True)
    below(
        ax,
        [_axis_note(frame, who), *_notes(frame, "nền nhạt", as_of, who)],
        width + max((width_of(line, small()) for line in key.values()), default=0),
    )


def _ceiling(highest: float) -> float:
    """Return the upper end of the scale: limits that go on to 100% are not cut off just under it."""
    top = 1.15 * highest or 1.0
    return top if top < NEARLY_ALL else 1.0


def _axis_note(frame: pd.DataFrame, who: str) -> str:
    size = f"Trục ngang: số {unit(group_of(frame))} đã hoàn thành lớp của {who}"
    return f"{size}; nét đứt: {_common(frame)}"


def _draw_limits(frame: pd.DataFrame, ax: "Axes") -> None:
    """Draw the limits through those of the schools themselves, which lie close together from `MANY` schools on."""
    limits = frame.dropna(subset=["low", "high"]).drop_duplicates("trained").sort_values("trained")
    sizes = limits["trained"].astype(float)
    ax.fill_between(sizes, limits["low"], limits["high"], facecolor=PALE, edgecolor=MID, linewidth=0.5, zorder=0)


def _key(outside: pd.DataFrame, names: Mapping[str, str] | None, width: float) -> dict[str, str]:
    """Return a letter and a line of words for each school outside, in the order given; past `KEYED` only a number.

    Letters, for figures beside schools would be read as places.
    """
    schools = list(outside["school"])
    called = school_names(schools, names, width)
    counts = [f"{number(row.admitted)}/{number(row.trained)}" for row in outside.itertuples()]
    named = zip(ascii_lowercase[:KEYED], schools, called, counts, strict=False)
    key = {school: f"{letter}: {name}, {n}" for letter, school, name, n in named}
    return key | ({"": f"và {number(len(schools) - KEYED)} {reporter(names)} khác"} if len(schools) > KEYED else {})


def _name_outside(outside: pd.DataFrame, ax: "Axes", key: Mapping[str, str], size: tuple[float, float]) -> None:
    """Set a letter beside each dot outside the limits, and what it stands for at the right."""
    across, up = size[0] / ax.get_xlim()[1], size[1] / ax.get_ylim()[1]
    dots = [(float(row.trained) * across, float(row.rate) * up) for row in outside.itertuples()]
    letters: list[tuple[float, float]] = []
    for place, (row, dot) in enumerate(zip(outside.itertuples(), dots, strict=True)):
        x, y = _free_side(dot, [*letters, *dots[:place], *dots[place + 1 :]])
        letters.append((dot[0] + x, dot[1] + y))
        letter = key.get(row.school, "")[:1]
        write_aside(ax, letter, (float(row.trained), row.rate), (x, y), ha="center", fontsize=small())
    down = 0.0
    for words in key.values():
        look = {"va": "top", "fontsize": small(), "linespacing": 1.1}
        write_aside(ax, words, (1, 1), (AIR, down), xycoords="axes fraction", **look)
        down -= small() * (0.4 + LINE * (words.count("\n") + 1))


def _free_side(dot: tuple[float, float], taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the side of a dot, in points, on which a letter is farthest from what stands there."""
    sides = [(7.0, 0.0), (-7.0, 0.0), (0.0, 8.0), (0.0, -8.0)]
    return max(sides, key=lambda side: _nearest((dot[0] + side[0], dot[1] + side[1]), taken))


def _nearest(point: tuple[float, float], taken: Sequence[tuple[float, float]]) -> float:
    return min((min(hypot(point[0] - x, point[1] - y), 2 * AIR) for x, y in taken), default=0)


def _size_ticks(most: int) -> tuple[list[int], list[str]]:
    from matplotlib.ticker import MaxNLocator

    values = [int(value) for value in MaxNLocator(5, integer=True).tick_values(0, most) if 0 <= value <= most]
    return values, [number(value) for value in values]
