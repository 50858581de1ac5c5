"""What is to be said to whoever sent a workbook: which cells, how grave, in which words."""

import re
from typing import NamedTuple

from dangvien_analysis.marking.styles import ERROR

_RANGE = re.compile(r"\b([A-Z]{1,3}[1-9][0-9]{0,6})(?::([A-Z]{1,3}[1-9][0-9]{0,6}))?\b")


class Note(NamedTuple):
    """One thing to mend or to look at; `cells` as a finding names them, "C6:D9, F12", "" where it has no cell."""

    level: str
    sheet: str
    cells: str
    text: str

    @property
    def ranges(self) -> list[str]:
        """The cells as ranges, in the order in which they are named."""
        return [match[0] for match in _RANGE.finditer(self.cells)]

    @property
    def first(self) -> str:
        """The first cell; "" where there is none."""
        return self.ranges[0].partition(":")[0] if self.ranges else ""


def by_cell(notes: list[Note]) -> dict[str, list[Note]]:
    """Return the notes of one sheet by the cell that bears them: several on one cell share one comment."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        if note.first:
            found.setdefault(note.first, []).append(note)
    return found


def gravest(notes: list[Note]) -> str:
    """Return the level of the gravest of some notes."""
    return ERROR if any(note.level == ERROR for note in notes) else notes[0].level
