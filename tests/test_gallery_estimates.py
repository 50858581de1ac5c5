"""Gallery of small workbooks: of which time an estimate is, in a report of a part of the year."""

import pytest
from gallery import read, sheet

HALF = "KẾT NẠP HỌC SINH 6 THÁNG ĐẦU NĂM 2024"
DONE = {"nd 2024-H1 student admitted": 5}


def beside(title, *heads):
    """Lay out one school under a title and some headers."""
    return sheet([[title], ["Trường", *heads], ["THPT Nguyễn Du", *range(5, 5 + len(heads))]])


@pytest.mark.parametrize("estimate", ["Ước", "Ước thực hiện", "ƯTH", "Ước đạt", "Dự kiến", "Dự kiến kết nạp"])
@pytest.mark.parametrize("where", ["header", "label", "section"])
def test_a_bare_estimate_beside_what_was_done_in_a_half_year_is_asked_about(tmp_path, estimate, where):
    """It may be that of the whole year, or of the rest of it."""
    rows = [["BÁO CÁO KẾT QUẢ 6 THÁNG ĐẦU NĂM 2024"], ["Nội dung", "Học sinh"], ["Kết nạp", 5]]
    one, cell = sheet([*rows, [f"{estimate}: Kết nạp", 6]]), "B4"
    if where == "header":
        one, cell = beside(HALF, "Thực hiện", estimate), "C3"
    elif where == "section":
        rows = [*rows[:2], ["I. Thực hiện"], ["1. Kết nạp", 5], [f"II. {estimate}"], ["1. Kết nạp", 6]]
        one, cell = sheet(rows), "B6"
    reading = read(tmp_path, one, schools="nd")
    assert reading.counts == DONE | {"nd 2024-H1 student admitted estimate": 6}
    assert reading.asked == [f"warning unclear_period {cell}"]


@pytest.mark.parametrize(
    ("estimate", "period"),
    [
        ("Ước thực hiện cả năm", "2024"),
        ("Ước TH năm", "2024"),
        ("Ước thực hiện năm", "2024"),
        ("Dự kiến năm", "2024"),
        ("Ước TH năm 2024", "2024"),
        ("Ước đến 31/12", "2024"),
        ("Ước 12 tháng", "2024"),
        ("Ước TH 6 tháng cuối năm", "2024-H2"),
        ("Dự kiến quý IV", "2024-Q4"),
        ("Ước 6 tháng đầu năm", "2024-H1"),
        ("Ước TH 6 tháng", "2024-H1"),
    ],
)
def test_an_estimate_that_names_its_time_is_plain(tmp_path, estimate, period):
    """«năm» behind «ước» is the whole of it."""
    reading = read(tmp_path, beside(HALF, "Thực hiện", estimate), schools="nd")
    assert (reading.counts, reading.asked) == (DONE | {f"nd {period} student admitted estimate": 6}, [])


@pytest.mark.parametrize("title", ["QUÝ I NĂM 2024", "9 THÁNG NĂM 2024", "HỌC KỲ I NĂM HỌC 2023-2024"])
def test_a_bare_estimate_in_a_report_of_another_part_is_asked_about(tmp_path, title):
    """A quarter, nine months, a semester."""
    reading = read(tmp_path, beside(f"KẾT NẠP HỌC SINH {title}", "Thực hiện", "Ước thực hiện"), schools="nd")
    assert (list(reading.counts.values()), reading.asked) == ([5, 6], ["warning unclear_period C3"])


@pytest.mark.parametrize("title", ["NĂM 2024", "NĂM HỌC 2023-2024"])
def test_a_bare_estimate_in_a_report_of_a_year_is_of_that_year(tmp_path, title):
    """There is no other time that it may be of."""
    reading = read(tmp_path, beside(f"KẾT NẠP HỌC SINH {title}", "Chỉ tiêu", "Ước thực hiện"), schools="nd")
    assert (sorted(reading.counts.values()), reading.asked) == ([5, 6], [])


@pytest.mark.parametrize(
    "lines",
    [
        ["ƯỚC THỰC HIỆN KẾT NẠP HỌC SINH 6 THÁNG ĐẦU NĂM 2024"],
        ["ƯỚC THỰC HIỆN KẾT NẠP HỌC SINH", "6 THÁNG ĐẦU NĂM 2024"],
    ],
)
def test_an_estimate_in_the_title_of_a_half_year_is_of_that(tmp_path, lines):
    """The title says both."""
    reading = read(tmp_path, sheet([*[[line] for line in lines], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 5]]))
    assert (reading.counts, reading.asked) == ({"nd 2024-H1 student admitted estimate": 5}, [])


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([HALF, "(Ước thực hiện)"], "Sheet1"),
        ([HALF], "Ước"),
        ([HALF], "Dự kiến"),
        ([HALF], "Ước TH cả năm"),
    ],
)
def test_an_estimate_in_a_line_or_a_name_beside_the_title_is_asked_about(tmp_path, lines, name):
    """The title speaks of the half-year, and whether of this one nobody says."""
    rows = [*[[line] for line in lines], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 5]]
    reading = read(tmp_path, sheet(rows, name=name), schools="nd")
    assert reading.counts == {"nd 2024-H1 student admitted estimate": 5}
    assert reading.asked == [f"warning unclear_period B{len(rows)}"]


@pytest.mark.parametrize("rest", ["Ước 6 tháng cuối năm", "Dự kiến quý IV", "Dự kiến 3 tháng cuối năm"])
def test_what_was_done_before_an_estimate_of_the_rest_is_asked_about(tmp_path, rest):
    """Under a title of the year it is hardly that of the whole of it, unless it says so."""
    reading = read(tmp_path, beside("KẾT NẠP HỌC SINH NĂM 2024", "Thực hiện", rest), schools="nd")
    assert (list(reading.counts.values()), reading.asked) == ([5, 6], ["warning unclear_period B3"])
    reading = read(tmp_path, beside("KẾT NẠP HỌC SINH NĂM 2024", "Thực hiện 6 tháng đầu năm", rest), schools="nd")
    assert (list(reading.counts.values()), reading.asked) == ([5, 6], [])
