"""Where the elements of an XML part stand in its bytes, so that some can be changed and all others stay as they are.

A tree of objects written out again would rename every namespace prefix, and Excel takes a part whose `mc:Ignorable`
names a prefix that is gone for damaged.
"""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.refusal import Unreadable

_START_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Edit = tuple[int, int, bytes]  # of bytes: from, to, what stands there instead


class Element(NamedTuple):
    """An element's place: its start tag is `start` to `inner`, its end tag `inner_end` to `end`."""

    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    inner_end: int
    end: int
    children: tuple["Element", ...] = ()

    @property
    def name(self) -> str:
        """The tag without its prefix."""
        return self.tag.rpartition(":")[2]

    @property
    def namespace(self) -> str:
        """The namespace of its tag as it declares it itself, as a root does; "" if it does not."""
        prefix = self.tag.rpartition(":")[0]
        return self.attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "")

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written `<tag/>`."""
        return self.inner == self.end

    def find(self, name: str) -> "Element | None":
        """Return the first child of a name."""
        return next((child for child in self.children if child.name == name), None)


def outline(data: bytes, depth: int = 2, skip: Collection[str] = ()) -> Element:
    """Return the root of a part, with its descendants down to `depth`, without those of the elements in `skip`.

    Raises Unreadable for what is not well formed or declares a document type.
    """
    try:
        return _Outliner(data, depth, skip).root()
    except (expat.ExpatError, ValueError, LookupError) as exc:
        raise Unreadable(refusal.DAMAGED) from exc


class _Outliner:
    """Collects elements from the parser's events."""

    def __init__(self, data: bytes, depth: int, skip: Collection[str]) -> None:
        self._data, self._depth, self._skip = data, depth, skip
        self._open: list[tuple[str, dict[str, str], int, list[Element]]] = []
        self._level = self._skipping = 0
        self._root: Element | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def root(self) -> Element:
        self._parser.Parse(self._data, True)
        if self._root is None:
            raise ValueError(self._data[:1])
        return self._root

    def _refuse(self, *_: object) -> None:
        raise Unreadable(refusal.DAMAGED)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._skipping or self._level > self._depth + 1:
            return
        self._open.append((tag, attributes, self._parser.CurrentByteIndex, []))
        if tag.rpartition(":")[2] in self._skip:
            self._skipping = self._level

    def _end(self, _: str) -> None:
        at = self._parser.CurrentByteIndex
        level, self._level = self._level, self._level - 1
        if (self._skipping and level > self._skipping) or level > self._depth + 1:
            return
        self._skipping = 0 if level == self._skipping else self._skipping
        element = self._closed(*self._open.pop(), at)
        if self._open:
            self._open[-1][3].append(element)
        else:
            self._root = element

    def _closed(self, tag: str, attributes: dict[str, str], start: int, children: list[Element], at: int) -> Element:
        opening = _START_TAG.match(self._data, start)
        if opening is None:
            raise ValueError(tag)
        inner = opening.end()
        if opening[1]:
            return Element(tag, attributes, start, inner, inner, inner)
        end = self._data.index(b">", at) + 1
        return Element(tag, attributes, start, inner, at, end, tuple(children))


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return `data` with edits made; of edits at one place the first comes first."""
    parts, position = [], 0
    for start, end, replacement in sorted(edits, key=lambda edit: edit[:2]):
        parts += [data[position:start], replacement]
        position = end
    return b"".join([*parts, data[position:]])


def removed(element: Element) -> Edit:
    """Return the edit that takes an element out."""
    return element.start, element.end, b""


def quoted(text: str) -> str:
    """Return a text as it stands in an element or an attribute."""
    return escape(_NOT_ALLOWED.sub("", text), {'"': "&quot;", "\n": "&#10;", "\t": " "})


def as_bytes(xml: str) -> bytes:
    """Return XML to be put into any part: whatever its encoding, ASCII is ASCII."""
    return xml.encode("ascii", "xmlcharrefreplace")
