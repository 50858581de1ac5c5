"""The cells of an OpenDocument sheet: what is stored, and beside it what is shown."""

import datetime as dt
import re
from collections.abc import Sequence

from dangvien_analysis.legacy import UNICODE
from dangvien_analysis.reading.cells import (
    BLANK_FORMULA,
    DAMAGED,
    DATE,
    ERROR,
    TEXT,
    UNSEEN_ZERO,
    Cell,
    Runs,
    number_cell,
)
from dangvien_analysis.reading.formats import date_cell, worded_cell
from dangvien_analysis.text import tidy

_ERROR = re.compile(r"#(?:REF|DIV/0|VALUE|NAME|NUM|N/A|NULL)[!?]?|Err:[0-9]{3}", re.IGNORECASE)
_BARE = re.compile(r"[-+(]?[0-9][0-9.,/\s]*(?:[eE][-+]?[0-9]+)?\s*[%)]?")  # a number without words beside it
_DIGITS = re.compile(r"[0-9][0-9.,\s]*")
_TIME = re.compile(r"PT([0-9]+)H([0-9]+)M.*")


def made_cell(attributes: dict[str, str], runs: Runs, has_text: bool) -> Cell | Runs | None:
    """Return the cell of what is stored; `has_text`: what it shows is there, be it nothing."""
    kind = attributes.get("office:value-type", "")
    shown = tidy("".join(text for _, text in runs))
    if attributes.get("calcext:value-type") == "error" or ("table:formula" in attributes and _ERROR.fullmatch(shown)):
        return Cell(ERROR, shown[:20])
    if not kind and "table:formula" in attributes and not has_text:
        return BLANK_FORMULA
    if kind in ("float", "currency", "percentage"):
        number = number_cell(float(attributes.get("office:value", "nan")), kind == "percentage")
        return _as_shown(number, shown if has_text else number.raw)
    if kind == "boolean":
        return Cell(TEXT, "TRUE" if attributes.get("office:boolean-value") == "true" else "FALSE")
    if kind in ("date", "time"):
        return _moment(attributes)
    return runs or _text_attribute(attributes)


def is_shown_blank(attributes: dict[str, str], runs: Sequence[tuple[str, str]], has_text: bool) -> bool:
    """Tell whether a text is there of which nothing is shown."""
    return bool(attributes.get("office:string-value")) and has_text and not runs


def _as_shown(number: Cell, shown: str) -> Cell:
    """Return the cell of a number that is shown so: the file holds each number twice."""
    if not shown:
        return UNSEEN_ZERO if number.n == 0 else worded_cell(number, shown)
    if not _BARE.fullmatch(shown):
        return worded_cell(number, shown)
    return DAMAGED if number.value is not None and _is_another(number.value, shown) else number


def _is_another(value: float, shown: str) -> bool:
    """Tell whether a whole number is written beside its value as another one."""
    if not (_DIGITS.fullmatch(shown) and value.is_integer()):
        return False
    return value not in {int(re.sub(r"\D", "", text)) for text in (shown, re.sub(r"[.,]0+$", "", shown))}


def _text_attribute(attributes: dict[str, str]) -> Runs | None:
    text = attributes.get("office:string-value", "")
    return ((UNICODE, text),) if text else None


def _moment(attributes: dict[str, str]) -> Cell:
    clock = _TIME.fullmatch(attributes.get("office:time-value", ""))
    if clock:
        return Cell(DATE, f"{int(clock[1]):02d}:{int(clock[2]):02d}")
    try:
        return date_cell(dt.datetime.fromisoformat(attributes.get("office:date-value", "")), "dmy")
    except ValueError:
        return DAMAGED
