"""Gallery of small workbooks: rates that are right by some two numbers of their line, differences, and wrong rates."""

import pytest
from gallery import read, sheet

CB = ["CHI BỘ TRƯỜNG THPT NGUYỄN DU"]
TITLE = ["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2024"]
QUARTER = ["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN QUÝ I/2024"]
ADMITTED = ["KẾT QUẢ KẾT NẠP ĐẢNG VIÊN LÀ HỌC SINH NĂM 2024"]
YEARS = ["Năm 2023", "Năm 2024"]
TWO_YEARS = {
    "nd 2023 student nominated": 10,
    "nd 2024 student nominated": 12,
    "nd 2023 student admitted": 5,
    "nd 2024 student admitted": 4,
}


def pupils(headers, sent, admitted, title=TITLE):
    """Return a table of two rows about students of one school."""
    rows = [["I", "Học sinh"], [1, "Cử đi học lớp BDNT về Đảng", *sent], [2, "Kết nạp Đảng", *admitted]]
    return [CB, title, ["TT", "Nội dung", *headers], *rows]


@pytest.mark.parametrize(
    ("header", "rates"),
    [
        ("Tỷ lệ %", (120, 80)),
        ("So sánh (%)", (120, 80)),
        ("So sánh (%)", ("120%", "80%")),
        ("So sánh (%)", (20, -20)),
        ("So sánh", (120, 80)),
        ("So sánh", (2, -1)),
        ("So sánh", ("+2", "-1")),
        ("So sánh (+/-)", (2, -1)),
        ("So sánh (+/-)", ("+2", "-1")),
        ("So với chỉ tiêu", (2, -1)),
    ],
)
def test_two_years_may_be_compared_in_any_way(tmp_path, header, rates):
    """By a quotient, by a growth, or by a plain difference where nothing says per cent."""
    rows = pupils([*YEARS, header], [10, 12, rates[0]], [5, 4, rates[1]])
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (TWO_YEARS, [])


@pytest.mark.parametrize(("header", "rate"), [("Tỷ lệ %", 85), ("So sánh (%)", "85%"), ("So sánh (%)", 2), ("TL", 70)])
def test_a_wrong_comparison_of_two_years_is_asked_about_by_its_own_row(tmp_path, header, rate):
    """The sentence quotes 4/5, no sum down the table."""
    rows = pupils([*YEARS, header], [10, 12, 120], [5, 4, rate])
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (TWO_YEARS, ["warning rate_mismatch E6"])
    assert "các số trong bảng được 80,0%" in reading.messages


def test_differences_by_group_are_no_rates(tmp_path):
    """«So sánh | HS | CBGVNV» with signs, and a zero."""
    rows = [CB, TITLE, ["Nội dung", *YEARS[:1], None, *YEARS[1:], None, "So sánh", None]]
    rows += [[None, *["HS", "CBGVNV"] * 3], ["Cử đi học lớp BDNT về Đảng", 10, 3, 12, 3, "+2", 0]]
    rows += [["Kết nạp Đảng", 5, 1, 4, 2, "-1", "+1"]]
    reading = read(tmp_path, sheet(rows, merges=["A3:A4", "B3:C3", "D3:E3", "F3:G3"]), schools="nd")
    staff = {"nd 2023 staff nominated": 3, "nd 2024 staff nominated": 3}
    staff |= {"nd 2023 staff admitted": 1, "nd 2024 staff admitted": 2}
    assert (reading.counts, reading.asked) == ({**TWO_YEARS, **staff}, [])


PLANS = {
    "done": (["Chỉ tiêu", "Thực hiện", "Đạt (%)", "Chỉ tiêu năm 2025"], (12, 12, 100, 15), (4, 4, 100, 5)),
    "short": (["KH 2024", "TH 2024", "%", "KH 2025"], (15, 12, 80, 16), (5, 4, 80, 6)),
    "result": (["Chỉ tiêu 2024", "Kết quả 2024", "Tỷ lệ (%)", "Chỉ tiêu 2025"], (15, 12, 80, 16), (5, 4, 80, 6)),
}


@pytest.mark.parametrize("case", PLANS)
@pytest.mark.parametrize(("wrong", "asked"), [(0, []), (7, ["warning rate_mismatch E6"])])
def test_the_next_plan_behind_a_rate_takes_no_part_in_it(tmp_path, case, wrong, asked):
    """«KH 2024 | TH 2024 | % | KH 2025»: 12 of 15, whatever comes next."""
    headers, sent, admitted = PLANS[case]
    rate = admitted[2]
    rows = pupils(headers, sent, [*admitted[:2], rate + wrong, admitted[3]])
    reading = read(tmp_path, sheet(rows), schools="nd")
    expected = {}
    for measure, (target, actual, _, planned) in (("nominated", sent), ("admitted", admitted)):
        expected[f"nd 2024 student {measure} target"] = target
        expected[f"nd 2024 student {measure}"] = actual
        expected[f"nd 2025 student {measure} target"] = planned
    assert (reading.counts, reading.asked) == (expected, asked)
    assert not wrong or f"được {rate},0%" in reading.messages


@pytest.mark.parametrize(("rate", "asked"), [(50, []), (55, ["warning rate_mismatch E6"])])
def test_a_quarter_may_be_divided_by_the_plan_of_the_year(tmp_path, rate, asked):
    """«KH năm 2024 | TH quý I | TH/KH (%) | KH quý II»."""
    headers = ["KH năm 2024", "TH quý I", "TH/KH (%)", "KH quý II"]
    reading = read(tmp_path, sheet(pupils(headers, [24, 12, 50, 15], [8, 4, rate, 5], QUARTER)), schools="nd")
    assert reading.counts == {
        "nd 2024 student nominated target": 24,
        "nd 2024-Q1 student nominated": 12,
        "nd 2024-Q2 student nominated target": 15,
        "nd 2024 student admitted target": 8,
        "nd 2024-Q1 student admitted": 4,
        "nd 2024-Q2 student admitted target": 5,
    }
    assert reading.asked == asked


@pytest.mark.parametrize("summed", [True, False])
@pytest.mark.parametrize(("rate", "asked"), [(100, False), (90, True)])
def test_what_was_done_may_be_divided_by_target_and_extra_target(tmp_path, summed, rate, asked):
    """Whether or not their sum has a column."""
    headers = ["Chỉ tiêu", "Chỉ tiêu bổ sung", *["Tổng chỉ tiêu"] * summed, "Thực hiện", "Tỷ lệ (%)"]
    rows = pupils(headers, [10, 2, *[12] * summed, 12, 100], [3, 1, *[4] * summed, 4, rate])
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2024 student nominated target": 10,
        "nd 2024 student nominated extra_target": 2,
        "nd 2024 student nominated": 12,
        "nd 2024 student admitted target": 3,
        "nd 2024 student admitted extra_target": 1,
        "nd 2024 student admitted": 4,
    }
    assert reading.asked == ["warning rate_mismatch " + ("G6" if summed else "F6")] * asked


def test_shares_of_two_groups(tmp_path):
    """«Số lượng | Tỷ lệ (%)» under each group: the share of both."""
    rows = [CB, TITLE, ["TT", "Nội dung", "Học sinh", None, "CBGVNV", None]]
    rows += [[None, None, *["Số lượng", "Tỷ lệ (%)"] * 2], [1, "Cử đi học lớp BDNT về Đảng", 12, 80, 3, 20]]
    rows += [[2, "Kết nạp", 4, 80, 1, 20]]
    reading = read(tmp_path, sheet(rows, merges=["A3:A4", "B3:B4", "C3:D3", "E3:F3"]), schools="nd")
    sent = {"nd 2024 student nominated": 12, "nd 2024 staff nominated": 3}
    admitted = {"nd 2024 student admitted": 4, "nd 2024 staff admitted": 1}
    assert (reading.counts, reading.asked) == ({**sent, **admitted}, [])


@pytest.mark.parametrize(("row", "asked"), [(None, []), (3, "F4"), (5, "F6")])
def test_rates_of_schools_and_of_their_sum(tmp_path, row, asked):
    """Last year's column between plan and result is no part of «So với chỉ tiêu (%)»."""
    headers = ["TT", "Trường", "Chỉ tiêu 2024", "Thực hiện 2023", "Thực hiện 2024", "So với chỉ tiêu (%)"]
    rows = [["BÁO CÁO"], ADMITTED, headers, [1, "THPT Nguyễn Du", 5, 3, 4, 80]]
    rows += [[2, "THPT Lê Lợi", 10, 6, 8, 80], [None, "Cộng", 15, 9, 12, 80]]
    if row:
        rows[row][-1] = 90
    reading = read(tmp_path, sheet(rows))
    expected = {}
    for school, planned, before, now in (("nd", 5, 3, 4), ("ll", 10, 6, 8)):
        expected[f"{school} 2024 student admitted target"] = planned
        expected[f"{school} 2023 student admitted"] = before
        expected[f"{school} 2024 student admitted"] = now
    assert (reading.counts, reading.asked) == (expected, [f"warning rate_mismatch {asked}"] if row else [])
    assert not row or "được 80,0%" in reading.messages


def test_the_official_form_of_this_year_against_the_last(tmp_path):
    """Its rates are right; only whom «Nữ» are part of is asked about."""
    rows = [CB, ["KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2024"], ["CHỈ TIÊU", "THỰC HIỆN", None, "(%)"]]
    rows += [[None, "Kỳ này", "Cùng kỳ năm trước", None], ["1", "2", "3", "4=2*100/3"], ["I. Tổng số", 6, 5, 120]]
    rows += [["- Nữ", 3, 2, 150], ["- Học sinh", 4, 3, 133], ["- Giáo viên", 2, 2, 100]]
    reading = read(tmp_path, sheet(rows, merges=["A3:A4", "B3:C3", "D3:D4"]), schools="nd")
    assert reading.counts == {"nd 2024 student admitted": 4, "nd 2024 staff.teacher admitted": 2}
    assert reading.asked == ["error missing_facet B7"]


@pytest.mark.parametrize("rate", [66.6, 66.7, "66,66%", "66,67", 66, 67, 0.66, 0.6667])
def test_the_last_digit_may_be_rounded_or_cut_off(tmp_path, rate):
    """Two thirds."""
    rows = pupils(["Chỉ tiêu", "Thực hiện", "Tỷ lệ (%)"], [3, 2, rate], [3, 2, rate])
    assert read(tmp_path, sheet(rows), schools="nd").asked == []


@pytest.mark.parametrize("rate", [66.5, 66.8, "66,65%", 65, 68])
def test_another_last_digit_is_asked_about(tmp_path, rate):
    """One digit beside the two that two thirds may be written with."""
    rows = pupils(["Chỉ tiêu", "Thực hiện", "Tỷ lệ (%)"], [3, 2, 66.7], [3, 2, rate])
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.asked == ["warning rate_mismatch E6"]
    assert "được 66,7%" in reading.messages


@pytest.mark.parametrize(
    ("rates", "asked"), [((40, 33.3, 38.4), []), ((44, 33.3, 38.5), ["B6"]), ((40, 33.3, 33), ["D6"])]
)
def test_a_row_of_rates_divides_what_stands_over_it(tmp_path, rates, asked):
    """Each by the numbers of its column, that of the totals as well."""
    rows = [CB, TITLE, ["Nội dung", "Học sinh", "CBGVNV", "Tổng"], ["Cử đi học", 10, 3, 13], ["Kết nạp", 4, 1, 5]]
    rows += [["Tỷ lệ kết nạp/cử đi học (%)", *rates]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert len(reading.counts) == 4
    assert reading.asked == [f"warning rate_mismatch {cell}" for cell in asked]


@pytest.mark.parametrize(("wrong", "asked"), [(None, []), (3, "D4"), (4, "D5"), (5, "D6"), (6, "D7")])
def test_a_rate_of_everybody_over_rows_of_groups(tmp_path, wrong, asked):
    """«Cử đi học 13 | 14 | 107» is a sum over the rows below, and has a rate of its own."""
    rows = [CB, TITLE, ["Nội dung", "Chỉ tiêu", "Thực hiện", "%"], ["Cử đi học", 13, 14, 107]]
    rows += [["- Học sinh", 10, 12, 120], ["- CBGVNV", 3, 2, 66], ["Kết nạp", 6, 5, 83]]
    rows += [["- Học sinh", 5, 4, 80], ["- CBGVNV", 1, 1, 100]]
    if wrong:
        rows[wrong][-1] = 90
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert len(reading.counts) == 8
    assert reading.asked == ([f"warning rate_mismatch {asked}"] if wrong else [])


@pytest.mark.parametrize(
    ("header", "rate", "asked"),
    [
        ("TH/KH", 8, ["warning rate_mismatch E6"]),  # a stroke promises a quotient
        ("So với kế hoạch", 75, ["warning rate_mismatch E6"]),  # nor is it a difference
        ("So với kế hoạch", 80, []),
        ("Tuổi bình quân", 17.2, []),
    ],
)
def test_what_a_header_without_per_cent_promises(tmp_path, header, rate, asked):
    """A quotient, one or the other, or an average."""
    rows = pupils(["KH", "TH", header], [10, 8, rate if "bình" in header else 80], [5, 4, rate])
    assert read(tmp_path, sheet(rows), schools="nd").asked == asked


@pytest.mark.parametrize(("rate", "asked"), [(41.7, []), (47, ["warning rate_mismatch C3"])])
def test_shares_of_all_schools_between_two_measures(tmp_path, rate, asked):
    """The first «Tỷ lệ (%)» is each school's share of all who were sent, the second admitted by sent."""
    rows = [["Kết quả học sinh năm 2024"], ["Trường", "Cử đi học", "Tỷ lệ (%)", "Kết nạp", "Tỷ lệ (%)"]]
    rows += [["THPT Nguyễn Du", 5, rate, 4, 80], ["THPT Lê Lợi", 7, 58.3, 5, 71.4], ["Cộng", 12, 100, 9, 75]]
    reading = read(tmp_path, sheet(rows))
    sent = {"nd 2024 student nominated": 5, "ll 2024 student nominated": 7}
    admitted = {"nd 2024 student admitted": 4, "ll 2024 student admitted": 5}
    assert (reading.counts, reading.asked) == ({**sent, **admitted}, asked)
