"""The copy of a workbook file while it is made: the parts that travel, what they are, and how they hang together.

What travels is named; all else stays behind: macros, links and queries to other files, embedded documents, pivot
caches (they can hold what was hidden), threaded comments' list of persons, and who wrote the file where and when.
"""

import re
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dangvien_analysis.marking.links import (
    CONTENT_TYPES,
    Link,
    links_xml,
    read_links,
    read_types,
    relations_name,
    types_xml,
)
from dangvien_analysis.marking.outline import Edit, Element, outline, removed, spliced
from dangvien_analysis.reading.parts import Package, as_utf8

TRAVELS = frozenset(
    {
        *("officeDocument", "custom-properties", "worksheet", "chartsheet", "styles", "theme", "sharedStrings"),
        *("sheetMetadata", "comments", "table", "printerSettings", "drawing", "vmlDrawing", "image"),
        *("chart", "chartEx", "chartUserShapes", "chartStyle", "chartColorStyle", "themeOverride"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
    }
)
_OTHER_FILE = re.compile(rb"\[[0-9]+\][^\[\]<>\"]*!")  # [1]Sheet1!A1; behind a table's column [2021] is no "!"
_LINKED_SHAPE = re.compile(rb"<a:hlink(?:Click|Hover)\b[^>]*?(?:/>|>.*?</a:hlink(?:Click|Hover)>)", re.DOTALL)
_BOUND_TO_LOST = (b"compatExt", b"slicer", b"timeslicer")  # shapes that are the face of a control or of a pivot table


@dataclass
class Draft:
    """Parts by name, their relations, and the content types of all."""

    parts: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, list[Link]] = field(default_factory=dict)
    lost: dict[str, set[str]] = field(default_factory=dict)  # by part: the relations that did not travel
    endings: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, content_type: str, data: bytes) -> str:
        """Add a part under `name`, with a number in it if there is one already, and return its name."""
        taken = {part.lower() for part in self.parts}
        names = (name.format(number) for number in ("", *range(2, len(taken) + 3)))
        part = next(free for free in names if free.lower() not in taken)
        self.parts[part], self.types[part.lower()] = data, content_type
        return part

    def link(self, part: str, type_: str, target: str) -> str:
        """Relate a part to another and return the relation's id."""
        links = self.links.setdefault(part, [])
        taken = {link.id for link in links} | self.lost.get(part, set())
        number = next(number for number in range(1, len(taken) + 2) if f"dangvien{number}" not in taken)
        links.append(Link(f"dangvien{number}", type_, target))
        return links[-1].id

    def drop(self, part: str, link: Link) -> None:
        """Take out a relation and the part that it leads to."""
        self.links[part].remove(link)
        self.lost.setdefault(part, set()).add(link.id)
        self.parts.pop(link.target, None)
        self.links.pop(link.target, None)

    def linked(self, part: str, *kinds: str) -> list[Link]:
        """Return the relations of a part that are of these kinds."""
        return [link for link in self.links.get(part, ()) if link.kind in kinds]

    @property
    def kinds(self) -> str:
        """What the types of this file's relations begin with: strict files have another beginning."""
        return self.linked("", "officeDocument")[0].type.rpartition("/")[0]

    def zipped(self) -> bytes:
        """Return the file."""
        reached = self._reached()
        parts = {part: data for part, data in self.parts.items() if part in reached}
        parts |= {relations_name(part): links_xml(self.links[part]) for part in reached if self.links.get(part)}
        endings = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
        overrides = {part: self.types[part.lower()] for part in parts if part.lower() in self.types}
        parts = {CONTENT_TYPES: types_xml(self.endings | endings, overrides)} | parts
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as file:
            for name, data in parts.items():
                file.writestr(ZipInfo(name), data, ZIP_DEFLATED)
        return packed.getvalue()

    def _reached(self) -> list[str]:
        """Return the parts that some relation leads to; others would be rubbish in the file."""
        reached = [""]
        for part in reached:  # it grows meanwhile
            reached += [link.target for link in self.links.get(part, ()) if link.target not in reached]
        return reached


def load_draft(package: Package) -> Draft:
    """Return what travels of a workbook file."""
    endings, types = read_types(package)
    draft = Draft(endings=endings, types=types)
    waiting = [""]
    while waiting:
        part = waiting.pop()
        links = read_links(package, part)
        kept = [link for link in links if link.kind in TRAVELS and not link.external and _is_whole(package, link)]
        draft.links[part] = kept
        draft.lost[part] = {link.id for link in links if link not in kept}
        if part:
            draft.parts[part] = _without_outside(_content(package, part), draft.lost[part])
        waiting += [link.target for link in kept if link.target not in draft.links]
    return draft


def _content(package: Package, part: str) -> bytes:
    data = package.read(part)
    return as_utf8(data) if part.lower().endswith(".xml") else data


def _is_whole(package: Package, link: Link) -> bool:
    """Tell whether a part can travel: not a drawing that shows what stays behind, or another file's numbers."""
    if link.kind not in {"drawing", "chart"}:
        return True
    shown = package.read(link.target)
    if refers_outside(shown) or any(word in shown for word in _BOUND_TO_LOST):
        return False
    wanted = [inner for inner in read_links(package, link.target) if inner.kind != "hyperlink"]
    return all(inner.kind in TRAVELS and not inner.external and _is_whole(package, inner) for inner in wanted)


def _without_outside(data: bytes, lost: set[str]) -> bytes:
    return _LINKED_SHAPE.sub(b"", data) if lost and b"<a:hlink" in data else data


def refers_outside(data: bytes) -> bool:
    """Tell whether a formula in these bytes names another file."""
    return _OTHER_FILE.search(data) is not None


def uses(data: bytes, element: Element, lost: set[str]) -> bool:
    """Tell whether an element, or one in it, stands for a relation that did not travel."""
    content = data[element.start : element.end]
    return any(f':id="{name}"'.encode() in content or f":id='{name}'".encode() in content for name in lost)


def without_lost(data: bytes, lost: set[str]) -> bytes:
    """Return a part without the elements that stand for relations that did not travel: the smallest that can go."""
    root = outline(data, 2, ("sheetData",))
    edits: list[Edit] = []
    for child in root.children:
        if child.name == "sheetData" or not uses(data, child, lost):
            continue
        inner = [grandchild for grandchild in child.children if uses(data, grandchild, lost)]
        whole = not inner or len(inner) == len(child.children) or child.name not in {"hyperlinks", "extLst", "sheets"}
        edits += [removed(child)] if whole else [removed(grandchild) for grandchild in inner]
    return spliced(data, edits)
