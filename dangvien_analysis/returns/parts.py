"""Numbers of one table, and which of them are parts of which."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dangvien_analysis.returns.causes import Place
from dangvien_analysis.wording.said import EXCLUSIVE, Said


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
    wanted = {f: v for f, v in near.items() if f not in ("breakdown", "kind")}
    parts = near.get("breakdown", frozenset())
    kind = near.get("kind", total.facets.get("kind", "actual"))
    return [
        number.place
        for number in numbers
        if number.facets.get("breakdown", frozenset()) == parts
        and number.facets.get("kind", "actual") in (kind, also)
        and all(number.facets.get(facet) == value for facet, value in wanted.items())
    ]


def has_some_beside(total: Number, numbers: Iterable[Number]) -> bool:
    """Tell whether parts that are not everybody stand in a total's row or column ("trong đó: nữ"): it is no sum."""
    parts: set[str] = set()
    for number in numbers:
        beside = number.place[0] == total.place[0] or number.place[1] == total.place[1]
        if beside and all(number.facets.get(f) == v for f, v in total.facets.items() if f != "breakdown"):
            parts |= number.facets.get("breakdown", frozenset())
    own = total.facets.get("breakdown", frozenset())
    return bool(parts - own) and not any(line <= parts for line in EXCLUSIVE)
