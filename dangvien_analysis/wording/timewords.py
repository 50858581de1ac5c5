"""Words of time in a text: periods, courses (cohorts) and days, as Vietnamese offices write them.

`find` takes them out of a text, so that the words left can be looked up in the vocabulary.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1990, 2100
_MONTHS = {"ba": 3, "sáu": 6, "tám": 8, "chín": 9, "mười": 10}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


class Time(NamedTuple):
    """What a text says about time; several periods in one text contradict each other and are all kept.

    `part` is a part of a year whose year stands elsewhere ("Q1", "H1", "M8": the first 8 months, WHOLE: all of it).
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
WHOLE = "Y"  # "cả năm", "kế hoạch năm"
_YEARS = re.compile(r"\d{4}-\d{4}")

_YEAR = r"((?:19|20)\d\d)"
_DASH = r"\s*[-–—]\s*"
_NAM = r"n[aă]m"
_SCHOOL_YEAR = r"(?:n[aă]m\s+h[oọ]c|nh)"
_DAY = rf"(?:ng[aà]y\s*)?(\d{{1,2}})\s*[-/.]\s*(\d{{1,2}})\s*[-/.]\s*{_YEAR}"
_DAY_IN_WORDS = rf"ng[aà]y\s*(\d{{1,2}})\s*th[aá]ng\s*(\d{{1,2}})\s*{_NAM}\s*{_YEAR}"
_MONTH = rf"(?:th[aá]ng\s*)?(\d{{1,2}})\s*[-/]\s*{_YEAR}"
_COURSE = r"kh(?:óa|oá|oa)"
_UNTIL = r"(?:t[ií]nh\s+)?(?:đ|d)[eế]n(?:\s+h[eế]t)?"
_SEMESTER = r"(?:h[oọ]c\s+k[yỳìi]|hk)"
_QUARTER = r"qu(?:[yíiý])\s*(i{1,3}|iv|[1-4])\b"
_OPEN = r"(?:tr[uư][oớ]c|sau|t[uừ]|h[eế]t)"
_GAP = r"[\s.…_\d]*"
_SPACED_DASH = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
_SIGNS = ("qu", "hk", " năm", "ca nam", "học k", "hoc k", "tháng", "thang")  # of time, where no digit stands
_BOUND = r"(?<![\w/.-])"
_END = r"(?![\w/]|[-.]\d)"


def _year_pair(first: str, second: str) -> str | None:
    second = second if len(second) == 4 else first[:2] + second
    return f"{first}-{second}" if int(second) == int(first) + 1 else None


def _school_year(match: re.Match) -> dict | None:
    pair = _year_pair(match[1] if len(match[1]) == 4 else "20" + match[1], match[2])
    return {"periods": (pair,)} if pair else None


def _semester(match: re.Match) -> dict | None:
    """Read "học kỳ I" as August to January and "học kỳ II" as the rest of the school year."""
    first, second = match[2], match[3]
    if _year_pair(first, second) is None:
        return None
    run = f"{first}-08/{second}-01" if _number(match[1]) == 1 else f"{second}-02/{second}-07"
    return {"periods": (run,)}


def _year_over_year(match: re.Match) -> dict | None:
    """Read "2023/2022" as two years that are compared; "2022/2023" may be a school year."""
    return {"periods": (match[1], match[2])} if match[1] > match[2] else None


def _run_of_years(match: re.Match) -> dict | None:
    first, last = int(match[1]), int(match[2])
    return {"periods": (f"{first}-01/{last}-12",)} if first < last else None


def _run_of_months(match: re.Match) -> dict | None:
    (m1, y1, m2, y2) = (int(group) for group in match.groups())
    valid = 1 <= m1 <= 12 and 1 <= m2 <= 12 and (y1, m1) <= (y2, m2)
    return {"periods": (_run(y1, m1, y2, m2),)} if valid else None


def _run(y1: int, m1: int, y2: int, m2: int) -> str:
    """Return a run of months by the name it has: a year, a half or a quarter, if it is one."""
    named = {(1, 12): "", (1, 6): "-H1", (7, 12): "-H2"} | {(3 * q - 2, 3 * q): f"-Q{q}" for q in range(1, 5)}
    if y1 == y2 and (m1, m2) in named:
        return f"{y1}{named[m1, m2]}"
    return f"{y1}-{m1:02}/{y2}-{m2:02}"


def _run_of_days(match: re.Match) -> dict | None:
    """Read "từ ngày 01/01/2023 đến ngày 30/6/2023" as these months; a run that begins within a month is none."""
    first, last = _date(match.groups()[:3]), _day(match)
    if first is None or last is None or first > last:
        return None
    if first.day > 1:
        return {"unread": True}
    if (last + timedelta(days=1)).day > 1:
        return {"since": f"{first.year}-{first.month:02}", "as_of": last}
    return {"periods": (_run(first.year, first.month, last.year, last.month),)}


def _day(match: re.Match) -> date | None:
    return _date(match.groups()[-3:])


def _date(digits: Sequence[str]) -> date | None:
    day, month, year = (int(group) for group in digits)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _as_of(match: re.Match) -> dict | None:
    day = _day(match)
    return {"as_of": day} if day else None


def _dateline(match: re.Match) -> dict | None:
    day = _day(match)
    return {"dateline": day} if day else None


def _months_of_year(match: re.Match) -> dict | None:
    months, half, year = _MONTHS.get(match[1]) or int(match[1]), match[2], match[3]
    last_half = half is not None and half.startswith("cu")
    if not 1 <= months < 12:
        return None
    if last_half and months != 6:
        return _part(f"L{months}", year)
    part = "H2" if last_half else "H1" if months == 6 else f"M{months}"
    return _part(part, year)


def _month(match: re.Match) -> dict | None:
    return _part(f"T{int(match[1])}", match[2]) if 1 <= int(match[1]) <= 12 else None


def _months(match: re.Match) -> dict | None:
    first, last, year = (int(group) for group in match.groups())
    return {"periods": (_run(year, first, year, last),)} if 1 <= first <= last <= 12 else None


def _unread(_: re.Match) -> dict:
    return {"unread": True}


def _nothing(_: re.Match) -> dict:
    return {}


def _part(part: str, year: str | None) -> dict:
    return {"periods": (with_year(part, year),)} if year else {"part": part}


def with_year(part: str, year: str) -> str:
    """Return the period that a part of a year is: "Q1", "H1", "M8" and "L3" (the first 8, the last 3 months), "T6"."""
    kind, number = part[0], int(part[1:])
    runs = {"M": (1, number), "L": (13 - number, 12), "T": (number, number)}
    if kind not in runs:
        return f"{year}-{part}"
    first, last = runs[kind]
    return _run(int(year), first, int(year), last)


def part_of(part: str, period: str) -> str | None:
    """Return the period that a part of a year is where `period` is spoken of; None where that names no such year.

    Of a school year only the whole is known; "quý I" under a title of "6 tháng đầu năm 2024" is of 2024.
    """
    if _YEARS.fullmatch(period):
        return period if part == WHOLE else None
    year = period[:4]
    if not year or (period[4:5] == "-" and "/" in period and not period.split("/")[1].startswith(year)):
        return None
    return year if part == WHOLE else with_year(part, year)


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else _ROMAN.get(word)


def _course(match: re.Match) -> dict | None:
    number = _number(match[1])
    return {"cohorts": (f"{match[2]}/{number}",)} if number else None


# In order: what is longer and more particular goes first and takes its words away from the rest.
_PATTERNS = tuple(
    (re.compile(_BOUND + pattern + _END), make)
    for pattern, make in (
        (rf"nhi[eệ]m\s+k[yỳìi]\s+{_YEAR}{_DASH}{_YEAR}", _run_of_years),
        ((rf"(?:giai\s+(?:đ|d)o[aạ]n|t[uừ]\s+{_NAM}|trong\s+c[aá]c\s+{_NAM})\s+{_YEAR}"
         rf"(?:{_DASH}|\s+(?:đ|d)[eế]n\s+(?:h[eế]t\s+)?(?:{_NAM}\s+)?){_YEAR}"), _run_of_years),
        (rf"t[uừ]\s+{_MONTH}(?:{_DASH}|\s+(?:đ|d)[eế]n\s+(?:h[eế]t\s+)?){_MONTH}", _run_of_months),
        (rf"{_MONTH}(?:{_DASH}|\s+(?:đ|d)[eế]n\s+){_MONTH}", _run_of_months),
        (rf"t[uừ]\s+(?:{_NAM}\s+)?{_YEAR}\s+(?:đ|d)[eế]n\s+nay", lambda m: {"since": f"{m[1]}-01"}),
        (rf"t[uừ]\s+(?:{_NAM}\s+)?{_YEAR}\s+{_UNTIL}\s+{_DAY}",
         lambda m: {"since": f"{m[1]}-01", "as_of": _day(m)} if _day(m) else None),
        (rf"t[uừ]\s+{_DAY}(?:{_DASH}|\s+{_UNTIL}\s+){_DAY}", _run_of_days),
        (rf"t[uừ]\s+{_DAY_IN_WORDS}(?:{_DASH}|\s+{_UNTIL}\s+){_DAY_IN_WORDS}", _run_of_days),
        (rf"{_UNTIL}\s+{_DAY_IN_WORDS}", _as_of),
        (rf"{_UNTIL}\s+{_DAY}", _as_of),
        (_DAY_IN_WORDS, _dateline),
        (_DAY, _dateline),
        (rf"ng[aà]y\b{_GAP}th[aá]ng\b{_GAP}{_NAM}\b{_GAP}{_YEAR}?", _nothing),  # left open to be filled in by hand
        (rf"{_COURSE}\s+([ivx]+|\d{{1,2}})\s*(?:/\s*|{_NAM}\s+|{_DASH}|,\s*{_NAM}\s+){_YEAR}", _course),
        (rf"{_COURSE}\s+(?:h[oọ]c\s+)?(?:{_NAM}\s+)?{_YEAR}", lambda m: {"cohorts": (m[1],)}),
        (rf"{_SEMESTER}\s*(i{{1,2}}|[12])\s*[,/-]?\s*(?:{_SCHOOL_YEAR}\s*)?{_YEAR}{_DASH}{_YEAR}", _semester),
        (rf"(?:{_SCHOOL_YEAR}\s*)?{_YEAR}{_DASH}{_YEAR}", _school_year),
        (rf"{_SCHOOL_YEAR}\s*((?:19|20)?\d\d){_DASH}(\d\d)", _school_year),
        (rf"{_YEAR}{_DASH}(1[3-9]|[2-9]\d)", _school_year),  # "2011-12" may be a month
        (rf"{_QUARTER}\s*(?:,|\+|v[aà]|(?:đ|d)[eế]n|[-–])\s*(?:{_QUARTER}|(?:i{{1,3}}|iv|[1-4])\b)", _unread),
        (rf"{_QUARTER}\s*(?:(?:/|[-–]|,)\s*|\s)?(?:{_NAM}\s+)?{_YEAR}?",
         lambda m: _part(f"Q{_number(m[1])}", m[2])),
        ((rf"(?:t[uừ]\s+)?th[aá]ng\s*(\d{{1,2}})(?:{_DASH}|\s+(?:đ|d)[eế]n\s+(?:h[eế]t\s+)?)(?:th[aá]ng\s*)?"
         rf"(\d{{1,2}})(?:\s*/\s*|\s+{_NAM}\s+){_YEAR}"), _months),
        (rf"(?:{_UNTIL}|{_OPEN})\s+th[aá]ng\s*\d{{1,2}}(?:\s*[/-]\s*|\s+{_NAM}\s+){_YEAR}", _unread),
        (rf"th[aá]ng\s*(\d{{1,2}})(?:(?:\s*[/-]\s*|\s+(?:{_NAM}\s+)?){_YEAR})?", _month),
        (rf"{_SEMESTER}\s*(?:i{{1,2}}|[12])", _unread),
        (rf"\d{{1,2}}\s*(?:th[aá]ng|t)\s*(?:(?:đ|d)[aầ]u|cu[oố]i)?\s*{_SCHOOL_YEAR}", _unread),
        (rf"(\d{{1,2}}|{'|'.join(_MONTHS)})\s*(?:th[aá]ng|t)\s*((?:đ|d)[aầ]u|cu[oố]i)?\s*(?:{_NAM}\s*)?(?:/\s*)?{_YEAR}?",
         _months_of_year),
        (rf"(?:{_UNTIL}|{_OPEN}|(?:đ|d)[aầ]u)\s+(?:{_NAM}\s*)?{_YEAR}", _unread),
        (rf"(?:{_NAM}\s*)?{_YEAR}\s*/\s*(?:{_NAM}\s*)?{_YEAR}", _year_over_year),
        (rf"{_NAM}\s*{_YEAR}", lambda m: {"periods": (m[1],)}),
        (r"(?:cả năm|ca nam|(?:(?<=hoạch )|(?<=tiêu )|(?<=kh ))năm)(?! (?:h[oọ]c|trước|nay|sau|tới))",
         lambda _: {"part": WHOLE}),
        (_YEAR, lambda m: {"periods": (m[1],)}),
    )
)  # fmt: skip


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
        for pattern, make in _PATTERNS:
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
                found["unread"] = True  # "quý I, 6 tháng": of which of them the numbers are nobody can say
            found[key] = _merged(found.get(key), value) if isinstance(value, tuple) else found.get(key) or value
        rest.append(piece[last : match.start()])
        last = match.end()
    rest.append(piece[last:])
    return rest


def _merged(before: tuple | None, value: tuple) -> tuple:
    return tuple(dict.fromkeys((*(before or ()), *value)))


@lru_cache(maxsize=1 << 12)
def bare_year(text: str) -> str | None:
    """Return the year that the whole of `text` is ("2023"), for headers and key columns only."""
    return text if text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR else None
