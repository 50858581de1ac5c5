"""Read the invented numbers of the collection `sample`, and see that they could be true together.

`sample_truth.csv` is the whole of it: one line for what is counted, one column for each year; an empty cell is not
reported, or cannot be.
"""

import csv
from functools import partial
from pathlib import Path

from drawing import Key, require

TRUTH = Path(__file__).resolve().parent / "sample_truth.csv"
YEARS = ("2021", "2022", "2023", "2024")
SCHOOLS = {"thpt-a": "A", "thpt-b": "B", "thpt-c": "C", "thpt-d": "D"}
GROUPS = ("student", "staff")
STAGES = ("nominated", "trained", "mentored", "proposed", "admitted")


def read_truth() -> dict[Key, int]:
    """Return every invented number by its key."""
    truth = {}
    with TRUTH.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            rest = [line["group"], line["breakdown"], line["measure"], line["kind"]]
            for year in YEARS:
                if line[year]:
                    key = Key(line["school"], year, *rest, line["cohort"] or None, line["reason"] or None)
                    require(key not in truth, key)
                    truth[key] = int(line[year])
    return truth


def add_up(truth: dict[Key, int], **wanted: str | None) -> int:
    """Add up the numbers whose keys say what is wanted; what is not named may be anything."""
    return sum(n for key, n in truth.items() if all(getattr(key, facet) == value for facet, value in wanted.items()))


def check_truth(truth: dict[Key, int]) -> None:
    """Stop unless the invented numbers could be true together, and that they add up to the published ones."""
    plain = partial(add_up, truth, cohort=None, kind="actual", breakdown="total")
    require(plain(group="student", measure="nominated") == 194, "students")
    require(plain(group="staff", measure="nominated") == 43, "staff")
    for school in SCHOOLS:
        for group in GROUPS:
            _check_steps(partial(plain, school=school, group=group))
            _check_cohorts(truth, school, group)
        left = add_up(truth, school=school, group="student", measure="departed")
        require(plain(school=school, measure="not_admitted") == left, school)
    for key, n in truth.items():
        whole = truth[key._replace(breakdown="total")]
        require(0 <= n <= whole, key)


def _check_steps(plain: partial) -> None:
    """No step may pass the one before, counted from the start of the programme: a decision may come a year later."""
    for last in range(1, len(YEARS) + 1):
        sums = [sum(plain(measure=stage, period=year) for year in YEARS[:last]) for stage in STAGES]
        require(sums == sorted(sums, reverse=True), (plain.keywords, YEARS[last - 1], sums))
    nominated, _, _, proposed, admitted = sums
    require(
        proposed - admitted <= plain(measure="dossier") <= plain(measure="source") <= nominated - admitted,
        plain.keywords,
    )


def _check_cohorts(truth: dict[Key, int], school: str, group: str) -> None:
    """Cohorts tell of the same people as the yearly numbers: same sums, and nobody leaves or joins twice."""
    here = partial(add_up, truth, school=school, group=group, kind="actual", breakdown="total")
    waiting = 0
    for year in YEARS:
        require(
            here(measure="trained", period=year, cohort=year) == here(measure="trained", period=year, cohort=None),
            school,
            year,
        )
        joined = sum(here(measure="admitted", period=year, cohort=cohort) for cohort in YEARS)
        require(joined == here(measure="admitted", period=year, cohort=None), (school, group, year))
        gone = here(measure="admitted", cohort=year) + here(measure="departed", cohort=year)
        require(gone <= here(measure="trained", cohort=year), (school, group, year))
        waiting += here(measure="trained", cohort=year) - gone
    require(waiting == here(measure="source"), (school, group))
