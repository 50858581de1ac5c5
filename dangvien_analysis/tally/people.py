"""The rows of a list as persons without names: which group, woman or not, what happened when.

Names and birth dates are looked at here only, to see that a row holds somebody and that nobody stands in the list
twice; what is kept of them is a hash that ends with this process.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dangvien_analysis.tables.grid import Grid
from dangvien_analysis.tally.columns import EVENTS, Columns
from dangvien_analysis.tally.dates import BLANK, UNCLEAR, Moment, read_moment
from dangvien_analysis.text import fold
from dangvien_analysis.wording.ordinals import ordinal_rank, split_ordinal
from dangvien_analysis.wording.said import Said
from dangvien_analysis.wording.words import Words
from dangvien_analysis.workbook import TEXT

_FEMALE, _MALE = {"nữ", "f", "gái"}, {"nam", "m", "trai"}
_MARKS = {"x", "1", "nữ", "có", "v", "✓"}
_MAJORITY = "kinh"
_SUMS = ("tổng cộng", "tổng số", "cộng", "danh sách này có", "danh sách có")
_OF_PERSON = {*EVENTS, "birth", "male_birth", "female_birth", "sex", "class"}
_SIGNED = ("người lập", "thủ trưởng", "bí thư", "t m", "tm", "hiệu trưởng")


class Person(NamedTuple):
    """One row of a list: where it stands, and what it says, without a name.

    `sheet`: its position, for its name could be a person's. `events`: measure -> when. `unclear`: columns whose cell is
    no date for certain. `same`: a hash of the name and the birth date, `alike`: of the whole row, to find rows that say
    the same; None where the list has no names.
    """

    sheet: int
    row: int
    group: str | None
    female: bool | None
    minority: bool | None
    events: Mapping[str, Moment]
    unclear: tuple[str, ...]
    reason: str | None
    same: int | None
    alike: int | None


class Around(NamedTuple):
    """What the title, the sheet's name or a section says of the rows below it."""

    group: str | None
    course: Moment | None


def read_people(
    number: int, name: str, grid: Grid, columns: Columns, words: Words, group: str | None
) -> Iterator[Person]:
    """Yield the persons of one sheet; `group` is what whoever started the command said of the whole list."""
    around = _around(name, grid, columns, words)
    for row in sorted(row for row in grid.rows if row > columns.bottom):
        if grid.is_number_row(row):
            continue
        section = _section(grid, row, columns, words)
        if section is not None:
            if "signature" in section.roles:
                return
            around = _narrowed(around, section)
        elif _holds_person(grid, row, columns):
            yield _person(number, grid, row, columns, words, around._replace(group=group or around.group))


def _around(name: str, grid: Grid, columns: Columns, words: Words) -> Around:
    """Return what stands above the list and in the sheet's name, the nearest first."""
    rows = [row for row in sorted(grid.rows, reverse=True) if row < columns.top]
    lines = [grid.outside(row, col) for row in rows for col in grid.texts(row)]
    around = Around(None, None)
    for said in reversed([*lines, words.read(name, outside=True)]):
        around = _narrowed(around, said)
    return around


def _narrowed(around: Around, said: Said) -> Around:
    """Take what a nearer text says; a bare year is a course only where the text speaks of one."""
    cohort = said.facets.get("cohort")
    if cohort is None and said.weak == "trained":
        cohort = said.facets.get("period")
    year = cohort[:4] if cohort else ""
    course = Moment(int(year)) if year.isdigit() else around.course
    return Around(said.facets.get("group") or around.group, course)


def _section(grid: Grid, row: int, columns: Columns, words: Words) -> Said | None:
    """Return what a row says that is no person: a section ("I. Học sinh"), a total, a signature.

    A section is one text beside at most its number: "Nam" among other cells is somebody's name.
    """
    if any(_says_of_person(grid, row, col, columns) for col in grid.rows[row]):
        return None
    texts = [split_ordinal(grid.cells[row, col].raw)[1] for col in grid.texts(row)]
    texts = [text for text in texts if len(text) > 3 or ordinal_rank(text) is None]
    firsts = [fold(grid.cells[row, col].raw) for col in grid.texts(row)[:2]]
    if any(first.startswith(_SUMS) for first in firsts):
        return Said(roles=frozenset({"total"}))
    said = [words.read(text, outside=True) for text in texts]
    if any("signature" in one.roles or fold(text).startswith(_SIGNED) for one, text in zip(said, texts, strict=True)):
        return Said(roles=frozenset({"signature"}))
    return said[0] if len(said) == 1 and said[0].facets.keys() & {"group", "cohort"} else None


def _says_of_person(grid: Grid, row: int, col: int, columns: Columns) -> bool:
    """Tell whether a cell says what only a person's row says: a date, a sex, a class."""
    role = columns.roles.get(col)
    return role in _OF_PERSON and (role in ("sex", "class") or isinstance(read_moment(grid.cells[row, col]), Moment))


def _holds_person(grid: Grid, row: int, columns: Columns) -> bool:
    """Tell whether a row holds somebody: something under a name, or, without such a column, something that happened."""
    names = columns.of("name")
    looked = names or [col for col, role in columns.roles.items() if role != "skip"]
    return any((row, col) in grid.cells and grid.cells[row, col].state == TEXT for col in looked) or (
        not names and any((row, col) in grid.cells for col in looked)
    )


def _person(number: int, grid: Grid, row: int, columns: Columns, words: Words, around: Around) -> Person:
    events: dict[str, Moment] = {}
    unclear: list[str] = []
    for role in EVENTS:
        for col in columns.of(role):
            moment = read_moment(grid.cell(row, col))
            if moment == UNCLEAR:
                unclear.append(role)
            elif moment != BLANK:
                events[role] = moment
    course = events.pop("course", None) or around.course
    if "trained" not in events and course:
        events["trained"] = course
    if "course" in unclear and "trained" in events:
        unclear.remove("course")  # "IV": the name of a course whose date is known
    return Person(
        number,
        row,
        _group(grid, row, columns, words) or around.group,
        _female(grid, row, columns),
        _minority(grid, row, columns),
        events,
        tuple(unclear),
        _reason(grid, row, columns, words),
        *_hashes(grid, row, columns),
    )


def _texts(grid: Grid, row: int, cols: Iterable[int]) -> list[str]:
    return [cell.raw for col in cols if (cell := grid.cell(row, col)) is not None]


def _group(grid: Grid, row: int, columns: Columns, words: Words) -> str | None:
    """Return the group that a row names; who has a class is a pupil."""
    for text in _texts(grid, row, columns.of("group")):
        if group := words.read(text).facets.get("group"):
            return group
    return "student" if _texts(grid, row, columns.of("class")) else None


def _female(grid: Grid, row: int, columns: Columns) -> bool | None:
    for text in _texts(grid, row, columns.of("sex")):
        folded = fold(text)
        return True if folded in _FEMALE else False if folded in _MALE else None
    if columns.of("female"):
        return any(fold(text) in _MARKS for text in _texts(grid, row, columns.of("female")))
    if _texts(grid, row, columns.of("female_birth")):
        return True
    return False if _texts(grid, row, columns.of("male_birth")) else None


def _minority(grid: Grid, row: int, columns: Columns) -> bool | None:
    texts = _texts(grid, row, columns.of("ethnic"))
    return fold(texts[0]) != _MAJORITY if texts else None


def _reason(grid: Grid, row: int, columns: Columns, words: Words) -> str | None:
    """Return the coded reason of a row, "?" for one that is not known."""
    texts = _texts(grid, row, columns.of("reason"))
    if not texts:
        return None
    said = words.read(texts[0])
    readings = [reading for option in said.options for reading in option if "reason" in reading]
    found = said.facets.get("reason") or (readings[0]["reason"] if len(readings) == 1 else None)
    return found if found and not said.left else "?"


def _hashes(grid: Grid, row: int, columns: Columns) -> tuple[int | None, int | None]:
    """Return hashes of who stands in a row and of all it says but its number; Python salts them anew each run."""
    who = [fold(text) for text in _texts(grid, row, columns.of("name"))]
    if not who:
        return None, None
    born = _texts(grid, row, [*columns.of("birth"), *columns.of("male_birth"), *columns.of("female_birth")])
    said = _texts(grid, row, sorted(col for col, role in columns.roles.items() if role != "skip"))
    return hash((*who, *born)), hash(tuple(fold(text) for text in said))
