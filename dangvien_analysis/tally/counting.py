"""From persons to the numbers of a form, and who was left out of what, by row.

What a list does not say is not reported: there is no zero for a column the list does not have, and none for a period
after the last day that stands in it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dangvien_analysis import periods
from dangvien_analysis.forms.layout import Key
from dangvien_analysis.tally.dates import Moment, surely_before, within
from dangvien_analysis.tally.people import Person

PARTS = {"nominated": ("female",), "admitted": ("female", "ethnic_minority")}
# Why a row, or a number of it, was not counted.
NO_GROUP, NO_DATE, UNCLEAR_DATE, ORDER, OUTSIDE, TWICE, TWO_ROWS, NO_MONTH, NO_REASON, NO_PART = (
    "no_group", "no_date", "unclear_date", "order", "outside", "twice", "two_rows", "no_month", "no_reason", "no_part"
)  # fmt: skip


class Counted(NamedTuple):
    """The numbers of a form, how many persons they come from, and rows set aside: why -> (sheet, row).

    `many`: whether the list stands on more than one sheet.
    """

    numbers: dict[Key, int]
    people: int
    aside: dict[str, list[tuple[int, int]]]
    many: bool


def count_people(people: Sequence[Person], asked: Iterable[Key], told: frozenset[tuple[str, str]]) -> Counted:
    """Count persons into the numbers that a form asks for; `told`: of which group the list has a column for what.

    A number is reported only where it is known of everybody whether they are in it: neither of a period in which
    somebody with a year alone may be, nor of women where somebody's sex is not said.
    """
    asked = frozenset(asked)
    aside: dict[str, list[tuple[int, int]]] = {}
    kept = [person for person in _once(people, aside) if _is_sound(person, aside)]
    found: Counter[Key] = Counter()
    unknown: dict[Key, list[Person]] = {}
    unclear: set[Key] = set()
    for person in kept:
        keys = list(_keys(person, asked, aside))
        if not keys and person.events:
            _note(aside, OUTSIDE, person)
        found.update(keys)
        for key in (key for key, inside in _periods(person, asked) if inside is None):
            unclear.add(key)
            _note(aside, NO_MONTH, person)
        for part, belongs in _parts(person, keys, asked):
            if belongs is None:
                unknown.setdefault(part, []).append(person)
            found.update([part] if belongs else [])
    zeros = _zeros(kept, asked, told, found)
    numbers = {key: n for key, n in {**zeros, **found}.items() if key._replace(breakdown="total") not in unclear}
    for part in [part for part in unknown if part in numbers]:
        del numbers[part]
        for person in unknown[part]:
            _note(aside, NO_PART, person)
    return Counted(numbers, len(kept), aside, len({person.sheet for person in people}) > 1)


def _note(aside: dict, why: str, person: Person) -> None:
    place = (person.sheet, person.row)
    if place not in aside.setdefault(why, []):
        aside[why].append(place)


def _once(people: Sequence[Person], aside: dict) -> Iterable[Person]:
    """Yield each person once: a row that says the same as another is left out, one that says more is told."""
    alike: set[int] = set()
    same: set[int] = set()
    for person in people:
        if person.alike is not None and person.alike in alike:
            _note(aside, TWICE, person)
            continue
        if person.same is not None and person.same in same:
            _note(aside, TWO_ROWS, person)
        alike.add(person.alike)
        same.add(person.same)
        yield person


def _is_sound(person: Person, aside: dict) -> bool:
    """Tell whether a row can be counted at all; why not is noted."""
    why = ""
    trained, admitted = person.events.get("trained"), person.events.get("admitted")
    if person.unclear:
        why = UNCLEAR_DATE
    elif person.group is None:
        why = NO_GROUP
    elif not person.events:
        why = NO_DATE
    elif trained and admitted and surely_before(admitted, trained):
        why = ORDER
    if why:
        _note(aside, why, person)
    return not why


def _keys(person: Person, asked: frozenset[Key], aside: dict) -> Iterable[Key]:
    """Yield every number of the form that a person is part of."""
    events = _events(person)
    yield from (key for key, inside in _periods(person, asked) if inside)
    trained = events.get("trained")
    if trained is not None:
        yield from _of_course(person, str(trained.year), events, asked)
        if "admitted" not in events:
            yield from _reason(person, asked, aside)


def _events(person: Person) -> dict[str, Moment]:
    """Return what happened to a person: who was admitted did not leave unadmitted."""
    gone = {"departed"} if "admitted" in person.events else set()
    return {name: moment for name, moment in person.events.items() if name not in gone}


def _periods(person: Person, asked: frozenset[Key]) -> Iterable[tuple[Key, bool | None]]:
    """Yield the numbers of a period that a person may be part of, and whether that is so, None if it is not clear."""
    wanted = dict.fromkeys(key.period for key in asked if key.cohort is None and key.kind == "actual")
    for measure, moment in _events(person).items():
        for period in wanted:
            key = Key(period, person.group, measure)
            if key in asked:
                yield key, within(moment, periods.start_date(period), periods.end_date(period))


def _parts(person: Person, keys: Iterable[Key], asked: frozenset[Key]) -> Iterable[tuple[Key, bool | None]]:
    """Yield the parts of a person's numbers, and whether the person is in them, None where that is not said."""
    belongs = {"female": person.female, "ethnic_minority": person.minority}
    for key in keys:
        parts = [key._replace(breakdown=part) for part in PARTS.get(key.measure, ()) if key.cohort is None]
        yield from ((part, belongs[part.breakdown]) for part in parts if part in asked)


def _of_course(person: Person, course: str, events: dict[str, Moment], asked: frozenset[Key]) -> Iterable[Key]:
    trained = Key(course, person.group, "trained", cohort=course)
    for measure in ("trained", "admitted", "departed"):
        if measure in events:
            key = trained._replace(measure=measure, period=str(events[measure].year))
            yield from (one for one in (key,) if one in asked)


def _reason(person: Person, asked: frozenset[Key], aside: dict) -> Iterable[Key]:
    if person.reason == "?":
        _note(aside, NO_REASON, person)
    elif person.reason:
        yield from (key for key in asked if key.reason == person.reason and key.group == person.group)


def _zeros(
    people: Sequence[Person], asked: frozenset[Key], told: frozenset[tuple[str, str]], found: Counter[Key]
) -> dict[Key, int]:
    """Return the numbers that the list says are zero: its column is there for the group, and nobody stands in it.

    Only from the first year of a course of the group to the last day in the list.
    """
    last = max((moment for person in people for moment in person.events.values()), default=Moment(0))
    first: dict[str, int] = {}
    for person in people:
        year = person.events.get("trained", min(person.events.values())).year
        first[person.group] = min(year, first.get(person.group, year))
    parts = {(group, "total") for group in first}
    parts |= {(person.group, "female") for person in people if person.female is not None}
    parts |= {(person.group, "ethnic_minority") for person in people if person.minority is not None}
    wanted = (key for key in asked - found.keys() if key.kind == "actual" and not key.reason)
    return {
        key: 0
        for key in wanted
        if (key.group, key.measure) in told
        and (key.group, key.breakdown) in parts
        and _reached(key, first[key.group], last)
        and (not key.cohort or key.measure == "trained" or key._replace(period=key.cohort, measure="trained") in found)
    }


def _reached(key: Key, first: int, last: Moment) -> bool:
    """Tell whether a period begins in a year that the list reaches."""
    start = periods.start_date(key.period)
    return start.year >= first and (start.year, start.month) <= (last.year, last.month or 12)
