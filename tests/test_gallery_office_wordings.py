"""Gallery of small workbooks: lines about a course or a ceremony, legal bases, and wordings of offices."""

import pytest
from gallery import read, sheet

TITLE = "KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2024"
BODY = [["STT", "Nội dung", "Học sinh", "CBGVNV"], [1, "Giới thiệu học lớp BDNT về Đảng", 26, 5], [2, "Kết nạp", 9, 3]]
ADMITTED = {"nd 2024 student admitted": 9, "nd 2024 staff admitted": 3}
COUNTS = {"nd 2024 student nominated": 26, "nd 2024 staff nominated": 5} | ADMITTED
BY_GROUP = [["STT", "Đối tượng", "Số lượng"], [1, "Học sinh", 9], [2, "CBGVNV", 3]]


@pytest.mark.parametrize("line", ["Học lớp BDNT khóa I năm 2024 (từ 06-10/5/2024)", "Học lớp BDNT khóa I năm 2024"])
def test_a_line_about_a_course_names_it_for_those_sent_only(tmp_path, line):
    """Whether those admitted were in it is asked about."""
    reading = read(tmp_path, sheet([[TITLE], [line], [], *BODY]), schools="nd")
    sent = {"nd 2024 student nominated @2024/1": 26, "nd 2024 staff nominated @2024/1": 5}
    assert (reading.counts, reading.asked) == (sent | ADMITTED, ["warning unclear_cohort C6"])


@pytest.mark.parametrize(
    "line",
    [
        "(Lớp mở tại TTCT huyện từ ngày 10 đến ngày 15/5/2024)",
        "Lớp bồi dưỡng nhận thức về Đảng tổ chức từ ngày 06/5/2024 đến ngày 10/5/2024",
        "Lễ kết nạp tổ chức ngày 19/5/2024",
    ],
)
def test_the_days_of_a_course_or_a_ceremony_are_not_those_the_numbers_are_up_to(tmp_path, line):
    """Neither above the table nor below it; where the line may say what is counted, the period is asked about."""
    for rows in ([[TITLE], [line], [], *BODY], [[TITLE], [], *BODY, [], [line]]):
        reading = read(tmp_path, sheet(rows), schools="nd")
        assert (reading.counts, reading.asked) == (COUNTS, [])
    rows = [["KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2024"], [line], [], *BY_GROUP]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.asked == ["warning unclear_period C5"]


def test_a_line_that_tells_up_to_when_the_numbers_are_still_does(tmp_path):
    """«Kết quả lớp … tính đến ngày …» is about the numbers."""
    rows = [[TITLE], ["Số liệu lớp BDNT tính đến ngày 15/5/2024"], [], *BODY]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, ["warning early_day C5"])


BASIS = "Căn cứ Kế hoạch số 78-KH/HU ngày 15/3/2022 của Ban Thường vụ Huyện ủy về công tác phát triển đảng viên"


def test_a_plan_that_is_the_legal_basis_makes_no_numbers_planned(tmp_path):
    """Unless it is one of targets, or of a year."""
    rows = [
        ["TỔNG HỢP HỌC SINH ĐƯỢC KẾT NẠP ĐẢNG NĂM 2024"],
        [BASIS],
        [],
        ["STT", "Trường", "Số lượng"],
        [1, "Lê Lợi", 9],
    ]
    reading = read(tmp_path, sheet(rows), schools="ll")
    assert (reading.counts, reading.asked) == ({"ll 2024 student admitted": 9}, [])
    for more in (" năm 2024", ", giao chỉ tiêu cho các trường"):
        rows[1] = [BASIS + more]
        assert read(tmp_path, sheet(rows), schools="ll").asked == ["warning unclear_kind C5"]


@pytest.mark.parametrize(
    "line", ["Năm học 2024-2025: trường có 24 lớp", "Trường đổi tên thành THPT Nguyễn Du năm 2010"]
)
def test_a_remark_on_the_school_does_not_move_the_period_of_the_title(tmp_path, line):
    """Its year is that of the remark."""
    reading = read(tmp_path, sheet([[TITLE], [line], [], *BODY]), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, [])


def test_a_remark_on_the_school_names_the_period_where_nothing_else_does(tmp_path):
    """Its year goes before that of the collection."""
    rows = [["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN"], ["Năm học 2024-2025: trường có 24 lớp"], [], *BODY]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {key.replace("2024", "2024-2025"): n for key, n in COUNTS.items()}
