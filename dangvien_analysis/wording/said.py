"""What a text says, put together from the readings of its phrases."""

from collections.abc import Mapping
from typing import NamedTuple

from dangvien_analysis.periods import parse
from dangvien_analysis.wording import timewords, yearparts
from dangvien_analysis.wording.cover import Match
from dangvien_analysis.wording.timewords import Time

# Parts that exclude each other; parts of different lines can meet in one number ("nữ, DTTS").
STAFF_PARTS = {"manager", "teacher", "employee"}
WHOLE = "whole"  # the role of "Toàn trường" alone: all of those whom the texts around speak of, else the whole unit
MEMBERS_ONLY = {"probationary", "official"}
GRADES = {"grade_10", "grade_11", "grade_12"}
VIA = {"via_youth_union", "via_trade_union"}
EXCLUSIVE = (
    {"female", "male"},
    GRADES,
    STAFF_PARTS,
    {"probationary", "official"},
    VIA,
)
# Roles of reasons that may be said of others, too: what happens to anybody, and a stage before admission.
PERHAPS_REASONS = frozenset({"life", "stage"})
_BY_PLAN = ({"kind": "target"}, {"kind": "actual"})  # "Kết nạp theo chỉ tiêu"
_PUPILS = {"group": "student"}
# The group of which alone there are such parts.
_GROUPS = {**dict.fromkeys((*GRADES, "age_18"), "student"), **dict.fromkeys(STAFF_PARTS, "staff")}


class Said(NamedTuple):
    """What one text says.

    `facets`: one value each (`breakdown` a frozenset of parts). `weak`: a measure that yields to any other.
    `options`: readings left open by wordings that have two. `left`: words not understood. `clash`: facets with two
    values. `ratio`: what stands before and after "/" or "so với". `unit_group`: the group that only the unit names.
    `yielded`: weak measures that yielded to that of another phrase.
    """

    facets: Mapping[str, str | frozenset[str]] = {}
    weak: str | None = None
    roles: frozenset[str] = frozenset()
    options: tuple[tuple[Mapping[str, str], ...], ...] = ()
    left: tuple[str, ...] = ()
    clash: tuple[str, ...] = ()
    time: Time = timewords.NOTHING
    ratio: tuple["Said", "Said"] | None = None
    unknown_school: bool = False
    unit_group: str | None = None
    yielded: frozenset[str] = frozenset()

    @property
    def nothing(self) -> bool:
        """Tell whether the text says nothing at all: only neutral words."""
        return not (self.facets or self.weak or self.roles or self.options or self.left or self.time.part)

    @property
    def strange(self) -> bool:
        """Tell whether nothing in the text is known to say anything, though it has more than neutral words."""
        return bool(self.left) and self._replace(left=(), unknown_school=False) == Said()

    @property
    def understood(self) -> bool:
        """Tell whether every word was understood, in one way."""
        return not (self.left or self.clash or self.nothing or self.unknown_school)

    @property
    def understood_but_measure(self) -> bool:
        """Tell whether every word was understood, and in one way unless it says what is counted.

        "Chỉ tiêu cử đi học và kết nạp" speaks of the targets for both.
        """
        return self._replace(clash=tuple(facet for facet in self.clash if facet != "measure")).understood

    @property
    def undecided(self) -> set[str]:
        """The facets of which a wording that stays open may say something: what is said of them may be more."""
        return {facet for readings in self.options for reading in readings for facet in reading}


def settle(matches: list[Match]) -> Said:
    """Put the readings of all phrases of one text together; a wording with two readings takes the one that fits."""
    facets: dict = {}
    weak: set[str] = set()
    roles: set[str] = set()
    clash: set[str] = set()
    undecided = []
    for match in matches:
        if len(match.readings) > 1:
            undecided.append(match.readings)
        else:
            add_reading(facets, weak, roles, clash, match.readings[0], match.weak)
    if any(_names_waiting(match.readings[0]) for match in matches):
        roles -= PERHAPS_REASONS  # "chưa kết nạp do chưa đủ tuổi" is a reason, "chưa đủ tuổi" alone perhaps not
    options = [_BY_PLAN] if "by_plan" in roles and "kind" not in facets else []
    for readings in undecided:
        fitting = [reading for reading in readings if fits(reading, facets)]
        fitting = [reading for reading in fitting if _of_course(reading, weak)] or fitting
        said_already = [reading for reading in fitting if reading.items() <= facets.items()]
        fitting = said_already or fitting
        if _PUPILS in fitting and facets.get("breakdown", frozenset()) - VIA:
            fitting = [_PUPILS]  # "HS nữ", "HS đủ 18 tuổi": papers have neither sex nor age
        if len(fitting) == 1:
            add_reading(facets, weak, roles, clash, fitting[0], False)
        else:
            options.append(tuple(fitting or readings))
    drop_staff_parts(facets)
    if "helper" in roles and facets.get("group") == "staff":
        clash.add("measure")  # teachers who help, or who are helped
    if len(weak) > 1 and "measure" not in facets:
        clash.add("measure")
    single = next(iter(weak)) if len(weak) == 1 and "measure" not in facets else None
    yielded = frozenset(weak - {facets["measure"]}) if "measure" in facets else frozenset()
    return Said(facets, single, frozenset(roles), tuple(options), clash=tuple(sorted(clash)), yielded=yielded)


def _of_course(reading: Mapping[str, str], weak: set[str]) -> bool:
    """Tell whether a reading is about the course that a text names: "giới thiệu học sinh học lớp nhận thức"."""
    return "trained" in weak and reading.get("measure") in {"nominated", "trained"}


def _names_waiting(reading: Mapping[str, str]) -> bool:
    """Tell whether a wording names those not admitted, and no reason."""
    return reading.get("measure") == "not_admitted" and "reason" not in reading


def add_reading(facets: dict, weak: set, roles: set, clash: set, reading: Mapping[str, str], is_weak: bool) -> None:
    """Add one reading to what a text says so far, noting facets that get a second value."""
    for facet, value in reading.items():
        if facet == "role":
            roles.update(value.split("+"))
        elif facet == "neutral":
            if value == "carrier":
                roles.add("carrier")
        elif facet == "breakdown":
            parts = frozenset(value.split("+"))
            facets["breakdown"] = facets.get("breakdown", frozenset()) | parts
        elif facet == "measure" and is_weak:
            weak.add(value)
        elif facets.setdefault(facet, value) != value:
            clash.add(facet)
    if breakdowns_clash(facets.get("breakdown", frozenset())):
        clash.add("breakdown")


def choose(said: Said, reading: Mapping[str, str]) -> Said:
    """Return what a text says when a wording that may say several things says this."""
    if not any(reading in readings for readings in said.options):
        return said
    facets, roles, clash = dict(said.facets), set(said.roles), set(said.clash)
    add_reading(facets, set(), roles, clash, reading, False)
    options = tuple(readings for readings in said.options if reading not in readings)
    return said._replace(facets=facets, roles=frozenset(roles), clash=tuple(sorted(clash)), options=options)


def fits(reading: Mapping[str, str], facets: Mapping) -> bool:
    """Tell whether a reading says nothing that what is known denies."""
    for facet, value in reading.items():
        if facet == "breakdown":
            if breakdowns_clash(facets.get("breakdown", frozenset()) | frozenset(value.split("+"))):
                return False
        elif facet in facets and facets[facet] != value:
            return False
    if reading.get("breakdown") in MEMBERS_ONLY and facets.get("measure", "party_members") != "party_members":
        return False  # nobody is admitted as a full member
    if "reason" in reading and facets.get("measure", "not_admitted") != "not_admitted":
        return False
    # A role of its own cannot be what a text that already names a measure or a group is about.
    return not ("role" in reading and facets.keys() & {"measure", "group", "kind"})


def breakdowns_clash(parts: frozenset[str]) -> bool:
    """Tell whether two parts exclude each other (nữ and nam); several parts of the staff are all of it."""
    return any(len(parts & line) > 1 for line in EXCLUSIVE if line is not STAFF_PARTS)


def exclude(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether nobody is in both of two parts, or sets of parts."""
    return any(one & line and other & line and not one & other & line for line in EXCLUSIVE)


def group_of(parts: frozenset[str]) -> str | None:
    """Return the group of which alone there are such parts, if there is one."""
    groups = {_GROUPS[part] for part in parts if part in _GROUPS}
    return next(iter(groups)) if len(groups) == 1 else None


def drop_staff_parts(facets: dict) -> None:
    """Read "cán bộ quản lý, giáo viên và nhân viên" as all staff: two or more parts of the staff are no part."""
    parts = facets.get("breakdown", frozenset())
    if len(parts & STAFF_PARTS) > 1:
        facets["breakdown"] = parts - STAFF_PARTS
        if not facets["breakdown"]:
            del facets["breakdown"]


def with_time(said: Said, time: Time) -> Said:
    """Add the periods and courses found in a text; two of them in one text contradict each other."""
    if time == timewords.NOTHING:
        return said
    facets, clash = dict(said.facets), set(said.clash)
    for facet, found in (("period", _without_year(time.periods)), ("cohort", time.cohorts)):
        if len(found) > 1:
            clash.add(facet)
        elif found:
            facets[facet] = found[0]
    whole = time.part in (yearparts.WHOLE, yearparts.EACH)
    if (
        time.part
        and time.part != yearparts.EACH
        and "period" not in clash
        and yearparts.takes_part(facets.get("period", ""))
    ):
        if period := yearparts.part_of(time.part, facets["period"]):
            facets["period"], time = period, time._replace(part=time.part if whole else None)
        else:
            time = time._replace(unread=True)  # "10 tháng đầu năm học 2022-2023" is not the whole of it
    elif time.part and not whole and "period" in facets:
        time = time._replace(unread=True)
    left = (*said.left, "?") if time.unread else said.left
    return said._replace(facets=facets, clash=tuple(sorted(clash)), time=time, left=left)


def _without_year(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return the twelve months, of two periods, that are called the year: "năm 2024 (từ 01/12/2023 đến 30/11/2024)"."""
    years = [period for period in found if len(period) == len("2023")]
    runs = [period for period in found if "/" in period]
    if len(found) != 2 or not (years and runs):
        return found
    (y1, m1), (y2, m2), _ = parse(runs[0])
    return (runs[0],) if str(y2) == years[0] and 12 * (y2 - y1) + m2 - m1 == 11 else found


def says_what(side: Said) -> bool:
    """Tell whether a side of a rate says what is counted, or whether it was done or planned; "HS" may be pupils."""
    undecided = side.options and "group" not in side.undecided
    return bool(side.facets.keys() & {"measure", "kind"} or undecided or side.weak)


def is_whole_of(over: Said, under: Said) -> bool:
    """Tell whether what stands below a stroke names people of whom those above are a part, and nothing counted of them.

    "Kết nạp học sinh/giáo viên" and "kết nạp cán bộ/giáo viên" are of either.
    """
    if says_what(under):
        return False
    parts = under.facets.get("breakdown", frozenset())
    same = over.facets.get("group") in (None, under.facets.get("group")) or bool(under.options)
    of_staff = over.facets.get("group") == "staff" and parts != over.facets.get("breakdown", frozenset())
    return "total" in under.roles or ("group" in {*under.facets, *under.undecided} and same and not of_staff)
