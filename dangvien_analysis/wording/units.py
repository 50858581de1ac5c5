"""Units: what a number counts. «ĐVT: lớp» over a table, or in a cell of it, turns what the numbers mean."""

import re
from collections.abc import Mapping

from dangvien_analysis.text import bare, counting_words, fold

LONGEST_UNIT = 40  # letters; what is longer need not be looked at
# A unit is stated behind these words; «Đơn vị:» alone may as well stand before the name of a school.
_STATED = re.compile(
    r"[(\[]?\s*(?<!\w)(?:đơn vị tính|đv tính|đvt|don vi tinh|dv tinh|dvt)\b\s*[:.–-]?\s*([^()\[\]]+)[)\]]?",
    re.IGNORECASE,
)
_PERHAPS_STATED = re.compile(r"(?:^|\()(?:đơn vị|don vi)\s*:\s*([^()]+)(?:$|\))", re.IGNORECASE)
_STATING = ("đơn vị", "đv", "don vi", "dv")  # looked for first, which is faster
_BETWEEN = re.compile(r"[,;+]| - | và | va ", re.IGNORECASE)
# Words that are a unit and nothing else, wherever they are the whole of a cell.
_OTHER_WORDS = """
    lớp, lop, tiết, buổi, giờ, lượt, lượt người, luot nguoi, đồng, nghìn đồng, ngàn đồng, triệu đồng, tỷ đồng,
    nghìn người, ngàn người, trăm người, chục người
"""
_OTHERS = {fold(unit) for unit in _OTHER_WORDS.split(",")}
_SHARES = {fold(unit) for unit in ("%", "tỷ lệ %", "phần trăm", "ty le %")}
_NOT_OF_PEOPLE = _OTHERS | _SHARES
# Units that stand behind a number in its cell, by what they tell of whom it counts; "người", "đ/c" tell nothing.
_TELLING = {
    "student": "em, cháu, hs, h/s, học sinh",
    "staff": "cán bộ, giáo viên, gv, nhân viên, nv, viên chức, cbgvnv, cb gv nv, cbgv, công nhân viên",
    "member": "đảng viên, đv, đảng viên mới",
    "dossier": "hồ sơ",
    "other": "lượt người",
}
_TOLD = {bare(unit): told for told, units in _TELLING.items() for unit in units.split(",")}
_FITTING = {  # what a unit that is no group's may count
    "member": {"party_members", "admitted", "ceremony", "confirmed", "admitted_elsewhere"},
    "dossier": {"dossier", "proposed", "admitted", "handed_over"},
    "other": set(),
}
_PEOPLE = {fold(word) for word in counting_words()} - _OTHERS


def split_unit(text: str) -> tuple[str, str | None]:
    """Return a text without the unit that it states, and that unit: "Kết nạp (ĐVT: người)" -> "Kết nạp", "người"."""
    lowered = text.casefold()
    if not any(word in lowered for word in _STATING):
        return text, None
    match = _STATED.search(text) or _PERHAPS_STATED.search(text)
    unit = match[1].strip() if match else ""
    if not unit or (match.re is _PERHAPS_STATED and not (counts_people(unit) or is_other(unit))):
        return text, None
    return f"{text[: match.start()]} {text[match.end() :]}".strip(), unit


def counts_people(unit: str) -> bool:
    """Tell whether a unit is that of single people, perhaps with their shares beside: "người", "em", "người, %"."""
    if len(unit) > LONGEST_UNIT:
        return False
    parts = {fold(part) for part in _BETWEEN.split(unit)}
    return bool(parts & _PEOPLE) and parts <= _PEOPLE | _SHARES


def is_other(text: str) -> bool:
    """Tell whether a text is the unit of something else than people, and nothing more."""
    return len(text) <= LONGEST_UNIT and fold(text) in _NOT_OF_PEOPLE


def repeats_unit(text: str) -> bool:
    """Tell whether a cell of a column of units only says that it is as above: a ditto mark, "nt"."""
    return fold(text) in {"", "nt", "như trên"}


def told_behind(raw: str) -> str:
    """Return what the word behind a typed count tells of whom it counts: "5 GV" -> "staff"; "" for nothing."""
    if raw[-1:].isdigit():
        return ""
    return _TOLD.get(bare(raw.lstrip("0123456789. ")), "")


def unit_at_odds(told: str, facets: Mapping) -> str | None:
    """Return the doubt about a number with these facets where the unit in its cell tells of others, or None."""
    if told in _FITTING:
        return None if facets["measure"] in _FITTING[told] else "unclear_unit"
    return "unclear_group" if told and facets["group"] not in (told, "all") else None
