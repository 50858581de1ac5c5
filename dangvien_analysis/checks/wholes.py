"""A whole and its parts: some of the people, students and staff, the parts of a year."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import pandas as pd

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.checks.evidence import Evidence, finding_at
from dangvien_analysis.frames import Finding
from dangvien_analysis.measures.whole import PARTITIONS
from dangvien_analysis.text import join_words, number

_UNIT = ["school", "period", "measure", "kind", "breakdown", "cohort", "reason"]
_SERIES = ["file", "sheet", "school", "group", "measure", "kind", "breakdown", "cohort", "reason"]
_SIDES = ("student", "staff")
# What happens in a year is what happened in its parts; of those who are there at its end that is not so.
_FLOWS = ("nominated", "trained", "proposed", "admitted", "ceremony", "confirmed")


def check_parts(evidence: Evidence) -> Iterator[Finding]:
    """`part_above_whole`: a part ("trong đó: nữ") is larger than the number it is a part of."""
    counts, n = evidence.counts, evidence.counts["n"].to_numpy("int64")
    beside = evidence.parts
    for _, at, whole, named in beside[n[beside["at"]] > n[beside["whole"]]].itertuples():
        row, of = counts.iloc[at], counts.iloc[whole]
        message = (
            f"Ô {row.cell}: phần «{vocabulary.label('breakdown', named)}» là {number(row.n)}, lớn hơn tổng số "
            f"{number(of.n)} ở ô {of.cell}. Hãy kiểm tra lại hai số này."
        )
        yield finding_at(row, "warning", "part_above_whole", message)


def check_partitions(evidence: Evidence) -> Iterator[Finding]:
    """`parts_differ`: parts that are everybody (all grades, women and men) do not add up to the whole.

    Silent where one of them is above the whole already.
    """
    counts, n = evidence.counts, evidence.counts["n"].to_numpy("int64")
    met = set(evidence.parts["part"].unique())
    for parts in (parts for parts in PARTITIONS if met.issuperset(parts)):
        beside = evidence.parts[evidence.parts["part"].isin(parts)]
        sums = beside.assign(n=n[beside["at"]]).groupby("whole", sort=False)["n"].agg(["sum", "max", "size"])
        whole = n[sums.index]
        differ = (sums["size"] == len(parts)) & (sums["sum"] != whole) & (sums["max"] <= whole)
        for whole_at, some in beside[beside["whole"].isin(sums.index[differ])].groupby("whole", sort=False):
            rows, of = counts.iloc[some["at"]], counts.iloc[whole_at]
            named = join_words([f"«{vocabulary.label('breakdown', part)}»" for part in some["part"]])
            message = _differ(f"Các phần {named}", rows, of.n, of.cell)
            yield finding_at(rows.iloc[0], "warning", "parts_differ", message)


def check_groups(evidence: Evidence) -> Iterator[Finding]:
    """`groups_differ`: students and staff do not add up to the number of the whole unit, or one is above it."""
    counts = evidence.counts
    whole = counts[counts["group"] == "all"]
    if whole.empty:
        return
    both = counts[counts["group"].isin(_SIDES)]
    beside = both.merge(whole[[*_UNIT, "n", "cell"]], on=_UNIT, suffixes=("", "_whole"))
    for _, rows in beside.groupby(_UNIT, dropna=False, sort=False):
        row = next(rows.itertuples())
        if len(rows) == len(_SIDES) and rows["n"].sum() != row.n_whole:
            message = _differ("Số của học sinh và của CBGVNV", rows, row.n_whole, row.cell_whole)
            yield finding_at(row, "warning", "groups_differ", message)
        elif len(rows) < len(_SIDES) and row.n > row.n_whole:
            message = (
                f"Ô {row.cell}: số của {vocabulary.label('group', row.group)} là {number(row.n)}, lớn hơn số chung "
                f"{number(row.n_whole)} ở ô {row.cell_whole}. Hãy kiểm tra lại hai số này."
            )
            yield finding_at(row, "warning", "groups_differ", message)


def check_periods(evidence: Evidence) -> Iterator[Finding]:
    """`periods_differ`: the parts of a period on one sheet, all quarters of a year, do not add up to the period."""
    rows = evidence.actual
    given = rows["period"].unique()
    tiled = {whole: tiles for whole in given if (tiles := _tiles(whole, given))}
    rows = rows[rows["measure"].isin(_FLOWS) & rows["period"].isin({*tiled, *(p for t in tiled.values() for p in t)})]
    if rows.empty:
        return
    for _, series in rows.groupby(_SERIES, dropna=False, sort=False):
        by_period = {row.period: row for row in series.itertuples()}
        for whole, tiles in tiled.items():
            if whole in by_period and by_period.keys() >= set(tiles):
                yield from _compare(by_period[whole], [by_period[tile] for tile in tiles])


def _compare(whole, tiles: list) -> Iterator[Finding]:
    added = sum(row.n for row in tiles)
    if added != whole.n:
        named, cells = join_words([periods.label(row.period) for row in tiles]), ", ".join(row.cell for row in tiles)
        message = (
            f"Các kỳ {named} (ô {cells}) cộng lại là {number(added)}, "
            f"khác số của {periods.label(whole.period)} là {number(whole.n)} ở ô {whole.cell}. "
            "Hãy kiểm tra lại các số này."
        )
        yield finding_at(whole, "warning", "periods_differ", message)


def _tiles(whole: str, given: Iterable[str]) -> list[str]:
    """Return the given periods of one kind that are together, without gap or overlap, a period; nothing if none are."""
    inside = [one for one in given if one != whole and periods.within(one, whole)]
    for kind in dict.fromkeys(periods.parse(one).kind for one in inside):
        tiles = sorted((one for one in inside if periods.parse(one).kind == kind), key=periods.sort_key)
        ends = periods.start_date(tiles[0]) == periods.start_date(whole) and (
            periods.end_date(tiles[-1]) == periods.end_date(whole)
        )
        if len(tiles) > 1 and ends and all(_follows(one, other) for one, other in pairwise(tiles)):
            return tiles
    return []


def _follows(one: str, other: str) -> bool:
    return (periods.start_date(other) - periods.end_date(one)).days == 1


def _differ(parts: str, rows: pd.DataFrame, whole: int, cell: str) -> str:
    return (
        f"{parts} ở ô {', '.join(rows['cell'])} cộng lại là {number(rows['n'].sum())}, khác tổng số "
        f"{number(whole)} ở ô {cell}. Hãy kiểm tra lại các số này."
    )
