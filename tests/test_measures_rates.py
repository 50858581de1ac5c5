"""Shares and limits against values that others computed, and against their own definition."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangvien_analysis.measures import clopper_pearson, control_limits, interval
from dangvien_analysis.measures.rates import binomial, hypergeometric, limit_counts


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (1, 100, 0.0017674320641406511, 0.054486196178705294),
        (5, 100, 0.02154367915436798, 0.11175046923191911),
        (65, 100, 0.5525444329688797, 0.7363575175690247),
        (1045, 5000, 0.19795549880013297, 0.22049130373189027),
        (0, 30, 0.0, 0.11351339),
    ],
)
def test_wilson_agrees_with_phe_indicator_methods(successes, trials, low, high):
    """The values are those of PHEindicatormethods::phe_proportion (Public Health England)."""
    found = interval(successes, trials)
    assert found.rate == successes / trials
    assert found.low == pytest.approx(low, abs=1e-8 if successes == 0 else 1e-15)
    assert found.high == pytest.approx(high, abs=1e-8 if successes == 0 else 1e-15)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.3084971078187608),  # high = 1 - 0.025 ** (1/10)
        (10, 10, 0.6915028921812392, 1.0),
        (1, 1, 0.025, 1.0),
        (1, 2, 0.012579117093425287, 0.9874208829065747),  # 1 -+ sqrt(0.975), from the quadratic
    ],
)
def test_clopper_pearson_agrees_with_its_closed_forms(successes, trials, low, high):
    """Where the beta quantile has a closed form, the limits are that form."""
    found = clopper_pearson(successes, trials)
    assert found.low == pytest.approx(low, abs=1e-12)
    assert found.high == pytest.approx(high, abs=1e-12)


@given(st.integers(1, 80), st.data())
def test_clopper_pearson_limits_have_exactly_the_tails_they_promise(trials, data):
    """At the lower limit P(X >= x) is 2,5%, at the upper P(X <= x) is: Clopper's and Pearson's definition."""
    successes = data.draw(st.integers(0, trials))
    found = clopper_pearson(successes, trials)
    if successes > 0:
        assert binomial(trials, found.low)[successes:].sum() == pytest.approx(0.025, abs=1e-10)
    if successes < trials:
        assert binomial(trials, found.high)[: successes + 1].sum() == pytest.approx(0.025, abs=1e-10)


def test_nobody_and_everybody_reach_the_very_ends():
    """0 of n has the limit 0 and n of n the limit 1, not something that is printed as 0,0% by luck."""
    for trials in range(1, 200):
        assert interval(0, trials).low == 0.0
        assert interval(trials, trials).high == 1.0
        assert clopper_pearson(0, trials).low == 0.0
        assert clopper_pearson(trials, trials).high == 1.0


def test_columns_give_a_frame_with_the_same_index():
    """A missing number or an empty denominator has no share and no limits; the others are as for single numbers."""
    successes = pd.Series([1, pd.NA, 0, 3], index=list("abcd"), dtype="Int64")
    found = interval(successes, pd.Series([100, 10, 0, 3], index=list("abcd"), dtype="Int64"))
    assert list(found.columns) == ["rate", "low", "high"]
    assert list(found.index) == list("abcd")
    assert tuple(found.loc["a"]) == tuple(interval(1, 100))
    assert found.loc[["b", "c"]].isna().all(axis=None)
    assert found.loc["d", "high"] == 1.0
    assert interval([], []).empty


def test_single_numbers_may_be_missing():
    """What is missing has no interval; it is not 0%."""
    assert all(math.isnan(value) for value in interval(pd.NA, 10))
    assert all(math.isnan(value) for value in interval(0, 0))


@pytest.mark.parametrize(("successes", "trials"), [(-1, 5), (6, 5), (0, -1)])
def test_impossible_counts_are_refused(successes, trials):
    """More admitted than people is a ratio of flows, never a share."""
    with pytest.raises(ValueError, match="Tử số phải từ 0 đến mẫu số"):
        interval(successes, trials)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5])
def test_a_confidence_is_between_zero_and_one(confidence):
    """95 typed for 0.95 is an error, not a limit at infinity."""
    with pytest.raises(ValueError, match="Độ tin cậy"):
        interval(1, 10, confidence)


def _binomial_by_definition(trials, rate):
    return [math.comb(trials, x) * rate**x * (1 - rate) ** (trials - x) for x in range(trials + 1)]


def _hypergeometric_by_definition(successes, pool, trials):
    ways = math.comb(pool, trials)
    return [math.comb(successes, x) * math.comb(pool - successes, trials - x) / ways for x in range(trials + 1)]


def _assert_tightest(low, high, chances, promise):
    """Outside counts have a tail of at most the promise, the next count inside a larger one."""
    assert sum(chances[:low]) <= promise
    assert sum(chances[: low + 1]) > promise
    assert sum(chances[high + 1 :]) <= promise
    assert sum(chances[high:]) > promise


@pytest.mark.parametrize("centre", [0.003, 0.16, 0.45, 0.98])
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_binomial_limits_are_the_tightest_that_keep_their_promise(centre, confidence):
    """For every school of 1 to 300 people, against a direct sum of probabilities."""
    for trials in range(1, 301):
        low, high = limit_counts(trials, centre, None, confidence)
        _assert_tightest(low, high, _binomial_by_definition(trials, centre), (1 - confidence) / 2)
        assert control_limits(trials, centre, confidence) == (low / trials, high / trials)


@pytest.mark.parametrize("pool", [(25, 159), (2, 159), (120, 300), (0, 60), (60, 60)])
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_pooled_limits_are_the_tightest_that_keep_their_promise(pool, confidence):
    """For every size of school up to the pool, against a direct sum of probabilities."""
    for trials in range(1, pool[1] + 1):
        low, high = limit_counts(trials, None, pool, confidence)
        _assert_tightest(low, high, _hypergeometric_by_definition(*pool, trials), (1 - confidence) / 2)
        assert control_limits(trials, confidence=confidence, pool=pool) == (low / trials, high / trials)


def test_a_tail_of_exactly_the_promise_is_outside():
    """Two people at 50%: nobody has probability 25%, which is at most a quarter, so 0 and 2 are outside."""
    assert control_limits(2, 0.5, confidence=0.5) == (0.5, 0.5)


def test_probabilities_of_large_schools_neither_vanish_nor_overflow():
    """A province's numbers are added up in log space."""
    assert binomial(100_000, 0.157).sum() == pytest.approx(1, abs=1e-9)
    assert hypergeometric(9_000, 100_000, 60_000).sum() == pytest.approx(1, abs=1e-8)


def test_limits_of_a_column_keep_its_index_and_its_gaps():
    """Each school has limits at its own size; a school without people has none."""
    sizes = pd.Series([15, 0, pd.NA], index=["A", "B", "C"], dtype="Int64")
    found = control_limits(sizes, pool=(25, 159))
    assert list(found.index) == ["A", "B", "C"]
    assert tuple(found.loc["A"]) == control_limits(15, pool=(25, 159))
    assert np.isnan(found.loc[["B", "C"]]).all(axis=None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({}, "Cho một trong hai"),
        ({"centre": 0.2, "pool": (1, 20)}, "Cho một trong hai"),
        ({"centre": 16}, "phải là một tỷ lệ"),
        ({"pool": (21, 20)}, "21/20 không hợp lệ"),
        ({"pool": (1, 9)}, "nhiều người hơn cả các trường cộng lại"),
    ],
)
def test_limits_without_a_sensible_reference_are_refused(arguments, words):
    """The message says which of the two is needed."""
    with pytest.raises(ValueError, match=words):
        control_limits(10, **arguments)
