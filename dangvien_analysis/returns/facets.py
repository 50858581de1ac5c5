"""The union of what the texts over and beside a number say.

Own headers and row labels must agree; `completing` fills what they leave open.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from dangvien_analysis import vocabulary
from dangvien_analysis.wording import yearparts
from dangvien_analysis.wording.said import EXCLUSIVE, WHOLE, Said

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
    """Tell whether a part says of some facets what its whole does, perhaps weakly: "Tổng số đảng viên | Dự bị"."""
    weak = {"measure": next(iter(before.weak))} if len(before.weak) == 1 else {}
    whole = {**weak, **before.facets}
    return all(whole.get(facet) == meaning.facets[facet] for facet in facets)


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
