"""The parts of a zipped workbook (.xlsx, .ods), unpacked within limits, and their XML, read without entities."""

import zlib
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.refusal import Unreadable

MAX_PARTS = 2_000
MAX_PART = 96 << 20
MAX_TOTAL = 192 << 20
MAX_RATIO, RATIO_FROM = 250, 8 << 20  # blank formatted cells pack 100 to 1; a bomb packs 1000 to 1


class Package:
    """The parts of a zip file by name; names are compared without regard to case, as the standard has it."""

    def __init__(self, data: bytes):
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, OSError) as exc:
            raise Unreadable(refusal.TRUNCATED if b"PK\x05\x06" not in data[-70_000:] else refusal.DAMAGED) from exc
        entries = self._zip.infolist()
        self._parts = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        self._left = MAX_TOTAL
        if len(entries) > MAX_PARTS:
            raise Unreadable(refusal.BOMB)
        if len(self._parts) != len(entries):  # two parts of one name: no telling which one is meant
            raise Unreadable(refusal.DAMAGED)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

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
        try:
            with self._zip.open(entry) as part:
                # Not read(): that unpacks whatever the stream holds before it looks at the declared size.
                data = part.read(size + 1)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as exc:
            raise Unreadable(refusal.BAD_CHECKSUM) from exc
        if len(data) != size:
            raise Unreadable(refusal.BAD_CHECKSUM)
        return data


def parse_xml(data: bytes) -> ElementTree.Element:
    """Return the root of an XML part. Raises Unreadable if it is not well formed or declares entities."""
    data = as_utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable(refusal.DAMAGED)
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as exc:
        raise Unreadable(refusal.DAMAGED) from exc


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
