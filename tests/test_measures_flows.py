"""Trends, comparisons like for like, stages and ratios of flows."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from measure_rows import counts, records, row

from dangvien_analysis.frames import counts_frame
from dangvien_analysis.measures import funnel, interval, like_for_like, ratio, trend

TREND = ("group", "period", "measure", "n", "cumulative", "schools", "expected", "gaps", "partial", "derived")


def _two_schools():
    """Pupils and staff of A and B; B did not report 2022, and 2024 is not over."""
    return counts(
        row("A", "2021", "nominated", 10),
        row("A", "2022", "nominated", 12),
        row("A", "2024", "nominated", 3),
        row("B", "2021", "nominated", 20),
        row("B", "2024", "nominated", 0),
        row("A", "2022", "admitted", 4),
        row("B", "2024", "admitted", 1),
        row("A", "2021", "nominated", 2, group="staff"),
    )


def test_a_trend_adds_schools_within_a_period_and_periods_over_time():
    """Students and staff apart; who reported, how many should have, and what is still missing stand beside."""
    found = trend(_two_schools(), schools=["A", "B"], periods=["2021", "2022", "2024"])
    assert tuple(found.columns) == TREND
    assert records(found) == [
        ("student", "2021", "nominated", 30, 30, 2, 2, 0, False, False),
        ("student", "2021", "admitted", None, None, 0, 2, 2, False, False),
        ("student", "2022", "nominated", 12, 42, 1, 2, 1, False, False),
        ("student", "2022", "admitted", 4, 4, 1, 2, 3, False, False),
        ("student", "2024", "nominated", 3, 45, 2, 2, 1, True, False),
        ("student", "2024", "admitted", 1, 5, 1, 2, 4, True, False),
        ("staff", "2021", "nominated", 2, 2, 1, 2, 1, False, False),
        ("staff", "2022", "nominated", None, 2, 0, 2, 3, False, False),
        ("staff", "2024", "nominated", None, 2, 0, 2, 5, False, False),
    ]


def test_without_a_registry_nothing_is_said_about_what_was_expected():
    """Completeness is then unknown, which is not the same as complete."""
    found = trend(_two_schools())
    assert found[["expected", "gaps"]].isna().all(axis=None)
    assert records(found, "period", "n")[:2] == [("2021", 30), ("2021", None)]


def test_a_trend_of_each_school_expects_it_only_while_it_existed():
    """A school that closed in 2022 is not missing in 2024, and one not asked for is left out."""
    closed = SimpleNamespace(id="B", valid_from=None, valid_to=date(2022, 6, 30))
    found = trend(_two_schools(), by=["school", "group"], schools=[closed], periods=["2022", "2024"])
    assert records(found, "school", "period", "measure", "n", "expected", "gaps") == [
        ("B", "2022", "nominated", None, 1, 1),
        ("B", "2022", "admitted", None, 1, 1),
        ("B", "2024", "nominated", 0, 0, 1),
        ("B", "2024", "admitted", 1, 0, 1),
    ]


def test_a_period_is_partial_by_the_rows_own_date_and_else_by_the_one_given():
    """The form's date counts before the collection's; a period nobody reported goes by the collection's."""
    frame = counts(
        row("A", "2023", "admitted", 1, as_of=date(2023, 6, 30)),
        row("A", "2022", "admitted", 1, as_of=None),
    )
    assert records(trend(frame, periods=["2022", "2023", "2024"]), "period", "partial") == [
        ("2022", False),
        ("2023", True),
        ("2024", False),
    ]
    assert records(trend(frame, as_of=date(2024, 12, 31)), "partial") == [(False,), (True,)]
    assert records(trend(frame, as_of=date(2022, 5, 1), periods=["2022", "2023", "2024"]), "partial") == [(True,)] * 3


def test_a_stock_is_not_added_over_time():
    """Party members at the end of 2022 and of 2023 are the same people."""
    frame = counts(row("A", "2022", "party_members", 40), row("A", "2023", "party_members", 42))
    found = trend(frame, measures=["party_members"])
    assert records(found, "n", "cumulative") == [(40, None), (42, None)]


def test_a_sum_of_parts_is_marked_in_the_trend():
    """Who reads the figure can see that nobody reported it as a whole."""
    frame = counts(
        row("A", "2022", "admitted", 1, breakdown="male"),
        row("A", "2022", "admitted", 2, breakdown="female"),
        row("B", "2022", "admitted", 5),
    )
    assert records(trend(frame), "n", "schools", "derived") == [(8, 2, True)]


@pytest.mark.parametrize("measure", [trend, funnel, like_for_like])
def test_periods_of_different_kinds_are_never_added(measure):
    """A school year is half of two calendar years; the message names both periods."""
    frame = counts(row("A", "2022", "admitted", 1), row("B", "2022-2023", "admitted", 2))
    with pytest.raises(ValueError, match=r"khác loại với nhau: 2022 \(năm\); năm học 2022–2023 \(năm học\)"):
        measure(frame)
    assert len(measure(frame, by=["school", "group"])) in (0, 2)


def test_periods_that_overlap_are_never_added():
    """Nine months and the whole run contain the same people."""
    frame = counts(row("A", "2022-11/2023-10", "admitted", 2), row("A", "2023-01/2023-09", "admitted", 1))
    with pytest.raises(ValueError, match="chồng lên nhau: 11/2022–10/2023; 1/2023–9/2023"):
        trend(frame)


@pytest.mark.parametrize("measure", [trend, funnel, ratio, like_for_like])
def test_students_and_staff_are_never_in_one_row(measure):
    """Whoever leaves the group out of `by` is told so, unless there is one group only."""
    frame = counts(row("A", "2022", "admitted", 1), row("A", "2022", "admitted", 1, group="staff"))
    with pytest.raises(ValueError, match="Không gộp học sinh với cán bộ"):
        measure(frame, by=["school"])
    measure(frame[frame["group"] == "staff"], by=["school"])


def test_like_for_like_compares_schools_that_reported_both():
    """B is absent in 2022, so 2022 is held against A's 2021 alone; a partial year is marked."""
    found = like_for_like(_two_schools())
    assert records(found) == [
        ("student", "nominated", "2022", "2021", 1, 12, 10, 2, None, None, False),
        ("student", "nominated", "2024", "2022", 1, 3, 12, -9, None, None, True),
    ]


def test_like_for_like_says_how_many_courses_each_period_had():
    """Fewer pupils from fewer courses is not a fall; schools that tell none apart say nothing."""
    frame = counts(
        row("A", "2022", "trained", 9, cohort="2022/1"),
        row("A", "2022", "trained", 8, cohort="2022/2"),
        row("A", "2023", "trained", 7, cohort="2023/1"),
        row("B", "2022", "trained", 5),
        row("B", "2023", "trained", 6),
    )
    found = like_for_like(frame)
    assert records(found, "schools", "n", "previous_n", "courses", "previous_courses") == [(2, 13, 22, 1, 2)]


def test_like_for_like_never_compares_periods_of_different_length():
    """Half a year is not held against nine months, nor a school year against a calendar year."""
    frame = counts(
        row("A", "2021-01/2021-06", "admitted", 1),
        row("A", "2021-07/2022-03", "admitted", 5),
        row("A", "2022-04/2022-09", "admitted", 2),
        row("B", "2022-2023", "admitted", 2),
        row("B", "2023-2024", "admitted", 3),
    )
    found = like_for_like(frame, by=["school", "group"])
    assert records(found, "school", "period", "previous_period", "change") == [
        ("A", "2022-04/2022-09", "2021-01/2021-06", 1),
        ("B", "2023-2024", "2022-2023", 1),
    ]


def test_stages_are_added_over_the_periods_with_their_step_rates():
    """Each rate has the stage before it below; the helper's stage has none on either side."""
    frame = counts(
        *(row("A", "2021", stage, n) for stage, n in [("nominated", 20), ("trained", 18), ("mentored", 9)]),
        *(row("A", "2022", stage, n) for stage, n in [("nominated", 30), ("trained", 27), ("mentored", 20)]),
        *(row("A", "2022", stage, n) for stage, n in [("proposed", 8), ("admitted", 6)]),
        row("A", "2021", "proposed", 0),
        row("A", "2021", "admitted", 0),
    )
    found = funnel(frame)
    assert records(found, "group", "stage", "n", "previous_stage", "previous", "matched", "schools", "partial") == [
        ("student", "nominated", 50, None, None, None, 1, False),
        ("student", "trained", 45, "nominated", 50, 45, 1, False),
        ("student", "mentored", 29, None, None, None, 1, False),
        ("student", "proposed", 8, "trained", 45, 8, 1, False),
        ("student", "admitted", 6, "proposed", 8, 6, 1, False),
    ]
    assert records(found, "rate", "low", "high") == [
        (None, None, None),
        tuple(interval(45, 50)),
        (None, None, None),
        tuple(interval(8, 45)),
        tuple(interval(6, 8)),
    ]


def test_a_step_uses_only_what_reported_both_stages():
    """B left out who was trained in 2022, so its admissions of 2022 are not put over A's course."""
    frame = counts(
        row("A", "2021", "trained", 10),
        row("A", "2021", "admitted", 1),
        row("A", "2022", "trained", 10),
        row("A", "2022", "admitted", 2),
        row("B", "2022", "admitted", 9),
    )
    found = funnel(frame)
    assert records(found, "stage", "n", "previous_stage", "previous", "matched", "schools") == [
        ("trained", 20, "nominated", None, None, 1),
        ("admitted", 12, "trained", 20, 3, 2),
    ]
    assert records(found, "rate")[1] == (0.15,)


def test_one_period_or_more_people_than_before_gives_no_step_rate():
    """Those admitted in a year were trained in others: a ratio of flows may pass 100% and is no rate."""
    one = counts(row("A", "2023", "trained", 10), row("A", "2023", "admitted", 2))
    more = counts(
        *(row("A", year, stage, n) for year in ("2022", "2023") for stage, n in [("trained", 1), ("admitted", 2)])
    )
    for frame in (one, more):
        assert funnel(frame)[["rate", "low", "high"]].isna().all(axis=None)
    assert records(ratio(more), "admitted_per_trained") == [(2.0,), (2.0,)]


def test_admissions_stand_beside_nominated_and_beside_trained():
    """Both ratios are named, and rest on the school-periods that reported both numbers."""
    frame = counts(
        row("A", "2022", "nominated", 20),
        row("A", "2022", "trained", 10),
        row("A", "2022", "admitted", 4),
        row("B", "2022", "nominated", 5),
        row("B", "2022", "admitted", 6),
        row("A", "2022", "nominated", 0, group="staff"),
        row("A", "2022", "admitted", 1, group="staff"),
        row("A", "2024", "admitted", 1, group="staff"),
    )
    assert records(ratio(frame)) == [
        ("student", "2022", 25, 10, 10, 0.4, 0.4, 25, 10, 10, 4, False),
        ("staff", "2022", 0, None, 1, None, None, 0, 1, None, None, False),
        ("staff", "2024", None, None, 1, None, None, None, None, None, None, True),
    ]
    more = pd.concat([frame, counts(row("C", "2022", "nominated", 50), row("C", "2022", "trained", 40))])
    assert records(ratio(more), "nominated", "nominated_base", "trained_base", "admitted_per_nominated")[0] == (
        *(75, 25, 10),
        0.4,
    )
    assert records(ratio(frame, by=["group"]), "group", "nominated", "admitted", "partial") == [
        ("student", 25, 10, False),
        ("staff", 0, 2, True),
    ]


@pytest.mark.parametrize("measure", [trend, funnel, ratio, like_for_like])
def test_nothing_gives_nothing_with_the_same_columns(measure):
    """An empty frame keeps columns and types, also with schools and periods that were expected."""
    rows = [row("A", year, stage, 1) for year in ("2022", "2023") for stage in ("trained", "admitted")]
    full = measure(counts(*rows))
    assert len(full) > 0
    for empty in (measure(counts_frame([])), measure(counts_frame([]), schools=["A"], periods=["2022"])):
        assert empty.empty
        pd.testing.assert_series_equal(empty.dtypes, full.dtypes)
