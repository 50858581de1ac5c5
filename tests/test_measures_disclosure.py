"""Masking, against an attacker who tries every table that the printed numbers allow."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_rows import counts, records, row

from dangvien_analysis.frames import counts_frame
from dangvien_analysis.measures import suppress, totals

THRESHOLD = 3  # small tables, so that every possible one can be tried; 1 and 2 are small


def _beliefs(table, masked, threshold):
    """Return for each masked cell the values in some table that agrees with all that is printed.

    The attacker knows which cells are small, but not in a period masked wholly; every period's total; every
    school's total, unless it is small, or the school has one cell only.
    """
    periods = sorted({period for _, period in table})
    schools = sorted({school for school, _ in table})
    columns = [_columns(table, masked, period, threshold) for period in periods]
    beliefs = {place: set() for place in masked}
    row_totals = {school: sum(n for (name, _), n in table.items() if name == school) for school in schools}
    for combination in product(*columns):
        guess = {place: n for column in combination for place, n in column.items()}
        if all(_row_agrees(guess, school, row_totals[school], threshold) for school in schools):
            for place in masked:
                beliefs[place].add(guess[place])
    return beliefs


def _columns(table, masked, period, threshold):
    """Every way to fill one period, as the attacker sees it."""
    places = [place for place in table if place[1] == period]
    total = sum(table[place] for place in places)
    zero_rows = {
        school
        for school, _ in places
        if sum(n for (name, _), n in table.items() if name == school) == 0
        and sum(name == school for name, _ in table) > 1
    }
    wholly = all(place in masked or place[0] in zero_rows for place in places)
    ranges = []
    for place in places:
        if place not in masked:
            ranges.append([table[place]])
        elif 0 < table[place] < threshold and not wholly:
            ranges.append(range(1, threshold))
        else:
            ranges.append(range(total + 1))
    return [dict(zip(places, values, strict=True)) for values in product(*ranges) if sum(values) == total]


def _row_agrees(guess, school, total, threshold):
    values = [n for (name, _), n in guess.items() if name == school]
    if len(values) == 1:
        return True
    return 0 < sum(values) < threshold if 0 < total < threshold else sum(values) == total


def _masked(frame):
    found = frame[frame["masked"]]
    return set(zip(found["school"], found["period"], strict=True))


def test_the_attacker_of_these_tests_finds_what_is_badly_hidden():
    """Two masked cells with total 2 are both 1, and masking one cell beside a printed total hides nothing."""
    table = {("A", "2021"): 1, ("B", "2021"): 1, ("C", "2021"): 5}
    assert _beliefs(table, {("A", "2021"), ("B", "2021")}, 5) == {("A", "2021"): {1}, ("B", "2021"): {1}}
    table = {("A", "2021"): 2, ("B", "2021"): 7}
    assert _beliefs(table, {("A", "2021")}, 5) == {("A", "2021"): {2}}


@given(st.data())
def test_every_masked_cell_keeps_three_values_whatever_the_attacker_tries(data):
    """Protected cells have at least 3 possible values; the others are named, and what is small is never printed."""
    schools, periods = data.draw(
        st.sampled_from([("ABC", ["2021", "2022"]), ("AB", ["2021", "2022", "2023"]), ("ABCD", ["2021"])])
    )
    numbers = st.one_of(st.none(), st.integers(0, 6))
    cells = {(school, period): data.draw(numbers) for school in schools for period in periods}
    table = {place: n for place, n in cells.items() if n is not None}
    frame = totals(counts(*(row(school, period, "admitted", n) for (school, period), n in table.items())))
    found = suppress(frame, THRESHOLD)
    assert records(found, "school", "period") == records(frame, "school", "period")
    masked = _masked(found)
    assert {place for place, n in table.items() if 0 < n < THRESHOLD} <= masked
    for school, period, n, hidden in records(found, "school", "period", "n", "masked"):
        assert n == (None if hidden else table[school, period])
    beliefs = _beliefs(table, masked, THRESHOLD)
    protected = {(school, period): safe for school, period, safe in records(found, "school", "period", "protected")}
    for place in masked:
        assert (len(beliefs[place]) >= 3) == protected[place], (table, masked, place, beliefs[place])


@pytest.mark.parametrize(
    "numbers",
    [
        {"A": (1, 7, 0), "B": (6, 2, 12), "C": (0, 12, 0)},  # what is masked to hide others must itself be hidden
        {"A": (0, 2), "B": (0, 2)},  # a school's total that is small is not printed either
    ],
)
def test_tables_that_can_be_protected_are(numbers):
    """No cell of these stays exposed."""
    rows = [
        row(school, str(2021 + place), "admitted", n)
        for school, values in numbers.items()
        for place, n in enumerate(values)
    ]
    found = suppress(counts(*rows), 4)
    assert found["masked"].any()
    assert found["protected"].all()


def test_small_counts_take_a_second_cell_of_their_row_and_column_with_them():
    """One small cell and printed totals: three more cells go, the smallest that close the ring."""
    numbers = {"A": (3, 12, 22), "B": (10, 14, 19), "C": (9, 13, 16)}
    frame = counts(
        *(
            row(school, year, "trained", n)
            for school, values in numbers.items()
            for year, n in zip(("2021", "2022", "2023"), values, strict=True)
        )
    )
    found = suppress(frame)
    assert records(found, "school", "period", "n", "masked") == [
        ("A", "2021", None, True),
        ("A", "2022", None, True),
        ("A", "2023", 22, False),
        ("B", "2021", 10, False),
        ("B", "2022", 14, False),
        ("B", "2023", 19, False),
        ("C", "2021", None, True),
        ("C", "2022", None, True),
        ("C", "2023", 16, False),
    ]
    assert found["protected"].all()


def test_what_was_typed_and_where_go_with_the_number():
    """A masked number is not to be found in its raw text, nor looked up at its address."""
    rows = [
        row(school, "2021", "trained", n, raw=f"{n} em", cell="C7") for school, n in zip("ABC", (3, 8, 30), strict=True)
    ]
    assert records(suppress(counts(*rows)), "n", "raw", "cell") == [(None, "", ""), (None, "", ""), (30, "30 em", "C7")]


def test_zeros_and_gaps_stay_as_they_are():
    """Nobody is identified by a reported zero, and a gap is not a mask."""
    frame = totals(counts(*(row(school, "2021", "admitted", n) for school, n in zip("ABC", (0, 9, 12), strict=True))))
    found = suppress(frame)
    assert records(found, "n", "masked", "protected") == [(0, False, True), (9, False, True), (12, False, True)]


def test_a_total_that_gives_its_only_school_away_is_named():
    """With one school the district's total is the school's number, whatever is masked."""
    found = suppress(counts(row("A", "2021", "admitted", 3)))
    assert records(found, "n", "masked", "protected") == [(None, True, False)]


def test_parts_by_school_are_never_printed():
    """Women, cohorts and reasons by school, large or small, would have to hold against several totals at once."""
    frame = counts(
        *(row(school, "2021", "admitted", 20) for school in "ABC"),
        *(row(school, "2021", "admitted", 11, breakdown="female") for school in "ABC"),
        *(row(school, "2021", "admitted", 6, cohort="2021") for school in "ABC"),
        *(row(school, "2021", "not_admitted", 8, reason="under_age") for school in "ABC"),
    )
    assert suppress(frame)["masked"].tolist() == [False] * 3 + [True] * 9


def test_everybody_of_a_small_group_is_masked_too():
    """Six trained and six admitted tells of each of the six; of thirty it tells of nobody."""
    rows = [row(school, "2021", "trained", n) for school, n in zip("ABC", (6, 30, 40), strict=True)]
    rows += [row(school, "2021", "admitted", n) for school, n in zip("ABC", (6, 30, 12), strict=True)]
    found = suppress(counts(*rows))
    assert found.loc[found["measure"] == "trained", "masked"].tolist() == [False, False, False]
    assert found.loc[found["measure"] == "admitted", "masked"].tolist() == [True, False, True]


def test_what_was_masked_last_month_stays_masked():
    """Two copies of one table differ only in what is new; a cell masked in one and printed in the other is no mask."""
    before = counts(*(row(school, "2021", "trained", n) for school, n in zip("ABC", (3, 8, 30), strict=True)))
    earlier = suppress(before)
    assert earlier["masked"].tolist() == [True, True, False]
    now = before.assign(n=pd.array([20, 8, 30], dtype="Int64"))
    assert suppress(now)["masked"].tolist() == [False, False, False]
    assert suppress(now, keep=earlier)["masked"].tolist() == [True, True, False]


def test_students_and_staff_and_measures_are_tables_of_their_own():
    """Their totals are printed apart, so each is protected by itself."""
    frame = counts(
        *(row(school, "2021", "trained", n) for school, n in zip("AB", (3, 40), strict=True)),
        *(row(school, "2021", "trained", n, group="staff") for school, n in zip("AB", (30, 40), strict=True)),
    )
    assert suppress(frame)["masked"].tolist() == [True, True, False, False]


def test_a_snapshot_by_school_has_no_periods():
    """`axes` may be the schools alone, as in the table of who is waiting."""
    frame = pd.DataFrame({"school": list("ABC"), "waiting": pd.array([2, 7, 20], dtype="Int64")})
    found = suppress(frame, axes=("school",), value="waiting")
    assert records(found, "school", "waiting", "masked") == [("A", None, True), ("B", None, True), ("C", 20, False)]


def test_nothing_is_masked_in_nothing():
    """An empty frame comes back with the two marks, and no argument is changed."""
    found = suppress(counts_frame([]))
    assert found.empty
    assert [str(found[column].dtype) for column in ("n", "masked", "protected")] == ["Int64", "bool", "bool"]
    frame = counts(row("A", "2021", "admitted", 3))
    before = frame.copy(deep=True)
    suppress(frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("seed", range(3))
def test_a_province_is_masked_in_seconds_and_holds(seed):
    """60 schools and 4 years: nothing small is printed, and few cells beyond the small ones are lost."""
    rng = np.random.default_rng(seed)
    years = ("2021", "2022", "2023", "2024")
    rows = [row(f"s{place}", year, "trained", int(rng.poisson(9))) for place in range(60) for year in years]
    found = suppress(counts(*rows))
    small = np.array([0 < entry["n"] < 5 for entry in rows])
    assert found["masked"].to_numpy()[small].all()
    assert found["protected"].all()
    assert found["masked"].sum() <= 4 * small.sum()
