"""Numbers that open a line or stand in a column of their own: A, I, 1, 1.1, a, -, +, each with its rank."""

import re

from dangvien_analysis.text import tidy

_YEAR = r"[./-](?:19|20)\d\d\b"  # right behind a number it makes a month or a quarter: "06/2024", "I-2024"
_ORDINAL = re.compile(
    r"^(?:(?P<roman>[IVX]{1,5})|(?P<upper>[A-ZĐ])|(?P<number>\d{1,2}(?:\.\d{1,2})*)|(?P<lower>[a-zđ]))"
    rf"(?!{_YEAR})\s*[.):/]\s*(?=\S)"
    r"|^(?P<dash>[-–—])\s*(?=\D)|^(?P<plus>[+•*])\s*(?=\D)"
    rf"|^(?P<roman2>[IVX]{{1,5}})(?!{_YEAR})\s*[-–—]\s*(?=\S)|^(?P<number2>\d{{1,2}})\s*[-–—]\s*(?=[^\W\d])"
)
_OF_WHICH = re.compile(
    r"^(trong đó|trong do|trong tổng số|trđ|chia ra|bao gồm|gồm)\s*:?\s*([-–—+•*])\s*(?=\D)", re.IGNORECASE
)
_RANKS = {"upper": 0, "roman": 1, "roman2": 1, "number": 2, "number2": 2, "lower": 3, "dash": 4, "plus": 5}
_FIRST = {"A", "I", "1", "01", "a"}
_BARE_ORDINAL = re.compile(
    r"^\(?(?:(?P<roman>[IVX]{1,5})|(?P<upper>[A-ZĐ])|(?P<number>\d{1,3}(?:\.\d{1,2})*)|(?P<lower>[a-zđ])"
    r"|(?P<dash>[-–—])|(?P<plus>[+•*]))[.)]?$"
)


def split_ordinal(text: str) -> tuple[float | None, str]:
    """Return the rank of the number that opens a label (A 0, I 1, 1 2, 1.1 2.1, a 3, - 4, + 5) and the label.

    "Trong đó: - Nữ" is a line of the list that it begins.
    """
    text = tidy(text)
    if begins := _OF_WHICH.match(text):
        return ordinal_rank(begins[2]), f"{begins[1]}: {text[begins.end() :]}"
    if (match := _ORDINAL.match(text)) is None:
        return None, text
    return _rank(match), text[match.end() :]


def ordinal_rank(text: str) -> float | None:
    """Return the rank of a cell of an ordinal column ("I", "1", "1.1", "a"), or None if it is no ordinal."""
    match = _BARE_ORDINAL.match(tidy(text))
    return _rank(match) if match else None


def begins_numbering(text: str) -> bool:
    """Tell whether a text, or a cell of an ordinal column, bears the first number of its kind: I, 1, 2.1, a."""
    text = tidy(text)
    match = _BARE_ORDINAL.match(text) or _ORDINAL.match(text)
    name = match.lastgroup if match else None
    return name is not None and match[name].rpartition(".")[2] in _FIRST


def _rank(match: re.Match) -> float:
    name = match.lastgroup
    if name == "number" and "." in match["number"]:
        return 2 + 0.1 * match["number"].count(".")
    return float(_RANKS[name])
