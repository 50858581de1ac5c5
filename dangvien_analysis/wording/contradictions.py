"""One text that names two things to count: which of them it is about, or that nobody can tell.

A weak measure ("đảng viên", a course, the pool) yields to a strong one in the same text. Often they go together:
"đoàn viên ưu tú được kết nạp". Here are those that do not.
"""

import re
from collections.abc import Callable

from dangvien_analysis.text import bare, fold
from dangvien_analysis.wording.said import Said

# What is counted of people before they are members, or of everybody: a member is none of them.
_NOT_OF_MEMBERS = {
    *("headcount", "nominated", "trained", "proposed", "dossier", "expired", "departed", "handed_over"),
    *("admitted_elsewhere", "not_admitted"),
}
_AFTER_COURSE = {"nominated", "trained", "not_admitted", "departed", "expired", "handed_over"}  # may name the course
_AND = re.compile(r"[,;+&(]| - |\bvà\b|\bva\b")


def _pattern(words: str) -> dict[bool, re.Pattern]:
    """Compile a pattern of words and groups of words, with accents and without them."""
    plain = re.sub(r"[^\W\d_]+", lambda match: bare(match[0]), words)
    return {True: re.compile(rf"\b(?:{words})\b"), False: re.compile(rf"\b(?:{plain})\b")}


_MEMBER_TO_BE = _pattern("(?:kết nạp|phát triển)(?: được| mới)* đảng viên")
_POOL_TO_ADMIT = _pattern("nguồn(?: để| cho| của| vào)* (?:kết nạp|kn|phát triển)")
_POOL = _pattern("nguồn")
_TO_STUDY = _pattern("đi học|tham gia")


def weigh(said: Said, text: str, accents: bool, read: Callable[[str], Said]) -> Said:
    """Return what a text says, looked at again where a weak measure yielded, or is that of members who study.

    `read` returns what a part of the text says.
    """
    plain = fold if accents else bare
    if said.weak == "party_members" and _TO_STUDY[accents].search(plain(text)):
        return said._replace(weak=None, clash=tuple(sorted({*said.clash, "measure"})))  # how many members study
    if not said.yielded:
        return said
    measure = said.facets["measure"]
    parts = {part: plain(part) for part in _AND.split(text) if part.strip()}
    pool = "source" in said.yielded and measure == "admitted"
    if pool and any(_POOL_TO_ADMIT[accents].search(words) for words in parts.values()):
        facets = {facet: value for facet, value in said.facets.items() if facet != "measure"}
        return said._replace(facets=facets, weak="source")
    of_member = "party_members" in said.yielded and measure in _NOT_OF_MEMBERS
    beside = len(parts) > 1 and any(_is_beside(measure, read(part), words, accents) for part, words in parts.items())
    if beside or (of_member and not _MEMBER_TO_BE[accents].search(plain(text))):
        return said._replace(clash=tuple(sorted({*said.clash, "measure"})))
    return said


def _is_beside(measure: str, part: Said, words: str, accents: bool) -> bool:
    """Tell whether a part of a text names another thing beside its measure: "lớp nhận thức về Đảng và kết nạp"."""
    if part.weak is None or part.weak == measure or (part.weak == "trained" and measure in _AFTER_COURSE):
        return False
    # "Đoàn viên ưu tú, quần chúng được kết nạp" are people of the pool, "tạo nguồn, kết nạp" is a task beside.
    return part.weak != "source" or bool(_POOL[accents].search(words))
