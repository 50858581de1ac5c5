"""Workbooks in Office Open XML (.xlsx, .xlsm), transitional or strict.

Read by our own hand because no library tells all we need at an acceptable price: python-calamine gives an error or a
formula that was never calculated as a blank, and no fonts or number formats; openpyxl has to read the file twice.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Hashable, Iterable
from functools import lru_cache
from posixpath import join, normpath
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from dangvien_analysis.legacy import font_encoding
from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.assemble import MAX_CELLS, RAISED, Raw, RawSheet, finish, marked
from dangvien_analysis.reading.cells import (
    BLANK_FORMULA,
    DAMAGED,
    ERROR,
    TEXT,
    Cell,
    Problem,
    Workbook,
)
from dangvien_analysis.reading.comments import Comments, comments_xlsx, threaded_xlsx
from dangvien_analysis.reading.drawings import NOTHING_DRAWN, Drawn, drawn_xlsx
from dangvien_analysis.reading.formats import as_formatted, date_cell, formatted_cell
from dangvien_analysis.reading.parts import Package, kept_if_small, local, parse_xml
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.unseen import Condition
from dangvien_analysis.reading.xlsx_rows import Known, Run, StoredRuns, is_utf8
from dangvien_analysis.reading.xlsx_sheet import parse_sheet
from dangvien_analysis.reading.xlsx_styles import Style, Styles, read_styles, strikes
from dangvien_analysis.text import tidy

_TRUE, _FALSE = ("1", "true"), ("0", "false")
_NOT_CELLS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?\s*")


_NO_STYLE = Style("a style that is not there")


def read_xlsx(package: Package, regular: bool = True) -> Workbook:
    """Read a workbook; a sheet that cannot be read is a problem, the others are there. Raises Unreadable."""
    main = dict(_relations(package, "").values()).get("officeDocument", "xl/workbook.xml")
    contents = _contents(package.read(main))
    targets = _relations(package, main)
    book = _Book(package, dict(targets.values()), contents)
    raw_sheets, problems, limit = [], [], MAX_CELLS
    uses = Counter(relation for *_, relation in contents.sheets)
    for name, state, relation in contents.sheets:
        kind, target = targets.get(relation, ("worksheet", ""))
        if kind in _NOT_CELLS:
            continue
        if kind != "worksheet" or uses[relation] > 1 or not name:  # two sheets of one part: no telling whose it is
            problems.append(Problem("error", "unreadable_sheet", tidy(name), "", refusal.DAMAGED_SHEET))
            continue
        try:
            raw = book.sheet(package.read(target), limit, regular)
        except Unreadable as exc:
            problems.append(Problem("error", "unreadable_sheet", tidy(name), "", _about_sheet(exc)))
            continue
        limit -= len(raw.cells)
        beside, fault = _beside(package, target)
        problems += [Problem("warning", "damaged_file", tidy(name), "", fault)] if fault else []
        conditions = book.shown(raw.conditions)
        beside["comments"] = [*beside.get("comments", ()), *raw.comments]
        raw_sheets.append(raw._replace(name=name, hidden=state != "visible", conditions=conditions, **beside))
    return _workbook(raw_sheets, problems, _properties(package))


def _beside(package: Package, target: str) -> tuple[dict[str, Any], str]:
    """Return what is drawn over a sheet and the comments on its cells, and why the comments could not be read."""
    links = list(_relations(package, target).values())
    drawings = [part for kind, part in links if kind == "drawing"]
    drawn = _drawn(package, drawings) if drawings else NOTHING_DRAWN
    try:
        comments = _comments(package, links)
    except Unreadable:
        return {"drawn": drawn}, refusal.DOUBTFUL
    return {"drawn": drawn, "comments": comments}, ""


def _drawn(package: Package, parts: list[str]) -> Drawn:
    try:
        found = [drawn_xlsx(package.read(part)) for part in parts]
    except Unreadable:  # what it says cannot be known
        return Drawn(("",))
    boxes = tuple(box for drawn in found for box in drawn.text_boxes)
    return Drawn(boxes, any(drawn.picture for drawn in found))


def _comments(package: Package, links: list[tuple[str, str]]) -> Comments:
    """Return the comments on a sheet; those of newer programs stand there a second time, under a foreword."""
    plain = [one for kind, part in links if kind == "comments" for one in comments_xlsx(package.read(part))]
    threads = [one for kind, part in links if kind == "threadedComment" for one in threaded_xlsx(package.read(part))]
    newer = {place for place, _ in threads}
    return [*(one for one in plain if one[0] not in newer), *threads]


def _workbook(raw_sheets: list[RawSheet], problems: list[Problem], properties: dict[str, str]) -> Workbook:
    if not raw_sheets and not problems:
        raise Unreadable(refusal.NO_SHEETS)
    sheets, more = finish(raw_sheets)
    return Workbook(tuple(sheets), properties, (*problems, *more))


def _about_sheet(exc: Unreadable) -> str:
    return refusal.DAMAGED_SHEET if str(exc) == refusal.DAMAGED else str(exc)


class Contents(NamedTuple):
    """What a workbook part tells: its sheets as (name, state, relation), and how to take dates and formulas."""

    sheets: list[tuple[str, str, str]]
    date1904: bool
    never_calculated: bool


@kept_if_small
def _contents(data: bytes) -> Contents:
    elements: dict[str, list[Element]] = {"sheet": [], "workbookPr": [], "calcPr": []}
    root = parse_xml(data, "workbook")
    for element in root.iter():
        elements.get(local(element.tag), []).append(element)
    _only("sheet", *(part for part in root if local(part.tag) == "sheets"))
    return Contents(
        [(s.get("name", ""), s.get("state", "visible"), _attribute(s, "id")) for s in elements["sheet"]],
        any(entry.get("date1904") in _TRUE for entry in elements["workbookPr"]),
        any(e.get("fullCalcOnLoad") in _TRUE or e.get("calcCompleted") in _FALSE for e in elements["calcPr"]),
    )


def _only(name: str, *parts: Element) -> None:
    """Raise Unreadable where a part holds elements of another name: left out, they would move those after them."""
    if any(local(entry.tag) not in (name, "extLst") for part in parts for entry in part):
        raise Unreadable(refusal.DAMAGED)


def _attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name; `r:id` has one namespace in strict and another in transitional files."""
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")


# --- parts and their relations ----------------------------------------------------------------------------------


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the kind and the part that each relation of `part` leads to; what lies outside is left out."""
    folder, _, base = part.rpartition("/")
    name = f"{folder}/_rels/{base}.rels".lstrip("/")
    return _links(package.read(name), folder) if name in package else {}


@kept_if_small
def _links(data: bytes, folder: str) -> dict[str, tuple[str, str]]:
    links = [link for link in parse_xml(data, "Relationships") if link.get("TargetMode") != "External"]
    return {link.get("Id", ""): (link.get("Type", "").rpartition("/")[2], _target(link, folder)) for link in links}


def _target(link: Element, folder: str) -> str:
    return normpath(join("/", folder, link.get("Target", "").replace("\\", "/"))).lstrip("/")


def _properties(package: Package) -> dict[str, str]:
    """Return the custom document properties, in which a form keeps what it is."""
    if "docProps/custom.xml" not in package:
        return {}
    try:
        return dict(_custom_properties(package.read("docProps/custom.xml")))
    except Unreadable:  # nothing that was reported stands there
        return {}


@kept_if_small
def _custom_properties(data: bytes) -> dict[str, str]:
    return {tidy(entry.get("name", "")): tidy("".join(entry.itertext())) for entry in parse_xml(data)}


# --- cells ------------------------------------------------------------------------------------------------------


class _Shared:
    """A cell that holds one of the texts of its book: all that can be said of it before the book is known."""

    def __init__(self, number: str, look: Style) -> None:
        self.number, self.look = number, look


class _Book:
    """What the sheets of a workbook share, and so what a stored cell means."""

    def __init__(self, package: Package, related: dict[str, str], contents: Contents) -> None:
        self.styles = read_styles(package.read(related["styles"])) if "styles" in related else Styles()
        self._strings = _strings(package.read(related["sharedStrings"])) if "sharedStrings" in related else []
        self._date1904 = contents.date1904
        # Programs that cannot calculate ask Excel to do it, and some store a zero meanwhile.
        self._no_results = (None, "", "0", "0.0") if contents.never_calculated else (None, "")
        self._cell = lru_cache(maxsize=1 << 13)(self._make)  # most cells of a book repeat one another
        self._known = _known(self.styles.cells, self._date1904, self._no_results)
        self._texts: dict[_Shared, Raw | None] = {}

    def sheet(self, data: bytes, limit: int, regular: bool) -> RawSheet:
        """Return what a worksheet part holds, without its name. Raises Unreadable."""
        raw = parse_sheet(data, self._cell, limit, self._known if regular else None)
        shared = {place: cell for place, cell in raw.cells.items() if type(cell) is _Shared}
        for cell in set(shared.values()) - self._texts.keys():
            self._texts[cell] = self._text(cell)
        raw.cells.update({place: self._texts[cell] for place, cell in shared.items()})
        if all(raw.cells.values()):
            return raw
        return raw._replace(cells={place: cell for place, cell in raw.cells.items() if cell is not None})  # blank texts

    def shown(self, conditions: Iterable[Condition]) -> list[Condition]:
        """Return the conditional formats with what they show a number as."""
        looks = self.styles.looks
        return [c._replace(shows=looks[c.look]) if 0 <= c.look < len(looks) else c for c in conditions]

    def _make(
        self,
        kind: str | None,
        style: str | None,
        formula: str | None,
        stored: str | None,
        value: str | None,
        runs: StoredRuns,
    ) -> Raw | _Shared | None:
        """Return the cell of what is stored, None if that is nothing."""
        if formula and value in self._no_results and not (kind == "str" and stored):  # "" is a result only as a text
            return BLANK_FORMULA
        number = int(style or 0)
        look = self.styles.cells[number] if number < len(self.styles.cells) else _NO_STYLE
        if kind == "inlineStr":
            return _runs(runs, look)
        if not value:
            return None
        if kind == "s":
            return _Shared(value, look)
        if kind == "str":
            return _runs((Run(value),), look)
        cell = _VALUES.get(kind, _damaged)(value, look.shows, self._date1904)
        return marked(cell, look.strikes, look.unseen)

    def _text(self, shared: _Shared) -> Raw | None:
        if not shared.number.strip().isdecimal() or int(shared.number) >= len(self._strings):
            return DAMAGED
        return _runs(self._strings[int(shared.number)], shared.look)


@lru_cache(maxsize=8)
def _known(*_: Hashable) -> Known:
    """Return the cells that are known for books of one kind, so far none: but for their texts they are the same."""
    return {}


def _runs(stored: StoredRuns, look: Style) -> Raw | None:
    if len(stored) == 1 and stored[0] == Run(stored[0].text) and look.is_plain:  # nearly all
        return ((look.encoding, _unescaped(stored[0].text)),) if stored[0].text else None
    kept = [run for run in stored if run.text]
    runs = tuple((look.encoding if run.font is None else font_encoding(run.font), _letters(run)) for run in kept)
    struck = any(look.strikes if run.strikes is None else run.strikes for run in kept if run.text.strip())
    runs = as_formatted(runs, look.shows_text, look.encoding)
    return marked(runs, struck, look.unseen_text) if kept else None


def _letters(run: Run) -> str:
    text = _unescaped(run.text)
    return text.translate(RAISED) if run.raised else text


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@lru_cache(maxsize=1 << 14)
def _number(value: str, shows: str, date1904: bool) -> Cell:
    if shows == _NO_STYLE.shows or not _NUMBER.fullmatch(value):  # without its style a date would pass for a number
        return DAMAGED
    return formatted_cell(float(value), shows, date1904)


def _error(value: str, *_: object) -> Cell:
    return Cell(ERROR, tidy(value)[:20])


def _truth(value: str, *_: object) -> Cell:
    return Cell(TEXT, "TRUE" if value.strip() in _TRUE else "FALSE")


def _iso_date(value: str, shows: str, *_: object) -> Cell:
    try:
        return date_cell(dt.datetime.fromisoformat(value.removesuffix("Z")), shows or "dmy")
    except ValueError:
        return DAMAGED


def _damaged(*_: object) -> Cell:
    return DAMAGED


_VALUES = {None: _number, "n": _number, "e": _error, "b": _truth, "d": _iso_date}


# --- shared strings ---------------------------------------------------------------------------------------------


def _strings(data: bytes) -> list[StoredRuns]:
    """Return the texts of a book; those that the books of a form have in common are parsed once."""
    start, end = data.find(b"<si>"), data.rfind(b"</si>")
    if 0 < start < end and b"<!" not in data and is_utf8(data):
        try:
            if not _part(data[:start] + data[end + 5 :]):
                items = data[start:end].split(b"</si>")
                return [text for item in items for text in _part(b"<sst>" + item + b"</si></sst>")]
        except Unreadable:  # it may be no fault of the whole
            pass
    return _parsed(data)


def _part(data: bytes) -> list[StoredRuns]:
    return (_parsed_once if len(data) < _SHORT else _parsed)(data)


def _parsed(data: bytes) -> list[StoredRuns]:
    root = parse_xml(data, "sst")
    _only("si", root)
    return [_string(item) for item in root if local(item.tag) == "si"]


_SHORT = 512  # bytes; the cache outlives a file
_parsed_once = lru_cache(maxsize=1 << 12)(_parsed)


def _string(item: Element) -> StoredRuns:
    runs: list[Run] = []
    for part in item:
        if local(part.tag) == "t":
            runs.append(Run(part.text or ""))
        elif local(part.tag) == "r":
            runs.append(_run(part))
    return tuple(runs)


def _run(run: Element) -> Run:
    text = "".join(part.text or "" for part in run if local(part.tag) == "t")
    look = next((part for part in run if local(part.tag) == "rPr"), None)
    if look is None:
        return Run(text)
    said = {local(entry.tag): entry.get("val") for entry in look}
    return Run(text, said.get("rFont"), strikes(look), said.get("vertAlign") == "superscript")
