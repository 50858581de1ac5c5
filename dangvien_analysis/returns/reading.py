"""From workbooks to `counts`: one row per reported number, and a finding for every number that was not taken."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath

import pandas as pd

from dangvien_analysis import identity
from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.forms import cover_day, form_findings, form_says
from dangvien_analysis.returns.ledger import Ledger, Source
from dangvien_analysis.returns.plan import Plan
from dangvien_analysis.returns.plans import Plans
from dangvien_analysis.returns.repeats import references_that_differ, settle_repeats
from dangvien_analysis.returns.sheets import compare, stated
from dangvien_analysis.settings import Collection
from dangvien_analysis.wording import Words
from dangvien_analysis.workbook import Sheet, Workbook


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
        file_name = self.words.read(PurePath(file).stem.replace("_", " "), outside=True)
        form = identity.from_properties(workbook.properties)
        said = file_name, form_says(form, self.words)
        shown = [(sheet, *self.plans.of(sheet, *said)) for sheet in workbook.sheets if not sheet.hidden]
        cover = cover_day([sheet for sheet, plan, _ in shown if not plan.numbers.places])
        for sheet in workbook.sheets:
            if sheet.hidden:
                message = messages.hidden_sheet()
                findings.append(Finding("warning", "hidden_sheet", message, file=file, sheet=sheet.name))
        for sheet, plan, renamed in shown:
            source = Source(file, sheet.name, *stated(plan, sheet, self.words, cover))
            findings += self._take(source, sheet, plan, renamed)
        plans = [(sheet, plan) for sheet, plan, _ in shown]
        findings += form_findings(file, form, len(workbook.sheets), file_name.facets.get("period"), plans)
        return findings

    def _take(self, source: Source, sheet: Sheet, plan: Plan, renamed: Mapping[str, str]) -> list[Finding]:
        """Take the planned numbers of a sheet; return the findings about it."""
        file = source.file
        self.numbers.add(plan.numbers, sheet, source, renamed)
        self.references.add(plan.references, sheet, source, renamed)
        self.restated.add(plan.restated, sheet, source, renamed)
        found = []
        for finding in (*plan.findings, *compare(plan, sheet)):
            school = finding.school or plan.school
            found.append(finding._replace(school=renamed.get(school, school), file=file, sheet=sheet.name))
        return found
