"""Reasons the schools gave: what they ticked, never "the cause"; and what is never told of a single school."""

from collections.abc import Mapping

import pandas as pd

from dangvien_analysis.measures import SENSITIVE_BREAKDOWNS, SENSITIVE_REASONS
from dangvien_analysis.sentences.terms import (
    capital,
    count,
    figure,
    group_name,
    group_of,
    in_period,
    known,
    reporter,
    share,
    unit,
)
from dangvien_analysis.vocabulary import label

SIDES = {
    "rule": "thuộc quy định (tuổi, ra trường)",
    "process": "thuộc hồ sơ, quy trình, bồi dưỡng",
    "other": "lý do khác",
}
REST = "các lý do còn lại"
_FOLDED = "Một số lý do chỉ nêu chung toàn địa bàn, không nêu theo từng {who}."
_DROPPED = "Số theo dân tộc, tôn giáo chỉ nêu chung toàn địa bàn, không nêu theo từng {who}."


def discreet(frame: pd.DataFrame, who: str = "trường") -> tuple[pd.DataFrame, str]:
    """Return the frame without what would point at a person in a named school, and a sentence that says so.

    Where a row speaks for one school, sensitive reasons go into "other" and sensitive breakdowns are left out: at a
    named school "one held up by the background check" is a person, and those in the room know who. Columns stay.
    The sentence is empty where nothing was hidden; `who` is what those who report are called (`reporter`).
    """
    frame, dropped = _without_sensitive_breakdowns(frame)
    frame, folded = _with_sensitive_reasons_folded(frame)
    return frame, " ".join(note.format(who=who) for note, said in ((_DROPPED, dropped), (_FOLDED, folded)) if said)


def _single(frame: pd.DataFrame) -> pd.Series:
    if "school" in frame.columns:
        return pd.Series(True, index=frame.index)
    if "schools" in frame.columns:
        return frame["schools"].eq(1).fillna(False).astype(bool)
    return pd.Series(False, index=frame.index)


def _without_sensitive_breakdowns(frame: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    if "breakdown" not in frame.columns:
        return frame, False
    parts = frame["breakdown"].str.split("+")
    hidden = _single(frame) & parts.map(lambda names: not set(names).isdisjoint(SENSITIVE_BREAKDOWNS)).astype(bool)
    return frame[~hidden], bool(hidden.any())


def _with_sensitive_reasons_folded(frame: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    if "reason" not in frame.columns:
        return frame, False
    already = bool(frame["folded"].any()) if "folded" in frame.columns else False
    hidden = _single(frame) & frame["reason"].isin(SENSITIVE_REASONS)
    if not hidden.any():
        return frame, already
    changed = frame.assign(reason=frame["reason"].mask(hidden, "other"))
    for column, value in (("side", "other"), ("folded", True)):
        if column in frame.columns:
            changed[column] = changed[column].mask(changed["reason"].eq("other") & _single(frame), value)
    summed = {"n", "share", "side", "folded"}
    keys = [column for column in changed.columns if column not in summed]
    rest = {column: "first" for column in ("side", "folded") if column in changed.columns}
    added = changed.groupby(keys, sort=False, dropna=False, as_index=False).agg({"n": "sum", **rest})
    if "share" in frame.columns:
        added["share"] = added["n"] / added["reported"]
    return added[list(frame.columns)], True


def reason_label(reason: str, folded: bool = False) -> str:
    """Return what a reason is called; what was folded together is not called by one of its names."""
    return REST if folded and reason == "other" else label("reason", reason)


def reasons(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say which main reasons the schools gave: "các trường nêu lý do chính: 68 em chưa đủ 18 tuổi; …".

    `frame` holds one group's rows of `measures.reasons` over several schools, or those of one. It is what schools
    ticked: the sentence never says that it is the cause.
    """
    frame, hidden = discreet(frame, reporter(names))
    if frame.empty:
        return f"Các {reporter(names)} chưa nêu lý do."
    group = group_of(frame)
    start = capital(group_name(group, names))
    given = frame[frame["n"].fillna(0) > 0]
    if given.empty:
        return f"{start}: các {reporter(names)} chưa nêu lý do."
    parts = [f"{count(row.n, group)} {reason_label(row.reason, row.folded)}" for row in _largest_first(given)]
    row = next(given.itertuples())
    who = _who(given, reporter(names))
    note = f" {hidden}" if hidden else ""
    return f"{start}, {in_period(row.period)}: {who} nêu lý do chính{_of_whom(row, group)}: {'; '.join(parts)}.{note}"


def _who(given: pd.DataFrame, called: str) -> str:
    if not _single(given).all():
        return f"các {called}"
    return "nhà trường" if called == "trường" else called


def _largest_first(given: pd.DataFrame) -> list:
    """Order reasons by their number, "other" last; equal ones as they came."""
    return sorted(given.itertuples(), key=lambda row: (row.reason == "other", -row.n))


def _of_whom(row, group: str) -> str:
    if not known(row.not_admitted):
        return f" của {count(row.reported, group)}"
    if row.not_admitted == row.reported:
        return f" của {count(row.reported, group)} chưa được kết nạp"
    return f" của {figure(row.reported)} trong {count(row.not_admitted, group)} chưa được kết nạp"


def reasons_by_side(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say how much of the reasons given lies with the rules and how much with papers and process.

    Who has no wish to join is no shortfall, so that number stands without a share. The first part is not called
    unchangeable: earlier papers and the date of the course change it.
    """
    frame, hidden = discreet(frame, reporter(names))
    if frame.empty:
        return f"Các {reporter(names)} chưa nêu lý do."
    group = group_of(frame)
    start = capital(group_name(group, names))
    given = frame[frame["n"].fillna(0) > 0]
    if given.empty:
        return f"{start}: các {reporter(names)} chưa nêu lý do."
    shortfall = given[given["reason"] != "not_willing"]
    parts = [_side(shortfall, side, group) for side in SIDES if shortfall["side"].eq(side).any()]
    unwilling = given.loc[given["reason"] == "not_willing", "n"].sum()
    if unwilling:
        parts.append(f"{figure(unwilling)} {unit(group)} {label('reason', 'not_willing')}")
    note = f" {hidden}" if hidden else ""
    return f"{start}, theo lý do các {reporter(names)} nêu: {'; '.join(parts)}.{note}"


def _side(rows: pd.DataFrame, side: str, group: str) -> str:
    n = rows.loc[rows["side"] == side, "n"].sum()
    return f"{SIDES[side]} {share(n, rows['reported'].iloc[0], group)}"


def earlier(frame: pd.DataFrame, names: Mapping[str, str] | None = None, *, brief: bool = False) -> str:
    """Say which part of the reasons given earlier papers and preparation could have changed: "19/96 em".

    `frame` as for `reasons`. The rest is not called unchangeable: the date of the course changes it too. `brief`
    leaves out of whom, which the sentence before has said.
    """
    frame, _ = discreet(frame, reporter(names))
    given = frame[frame["n"].fillna(0) > 0]
    if given.empty:
        return ""
    group = group_of(given)
    n = given.loc[given["side"] == "process", "n"].sum()
    what = f"phần thuộc hồ sơ, quy trình, bồi dưỡng, có thể làm sớm hơn: {figure(n)}"
    told = what if brief else f"{group_name(group, names)}, {what}"
    return f"{capital(told)}/{count(given['reported'].iloc[0], group)}."
