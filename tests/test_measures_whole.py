"""One number per school, period, group, measure and kind: what is taken, what is derived, what is left alone."""

from datetime import date

import pandas as pd
import pytest
from measure_rows import counts, records, row

from dangvien_analysis.frames import counts_frame
from dangvien_analysis.measures import of_kind, period_kinds, totals

COLUMNS = ["school", "period", "group", "measure", "kind", "n", "derived", "as_of"]


def test_a_reported_whole_is_taken_as_it_is():
    """Parts, reasons and cohorts beside it change nothing, and a target is not an actual."""
    frame = counts(
        row("A", "2022", "nominated", 12),
        row("A", "2022", "nominated", 5, breakdown="female"),
        row("A", "2022", "nominated", 7, breakdown="male"),
        row("A", "2022", "nominated", 15, kind="target"),
        row("A", "2022", "admitted", 3),
        row("A", "2022", "admitted", 2, cohort="2021"),
        row("A", "2022", "not_admitted", 4, reason="under_age"),
    )
    assert list(totals(frame).columns) == COLUMNS
    assert records(totals(frame)) == [
        ("A", "2022", "student", "nominated", "actual", 12, False, date(2024, 3, 14)),
        ("A", "2022", "student", "admitted", "actual", 3, False, date(2024, 3, 14)),
    ]
    assert records(totals(frame, kind=["target"]), "measure", "kind", "n") == [("nominated", "target", 15)]
    assert len(totals(frame, kind=None)) == 3


def test_a_missing_whole_is_the_sum_of_a_complete_set_of_parts():
    """Three grades or three kinds of staff; two of three are no whole, and the oldest date speaks for the sum."""
    frame = counts(
        row("A", "2022", "nominated", 1, breakdown="grade_10", as_of=date(2023, 1, 5)),
        row("A", "2022", "nominated", 4, breakdown="grade_11"),
        row("A", "2022", "nominated", 0, breakdown="grade_12", as_of=None),
        row("B", "2022", "nominated", 1, breakdown="grade_11"),
        row("B", "2022", "nominated", 2, breakdown="grade_12"),
        row("A", "2022", "trained", 3, breakdown="manager", group="staff"),
        row("A", "2022", "trained", 4, breakdown="teacher", group="staff"),
        row("A", "2022", "trained", 5, breakdown="employee", group="staff"),
        row("A", "2022", "trained", 9, breakdown="female", group="staff"),
        row("A", "2022", "trained", 9, breakdown="male", group="staff"),
    )
    assert records(totals(frame)) == [
        ("A", "2022", "student", "nominated", "actual", 5, True, date(2023, 1, 5)),
        ("A", "2022", "staff", "trained", "actual", 12, True, date(2024, 3, 14)),
    ]


def test_cohorts_stand_in_only_where_there_is_no_plain_row():
    """The sum over cohorts fills a school and period without one; courses of a year given twice are not doubled."""
    frame = counts(
        row("A", "2023", "admitted", 2, cohort="2022"),
        row("A", "2023", "admitted", 1, cohort="2023"),
        row("A", "2022", "admitted", 6, cohort="2022"),
        row("A", "2022", "admitted", 7),
        row("B", "2023", "trained", 26, cohort="2023/1"),
        row("B", "2023", "trained", 12, cohort="2023/2"),
        row("C", "2023", "trained", 20, cohort="2023"),
        row("C", "2023", "trained", 11, cohort="2023/1"),
    )
    assert records(totals(frame), "school", "period", "measure", "n", "derived") == [
        ("A", "2022", "admitted", 7, False),
        ("A", "2023", "admitted", 3, True),
        ("B", "2023", "trained", 38, True),
        ("C", "2023", "trained", 20, True),
    ]


def test_zero_is_a_number_and_missing_is_not():
    """A reported zero stays a row; what nobody reported has none."""
    frame = counts(row("A", "2022", "admitted", 0), row("B", "2022", "trained", 3))
    assert records(totals(frame), "school", "measure", "n") == [("A", "admitted", 0), ("B", "trained", 3)]


def test_a_part_can_be_asked_for():
    """A breakdown gives its own rows, never sums of other parts."""
    frame = counts(
        row("A", "2022", "admitted", 5, breakdown="female"),
        row("A", "2023", "admitted", 6),
        row("A", "2023", "admitted", 1, breakdown="female", cohort="2022"),
        row("A", "2023", "admitted", 2, breakdown="female", cohort="2023"),
    )
    assert records(totals(frame, breakdown="female"), "period", "n", "derived") == [
        ("2022", 5, False),
        ("2023", 3, True),
    ]
    assert totals(frame, breakdown="male").empty


def test_the_order_is_of_schools_as_met_and_periods_by_time():
    """Rows come in any order; the result does not."""
    frame = counts(
        row("B", "2023", "admitted", 1),
        row("B", "2021", "trained", 2, group="staff"),
        row("B", "2021", "trained", 3),
        row("A", "2022-2023", "admitted", 4),
        row("B", "2021", "nominated", 5),
    )
    assert records(totals(frame), "school", "period", "group", "measure") == [
        ("B", "2021", "student", "nominated"),
        ("B", "2021", "student", "trained"),
        ("B", "2021", "staff", "trained"),
        ("B", "2023", "student", "admitted"),
        ("A", "2022-2023", "student", "admitted"),
    ]


def test_nothing_gives_nothing_with_the_same_columns():
    """An empty frame keeps columns and types, so that a chart of it can say that there is nothing."""
    empty, full = totals(counts_frame([])), totals(counts(row("A", "2022", "admitted", 0)))
    assert empty.empty
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


def test_the_arguments_are_not_changed():
    """Pure functions: the caller's frame is as it was."""
    frame = counts(row("A", "2022", "admitted", 1, cohort="2022"), row("A", "2022", "admitted", 1, breakdown="female"))
    before = frame.copy(deep=True)
    totals(frame, kind=None)
    pd.testing.assert_frame_equal(frame, before)


def test_a_cohort_that_is_no_year_is_refused():
    """A term of office or a word is no course year."""
    with pytest.raises(ValueError, match="«2021-2024» không hợp lệ"):
        totals(counts(row("A", "2022", "admitted", 1, cohort="2021-2024")))
    with pytest.raises(ValueError, match="Khóa «2024-Q1» không hợp lệ"):
        totals(counts(row("A", "2022", "admitted", 1, cohort="2024-Q1")))


def test_rows_of_one_kind_of_period_can_be_kept():
    """Years, school years and quarters are never added, so the caller chooses, by default the commonest."""
    frame = counts(
        row("A", "2022-2023", "admitted", 1),
        row("A", "2022", "admitted", 1),
        row("A", "2023", "admitted", 1),
        row("B", "2023", "admitted", 1),
    )
    assert records(period_kinds(frame)) == [("year", 2, 3), ("school_year", 1, 1)]
    assert records(of_kind(frame), "school", "period") == [("A", "2022"), ("A", "2023"), ("B", "2023")]
    assert records(of_kind(frame, "school_year"), "period") == [("2022-2023",)]
    assert of_kind(counts_frame([])).empty
    assert period_kinds(counts_frame([])).empty
