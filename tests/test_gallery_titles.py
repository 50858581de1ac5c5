"""Gallery of small workbooks: titles that name more than the period reported on, and what a heading leaves behind."""

import pytest
from gallery import read, sheet

BRANCH = ["CHI BỘ TRƯỜNG THPT NGUYỄN DU"]
GROUPS = ["TT", "Nội dung", "Học sinh", "CBGVNV"]
BODY = [["1", "Cử đi học lớp bồi dưỡng nhận thức về Đảng", 12, 3], ["2", "Kết nạp Đảng", 4, 1]]
REPORT = "Báo cáo tổng kết công tác phát triển đảng viên "
RESULTS = ["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2024"]


def of(period, kind=""):
    """Return the counts of the common body in a period."""
    keys = ("student nominated", "staff nominated", "student admitted", "staff admitted")
    return dict(zip((f"nd {period} {key}{kind}" for key in keys), (12, 3, 4, 1), strict=True))


@pytest.mark.parametrize(
    ("title", "period"),
    [
        (REPORT + "năm 2024, phương hướng năm 2025", "2024"),
        (REPORT + "năm 2024, phương hướng, nhiệm vụ năm 2025", "2024"),
        (REPORT + "năm 2024 và phương hướng, nhiệm vụ, giải pháp năm 2025", "2024"),
        (REPORT + "6 tháng đầu năm 2024, nhiệm vụ trọng tâm 6 tháng cuối năm 2024", "2024-H1"),
        (REPORT + "6 tháng đầu năm 2024, nhiệm vụ 6 tháng cuối năm", "2024-H1"),
        (REPORT + "6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2024", "2024-H1"),
        (REPORT + "quý III, nhiệm vụ quý IV năm 2024", "2024-Q3"),
        (REPORT + "học kỳ I, phương hướng học kỳ II năm học 2023-2024", "2023-08/2024-01"),
        (REPORT + "năm học 2023-2024, phương hướng năm học 2024-2025", "2023-2024"),
        (REPORT + "năm 2024, kế hoạch năm 2025", "2024"),
        (REPORT + "năm 2024 và kế hoạch năm 2025", "2024"),
        (REPORT + "năm 2024 so với cùng kỳ năm 2023", "2024"),
        (REPORT + "năm 2024 so với năm 2023", "2024"),
        ("BAO CAO KET QUA PHAT TRIEN DANG VIEN NAM 2024, PHUONG HUONG NAM 2025", "2024"),
    ],
)
def test_a_report_that_names_what_comes_next_is_of_the_first_period(tmp_path, title, period):
    """What follows «phương hướng», «nhiệm vụ», «kế hoạch» or «so với» is no period of unlabelled results."""
    reading = read(tmp_path, sheet([BRANCH, [title], GROUPS, *BODY]), schools="nd")
    assert (reading.counts, reading.asked) == (of(period), [])


@pytest.mark.parametrize(
    "title",
    [
        REPORT + "quý IV, nhiệm vụ quý I năm 2025",  # of the year before, which stands nowhere
        REPORT + "năm 2024, nhiệm vụ năm 2023",
        REPORT + "năm 2023 so với năm 2024",
        "Kế hoạch năm 2024, nhiệm vụ năm 2025",
        "KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2024, NĂM 2025",
    ],
)
def test_two_periods_that_do_not_follow_each_other_stay_open(tmp_path, title):
    """Nobody can say of which the numbers are."""
    reading = read(tmp_path, sheet([BRANCH, [title], GROUPS, *BODY]), schools="nd")
    assert (reading.counts, reading.codes) == ({}, ["error missing_facet"])


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        ([RESULTS, ["Phương hướng, nhiệm vụ năm 2025"]], "2024"),
        ([["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN 6 THÁNG ĐẦU NĂM 2024"], ["VÀ KẾ HOẠCH 6 THÁNG CUỐI NĂM 2024"]], "2024-H1"),
    ],
)
def test_the_second_line_of_a_title_may_name_what_comes_next(tmp_path, lines, period):
    """The two lines are one title."""
    reading = read(tmp_path, sheet([BRANCH, *lines, GROUPS, *BODY]), schools="nd")
    assert (reading.counts, reading.asked) == (of(period), [])


@pytest.mark.parametrize(
    ("heading", "kind", "asked"),
    [("Phương hướng năm 2025", "", ["warning unclear_kind C9"]), ("Kế hoạch năm 2025", " target", [])],
)
def test_a_table_under_what_comes_next_is_of_it(tmp_path, heading, kind, asked):
    """The title's «kết quả» does not make these numbers results."""
    rows = [BRANCH, RESULTS, GROUPS, *BODY, [], [heading], GROUPS, *BODY]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (of("2024") | of("2025", kind), asked)


def test_a_title_of_what_comes_next_alone_is_asked_about(tmp_path):
    """It is perhaps a plan."""
    reading = read(tmp_path, sheet([BRANCH, ["PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025"], GROUPS, *BODY]), schools="nd")
    assert (reading.counts, reading.asked) == (of("2025"), ["warning unclear_kind C4"])


@pytest.mark.parametrize(
    ("heads", "keys", "asked"),
    [
        (("Thực hiện năm 2024", "Kế hoạch năm 2025"), ("2024 student admitted", "2025 student admitted target"), []),
        (
            ("Thực hiện", "Kế hoạch"),
            ("2024 student admitted", "2024 student admitted target"),
            ["warning unclear_period D4"],
        ),
    ],
)
def test_a_plan_beside_the_results_says_of_which_year_it_is(tmp_path, heads, keys, asked):
    """Where it does not, it may be of either year."""
    title = [REPORT + "trong học sinh năm 2024, phương hướng năm 2025"]
    rows = [BRANCH, title, ["TT", "Nội dung", *heads], ["1", "Kết nạp Đảng", 12, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({f"nd {keys[0]}": 12, f"nd {keys[1]}": 3}, asked)


QUARTERS = [["TT", "Nội dung", "Quý I", "Quý II", "Quý III", "Quý IV"], ["1", "Kết nạp Đảng", 4, 3, 2, 1]]
AMONG_STUDENTS = "KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN TRONG HỌC SINH "
EACH_QUARTER = ["CÁC QUÝ NĂM 2024", "NĂM 2024 (THEO QUÝ)", "TỪNG QUÝ NĂM 2024", "THEO TỪNG QUÝ TRONG NĂM 2024"]


@pytest.mark.parametrize("title", [*EACH_QUARTER, "4 QUÝ NĂM 2024", "BỐN QUÝ NĂM 2024"])
def test_a_title_of_each_quarter_names_the_year_of_them(tmp_path, title):
    """The columns say which quarter."""
    reading = read(tmp_path, sheet([BRANCH, [AMONG_STUDENTS + title], *QUARTERS]), schools="nd")
    counts = {f"nd 2024-Q{quarter} student admitted": 5 - quarter for quarter in range(1, 5)}
    assert (reading.counts, reading.asked) == (counts, [])


@pytest.mark.parametrize("title", [*EACH_QUARTER, "QUA CÁC NĂM TỪ 2021 ĐẾN 2024"])
def test_a_number_under_such_a_title_that_names_no_quarter_is_of_none(tmp_path, title):
    """It may be of any of them, or of all."""
    rows = [BRANCH, [AMONG_STUDENTS + title], ["Nội dung", "Số lượng"], ["Kết nạp Đảng", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet B4"])


@pytest.mark.parametrize("head", ["Các quý năm 2024", "Theo quý"])
def test_a_column_of_each_quarter_is_of_none(tmp_path, head):
    """Beside a title of the year, too."""
    rows = [BRANCH, [AMONG_STUDENTS + "NĂM 2024"], ["Nội dung", "Cả năm", head], ["Kết nạp Đảng", 5, 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024 student admitted": 5}, ["error missing_facet C4"])


@pytest.mark.parametrize("title", ["QUA CÁC NĂM TỪ 2021 ĐẾN 2022", "CÁC NĂM (TỪ NĂM 2021 ĐẾN NĂM 2022)"])
def test_a_title_of_each_year_still_says_of_whom(tmp_path, title):
    """The columns say which year."""
    rows = [BRANCH, [AMONG_STUDENTS + title], ["TT", "Nội dung", "2021", "2022"], ["1", "Kết nạp Đảng", 4, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2021 student admitted": 4, "nd 2022 student admitted": 3}, [])


@pytest.mark.parametrize(
    ("period", "day", "asked"),
    [
        ("NĂM HỌC 2023-2024", "31/5/2024", []),
        ("HỌC KỲ II NĂM HỌC 2023-2024", "31/5/2024", []),
        ("NĂM HỌC 2023-2024", "30/4/2024", ["warning early_day B5"]),
        ("NĂM 2024", "31/5/2024", ["warning early_day B5"]),
        ("7 THÁNG ĐẦU NĂM 2024", "31/5/2024", ["warning early_day B5"]),
    ],
)
def test_the_work_of_a_school_year_is_over_when_schools_close(tmp_path, period, day, asked):
    """No more will be done in June and July; a year or a run of months goes on."""
    title = f"{AMONG_STUDENTS}{period}"
    rows = [BRANCH, [title], [f"(Số liệu tính đến ngày {day})"], ["Nội dung", "Số lượng"], ["Kết nạp Đảng", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (list(reading.counts.values()), reading.asked) == ([5], asked)


def test_the_course_in_the_heading_of_the_first_table_is_not_that_of_the_next(tmp_path):
    """Staff belong to no cohort of students; whether they are of a course of that year nobody says."""
    years = [["Năm", "Số lượng"], ["2022", 3], ["2023", 2], [], ["CBGVNV"], ["Năm", "Kết nạp"], ["2022", 1]]
    rows = [["TRƯỜNG THPT NGUYỄN DU"], ["Học sinh khóa 2021 được kết nạp"], *years]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"nd 2022 student admitted @2021": 3, "nd 2023 student admitted @2021": 2, "nd 2022 staff admitted": 1}
    assert (reading.counts, reading.asked) == (counts, ["warning unclear_cohort B9"])


@pytest.mark.parametrize(
    ("lines", "heading", "key", "asked"),
    [
        (["6 tháng đầu năm - học sinh"], "CBGVNV", None, ["error missing_facet B{row}"]),
        (["6 tháng đầu năm - học sinh"], "6 tháng cuối năm - CBGVNV", "2023-H2 staff", []),
        (["6 tháng đầu năm - học sinh"], "CBGVNV năm 2023", "2023 staff", []),
        (["6 tháng đầu năm"], "CBGVNV", "2023-H1 staff", []),
        (["6 tháng đầu năm", "Học sinh"], "CBGVNV", "2023-H1 staff", []),
    ],
)
def test_the_part_of_the_year_in_the_heading_of_the_first_table(tmp_path, lines, heading, key, asked):
    """Beside a group it is that table's alone; on a line of its own it is the title's."""
    head = ["Nội dung", "Học sinh"] if lines[-1] == "6 tháng đầu năm" else ["Nội dung", "Số lượng"]
    rows = [["TRƯỜNG THPT NGUYỄN DU - NĂM 2023"], *([line] for line in lines), head, ["Kết nạp", 5], [], [heading]]
    rows += [["Nội dung", "Số lượng"], ["Kết nạp", 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"nd 2023-H1 student admitted": 5} | ({f"nd {key} admitted": 2} if key else {})
    assert (reading.counts, reading.asked) == (counts, [line.format(row=len(rows)) for line in asked])


def by_school(title):
    """Lay out the office's own table under a title that says all but the school."""
    rows = [["STT", "Trường", "Số lượng", "Ghi chú"], [1, "THPT Nguyễn Du", 26, ""], [2, "THPT Lê Lợi", 12, ""]]
    return sheet([[title], *rows, [None, "Tổng", 38, ""]])


COURSE = "LỚP BỒI DƯỠNG NHẬN THỨC VỀ ĐẢNG"


@pytest.mark.parametrize(
    ("title", "key"),
    [
        (f"TỔNG HỢP KẾT QUẢ CỬ HỌC SINH HỌC {COURSE} KHÓA IV NĂM 2023", "2023 student nominated @2023/4"),
        (f"TỔNG HỢP KẾT QUẢ CỬ HỌC SINH ĐI HỌC {COURSE} NĂM 2023", "2023 student nominated"),
        ("SỐ LƯỢNG HỌC SINH ƯU TÚ ĐƯỢC KẾT NẠP ĐẢNG NĂM 2023", "2023 student admitted"),
    ],
)
def test_a_title_that_says_all_but_the_school(tmp_path, title, key):
    """Of a course of a year, those sent to it are of that year."""
    reading = read(tmp_path, by_school(title))
    assert (reading.counts, reading.asked) == ({f"nd {key}": 26, f"ll {key}": 12}, [])


@pytest.mark.parametrize(
    "title",
    [
        "TỔNG HỢP KẾT QUẢ KẾT NẠP HỌC SINH KHÓA IV NĂM 2023",  # admitted later, nobody knows when
        f"TỔNG HỢP KẾT QUẢ CỬ HỌC SINH HỌC {COURSE} KHÓA 2023",
        "TỔNG HỢP HỌC SINH ƯU TÚ NĂM 2023",
        "KẾT QUẢ CỬ HỌC SINH ĐI HỌC VÀ KẾT NẠP NĂM 2023",
    ],
)
def test_a_title_that_leaves_something_open(tmp_path, title):
    """The period, or what is counted."""
    reading = read(tmp_path, by_school(title))
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet C3"])


def test_a_row_of_those_found_worthy_is_no_row_of_those_admitted(tmp_path):
    """«Học sinh ưu tú» under a title of admissions may count those who could be."""
    rows = [BRANCH, ["KẾT QUẢ KẾT NẠP ĐẢNG NĂM 2023"], ["Nội dung", "Số lượng"], ["Học sinh ưu tú", 30]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error unknown_header A4"])
