"""Cohorts and reasons that must add up: good data is quiet, one fault gives one finding, a gap gives none."""

from dataclasses import replace

import pytest
from check_rows import COLLECTION, found, row

from dangvien_analysis.frames import Finding

COHORT = [
    row("a", "2021", "trained", 20, cohort="2021", cell="C3"),
    row("a", "2021", "admitted", 2, cohort="2021", cell="C4"),
    row("a", "2022", "admitted", 5, cohort="2021", cell="C5"),
    row("a", "2023", "admitted", 1, cohort="2021", cell="C6"),
    row("a", "2021", "departed", 3, cohort="2021", cell="C7"),
    row("a", "2022", "departed", 4, cohort="2021", cell="C8"),
    row("a", "2022", "expired", 0, cohort="2021", cell="C9"),
    row("a", "2023", "not_admitted", 12, cohort="2021", cell="C10"),
]


def told(rows: list[dict], *findings: Finding) -> list[tuple[str, str]]:
    """Return code and cell of what is found where nothing is expected of anybody."""
    alone = replace(COLLECTION, periods=())
    return [(finding.code, finding.cell) for finding in found(rows, alone, findings=findings)]


def changed(cell: str, n: int) -> list[dict]:
    """Return the cohort with another number in one cell."""
    return [{**one, "n": n} if one["cell"] == cell else one for one in COHORT]


def test_a_cohort_that_adds_up_is_quiet():
    """Admitted, departed, expired, and the rest waits."""
    assert told(COHORT) == []


@pytest.mark.parametrize("cell", ["C4", "C7", "C9"])
def test_more_of_a_cohort_gone_than_were_trained(cell):
    """Whoever waits cannot be fewer than nobody, whatever was not reported."""
    without_balance = [one for one in changed(cell, 19) if one["measure"] != "not_admitted"]
    assert told(without_balance) == [("cohort_exceeded", "C3")]
    assert told([one for one in without_balance if one["cell"] in ("C3", cell)]) == []


def test_admitted_before_the_course():
    """A number in a cell that nobody should fill; a zero there says the same as a blank."""
    early = row("a", "2020", "admitted", 1, cohort="2021", cell="B4")
    open_end = [one for one in COHORT if one["measure"] != "not_admitted"]
    assert told([*open_end, early]) == [("before_course", "B4")]
    assert told([*open_end, {**early, "n": 0}]) == []
    assert told([*open_end, {**early, "period": "2020-2021"}]) == []  # the year of the course has begun


def test_a_cohort_in_which_all_are_gone():
    """Nobody waits: that is possible."""
    assert told([one for one in changed("C8", 9) if one["measure"] != "not_admitted"]) == []


def test_admitted_and_not_admitted_are_not_those_trained():
    """The number not admitted is of all who were trained and are not admitted, gone or waiting."""
    assert told(changed("C10", 11)) == [("cohort_unbalanced", "C10")]
    assert told(changed("C10", 13)) == [("cohort_unbalanced", "C10")]


def test_a_year_of_a_cohort_that_is_missing_is_not_zero():
    """Then nothing follows from what is there; nor where a cell of the sheet was not read or is blank."""
    assert told([one for one in changed("C10", 11) if one["cell"] != "C5"]) == []
    for level, code in (("error", "not_a_count"), ("info", "blank_cell")):
        assert told(changed("C10", 11), Finding(level, code, "…", "a", "a.xlsx", "S", "C9")) == []
    assert told(changed("C10", 11), Finding("info", "free_text", "…", "a", "a.xlsx", "S", "C9")) != []


def test_courses_of_one_year_are_told_apart():
    """What one course lacks is not made up by another."""
    first = [{**one, "cohort": "2021/1"} for one in COHORT]
    second = [{**one, "cohort": "2021/2", "cell": f"D{one['cell'][1:]}"} for one in changed("C10", 11)]
    assert told([*first, *second]) == [("cohort_unbalanced", "D10")]


REASONS = [
    row("a", "2023", "not_admitted", 9, cell="C3"),
    row("a", "2023", "not_admitted", 5, reason="under_age", cell="C4"),
    row("a", "2023", "not_admitted", 4, reason="left_school", cell="C5"),
]


def test_reasons_add_up_to_the_number_not_admitted():
    """Each person has one main reason; without the number there is nothing to add up to."""
    assert told(REASONS) == []
    assert told(REASONS[1:]) == []
    assert told([{**REASONS[0], "n": 10}, *REASONS[1:]]) == [("reasons_differ", "C3")]
    assert told([{**REASONS[0], "n": 8}, *REASONS[1:]]) == [("reasons_differ", "C3")]


def test_a_reason_that_was_not_read_can_make_them_too_few_but_not_too_many():
    """One cause, one finding."""
    blank = Finding("info", "blank_cell", "…", "a", "a.xlsx", "S", "C6")
    assert told([{**REASONS[0], "n": 10}, *REASONS[1:]], blank) == []
    assert told([{**REASONS[0], "n": 8}, *REASONS[1:]], blank) == [("reasons_differ", "C3")]
