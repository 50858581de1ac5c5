"""Periods in their canonical form."""

from datetime import date

import pytest

from dangvien_analysis import periods


@pytest.mark.parametrize(
    ("text", "start", "end", "label"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "2023"),
        ("2022-2023", date(2022, 8, 1), date(2023, 7, 31), "năm học 2022–2023"),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), "quý I/2024"),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31), "quý IV/2024"),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024"),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), "6 tháng cuối năm 2024"),
        ("2022-11/2023-10", date(2022, 11, 1), date(2023, 10, 31), "11/2022–10/2023"),
        ("2024-12/2024-12", date(2024, 12, 1), date(2024, 12, 31), "tháng 12/2024"),
    ],
)
def test_a_period_has_a_first_day_a_last_day_and_a_name(text, start, end, label):
    """Whole months, both ends included; February has its leap day."""
    assert (periods.start_date(text), periods.end_date(text), periods.label(text)) == (start, end, label)


@pytest.mark.parametrize(
    "text", ["2020-2025", "2023-2022", "2024-Q5", "2024-13/2025-01", "2023-10/2022-11", "Năm 2023", ""]
)
def test_what_is_no_period_is_refused_in_words(text):
    """A term of office (2020-2025) is no school year."""
    with pytest.raises(ValueError, match="không hợp lệ"):
        periods.parse(text)


@pytest.mark.parametrize(
    ("period", "after"),
    [
        ("2023", "2024"),
        ("2022-2023", "2023-2024"),
        ("2024-Q1", "2024-Q2"),
        ("2024-Q4", "2025-Q1"),
        ("2024-H1", "2024-H2"),
        ("2024-H2", "2025-H1"),
        ("2022-11/2023-10", "2023-11/2024-10"),
        ("2024-01/2024-03", "2024-04/2024-06"),
    ],
)
def test_the_following_period_begins_where_one_ends(period, after):
    """It is as long, of the same kind, and leaves no day between."""
    assert periods.following(period) == after
    assert (periods.start_date(after) - periods.end_date(period)).days == 1


def test_a_period_is_partial_until_its_last_day():
    """A return of 31-12 speaks for the whole year, one of 30-12 does not."""
    assert periods.is_partial("2023", date(2023, 12, 30))
    assert not periods.is_partial("2023", date(2023, 12, 31))
    assert not periods.is_partial("2023", None)


def test_the_same_period_a_year_earlier():
    """Months stay, years go back by one."""
    pairs = {"2023": "2022", "2022-2023": "2021-2022", "2024-Q1": "2023-Q1", "2022-11/2023-10": "2021-11/2022-10"}
    assert {text: periods.year_before(text) for text in pairs} == pairs


def test_periods_are_ordered_by_when_they_start():
    """A school year that starts in August stands between the calendar years."""
    order = ["2022", "2022-2023", "2023-H1", "2023", "2023-Q4"]
    assert sorted(order, key=periods.sort_key) == order
