"""What a form of ours says beside its sheets: for whom and for which periods it was made, and the day on its cover.

A form is read like any other return. Its properties speak farther away than the sheet, and where they say something
else, both are told.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from dangvien_analysis import identity, periods
from dangvien_analysis.frames import Finding
from dangvien_analysis.identity import Form
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.plan import Plan
from dangvien_analysis.settings import Collection
from dangvien_analysis.text import fold
from dangvien_analysis.wording import Said, Words, timewords
from dangvien_analysis.workbook import TEXT, Sheet

_ASKS_DAY = re.compile(r"(?:^| )đến(?: hết)? ngày$")


def form_says(form: Form | None, words: Words) -> Said:
    """Return what the properties of a form say for its sheets: the school, if it is a registered one."""
    known = form is not None and form.school in words.schools
    return Said({"school": form.school}) if known else Said()


def cover_day(covers: Iterable[Sheet]) -> date | None:
    """Return the day that the sheets without numbers say: a cover speaks for the sheets behind it.

    The date has a cell of its own beside "Số liệu tính đến ngày". None if covers differ.
    """
    days = {day for sheet in covers for day in _days(sheet)}
    return days.pop() if len(days) == 1 else None


def _days(sheet: Sheet) -> Iterator[date]:
    for (row, col), cell in sheet.cells.items():
        if cell.state != TEXT or not _ASKS_DAY.search(fold(cell.raw)):
            continue
        right = min((c for r, c in sheet.cells if r == row and c > col), default=None)
        if right is not None:
            typed = sheet.cells[row, right].raw.casefold().removeprefix("ngày").strip()
            if day := timewords.find(f"tính đến ngày {typed}")[0].as_of:
                yield day


def form_findings(
    file: str, form: Form | None, sheets: int, named: str | None, plans: list[tuple[Sheet, Plan]], words: Words
) -> Iterator[Finding]:
    """Yield what is odd about a form: its version, sheets that are gone, a call or periods it was not made for.

    `sheets`: how many the file has. `named`: the period that the file's name says.
    """
    if form is None:
        return
    school = next((plan.school for _, plan in plans if plan.school), "")
    if form.version != identity.VERSION:
        yield Finding("info", "old_form", messages.old_form(form.version, identity.VERSION), school, file)
    if sheets < form.sheets:
        message = messages.form_sheets_missing(form.sheets, sheets)
        yield Finding("warning", "form_sheet_missing", message, school, file)
    collection = words.collection
    if collection.schools and form.collection.casefold() != collection.id[: identity.LONGEST].casefold():
        level = "info" if _is_of_earlier_call(form, collection) else "warning"
        message = messages.form_collection(form.collection, collection.id)
        yield Finding(level, "form_conflict", message, school, file)
    if form.periods:
        yield from _other_periods(file, form, named, plans, school)


def _is_of_earlier_call(form: Form, collection: Collection) -> bool:
    """Tell whether a form is an earlier return laid here for its years: they are asked for, and later ones as well."""
    asked, wanted = set(form.periods), set(collection.periods)
    return bool(asked & wanted) and max(map(periods.sort_key, asked)) < max(map(periods.sort_key, wanted))


def _other_periods(
    file: str, form: Form, named: str | None, plans: list[tuple[Sheet, Plan]], school: str
) -> Iterator[Finding]:
    """Compare the periods a form was made for with those its numbers and its name speak of."""
    other = [
        (sheet.name, cell, facts.period)
        for sheet, plan in plans
        for cell, facts in zip(plan.numbers.cells, plan.numbers.facts, strict=True)
        if facts.kind == "actual" and facts.cohort is None and facts.period not in form.periods
    ]
    if other:
        sheet, cell, _ = other[0]
        found = dict.fromkeys(period for _, _, period in other)
        message = messages.form_periods(form.periods, found, f"trang «{sheet}», ô {cell}")
        yield Finding("warning", "form_conflict", message, school, file, sheet, cell)
    elif named and named not in {*form.periods, form.plan}:
        message = messages.form_periods(form.periods, [named], "tên tệp")
        yield Finding("warning", "form_conflict", message, school, file)
