"""Gallery of small workbooks: times that only the title can name, and comparisons with another year."""

import pytest
from gallery import read, sheet


def across(title, *heads, numbers=(5, 8)):
    """Lay out one school under a title and some headers."""
    return sheet([[title], ["Trường", *heads], ["THPT Nguyễn Du", *numbers]])


@pytest.mark.parametrize(
    ("title", "head", "period"),
    [
        ("QUÝ II NĂM 2024", "Trong quý", "2024-Q2"),
        ("QUÝ II NĂM 2024", "Quý này", "2024-Q2"),
        ("QUÝ II NĂM 2024", "Quý báo cáo", "2024-Q2"),
        ("THÁNG 5 NĂM 2024", "Trong tháng", "2024-05/2024-05"),
        ("HỌC KỲ I NĂM HỌC 2023-2024", "Trong học kỳ", "2023-08/2024-01"),
        ("NĂM 2024", "Trong năm", "2024"),
        ("NĂM HỌC 2023-2024", "Trong năm học", "2023-2024"),
    ],
)
def test_the_quarter_of_a_header_is_that_of_the_title(tmp_path, title, head, period):
    """«Trong quý | Lũy kế từ đầu năm»: the second is a running total."""
    reading = read(tmp_path, across(f"KẾT NẠP HỌC SINH {title}", head, "Lũy kế từ đầu năm"), schools="nd")
    assert (reading.counts, reading.asked) == ({f"nd {period} student admitted": 5}, [])
    assert reading.told == ["info column_not_taken C3"]


def test_the_quarter_in_a_label_and_in_a_title_of_two_lines(tmp_path):
    """«Kết nạp trong quý» under «QUÝ II» and «NĂM 2024»."""
    rows = [["BÁO CÁO QUÝ II"], ["NĂM 2024"], ["Nội dung", "Học sinh"], ["Kết nạp trong quý", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024-Q2 student admitted": 5}, [])


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("6 THÁNG ĐẦU NĂM 2024", "Trong quý"),
        ("NĂM 2024", "Trong quý"),
        ("QUÝ II NĂM 2024", "Trong tháng"),
        ("6 THÁNG ĐẦU NĂM 2024", "Trong năm"),
    ],
)
def test_a_quarter_that_no_title_names_is_no_period(tmp_path, title, head):
    """Which one nobody can tell."""
    reading = read(tmp_path, across(f"KẾT NẠP HỌC SINH {title}", head, "Lũy kế"), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet B3"])


@pytest.mark.parametrize(
    "time",
    [
        "NĂM 2024 (tính từ 01/12/2023 đến 30/11/2024)",
        "NĂM 2024 (số liệu từ ngày 01/12/2023 đến ngày 30/11/2024)",
        "NĂM 2024 (từ tháng 12/2023 đến tháng 11/2024)",
    ],
)
def test_the_twelve_months_that_a_title_calls_a_year(tmp_path, time):
    """They are what the numbers are of."""
    reading = read(tmp_path, across(f"KẾT NẠP HỌC SINH {time}", "Số lượng", numbers=[5]), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023-12/2024-11 student admitted": 5}, [])


@pytest.mark.parametrize("time", ["NĂM 2024 (từ 15/12/2023 đến 14/12/2024)", "NĂM 2024 (từ 01/12/2022 đến 30/11/2023)"])
def test_days_that_are_no_months_of_the_year_are_no_period(tmp_path, time):
    """From within a month, or of the year before."""
    reading = read(tmp_path, across(f"KẾT NẠP HỌC SINH {time}", "Số lượng", numbers=[5]), schools="nd")
    assert (reading.counts, reading.codes) == ({}, ["error missing_facet"])


YEARS = {"nd 2023 student admitted": 4, "nd 2024 student admitted": 5}


@pytest.mark.parametrize(
    "head",
    [
        *("So với năm 2023 (%)", "% so với năm 2023", "Tỷ lệ so với năm 2023", "Tỷ lệ % so với năm 2023"),
        *("So với 2023 (%)", "So sánh với năm 2023 (%)"),
    ],
)
def test_a_per_cent_of_another_year_is_a_rate(tmp_path, head):
    """Five after four are 125 per cent; 130 is told."""
    heads = ("Năm 2023", "Năm 2024", head)
    reading = read(tmp_path, across("KẾT NẠP HỌC SINH", *heads, numbers=(4, 5, 125)), schools="nd")
    assert (reading.counts, reading.asked) == (YEARS, [])
    reading = read(tmp_path, across("KẾT NẠP HỌC SINH", *heads, numbers=(4, 5, 130)), schools="nd")
    assert (reading.counts, reading.asked) == (YEARS, ["warning rate_mismatch D3"])


@pytest.mark.parametrize("head", ["So với năm 2023", "So với năm 2023 (+/-)", "Tăng/giảm so với năm 2023"])
def test_a_difference_to_another_year_is_not_taken(tmp_path, head):
    """One more than in the year before."""
    reading = read(tmp_path, across("KẾT NẠP HỌC SINH", "Năm 2023", "Năm 2024", head, numbers=(4, 5, 1)), schools="nd")
    assert (reading.counts, reading.asked, reading.told) == (YEARS, [], ["info column_not_taken D3"])
