"""Gallery of small workbooks: periods, courses, cohorts and reasons."""

import pytest
from gallery import read, read_files, sheet


def titled(title):
    """Lay out one count under a title that alone says the period."""
    return sheet([["Kết nạp học sinh"], [title], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3]])


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Năm 2023", "2023"),
        ("Năm học 2022-2023", "2022-2023"),
        ("Năm học 2022 – 2023", "2022-2023"),
        ("NH 22-23", "2022-2023"),
        ("Quý I/2024", "2024-Q1"),
        ("Quí 1 năm 2024", "2024-Q1"),
        ("6 tháng đầu năm 2024", "2024-H1"),
        ("6 tháng cuối năm 2023", "2023-H2"),
        ("8 tháng đầu năm 2023", "2023-01/2023-08"),
        ("Từ tháng 11/2022 đến tháng 10/2023", "2022-11/2023-10"),
        ("Giai đoạn 2021-2023", "2021-01/2023-12"),
        ("Giai đoạn 2021-2022", "2021-01/2022-12"),
        ("Nhiệm kỳ 2020-2025", "2020-01/2025-12"),
        ("Học kỳ I năm học 2023-2024", "2023-08/2024-01"),
    ],
)
def test_a_period_is_read_as_it_is_written(tmp_path, text, period):
    """A school year is two consecutive years and no «giai đoạn»; months are counted as they are said."""
    reading = read(tmp_path, titled(text), schools="nd")
    assert reading.counts == {f"nd {period} student admitted": 3}
    assert reading.asked == []


@pytest.mark.parametrize("text", ["Khóa XIII", "2020-2025", "Kỳ này", "Ngày 14/3/2024", "Số 15-BC/CB ngày 05/01/2024"])
def test_what_is_no_period_is_not_made_one(tmp_path, text):
    """Party terms, bare spans, «kỳ này» and date lines give no period: it is missing."""
    reading = read(tmp_path, titled(text), schools="nd")
    assert reading.counts == {}
    assert reading.codes == ["error missing_facet"]


def test_a_sheet_per_year(tmp_path):
    """The sheet's name says the year where its table does not."""
    rows = [["Trường", "Học sinh được kết nạp"], ["THPT Nguyễn Du", 3]]
    other = [rows[0], ["THPT Nguyễn Du", 5]]
    reading = read(tmp_path, sheet(rows, name="2022"), sheet(other, name="Năm 2023"), schools="nd")
    assert reading.counts == {"nd 2022 student admitted": 3, "nd 2023 student admitted": 5}
    assert reading.asked == []


@pytest.mark.parametrize("years", [(2022, 2023), ("2022", "2023"), ("Năm 2022", "Năm 2023")])
def test_years_across(tmp_path, years):
    """Bare years are years in a header."""
    rows = [["Trường THPT Nguyễn Du"], ["Nội dung", *years], ["Học sinh được kết nạp", 3, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2022 student admitted": 3, "nd 2023 student admitted": 5}
    assert reading.asked == []


def test_years_down_need_a_head(tmp_path):
    """Under «Năm» a whole number is a year; beside it, it is a count."""
    rows = [["Trường THPT Nguyễn Du"], ["Năm", "Sĩ số học sinh"], [2022, 2010], [2023, 2023]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2022 student headcount": 2010, "nd 2023 student headcount": 2023}
    assert reading.asked == []


def test_a_quarter_takes_its_year_from_the_nearest_text(tmp_path):
    """«Quý I» under a sheet of 2024."""
    rows = [["Kết nạp học sinh năm 2024"], ["Trường", "Quý I", "Quý II"], ["THPT Nguyễn Du", 3, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2024-Q1 student admitted": 3, "nd 2024-Q2 student admitted": 5}
    assert reading.asked == []


def test_a_half_year_under_its_year(tmp_path):
    """«6 tháng đầu năm» under a merged «Năm 2023» is the first half of 2023."""
    rows = [
        ["Kết nạp học sinh"],
        ["Trường", "Năm 2023", None],
        [None, "6 tháng đầu năm", "6 tháng cuối năm"],
        ["THPT Nguyễn Du", 3, 5],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2"]), schools="nd")
    assert reading.counts == {"nd 2023-H1 student admitted": 3, "nd 2023-H2 student admitted": 5}
    assert reading.asked == []


def test_two_years_over_one_column_are_a_finding(tmp_path):
    """A column «2022» under «Năm 2023» is of no year."""
    rows = [
        ["Kết nạp học sinh"],
        ["Trường", "Năm 2023", None],
        [None, "2022", "Thực hiện"],
        ["THPT Nguyễn Du", 3, 5],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2"]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5}
    assert reading.asked == ["error conflicting_headers B3"]


def test_the_nearer_period_holds_where_the_farther_is_a_span(tmp_path):
    """A title over several years fills nothing that the columns say."""
    rows = [["Kết nạp học sinh giai đoạn 2021-2023"], ["Trường", 2021, 2022, 2023], ["THPT Nguyễn Du", 1, 2, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2021 student admitted": 1,
        "nd 2022 student admitted": 2,
        "nd 2023 student admitted": 3,
    }
    assert reading.asked == []


def test_a_copied_form_whose_name_says_another_year_is_a_warning(tmp_path):
    """The title is nearer than the file's name; someone should look."""
    rows = [["Kết nạp học sinh năm 2023"], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3]]
    reading = read(tmp_path, sheet(rows), schools="nd", file="Báo cáo năm 2022.xlsx")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.codes == ["warning title_conflict"]


def test_the_day_a_return_speaks_for(tmp_path):
    """«Tính đến ngày» gives as_of; the file's time stamp never does."""
    rows = [
        ["Kết nạp học sinh năm 2024 (tính đến ngày 14/3/2024)"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2024 student admitted": 3}
    assert [str(day.date()) for day in reading.returns.counts["as_of"]] == ["2024-03-14"]
    assert not any(line.startswith("error") for line in reading.asked)


def test_a_cohort_table(tmp_path):
    """Trained in a cohort counts in the cohort's own year; admitted needs a year of its own."""
    rows = [
        ["Học sinh Trường THPT Nguyễn Du"],
        ["Khóa học", "Hoàn thành lớp", "Được kết nạp", None, None],
        [None, None, "Năm 2021", "Năm 2022", "Năm 2023"],
        ["Khóa 2021", 20, 1, 3, 0],
        ["Khóa 2022", 22, None, 2, 4],
        ["Khóa 2023", 25, None, None, 3],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:B3", "C2:E2"]), schools="nd")
    assert reading.counts == {
        "nd 2021 student trained @2021": 20,
        "nd 2022 student trained @2022": 22,
        "nd 2023 student trained @2023": 25,
        "nd 2021 student admitted @2021": 1,
        "nd 2022 student admitted @2021": 3,
        "nd 2023 student admitted @2021": 0,
        "nd 2022 student admitted @2022": 2,
        "nd 2023 student admitted @2022": 4,
        "nd 2023 student admitted @2023": 3,
    }
    assert reading.asked == []
    # An admission before the course cannot be: its cell is silent when blank.
    assert not any(line.startswith("info blank_cell") for line in reading.told)


def test_an_admission_in_a_cohort_without_a_year_is_not_guessed(tmp_path):
    """The cohort's year is not the year of admission."""
    rows = [
        ["Học sinh Trường THPT Nguyễn Du"],
        ["Khóa học", "Hoàn thành lớp", "Được kết nạp"],
        ["Khóa 2021", 20, 4],
        ["Khóa 2022", 22, 6],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2021 student trained @2021": 20, "nd 2022 student trained @2022": 22}
    assert reading.codes == ["error missing_facet"]


def test_several_courses_a_year_are_told_apart(tmp_path):
    """«Khóa IV năm 2023» is the fourth course of a year; its people are not those of the first."""
    rows = [
        ["Học sinh được cử đi học lớp bồi dưỡng nhận thức về Đảng"],
        ["Trường", "Khóa I năm 2023", "Khóa IV năm 2023"],
        ["THPT Nguyễn Du", 26, 12],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student nominated @2023/1": 26,
        "nd 2023 student nominated @2023/4": 12,
    }
    assert reading.asked == []


def test_reasons_under_not_admitted(tmp_path):
    """One main reason each; they add up to those not admitted."""
    rows = [
        ["Trường THPT Nguyễn Du - năm 2023"],
        ["Nội dung", "Học sinh"],
        ["Đã học, chưa được kết nạp", 9],
        ["Lý do chưa được kết nạp:", None],
        ["- Chưa đủ 18 tuổi", 6],
        ["- Hồ sơ chưa hoàn thiện", 2],
        ["- Lý do khác", 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student not_admitted": 9,
        "nd 2023 student not_admitted :under_age": 6,
        "nd 2023 student not_admitted :dossier_incomplete": 2,
        "nd 2023 student not_admitted :other": 1,
    }
    assert reading.asked == []


def test_reasons_in_columns_under_their_parent(tmp_path):
    """«Ra trường» under «Lý do chưa kết nạp» is a reason and no stage."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Chưa được kết nạp", "Lý do chưa được kết nạp", None, None],
        [None, None, "Chưa đủ tuổi", "Đã ra trường", "Đang thẩm tra lý lịch"],
        ["THPT Nguyễn Du", 9, 5, 3, 1],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:B3", "C2:E2"]), schools="nd")
    assert reading.counts == {
        "nd 2023 student not_admitted": 9,
        "nd 2023 student not_admitted :under_age": 5,
        "nd 2023 student not_admitted :left_school": 3,
        "nd 2023 student not_admitted :background_check": 1,
    }
    assert reading.asked == []


def test_a_file_per_year(tmp_path):
    """The file's name says the year, with or without accents."""
    rows = [["Trường", "Học sinh được kết nạp"], ["THPT Nguyễn Du", 3]]
    other = [rows[0], ["THPT Nguyễn Du", 5]]
    files = {"Bao cao nam 2022.xlsx": [sheet(rows)], "Báo cáo năm học 2022-2023.xlsx": [sheet(other)]}
    reading = read_files(tmp_path, files, schools="nd")
    assert reading.counts == {"nd 2022 student admitted": 3, "nd 2022-2023 student admitted": 5}
    assert reading.asked == []


def test_a_sheet_whose_name_and_title_say_different_years_is_a_warning(tmp_path):
    """A copied sheet: the number is taken under one of them, and someone should look."""
    rows = [["Kết nạp học sinh năm 2023"], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3]]
    reading = read(tmp_path, sheet(rows, name="Năm 2022"), schools="nd")
    assert list(reading.counts.values()) in ([3], [])
    assert "title_conflict" in " ".join(reading.codes) or "conflicting_headers" in " ".join(reading.codes)


def test_a_pupils_intake_is_no_period_and_no_course(tmp_path):
    """«Niên khóa 2021-2024» tells when pupils entered the school."""
    rows = [["Học sinh niên khóa 2021-2024"], ["Trường", "Kết nạp"], ["THPT Nguyễn Du", 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {}
    assert reading.asked


def test_years_down_and_stages_across_for_one_school(tmp_path):
    """The plainest form of a school's own history."""
    rows = [
        ["Trường THPT Nguyễn Du - Học sinh"],
        ["Năm học", "Cử đi học", "Được cấp GCN", "Kết nạp"],
        ["2021-2022", 10, 9, 2],
        ["2022-2023", 12, 12, 3],
        ["Cộng", 22, 21, 5],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2021-2022 student nominated": 10,
        "nd 2021-2022 student trained": 9,
        "nd 2021-2022 student admitted": 2,
        "nd 2022-2023 student nominated": 12,
        "nd 2022-2023 student trained": 12,
        "nd 2022-2023 student admitted": 3,
    }
    assert reading.asked == []


@pytest.mark.parametrize(
    ("time", "period"),
    [
        ("tháng 6 năm 2023", "2023-06/2023-06"),
        ("tháng 6/2023", "2023-06/2023-06"),
        ("từ tháng 1 đến tháng 6 năm 2023", "2023-H1"),
        ("3 tháng đầu năm 2023", "2023-Q1"),
        ("từ ngày 01/01/2023 đến hết ngày 30/6/2023", "2023-H1"),
        ("từ 01-11-2022 đến 31-10-2023", "2022-11/2023-10"),
        ("5 tháng cuối năm 2023", "2023-08/2023-12"),
        ("năm 2023 (6 tháng đầu năm)", "2023-H1"),
    ],
)
def test_a_part_of_a_year_in_a_title_is_not_the_year(tmp_path, time, period):
    """«Báo cáo tháng 6 năm 2023» over «Học sinh kết nạp»."""
    rows = [[f"Báo cáo kết quả {time}"], ["Trường", "Học sinh kết nạp"], ["THPT Nguyễn Du", 12]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({f"nd {period} student admitted": 12}, [])


@pytest.mark.parametrize(
    "time",
    ["trước năm 2023", "từ năm 2021", "đến hết năm 2023", "đầu năm 2023", "HK I năm 2023", "quý I và II năm 2023"],
)
def test_a_time_that_is_no_period_is_asked_about(tmp_path, time):
    """It names a year, and the numbers are not of that year."""
    rows = [[f"Báo cáo kết quả {time}"], ["Trường", "Học sinh kết nạp"], ["THPT Nguyễn Du", 12]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet B3"])


@pytest.mark.parametrize("day", ["ngày … tháng … năm 2024", "ngày    tháng 01 năm 2024"])
def test_a_date_line_left_open_is_no_period(tmp_path, day):
    """The day is filled in by hand."""
    rows = [["Báo cáo năm 2023"], [f"An Phú, {day}"], ["Trường", "Học sinh kết nạp"], ["THPT Nguyễn Du", 12]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 12}, [])


@pytest.mark.parametrize("title", ["quý I/2024", "6 tháng đầu năm 2024", "năm 2024"])
def test_a_plan_for_the_year_is_of_the_year(tmp_path, title):
    """«Kế hoạch năm» beside the numbers of a quarter."""
    rows = [[f"Kết nạp học sinh {title}"], ["Trường", "Kế hoạch năm", "Thực hiện quý I"], ["THPT Nguyễn Du", 5, 1]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2024 student admitted target": 5, "nd 2024-Q1 student admitted": 1}
    assert reading.asked == []


@pytest.mark.parametrize(
    "text", ["10 tháng đầu năm học 2022-2023", "Quý I năm học 2022-2023", "Quý I, 6 tháng đầu năm", "9 tháng năm học"]
)
def test_a_part_of_what_has_no_such_part_is_no_period(tmp_path, text):
    """«10 tháng đầu năm học 2022-2023» is not the whole school year."""
    rows = [[f"Kết nạp học sinh {text}"], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3]]
    reading = read(tmp_path, sheet(rows, name="2023"), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet B3"])


def test_the_day_of_another_document_is_not_that_of_the_return(tmp_path):
    """«(Kèm theo Công văn … ngày …)» stands above the day on which the return was signed."""
    rows = [["Kết nạp học sinh năm 2024"], ["(Kèm theo Công văn số 12-CV/HU ngày 05/12/2024)"], ["Trường", "Số lượng"]]
    rows += [["THPT Nguyễn Du", 3], [], ["An Phú, ngày 15 tháng 01 năm 2025"]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024 student admitted": 3}, [])


def test_a_run_of_days_from_within_a_month_is_no_period(tmp_path):
    """No run of months is «từ ngày 15/12/2022 đến ngày 14/12/2023», and the year in the sheet's name not either."""
    rows = [["Kết quả từ ngày 15/12/2022 đến ngày 14/12/2023"], ["Trường", "Học sinh kết nạp"], ["THPT Nguyễn Du", 12]]
    reading = read(tmp_path, sheet(rows, name="2023"), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet B3"])


def test_a_run_of_days_to_within_a_month_speaks_for_its_last_day(tmp_path):
    """«đến ngày 20 tháng 4» is not all of April, and earlier than the day that was asked."""
    time = "từ ngày 01 tháng 01 năm 2023 đến ngày 20 tháng 4 năm 2023"
    rows = [[f"Báo cáo kết quả {time}"], ["Trường", "Học sinh kết nạp"], ["THPT Nguyễn Du", 12]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    found = ({"nd 2023-01/2023-04 student admitted": 12}, ["warning early_day B3"])
    assert (reading.counts, reading.asked) == found
