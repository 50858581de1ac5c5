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
        "Đợt 1",
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
