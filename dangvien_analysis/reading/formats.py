"""What a number format makes of a number: a plain number, a percentage, a date, words with a number in them."""

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from dangvien_analysis.reading.cells import DATE, MASKED, UNSEEN_ZERO, Cell, Runs, number_cell, text_cell
from dangvien_analysis.text import date_text

PLAIN = ""
PERCENT = "%"
TIME = "time"  # hours, minutes or seconds only; other dates are named by what they show: "dmy", "my", "y" …
NUMERAL = "\0"  # where the number stands in a kind that shows words with it: "\0 lớp"
HIDES = "hides"  # nothing of the number is seen, or another one
HIDES_ZERO = "hides zero"

_BUILT_IN = (
    dict.fromkeys((9, 10), PERCENT)
    | dict.fromkeys((14, 15, 22, *range(27, 32), 36, *range(50, 55), 57, 58), "dmy")
    | {16: "dm", 17: "my", 55: "my", 56: "dm"}
    | dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), TIME)
)
# A format's tokens: literal text in quotes or behind a backslash, a blank as wide as a letter, what stands in brackets
# (a currency, hours that go on beyond a day, a colour or a condition), a number's digits, where a text stands, a
# section's end, any other letter.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>[hms]+)\]'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<digits>(?:[0#?]|general)(?:[0#?.,/]|e[+-])*)|(?P<text>@)|(?P<end>;)|(?P<letter>.)",
    re.IGNORECASE | re.DOTALL,
)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?[0-9]{1,2}", re.IGNORECASE)
_SHOWN = ("quoted", "escaped", "currency", "letter")
_ZERO, _OF_TEXT = 2, 3  # the sections of these, counted from 0
_THOUSANDS = re.compile(r",(?=\.|$)")  # "0," shows 12000 as 12
_ONE_NUMERAL = re.compile(rf"{NUMERAL}(?:\s+{NUMERAL})+")  # "# ##0"
# The date in a cell has no zone.
_EPOCH_1900, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001
_MAX_SERIAL = 2_958_466  # the day after 31-12-9999


class _Section(NamedTuple):
    """One part of a number format: its letters without those in quotes, what it shows, and what of a zero.

    Where the number stands is NUMERAL in `shown`, where a text does is NUMERAL in `of_text`.
    """

    bare: str = ""
    shown: str = ""
    of_zero: str = ""
    of_text: str = ""
    conditional: bool = False
    colour: str = ""


def _sections(code: str) -> list[_Section]:
    """Take a number format apart."""
    sections = [_Section()]
    for token in _TOKEN.finditer(code):
        kind, text = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind == "end":
            sections.append(_Section())
        else:
            sections[-1] = _with_token(sections[-1], kind, text)
    return sections


def _with_token(section: _Section, kind: str | None, text: str) -> _Section:
    bare, shown, of_zero, of_text, conditional, colour = section
    if kind in ("letter", "elapsed"):
        bare += text.lower()
    if kind in ("digits", "text"):
        shown += HIDES if _THOUSANDS.search(text) else NUMERAL
        of_zero += NUMERAL if text.strip("#?.,/") else ""  # "#" shows no zero
        of_text += NUMERAL if kind == "text" else ""
    elif kind in _SHOWN:
        shown, of_zero, of_text = shown + text, of_zero + text, of_text + text
    if kind == "bracket":
        conditional |= text[:1] in "<>="
        colour = text.replace(" ", "").lower() if _COLOUR.fullmatch(text) else colour
    return _Section(bare, shown, of_zero, of_text, conditional, colour)


@lru_cache(maxsize=4096)
def format_kind(code: str, number: int = -1) -> str:
    """Return what a number format shows, by its code or, where it has none, by its built-in number."""
    if not code:
        return _BUILT_IN.get(number, PLAIN)
    sections = _sections(code)
    bare = sections[0].bare
    if "%" in bare:
        return PERCENT
    shown = "".join(letter for letter in "dmy" if letter in bare)
    clock = "h" in bare or "s" in bare
    if clock and "d" not in shown and "y" not in shown:
        return TIME
    return shown or _words_around(sections)


def _words_around(sections: list[_Section]) -> str:
    """Return PLAIN, HIDES, HIDES_ZERO, or the words that a number format shows with a number that is not negative."""
    chosen = sections if any(section.conditional for section in sections) else sections[:1]
    shown = [_ONE_NUMERAL.sub(NUMERAL, section.shown).strip() for section in chosen]
    if any(NUMERAL not in section or HIDES in section for section in shown):
        return HIDES
    if all(section == NUMERAL for section in shown):
        zero = sections[_ZERO if len(sections) > _ZERO else 0].of_zero
        return PLAIN if NUMERAL in zero or _says_zero(zero) else HIDES_ZERO
    return shown[0] if len(shown) == 1 else HIDES


@lru_cache(maxsize=4096)
def text_kind(code: str) -> str:
    """Return what a number format makes of a text: NUMERAL, which is the text as it is, words around it, or HIDES.

    A text has the fourth section; where there are fewer, the last one if it says where a text stands.
    """
    sections = _sections(code) if ";" in code or "@" in code else []
    if len(sections) > _OF_TEXT:
        return sections[_OF_TEXT].of_text or HIDES
    return sections[-1].of_text if sections and NUMERAL in sections[-1].of_text else NUMERAL


@lru_cache(maxsize=4096)
def letter_colours(code: str) -> tuple[str, str]:
    """Return the colours that a number format names for numbers and for zeros: "white", "color2", "" for none."""
    sections = _sections(code) if "[" in code else [_Section()]
    return sections[0].colour, sections[_ZERO if len(sections) > _ZERO else 0].colour


def as_formatted(runs: Runs, kind: str, encoding: str) -> Runs:
    """Return a text with the words that a format of this kind puts around it, in the font of its cell."""
    if kind in (NUMERAL, HIDES):
        return runs
    before, *behind = kind.split(NUMERAL)
    around = ((encoding, before), *runs, (encoding, "".join(behind)))
    return tuple(run for run in around if run[1])


def _says_zero(text: str) -> bool:
    cell = text_cell(text)
    return cell is not None and cell.n == 0


@lru_cache(maxsize=1 << 14)
def formatted_cell(value: float, kind: str, date1904: bool = False) -> Cell:
    """Return the cell of a stored number that is shown as `kind`."""
    if kind in (PLAIN, PERCENT):
        return number_cell(value, kind == PERCENT)
    if kind == HIDES_ZERO:
        return number_cell(value) if value else UNSEEN_ZERO
    if kind == HIDES or NUMERAL in kind:
        number = number_cell(value)
        return worded_cell(number, "" if kind == HIDES else kind.replace(NUMERAL, number.raw))
    if not 0 <= value < _MAX_SERIAL:
        return Cell(DATE, number_cell(value).raw)
    days = value + 1 if 0 < value < 60 and not date1904 else value  # Excel counts a 29-2-1900 that never was
    moment = (_EPOCH_1904 if date1904 else _EPOCH_1900) + dt.timedelta(days=days)
    return date_cell(moment, TIME if value < 1 else kind)


def worded_cell(number: Cell, shown: str) -> Cell:
    """Return the cell of a count that is shown with words, "12 lớp", or as nothing or another number."""
    if not number.n:  # mostly a zero has a section of its own, and one that is not seen is a zero none the less
        return number
    seen = text_cell(shown)
    return seen if seen is not None and seen.n in (None, number.n) else Cell(MASKED, number.raw)


def date_cell(moment: dt.datetime, kind: str) -> Cell:
    """Return the cell of a date, written as far as the cell shows it."""
    if kind == TIME:
        return Cell(DATE, f"{moment:%H:%M}")
    if "d" in kind:
        return Cell(DATE, date_text(moment))
    return Cell(DATE, f"{moment.month}-{moment.year}" if "m" in kind else str(moment.year))
