"""Words beside a number that a plain reading passes over: the pool, earlier stages, remarks, days and years."""

import pytest
from gallery import read, sheet

N, L, ND = "THPT Nguyễn Du", "THPT Lê Lợi", "TRƯỜNG THPT NGUYỄN DU"
T, K = "TỔNG HỢP PHÁT TRIỂN ĐẢNG NĂM 2023", "BÁO CÁO KẾT QUẢ PHÁT TRIỂN ĐẢNG NĂM 2023"
H, R1, R2 = ["STT", "Trường", "HS kết nạp"], [1, N, 5], [2, L, 6]
COUNTS = {"nd 2023 student admitted": 5, "ll 2023 student admitted": 6}


@pytest.mark.parametrize(
    ("rows", "merges", "asked"),
    [
        ([["Trường", "Kết nạp HS", None], [None, "Nguồn", "Kết quả"], [N, 9, 8]], ["A2:A3", "B2:C2"], "B4"),
        ([["Trường", "Nguồn", None], [None, "HS kết nạp", "GV kết nạp"], [N, 5, 1]], ["A2:A3", "B2:C2"], "B4"),
        ([["Trường", "Kết nạp"], [None, "HS nguồn"], [N, 5]], ["A2:A3"], "B4"),
    ],
)
def test_the_pool_beside_admissions_is_asked_about(tmp_path, rows, merges, asked):
    """Candidates must not pass for people admitted."""
    reading = read(tmp_path, sheet([[T], *rows], merges), schools="nd")
    assert f"warning unclear_measure {asked}" in reading.asked or reading.codes == ["error duplicate_in_table"]


def test_the_pool_in_brackets_behind_admissions_is_refused(tmp_path):
    """«HS kết nạp (nguồn)» names two things to count."""
    reading = read(tmp_path, sheet([[T], ["Trường", "HS kết nạp (nguồn)"], [N, 5]]), schools="nd")
    assert (reading.counts, reading.codes) == ({}, ["error conflicting_headers"])


def test_a_section_of_an_earlier_stage_over_admissions_is_asked_about(tmp_path):
    """What stands in it may not have been admitted."""
    rows = [
        [ND],
        [T],
        ["TT", "Nội dung", "SL"],
        ["I", "Đề nghị kết nạp", None],
        [1, "HS kết nạp", 5],
        [2, "GV kết nạp", 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.asked == ["warning unclear_measure C5"]


def test_a_reason_never_stands_at_admissions(tmp_path):
    """«HS kết nạp» below «I. Chuyển trường» says two things."""
    rows = [[ND], [T], ["TT", "Nội dung", "SL"], ["I", "Chuyển trường", None], [1, "HS kết nạp", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.codes) == ({}, ["error conflicting_headers"])


@pytest.mark.parametrize("header", ["HS kết nạp (đủ điều kiện)", "- HS đủ điều kiện kết nạp"])
def test_who_is_eligible_is_no_part_by_age(tmp_path, header):
    """«Đủ điều kiện» is proposed, or merely eligible; never those of eighteen."""
    reading = read(tmp_path, sheet([[T], ["Trường", header], [N, 5]]), schools="nd")
    assert (reading.counts, reading.codes) == ({}, ["error ambiguous_header"])


NOTES = ["Chờ QĐ", "Chưa có quyết định", "Tính đến 30/6", "Năm học 2022-2023", "Lũy kế", "6 tháng", "Đợt 1"]


@pytest.mark.parametrize(
    "note", [*NOTES, "Số liệu tạm tính", "lấy số năm 2022", "Chưa đầy đủ", "Đăng ký", "Đính chính: 7"]
)
def test_a_remark_beside_a_number_that_says_what_it_is_not_is_asked_about(tmp_path, note):
    """It stands in the column of notes and counts nobody itself."""
    reading = read(tmp_path, sheet([[T], [*H, "Ghi chú"], [*R1, note], [*R2, None]]))
    assert (reading.counts, reading.asked) == (COUNTS, ["warning note_differs D3"])


@pytest.mark.parametrize("note", ["có danh sách kèm theo", "2 em là nữ", "Năm 2023", "Kết nạp dịp 19/5", "Nữ"])
def test_a_plain_remark_beside_a_number_is_not_asked_about(tmp_path, note):
    """It says nothing against the number."""
    reading = read(tmp_path, sheet([[T], [*H, "Ghi chú"], [*R1, note], [*R2, None]]))
    assert (reading.counts, reading.asked) == (COUNTS, [])


@pytest.mark.parametrize("note", [*NOTES, "Lớp 12", "Cộng dồn", "Chỉ lớp 12", "Chưa làm lễ", "Lấy số năm 2022"])
def test_a_footnote_that_says_what_numbers_are_not_is_asked_about(tmp_path, note):
    """«(*)» behind a header or a school leads to it."""
    reading = read(tmp_path, sheet([[T], ["STT", "Trường", "HS kết nạp (*)"], R1, R2, [], [f"(*) {note}"]]))
    assert (reading.counts, reading.asked) == (COUNTS, ["warning note_differs A6"])


@pytest.mark.parametrize(
    "note",
    [
        "Ghi chú: số liệu chưa bao gồm đợt kết nạp tháng 12",
        "(*) Số liệu lũy kế từ năm 2021",
        "Ghi chú: chỉ tính học sinh lớp 12",
        "Số liệu trên là kế hoạch",
        "Số liệu trên chưa chính thức",
    ],
)
def test_a_note_above_the_first_table_speaks_of_it(tmp_path, note):
    """There is no other table it could speak of."""
    reading = read(tmp_path, sheet([[K], [note], [], H, R1, R2]))
    assert (reading.counts, reading.asked) == (COUNTS, ["warning note_differs A2"])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("(Số đề nghị)", "unclear_kind"),
        ("(Theo dự kiến của các trường)", "unclear_kind"),
        ("(Chưa có quyết định)", "unclear_count"),
        ("(Nguồn)", "unclear_count"),
        ("(Học sinh đã ra trường)", "unclear_part"),
        ("TỔNG HỢP HỒ SƠ ĐỀ NGHỊ KẾT NẠP HỌC SINH NĂM 2023", "unclear_count"),
        ("SỐ HỌC SINH ĐỦ ĐIỀU KIỆN KẾT NẠP NĂM 2023", "unclear_count"),
        ("PHÂN BỔ KẾT NẠP HỌC SINH NĂM 2023", "unclear_kind"),
    ],
)
def test_a_line_of_another_stage_over_admissions_is_asked_about(tmp_path, line, code):
    """The column says «kết nạp», the title does not."""
    reading = read(tmp_path, sheet([[K], [line], H, R1, R2]))
    assert (reading.counts, reading.asked) == (COUNTS, [f"warning {code} A2"])


@pytest.mark.parametrize("plan", ["dự kiến", "kế hoạch"])
def test_a_title_of_results_that_adds_a_plan_is_asked_about(tmp_path, plan):
    """«KẾT QUẢ … (dự kiến)» says both."""
    reading = read(tmp_path, sheet([[f"{K} ({plan})"], H, R1, R2]))
    assert (reading.counts, reading.asked) == (COUNTS, ["warning unclear_kind A1"])


@pytest.mark.parametrize(
    "line", ["(Thời điểm báo cáo: 30/6/2023)", "(Số liệu chốt ngày 30/6/2023)", "(Cập nhật: 30/06/2023)"]
)
def test_a_cut_off_day_in_brackets_is_taken(tmp_path, line):
    """Half a year must not stand as a whole one."""
    reading = read(tmp_path, sheet([[T], [line], H, R1, R2]))
    assert (reading.counts, reading.codes) == (COUNTS, ["warning early_day", "warning early_day"])


def test_a_run_of_two_years_beside_them_may_be_their_sum(tmp_path):
    """«2022 | 2023 | 2022-2023»: a school year, or both."""
    reading = read(tmp_path, sheet([["HS kết nạp"], ["Trường", 2022, 2023, "2022-2023"], [N, 1, 2, 3]]), schools="nd")
    assert reading.asked == ["warning unclear_period D3"]


def test_the_year_of_the_course_in_a_header_of_admissions_is_asked_about(tmp_path):
    """It need not be that of the admission."""
    rows = [[T], ["STT", "Trường", "HS kết nạp từ lớp BDNT năm 2022"], R1]
    assert read(tmp_path, sheet(rows), schools="nd").asked == ["warning unclear_cohort C3"]


def test_the_years_of_a_title_are_no_school_year(tmp_path):
    """«CÁC NĂM 2022-2023» are two years."""
    reading = read(tmp_path, sheet([["KẾT QUẢ PHÁT TRIỂN ĐẢNG CÁC NĂM 2022-2023"], ["Trường", "HS kết nạp"], [N, 5]]))
    assert (reading.counts, reading.asked) == ({"nd 2022-01/2023-12 student admitted": 5}, [])
