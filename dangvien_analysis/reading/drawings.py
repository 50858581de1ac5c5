"""What lies over the cells of a sheet: text boxes, whose words nobody reads, and pictures.

Only that they are there is told, and where: a text box may hold a title, a number, or somebody's name.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from dangvien_analysis.reading.cells import address
from dangvien_analysis.reading.parts import kept_if_small, local, parse_xml
from dangvien_analysis.reading.xls_structure import CONTINUE, Record
from dangvien_analysis.text import tidy

# The number of a form in a corner says nothing of the numbers in it.
_FORM_NUMBER = re.compile(r"(?:mẫu|biểu|phụ lục|mau|bieu|phu luc)\b.{0,20}", re.IGNORECASE)
_OBJ, _TXO, _NOTE, _PICTURE = 0x005D, 0x01B6, 0x0019, 0x0008


class Drawn(NamedTuple):
    """The cells at which text boxes begin ("" where that is not known), and whether there is a picture."""

    text_boxes: tuple[str, ...] = ()
    picture: bool = False


NOTHING_DRAWN = Drawn()


def says_something(text: str) -> bool:
    """Tell whether the text of a box may matter for the numbers around it."""
    text = tidy(text)
    return any(map(str.isalnum, text)) and not _FORM_NUMBER.fullmatch(text)


@kept_if_small
def drawn_xlsx(data: bytes) -> Drawn:
    """Return what a drawing part of an .xlsx holds. Raises Unreadable."""
    boxes, picture = [], False
    for anchor in parse_xml(data, "wsDr"):
        texts = (part.text or "" for part in anchor.iter() if local(part.tag) == "t")
        if says_something(" ".join(texts)):
            boxes.append(_anchored(anchor))
        picture = picture or any(local(part.tag) == "pic" for part in anchor.iter())
    return Drawn(tuple(boxes), picture)


def _anchored(anchor: Element) -> str:
    start = next((part for part in anchor if local(part.tag) == "from"), ())
    at = {local(part.tag): part.text or "" for part in start}
    row, col = at.get("row", ""), at.get("col", "")
    return address(int(row) + 1, int(col) + 1) if row.isdecimal() and col.isdecimal() else ""


def drawn_xls(records: Iterable[Record]) -> Drawn:
    """Return what the records of an .xls sheet draw; the text of a cell's note is stored in the same way."""
    boxes = [""] * sum(says_something(text) for text in _texts_of_boxes(records))
    return Drawn(tuple(boxes), any(_object_kind(record) == _PICTURE for record in records))


def _texts_of_boxes(records: Iterable[Record]) -> Iterator[str]:
    kind, wanted = None, False
    for record in records:
        if record.kind == _OBJ:
            kind = _object_kind(record)
        elif record.kind == _TXO:
            wanted = kind != _NOTE
        elif record.kind == CONTINUE and wanted:
            wanted = False
            wide = record.body[:1] == b"\x01"
            yield record.body[1:].decode("utf-16-le" if wide else "latin-1", errors="replace")


def _object_kind(record: Record) -> int | None:
    return struct.unpack_from("<H", record.body, 4)[0] if record.kind == _OBJ and len(record.body) >= 6 else None
