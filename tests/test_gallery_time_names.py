"""Gallery of small workbooks: days and parts of a year in names, in shorthand, and batches of people in a year."""

import pytest
from gallery import read, sheet


def reported(title, *heads, label="Kết nạp học sinh", **names):
    """Lay out one number under a title."""
    return sheet([[title], ["Nội dung", *(heads or ["Số lượng"])], [label, 5]], **names)


def read_named(folder, title, name, where):
    """Read one number under a title in a sheet, or a file, of a name."""
    names = {"name": name} if where == "sheet" else {}
    file = "Báo cáo.xlsx" if where == "sheet" else f"BC_{name.replace(' ', '_')}.xlsx"
    return read(folder, reported(title, **names), file=file, schools="nd")


@pytest.mark.parametrize("where", ["sheet", "file"])
@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("T6", "2024-06/2024-06"),
        ("T.6", "2024-06/2024-06"),
        ("T1-T6", "2024-H1"),
        ("QI", "2024-Q1"),
        ("Q.II", "2024-Q2"),
        ("đợt 1", "2024"),
        ("Đợt 3-2 và 19-5", "2024"),
        ("dịp hè", "2024"),
        ("19-5", "2024"),
        ("30-6", "2024-H1"),
        ("30-9", "2024-01/2024-09"),
        ("Kỳ I", "2024"),
        ("giữa năm", "2024"),
        ("I-2024", "2024"),
        ("06-2024", "2024"),
        ("2024.06", "2024"),
        ("20240630", "2024"),
        ("30-6-2024", "2024"),
        ("đến 30-6-2024", "2024"),
        ("đến 15-3-2025", "2024"),
    ],
)
def test_a_name_of_a_part_under_a_title_of_the_year_is_asked_about(tmp_path, name, period, where):
    """Never silently the whole year."""
    reading = read_named(tmp_path, "BÁO CÁO NĂM 2024", name, where)
    assert (reading.counts, reading.asked) == ({f"nd {period} student admitted": 5}, ["warning unclear_period B3"])


@pytest.mark.parametrize("where", ["sheet", "file"])
@pytest.mark.parametrize("name", ["6T-2024", "Q1_2024", "T6-2024", "HK1 23-24", "9T 2024"])
def test_a_name_of_a_whole_other_period_is_asked_about(tmp_path, name, where):
    """The name has a year of its own."""
    reading = read_named(tmp_path, "BÁO CÁO NĂM 2024", name, where)
    assert (reading.counts, reading.asked) == ({"nd 2024 student admitted": 5}, ["warning title_conflict"])


@pytest.mark.parametrize("where", ["sheet", "file"])
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("NĂM 2024", "15-12-2024"),
        ("NĂM 2024", "20250110"),
        ("NĂM 2024", "12-2024"),
        ("NĂM 2024", "cuối năm"),
        ("NĂM 2024", "12 tháng"),
        ("NĂM 2024", "đến 31-12-2024"),
        ("NĂM 2024", "đến 15-1-2025"),
        ("NĂM 2024", "Biểu 1-2024"),
        ("6 THÁNG ĐẦU NĂM 2024", "06-2024"),
        ("6 THÁNG ĐẦU NĂM 2024", "đến 30-6-2024"),
        ("6 THÁNG ĐẦU NĂM 2024", "30-6"),
        ("NĂM HỌC 2023-2024", "05-2024"),
        ("NĂM 2024 (tính đến 30/11/2024)", "đến 30-11-2024"),
    ],
)
def test_the_day_of_writing_in_a_name_is_in_order(tmp_path, title, name, where):
    """At the end of the period, or after it; the day for which the office asks may be some days later."""
    reading = read_named(tmp_path, f"BÁO CÁO {title}", name, where)
    assert [line for line in reading.asked if "early_day" not in line] == []
    assert list(reading.counts.values()) == [5]


@pytest.mark.parametrize("lines", [["BÁO CÁO NĂM {} TÍNH ĐẾN {}"], ["BÁO CÁO NĂM {}", "(Số liệu tính đến ngày {})"]])
@pytest.mark.parametrize(
    ("year", "day", "asked"),
    [
        ("2023", "15/3/2024", ["unclear_period"]),
        ("2023", "05/01/2024", ["unclear_period"]),
        ("2023", "31/12/2023", []),
        ("2024", "15/01/2025", []),
        ("HỌC 2022-2023", "30/9/2023", ["unclear_period"]),
        ("HỌC 2022-2023", "31/8/2023", []),
    ],
)
def test_a_day_after_the_end_of_the_period_is_asked_about(tmp_path, lines, year, day, asked):
    """«năm 2023 … tính đến 15/3/2024»: the numbers may be of both; the office asks for those of 15/01/2025."""
    told = "\n".join(lines).format(year, day).split("\n")
    rows = [*[[line] for line in told], ["Nội dung", "Số lượng"], ["Kết nạp học sinh", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert list(reading.counts) == [f"nd {year.removeprefix('HỌC ')} student admitted"]
    assert reading.asked == [f"warning {code} B{len(rows)}" for code in asked]


def test_a_period_in_a_header_is_plain_whatever_the_day(tmp_path):
    """The years of a table up to a day in the next."""
    rows = [["KẾT NẠP HỌC SINH (TÍNH ĐẾN 14/3/2024)"], ["Trường", "Năm 2022", "Năm 2023"], ["THPT Nguyễn Du", 2, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2022 student admitted": 2, "nd 2023 student admitted": 3}, [])


@pytest.mark.parametrize(
    "time",
    [
        *("ĐỢT 1 NĂM 2024", "ĐỢT I/2024", "DỊP 19/5 NĂM 2024", "ĐỢT 3/2 VÀ 19/5 NĂM 2024", "DỊP HÈ NĂM 2024"),
        *("NHÂN DỊP 19/5/2024", "ĐỢT CUỐI NĂM 2024", "CHÀO MỪNG 19/5 NĂM 2024", "HÈ 2024", "GIỮA KỲ NĂM 2024"),
        *("KỲ I NĂM 2024", "NĂM 2024 ĐỢT 2", "DỊP TẾT NĂM 2024", "06/2024", "I/2024"),
    ],
)
def test_a_batch_in_a_title_is_not_the_year(tmp_path, time):
    """It is a part of the people of a year, and no period."""
    reading = read(tmp_path, reported(f"BÁO CÁO KẾT NẠP {time}"), schools="nd")
    assert (reading.counts, reading.codes) == ({}, ["error missing_facet"])


@pytest.mark.parametrize("line", ["Đợt 1", "(Đợt 1 năm 2024)", "(dịp 19/5)", "(Đợt 3/2 và 19/5)", "(dịp hè)"])
def test_a_batch_in_a_line_is_not_the_year(tmp_path, line):
    """It stands below the title of the year."""
    rows = [["BÁO CÁO NĂM 2024"], [line], ["Nội dung", "Số lượng"], ["Kết nạp học sinh", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.codes) == ({}, ["error missing_facet"])


@pytest.mark.parametrize("head", ["Đợt 1", "Dịp 19/5", "06/2024", "6.2024", "I/2024", "I-2024", "01/2024"])
def test_a_batch_or_a_number_of_a_year_in_a_header_is_not_the_year(tmp_path, head):
    """«01/2024» is January, or the first course; «I/2024» a quarter, or a course."""
    reading = read(tmp_path, reported("BÁO CÁO NĂM 2024", head), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error unknown_header B2"])


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("T6/2024", "2024-06/2024-06"),
        ("T6 NĂM 2024", "2024-06/2024-06"),
        ("T1-T6/2024", "2024-H1"),
        ("QI/2024", "2024-Q1"),
        ("6T-2024", "2024-H1"),
        ("HK1 23-24", "2023-08/2024-01"),
        ("KỲ I NĂM HỌC 2023-2024", "2023-08/2024-01"),
        ("NĂM 2024 (30/6)", "2024-H1"),
    ],
)
@pytest.mark.parametrize("where", ["title", "header"])
def test_short_ways_to_write_a_part(tmp_path, title, period, where):
    """Read alike in titles and in headers."""
    one = reported(f"BÁO CÁO {title}") if where == "title" else reported("BÁO CÁO", title)
    reading = read(tmp_path, one, schools="nd")
    assert (reading.counts, reading.asked) == ({f"nd {period} student admitted": 5}, [])


def test_months_across_are_of_the_year_in_the_title(tmp_path):
    """«T1 | T2 | 12T»."""
    rows = [["KẾT NẠP HỌC SINH NĂM 2024"], ["Trường", "T1", "T2", "12T"], ["THPT Nguyễn Du", 1, 0, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"nd 2024-01/2024-01 student admitted": 1, "nd 2024-02/2024-02 student admitted": 0}
    assert (reading.counts, reading.asked) == (counts | {"nd 2024 student admitted": 5}, [])
