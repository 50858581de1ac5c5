"""Whose papers lag, and how schools stand once their mix of grades is reckoned with."""

from itertools import product
from math import comb

import pandas as pd
import pytest
from measure_rows import counts, records, row

from dangvien_analysis.frames import counts_frame
from dangvien_analysis.measures import by_grade, dossiers_short

GRADES = ("grade_10", "grade_11", "grade_12")


def school(name, trained, admitted, dossier=None, target=None, of_age=None, group="student"):
    """Return a school's rows: trained and admitted in 2023, this year's target, dossiers, people of age."""
    rows = [row(name, "2023", "trained", trained, group=group), row(name, "2023", "admitted", admitted, group=group)]
    rows += [row(name, "2023", "departed", 0, group=group), row(name, "2024", "admitted", 0, group=group)]
    told = (
        ("dossier", dossier, {}),
        ("source", of_age, {"breakdown": "age_18"}),
        ("admitted", target, {"kind": "target"}),
    )
    return rows + [row(name, "2024", measure, n, group=group, **more) for measure, n, more in told if n is not None]


SHORT = ("school", "remaining", "eligible", "dossier", "wanted", "short", "known")


def test_dossiers_are_set_against_what_is_still_to_come():
    """B has one dossier for two admissions; A has enough; C has met its target; D did not say."""
    frame = counts(
        *school("B", 20, 2, dossier=1, target=2, of_age=8),
        *school("A", 20, 2, dossier=3, target=2, of_age=9),
        *school("C", 20, 2, dossier=0, target=0),
        *school("D", 20, 2, target=2),
    )
    assert records(dossiers_short(frame, schools=["A", "B", "C", "D"]), *SHORT) == [
        ("A", 2, 9, 3, 2, False, True),
        ("B", 2, 8, 1, 2, True, True),
        ("C", 0, 18, 0, 0, False, True),
        ("D", 2, 18, None, 2, False, False),
    ]


def test_no_more_dossiers_are_wanted_than_there_are_people():
    """A target of five with one pupil of age wants one dossier; without a target anybody of age wants one."""
    frame = counts(*school("A", 20, 2, dossier=1, target=5, of_age=1), *school("B", 9, 0, dossier=0, of_age=4))
    frame = pd.concat([frame, counts(*school("C", 9, 9, dossier=0))])
    assert records(dossiers_short(frame), "school", "wanted", "short") == [
        ("A", 1, False),
        ("B", 1, True),
        ("C", 0, False),
    ]


def test_pupils_and_staff_have_rows_of_their_own():
    """Staff have no age to wait for: who waits is eligible."""
    frame = counts(*school("A", 9, 4, dossier=1, target=2, group="staff"), *school("A", 20, 2, dossier=1, of_age=3))
    assert records(dossiers_short(frame), "group", "eligible", "short") == [("student", 3, False), ("staff", 5, True)]


def graded(name, mix, year="2021"):
    """Return a school's cohort with its grades: (trained, admitted) of 10, 11 and 12, and the whole."""
    parts = [*zip(GRADES, mix, strict=True), ("total", tuple(map(sum, zip(*mix, strict=True))))]
    rows = []
    for part, (n, x) in parts:
        rows.append(row(name, year, "trained", n, cohort=year, breakdown=part))
        rows += [row(name, year, "admitted", x, cohort=year, breakdown=part)]
        rows += [row(name, "2022", "admitted", 0, cohort=year, breakdown=part)]
    return rows


def test_a_school_that_sends_early_is_not_low_once_grades_are_reckoned_with():
    """A sends grade 11 only, B grade 12 only, each at the common rate of its grade: expected is what was admitted."""
    frame = counts(
        *graded("A", [(0, 0), (30, 2), (0, 0)]),
        *graded("B", [(0, 0), (0, 0), (30, 12)]),
        *graded("C", [(0, 0), (15, 1), (15, 6)]),
    )
    assert records(by_grade(frame), "group", "school", "trained", "admitted", "expected", "position") == [
        ("student", "A", 30, 2, pytest.approx(2.0), "inside"),
        ("student", "B", 30, 12, pytest.approx(12.0), "inside"),
        ("student", "C", 30, 7, pytest.approx(7.0), "inside"),
    ]


def test_limits_by_grade_are_those_of_a_sum_of_hypergeometric_numbers():
    """Against every table that could have come: no count inside has a tail of 2.5% or less, the next has."""
    mixes = {"A": [(4, 0), (6, 1), (10, 5)], "B": [(2, 0), (9, 2), (7, 2)], "C": [(5, 1), (3, 0), (12, 4)]}
    found = by_grade(counts(*(entry for name, mix in mixes.items() for entry in graded(name, mix))))
    pools = [tuple(map(sum, zip(*grade, strict=True))) for grade in zip(*mixes.values(), strict=True)]
    for line in found.itertuples():
        chances = _chances([n for n, _ in mixes[line.school]], pools)
        assert line.expected == pytest.approx(sum(x * chance for x, chance in enumerate(chances)))
        low = min(x for x in range(len(chances)) if sum(chances[: x + 1]) > 0.025)
        high = max(x for x in range(len(chances)) if sum(chances[x:]) > 0.025)
        assert (line.low, line.high) == (low, high)


def _chances(sizes, pools):
    chances = [0.0] * (sum(sizes) + 1)
    for drawn in product(*(range(size + 1) for size in sizes)):
        chance = 1.0
        for x, n, (people, admitted) in zip(drawn, sizes, pools, strict=True):
            chance *= comb(admitted, x) * comb(people - admitted, n - x) / comb(people, n)
        chances[sum(drawn)] += chance
    return chances


def test_a_mix_that_leaves_somebody_out_is_not_known():
    """Grades that do not add up to the whole, one school alone, staff, nothing: no row, the same columns."""
    whole = counts(*graded("A", [(0, 0), (30, 2), (9, 3)]), *graded("B", [(1, 0), (5, 1), (9, 4)]))
    full = by_grade(whole)
    assert len(full) == 2
    left_out = whole[~((whole["school"] == "A") & (whole["breakdown"] == "grade_11"))]
    for frame in (left_out, whole[whole["school"] == "A"], whole.assign(group="staff"), counts_frame([])):
        empty = by_grade(frame)
        assert empty.empty
        pd.testing.assert_series_equal(empty.dtypes, full.dtypes)
