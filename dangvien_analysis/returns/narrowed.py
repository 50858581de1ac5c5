"""Lines over a table, names of sheets and of files that narrow what a plain reading takes its numbers for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import asking
from dangvien_analysis.returns.parts import Number
from dangvien_analysis.tables import Line, Table
from dangvien_analysis.wording import Said, Words
from dangvien_analysis.wording.narrowing import DRAFT, OTHER, PART, PLAN, describes_people, narrowed
from dangvien_analysis.wording.remarks import is_note, restricts
from dangvien_analysis.workbook import address

_BEFORE_ADMISSION = {"proposed", "source", "dossier"}
_BRACKET = re.compile(r"\(([^()]+)\)")
_CODES = {PART: "unclear_part", DRAFT: "draft", PLAN: "unclear_kind", OTHER: "unclear_count"}
_SAYING = {PART: asking.of_some, DRAFT: asking.draft, PLAN: asking.planned, OTHER: asking.of_something_else}


def told_of(text: str, words: Words) -> str | None:
    """Return what a line outside tables says of the numbers by it (`narrowing.narrowed`), else None."""
    if told := narrowed(text):
        return told
    if _adds_plan(text, words):
        return PLAN
    return PART if restricts(text) or describes_people(text, words.read_outside) else None


def _adds_plan(text: str, words: Words) -> bool:
    """Tell whether a title of what was done adds in brackets that it is planned: "KẾT QUẢ … NĂM 2023 (dự kiến)"."""
    bracket = _BRACKET.search(text)
    if bracket is None or words.read_outside(text).facets.get("kind") != "actual":
        return False
    said = words.read_outside(bracket[1])
    return said.understood and said.facets.keys() == {"kind"} and said.facets["kind"] != "actual"


def lines_that_narrow(
    table: Table, items: Sequence[Line | Table], words: Words, numbers: list[Number], said: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield a finding for each line between a table and the one above it that narrows what the table counts.

    `numbers`: those of the table. `said`: the findings about it so far; one cause has one.
    """
    kinds = {number.facets.get("kind", "actual") for number in numbers}
    measures = {number.facets["measure"] for number in numbers}
    codes = {finding.code for finding in said}
    start = max((item.bottom for item in items if isinstance(item, Table) and item.bottom < table.top), default=0)
    for item in items:
        if isinstance(item, Line) and start < item.row < table.top and not is_note(item.text):
            told = told_of(item.text, words) or (OTHER if _of_another_stage(item.said, measures) else None)
            if told == DRAFT or "signature" not in item.said.roles:
                cell = address(item.row, item.col)
                yield from _ask(told, f"Dòng chữ ở ô {cell}", kinds, codes, cell)


def _of_another_stage(said: Said, measures: AbstractSet[str]) -> bool:
    """Tell whether a line names another stage than that of a table which counts nobody but those admitted."""
    if measures != {"admitted"} or "measure" in said.clash:
        return False
    named = {said.facets.get("measure"), said.weak if said.weak == "source" and said.left else None}
    named |= {reading.get("measure") for readings in said.options for reading in readings if not said.left}
    return not named - {None} - _BEFORE_ADMISSION and named != {None}


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
