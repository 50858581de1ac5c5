"""The synthesis table of a public copy: sums over all schools, and the schools' own sums with small ones masked."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from dangvien_analysis import measures, sentences, vocabulary
from dangvien_analysis.parameters import Parameters, known_periods
from dangvien_analysis.sections.section import TOGETHER
from dangvien_analysis.synthesis.tables import Column, Part, Table, sheet_name

EACH = "Cả thời gian"
MASKED_SUMS = "Dòng cộng là số chung của mọi {who}, kể cả các số đã che."


def together(chosen: Parameters) -> Parameters:
    """Return a public copy's sums as those of one unit: there is one number for each thing counted.

    Which of them are over the same schools is lost by that: shares must be taken before.
    """
    if chosen.publication is None:
        return chosen
    whole = replace(chosen.returns, counts=chosen.returns.counts.assign(school=TOGETHER))
    return replace(chosen, returns=whole, counts=chosen.counts.assign(school=TOGETHER), schools=(TOGETHER,))


def school_tables(chosen: Parameters) -> Iterator[Table]:
    """Yield for each group the schools' sums over all periods, as far as a public copy may print them.

    Masked cells stay masked only beside the sums of all periods: a choice of periods has no such table.
    """
    published = chosen.publication
    if published is None or chosen.periods != tuple(known_periods(chosen.returns)):
        return
    for group in sentences.GROUPS:
        rows = published.by_school[published.by_school["group"] == group]
        if len(rows):
            yield _school_table(rows, group, chosen)


def _school_table(rows: pd.DataFrame, group: str, chosen: Parameters) -> Table:
    listed, names = [school.id for school in chosen.registry()], sentences.names_of(chosen.returns.collection)
    order = [measure for measure in measures.CORE_FLOWS if measure in set(rows["measure"])]
    keys = {measure: (measure, "actual", "total") for measure in order}
    places = {(row.school, EACH, keys[row.measure]): row for row in rows.itertuples()}
    here = set(rows["school"])
    who = sentences.reporter({school.id: school.name for school in chosen.registry()})
    return Table(
        name=f"Từng {who}, {sheet_name(group)}",
        title=f"số của từng {who}, số nhỏ được che: {sentences.group_name(group, names)}",
        columns=tuple(Column(_capital(vocabulary.label("measure", measure)), "", keys[measure]) for measure in order),
        parts=(Part(EACH, EACH, tuple(school for school in listed if school in here)),),
        values={place: int(row.n) for place, row in places.items() if not row.masked},
        sums={(EACH, keys[measure]): n for measure, n in _totals(group, chosen).items() if measure in keys},
        origins=chosen.counts.iloc[:0],
        masked=frozenset(place for place, row in places.items() if row.masked),
        notes=(MASKED_SUMS.format(who=who),),
    )


def _totals(group: str, chosen: Parameters) -> dict[str, int]:
    """Return the sums over all schools and periods, which the copy prints elsewhere too."""
    counts = measures.of_kind(chosen.counts)
    rows = counts[(counts["group"] == group) & (counts["kind"] == "actual") & (counts["breakdown"] == "total")]
    rows = rows[rows["cohort"].isna() & rows["reason"].isna()]
    return {measure: int(n) for measure, n in rows.groupby("measure")["n"].sum().items()}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
