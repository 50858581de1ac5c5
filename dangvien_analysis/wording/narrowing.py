"""Words outside tables by which numbers may be of fewer people, not final, planned, or of something else.

"Lớp 12A1", "bản nháp", "số đăng ký", "cảm tình đoàn": nobody is counted by class, department or contract here, so
no table can use such words; but numbers that a plain reading takes for those of the whole school must not pass
without a question.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from dangvien_analysis import vocabulary
from dangvien_analysis.text import bare, fold, has_accents
from dangvien_analysis.wording.said import Said

PART, DRAFT, PLAN, OTHER = "part", "draft", "plan", "other"
_USES = {"name", "start", "alone", "accents"}
_MARKS = {"#": re.compile(r"\d{1,2}|[ivx]{1,4}"), "@": re.compile(r"1[0-2][a-zđ]{1,2}\d{0,2}")}  # a number, a class
_SPLIT_CLASS = re.compile(r"\b(1[0-2]) ([a-zđ]\d{1,2})\b")
_GLUED = re.compile(r"\b(lớp|lop)(?=1[0-2])")
_Phrases = dict[str, list[tuple[tuple[str, ...], str, frozenset[str]]]]
_SEGMENTS = re.compile(r"[,;:.()\[\]“”\"]|\s[-–—]\s")
# What stands behind the people in a title and says where or when, and not which of them.
_WHERE_OR_WHEN = """
    giai đoạn qua quý tháng niên khóa năm nam dịp trường nhà huyện tỉnh thị thành xã phường quận trên thuộc cụm
"""
_NO_DESCRIPTION = frozenset(_WHERE_OR_WHEN.split())
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
    """Return DRAFT, PLAN, OTHER or PART if a line, or the `name` of a sheet or a file, says so of the numbers."""
    accents = has_accents(text)
    segments = [_classes_joined(fold(segment) if accents else bare(segment)) for segment in _SEGMENTS.split(text)]
    texts = [segment.split() for segment in segments if segment]
    found = {value for words in texts for value in _values(words, _phrases(name, accents), whole=len(texts) == 1)}
    return next((value for value in (DRAFT, PLAN, OTHER, PART) if value in found), None)


def _values(words: list[str], phrases: _Phrases, *, whole: bool) -> Iterator[str]:
    """Yield the value of each phrase in a part of a text, or the `whole`: of those that begin at one word the longest.

    One may stand only at the beginning, or alone.
    """
    start = 0
    while start < len(words):
        found = [
            (len(phrase), value)
            for phrase, value, uses in (*phrases.get(words[start], ()), *phrases.get("", ()))
            if not (start and uses & {"start", "alone"}) and _begins(words[start:], phrase)
            if "alone" not in uses or (whole and len(words) == len(phrase))
        ]
        length, value = max(found, default=(1, ""))
        yield value
        start += length


def _begins(words: list[str], phrase: tuple[str, ...]) -> bool:
    if len(words) < len(phrase):
        return False
    pairs = zip(words, phrase, strict=False)
    return all(_MARKS[wanted].fullmatch(word) if wanted in _MARKS else word == wanted for word, wanted in pairs)


def _classes_joined(words: str) -> str:
    """Write the name of a class as one word: "12 a1" and "lớp12a1" as "12a1"."""
    return _GLUED.sub(r"\1 ", _SPLIT_CLASS.sub(r"\1\2", words))


@lru_cache(maxsize=4)
def _phrases(name: bool, accents: bool) -> _Phrases:
    """Return the phrases by their first word, or "" where that is a mark: words, value, uses."""
    write = fold if accents else bare
    found: _Phrases = {}
    for row in vocabulary.narrowing():
        uses = frozenset(row["use"].split())
        if uses - _USES:
            raise ValueError(f"vocabulary/narrowing.csv: unknown use {row['use']!r} of {row['phrase']!r}")
        if ("name" in uses and not name) or ("accents" in uses and not accents):
            continue
        words = tuple(word if word in _MARKS else write(word) for word in row["phrase"].split())
        first = "" if words[0] in _MARKS else words[0]
        found.setdefault(first, []).append((words, row["value"], uses))
    return found
