"""Headcounts and targets: good data is quiet, one fault gives one finding."""

from dataclasses import replace
from datetime import date

import pytest
from check_rows import COLLECTION, GOOD, SCHOOLS, codes, found, row, without

from dangvien_analysis.frames import Finding

YEARS = ("2020", "2021", "2022", "2023")


def heads(*numbers: int, group: str = "student") -> list[dict]:
    """Return the headcounts of a school, year by year."""
    return [row("a", year, "headcount", n, group=group) for year, n in zip(YEARS, numbers, strict=True)]


def few(rows: list[dict]) -> list[str]:
    """Return what is found of some rows alone, where nothing is expected of anybody."""
    return codes(rows, replace(COLLECTION, periods=()))


@pytest.mark.parametrize("numbers", [(900, 950, 870, 1000), (40, 55, 30, 45), (900, 1300, 1300, 900), (20, 45, 18, 30)])
def test_headcounts_move(numbers):
    """A class more or less, or a third, in a small school or a large one, is everyday."""
    assert few(heads(*numbers)) == []


@pytest.mark.parametrize(
    ("numbers", "year"),
    [
        ((900, 90, 905, 910), "2021"),
        ((900, 905, 9100, 910), "2022"),
        ((900, 905, 910, 0), "2023"),
        ((50, 52, 120, 118), "2022"),
    ],
)
def test_a_headcount_far_from_last_years(numbers, year):
    """A digit too many or too few; between two right years it is told once, at the wrong one."""
    (finding,) = found(heads(*numbers), replace(COLLECTION, periods=()))
    assert finding.code == "headcount_jump"
    assert f"kỳ {year} là" in finding.message
    assert finding.cell == f"B{numbers[YEARS.index(year)] + 2}"


def test_a_headcount_given_by_grades_is_their_sum():
    """Nobody typed the whole, so the finding stands at the first part."""
    years = (("2022", 300), ("2023", 30))
    grades = [row("a", year, "headcount", n, breakdown=f"grade_{grade}") for grade in (10, 11, 12) for year, n in years]
    (finding,) = found(grades, replace(COLLECTION, periods=()))
    assert (finding.code, finding.cell) == ("headcount_jump", "B32")
    assert "90" in finding.message


def test_merged_schools_may_grow():
    """The register of schools says that one went on in the other."""
    merged = (replace(SCHOOLS[1], valid_to=date(2022, 8, 1), successor="a"), SCHOOLS[0])
    grown = heads(900, 910, 920, 1900)
    assert few(grown) == ["headcount_jump"]
    assert codes(grown, replace(COLLECTION, periods=(), schools=merged)) == []


def test_more_people_at_a_stage_than_the_school_has():
    """A part above its whole, of another kind."""
    small = [row("a", "2022", "headcount", 11), row("a", "2022", "nominated", 12)]
    assert few(small) == ["above_headcount"]
    assert few([*small[:1], row("a", "2022", "nominated", 11)]) == []


def target(n: int, **more) -> dict:
    """Return a target of students to admit in 2023."""
    return {**row("a", "2023", "admitted", n, kind="target", cell="C9"), **more}


def test_a_target_far_exceeded():
    """Three times as many, and ten more; what was added to the target counts, and a target of none is no target."""
    many = [row("a", "2023", "admitted", 30)]
    assert few([*many, target(10)]) == ["above_target"]
    assert few([*many, target(10), target(5, kind="extra_target")]) == []
    assert few([*many, target(11)]) == []
    assert few([*many, target(0)]) == []
    assert few([row("a", "2023", "admitted", 9), target(1)]) == []


def test_a_target_whose_period_has_ended_without_a_number():
    """One finding a school, at its first such target; none before the period's end, and none where it is zero."""
    rows = [*GOOD, target(4, measure="proposed"), target(3, measure="mentored", cell="C8")]
    (finding,) = found(rows)
    assert (finding.code, finding.school, finding.cell) == ("target_without_actual", "a", "C9")
    assert "chi bộ đề nghị" in finding.message
    assert "giúp đỡ" in finding.message
    assert codes([*rows, row("a", "2023", "proposed", 0), row("a", "2023", "mentored", 1)]) == []
    assert codes(rows, replace(COLLECTION, as_of=date(2023, 11, 30))) == ["partial_period"]
    assert codes([*GOOD, target(0, measure="proposed")]) == []


def test_a_target_beside_cells_that_were_not_read_is_left_alone():
    """They may be its number, and have findings of their own."""
    blank = Finding("info", "blank_cell", "…", "a", "a.xlsx", "S", "C4")
    assert codes([*GOOD, target(4, measure="proposed")], findings=(blank,)) == []


def test_where_nothing_was_reported_no_number_of_a_target_is_missed():
    """The school's whole period is missing, which is said once; or only plans were called for."""
    assert codes([*without(school="a", period="2023"), target(4)]) == ["missing_return"]
    assert few([target(4)]) == []
