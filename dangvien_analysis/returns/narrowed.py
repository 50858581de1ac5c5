"""Lines over a table, names of sheets and of files that narrow what a plain reading takes its numbers for."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import asking
from dangvien_analysis.tables import Line, Table
from dangvien_analysis.wording import Words
from dangvien_analysis.wording.narrowing import DRAFT, OTHER, PART, PLAN, describes_people, narrowed
from dangvien_analysis.wording.remarks import is_note, restricts
from dangvien_analysis.workbook import address

_CODES = {PART: "unclear_part", DRAFT: "draft", PLAN: "unclear_kind", OTHER: "unclear_count"}
_SAYING = {PART: asking.of_some, DRAFT: asking.draft, PLAN: asking.planned, OTHER: asking.of_something_else}


def told_of(text: str, words: Words) -> str | None:
    """Return what a line outside tables says of the numbers by it (`narrowing.narrowed`), else None."""
    if told := narrowed(text):
        return told
    return PART if restricts(text) or describes_people(text, words.read_outside) else None


def lines_that_narrow(
    table: Table, items: Sequence[Line | Table], words: Words, kinds: AbstractSet[str], said: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield a finding for each line between a table and the one above it that narrows what the table counts.

    `kinds`: those of its numbers. `said`: the findings about the table so far; one cause has one.
    """
    codes = {finding.code for finding in said}
    start = max((item.bottom for item in items if isinstance(item, Table) and item.bottom < table.top), default=0)
    for item in items:
        if isinstance(item, Line) and start < item.row < table.top and not is_note(item.text):
            told = told_of(item.text, words)
            if told == DRAFT or "signature" not in item.said.roles:
                cell = address(item.row, item.col)
                yield from _ask(told, f"Dòng chữ ở ô {cell}", kinds, codes, cell)


def name_that_narrows(name: str, of: str, kinds: AbstractSet[str], said: Iterable[Finding]) -> Iterator[Finding]:
    """Yield a finding if the `name` of a sheet or a file narrows what its numbers are, unless one was `said` already.

    `of`: "tên trang" or "tên tệp". `kinds`: those of the numbers.
    """
    told = narrowed(name.replace("_", " "), name=True)
    yield from _ask(told, of.capitalize(), kinds, {finding.code for finding in said})


def _ask(
    told: str | None, where: str, kinds: AbstractSet[str], codes: AbstractSet[str], cell: str = ""
) -> Iterator[Finding]:
    """Yield the question about what was `told`, unless it was asked (`codes`), or headers say it, too."""
    asked = told and (_CODES[told] in codes or (told == DRAFT and "unclear_kind" in codes))
    if told and not asked and (told != PLAN or "actual" in kinds):
        yield Finding("warning", _CODES[told], _SAYING[told](where), cell=cell)
