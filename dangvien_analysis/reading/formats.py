"""What a number format makes of a number: a plain number, a percentage, a date."""

import datetime as dt
import re
from functools import lru_cache

from dangvien_analysis.reading.cells import DATE, Cell, number_cell
from dangvien_analysis.text import date_text

PLAIN = ""
PERCENT = "%"
TIME = "time"  # hours, minutes or seconds only; other dates are named by what they show: "dmy", "my", "y" …

_BUILT_IN = (
    dict.fromkeys((9, 10), PERCENT)
    | dict.fromkeys((14, 15, 22, *range(27, 32), 36, *range(50, 55), 57, 58), "dmy")
    | {16: "dm", 17: "my", 55: "my", 56: "dm"}
    | dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), TIME)
)
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
# The date in a cell has no zone.
_EPOCH_1900, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001
_MAX_SERIAL = 2_958_466  # the day after 31-12-9999


@lru_cache(maxsize=4096)
def format_kind(code: str, number: int = -1) -> str:
    """Return what a number format shows, by its code or, where it has none, by its built-in number."""
    if not code:
        return _BUILT_IN.get(number, PLAIN)
    tokens = _LITERAL.sub("", code).partition(";")[0].lower()
    if "%" in tokens:
        return PERCENT
    shown = "".join(letter for letter in "dmy" if letter in tokens)
    clock = "h" in tokens or "s" in tokens
    if clock and "d" not in shown and "y" not in shown:
        return TIME
    return shown or PLAIN


@lru_cache(maxsize=1 << 14)
def formatted_cell(value: float, kind: str, date1904: bool = False) -> Cell:
    """Return the cell of a stored number that is shown as `kind`."""
    if kind in (PLAIN, PERCENT):
        return number_cell(value, kind == PERCENT)
    if not 0 <= value < _MAX_SERIAL:
        return Cell(DATE, number_cell(value).raw)
    days = value + 1 if 0 < value < 60 and not date1904 else value  # Excel counts a 29-2-1900 that never was
    moment = (_EPOCH_1904 if date1904 else _EPOCH_1900) + dt.timedelta(days=days)
    return date_cell(moment, TIME if value < 1 else kind)


def date_cell(moment: dt.datetime, kind: str) -> Cell:
    """Return the cell of a date, written as far as the cell shows it."""
    if kind == TIME:
        return Cell(DATE, f"{moment:%H:%M}")
    if "d" in kind:
        return Cell(DATE, date_text(moment))
    return Cell(DATE, f"{moment.month}-{moment.year}" if "m" in kind else str(moment.year))
