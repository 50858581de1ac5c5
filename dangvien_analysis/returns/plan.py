"""What becomes of a sheet's cells: a plan of where each number goes, made without asking how large it is.

Sheets of one form share a plan (`skeleton` tells which are, `plans` keeps them); with it a sheet is read by looking
its numbers up and adding its totals.
"""

from typing import NamedTuple

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.rates import Rate
from dangvien_analysis.returns.totals import Sum


class Facts(NamedTuple):
    """What a number is but for its school: the other columns of the key of `counts`, as they stand there."""

    period: str
    group: str
    breakdown: str
    measure: str
    kind: str
    cohort: str | None
    reason: str | None


class Planned(NamedTuple):
    """Numbers to take, as columns of one length: where each stands, its address, its school and what it is."""

    places: tuple[Place, ...] = ()
    cells: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    facts: tuple[Facts, ...] = ()


class Plan(NamedTuple):
    """Where the numbers of a sheet go, and the findings about it that hold whatever the numbers are.

    `references`: last year's numbers quoted in the sheet; `restated`: those reported earlier for the very period that
    their header names. `school`: that of all its numbers, if it is one. `day`:
    the cell that tells the day the sheet speaks for. `quoted`: the cells that a finding quotes. `names_schools`: a
    finding does. `body`: the cells in which a number may be any; `unweighed`: those of them that need not be counts.
    `heads`: the cells of the texts that say what its numbers are.
    `lasting`: it may be kept for other sheets; the plan for a list of people may not.
    """

    numbers: Planned = Planned()
    references: Planned = Planned()
    restated: Planned = Planned()
    sums: tuple[Sum, ...] = ()
    rates: tuple[Rate, ...] = ()
    findings: tuple[Finding, ...] = ()
    school: str = ""
    day: Place | None = None
    quoted: frozenset[Place] = frozenset()
    names_schools: bool = False
    body: frozenset[Place] = frozenset()
    unweighed: frozenset[Place] = frozenset()
    heads: frozenset[Place] = frozenset()
    lasting: bool = True
