"""The numbers taken of all sheets of a call, column by column, so that ten thousand returns fit into memory."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dangvien_analysis.frames import counts_from
from dangvien_analysis.returns.plan import Facts, Planned
from dangvien_analysis.workbook import Sheet


class Source(NamedTuple):
    """A sheet that gave numbers: the day it speaks for, and whether it says so itself."""

    file: str
    sheet: str
    as_of: date | None
    day_said: bool


class Entry(NamedTuple):
    """One number: what it is, how large it is, and where it stands."""

    source: Source
    school: str
    facts: Facts
    cell: str
    n: int

    def row(self) -> dict[str, Any]:
        """Return the number as a row of `counts`, for a message."""
        return {"school": self.school, **self.facts._asdict(), "n": self.n, **self.source._asdict(), "cell": self.cell}


class _Block(NamedTuple):
    """The numbers of one sheet."""

    source: Source
    planned: Planned
    schools: Sequence[str]
    n: list[int]
    raws: list[str]


class Ledger:
    """The numbers taken, in the order of files, sheets and tables; a position counts them from 0."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []

    def add(self, planned: Planned, sheet: Sheet, source: Source, renamed: Mapping[str, str]) -> None:
        """Take the planned numbers of a sheet; `renamed`: its schools for those of the plan."""
        if planned.places:
            found = [sheet.cells[place] for place in planned.places]
            schools = [renamed.get(school, school) for school in planned.schools]
            self._blocks.append(_Block(source, planned, schools, [cell.n for cell in found], [c.raw for c in found]))

    def __len__(self) -> int:
        return sum(len(block.n) for block in self._blocks)

    def entries(self, positions: Iterable[int]) -> list[Entry]:
        """Return some of the numbers."""
        starts = list(accumulate((len(block.n) for block in self._blocks), initial=0))
        found = ((position, bisect_right(starts, position) - 1) for position in positions)
        return [_entry(self._blocks[block], position - starts[block]) for position, block in found]

    def keys(self) -> np.ndarray:
        """Return a code for each number; equal ones have the same school and the same facts."""
        _, schools = self._own("schools")
        distinct, facts = self._shared("facts")
        return schools * len(distinct) + facts

    def sizes_by_file(self) -> Counter[str]:
        """Return how many numbers each file gave."""
        sizes: Counter[str] = Counter()
        for block in self._blocks:
            sizes[block.source.file] += len(block.n)
        return sizes

    def schools_by_file(self) -> dict[str, set[str]]:
        """Return the schools that each file has numbers of."""
        found: dict[str, set[str]] = {}
        for block in self._blocks:
            found.setdefault(block.source.file, set()).update(block.schools)
        return found

    def frame(self, kept: np.ndarray) -> pd.DataFrame:
        """Return the counts frame of the numbers at the positions `kept`."""
        sources = np.repeat(np.arange(len(self._blocks)), [len(block.n) for block in self._blocks])[kept]
        distinct, facts = self._shared("facts")
        facts = facts[kept]
        columns = {"school": self._own("schools"), "cell": self._shared("cells"), "raw": self._own("raws")}
        columns = {name: (values, codes[kept]) for name, (values, codes) in columns.items()}
        columns |= {facet: (values, facts) for facet, values in _columns(distinct, Facts).items()}
        told = _columns([block.source for block in self._blocks], Source)
        columns |= {name: (values, sources) for name, values in told.items()}
        columns["n"] = np.fromiter(chain.from_iterable(block.n for block in self._blocks), np.int64), kept
        return counts_from(columns)

    def _own(self, column: str) -> tuple[list, np.ndarray]:
        """Return the different values of a column of the blocks, and which of them each number has."""
        return _coded(chain.from_iterable(getattr(block, column) for block in self._blocks))

    def _shared(self, column: str) -> tuple[list, np.ndarray]:
        """Do the same for a column of what was planned, looking at each plan once."""
        position: dict = {}
        codes: dict[int, np.ndarray] = {}
        for block in self._blocks:
            if id(block.planned) not in codes:
                codes[id(block.planned)] = _codes(getattr(block.planned, column), position)
        return list(position), np.concatenate([codes[id(block.planned)] for block in self._blocks] or [_codes((), {})])


def _entry(block: _Block, at: int) -> Entry:
    return Entry(block.source, block.schools[at], block.planned.facts[at], block.planned.cells[at], block.n[at])


def _coded(values: Iterable) -> tuple[list, np.ndarray]:
    """Return the different values, and for each which of them it is."""
    position: dict = {}
    codes = _codes(values, position)
    return list(position), codes


def _codes(values: Iterable, position: dict) -> np.ndarray:
    """Return the place of each value in `position`, which takes in what is new."""
    return np.array([position.setdefault(value, len(position)) for value in values], dtype=np.int64)


def _columns(rows: Sequence[tuple], kind: type) -> dict[str, list]:
    return {name: [row[at] for row in rows] for at, name in enumerate(kind._fields)}
