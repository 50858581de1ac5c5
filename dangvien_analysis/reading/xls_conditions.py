"""The conditional formats of an .xls sheet, which xlrd does not read ([MS-XLS] 2.4.42 and 2.4.56)."""

import struct
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from dangvien_analysis.reading.cells import Range
from dangvien_analysis.reading.formats import HIDES, PLAIN, format_kind
from dangvien_analysis.reading.unseen import NEVER, WHITE, Colour, Condition, compared, is_unseen, signed
from dangvien_analysis.reading.xls_structure import Record

_RANGES, _RULE = 0x01B0, 0x01B1
_BY_VALUE = 1
_NAMES = "between notBetween equal notEqual greaterThan lessThan greaterThanOrEqual lessThanOrEqual"
_OPERATORS = dict(enumerate(_NAMES.split(), start=1))
_SIGNS = {0x09: "<", 0x0A: "<=", 0x0B: "=", 0x0C: ">=", 0x0D: ">", 0x0E: "<>"}
_ITSELF = tuple(bytes((token, 0, 0, 0, 0xC0)) for token in (0x2C, 0x4C, 0x6C))  # the cell that is formatted
_FUNCTIONS, _OF_NO_NUMBER = (0x21, 0x41, 0x61), (2, 3, 126, 129)  # ISNA, ISERROR, ISERR, ISBLANK
_INTEGER, _DOUBLE, _TEXT = 0x1E, 0x1F, 0x17
# Of what a rule changes: its parts, in their order, by their bit, and the size of those that always have one.
_NUMBER, _FONT, _ALIGNMENT, _BORDER, _PATTERN = (1 << bit for bit in range(25, 30))
_SIZES = {_FONT: 118, _ALIGNMENT: 8, _BORDER: 8, _PATTERN: 4}
_KEEPS_GROUND = 1 << 18
_COLOUR_OF_FONT = 80  # where it stands in the font


class _Look(NamedTuple):
    """What a rule changes: its number format, and the colours of letters and ground."""

    shows: str = PLAIN
    letters: Colour = None
    ground: Colour = WHITE


def read_conditions(records: Iterable[Record], colour: Callable[[int], Colour]) -> list[Condition]:
    """Return the conditional formats among the records of a sheet; `colour` is told a colour's number."""
    found, ranges = [], ()
    for record in records:
        try:
            if record.kind == _RANGES:
                ranges = tuple(_ranges(record.body))
            elif record.kind == _RULE and ranges:
                found.append(_condition(record.body, ranges, colour))
        except (struct.error, IndexError):  # broken off: `is_sound` has seen that the file is damaged
            continue
    return found


def _ranges(body: bytes) -> Iterator[Range]:
    (count,) = struct.unpack_from("<H", body, 12)
    for number in range(count):
        top, bottom, left, right = struct.unpack_from("<HHHH", body, 14 + 8 * number)
        yield top + 1, left + 1, bottom + 1, right + 1


def _condition(body: bytes, ranges: tuple[Range, ...], colour: Callable[[int], Colour]) -> Condition:
    kind, operator, first, second = struct.unpack_from("<BBHH", body)
    look = _look(body, colour)
    formulas = body[len(body) - first - second :]
    tokens = [formulas[:first], formulas[first:]]
    if kind == _BY_VALUE:
        told = compared(_OPERATORS.get(operator, ""), [_operand(one) for one in tokens if one])
    else:
        told = _asked(tokens[0])
    return Condition(ranges, *told, HIDES if is_unseen(look.letters, look.ground) else look.shows)


def _look(body: bytes, colour: Callable[[int], Colour]) -> _Look:
    flags, more = struct.unpack_from("<IH", body, 6)
    look, position = _Look(), 12
    if flags & _NUMBER:
        look, position = _with_number(look, body, position, by_code=bool(more & 1))
    for part, size in _SIZES.items():
        if not flags & part:
            continue
        if part == _FONT:
            (number,) = struct.unpack_from("<i", body, position + _COLOUR_OF_FONT)
            look = look._replace(letters=colour(number) if number >= 0 else None)
        elif part == _PATTERN:
            (colours,) = struct.unpack_from("<H", body, position + 2)
            look = look._replace(ground=None if flags & _KEEPS_GROUND else colour(colours >> 7 & 0x7F))
        position += size
    return look


def _with_number(look: _Look, body: bytes, position: int, *, by_code: bool) -> tuple[_Look, int]:
    if not by_code:
        return look._replace(shows=format_kind("", body[position + 1])), position + 2
    size, letters, wide = struct.unpack_from("<HHB", body, position)
    code = body[position + 5 : position + 5 + (letters << (wide & 1))]
    text = code.decode("utf-16-le" if wide & 1 else "latin-1", errors="replace")
    return look._replace(shows=format_kind(text)), position + size


def _asked(tokens: bytes) -> tuple[str, tuple[float, ...]]:
    """Return which numbers a formula asks for, if it asks of the cell itself."""
    if not tokens.startswith(_ITSELF):
        return "", ()
    rest = tokens[len(_ITSELF[0]) :]
    if len(rest) == 3 and rest[0] in _FUNCTIONS and struct.unpack("<H", rest[1:])[0] in _OF_NO_NUMBER:
        return NEVER, ()
    return signed(_SIGNS.get(rest[-1], ""), _operand(rest[:-1])) if len(rest) > 1 else ("", ())


def _operand(tokens: bytes) -> str:
    """Return what a formula of one value gives, as it would be typed; "" for any other."""
    if tokens[0] == _INTEGER and len(tokens) == 3:
        return str(struct.unpack("<H", tokens[1:])[0])
    if tokens[0] == _DOUBLE and len(tokens) == 9:
        return f"{struct.unpack('<d', tokens[1:])[0]:f}"
    return '"' if tokens[0] == _TEXT else ""
