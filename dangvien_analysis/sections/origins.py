"""Which cells each figure of a chart was made of.

A row of a chart says itself what it counts: its school, group, period, measure, cohort. Here the cells that the
returns gave for exactly that are found again and added up; where they do not add up to the figure (a number taken
from others by a rule), they are called what they are, cells that it was reckoned from.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from dangvien_analysis import measures, periods, sentences
from dangvien_analysis.measures.cohorts import UNIT, observed
from dangvien_analysis.measures.selection import chosen
from dangvien_analysis.measures.whole import cohort_rows
from dangvien_analysis.sections.places import places
from dangvien_analysis.text import number
from dangvien_analysis.vocabulary import label

RECKONED = "tính từ "
OF_AGE = "đủ 18 tuổi"
PEOPLE = ("trained", "admitted", "departed", "expired", "source", "dossier", "age_18", "mentored")
BY_COHORT = ("trained", "admitted", "departed", "expired")
PLANNED = ("target", "extra_target")
_KEYS = ("school", "group", "period", "measure")


class Figure(NamedTuple):
    """One figure of a chart: what it is, its value (missing where it is no number), the cells it came from."""

    what: str
    n: int | None
    cells: pd.DataFrame


class Source(NamedTuple):
    """The data a chart was drawn from, and what its ids are called."""

    counts: pd.DataFrame
    names: Mapping[str, str]
    as_of: object
    schools: Sequence | None
    periods: Sequence[str] | None

    def cells(self, kind: str | Sequence[str] = "actual", breakdown: str = "total") -> pd.DataFrame:
        """Return the cells behind every number of the chosen schools and periods."""
        return chosen(measures.origins(self.counts, kind, breakdown), self.schools, self.periods)


def origins(rows: pd.DataFrame, source: Source) -> list[dict[str, str]]:
    """Return for each figure of a chart's rows {"what", "value", "places"}, ready to be read; none for other rows."""
    return written(_figures(rows, source))


def added_up(rows: pd.DataFrame, source: Source) -> list[dict[str, str]]:
    """Return the same for a chart of sums since the first period: all cells of each last sum."""
    known = rows[rows["cumulative"].notna()]
    last = (
        known.groupby([*_present(rows, ("school", "group")), "measure"], sort=False)
        .tail(1)
        .assign(n=lambda last: last["cumulative"])
    )
    named = last.assign(until=[f"đến hết {sentences.in_period(row.period)}" for row in last.itertuples()])
    return written(_of_flows(named.drop(columns="period"), source))


def row_by_row(rows: pd.DataFrame, source: Source) -> list[dict[str, str]]:
    """Return the cells of a table of periods and steps for each group, in the order of its columns and periods."""
    cells = source.cells().merge(rows[["group", "measure"]].drop_duplicates(), on=["group", "measure"])
    found = [
        Figure(_capital(sentences.group_name(group, source.names)), None, cells[cells["group"] == group])
        for group in dict.fromkeys(rows["group"])
    ]
    return written(iter(found))


def written(figures: Iterator[Figure]) -> list[dict[str, str]]:
    """Write figures with their places; one whose cells are not known is left out."""
    found = []
    for figure in figures:
        told = places(figure.cells)
        if told:
            exact = figure.n is None or int(figure.cells["n"].sum()) == figure.n
            value = "" if figure.n is None else number(figure.n)
            found.append({"what": figure.what, "value": value, "places": told if exact else RECKONED + told})
    return found


def _figures(rows: pd.DataFrame, source: Source) -> Iterator[Figure]:
    columns = set(rows.columns)
    for marks, finder in _FINDERS:
        if marks <= columns:
            return finder(rows, source)
    return iter(())


def _of_flows(rows: pd.DataFrame, source: Source) -> Iterator[Figure]:
    rows = rows.rename(columns={"stage": "measure"})
    for row, cells in _matched(rows[rows["n"].notna()], source.cells()):
        yield Figure(_what(row, rows, source), int(row["n"]), cells)


def planned(rows: pd.DataFrame, source: Source) -> list[dict[str, str]]:
    """Return {"what", "value", "places"} of the targets alone in rows of `measures.attainment`."""
    return written(_of_targets(rows, source, ("planned",)))


def _of_targets(rows: pd.DataFrame, source: Source, columns: Sequence[str] = ("planned", "actual")) -> Iterator[Figure]:
    given, done = source.cells(PLANNED), source.cells()
    keys = [key for key in _KEYS if key in given]
    done = done.merge(given[keys].drop_duplicates(), on=keys)  # only who was given a target is measured by it
    parts = (("planned", "chỉ tiêu", given), ("actual", "thực hiện", done))
    for column, word, cells in [part for part in parts if part[0] in columns]:
        for row, found in _matched(rows[rows[column].notna()], cells):
            yield Figure(f"{_what(row, rows, source)}: {word}", int(row[column]), found)


def _of_people(rows: pd.DataFrame, source: Source) -> Iterator[Figure]:
    """Find the people of each column; those whose courses are told apart are counted from their courses."""
    for column in [column for column in PEOPLE if column in rows]:
        by_cohort = _cohort_cells(source, column, whole="pool_trained" not in rows) if column in BY_COHORT else None
        plain = _plain_cells(source, column)
        for basis, part in rows.groupby("basis", sort=False):
            cells = by_cohort if basis == "cohorts" and by_cohort is not None else plain
            for row, found in _matched(part[part[column].notna()], cells.drop(columns=["period", "measure"])):
                yield Figure(_what(row, rows, source, column), int(row[column]), found)


def _of_courses(rows: pd.DataFrame, source: Source) -> Iterator[Figure]:
    """Find the people of each course, up to the last year that its curve shows."""
    own = rows[rows["cohort"].notna()].groupby([*_present(rows, ("school", "group")), "cohort"], sort=False).tail(1)
    for column, measure in (("trained", "trained"), ("admitted_so_far", "admitted")):
        cells = _cohort_cells(source, measure, whole=False)
        for row, found in _matched(own[own[column].notna()].drop(columns="period"), cells.drop(columns="period")):
            yield Figure(_what(row, rows, source, measure), int(row[column]), found)


def _of_reasons(rows: pd.DataFrame, source: Source) -> Iterator[Figure]:
    """Find the cells of each reason, but not of those that say something of a person once their school is known."""
    given = source.counts[source.counts["reason"].notna() & (source.counts["kind"] == "actual")]
    cells = chosen(given, source.schools, None)
    rows = rows[~rows["folded"] & ~rows["reason"].isin(measures.SENSITIVE_REASONS)]
    for row, found in _matched(rows, cells, ("school", "group", "period", "reason")):
        yield Figure(_capital(sentences.reason_label(row["reason"])), int(row["n"]), found)


def _of_coverage(rows: pd.DataFrame, source: Source) -> Iterator[Figure]:
    """Name the files of each school: that a number came is no number itself."""
    cells = source.cells().assign(cell="", sheet="")
    for school, found in cells[cells["school"].isin(set(rows["school"]))].groupby("school", sort=False):
        yield Figure(sentences.name_of(school, source.names), None, found)


_FINDERS = (
    ({"reported", "expected", "school", "period"}, _of_coverage),
    ({"reason", "folded", "n"}, _of_reasons),
    ({"planned", "actual", "measure"}, _of_targets),
    ({"stage", "n"}, _of_flows),
    ({"measure", "n"}, _of_flows),
    ({"cohort", "k", "admitted_so_far"}, _of_courses),
    ({"trained", "basis"}, _of_people),
)


def _matched(
    rows: pd.DataFrame, cells: pd.DataFrame, keys: Sequence[str] = (*_KEYS, "cohort")
) -> Iterator[tuple[pd.Series, pd.DataFrame]]:
    """Pair each row with the cells that say the same of every key both have."""
    shared = [key for key in keys if key in rows and key in cells]
    if not shared or rows.empty:
        return
    groups = dict(list(cells.groupby(shared, sort=False, dropna=False)))
    for _, row in rows.iterrows():
        found = groups.get(tuple(row[key] for key in shared))
        if found is not None:
            yield row, found


def _plain_cells(source: Source, column: str) -> pd.DataFrame:
    """Return the cells of plain rows; of a stock those of each school's last period."""
    measure, breakdown = ("source", "age_18") if column == "age_18" else (column, "total")
    cells = chosen(measures.origins(source.counts, "actual", breakdown), source.schools, None)
    cells = cells[cells["measure"] == measure]
    if measure not in measures.STOCKS or cells.empty:
        return cells
    ends = cells["period"].map(periods.end_date)
    return cells[ends == ends.groupby([cells["school"], cells["group"]]).transform("max")]


def _cohort_cells(source: Source, measure: str, whole: bool) -> pd.DataFrame:
    """Return the cells of cohort rows, the course's year as `cohort`; unless `whole`, of those seen long enough."""
    counts = source.counts
    rows = counts[(counts["kind"] == "actual") & (counts["breakdown"] == "total") & (counts["measure"] == measure)]
    rows = cohort_rows(chosen(rows, source.schools, None))
    if not whole:
        rows = rows.merge(_seen_long_enough(source, measure), on=_seen_keys(measure))
    return rows.drop(columns="cohort").rename(columns={"year": "cohort"})


def _seen_keys(measure: str) -> list[str]:
    return [*UNIT, "period"] if measure == "admitted" else list(UNIT)


def _seen_long_enough(source: Source, measure: str) -> pd.DataFrame:
    """Return the courses whose first year is over; of what followed, the years that could be used so far."""
    cells = observed(source.counts, source.as_of, source.schools)
    begun = cells.loc[cells["usable"] & (cells["k"] == 0), list(UNIT)].drop_duplicates()
    used = cells[cells["usable"] | cells["partial"]].merge(begun, on=list(UNIT))
    return used[_seen_keys(measure)].drop_duplicates()


def _what(row: pd.Series, rows: pd.DataFrame, source: Source, column: str = "") -> str:
    """Say what a figure is about, as far as the rows differ in it; `column` where it is one of several in its row."""
    parts = [sentences.name_of(row["school"], source.names)] if "school" in row else []
    if "group" in row and rows["group"].nunique() > 1:
        parts.append(sentences.group_name(row["group"], source.names))
    if "cohort" in row:
        parts.append(f"khóa {periods.label(row['cohort'])}")
    if "period" in row:
        parts.append(periods.label(row["period"]))
    if "measure" in row:
        parts.append(_flow(row["measure"]))
    if column:
        parts.append(OF_AGE if column == "age_18" else _flow(column))
    return _capital(", ".join([*parts, *([row["until"]] if "until" in row else [])]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _flow(measure: str) -> str:
    return sentences.FLOW_WORDS.get(measure) or label("measure", measure)


def _present(rows: pd.DataFrame, keys: Sequence[str]) -> list[str]:
    return [key for key in keys if key in rows]
