"""What can still come, and what a supplementary target would ask for."""

from datetime import date
from math import comb, exp, lgamma

import numpy as np
import pandas as pd
import pytest
from measure_rows import counts, records, row

from dangvien_analysis.frames import counts_frame
from dangvien_analysis.measures import ceilings, prediction, scenario

YEARS = ("2021", "2022", "2023", "2024")


def _cohort(school, year, trained, admitted, departed=None, **more):
    first = int(year)
    rows = [row(school, year, "trained", trained, cohort=year, **more)]
    rows += [row(school, str(first + k), "admitted", n, cohort=year, **more) for k, n in enumerate(admitted)]
    if departed is not None:
        rows.append(row(school, year, "departed", departed, cohort=year, **more))
    return rows


def _school(name, **more):
    """2021 wholly observed to k = 2, 2024 only begun; three have been admitted in 2024."""
    return [
        *_cohort(name, "2021", 40, [2, 6, 1, 0], departed=31, **more),
        *_cohort(name, "2022", 50, [4, 6, 0], departed=34, **more),
        *_cohort(name, "2023", 60, [5, 3], departed=20, **more),
        *_cohort(name, "2024", 30, [0], departed=0, **more),
    ]


def test_each_cohort_is_predicted_from_the_years_others_have_been_through():
    """Open and ceiling by cohort, the D and R that the draw rests on, and all cohorts together last."""
    found = prediction(counts(*_school("A")))
    columns = [
        "group",
        "period",
        "cohort",
        "k",
        "open",
        "ceiling",
        "done",
        "hazard_admitted",
        "hazard_at_risk",
        "known",
    ]
    assert records(found, *columns) == [
        ("student", "2024", "2021", 3, 31, 0, 0, None, None, True),
        ("student", "2024", "2022", 2, 40, 6, 0, 1, 32, True),
        ("student", "2024", "2023", 1, 55, 32, 3, 12, 84, True),
        ("student", "2024", "2024", 0, 30, 30, 0, 11, 150, True),
        ("student", "2024", None, None, 156, 68, 3, None, None, True),
    ]
    assert records(found, "expected", "low", "high")[0] == (0.0, 0, 0)


def _beta_binomial(m, a, b):
    def log_beta(p, q):
        return lgamma(p) + lgamma(q) - lgamma(p + q)

    return np.array([comb(m, x) * exp(log_beta(x + a, m - x + b) - log_beta(a, b)) for x in range(m + 1)])


def test_the_draws_are_beta_binomial_less_what_came_and_at_most_the_ceiling():
    """Against the distribution summed by hand: expected value, and the ends of the range."""
    found = prediction(counts(*_school("A")), runs=200_000)
    row_2023 = found[found["cohort"] == "2023"].iloc[0]
    chances = _beta_binomial(55, 12.5, 72.5)
    more = np.clip(np.arange(56) - 3, 0, 32)
    assert row_2023["expected"] == pytest.approx(chances @ more, abs=0.03)
    below = np.array([chances[more <= value].sum() for value in range(33)])
    assert row_2023["low"] == np.argmax(below >= 0.05)
    assert row_2023["high"] == np.argmax(below >= 0.95)


def test_a_prediction_is_the_same_every_time():
    """A fixed seed, and cells that do not depend on which others are there."""
    both = counts(*_school("A"), *_school("A", group="staff"))
    found = prediction(both)
    pd.testing.assert_frame_equal(found, prediction(both))
    alone = prediction(counts(*_school("A", group="staff")))
    pd.testing.assert_frame_equal(found[found["group"] == "staff"].reset_index(drop=True), alone)


def test_a_cohort_further_than_any_before_it_is_not_predicted():
    """Nobody has yet been seen in the third year: the cohort has no number, and the whole says it lacks one."""
    rows = [*_cohort("A", "2021", 12, [2, 4, 1, 0], departed=1), *_cohort("A", "2023", 10, [2, 1], departed=0)]
    found = prediction(counts(*rows))
    assert records(found, "cohort", "ceiling", "known", "low") == [
        ("2021", 4, False, None),
        ("2023", 7, True, found["low"].iloc[1]),
        (None, 11, False, found["low"].iloc[1]),
    ]


def test_a_school_is_predicted_from_the_rates_of_all():
    """One school's own rates are noise: B has admitted nobody, and is still expected to."""
    frame = counts(*_school("A"), *_cohort("B", "2022", 20, [0, 0, 0]), *_cohort("B", "2023", 20, [0, 0]))
    found = prediction(frame, by=["school", "group"])
    assert records(found[found["cohort"] == "2023"], "school", "hazard_admitted", "hazard_at_risk") == [
        ("A", 12, 104),
        ("B", 12, 104),
    ]
    assert (found.loc[found["school"] == "B", "expected"] > 0).all()


def test_without_departures_the_ceiling_is_who_was_trained_and_not_admitted():
    """It is then too high, and the column says what it is."""
    rows = [*_cohort("A", "2021", 40, [2, 6, 1, 0]), *_cohort("A", "2023", 60, [5, 3])]
    assert records(prediction(counts(*rows)), "cohort", "open", "ceiling") == [
        ("2021", 31, 31),
        ("2023", 55, 52),
        (None, 86, 83),
    ]


def test_people_who_can_be_admitted_by_the_date_limit_the_whole():
    """29 of age, or fewer: no range goes beyond them, by number or by group."""
    frame = counts(*_school("A"))
    assert records(prediction(frame, ceiling=4), "cohort", "ceiling")[-1] == (None, 4)
    assert prediction(frame, ceiling={"student": 4})["high"].iloc[-1] == 4
    assert prediction(frame, ceiling={"staff": 4})["ceiling"].iloc[-1] == 68


def test_at_the_turn_of_the_year_the_coming_year_is_predicted():
    """On 31-12-2023 nothing of 2024 has been reported, and all of it is still to come."""
    rows = [*_cohort("A", "2021", 40, [2, 6, 1]), *_cohort("A", "2022", 50, [4, 6]), *_cohort("A", "2023", 60, [5])]
    frame = counts(*({**entry, "as_of": date(2023, 12, 31)} for entry in rows))
    assert records(prediction(frame), "period", "cohort", "k", "open", "done") == [
        ("2024", "2021", 3, 31, 0),
        ("2024", "2022", 2, 40, 0),
        ("2024", "2023", 1, 55, 0),
        ("2024", None, None, 126, 0),
    ]


def test_school_years_are_predicted_as_school_years():
    """In March 2024 the year that is running is 2023-2024."""
    frame = counts(
        row("A", "2022-2023", "trained", 20, cohort="2022-2023"),
        row("A", "2022-2023", "admitted", 3, cohort="2022-2023"),
        row("A", "2023-2024", "trained", 30, cohort="2023-2024"),
        row("A", "2023-2024", "admitted", 1, cohort="2023-2024"),
    )
    assert records(prediction(frame), "period", "cohort", "k", "open", "known") == [
        ("2023-2024", "2023-2024", 0, 30, True),
        ("2023-2024", None, None, 30, True),
    ]


def test_a_supplementary_target_stands_beside_what_can_be_expected():
    """Within the range, in its upper quarter, beyond it: a range and a word, never a promise."""
    frame = counts(
        *_school("A"),
        row("A", "2024", "admitted", 3),
        row("A", "2024", "admitted", 8, kind="target"),
        row("A", "2024", "admitted", 2, kind="extra_target"),
    )
    whole = prediction(frame).iloc[-1]
    low, high = int(whole["low"]), int(whole["high"])
    upper = low + int(0.75 * (high - low)) + 1
    found = scenario(frame, extra=[0, upper - 7, high - 7, high - 6])
    columns = ["period", "extra", "planned", "done", "needed", "eligible", "low", "high", "verdict"]
    assert records(found, *columns) == [
        ("2024", 0, 10, 3, 7, 68, low, high, "within"),
        ("2024", upper - 7, upper + 3, 3, upper, 68, low, high, "upper"),
        ("2024", high - 7, high + 3, 3, high, 68, low, high, "upper"),
        ("2024", high - 6, high + 4, 3, high + 1, 68, low, high, "beyond"),
    ]
    assert found["rate_needed"].tolist() == [n / 68 for n in (7, upper, high, high + 1)]


def test_people_on_whom_the_range_is_silent_are_counted_and_soften_the_verdict():
    """2021 is followed longer than any other: its four may still come, so a target is beyond only above them too."""
    rows = [*_cohort("A", "2021", 12, [2, 4, 1, 0], departed=1), *_cohort("A", "2023", 10, [2, 1], departed=0)]
    frame = counts(*rows, row("A", "2024", "admitted", 1))
    found = prediction(frame)
    assert records(found, "cohort", "unpredicted", "known") == [("2021", 4, False), ("2023", 0, True), (None, 4, False)]
    high = int(found["high"].iloc[-1])
    asked = scenario(frame, extra=[high + 1, high + 2, high + 6])
    assert records(asked, "needed", "unpredicted", "verdict", "known") == [
        (high, 4, "upper", False),
        (high + 1, 4, "open", False),
        (high + 5, 4, "beyond", False),
    ]
    assert scenario(counts(*_school("A"), row("A", "2024", "admitted", 3)))["known"].all()


def test_more_than_there_are_people_is_beyond():
    """Whatever the range says: nobody can be admitted who is not there."""
    frame = counts(*_school("A"), row("A", "2024", "admitted", 3))
    found = scenario(frame, extra=[8], ceiling={"student": 4})
    assert records(found, "needed", "eligible", "verdict") == [(5, 4, "beyond")]


def test_age_limits_the_forecast_only_where_every_school_told_it():
    """A part of the schools is no ceiling for all; staff have none."""
    both = [*_cohort("A", "2023", 20, [2, 0], departed=0), *_cohort("B", "2023", 20, [2, 0], departed=0)]
    both += [*_cohort("A", "2023", 5, [1, 0], departed=0, group="staff")]
    told = [row(school, "2024", "source", 7, breakdown="age_18") for school in "AB"]
    assert ceilings(counts(*both, *told)) == {"student": 14}
    assert ceilings(counts(*both, told[0])) == {}
    assert ceilings(counts(*both, told[0]), schools=["A"]) == {"student": 7}
    assert ceilings(counts()) == {}


def test_a_target_already_met_needs_nobody_and_without_a_target_the_extra_is_the_target():
    """Needed is never below zero."""
    met = counts(*_school("A"), row("A", "2024", "admitted", 3), row("A", "2024", "admitted", 2, kind="target"))
    assert records(scenario(met), "planned", "needed", "verdict") == [(2, 0, "within")]
    none = counts(*_school("A"), row("A", "2024", "admitted", 3))
    assert records(scenario(none, extra=[5]), "planned", "needed") == [(5, 2)]


@pytest.mark.parametrize("measure", [prediction, scenario])
def test_nothing_gives_nothing_with_the_same_columns(measure):
    """An empty frame, and counts without cohorts, keep columns and types."""
    full = measure(counts(*_school("A")))
    for empty in (measure(counts_frame([])), measure(counts(row("A", "2023", "admitted", 3)))):
        assert empty.empty
        pd.testing.assert_series_equal(empty.dtypes, full.dtypes)
