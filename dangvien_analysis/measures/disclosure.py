"""Masking small counts so that printed totals do not give them back."""

from collections.abc import Sequence

import pandas as pd

from dangvien_analysis.measures.masking import Table

_IDENTITY = ("group", "breakdown", "measure", "kind", "cohort", "reason", "stage")
_SOURCES = ("raw", "cell")  # what was typed, and where to look it up
_WHOLES = {"admitted": "trained", "not_admitted": "trained"}


def suppress(
    frame: pd.DataFrame,
    threshold: int = 5,
    axes: Sequence[str] = ("school", "period"),
    value: str = "n",
    keep: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the frame with small counts masked, and as many others as it takes to keep them hidden.

    The same columns and rows, `value` missing (and raw and cell empty) where masked, plus masked (bool) and
    protected (bool: False for a masked cell that the printed totals give away whatever else is masked: then the
    total over schools of its period must be withheld too).  Other columns computed from `value` are not touched:
    mask first, compute then.
    Masked are counts from 1 to threshold - 1; numbers admitted (or not admitted) that equal those trained in a
    group below twice the threshold; every part by school (a breakdown, a reason, a cohort); whatever `keep` (an
    earlier result with its keys) had masked, since two copies can be compared; then others until it holds
    that: for every combination of group, breakdown, measure, kind, cohort, reason in the frame, an attacker who
    knows which cells are small by rule, every printed cell, the total over `axes[0]` (schools) for each of
    `axes[1]` (periods), and each school's total over periods unless it is itself small, can take at least 3
    values for every masked cell.
    In a period whose cells are all masked, zeros too, he cannot tell which are small.
    `axes` may be the schools' alone.  Figures by school must be computed from the result; those over all
    schools from the unmasked frame.
    """
    school, *period = axes
    periods = frame[period[0]] if period else pd.Series("", index=frame.index)
    keys = [column for column in _IDENTITY if column in frame.columns and column not in axes]
    forced = _parts(frame) | _equal_to_whole(frame, axes, value, threshold) | _masked_before(frame, axes, keys, keep)
    table_of = frame.groupby(keys, dropna=False, sort=False).ngroup() if keys else pd.Series(0, index=frame.index)
    masked = pd.Series(data=False, index=frame.index)
    protected = pd.Series(data=True, index=frame.index)
    for rows in (frame.index[table_of == number] for number in table_of.unique()):
        known = frame.loc[rows, value].dropna()
        places = list(zip(frame.loc[known.index, school], periods[known.index], strict=True))
        table = Table(dict(zip(places, known.astype(int), strict=True)), threshold)
        exposed = table.protect({place for place, index in zip(places, known.index, strict=True) if forced[index]})
        hidden = table.masked_places()
        masked[known.index] = [place in hidden for place in places]
        protected[known.index] = [place not in exposed for place in places]
    sources = {column: frame[column].mask(masked, "") for column in _SOURCES if column in frame.columns}
    return frame.assign(**{value: frame[value].mask(masked)}, **sources, masked=masked, protected=protected)


def _parts(frame: pd.DataFrame) -> pd.Series:
    """Mark every part by school: over groups, courses and reasons the totals would have to hold at once."""
    marks = pd.Series(data=False, index=frame.index)
    if "breakdown" in frame.columns:
        marks |= frame["breakdown"] != "total"
    for column in {"cohort", "reason"} & set(frame.columns):
        marks |= frame[column].notna()
    return marks.astype("bool")


def _equal_to_whole(frame: pd.DataFrame, axes: Sequence[str], value: str, threshold: int) -> pd.Series:
    """Mark the parts that tell of everybody in a small group."""
    if "measure" not in frame.columns:
        return pd.Series(data=False, index=frame.index)
    keys = [column for column in [*axes, *_IDENTITY] if column in frame.columns]
    places = frame[keys].assign(measure=frame["measure"].map(_WHOLES).astype("string"))
    wholes = frame[[*keys, value]].drop_duplicates(keys)
    whole = places.merge(wholes, how="left", on=keys)[value].set_axis(frame.index)
    small = (frame[value] == whole) & (whole > 0) & (whole < 2 * threshold)
    return small.fillna(False).astype("bool")


def _masked_before(
    frame: pd.DataFrame, axes: Sequence[str], keys: Sequence[str], keep: pd.DataFrame | None
) -> pd.Series:
    if keep is None:
        return pd.Series(data=False, index=frame.index)
    names = [*axes, *keys]
    before = keep.loc[keep["masked"], names].drop_duplicates().assign(_before=True)
    found = frame[names].merge(before, how="left", on=names)["_before"]
    return found.eq(True).fillna(False).astype("bool").set_axis(frame.index)
