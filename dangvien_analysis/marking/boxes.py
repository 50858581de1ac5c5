"""The boxes in which Excel shows comments, in its own old markup (VML): shown while the pointer rests on the cell."""

from collections.abc import Mapping, Sequence

from dangvien_analysis.marking.outline import as_bytes
from dangvien_analysis.reading.ranges import parse_range

VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

WIDTH, LINE, LETTERS = 320, 17, 46  # of a box: pixels across, pixels a line, letters on a line
ROW, COLUMN = 20, 64  # pixels of a row and of a column whose size nobody changed
MOST = 80  # columns a box may span: narrow ones come by the dozen, hidden ones by the thousand

_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{sheet}"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
    'o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;z-index:{order};visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def boxes_xml(texts: Mapping[str, str], widths: Mapping[int, int], sheet: int) -> bytes:
    """Return the boxes for the comments `texts` by cell; `widths` are the columns' in pixels, `sheet` its number."""
    shapes = [
        _shape(cell, text, widths, 1024 * sheet + order, order) for order, (cell, text) in enumerate(texts.items(), 1)
    ]
    return as_bytes(_HEAD.format(sheet=sheet) + "".join(shapes) + "</xml>")


def _shape(cell: str, text: str, widths: Mapping[int, int], number: int, order: int) -> str:
    row, column = (place - 1 for place in parse_range(cell)[:2])
    last, beyond = _reach(column + 1, widths)
    top = max(row - 1, 0)
    height = LINE * (1 + _lines(text)) + 4
    bottom, below = divmod(height + 6, ROW)
    anchor = (column + 1, 12, top, 6, last, beyond, top + bottom, below)
    return _SHAPE.format(number=number, order=order, anchor=", ".join(map(str, anchor)), row=row, column=column)


def _reach(column: int, widths: Mapping[int, int]) -> tuple[int, int]:
    """Return the column, counted from 0, in which a box that begins at `column` ends, and how far into it."""
    left = WIDTH + 12
    for last in range(column, column + MOST):
        width = widths.get(last + 1, COLUMN)
        if left < width:
            return last, left
        left -= width
    return column + MOST, 0


def _lines(text: str) -> int:
    return sum(1 + len(line) // LETTERS for line in text.split("\n"))


def column_widths(columns: Sequence[Mapping[str, str]]) -> dict[int, int]:
    """Return the widths in pixels that a sheet's `col` elements give, as far as a box can reach."""
    widths: dict[int, int] = {}
    for column in columns:
        try:
            first, last, width = int(column["min"]), int(column["max"]), float(column["width"])
        except (KeyError, ValueError):
            continue
        pixels = 0 if column.get("hidden") in {"1", "true"} else round(width * 7 + 5)
        widths |= dict.fromkeys(range(first, min(last, first + 4 * MOST) + 1), pixels)
    return widths
