"""Headers and labels that name everybody of a school, where a title alone would have them admitted, or the like.

"Tổng số CBGVNV" under "KẾT QUẢ KẾT NẠP ĐẢNG" is a headcount where another header names those admitted, and else
unclear, unless it adds up what stands beside it: "CBQL | GV | NV | Tổng CBGVNV".
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dangvien_analysis.returns.facets import Meaning, union
from dangvien_analysis.tables import Table
from dangvien_analysis.tables.columns import NOT_COUNTS
from dangvien_analysis.tables.grid import Head
from dangvien_analysis.wording.said import EXCLUSIVE, exclude

# What stands on one axis that may say "of everybody" and nothing else; all else it says makes it another thing.
_OF_PEOPLE = {"group", "breakdown"}
_NO_NUMBERS = NOT_COUNTS | {"of_which"}


class _Line(NamedTuple):
    """The headers of a column, or the labels of a row; `heads[at]` is the one nearest to the numbers."""

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

    def names(self, measure: str | None) -> bool:
        """Tell whether it names this measure as reached, and a number of people; None: any but a headcount."""
        meaning = self.meaning
        own = meaning.weak if "measure" not in meaning.facets else {meaning.facets["measure"]}
        named = own == {measure} if measure else bool(own - {"headcount"})
        return named and meaning.facets.get("kind", "actual") == "actual" and not self.roles & _NO_NUMBERS

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


def with_headcounts(table: Table, measure: str | None, *, spoken: bool) -> Table:
    """Return a table whose headers that name everybody say so; `measure`: that of its title.

    `spoken`: a numbered line above it speaks of what is counted, so that nothing is sure.
    """
    rows = [(row, _line(row.labels, len(row.labels) - 1)) for row in table.rows if row.labels]
    columns = [(column, _line(column.heads, 0)) for column in table.columns if column.heads and column.role == "value"]
    down, across = ([line for _, line in lines] for lines in (rows, columns))
    if not any(map(_names_measure, down)):
        new = {column.col: heads for column, heads in _rewritten(columns, across, measure, spoken=spoken)}
        if new:
            columns_ = (c._replace(heads=new.get(c.col, c.heads)) for c in table.columns)
            table = table._replace(columns=tuple(columns_))
    if not any(map(_names_measure, across)) and len({row.rank for row, _ in rows}) == 1:
        new = {row.row: heads for row, heads in _rewritten(rows, down, measure, spoken=spoken)}
        if new:
            table = table._replace(rows=tuple(r._replace(labels=new.get(r.row, r.labels)) for r in table.rows))
    return table


def _line(heads: tuple[Head, ...], at: int) -> _Line:
    return _Line(heads, at, union(head.said for head in heads), frozenset().union(*(head.said.roles for head in heads)))


def _names_measure(line: _Line) -> bool:
    return "measure" in line.meaning.facets or bool(line.meaning.weak - {"headcount"})


def _rewritten(
    lines: Sequence[tuple], all_: list[_Line], measure: str | None, *, spoken: bool
) -> Iterator[tuple[object, tuple[Head, ...]]]:
    if any(line.meaning.facets.keys() & {"school", "period"} and not _names_measure(line) for line in all_):
        return  # "Trường A | Trường B | Tổng số giáo viên" adds these up
    for position, (owner, line) in enumerate(lines):
        may_be = line.only_people and (line.of_everybody or line.meaning.weak)
        if not may_be or _adds_up(line, position, all_, measure):
            continue
        if not spoken and measure not in (None, "headcount") and _is_sure(line, position, all_, measure):
            yield owner, line.rewritten(sure=True)
        elif "total" in line.roles:
            yield owner, line.rewritten(sure=False)


def _adds_up(line: _Line, position: int, lines: list[_Line], measure: str | None) -> bool:
    """Tell whether a line may be the sum of others: of parts beside it, or of what stands before it."""
    others = [other for other in lines if other is not line and other.group == line.group]
    alone = [other for other in others if other.only_people and not other.of_everybody]
    named = [other for other in others if other.names(measure)]
    before = any(other.names(measure) and other.group == line.group for other in lines[:position])
    alike = [other for other in named if other.parts == line.parts]
    return before or len(alike) > 1 or _makes_whole(line, alone) or _makes_whole(line, named, least=1)


def _makes_whole(line: _Line, others: list[_Line], least: int = 2) -> bool:
    """Tell whether others are parts of a line's people that exclude each other: at least so many."""
    more = [other.parts - line.parts for other in others if other.parts > line.parts]
    return any(sum(bool(parts & kinds) for parts in more) >= least for kinds in EXCLUSIVE)


def _is_sure(line: _Line, position: int, lines: list[_Line], measure: str | None) -> bool:
    """Tell whether a line behind it names what the title does, so that the line itself does not.

    "Tổng số CBGVNV | Số HS được kết nạp"; of one grade alone "Số HS khối 12 | Số HS được kết nạp", for of several it
    may be the sum. So it may be in "Tổng số CBGVNV | Tổng số HS | Tổng số kết nạp".
    """
    wholes = [at for at, other in enumerate(lines) if other.names(measure) and other.group in (None, "all", "whole")]
    if wholes:
        return measure == "party_members" and line.of_everybody and _stands_apart(line, position, lines, wholes[0])
    behind = [other for other in lines[position + 1 :] if other.names(measure)]
    same = [other for other in behind if other.group == line.group]
    if any(other.parts < line.parts for other in same) and any(
        exclude(other.parts, line.parts) for other in lines if other.only_people
    ):
        return False
    return bool(behind if line.of_everybody else same)


def _stands_apart(line: _Line, position: int, lines: list[_Line], whole: int) -> bool:
    """Tell whether nobody else is named on the same side of "Tổng số đảng viên": it is no sum of the two."""
    side = lines[:whole] if position < whole else lines[whole + 1 :]
    return not any(other.only_people and other.group != line.group for other in side)
