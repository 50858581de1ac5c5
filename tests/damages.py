"""What can happen to a workbook between a school and the office, each as one function: a file in, a broken one out.

A damage returns the broken bytes and the values it overwrote: None where it left the values alone, so that every
number must come out as before or with a word; else the places of the numbers it changed (None for a text), which no
reader can notice. Only what changes inside a value is excused so, and never what stands under a checksum.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from damage_books import (
    ERRORS,
    Broken,
    Place,
    Spans,
    Stripped,
    part_spans,
    records,
    rezip,
    strip_values,
    unzip,
    write,
    xls_spans,
)
from layout_tables import Book, Grid

Touched = set[Place | None]
Damaged = tuple[bytes, Touched]
NOISE = ["#", "?", "\ufffd", "¤", "…", "@", "\u200b", "_x0007_", "|", "~~"]


@dataclass
class Case:
    """A whole workbook: what it is made of, and its bytes."""

    book: Book
    kind: str
    data: bytes

    @property
    def zipped(self) -> bool:
        """Tell whether the file is a zip file."""
        return self.kind != "xls"


# --- the file's bytes -------------------------------------------------------------------------------------------


def flip_bytes(case: Case, random: Random) -> Damaged:
    """Change one to four bytes of the file."""
    position, length = random.randrange(len(case.data)), random.choice([1, 1, 1, 2, 4])
    return _overwritten(case, position, random.randbytes(length))


def _overwritten(case: Case, position: int, new: bytes) -> Damaged:
    data = case.data[:position] + new + case.data[position + len(new) :]
    spans = [] if case.zipped else xls_spans(case.data, case.book)
    return data, _touched(spans, position, len(new))


def _touched(spans: Spans, position: int, length: int) -> Touched:
    return {place for start, end, place in spans if start < position + length and position < end}


def delete_bytes(case: Case, random: Random) -> Damaged:
    """Lose some bytes of the file."""
    position, length = random.randrange(len(case.data)), random.choice([1, 1, 4, 64, 512])
    return case.data[:position] + case.data[position + length :], set()


def insert_bytes(case: Case, random: Random) -> Damaged:
    """Put some bytes into the file."""
    position, length = random.randrange(len(case.data)), random.choice([1, 1, 4, 64, 512])
    return case.data[:position] + random.randbytes(length) + case.data[position:], set()


def truncate(case: Case, random: Random) -> Damaged:
    """Cut the file short."""
    return case.data[: random.randrange(len(case.data))], set()


def zero_block(case: Case, random: Random) -> Damaged:
    """Lose a block of the disk: zeros where it stood."""
    position = random.randrange(0, len(case.data), 512)
    block = bytes(min(512, len(case.data) - position))
    return case.data[:position] + block + case.data[position + len(block) :], set()


def swap_blocks(case: Case, random: Random) -> Damaged:
    """Swap two blocks of the disk."""
    blocks = [case.data[start : start + 512] for start in range(0, len(case.data), 512)]
    one, other = random.randrange(len(blocks)), random.randrange(len(blocks))
    blocks[one], blocks[other] = blocks[other], blocks[one]
    return b"".join(blocks), set()


# --- the parts of a zip file ------------------------------------------------------------------------------------


def bad_crc(case: Case, random: Random) -> Damaged:
    """Change a part, stored, under its old checksum."""
    from io import BytesIO
    from zipfile import ZipFile

    parts, buffer = unzip(case.data), BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    data = buffer.getvalue()
    part = parts[random.choice([name for name, part in parts.items() if part])]
    position = data.index(part) + random.randrange(len(part))
    return data[:position] + bytes([data[position] ^ (1 << random.randrange(8))]) + data[position + 1 :], set()


def _edited_part(case: Case, random: Random, edit: Callable[[bytes, int], bytes]) -> tuple[bytes, str, int]:
    parts = unzip(case.data)
    named = [name for name in parts if name.endswith((".xml", ".rels"))]
    sheets = [name for name in named if "sheet" in name or "content" in name or "Strings" in name]
    name = random.choice(random.choice([named, sheets]))
    position = random.randrange(len(parts[name]))
    parts[name] = edit(parts[name], position)
    return rezip(parts), name, position


def flip_in_part(case: Case, random: Random) -> Damaged:
    """Change a byte of a part and pack it with a right checksum: what a program does that writes wrongly."""
    new = random.choice(
        [lambda _: random.randbytes(1), lambda _: bytes([random.randrange(32, 127)]), lambda old: _alike(old, random)]
    )
    data, name, position = _edited_part(
        case, random, lambda part, at: part[:at] + new(part[at : at + 1]) + part[at + 1 :]
    )
    spans = part_spans(name, unzip(case.data)[name], case.book)
    return data, _touched(spans, position, 1)


def _alike(old: bytes, random: Random) -> bytes:
    """Return a digit for a digit, a letter for a letter."""
    return bytes([random.choice(b"0123456789" if old.isdigit() else b"abcdehimnorstuvwxyzABCDEKNRST")])


def delete_in_part(case: Case, random: Random) -> Damaged:
    """Lose a byte or more of a part, packed with a right checksum."""
    length = random.choice([1, 1, 3, 40])
    data, name, position = _edited_part(case, random, lambda part, at: part[:at] + part[at + length :])
    spans = part_spans(name, unzip(case.data)[name], case.book)
    return data, _touched(spans, position, length)


def insert_in_part(case: Case, random: Random) -> Damaged:
    """Put a byte or more into a part, packed with a right checksum."""
    new = bytes(random.randrange(32, 127) for _ in range(random.choice([1, 1, 3, 40])))
    data, name, position = _edited_part(case, random, lambda part, at: part[:at] + new + part[at:])
    spans = part_spans(name, unzip(case.data)[name], case.book)
    return data, {place for start, end, place in spans if start <= position <= end}


def cut_part(case: Case, random: Random) -> Damaged:
    """Cut a part short, packed with a right checksum."""
    return _edited_part(case, random, lambda part, at: part[:at])[0], set()


def break_xml(case: Case, random: Random) -> Damaged:
    """Take out one tag of a part, or close it twice."""

    def edit(part: bytes, at: int) -> bytes:
        start = part.rfind(b"<", 0, at + 1)
        end = part.find(b">", max(start, 0)) + 1
        if start < 0 or end < 1:
            return part[:at]
        return part[:end] + random.choice([part[start:end], b"</c>", b"<row>", b"&x;", b"<"]) + part[end:]

    return _edited_part(case, random, edit)[0], set()


def swap_parts(case: Case, random: Random) -> Damaged:
    """Give two parts of different kinds each other's content."""
    parts = unzip(case.data)
    one, other = random.sample(sorted(parts), 2)
    if "sheet" in one and "sheet" in other:  # a sheet in another's place is a sheet: nothing says which it was
        other = "xl/workbook.xml"
    parts[one], parts[other] = parts[other], parts[one]
    return rezip(parts), set()


def drop_part(case: Case, random: Random) -> Damaged:
    """Lose a part, its checksum and its place in the list."""
    parts = unzip(case.data)
    del parts[random.choice(sorted(parts))]
    return rezip(parts), set()


def nest_deeply(case: Case, random: Random) -> Damaged:
    """Open a hundred thousand elements in a part: what ends programs that read by recursion."""
    depth = random.choice([500, 20_000, 200_000])
    data, *_ = _edited_part(case, random, lambda part, at: part + b"<a>" * depth + b"</a>" * (at % 2) * depth)
    return data, set()


# --- the records and sectors of an .xls -------------------------------------------------------------------------


def flip_record_head(case: Case, random: Random) -> Damaged:
    """Change the kind or the length of a record."""
    _, start, _ = random.choice(list(records(case.data)))
    return _overwritten(case, start - 4 + random.randrange(4), random.randbytes(1))


def flip_record_body(case: Case, random: Random) -> Damaged:
    """Change a byte of a record, each kind of record as often as the others."""
    found = [record for record in records(case.data) if record[2] > record[1]]
    kind = random.choice(sorted({kind for kind, _, _ in found}))
    _, start, end = random.choice([record for record in found if record[0] == kind])
    return _overwritten(case, random.randrange(start, end), random.randbytes(1))


def lose_record(case: Case, random: Random) -> Damaged:
    """Lose a record; what follows moves up."""
    _, start, end = random.choice(list(records(case.data)))
    lost = case.data[: start - 4] + case.data[end:]
    return lost.ljust(len(case.data), b"\0"), set()


def flip_in_directory(case: Case, random: Random) -> Damaged:
    """Change the header, the directory or a sector chain of the compound document around the stream."""
    ends = max(end for _, _, end in records(case.data))
    places = [*range(30, 76), *range(ends - ends % 512 + 512, len(case.data))]
    return _overwritten(case, random.choice(places), random.choice([random.randbytes(1), random.randbytes(4)]))


def loop_directory(case: Case, random: Random) -> Damaged:
    """Let entries of the directory, or sectors of a chain, lead to one another in a circle."""
    data = bytearray(case.data)
    first = struct.unpack_from("<I", data, 48)[0] * 512 + 512
    if random.random() < 0.5:
        for entry in range(3):
            links = random.choices([0, 1, 2, 3, 0xFFFFFFFF], k=3)
            struct.pack_into("<3I", data, first + 128 * entry + 68, *links)
    else:
        table = struct.unpack_from("<I", data, 76)[0] * 512 + 512
        used = (len(data) - 512) // 512
        for _ in range(3):
            struct.pack_into("<I", data, table + 4 * random.randrange(used), random.randrange(used + 3))
    return bytes(data), set()


def garble_header(case: Case, random: Random) -> Damaged:
    """Write an absurd number where the compound document says how large its parts are."""
    data = bytearray(case.data)
    struct.pack_into("<I", data, random.choice([30, 44, 48, 56, 60, 64, 68, 72, 76]), random.choice(_ABSURD))
    return bytes(data), set()


_ABSURD = [0, 1, 3, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFF0, 0xFFFFFFFE, 0xFFFFFFFF, 0x00200020]


# --- what stands in the cells -----------------------------------------------------------------------------------


def _with(case: Case, sheet: int, cells: dict, merges: list | None = None) -> Damaged:
    sheets = list(case.book.sheets)
    sheets[sheet] = Grid(sheets[sheet].name, cells, sheets[sheet].merges if merges is None else merges)
    data = write(Book(case.book.name, sheets), case.kind)
    return (strip_values(data) if case.kind.startswith("xlsx") or case.kind == "xlsm" else data), set()


def _numbers(grid: Grid) -> list[tuple[int, int]]:
    return [place for place, value in grid.cells.items() if not isinstance(value, str) and value is not None]


def error_value(case: Case, random: Random) -> Damaged:
    """Let a cell show an error."""
    sheet, place = _some_cell(case, random)
    cells = case.book.sheets[sheet].cells
    return _with(case, sheet, {**cells, place: Broken(random.choice(list(ERRORS)))})


def strip_value(case: Case, random: Random) -> Damaged:
    """Put a formula that was never calculated in a cell's place."""
    sheet, place = _some_cell(case, random)
    return _with(case, sheet, {**case.book.sheets[sheet].cells, place: Stripped()})


def _some_cell(case: Case, random: Random) -> tuple[int, tuple[int, int]]:
    """Choose a cell: of a number or, less often, of a text, which formulas give as well."""
    choices = [(sheet, place) for sheet, grid in enumerate(case.book.sheets) for place in grid.cells]
    numbers = [(sheet, place) for sheet, place in choices if place in _numbers(case.book.sheets[sheet])]
    return random.choice(random.choice([numbers, numbers, choices]) or choices)


def noise(case: Case, random: Random) -> Damaged:
    """Put signs into a text that nobody types, or in place of one of its letters."""
    texts = [
        (sheet, place)
        for sheet, grid in enumerate(case.book.sheets)
        for place, value in grid.cells.items()
        if isinstance(value, str)
    ]
    sheet, place = random.choice(texts)
    text = case.book.sheets[sheet].cells[place]
    at = random.randrange(len(text))
    lost = random.randrange(2) if not text[at].isdigit() else 0  # without a digit it would be another number or year
    noisy = text[:at] + random.choice(NOISE) + text[at + lost :]
    return _with(case, sheet, {**case.book.sheets[sheet].cells, place: noisy})


def damage_merge(case: Case, random: Random) -> Damaged:
    """Move, stretch, double or drop a merged range, or add one."""
    sheet = random.randrange(len(case.book.sheets))
    grid = case.book.sheets[sheet]
    merges = list(grid.merges)
    rows, cols = max(row for row, _ in grid.cells), max(col for _, col in grid.cells)
    top, left, bottom, right = merges.pop(random.randrange(len(merges))) if merges else (1, 1, 1, 1)
    changed = random.choice(
        [
            (top + 1, left, bottom + 1, right),
            (top, left + 1, bottom, right + 1),
            (top, left, bottom, right + 1),
            (top, left, bottom + 1, right),
            (1, 1, rows, cols),
            (top, left, max(bottom, top + 1), min(right + 40, 200)),
            None,
        ]
    )
    return _with(case, sheet, grid.cells, [*merges, changed] if changed else merges)


EVERY = (
    flip_bytes,
    delete_bytes,
    insert_bytes,
    truncate,
    zero_block,
    swap_blocks,
    error_value,
    strip_value,
    noise,
    damage_merge,
)
ZIPPED = (
    bad_crc,
    flip_in_part,
    delete_in_part,
    insert_in_part,
    cut_part,
    break_xml,
    swap_parts,
    drop_part,
    nest_deeply,
)
COMPOUND = (
    flip_record_head,
    flip_record_body,
    lose_record,
    flip_in_directory,
    loop_directory,
    garble_header,
)
DAMAGES: dict[str, Callable[[Case, Random], Damaged]] = {
    damage.__name__: damage for damage in (*EVERY, *ZIPPED, *COMPOUND)
}


def fitting(kind: str) -> list[str]:
    """Name the damages that a file of this kind can suffer."""
    return [damage.__name__ for damage in (*EVERY, *(COMPOUND if kind == "xls" else ZIPPED))]
