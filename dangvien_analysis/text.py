"""Vietnamese text and numbers: tidying, comparing words, reading counts, writing figures.

Nothing here knows what a word means. `tidy` is for showing, `fold` and `bare` are for comparing only.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

MISSING = "…"  # as in Vietnamese statistical tables, where a dash means a reported zero
_CACHE = 1 << 16  # texts repeat over the files of a collection: keep them across files

_SPACES = re.compile(r"\s+")
# Zero-width and direction marks, the soft hyphen and control characters: invisible, so never part of a word.
# Halves of surrogate pairs and non-characters are dropped too: no file could be written with them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]"
)
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ"})  # Eth and African D, drawn like the Vietnamese letter

_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_NOT_WORD = re.compile(r"(?:[^\w%]|[_⁰¹²³⁴-⁹])+")  # nor is the mark of a note
_FINAL_I = re.compile(r"\b(h|k|l|m|s|t|qu)([iìíỉĩị])\b")


def _composed(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


_I_TO_Y = {_composed("i", tone): _composed("y", tone) for tone in _TONES}
# "hoà" -> "hòa" at the end of a syllable; "qúy" -> "quý", for the u after q belongs to the consonant.
_TONE_BACK = {
    glide + _composed(vowel, tone): _composed(glide, tone) + vowel
    for glide, vowel in ("oa", "oe", "uy")
    for tone in _TONES[1:]
}
_TONE_FORWARD = {
    "q" + _composed("u", tone) + vowel: "qu" + _composed(vowel, tone) for vowel in "aeiyơâê" for tone in _TONES[1:]
}
_MISPLACED = re.compile(rf"(?<!q)(?:{'|'.join(_TONE_BACK)})\b")
_MISPLACED_AFTER_Q = re.compile("|".join(_TONE_FORWARD))


@lru_cache(maxsize=_CACHE)
def tidy(text: str) -> str:
    """Return `text` in NFC with single spaces, without invisible characters, and with Đ for its look-alikes.

    Line breaks become spaces. Legacy encodings must be decoded before: in TCVN3 the soft hyphen is a letter.
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_LOOKALIKES)
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=_CACHE)
def fold(text: str) -> str:
    """Return `text` in the form in which two wordings are compared.

    Lower case, one tone placement (hoà = hòa), final i as y (tỉ = tỷ, quí = quý), punctuation as spaces; accents and
    digits are kept, and "%" is a word of its own.
    """
    text = _MISPLACED_AFTER_Q.sub(lambda match: _TONE_FORWARD[match[0]], tidy(text).casefold())
    text = _MISPLACED.sub(lambda match: _TONE_BACK[match[0]], text)
    text = _FINAL_I.sub(lambda match: match[1] + _I_TO_Y[match[2]], text)
    return _NOT_WORD.sub(" ", text.replace("%", " % ")).strip()


@lru_cache(maxsize=_CACHE)
def bare(text: str) -> str:
    """Return `fold(text)` without accents ("đảng viên" -> "dang vien")."""
    letters = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def has_accents(text: str) -> bool:
    """Tell whether `text` bears any Vietnamese accent, or đ."""
    return fold(text) != bare(text)


# --- counts -----------------------------------------------------------------------------------------------------

_MAX_DIGITS = 12  # no count of people is longer; a telephone number with its country code is
_UNITS = """
    em, cháu, hs, h/s, học sinh, đoàn viên, đvtn, đoàn viên ưu tú, quần chúng, quần chúng ưu tú, qcut, qcưt,
    người, đ/c, đc, đ.c, đồng chí, cán bộ, giáo viên, gv, nhân viên, nv, viên chức, cbgvnv, cb gv nv, cbgv,
    công nhân viên, đảng viên, đv, đảng viên mới, hồ sơ, lượt người, cá nhân, trường hợp
"""
_PLAIN = re.compile(r"([0-9]+)(?: ?(\D+))?")
_GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+))(?: ?(\D+))?")
_DASHES = re.compile(r"[-–—−‐‑‒―]{1,5}")
_NOTHING = frozenset({"không", "không có", "khong", "khong co"})


@lru_cache(maxsize=_CACHE)
def parse_count(text: str) -> tuple[str, int | None]:
    """Read a typed count: ("count", 12), ("zero", 0) or ("text", None).

    A count is digits, thousands grouped by dots or spaces ("1.234"), with at most one unit word ("12 em", "02 (đ/c)").
    A dash, "không", "không có" and "0" are a reported zero. "khoảng 5", "4/6", "9,8", "1,234", "-1" are not counts.
    """
    text = tidy(text)
    if _DASHES.fullmatch(text) or (text[0:1] != "(" and _word(text) in _NOTHING):
        return "zero", 0
    match = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)
    if match is None or (match[2] and _word(match[2]) not in counting_words()):
        return "text", None
    digits = match[1].replace(".", "").replace(" ", "")
    if len(digits) > _MAX_DIGITS:
        return "text", None
    n = int(digits)
    return ("count", n) if n else ("zero", 0)


def _word(text: str) -> str:
    # Not `fold`: "không?" says less than the word alone. "12 (em)" is as much as "12 em".
    inside = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    return inside.strip().casefold().rstrip(".")


@lru_cache(maxsize=1)
def counting_words() -> frozenset[str]:
    """Return the words that may stand behind a count of people: "12 em"."""
    words = [tidy(unit) for unit in _UNITS.split(",")]
    return frozenset(words) | frozenset(word for word in map(bare, words) if " " in word or len(word) > 2)


# --- writing ----------------------------------------------------------------------------------------------------


def number(n: int | None) -> str:
    """Write a whole number with dots between thousands: 1234 -> "1.234"; missing -> "…"."""
    return MISSING if _is_missing(n) else f"{int(n):,}".replace(",", ".")


def decimal(x: float | None, places: int = 1) -> str:
    """Write a number with a decimal comma, rounded half up as in print: 15.65 -> "15,7"; missing -> "…"."""
    return MISSING if _is_missing(x) else _fixed(Decimal(repr(float(x))), places)


def percent(x: float | None, places: int = 1) -> str:
    """Write a share as a percentage without a space: 0.157 -> "15,7%"; missing -> "…"."""
    return MISSING if _is_missing(x) else _fixed(Decimal(repr(float(x))) * 100, places) + "%"


def date_text(day: date) -> str:
    """Write a date as the press does: "14-3-2024"."""
    return f"{day.day}-{day.month}-{day.year}"


def join_words(words: Sequence[str]) -> str:
    """Join words as a sentence does: "A, B và C"."""
    words = list(words)
    return " và ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _fixed(x: Decimal, places: int) -> str:
    rounded = x.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if not rounded:
        rounded = abs(rounded)  # no "-0,0"
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def _is_missing(x: Any) -> bool:
    if x is None:
        return True
    try:
        return bool(x != x)  # noqa: PLR0124 - so says a number that is none
    except TypeError:  # pandas' NA is neither equal nor unequal to itself
        return True
