"""From workbooks to `counts`: one row per reported number, and a finding for every number that was not taken."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath

import pandas as pd

from dangvien_analysis import identity
from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.forms import cover_day, form_findings, form_says
from dangvien_analysis.returns.ledger import Ledger, Source
from dangvien_analysis.returns.narrowed import name_that_narrows
from dangvien_analysis.returns.people import numbers_of_people
from dangvien_analysis.returns.plan import Plan
from dangvien_analysis.returns.plans import Plans
from dangvien_analysis.returns.repeats import references_that_differ, settle_repeats
from dangvien_analysis.returns.sheets import compare, stated
from dangvien_analysis.settings import Collection
from dangvien_analysis.wording import Words
from dangvien_analysis.workbook import Sheet, Workbook

_COPY = re.compile(r" ?\(\d+\)$")  # "Nguyễn Du (2).xlsx" is the second copy that was saved


def read_returns(
    workbooks: Iterable[tuple[str, Workbook]], collection: Collection, keep_plans: bool = True
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the counts frame of all workbooks of a call and what is to be said about them.

    `workbooks`: (file name, workbook); each is let go before the next is taken. A number is in the frame or under a
    finding, never lost. `keep_plans=False` works out every sheet by itself, which is slower and gives the same.
    """
    reader = Reader(collection, keep_plans)
    findings = [finding for file, workbook in workbooks for finding in reader.read_file(file, workbook)]
    kept, repeats = settle_repeats(reader.numbers)
    differing = references_that_differ(reader.numbers, kept, reader.references)
    revised = references_that_differ(reader.numbers, kept, reader.restated, restated=True)
    return reader.numbers.frame(kept), [*findings, *repeats, *differing, *revised]


class Reader:
    """Reads file after file; numbers, and last year's numbers quoted in returns, gather in its ledgers."""

    def __init__(self, collection: Collection, keep_plans: bool = True) -> None:
        self.words = Words(collection)
        self.plans = Plans(self.words, keep_plans)
        self.numbers = Ledger()
        self.references = Ledger()
        self.restated = Ledger()

    def read_file(self, file: str, workbook: Workbook) -> list[Finding]:
        """Take the numbers of one workbook; return the findings about it, its unreadable parts included."""
        findings = [
            Finding(problem.level, problem.code, problem.message, file=file, sheet=problem.sheet, cell=problem.cell)
            for problem in workbook.problems
        ]
        name = _COPY.sub("", PurePath(file).stem)
        file_name = self.words.read_name(name, file=True)
        form = identity.from_properties(workbook.properties)
        said = file_name, form_says(form, self.words)
        shown = []
        for sheet in workbook.sheets:
            if refused := _not_read(file, sheet):
                findings.append(refused)
            else:
                shown.append((sheet, *self.plans.of(sheet, *said)))
        cover = cover_day([sheet for sheet, plan, _ in shown if not plan.numbers.places])
        silent = []
        for sheet, plan, renamed in shown:
            found = self._take(Source(file, sheet.name, *stated(plan, sheet, self.words, cover)), sheet, plan, renamed)
            # What a form of ours computes itself stands where it should: nothing to tell anybody.
            findings += [finding for finding in found if form is None or finding.code != "computed_column"]
            if sheet.cells and not plan.numbers.places and not _asks(found) and form is None:
                silent.append(sheet.name)
        plans = [(sheet, plan) for sheet, plan, _ in shown]
        named = file_name.facets.get("period")
        findings += form_findings(file, form, len(workbook.sheets), named, plans, self.words)
        taken = any(plan.numbers.places for _, plan in plans)
        if taken:
            kinds = set().union(*(_kinds(plan) for _, plan in plans))
            findings += [found._replace(file=file) for found in name_that_narrows(name, "tên tệp", kinds, findings)]
        asked = _asks(findings) or form is not None or not workbook.sheets  # an empty form is told as a missing return
        return [*findings, *_silences(file, silent, taken, asked)]

    def _take(self, source: Source, sheet: Sheet, plan: Plan, renamed: Mapping[str, str]) -> list[Finding]:
        """Take the planned numbers of a sheet; return the findings about it."""
        self.numbers.add(plan.numbers, sheet, source, renamed)
        self.references.add(plan.references, sheet, source, renamed)
        self.restated.add(plan.restated, sheet, source, renamed)
        found = []
        kinds = _kinds(plan)
        named = name_that_narrows(sheet.name, "tên trang", kinds, plan.findings) if kinds else ()
        for finding in (*plan.findings, *named, *compare(plan, sheet)):
            school = finding.school or plan.school
            found.append(finding._replace(school=renamed.get(school, school), file=source.file, sheet=sheet.name))
        return found


def _not_read(file: str, sheet: Sheet) -> Finding | None:
    """Say why a sheet is not read at all: it is hidden, or its numbers tell of persons."""
    if sheet.hidden:
        return Finding("warning", "hidden_sheet", messages.hidden_sheet(), file=file, sheet=sheet.name)
    if (place := numbers_of_people(sheet)) is not None:
        return Finding("error", "people_list", messages.people_list(), file=file, sheet=sheet.name, cell=place)
    return None


def _kinds(plan: Plan) -> set[str]:
    """Return the kinds of the numbers of a plan; none if it has no number."""
    return {fact.kind for fact in plan.numbers.facts}


def _asks(findings: Iterable[Finding]) -> bool:
    return any(finding.level != "info" for finding in findings)


def _silences(file: str, silent: list[str], gave_numbers: bool, asked: bool) -> list[Finding]:
    """Tell of sheets that gave neither a number nor a question: an empty form, perhaps."""
    if gave_numbers:
        message = messages.sheet_without_numbers()
        return [Finding("info", "nothing_read", message, file=file, sheet=name) for name in silent]
    return [] if asked else [Finding("warning", "nothing_read", messages.nothing_read(), file=file)]
