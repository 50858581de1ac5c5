"""Workbooks in Office Open XML (.xlsx, .xlsm), transitional or strict.

Read by our own hand because no library tells all we need at an acceptable price: python-calamine gives an error or a
formula that was never calculated as a blank, and no fonts or number formats; openpyxl has to read the file twice.
"""

import datetime
import re
from functools import lru_cache, partial
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree.ElementTree import Element

from dangvien_analysis.legacy import UNICODE, font_encoding
from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.assemble import MAX_CELLS, RawSheet, Runs, finish
from dangvien_analysis.reading.cells import (
    BLANK_FORMULA,
    DAMAGED,
    ERROR,
    TEXT,
    Cell,
    Problem,
    Workbook,
)
from dangvien_analysis.reading.formats import PLAIN, date_cell, format_kind, formatted_cell
from dangvien_analysis.reading.parts import Package, local, parse_xml
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.xlsx_sheet import StoredRuns, parse_sheet
from dangvien_analysis.text import tidy

_CACHED_PART = 1 << 18  # parts shared by the files of one form are parsed once; a huge one is not kept
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?\s*")


class Style(NamedTuple):
    """What a cell's style says that matters here: how a number is shown, and what its font's text is in."""

    shows: str = PLAIN
    encoding: str = UNICODE


def read_xlsx(package: Package, regular: bool = True) -> Workbook:
    """Read a workbook; a sheet that cannot be read is a problem, the others are there. Raises Unreadable."""
    main = _related(package, "").get("officeDocument", ["xl/workbook.xml"])[0]
    root = parse_xml(package.read(main))
    targets = _relations(package, main)
    book = _Book(package, _related(package, main), _date1904(root))
    raw_sheets, problems, limit = [], [], MAX_CELLS
    for name, state, relation in _listed_sheets(root):
        kind, target = targets.get(relation, ("", ""))
        if kind != "worksheet":  # a chart, a dialogue or a sheet of old macros holds no cells
            continue
        try:
            raw = parse_sheet(package.read(target), book.make, limit, regular)
        except Unreadable as exc:
            problems.append(Problem("error", "unreadable_sheet", tidy(name), "", _about_sheet(exc)))
            continue
        limit -= len(raw.cells)
        raw_sheets.append(raw._replace(name=name, hidden=state != "visible"))
    return _workbook(raw_sheets, problems, _properties(package))


def _workbook(raw_sheets: list[RawSheet], problems: list[Problem], properties: dict[str, str]) -> Workbook:
    if not raw_sheets and not problems:
        raise Unreadable(refusal.NO_SHEETS)
    sheets, more = finish(raw_sheets)
    return Workbook(tuple(sheets), properties, (*problems, *more))


def _about_sheet(exc: Unreadable) -> str:
    return refusal.DAMAGED_SHEET if str(exc) == refusal.DAMAGED else str(exc)


def _listed_sheets(root: Element) -> list[tuple[str, str, str]]:
    sheets = [element for element in root.iter() if local(element.tag) == "sheet"]
    return [(sheet.get("name", ""), sheet.get("state", "visible"), _attribute(sheet, "id")) for sheet in sheets]


def _attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name; `r:id` has one namespace in strict and another in transitional files."""
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")


def _date1904(root: Element) -> bool:
    found = (element.get("date1904") for element in root.iter() if local(element.tag) == "workbookPr")
    return next(found, None) in ("1", "true")


# --- parts and their relations ----------------------------------------------------------------------------------


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the kind and the part that each relation of `part` leads to; what lies outside is left out."""
    folder = dirname(part)
    name = join(folder, "_rels", part[len(folder) :].lstrip("/") + ".rels")
    if name not in package:
        return {}
    return {key: (kind, normpath(join("/", folder, target)).lstrip("/")) for key, kind, target in _links(package.read(name))}


def _related(package: Package, part: str) -> dict[str, list[str]]:
    related: dict[str, list[str]] = {}
    for kind, target in _relations(package, part).values():
        related.setdefault(kind, []).append(target)
    return related


def _cached(function):
    """Keep what `function` makes of small parts: the files of one form share them."""
    kept = lru_cache(maxsize=64)(function)
    return lambda data: kept(data) if len(data) <= _CACHED_PART else function(data)


@_cached
def _links(data: bytes) -> list[tuple[str, str, str]]:
    links = [link for link in parse_xml(data) if link.get("TargetMode") != "External"]
    return [(link.get("Id", ""), link.get("Type", "").rpartition("/")[2], link.get("Target", "")) for link in links]


def _properties(package: Package) -> dict[str, str]:
    """Return the custom document properties, in which a form keeps what it is."""
    if "docProps/custom.xml" not in package:
        return {}
    try:
        return dict(_custom_properties(package.read("docProps/custom.xml")))
    except Unreadable:  # nothing that was reported stands there
        return {}


@_cached
def _custom_properties(data: bytes) -> dict[str, str]:
    return {tidy(entry.get("name", "")): tidy("".join(entry.itertext())) for entry in parse_xml(data) if entry.get("name")}


# --- cells ------------------------------------------------------------------------------------------------------


class _Book:
    """What the sheets of a workbook share, and so what a stored cell means."""

    def __init__(self, package: Package, related: dict[str, list[str]], date1904: bool):
        self._styles = self._part(package, related, "styles", _styles) or [Style()]
        self._strings = self._part(package, related, "sharedStrings", _strings) or []
        self._date1904 = date1904
        self.make = lru_cache(maxsize=1 << 13)(self._make)  # most cells of a book repeat one another

    @staticmethod
    def _part(package: Package, related: dict[str, list[str]], kind: str, parse) -> list | None:
        return parse(package.read(related[kind][0])) if kind in related else None

    def _make(self, kind: str, style: str, formula: bool, value: str | None, runs: StoredRuns) -> Cell | Runs | None:
        """Return the cell of what is stored, None if that is nothing."""
        number = int(style or 0)
        shows, encoding = self._styles[number] if 0 <= number < len(self._styles) else Style()
        if formula and (value is None or (value == "" and kind != "str")):  # "" is a result only as a text
            return BLANK_FORMULA
        if kind == "inlineStr":
            return _runs(runs, encoding)
        if value is None or (value == "" and kind != "str"):
            return None
        if kind == "s":
            return self._shared(value, encoding)
        if kind == "str":
            return _runs(((None, value),), encoding)
        return _VALUES.get(kind, _damaged)(value, shows, self._date1904)

    def _shared(self, value: str, encoding: str) -> Cell | Runs | None:
        if not value.strip().isdecimal() or int(value) >= len(self._strings):
            return DAMAGED
        return _runs(self._strings[int(value)], encoding)


def _runs(stored: StoredRuns, encoding: str) -> Runs | None:
    runs = tuple((encoding if font is None else font_encoding(font), _unescaped(text)) for font, text in stored if text)
    return runs or None


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _number(value: str, shows: str, date1904: bool) -> Cell:
    return formatted_cell(float(value), shows, date1904) if _NUMBER.fullmatch(value) else DAMAGED


def _error(value: str, *_: object) -> Cell:
    return Cell(ERROR, tidy(value)[:20])


def _truth(value: str, *_: object) -> Cell:
    return Cell(TEXT, "TRUE" if value.strip() in ("1", "true") else "FALSE")


def _iso_date(value: str, shows: str, *_: object) -> Cell:
    try:
        return date_cell(datetime.datetime.fromisoformat(value.removesuffix("Z")), shows or "dmy")
    except ValueError:
        return DAMAGED


def _damaged(*_: object) -> Cell:
    return DAMAGED


_VALUES = {"": _number, "n": _number, "e": _error, "b": _truth, "d": _iso_date}


# --- shared strings and styles ----------------------------------------------------------------------------------


@_cached
def _strings(data: bytes) -> list[StoredRuns]:
    return [_string(item) for item in parse_xml(data) if local(item.tag) == "si"]


def _string(item: Element) -> StoredRuns:
    runs: list[tuple[str | None, str]] = []
    for part in item:
        if local(part.tag) == "t":
            runs.append((None, part.text or ""))
        elif local(part.tag) == "r":
            runs.append((_run_font(part), "".join(t.text or "" for t in part if local(t.tag) == "t")))
    return tuple(runs)


def _run_font(run: Element) -> str | None:
    fonts = (entry.get("val") for entry in run.iter() if local(entry.tag) == "rFont")
    return next(fonts, None)


@_cached
def _styles(data: bytes) -> list[Style]:
    root = parse_xml(data)
    groups = {local(group.tag): group for group in root}
    codes = {entry.get("numFmtId", ""): entry.get("formatCode", "") for entry in groups.get("numFmts", ())}
    fonts = [_font_encoding(font) for font in groups.get("fonts", ())]
    return [_style(xf, codes, fonts) for xf in groups.get("cellXfs", ())]


def _font_encoding(font: Element) -> str:
    names = (entry.get("val", "") for entry in font if local(entry.tag) == "name")
    return font_encoding(next(names, ""))


def _style(xf: Element, codes: dict[str, str], fonts: list[str]) -> Style:
    number, font = xf.get("numFmtId", "0"), xf.get("fontId", "0")
    if not number.isdecimal() or not font.isdecimal():
        raise Unreadable(refusal.DAMAGED)
    return Style(format_kind(codes.get(number, ""), int(number)), fonts[int(font)] if int(font) < len(fonts) else UNICODE)


read_xlsx_slowly = partial(read_xlsx, regular=False)
