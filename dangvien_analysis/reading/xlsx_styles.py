"""What the styles of an .xlsx say that matters here: how a number is shown, and how its letters look."""

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from dangvien_analysis.legacy import UNICODE, font_encoding
from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.formats import HIDES, NUMERAL, PLAIN, format_kind, text_kind
from dangvien_analysis.reading.parts import kept_if_small, local, parse_xml
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.unseen import BLACK, WHITE, Colour, colour_of, is_unseen, look_of
from dangvien_analysis.reading.xlsx_sheet import is_on

_BLACKS, _WHITES = ("0", "8", "64"), ("1", "9", "65")  # numbers of colours: two lists, then those of the system


class Style(NamedTuple):
    """What a cell's style says: how a number is shown, how a text, and what its font makes of both."""

    shows: str = PLAIN
    encoding: str = UNICODE
    strikes: bool = False  # draws a line through
    shows_text: str = NUMERAL
    unseen: bool = False  # a number has the colour of its ground
    unseen_text: bool = False  # so has a text, or its format leaves it out

    @property
    def is_plain(self) -> bool:
        """Tell whether a text is seen as it is typed."""
        return not (self.strikes or self.unseen_text) and self.shows_text == NUMERAL


class Styles(NamedTuple):
    """The styles of cells, and what each look of a conditional format shows a number as."""

    cells: tuple[Style, ...] = (Style(),)
    looks: tuple[str, ...] = ()


class _Font(NamedTuple):
    encoding: str = UNICODE
    strikes: bool = False
    colour: Colour = BLACK


@kept_if_small
def read_styles(data: bytes) -> Styles:
    """Return what the styles part of a workbook says. Raises Unreadable."""
    root = parse_xml(data, "styleSheet")
    groups = {local(group.tag): group for group in root}
    codes = {entry.get("numFmtId", ""): entry.get("formatCode", "") for entry in groups.get("numFmts", ())}
    fonts = [_font(font) for font in groups.get("fonts", ())]
    grounds = [_ground(fill) for fill in groups.get("fills", ())]
    styles = tuple(_style(xf, codes, fonts, grounds) for xf in groups.get("cellXfs", ()))
    return Styles(styles or (Style(),), tuple(map(_look, groups.get("dxfs", ()))))


def strikes(font: Element) -> bool:
    """Tell whether a font draws a line through."""
    return any(is_on(entry.attrib) for entry in font if local(entry.tag) == "strike")


def _font(font: Element) -> _Font:
    names = (entry.get("val", "") for entry in font if local(entry.tag) == "name")
    return _Font(font_encoding(next(names, "")), strikes(font), _colour(_child(font, "color"), BLACK))


def _style(xf: Element, codes: Mapping[str, str], fonts: list[_Font], grounds: list[Colour]) -> Style:
    number, font, fill = (xf.get(name, "0") for name in ("numFmtId", "fontId", "fillId"))
    if not number.isdecimal() or not font.isdecimal():
        raise Unreadable(refusal.DAMAGED)
    look = fonts[int(font)] if int(font) < len(fonts) else _Font()
    ground = grounds[int(fill)] if fill.isdecimal() and int(fill) < len(grounds) else None if grounds else WHITE
    code = codes.get(number, "")
    shows, unseen = look_of(code, int(number), look.colour, ground)
    unseen_text = text_kind(code) == HIDES or is_unseen(look.colour, ground)
    return Style(shows, look.encoding, look.strikes, text_kind(code), unseen, unseen_text)


def _look(dxf: Element) -> str:
    """Return what a look of conditional formats shows a number as; without a ground of its own it is on a white one."""
    fill, font, form = (_child(dxf, name) for name in ("fill", "font", "numFmt"))
    pattern = _child(fill, "patternFill")
    ground = _colour(_child(pattern, "bgColor"), None) if fill is not None else WHITE
    if is_unseen(_colour(_child(font, "color"), None), ground):
        return HIDES
    if form is None:
        return PLAIN
    number = form.get("numFmtId", "")
    return format_kind(form.get("formatCode", ""), int(number) if number.isdecimal() else -1)


def _child(element: Element | None, name: str) -> Element | None:
    return next((entry for entry in element if local(entry.tag) == name), None) if element is not None else None


def _ground(fill: Element) -> Colour:
    """Return the colour behind a cell; of a pattern or of colours that change into one another there is not one."""
    pattern = _child(fill, "patternFill")
    kind = pattern.get("patternType", "none") if pattern is not None else ""
    if kind == "solid":
        return _colour(_child(pattern, "fgColor"), None)
    return WHITE if kind == "none" else None


def _colour(element: Element | None, automatic: Colour) -> Colour:
    """Return the colour that an element names; of a theme's colours only its white and its black are known."""
    if element is None or element.get("auto") in ("1", "true"):
        return automatic
    if (code := element.get("rgb")) is not None:
        return colour_of(code)
    if (number := element.get("indexed")) is not None:
        return BLACK if number in _BLACKS else WHITE if number in _WHITES else f"indexed {number}"
    return _themed(element.get("theme", ""), element.get("tint", "0"))


def _themed(theme: str, tint: str) -> Colour:
    try:
        shift = float(tint)
    except ValueError:
        return None
    if theme == "0" and -1 <= shift <= 0:  # white, so much darker
        return (round(255 * (1 + shift)),) * 3
    if theme == "1" and 0 <= shift <= 1:
        return (round(255 * shift),) * 3
    return f"theme {theme} {shift}" if theme else None
