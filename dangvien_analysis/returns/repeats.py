"""The same number twice: in one table, in two tables, in two returns, or quoted a year later."""

from operator import itemgetter
from typing import NamedTuple

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import messages

KEY = ("school", "period", "group", "breakdown", "measure", "kind", "cohort", "reason")


_key = itemgetter(*KEY)


class Observation(NamedTuple):
    """A number that was taken, with the table it stands in and whether its day was stated in the return."""

    row: dict
    table: tuple
    day_said: bool

    @property
    def key(self) -> tuple:
        """The facets that make a number unique in `counts`."""
        return _key(self.row)


def repeats_in_table(observations: list[Observation]) -> tuple[list[Observation], list[Finding]]:
    """Drop both numbers where one table gives a key twice: a distinction it makes was lost."""
    places: dict[tuple, list[Observation]] = {}
    for observation in observations:
        places.setdefault((observation.table, observation.key), []).append(observation)
    kept, findings = [], []
    for same in places.values():
        if len(same) == 1:
            kept += same
            continue
        cells = [one.row["cell"] for one in same]
        findings.append(_finding("error", "duplicate_in_table", messages.duplicate(cells), same[0], ", ".join(cells)))
    return kept, findings


def settle_repeats(observations: list[Observation]) -> tuple[list[dict], list[Finding]]:
    """Keep one number per key over tables and files.

    Equal numbers are kept once. Of different ones the return of the later day wins, then a school's own return over
    a table of many schools; where nothing says which is right, none is kept.
    """
    by_key: dict[tuple, list[Observation]] = {}
    for observation in observations:
        by_key.setdefault(observation.key, []).append(observation)
    own = _files_of_one_school(observations)
    rows, findings = [], []
    for same in by_key.values():
        if len(same) == 1:
            rows.append(same[0].row)
            continue
        winner, finding = _settle(same, own)
        findings.append(finding)
        if winner is not None:
            rows.append(winner.row)
    return rows, findings


def references_that_differ(rows: list[dict], references: list[Observation]) -> list[Finding]:
    """Compare last year's numbers quoted in a return with what was reported for that period."""
    reported = {_key(row): row for row in rows}
    findings = []
    for reference in references:
        row = reported.get(reference.key)
        if row is not None and row["n"] != reference.row["n"]:
            message = messages.reference_differs(reference.row, row["n"], messages.place(row))
            findings.append(_finding("warning", "reference_differs", message, reference, reference.row["cell"]))
    return findings


def _files_of_one_school(observations: list[Observation]) -> set[str]:
    schools: dict[str, set[str]] = {}
    for observation in observations:
        schools.setdefault(observation.row["file"], set()).add(observation.row["school"])
    return {file for file, found in schools.items() if len(found) == 1}


def _settle(same: list[Observation], own: set[str]) -> tuple[Observation | None, Finding]:
    places = [messages.place(one.row) for one in same]
    if len({one.row["n"] for one in same}) == 1:
        kept = next((one for one in same if one.row["file"] in own), same[0])
        return kept, _finding("info", "repeated_number", messages.repeated(places), kept, kept.row["cell"])
    winner = _latest(same) or _only_own(same, own)
    if winner is None:
        message = messages.disagreeing(same[0].row, places, [one.row["n"] for one in same])
        return None, _finding("error", "disagreeing_numbers", message, same[0], same[0].row["cell"])
    losers = [one for one in same if one.row["n"] != winner.row["n"]]
    message = messages.superseded(
        messages.place(winner.row), winner.row["n"], [messages.place(one.row) for one in losers]
    )
    return winner, _finding("warning", "disagreeing_numbers", message, losers[0], losers[0].row["cell"])


def _latest(same: list[Observation]) -> Observation | None:
    if not all(one.day_said and one.row["as_of"] for one in same):
        return None
    last = max(one.row["as_of"] for one in same)
    newest = [one for one in same if one.row["as_of"] == last]
    return newest[0] if len({one.row["n"] for one in newest}) == 1 else None


def _only_own(same: list[Observation], own: set[str]) -> Observation | None:
    mine = [one for one in same if one.row["file"] in own]
    return mine[0] if mine and len({one.row["n"] for one in mine}) == 1 and len(mine) < len(same) else None


def _finding(level: str, code: str, message: str, at: Observation, cell: str) -> Finding:
    row = at.row
    return Finding(level, code, message, row["school"], row["file"], row["sheet"], cell)
