"""The comments on the cells of a sheet: what they say, without who said it and without what our own check wrote.

They are read to be judged, as the notes beside a table are, and are told of by their cell only.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from dangvien_analysis.legacy import UNICODE, font_encoding
from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.cells import MAX_TEXT, Place, Runs, parse_address
from dangvien_analysis.reading.parts import kept_if_small, local, parse_xml
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.xls_structure import Record

Comments = list[tuple[Place, Runs]]

PAGE = (0, 0)  # in place of a cell
_PAGE_RECORDS, _PAGE_HEAD = (0x0014, 0x0015), 3
_PART = re.compile(r"&[LCR]")
_CODE = re.compile(r'&(?:"[^"]*"|[0-9]{1,3}|K[0-9A-F]{6}|K[0-9]{2}[+-][0-9]{3}|.)')
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
HEADS = {True: "Kiểm tra báo cáo – cần sửa:", False: "Kiểm tra báo cáo – cần xem lại:"}  # by whether it is grave
OURS = re.compile("|".join(map(re.escape, HEADS.values())))


def words_of(text: str, author: str = "") -> str:
    """Return what a comment says, "" where none of it is the school's: programs put the author's name before it."""
    said = OURS.split(text[:MAX_TEXT])[0].strip()
    return said.removeprefix(f"{author}:").strip() if author.strip() else said


def page_comments(code: str) -> Comments:
    """Return the lines over or under a printed page, without the codes for fonts, page numbers and the like."""
    lines = _CODE.sub("", _PART.sub("\n", code[:MAX_TEXT])).split("\n")
    return [(PAGE, ((UNICODE, line),)) for line in lines if line.strip()]


def page_comments_xls(records: Iterable[Record]) -> Comments:
    """Return the same from the records of a sheet."""
    bodies = [record.body for record in records if record.kind in _PAGE_RECORDS and len(record.body) > _PAGE_HEAD]
    texts = (body[_PAGE_HEAD:].decode("utf-16-le" if body[2] & 1 else "latin-1", errors="replace") for body in bodies)
    return [line for text in texts for line in page_comments(text)]


@kept_if_small
def comments_xlsx(data: bytes) -> Comments:
    """Return what a part of comments holds. Raises Unreadable."""
    tree = parse_xml(data, "comments")
    authors = ["".join(entry.itertext()) for entry in tree.iter() if local(entry.tag) == "author"]
    return _placed((entry.get("ref", ""), _runs(entry, authors)) for entry in _entries(tree, "comment"))


@kept_if_small
def threaded_xlsx(data: bytes) -> Comments:
    """Return what a part of comments that answer one another holds. Raises Unreadable."""
    entries = _entries(parse_xml(data, "ThreadedComments"), "threadedComment")
    texts = ((entry.get("ref", ""), "".join(_letters(entry, "text"))) for entry in entries)
    return _placed((cell, ((UNICODE, words_of(text)),)) for cell, text in texts)


def _entries(tree: Element, name: str) -> list[Element]:
    return [entry for entry in tree.iter() if local(entry.tag) == name]


def _letters(entry: Element, name: str) -> list[str]:
    return [part.text or "" for part in entry.iter() if local(part.tag) == name]


def _runs(comment: Element, authors: list[str]) -> Runs:
    """Return the text of a comment; in a legacy font only where its letters are all of one."""
    number = comment.get("authorId", "")
    author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
    fonts = {font_encoding(part.get("val", "")) for part in comment.iter() if local(part.tag) == "rFont"}
    text = words_of("".join(_letters(comment, "t")), author)
    return ((fonts.pop() if len(fonts) == 1 else UNICODE, text),)


def _placed(found: Iterable[tuple[str, Runs]]) -> Comments:
    said = [(cell.upper(), runs) for cell, runs in found if runs[0][1]]
    if not all(_CELL.fullmatch(cell) for cell, _ in said):
        raise Unreadable(refusal.DAMAGED)
    return [(parse_address(cell), runs) for cell, runs in said]
