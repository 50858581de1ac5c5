"""Supplementary targets in whole numbers: within bounds, and never less for one when there is more to give."""

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from measure_rows import counts, records, row

from dangvien_analysis.measures import allocate, proposal

WEIGHTS = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 40), min_size=1)


def _given(total, weights, **bounds):
    frame = allocate(total, weights, **bounds)
    return dict(zip(frame["school"], frame["n"], strict=True))


def test_every_one_goes_where_it_is_owed_most():
    """22, 20, 18 and 13 waiting people share 8: the split of the founding example."""
    found = allocate(8, {"A": 22, "B": 20, "C": 18, "D": 13}, minimum=1, maximum={"A": 9, "B": 8})
    assert records(found) == [
        ("A", 22.0, 1, 9, 3, False),
        ("B", 20.0, 1, 8, 2, False),
        ("C", 18.0, 1, None, 2, False),
        ("D", 13.0, 1, None, 1, False),
    ]


def test_one_more_takes_none_away():
    """Largest remainders give 4, 4, 2 of ten and 5, 5, 1 of eleven; here nobody loses."""
    assert _given(10, {"A": 6, "B": 6, "C": 2}) == {"A": 5, "B": 4, "C": 1}
    assert _given(11, {"A": 6, "B": 6, "C": 2}) == {"A": 5, "B": 5, "C": 1}


def test_a_tie_goes_to_the_larger_weight_then_to_the_smaller_id_and_is_said():
    """A and B are alike, so who gets the last one is a matter of order: the report must say so."""
    assert records(allocate(1, {"B": 5, "A": 5, "C": 1}), "school", "n", "tied") == [
        ("B", 0, True),
        ("A", 1, True),
        ("C", 0, False),
    ]
    larger = allocate(2, {"A": 1, "B": 3, "C": 1})  # the second of B and the first of A and C are owed the same
    assert records(larger, "n", "tied") == [(0, True), (2, True), (0, True)]
    assert not allocate(2, {"A": 5, "B": 5})["tied"].any()


@given(WEIGHTS, st.integers(0, 60), st.data())
def test_shares_add_up_keep_their_bounds_and_grow_with_the_total(weights, total, data):
    """Whole numbers within minimum and maximum that add up; one more gives one school one more and takes none."""
    minimum = {school: data.draw(st.integers(0, 4)) for school in weights}
    maximum = {school: minimum[school] + data.draw(st.integers(0, 9)) for school in weights}
    most = sum(maximum[school] if weight else minimum[school] for school, weight in weights.items())
    assume(sum(minimum.values()) <= total < most)
    now, more = (_given(n, weights, minimum=minimum, maximum=maximum) for n in (total, total + 1))
    assert sum(now.values()) == total
    assert all(minimum[school] <= n <= maximum[school] for school, n in now.items())
    assert sorted(more[school] - now[school] for school in weights) == [0] * (len(weights) - 1) + [1]


@given(WEIGHTS, st.integers(0, 60), st.data())
def test_a_larger_weight_never_gets_less(weights, total, data):
    """Monotone in weights: raising one school's weight cannot lower its share, nor can the heavier of two have less."""
    assume(any(weights.values()))
    school = data.draw(st.sampled_from(sorted(weights)))
    heavier = weights | {school: weights[school] + data.draw(st.integers(1, 10))}
    assert _given(total, heavier)[school] >= _given(total, weights)[school]
    shares = _given(total, weights)
    for one in weights:
        for other in weights:
            assert weights[one] <= weights[other] or shares[one] >= shares[other]


@given(WEIGHTS, st.integers(1, 60))
def test_no_exchange_between_two_schools_would_be_fairer(weights, total):
    """Sainte-Laguë's own test: nobody's last one was owed less than another's next one."""
    assume(any(weights.values()))
    shares = _given(total, weights)
    last = [weights[school] / (2 * n - 1) for school, n in shares.items() if n]
    following = [weights[school] / (2 * n + 1) for school, n in shares.items()]
    assert min(last) >= max(following) - 1e-12


@pytest.mark.parametrize(
    ("total", "weights", "bounds", "words"),
    [
        (3, {"A": 1, "B": 1}, {"minimum": 2}, "tối thiểu đã là 4"),
        (9, {"A": 1, "B": 1}, {"maximum": 4}, r"vượt mức tối đa cộng lại của các trường \(8\)"),
        (9, {"A": 1, "B": 0}, {"maximum": {"A": 4}}, r"cộng lại của các trường \(4\)"),
        (1, {"A": 0, "B": 0}, {}, "Mọi trọng số đều bằng 0"),
        (1, {"A": -1}, {}, "Trọng số của A phải là một số không âm"),
        (1, {"A": float("nan")}, {}, "Trọng số của A"),
        (5, {"A": 1}, {"minimum": 4, "maximum": 3}, "lớn hơn mức tối đa"),
        (5, {"A": 1}, {"minimum": 0.5}, "phải là số nguyên không âm"),
        (2.5, {"A": 1}, {}, "Tổng chỉ tiêu 2.5 không chia được"),
        (-1, {"A": 1}, {}, "Tổng chỉ tiêu -1 không chia được"),
    ],
)
def test_what_cannot_be_shared_out_is_refused_in_words(total, weights, bounds, words):
    """A school without weight gets its minimum only, so it cannot take up what others have no room for."""
    with pytest.raises(ValueError, match=words):
        allocate(total, weights, **bounds)


def test_nothing_to_share_is_shared():
    """Zero among anybody, and anybody's minimum when there is no more."""
    assert _given(0, {"A": 0, "B": 0}) == {"A": 0, "B": 0}
    assert _given(3, {"A": 0, "B": 5}, minimum={"A": 3}) == {"A": 3, "B": 0}
    assert allocate(0, {}).empty


def test_a_series_of_weights_keeps_its_schools():
    """Weights and bounds may be columns of another result."""
    weights = pd.Series([6.5, 2.5], index=["B", "A"])
    found = allocate(3, weights, maximum=pd.Series([1, pd.NA], index=["B", "A"], dtype="Int64"))
    assert records(found, "school", "maximum", "n") == [("B", 1, 1), ("A", None, 2)]


def _waiting(school, trained, admitted, of_age):
    return [
        row(school, "2023", "trained", trained, cohort="2023"),
        row(school, "2023", "admitted", admitted, cohort="2023"),
        row(school, "2023", "departed", 0, cohort="2023"),
        row(school, "2024", "admitted", 0, cohort="2023"),
        row(school, "2022", "trained", 10, cohort="2022"),
        row(school, "2022", "admitted", 1, cohort="2022"),
        row(school, "2023", "admitted", 2, cohort="2022"),
        row(school, "2022", "departed", 7, cohort="2022"),
        row(school, "2024", "source", trained - admitted),
        row(school, "2024", "source", of_age, breakdown="age_18"),
    ]


def test_no_school_is_given_more_than_it_has_people_of_age():
    """B has most people waiting and only one of 18: the others share the rest."""
    frame = counts(*_waiting("A", 20, 2, 9), *_waiting("B", 40, 1, 1), *_waiting("C", 12, 2, 6))
    found = proposal(frame, 6)
    assert records(found, "school", "waiting", "age_18", "weight", "maximum", "n") == [
        ("A", 18, 9, 18.0, 9, 3),
        ("B", 39, 1, 39.0, 1, 1),
        ("C", 10, 6, 10.0, 6, 2),
    ]
    with pytest.raises(ValueError, match=r"vượt mức tối đa cộng lại của các trường \(16\)"):
        proposal(frame, 17)


def test_the_weight_of_a_proposal_is_named():
    """By who waits, or by who can be expected; anything else lists what exists."""
    frame = counts(*_waiting("A", 20, 2, 9), *_waiting("B", 40, 1, 9))
    expected = proposal(frame, 6, weight="expected")
    assert expected["weight"].tolist() == expected["expected"].tolist()
    assert expected["n"].sum() == 6
    with pytest.raises(ValueError, match="chọn một trong waiting, expected, eligible, even"):
        proposal(frame, 6, weight="rank")
    assert proposal(frame, 0, group="staff").empty


def test_other_weights_and_a_minimum_that_no_school_need_exceed():
    """By who is of age, or to all alike; a school with one person gets one, whatever the minimum."""
    frame = counts(*_waiting("A", 20, 2, 9), *_waiting("B", 40, 1, 1), *_waiting("C", 12, 2, 6))
    assert records(proposal(frame, 8, weight="eligible"), "school", "weight", "n") == [
        ("A", 9.0, 5),
        ("B", 1.0, 0),
        ("C", 6.0, 3),
    ]
    assert proposal(frame, 7, weight="even")["n"].tolist() == [3, 1, 3]
    assert records(proposal(frame, 6, minimum=2), "minimum", "n") == [(2, 3), (1, 1), (2, 2)]
