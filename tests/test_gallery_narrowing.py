"""Titles, lines, names of sheets and files by which numbers may be of fewer people, not final, or of another school."""

import pytest
from gallery import read, sheet

SCHOOL, TITLE = "TRƯỜNG THPT NGUYỄN DU", "KẾT QUẢ PHÁT TRIỂN ĐẢNG TRONG HỌC SINH NĂM 2023"
TABLE = [["Nội dung", "Số lượng"], ["Cử đi học", 9], ["Hoàn thành lớp", 8], ["Kết nạp", 5]]
COUNTS = {"nd 2023 student nominated": 9, "nd 2023 student trained": 8, "nd 2023 student admitted": 5}

OF_SOME = [
    "HỌC SINH LỚP 12A1 NĂM 2023",
    "HỌC SINH CUỐI CẤP NĂM 2023",
    "HỌC SINH HỆ VỪA LÀM VỪA HỌC NĂM 2023",
    "Số liệu phát triển Đảng đối với học sinh giỏi cấp tỉnh năm 2023",
    "BÁO CÁO PHÁT TRIỂN ĐẢNG TRONG HỌC SINH NĂM 2023 - TỔ TOÁN - TIN",
    "CHI BỘ 2 - KẾT QUẢ TRONG HỌC SINH NĂM 2023",
    "KẾT QUẢ TRONG HỌC SINH CƠ SỞ 2 NĂM 2023",
    "CỰU HỌC SINH NĂM 2023",
    "KẾT QUẢ PHÁT TRIỂN ĐẢNG TRONG PHỤ HUYNH HỌC SINH NĂM 2023",
    "HOC SINH NOI TRU NAM 2023",
]


@pytest.mark.parametrize("title", OF_SOME)
def test_a_title_that_tells_of_some_of_the_people_is_asked_about(tmp_path, title):
    """Nobody is counted by class, contract or cell: the numbers are taken, and the office is asked."""
    reading = read(tmp_path, sheet([[SCHOOL], [title], *TABLE]), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, ["warning unclear_part A2"])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("CHI BỘ SỐ 2", "unclear_part"),
        ("Lớp 12C2", "unclear_part"),
        ("(trong biên chế)", "unclear_part"),
        ("Cơ sở 1 (đường Lê Duẩn)", "unclear_part"),
        ("(bản nháp)", "draft"),
        ("VÍ DỤ CÁCH GHI BIỂU", "draft"),
        ("Số liệu chờ Bí thư duyệt", "draft"),
        ("Chua day du, con thieu 2 truong", "draft"),
        ("Đây là số đăng ký, chưa phải số thực hiện.", "unclear_kind"),
        ("(mỗi người học nhiều lớp được tính nhiều lần)", "unclear_count"),
        ("Từ khi thành lập chi bộ đến nay", "unclear_count"),
    ],
)
def test_a_line_over_a_table_that_narrows_it_is_asked_about(tmp_path, line, code):
    """Each sentence names the cell, and never quotes it."""
    reading = read(tmp_path, sheet([[SCHOOL], [TITLE], [line], *TABLE]), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, [f"warning {code} A3"])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("12A1", "unclear_part"),
        ("HS nội trú", "unclear_part"),
        ("Chi bộ 2", "unclear_part"),
        ("To Van", "unclear_part"),
        ("Nháp", "draft"),
        ("nhap 2", "draft"),
        ("Ví dụ", "draft"),
        ("Cũ", "draft"),
        ("Giao CT", "unclear_kind"),
        ("Cảm tình đoàn", "unclear_count"),
    ],
)
def test_the_name_of_a_sheet_or_a_file_that_narrows_it_is_asked_about(tmp_path, name, code):
    """Once, whichever of the two bears it."""
    (tmp_path / "sheet").mkdir()
    (tmp_path / "file").mkdir()
    as_sheet = read(tmp_path / "sheet", sheet([[SCHOOL], [TITLE], *TABLE], name=name), schools="nd")
    as_file = read(tmp_path / "file", sheet([[SCHOOL], [TITLE], *TABLE]), file=f"{name}.xlsx", schools="nd")
    assert [reading.counts for reading in (as_sheet, as_file)] == [COUNTS, COUNTS]
    assert [reading.asked for reading in (as_sheet, as_file)] == [[f"warning {code}"], [f"warning {code}"]]


def test_what_a_line_asked_no_name_asks_again(tmp_path):
    """One cause, one finding."""
    rows = [[SCHOOL], [TITLE], ["(bản nháp)"], *TABLE]
    assert read(tmp_path, sheet(rows, name="Nháp"), file="nháp.xlsx", schools="nd").asked == ["warning draft A3"]


def test_the_name_of_a_sheet_of_targets_is_no_surprise(tmp_path):
    """Where a header says it, too."""
    targets = [[SCHOOL], ["HỌC SINH NĂM 2023"], ["Nội dung", "Chỉ tiêu"], ["Kết nạp", 5]]
    reading = read(tmp_path, sheet(targets, name="Giao CT"), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted target": 5}, [])


@pytest.mark.parametrize(
    "line",
    [
        "HUYỆN EA H'LEO, TỈNH ĐẮK LẮK",
        "Cụm thi đua số 5 - các trường THPT phía Đông tỉnh",
        "TRƯỜNG PHỔ THÔNG DÂN TỘC NỘI TRÚ",
        "CHÀO MỪNG KỶ NIỆM 94 NĂM NGÀY THÀNH LẬP ĐẢNG",
        "(Kèm theo Báo cáo số 128-BC/HU, ngày 15/3/2024 của Ban Thường vụ Huyện ủy Đại Từ)",
        "SỐ LIỆU TRONG HỌC SINH THPT TỈNH THÁI NGUYÊN",
        "(Quần chúng ưu tú gồm học sinh và cán bộ, đoàn viên của nhà trường)",
        "ĐOÀN TRƯỜNG - HỘI CHA MẸ HỌC SINH",
        "Hiện chi bộ sinh hoạt tại 4 tổ đảng",
    ],
)
def test_a_line_that_names_places_or_documents_is_not_asked_about(tmp_path, line):
    """A false alarm would be given to every school that writes so."""
    reading = read(tmp_path, sheet([[SCHOOL], [line], [TITLE], *TABLE]), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, [])


@pytest.mark.parametrize("name", ["PL1", "Biểu 2A", "HS 2023", "Tổng hợp", "chinh sua", "Sheet1 (2)"])
def test_plain_names_of_sheets_are_not_asked_about(tmp_path, name):
    """A sheet may bear any name."""
    reading = read(tmp_path, sheet([[SCHOOL], [TITLE], *TABLE], name=name), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, [])


@pytest.mark.parametrize("line", ["Gửi: Trường THPT Lê Lợi", "Kính gửi: Trường THPT Lê Lợi"])
def test_the_school_a_return_is_sent_to_is_not_its_own(tmp_path, line):
    """It is no contradiction either."""
    reading = read(tmp_path, sheet([[SCHOOL], [line], [TITLE], *TABLE]))
    assert (reading.counts, reading.asked) == (COUNTS, [])


def test_the_school_where_people_took_the_course_is_not_theirs(tmp_path):
    """In a label; a title is of the school that it names so."""
    rows = [["KẾT QUẢ TẠI TRƯỜNG THPT NGUYỄN DU TRONG HỌC SINH NĂM 2023"], ["Nội dung", "Số lượng"]]
    rows += [["Hoàn thành lớp tại Trường THPT Lê Lợi", 8], ["Kết nạp", 5]]
    reading = read(tmp_path, sheet(rows))
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 5}, ["error unknown_header A3"])


def test_the_bare_name_of_a_school_names_a_file(tmp_path):
    """It fills what is open, and contradicts a title of another school."""
    rows = [[TITLE], *TABLE]
    assert read(tmp_path, sheet(rows), file="Nguyễn Du.xlsx").counts == COUNTS
    reading = read(tmp_path, sheet([[SCHOOL], *rows]), file="Lê Lợi.xlsx")
    assert (reading.counts, reading.asked) == (COUNTS, ["warning title_conflict"])


@pytest.mark.parametrize("file", ["GV 2023.xlsx", "BC GV kết nạp.xlsx"])
def test_the_name_of_a_file_that_is_of_others_than_the_title_is_asked_about(tmp_path, file):
    """The numbers are those of the title."""
    reading = read(tmp_path, sheet([[SCHOOL], [TITLE], *TABLE]), file=file, schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, ["warning title_conflict"])


@pytest.mark.parametrize(
    "note",
    [
        "Bản nháp, chưa trình Chi ủy",
        "Số liệu trên là ước thực hiện, số chính thức báo cáo sau.",
        "* Đây là số đăng ký, chưa phải số thực hiện.",
        "Còn thiếu số liệu của chi bộ 2",
    ],
)
def test_a_note_below_that_calls_the_numbers_a_draft_is_asked_about(tmp_path, note):
    """It speaks of the table above it."""
    reading = read(tmp_path, sheet([[SCHOOL], [TITLE], *TABLE, [], [note]]), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, ["warning note_differs A8"])


@pytest.mark.parametrize("line", ["Tổ trưởng chuyên môn", "Người lập: Tổ trưởng tổ văn phòng", "Lưu: VT, chi bộ 2"])
def test_what_stands_below_with_the_signatures_is_not_asked_about(tmp_path, line):
    """Who signs is no part of the people."""
    reading = read(tmp_path, sheet([[SCHOOL], [TITLE], *TABLE, [], [line]]), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, [])


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("KẾT QUẢ KẾT NẠP ĐẢNG HỌC SINH LỚP 12 NĂM 2023", "grade_12"),
        ("HỌC SINH DÂN TỘC THIỂU SỐ ĐƯỢC KẾT NẠP ĐẢNG NĂM 2023", "ethnic_minority"),
    ],
)
def test_a_title_that_names_a_part_beside_one_measure_leaves_the_others_open(tmp_path, title, part):
    """Those trained may be all, or of that part."""
    reading = read(tmp_path, sheet([[SCHOOL], [title], *TABLE]), schools="nd")
    counts = {"nd 2023 student nominated": 9, "nd 2023 student trained": 8, f"nd 2023 student.{part} admitted": 5}
    assert (reading.counts, reading.asked) == (counts, ["warning unclear_part B4"])
