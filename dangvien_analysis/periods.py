"""Periods as they are written in `counts`: years, school years, quarters, halves, runs of months.

Periods of different kinds are never added together: a school year is half of two calendar years.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

SCHOOL_YEAR_START = 8  # August: the school year's first month, the summer before belongs to the year that ended
_SUMMER = timedelta(days=62)  # from the last days of May to those of July
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}

_PATTERNS = (
    ("year", re.compile(r"(\d{4})")),
    ("school_year", re.compile(r"(\d{4})-(\d{4})")),
    ("quarter", re.compile(r"(\d{4})-Q([1-4])")),
    ("half", re.compile(r"(\d{4})-H([12])")),
    ("months", re.compile(r"(\d{4})-(0[1-9]|1[0-2])/(\d{4})-(0[1-9]|1[0-2])")),
)


class Period(NamedTuple):
    """A run of whole months, both ends included, as (year, month)."""

    start: tuple[int, int]
    end: tuple[int, int]
    kind: str


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """Read a period as `counts` writes it, for example "2023", "2022-2023", "2024-Q1", "2022-11/2023-10".

    Raises ValueError, in Vietnamese, for anything else.
    """
    for kind, pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            period = _BUILDERS[kind](*(int(group) for group in match.groups()))
            if period is not None:
                return period
    raise ValueError(
        f"Kỳ báo cáo «{text}» không hợp lệ: viết «2023» (năm), «2022-2023» (năm học), «2024-Q1» (quý), "
        "«2024-H1» (nửa năm) hoặc «2022-11/2023-10» (từ tháng đến tháng)."
    )


def _school_year(first: int, second: int) -> Period | None:
    if second != first + 1:  # "2020-2025" is a term of office, not a school year
        return None
    return Period((first, SCHOOL_YEAR_START), (second, SCHOOL_YEAR_START - 1), "school_year")


def _months(y1: int, m1: int, y2: int, m2: int) -> Period | None:
    return Period((y1, m1), (y2, m2), "months") if (y1, m1) <= (y2, m2) else None


_BUILDERS = {
    "year": lambda year: Period((year, 1), (year, 12), "year"),
    "school_year": _school_year,
    "quarter": lambda year, quarter: Period((year, 3 * quarter - 2), (year, 3 * quarter), "quarter"),
    "half": lambda year, half: Period((year, 6 * half - 5), (year, 6 * half), "half"),
    "months": _months,
}


def today() -> date:
    """Return the day on the office's wall, by which what comes in is registered."""
    return date.today()  # noqa: DTZ011


def start_date(text: str) -> date:
    """Return the first day of a period."""
    year, month = parse(text).start
    return date(year, month, 1)


def end_date(text: str) -> date:
    """Return the last day of a period."""
    year, month = parse(text).end
    return date(year, month, monthrange(year, month)[1])


def closing_date(period: str) -> date:
    """Return the day from which all that a period will hold may be reported: schools close at the end of May."""
    last = parse(period)
    of_school_year = last.kind == "school_year" or (last.end[1] == 7 and last.start[1] in (2, SCHOOL_YEAR_START))
    return end_date(period) - (_SUMMER if of_school_year else timedelta(0))


def within(period: str, other: str) -> bool:
    """Tell whether all of a period lies in another, or is that."""
    inner, outer = parse(period), parse(other)
    return outer.start <= inner.start and inner.end <= outer.end


def overlap(one: str, other: str) -> bool:
    """Tell whether two periods share a month."""
    first, second = parse(one), parse(other)
    return first.start <= second.end and second.start <= first.end


def is_partial(text: str, as_of: date | None) -> bool:
    """Tell whether a return that speaks for the day `as_of` reaches only part of the period."""
    return as_of is not None and as_of < end_date(text)


def year_before(text: str) -> str:
    """Return the same period one year earlier: "2023-2024" -> "2022-2023"."""
    parse(text)
    return re.sub(r"(?<!\d)\d{4}(?!\d)", lambda year: str(int(year[0]) - 1), text)


def following(text: str) -> str:
    """Return the period that begins where this one ends: "2023" -> "2024", "2024-H2" -> "2025-H1"."""
    period = parse(text)
    year, kind = period.start[0], period.kind
    if kind == "year":
        return str(year + 1)
    if kind == "school_year":
        return f"{year + 1}-{year + 2}"
    if kind in ("quarter", "half"):
        parts, length = (4, 3) if kind == "quarter" else (2, 6)
        number = (period.start[1] - 1) // length + 1
        return f"{year + number // parts}-{kind[0].upper()}{number % parts + 1}"
    return "/".join(
        _month(_index(end) + _index(period.end) - _index(period.start) + 1) for end in (period.start, period.end)
    )


def _index(month: tuple[int, int]) -> int:
    return 12 * month[0] + month[1] - 1


def _month(index: int) -> str:
    return f"{index // 12}-{index % 12 + 1:02d}"


def sort_key(text: str) -> tuple:
    """Order periods by when they start, then by when they end."""
    period = parse(text)
    return period.start, period.end, period.kind


def label(text: str) -> str:
    """Write a period as a Vietnamese report does."""
    (y1, m1), (y2, m2), kind = parse(text)
    if kind == "year":
        return str(y1)
    if kind == "school_year":
        return f"năm học {y1}–{y2}"
    if kind == "quarter":
        return f"quý {ROMAN[(m1 + 2) // 3]}/{y1}"
    if kind == "half":
        return f"6 tháng {'đầu' if m1 == 1 else 'cuối'} năm {y1}"
    if (y1, m1) == (y2, m2):
        return f"tháng {m1}/{y1}"
    return f"{m1}/{y1}–{m2}/{y2}"
