"""The whole form for one school: its sheets, its identity, and the cells it asks."""

from collections.abc import Mapping
from typing import NamedTuple

from dangvien_analysis import identity, periods
from dangvien_analysis.forms.layout import Key, Page, Place
from dangvien_analysis.forms.pages.cohorts import cohorts_page
from dangvien_analysis.forms.pages.common import Asked
from dangvien_analysis.forms.pages.counts import counts_page
from dangvien_analysis.forms.pages.cover import cover_page
from dangvien_analysis.forms.pages.reasons import reasons_page
from dangvien_analysis.forms.pages.targets import targets_page
from dangvien_analysis.settings import COLLECTION_FILE, Collection, School, SettingsError
from dangvien_analysis.wording.words import Words

FEWEST_YEARS, MOST_YEARS = 3, 5  # of courses followed up: the grades of a school; how long a certificate is good for
STAFF = "cán bộ, giáo viên, nhân viên"


class FormPlan(NamedTuple):
    """A form before it is written."""

    identity: identity.Form
    pages: tuple[Page, ...]

    def inputs(self) -> dict[Place, Key]:
        """Return every cell for a number: (sheet, row, column) -> the number it asks for."""
        return {place: key for page in self.pages for place, key in page.inputs().items()}


def plan_form(collection: Collection, school: School, last: Mapping[Key, int] | None = None) -> FormPlan:
    """Lay out the form of one school; `last`: what it reported before, shown beside and never loaded.

    Raises SettingsError where the collection expects no periods.
    """
    if not collection.periods:
        raise SettingsError(
            f"Bộ số liệu «{collection.id}» chưa ghi kỳ báo cáo; hãy điền dòng periods trong "
            f"{collection.folder / COLLECTION_FILE} rồi chạy lại."
        )
    asked = _asked(collection, school, dict(last or {}))
    counts = counts_page(asked)
    cohorts = cohorts_page(asked, counts)
    pages = (
        cover_page(asked, collection),
        counts,
        cohorts,
        reasons_page(asked, cohorts),
        targets_page(asked, counts),
    )
    said = identity.Form(identity.VERSION, collection.id, school.id, asked.periods, asked.plan, len(pages))
    return FormPlan(said, pages)


def _asked(collection: Collection, school: School, last: dict[Key, int]) -> Asked:
    expected = tuple(sorted(collection.periods, key=periods.sort_key))
    label = collection.organisation.staff_label
    known = label and Words(collection).read(label).facets == {"group": "staff"}
    return Asked(
        school=school.name,
        periods=expected,
        plan=periods.following(expected[-1]),
        years=course_years(expected),
        last=last,
        staff=label if known else STAFF,
    )


def course_years(expected: tuple[str, ...]) -> tuple[int, ...]:
    """Return the calendar years whose courses are followed up in periods in order."""
    first, last = periods.parse(expected[0]).start[0], periods.parse(expected[-1]).end[0]
    first = min(max(first, last - MOST_YEARS + 1), last - FEWEST_YEARS + 1)
    return tuple(range(first, last + 1))
