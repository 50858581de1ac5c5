"""Of what whole a part alone ("Nữ", "Trong đó: lớp 12") is: the one before it, where nothing else can be meant.

Behind several wholes that differ in one thing only ("Học sinh | CBGVNV | Nữ") nobody can tell whether it is a part of
the last or of all of them. It is one of the last where that stands over it by its number or in one merged header with
it, or where each of the others has such a part, too ("Học sinh | Nữ | CBGVNV | Nữ").
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from dangvien_analysis import periods
from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.facets import EMPTY, Meaning, inherit, only_breakdown
from dangvien_analysis.tables.grid import Head
from dangvien_analysis.wording import yearparts
from dangvien_analysis.wording.said import GRADES, STAFF_PARTS, exclude, group_of

OVER_DASHES = 3.5  # the rank of a row that has none, over rows that begin with a dash
# What a part has of its whole; that "Cử đi học | Kết nạp | Nữ" are women who were admitted, nobody doubts.
INHERITED = ("group", "school", "period", "kind", "cohort", "reason")
PEOPLE = GRADES | STAFF_PARTS  # parts that have parts themselves: women among the teachers


@dataclass
class Whole:
    """A column or row that stands for itself; `full`: what it means with what the rows above it say.

    `heads`: where its headers stand. `parts`: those right behind it. `unclear`: what these cannot have of it. `alone`:
    it is itself a part whose whole stands nowhere. `of_groups`: parts behind it are the students, or the staff, in it.
    """

    meaning: Meaning
    full: Meaning
    fault: Head | None = None
    rank: float | None = None
    numbered: bool = False
    heads: frozenset[Place] = frozenset()
    parts: list[frozenset[str]] = field(default_factory=list)
    unclear: frozenset[str] = frozenset()
    alone: bool = False
    of_groups: bool = False


@dataclass(frozen=True)
class Part:
    """A column or row that may name a part alone; `of_which`: it says so itself. `following`: what comes after it.

    `everybody`: it counts all of them, "Tổng số CBGVNV".
    """

    meaning: Meaning
    of_which: bool = False
    rank: float | None = None
    heads: frozenset[Place] = frozenset()
    following: Callable[[], Iterable[Meaning]] = tuple
    everybody: bool = False


class Read(NamedTuple):
    """What a column or row means, the header at fault if any, and whether it stands for itself, as a part or not.

    `of_group`: it is one group of the last whole, which counts all.
    """

    meaning: Meaning
    fault: Head | None
    stands: bool
    alone: bool = False
    of_group: bool = False


class Wholes:
    """Goes along the columns, or down the rows, of one table."""

    def __init__(self) -> None:
        self._met: list[Whole] = []

    @property
    def last(self) -> Whole | None:
        """Return the whole of which a part would be now."""
        return self._met[-1] if self._met else None

    def add(self, whole: Whole) -> None:
        """Pass a whole."""
        self._met.append(whole)

    def clear(self) -> None:
        """Begin anew, below a section."""
        self._met = []

    def close(self, rank: float) -> None:
        """Leave behind what is numbered below a rank."""
        self._met = [whole for whole in self._met if whole.rank is None or whole.rank <= rank]

    def planned(self) -> Iterator[Place]:
        """Yield headers of what stands under one header with the last whole and differs in its kind: its target."""
        whole = self.last
        for other in self._met[:-1] if whole else ():
            if other.heads & whole.heads and _but_kind(other.meaning) == _but_kind(whole.meaning):
                yield from other.heads - whole.heads

    def is_part(self, meaning: Meaning) -> bool:
        """Tell whether headers or labels name a part alone, whose open facets are those of the whole before it."""
        return only_breakdown(meaning, self.last and self.last.meaning)

    def with_case(self, meaning: Meaning) -> Meaning:
        """Return what a column of a reason means with what it has of the number whose reasons stand behind it.

        "Số học sinh chưa được kết nạp | Chưa đủ tuổi": where several such numbers, or parts of one, stand before it,
        nobody can say of which it is.
        """
        if "reason" not in meaning.facets or meaning.names("group") or "breakdown" in meaning.facets:
            return meaning
        cases = [whole for whole in self._met if _is_case_of(whole.meaning, meaning)]
        if len(cases) != 1 or cases[0].parts or cases[0].fault or cases[0].of_groups:
            return meaning
        case, later = cases[0].meaning, self._met[self._met.index(cases[0]) :]
        if any(_value(whole.meaning, "group") != _value(case, "group") for whole in later):
            return meaning  # "Số học sinh chưa được kết nạp | Số CBGVNV đã học | Chưa đủ tuổi"
        facets = {**case.facets, **meaning.facets}
        return meaning._replace(facets=facets, options=case.options, part=meaning.part or case.part)

    def read(self, part: Part, fault: Head | None, *, counts: bool = True) -> Read:
        """Return what a column or row means, which is passed; `counts`: its numbers are not rates and the like.

        One that names a part alone may be beside the last whole, not in it: "Học sinh | Giáo viên".
        """
        whole = self.last
        if whole is not None and counts and _is_group_of(part, whole):
            whole.of_groups = True
            facets = {**whole.meaning.facets, **part.meaning.facets}
            time = part.meaning.part or whole.meaning.part
            meaning = part.meaning._replace(facets=facets, weak=whole.meaning.weak, part=time)
            return Read(meaning, fault or whole.fault, stands=False, of_group=True)
        return self._read_part(part, whole, fault, counts)

    def _read_part(self, part: Part, whole: Whole | None, fault: Head | None, counts: bool) -> Read:
        if not self.is_part(part.meaning):
            return Read(self._members(part), fault, counts)
        if whole is None:
            stands = counts and part.meaning.facets["breakdown"] <= PEOPLE
            return Read(part.meaning, fault, stands, alone=True)
        if _is_of_others(part.meaning, whole.meaning):
            return Read(part.meaning, fault, counts, whole.alone)
        fault = fault or whole.fault
        if _exclude(part.meaning, whole.meaning):
            return Read(inherit(part.meaning, whole.meaning), fault, counts, whole.alone)
        if whole.alone and not (part.of_which or _is_deeper(part, whole)):
            return Read(part.meaning, fault, stands=False)  # "Giáo viên | DTTS": of all whom a title names
        return Read(self._part(part, whole) if counts else inherit(part.meaning, whole.meaning), fault, stands=False)

    def _members(self, part: Part) -> Meaning:
        """Return what "trong đó: đảng viên" means: those among the people of the last whole."""
        meaning, group = part.meaning, self.last and self.last.full.facets.get("group")
        if not (group and part.of_which and meaning.names_any({"party_members"})) or meaning.names("group"):
            return meaning
        return meaning._replace(facets={**meaning.facets, "group": group})

    def _part(self, part: Part, whole: Whole) -> Meaning:
        """Return what a part means with what it has of its whole."""
        unclear = self._unclear(part, whole) | whole.unclear - part.meaning.facets.keys()
        unclear |= {"breakdown"} if _may_be_of_part(part, whole) else set()
        meaning = inherit(part.meaning, whole.meaning)
        whole.parts.append(part.meaning.facets["breakdown"])
        whole.unclear |= unclear
        if unclear:
            return _without(meaning, unclear)
        return meaning if meaning is part.meaning else self._within(meaning, whole)

    def _within(self, meaning: Meaning, whole: Whole) -> Meaning:
        """Return what a part of a part is: women among the teachers; of several side by side, it is of all of them."""
        parts = whole.meaning.facets.get("breakdown", frozenset())
        beside = any(_exclude(other.meaning, whole.meaning) and not other.parts for other in self._met[:-1])
        if not parts or not parts <= PEOPLE or beside or _exclude(meaning, whole.meaning):
            return meaning
        return meaning._replace(facets={**meaning.facets, "breakdown": parts | meaning.facets["breakdown"]})

    def _unclear(self, part: Part, whole: Whole) -> frozenset[str]:
        """Return the facets that a part may not have of the last whole, because others before it differ in them."""
        deeper = _is_deeper(part, whole)
        if deeper and whole.rank != OVER_DASHES:
            return frozenset()
        named, open_, repeated = set(), set(), False  # by the others, or left open by them
        for other in self._beside(part, whole):
            differing = _doubtful(part.meaning, whole, other)
            others = {facet for facet in differing if _value(other.full, facet) is not None}
            if _has_such(other, part.meaning, surely=part.of_which or deeper):
                repeated = repeated or bool(others)
                continue
            named |= others
            if not _stands_over(other, whole, part):
                open_ |= differing - others
        if open_ and not named and (repeated or _comes_again(part, whole, open_)):
            return frozenset()
        return frozenset(named | open_)

    def _beside(self, part: Part, whole: Whole) -> Iterator[Whole]:
        """Yield the wholes before the last that stand under all headers it has in common with the part."""
        common = whole.heads & part.heads
        for other in self._met[:-1]:
            agrees = all(
                other.full.facets.get(facet, value) == value
                for facet, value in part.meaning.facets.items()
                if facet != "breakdown"
            )
            if agrees and common <= other.heads and _count_alike(whole, other):
                yield other


def _but_kind(meaning: Meaning) -> tuple:
    facets = {facet: value for facet, value in meaning.facets.items() if facet != "kind"}
    return facets, meaning.weak, meaning.options, meaning.part


def _is_case_of(whole: Meaning, reason: Meaning) -> bool:
    """Tell whether a whole counts those not admitted, of which a reason may be one."""
    if whole.facets.get("measure") != "not_admitted" or "reason" in whole.facets:
        return False
    return all(whole.facets.get(facet, value) == value for facet, value in reason.facets.items())


def _count_alike(whole: Whole, other: Whole) -> bool:
    """Tell whether two wholes count the same thing; a target before what was reached has no parts."""
    if len({measure for one in (whole, other) if (measure := _measure(one.full)) is not None}) > 1:
        return False
    kinds = [one.full.facets.get("kind", "actual") for one in (whole, other)]
    return kinds[0] != "actual" or kinds[1] == "actual"


def _measure(meaning: Meaning) -> str | None:
    return meaning.facets.get("measure") or next(iter(meaning.weak), None)


def _differing(whole: Whole, other: Whole) -> Iterator[str]:
    """Yield what a part would have of a whole, and not of the other."""
    for facet in INHERITED:
        value, else_ = _value(whole.full, facet), _value(other.full, facet)
        if facet == "kind":
            else_ = else_ or ("actual" if value else None)
        if value not in (None, else_) and not (facet == "period" and _covers(value, else_)):
            yield facet


def _doubtful(part: Meaning, whole: Whole, other: Whole) -> set[str]:
    """Return what a part does not say itself, and would have of a whole and not of the other."""
    group = group_of(part.facets["breakdown"])
    known = {"group"} if group and group == whole.full.facets.get("group") else set()
    return set(_differing(whole, other)) - part.facets.keys() - known


def _value(meaning: Meaning, facet: str) -> object:
    """Return what is said of a facet, also in words with two readings ("HS") and by a part of a year ("Quý I")."""
    if facet in meaning.facets:
        return meaning.facets[facet]
    if facet == "period":
        return meaning.part
    return next((readings for readings in meaning.options if any(facet in reading for reading in readings)), None)


def _covers(period: object, other: object) -> bool:
    """Tell whether a period holds the other: "Quý I | Quý II | Cả năm"."""
    if period == yearparts.WHOLE:
        return True
    try:
        return periods.within(str(other), str(period))
    except ValueError:
        return False


def _has_such(whole: Whole, part: Meaning, surely: bool) -> bool:
    """Tell whether a whole has such a part itself; any part does where the other is surely one of the last whole."""
    return part.facets["breakdown"] in whole.parts or (surely and bool(whole.parts))


def _stands_over(other: Whole, whole: Whole, part: Part) -> bool:
    """Tell whether a whole stands over the last one by its number, and the part under that: it is of the last."""
    return whole.rank not in (other.rank, part.rank)


def _may_be_of_part(part: Part, whole: Whole) -> bool:
    """Tell whether "trong đó: nữ" stands between parts of a whole: "Tổng số | Giáo viên | Trong đó: nữ | Nhân viên"."""
    before = whole.parts[-1] if whole.parts else frozenset()
    named = part.meaning.facets["breakdown"]
    if not part.of_which or not before or not before <= PEOPLE or exclude(before, named):
        return False
    after = next(iter(part.following()), EMPTY)
    return "breakdown" in whole.unclear or exclude(before, after.facets.get("breakdown", frozenset()))


def _comes_again(part: Part, whole: Whole, facets: Iterable[str]) -> bool:
    """Tell whether such a part comes again, right behind another whole beside the last: "Tổng | HS | Nữ | GV | Nữ"."""
    before = EMPTY
    for meaning in part.following():
        if meaning.facets.get("breakdown") == part.meaning.facets["breakdown"] and any(
            _value(before, facet) not in (None, _value(whole.full, facet)) for facet in facets
        ):
            return True
        before = meaning
    return False


def _is_deeper(part: Part, whole: Whole) -> bool:
    return part.rank is not None and whole.rank is not None and part.rank > whole.rank


def _is_group_of(part: Part, whole: Whole) -> bool:
    """Tell whether "trong đó: học sinh" stands behind a whole that names no group, or the other group behind that."""
    meaning = part.meaning
    own = {facet for facet, value in meaning.facets.items() if whole.meaning.facets.get(facet) != value}
    if not meaning.names("group") or own - {"group", "breakdown"}:
        return False
    # So is "Số CBGVNV" behind "Trong đó: Số học sinh".
    if meaning.weak and not (whole.of_groups and meaning.weak == {"headcount"} and part.rank is None):
        return False
    if meaning.weak and part.everybody:
        return False
    if whole.full.names("group") or whole.full.options or not whole.full.names("measure"):
        return False
    below = part.rank is None and whole.rank is not None  # "Học sinh" without number below "1. Kết nạp"
    # "Trong đó: lớp 12" may be of the students alone.
    first = (part.of_which or below) and "breakdown" not in meaning.facets
    return (first or whole.of_groups) and "breakdown" not in whole.full.facets


def _is_of_others(part: Meaning, whole: Meaning) -> bool:
    """Tell whether a part and a whole are of different groups: "Học sinh | Giáo viên", "HS | GV"."""
    group = part.facets.get("group")
    named = {whole.facets["group"]} if "group" in whole.facets else set()
    named |= {reading["group"] for readings in whole.options for reading in readings if "group" in reading}
    return group is not None and bool(named) and group not in named


def _exclude(one: Meaning, other: Meaning) -> bool:
    return exclude(*(meaning.facets.get("breakdown", frozenset()) for meaning in (one, other)))


def _without(meaning: Meaning, unclear: frozenset[str]) -> Meaning:
    """Return a meaning of which some facets are known to be unknown."""
    facets = {facet: value for facet, value in meaning.facets.items() if facet not in unclear}
    options = tuple(
        readings for readings in meaning.options if not any(unclear & reading.keys() for reading in readings)
    )
    part = None if "period" in unclear else meaning.part
    return meaning._replace(facets=facets, options=options, part=part, unclear=unclear)
