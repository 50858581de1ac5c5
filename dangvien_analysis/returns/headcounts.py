"""Headers and labels that name everybody of a school, where a title alone would have them admitted, or the like.

"Tổng số CBGVNV" under "KẾT QUẢ KẾT NẠP ĐẢNG" is a headcount where another header names those admitted, and else
unclear, unless it adds up what stands beside it: "CBQL | GV | NV | Tổng CBGVNV".
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple, Protocol

from dangvien_analysis.returns.facets import Meaning, union
from dangvien_analysis.tables import Table
from dangvien_analysis.tables.columns import NOT_COUNTS
from dangvien_analysis.tables.grid import Head
from dangvien_analysis.wording.said import EXCLUSIVE, WHOLE, exclude

OF_WHOM = "of_whom"  # the role of "Đảng viên" behind "CBQL | GV | NV | Tổng CBGVNV": of these, or of the whole school
# What stands on one axis that may say "of everybody" and nothing else; all else it says makes it another thing.
_OF_PEOPLE = {"group", "breakdown"}
_NO_NUMBERS = NOT_COUNTS | {"of_which"}


class Outnumbers(Protocol):
    """Compares two columns or rows."""

    def __call__(self, one: int, other: int, /, *, down: bool) -> bool:
        """Tell whether one holds more than the other wherever both hold a count, and somewhere both do."""


class _Line(NamedTuple):
    """The headers of column `number`, or the labels of that row; `heads[at]` is the one nearest to the numbers."""

    number: int
    heads: tuple[Head, ...]
    at: int
    meaning: Meaning
    roles: frozenset[str]

    @property
    def group(self) -> str | None:
        return self.meaning.facets.get("group")

    @property
    def parts(self) -> frozenset[str]:
        return self.meaning.facets.get("breakdown", frozenset())

    @property
    def of_everybody(self) -> bool:
        return "everybody" in self.roles

    @property
    def only_people(self) -> bool:
        """Tell whether it says who is counted, and at most "Số" of what: "Giáo viên", "Số học sinh khối 12"."""
        meaning = self.meaning
        plain = meaning.facets.keys() <= _OF_PEOPLE and meaning.weak <= {"headcount"} and not meaning.part
        return plain and not (meaning.options or meaning.clash) and self.group in ("student", "staff")

    def may_be_of(self, group: str | None) -> bool:
        """Tell whether it says nothing but a wording that may be a part of a group: "NV"."""
        readings = [reading for options in self.meaning.options for reading in options]
        one_of = any("breakdown" in reading and reading.get("group") == group for reading in readings)
        return one_of and not (self.meaning.facets or self.meaning.weak)

    @property
    def what(self) -> frozenset[str]:
        """What it counts, if it says so."""
        facets = self.meaning.facets
        return self.meaning.weak if "measure" not in facets else frozenset({facets["measure"]})

    def names(self, measure: str | None) -> bool:
        """Tell whether it names this measure as reached, and a number of people; None: any but a headcount."""
        named = self.what == {measure} if measure else bool(self.what - {"headcount"})
        return named and self.meaning.facets.get("kind", "actual") == "actual" and not self.roles & _NO_NUMBERS

    def asked(self) -> tuple[Head, ...]:
        """Return its headers with the mark that nobody can tell whether it is of the people beside it."""
        said = self.heads[self.at].said
        head = self.heads[self.at]._replace(said=said._replace(roles=said.roles | {OF_WHOM}))
        return (*self.heads[: self.at], head, *self.heads[self.at + 1 :])

    def rewritten(self, *, sure: bool) -> tuple[Head, ...]:
        """Return its headers with that nearest to the numbers as a headcount, or as one that yields to a title."""
        heads = list(self.heads)
        said = heads[self.at].said
        if sure:
            facets = {**said.facets, "measure": "headcount"}
            said = said._replace(facets=facets, weak=None, roles=said.roles - {"total", "everybody"})
        else:
            said = said._replace(weak="headcount", roles=said.roles - {"total"})
        heads[self.at] = heads[self.at]._replace(said=said)
        return tuple(heads)


def with_headcounts(table: Table, measure: str | None, outnumbers: Outnumbers, *, spoken: bool) -> Table:
    """Return a table whose headers that name everybody say so; `measure`: that of its title.

    `outnumbers`: tells of two columns, or of two rows (`down`), whether the first holds more.
    `spoken`: a numbered line above speaks of what is counted, so that nothing is sure.
    """
    columns = [
        _line(column.heads, 0, column.col) for column in table.columns if column.heads and column.role == "value"
    ]
    top = min((row.rank for row in table.rows if row.rank is not None), default=None)
    labelled = [(row, _line(row.labels, len(row.labels) - 1, row.row)) for row in table.rows if row.labels]
    rows = [line for row, line in labelled if row.rank == top]
    if not any(_names_measure(line) for _, line in labelled):
        new = dict(_rewritten(columns, measure, partial(outnumbers, down=False), spoken=spoken))
        if new:
            table = table._replace(columns=tuple(c._replace(heads=new.get(c.col, c.heads)) for c in table.columns))
    if not any(map(_names_measure, columns)):
        spoken = spoken or any(_names_measure(line) for row, line in labelled if row.rank is None is not top)
        new = dict(_rewritten(rows, measure, partial(outnumbers, down=True), spoken=spoken))
        if new:
            table = table._replace(rows=tuple(r._replace(labels=new.get(r.row, r.labels)) for r in table.rows))
    return table


def _line(heads: tuple[Head, ...], at: int, number: int) -> _Line:
    return _Line(
        number, heads, at, union(head.said for head in heads), frozenset().union(*(head.said.roles for head in heads))
    )


def _names_measure(line: _Line) -> bool:
    return "measure" in line.meaning.facets or bool(line.meaning.weak - {"headcount"})


def _rewritten(
    lines: list[_Line], measure: str | None, outnumbers: Callable[[int, int], bool], *, spoken: bool
) -> Iterator[tuple[int, tuple[Head, ...]]]:
    """Yield the numbers of the lines that say something else than they seem to, with their headers."""
    if any(line.meaning.facets.keys() & {"school", "period"} and not _names_measure(line) for line in lines):
        return  # "Trường A | Trường B | Tổng số giáo viên" adds these up
    named = measure not in (None, "headcount") and not spoken
    for position, line in enumerate(lines):
        if not (line.only_people and (line.of_everybody or line.meaning.weak)):
            continue
        parts = _parts_beside(line, lines)
        sure = named and _is_sure(line, position, lines, measure, outnumbers)
        sure = sure and not (parts and _is_of_others(line, position, lines, measure))
        if parts and line.of_everybody and (sure or _is_of_others(line, position, lines, measure)):
            yield from ((one.number, one.rewritten(sure=sure)) for one in (*parts, line))
            yield from ((one.number, one.asked()) for one in lines if sure and _is_whole(one, measure))
        elif not parts and not _adds_up(line, position, lines, measure) and (sure or "total" in line.roles):
            yield line.number, line.rewritten(sure=sure)


def _parts_beside(line: _Line, lines: list[_Line]) -> list[_Line]:
    """Return the parts of a line's people that name nothing but these: "CBQL | GV | NV | Tổng CBGVNV"."""
    alone = [one for one in lines if one.group == line.group and one.only_people and not one.of_everybody]
    alone = [one for one in alone if one.parts > line.parts]
    perhaps = [one for one in lines if one.may_be_of(line.group)]  # "NV"
    return [*alone, *perhaps] if _makes_whole(line, alone) else []


def _is_of_others(line: _Line, position: int, lines: list[_Line], measure: str | None) -> bool:
    """Tell whether what the title tells is named behind a line of other people, and of nobody else."""
    groups = {other.group for other in lines if other.names(measure)}
    before = any(other.names(measure) for other in lines[:position])
    return bool(measure) and not before and bool(groups) and groups <= {"student", "staff"} - {line.group}


def _adds_up(line: _Line, position: int, lines: list[_Line], measure: str | None) -> bool:
    """Tell whether a line may be the sum of others: of parts beside it, or of what stands before it."""
    named = [other for other in lines if other.group == line.group and other.names(measure)]
    before = any(other.names(measure) and other.group == line.group for other in lines[:position])
    alike = [other for other in named if other.parts == line.parts]
    twice = len({other.what for other in alike}) < len(alike)
    return before or twice or _makes_whole(line, named, least=1)


def _makes_whole(line: _Line, others: list[_Line], least: int = 2) -> bool:
    """Tell whether others are parts of a line's people that exclude each other: at least so many."""
    more = [other.parts - line.parts for other in others if other.parts > line.parts]
    return any(sum(bool(parts & kinds) for parts in more) >= least for kinds in EXCLUSIVE)


def _is_sure(
    line: _Line, position: int, lines: list[_Line], measure: str | None, outnumbers: Callable[[int, int], bool]
) -> bool:
    """Tell whether a line behind it names what the title does, so that the line itself does not.

    "Tổng số CBGVNV | Số HS được kết nạp"; of one grade alone "Số HS khối 12 | Số HS được kết nạp", for of several it
    may be the sum. So it may be in "Tổng số CBGVNV | Tổng số HS | Tổng số kết nạp".
    """
    wholes = [at for at, other in enumerate(lines) if _is_whole(other, measure)]
    if wholes:
        whole = wholes[0]
        apart = _stands_apart(line, position, lines, whole) and not _parts_beside(line, lines)
        sure = apart or outnumbers(line.number, lines[whole].number)
        return measure == "party_members" and line.of_everybody and sure
    behind = [other for other in lines[position + 1 :] if other.names(measure)]
    same = [other for other in behind if other.group == line.group]
    if any(other.parts < line.parts for other in same) and any(
        exclude(other.parts, line.parts) for other in lines if other.only_people
    ):
        return False
    return bool(behind if line.of_everybody else same)


def _is_whole(line: _Line, measure: str | None) -> bool:
    """Tell whether a line names what the title does of nobody in particular: "Đảng viên"."""
    return line.names(measure) and line.group in (None, "all", WHOLE)


def _stands_apart(line: _Line, position: int, lines: list[_Line], whole: int) -> bool:
    """Tell whether nobody else is named on the same side of "Tổng số đảng viên": it is no sum of the two."""
    side = lines[:whole] if position < whole else lines[whole + 1 :]
    return not any(other.only_people and other.group != line.group for other in side)
