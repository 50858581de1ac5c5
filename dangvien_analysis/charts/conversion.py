"""The share admitted by years since the course: all cohorts pooled, each cohort behind."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dangvien_analysis import periods
from dangvien_analysis.charts.style import (
    AIR,
    DARK,
    LINE,
    MID,
    PALE,
    QUIET,
    RULE,
    apart,
    bare,
    below,
    day_note,
    nothing,
    room,
    small,
    write_aside,
)
from dangvien_analysis.measures import FEW_TRIALS
from dangvien_analysis.sentences import group_name, unit
from dangvien_analysis.sentences.terms import capital, group_of, known
from dangvien_analysis.text import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DOT = 30
LEAST_YEARS = 3
AGE_LIMIT = "mức tối đa theo quy định tuổi (ước tính)"


def draw_conversion(
    frame: pd.DataFrame,
    ax: "Axes",
    names: Mapping[str, str] | None = None,
    as_of: date | None = None,
    *,
    reference: float | None = None,
) -> None:
    """Draw the share admitted by the end of each year since the course.

    It answers: of those trained, how many are admitted in the end, how soon, and do the courses differ?

    `frame` holds one group's rows of `measures.conversion`. The band is the 95% interval of the pooled share; thin
    lines are the cohorts. Too few admissions give counts only. `reference` is a share to be drawn as a dotted line:
    what the rule of age alone would allow.
    """
    pooled = frame[frame["cohort"].isna()]
    if pooled.empty:
        return nothing(ax)
    group = group_of(frame)
    bare(ax, capital(group_name(group, names)))
    drawn = frame[frame["rate"].notna() & (frame["trained"] >= FEW_TRIALS)]
    rated = drawn[drawn["cohort"].isna()]
    if rated.empty:
        return _too_few(pooled, ax, group)
    width, height = room(ax, right=["khóa 2021–2022"], lines=3)
    ax.set_xlim(-0.35, max(int(pooled["k"].max()) + 1, LEAST_YEARS) - 0.8)
    top = max(float(drawn[["rate", "high"]].max().max()), 1.05 * (reference or 0), 0.05)
    under = 1.7 * small() * LINE  # points under zero, for the name of a course that ends there
    per_point = 1.12 * top / (height - under)
    ax.set_ylim(-under * per_point, 1.12 * top)
    ax.axhline(0, color=RULE, linewidth=0.6, zorder=0)
    if reference:
        _draw_reference(reference, ax)
    cohorts = drawn[drawn["cohort"].notna()]
    above = _ends_above(cohorts, rated)
    _draw_cohorts(cohorts, ax, small() * LINE * per_point, above)
    _draw_pooled(rated, ax, above)
    _name_years(pooled, ax, group)
    notes = [
        day_note(as_of),
        "Đường đậm: gộp các khóa, nền nhạt: khoảng tin cậy 95%",
        "Đường mảnh: từng khóa",
        "Chỉ tính năm đã hết",
    ]
    below(ax, notes, width)
    return None


def _too_few(pooled: pd.DataFrame, ax: "Axes", group: str) -> None:
    row = pooled.iloc[-1]
    nothing(ax, f"Quá ít để kết luận: kết nạp {number(row['admitted_so_far'])}/{number(row['trained'])} {unit(group)}")


def _ends_above(cohorts: pd.DataFrame, rated: pd.DataFrame) -> bool:
    """Tell whether the latest cohort, seen for its first year only, stands above the pooled share of that year.

    Its name then stands above and the pooled share level with its dot, or each would stand beside the other's.
    """
    ends = cohorts.groupby("cohort", sort=False).tail(1)
    ends, pooled = ends.loc[ends["k"] == 0, "rate"], rated.loc[rated["k"] == 0, "rate"]
    return bool(len(ends) and len(pooled) and ends.min() >= pooled.iloc[0])


def _draw_cohorts(cohorts: pd.DataFrame, ax: "Axes", least: float, above: bool) -> None:
    """Draw each cohort's own line, named at its end; the names of lines that end together are moved apart."""
    for _, rows in cohorts.groupby("cohort", sort=False):
        ax.plot(rows["k"].astype(int), rows["rate"], color=MID, linewidth=0.9, marker="o", markersize=2.5, zorder=2)
    for _, ends in cohorts.groupby("cohort", sort=False).tail(1).groupby("k"):
        heights = apart(list(ends["rate"]), least)
        for end, y in zip(ends.itertuples(), heights, strict=True):
            course = periods.label(end.cohort).removeprefix("năm học ")
            first = end.k == 0  # in the first year lines leave to the right
            aside, up = (-1 if first else 1), (1 if first and above else -1)
            place = (0.7 * aside * AIR, (1.4 if up > 0 else -0.7) * AIR)
            look = {"ha": "right" if first else "left", "va": "bottom" if up > 0 else "top"}
            look |= {"fontsize": small(), "color": QUIET, "annotation_clip": False}
            write_aside(ax, f"khóa {course}", (int(end.k), y), place, **look)


def _draw_reference(share: float, ax: "Axes") -> None:
    """Draw what the rule of age alone would allow, and say that it is an estimate."""
    ax.axhline(share, color=QUIET, linewidth=0.9, linestyle=(0, (1, 2)), zorder=1)
    words, look = f"{AGE_LIMIT}: {percent(share)}", {"fontsize": small(), "color": QUIET}
    write_aside(ax, words, (ax.get_xlim()[0], share), (0, 2), va="bottom", **look)


def _draw_pooled(rated: pd.DataFrame, ax: "Axes", above: bool) -> None:
    k = rated["k"].astype(int)
    ax.fill_between(k, rated["low"], rated["high"], facecolor=PALE, edgecolor="none", zorder=1)
    ax.vlines(k, rated["low"], rated["high"], color=MID, linewidth=0.8, zorder=2)
    ax.plot(k, rated["rate"], color=DARK, linewidth=2, zorder=4)
    ax.scatter(k, rated["rate"], s=DOT, color=DARK, edgecolors=DARK, zorder=5)
    for row in rated.itertuples():
        level = above and row.k == 0
        aside = (-1.2 * AIR, 0) if level else (-0.7 * AIR, 0.7 * AIR)
        look = {"ha": "right", "va": "center" if level else "bottom", "zorder": 6}
        write_aside(ax, percent(row.rate), (int(row.k), row.rate), aside, **look)


def _name_years(pooled: pd.DataFrame, ax: "Axes", group: str) -> None:
    """Name the years since the course, and how many people were observed that long."""
    ticks = []
    for row in pooled.itertuples():
        year = "trong năm\nmở lớp" if row.k == 0 else f"hết năm thứ {'nhất' if row.k == 1 else number(row.k)}\nsau đó"
        people = f"{number(row.admitted_so_far)}/{number(row.trained)} {unit(group)}" if known(row.trained) else ""
        ticks.append(f"{year}\n{people}")
    ax.set_xticks([int(k) for k in pooled["k"]], ticks)
