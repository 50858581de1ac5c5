"""Lines over a table, names of sheets and of files by which its numbers may be of some people only, or not final."""

from collections.abc import Iterable, Iterator, Sequence

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import asking
from dangvien_analysis.tables import Line, Table
from dangvien_analysis.wording import Words
from dangvien_analysis.wording.narrowing import DRAFT, PART, describes_people, narrowed
from dangvien_analysis.wording.remarks import is_note, restricts
from dangvien_analysis.workbook import address

_CODES = {PART: "unclear_part", DRAFT: "draft"}
_SAID_BY = {PART: {"unclear_part"}, DRAFT: {"draft", "unclear_kind"}}  # findings that ask the same


def told_of(text: str, words: Words) -> str | None:
    """Return PART or DRAFT if a line outside tables says so of the numbers by it, else None."""
    if told := narrowed(text):
        return told
    return PART if restricts(text) or describes_people(text, words.read_outside) else None


def lines_that_narrow(
    table: Table, items: Sequence[Line | Table], words: Words, said: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield a finding for each line between a table and the one above it that narrows what the table counts.

    `said`: the findings about the table so far; one cause has one.
    """
    codes = {finding.code for finding in said}
    start = max((item.bottom for item in items if isinstance(item, Table) and item.bottom < table.top), default=0)
    for item in items:
        if isinstance(item, Line) and start < item.row < table.top and not is_note(item.text):
            told = None if "signature" in item.said.roles else told_of(item.text, words)
            if told and not codes & _SAID_BY[told]:
                cell = address(item.row, item.col)
                message = asking.restricted(cell) if told == PART else asking.draft(f"Dòng chữ ở ô {cell}")
                yield Finding("warning", _CODES[told], message, cell=cell)


def name_that_narrows(name: str, of: str, said: Iterable[Finding]) -> Iterator[Finding]:
    """Yield a finding if the `name` of a sheet or a file narrows what its numbers are, unless one was `said` already.

    `of`: "tên trang" or "tên tệp".
    """
    told = narrowed(name.replace("_", " "), name=True)
    if told and not _SAID_BY[told] & {finding.code for finding in said}:
        message = asking.named_part(of) if told == PART else asking.draft(of.capitalize())
        yield Finding("warning", _CODES[told], message)

