"""Gallery of small workbooks: columns of words, and numbers beside a cell that could not be read."""

import pytest
from gallery import read, sheet

HEAD = [["CHI BỘ TRƯỜNG THPT NGUYỄN DU"], ["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2024"]]
TITLES = ["TT", "Nội dung", "Học sinh", "CBGVNV"]
ROWS = [["1", "Cử đi học lớp bồi dưỡng nhận thức về Đảng", 12, 3], ["2", "Kết nạp Đảng", 4, 1]]
COUNTS = {
    "nd 2024 student nominated": 12,
    "nd 2024 staff nominated": 3,
    "nd 2024 student admitted": 4,
    "nd 2024 staff admitted": 1,
}


def _with_column(header: str, first: object, second: object) -> list:
    return [*HEAD, [*TITLES, header], [*ROWS[0], first], [*ROWS[1], second]]


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Đánh giá", "Đạt", "Đạt"),
        ("Ngày kết nạp", "3/2/2024", "19/5/2024"),
        ("Số quyết định", "12-QĐ/HU", "13-QĐ/HU"),
        ("Người phụ trách", "Bí thư", "Phó Bí thư"),
        ("Giải pháp", "Tăng cường", None),
        ("Thời gian thực hiện", "Quý I", "Quý II"),
        ("Tiến độ", "Đúng", "Chậm"),
        ("Địa điểm", "Huyện", "Xã"),
    ],
)
def test_a_column_of_words_is_free_text(tmp_path, header, first, second):
    """No number stands in it, so none is lost."""
    reading = read(tmp_path, sheet(_with_column(header, first, second)), schools="nd")
    assert (reading.counts, reading.asked, reading.told) == (COUNTS, [], ["info free_text E4"])


@pytest.mark.parametrize("cell", [5, 2.5, "4 em", "khoảng 4", "4/6", "bốn"])
def test_an_unknown_column_with_something_like_a_number_is_an_error(tmp_path, cell):
    """It may be a count of something."""
    reading = read(tmp_path, sheet(_with_column("Linh tinh", "Đạt", cell)), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, ["error unknown_header E3"])


def test_a_total_beside_an_unread_part_is_the_number_itself(tmp_path):
    """It adds nothing up: women are not everybody."""
    rows = [["HỌC SINH NĂM 2023"], ["Nội dung", "Tổng số", "Nữ"], ["Cử đi học", 9, "khoảng 4"], ["Kết nạp", 7, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student nominated": 9,
        "nd 2023 student admitted": 7,
        "nd 2023 student.female admitted": 3,
    }
    assert (reading.asked, reading.told) == (["error not_a_count C3"], [])


def test_an_unread_part_of_others_takes_no_total_away(tmp_path):
    """Nor does it touch the total of the staff."""
    rows = [
        ["KẾT NẠP ĐẢNG NĂM 2023"],
        ["Trường", "HS", None, "CBGVNV", None],
        [None, "TS", "Nữ", "TS", "Nữ"],
        ["THPT Nguyễn Du", 7, "4/6", 2, 1],
        ["THPT Lê Lợi", 7, 4, 2, 1],
    ]
    reading = read(tmp_path, sheet(rows, merges=["A2:A3", "B2:C2", "D2:E2"]))
    assert reading.counts == {
        "nd 2023 student admitted": 7,
        "nd 2023 staff admitted": 2,
        "nd 2023 staff.female admitted": 1,
        "ll 2023 student admitted": 7,
        "ll 2023 student.female admitted": 4,
        "ll 2023 staff admitted": 2,
        "ll 2023 staff.female admitted": 1,
    }
    assert (reading.asked, reading.told) == (["error not_a_count C4"], [])


def test_a_total_of_women_and_men_is_taken_where_one_was_not_read(tmp_path):
    """No other cell gives the number of all, and its headers say all that it needs."""
    rows = [["HỌC SINH NĂM 2023"], ["Nội dung", "Tổng số", "Nam", "Nữ"], ["Kết nạp", 7, 3, "khoảng 4"]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 7, "nd 2023 student.male admitted": 3}
    assert (reading.asked, reading.told) == (["error not_a_count D3"], [])


def test_counts_of_parts_under_notes_are_an_error(tmp_path):
    """«Ghi chú» merged over «Nữ | DTTS»: whether these are counts only the school can say."""
    rows = [["HỌC SINH NĂM 2023"], ["Trường", "Kết nạp", "Ghi chú", None], [None, None, "Nữ", "DTTS"]]
    rows.append(["THPT Nguyễn Du", 5, 3, 4])
    reading = read(tmp_path, sheet(rows, merges=["C2:D2"]), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 5}, ["error unknown_header C2"])
