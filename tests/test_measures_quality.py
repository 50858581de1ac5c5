"""Coverage of the returns, and agreement with what was published."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from measure_rows import counts, records, row

from dangvien_analysis.frames import counts_frame
from dangvien_analysis.measures import coverage, coverage_summary, reconcile

A, B = SimpleNamespace(id="A", valid_from=None, valid_to=None), SimpleNamespace(id="B", valid_from=None, valid_to=None)


def _collection(schools=(A, B), periods=("2023", "2022"), published=(), as_of=date(2023, 3, 14)):
    return SimpleNamespace(schools=schools, periods=periods, published=published, as_of=as_of)


def _published(n, group="student", measure="nominated", periods=("2022", "2023")):
    return SimpleNamespace(
        group=group, measure=measure, periods=periods, n=n, source="tin ngày 15-3-2024", note="hiểu là học sinh"
    )


def test_coverage_lists_every_expected_school_and_period():
    """A zero is a report; a target, a headcount or a reason is not; 2023 was not over."""
    frame = counts(
        row("A", "2022", "admitted", 0),
        row("A", "2023", "nominated", 4, as_of=date(2023, 3, 14)),
        row("B", "2022", "nominated", 4, kind="target"),
        row("B", "2022", "headcount", 900),
        row("B", "2023", "not_admitted", 4, reason="under_age"),
    )
    found = coverage(frame, _collection())
    assert records(found) == [
        ("A", "2022", True, True, False),
        ("A", "2023", True, True, True),
        ("B", "2022", True, False, False),
        ("B", "2023", True, False, True),
    ]
    assert coverage_summary(found) == (1, 1, 2, 2, 4, ("2023",))


def test_a_cohort_table_does_not_hide_a_missing_return():
    """It counts only for a school that sends nothing else."""
    frame = counts(
        row("A", "2022", "admitted", 3),
        row("A", "2023", "admitted", 2, cohort="2022"),
        row("B", "2023", "admitted", 2, cohort="2022"),
    )
    found = coverage(frame, _collection())
    assert records(found, "school", "period", "reported") == [
        ("A", "2022", True),
        ("A", "2023", False),
        ("B", "2022", False),
        ("B", "2023", True),
    ]


def test_a_school_is_expected_only_while_it_existed():
    """One that opened in September 2022 owes nothing for 2021; the year it opened in counts."""
    new = SimpleNamespace(id="C", valid_from=date(2022, 9, 1), valid_to=None)
    found = coverage(counts_frame([]), _collection(schools=(new,), periods=("2021", "2022")))
    assert records(found, "school", "period") == [("C", "2022")]


def test_without_a_registry_completeness_is_unknown():
    """The schools met are listed, and the summary does not claim that they are all."""
    frame = counts(row("A", "2022", "admitted", 0), row("B", "2023", "admitted", 1))
    found = coverage(frame, _collection(schools=(), periods=()))
    assert records(found, "school", "period", "expected", "reported") == [
        ("A", "2022", False, True),
        ("A", "2023", False, False),
        ("B", "2022", False, False),
        ("B", "2023", False, True),
    ]
    summary = coverage_summary(found)
    assert (summary.schools_reported, summary.cells_reported) == (2, 2)
    assert (summary.schools_expected, summary.cells_expected) == (None, None)


def test_coverage_of_nothing_keeps_its_columns():
    """No schools and no rows: an empty frame of the same types, and a summary of zeros."""
    found = coverage(counts_frame([]), _collection(schools=(), periods=()))
    assert found.empty
    pd.testing.assert_series_equal(
        found.dtypes, coverage(counts(row("A", "2022", "admitted", 1)), _collection()).dtypes
    )
    assert coverage_summary(found) == (0, 0, None, 0, None, ())


def test_published_figures_are_met_or_not():
    """The sum is over all schools and exactly the periods named; what nobody reported is not zero."""
    frame = counts(
        row("A", "2021", "nominated", 100),
        row("A", "2022", "nominated", 10),
        row("B", "2022", "nominated", 11),
        row("A", "2023", "nominated", 12),
        row("A", "2022", "nominated", 4, breakdown="female"),
        row("A", "2022", "nominated", 50, kind="target"),
    )
    published = (_published(33), _published(34), _published(43, group="staff"))
    assert records(reconcile(frame, _collection(published=published))) == [
        ("student", "nominated", "2022, 2023", 33, 33, 0, True, 1, "tin ngày 15-3-2024", "hiểu là học sinh"),
        ("student", "nominated", "2022, 2023", 34, 33, -1, False, 1, "tin ngày 15-3-2024", "hiểu là học sinh"),
        ("staff", "nominated", "2022, 2023", 43, None, None, False, 2, "tin ngày 15-3-2024", "hiểu là học sinh"),
    ]
    unknown = reconcile(frame, _collection(schools=(), published=published[:1]))
    assert records(unknown, "agrees", "schools_missing") == [(True, None)]


def test_a_changed_cell_breaks_the_agreement():
    """One more in one cell of one school and the published figure is no longer met."""
    rows = [row(school, year, "nominated", 5) for school in "AB" for year in ("2022", "2023")]
    collection = _collection(published=(_published(20),))
    assert reconcile(counts(*rows), collection)["agrees"].tolist() == [True]
    rows[2]["n"] = 6
    assert reconcile(counts(*rows), collection)["agrees"].tolist() == [False]


def test_published_periods_that_cannot_be_added_are_refused():
    """A figure over years and a school year has no sum."""
    frame = counts(row("A", "2022", "nominated", 1), row("A", "2022-2023", "nominated", 1))
    with pytest.raises(ValueError, match="khác loại"):
        reconcile(frame, _collection(published=(_published(2, periods=("2022", "2022-2023")),)))


def test_nothing_published_is_an_empty_table():
    """The columns stay, so that the report can say that there is nothing to compare with."""
    assert list(reconcile(counts_frame([]), _collection()).columns)[:3] == ["group", "measure", "periods"]
