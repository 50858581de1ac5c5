"""From tables to `counts`: one row per reported number, and a finding for every number that was not taken."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import NamedTuple

import pandas as pd

from dangvien_analysis import messages
from dangvien_analysis.facets import breakdown_text
from dangvien_analysis.frames import Finding, counts_frame
from dangvien_analysis.numbers import Number, TableReader
from dangvien_analysis.people import people_cell
from dangvien_analysis.settings import Collection
from dangvien_analysis.surroundings import Surroundings, stated_day
from dangvien_analysis.tables import Line, read_sheet
from dangvien_analysis.totals import check_totals
from dangvien_analysis.wording import Words
from dangvien_analysis.workbook import COUNT, Sheet, Workbook, address

KEY = ("school", "period", "group", "breakdown", "measure", "kind", "cohort", "reason")


class Observation(NamedTuple):
    """A number that was taken, with the table it stands in and whether its day was stated in the return."""

    row: dict
    table: tuple
    day_said: bool

    @property
    def key(self) -> tuple:
        return tuple(self.row.get(facet) for facet in KEY)


class Reading(NamedTuple):
    """What was read of a sheet or a file: numbers, last year's numbers quoted in it, and findings."""

    observations: list[Observation]
    references: list[Observation]
    findings: list[Finding]


def read_returns(
    workbooks: Iterable[tuple[str, Workbook]], collection: Collection
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the counts frame of all workbooks of a call and what is to be said about them.

    `workbooks`: (file name, workbook). A number is in the frame or under a finding, never lost.
    """
    words = Words(collection)
    read = [read_file(file, workbook, words) for file, workbook in workbooks]
    observations = [observation for one in read for observation in one.observations]
    rows, repeats = settle_repeats(observations)
    differing = references_that_differ(rows, [reference for one in read for reference in one.references])
    return counts_frame(rows), [*(finding for one in read for finding in one.findings), *repeats, *differing]


def read_file(file: str, workbook: Workbook, words: Words) -> Reading:
    """Return the numbers of one workbook and the findings about it, its unreadable parts included."""
    findings = [
        Finding(problem.level, problem.code, problem.message, file=file, sheet=problem.sheet, cell=problem.cell)
        for problem in workbook.problems
    ]
    reading = Reading([], [], findings)
    for sheet in workbook.sheets:
        if sheet.hidden:
            findings.append(Finding("warning", "hidden_sheet", messages.hidden_sheet(), file=file, sheet=sheet.name))
            continue
        for whole, part in zip(reading, _read_sheet(file, sheet, words), strict=True):
            whole += part
    return reading


def _read_sheet(file: str, sheet: Sheet, words: Words) -> Reading:
    items = read_sheet(sheet, words)
    if (place := people_cell(sheet, items, words)) is not None:
        refused = Finding("error", "people_list", messages.people_list(), file=file, sheet=sheet.name, cell=place)
        return Reading([], [], [refused])
    stem = PurePath(file).stem.replace("_", " ")
    around = Surroundings(words.read(sheet.name), words.read(stem, outside=True), words.collection)
    numbers: list[tuple[Number, int]] = []
    references: list[Number] = []
    findings: list[Finding] = []
    seen: set[tuple[int, int]] = set()
    for line in items:  # the day may be stated below the tables
        if isinstance(line, Line):
            around.as_of = around.as_of or line.said.time.as_of
            around.dateline = around.dateline or line.said.time.dateline
    stated = stated_day(around, words.collection)
    for index, item in enumerate(items):
        if isinstance(item, Line):
            around.pass_line(item)
            continue
        reader = TableReader(item, sheet, words, around, stated.day)
        reader.read()
        seen |= reader.seen
        taken = check_totals(reader)
        numbers += [(number, index) for number in taken]
        references += reader.references
        findings += reader.findings
    findings += _unplaced(sheet, seen)
    findings += _titles_that_differ(around, words) if numbers else []
    findings += _hidden_cells(sheet, numbers)
    named = {finding.school for finding in findings if finding.school}
    school = next(iter({n.facets["school"] for n, _ in numbers} | named), "") if numbers else ""
    only = school if len({n.facets["school"] for n, _ in numbers}) == 1 else ""
    findings = [f._replace(file=file, sheet=sheet.name, school=f.school or only) for f in findings]
    made = [
        Observation(_row(n, file, sheet, stated.day), (file, sheet.name, table), stated.said) for n, table in numbers
    ]
    unique, repeats = _repeats_in_table(made)
    referred = [Observation(_row(n, file, sheet, stated.day), (), stated.said) for n in references]
    return Reading(unique, referred, [*findings, *repeats])


def _row(number: Number, file: str, sheet: Sheet, day) -> dict:
    facets = number.facets
    return {
        "school": facets["school"],
        "period": facets["period"],
        "group": facets["group"],
        "breakdown": breakdown_text(facets.get("breakdown")),
        "measure": facets["measure"],
        "kind": facets.get("kind", "actual"),
        "cohort": facets.get("cohort"),
        "reason": facets.get("reason"),
        "n": number.n,
        "file": file,
        "sheet": sheet.name,
        "cell": address(number.row, number.col),
        "raw": number.raw,
        "as_of": day,
    }


def _unplaced(sheet: Sheet, seen: set[tuple[int, int]]) -> Iterator[Finding]:
    """Yield a finding for numbers that stand in no table."""
    loose = sorted(place for place, cell in sheet.cells.items() if cell.state == COUNT and place not in seen)
    if loose:
        yield Finding("error", "number_outside_table", messages.number_outside(loose), cell=messages.places(loose))


def _titles_that_differ(around: Surroundings, words: Words) -> Iterator[Finding]:
    for facet in ("school", "period"):
        said = around.says(facet)
        if len({value for _, value in said}) > 1:
            yield Finding("warning", "title_conflict", messages.title_conflict(facet, said, words))


def _hidden_cells(sheet: Sheet, numbers: list[tuple[Number, int]]) -> Iterator[Finding]:
    hidden = [(n.row, n.col) for n, _ in numbers if n.row in sheet.hidden_rows or n.col in sheet.hidden_cols]
    if hidden:
        yield Finding("warning", "hidden_cells", messages.hidden_cells(hidden), cell=messages.places(hidden))


# --- the same key twice ----------------------------------------------------------------------------------------


def _repeats_in_table(observations: list[Observation]) -> tuple[list[Observation], list[Finding]]:
    """Drop both numbers where one table gives a key twice: a distinction it makes was lost."""
    places: dict[tuple, list[Observation]] = {}
    for observation in observations:
        places.setdefault((observation.table, observation.key), []).append(observation)
    kept, findings = [], []
    for same in places.values():
        if len(same) == 1:
            kept += same
            continue
        cells = [one.row["cell"] for one in same]
        findings.append(_finding("error", "duplicate_in_table", messages.duplicate(cells), same[0], ", ".join(cells)))
    return kept, findings


def settle_repeats(observations: list[Observation]) -> tuple[list[dict], list[Finding]]:
    """Keep one number per key over tables and files.

    Equal numbers are kept once. Of different ones the return of the later day wins, then a school's own return over
    a table of many schools; where nothing says which is right, none is kept.
    """
    by_key: dict[tuple, list[Observation]] = {}
    for observation in observations:
        by_key.setdefault(observation.key, []).append(observation)
    own = _files_of_one_school(observations)
    rows, findings = [], []
    for same in by_key.values():
        if len(same) == 1:
            rows.append(same[0].row)
            continue
        winner, finding = _settle(same, own)
        findings.append(finding)
        if winner is not None:
            rows.append(winner.row)
    return rows, findings


def references_that_differ(rows: list[dict], references: list[Observation]) -> list[Finding]:
    """Compare last year's numbers quoted in a return with what was reported for that period."""
    reported = {tuple(row.get(facet) for facet in KEY): row for row in rows}
    findings = []
    for reference in references:
        row = reported.get(reference.key)
        if row is not None and row["n"] != reference.row["n"]:
            message = messages.reference_differs(reference.row, row["n"], messages.place(row))
            findings.append(_finding("warning", "reference_differs", message, reference, reference.row["cell"]))
    return findings


def _files_of_one_school(observations: list[Observation]) -> set[str]:
    schools: dict[str, set[str]] = {}
    for observation in observations:
        schools.setdefault(observation.row["file"], set()).add(observation.row["school"])
    return {file for file, found in schools.items() if len(found) == 1}


def _settle(same: list[Observation], own: set[str]) -> tuple[Observation | None, Finding]:
    places = [messages.place(one.row) for one in same]
    if len({one.row["n"] for one in same}) == 1:
        kept = next((one for one in same if one.row["file"] in own), same[0])
        return kept, _finding("info", "repeated_number", messages.repeated(places), kept, kept.row["cell"])
    winner = _latest(same) or _only_own(same, own)
    if winner is None:
        message = messages.disagreeing(same[0].row, places, [one.row["n"] for one in same])
        return None, _finding("error", "disagreeing_numbers", message, same[0], same[0].row["cell"])
    losers = [one for one in same if one.row["n"] != winner.row["n"]]
    message = messages.superseded(
        messages.place(winner.row), winner.row["n"], [messages.place(one.row) for one in losers]
    )
    return winner, _finding("warning", "disagreeing_numbers", message, losers[0], losers[0].row["cell"])


def _latest(same: list[Observation]) -> Observation | None:
    if not all(one.day_said and one.row["as_of"] for one in same):
        return None
    last = max(one.row["as_of"] for one in same)
    newest = [one for one in same if one.row["as_of"] == last]
    return newest[0] if len({one.row["n"] for one in newest}) == 1 else None


def _only_own(same: list[Observation], own: set[str]) -> Observation | None:
    mine = [one for one in same if one.row["file"] in own]
    return mine[0] if mine and len({one.row["n"] for one in mine}) == 1 and len(mine) < len(same) else None


def _finding(level: str, code: str, message: str, at: Observation, cell: str) -> Finding:
    row = at.row
    return Finding(level, code, message, row["school"], row["file"], row["sheet"], cell)
