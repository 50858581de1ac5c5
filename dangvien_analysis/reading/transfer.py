"""A workbook as bytes between the reading child and its parent.

JSON and plain numbers, so that no byte of a file can become code; packed, because every cell passes through here.
"""

import json
import struct
from array import array
from typing import Any, BinaryIO

from dangvien_analysis.reading.cells import Cell, Problem, Sheet, Workbook

_LENGTH = struct.Struct(">I")


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


def pack(workbook: Workbook) -> bytes:
    """Return a workbook as bytes; equal cells, such as repeated numbers and labels, are written once."""
    table: dict[Cell, int] = {}
    numbers = array("I")
    for sheet in workbook.sheets:
        for column in zip(*sheet.cells, strict=True):  # the rows of all cells, then their columns
            numbers.extend(column)
        numbers.extend([table.setdefault(cell, len(table)) for cell in sheet.cells.values()])
    sheets = [_described(sheet) for sheet in workbook.sheets]
    text = json.dumps([sheets, list(table), workbook.properties, workbook.problems], separators=(",", ":")).encode()
    return _LENGTH.pack(len(text)) + text + numbers.tobytes()


def unpack(message: bytes) -> Workbook:
    """Return the workbook that `pack` wrote."""
    start = _LENGTH.size + _LENGTH.unpack_from(message)[0]
    sheets, table, properties, problems = json.loads(message[_LENGTH.size : start])
    numbers = array("I", message[start:])
    cells = list(map(Cell._make, table))
    made, position = [], 0
    for count, name, merges, *rest in sheets:
        rows, cols, index = (numbers[position + part * count : position + (part + 1) * count] for part in range(3))
        placed = dict(zip(zip(rows, cols, strict=True), map(cells.__getitem__, index), strict=True))
        made.append(_sheet(name, placed, merges, *rest))
        position += 3 * count
    return Workbook(tuple(made), properties, tuple(Problem(*problem) for problem in problems))


def _described(sheet: Sheet) -> list[Any]:
    rows, cols = sorted(sheet.hidden_rows), sorted(sheet.hidden_cols)
    looks = sorted(sheet.unseen), sheet.comments
    return [len(sheet.cells), sheet.name, sheet.merges, sheet.hidden, rows, cols, *looks]


def _sheet(name: str, cells: dict, merges: list, hidden: bool, *places: list) -> Sheet:
    rows, cols, unseen, comments = places
    looks = frozenset(map(tuple, unseen)), tuple(map(tuple, comments))
    return Sheet(name, cells, tuple(map(tuple, merges)), hidden, frozenset(rows), frozenset(cols), *looks)
