"""`corrections.csv`: what a school said by telephone, and which warnings the office accepts, each with date and reason.

A correction is put into the workbook's cell before the sheet is recognised, not into the numbers afterwards: so it has
the last word over what was typed, and totals, rates and checks see the corrected number. A cause that was mended then
leaves no finding behind, and one that was not still gives exactly one. Accepted warnings are taken out at the very end.
"""

from collections.abc import Iterable

import pandas as pd

from dangvien_analysis.corrections.accepting import accept_warnings
from dangvien_analysis.corrections.applying import correct_file, lines_by_file
from dangvien_analysis.corrections.lines import CORRECTIONS_FILE, Line, Outcome, read_corrections
from dangvien_analysis.frames import corrections_frame

__all__ = [
    "CORRECTIONS_FILE",
    "Line",
    "Outcome",
    "accept_warnings",
    "correct_file",
    "lines_by_file",
    "outcomes_frame",
    "read_corrections",
]


def outcomes_frame(outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """Return what became of each line of `corrections.csv`, in the order of their dates, as the store keeps it.

    Texts that are no count are not repeated here: `old` may quote a cell, and a cell may hold a name.
    """
    ordered = sorted(outcomes, key=lambda outcome: (outcome.line.day is None, outcome.line.day, outcome.line.number))
    return corrections_frame(outcome.row() for outcome in ordered)
