"""Schools beside each other, and what chance alone does."""

import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from measure_rows import counts, records, row

from dangvien_analysis.frames import counts_frame
from dangvien_analysis.measures import (
    chance_outside,
    comparison,
    control_limits,
    overdispersion,
    power,
    same_share,
)


def _cohorts(school, trained, admitted, year="2021"):
    return [
        row(school, year, "trained", trained, cohort=year),
        row(school, year, "admitted", 0, cohort=year),
        row(school, "2022", "admitted", admitted, cohort=year),
    ]


def test_each_school_stands_between_the_limits_of_the_pool():
    """Order as given, limits at each school's own number, both probabilities."""
    frame = counts(
        *(
            entry
            for school, n, x in [("D", 28, 2), ("A", 50, 9), ("B", 43, 7), ("C", 38, 7)]
            for entry in _cohorts(school, n, x)
        )
    )
    found = comparison(frame, schools=["A", "B", "C", "D"])
    assert records(found, "school", "trained", "admitted", "rate", "pool_trained", "pool_admitted", "position") == [
        ("A", 50, 9, 9 / 50, 159, 25, "inside"),
        ("B", 43, 7, 7 / 43, 159, 25, "inside"),
        ("C", 38, 7, 7 / 38, 159, 25, "inside"),
        ("D", 28, 2, 2 / 28, 159, 25, "inside"),
    ]
    assert records(found, "low", "high") == [tuple(control_limits(n, pool=(25, 159))) for n in (50, 43, 38, 28)]
    assert records(found, "outer_low", "outer_high") == [
        tuple(control_limits(n, pool=(25, 159), confidence=0.998)) for n in (50, 43, 38, 28)
    ]
    assert set(found["basis"]) == {"cohorts"}
    assert records(comparison(frame), "school")[0] == ("D",)


def test_a_school_outside_is_named_below_or_above_and_a_small_one_has_no_rate():
    """Below ten people x/n is all there is; the limits still hold."""
    frame = counts(*_cohorts("A", 60, 2), *_cohorts("B", 60, 30), *_cohorts("C", 9, 4))
    found = comparison(frame)
    assert records(found, "school", "position", "outside_outer") == [
        ("A", "below", True),
        ("B", "above", True),
        ("C", "inside", False),
    ]
    assert records(found, "rate")[2] == (None,)


def test_a_cohort_whose_first_year_is_not_over_is_not_compared():
    """2024 has only begun; the running year counts for the cohorts before it."""
    running = [
        row("A", "2023", "trained", 20, cohort="2023"),
        row("A", "2023", "admitted", 1, cohort="2023"),
        row("A", "2024", "admitted", 2, cohort="2023"),
        row("A", "2024", "trained", 30, cohort="2024"),
        row("A", "2024", "admitted", 5, cohort="2024"),
    ]
    assert records(comparison(counts(*running, *_cohorts("B", 9, 1))), "school", "trained", "admitted") == [
        ("A", 20, 3),
        ("B", 9, 1),
    ]


def test_without_cohorts_the_window_is_compared_and_impossible_shares_stay_out():
    """More admitted than trained are people from before: no position, and not in the pool."""
    frame = counts(
        *(row(school, "2022", "trained", n) for school, n in zip("ABC", (20, 30, 5), strict=True)),
        *(row(school, "2022", "admitted", n) for school, n in zip("ABC", (4, 5, 8), strict=True)),
    )
    found = comparison(frame)
    assert records(found, "school", "position", "pool_trained", "pool_admitted", "basis") == [
        ("A", "inside", 50, 9, "flows"),
        ("B", "inside", 50, 9, "flows"),
        ("C", None, 50, 9, "flows"),
    ]
    assert records(found, "low", "high")[2] == (None, None)


def test_one_school_is_compared_only_with_a_centre_from_outside():
    """It cannot differ from itself; against a province it can."""
    frame = counts(*_cohorts("A", 60, 2))
    assert records(comparison(frame), "position", "outside_outer") == [(None, False)]
    found = comparison(frame, centre=0.4)
    assert records(found, "position", "outside_outer", "pool_admitted") == [("below", True, 2)]
    assert records(found, "low", "high") == [tuple(control_limits(60, 0.4))]


def test_nothing_gives_nothing_with_the_same_columns():
    """An empty frame keeps columns and types."""
    full = comparison(counts(*_cohorts("A", 60, 2), *_cohorts("B", 50, 2)))
    pd.testing.assert_series_equal(comparison(counts_frame([])).dtypes, full.dtypes)


def test_students_and_staff_have_pools_of_their_own():
    """Whoever forgets the group gets it all the same."""
    staff = [{**entry, "group": "staff"} for entry in _cohorts("A", 12, 6)]
    found = comparison(counts(*_cohorts("A", 60, 2), *staff), by=[])
    assert records(found, "group", "school", "pool_trained", "pool_admitted") == [
        ("student", "A", 60, 2),
        ("staff", "A", 12, 6),
    ]


def test_what_chance_puts_outside_is_the_sum_of_the_tails():
    """Independent schools around a centre: expected number and probability of any, by hand."""
    sizes, centre = [10, 15], 0.3
    inside = []
    for n in sizes:
        low, high = control_limits(n, centre)
        inside.append(
            sum(math.comb(n, x) * centre**x * (1 - centre) ** (n - x) for x in range(n + 1) if low <= x / n <= high)
        )
    found = chance_outside(sizes, centre)
    assert found.expected == pytest.approx(2 - sum(inside), abs=1e-12)
    assert found.at_least_one == pytest.approx(1 - inside[0] * inside[1], abs=1e-12)


def test_what_chance_puts_outside_given_the_pool_is_counted_over_every_table():
    """Three schools that share 7 of 24: all tables with that margin, weighted by how many ways they come about."""
    sizes, total = [6, 8, 10], 7
    limits = [control_limits(n, pool=(total, 24), confidence=0.8) for n in sizes]
    weights, outside = [], []
    for x in product(*(range(n + 1) for n in sizes)):
        if sum(x) == total:
            weights.append(math.prod(math.comb(n, k) for n, k in zip(sizes, x, strict=True)))
            outside.append(sum(not low <= k / n <= high for k, n, (low, high) in zip(x, sizes, limits, strict=True)))
    found = chance_outside(sizes, confidence=0.8, pool=(total, 24))
    assert found.expected == pytest.approx(np.average(outside, weights=weights), abs=1e-12)
    assert found.at_least_one == pytest.approx(np.average(np.array(outside) > 0, weights=weights), abs=1e-12)


def test_four_schools_have_one_outside_by_chance_in_one_case_of_ten():
    """The sentence beside the comparison says so: about 0,1 schools, not 0,2."""
    found = chance_outside([50, 43, 38, 28], pool=(25, 159))
    assert found == pytest.approx((0.0953, 0.0853), abs=1e-4)
    assert chance_outside([5, 5], pool=(0, 10)) == (0.0, 0.0)
    with pytest.raises(ValueError, match="cộng lại có 10 người, khác mẫu số chung 12"):
        chance_outside([5, 5], pool=(3, 12))


def test_power_is_the_probability_of_falling_outside_over_every_outcome():
    """A school of 6 among 14, summed over both binomials by hand."""
    by_hand = 0.0
    for x, y in product(range(7), range(9)):
        chance = math.comb(6, x) * 0.7**x * 0.3 ** (6 - x) * math.comb(8, y) * 0.2**y * 0.8 ** (8 - y)
        low, high = control_limits(6, pool=(x + y, 14))
        by_hand += chance * (not low <= x / 6 <= high)
    assert power(6, 14, 0.7, 0.2) == pytest.approx(by_hand, abs=1e-12)


def test_a_true_45_per_cent_among_16_is_noticed_about_every_second_time():
    """Four schools of 15: 48% at 95% limits, 13% at 99,8% (figures that the sentences print)."""
    assert power(15, 60, 0.45, 0.16) == pytest.approx(0.486, abs=5e-4)
    assert power(15, 60, 0.45, 0.16, 0.998) == pytest.approx(0.129, abs=5e-4)
    assert power(15, 60, 0.16, 0.16) < 0.05


def test_overdispersion_is_judged_from_ten_schools_on():
    """With nine, chance alone gives almost any value of phi."""
    nine = overdispersion([1] * 9, [10] * 9)
    assert (nine.schools, nine.judged) == (9, False)
    assert math.isnan(nine.phi)
    assert math.isnan(nine.p_value)
    alike = overdispersion([5] * 12 + [0], [20] * 12 + [0])
    assert (alike.schools, alike.judged, alike.phi, alike.p_value) == (12, True, 0.0, 1.0)
    uneven = overdispersion([1, 9, 5] * 4, [20] * 12)
    assert uneven.phi == pytest.approx(sum((x - 5) ** 2 for x in (1, 9, 5)) * 4 / (20 * 0.25 * 0.75) / 11)
    assert uneven.p_value < 0.001
    assert overdispersion([1, 9, 5] * 4, [20] * 12) == uneven
    assert not overdispersion([0] * 12, [20] * 12).judged


def test_the_same_share_is_tested_exactly_and_by_simulation_where_tables_are_too_many():
    """Fisher's tea: 3 of 4 against 1 of 4 has p = 34/70; a large table is simulated with a fixed seed."""
    assert same_share([3, 1], [4, 4]) == (pytest.approx(34 / 70), True)
    assert math.isnan(same_share([3], [4]).p_value)
    assert math.isnan(same_share([3, 0], [4, 0]).p_value)
    large = same_share([310, 300, 290], [1000, 1000, 1000])
    assert not large.exact
    assert large.p_value == pytest.approx(0.62, abs=0.02)
    assert same_share([310, 300, 290], [1000, 1000, 1000]) == large
