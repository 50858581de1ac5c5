"""What the checks look at: the numbers that were taken, the collection, and what is already known to be wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns.messages import cell_list
from dangvien_analysis.settings import Collection

_UNIT = ["school", "period", "group", "measure", "kind", "cohort", "reason"]  # what a whole and its parts share
NOT_READ = frozenset({"blank_cell"})  # with every error: what says that a number is not there


@dataclass(frozen=True)
class Evidence:
    """The numbers of a collection and what came with them.

    `findings`: of reading, so that a check stays silent where a number it needs was not read. `hashes` and `received`
    by file name: the hash of a file, and the day it was first seen; a file that is not registered has no day.
    """

    counts: pd.DataFrame
    collection: Collection
    findings: tuple[Finding, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    received: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def actual(self) -> pd.DataFrame:
        """The numbers of what was done."""
        done = self.counts["kind"] == "actual"
        return self.counts if done.all() else self.counts[done]  # mostly all: then no copy is made

    @cached_property
    def given(self) -> dict[tuple[str, str], set[tuple[str, str]]]:
        """What was done, as (group, measure), by school and period."""
        columns = [self.actual[name].factorize() for name in ("school", "period", "group", "measure")]
        sizes = [max(len(values), 1) for _, values in columns]
        met = np.unravel_index(np.unique(np.ravel_multi_index([codes for codes, _ in columns], sizes)), sizes)
        told = [values.to_numpy(object)[codes] for (_, values), codes in zip(columns, met, strict=True)]
        given: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for school, period, group, measure in zip(*told, strict=True):
            given.setdefault((school, period), set()).add((group, measure))
        return given

    @cached_property
    def parts(self) -> pd.DataFrame:
        """The parts ("trong đó: nữ") that have a whole, one row for each that they have, in the order of counts.

        Columns: at and whole (their positions in counts), part. Of "female+grade_12" a whole is "female", and
        "grade_12", too.
        """
        unit = self.counts.groupby(_UNIT, dropna=False, sort=False).ngroup().to_numpy()
        codes, breakdowns = self.counts["breakdown"].factorize()
        found = {breakdown: np.flatnonzero(codes == code) for code, breakdown in enumerate(breakdowns)}
        beside = [pd.DataFrame({"at": [], "whole": [], "part": []}, dtype="int64")]
        for named in (named for named in found if named != "total"):
            for part in named.split("+"):
                wholes = np.full(len(unit), -1)  # by unit
                rest = found.get(_rest(named, part), [])
                wholes[unit[rest]] = rest
                whole = wholes[unit[found[named]]]
                beside.append(pd.DataFrame({"at": found[named], "whole": whole, "part": part})[whole >= 0])
        return pd.concat(beside).sort_values("at", kind="stable")

    @cached_property
    def gaps(self) -> frozenset[tuple[str, str]]:
        """The sheets, as (file, sheet), on which something was not read or is blank."""
        return frozenset((found.file, found.sheet) for found in self.findings if _is_gap(found))

    def is_read_whole(self, rows: pd.DataFrame) -> bool:
        """Tell whether all was read on the sheets that gave these numbers, and no cell there is blank."""
        return self.gaps.isdisjoint(
            {*zip(rows["file"], rows["sheet"], strict=True), *((file, "") for file in rows["file"])}
        )

    def are_read_whole(self, files: Iterable[str]) -> bool:
        """Tell whether all was read in these files, and no cell there is blank."""
        return {file for file, _ in self.gaps}.isdisjoint(files)

    def are_read(self, files: Iterable[str]) -> bool:
        """Tell whether all that stands in these files was read; a cell left blank is no number that was not read."""
        return {found.file for found in self.findings if found.level == "error"}.isdisjoint(files)

    def school_names(self) -> dict[str, str]:
        """Return the names of schools by id; a school that is not registered is called by its id."""
        return {school: school for school in self.counts["school"].unique()} | self.collection.school_names


def _rest(named: str, part: str) -> str:
    return "+".join(one for one in named.split("+") if one != part) or "total"


def _is_gap(finding: Finding) -> bool:
    return finding.level == "error" or finding.code in NOT_READ


def same_sheet(rows: pd.DataFrame) -> pd.DataFrame:
    """Return those of some numbers that stand on the sheet where the last of them does: what a mark can point at."""
    last = rows.iloc[-1]
    return rows[(rows["file"] == last["file"]) & (rows["sheet"] == last["sheet"])]


def finding_on(rows: pd.DataFrame, level: str, code: str, message: str) -> Finding:
    """Return a finding at the cells of numbers that stand on one sheet."""
    return finding_at(rows.iloc[0], level, code, message)._replace(cell=cell_list(rows["cell"]))


def finding_at(row, level: str, code: str, message: str) -> Finding:
    """Return a finding at the cell of a row of counts."""
    return Finding(level, code, message, row.school, row.file, row.sheet, row.cell)
