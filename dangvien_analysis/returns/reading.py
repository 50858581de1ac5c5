"""From workbooks to `counts`: one row per reported number, and a finding for every number that was not taken."""

from collections.abc import Iterable
from pathlib import PurePath

import pandas as pd

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.ledger import Ledger, Source
from dangvien_analysis.returns.people import numbers_of_people
from dangvien_analysis.returns.plans import Plans
from dangvien_analysis.returns.repeats import references_that_differ, settle_repeats
from dangvien_analysis.returns.sheets import compare, stated
from dangvien_analysis.settings import Collection
from dangvien_analysis.wording import Said, Words
from dangvien_analysis.workbook import Sheet, Workbook


def read_returns(
    workbooks: Iterable[tuple[str, Workbook]], collection: Collection, keep_plans: bool = True
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the counts frame of all workbooks of a call and what is to be said about them.

    `workbooks`: (file name, workbook); each is let go before the next is taken. A number is in the frame or under a
    finding, never lost. `keep_plans=False` works out every sheet by itself, which is slower and gives the same.
    """
    reader = _Reader(collection, keep_plans)
    findings = [finding for file, workbook in workbooks for finding in reader.read_file(file, workbook)]
    kept, repeats = settle_repeats(reader.numbers)
    differing = references_that_differ(reader.numbers, kept, reader.references)
    return reader.numbers.frame(kept), [*findings, *repeats, *differing]


class _Reader:
    """Reads file after file; numbers, and last year's numbers quoted in returns, gather in its ledgers."""

    def __init__(self, collection: Collection, keep_plans: bool) -> None:
        self.words = Words(collection)
        self.plans = Plans(self.words, keep_plans)
        self.numbers = Ledger()
        self.references = Ledger()

    def read_file(self, file: str, workbook: Workbook) -> list[Finding]:
        """Take the numbers of one workbook; return the findings about it, its unreadable parts included."""
        findings = [
            Finding(problem.level, problem.code, problem.message, file=file, sheet=problem.sheet, cell=problem.cell)
            for problem in workbook.problems
        ]
        file_name = self.words.read(PurePath(file).stem.replace("_", " "), outside=True)
        taken, silent = 0, []
        for sheet in workbook.sheets:
            if sheet.hidden:
                message = messages.hidden_sheet()
                findings.append(Finding("warning", "hidden_sheet", message, file=file, sheet=sheet.name))
                continue
            numbers, found = self._read_sheet(file, file_name, sheet)
            findings += found
            taken += numbers
            if sheet.cells and not numbers and not _asks(found):
                silent.append(sheet.name)
        return [*findings, *_silences(file, silent, taken > 0, _asks(findings) or not workbook.sheets)]

    def _read_sheet(self, file: str, file_name: Said, sheet: Sheet) -> tuple[int, list[Finding]]:
        """Take the numbers of one sheet; return how many, and the findings about it."""
        if (place := numbers_of_people(sheet)) is not None:
            message = messages.people_list()
            return 0, [Finding("error", "people_list", message, file=file, sheet=sheet.name, cell=place)]
        plan, renamed = self.plans.of(sheet, file_name)
        source = Source(file, sheet.name, *stated(plan, sheet, self.words))
        self.numbers.add(plan.numbers, sheet, source, renamed)
        self.references.add(plan.references, sheet, source, renamed)
        found = []
        for finding in (*plan.findings, *compare(plan, sheet)):
            school = finding.school or plan.school
            found.append(finding._replace(school=renamed.get(school, school), file=file, sheet=sheet.name))
        return len(plan.numbers.places), found


def _asks(findings: Iterable[Finding]) -> bool:
    return any(finding.level != "info" for finding in findings)


def _silences(file: str, silent: list[str], gave_numbers: bool, asked: bool) -> list[Finding]:
    """Tell of sheets that gave neither a number nor a question: an empty form, perhaps."""
    if gave_numbers:
        message = messages.sheet_without_numbers()
        return [Finding("info", "nothing_read", message, file=file, sheet=name) for name in silent]
    return [] if asked else [Finding("warning", "nothing_read", messages.nothing_read(), file=file)]
