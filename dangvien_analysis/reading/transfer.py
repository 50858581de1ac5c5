"""A workbook as bytes between the reading child and its parent.

JSON and plain numbers, so that no byte of a file can become code; packed, because every cell passes through here, and
each that differs once only: the files of a form have most cells, and the places of all, in common.
"""

import json
import struct
from array import array
from typing import Any, BinaryIO, TypeVar

from dangvien_analysis.reading.cells import Cell, Problem, Sheet, Workbook

_LENGTH = struct.Struct(">I")
_MOST_KNOWN = 1 << 20  # characters and places; then both sides forget, so that neither memory grows

Layout = tuple[tuple[int, int], ...]  # the places of the cells of a sheet
_Key = TypeVar("_Key", Cell, Layout)


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message with its length before it."""
    stream.write(_LENGTH.pack(len(message)) + message)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """Read one message; None if the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    message = stream.read(size)
    return message if len(message) == size else None


class Packer:
    """Writes the workbooks of a child: cells and arrangements of cells that were sent before are numbers now."""

    def __init__(self) -> None:
        self._cells: _Numbered[Cell] = _Numbered()
        self._layouts: _Numbered[Layout] = _Numbered()
        self._sent = 0

    def pack(self, workbook: Workbook) -> bytes:
        """Return a workbook as bytes."""
        cells, layouts = self._cells, self._layouts
        self._cells, self._layouts = _Numbered(), _Numbered()  # if this fails, nothing is known
        known = len(cells), len(layouts)
        sheets = [_described(sheet, layouts[tuple(sheet.cells)]) for sheet in workbook.sheets]
        numbers = array("I", [cells[cell] for sheet in workbook.sheets for cell in sheet.cells.values()])
        new = layouts.take_new()
        places = array("I", [number for layout in new for column in zip(*layout, strict=True) for number in column])
        told = sheets, cells.take_new(), list(map(len, new)), workbook.properties, workbook.problems
        self._sent += len(places) + sum(len(cell.raw) + 1 for cell in told[1])
        lasts = self._sent < _MOST_KNOWN
        text = json.dumps([known, lasts, *told], separators=(",", ":")).encode()
        message = _LENGTH.pack(len(text)) + text + places.tobytes() + numbers.tobytes()
        if lasts:
            self._cells, self._layouts = cells, layouts
        else:
            self._sent = 0
        return message


class _Numbered(dict[_Key, int]):
    """Numbers by what they stand for, given in turn to what has none."""

    def __init__(self) -> None:
        super().__init__()
        self._new: list[_Key] = []

    def __missing__(self, key: _Key) -> int:
        self._new.append(key)
        number = self[key] = len(self)
        return number

    def take_new(self) -> list[_Key]:
        """Return what has got a number since this was asked before."""
        new, self._new = self._new, []
        return new


class Unpacker:
    """Reads the workbooks that a child's packer wrote, in their order."""

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._layouts: list[Layout] = []

    def unpack(self, message: bytes) -> Workbook:
        """Return a workbook."""
        start = _LENGTH.size + _LENGTH.unpack_from(message)[0]
        known, lasts, sheets, cells, sizes, properties, problems = json.loads(message[_LENGTH.size : start])
        numbers = array("I", message[start:])
        self._forget(*known)
        self._cells += map(Cell._make, cells)
        position = 0
        for size in sizes:
            rows, cols = (numbers[position + part * size : position + (part + 1) * size] for part in range(2))
            self._layouts.append(tuple(zip(rows, cols, strict=True)))
            position += 2 * size
        made = []
        for layout, *described in sheets:
            places = self._layouts[layout]
            found = map(self._cells.__getitem__, numbers[position : position + len(places)])
            made.append(_sheet(dict(zip(places, found, strict=True)), *described))
            position += len(places)
        if not lasts:
            self._forget()
        return Workbook(tuple(made), properties, tuple(Problem(*problem) for problem in problems))

    def _forget(self, cells: int = 0, layouts: int = 0) -> None:
        """Keep only so many."""
        del self._cells[cells:], self._layouts[layouts:]


def _described(sheet: Sheet, layout: int) -> list[Any]:
    rows, cols = sorted(sheet.hidden_rows), sorted(sheet.hidden_cols)
    looks = sorted(sheet.unseen), sheet.comments
    return [layout, sheet.name, sheet.merges, sheet.hidden, rows, cols, *looks]


def _sheet(cells: dict, name: str, merges: list, hidden: bool, *places: list) -> Sheet:
    rows, cols, unseen, comments = places
    looks = frozenset(map(tuple, unseen)), tuple(map(tuple, comments))
    return Sheet(name, cells, tuple(map(tuple, merges)), hidden, frozenset(rows), frozenset(cols), *looks)
