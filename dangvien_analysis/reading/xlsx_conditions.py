"""The conditional formats of a worksheet part, from the events of its parser."""

from collections.abc import Sequence

from dangvien_analysis.reading.cells import Range
from dangvien_analysis.reading.formats import HIDES, PLAIN
from dangvien_analysis.reading.unseen import NEVER, Condition, asked, compared

_OFF = ("0", "false", "off")
_OF_NO_NUMBER = ("containsErrors", "containsBlanks")


class ConditionReader:
    """Collects the conditional formats of a sheet; of some only the number of their look is known yet."""

    def __init__(self) -> None:
        self.found: list[Condition] = []
        self._ranges: tuple[Range, ...] = ()
        self._rule: dict[str, str] = {}
        self._formulas: list[str] = []
        self._shows = PLAIN

    def start_format(self, ranges: Sequence[Range]) -> None:
        """Begin the formats of some cells."""
        self._ranges = tuple(ranges)

    def start_rule(self, attributes: dict[str, str]) -> None:
        """Begin one of their rules."""
        self._rule, self._formulas, self._shows = attributes, [], PLAIN

    def start_picture(self, attributes: dict[str, str]) -> None:
        """Take in a bar or an icon in the cell; the number may be left out beside it."""
        self._shows = HIDES if attributes.get("showValue") in _OFF else PLAIN

    def end_formula(self, formula: str) -> None:
        """Take in one of the rule's formulas."""
        self._formulas.append(formula)

    def end_rule(self) -> None:
        """End a rule."""
        look = self._rule.get("dxfId", "")
        if self._ranges and (look.isdecimal() or self._shows != PLAIN):
            number = int(look) if look.isdecimal() else -1
            told = _meant(self._rule, self._formulas, self._ranges)
            self.found.append(Condition(self._ranges, *told, self._shows, number))


def _meant(rule: dict[str, str], formulas: list[str], ranges: Sequence[Range]) -> tuple[str, tuple[float, ...]]:
    """Return which numbers a rule concerns, as the operator and the operands of a condition."""
    kind = rule.get("type", "")
    if kind in _OF_NO_NUMBER:
        return NEVER, ()
    if kind == "cellIs":
        return compared(rule.get("operator", ""), formulas)
    return asked(formulas[0], ranges) if kind == "expression" and formulas else ("", ())
