"""Gallery of small workbooks: notes below and beside tables, which may turn what the numbers mean."""

import pytest
from gallery import read, sheet

TABLE = [
    ["KẾT QUẢ PHÁT TRIỂN ĐẢNG NĂM 2023"],
    ["Trường", "Học sinh kết nạp", "CBGVNV kết nạp"],
    ["THPT Nguyễn Du", 5, 3],
]
COUNTS = {"nd 2023 student admitted": 5, "nd 2023 staff admitted": 3}


@pytest.mark.parametrize(
    "note",
    [
        "(*) Số dự kiến",
        "* Số liệu dự kiến, chưa chính thức",
        "Ghi chú: số liệu trên là của năm 2022",
        "Lưu ý: đây là chỉ tiêu được giao",
        "Số liệu năm học 2020-2021",
        "Đơn vị tính: %",
    ],
)
@pytest.mark.parametrize("gap", [0, 1])
def test_a_note_below_that_says_something_else_is_asked_about(tmp_path, note, gap):
    """The numbers are taken by their headers; whether the note speaks of them only the school can say."""
    reading = read(tmp_path, sheet([*TABLE, *[[]] * gap, [note]]), schools="nd")
    assert reading.counts == COUNTS
    assert reading.asked == [f"warning note_differs A{4 + gap}"]


@pytest.mark.parametrize(
    "note",
    [
        "Ghi chú: số liệu tính đến hết tháng 12 năm 2023",
        "(Trong đó có 1 giáo viên)",
        "* Học sinh khối 12",
        "Nơi nhận: Ban Tổ chức Huyện ủy",
        "(*) Theo Hướng dẫn của Ban Tổ chức",
    ],
)
def test_a_note_below_that_says_the_same_is_no_question(tmp_path, note):
    """A part, a month of the year, whom the return was sent to."""
    reading = read(tmp_path, sheet([*TABLE, [], [note]]), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, [])


@pytest.mark.parametrize("note", ["Số dự kiến", "Chỉ tiêu", "Năm 2022", "Giáo viên"])
def test_a_note_beside_a_number_that_says_something_else_is_asked_about(tmp_path, note):
    """«Số dự kiến» in the column of notes is what the number is."""
    rows = [["KẾT QUẢ NĂM 2023"], ["Trường", "Học sinh kết nạp", "Ghi chú"], ["THPT Nguyễn Du", 5, note]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5}
    assert reading.asked == ["warning note_differs C3"]


@pytest.mark.parametrize(
    "note", ["2 em dự kiến kết nạp năm 2024", "Chờ chuẩn y", "Chưa đủ tuổi", "Nữ", "Lớp 12", "Đã kết nạp năm 2023"]
)
def test_a_remark_beside_a_number_is_no_question(tmp_path, note):
    """Remarks of any kind stand there; only what is a label and nothing else turns a number."""
    rows = [["KẾT QUẢ NĂM 2023"], ["Trường", "Học sinh kết nạp", "Ghi chú"], ["THPT Nguyễn Du", 5, note]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5}
    assert reading.asked == []


def test_a_note_between_tables_speaks_of_the_one_above(tmp_path):
    """It heads nothing below it."""
    below = [["Trường", "Học sinh đề nghị kết nạp"], ["THPT Nguyễn Du", 7]]
    reading = read(tmp_path, sheet([*TABLE, [], ["Ghi chú: Số dự kiến"], [], *below]), schools="nd")
    assert reading.counts == COUNTS | {"nd 2023 student proposed": 7}
    assert reading.asked == ["warning note_differs A5"]


@pytest.mark.parametrize(
    "line",
    [
        "(Không tính trường hợp chuyển đến)",
        "(chỉ tính học sinh nội trú)",
        "(chưa kể lớp 12A1)",
        "(Tính cả học sinh học ghép)",
        "(trừ các trường hợp chuyển đi)",
        "(Số liệu trước khi sáp nhập)",
    ],
)
def test_a_line_that_restricts_a_table_is_asked_about(tmp_path, line):
    """Whom it leaves out nobody reads; the numbers are taken as those of all."""
    rows = [["KẾT QUẢ NĂM 2023"], [line], ["Nội dung", "Số lượng"], ["Học sinh kết nạp", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5}
    assert reading.asked == ["warning unclear_part A2"]


@pytest.mark.parametrize("line", ["(Kèm theo Công văn số 12)", "Số liệu của toàn trường", "(Tính đến ngày 31/12/2023)"])
def test_a_line_that_restricts_nothing_is_no_question(tmp_path, line):
    """Most lines below a title."""
    rows = [["KẾT QUẢ NĂM 2023"], [line], ["Nội dung", "Số lượng"], ["Học sinh kết nạp", 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 5}, [])


PUPILS = [["HỌC SINH NĂM 2023"], ["Trường", "Cử đi học", "Kết nạp"], ["THPT Nguyễn Du", 9, 5]]
OF_PUPILS = {"nd 2023 student nominated": 9, "nd 2023 student admitted": 5}
RETURN = [
    ["CHI BỘ TRƯỜNG THPT NGUYỄN DU"],
    ["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2024"],
    ["TT", "Nội dung", "Học sinh", "CBGVNV"],
    ["1", "Cử đi học lớp bồi dưỡng nhận thức về Đảng", 12, 3],
    ["2", "Kết nạp Đảng", 4, 1],
]
OF_RETURN = {
    "nd 2024 student nominated": 12,
    "nd 2024 staff nominated": 3,
    "nd 2024 student admitted": 4,
    "nd 2024 staff admitted": 1,
}


@pytest.mark.parametrize("lead", ["", "Ghi chú: "])
@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize(
    "note",
    [
        "Số trên là lũy kế",
        "Số liệu lũy kế từ đầu nhiệm kỳ",
        "Số liệu trên chỉ tính khối 12",
        "Chưa tính khối 12",
        "* Không tính học sinh hệ GDTX",
        "Số kết nạp gồm cả năm 2022",
        "Số liệu tính đến hết quý III",
        "Số liệu của năm học 2022-2023",
        "Số liệu chưa chính thức",
        "Số trên là chỉ tiêu",
    ],
)
def test_a_note_that_speaks_of_the_numbers_is_asked_about(tmp_path, note, gap, lead):
    """Added up over years, without some people, of a part of the year, not certain yet."""
    reading = read(tmp_path, sheet([*PUPILS, *[[]] * gap, [lead + note]]), schools="nd")
    assert (reading.counts, reading.asked) == (OF_PUPILS, [f"warning note_differs A{4 + gap}"])


@pytest.mark.parametrize("note", ["Số dự kiến", "Chỉ tiêu"])
def test_a_line_after_the_last_table_that_is_only_a_kind_is_asked_about(tmp_path, note):
    """It can speak of nothing but the numbers above."""
    reading = read(tmp_path, sheet([*PUPILS, [], [note]]), schools="nd")
    assert (reading.counts, reading.asked) == (OF_PUPILS, ["warning note_differs A5"])


@pytest.mark.parametrize("lead", ["", "Ghi chú: "])
@pytest.mark.parametrize(
    "note",
    [
        "Vượt chỉ tiêu được giao.",
        "Đạt 120% chỉ tiêu",
        "Tăng 2 so với năm 2023",
        "Dự kiến kết nạp 19/5/2025",
        "Chỉ tiêu giao 4",
        "Năm 2024 chi bộ được giao chỉ tiêu kết nạp 4 đảng viên.",
        "Còn 08 học sinh dự kiến kết nạp trong năm 2025.",
        "* Dự kiến kết nạp dịp 19/5/2025: 03 học sinh.",
        "Khai trừ 01 đảng viên",
        "Số liệu năm 2024",
        "Số liệu tính đến hết quý IV",
    ],
)
def test_a_remark_below_is_no_question(tmp_path, note, lead):
    """What was achieved, what is to come: nothing that the numbers would be."""
    reading = read(tmp_path, sheet([*RETURN, [lead + note]]), schools="nd")
    assert (reading.counts, reading.asked) == (OF_RETURN, [])


@pytest.mark.parametrize("label", ["Đợt 2", "Học sinh (không tính GDTX)", "Số kết nạp (chưa kể chuyển đến)"])
def test_a_row_left_blank_is_no_note(tmp_path, label):
    """A label may restrict its own row."""
    rows = [["KẾT NẠP NĂM 2023"], ["Nội dung", "Học sinh"], ["Kết nạp", 5], [label, None]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 5}, [])


@pytest.mark.parametrize(("gap", "merges"), [(0, []), (0, ["A4:C4"]), (1, [])])
def test_a_day_right_below_the_last_row_is_that_of_the_numbers(tmp_path, gap, merges):
    """It is no label of a row left blank."""
    rows = [*PUPILS, *[[]] * gap, ["Số liệu tính đến 30/6/2023"]]
    reading = read(tmp_path, sheet(rows, merges=merges), schools="nd")
    assert (reading.counts, reading.asked, reading.told) == (OF_PUPILS, ["warning early_day B3"], [])


@pytest.mark.parametrize("signed", [[], [["An Phú, ngày 10 tháng 01 năm 2025"]]])
@pytest.mark.parametrize(
    "note",
    [
        "Ghi chú: 01 học sinh kết nạp ngày 03/02/2024.",
        "Ghi chú: Kết nạp dịp 19/5/2024.",
        "03 học sinh khối 12 kết nạp dịp 19/5/2024",
    ],
)
def test_the_day_of_a_remark_is_not_that_of_the_return(tmp_path, note, signed):
    """One was admitted then; the numbers are those of the year."""
    reading = read(tmp_path, sheet([*RETURN, [note], *signed]), schools="nd")
    assert (reading.counts, reading.asked) == (OF_RETURN, [])


@pytest.mark.parametrize("line", ["Ghi chú: Số liệu tính đến ngày 30/6/2024", "An Phú, ngày 30 tháng 6 năm 2024"])
def test_a_note_or_a_date_line_below_tells_the_day(tmp_path, line):
    """«Tính đến» says it of the numbers, and so does the line of place and date."""
    reading = read(tmp_path, sheet([*RETURN, ["Kết nạp dịp 19/5/2024"], [line]]), schools="nd")
    assert (reading.counts, reading.asked) == (OF_RETURN, ["warning early_day C4"])


STUDENTS = [["Năm 2023"], ["Nội dung", "Học sinh"], ["Cử đi học", 15], ["Kết nạp", 7]]
TAKEN = {"nd 2023 student nominated": 15, "nd 2023 student admitted": 7}


@pytest.mark.parametrize("gap", [[], [[None]]])
@pytest.mark.parametrize(
    "note",
    [
        "Trong số kết nạp có 2 giáo viên",
        "(Trong đó có 02 GV)",
        "Ghi chú: có 1 học sinh và 2 nhân viên",
        "Ngoài ra còn 2 em chưa có quyết định",
        "(*) Có 2 em là học sinh trường THPT Lê Lợi",
    ],
)
def test_a_note_that_counts_others_than_the_table_is_asked_about(tmp_path, note, gap):
    """Of another group or school, or people besides those of the table."""
    reading = read(tmp_path, sheet([*STUDENTS, *gap, [note]]), schools="nd ll", file="THPT Nguyễn Du.xlsx")
    assert (reading.counts, reading.told) == (TAKEN, [])
    assert reading.asked == [f"warning note_differs A{5 + len(gap)}"]


@pytest.mark.parametrize(
    "note",
    ["Trong đó có 3 HS nữ", "* Trong đó có 1 em người DTTS", "Có 02 em đã ra trường", "Tổng số đảng viên: 45 đ/c"],
)
def test_a_number_of_people_in_a_note_is_told(tmp_path, note):
    """It contradicts nothing, and is read by nobody."""
    reading = read(tmp_path, sheet([*STUDENTS, [None], [note]]), schools="nd")
    assert (reading.counts, reading.asked, reading.told) == (TAKEN, [], ["info free_text A6"])


@pytest.mark.parametrize(
    "note", ["HS lớp 12 đã ra trường", "- Lưu: VT, 2 bản", "An Phú, ngày 10 tháng 01 năm 2024", "Vượt chỉ tiêu"]
)
def test_a_note_without_a_number_of_people_is_passed_over(tmp_path, note):
    """A grade, a day, copies are none."""
    reading = read(tmp_path, sheet([*STUDENTS, [None], [note]]), schools="nd")
    assert (reading.counts, reading.asked, reading.told) == (TAKEN, [], [])


@pytest.mark.parametrize("header", ["Ghi chú", None])
@pytest.mark.parametrize("note", ["Trong đó có 2 GV", "có 2 giáo viên", "chưa kể 2 HS lớp 11", "Kể cả 2 giáo viên"])
def test_a_note_beside_a_number_that_counts_others_is_asked_about(tmp_path, header, note):
    """As below the table; it may say that some are left out, too."""
    rows = [["Năm 2023"], ["Nội dung", "Học sinh", header], ["Cử đi học", 15, None], ["Kết nạp", 7, note]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.told) == (TAKEN, ["info free_text C4"])
    assert reading.asked == ["warning note_differs C4"]


@pytest.mark.parametrize("note", ["2 GV", "2 HS", "3 nữ", "2 em dự kiến kết nạp năm 2024"])
def test_only_people_of_another_group_in_a_note_beside_a_number_are_asked_about(tmp_path, note):
    """«2 GV» is a number and what it counts."""
    rows = [["Năm 2023"], ["Nội dung", "Học sinh", "Ghi chú"], ["Cử đi học", 15, None], ["Kết nạp", 7, note]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.told) == (TAKEN, ["info free_text C4"])
    assert reading.asked == (["warning note_differs C4"] if "GV" in note else [])
