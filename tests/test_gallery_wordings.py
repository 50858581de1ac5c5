"""Gallery of small workbooks: wordings that name people, members of the Party, headings and rates."""

import pytest
from gallery import read, sheet

CELL = ["CHI BỘ TRƯỜNG THPT NGUYỄN DU"]
TITLE = ["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2024"]
GROUPS = ["TT", "Nội dung", "Học sinh", "CBGVNV"]
ONE = ["TT", "Nội dung", "Số lượng"]
BODY = [["1", "Cử đi học lớp bồi dưỡng nhận thức về Đảng", 12, 3], ["2", "Kết nạp Đảng", 4, 1]]
COUNTS = {
    "nd 2024 student nominated": 12,
    "nd 2024 staff nominated": 3,
    "nd 2024 student admitted": 4,
    "nd 2024 staff admitted": 1,
}
ADMITTED = {"nd 2024 student admitted": 4, "nd 2024 staff admitted": 1}
LAST = [["2", "Học sinh được kết nạp", 4], ["3", "CBGVNV được kết nạp", 1]]


def _read(folder, rows, title=TITLE):
    return read(folder, sheet([CELL, title, *rows], name="Sheet1"), file="Báo cáo.xlsx", schools="nd")


@pytest.mark.parametrize(
    ("pupils", "staff"),
    [
        ("HS", "CBGVNV"),
        ("Số HS", "CBGVNV"),
        ("Số học sinh", "CBGVNV"),
        ("Tổng số học sinh", "Tổng số CBGVNV"),
    ],
)
@pytest.mark.parametrize(
    ("label", "measure"),
    [("Học lớp bồi dưỡng nhận thức về Đảng", "trained"), ("Nguồn phát triển Đảng", "source")],
)
@pytest.mark.parametrize("turned", [False, True])
def test_who_is_counted_beside_a_course_or_the_pool(tmp_path, pupils, staff, label, measure, turned):
    """«Số HS» crossing «Học lớp BDNT» names the people, and what crosses it what they did."""
    rows = [["TT", "Nội dung", pupils, staff], [1, label, 12, 3], [2, "Kết nạp Đảng", 4, 1]]
    if turned:
        rows = [["TT", "Đối tượng", label, "Kết nạp Đảng"], [1, pupils, 12, 4], [2, staff, 3, 1]]
    reading = _read(tmp_path, rows)
    assert reading.counts == {f"nd 2024 student {measure}": 12, f"nd 2024 staff {measure}": 3, **ADMITTED}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("- HS dân tộc thiểu số", "ethnic_minority"),
        ("Trong đó: - HS nữ", "female"),
        ("Số HS đủ 18 tuổi", "age_18"),
        ("Số học sinh đủ 18 tuổi trở lên", "age_18"),
    ],
)
def test_a_part_of_the_pupils(tmp_path, label, part):
    """Papers have neither sex nor age: «HS nữ» are girls."""
    reading = _read(tmp_path, [ONE, ["1", "Tổng số học sinh", 400], ["", label, 30], *LAST])
    assert reading.counts == {"nd 2024 student headcount": 400, f"nd 2024 student.{part} headcount": 30, **ADMITTED}
    assert reading.asked == []


def test_papers_stay_open(tmp_path):
    """«HS» over rows that name nothing may be papers."""
    reading = _read(tmp_path, [["Trường", "HS", "Học sinh được kết nạp"], ["THPT Nguyễn Du", 14, 3]])
    assert reading.counts == {"nd 2024 student admitted": 3}
    assert reading.asked == ["error ambiguous_header B3"]


@pytest.mark.parametrize("first", ["Trong đó: - Nữ", "Trong đó: - Học sinh nữ", "- Nữ"])
def test_dashes_side_by_side(tmp_path, first):
    """The dash behind «Trong đó:» is of the rank of the next one: no women among the minority."""
    rows = [ONE, ["1", "Học sinh được kết nạp", 4], ["", first, 3], ["", "- Dân tộc thiểu số", 2]]
    reading = _read(tmp_path, [*rows, ["2", "CBGVNV được kết nạp", 1]])
    parts = {"nd 2024 student.female admitted": 3, "nd 2024 student.ethnic_minority admitted": 2}
    assert reading.counts == {**ADMITTED, **parts}
    assert reading.asked == []


@pytest.mark.parametrize("pupils", ["Học sinh", "HS"])
def test_a_title_of_both_groups(tmp_path, pupils):
    """«HỌC SINH, CBGVNV THAM GIA LỚP …» says what is counted of both."""
    title = ["SỐ LƯỢNG HỌC SINH, CBGVNV THAM GIA LỚP BỒI DƯỠNG NHẬN THỨC VỀ ĐẢNG CÁC NĂM"]
    reading = _read(tmp_path, [["Năm", pupils, "CBGVNV"], [2023, 12, 3]], title)
    assert reading.counts == {"nd 2023 student trained": 12, "nd 2023 staff trained": 3}
    assert reading.asked == []


@pytest.mark.parametrize(
    "heading",
    [
        *("CÔNG TÁC KẾT NẠP ĐẢNG VIÊN", "CÔNG TÁC TẠO NGUỒN", "Công tác bồi dưỡng nhận thức về Đảng"),
        *("Tình hình chung", "Đặc điểm tình hình", "Thông tin chung", "Tình hình đội ngũ", "Số liệu chung"),
    ],
)
def test_headings_of_work_and_circumstances(tmp_path, heading):
    """A section that says nothing of its own, or what its rows say better."""
    reading = _read(tmp_path, [GROUPS, ["I", heading], *BODY])
    assert reading.counts == COUNTS
    assert reading.asked == []


def test_a_heading_of_two_tasks(tmp_path):
    """«Tạo nguồn, bồi dưỡng» leaves open what a row names itself; «đối với» names a group."""
    rows = [GROUPS, ["I", "Công tác tạo nguồn, bồi dưỡng"], ["1", "Học lớp BDNT", 5, 6]]
    reading = _read(tmp_path, [*rows, ["II", "Công tác kết nạp"], ["1", "Kết nạp", 4, 1]])
    assert reading.counts == {"nd 2024 student trained": 5, "nd 2024 staff trained": 6, **ADMITTED}
    assert reading.asked == []


def test_sections_for_each_group(tmp_path):
    """«Đối với học sinh» is «Học sinh»."""
    tasks = [["1", "Cử đi học lớp bồi dưỡng"], ["2", "Kết nạp Đảng"]]
    pupils, staff = ([[*task, n] for task, n in zip(tasks, ns, strict=True)] for ns in ((12, 4), (3, 1)))
    reading = _read(tmp_path, [ONE, ["I", "Đối với học sinh"], *pupils, ["II", "Đối với CBGVNV"], *staff])
    assert reading.counts == COUNTS
    assert reading.asked == []


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Tổng số đảng viên",
            "Số đảng viên hiện có",
            "Tổng số đảng viên của chi bộ",
            "Tổng số đảng viên trong chi bộ",
        ),
        *("Tổng số đảng viên của trường", "Tổng số đảng viên của đảng bộ", "Tổng số đảng viên hiện nay"),
    ],
)
def test_all_members_of_the_cell(tmp_path, label):
    """Where nothing names a group they are those of the cell, and so are the women among them."""
    reading = _read(tmp_path, [ONE, ["1", label, 45], ["", "Trong đó: Nữ", 20], *LAST])
    members = {"nd 2024 all party_members": 45, "nd 2024 all.female party_members": 20}
    assert reading.counts == {**members, **ADMITTED}
    assert reading.asked == []


def test_members_under_groups(tmp_path):
    """A group that is named goes before the cell."""
    reading = _read(tmp_path, [GROUPS, ["1", "Tổng số đảng viên của chi bộ", 1, 45], *BODY])
    assert reading.counts == {"nd 2024 student party_members": 1, "nd 2024 staff party_members": 45, **COUNTS}
    assert reading.asked == []


def test_members_of_whom_nothing_is_said(tmp_path):
    """«Đảng viên» alone may be those among the people above."""
    reading = _read(tmp_path, [ONE, ["1", "Đảng viên", 45], *LAST])
    assert reading.counts == ADMITTED
    assert reading.asked == ["error missing_facet C4"]


@pytest.mark.parametrize("label", ["- Đảng viên", "- Trong đó: đảng viên", "Trong đó: Đảng viên"])
def test_members_among_the_staff(tmp_path, label):
    """The row says what it counts, and the row above among whom."""
    rows = [ONE, ["1", "Tổng số CBGVNV", 85], ["", label, 45], ["2", "Số CBGVNV được kết nạp", 1]]
    reading = _read(tmp_path, rows)
    members = {"nd 2024 staff headcount": 85, "nd 2024 staff party_members": 45}
    assert reading.counts == {**members, "nd 2024 staff admitted": 1}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Cử đi học lớp bồi dưỡng", "nominated"),
        ("Số người được cử đi học lớp bồi dưỡng", "nominated"),
        ("Lớp NTVĐ", "trained"),
        ("Học lớp BDNTVĐ", "trained"),
        ("Số lượng quần chúng ưu tú hiện có", "source"),
        ("Số đảng viên dự bị được công nhận chính thức", "confirmed"),
    ],
)
def test_more_rows(tmp_path, label, measure):
    """Wordings of rows; «TC» is the total."""
    rows = [["TT", "Nội dung", "HS", "CBGVNV", "TC"], ["1", label, 12, 3, 15], ["2", "Kết nạp Đảng", 4, 1, 5]]
    reading = _read(tmp_path, rows)
    assert reading.counts == {f"nd 2024 student {measure}": 12, f"nd 2024 staff {measure}": 3, **ADMITTED}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Đang thẩm tra, xác minh lý lịch", "background_check"),
        ("Chưa đủ điều kiện, tiêu chuẩn", "not_yet_qualified"),
    ],
)
def test_more_reasons(tmp_path, label, reason):
    """Reasons of two words."""
    reading = _read(tmp_path, [ONE, ["1", "Học sinh chưa được kết nạp", 4], ["", "- " + label, 4]])
    assert reading.counts == {"nd 2024 student not_admitted": 4, f"nd 2024 student not_admitted :{reason}": 4}
    assert reading.asked == []


@pytest.mark.parametrize(
    "header",
    ["Tỷ lệ hoàn thành", "Mức độ hoàn thành", "Tỉ lệ hoàn thành chỉ tiêu (%)", "Hoàn thành (%)", "% HTKH"],
)
def test_rates_of_what_was_to_be_reached(tmp_path, header):
    """A rate is compared, not counted."""
    rows = [["Nội dung", "Chỉ tiêu", "Thực hiện", header], ["Học sinh kết nạp", 10, 8, 80]]
    reading = _read(tmp_path, rows)
    assert reading.counts == {"nd 2024 student admitted target": 10, "nd 2024 student admitted": 8}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("label", "said"),
    [("Học sinh giới thiệu", "Chữ ở ô B4"), ("CB", "Chữ viết tắt hoặc không dấu ở ô B4")],
)
def test_the_question_about_two_readings(tmp_path, label, said):
    """Nothing is said of missing accents or abbreviations where there are none."""
    reading = _read(tmp_path, [ONE, ["1", label, 12]])
    assert reading.messages.startswith(said)


@pytest.mark.parametrize(
    "label",
    [
        *("Cán bộ lớp được kết nạp", "HS xếp loại tốt được kết nạp"),
        *("HS kết nạp kỳ trước chuyển sang", "HS đảng viên giúp đỡ"),
    ],
)
def test_people_left_out_for_one_word(tmp_path, label):
    """A row that names people who were admitted is asked about, not passed over."""
    rows = [["Nội dung", "Số lượng"], ["Học sinh cử đi học", 9], [label, 5]]
    reading = _read(tmp_path, rows)
    assert reading.counts == {"nd 2024 student nominated": 9}
    assert reading.asked == ["error unknown_header A5"]


@pytest.mark.parametrize("label", ["Đảng viên giúp đỡ", "Số chi bộ có kết nạp", "HS xếp loại rèn luyện"])
def test_other_things_are_left_out(tmp_path, label):
    """Helpers, cells and marks are not counted here."""
    reading = _read(tmp_path, [["Nội dung", "Số lượng"], ["Học sinh cử đi học", 9], [label, 5]])
    assert reading.counts == {"nd 2024 student nominated": 9}
    assert reading.told == ["info column_not_taken B5"]


@pytest.mark.parametrize("heading", ["Kiến nghị", "Đề xuất, kiến nghị", "Đề xuất"])
def test_what_is_wanted_for_the_next_year(tmp_path, heading):
    """Numbers under proposals were not reached."""
    reading = _read(tmp_path, [GROUPS, *BODY, ["II", heading], ["1", "Chưa được kết nạp", 9, 9]])
    assert reading.counts == COUNTS
    assert reading.asked == ["error unknown_header B6"]
