"""The conditional formats of a worksheet part, from the events of its parser."""

from collections.abc import Callable, Sequence

from dangvien_analysis.reading.cells import MAX_COLUMNS, MAX_ROWS, Range
from dangvien_analysis.reading.formats import HIDES, PLAIN
from dangvien_analysis.reading.unseen import NEVER, Condition, asked, compared

CONDITIONAL = frozenset(("conditionalFormatting", "cfRule", "dataBar", "iconSet"))
_OFF = ("0", "false", "off")
_OF_NO_NUMBER = ("containsErrors", "containsBlanks")


class ConditionReader:
    """Collects the conditional formats of a sheet; of some only the number of their look is known yet."""

    def __init__(self, parse_range: Callable[[str], Range]) -> None:
        self.found: list[Condition] = []
        self._parse_range = parse_range
        self._ranges: tuple[Range, ...] = ()
        self._rule: dict[str, str] = {}
        self._formulas: list[str] = []
        self._shows = PLAIN

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin one of the elements CONDITIONAL: the formats of some cells, one of their rules, what it draws."""
        if name == "conditionalFormatting":
            self._ranges = tuple(map(self._range, attributes.get("sqref", "").split()))
        elif name == "cfRule":
            self._rule, self._formulas, self._shows = attributes, [], PLAIN
        else:  # a bar or an icon in the cell; the number may be left out beside it
            self._shows = HIDES if attributes.get("showValue") in _OFF else PLAIN

    def add_formula(self, formula: str) -> None:
        """Take in one of the rule's formulas."""
        self._formulas.append(formula)

    def end(self, name: str) -> None:
        """End such an element."""
        look = self._rule.get("dxfId", "")
        if name == "cfRule" and self._ranges and (look.isdecimal() or self._shows != PLAIN):
            number = int(look) if look.isdecimal() else -1
            told = _meant(self._rule, self._formulas, self._ranges)
            self.found.append(Condition(self._ranges, *told, self._shows, number))

    def _range(self, reference: str) -> Range:
        try:
            return self._parse_range(reference)
        except (ValueError, KeyError):  # written in a way that nobody uses they may be any cells
            return 1, 1, MAX_ROWS, MAX_COLUMNS


def _meant(rule: dict[str, str], formulas: list[str], ranges: Sequence[Range]) -> tuple[str, tuple[float, ...]]:
    """Return which numbers a rule concerns, as the operator and the operands of a condition."""
    kind = rule.get("type", "")
    if kind in _OF_NO_NUMBER:
        return NEVER, ()
    if kind == "cellIs":
        return compared(rule.get("operator", ""), formulas)
    return asked(formulas[0], ranges) if kind == "expression" and formulas else ("", ())
