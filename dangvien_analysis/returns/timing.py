"""Whether it is clear of what time a number is that was taken: what its headers and labels say beside its period."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from dangvien_analysis.periods import closing_date, end_date, start_date
from dangvien_analysis.returns.facets import Background, Meaning
from dangvien_analysis.wording.yearparts import takes_part

_TARGETS = ("target", "extra_target")
_DAYS_OF_YEAR = 364  # from the first to the last


def is_unclear(facets: Mapping, beside: Iterable[Meaning], around: Background, as_of: date | None) -> bool:
    """Tell whether a number may be of another time than its period.

    `beside`: what its headers, its labels and the sections above it say. `as_of`: the day its sheet speaks for.
    """
    beside = tuple(beside)
    days = [day for meaning in beside if not meaning.since for day in meaning.days]
    if not _takes_around(facets):  # a course is held on some days of its year
        days = [day for day in days if day.year != start_date(facets["period"]).year]
    if any(_cuts(day, facets["period"], as_of) for day in days):
        return True
    if _is_named(beside):
        return _may_be_part(facets, around)
    if around.outlook and facets.get("kind", "actual") != "actual":
        return True  # of the time reported on or of the next
    return around.period_unclear and _takes_around(facets)


def may_be_of_year(facets: Mapping, beside: Iterable[Meaning]) -> bool:
    """Tell whether a target that only its headers or labels call so, under a title of a quarter, may be the year's."""
    beside = tuple(beside)
    named = not any("kind" in meaning.facets for meaning in beside) or _is_named(beside)
    if named or facets.get("kind") not in _TARGETS:
        return False
    return (end_date(facets["period"]) - start_date(facets["period"])).days < _DAYS_OF_YEAR


def _is_named(beside: Iterable[Meaning]) -> bool:
    """Tell whether headers, labels or sections name a time."""
    return any("period" in meaning.facets or meaning.part or meaning.since for meaning in beside)


def _cuts(day: date, period: str, as_of: date | None) -> bool:
    """Tell whether a day lies outside a period or within it, so that the number is of no such period.

    The day within it that the whole sheet speaks for says nothing more of one number; nor does the day after its last.
    """
    first, last = start_date(period), end_date(period)
    if day == as_of and first <= day:
        return day > last + timedelta(days=1)
    return not closing_date(period) <= day <= last + timedelta(days=1)


def _may_be_part(facets: Mapping, around: Background) -> bool:
    """Tell whether headers or labels name a year of which a text around the table names a part."""
    period, farther = facets["period"], around.facets.get("period") or ""
    if len(period) != len("2023") or facets.get("kind", "actual") != "actual":
        return False
    if around.part or not farther or takes_part(farther):
        return bool(around.part)
    return start_date(farther).year == end_date(farther).year == int(period)


def _takes_around(facets: Mapping) -> bool:
    """Tell whether the period of a number that names none is not that of its course."""
    return not (facets.get("cohort") and facets["measure"] in ("trained", "nominated"))
