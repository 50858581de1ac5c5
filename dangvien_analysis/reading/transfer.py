"""A workbook as bytes between the reading child and its parent: JSON, so that no byte of a file can become code."""

import json
import struct
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
    sheets = [_packed(sheet, table) for sheet in workbook.sheets]
    return json.dumps([sheets, list(table), workbook.properties, workbook.problems], separators=(",", ":")).encode()


def unpack(message: bytes) -> Workbook:
    """Return the workbook that `pack` wrote."""
    sheets, table, properties, problems = json.loads(message)
    cells = [Cell(*cell) for cell in table]
    return Workbook(
        tuple(_unpacked(cells, *sheet) for sheet in sheets),
        properties,
        tuple(Problem(*problem) for problem in problems),
    )


def _packed(sheet: Sheet, table: dict[Cell, int]) -> list[Any]:
    places = list(sheet.cells)
    return [
        sheet.name,
        [row for row, _ in places],
        [col for _, col in places],
        [table.setdefault(cell, len(table)) for cell in sheet.cells.values()],
        sheet.merges,
        sheet.hidden,
        sorted(sheet.hidden_rows),
        sorted(sheet.hidden_cols),
    ]


def _unpacked(cells: list[Cell], name: str, rows: list[int], cols: list[int], index: list[int], *rest: Any) -> Sheet:
    merges, hidden, hidden_rows, hidden_cols = rest
    return Sheet(
        name,
        dict(zip(zip(rows, cols, strict=True), map(cells.__getitem__, index), strict=True)),
        tuple(map(tuple, merges)),
        hidden,
        frozenset(hidden_rows),
        frozenset(hidden_cols),
    )
