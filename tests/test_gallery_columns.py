"""Gallery of small workbooks: columns that are known and are no counts, and rates."""

import pytest
from gallery import read, sheet


def test_a_rate_beside_its_numbers_is_checked_and_not_loaded(tmp_path):
    """Target, actual, rate: two counts."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Kế hoạch", "Thực hiện", "TH/KH (%)"],
        ["THPT Nguyễn Du", 4, 3, 75],
        ["THPT Lê Lợi", 6, 4, "66,7%"],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {
        "nd 2023 student admitted target": 4,
        "nd 2023 student admitted": 3,
        "ll 2023 student admitted target": 6,
        "ll 2023 student admitted": 4,
    }
    assert reading.asked == []


def test_a_rate_that_its_numbers_do_not_give_is_a_warning(tmp_path):
    """The numbers are taken, and the rate's cell is named."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Chỉ tiêu", "Thực hiện", "Tỷ lệ %"],
        ["THPT Nguyễn Du", 4, 3, 57],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted target": 4, "nd 2023 student admitted": 3}
    assert reading.asked == ["warning rate_mismatch D3"]


def test_a_rate_written_with_a_stroke_or_against(tmp_path):
    """«Kết nạp/cử đi học» and «So với kế hoạch» are rates by their words."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Cử đi học", "Kết nạp", "Kết nạp/cử đi học (%)"],
        ["THPT Nguyễn Du", 12, 3, 25],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert reading.asked == []


def test_a_rate_whose_numbers_were_not_read_is_left_alone(tmp_path):
    """One cause, one finding: the unreadable count is asked about, its rate is not."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Kế hoạch", "Thực hiện", "Tỷ lệ %"],
        ["THPT Nguyễn Du", 4, "khoảng 3", 57],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted target": 4}
    assert reading.asked == ["error not_a_count C3"]


def test_last_years_numbers_for_comparison_are_not_loaded(tmp_path):
    """«Cùng kỳ năm trước» stands in every official form and is last year's number."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Kết nạp", None, None],
        [None, "Năm 2023", "Cùng kỳ năm trước", "Tăng, giảm"],
        ["THPT Nguyễn Du", 3, 5, -2],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:D2"]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == []


def test_last_years_number_that_differs_from_what_was_reported_is_a_warning(tmp_path):
    """A reference column is compared with the count of that period, and never loaded."""
    first = [["Kết nạp học sinh năm 2022"], ["Trường", "Thực hiện"], ["THPT Nguyễn Du", 5]]
    second = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Thực hiện", "Cùng kỳ năm trước"],
        ["THPT Nguyễn Du", 3, 4],
    ]
    reading = read(tmp_path, sheet(first, name="2022"), sheet(second, name="2023"), schools="nd")
    assert reading.counts == {"nd 2022 student admitted": 5, "nd 2023 student admitted": 3}
    assert reading.places == ["warning C3"]


def test_running_totals_are_not_loaded(tmp_path):
    """«Lũy kế» counts the same people again."""
    rows = [
        ["Kết nạp học sinh"],
        ["Trường", "Năm 2022", "Năm 2023", "Lũy kế"],
        ["THPT Nguyễn Du", 5, 3, 8],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2022 student admitted": 5, "nd 2023 student admitted": 3}
    assert reading.asked == []


def test_counts_of_classes_and_cells_are_not_people(tmp_path):
    """«Số lớp», «Số chi bộ có kết nạp» and «Chuyển sinh hoạt đảng» are known and not taken."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Số lớp bồi dưỡng", "Cử đi học", "Kết nạp", "Số chi bộ có kết nạp", "Chuyển sinh hoạt đảng"],
        ["THPT Nguyễn Du", 2, 12, 3, 1, 4],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert reading.asked == []


def test_a_course_for_new_members_is_no_admission(tmp_path):
    """«Bồi dưỡng đảng viên mới» comes after admission; the helpers of a candidate are not the candidates."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Kết nạp", "Bồi dưỡng đảng viên mới", "Đảng viên được phân công giúp đỡ quần chúng"],
        ["THPT Nguyễn Du", 3, 5, 7],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == []


def test_ordinals_notes_and_units_are_no_counts(tmp_path):
    """STT, «Ghi chú» and «Đơn vị tính» are known as such."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        [None, None, "Đơn vị tính: người"],
        ["STT", "Trường", "Số lượng", "Ghi chú"],
        [1, "THPT Nguyễn Du", 3, 2024],
        ["02", "THPT Lê Lợi", 2, "như năm trước"],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {"nd 2023 student admitted": 3, "ll 2023 student admitted": 2}
    assert reading.asked == []


def test_notes_never_travel(tmp_path):
    """A note may hold a person's name: it reaches neither counts nor any message."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Số lượng", "Ghi chú"],
        ["THPT Nguyễn Du", 3, "Em Phạm Thị Khuê chuyển trường"],
        ["THPT Lê Lợi", "Em Hoàng Bá Quyết", None],
        [],
        ["Người lập biểu: Đặng Quốc Hưng"],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == ["error not_a_count B4"]
    everything = reading.returns.counts.to_csv() + reading.returns.findings.to_csv() + reading.returns.files.to_csv()
    for name in ("Khuê", "Quyết", "Hưng"):
        assert name not in everything


def test_a_title_with_many_words_fills_nothing(tmp_path):
    """«Báo cáo kết quả công tác phát triển đảng viên» gives neither party members nor actuals."""
    rows = [
        ["BÁO CÁO KẾT QUẢ CÔNG TÁC PHÁT TRIỂN ĐẢNG VIÊN NĂM 2023"],
        ["Trường", "Học sinh", "CBGVNV"],
        ["THPT Nguyễn Du", 3, 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {}
    assert set(reading.codes) == {"error missing_facet"}


def test_a_title_names_the_stage_where_no_header_does(tmp_path):
    """«Chỉ tiêu kết nạp năm 2023» is wholly understood and speaks for the whole sheet."""
    rows = [["CHỈ TIÊU KẾT NẠP ĐẢNG VIÊN NĂM 2023"], ["Trường", "Học sinh", "CBGVNV"], ["THPT Nguyễn Du", 4, 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted target": 4, "nd 2023 staff admitted target": 2}
    assert reading.asked == []


def test_a_kind_in_a_title_speaks_only_for_the_measure_named_there(tmp_path):
    """The title sets targets of admission; the column of those sent to the course is not one of them."""
    rows = [["Chỉ tiêu kết nạp năm 2023"], ["Trường", "Học sinh được cử đi học"], ["THPT Nguyễn Du", 14]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 14}
    assert reading.asked == []


def test_a_rate_stored_as_a_share_is_the_rate_that_the_clerk_sees(tmp_path):
    """A spreadsheet shows 0.75 as 75%."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Kế hoạch", "Thực hiện", "Tỷ lệ %"],
        ["THPT Nguyễn Du", 4, 3, 0.75],
        ["THPT Lê Lợi", 6, 4, 0.6667],
        ["Cộng", 10, 7, 0.7],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts["ll 2023 student admitted"] == 4
    assert len(reading.counts) == 4
    assert reading.asked == []


def test_a_target_in_the_title_never_makes_an_actual_of_what_stands_beside_an_estimate(tmp_path):
    """One column names a kind of its own; the other's is the title's or in doubt, and not the default in silence."""
    rows = [
        ["CHỈ TIÊU NĂM 2023"],
        ["Trường", "Học sinh được cử đi học", "Dự kiến học sinh được kết nạp"],
        ["THPT Nguyễn Du", 14, 4],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert "nd 2023 student nominated" not in reading.counts or reading.asked
    assert "nd 2023 student admitted" not in reading.counts


@pytest.mark.parametrize(
    "line",
    ["DỰ KIẾN CHỈ TIÊU NĂM 2023", "A. Dự kiến chỉ tiêu - học sinh", "B. Không kế hoạch - học sinh"],
)
def test_a_line_about_plans_that_is_not_understood_never_reads_as_an_actual_in_silence(tmp_path, line):
    """«Dự kiến chỉ tiêu» is neither reported nor set: to read what stands below as done would be a guess."""
    rows = [["Năm 2023"], [line], ["Trường", "Học sinh được kết nạp"], ["THPT Nguyễn Du", 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert "nd 2023 student admitted" not in reading.counts or reading.asked


def test_a_target_in_the_title_is_the_kind_of_all_columns(tmp_path):
    """«CHỈ TIÊU NĂM 2023» over stages that name no kind."""
    rows = [
        ["CHỈ TIÊU NĂM 2023"],
        ["Trường", "Học sinh được cử đi học", "Học sinh được kết nạp"],
        ["THPT Nguyễn Du", 14, 4],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated target": 14, "nd 2023 student admitted target": 4}
    assert reading.asked == []


def test_a_number_that_stands_in_no_table_is_a_finding(tmp_path):
    """No number is left out without a word: one beside the table, one below it."""
    rows = [
        ["Năm 2023"],
        ["Trường", "Học sinh được kết nạp"],
        ["THPT Nguyễn Du", 3, None, 17],
        ["THPT Lê Lợi", 2],
        [],
        [],
        [None, 41],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {"nd 2023 student admitted": 3, "ll 2023 student admitted": 2}
    assert {line.split()[-1] for line in reading.asked + reading.told} >= {"D3", "B7"}


def test_a_number_in_the_column_of_units_is_told(tmp_path):
    """«ĐVT» holds words; a number there is left out, but not without a line that says so."""
    rows = [["Học sinh năm 2023"], ["Trường", "ĐVT", "Kết nạp"], ["THPT Nguyễn Du", 7, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.told == ["info column_not_taken B3"]


@pytest.mark.parametrize(
    "head",
    ["Lũy kế từ đầu nhiệm kỳ", "So sánh 2023/2022", "Còn thiếu", "Vượt, hụt so với chỉ tiêu", "Số lớp BDNT đã mở"],
)
def test_a_column_that_is_known_and_not_taken_is_only_mentioned(tmp_path, head):
    """It is no unknown header."""
    rows = [["Học sinh kết nạp"], ["Trường", "Năm 2022", "Năm 2023", head], ["THPT Nguyễn Du", 2, 3, 9]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2022 student admitted": 2, "nd 2023 student admitted": 3}
    assert (reading.asked, reading.told) == ([], ["info column_not_taken D3"])


def test_a_column_of_typed_shares_names_no_rows(tmp_path):
    """«150%» between two years is no label of the second."""
    rows = [["Học sinh kết nạp"], ["Trường", "Năm 2022", "So sánh", "Năm 2023"], ["THPT Nguyễn Du", 2, "150%", 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2022 student admitted": 2, "nd 2023 student admitted": 3}
    assert reading.asked == []
