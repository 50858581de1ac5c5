"""What a form of ours is, kept in the custom document properties of its workbook.

Excel and LibreOffice keep these properties when they save, openpyxl too; a clerk does not see them. They speak for
the numbers farther away than anything in the sheet, so that a label which somebody changed still wins, with a warning.
"""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

VERSION = 1  # of the form's layout: raised when a question is added, dropped or worded otherwise

COMPUTED = ("Kiểm tra", "Còn theo dõi")  # headers of the form's columns that nobody fills

_ID = "dangvien_form"
_VERSION = "dangvien_version"
_COLLECTION = "dangvien_collection"
_SCHOOL = "dangvien_school"
_PERIODS = "dangvien_periods"
_PLAN = "dangvien_plan"
_SHEETS = "dangvien_sheets"
LONGEST = 255  # characters of a property in Excel


class Form(NamedTuple):
    """One form: which layout, for whom, and for which periods."""

    version: int
    collection: str
    school: str
    periods: tuple[str, ...]
    plan: str
    sheets: int

    @property
    def id(self) -> str:
        """The form's number, printed on every page: the same collection, school and periods give the same one."""
        said = "\n".join([str(self.version), self.collection, self.school, *self.periods])
        return hashlib.sha256(said.encode()).hexdigest()[:8].upper()


def to_properties(form: Form) -> dict[str, str]:
    """Return the document properties that say what `form` is; values stay within Excel's 255 characters."""
    return {
        _ID: form.id,
        _VERSION: str(form.version),
        _COLLECTION: form.collection[:LONGEST],
        _SCHOOL: form.school[:LONGEST],
        _PERIODS: _joined(form.periods),
        _PLAN: form.plan,
        _SHEETS: str(form.sheets),
    }


def from_properties(properties: Mapping[str, str]) -> Form | None:
    """Return the form that a workbook's properties name, None if it is no form of ours or they are damaged."""
    version, sheets = properties.get(_VERSION, ""), properties.get(_SHEETS, "")
    if _ID not in properties or not (version.isdecimal() and sheets.isdecimal()):
        return None
    periods = tuple(period for period in properties.get(_PERIODS, "").split(",") if period)
    names = (properties.get(name, "") for name in (_COLLECTION, _SCHOOL))
    return Form(int(version), *names, periods, properties.get(_PLAN, ""), int(sheets))


def _joined(periods: tuple[str, ...]) -> str:
    """Join periods as far as a property holds them; a list that does not fit is left out, for a part would be false."""
    text = ",".join(periods)
    return text if len(text) <= LONGEST else ""
