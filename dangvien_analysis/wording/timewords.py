"""Words of time in a text: periods, courses (cohorts) and days, as Vietnamese offices write them.

`find` takes them out of a text, so that the words left can be looked up in the vocabulary.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from dangvien_analysis.wording.timepatterns import PATTERNS, no_part
from dangvien_analysis.wording.yearparts import UNKNOWN

FIRST_YEAR, LAST_YEAR = 1990, 2100


class Time(NamedTuple):
    """What a text says about time; several periods in one text contradict each other and are all kept.

    `part` is a part of a year whose year stands elsewhere: "Q1", "H1", "M8" (the first 8 months), "T6" (June),
    "R0912" (September to December), "S1" (the first semester), WHOLE (all of it), EACH, UNKNOWN (nobody can name it).
    `since` is the first month of a run that ends on the day of the return ("từ năm 2021 đến nay").
    `dateline` is the day a document was signed: never a period, a day to speak for only if nothing better is said.
    `unread`: a time that is none of these ("trước năm 2023", "học kỳ I năm 2023"), so that no period may be taken.
    """

    periods: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()
    part: str | None = None
    since: str | None = None
    as_of: date | None = None
    dateline: date | None = None
    unread: bool = False


NOTHING = Time()

_SPACED_DASH = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
# Signs of time, where no digit stands.
_SIGNS = (
    "đợt",
    "dịp",
    "giữa",
    "kỳ i",
    "qi",
    "q.i",
    "qu",
    "hk",
    " năm",
    "ca nam",
    "học k",
    "hoc k",
    "tháng",
    "thang",
    "nhiệm",
    "nhiem",
)


@lru_cache(maxsize=1 << 16)
def find(text: str) -> tuple[Time, tuple[str, ...]]:
    """Return what `text` (tidy, any case) says of time, and the pieces of text around it.

    A span that looks like a period and is none ("2020-2025" alone, "31/02/2023") stays in the text, where its
    words are not understood.
    """
    lowered = _SPACED_DASH.sub("-", text.casefold())  # "2020 - 2025" is one run, not the year 2020
    found: dict = {}
    pieces = [lowered]
    if any(letter.isdigit() for letter in lowered) or any(sign in lowered for sign in _SIGNS):
        for pattern, make in PATTERNS:
            if any(map(pattern.search, pieces)):  # few are met, and looking costs less than taking
                pieces = [rest for piece in pieces for rest in _take(piece, pattern, make, found)]
    return (Time(**found) if found else NOTHING), tuple(pieces)


def _take(piece: str, pattern: re.Pattern, make, found: dict) -> list[str]:
    rest, last = [], 0
    for match in pattern.finditer(piece):
        said = make(match)
        if said is None:
            continue
        for key, value in said.items():
            if key == "part" and found.get(key) not in (None, value):
                said = no_part()  # "quý I, 6 tháng": of which of them the numbers are nobody can say
                found["part"] = UNKNOWN
            found[key] = _merged(found.get(key), value) if isinstance(value, tuple) else found.get(key) or value
        rest.append(piece[last : match.end("kept") if "kept" in match.re.groupindex else match.start()])
        last = match.end()
    rest.append(piece[last:])
    return rest


def _merged(before: tuple | None, value: tuple) -> tuple:
    return tuple(dict.fromkeys((*(before or ()), *value)))


@lru_cache(maxsize=1 << 12)
def bare_year(text: str) -> str | None:
    """Return the year that the whole of `text` is ("2023"), for headers and key columns only."""
    return text if text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR else None
