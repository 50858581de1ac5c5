"""The parts of a zipped workbook (.xlsx, .ods), unpacked within limits, and their XML, read without entities."""

import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.refusal import Unreadable

MAX_PARTS = 2_000
MAX_PART = 96 << 20
MAX_TOTAL = 192 << 20
MAX_KEPT = 1 << 18
MAX_RATIO, RATIO_FROM = 250, 8 << 20  # blank formatted cells pack 100 to 1; a bomb packs 1000 to 1

_LOCAL_HEADER = struct.Struct("<26xHH")  # of its fields, the lengths of the name and of the extra field


class Package:
    """The parts of a zip file by name; names are compared without regard to case, as the standard has it."""

    def __init__(self, data: bytes) -> None:
        try:
            with ZipFile(BytesIO(data)) as listing:
                entries = listing.infolist()
        except (BadZipFile, ValueError, NotImplementedError, OSError) as exc:
            raise Unreadable(refusal.TRUNCATED if b"PK\x05\x06" not in data[-70_000:] else refusal.DAMAGED) from exc
        self._data = data
        self._parts = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        self._left = MAX_TOTAL
        if len(entries) > MAX_PARTS:
            raise Unreadable(refusal.BOMB)
        if len(self._parts) != len(entries):  # two parts of one name: no telling which one is meant
            raise Unreadable(refusal.DAMAGED)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def name(self, name: str) -> str:
        """Return the name of a part as the zip file spells it; KeyError if there is none."""
        return self._parts[name.lower()].filename.replace("\\", "/").lstrip("/")

    def read(self, name: str) -> bytes:
        """Return the unpacked bytes of a part.

        Raises Unreadable for a part that is missing, too large, or does not match its checksum.
        """
        entry = self._parts.get(name.lower())
        if entry is None or entry.flag_bits & 1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Unreadable(refusal.DAMAGED)
        size = entry.file_size
        if size > MAX_PART or size > self._left or (size > RATIO_FROM and size > MAX_RATIO * entry.compress_size):
            raise Unreadable(refusal.BOMB)
        self._left -= size
        part = self._unpacked(entry)
        if len(part) != size or zlib.crc32(part) != entry.CRC:
            raise Unreadable(refusal.BAD_CHECKSUM)
        return part

    def _unpacked(self, entry: ZipInfo) -> bytes:
        # By hand, because ZipFile.read unpacks all that a stream holds before it looks at the declared size.
        head = self._data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
        if len(head) < _LOCAL_HEADER.size or not head.startswith(b"PK\x03\x04"):
            raise Unreadable(refusal.DAMAGED)
        start = entry.header_offset + _LOCAL_HEADER.size + sum(_LOCAL_HEADER.unpack(head))
        packed = self._data[start : start + entry.compress_size]
        if entry.compress_type == ZIP_STORED:
            return packed
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
        except zlib.error as exc:
            raise Unreadable(refusal.BAD_CHECKSUM) from exc


def kept_if_small(function: Callable) -> Callable:
    """Keep what `function` makes of small parts: the files of one form share many, and nobody changes the result."""
    kept = lru_cache(maxsize=64)(function)

    def made(data: bytes, *rest: str) -> Any:
        return (kept if len(data) <= MAX_KEPT else function)(data, *rest)

    return made


def parse_xml(data: bytes, root: str = "") -> ET.Element:
    """Return the root of an XML part.

    Raises Unreadable if it is not well formed, declares entities, or is another part than one with this `root`.
    """
    data = as_utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable(refusal.DAMAGED)
    try:
        element = ET.fromstring(data)  # noqa: S314 - entities and document types are refused above
    except (ET.ParseError, ValueError, LookupError) as exc:
        raise Unreadable(refusal.DAMAGED) from exc
    if root and local(element.tag) != root:
        raise Unreadable(refusal.DAMAGED)
    return element


def as_utf8(data: bytes) -> bytes:
    """Return an XML part in UTF-8; the standard allows UTF-16 too."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    try:
        return data.decode("utf-16").partition("?>")[2].encode()
    except UnicodeError as exc:
        raise Unreadable(refusal.DAMAGED) from exc


def local(tag: str) -> str:
    """Return a tag without its namespace: strict and transitional workbooks differ in that only."""
    return tag.rpartition("}")[2]
