"""What a workbook is once read: sheets of cells, each with its place, its text and its state."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from dangvien_analysis.text import parse_count, tidy

COUNT = "count"  # a whole number that is not negative, or a text that is one ("12 em")
ZERO = "zero"  # a dash or "không": nothing, and said so; with a value, the number 0 that its cell does not show
TEXT = "text"
ERROR = "error"  # an Excel error such as #REF!; raw "?" where the file itself is damaged at this cell
FORMULA = "formula"  # a formula that no program has calculated: there is no stored value
NUMBER = "number"  # a number that cannot be a count: 9.8, -1, or one shown as a percentage (raw "50%", value 0.5)
STRUCK = "struck"  # a number, or a text that is one, with a line through it
MASKED = "masked"  # a whole number that its cell's format hides, or shows as another one: 12000 as 12
DATE = "date"  # also what Excel made of "4/6"; raw is day-month-year, as far as the cell shows them

Place = tuple[int, int]  # row and column, both from 1
Range = tuple[int, int, int, int]  # row, column, last row, last column
Runs = tuple[tuple[str, str], ...]  # of text: (the encoding its font stands for, the characters)

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_TEXT = 32_767  # Excel's own limit for a cell


class Cell(NamedTuple):
    """One cell that is not blank.

    `raw` is the text as typed, tidied and decoded, or the number written plainly; `n` is set for counts and zeros;
    `value` is the number of a cell that was typed as a number (of a percentage, its share).
    """

    state: str
    raw: str = ""
    n: int | None = None
    value: float | None = None


class Sheet(NamedTuple):
    """The cells of a sheet by (row, column), both from 1; merges are (row, column, last row, last column).

    `unseen`: the cells of which nothing is seen, or another number; `comments`: (row, column, what it
    says); of row 0 is what stands over and under the pages when they are printed.
    """

    name: str
    cells: dict[tuple[int, int], Cell]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    unseen: frozenset[tuple[int, int]] = frozenset()
    comments: tuple[tuple[int, int, str], ...] = ()


class Problem(NamedTuple):
    """Something about the file that its reader should know; `message` is one Vietnamese sentence."""

    level: str
    code: str
    sheet: str
    cell: str
    message: str


class Workbook(NamedTuple):
    """A file as read; a file that could not be opened has no sheets and a problem of level "error"."""

    sheets: tuple[Sheet, ...] = ()
    properties: dict[str, str] = {}  # noqa: RUF012 - nobody writes into a result
    problems: tuple[Problem, ...] = ()


def column_letters(col: int) -> str:
    """Return the letters of a column counted from 1: 27 -> "AA"."""
    letters = ""
    while col > 0:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, col: int) -> str:
    """Return the address of a cell as Excel shows it: (7, 3) -> "C7"."""
    return f"{column_letters(col)}{row}"


def address_range(r1: int, c1: int, r2: int, c2: int) -> str:
    """Return the address of a range, "C7:D9", or of its only cell."""
    first, last = address(r1, c1), address(r2, c2)
    return first if first == last else f"{first}:{last}"


def parse_address(cell: str) -> tuple[int, int]:
    """Return the row and column of an address: "C7" -> (7, 3)."""
    letters = cell.rstrip("0123456789")
    col = 0
    for letter in letters:
        col = 26 * col + ord(letter) - 64
    return int(cell[len(letters) :]), col


BLANK_FORMULA = Cell(FORMULA)
UNSEEN_ZERO = Cell(ZERO, "0", 0, 0.0)
DAMAGED = Cell(ERROR, "?")

_MAX_COUNT = 1e12
MAX_CACHED_TEXT = 256  # the caches outlive a file: a hostile one must not fill them


@lru_cache(maxsize=1 << 14)
def number_cell(value: float, percent: bool = False) -> Cell:
    """Return the cell of a stored number; `percent` if the cell shows it as a percentage."""
    if not abs(value) < 1e300:  # infinite or not a number: no program stores that
        return DAMAGED
    value = _as_shown(value)
    if percent:
        return Cell(NUMBER, _plain(_as_shown(value * 100)) + "%", None, value)
    if 0 <= value < _MAX_COUNT and value == int(value):
        return Cell(COUNT, str(int(value)), int(value), value)
    return Cell(NUMBER, _plain(value), None, value)


def text_cell(text: str) -> Cell | None:
    """Return the cell of a decoded text, or None if it is blank."""
    if len(text) <= MAX_CACHED_TEXT:
        return _text_cell(text)
    raw = tidy.__wrapped__(text) if len(text) <= MAX_TEXT else DAMAGED.raw
    return DAMAGED if raw == DAMAGED.raw else Cell(TEXT, raw) if raw else None


# Digits on two lines, or far apart, are two numbers; tidied they would be one with a space between its thousands.
_APART = re.compile(r"\d(?:[^\S\n]*[\n\t][^\S\n]*|\s{2,})\d")


@lru_cache(maxsize=1 << 14)
def _text_cell(text: str) -> Cell | None:
    raw = tidy(text)
    if not raw:
        return None
    state, n = parse_count(raw) if not _APART.search(text) else (TEXT, None)
    return Cell(state, raw, n)


def _as_shown(value: float) -> float:
    return float(f"{value:.15g}") or 0.0  # 15 digits, as spreadsheets show: 0.1 + 0.2 is 0.3


def _plain(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0")
