"""The numbers taken of all sheets of a call, column by column, so that ten thousand returns fit into memory."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
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


class Ledger:
    """The numbers taken, in the order of files, sheets and tables; a position counts them from 0."""

    def __init__(self) -> None:
        self._sources: list[Source] = []
        self._sizes: list[int] = []  # how many numbers each source gave
        self._schools: list[str] = []
        self._facts: list[Facts] = []
        self._cells: list[str] = []
        self._n: list[int] = []
        self._raws: list[str] = []

    def add(self, planned: Planned, sheet: Sheet, source: Source, renamed: Mapping[str, str]) -> None:
        """Take the planned numbers of a sheet; `renamed`: its schools for those of the plan."""
        if not planned.places:
            return
        found = [sheet.cells[place] for place in planned.places]
        self._sources.append(source)
        self._sizes.append(len(found))
        self._schools += [renamed.get(school, school) for school in planned.schools]
        self._facts += planned.facts
        self._cells += planned.cells
        self._n += [cell.n for cell in found]
        self._raws += [cell.raw for cell in found]

    def __len__(self) -> int:
        return len(self._n)

    def entries(self, positions: Iterable[int]) -> list[Entry]:
        """Return some of the numbers."""
        sources = self._source_numbers()
        return [
            Entry(self._sources[sources[at]], self._schools[at], self._facts[at], self._cells[at], self._n[at])
            for at in positions
        ]

    def keys(self) -> np.ndarray:
        """Return a code for each number; equal ones have the same school and the same facts."""
        _, schools = _coded(self._schools)
        distinct, facts = _coded(self._facts)
        return schools * len(distinct) + facts

    def schools_by_file(self) -> dict[str, set[str]]:
        """Return the schools that each file has numbers of."""
        found: dict[str, set[str]] = {}
        start = 0
        for source, size in zip(self._sources, self._sizes, strict=True):
            found.setdefault(source.file, set()).update(self._schools[start : start + size])
            start += size
        return found

    def frame(self, kept: np.ndarray) -> pd.DataFrame:
        """Return the counts frame of the numbers at the positions `kept`."""
        sources = self._source_numbers()
        distinct, facts = _coded(self._facts)
        columns = {"school": _coded(self._schools), "cell": _coded(self._cells), "raw": _coded(self._raws)}
        columns |= {facet: (values, facts) for facet, values in _columns(distinct, Facts).items()}
        columns |= {name: (values, sources) for name, values in _columns(self._sources, Source).items()}
        columns["n"] = self._n, np.arange(len(self))
        return counts_from({name: (values, codes[kept]) for name, (values, codes) in columns.items()})

    def _source_numbers(self) -> np.ndarray:
        return np.repeat(np.arange(len(self._sources)), self._sizes)


def _coded(values: Sequence) -> tuple[list, np.ndarray]:
    """Return the different values, and for each which of them it is."""
    position: dict = {}
    codes = [position.setdefault(value, len(position)) for value in values]
    return list(position), np.array(codes, dtype=np.int64)


def _columns(rows: Sequence[tuple], kind: type) -> dict[str, list]:
    return {name: [row[at] for row in rows] for at, name in enumerate(kind._fields)}
