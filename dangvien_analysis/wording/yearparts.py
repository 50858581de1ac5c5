"""Parts of a year: how a text names one whose year stands elsewhere, and which period it is once that is known.

"Q1", "H1", "M8" and "L3" (the first 8, the last 3 months), "T6" (June), "R0912" (September to December), "S1" (the
first semester of a school year), WHOLE (all of it), EACH (its parts stand below, each for itself), UNKNOWN.
"""

import operator
import re

from dangvien_analysis.periods import SCHOOL_YEAR_START, within

WHOLE = "Y"  # "cả năm", "kế hoạch năm"
WHOLE_SCHOOL_YEAR = "S0"  # "cả năm học"
EACH = "*"  # "các quý năm 2024", "qua các năm từ 2021 đến 2024"
SAME = {
    "quarter": "=Q",
    "month": "=T",
    "semester": "=S",
    "year": "=Y",
    "school_year": "=S0",
}  # "trong quý": the title's
UNKNOWN = "?"  # a part that nobody can name: "quý I và II", "từ tháng 5"
_YEARS = re.compile(r"\d{4}-\d{4}")
_SAME = {
    SAME["quarter"]: re.compile(r"\d{4}-Q\d"),
    SAME["month"]: re.compile(r"(\d{4}-\d\d)/\1"),
    SAME["semester"]: re.compile(r"\d{4}-08/\d{4}-01|(\d{4})-02/\1-07"),
    SAME["year"]: re.compile(r"\d{4}"),
    SAME["school_year"]: _YEARS,
}


def run_of_months(y1: int, m1: int, y2: int, m2: int) -> str:
    """Return a run of months by the name it has: a year, a half or a quarter, if it is one."""
    named = {(1, 12): "", (1, 6): "-H1", (7, 12): "-H2"} | {(3 * q - 2, 3 * q): f"-Q{q}" for q in range(1, 5)}
    if y1 == y2 and (m1, m2) in named:
        return f"{y1}{named[m1, m2]}"
    return f"{y1}-{m1:02}/{y2}-{m2:02}"


def with_year(part: str, year: str) -> str:
    """Return the period that a part of a year is: "Q1", "H1", "M8" and "L3" (the first 8, the last 3 months), "T6"."""
    if part[0] not in "MLTR":
        return f"{year}-{part}"
    first, last = _months_of(part)
    return run_of_months(int(year), first, int(year), last)


def _months_of(part: str) -> tuple[int, int]:
    number = int(part[1:])
    return {"M": (1, number), "L": (13 - number, 12), "T": (number, number), "R": divmod(number, 100)}[part[0]]


def part_of(part: str, period: str) -> str | None:
    """Return the period that a part of a year is where `period` is spoken of; None where that names no such year.

    Of a school year the whole, its months and semesters are known; "quý I" under a title of "6 tháng đầu năm 2024" is
    of 2024.
    """
    if part in (EACH, UNKNOWN) or not period:
        return None
    if part[0] == "=":
        return period if _SAME[part].fullmatch(period) else None
    if _YEARS.fullmatch(period):
        return _part_of_school_year(part, period)
    year = period[:4]
    if part[0] == "S" or (period[4:5] == "-" and "/" in period and not period.split("/")[1].startswith(year)):
        return None
    if part[0] == "R" and operator.gt(*_months_of(part)):
        return None
    return year if part == WHOLE else with_year(part, year)


def _part_of_school_year(part: str, period: str) -> str | None:
    """Return the months from August to July that a part of a school year is."""
    years = [int(year) for year in period.split("-")]
    if part in (WHOLE, WHOLE_SCHOOL_YEAR):
        return period
    if part[0] not in "STR":
        return None
    first, last = {"S1": (8, 1), "S2": (2, 7)}.get(part) or _months_of(part)
    (y1, m1), (y2, m2) = ((years[month < SCHOOL_YEAR_START], month) for month in (first, last))
    return run_of_months(y1, m1, y2, m2) if (y1, m1) <= (y2, m2) else None


def may_hold(part: str, other: str) -> bool:
    """Tell whether a part of a year, whichever it is, may hold another: the first half the second quarter."""
    for year in ("2023", "2023-2024"):
        whole, inner = part_of(part, year), part_of(other, year)
        if whole and inner:
            return within(inner, whole)
    return False


def takes_part(period: str) -> bool:
    """Tell whether a period is a year or a school year, of which a part may be spoken."""
    return len(period) == len("2023") or bool(_YEARS.fullmatch(period))


def is_term(period: str) -> bool:
    """Tell whether a period is as long as a term of office, or a plan of five years."""
    first, _, last = period.partition("/")
    return bool(last) and int(last[:4]) - int(first[:4]) >= 4
