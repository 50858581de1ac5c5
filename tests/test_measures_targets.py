"""Targets against what was done, and the schools' plans."""

from datetime import date

import pandas as pd
import pytest
from measure_rows import counts, records, row

from dangvien_analysis.frames import counts_frame
from dangvien_analysis.measures import attainment, plans


def _targets():
    """A has an adjusted target for 2024 and 3 done; B has a target and no return; C has no target."""
    return counts(
        row("A", "2024", "admitted", 5, kind="target"),
        row("A", "2024", "admitted", 2, kind="extra_target"),
        row("A", "2024", "admitted", 3),
        row("B", "2024", "admitted", 4, kind="target"),
        row("C", "2024", "admitted", 8),
        row("A", "2023", "admitted", 4, kind="target"),
        row("A", "2023", "admitted", 5),
        row("A", "2023", "admitted", 9, kind="estimate"),
        row("B", "2023", "admitted", 0, kind="target"),
        row("B", "2023", "admitted", 0),
    )


def test_an_actual_stands_against_target_and_extra_target():
    """Exceeded is negative, a target of 0 has no per cent, a missing actual is not zero."""
    assert records(attainment(_targets())) == [
        ("A", "student", "2023", "admitted", 4, None, 4, 5, 4, 1.25, -1, 1, 1, False, None),
        ("A", "student", "2024", "admitted", 5, 2, 7, 3, 7, 3 / 7, 4, 1, 1, True, None),
        ("B", "student", "2023", "admitted", 0, None, 0, 0, 0, None, 0, 1, 1, False, None),
        ("B", "student", "2024", "admitted", 4, None, 4, None, None, None, None, 1, 0, True, None),
    ]


def test_schools_are_added_without_hiding_who_has_not_reported():
    """The plan is everybody's, the attainment that of the schools that reported, C without a target is out."""
    found = attainment(_targets(), by=["group", "period", "measure"], periods=["2024"])
    columns = ["planned", "actual", "planned_reported", "attained", "remaining", "schools", "reported", "partial"]
    assert records(found, *columns) == [(11, 3, 7, 3 / 7, 4, 2, 1, True)]


@pytest.mark.parametrize("name", ["2023-01/2023-03", "2023-Q1"])
def test_a_partial_year_stands_beside_the_same_months_of_last_year(name):
    """Only where exactly these months were reported: nothing is cut out of a longer period."""
    frame = counts(
        row("A", "2024", "admitted", 10, kind="target"),
        row("A", "2024", "admitted", 3, as_of=date(2024, 3, 31)),
        row("A", name, "admitted", 2),
        row("A", "2023", "admitted", 9),
        row("A", "2023", "admitted", 9, kind="target"),
    )
    assert records(attainment(frame), "period", "last_year") == [("2023", None), ("2024", 2)]


def test_last_year_is_left_out_in_the_middle_of_a_month_or_when_a_school_lacks_it():
    """Nobody knows what had happened by 14-3, and A's months are not both schools' months."""
    rows = [
        row("A", "2024", "admitted", 10, kind="target"),
        row("A", "2023-01/2023-03", "admitted", 2),
        row("B", "2024", "admitted", 10, kind="target"),
    ]
    middle = counts(*rows, row("A", "2024", "admitted", 3))
    assert records(attainment(middle), "last_year") == [(None,), (None,)]
    end = counts(*rows, *(row(school, "2024", "admitted", 3, as_of=date(2024, 3, 31)) for school in "AB"))
    assert records(attainment(end, by=["group", "period", "measure"]), "last_year") == [(None,)]
    assert records(attainment(end), "school", "last_year") == [("A", 2), ("B", None)]


def test_different_measures_and_kinds_of_period_are_never_added():
    """A target to nominate and one to admit are not one target."""
    mixed = counts(row("A", "2024", "admitted", 5, kind="target"), row("A", "2024", "nominated", 5, kind="target"))
    with pytest.raises(ValueError, match="thêm cột «measure»"):
        attainment(mixed, by=["school", "group"])
    periods = counts(
        row("A", "2024", "admitted", 5, kind="target"), row("A", "2023-2024", "admitted", 5, kind="target")
    )
    with pytest.raises(ValueError, match="khác loại"):
        attainment(periods, by=["group", "measure"])


def test_plans_say_who_has_sent_one_and_what_the_unions_brought():
    """A target given only through a union is a plan too; a school without one is a row that says so."""
    frame = counts(
        row("A", "2024", "nominated", 20, kind="target"),
        row("A", "2024", "nominated", 20, kind="target", breakdown="via_youth_union"),
        row("A", "2024", "nominated", 6, breakdown="via_youth_union"),
        row("A", "2024", "nominated", 7),
        row("B", "2024", "nominated", 3, kind="target", breakdown="via_trade_union", group="staff"),
    )
    found = plans(frame, schools=["B", "A", "C"])
    assert list(found.columns)[:8] == [
        *("school", "period", "group", "measure", "sent", "target", "extra_target", "actual")
    ]
    assert records(found) == [
        ("B", "2024", "student", "nominated", False, None, None, None, None, None, None, None),
        ("B", "2024", "staff", "nominated", True, None, None, None, None, None, 3, None),
        ("A", "2024", "student", "nominated", True, 20, None, 7, 20, 6, None, None),
        ("A", "2024", "staff", "nominated", False, None, None, None, None, None, None, None),
        ("C", "2024", "student", "nominated", False, None, None, None, None, None, None, None),
        ("C", "2024", "staff", "nominated", False, None, None, None, None, None, None, None),
    ]


@pytest.mark.parametrize("measure", [attainment, plans])
def test_nothing_gives_nothing_with_the_same_columns(measure):
    """No targets, no rows; the columns and their types stay."""
    empty, full = measure(counts_frame([])), measure(_targets())
    assert empty.empty
    assert len(full) > 0
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)
