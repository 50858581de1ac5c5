"""What the checks look at: the numbers that were taken, the collection, and what is already known to be wrong."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from dangvien_analysis import periods
from dangvien_analysis.frames import Finding
from dangvien_analysis.settings import Collection, School

NOT_READ = frozenset({"blank_cell"})  # with every error: what says that a number is not there


class Evidence(NamedTuple):
    """The numbers of a collection and what came with them.

    `findings`: of reading, so that a check stays silent where a number it needs was not read. `hashes` and `received`
    by file name: the hash of a file, and the day it was first seen; a file that is not registered has no day.
    """

    counts: pd.DataFrame
    collection: Collection
    findings: tuple[Finding, ...] = ()
    hashes: Mapping[str, str] = {}
    received: Mapping[str, date] = {}

    def actual(self) -> pd.DataFrame:
        """Return the numbers of what was done."""
        return self.counts[self.counts["kind"] == "actual"]

    def is_read_whole(self, rows: pd.DataFrame) -> bool:
        """Tell whether all was read on the sheets that gave these numbers, and no cell there is blank."""
        sheets = {*zip(rows["file"], rows["sheet"], strict=True), *((file, "") for file in rows["file"])}
        return not any((found.file, found.sheet) in sheets and _is_gap(found) for found in self.findings)

    def are_read_whole(self, files: Iterable[str]) -> bool:
        """Tell whether all was read in these files, and no cell there is blank."""
        files = set(files)
        return not any(found.file in files and _is_gap(found) for found in self.findings)

    def school_names(self) -> dict[str, str]:
        """Return the names of schools by id; a school that is not registered is called by its id."""
        names = {school.id: school.name for school in self.collection.schools}
        return {**{school: school for school in self.counts["school"].unique()}, **names}


def _is_gap(finding: Finding) -> bool:
    return finding.level == "error" or finding.code in NOT_READ


def existed(school: School, period: str) -> bool:
    """Tell whether a school existed in a period."""
    start, end = periods.start_date(period), periods.end_date(period)
    return not (school.valid_from and school.valid_from > end) and not (school.valid_to and school.valid_to < start)


def finding_at(row, level: str, code: str, message: str) -> Finding:
    """Return a finding at the cell of a row of counts."""
    return Finding(level, code, message, row.school, row.file, row.sheet, row.cell)
