"""Gallery of small workbooks: what column headers and row labels say."""

import pytest
from gallery import read, sheet


def test_a_merged_parent_speaks_for_all_columns_under_it(tmp_path):
    """A parent header spreads by its merge; the key columns merge over both rows."""
    rows = [
        ["Năm 2023"],
        ["Trường", "Học sinh", None, "CBGVNV", None],
        [None, "Cử đi học", "Kết nạp", "Cử đi học", "Kết nạp"],
        ["THPT Nguyễn Du", 12, 3, 5, 1],
        ["THPT Lê Lợi", 9, 2, 4, 0],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2", "D2:E2"]))
    assert reading.counts == {
        "nd 2023 student nominated": 12,
        "nd 2023 student admitted": 3,
        "nd 2023 staff nominated": 5,
        "nd 2023 staff admitted": 1,
        "ll 2023 student nominated": 9,
        "ll 2023 student admitted": 2,
        "ll 2023 staff nominated": 4,
        "ll 2023 staff admitted": 0,
    }
    assert reading.asked == []


def test_a_parent_written_over_its_first_column_speaks_for_the_columns_after_it(tmp_path):
    """Where the row has no merges, a parent goes on until the next one."""
    rows = [
        ["Năm 2023"],
        ["Trường", "Học sinh", None, "CBGVNV", None],
        [None, "Cử đi học", "Kết nạp", "Cử đi học", "Kết nạp"],
        ["THPT Nguyễn Du", 12, 3, 5, 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student nominated": 12,
        "nd 2023 student admitted": 3,
        "nd 2023 staff nominated": 5,
        "nd 2023 staff admitted": 1,
    }
    assert reading.asked == []


def test_an_unmerged_parent_does_not_reach_a_column_beside_merged_ones(tmp_path):
    """In a row with merges, a column without a parent has none: its group is missing, and nothing is guessed."""
    rows = [
        ["Năm 2023"],
        ["Trường", "Học sinh", None, None],
        [None, "Cử đi học", "Được cấp giấy chứng nhận", "Kết nạp"],
        ["THPT Nguyễn Du", 12, 10, 3],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2"]), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student trained": 10}
    assert reading.codes == ["error missing_facet"]


def test_the_name_of_the_course_over_its_stages_is_no_stage_itself(tmp_path):
    """«Lớp bồi dưỡng nhận thức về Đảng» is weak: the headers under it decide."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Lớp bồi dưỡng nhận thức về Đảng", None, "Kết nạp"],
        [None, "Cử đi học", "Được cấp GCN", None],
        ["THPT Nguyễn Du", 12, 10, 3],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2", "D2:D3"]), schools="nd")
    assert reading.counts == {
        "nd 2023 student nominated": 12,
        "nd 2023 student trained": 10,
        "nd 2023 student admitted": 3,
    }
    assert reading.asked == []


def test_the_name_of_the_course_alone_means_those_who_took_it(tmp_path):
    """Where nothing else in the column names a stage, the course's name means trained."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Bồi dưỡng nhận thức về Đảng", "Kết nạp"],
        ["THPT Nguyễn Du", 10, 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student trained": 10, "nd 2023 student admitted": 3}
    assert reading.asked == []


def test_chi_tieu_over_words_is_the_head_of_the_labels(tmp_path):
    """Older forms head their label column «Chỉ tiêu»: the numbers beside it are no targets."""
    rows = [
        ["Trường THPT Nguyễn Du - Học sinh năm 2023"],
        ["STT", "Chỉ tiêu", "Số lượng"],
        [1, "Cử đi học", 12],
        [2, "Kết nạp", 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert reading.asked == []


def test_chi_tieu_over_numbers_is_a_target(tmp_path):
    """The same word over numbers is what was set."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Kết nạp", None],
        [None, "Chỉ tiêu", "Thực hiện"],
        ["THPT Nguyễn Du", 4, 3],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2"]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted target": 4, "nd 2023 student admitted": 3}
    assert reading.asked == []


def test_an_extra_target_an_estimate_and_an_actual_are_three_kinds(tmp_path):
    """«Ước thực hiện» is never an actual, «Chỉ tiêu bổ sung» never the target itself."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Chỉ tiêu", "Chỉ tiêu bổ sung", "Thực hiện", "Ước thực hiện"],
        ["THPT Nguyễn Du", 4, 2, 3, 5],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student admitted target": 4,
        "nd 2023 student admitted extra_target": 2,
        "nd 2023 student admitted": 3,
        "nd 2023 student admitted estimate": 5,
    }
    assert reading.asked == []


def test_row_labels_and_two_label_columns_speak(tmp_path):
    """Measures down, the school merged beside them, years across."""
    rows = [
        ["Học sinh"],
        ["Trường", "Nội dung", 2022, 2023],
        ["THPT Nguyễn Du", "Cử đi học", 10, 12],
        [None, "Kết nạp", 2, 3],
        ["THPT Lê Lợi", "Cử đi học", 8, 9],
        [None, "Kết nạp", 1, 2],
    ]
    reading = read(tmp_path, sheet(rows, ["A3:A4", "A5:A6"]))
    assert reading.counts == {
        "nd 2022 student nominated": 10,
        "nd 2023 student nominated": 12,
        "nd 2022 student admitted": 2,
        "nd 2023 student admitted": 3,
        "ll 2022 student nominated": 8,
        "ll 2023 student nominated": 9,
        "ll 2022 student admitted": 1,
        "ll 2023 student admitted": 2,
    }
    assert reading.asked == []


def test_a_table_without_column_headers(tmp_path):
    """Column headers may be absent where rows and title say everything."""
    rows = [
        ["SỐ HỌC SINH ĐƯỢC KẾT NẠP NĂM 2023"],
        [],
        [1, "THPT Nguyễn Du", 3],
        [2, "THPT Lê Lợi", 2],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {"nd 2023 student admitted": 3, "ll 2023 student admitted": 2}
    assert reading.asked == []


def test_a_number_row_under_the_header_is_no_count(tmp_path):
    """«1 2 3 4=3/2» numbers the columns."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Kế hoạch", "Thực hiện", "Tỷ lệ %"],
        [1, 2, 3, "4=3/2"],
        ["THPT Nguyễn Du", 4, 3, 75],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted target": 4, "nd 2023 student admitted": 3}
    assert reading.asked == []


def test_a_decision_and_a_ceremony_are_two_things(tmp_path):
    """614 decided and 260 sworn in are not two counts of one thing."""
    rows = [
        ["Học sinh năm học 2022-2023"],
        ["Trường", "Đã có quyết định kết nạp", "Đã tổ chức lễ kết nạp"],
        ["THPT Nguyễn Du", 6, 2],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2022-2023 student admitted": 6, "nd 2022-2023 student ceremony": 2}
    assert reading.asked == []


def test_party_members_without_a_group_are_of_all(tmp_path):
    """«Toàn chi bộ» tells pupils and staff not apart, and says so."""
    rows = [
        ["Năm 2023"],
        ["Trường", "Đảng viên toàn chi bộ", "Đảng viên là học sinh"],
        ["THPT Nguyễn Du", 45, 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 all party_members": 45, "nd 2023 student party_members": 3}
    assert reading.asked == []


def test_a_strange_text_right_over_the_numbers_is_asked_about(tmp_path):
    """It may be their header, as «Chỉ tiêu giao» would be; what stands in brackets or over the labels is not."""

    def table(over_labels, over_numbers):
        rows = [["Trường THPT Nguyễn Du"], ["Học sinh năm 2023"], [over_labels, over_numbers]]
        rows += [["Nội dung", "Số lượng"], ["Kết nạp Đảng", 4]]
        return read(tmp_path, sheet(rows), schools="nd")

    for above in ((None, "Máy tính xách tay"), (None, "(Kèm theo công văn)"), ("Máy tính xách tay", None)):
        reading = table(*above)
        assert reading.counts == {"nd 2023 student admitted": 4}
        assert reading.asked == (["warning unknown_header B3"] if above[1] == "Máy tính xách tay" else [])


@pytest.mark.parametrize("unit", ["Đơn vị tính: nghìn người", "ĐVT: %", "ĐVT: triệu đồng"])
def test_numbers_of_another_unit_than_people_are_asked_about(tmp_path, unit):
    """They are taken as they stand."""
    rows = [["Học sinh năm 2023"], [unit], ["Trường", "Kết nạp"], ["THPT Nguyễn Du", 12]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 12}, ["warning unclear_unit B4"])


@pytest.mark.parametrize("unit", ["Đơn vị tính: người", "(ĐVT: người, %)"])
def test_a_unit_of_people_is_not_asked_about(tmp_path, unit):
    """Most returns bear one."""
    rows = [["Học sinh năm 2023"], [unit], ["Trường", "Kết nạp"], ["THPT Nguyễn Du", 12]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 12}, [])


@pytest.mark.parametrize("title", ["Nhu cầu cử học sinh đi học", "Phấn đấu", "II. PHƯƠNG HƯỚNG", "Đăng ký học sinh"])
def test_a_title_that_speaks_of_plans_is_asked_about(tmp_path, title):
    """Nobody says that this was done."""
    rows = [[f"{title} năm 2024"], ["Trường", "Học sinh cử đi học"], ["THPT Nguyễn Du", 12]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024 student nominated": 12}, ["warning unclear_kind B3"])


def test_a_title_that_speaks_of_some_and_is_half_understood_is_asked_about(tmp_path):
    """«học sinh nữ» in a title of which a word is not known."""
    rows = [["Thống kê zzz học sinh nữ năm 2023"], ["Trường", "Học sinh kết nạp"], ["THPT Nguyễn Du", 12]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 12}, ["warning unclear_part B3"])


def test_headers_that_are_repeated_on_the_next_page_open_no_table(tmp_path):
    """The sum below them is that of both pages."""
    heads = [["TT", "Trường", "Kết nạp", None], [None, None, "Học sinh", "CBGVNV"], ["A", "B", 1, 2]]
    rows = [["Năm 2023"], *heads, [1, "THPT Nguyễn Du", 3, 1], *heads, [2, "THPT Lê Lợi", 2, 1], [None, "Cộng", 5, 2]]
    reading = read(tmp_path, sheet(rows, merges=["C2:D2"]))
    students = {"nd 2023 student admitted": 3, "ll 2023 student admitted": 2}
    staff = {"nd 2023 staff admitted": 1, "ll 2023 staff admitted": 1}
    assert (reading.counts, reading.asked) == ({**students, **staff}, [])


COURSE = {"nd 2023 student trained": 18, "nd 2023 student admitted": 5}


@pytest.mark.parametrize(
    ("first", "second", "sent"),
    [
        ("CT", "TH", "trained target"),
        ("Giới thiệu", "Cấp GCN", "nominated"),
        ("GT", "Được cấp giấy chứng nhận", "nominated"),
    ],
)
def test_abbreviations_below_the_course_are_of_the_course(tmp_path, first, second, sent):
    """There «CT» is no full member, and «Giới thiệu» no proposal to the Party."""
    rows = [["Năm 2023"], ["Đối tượng", "Học lớp BDNT", None, "Kết nạp"], [None, first, second, None]]
    rows.append(["Học sinh", 20, 18, 5])
    reading = read(tmp_path, sheet(rows, merges=["A2:A3", "B2:C2", "D2:D3"]), schools="nd")
    assert (reading.counts, reading.asked) == (COURSE | {f"nd 2023 student {sent}": 20}, [])


@pytest.mark.parametrize("header", ["Bồi dưỡng", "Chính thức", "Ra trường"])
def test_a_stage_in_two_readings_below_the_course_stays_open(tmp_path, header):
    """It may be counted itself."""
    rows = [["Năm 2023"], ["Đối tượng", "Học lớp BDNT", None], [None, "Tổng số", header], ["Học sinh", 20, 18]]
    reading = read(tmp_path, sheet(rows, merges=["A2:A3", "B2:C2"]), schools="nd")
    assert "error ambiguous_header C3" in reading.asked
