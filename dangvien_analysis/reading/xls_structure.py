"""Whether the records of an .xls agree with one another: the format has no checksum, but says much of itself twice.

A record of no known kind or of an impossible length, a cell outside its row or before the one before it, texts that
do not end where their table ends, a sheet that does not begin where the workbook says: none of it comes from a program
that writes .xls, all of it from a damaged file, whose numbers are then doubtful. What cannot be seen is a changed byte
inside the value of a cell. Numbers of records: [MS-XLS] 2.3.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

BOF_RECORDS, EOF, CONTINUE = (0x0809, 0x0409, 0x0209, 0x0009), 0x000A, 0x003C
_BIFF8 = b"\x00\x06"
_BOUNDSHEET, _SST, _ROW = 0x0085, 0x00FC, 0x0208
_FORMULAS, _MULRK, _MULBLANK = (0x0006, 0x0206, 0x0406), 0x00BD, 0x00BE
_MOST = 8228  # bytes in a record: 8,224, and what some programs add
_WIDE, _RICH, _EXTENDED = 1, 8, 4  # flags of a text: two bytes a letter; with fonts; with other data

# Records of one length in BIFF8: cells of one value, rows, the end.
_SIZES = {0x0201: 6, 0x0203: 14, 0x0205: 8, 0x027E: 10, 0x00FD: 10, _ROW: 16, EOF: 0}
_CELLS = frozenset((0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD, *_FORMULAS, _MULRK, _MULBLANK))
_SHEET_KINDS = {0: 0x0010, 1: 0x0040, 2: 0x0020, 6: 0x0006}  # as the workbook lists a sheet, and as it opens
# What stands between cells: their rows, the parts and texts of formulas, notes for quick reading.
_AMONG_CELLS = _CELLS | {_ROW, CONTINUE, 0x0207, 0x0221, 0x0236, 0x04BC, 0x00BC, 0x00D7}

_KNOWN = frozenset(
    (
        *(6, 10, *range(12, 31), *range(34, 44), 47, 49, 51, 60, 61, 64, 65, 66, 77, *range(80, 103), 125),
        *range(128, 147), *range(151, 162), *range(168, 227), *range(227, 257), 259, 290, *range(311, 354),
        *range(401, 409), *range(425, 451), 512, 513, 515, 516, 517, 519, 520, 523, 545, 549, 566, 574, 638, 659,
        1030, 1048, 1054, 1084, 1212, 2057, *range(2048, 2304), *range(4096, 4200),
    )
)  # fmt: skip


class Record(NamedTuple):
    """A record: its kind, the place of its body in the stream, and the body."""

    kind: int
    start: int
    body: bytes


def read_records(stream: bytes, position: int) -> Iterator[Record]:
    """Yield the records from `position` to the end of the sheet, or other part of the workbook, that begins there."""
    depth = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        depth += (kind in BOF_RECORDS) - (kind == EOF)
        yield Record(kind, position + 4, bytes(stream[position + 4 : position + 4 + size]))
        if depth <= 0:
            return
        position += 4 + size


def is_sound(stream: bytes) -> bool:
    """Tell whether a BIFF8 stream contradicts itself nowhere.

    What is older has other records and is not judged: it is sound.
    """
    head = list(read_records(stream, 0))
    if head and head[0].body[:2] != _BIFF8:
        return True
    if not _is_whole(head, stream) or not all(_ends_with_its_texts(segments) for segments in _text_tables(head)):
        return False
    listed = [record.body for record in head if record.kind == _BOUNDSHEET]
    return all(len(body) >= 8 and _is_as_listed(stream, *struct.unpack_from("<IxB", body)) for body in listed)


def _is_as_listed(stream: bytes, start: int, kind: int) -> bool:
    """Tell whether a whole sheet, of the kind that the workbook says, begins where it says."""
    records = list(read_records(stream, start))
    if not _is_whole(records, stream) or len(records[0].body) < 4:
        return False
    opens_as = struct.unpack_from("<2xH", records[0].body)[0]
    return opens_as == _SHEET_KINDS.get(kind) and (kind != 0 or _has_sound_cells(records))


def _is_whole(records: list[Record], stream: bytes) -> bool:
    if not records or records[0].kind not in BOF_RECORDS or records[-1].kind != EOF:
        return False
    fits = all(record.kind in _KNOWN and _has_right_length(record) for record in records)
    return fits and records[-1].start + len(records[-1].body) <= len(stream)


def _has_right_length(record: Record) -> bool:
    size = len(record.body)
    return size <= _MOST and size == _SIZES.get(record.kind, size)


# --- the cells of a sheet ---------------------------------------------------------------------------------------


def _has_sound_cells(records: list[Record]) -> bool:
    among = [index for index, record in enumerate(records) if record.kind in _CELLS or record.kind == _ROW]
    if not among:
        return True
    table = [record for record in records[among[0] : among[-1] + 1] if not 0x0800 <= record.kind < 0x0900]
    if any(record.kind not in _AMONG_CELLS for record in table):
        return False
    return _are_in_place([record for record in table if record.kind in _CELLS], _rows(table))


def _rows(records: list[Record]) -> dict[int, tuple[int, int]]:
    """Return, by row, its first column and the one after its last."""
    bodies = [record.body for record in records if record.kind == _ROW and len(record.body) >= 6]
    return {row: (first, end) for row, first, end in (struct.unpack_from("<HHH", body) for body in bodies)}


def _are_in_place(cells: list[Record], rows: dict[int, tuple[int, int]]) -> bool:
    before = (-1, -1)
    for cell in cells:
        if len(cell.body) < 6 or not _has_its_length(cell):
            return False
        row, col = struct.unpack_from("<HH", cell.body)
        first, end = rows.get(row, (0, 256))  # some programs describe no rows
        if (row, col) <= before or not first <= col < end:
            return False
        before = row, col + _width(cell) - 1
    return True


def _has_its_length(cell: Record) -> bool:
    size = len(cell.body)
    if cell.kind in (_MULRK, _MULBLANK):
        first, last = struct.unpack_from("<H", cell.body, 2)[0], struct.unpack_from("<H", cell.body, size - 2)[0]
        return size == 6 + (last - first + 1) * (6 if cell.kind == _MULRK else 2)
    if cell.kind in _FORMULAS:
        return size >= 22 and size >= 22 + struct.unpack_from("<H", cell.body, 20)[0]
    return True


def _width(cell: Record) -> int:
    if cell.kind not in (_MULRK, _MULBLANK):
        return 1
    return struct.unpack_from("<H", cell.body, len(cell.body) - 2)[0] - struct.unpack_from("<H", cell.body, 2)[0] + 1


# --- the table of texts -----------------------------------------------------------------------------------------


def _text_tables(records: list[Record]) -> Iterator[list[bytes]]:
    """Yield the bodies of each table of texts: of its record, and of those that continue it."""
    for index, record in enumerate(records):
        if record.kind == _SST:
            segments = [record.body]
            for more in records[index + 1 :]:
                if more.kind != CONTINUE:
                    break
                segments.append(more.body)
            yield segments


def _ends_with_its_texts(segments: list[bytes]) -> bool:
    if len(segments[0]) < 8:
        return False
    reader = _TextReader(segments)
    (count,) = struct.unpack("<4xI", reader.take(8))
    try:
        for _ in range(count):
            reader.skip_text()
    except (struct.error, IndexError):
        return False
    return reader.is_at_end()


class _TextReader:
    """Walks over the texts of a table, which may be broken off anywhere and go on in the next record."""

    def __init__(self, segments: list[bytes]) -> None:
        self._segments, self._index, self._position = segments, 0, 0

    def take(self, size: int) -> bytes:
        """Return so many bytes; fewer if there are no more."""
        taken = b""
        while len(taken) < size and self._has_more():
            part = self._segments[self._index][self._position : self._position + size - len(taken)]
            taken += part
            self._position += len(part)
        return taken

    def skip_text(self) -> None:
        """Pass over one text. Raises struct.error or IndexError where it is broken off."""
        length, flags = struct.unpack("<HB", self.take(3))
        (runs,) = struct.unpack("<H", self.take(2)) if flags & _RICH else (0,)
        (more,) = struct.unpack("<I", self.take(4)) if flags & _EXTENDED else (0,)
        self._skip_letters(length, flags & _WIDE)
        if len(self.take(4 * runs)) + len(self.take(more)) < 4 * runs + more:
            raise IndexError

    def _skip_letters(self, left: int, wide: int) -> None:
        while left:
            here = (len(self._segments[self._index]) - self._position) >> wide
            taken = min(left, here)
            self._position += taken << wide
            left -= taken
            if left:  # where letters are broken off, what continues them says anew how wide they are
                self._index, self._position = self._index + 1, 1
                wide = self._segments[self._index][0] & _WIDE

    def _has_more(self) -> bool:
        while self._index < len(self._segments) and self._position >= len(self._segments[self._index]):
            self._index, self._position = self._index + 1, 0
        return self._index < len(self._segments)

    def is_at_end(self) -> bool:
        """Tell whether nothing is left over."""
        return not self._has_more()
