"""Comments on the cells of a sheet: ours beside the school's own, those of an earlier check taken out.

A school's own comments keep their words and authors; their letters' look and the size of their boxes are ours, because
Excel draws the boxes from an old markup (VML) that is often not well formed and cannot be changed with certainty.
"""

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element as Node

from dangvien_analysis.marking.notes import Note, gravest
from dangvien_analysis.marking.outline import as_bytes, quoted
from dangvien_analysis.marking.styles import ERROR
from dangvien_analysis.reading.comments import HEADS, OURS
from dangvien_analysis.reading.parts import local, parse_xml
from dangvien_analysis.reading.ranges import parse_range

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
AUTHOR = "dangvien"


class Comment(NamedTuple):
    """A comment: its author, and its text as (bold or not, letters)."""

    author: str
    runs: tuple[tuple[bool, str], ...]

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(letters for _, letters in self.runs)


def read_comments(data: bytes) -> dict[str, Comment]:
    """Return the school's own comments by cell; what an earlier check added is taken out."""
    tree = parse_xml(data)
    authors = ["".join(entry.itertext()) for entry in tree.iter() if local(entry.tag) == "author"]
    found = {}
    for node in tree.iter():
        if local(node.tag) == "comment" and (text := _own_text(node)):
            found[node.get("ref", "")] = Comment(_author(node, authors), ((False, text),))
    return found


def _own_text(node: Node) -> str:
    text = "".join(entry.text or "" for entry in node.iter() if local(entry.tag) == "t")
    return OURS.split(text)[0].strip()


def _author(node: Node, authors: list[str]) -> str:
    number = node.get("authorId", "")
    return authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""


def with_notes(own: Mapping[str, Comment], noted: Mapping[str, list[Note]]) -> dict[str, Comment]:
    """Return the comments of a sheet, in the order of its cells; a note joins the comment that its cell has."""
    joined = {cell: _with_note(own.get(cell), noted.get(cell, [])) for cell in {*own, *noted}}
    return dict(sorted(joined.items(), key=lambda item: parse_range(item[0])[:2]))


def _with_note(own: Comment | None, notes: list[Note]) -> Comment:
    if not notes:
        return own or Comment(AUTHOR, ())
    head = HEADS[gravest(notes) == ERROR]
    said = (True, head), (False, "".join(f"\n{note.text}" for note in notes))
    return own._replace(runs=(*own.runs, (False, "\n\n"), *said)) if own else Comment(AUTHOR, said)


def comments_xml(comments: Mapping[str, Comment], namespace: str) -> bytes:
    """Return the part that holds the comments of a sheet."""
    authors = list(dict.fromkeys(comment.author for comment in comments.values()))
    listed = "".join(f"<author>{quoted(author)}</author>" for author in authors)
    entries = "".join(
        f'<comment ref="{cell}" authorId="{authors.index(comment.author)}"><text>'
        f"{''.join(_run(*run) for run in comment.runs)}</text></comment>"
        for cell, comment in comments.items()
    )
    head = f'<comments xmlns="{namespace}"><authors>{listed}</authors>'
    return as_bytes(f"{head}<commentList>{entries}</commentList></comments>")


def _run(bold: bool, letters: str) -> str:
    look = f'<rPr>{"<b/>" if bold else ""}<sz val="10"/><rFont val="Tahoma"/></rPr>'
    return f'<r>{look}<t xml:space="preserve">{quoted(letters)}</t></r>'
