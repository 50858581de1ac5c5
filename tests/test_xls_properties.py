"""What a form is, read from an old .xls: custom properties as [MS-OLEPS] writes them, and sets that are damaged."""

import os
import struct
from pathlib import Path

import pytest
from compound_files import compound

from dangvien_analysis import identity
from dangvien_analysis.reading.xls_properties import read_properties

FORM = identity.Form(1, "2024-đợt", "nd", ("2023", "2024"), "2025", 5)
SUMMARY, CUSTOM = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae"), bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")


def texts(values: dict[str, str], page: int) -> bytes:
    """Return a section of properties, all of them texts in one code page, with names in the same."""
    codec, unit = ("utf-16-le", 2) if page == 1200 else ("utf-8", 1)

    def counted(text: str) -> bytes:
        data = (text + "\0").encode(codec)
        return struct.pack("<I", len(data) // unit) + data

    names = struct.pack("<I", len(values))
    for number, name in enumerate(values, 2):
        text = counted(name)
        names += struct.pack("<I", number) + text + b"\0" * (-(len(text) - 4) % 4 if unit == 2 else 0)
    kind = 0x1F if unit == 2 else 0x1E
    parts = {1: struct.pack("<IHH", 2, page, 0), 0: names}
    parts |= {number: struct.pack("<I", kind) + counted(text) for number, text in enumerate(values.values(), 2)}
    at, head, body = 8 + 8 * len(parts), b"", b""
    for number, data in parts.items():
        head += struct.pack("<II", number, at + len(body))
        body += data + b"\0" * (-len(data) % 4)
    return struct.pack("<II", at + len(body), len(parts)) + head + body


def document(values: dict[str, str], page: int) -> bytes:
    """Return a stream of two sections: the summary that every file has, and the user's own."""
    first, second = texts({}, page), texts(values, page)
    places = SUMMARY + struct.pack("<I", 68) + CUSTOM + struct.pack("<I", 68 + len(first))
    return struct.pack("<HHI16sI", 0xFFFE, 0, 2, b"", 2) + places + first + second


def read(stream: bytes) -> dict[str, str]:
    """Read the properties of a compound document that holds this stream of them."""
    with Path(os.devnull).open("w", encoding="utf-8") as log:
        return read_properties(compound(stream, name="\x05DocumentSummaryInformation"), log)


@pytest.mark.parametrize("page", [1200, 65001])
def test_a_form_is_known_by_the_properties_of_an_xls(page):
    """Excel writes them in UTF-16 or in a code page."""
    assert identity.from_properties(read(document(identity.to_properties(FORM), page))) == FORM


def test_a_file_without_properties_has_none():
    """Most files."""
    with Path(os.devnull).open("w", encoding="utf-8") as log:
        assert read_properties(compound(b""), log) == {}
    assert read(b"") == {}


def test_damaged_properties_are_none_and_never_an_error():
    """Any four bytes of the set, and any end of it: what cannot be read is not there."""
    whole = document(identity.to_properties(FORM), 1200)
    for at in range(24, len(whole), 4):
        for bytes_ in (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"):
            assert isinstance(read(whole[:at] + bytes_ + whole[at + 4 :]), dict)
    for end in range(0, len(whole), 7):
        assert isinstance(read(whole[:end]), dict)
