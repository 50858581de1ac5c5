"""Gallery of small workbooks: lists of people in odd shapes are refused, and nothing of them travels."""

import pytest
from gallery import read, sheet

NAMES = ["Phạm Thị Khuê", "Hoàng Bá Quyết", "Đặng Quốc Hưng", "Vũ Thị Mai Chi"]
PRIVATE = ("Khuê", "Quyết", "Hưng", "Mai Chi", "091234567", "00120600001")
TITLE = ["Kết nạp học sinh năm 2023"]
COUNTS = [["Năm 2023"], ["Trường", "Học sinh được kết nạp"], ["THPT Nguyễn Du", 3], []]

SHAPES = {
    "names alone": [[name] for name in NAMES],
    "names and a count of one": [TITLE, *([i, name, 1] for i, name in enumerate(NAMES, 1))],
    "names in capitals": [TITLE, ["STT", "Đơn vị", "Số lượng"], *([i, n.upper(), 1] for i, n in enumerate(NAMES, 1))],
    "names in two columns": [
        TITLE,
        ["TT", "Họ và tên đệm", "Tên", "Lớp"],
        *([i, *name.rsplit(" ", 1), "12A1"] for i, name in enumerate(NAMES, 1)),
    ],
    "names and years of birth": [TITLE, ["TT", "Họ tên", "Năm sinh"], *([i, n, 2006] for i, n in enumerate(NAMES, 1))],
    "telephone numbers": [TITLE, ["TT", "Lớp", "Liên hệ"], *([i, f"12A{i}", f"091234567{i}"] for i in range(1, 5))],
    "numbers of identity cards": [TITLE, ["TT", "Lớp", "CCCD"], *([i, "12A1", f"00120600001{i}"] for i in range(1, 5))],
    "names under counts": [*COUNTS, ["Gồm:"], *([name] for name in NAMES)],
    "numbered names under counts": [*COUNTS, *([f"{i}. {n}, lớp 12A{i}"] for i, n in enumerate(NAMES, 1))],
    "names right under counts": [*COUNTS[:3], *([name, 1] for name in NAMES)],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_of_people_is_refused_in_any_shape(tmp_path, shape):
    """One error that names `dangvien tally`; no cell of the list in it, nor in the counts."""
    reading = read(tmp_path, sheet(SHAPES[shape]), schools="nd")
    assert reading.counts == {}
    assert reading.codes == ["error people_list"]
    assert "dangvien tally" in reading.messages
    everything = reading.returns.counts.to_csv() + reading.returns.findings.to_csv()
    assert not any(private in everything for private in PRIVATE)


def test_schools_that_bear_names_of_people_are_no_list_of_people(tmp_path):
    """Registered schools, one under another above a table."""
    rows = [["Các trường:"], ["Nguyễn Du"], ["Lê Lợi"], ["Trần Phú"], *COUNTS[:3]]
    reading = read(tmp_path, sheet(rows), schools="nd ll tp")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == []


def test_two_who_signed_are_no_list_of_people(tmp_path):
    """Names stand under every return."""
    rows = [*COUNTS, ["Người lập biểu", "T/M CHI BỘ"], [], ["Trần Thị Hạnh", "Lê Văn Minh"], ["Phạm Văn Hùng"]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == []


def test_a_name_in_place_of_a_count_is_not_quoted(tmp_path):
    """«2 (Khuê, Quyết)» is no count."""
    rows = [*COUNTS[:3], ["THPT Lê Lợi", "2 (Khuê, Quyết)"]]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == ["error not_a_count B4"]
    assert not any(private in reading.messages for private in PRIVATE)
