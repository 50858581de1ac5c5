"""All facets of one number: what its headers and labels leave open is taken from the texts farther away."""

from collections.abc import Mapping
from datetime import date

from dangvien_analysis import vocabulary
from dangvien_analysis.periods import end_date, start_date
from dangvien_analysis.returns.background import Background
from dangvien_analysis.returns.facets import BOUND, NEEDED, OF_COURSE, Meaning, as_reason, merge_facets
from dangvien_analysis.wording import yearparts
from dangvien_analysis.wording.said import WHOLE, add_reading, exclude, fits, group_of


def fill(facets: dict, farther: Mapping) -> None:
    """Fill open facets in place from a text farther away; its breakdown is a further part of the same people."""
    for facet, value in farther.items():
        facets.setdefault(facet, value)


def complete(own: Meaning, sections: Meaning, around: Background, as_of: date | None) -> tuple[dict, set[str], tuple]:
    """Return the facets of a number, the facets that clash, and the readings of a wording with two that stays open.

    `own` is what its headers and labels say, `sections` the rows above that speak for it.
    """
    facets = {facet: value for facet, value in own.facets.items() if value != WHOLE}
    clash = set(own.clash)
    farther = {facet: value for facet, value in sections.facets.items() if facet != "breakdown" and value != WHOLE}
    if farther.get("measure") == "not_admitted" and "reason" not in facets:
        as_reason(facets)
    if _names_course(own) and farther.get("measure", "trained") not in OF_COURSE:
        facets["measure"] = "trained"  # "Học cảm tình Đảng" under "I. Kết nạp đảng viên"
    fill(facets, farther)
    if "breakdown" in sections.facets:
        merge_facets(facets, {"breakdown": sections.facets["breakdown"]}, clash)
    options = own.options or _of_section(sections.options, own)
    open_wording = _decide(facets, options, around, own.weak or sections.weak)
    if "measure" not in facets:
        _take_measure(facets, own, sections.weak, around, clash)
    _take_time(facets, own, sections, around, as_of)
    by_title = "period" not in facets
    fill(facets, _of_course_told(facets, around))
    if own.of_cell and facets.get("measure") == "party_members" and not open_wording:
        facets.setdefault("group", "all")
    if WHOLE in (own.facets.get("group"), sections.facets.get("group")):
        fill(facets, {"group": "all"})
    _take_year_of_course(facets, around, by_title)
    _take_bound(facets, around)
    _take_parts(facets, around)
    if around.kind_denied and "kind" not in facets:
        clash.add("kind")
    if "reason" in facets and facets.get("measure", "not_admitted") != "not_admitted":
        clash.add("measure")  # "HS kết nạp" below "I. Chuyển trường"
    facets.update(dict.fromkeys(own.unclear, ""))
    return facets, clash, open_wording


def _of_course_told(facets: Mapping, around: Background) -> Mapping:
    """Return what is told around a table for a number: of a line about a course, which course for those sent to it."""
    if not around.course_told or facets.get("measure") in (None, "trained", "nominated"):
        return around.facets
    return {facet: value for facet, value in around.facets.items() if facet != "cohort"}


def _of_section(options: tuple, own: Meaning) -> tuple:
    """Return what a section leaves open for a number: not what is counted, where headers name that themselves."""
    return tuple(one for one in options if not (own.weak and all("measure" in reading for reading in one)))


def _decide(facets: dict, options: tuple, around: Background, weak: frozenset[str]) -> tuple:
    """Settle wordings with two readings by what is known already; return the readings of the first that stays open.

    That nothing names what is counted does not make "CT" the number of those confirmed. What is known and not
    counted ("CB", cells of the Party) stays open. A title's measure makes nothing a part that may be counted itself:
    who is eligible ("đủ điều kiện") under a title of admissions is not admitted. `weak`: a measure is named that
    yields, so that none is wanted ("HS", "CT" below "Học lớp nhận thức về Đảng") but one of the course ("Giới thiệu").
    """
    still_open: tuple = ()
    for readings in options:
        fitting = [reading for reading in readings if fits(reading, facets)]
        if weak == {"trained"} and "measure" not in facets:
            sent = [reading for reading in fitting if reading == {"measure": "nominated"}]
            fitting = sent or [reading for reading in fitting if not reading.keys() & {"measure", "role"}] or fitting
        if len(fitting) > 1:
            known = {**around.facets, **facets}
            if known.get("group") == "all" and "group" not in facets:
                del known["group"]  # "HỌC SINH, CBGVNV" over "HS | CBGVNV"
            open_facets = set(NEEDED) - known.keys() - ({"measure"} if weak else set())
            wanted = [r for r in fitting if open_facets & r.keys()]
            wanted = wanted or [r for r in fitting if fits(r, known)]
            fitting = wanted if len(wanted) == 1 and ("measure" in known or "measure" not in wanted[0]) else fitting
        only_by_title = "measure" not in facets and any("measure" in reading for reading in readings)
        if len(fitting) == 1 and _is_counted(fitting[0]) and not (only_by_title and fitting[0].keys() == {"breakdown"}):
            add_reading(facets, set(), set(), set(), fitting[0], False)
        else:
            still_open = still_open or readings
    return still_open


def decided(options: tuple, facets: Mapping) -> dict:
    """Return the facets that wordings with two readings were found to give: "HS" is "học sinh" here."""
    found: dict = {}
    for readings in options:
        said = [reading for reading in readings if _says(facets, reading)]
        if len(said) == 1:
            add_reading(found, set(), set(), set(), said[0], False)
    return found


def _says(facets: Mapping, reading: Mapping[str, str]) -> bool:
    parts = facets.get("breakdown", frozenset())
    return all(
        parts.issuperset(value.split("+")) if facet == "breakdown" else facets.get(facet) == value
        for facet, value in reading.items()
    )


def _is_counted(reading: Mapping[str, str]) -> bool:
    return all(f not in BOUND or value in vocabulary.known_values(f) for f, value in reading.items())


def _names_course(own: Meaning) -> bool:
    """Tell whether headers name the course and nothing else: those who took it, if not said otherwise of them.

    Of a course of a year a title may say how many were admitted.
    """
    return own.weak == {"trained"} and not own.facets.keys() & {"measure", "cohort"}


def _take_measure(facets: dict, own: Meaning, section: frozenset[str], around: Background, clash: set[str]) -> None:
    """Take a weak measure: a section's before the surroundings', which go before the header's own.

    The course goes before a title of what comes after it. In a section of the pool "Số học sinh" names who is counted.
    """
    weak = (section if own.weak == {"headcount"} else own.weak) or own.weak or section
    by_title = around.facets.get("measure")
    if _names_course(own) and by_title not in OF_COURSE:
        by_title = None
    if by_title is not None and not (section and not own.weak):
        facets["measure"] = by_title
    elif len(weak) == 1:
        facets["measure"] = next(iter(weak))
    elif weak:
        clash.add("measure")


def _take_time(facets: dict, own: Meaning, sections: Meaning, around: Background, as_of: date | None) -> None:
    part = own.part or sections.part
    period = facets.get("period")
    if part:
        facets["period"] = _part_of(part, period, around)
    elif period is None and facets.get("cohort") and facets.get("measure") in ("trained", "nominated"):
        facets["period"] = facets["cohort"][:4]
    elif period is None and facets.get("cohort") and facets.get("measure") == "admitted":
        facets["period"] = None  # admitted in a cohort needs a period of its own
    elif period is None and (
        since := own.since or sections.since or (around.since if "period" not in around.facets else None)
    ):
        until = next(iter(own.days or sections.days), as_of) if own.since or sections.since else as_of
        facets["period"] = f"{since}/{until.year}-{until.month:02}" if until else None
    if "period" in facets and facets["period"] is None and not part and "cohort" not in facets:
        del facets["period"]


def _take_year_of_course(facets: dict, around: Background, by_title: bool) -> None:
    """Take the year of a course that a title numbers ("khóa IV năm 2023"): those sent to it are of that year.

    So they are of a course that is named beside another year; `by_title`: which only a title names.
    """
    year, period = facets.get("cohort", "")[:4], facets.get("period")
    if not year or facets.get("measure") not in ("trained", "nominated") or around.part:
        return
    of_other = by_title and period and not start_date(period).year <= int(year) <= end_date(period).year
    if of_other or ("/" in facets["cohort"] and "period" not in facets):
        facets["period"] = year


def _part_of(part: str, period: str | None, around: Background) -> str | None:
    """Return the part of a year that headers and sections name, beside the period that they name, if any."""
    if period is None and part[0] == "=":
        return yearparts.part_of(part, around.facets.get("period") or "")
    if period is None:
        year = around.year or around.facets.get("period") or ""
        return yearparts.part_of(part, year)
    found = yearparts.part_of(part, period)
    if part == yearparts.WHOLE:
        return found if found == period else None  # the plan of a year, beside a quarter
    return found if yearparts.takes_part(period) else period


def _take_bound(facets: dict, around: Background) -> None:
    for facet, (measure, value) in around.bound.items():
        if facet not in facets and measure in (None, facets.get("measure")):
            facets[facet] = value


def _take_parts(facets: dict, around: Background) -> None:
    """Add the parts that texts around a table name ("học sinh lớp 12"), if they can meet what is nearer ("nữ")."""
    for parts in parts_around(facets, around):
        own = facets.get("breakdown", frozenset())
        if not exclude(own, parts) and group_of(parts) in (None, facets.get("group")):
            facets["breakdown"] = own | parts


def parts_around(facets: Mapping, around: Background) -> list[frozenset[str]]:
    """Return the parts that texts around a table name of what a number counts."""
    return [parts for measure, parts in around.parts if measure in (None, facets.get("measure"))]
