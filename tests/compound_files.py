"""Builds compound documents (.xls files around their stream) byte by byte, whole or broken in a chosen place."""

import struct

FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512
SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def biff(*records: tuple[int, bytes]) -> bytes:
    """Return a BIFF8 stream: the globals with these records, and an end."""
    globals_ = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    stream = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in ((0x0809, globals_), *records))
    return stream + struct.pack("<HH", 0x000A, 0)


def entry(name: str, kind: int, start: int, size: int, left: int = FREE, right: int = FREE, child: int = FREE) -> bytes:
    """Return one directory entry: kind 5 is the root, 1 a storage, 2 a stream."""
    title = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIII",
        title, len(title) + 2, kind, 1, left, right, child, b"", 0, 0, 0, start, size, 0,
    )  # fmt: skip


def compound(
    stream: bytes,
    name: str = "Workbook",
    entries: list[bytes] | None = None,
    fat: dict[int, int] | None = None,
    header: dict[int, int] | None = None,
) -> bytes:
    """Return a compound document with one stream; `entries`, `fat` and `header` (offset: value) break it."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    chain = {0: FAT_SECTOR, 1: END} | {2 + n: 3 + n for n in range(count - 1)} | {1 + count: END} | (fat or {})
    table = b"".join(struct.pack("<I", chain.get(n, FREE)) for n in range(SECTOR // 4))
    root = entry("Root Entry", 5, END, 0, child=1)
    directory = b"".join(entries or [root, entry(name, 2, 2, len(stream))]).ljust(SECTOR, b"\0")
    head = bytearray(struct.pack("<8s16sHHHHH6s", SIGNATURE, b"", 0x3E, 3, 0xFFFE, 9, 6, b""))
    head += struct.pack("<9I109I", 0, 1, 1, 0, 4096, END, 0, END, 0, 0, *[FREE] * 108)
    for offset, value in (header or {}).items():
        struct.pack_into("<I", head, offset, value)
    return bytes(head) + table + directory + stream


def claimed_twice(stream: bytes) -> bytes:
    """Return a compound document whose small streams claim the sectors of its workbook."""
    count = max(4096, -(-len(stream) // SECTOR) * SECTOR) // SECTOR
    entries = [entry("Root Entry", 5, 2, 64, child=1), entry("Workbook", 2, 2, count * SECTOR)]
    small_table = struct.pack("<128I", END, *[FREE] * 127)
    header = {60: 2 + count, 64: 1}
    return compound(stream, entries=entries, fat={2 + count: END}, header=header) + small_table


LOOPS = {
    "siblings that follow one another in a circle": {
        "entries": [
            entry("Root Entry", 5, END, 0, child=1),
            entry("A", 2, 2, 4096, left=2, right=2),
            entry("Workbook", 2, 2, 4096, left=1, right=1),
        ]
    },
    "a directory that contains itself": {
        "entries": [
            entry("Root Entry", 5, END, 0, child=1),
            entry("Workbook", 1, 0, 0, child=1),
            entry("Workbook", 1, 0, 0, child=0),
        ]
    },
    "a stream whose sectors go round in a circle": {"fat": {9: 2}},
    "a directory whose sectors go round in a circle": {"fat": {1: 1}},
    "a sector table that names itself": {"header": {68: 0, 72: 0xFFFFFF}},
    "sectors of no sane size": {"header": {28: 0x0006FFFE, 32: 0x00001F1F}},
    "a stream of four thousand million bytes": {
        "entries": [entry("Root Entry", 5, END, 0, child=1), entry("Workbook", 2, 2, 0xFFFFFFF0)]
    },
    "a table of more sectors than there are": {"header": {44: 0x7FFFFFFF}},
    "small sectors without an end": {"header": {60: 0, 64: 0x7FFFFFFF}},
}
