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


QUARTERS = [["STT", "Trường", "Quý I", "Quý II"], [1, "Nguyễn Du", 2, 5], [2, "Lê Lợi", 0, 2]]
IN_QUARTERS = {
    "nd 2024-Q1 student admitted": 2,
    "nd 2024-Q2 student admitted": 5,
    "ll 2024-Q1 student admitted": 0,
    "ll 2024-Q2 student admitted": 2,
}
YEARS = [["STT", "Trường", "Năm 2023", "Năm 2024"], [1, "Nguyễn Du", 7, 9], [2, "Lê Lợi", 3, 4]]
IN_YEARS = {
    "nd 2023 student admitted": 7,
    "nd 2024 student admitted": 9,
    "ll 2023 student admitted": 3,
    "ll 2024 student admitted": 4,
}
BY_SCHOOL = [["STT", "Trường", "Học sinh", "CBGVNV"], [1, "Nguyễn Du", 9, 3], [2, "Lê Lợi", 4, 2]]
OF_SCHOOLS = {
    "nd 2024 student admitted": 9,
    "nd 2024 staff admitted": 3,
    "ll 2024 student admitted": 4,
    "ll 2024 staff admitted": 2,
}
TITLE_OF_SCHOOLS = "TỔNG HỢP KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2024"


@pytest.mark.parametrize("words", ["QUA CÁC QUÝ NĂM 2024", "CHIA THEO QUÝ - NĂM 2024", "PHÂN THEO QUÝ NĂM 2024"])
def test_a_title_that_goes_through_the_quarters_still_says_what_is_counted(tmp_path, words):
    """Of a table that names none of them no number is taken."""
    reading = read(tmp_path, sheet([[f"KẾT NẠP ĐẢNG VIÊN LÀ HỌC SINH {words}"], [], *QUARTERS]))
    assert (reading.counts, reading.asked) == (IN_QUARTERS, [])
    reading = read(tmp_path, sheet([[f"KẾT NẠP ĐẢNG VIÊN {words}"], [], *BY_SCHOOL]))
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet C4"])


@pytest.mark.parametrize(
    "title",
    [
        "SỐ HỌC SINH ĐƯỢC KẾT NẠP ĐẢNG CÁC NĂM 2023, 2024",
        "KẾT QUẢ KẾT NẠP ĐẢNG VIÊN LÀ HỌC SINH NĂM 2023, 2024",
        "BIỂU TỔNG HỢP SỐ HỌC SINH KẾT NẠP ĐẢNG HẰNG NĂM",
        "THỐNG KÊ HỌC SINH ĐƯỢC KẾT NẠP ĐẢNG TẠI CÁC TRƯỜNG THPT TRÊN ĐỊA BÀN HUYỆN",
    ],
)
def test_a_title_of_several_years_still_says_what_is_counted(tmp_path, title):
    """Of a table that names none of them no number is taken."""
    reading = read(tmp_path, sheet([[title], [], *YEARS]))
    assert (reading.counts, reading.asked) == (IN_YEARS, [])
    reading = read(tmp_path, sheet([[title], [], *BY_SCHOOL]))
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet C4"])


@pytest.mark.parametrize(
    "title", ["PHÂN BỔ CHỈ TIÊU KẾT NẠP ĐẢNG VIÊN NĂM 2024", "CHỈ TIÊU KẾT NẠP 2023, DỰ KIẾN 2024"]
)
def test_a_title_of_targets_makes_none_of_them_done(tmp_path, title):
    """«Phân bổ chỉ tiêu» is of targets; a title of two kinds says neither."""
    reading = read(tmp_path, sheet([[title], [], *BY_SCHOOL]))
    assert reading.counts in ({f"{key} target": n for key, n in OF_SCHOOLS.items()}, {})


@pytest.mark.parametrize(
    "head",
    ["Đơn vị (trường)", "Trường học", "Nhà trường", "Tên các trường", "Chi bộ, đảng bộ", "Đảng bộ, chi bộ cơ sở"],
)
@pytest.mark.parametrize("total", ["Tổng các trường", "Tổng 2 trường THPT", "Tổng cộng 02 đơn vị", "Tổng hợp chung"])
def test_schools_and_their_total_are_known_under_many_names(tmp_path, head, total):
    """The total is compared with the rows above it."""
    rows = [[TITLE_OF_SCHOOLS], [], ["STT", head, "Học sinh", "CBGVNV"], *BY_SCHOOL[1:], [None, total, 13, 5]]
    reading = read(tmp_path, sheet(rows))
    assert (reading.counts, reading.asked) == (OF_SCHOOLS, [])
    rows[-1][2] = 14
    assert read(tmp_path, sheet(rows)).asked == ["warning total_mismatch C6"]


def test_columns_of_codes_telephones_and_months_are_known(tmp_path):
    """None of them holds people."""
    rows = [[TITLE_OF_SCHOOLS], [], [*BY_SCHOOL[0], "Mã số", "Điện thoại liên hệ"]]
    rows += [[*BY_SCHOOL[1], "01", "0912345678"], [*BY_SCHOOL[2], "02", "0987654321"]]
    reading = read(tmp_path, sheet(rows))
    assert (reading.counts, reading.asked) == (OF_SCHOOLS, [])
    rows = [[TITLE_OF_SCHOOLS], [], ["STT", "Tháng", "Số HS được kết nạp"], [1, "Tháng 5", 4], [2, "Tháng 9", 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    months = {"nd 2024-05/2024-05 student admitted": 4, "nd 2024-09/2024-09 student admitted": 2}
    assert (reading.counts, reading.asked) == (months, [])


def test_rates_may_be_rounded_and_counts_may_not(tmp_path):
    """«Số liệu làm tròn» is asked about."""
    rows = [[TITLE], [], *BODY, [], ["Ghi chú: Tỷ lệ làm tròn 1 chữ số thập phân."]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, [])
    rows[-1] = ["Ghi chú: Số liệu làm tròn."]
    assert read(tmp_path, sheet(rows), schools="nd").asked == ["warning note_differs A7"]


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Học BDNT về Đảng", "trained"),
        ("Được học bồi dưỡng nhận thức về Đảng", "trained"),
        ("Được cấp chứng nhận", "trained"),
        ("Giới thiệu quần chúng ưu tú tham gia lớp BD nhận thức về Đảng", "nominated"),
        ("Cử đi học lớp bồi dưỡng nhận thức về Đảng tại Trung tâm Chính trị huyện", "nominated"),
        ("Số quần chúng ưu tú được chi bộ phân công đảng viên theo dõi giúp đỡ", "mentored"),
        ("Có đảng viên hướng dẫn, giúp đỡ", "mentored"),
        ("Chi bộ họp xét, đề nghị kết nạp", "proposed"),
        ("Số trường hợp được xét kết nạp", "proposed"),
        ("Đề nghị KN", "proposed"),
        ("Số người được Ban Thường vụ Huyện ủy quyết định kết nạp", "admitted"),
        ("Số đảng viên phát triển được trong năm", "admitted"),
        ("Đã học lớp BDNT nhưng chưa được kết nạp", "not_admitted"),
        ("Số đã có giấy chứng nhận nhưng chưa kết nạp", "not_admitted"),
        ("Số đã được cấp GCN nhưng chưa kết nạp", "not_admitted"),
        ("Số quần chúng đã hoàn thành lớp bồi dưỡng nhưng chưa được kết nạp Đảng", "not_admitted"),
        ("Số quần chúng đã học BDNT chưa kết nạp", "not_admitted"),
        ("Chưa KN", "not_admitted"),
        ("Đang hoàn thiện hồ sơ kết nạp", "dossier"),
        ("Số hồ sơ đang thẩm tra, xác minh", "dossier"),
        ("Số quần chúng được công nhận cảm tình Đảng", "source"),
        ("Số lượng đảng viên đang sinh hoạt tại chi bộ", "party_members"),
        ("Xét chuyển đảng viên chính thức", "confirmed"),
        ("Chuyển trường, chuyển công tác khi chưa kết nạp", "departed"),
        ("Giới thiệu về địa phương tiếp tục theo dõi giúp đỡ", "handed_over"),
    ],
)
def test_what_offices_call_a_step_is_known(tmp_path, label, measure):
    """Each as the label of a row."""
    rows = [[TITLE], [], ["STT", "Nội dung", "Học sinh", "CBGVNV"], [1, label, 9, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {f"nd 2024 student {measure}": 9, f"nd 2024 staff {measure}": 3}
    assert reading.asked == []


@pytest.mark.parametrize(
    "label",
    [
        "Chờ Ban Thường vụ Huyện ủy quyết định kết nạp",
        "Chưa học BDNT về Đảng",
        "Số quyết định kết nạp đảng viên",
        "Đã học BDNT, được kết nạp",
        "Giới thiệu vào nguồn kết nạp Đảng được kết nạp",
    ],
)
def test_what_turns_such_a_step_is_refused(tmp_path, label):
    """A word that denies it, the number of a paper, two steps in one."""
    rows = [[TITLE], [], ["STT", "Nội dung", "Học sinh", "CBGVNV"], [1, label, 9, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, [line[:5] for line in reading.asked]) == ({}, ["error"])


def test_a_unit_behind_a_count_may_stand_in_brackets(tmp_path):
    """It still tells whom it counts."""
    rows = [[TITLE], [], BODY[0], [1, "Giới thiệu học lớp BDNT về Đảng", "26 (em)", "05 CBGV"]]
    rows.append([2, "Kết nạp", "9 h/s", "3 (GV)"])
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, [])
    rows[-1][2] = "9 (lớp)"
    assert read(tmp_path, sheet(rows), schools="nd").asked == ["error not_a_count C5"]
    rows[-1][2] = "9 (GV)"
    assert read(tmp_path, sheet(rows), schools="nd").asked == ["warning unclear_group C5"]
