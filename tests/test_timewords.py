"""Words of time as offices write them."""

from datetime import date

import pytest

from dangvien_analysis.wording.timewords import Time, bare_year, find
from dangvien_analysis.wording.yearparts import with_year


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Năm 2023", "2023"),
        ("nam 2023", "2023"),
        ("NH 2022-2023", "2022-2023"),
        ("năm học 2022 - 2023", "2022-2023"),
        ("NH 22-23", "2022-2023"),
        ("Năm học 2022-23", "2022-2023"),
        ("2022 - 23", "2022-2023"),
        ("năm học 2011-12", "2011-2012"),
        ("2022–2023", "2022-2023"),
        ("Quý I/2024", "2024-Q1"),
        ("Quí 4-2024", "2024-Q4"),
        ("6 tháng đầu năm 2024", "2024-H1"),
        ("6T/2024", "2024-H1"),
        ("6 tháng cuối năm 2024", "2024-H2"),
        ("8 tháng đầu năm 2023", "2023-01/2023-08"),
        ("chín tháng đầu năm 2023", "2023-01/2023-09"),
        ("từ 11/2022 đến 10/2023", "2022-11/2023-10"),
        ("tháng 11/2022 đến tháng 10/2023", "2022-11/2023-10"),
        ("giai đoạn 2021-2023", "2021-01/2023-12"),
        ("nhiệm kỳ 2020-2025", "2020-01/2025-12"),
        ("học kỳ I năm học 2023-2024", "2023-08/2024-01"),
        ("HK II năm học 2023-2024", "2024-02/2024-07"),
    ],
)
def test_a_period_in_a_text(text, period):
    """The whole text is the period, and nothing of it is left over."""
    time, rest = find(text)
    assert time == Time(periods=(period,))
    assert "".join(rest).strip(" ()") == ""


@pytest.mark.parametrize(
    "text",
    ["2020-2025", "2020 - 2025", "2011-12", "2021-23", "khóa 2021-2024", "12A1", "lớp 12", "31/02/2023", "khóa XIII"],
)
def test_what_is_no_period_stays_in_the_text(text):
    """A term, a class, an impossible day: never half read as a year."""
    time, rest = find(text)
    assert time == Time()
    assert "".join(rest).replace(" ", "") == text.casefold().replace(" ", "")


def test_the_day_of_a_return_and_the_day_of_signing_are_told_apart():
    """«Tính đến ngày …» is the day a return speaks for; a date line is only the day it was signed."""
    day = date(2024, 3, 14)
    assert find("Số liệu tính đến ngày 14-3-2024")[0] == Time(as_of=day)
    assert find("An Phú, ngày 14 tháng 3 năm 2024")[0] == Time(dateline=day)
    assert find("Từ năm 2021 đến 14/3/2024")[0] == Time(since="2021-01", as_of=day)
    assert find("từ năm 2021 đến nay")[0] == Time(since="2021-01")


def test_a_course_is_no_period():
    """«Khóa 2021» is who was trained, «khóa IV năm 2023» which course of that year."""
    assert find("Khóa 2021")[0] == Time(cohorts=("2021",))
    assert find("khóa IV năm 2023")[0] == Time(cohorts=("2023/4",))
    assert find("Khoá 2/2023")[0] == Time(cohorts=("2023/2",))


def test_a_part_of_a_year_waits_for_its_year():
    """«Quý I» under a sheet of 2024 is 2024-Q1."""
    assert find("Quý I")[0] == Time(part="Q1")
    assert find("6 tháng đầu năm")[0] == Time(part="H1")
    assert [with_year(part, "2024") for part in ("Q1", "H2", "M8")] == ["2024-Q1", "2024-H2", "2024-01/2024-08"]


def test_two_periods_in_one_text_are_both_kept():
    """They contradict each other; the header is then not understood."""
    assert find("Năm 2022 và năm 2023")[0].periods == ("2022", "2023")


def test_bare_years_end_at_2100():
    """1989 and 2101 are counts, whatever column they stand in."""
    assert [bare_year(text) for text in ("1989", "1990", "2100", "2101", "02023")] == [None, "1990", "2100", None, None]
