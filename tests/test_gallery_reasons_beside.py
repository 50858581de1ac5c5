"""Reasons and parts beside the numbers they are of: totals over both, headers that name no group, columns of words."""

from gallery import read, sheet

TITLE = ["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2024"]
SCHOOL = ["TRƯỜNG THPT NGUYỄN DU"]


def test_a_total_of_the_groups_adds_up_the_cases_without_their_reasons(tmp_path):
    rows = [TITLE, SCHOOL, [], ["STT", "Nội dung", "Tổng số", "Học sinh", "CBGVNV"]]
    cases = [[1, "Số chưa được kết nạp", 20, 16, 4], ["a", "Chưa đủ tuổi", 11, 11, 0], ["b", "Lý do khác", 9, 5, 4]]
    reading = read(tmp_path, sheet(rows + cases), schools="nd")
    assert reading.counts == {
        "nd 2024 student not_admitted": 16,
        "nd 2024 staff not_admitted": 4,
        "nd 2024 student not_admitted :under_age": 11,
        "nd 2024 staff not_admitted :under_age": 0,
        "nd 2024 student not_admitted :other": 5,
        "nd 2024 staff not_admitted :other": 4,
    }
    assert reading.asked == []
    cases[0][2] = 21
    assert read(tmp_path, sheet(rows + cases), schools="nd").asked == ["warning total_mismatch C5"]


def test_a_total_of_reasons_alone_still_adds_them_up(tmp_path):
    head = ["STT", "Lý do chưa được kết nạp", "Học sinh"]
    rows = [TITLE, SCHOOL, [], head, [1, "Chưa đủ tuổi", 11], [2, "Lý do khác", 5], [None, "Cộng", 17]]
    assert read(tmp_path, sheet(rows), schools="nd").asked == ["warning total_mismatch C7"]
