"""From tables to `counts`: one row per reported number, and a finding for every number that was not taken."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import NamedTuple

import pandas as pd

from dangvien_analysis.frames import Finding, counts_frame
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.facets import breakdown_text
from dangvien_analysis.returns.numbers import Number, TableReader
from dangvien_analysis.returns.people import people_cell
from dangvien_analysis.returns.repeats import Observation, references_that_differ, repeats_in_table, settle_repeats
from dangvien_analysis.returns.surroundings import Surroundings, stated_day
from dangvien_analysis.returns.totals import check_totals
from dangvien_analysis.settings import Collection
from dangvien_analysis.tables.finder import Line, read_sheet
from dangvien_analysis.wording.words import Words
from dangvien_analysis.workbook import COUNT, Sheet, Workbook, address


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
        of_sheet = _read_sheet(file, sheet, words)
        reading.observations.extend(of_sheet.observations)
        reading.references.extend(of_sheet.references)
        reading.findings.extend(of_sheet.findings)
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
    unique, repeats = repeats_in_table(made)
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
