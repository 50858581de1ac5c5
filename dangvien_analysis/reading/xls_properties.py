"""Custom document properties of a workbook of Excel 97 to 2003, in which a form keeps what it is.

They stand in a stream beside the workbook, as [MS-OLEPS] writes property sets: a dictionary of names, and values of
type text. Anything else there is passed over; a set that is damaged holds no properties.
"""

import struct
from typing import TextIO

_STREAM = "\x05DocumentSummaryInformation"
_CUSTOM = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")  # the section of the user's own properties
_DICTIONARY, _CODE_PAGE = 0, 1
_TEXT, _WIDE_TEXT = 0x1E, 0x1F
_UNICODE = 1200
_MOST = 1000  # properties of a section; more is damage


def read_properties(data: bytes, log: TextIO) -> dict[str, str]:
    """Return the custom properties that are texts; none if there are none or they are damaged."""
    import xlrd

    try:
        memory, base, size = xlrd.compdoc.CompDoc(data, logfile=log).locate_named_stream(_STREAM)
        return _custom(bytes(memory[base : base + size])) if memory else {}
    except (xlrd.compdoc.CompDocError, struct.error, LookupError, ValueError, AssertionError):
        return {}


def _custom(stream: bytes) -> dict[str, str]:
    for number in range(_u32(stream, 24) if len(stream) > 48 else 0):
        at = 28 + 20 * number
        if stream[at : at + 16] == _CUSTOM:
            return _section(stream, _u32(stream, at + 16))
        if number > _MOST:
            break
    return {}


def _section(stream: bytes, start: int) -> dict[str, str]:
    count = min(_u32(stream, start + 4), _MOST)
    places = dict(struct.unpack_from("<II", stream, start + 8 + 8 * number) for number in range(count))
    if _DICTIONARY not in places:
        return {}
    page = struct.unpack_from("<H", stream, start + places[_CODE_PAGE] + 4)[0] if _CODE_PAGE in places else _UNICODE
    names = _names(stream, start + places[_DICTIONARY], page)
    values = {name: _value(stream, start + places[id_], page) for id_, name in names.items() if id_ in places}
    return {name: value for name, value in values.items() if value is not None}


def _names(stream: bytes, at: int, page: int) -> dict[int, str]:
    names, count = {}, min(_u32(stream, at), _MOST)
    at += 4
    for _ in range(count):
        id_, length = struct.unpack_from("<II", stream, at)
        size = 2 * length if page == _UNICODE else length
        names[id_] = _text(stream[at + 8 : at + 8 + size], page)
        at += 8 + size + (-size % 4 if page == _UNICODE else 0)
    return names


def _value(stream: bytes, at: int, page: int) -> str | None:
    """Return a property's text, None if it is of another type."""
    type_, length = struct.unpack_from("<II", stream, at)
    if type_ == _WIDE_TEXT:
        return _text(stream[at + 8 : at + 8 + 2 * length], _UNICODE)
    return _text(stream[at + 8 : at + 8 + length], page) if type_ == _TEXT else None


def _text(data: bytes, page: int) -> str:
    codec = {_UNICODE: "utf-16-le", 65001: "utf-8", 10000: "mac-roman"}.get(page, f"cp{page}")
    return data.decode(codec, "replace").split("\0")[0]


def _u32(data: bytes, at: int) -> int:
    return struct.unpack_from("<I", data, at)[0]
