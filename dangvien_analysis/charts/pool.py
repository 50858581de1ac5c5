"""Who was trained and is not yet admitted, and which reasons the schools gave."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dangvien_analysis.charts.style import (
    AIR,
    DARK,
    MID,
    PALE,
    PAPER,
    QUIET,
    RULE,
    bare,
    below,
    beside,
    day_note,
    folded,
    nothing,
    room,
    school_names,
    set_rows,
    width_of,
    write_aside,
)
from dangvien_analysis.measures import FEW_TRIALS
from dangvien_analysis.sentences import discreet, group_name, reason_label, reporter
from dangvien_analysis.sentences.terms import capital, figure, group_of, known
from dangvien_analysis.text import MISSING, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

THICK = 0.5
FATES = (
    ("admitted", "đã kết nạp", {"facecolor": DARK, "edgecolor": DARK}),
    ("departed", "ra trường, chuyển đi", {"facecolor": PAPER, "edgecolor": DARK, "hatch": ".."}),
    ("expired", "giấy chứng nhận hết giá trị", {"facecolor": PAPER, "edgecolor": DARK, "hatch": "xxxx"}),
    ("waiting", "còn trong nguồn", {"facecolor": PALE, "edgecolor": DARK}),
)
SIDES = (
    ("rule", "Theo quy định", PALE),
    ("process", "Hồ sơ, quy trình, bồi dưỡng", DARK),
    ("other", "Khác", MID),
)


def draw_waiting(
    frame: pd.DataFrame, ax: "Axes", names: Mapping[str, str] | None = None, as_of: date | None = None
) -> None:
    """Draw what became of the people trained, a column for each fate, a row for each school (or group).

    It answers: where do those stand who finished the course, and how many can still be admitted?

    `frame` holds rows of `measures.waiting`, drawn in the order given, all columns on one scale.
    """
    if frame.empty:
        return nothing(ax)
    bare(ax)
    fates = [fate for fate in FATES if fate[0] != "expired" or frame["expired"].fillna(0).gt(0).any()]
    called = _row_names(frame, names, beside(ax))
    row_height = room(ax, lines=3)[1] / len(frame)
    width, _ = room(ax, lines=3, rows=set_rows(ax, called, row_height))
    step = _column_width(frame, [fate[0] for fate in fates], width / len(fates))
    ax.set_xlim(0, step * len(fates))
    ax.set_ylim(len(frame) - 0.5, -0.5)
    for place, fate in enumerate(fates):
        _draw_fate(frame, ax, fate[0], place * step, fate[2])
    ax.xaxis.tick_top()
    heads = [folded(capital(words), width / len(fates) - AIR) for _, words, _ in fates]
    ax.set_xticks([place * step for place in range(len(fates))], heads, ha="left")
    ax.tick_params(length=0)
    below(ax, [day_note(as_of), *_waiting_notes(frame)], width)
    return None


def _row_names(frame: pd.DataFrame, names: Mapping[str, str] | None, width: float) -> list[str]:
    if "school" in frame.columns:
        called = school_names(list(frame["school"]), names, width)
    else:
        called = [folded(capital(group_name(group, names)), width) for group in frame["group"]]
    return [f"{name} ({number(n if known(n) else None)})" for name, n in zip(called, frame["trained"], strict=True)]


def _column_width(frame: pd.DataFrame, fates: Sequence[str], width: float) -> float:
    """Return how many people a column of so many points must hold for the longest bar and the widest number."""
    most = frame[list(fates)].max().max()
    words = max(width_of(_fate_number(row, fate)) for row in frame.itertuples() for fate in fates)
    return max(float(most) if known(most) else 0, 1) * width / max(width - words - 2 * AIR, width / 5)


def _draw_fate(frame: pd.DataFrame, ax: "Axes", fate: str, left: float, look: Mapping) -> None:
    ax.axvline(left, color=RULE, linewidth=0.6, zorder=0)
    for place, row in enumerate(frame.itertuples()):
        n = getattr(row, fate)
        length = max(int(n), 0) if known(n) else 0
        if length:
            ax.barh(place, length, THICK, left=left, linewidth=0.6, **look)
        write_aside(ax, _fate_number(row, fate), (left + length, place), (3, 0))


def _fate_number(row, fate: str) -> str:
    n = getattr(row, fate)
    if known(n):
        return figure(n)
    is_bound = fate == "waiting" and known(row.at_most) and not row.partly
    return f"≤ {figure(row.at_most)}" if is_bound else MISSING


def _waiting_notes(frame: pd.DataFrame) -> list[str]:
    unknown = frame["waiting"].isna() & frame["at_most"].notna() & ~frame["partly"]
    missing = frame[["admitted", "departed"]].isna().any().any() or frame["partly"].any()
    return [
        "Trong ngoặc: số đã hoàn thành lớp",
        "Dấu ≤ : nhiều nhất, vì chưa có số ra trường, chuyển đi" if unknown.any() else "",
        "Số âm: có người đã học trước kỳ này" if frame["negative"].any() else "",
        f"Dấu {MISSING} : chưa có số liệu" if missing else "",
    ]


def draw_reasons(
    frame: pd.DataFrame, ax: "Axes", names: Mapping[str, str] | None = None, as_of: date | None = None
) -> None:
    """Draw the main reasons the schools gave, those of the rules and those of papers and process apart.

    It answers: which part of those not yet admitted could earlier papers have changed?

    `frame` holds one group's rows of `measures.reasons`. Sensitive reasons of a single school are folded into the rest
    and the chart says so. Who has no wish to join is no shortfall and stands without a share.
    """
    frame, hidden = discreet(frame)
    shown = frame[frame["n"].fillna(0) > 0]
    if shown.empty:
        return nothing(ax, f"Các {reporter(names)} chưa nêu lý do")
    bare(ax, capital(group_name(group_of(frame), names)))
    rows = _reason_rows(shown)
    called = [row if isinstance(row, str) else _reason_name(row, beside(ax)) for row in rows]
    words = ["" if isinstance(row, str) else _reason_words(row) for row in rows]
    width, height = room(ax, left=called)
    ax.set_xlim(0, float(shown["n"].max()) / max(1 - (max(map(width_of, words)) + AIR) / width, 0.2))
    ax.set_ylim(len(rows) - 0.5, -0.5)
    set_rows(ax, called, height / len(rows))
    for place, row in enumerate(rows):
        if isinstance(row, str):
            ax.get_yticklabels()[place].set_color(QUIET)
        else:
            _draw_reason(row, place, words[place], ax)
    notes = [day_note(as_of), f"Lý do chính do các {reporter(names)} nêu, mỗi người một lý do", hidden.rstrip(".")]
    below(ax, notes, width)
    return None


def _reason_rows(shown: pd.DataFrame) -> list:
    """Return the rows of the chart: a heading for each side, under it its reasons, the most frequent first."""
    rows: list = []
    for side, words, _ in SIDES:
        reasons = shown[shown["side"] == side].sort_values("n", ascending=False, kind="stable")
        if len(reasons):
            rows += [f"{words}:", *reasons.itertuples()]
    return rows


def _reason_name(row, width: float) -> str:
    return folded(capital(reason_label(row.reason, row.folded)), width)


def _reason_words(row) -> str:
    if row.reason == "not_willing" or not known(row.share):
        return number(row.n)
    counts = f"{number(row.n)}/{number(row.reported)}"
    return counts if row.reported < FEW_TRIALS else f"{counts} = {percent(row.share)}"


def _draw_reason(row, place: int, words: str, ax: "Axes") -> None:
    colour = {side: colour for side, _, colour in SIDES}[row.side]
    ax.barh(place, row.n, THICK, facecolor=colour, edgecolor=DARK, linewidth=0.5)
    write_aside(ax, words, (row.n, place), (3, 0))
