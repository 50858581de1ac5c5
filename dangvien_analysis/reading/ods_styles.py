"""What the styles of an OpenDocument say of fonts and colours, followed through those that they are based on."""

import re

from dangvien_analysis.legacy import font_encoding
from dangvien_analysis.reading.cells import parse_address
from dangvien_analysis.reading.unseen import WHITE, Colour, asked, colour_of, compared, is_unseen, signed

Hides = tuple[str, tuple[float, ...]]  # which numbers are not seen, as the operator and operands of a condition

_BY_VALUE = re.compile(r"cell-content\(\)\s*(=|!=|<=|>=|<|>)\s*(.+)")
_BETWEEN = re.compile(r"cell-content-is-(not-)?between\(([^,;]+)[,;]([^,;]+)\)")
_BY_FORMULA = re.compile(r"is-true-formula\((.*)\)", re.DOTALL)
_CELL = re.compile(r".*\.\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.DOTALL)
_LINES = ("style:text-line-through-style", "style:text-line-through-type")


class Styles:
    """Collects styles from the parser's events, and answers by family and name."""

    def __init__(self) -> None:
        self.master = ""  # the kind of page that is open
        self._families: dict[str, str] = {}
        self._styles: dict[tuple[str, str], dict[str, str]] = {}
        self._current: dict[str, str] = {}
        self._encodings: dict[tuple[str, str], str] = {}
        self._maps: dict[str, list[dict[str, str]]] = {}  # by a cell's style: the conditional formats
        self._wordy: set[str] = set()  # number formats that show more than the number's digits, or less
        self._letters: dict[str, str] = {}  # the colours that number formats give to all numbers
        self._number = ""  # the number format, if the element that is open belongs to one
        self._unseen: dict[str, bool] = {}
        self._hides: dict[str, list[Hides]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in one element of the styles."""
        if tag == "style:font-face":
            self._families[attributes.get("style:name", "")] = attributes.get("svg:font-family", "")
        elif tag in ("style:style", "style:default-style"):
            self._start_style(attributes)
        elif tag == "style:master-page":
            self.master = attributes.get("style:name", "")
        elif tag == "style:text-properties":
            self._take_letters(attributes)
        elif tag == "style:table-cell-properties":
            self._current["ground"] = attributes.get("fo:background-color", "")
        elif tag == "style:table-properties":
            self._current["display"] = attributes.get("table:display", "")
        elif tag == "style:map":
            self._take_condition(attributes)
        elif tag.startswith("number:"):
            self._take_number(tag, attributes)

    def _start_style(self, attributes: dict[str, str]) -> None:
        family, name = attributes.get("style:family", ""), attributes.get("style:name", "")
        self._number = ""
        self._current = self._styles[family, name] = {
            "parent": attributes.get("style:parent-style-name", ""),
            "master": attributes.get("style:master-page-name", ""),
            "format": attributes.get("style:data-style-name", ""),
            "name": name if family == "table-cell" else "",
        }

    def _take_letters(self, attributes: dict[str, str]) -> None:
        colour = attributes.get("fo:color", "")
        if self._number:  # a number format that has a colour
            self._letters[self._number] = colour
            return
        font = attributes.get("style:font-name", "")
        self._current["font"] = self._families.get(font, font) or attributes.get("fo:font-family", "")
        self._current["position"] = attributes.get("style:text-position", "")
        self._current["line"] = next((attributes[name] for name in _LINES if name in attributes), "")
        # Of its own accord a program chooses the letters that are seen.
        self._current["colour"] = "auto" if attributes.get("style:use-window-font-color") == "true" else colour

    def _take_condition(self, attributes: dict[str, str]) -> None:
        if self._number:
            self._letters[self._number] = ""  # that of some numbers only
        else:
            self._maps.setdefault(self._current.get("name", ""), []).append(attributes)

    def _take_number(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in a number format, or a part of one."""
        if tag.endswith("-style"):
            self._number = attributes.get("style:name", "")
        if tag not in ("number:number-style", "number:number") or "number:display-factor" in attributes:
            self._wordy.add(self._number)

    def encoding(self, family: str, name: str) -> str:
        """Return the encoding of a style's font."""
        key = (family, name)
        if key not in self._encodings:
            self._encodings[key] = font_encoding(self._said("font", family, name).strip("'\""))
        return self._encodings[key]

    def is_shown(self, table_style: str) -> bool:
        """Tell whether a sheet of this style is not hidden."""
        return self._styles.get(("table", table_style), {}).get("display") != "false"

    def page_of(self, table_style: str) -> str:
        """Return which kind of page a sheet of this style is printed on."""
        return self._styles.get(("table", table_style), {}).get("master", "")

    def names_font(self, family: str, name: str) -> bool:
        """Tell whether a style, or one that it is based on, names a font."""
        return bool(self._said("font", family, name, default=False))

    def raises(self, name: str) -> bool:
        """Tell whether a style of text writes small and high."""
        return self._said("position", "text", name).startswith(("super", *"123456789"))

    def line(self, family: str, name: str) -> str:
        """Return which line a style draws through a text: "none", "solid" … or "" if it does not say."""
        return self._said("line", family, name)

    def names_colour(self, name: str) -> bool:
        """Tell whether a style of text has a colour of its own."""
        return bool(self._said("colour", "text", name, default=False))

    def is_unseen(self, name: str) -> bool:
        """Tell whether the letters in cells of a style have the colour of their ground."""
        if name not in self._unseen:
            letters = colour_of(self._letters.get(self._said("format", "table-cell", name), "")) or self._colour(name)
            self._unseen[name] = is_unseen(letters, self._ground(name) or WHITE)
        return self._unseen[name]

    def hides(self, name: str) -> list[Hides]:
        """Return which numbers in cells of a style are not seen, or are seen as others, by conditional formats."""
        if name not in self._hides:
            maps = self._maps.get(name, ())
            self._hides[name] = [_asked(one) for one in maps if self._changes(name, one)]
        return self._hides[name]

    def _changes(self, name: str, one: dict[str, str]) -> bool:
        applied = one.get("style:apply-style-name", "")
        form = self._styles.get(("table-cell", applied), {}).get("format")
        ground = self._ground(applied) or self._ground(name) or WHITE
        return is_unseen(self._colour(applied), ground) or form in self._wordy

    def _colour(self, name: str) -> Colour:
        return colour_of(self._said("colour", "table-cell", name))

    def _ground(self, name: str) -> Colour:
        return colour_of(self._said("ground", "table-cell", name))

    def _said(self, what: str, family: str, name: str, default: bool = True) -> str:
        for _ in range(20):  # parents of parents; a damaged file may go round in circles
            style = self._styles.get((family, name))
            if style is None:
                break
            if style.get(what):
                return style[what]
            name = style["parent"]
        return self._styles.get((family, ""), {}).get(what, "") if default else ""


def _asked(one: dict[str, str]) -> Hides:
    """Return which numbers a conditional format concerns."""
    condition = one.get("style:condition", "")
    if told := _BY_VALUE.fullmatch(condition):
        return signed(told[1], told[2])
    if told := _BETWEEN.fullmatch(condition):
        return compared("notBetween" if told[1] else "between", [told[2].strip(), told[3].strip()])
    base, told = _CELL.fullmatch(one.get("style:base-cell-address", "")), _BY_FORMULA.fullmatch(condition)
    if base is None or told is None:
        return "", ()
    row, col = parse_address(base[1] + base[2])
    formula = told[1].replace("[.", "").replace("]", "")
    return asked(formula, [(row, col, row + 1, col + 1)])  # of many cells, so that it must not ask of one for all
