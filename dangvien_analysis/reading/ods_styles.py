"""What the styles of an OpenDocument say of fonts, followed through those that they are based on."""

from dangvien_analysis.legacy import font_encoding

_LINES = ("style:text-line-through-style", "style:text-line-through-type")


class Styles:
    """Collects styles from the parser's events, and answers by family and name."""

    def __init__(self) -> None:
        self._families: dict[str, str] = {}
        self._styles: dict[tuple[str, str], dict[str, str]] = {}
        self._current: dict[str, str] = {}
        self._encodings: dict[tuple[str, str], str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in one element of the styles."""
        if tag == "style:font-face":
            self._families[attributes.get("style:name", "")] = attributes.get("svg:font-family", "")
        elif tag in ("style:style", "style:default-style"):
            self._current = {"parent": attributes.get("style:parent-style-name", "")}
            self._styles[attributes.get("style:family", ""), attributes.get("style:name", "")] = self._current
        elif tag == "style:text-properties":
            font = attributes.get("style:font-name", "")
            self._current["font"] = self._families.get(font, font) or attributes.get("fo:font-family", "")
            self._current["position"] = attributes.get("style:text-position", "")
            self._current["line"] = next((attributes[name] for name in _LINES if name in attributes), "")
        elif tag == "style:table-properties":
            self._current["display"] = attributes.get("table:display", "")

    def encoding(self, family: str, name: str) -> str:
        """Return the encoding of a style's font."""
        key = (family, name)
        if key not in self._encodings:
            self._encodings[key] = font_encoding(self._said("font", family, name).strip("'\""))
        return self._encodings[key]

    def is_shown(self, table_style: str) -> bool:
        """Tell whether a sheet of this style is not hidden."""
        return self._styles.get(("table", table_style), {}).get("display") != "false"

    def names_font(self, family: str, name: str) -> bool:
        """Tell whether a style, or one that it is based on, names a font."""
        return bool(self._said("font", family, name, default=False))

    def raises(self, name: str) -> bool:
        """Tell whether a style of text writes small and high."""
        return self._said("position", "text", name).startswith(("super", *"123456789"))

    def line(self, family: str, name: str) -> str:
        """Return which line a style draws through a text: "none", "solid" … or "" if it does not say."""
        return self._said("line", family, name)

    def _said(self, what: str, family: str, name: str, default: bool = True) -> str:
        for _ in range(20):  # parents of parents; a damaged file may go round in circles
            style = self._styles.get((family, name))
            if style is None:
                break
            if style.get(what):
                return style[what]
            name = style["parent"]
        return self._styles.get((family, ""), {}).get(what, "") if default else ""
