"""What a text says, put together from the readings of its phrases."""

from collections.abc import Mapping
from typing import NamedTuple

from dangvien_analysis.wording import timewords, yearparts
from dangvien_analysis.wording.cover import Match
from dangvien_analysis.wording.timewords import Time

# Parts that exclude each other; parts of different lines can meet in one number ("nữ, DTTS").
STAFF_PARTS = {"manager", "teacher", "employee"}
EXCLUSIVE = (
    {"female", "male"},
    {"grade_10", "grade_11", "grade_12"},
    STAFF_PARTS,
    {"probationary", "official"},
    {"via_youth_union", "via_trade_union"},
)


class Said(NamedTuple):
    """What one text says.

    `facets`: one value each (`breakdown` a frozenset of parts). `weak`: a measure that yields to any other.
    `options`: readings left open by wordings that have two. `left`: words not understood. `clash`: facets with two
    values. `ratio`: what stands before and after "/" or "so với". `unit_group`: the group that only the unit names.
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
    options = []
    for readings in undecided:
        fitting = [reading for reading in readings if fits(reading, facets)]
        said_already = [reading for reading in fitting if reading.items() <= facets.items()]
        fitting = said_already or fitting
        if len(fitting) == 1:
            add_reading(facets, weak, roles, clash, fitting[0], False)
        else:
            options.append(tuple(fitting or readings))
    drop_staff_parts(facets)
    if len(weak) > 1 and "measure" not in facets:
        clash.add("measure")
    single = next(iter(weak)) if len(weak) == 1 and "measure" not in facets else None
    return Said(facets, single, frozenset(roles), tuple(options), clash=tuple(sorted(clash)))


def add_reading(facets: dict, weak: set, roles: set, clash: set, reading: Mapping[str, str], is_weak: bool) -> None:
    """Add one reading to what a text says so far, noting facets that get a second value."""
    for facet, value in reading.items():
        if facet == "role":
            roles.add(value)
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
    if "reason" in reading and facets.get("measure", "not_admitted") != "not_admitted":
        return False
    # A role of its own cannot be what a text that already names a measure or a group is about.
    return not ("role" in reading and facets.keys() & {"measure", "group", "kind"})


def breakdowns_clash(parts: frozenset[str]) -> bool:
    """Tell whether two parts exclude each other (nữ and nam); several parts of the staff are all of it."""
    return any(len(parts & line) > 1 for line in EXCLUSIVE if line is not STAFF_PARTS)


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
    for facet, found in (("period", time.periods), ("cohort", time.cohorts)):
        if len(found) > 1:
            clash.add(facet)
        elif found:
            facets[facet] = found[0]
    whole = time.part == yearparts.WHOLE
    if time.part and "period" not in clash and yearparts.takes_part(facets.get("period", "")):
        if period := yearparts.part_of(time.part, facets["period"]):
            facets["period"], time = period, time._replace(part=time.part if whole else None)
        else:
            time = time._replace(unread=True)  # "10 tháng đầu năm học 2022-2023" is not the whole of it
    elif time.part and not whole and "period" in facets:
        time = time._replace(unread=True)
    left = (*said.left, "?") if time.unread else said.left
    return said._replace(facets=facets, clash=tuple(sorted(clash)), time=time, left=left)
