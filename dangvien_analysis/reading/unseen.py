"""What a sheet stores and nobody sees: letters in the colour of their ground, always or under a condition."""

import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.cells import MASKED, UNSEEN_ZERO, Cell, Place, Range, address
from dangvien_analysis.reading.formats import HIDES, HIDES_ZERO, PLAIN, format_kind, formatted_cell, letter_colours
from dangvien_analysis.reading.refusal import Unreadable

Colour = tuple[int, int, int] | str | None  # red, green, blue; a name where these are not known; None: no telling

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
_NAMED = {"black": BLACK, "white": WHITE, "color1": BLACK, "color2": WHITE}
NEVER = "never"  # in place of an operator: no number meets the condition
_CLOSE = 16  # of 255: no eye tells such greys apart
_MOST_LOOKS = 3_000_000  # at cells, for the conditions of a sheet
_COMPARE = {
    "equal": operator.eq,
    "notEqual": operator.ne,
    "greaterThan": operator.gt,
    "lessThan": operator.lt,
    "greaterThanOrEqual": operator.ge,
    "lessThanOrEqual": operator.le,
}
_SIGNS = dict(zip(("=", "<>", ">", "<", ">=", "<="), _COMPARE, strict=True)) | {"==": "equal", "!=": "notEqual"}
_REFERENCE = r"(?P<fixed_col>\$?)(?P<col>[A-Z]{1,3})(?P<fixed_row>\$?)(?P<row>[0-9]{1,7})"
_OF_NO_NUMBER = re.compile(rf"\s*IS(?:ERR|ERROR|NA|BLANK)\({_REFERENCE}\)\s*", re.IGNORECASE)
_COMPARISON = re.compile(
    rf'\s*{_REFERENCE}\s*(?P<sign>=|<>|<=|>=|<|>)\s*(?P<operand>-?[0-9]+(?:\.[0-9]+)?|"[^"]*")\s*', re.IGNORECASE
)
_NUMERIC = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class Condition(NamedTuple):
    """A conditional format: where it stands, which numbers it concerns, and what it shows them as.

    `operator` compares a number with the operands; "" where nobody here can say which numbers are meant, so that it
    may be any. `look`: which of the looks of an .xlsx the numbers have then, as long as that is all that is known.
    """

    ranges: tuple[Range, ...]
    operator: str = ""
    operands: tuple[float, ...] = ()
    shows: str = PLAIN
    look: int = -1


def is_unseen(letters: Colour, ground: Colour) -> bool:
    """Tell whether letters of one colour cannot be seen on another."""
    if isinstance(letters, tuple) and isinstance(ground, tuple):
        return all(abs(one - other) <= _CLOSE for one, other in zip(letters, ground, strict=True))
    return letters is not None and letters == ground


def colour_of(code: str) -> Colour:
    """Return the colour that six hexadecimal digits name; what stands before them tells how much shines through."""
    try:
        value = int(code[-6:], 16)
    except ValueError:
        return None
    return value >> 16, value >> 8 & 255, value & 255


def look_of(code: str, number: int, letters: Colour, ground: Colour) -> tuple[str, bool]:
    """Return what a number format shows, and whether a number cannot be seen, for letters that it may colour itself."""
    of_numbers, of_zeros = (_NAMED.get(name, name) or letters for name in letter_colours(code))
    shows, unseen = format_kind(code, number), is_unseen(of_numbers, ground)
    if shows == PLAIN and not unseen and is_unseen(of_zeros, ground):
        shows = HIDES_ZERO
    return shows, unseen


def compared(name: str, operands: Sequence[str]) -> tuple[str, tuple[float, ...]]:
    """Return the operator and the operands of a condition that compares with what these formulas give."""
    if operands and operands[0].startswith('"'):  # no number is a text
        return ({"equal": NEVER}.get(name, ""), ())
    known = name in _COMPARE or (name in ("between", "notBetween") and len(operands) > 1)
    if not known or not operands or not all(map(_NUMERIC.fullmatch, operands)):
        return "", ()
    return name, tuple(map(float, operands))


def asked(formula: str, ranges: Sequence[Range]) -> tuple[str, tuple[float, ...]]:
    """Return the same of a condition that is a formula, written as it is for the first cell of its ranges."""
    if (told := _OF_NO_NUMBER.fullmatch(formula)) and _is_own(told, ranges):
        return NEVER, ()
    if (told := _COMPARISON.fullmatch(formula)) and _is_own(told, ranges):
        return compared(_SIGNS[told["sign"]], [told["operand"]])
    return "", ()


def _is_own(told: re.Match[str], ranges: Sequence[Range]) -> bool:
    """Tell whether a formula asks of each cell itself, not of one cell for all or of another one."""
    top, left, bottom, right = ranges[0]
    moves = (top == bottom or not told["fixed_row"]) and (left == right or not told["fixed_col"])
    return len(ranges) == 1 and moves and f"{told['col']}{told['row']}".upper() == address(top, left)


def signed(sign: str, operand: str) -> tuple[str, tuple[float, ...]]:
    """Return the same of a condition that is a sign and what stands behind it: "=", "0"."""
    return compared(_SIGNS.get(sign, ""), [operand])


def unseen_numbers(conditions: Iterable[Condition], cells: Mapping[Place, Cell]) -> set[Place]:
    """Return where the numbers stand that conditional formats hide, or show as others.

    Raises Unreadable if there are too many conditions for that.
    """
    found: set[Place] = set()
    left = _MOST_LOOKS
    for condition in conditions:
        if condition.operator == NEVER or condition.shows == PLAIN:
            continue
        for bounds in condition.ranges:
            left -= min(_area(bounds), len(cells))
            if left < 0:
                raise Unreadable(refusal.TOO_MANY_CONDITIONS)
            found.update(place for place in _places(bounds, cells) if _hides(condition, cells[place]))
    return found


def _area(bounds: Range) -> int:
    top, left, bottom, right = bounds
    return (bottom - top + 1) * (right - left + 1)


def _places(bounds: Range, cells: Mapping[Place, Cell]) -> Iterator[Place]:
    top, left, bottom, right = bounds
    if _area(bounds) > len(cells):
        return (place for place in cells if top <= place[0] <= bottom and left <= place[1] <= right)
    places = ((row, col) for row in range(top, bottom + 1) for col in range(left, right + 1))
    return (place for place in places if place in cells)


def _hides(condition: Condition, cell: Cell) -> bool:
    if cell.n is None or not _meets(condition, cell.value):
        return False
    if condition.shows == HIDES:
        return True
    seen = formatted_cell(cell.value, condition.shows) if cell.value is not None else cell
    return seen.n != cell.n or seen == UNSEEN_ZERO or seen.state == MASKED


def _meets(condition: Condition, value: float | None) -> bool:
    name, operands = condition.operator, condition.operands
    if not name:
        return True
    if value is None:  # a text, as Excel sees it
        return name in ("notEqual", "greaterThan", "greaterThanOrEqual")
    if name in _COMPARE:
        return _COMPARE[name](value, operands[0])
    return (min(operands) <= value <= max(operands)) == (name == "between")
