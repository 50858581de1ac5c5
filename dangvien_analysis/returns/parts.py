"""Numbers of one table, and which of them are parts of which."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dangvien_analysis.returns.causes import Place
from dangvien_analysis.wording.said import EXCLUSIVE, STAFF_PARTS, Said


class Number(NamedTuple):
    """A cell with a number and the facets it has; how large it is plays no part here.

    `total`: "row", "column" or "both" where it stands in totals. For totals and rates, `near` is what their own
    headers, labels and sections give, `whole` is what a total says without the section it closes, and `ratio` what a
    rate divides by what.
    """

    place: Place
    facets: dict
    near: Mapping = {}
    total: str = ""
    whole: dict | None = None
    ratio: tuple[Said, Said] | None = None


def parts_of(total: Number, numbers: Iterable[Number], near: Mapping, also: str = "") -> list[Place]:
    """Return where the numbers stand that agree with all of `near` and count the same people and kind, or `also`."""
    parts = near.get("breakdown", frozenset())
    return [number.place for number in _agreeing(total, numbers, near, also) if _parts(number) == parts]


def pieces_of(total: Number, numbers: Iterable[Number], near: Mapping, also: str = "") -> list[Place]:
    """Return the places of `parts_of`, and of people who are given in pieces only: "Học sinh | Giáo viên | Nhân viên".

    Pieces exclude each other: teachers and employees, two grades, women and men. "Nữ | DTTS" are none.
    """
    own = near.get("breakdown", frozenset())
    families: dict[frozenset, list[Number]] = {}
    for number in _agreeing(total, numbers, near, also):
        if _parts(number) >= own:
            family = frozenset((facet, value) for facet, value in number.facets.items() if facet != "breakdown")
            families.setdefault(family, []).append(number)
    return [number.place for family in families.values() for number in _everybody(family, own)]


def _agreeing(total: Number, numbers: Iterable[Number], near: Mapping, also: str) -> Iterator[Number]:
    """Yield the numbers that agree with `near`, whichever part of the people they count.

    Reasons are left out beside the number of the same people whose reasons they are, groups beside that of all.
    """
    wanted = {f: v for f, v in near.items() if f not in ("breakdown", "kind")}
    kind = near.get("kind", total.facets.get("kind", "actual"))
    agreeing = [
        number
        for number in numbers
        if number.facets.get("kind", "actual") in (kind, also)
        and all(number.facets.get(facet) == value for facet, value in wanted.items())
    ]
    for facet, whole in (("reason", None), ("group", "all")):
        if facet not in wanted:
            cases = {_but(facet, number) for number in agreeing if number.facets.get(facet) == whole}
            agreeing = [
                number for number in agreeing if number.facets.get(facet) == whole or _but(facet, number) not in cases
            ]
    yield from agreeing


def _but(facet: str, number: Number) -> frozenset:
    """Return all that a number says but one facet."""
    return frozenset(item for item in number.facets.items() if item[0] != facet)


def _parts(number: Number) -> frozenset[str]:
    return number.facets.get("breakdown", frozenset())


def _everybody(family: list[Number], own: frozenset[str]) -> list[Number]:
    """Return the number of all people of a family, else its pieces, else nothing."""
    wholes = [number for number in family if _parts(number) == own]
    if wholes:
        return wholes
    met = {part for number in family for part in _parts(number) - own}
    complete = [line for line in EXCLUSIVE if line <= met]
    alike = [line for line in EXCLUSIVE if met <= line and (len(met) > 1 or line is STAFF_PARTS)]
    line = next(iter([*complete, *alike]), set())
    return [number for number in family if len(_parts(number) - own) == 1 and _parts(number) - own <= line]


def has_some_beside(total: Number, numbers: Iterable[Number]) -> bool:
    """Tell whether parts that are not everybody stand in a total's row or column ("trong đó: nữ"): it is no sum."""
    parts: set[str] = set()
    for number in numbers:
        beside = number.place[0] == total.place[0] or number.place[1] == total.place[1]
        if beside and all(number.facets.get(f) == v for f, v in total.facets.items() if f != "breakdown"):
            parts |= number.facets.get("breakdown", frozenset())
    own = total.facets.get("breakdown", frozenset())
    return bool(parts - own) and not any(line <= parts for line in EXCLUSIVE)
