"""What must not be taken from a text that was not wholly understood: it may deny it, or name another time."""

import re
from itertools import pairwise

from dangvien_analysis.returns.facets import NEEDED
from dangvien_analysis.text import fold
from dangvien_analysis.wording import yearparts
from dangvien_analysis.wording.said import Said

# In a text that was not wholly understood, these may deny all that it says; "nam" is left over before a year only.
NEGATIONS = frozenset({"không", "chưa", "hoãn", "trừ", "nam"})
WHICH = {"thứ", "đầu", "cuối", "này"}  # behind "quý", which also means "dear"
QUARTER, MONTH, YEAR = fold("quý"), {"tháng", "thang"}, re.compile(r"(?:19|20)\d\d")


def denied(said: Said) -> dict[str, str]:
    """Return the needed facets that a text names in words that were not understood: known to be unknown.

    Those beside a negation, and the period of "Quý lI năm 2024" or "NH 2022…-2023": it is not the year.
    """
    if said.time.unread and not said.facets.get("period"):
        return {"period": ""}
    half_read = said.time.unread or is_half_read_time(said.left)
    named = ["period"] if half_read else NEEDED if NEGATIONS & set(said.left) else ()
    return dict.fromkeys((facet for facet in named if facet in said.facets), "")


def is_half_read_time(left: tuple[str, ...]) -> bool:
    """Tell whether words that were not understood are of time: "quý lI", "các tháng", or the second year of a run."""
    if MONTH & set(left) or any(YEAR.fullmatch(word) for word in left):
        return True
    if QUARTER not in left:
        return False
    following = (*left, "")[left.index(QUARTER) + 1]
    return not following.isalpha() or set(following) <= set("ivxl") or following in WHICH


def half_read_part(said: Said) -> str | None:
    """Return UNKNOWN where words that were not understood are of a part of a year, and no year is beside them."""
    if "period" in said.facets or (MONTH & set(said.left) and "title" not in said.roles):
        return None
    words = tuple(word for word in said.left if not YEAR.fullmatch(word))
    return yearparts.UNKNOWN if is_half_read_time(words) else None


def names_span(left: tuple[str, ...]) -> bool:
    """Tell whether words that were not understood are two years, one after the other: "2020-2023"."""
    return any(YEAR.fullmatch(one) and YEAR.fullmatch(other) and one < other for one, other in pairwise(left))


def names_counted(said: Said) -> bool:
    """Tell whether a text that is left out for one word of it names people who are counted all the same.

    "Cán bộ lớp được kết nạp", "HS đảng viên giúp đỡ" (helpers are no students), "HS kết nạp kỳ trước chuyển sang".
    """
    measured = "measure" in said.facets
    if "helpers" in said.roles and (said.facets.get("group") == "student" or "group" in said.undecided):
        return True
    return measured and ("people" in said.roles or ("reference" in said.roles and bool(said.left)))
