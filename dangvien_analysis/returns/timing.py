"""Whether it is clear of what time a number is that was taken: what its headers and labels say beside its period."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from dangvien_analysis.periods import closing_date, end_date, start_date
from dangvien_analysis.returns.background import Background, DaysAround
from dangvien_analysis.returns.facets import Meaning
from dangvien_analysis.wording import yearparts
from dangvien_analysis.wording.said import Said
from dangvien_analysis.wording.yearparts import takes_part

_TARGETS = ("target", "extra_target")
_DAYS_OF_YEAR = 364  # from the first to the last
_A_DAY, _A_MONTH = timedelta(days=1), timedelta(days=31)
_LATE_PART = timedelta(days=62)  # at the end of a period, in which returns are written already


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
        return _may_be_part(facets, around) or _is_of_other_years(facets, around)
    if around.outlook and facets.get("kind", "actual") != "actual":
        return True  # of the time reported on or of the next
    if facets.get("kind") == "estimate" and _is_part(facets["period"]):
        apart = around.estimate_apart or any("kind" in meaning.facets for meaning in beside)
        return apart or around.period_unclear  # of this part, of the rest or of the whole year
    return _takes_around(facets) and (around.period_unclear or _told_otherwise(facets, around.days))


def may_be_of_year(facets: Mapping, beside: Iterable[Meaning]) -> bool:
    """Tell whether a target that only its headers or labels call so, under a title of a quarter, may be the year's."""
    beside = tuple(beside)
    named = not any("kind" in meaning.facets for meaning in beside) or _is_named(beside)
    if named or facets.get("kind") not in _TARGETS:
        return False
    return _is_part(facets["period"])


def is_of_rest(said: Said) -> bool:
    """Tell whether a header or a label is of an estimate of the rest of a year: "Ước 6 tháng cuối năm"."""
    if said.facets.get("kind") != "estimate":
        return False
    if said.time.part == "S2":
        return True
    period = said.facets.get("period") or (said.time.part and yearparts.part_of(said.time.part, "2023"))
    return bool(period) and _is_part(period) and start_date(period).month > 1


def may_lack_rest(facets: Mapping, beside: Iterable[Meaning]) -> bool:
    """Tell whether a number beside an estimate of the rest of the year may be of what is before that."""
    return facets.get("kind", "actual") == "actual" and takes_part(facets["period"]) and not _is_named(beside)


def is_semester(said: Said) -> bool:
    """Tell whether a header or a label names a semester, of a year that stands elsewhere."""
    return (said.time.part or "")[:1] == "S"


def may_be_school_year(facets: Mapping, beside: Iterable[Meaning]) -> bool:
    """Tell whether "cả năm" beside a semester, under a title of a calendar year, may be the school year."""
    return len(facets["period"]) == len("2023") and any(meaning.part == yearparts.WHOLE for meaning in beside)


def _is_part(period: str) -> bool:
    """Tell whether a period is a part of a year."""
    return (end_date(period) - start_date(period)).days < _DAYS_OF_YEAR


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


def _told_otherwise(facets: Mapping, days: DaysAround) -> bool:
    """Tell whether lines and names tell days at which what was done in a period is not all done, or more than it."""
    period = facets["period"]
    if facets.get("kind", "actual") != "actual":
        return False
    last, closing = end_date(period), closing_date(period)
    early = any(day < closing for day in days.named if day != days.until)
    early = early or any(start_date(period) <= day < closing - _LATE_PART for day in days.written)
    told = {day for day in (days.until, *days.named) if day and (day != days.asked or days.of_title)}
    slack = {day: _A_MONTH if day == days.asked or closing < last else _A_DAY for day in told}
    return early or any(day > last + more for day, more in slack.items())


def _may_be_part(facets: Mapping, around: Background) -> bool:
    """Tell whether headers or labels name a year of which a text around the table names a part."""
    period, farther = facets["period"], around.facets.get("period") or ""
    if len(period) != len("2023") or facets.get("kind", "actual") != "actual":
        return False
    if around.part or not farther or takes_part(farther):
        return bool(around.part)
    return start_date(farther).year == end_date(farther).year == int(period)


def _is_of_other_years(facets: Mapping, around: Background) -> bool:
    """Tell whether what was done in a school year stands under a title of a calendar year, or the other way round.

    "2023 | 2024" under "Năm học 2023-2024" may be short for something else. Those of a course are told by years.
    """
    if "cohort" in facets:
        return False
    period, farther = facets["period"], around.facets.get("period") or ""
    years = takes_part(period) and takes_part(farther)
    return years and len(period) != len(farther) and facets.get("kind", "actual") == "actual"


def _takes_around(facets: Mapping) -> bool:
    """Tell whether the period of a number that names none is not that of its course."""
    return not (facets.get("cohort") and facets["measure"] in ("trained", "nominated"))
