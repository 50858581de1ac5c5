"""From findings to what is said to the sender of each file."""

import pandas as pd

from dangvien_analysis.marking.notes import Note
from dangvien_analysis.marking.styles import ERROR, INFO, WARNING
from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.ranges import parse_range
from dangvien_analysis.returns import messages
from dangvien_analysis.status.reminders import for_school
from dangvien_analysis.store import Returns

WORTH_KNOWING = frozenset({"blank_cell"})  # of what is only for information, what a school can still do something about
NOT_ITS_OWN = frozenset({"missing_return", "published_mismatch"})  # concern no file: the office's business
# Found at one place, and as much about another.
_TWO_SIDED = frozenset({"disagreeing_numbers", "reference_differs", "cohort_differs"})
_OUR_SIDE = frozenset({refusal.LOCKED, refusal.MISSING})  # a file that we could not open: nothing for its sender


def notes_by_file(returns: Returns, files: list[str]) -> dict[str, list[Note]]:
    """Return what is to be said about each of `files`: errors first, then warnings, then what is worth knowing."""
    said: dict[str, list[Note]] = {file: [] for file in files}
    owners = _owners(returns.counts)
    for row in returns.findings.itertuples():
        if _is_told(row):
            for file, sheet, cells in _places(row, owners):
                if file in said:
                    said[file].append(Note(row.level, sheet, cells, for_school(row.message)))
    return {file: sorted(dict.fromkeys(notes), key=_order) for file, notes in said.items()}


def is_returnable(notes: list[Note]) -> bool:
    """Tell whether there is something for the sender to do."""
    return any(note.level in {ERROR, WARNING} for note in notes)


def _order(note: Note) -> tuple:
    place = parse_range(note.first)[:2] if note.first else (0, 0)
    return (ERROR, WARNING, INFO).index(note.level), note.sheet, place


def _is_told(row) -> bool:
    if row.code in NOT_ITS_OWN or row.message in _OUR_SIDE:
        return False
    return row.level != INFO or row.code in WORTH_KNOWING


def _places(row, owners: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    """Return where a finding is told: its own place, the other side's, or the files of the school it is about."""
    if not row.file:
        return [(file, "", "") for file in owners.get(row.school, [])]
    places = [(row.file, row.sheet, row.cell)]
    if row.code in _TWO_SIDED and row.level in {ERROR, WARNING}:
        places += [place for place in messages.places_named(row.message) if place not in places]
    return places


def _owners(counts: pd.DataFrame) -> dict[str, list[str]]:
    """Return the files of each school: its own ones, or those of many schools where it has none of its own."""
    pairs = counts[["file", "school"]].drop_duplicates()
    shared = pairs.groupby("file")["school"].transform("size") > 1
    own = pairs[~shared].groupby("school")["file"].agg(list).to_dict()
    return pairs[shared].groupby("school")["file"].agg(list).to_dict() | own


def schools_of(returns: Returns, file: str) -> list[str]:
    """Return the names of the schools that a file speaks of, as far as it was understood."""
    names = returns.collection.school_names
    counts, findings = returns.counts, returns.findings
    found = [*counts.loc[counts["file"] == file, "school"], *findings.loc[findings["file"] == file, "school"]]
    return [names.get(school, school) for school in dict.fromkeys(found) if school]
