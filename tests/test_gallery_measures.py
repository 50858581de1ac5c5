"""Gallery of small workbooks: texts that name two things to count."""

import pytest
from gallery import read, sheet

ND = "THPT Nguyễn Du"


def below_header(folder, header, title="Báo cáo năm 2023"):
    """Read one number under one header."""
    return read(folder, sheet([[title], ["Trường", header], [ND, 5]]), schools="nd")


def below_title(folder, title):
    """Read a table whose columns name only the people."""
    return read(folder, sheet([[title], ["Trường", "Học sinh", "CBGVNV"], [ND, 30, 5]]), schools="nd")


@pytest.mark.parametrize(
    "header",
    [
        "HS trong danh sách nguồn kết nạp Đảng",
        "HS tạo nguồn kết nạp Đảng",
        "Nguồn phát triển đảng viên mới (HS)",
        "HS là nguồn kết nạp Đảng viên mới",
        "Học sinh nguồn để kết nạp Đảng",
        "Hoc sinh tao nguon ket nap dang vien",
    ],
)
def test_a_pool_for_admissions_is_a_pool(tmp_path, header):
    """«Nguồn kết nạp» are people who may be admitted, not those who were."""
    reading = below_header(tmp_path, header)
    assert reading.counts == {"nd 2023 student source": 5}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("header", "number"),
    [
        ("Nguồn học sinh được kết nạp", "student admitted"),
        ("Đoàn viên ưu tú là HS được kết nạp", "student admitted"),
        ("HS cảm tình Đảng được kết nạp", "student admitted"),
        ("Đoàn viên ưu tú, quần chúng là HS được kết nạp", "student admitted"),
        ("HS được kết nạp đảng viên", "student admitted"),
        ("Đảng viên mới là HS", "student admitted"),
        ("Đảng viên là HS kết nạp trong năm", "student admitted"),
        ("HS được chi bộ đề nghị kết nạp đảng viên", "student proposed"),
        ("HS chưa được kết nạp đảng viên", "student not_admitted"),
        ("HS được phân công đảng viên giúp đỡ", "student mentored"),
        ("Đảng viên dự bị là HS", "student.probationary party_members"),
        ("HS được công nhận đảng viên chính thức", "student confirmed"),
        ("Đoàn viên ưu tú được cử đi học (HS)", "student nominated"),
        ("Nguồn HS đã học lớp nhận thức về Đảng", "student trained"),
        ("HS cử đi học lớp bồi dưỡng nhận thức về Đảng", "student nominated"),
        ("Giới thiệu học sinh học lớp nhận thức về Đảng", "student nominated"),
        ("HS được chuẩn y kết nạp", "student admitted"),
    ],
)
def test_a_weak_wording_beside_a_strong_one_yields(tmp_path, header, number):
    """«Đoàn viên ưu tú» and «đảng viên» say who they are, the other words what became of them."""
    reading = below_header(tmp_path, header)
    assert reading.counts == {f"nd 2023 {number}": 5}
    assert reading.asked == []


@pytest.mark.parametrize(
    "header",
    [
        "Đảng viên là GV được cử đi học",
        "Đảng viên là GV hoàn thành khóa học",
        "Đảng viên là GV đi học",
        "Đảng viên là GV được cấp giấy chứng nhận",
        "Đảng viên là GV nghỉ hưu",
        "Đảng viên là GV chuyển công tác",
        "Đảng viên là giáo viên vi phạm kỷ luật",
        "Đảng viên là HS đã tốt nghiệp",
        "Đảng viên là HS giới thiệu về địa phương",
        "CBGVNV toàn trường là đảng viên được đề nghị kết nạp",
        "Dang vien la HS chuyen truong",
        "Học sinh học lớp nhận thức về Đảng và kết nạp",
        "HS kết nạp chính thức",
    ],
)
def test_members_are_no_candidates(tmp_path, header):
    """A member of the Party is sent to other courses, leaves as a member: such a header is of two things."""
    reading = below_header(tmp_path, header)
    assert reading.counts == {}
    assert reading.asked in (["error conflicting_headers B2"], ["error ambiguous_header B2"])


@pytest.mark.parametrize(
    "title",
    [
        "DANH SÁCH NGUỒN KẾT NẠP ĐẢNG NĂM 2024",
        "TẠO NGUỒN KẾT NẠP ĐẢNG VIÊN NĂM 2024",
        "NGUỒN PHÁT TRIỂN ĐẢNG VIÊN MỚI NĂM 2024",
    ],
)
def test_a_title_of_the_pool_is_of_the_pool(tmp_path, title):
    """As in a header."""
    reading = below_title(tmp_path, title)
    assert reading.counts == {"nd 2024 student source": 30, "nd 2024 staff source": 5}
    assert reading.asked == []


@pytest.mark.parametrize(
    "title",
    [
        "KẾT QUẢ HỌC LỚP NHẬN THỨC VỀ ĐẢNG VÀ KẾT NẠP ĐẢNG VIÊN NĂM 2024",
        "ĐẢNG VIÊN VÀ KẾT NẠP ĐẢNG NĂM 2024",
        "TẠO NGUỒN, KẾT NẠP ĐẢNG VIÊN NĂM 2024",
        "CỬ ĐI HỌC VÀ KẾT NẠP ĐẢNG NĂM 2024",
        "GIỚI THIỆU ĐOÀN VIÊN ƯU TÚ KẾT NẠP ĐẢNG NĂM 2024",
        "GIỚI THIỆU HỌC SINH KẾT NẠP ĐẢNG NĂM 2024",
        "ĐANG THẨM TRA KẾT NẠP ĐẢNG NĂM 2024",
        "CHỜ CHUẨN Y KẾT NẠP ĐẢNG NĂM 2024",
        "CÒN LẠI KẾT NẠP NĂM 2024",
        "BỒI DƯỠNG, KẾT NẠP NĂM 2024",
        "KẾT NẠP ĐẢNG CHÍNH THỨC NĂM 2024",
    ],
)
def test_a_title_of_two_things_does_not_say_what_is_counted(tmp_path, title):
    """Nor does one whose wording may be read in two ways."""
    reading = below_title(tmp_path, title)
    assert reading.counts == {}
    assert reading.asked == ["error missing_facet B3"]


@pytest.mark.parametrize(
    ("title", "measure"),
    [
        ("KẾT NẠP ĐẢNG VIÊN NĂM 2024", "admitted"),
        ("ĐOÀN VIÊN ƯU TÚ ĐƯỢC KẾT NẠP ĐẢNG NĂM 2024", "admitted"),
        ("KẾT QUẢ KẾT NẠP ĐV NĂM 2024", "admitted"),
        ("HS, CBGVNV KẾT NẠP NĂM 2024", "admitted"),
        ("GIỚI THIỆU QUẦN CHÚNG ƯU TÚ HỌC LỚP NHẬN THỨC VỀ ĐẢNG NĂM 2024", "nominated"),
        ("BỒI DƯỠNG NHẬN THỨC VỀ ĐẢNG NĂM 2024", "trained"),
    ],
)
def test_a_title_of_one_thing_says_what_is_counted(tmp_path, title, measure):
    """Readings that do not fit what else the title says are none."""
    reading = below_title(tmp_path, title)
    assert reading.counts == {f"nd 2024 student {measure}": 30, f"nd 2024 staff {measure}": 5}
    assert reading.asked == []


@pytest.mark.parametrize("title", ["KẾT NẠP ĐẢNG VIÊN BỔ SUNG NĂM 2024", "CT, TH KẾT NẠP NĂM 2024", "CT NĂM 2024"])
def test_a_kind_that_a_title_leaves_open_is_asked_about(tmp_path, title):
    """«CT, TH» over one column: nobody knows which of the two it holds."""
    rows = [[title], ["Trường", "Học sinh kết nạp"], [ND, 30]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2024 student admitted": 30}
    assert reading.asked == ["warning unclear_kind B3"]


@pytest.mark.parametrize("line", ["", "I. "])
def test_targets_for_two_things_are_targets(tmp_path, line):
    """That a title names two things does not make its «chỉ tiêu» unclear."""
    title = f"{line}CHỈ TIÊU HỌC LỚP NHẬN THỨC VỀ ĐẢNG VÀ KẾT NẠP ĐẢNG VIÊN NĂM 2024"
    rows = [[title], ["Trường", "Học sinh cử đi học", "Học sinh kết nạp"], [ND, 30, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2024 student nominated target": 30, "nd 2024 student admitted target": 5}
    assert reading.asked == []


def test_a_course_is_itself_below_a_title_of_admissions(tmp_path):
    """«Học lớp nhận thức về Đảng» are those who took it, whatever the table is called."""
    title = "KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2023"
    rows = [[title], ["Trường", "Học sinh học lớp nhận thức về Đảng", "Giáo viên được kết nạp"], [ND, 50, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student trained": 50, "nd 2023 staff.teacher admitted": 3}
    assert reading.asked == []


def test_a_course_is_itself_below_a_section_of_admissions(tmp_path):
    """So is a row; the next one takes the section's measure."""
    rows = [
        ["Báo cáo năm 2023"],
        ["Nội dung", "Học sinh"],
        ["I. Kết nạp đảng viên", None],
        ["1. Học cảm tình Đảng", 30],
        ["2. Lớp 12", 5],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student trained": 30, "nd 2023 student.grade_12 admitted": 5}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("CỬ ĐI HỌC NĂM 2023", "student nominated"),
        ("HỌC SINH ĐÃ HỌC, CHƯA ĐƯỢC KẾT NẠP NĂM 2023", "student not_admitted"),
        ("CHỈ TIÊU NĂM 2023", "student trained target"),
    ],
)
def test_a_title_may_say_what_is_counted_of_a_course(tmp_path, title, number):
    """Who was sent to it, who came out of it."""
    reading = below_header(tmp_path, "Lớp bồi dưỡng nhận thức về Đảng (học sinh)", title)
    assert reading.counts == {f"nd 2023 {number}": 5}
    assert reading.asked == []


def test_those_not_admitted_in_a_title_are_no_admissions(tmp_path):
    """«Học sinh kết nạp» below «chưa kết nạp được»: one of the two lacks a word."""
    rows = [["DANH SÁCH HỌC SINH CHƯA KẾT NẠP ĐƯỢC NĂM 2023"], ["Nội dung", "Số lượng"], ["Học sinh kết nạp", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5}
    assert reading.asked == ["warning unclear_count B3"]


def test_those_admitted_and_those_not_are_told_apart_by_columns(tmp_path):
    """Where the table names both, the title is of both."""
    rows = [["HỌC SINH CHƯA ĐƯỢC KẾT NẠP NĂM 2023"], ["Trường", "Đã kết nạp", "Chưa kết nạp"], [ND, 5, 7]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5, "nd 2023 student not_admitted": 7}
    assert reading.asked == []


@pytest.mark.parametrize(
    "header",
    ["Số lễ kết nạp (HS)", "Số QĐ kết nạp học sinh", "Số lớp 12 có kết nạp", "HS bỏ học lớp nhận thức về Đảng"],
)
def test_what_is_not_people_admitted_is_left_out(tmp_path, header):
    """Ceremonies, papers and classes are known and not counted."""
    rows = [["Báo cáo năm 2023"], ["Trường", header, "Học sinh kết nạp"], [ND, 2, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5}
    assert (reading.asked, reading.told) == ([], ["info column_not_taken B3"])


@pytest.mark.parametrize("header", ["GV được phân công theo dõi, giúp đỡ", "HS chưa đủ tuổi đã kết nạp"])
def test_a_header_that_nobody_can_settle_is_asked_about(tmp_path, header):
    """Teachers who help or are helped; the young who were admitted after all."""
    reading = below_header(tmp_path, header)
    assert reading.counts == {}
    assert reading.asked == ["error conflicting_headers B2"]


def test_the_helped_among_the_staff_are_read_under_a_common_header(tmp_path):
    """«Được phân công giúp đỡ» over pupils and staff is of those who are helped."""
    rows = [["Báo cáo năm 2023"], ["Trường", "Được phân công giúp đỡ", None], [None, "Học sinh", "CBGVNV"], [ND, 5, 2]]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2"]), schools="nd")
    assert reading.counts == {"nd 2023 student mentored": 5, "nd 2023 staff mentored": 2}
    assert reading.asked == []


@pytest.mark.parametrize(
    "line",
    [
        "HỘI NGHỊ CÁN BỘ, VIÊN CHỨC",
        "Cán bộ tổng hợp: Nguyễn Văn A",
        "BAN GIÁM HIỆU",
        "TỔ CÔNG TÁC HỌC SINH",
        "HỘI CHA MẸ HỌC SINH",
        "KẾT NẠP CÁN BỘ LỚP",
    ],
)
def test_a_line_about_somebody_else_names_no_group(tmp_path, line):
    """Who met, who wrote, who is told: not who was counted."""
    rows = [["KẾT QUẢ NĂM 2023"], [line], ["Nội dung", "Số lượng"], ["Kết nạp", 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {}
    assert reading.asked == ["error missing_facet B4"]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("KẾT NẠP CỦA BAN GIÁM HIỆU", "staff.manager"),
        ("I. Ban giám hiệu", "staff.manager"),
        ("Cán bộ, giáo viên, nhân viên", "staff"),
        ("Học sinh", "student"),
    ],
)
def test_a_line_about_those_who_are_counted_names_the_group(tmp_path, line, people):
    """As before."""
    rows = [["KẾT QUẢ NĂM 2023"], [line], ["Nội dung", "Số lượng"], ["Kết nạp", 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {f"nd 2023 {people} admitted": 4}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("header", "number"),
    [
        ("Kết nạp/Tổng số", "student admitted"),
        ("Đảng viên/Giáo viên", "staff.teacher party_members"),
        ("HS kết nạp/HS lớp 12", "student.grade_12 admitted"),
        ("GV kết nạp/GV", "staff.teacher admitted"),
        ("Kết nạp/Học sinh", "student admitted"),
        ("Kết nạp/HS", "student admitted"),
    ],
)
def test_a_part_over_its_whole_may_be_a_rate(tmp_path, header, number):
    """Or two headers written in one: the number is kept and asked about."""
    rows = [["Báo cáo học sinh năm 2023"], ["Trường", "Cử đi học", header], [ND, 5, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 5, f"nd 2023 {number}": 3}
    assert reading.asked == ["warning unclear_count C3"]


def test_two_headers_written_in_one_are_read(tmp_path):
    """With each group its own."""
    rows = [["Năm 2023"], ["Trường", "Kết nạp/Học sinh", "Kết nạp/CBGVNV"], [ND, 5, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5, "nd 2023 staff admitted": 3}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("header", "number", "asked"),
    [("Kết nạp học sinh/giáo viên", {"nd 2023 all admitted": 5}, []), ("Nam/Nữ", {}, ["error conflicting_headers C2"])],
)
def test_either_of_two_is_no_rate(tmp_path, header, number, asked):
    """Two groups beside a stroke are both of them, two sexes are asked about."""
    rows = [["Báo cáo năm 2023"], ["Trường", "Học sinh kết nạp", header], [ND, 3, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3, **number}
    assert reading.asked == asked
