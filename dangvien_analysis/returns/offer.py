"""What the texts around a table offer for facets that its headers leave open, heard from the nearest on."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dangvien_analysis.periods import end_date, start_date, within
from dangvien_analysis.returns.background import Background
from dangvien_analysis.returns.facets import BOUND, OF_COURSE
from dangvien_analysis.returns.half_read import denied, half_read_part, names_span
from dangvien_analysis.settings import Collection
from dangvien_analysis.tables.columns import NOT_OF_PEOPLE
from dangvien_analysis.wording import yearparts
from dangvien_analysis.wording.events import EVENT, REMARK, names_course_only
from dangvien_analysis.wording.outlook import OUTLOOK
from dangvien_analysis.wording.said import Said, exclude, group_of

MULTIPLES = frozenset({"nghìn", "ngàn", "trăm", "chục", "triệu", "nghin", "ngan", "tram", "chuc", "trieu"})
# Of all parts those that no letterhead and no plain title speaks of.
PARTS = frozenset({"female", "male", "ethnic_minority", "religious", "grade_10", "grade_11", "grade_12", "age_18"})


class Level(NamedTuple):
    """Texts around a table that stand together; `strange`: they may say that it is about something nobody knows.

    `apart`: where a nearer text names a year, it may be another than that of which they name a part.
    """

    texts: list[Said]
    strange: bool = False
    of: str = "title"  # or "sheet" or "file", whose name it is
    apart: bool = False


def background(levels: Iterable[Level], said_by_headers: dict[str, set], collection: Collection) -> Background:
    """Return what the texts of `levels` (nearest first) and at last the collection offer."""
    offer = Offer(said_by_headers)
    strange = measure_unclear = False
    for level in levels:
        open_before = "measure" not in offer.facets
        offer.begin_level(level)
        for said in level.texts:
            offer.hear(said)
        offer.end_level(level.texts)
        measure_unclear = measure_unclear or (strange and open_before and "measure" in offer.facets)
        strange = strange or level.strange
    if len(collection.schools) == 1:
        offer.facets.setdefault("school", collection.schools[0].id)
    if len(collection.periods) == 1 and not offer.since:
        offer.facets.setdefault("period", collection.periods[0])
    year = offer.take_part()
    if offer.unit_group:
        offer.facets.setdefault("group", offer.unit_group)
    unclear = offer.kind_unclear or (offer.cites_plan and not offer.reports)
    return Background(
        offer.facets,
        offer.bound,
        tuple(offer.parts),
        offer.part if year is None and offer.part != yearparts.EACH else None,
        year,
        offer.since,
        offer.kind_denied,
        unclear and "kind" not in offer.bound,
        offer.part_unclear,
        offer.unit_unclear,
        measure_unclear,
        speaks_of_others(offer.roles, said_by_headers) or offer.denies_admissions(),
        offer.unit_group,
        offer.of_course,
        offer.group_of_title,
        offer.period_unclear,
        OUTLOOK in offer.roles,
        offer.estimate_apart,
        course_told=offer.course_told,
    )


class Offer:
    """What the texts around a table offer, heard one after another from the nearest on."""

    def __init__(self, said_by_headers: dict[str, set]) -> None:
        self.said_by_headers = said_by_headers
        self.facets: dict = {}
        self.bound: dict = {}
        self.parts: list[tuple[str | None, frozenset[str]]] = []
        self.part_unclear: frozenset[str] = frozenset()
        self.roles: set[str] = set()
        self.part: str | None = None
        self.since: str | None = None
        self.period_unclear = self.estimate_apart = False
        self._term: str | None = None  # a period of many years, which yields to one that is named beside it
        self._together = False  # the part stands in one of the texts heard now
        self._part_first = False  # the part stands nearer than the year
        self._before = False  # texts of a level before this one name the period
        self._nearer = False  # a text nearer than those heard now names the period
        self.unit_group: str | None = None
        self.group_of_title = False
        self.kind_denied = self.kind_unclear = self.unit_unclear = False
        self.in_title = self.in_file_name = False  # where the text stands that is heard
        self._nearer_kind_unclear = False  # a text nearer than those heard now leaves it open
        self.waiting = self.of_course = False  # those not admitted, or all who took the course, are spoken of
        self.course_told = False  # the course is named by a line about it, and by no title
        self.reports = self.cites_plan = False  # a title is that of a report; the plan named is another document

    def begin_level(self, level: Level) -> None:
        """Pass to texts that stand farther away."""
        self.in_title, self.in_file_name = level.of == "title", level.of == "file"
        self._before = "period" in self.facets
        self._nearer = level.apart and self._before
        self._together = False
        self._nearer_kind_unclear = self.kind_unclear

    def end_level(self, saids: Iterable[Said]) -> None:
        """Leave the period open for no farther text where one was named in a way that nobody can read."""
        if self._term and not self.since:
            self.facets.setdefault("period", self._term)
        if any(_names_times(said) for said in saids) and not self.since:
            self.facets.setdefault("period", "")

    def take_part(self) -> str | None:
        """Make the period the part that was spoken of; return what it is a part of, where that is known.

        "6 tháng đầu năm" in one text and "năm 2024" in another are the first half of 2024.
        """
        named, part = self.facets.get("period"), self.part
        if not part or not named:
            return named
        found = yearparts.part_of(part, named)
        if yearparts.takes_part(named) or self._part_first:
            self.facets["period"] = found or ""
            self.period_unclear = self.period_unclear or (found is not None and not within(found, named))
        elif part != yearparts.WHOLE:  # "quý III" in a file's name is when the return of nine months was made
            self.period_unclear = self.period_unclear or found is None or end_date(found) != end_date(named)
        return named

    def hear(self, said: Said) -> None:
        """Take from a text what no nearer one has said."""
        self._hear_kind(said)
        self.waiting = self.waiting or said.facets.get("measure") == "not_admitted"
        if said.facets.get("measure", said.weak) in OF_COURSE - {"nominated"} and "measure" not in said.clash:
            self.of_course = True
        self.roles |= said.roles
        if EVENT in said.roles and "cohort" not in said.facets and not self.said_by_headers.get("measure"):
            self.period_unclear = True  # the numbers may be those of that course, or of that ceremony, alone
        self.part_unclear |= _half_said_parts(said)
        self.unit_unclear = self.unit_unclear or is_other_unit(said)
        self._hear_part(said.time.part or half_read_part(said))
        if unknown := denied(said):
            self.facets = {**unknown, **self.facets}
            return
        self._hear_next(said.facets.get("period") or "")
        self.since = self.since or (None if "period" in self.facets else said.time.since)
        self._hear_narrower(said.facets.get("period") or "")
        if said.unknown_school:
            self.facets.setdefault("school", "")  # not registered: no farther text may name another school
        for facet, value in said.facets.items():
            if facet not in {*said.clash, *self.facets, *self.bound}:
                self._take(facet, value, said)
        if said.weak and "measure" not in self.facets and "measure" not in said.facets:
            self._bind("measure", said.weak, said)

    def _take(self, facet: str, value: str | frozenset[str], said: Said) -> None:
        """Take what a text says of one facet."""
        if facet == "period":
            if (
                yearparts.is_term(value) or REMARK in said.roles
            ):  # "nhiệm kỳ 2020-2025" over the report of one of its years
                self._term = self._term or value
            elif not self.since:
                self.facets[facet] = value
        elif facet == "group" and said.unit_group:  # a title says better whom it is about
            self.unit_group = self.unit_group or said.unit_group
        elif facet == "breakdown":
            self._hear_parts(value, said)
        elif facet in BOUND:
            self._bind(facet, value, said)
        elif facet != "group" or "breakdown" not in said.facets or said.understood_but_measure:
            self.facets[facet] = value
            self.course_told = self.course_told or (facet == "cohort" and names_course_only(said))
            self.group_of_title = self.group_of_title or (facet == "group" and "title" in said.roles)

    def denies_admissions(self) -> bool:
        """Tell whether a text speaks of those not admitted, where the table itself names only those who were."""
        named = self.said_by_headers.get("measure", set())
        return self.waiting and "admitted" in named and "not_admitted" not in named

    def _hear_next(self, period: str) -> None:
        """Leave the period open where a title names this and what comes next, and a name tells of a later one."""
        named = self.facets.get("period")
        if period and named and not self.in_title and OUTLOOK in self.roles and end_date(named) < start_date(period):
            self.facets["period"] = ""

    def _hear_narrower(self, period: str) -> None:
        """Take a part of a year from a text beside the one that names the year: "Thực hiện Kế hoạch năm 2024"."""
        named = self.facets.get("period") or ""
        if period and not self._before and yearparts.takes_part(named) and within(period, named):
            self.facets["period"] = period

    def _hear_part(self, part: str | None) -> None:
        """Take a part of a year; one that stands farther away than the year is asked about."""
        named = self.facets.get("period")
        if not part or named == "":
            return
        if self.part:
            if self._together and not yearparts.may_hold(part, self.part):
                self.part = yearparts.UNKNOWN  # "quý IV" in one line, "cả năm" in the other
            return
        self._together = True
        if self._nearer and yearparts.takes_part(named):
            found = yearparts.part_of(part, named)
            self.period_unclear = self.period_unclear or found != named
            self.part = part if found else None
        else:
            self.part, self._part_first = part, named is None

    def _hear_kind(self, said: Said) -> None:
        """Note whether a target or an estimate is spoken of that headers deny, or in words half understood."""
        if self.in_title:
            self.reports = self.reports or "report" in said.roles or said.facets.get("kind") == "actual"
        self.cites_plan = self.cites_plan or "cited_plan" in said.roles
        undecided = bool(said.roles & {"planning", "programme"}) or "kind" in said.undecided
        self.kind_unclear = self.kind_unclear or (undecided and "kind" not in self.bound and half_said_kind(said))
        if said.facets.get("kind", "actual") == "actual" or self.kind_denied or "kind" in self.bound:
            return
        named = self.said_by_headers.get("kind", set())
        self.kind_denied = said.understood_but_measure and bool(named - {said.facets["kind"]})
        self.kind_unclear = self.kind_unclear or half_said_kind(said)

    def _hear_parts(self, parts: frozenset[str], said: Said) -> None:
        """Take parts of the people from a text that was understood as a whole, unless a nearer one excludes them."""
        excluded = any(exclude(nearer, parts) for _, nearer in self.parts)
        of_others = self.facets.get("group") and group_of(parts) not in (None, self.facets["group"])
        if said.understood_but_measure and not excluded and not of_others:
            self.parts.append((said.facets.get("measure"), parts))

    def _bind(self, facet: str, value: str, said: Said) -> None:
        """Take measure, kind or reason from a text outside tables.

        Only if it was understood as a whole, also where a wording of it has two readings, only for the measure it
        names, and only where no header of the table names another.
        """
        understood = said.understood_but_measure or (facet == "measure" and _names_years_only(said))
        if not understood or self.said_by_headers.get(facet, set()) - {value}:
            return
        if said.undecided & ({"measure", "reason"} if facet == "measure" else {facet}):
            return
        if facet == "measure":
            self.facets["measure"] = value
        elif facet == "kind" and value != "actual" and self.in_file_name and self.reports:
            self.kind_unclear = True  # "Kế hoạch phát triển đảng.xlsx", with a report in it
        elif facet != "kind" or not self._nearer_kind_unclear:  # "Kết quả" over "Phương hướng năm 2025"
            self.bound[facet] = (None if "measure" in said.clash else said.facets.get("measure"), value)
            self.estimate_apart = self.estimate_apart or (value == "estimate" and self._is_of_another_time(said))

    def _is_of_another_time(self, said: Said) -> bool:
        """Tell whether a text may speak of another time than that which names the period: "Ước" below a title."""
        named = self.facets.get("period")
        if said.time.part:
            return self._nearer and yearparts.part_of(said.time.part, named) != named
        if "period" in said.facets:
            return self._nearer and said.facets["period"] != named
        return not self.in_title or not (named or self.part)


def _names_years_only(said: Said) -> bool:
    """Tell whether a text is understood but for its naming several years, which the table has: "NĂM 2023, 2024"."""
    years = said.clash == ("period",) and not (said.time.part or said.time.since)
    return years and said._replace(clash=()).understood and said.facets.get("kind", "actual") == "actual"


def half_said_kind(said: Said) -> bool:
    """Tell whether a text speaks of a target or an estimate in words not all understood, or of plans."""
    planned = said.roles & ({"planning"} if "report" in said.roles else {"planning", "programme"})
    if planned and "kind" not in said.facets:
        return True
    if "kind" in said.undecided:
        kinds = {reading.get("kind", "actual") for readings in said.options for reading in readings}
        return kinds | {said.facets.get("kind", "actual")} != {"actual"}
    return said.facets.get("kind", "actual") != "actual" and not said.understood_but_measure


def _half_said_parts(said: Said) -> frozenset[str]:
    """Return the parts of the students or the staff that a text names in words that were not all understood."""
    if "group" not in said.facets or said.understood_but_measure:
        return frozenset()
    return said.facets.get("breakdown", frozenset()) & PARTS


def speaks_of_others(roles: set[str], said_by_headers: Mapping[str, set]) -> bool:
    """Tell whether texts speak of shares, running totals or classes, and no header tells where these stand."""
    return bool((roles & NOT_OF_PEOPLE) - said_by_headers.get("role", set()))


def is_other_unit(said: Said) -> bool:
    """Tell whether a text says that the numbers are not of single people: "ĐVT: nghìn người", "ĐVT: %"."""
    if "other_unit" in said.roles:
        return True
    return bool(said.left) and set(said.left) <= MULTIPLES


def _names_times(said: Said) -> bool:
    """Tell whether a text names several times, and not one that its numbers are of: "2020-2023", "2022 và 2023"."""
    return "period" in said.clash or ("period" not in said.facets and names_span(said.left))
