"""Who waits, whose certificate ends when, reasons, age and members among staff."""

from datetime import date

import pandas as pd
import pytest
from measure_rows import counts, records, row

from dangvien_analysis.frames import counts_frame
from dangvien_analysis.measures import density, eligible, eligible_share, expiry, reasons, waiting

WAITING = (
    "trained",
    "admitted",
    "departed",
    "expired",
    "waiting",
    "at_most",
    "source",
    "dossier",
    "age_18",
    "mentored",
)


def _cohort(school, year, trained, admitted, departed, **more):
    return [
        row(school, year, "trained", trained, cohort=year, **more),
        row(school, year, "admitted", admitted, cohort=year, **more),
        row(school, year, "departed", departed, cohort=year, **more),
    ]


def test_who_waits_is_who_was_trained_less_who_was_admitted_or_left():
    """Pool, dossiers, people of 18 and helpers as last reported, beside it."""
    frame = counts(
        *_cohort("A", "2022", 20, 3, 9),
        *_cohort("A", "2023", 16, 2, 5),
        row("A", "2023", "admitted", 1, cohort="2022"),
        row("A", "2023", "source", 30),
        row("A", "2024", "source", 16),
        row("A", "2024", "source", 7, breakdown="age_18"),
        row("A", "2024", "dossier", 2),
        row("A", "2022", "mentored", 8),
        row("A", "2023", "mentored", 5),
    )
    found = waiting(frame)
    assert records(found, "school", "group", *WAITING) == [("A", "student", 36, 6, 14, None, 16, 30, 16, 2, 7, 13)]
    assert records(found, "schools", "known", "negative", "may_expire", "basis") == [(1, 1, False, False, "cohorts")]


def test_who_left_is_not_zero_where_nobody_said():
    """B did not report departures: its people are in `at_most` only, and `known` says how many schools told."""
    frame = counts(*_cohort("A", "2022", 20, 3, 9), row("B", "2022", "trained", 10), row("B", "2022", "admitted", 4))
    assert records(waiting(frame), "school", "departed", "waiting", "at_most", "basis") == [
        ("A", 9, 8, 17, "cohorts"),
        ("B", None, None, 6, "flows"),
    ]
    together = waiting(frame, by=["group"])
    assert records(together, "trained", "waiting", "at_most", "schools", "known", "basis") == [
        (30, 8, 23, 2, 1, "mixed")
    ]


def test_more_who_left_the_pool_than_entered_it_is_a_finding():
    """People trained before the window: the number stays negative, and the whole is marked."""
    frame = counts(*_cohort("A", "2022", 5, 7, 1, group="staff"), *_cohort("B", "2022", 20, 1, 0, group="staff"))
    assert records(waiting(frame), "school", "waiting", "negative") == [("A", -3, True), ("B", 19, False)]
    assert records(waiting(frame, by=["group"]), "waiting", "negative") == [(16, True)]


def test_expired_certificates_count_as_nobody_only_while_none_can_have_expired():
    """Courses of 2021 may expire from 2026 on; then a missing number is missing."""
    early, late = date(2025, 12, 31), date(2026, 1, 1)
    rows = _cohort("A", "2021", 20, 3, 9)
    for as_of, expected in [(early, (8, False)), (late, (None, True))]:
        assert records(waiting(counts(*rows), as_of=as_of), "waiting", "may_expire") == [expected]
    reported = counts(*rows, row("A", "2026", "expired", 2, cohort="2021"))
    assert records(waiting(reported, as_of=late), "expired", "waiting") == [(2, 6)]
    assert records(waiting(counts(*rows), as_of=late, certificate_months=72), "waiting") == [(8,)]
    gone = counts(*_cohort("A", "2021", 9, 9, 0))
    assert records(waiting(gone, as_of=late), "waiting", "may_expire") == [(0, False)]


def test_certificates_expire_over_a_year_since_only_the_year_of_the_course_is_known():
    """From 60 months after the year began to 60 months after it ended; school years likewise."""
    frame = counts(
        *_cohort("A", "2021", 20, 3, 9),
        *_cohort("B", "2021", 4, 1, 0),
        row("C", "2021-2022", "trained", 7),
    )
    assert records(expiry(frame)) == [
        ("student", "2021", 24, 4, date(2026, 1, 1), date(2026, 12, 31)),
        ("student", "2021-2022", 7, None, date(2026, 8, 1), date(2027, 7, 31)),
    ]


def _reasons(school, **given):
    return [row(school, "2024", "not_admitted", n, reason=reason) for reason, n in given.items()]


def test_reasons_are_added_over_schools_with_their_side():
    """Age and leaving follow from the rules, papers can be done sooner; who is not willing is no shortfall."""
    frame = counts(
        *_reasons("A", under_age=6, dossier_incomplete=2, not_willing=1),
        *_reasons("B", under_age=5, dossier_incomplete=0, background_check=2),
        row("A", "2024", "not_admitted", 9),
        row("B", "2024", "not_admitted", 7),
        row("A", "2023", "not_admitted", 3, reason="other"),
        row("A", "2024", "not_admitted", 4, reason="under_age", cohort="2023"),
    )
    assert records(reasons(frame)) == [
        ("student", "2024", "under_age", "rule", 11, 16, 16, 11 / 16, 2, False),
        ("student", "2024", "dossier_incomplete", "process", 2, 16, 16, 2 / 16, 2, False),
        ("student", "2024", "background_check", "process", 2, 16, 16, 2 / 16, 2, False),
        ("student", "2024", "not_willing", "other", 1, 16, 16, None, 2, False),
    ]
    assert records(reasons(frame, period="2023"), "reason", "n", "not_admitted") == [("other", 3, None)]


def test_each_group_has_the_last_period_with_reasons_of_its_own():
    """The staff's reasons are a year older than the pupils': they are still what is known of the staff."""
    staff = row("A", "2023", "not_admitted", 3, reason="not_planned", group="staff")
    frame = counts(*_reasons("A", under_age=6), staff)
    expected = [("student", "2024", "under_age", 6), ("staff", "2023", "not_planned", 3)]
    assert records(reasons(frame), "group", "period", "reason", "n") == expected


def test_one_school_never_shows_a_sensitive_reason():
    """They are in "other", which is marked for every single school, so that the mark itself tells nothing."""
    frame = counts(
        *_reasons("A", under_age=6, background_obstacle=1, not_willing=1, other=2), *_reasons("B", under_age=3, other=1)
    )
    assert records(reasons(frame, by=["school", "group"]), "school", "reason", "n", "folded") == [
        ("A", "under_age", 6, False),
        ("A", "other", 4, True),
        ("B", "under_age", 3, False),
        ("B", "other", 1, True),
    ]
    alone = reasons(frame[frame["school"] == "A"])
    assert records(alone, "reason", "n") == [("under_age", 6), ("other", 4)]


def test_the_whole_is_missing_where_one_school_did_not_give_it():
    """Nine of A beside reasons of A and B would look like an error."""
    frame = counts(*_reasons("A", under_age=9), *_reasons("B", under_age=5), row("A", "2024", "not_admitted", 9))
    assert records(reasons(frame), "reported", "not_admitted") == [(14, None)]


@pytest.mark.parametrize(
    ("on", "by_month", "by_day"),
    [
        (date(2023, 3, 31), 3 / 12, 90 / 365),
        (date(2023, 5, 19), 5 / 12, 139 / 365),
        (date(2023, 5, 31), 5 / 12, 151 / 365),
        (date(2024, 6, 30), 6 / 12, 182 / 366),
    ],
)
def test_a_class_comes_of_age_in_steps_of_a_month(on, by_month, by_day):
    """The rule counts months: on 19-5 five twelfths are of age, by days 38%."""
    assert eligible_share(on) == by_month
    assert eligible_share(on, age_by="day") == pytest.approx(by_day)


def test_the_age_counts_when_the_cell_considers_and_in_the_year_of_the_class():
    """Weeks before the decision; pupils of grades 10 and 11 are too young, last year's grade 12 are not."""
    assert eligible_share(date(2023, 5, 19), decision_lag_days=30) == 4 / 12
    assert eligible_share(date(2023, 5, 19), grade=11) == 0.0
    assert eligible_share(date(2023, 5, 19), grade=10) == 0.0
    assert eligible_share(date(2023, 9, 1), school_year_end=2023) == 9 / 12
    assert eligible_share(date(2023, 9, 1)) == 0.0
    assert eligible_share(date(2024, 1, 10), school_year_end=2023) == 1.0
    with pytest.raises(ValueError, match="Cách tính tuổi «week»"):
        eligible_share(date(2023, 9, 1), age_by="week")


def test_a_reported_number_of_age_replaces_the_estimate():
    """Where the pool and its people of 18 were both reported, they are the answer; else the line for grade 12."""
    frame = counts(
        row("A", "2024", "source", 20),
        row("A", "2024", "source", 8, breakdown="age_18"),
        row("B", "2024", "source", 5),
        row("A", "2024", "source", 5, group="staff"),
    )
    assert records(eligible(frame, date(2024, 5, 19))) == [("student", "2024", 8, 20, 0.4, False)]
    assert records(eligible(frame, date(2024, 5, 19), by=["school", "group"])) == [
        ("A", "student", "2024", 8, 20, 0.4, False),
        ("B", "student", None, None, None, 5 / 12, True),
    ]


def test_members_are_counted_among_staff_only():
    """Where a school reports its cell as a whole, its pupil members are taken off; without them it has no density."""
    frame = counts(
        row("A", "2023", "party_members", 40, group="staff"),
        row("A", "2023", "headcount", 80, group="staff"),
        row("B", "2023", "party_members", 33, group="all"),
        row("B", "2023", "party_members", 3, group="student"),
        row("B", "2023", "headcount", 60, group="staff"),
        row("C", "2023", "party_members", 33, group="all"),
        row("C", "2023", "headcount", 60, group="staff"),
        row("D", "2023", "headcount", 0, group="staff"),
        row("D", "2023", "party_members", 0, group="staff"),
    )
    assert records(density(frame)) == [
        ("A", "2023", 40, 80, 0.5, "staff", 1),
        ("B", "2023", 30, 60, 0.5, "all_less_students", 1),
        ("D", "2023", 0, 0, None, "staff", 1),
    ]
    assert records(density(frame, by=["period"]), "members", "headcount", "basis", "schools") == [(70, 140, "mixed", 3)]
    with pytest.raises(ValueError, match="thêm cột «period»"):
        density(frame, by=["school"])


@pytest.mark.parametrize(
    ("measure", "rows"),
    [
        (waiting, _cohort("A", "2022", 20, 3, 9)),
        (expiry, _cohort("A", "2022", 20, 3, 9)),
        (reasons, _reasons("A", under_age=3)),
        (density, [row("A", "2022", name, 5, group="staff") for name in ("party_members", "headcount")]),
        (lambda frame: eligible(frame, date(2024, 5, 19)), [row("A", "2024", "source", 5)]),
    ],
)
def test_nothing_gives_nothing_with_the_same_columns(measure, rows):
    """An empty frame keeps columns and types."""
    empty, full = measure(counts_frame([])), measure(counts(*rows))
    assert len(full) > 0
    assert empty.empty
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


def test_a_period_without_those_trained_leaves_the_pool_unknown():
    """Of those admitted in 2023 some were trained then, and nobody said how many: no number left is a bound."""
    said = [row("A", year, name, n) for year, name, n in (("2022", "trained", 28), ("2022", "admitted", 10))]
    more = [row("A", "2023", "admitted", 20), row("A", "2023", "departed", 0), row("A", "2022", "departed", 0)]
    assert records(waiting(counts(*said, *more)), "waiting", "partly") == [(None, True)]
    whole = counts(*said, *more, row("A", "2023", "trained", 28))
    assert records(waiting(whole), "waiting", "partly") == [(26, False)]
