"""Gallery of small workbooks: a part of a year and its year in two texts, and times that nobody can read."""

import pytest
from gallery import read, sheet

HEAD = ["Nội dung", "Số lượng"]


def reported(*lines, rows=(("Kết nạp học sinh", 5),), head=HEAD, **names):
    """Lay out a table of two columns under lines of title."""
    return sheet([*[[line] for line in lines], list(head), *map(list, rows)], **names)


@pytest.mark.parametrize(
    ("title", "line", "period"),
    [
        ("BÁO CÁO KẾT QUẢ PHÁT TRIỂN ĐẢNG 6 THÁNG ĐẦU NĂM", "NĂM 2024", "2024-H1"),
        ("BÁO CÁO QUÝ I", "Năm 2024", "2024-Q1"),
        ("BÁO CÁO THÁNG 5", "Năm 2024", "2024-05/2024-05"),
        ("BÁO CÁO KẾT QUẢ 9 THÁNG", "Năm 2024", "2024-01/2024-09"),
        ("BÁO CÁO ĐẾN HẾT QUÝ III", "Năm 2024", "2024-01/2024-09"),
        ("BÁO CÁO TỪ THÁNG 9 ĐẾN THÁNG 12", "Năm 2024", "2024-09/2024-12"),
        ("BÁO CÁO TỪ THÁNG 9 ĐẾN THÁNG 2", "Năm học 2024-2025", "2024-09/2025-02"),
        ("BÁO CÁO HỌC KỲ I", "Năm học 2023-2024", "2023-08/2024-01"),
        ("BAO CAO 6 THANG DAU NAM", "NAM 2024", "2024-H1"),
        ("BÁO CÁO NĂM 2023", "(6 tháng)", "2023-H1"),
        ("BÁO CÁO NĂM 2023", "(sáu tháng)", "2023-H1"),
        ("BÁO CÁO NĂM 2023", "(số liệu quý II)", "2023-Q2"),
        ("BÁO CÁO NĂM 2023", "(số liệu đến quý II)", "2023-H1"),
        ("BÁO CÁO NĂM 2023", "Kỳ báo cáo: Quý I", "2023-Q1"),
        ("BÁO CÁO NĂM 2023", "Tính đến tháng 6", "2023-H1"),
        ("BÁO CÁO NĂM 2023", "(Đến 30/6)", "2023-H1"),
        ("BÁO CÁO NĂM 2023", "(Đến ngày 31/12)", "2023"),
        ("BÁO CÁO NĂM 2023", "(Đến ngày 30 tháng 6)", "2023-H1"),
        ("BÁO CÁO NĂM 2023", "An Phú, ngày 15 tháng 6", "2023"),
        ("BÁO CÁO NĂM 2023", "(Từ 01/01 đến 30/6)", "2023-H1"),
    ],
)
def test_a_part_of_a_year_and_its_year_in_two_lines_are_one_period(tmp_path, title, line, period):
    """The half of a year is not the year."""
    reading = read(tmp_path, reported(title, line), schools="nd")
    assert (reading.counts, reading.asked) == ({f"nd {period} student admitted": 5}, [])


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("BÁO CÁO NĂM 2023", "(đến 15/6)"),
        ("BÁO CÁO TỪ QUÝ II", "Năm 2023"),
        ("BÁO CÁO QUÝ I VÀ QUÝ II", "Năm 2023"),
        ("BÁO CÁO TỪ ĐẦU NHIỆM KỲ", "Năm 2023"),
        ("BÁO CÁO QUÝ I", "Năm học 2023-2024"),
        ("BÁO CÁO HỌC KỲ I", "Năm 2023"),
        ("(Số liệu tính đến tháng 6/2024)", "BÁO CÁO NĂM 2024"),
    ],
)
def test_a_part_that_nobody_can_name_leaves_no_year(tmp_path, title, line):
    """The numbers are not those of the whole year that stands beside it."""
    reading = read(tmp_path, reported(title, line), schools="nd")
    assert (reading.counts, reading.codes) == ({}, ["error missing_facet"])


@pytest.mark.parametrize("names", [{"name": "2024"}, {"name": "Năm 2024"}, {"file": "2024.xlsx"}])
def test_the_year_of_a_part_may_be_the_name_of_the_sheet_or_the_file(tmp_path, names):
    """«6 tháng đầu năm» over a sheet «2024»."""
    one = reported("BÁO CÁO 6 THÁNG ĐẦU NĂM", name=names.get("name", "Sheet1"))
    reading = read(tmp_path, one, schools="nd", file=names.get("file", "Báo cáo.xlsx"))
    assert (reading.counts, reading.asked) == ({"nd 2024-H1 student admitted": 5}, [])


@pytest.mark.parametrize(
    ("title", "name", "file", "period"),
    [
        ("NĂM 2024", "6 tháng", "Báo cáo.xlsx", "2024-H1"),
        ("NĂM 2024", "Quý I", "Báo cáo.xlsx", "2024-Q1"),
        ("NĂM 2024", "Q1", "Báo cáo.xlsx", "2024-Q1"),
        ("NĂM 2024", "Tháng 5", "Báo cáo.xlsx", "2024-05/2024-05"),
        ("NĂM 2024", "HK1", "Báo cáo.xlsx", "2024"),
        ("NĂM 2024", "Sheet1", "BC 6 tháng.xlsx", "2024-H1"),
        ("NĂM 2024", "Sheet1", "Báo cáo quý I.xlsx", "2024-Q1"),
        ("NĂM HỌC 2023-2024", "HK1", "Báo cáo.xlsx", "2023-08/2024-01"),
        ("9 THÁNG NĂM 2024", "Sheet1", "Báo cáo quý II.xlsx", "2024-01/2024-09"),
    ],
)
def test_a_part_in_a_name_under_a_title_of_the_year_is_asked_about(tmp_path, title, name, file, period):
    """The title speaks of the year, the name of a part of it: one of them is not exact."""
    reading = read(tmp_path, reported(f"BÁO CÁO KẾT QUẢ {title}", name=name), schools="nd", file=file)
    assert (reading.counts, reading.asked) == ({f"nd {period} student admitted": 5}, ["warning unclear_period B3"])


@pytest.mark.parametrize(
    ("title", "name", "file", "period"),
    [
        ("6 THÁNG ĐẦU NĂM 2024", "6 tháng", "BC 6 tháng 2024.xlsx", "2024-H1"),
        ("QUÝ I NĂM 2024", "Quý I", "Báo cáo.xlsx", "2024-Q1"),
        ("9 THÁNG NĂM 2024", "Sheet1", "Báo cáo quý III.xlsx", "2024-01/2024-09"),
        ("NĂM 2024", "Năm 2024", "BC năm 2024.xlsx", "2024"),
    ],
)
def test_names_that_say_what_the_title_says_are_in_order(tmp_path, title, name, file, period):
    """A report of nine months is made in the third quarter."""
    reading = read(tmp_path, reported(f"BÁO CÁO KẾT QUẢ {title}", name=name), schools="nd", file=file)
    assert (reading.counts, reading.asked) == ({f"nd {period} student admitted": 5}, [])


def test_each_table_has_the_quarter_over_it(tmp_path):
    """A third table without one is of no known time, and not of the first quarter."""
    rows = [["BÁO CÁO NĂM 2024"], ["Quý I"], ["Nội dung", "Học sinh"], ["Cử đi học", 20], []]
    rows += [["Quý II"], ["Nội dung", "Học sinh"], ["Kết nạp", 4], []]
    reading = read(tmp_path, sheet(rows), schools="nd")
    quarters = {"nd 2024-Q1 student nominated": 20, "nd 2024-Q2 student admitted": 4}
    assert (reading.counts, reading.asked) == (quarters, [])
    rows += [["Cán bộ, giáo viên"], ["Nội dung", "CBGVNV"], ["Kết nạp", 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (quarters, ["error missing_facet B12"])


@pytest.mark.parametrize("lines", [["BÁO CÁO 6 THÁNG ĐẦU NĂM", "Năm 2024"], ["BÁO CÁO NĂM 2024", "(6 tháng đầu năm)"]])
def test_the_part_in_a_title_is_that_of_all_tables(tmp_path, lines):
    """«I. Học sinh» and «II. CBGVNV» under «6 tháng đầu năm»."""
    rows = [
        *[[line] for line in lines],
        ["I. Học sinh"],
        HEAD,
        ["Cử đi học", 5],
        [],
        ["II. CBGVNV"],
        HEAD,
        ["Kết nạp", 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024-H1 student nominated": 5, "nd 2024-H1 staff admitted": 3}, [])


def test_a_year_over_each_table_has_the_part_in_the_title(tmp_path):
    """«6 tháng đầu năm» over «Năm 2023» and «Năm 2024»."""
    rows = [["BÁO CÁO 6 THÁNG ĐẦU NĂM"], ["Năm 2023"], ["Nội dung", "Học sinh"], ["Kết nạp", 2], []]
    rows += [["Năm 2024"], ["Nội dung", "Học sinh"], ["Kết nạp", 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023-H1 student admitted": 2, "nd 2024-H1 student admitted": 4}, [])


def test_a_part_in_a_numbered_line_counts(tmp_path):
    """«I. Tình hình sáu tháng đầu năm»."""
    reading = read(tmp_path, reported("BÁO CÁO NĂM 2024", "I. Tình hình sáu tháng đầu năm"), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024-H1 student admitted": 5}, [])


@pytest.mark.parametrize("title", ["KẾT NẠP HỌC SINH 6 THÁNG ĐẦU NĂM", "KẾT NẠP HỌC SINH 6 THÁNG ĐẦU NĂM 2024"])
def test_a_year_in_a_header_under_a_part_of_it_is_asked_about(tmp_path, title):
    """«Năm 2024» may be short for its first half."""
    rows = [[title], ["Trường", "Năm 2024"], ["THPT Nguyễn Du", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024 student admitted": 5}, ["warning unclear_period B3"])


@pytest.mark.parametrize(
    ("title", "file"),
    [
        ("BÁO CÁO NĂM 2021, 2022 VÀ 2023", "THPT Nguyễn Du 2023.xlsx"),
        ("BÁO CÁO NĂM HỌC 2022-2024", "BC năm học 2023-2024.xlsx"),
        ("BÁO CÁO 5 NĂM (2020-2023)", "2023.xlsx"),
        ("BÁO CÁO 2020-2023", "2023.xlsx"),
        ("BÁO CÁO TỪ ĐẦU NHIỆM KỲ ĐẾN NAY", "2023.xlsx"),
        ("BÁO CÁO TRONG 3 NĂM TÍNH ĐẾN 31/12/2023", "2023.xlsx"),
        ("TỔNG KẾT NĂM HỌC 2022-2023, NHIỆM VỤ NĂM HỌC 2023-2024", "2023-2024.xlsx"),
    ],
)
def test_a_time_that_was_not_understood_is_not_taken_from_a_name(tmp_path, title, file):
    """The title says that it is another."""
    reading = read(tmp_path, reported(title), schools="nd", file=file)
    assert (reading.counts, reading.codes) == ({}, ["error missing_facet"])


@pytest.mark.parametrize(
    ("title", "period", "asked"),
    [
        ("BÁO CÁO TỪ NĂM 2021 ĐẾN NAY", "2021-01/2025-01", []),
        ("BÁO CÁO 4 NĂM (2020-2023)", "2020-01/2023-12", ["warning title_conflict"]),
        ("BÁO CÁO HAI NĂM HỌC 2021-2023", "2021-08/2023-07", ["warning title_conflict"]),
    ],
)
def test_several_years_in_a_title_are_not_that_of_the_files_name(tmp_path, title, period, asked):
    """A run of years ends in the one that the file bears."""
    reading = read(tmp_path, reported(title), schools="nd", file="2023.xlsx")
    assert (reading.counts, reading.asked) == ({f"nd {period} student admitted": 5}, asked)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("BÁO CÁO 2021 - NAY", "2021-01/2025-01"),
        ("BÁO CÁO NĂM 2021 ĐẾN NAY", "2021-01/2025-01"),
        ("GIAI ĐOẠN 2021 ĐẾN NAY", "2021-01/2025-01"),
        ("BÁO CÁO TỪ NGÀY 01/7/2024 ĐẾN NAY", "2024-07/2025-01"),
        ("BÁO CÁO BỐN THÁNG NĂM 2023", "2023-01/2023-04"),
        ("BÁO CÁO MƯỜI MỘT THÁNG NĂM 2023", "2023-01/2023-11"),
        ("BÁO CÁO Q1/2024", "2024-Q1"),
        ("BÁO CÁO NĂM HỌC 2023/2024", "2023-2024"),
        ("BÁO CÁO NH 2023/2024", "2023-2024"),
        ("BÁO CÁO TỪ NĂM HỌC 2021-2022 ĐẾN NĂM HỌC 2023-2024", "2021-08/2024-07"),
    ],
)
def test_more_ways_to_write_a_period(tmp_path, title, period):
    """None of them is the one year that is named in it."""
    reading = read(tmp_path, reported(title), schools="nd")
    assert (reading.counts, reading.asked) == ({f"nd {period} student admitted": 5}, [])


@pytest.mark.parametrize(
    "title",
    [
        *("ĐẾN HẾT QUÝ III NĂM 2024", "ĐẾN QUÝ II/2024", "TỪ QUÝ II NĂM 2023", "3 NĂM GẦN ĐÂY, 2023"),
        *("TỪ ĐẦU NHIỆM KỲ - NĂM 2023", "GIỮA NĂM 2023", "ĐẦU NĂM HỌC 2023-2024", "NĂM HỌC 2023", "TỪ NGÀY 01/7/2024"),
    ],
)
def test_more_times_that_are_no_period(tmp_path, title):
    """Each names a year, or a part of it, and speaks of more or of less."""
    reading = read(tmp_path, reported(f"BÁO CÁO {title}"), schools="nd")
    assert (reading.counts, reading.codes) == ({}, ["error missing_facet"])


@pytest.mark.parametrize("heads", [("Học kỳ I", "Học kỳ II"), ("HKI", "HKII"), ("HK1", "HK2")])
def test_semesters_in_headers_are_of_the_school_year_in_the_title(tmp_path, heads):
    """August to January, February to July."""
    rows = [["KẾT NẠP HỌC SINH NĂM HỌC 2023-2024"], ["Trường", *heads], ["THPT Nguyễn Du", 2, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"nd 2023-08/2024-01 student admitted": 2, "nd 2024-02/2024-07 student admitted": 3}
    assert (reading.counts, reading.asked) == (counts, [])


def test_a_semester_of_a_calendar_year_is_no_period(tmp_path):
    """Nobody knows which one it is."""
    rows = [["KẾT NẠP HỌC SINH NĂM 2024"], ["Trường", "Học kỳ I"], ["THPT Nguyễn Du", 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet B3"])


@pytest.mark.parametrize(
    "target",
    ["Chỉ tiêu giao đầu năm", "Chỉ tiêu năm", "Chỉ tiêu cả năm", "Chỉ tiêu giao đầu năm 2024", "Kế hoạch năm 2024"],
)
@pytest.mark.parametrize("lines", [["KẾT NẠP HỌC SINH 6 THÁNG ĐẦU NĂM 2024"], ["KẾT NẠP HỌC SINH 6 THÁNG", "NĂM 2024"]])
def test_the_target_of_a_year_is_of_the_year_in_a_report_of_its_half(tmp_path, lines, target):
    """It is given at the beginning of the year, for all of it."""
    rows = [*[[line] for line in lines], ["Trường", target, "Thực hiện"], ["THPT Nguyễn Du", 8, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"nd 2024 student admitted target": 8, "nd 2024-H1 student admitted": 5}
    assert (reading.counts, reading.asked, reading.told) == (counts, [], [])


@pytest.mark.parametrize("target", ["Chỉ tiêu", "Chỉ tiêu giao", "Chỉ tiêu nghị quyết"])
def test_a_bare_target_in_a_report_of_a_half_year_is_told(tmp_path, target):
    """It may be that of the half-year, or of the year."""
    rows = [["KẾT NẠP HỌC SINH 6 THÁNG ĐẦU NĂM 2024"], ["Trường", target, "Thực hiện"], ["THPT Nguyễn Du", 8, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"nd 2024-H1 student admitted target": 8, "nd 2024-H1 student admitted": 5}
    assert (reading.counts, reading.asked, reading.told) == (counts, [], ["info target_of_part B3"])


@pytest.mark.parametrize("target", ["Chỉ tiêu 6 tháng đầu năm", "Chỉ tiêu 6 tháng"])
def test_a_target_that_names_its_half_year_is_plain(tmp_path, target):
    """Nothing is to be told of it; nor of one whose title says that all are targets."""
    rows = [["KẾT NẠP HỌC SINH 6 THÁNG ĐẦU NĂM 2024"], ["Trường", target], ["THPT Nguyễn Du", 8]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    found = ({"nd 2024-H1 student admitted target": 8}, [], [])
    assert (reading.counts, reading.asked, reading.told) == found


def test_a_target_of_the_year_in_a_label(tmp_path):
    """«Chỉ tiêu được giao đầu năm: kết nạp học sinh»."""
    rows = (("Chỉ tiêu được giao đầu năm: kết nạp học sinh", 8), ("Kết nạp học sinh", 2))
    reading = read(tmp_path, reported("BÁO CÁO QUÝ I NĂM 2024", rows=rows), schools="nd")
    counts = {"nd 2024 student admitted target": 8, "nd 2024-Q1 student admitted": 2}
    assert (reading.counts, reading.asked) == (counts, [])


@pytest.mark.parametrize(
    ("time", "label"),
    [
        ("năm 2023", "Đảng viên là giáo viên đến 31/12/2022"),
        ("năm học 2023-2024", "Tổng số đảng viên là CBGVNV đến 31/8/2023"),
        ("năm 2024", "Tổng số đảng viên GV đến 01/01/2024"),
        ("năm 2024", "Học sinh kết nạp đến 30/6/2024"),
        ("năm 2024", "Học sinh kết nạp đến ngày 20 tháng 01 năm 2025"),
        ("học sinh năm học 2023-2024", "Cử đi học ngày 01/10/2022"),
        ("năm 2024", "Học sinh hoàn thành lớp ngày 20/10/2024"),
        ("năm 2024", "Học sinh kết nạp ngày 3/2/2025"),
    ],
)
@pytest.mark.parametrize("across", [True, False])
def test_a_day_that_is_not_the_last_of_the_period_is_asked_about(tmp_path, time, label, across):
    """It lies outside of the period, or within it."""
    rows = [[f"Báo cáo {time}"], ["Trường", label], ["THPT Nguyễn Du", 4]]
    one = sheet(rows) if across else reported(f"Báo cáo {time}", rows=((label, 4),))
    reading = read(tmp_path, one, schools="nd")
    assert (list(reading.counts.values()), reading.asked) == ([4], ["warning unclear_period B3"])


@pytest.mark.parametrize(
    ("time", "label"),
    [
        ("năm 2023", "Đảng viên là giáo viên đến 31/12/2023"),
        ("năm 2023", "Đảng viên là giáo viên đến 01/01/2024"),
        ("năm học 2023-2024", "Tổng số đảng viên là CBGVNV đến 31/5/2024"),
        ("kết nạp học sinh năm 2024", "Chỉ tiêu giao ngày 10/01/2024"),
        ("6 tháng đầu năm 2024", "Học sinh kết nạp đến 30/6/2024"),
        ("năm 2025", "Học sinh kết nạp đến 15/01/2025"),
    ],
)
def test_a_day_that_ends_the_period_is_in_order(tmp_path, time, label):
    """So is the day that the whole collection speaks for; and the one on which a target was given."""
    reading = read(tmp_path, reported(f"Báo cáo {time}", rows=((label, 4),)), schools="nd")
    assert (list(reading.counts.values()), reading.asked) == ([4], [])


@pytest.mark.parametrize("label", ["Học sinh kết nạp từ ngày 01/7/2024", "Học sinh kết nạp từ tháng 5"])
def test_a_beginning_in_a_header_is_not_understood(tmp_path, label):
    """Nobody says when it ends."""
    rows = [["Báo cáo năm 2024"], ["Trường", label], ["THPT Nguyễn Du", 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error unknown_header B2"])


def test_an_end_in_a_header_makes_a_part_of_the_year(tmp_path):
    """«đến 30/6» under a title of the year; «từ năm 2021 đến 31/12/2023» is as long as it says."""
    rows = [
        ["Báo cáo năm 2024"],
        ["Trường", "Học sinh kết nạp đến 30/6", "Học sinh kết nạp từ năm 2021 đến 31/12/2023"],
    ]
    reading = read(tmp_path, sheet([*rows, ["THPT Nguyễn Du", 4, 9]]), schools="nd")
    counts = {"nd 2024-H1 student admitted": 4, "nd 2021-01/2023-12 student admitted": 9}
    assert (reading.counts, reading.asked) == (counts, [])


def test_those_admitted_later_out_of_a_course_are_asked_about(tmp_path):
    """The title tells when the course was, the label that they were admitted until two years later."""
    rows = (("Học sinh đã học", 50), ("Học sinh được kết nạp đến 31/12/2023", 5), ("Chưa được kết nạp", 45))
    reading = read(tmp_path, reported("HỌC SINH HỌC LỚP CẢM TÌNH ĐẢNG NĂM HỌC 2021-2022", rows=rows), schools="nd")
    assert reading.asked == ["warning unclear_period B4"]


@pytest.mark.parametrize(
    "line",
    [
        "Thực hiện Kế hoạch số 25-KH/HU ngày 10/01/2023 của Huyện ủy",
        "Kèm theo Công văn số 15 ngày 12/3/2021",
        "Thực hiện Nghị quyết Đại hội Đảng bộ huyện nhiệm kỳ 2020-2025",
        "Thực hiện Kế hoạch 5 năm 2020-2025 của Huyện ủy",
        "ĐẢNG BỘ HUYỆN KHÓA XII, NHIỆM KỲ 2020-2025",
        "An Phú, tháng 6 năm 2024",
        "Chi bộ thành lập năm 1995",
        "Chi bộ thành lập ngày 12/3/1995",
    ],
)
def test_the_time_of_something_else_is_not_that_of_the_report(tmp_path, line):
    """A document's day, a term of office, the month of signing: «năm 2023» is the period."""
    reading = read(tmp_path, reported("BÁO CÁO NĂM 2023", line), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 5}, [])


@pytest.mark.parametrize("line", ["An Phú, tháng 6 năm 2024", "Thực hiện Nghị quyết Đại hội nhiệm kỳ 2020-2025"])
def test_the_time_of_something_else_gives_no_period(tmp_path, line):
    """Alone it says nothing of when the numbers are."""
    reading = read(tmp_path, reported(line), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet B3"])


def test_the_returns_own_day_still_counts(tmp_path):
    """«Số 15-BC/CB, ngày …» at the beginning of a line is its own number."""
    reading = read(tmp_path, reported("BÁO CÁO NĂM 2025", "Số 15-BC/CB, ngày 05/01/2025"), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2025 student admitted": 5}, ["warning early_day B4"])


@pytest.mark.parametrize(
    "lines",
    [
        ["BÁO CÁO QUÝ IV VÀ NĂM 2024"],
        ["BÁO CÁO THÁNG 12 VÀ CẢ NĂM 2024"],
        ["BÁO CÁO QUÝ IV", "VÀ CẢ NĂM 2024"],
        ["BÁO CÁO HỌC KỲ II VÀ CẢ NĂM HỌC 2023-2024"],
        ["BÁO CÁO CÁC THÁNG NĂM 2024"],
        ["BÁO CÁO NỬA CUỐI NĂM HỌC 2023-2024"],
        ["BÁO CÁO HỌC KỲ NĂM HỌC 2023-2024"],
        ["BÁO CÁO TỪ HỌC KỲ II NĂM HỌC 2023-2024"],
        ["BÁO CÁO TUẦN 3 THÁNG 5 NĂM 2024"],
        ["BÁO CÁO QUÝ III", "9 tháng đầu năm", "Năm 2024"],
        ["BÁO CÁO QUÝ", "NĂM 2024"],
        ["BÁO CÁO THÁNG", "NĂM 2024"],
        ["BÁO CÁO NĂM 2024", "Tháng 6, 7, 8"],
        ["BÁO CÁO THÁNG 6 + 7 NĂM 2024"],
        ["BÁO CÁO NĂM 2024", "(từ 1/6 đến nay)"],
        ["BÁO CÁO NĂM 2024", "Quý: I"],
        ["BÁO CÁO NĂM 2024", "Hai quý đầu năm"],
    ],
)
def test_two_times_or_one_that_is_not_exact_are_no_period(tmp_path, lines):
    """The numbers may be of the quarter, or of the year."""
    reading = read(tmp_path, reported(*lines), schools="nd")
    assert (reading.counts, reading.codes) == ({}, ["error missing_facet"])


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("MƯỜI HAI THÁNG NĂM 2024", "2024"),
        ("6TĐN 2024", "2024-H1"),
        ("6 (SÁU) THÁNG ĐẦU NĂM 2024", "2024-H1"),
        ("ĐẾN HẾT HỌC KỲ I NĂM HỌC 2023-2024", "2023-08/2024-01"),
        ("ĐẾN HẾT HỌC KỲ II NĂM HỌC 2023-2024", "2023-2024"),
    ],
)
def test_months_and_semesters_in_other_words(tmp_path, title, period):
    """«Mười hai tháng» are no two months."""
    reading = read(tmp_path, reported(f"BÁO CÁO {title}"), schools="nd")
    assert (reading.counts, reading.asked) == ({f"nd {period} student admitted": 5}, [])


@pytest.mark.parametrize("line", ["Gửi trước ngày 15/01/2024", "Nộp trước tháng 12"])
def test_a_line_about_something_else_leaves_the_titles_year(tmp_path, line):
    """When a return is to be sent is no time of its numbers, nor its own day."""
    reading = read(tmp_path, reported("BÁO CÁO NĂM 2024", line), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024 student admitted": 5}, [])


def test_the_whole_school_year_beside_its_semesters(tmp_path):
    """«Cả năm học» is the title's."""
    rows = [["KẾT NẠP HỌC SINH NĂM HỌC 2023-2024"], ["Trường", "Học kỳ I", "Cả năm học"], ["THPT Nguyễn Du", 2, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"nd 2023-08/2024-01 student admitted": 2, "nd 2023-2024 student admitted": 5}
    assert (reading.counts, reading.asked) == (counts, [])


def test_a_period_within_the_one_named_beside_it_is_taken(tmp_path):
    """The plan of a year over the report of its first half; someone should look."""
    lines = "BÁO CÁO KẾT QUẢ 6 THÁNG ĐẦU NĂM 2024", "Thực hiện Kế hoạch năm 2024"
    reading = read(tmp_path, reported(*lines), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024-H1 student admitted": 5}, ["warning title_conflict"])


def test_the_day_of_a_course_is_in_order(tmp_path):
    """«Khóa II năm 2024 (ngày 20/10/2024)»: those trained in it are of its year."""
    rows = [["HỌC SINH HOÀN THÀNH LỚP BỒI DƯỠNG NHẬN THỨC VỀ ĐẢNG"], ["Trường", "Khóa II năm 2024 (ngày 20/10/2024)"]]
    reading = read(tmp_path, sheet([*rows, ["THPT Nguyễn Du", 5]]), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024 student trained @2024/2": 5}, [])
