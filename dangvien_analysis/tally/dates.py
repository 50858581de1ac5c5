"""What a cell of a list says about when: a day, a month, a year, nothing, or something that is no date for certain.

The day stands first, as everywhere in Vietnam; a year has four digits, for "12/3/23" may be 1923 or a typing error.
"""

import re
from datetime import date
from typing import NamedTuple

from dangvien_analysis.text import fold
from dangvien_analysis.wording import timewords
from dangvien_analysis.workbook import COUNT, DATE, TEXT, ZERO, Cell


class Moment(NamedTuple):
    """A day as far as it is known: year, then month and day, or 0."""

    year: int
    month: int = 0
    day: int = 0


_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?!\d)")
_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})\s*[-/.]\s*(\d{4})(?!\d)")
_DAY_IN_WORDS = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})\b")
_MONTH_IN_WORDS = re.compile(r"tháng (\d{1,2}) năm (\d{4})\b")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{2}(?!\d)")
_SCHOOL_YEAR = re.compile(r"\d{4}\s*[-–]\s*\d{2,4}")
_NOTHING = {"chưa", "chưa có", "không", "không có", "chưa kết nạp", "chưa được kết nạp", "x chưa"}

BLANK, UNCLEAR = "blank", "unclear"


def read_moment(cell: Cell | None) -> Moment | str:
    """Return the moment that a cell states, BLANK where it states none, UNCLEAR where it is no date for certain."""
    if cell is None or cell.state == ZERO:
        return BLANK
    if cell.state == COUNT:
        year = timewords.bare_year(cell.raw)
        return Moment(int(year)) if year else UNCLEAR
    if cell.state not in (DATE, TEXT):
        return UNCLEAR
    if fold(cell.raw) in _NOTHING:
        return BLANK
    return _of_text(cell.raw.casefold())


def _of_text(text: str) -> Moment | str:
    """Read a date typed as text, also within words ("QĐ số 12 ngày 3/2/2023"); two dates in one cell are unclear."""
    if _SHORT_YEAR.search(text) and not _DAY.search(text):
        return UNCLEAR
    days = {_valid(int(y), int(m), int(d)) for d, m, y in (*_DAY.findall(text), *_DAY_IN_WORDS.findall(text))}
    if days:
        return days.pop() if len(days) == 1 else UNCLEAR
    months = {_valid(int(y), int(m)) for m, y in (*_MONTH.findall(text), *_MONTH_IN_WORDS.findall(text))}
    if months:
        return months.pop() if len(months) == 1 else UNCLEAR
    years = set(_YEAR.findall(text))
    if len(years) != 1 or _SCHOOL_YEAR.search(text):
        return UNCLEAR
    return _valid(int(years.pop()))


def _valid(year: int, month: int = 0, day: int = 0) -> Moment | str:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return UNCLEAR
    return Moment(year, month, day) if timewords.FIRST_YEAR <= year <= timewords.LAST_YEAR else UNCLEAR


def within(moment: Moment, start: date, end: date) -> bool | None:
    """Tell whether a moment lies in a run of days; None where it is not known closely enough."""
    first = date(moment.year, moment.month or 1, moment.day or 1)
    last = first if moment.day else _last_day(moment)
    if start <= first and last <= end:
        return True
    return False if last < start or first > end else None


def _last_day(moment: Moment) -> date:
    if not moment.month or moment.month == 12:
        return date(moment.year, 12, 31)
    return date.fromordinal(date(moment.year, moment.month + 1, 1).toordinal() - 1)


def surely_before(one: Moment, other: Moment) -> bool:
    """Tell whether a moment lies before another as far as both are known."""
    known = min(sum(map(bool, one)), sum(map(bool, other)))
    return one[:known] < other[:known]
