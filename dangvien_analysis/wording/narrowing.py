"""Words outside tables by which the numbers below may be of fewer people, or not final: "lớp 12A1", "bản nháp".

Nobody is counted by class, department or contract here, so no table can use such words; but numbers that a plain
reading would take for those of the whole school must not pass without a question.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from dangvien_analysis import vocabulary
from dangvien_analysis.text import bare, fold, has_accents
from dangvien_analysis.wording.said import Said

PART, DRAFT = "part", "draft"
_USES = {"name", "start", "accents"}
_NUMBER = r"(?:\d{1,2}|[ivx]{1,4})"
_CLASS = r"1[0-2](?:[a-zđ]{1,2}\d{0,2}|\s[a-zđ]\d{1,2})"


# What stands behind the people in a title and says where or when, and not which of them.
_NO_DESCRIPTION = frozenset(
    "giai đoạn qua quý tháng niên khóa năm trường nhà huyện tỉnh thị thành xã phường quận trên thuộc cụm dịp nam".split()
)
_SEGMENTS = re.compile(r"[,;:.()\[\]“”\"]|\s[-–—]\s")
_LONGEST_PEOPLE = 4  # words


def describes_people(text: str, read: Callable[[str], Said]) -> bool:
    """Tell whether a text names people and right behind them, in words nobody knows, which: "học sinh hệ vừa học".

    `read` tells what a text outside tables says.
    """
    if "group" not in read(text).facets or not read(text).left:
        return False
    return any(_describes(fold(segment).split(), read) for segment in _SEGMENTS.split(text))


def _describes(words: list[str], read: Callable[[str], Said]) -> bool:
    left = set(read(" ".join(words)).left) - _NO_DESCRIPTION
    ends = (end for end, word in enumerate(words) if word in left)
    return any(_is_people(words[max(0, end - n) : end], read) for end in ends for n in range(1, _LONGEST_PEOPLE + 1))


def _is_people(words: list[str], read: Callable[[str], Said]) -> bool:
    said = read(" ".join(words))
    return "group" in said.facets and not said.left


@lru_cache(maxsize=1 << 14)
def narrowed(text: str, name: bool = False) -> str | None:
    """Return PART or DRAFT if a line, or the `name` of a sheet or a file, says so of the numbers; else None."""
    accents = has_accents(text)
    write = fold if accents else bare
    pattern, values = _pattern(name, accents)
    found = {
        values[match.lastgroup] for segment in _SEGMENTS.split(text) for match in pattern.finditer(write(segment))
    }
    return next((value for value in (DRAFT, PART) if value in found), None)


@lru_cache(maxsize=4)
def _pattern(name: bool, accents: bool) -> tuple[re.Pattern, dict[str, str]]:
    """Return a pattern of all phrases, the longest first, each a group of its own, and the value of each group."""
    write = fold if accents else bare
    phrases = {}
    for row in vocabulary.narrowing():
        uses = set(row["use"].split())
        if uses - _USES:
            raise ValueError(f"vocabulary/narrowing.csv: unknown use {row['use']!r} of {row['phrase']!r}")
        if ("name" in uses and not name) or ("accents" in uses and not accents):
            continue
        words = " ".join(_mark(word) or re.escape(write(word)) for word in row["phrase"].split())
        phrases[("^" if "start" in uses else "") + words] = row["value"]
    longest = sorted(phrases, key=lambda words: (-words.count(" "), -len(words)))
    groups = {f"g{i}": phrases[words] for i, words in enumerate(longest)}
    return re.compile(rf"(?<!\S)(?:{'|'.join(f'(?P<g{i}>{w})' for i, w in enumerate(longest))})(?!\S)"), groups


def _mark(word: str) -> str:
    """Return the pattern of a placeholder: "#" is a number ("2", "II"), "@" a class ("12A1")."""
    return {"#": _NUMBER, "@": _CLASS}.get(word, "")
