"""What a form of ours says beside its sheets: for whom and for which periods it was made, and the day on its cover.

A form is read like any other return. Its properties speak farther away than the sheet, and where they say something
else, both are told.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePath

from dangvien_analysis import identity
from dangvien_analysis.frames import Finding
from dangvien_analysis.identity import Form
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.repeats import Observation
from dangvien_analysis.tables import Line, Table
from dangvien_analysis.text import fold
from dangvien_analysis.wording import timewords
from dangvien_analysis.wording.said import Said
from dangvien_analysis.wording.words import Words
from dangvien_analysis.workbook import Sheet, Workbook

_ASKS_DAY = re.compile(r"(?:^| )đến(?: hết)? ngày$")


def form_says(form: Form | None, words: Words) -> Said:
    """Return what the properties of a form say for its sheets: the school, if it is a registered one."""
    known = form is not None and form.school in words.schools
    return Said({"school": form.school}) if known else Said()


def file_name_says(file: str, words: Words) -> Said:
    """Return what a file's name says."""
    return words.read(PurePath(file).stem.replace("_", " "), outside=True)


def own_day(sheet: Sheet, items: Iterable[Line | Table]) -> date | None:
    """Return the day that a sheet says it speaks for, also where the date has a cell beside the words for itself."""
    lines = [item for item in items if isinstance(item, Line)]
    days = (line.said.time.as_of or _day_beside(sheet, line) for line in lines)
    return next((day for day in days if day), None)


def _day_beside(sheet: Sheet, line: Line) -> date | None:
    if not _ASKS_DAY.search(fold(line.text)):
        return None
    right = min((col for row, col in sheet.cells if row == line.row and col > line.col), default=None)
    if right is None:
        return None
    typed = sheet.cells[line.row, right].raw.casefold().removeprefix("ngày").strip()
    return timewords.find(f"tính đến ngày {typed}")[0].as_of


def cover_day(sheets: Iterable[tuple[Sheet, list[Line | Table]]]) -> date | None:
    """Return the day that the sheets without tables say: a cover speaks for the sheets behind it.

    `sheets`: each with what was found on it. None if covers differ.
    """
    covers = [(sheet, items) for sheet, items in sheets if not any(isinstance(item, Table) for item in items)]
    days = {day for sheet, items in covers if (day := own_day(sheet, items))}
    return days.pop() if len(days) == 1 else None


def form_findings(
    file: str, workbook: Workbook, form: Form | None, observations: list[Observation], words: Words
) -> Iterator[Finding]:
    """Yield what is odd about a form: its version, sheets that are gone, periods it was not made for."""
    if form is None:
        return
    school = form.school if form.school in words.schools else ""
    if form.version != identity.VERSION:
        message = messages.old_form(form.version, identity.VERSION)
        yield Finding("info", "old_form", message, school, file)
    if len(workbook.sheets) < form.sheets:
        message = messages.form_sheets_missing(form.sheets, len(workbook.sheets))
        yield Finding("warning", "form_sheet_missing", message, school, file)
    if form.periods:
        yield from _other_periods(file, form, observations, words, school)


def _other_periods(
    file: str, form: Form, observations: list[Observation], words: Words, school: str
) -> Iterator[Finding]:
    """Compare the periods a form was made for with those its numbers and its name speak of."""
    rows = [one.row for one in observations]
    plain = [row for row in rows if row["kind"] == "actual" and row["cohort"] is None]
    other = [row for row in plain if row["period"] not in form.periods]
    if other:
        cells = f"trang «{other[0]['sheet']}», ô {other[0]['cell']}"
        message = messages.form_periods(form.periods, dict.fromkeys(row["period"] for row in other), cells)
        yield Finding("warning", "form_conflict", message, school, file, other[0]["sheet"], other[0]["cell"])
    named = file_name_says(file, words).facets.get("period")
    if named and named not in {*form.periods, form.plan} and not other:
        message = messages.form_periods(form.periods, [named], "tên tệp")
        yield Finding("warning", "form_conflict", message, school, file)
