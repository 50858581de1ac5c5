"""The same number twice: in two tables, in two returns, or quoted a year later."""

from datetime import date
from itertools import chain, islice

import numpy as np

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.echoes import Echo, Spot, explain_echoes
from dangvien_analysis.returns.ledger import Entry, Ledger


def settle_repeats(ledger: Ledger) -> tuple[np.ndarray, list[Finding]]:
    """Return the positions of the numbers to keep, one per key over tables and files, and what is to be said.

    Equal numbers are kept once, of the later day: an older return makes no period look unfinished. Of different ones
    the return of the later day wins, then a school's own return over a table of many schools; where nothing says which
    is right, none is kept.
    """
    kept = np.ones(len(ledger), dtype=bool)
    echoes = []
    own = {file for file, schools in ledger.schools_by_file().items() if len(schools) == 1}
    repeated = _repeated(ledger.keys())
    entries = iter(ledger.entries(chain.from_iterable(repeated)))
    for positions in repeated:
        same = list(islice(entries, len(positions)))
        winner = _winner(same, own)
        echoes.append(_echo(same, winner))
        kept[[at for at, one in zip(positions, same, strict=True) if one is not winner]] = False
    return np.flatnonzero(kept), explain_echoes(echoes, ledger.sizes_by_file())


def references_that_differ(
    ledger: Ledger, kept: np.ndarray, references: Ledger, restated: bool = False
) -> list[Finding]:
    """Compare earlier numbers quoted in a return with what was reported for that period.

    `restated`: a return quotes what was reported before for the very period; where it reports the period anew, the
    school corrects itself, and that is no fault.
    """
    if not len(references):
        return []
    reported = {(one.school, one.facts): one for one in ledger.entries(kept)}
    findings = []
    for reference in references.entries(range(len(references))):
        one = reported.get((reference.school, reference.facts))
        if one is not None and one.n != reference.n and restated and one.source.file == reference.source.file:
            findings.append(_finding("info", "revised_number", messages.revised(one.row(), reference.n), one))
        elif one is not None and one.n != reference.n:
            message = messages.reference_differs(reference.row(), one.n, messages.place(one.row()))
            findings.append(_finding("warning", "reference_differs", message, reference))
    return findings


def _repeated(keys: np.ndarray) -> list[list[int]]:
    """Return the positions of equal keys, for each key that comes twice, in the order of their first."""
    order = np.argsort(keys, kind="stable")
    same_as_next = np.diff(keys[order]) == 0
    groups: dict[int, list[int]] = {}
    for at in np.flatnonzero(same_as_next):
        groups.setdefault(int(keys[order[at]]), [int(order[at])]).append(int(order[at + 1]))
    return sorted(groups.values())


def _winner(same: list[Entry], own: set[str]) -> Entry | None:
    if len({one.n for one in same}) == 1:  # the latest says that it still holds
        return _latest(same) or max([one for one in same if one.source.file in own] or same, key=_day)
    return _latest(same) or _only_own(same, own)


def _echo(same: list[Entry], winner: Entry | None) -> Echo:
    spots = tuple(_spot(one) for one in same)
    return Echo(spots, next((spot for spot, one in zip(spots, same, strict=True) if one is winner), None))


def _spot(one: Entry) -> Spot:
    return Spot(one.source.file, one.source.sheet, one.cell, one.n, one.school, messages.described(one.row()))


def _latest(same: list[Entry]) -> Entry | None:
    if not all(one.source.day_said and one.source.as_of for one in same):
        return None
    last = max(one.source.as_of for one in same)
    newest = [one for one in same if one.source.as_of == last]
    return newest[0] if len({one.n for one in newest}) == 1 else None


def _day(one: Entry) -> date:
    """Return the day a number speaks for; where its return says none, that of the collection."""
    return one.source.as_of or date.min


def _only_own(same: list[Entry], own: set[str]) -> Entry | None:
    mine = [one for one in same if one.source.file in own]
    return mine[0] if mine and len({one.n for one in mine}) == 1 and len(mine) < len(same) else None


def _finding(level: str, code: str, message: str, at: Entry) -> Finding:
    return Finding(level, code, message, at.school, at.source.file, at.source.sheet, at.cell)
