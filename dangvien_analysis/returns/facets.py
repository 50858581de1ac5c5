"""The union of what the texts over and beside a number say.

Own headers and row labels must agree; a section, a heading or a title fills only what they leave open.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from dangvien_analysis import vocabulary
from dangvien_analysis.periods import end_date, start_date
from dangvien_analysis.returns.background import Background
from dangvien_analysis.wording import yearparts
from dangvien_analysis.wording.said import EXCLUSIVE, WHOLE, Said, add_reading, exclude, fits, group_of

NEEDED = ("school", "period", "group", "measure")
# A stage of its own, but under those who were not admitted a reason: "Đang hoàn thiện hồ sơ", "Ra trường".
REASON_OF = {"dossier": "dossier_incomplete", "departed": "left_school"}
# What may be said of the people of a course that is named: a title of any of these tells which of them are counted.
OF_COURSE = {"nominated", "trained", "not_admitted", "departed", "expired", "handed_over", "admitted_elsewhere"}
# Outside tables these count only where the whole text was understood.
BOUND = ("measure", "kind", "breakdown", "reason")


class Meaning(NamedTuple):
    """What several texts say together; `clash` holds facets with two values, `weak` measures that yield.

    `unclear`: facets of which nobody can tell what was meant, whatever is said farther away.
    `days`: those up to which, or on which, something was done. `of_cell`: all members of the Party's cell are named.
    """

    facets: Mapping = {}
    weak: frozenset[str] = frozenset()
    options: tuple = ()
    part: str | None = None
    since: str | None = None
    clash: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()
    days: tuple[date, ...] = ()
    of_cell: bool = False

    def names(self, facet: str) -> bool:
        """Tell whether something is said of a facet, also in a wording that yields or has two readings."""
        said = facet in self.facets or any(facet in reading for readings in self.options for reading in readings)
        return said or (facet == "measure" and bool(self.weak))

    def names_any(self, measures: set[str]) -> bool:
        """Tell whether one of these measures is named, perhaps weakly."""
        return self.facets.get("measure") in measures or bool(self.weak & measures)


EMPTY = Meaning()


def union(saids: Iterable[Said]) -> Meaning:
    """Return what texts of one axis (a column's headers, a row's labels) say together."""
    facets: dict = {}
    weak: set[str] = set()
    clash: set[str] = set()
    options: list = []
    part = since = None
    of_cell = False
    untils: list[date | None] = []
    events: list[date | None] = []
    for said in saids:
        merge_facets(facets, {**said.facets, "group": WHOLE} if WHOLE in said.roles else said.facets, clash)
        clash.update(said.clash)
        weak.update({said.weak} if said.weak else ())
        options += said.options
        of_cell = of_cell or "cell" in said.roles
        if part in (None, yearparts.EACH):
            part = said.time.part or part
        since = since or said.time.since
        untils.append(said.time.as_of)
        events.append(said.time.dateline)
    if facets.get("kind", "actual") != "actual":
        events = []  # the day on which a target was given
    days = tuple(day for day in (*untils, *events) if day)
    return Meaning(facets, frozenset(weak), tuple(options), part, since, frozenset(clash), days=days, of_cell=of_cell)


def merge_facets(facets: dict, more: Mapping, clash: set[str]) -> None:
    """Add facet values in place; a second, different value is a clash, but a quarter of the year said is not."""
    for facet, value in more.items():
        if facet not in facets:
            facets[facet] = value
        elif facet == "breakdown":
            facets[facet] = joined = facets[facet] | value
            if any(len(joined & line) > 1 for line in EXCLUSIVE):
                clash.add(facet)
        elif facet == "group" and WHOLE in (facets[facet], value):
            facets[facet] = value if facets[facet] == WHOLE else facets[facet]
        elif facet == "measure" and _is_reason(facets, value):
            as_reason(facets, value)
        elif facets[facet] != value:
            narrower = _narrower(facets[facet], value) if facet == "period" else None
            if narrower is None:
                clash.add(facet)
            else:
                facets[facet] = narrower


def _is_reason(facets: Mapping, measure: str) -> bool:
    """Tell whether a second measure and the first are those not admitted and a stage that is a reason."""
    said = {facets["measure"], measure}
    return "not_admitted" in said and bool(said & REASON_OF.keys()) and "reason" not in facets


def as_reason(facets: dict, measure: str | None = None) -> None:
    """Turn a stage that is a reason into that reason, in place; `measure`: a second one that was said."""
    stage = next((said for said in (facets.get("measure"), measure) if said in REASON_OF), None)
    if stage is not None:
        facets |= {"measure": "not_admitted", "reason": REASON_OF[stage]}


def _narrower(one: str, other: str) -> str | None:
    """Return the period of two that is a part of the other, a calendar year ("2024" and "2024-Q1")."""
    for year, part in ((one, other), (other, one)):
        if len(year) == 4 and part.startswith(year + "-") and part[5] in "QH":
            return part
    return None


def cross(column: Meaning, row: Meaning) -> Meaning:
    """Return what a number says that stands under one and beside the other."""
    if not row.facets.keys() & column.facets.keys():
        facets = {**row.facets, **column.facets}
        clash = column.clash | row.clash
    else:
        facets, found = dict(column.facets), set(column.clash | row.clash)
        merge_facets(facets, row.facets, found)
        clash = frozenset(found)
    return Meaning(
        facets,
        _without_headcount(column.weak | row.weak),
        column.options + row.options,
        column.part or row.part,
        column.since or row.since,
        clash,
        column.unclear | row.unclear,
        column.days + row.days,
        column.of_cell or row.of_cell,
    )


def _without_headcount(weak: frozenset[str]) -> frozenset[str]:
    """Let "Số học sinh" name who is counted where what crosses it says of what: the course, the pool."""
    return weak - {"headcount"} if len(weak) > 1 else weak


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
    open_wording = _decide(facets, options, around, bool(own.weak or sections.weak))
    if "measure" not in facets:
        _take_measure(facets, own, sections.weak, around, clash)
    _take_time(facets, own, sections, around, as_of)
    by_title = "period" not in facets
    fill(facets, around.facets)
    if own.of_cell and facets.get("measure") == "party_members" and not open_wording:
        facets.setdefault("group", "all")
    if WHOLE in (own.facets.get("group"), sections.facets.get("group")):
        fill(facets, {"group": "all"})
    _take_year_of_course(facets, around, by_title)
    _take_bound(facets, around)
    _take_parts(facets, around)
    if around.kind_denied and "kind" not in facets:
        clash.add("kind")
    facets.update(dict.fromkeys(own.unclear, ""))
    return facets, clash, open_wording


def _of_section(options: tuple, own: Meaning) -> tuple:
    """Return what a section leaves open for a number: not what is counted, where headers name that themselves."""
    return tuple(one for one in options if not (own.weak and all("measure" in reading for reading in one)))


def _decide(facets: dict, options: tuple, around: Background, weakly: bool) -> tuple:
    """Settle wordings with two readings by what is known already; return the readings of the first that stays open.

    That nothing names what is counted does not make "CT" the number of those confirmed. What is known and not
    counted ("CB", cells of the Party) stays open. A title's measure makes nothing a part that may be counted itself:
    who is eligible ("đủ điều kiện") under a title of admissions is not admitted. `weakly`: a measure is named that
    yields, so that none is wanted ("HS" over "Học lớp nhận thức về Đảng").
    """
    still_open: tuple = ()
    for readings in options:
        fitting = [reading for reading in readings if fits(reading, facets)]
        if len(fitting) > 1:
            known = {**around.facets, **facets}
            if known.get("group") == "all" and "group" not in facets:
                del known["group"]  # "HỌC SINH, CBGVNV" over "HS | CBGVNV"
            open_facets = set(NEEDED) - known.keys() - ({"measure"} if weakly else set())
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

    The course goes before a title of what comes after it.
    """
    weak = own.weak or section
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


def at_fault(said: Said) -> bool:
    """Tell whether a header or label was not understood."""
    return bool(said.left or said.clash or said.unknown_school or said.nothing)


def only_breakdown(meaning: Meaning, before: Meaning | None = None) -> bool:
    """Tell whether headers name only a part ("nữ", "trong đó: lớp 12"), whose whole stands before it.

    What else they say must be what the whole says too (its period written once more).
    """
    if "breakdown" not in meaning.facets or meaning.options:
        return False
    if meaning.weak and (before is None or meaning.weak != before.weak):
        return False
    more = meaning.facets.keys() - {"breakdown", "group"}
    return not more or (before is not None and _agree(meaning, before, more))


def _agree(meaning: Meaning, before: Meaning, facets: Iterable[str]) -> bool:
    return all(before.facets.get(facet) == meaning.facets[facet] for facet in facets)


def inherit(meaning: Meaning, before: Meaning | None) -> Meaning:
    """Give a part the open facets of the whole before it, unless the two speak of different people."""
    if before is None or any(before.facets.get(f, v) != v for f, v in meaning.facets.items() if f != "breakdown"):
        return meaning
    facets = {**{f: v for f, v in before.facets.items() if f != "breakdown"}, **meaning.facets}
    if any(f in meaning.facets for readings in before.options for reading in readings for f in reading):
        return meaning  # "HS | GV": what the one leaves open the other has said
    if "age_18" in meaning.facets["breakdown"] and before.facets.get("reason") == "under_age":
        return meaning  # "Đủ 18 tuổi" is no part of "Chưa đủ 18 tuổi"
    return meaning._replace(
        facets=facets,
        weak=before.weak,
        options=before.options,
        part=meaning.part or before.part,
        days=meaning.days or before.days,
        of_cell=before.of_cell,
    )


def missing(facets: Mapping) -> tuple[str, ...]:
    """Return the needed facets that nothing says, and others of which nobody can tell what was meant."""
    unclear = tuple(facet for facet, value in facets.items() if value == "" and facet not in NEEDED)
    return (*(facet for facet in NEEDED if not facets.get(facet)), *unclear)


def breakdown_text(parts: frozenset[str] | None) -> str:
    """Write a set of parts as `counts` does, in the order of the contract."""
    if not parts:
        return "total"
    return "+".join(value for value in vocabulary.known_values("breakdown") if value in parts)
