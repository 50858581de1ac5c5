"""What the marks look like, added to the styles of a workbook behind its own.

Errors and warnings differ in darkness, in weight and in their border, so that a black-and-white print tells them apart.
"""

import re

from dangvien_analysis.marking.outline import Edit, Element, as_bytes, outline, spliced

ERROR, WARNING, INFO = "error", "warning", "info"
FILLS = {ERROR: "FFE8967A", WARNING: "FFFFE699"}  # in grey: 65 % and 89 % light
FONT = "Times New Roman"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="12"/><name val="{FONT}"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).encode()

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles")
_SIDES = ("left", "right", "top", "bottom")
_COUNT = re.compile(rb'\scount\s*=\s*(?:"[^"]*"|\'[^\']*\')')


def own_namespace(root: Element) -> str:
    """Return the declaration that an element put under `root` needs to have its namespace; "" if it inherits it."""
    return f' xmlns="{root.namespace or _MAIN}"' if ":" in root.tag else ""


class Styles:
    """The styles of a workbook, and what is added to them."""

    def __init__(self, data: bytes = EMPTY) -> None:
        self._data = data
        self._root = outline(data)
        self._space = own_namespace(self._root)
        self._added: dict[str, list[str]] = {}

    def mark(self, level: str) -> int:
        """Return the number of the differential style that marks a cell of `level`."""
        sides = "".join(_side(side, "thin" if level == ERROR else "dashed") for side in _SIDES)
        bold = "<font><b/></font>" if level == ERROR else ""
        return self._number("dxfs", f"<dxf>{bold}{_fill(FILLS[level])}<border>{sides}</border></dxf>")

    def cell(
        self, letters: str = "", size: int = 12, colour: str = "", fill: str = "", border: bool = False, align: str = ""
    ) -> int:
        """Return the number of a cell style: `letters` as XML ("<b/>"), colours as ARGB; a text is never a formula."""
        coloured = f'<color rgb="{colour}"/>' if colour else ""
        font = f'<font>{letters}<sz val="{size}"/>{coloured}<name val="{FONT}"/><family val="1"/></font>'
        numbers = {
            "fontId": self._number("fonts", font),
            "fillId": self._number("fills", f"<fill>{_pattern(fill)}</fill>") if fill else 0,
            "borderId": self._number("borders", _border(border)),
        }
        said = "".join(f' {name}="{number}"' for name, number in numbers.items())
        applied = ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        aligned = f'<alignment vertical="top" wrapText="1"{align}/>'
        return self._number("cellXfs", f'<xf numFmtId="49"{said} xfId="0"{applied}>{aligned}</xf>')

    def data(self) -> bytes:
        """Return the styles part with all that was added."""
        edits: list[Edit] = []
        for name, items in self._added.items():
            group = self._root.find(name)
            content = as_bytes("".join(re.sub(r"^<\w+", rf"\g<0>{self._space}", item) for item in items))
            edits += self._new_group(name, content) if group is None else self._longer(group, content, len(items))
        return spliced(self._data, edits)

    def _number(self, group: str, item: str) -> int:
        items = self._added.setdefault(group, [])
        if item not in items:
            items.append(item)
        return self._count(group) + items.index(item)

    def _count(self, name: str) -> int:
        group = self._root.find(name)
        return len(group.children) if group else 0

    def _longer(self, group: Element, content: bytes, more: int) -> list[Edit]:
        opening = _COUNT.sub(b"", self._data[group.start : group.inner]).rstrip(b"/>").rstrip()
        opening += f' count="{len(group.children) + more}">'.encode()
        if group.is_empty_tag:
            return [(group.start, group.end, opening + content + f"</{group.tag}>".encode())]
        return [(group.start, group.inner, opening), (group.inner_end, group.inner_end, content)]

    def _new_group(self, name: str, content: bytes) -> list[Edit]:
        before = _ORDER[: _ORDER.index(name)]
        place = max((child.end for child in self._root.children if child.name in before), default=self._root.inner)
        return [(place, place, as_bytes(f"<{name}{self._space}>") + content + as_bytes(f"</{name}>"))]


def _fill(colour: str) -> str:
    return f"<fill>{_pattern(colour)}</fill>"


def _pattern(colour: str) -> str:
    # A cell's fill is read from fgColor, a differential one from bgColor.
    return f'<patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor rgb="{colour}"/></patternFill>'


def _border(drawn: bool) -> str:
    sides = "".join(_side(side, "thin") if drawn else f"<{side}/>" for side in _SIDES)
    return f"<border>{sides}<diagonal/></border>"


def _side(side: str, style: str) -> str:
    return f'<{side} style="{style}"><color rgb="FF404040"/></{side}>'
