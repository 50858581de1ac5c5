"""Gallery of small workbooks: admissions to other bodies than the Party."""

import pytest
from gallery import read, sheet

H = ["Nội dung", "Số lượng"]
ND = "THPT Nguyễn Du"


def test_members_of_the_union_are_not_those_of_the_party(tmp_path):
    """«Kết nạp đoàn viên» in a title says nothing that is counted here: what is counted is missing."""
    rows = [["KẾT QUẢ KẾT NẠP ĐOÀN VIÊN NĂM HỌC 2023-2024"], ["Trường", "Học sinh", "Giáo viên"], [ND, 120, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {}
    assert reading.asked == ["error missing_facet B3"]


@pytest.mark.parametrize(
    "header",
    [
        "Kết nạp đoàn viên HS",
        "Kết nạp ĐVTN HS",
        "Lễ kết nạp đoàn viên HS",
        "Kết nạp đoàn viên công đoàn",
        "HS chưa được kết nạp đoàn viên",
        "Ket nap doan vien HS",
    ],
)
def test_a_column_of_admissions_to_the_union_is_not_counted(tmp_path, header):
    """It is known and left out, as a number of classes is."""
    rows = [["Báo cáo năm 2023"], ["Trường", header, "Học sinh kết nạp Đảng"], [ND, 120, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5}
    assert reading.asked == []
    assert reading.told == ["info column_not_taken B3"]


@pytest.mark.parametrize(
    ("header", "people"),
    [
        ("Kết nạp đoàn viên ưu tú là HS", "student"),
        ("Kết nạp đoàn viên thanh niên ưu tú HS", None),
        ("Kết nạp Đảng cho đoàn viên HS", "student.union_member"),
        ("Kết nạp đoàn viên vào Đảng (HS)", "student.union_member"),
        ("Kết nạp đảng viên là đoàn viên HS", "student.union_member"),
        ("Số đoàn viên được kết nạp (HS)", "student.union_member"),
        ("Kết nạp ĐV HS", "student"),
    ],
)
def test_members_of_the_union_may_be_admitted_to_the_party(tmp_path, header, people):
    """«Đoàn viên được kết nạp» and «kết nạp đoàn viên vào Đảng» speak of the Party."""
    reading = read(tmp_path, sheet([["Báo cáo năm 2023"], ["Trường", header], [ND, 5]]), schools="nd")
    assert reading.counts == ({f"nd 2023 {people} admitted": 5} if people else {})
    assert reading.asked == ([] if people else ["error unknown_header B2"])


@pytest.mark.parametrize(
    "title",
    [
        "KẾT QUẢ KẾT NẠP ĐOÀN NĂM 2023",
        "KẾT NẠP ĐOÀN VIÊN MỚI NĂM 2023",
        "KẾT NẠP ĐỘI VIÊN NĂM 2023",
        "CÔNG TÁC PHÁT TRIỂN ĐOÀN VIÊN NĂM 2023",
        "ĐOÀN VIÊN MỚI NĂM 2023",
        "KẾT NẠP HỘI VIÊN NĂM 2023",
        "KẾT NẠP ĐOÀN VIÊN CÔNG ĐOÀN NĂM 2023",
        "BÁO CÁO CÔNG TÁC ĐOÀN NĂM 2023",
    ],
)
def test_admissions_below_a_title_of_another_body_are_asked_about(tmp_path, title):
    """«Học sinh được kết nạp» does not say where: perhaps to the body that the title names."""
    reading = read(tmp_path, sheet([[title], H, ["Học sinh được kết nạp", 4]]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 4}
    assert reading.asked == ["warning unclear_count B3"]


def test_a_title_of_both_is_settled_by_columns_of_both(tmp_path):
    """Where a column is named for the Union, the others are not its."""
    rows = [
        ["KẾT NẠP ĐOÀN VIÊN, KẾT NẠP ĐẢNG NĂM 2023"],
        ["Trường", "HS kết nạp đoàn viên", "HS kết nạp Đảng"],
        [ND, 120, 5],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5}
    assert reading.asked == []


@pytest.mark.parametrize(
    "title",
    ["KẾT NẠP ĐOÀN VIÊN ƯU TÚ NĂM 2023", "KẾT QUẢ KẾT NẠP ĐẢNG NĂM 2023", "PHÁT TRIỂN ĐỘI NGŨ ĐẢNG VIÊN NĂM 2023"],
)
def test_admissions_below_a_title_of_the_party_are_not_asked_about(tmp_path, title):
    """«Kết nạp đoàn viên ưu tú» admits to the Party."""
    reading = read(tmp_path, sheet([[title], H, ["Học sinh được kết nạp", 4]]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 4}
    assert reading.asked == []


def test_a_section_of_the_union_is_asked_about(tmp_path):
    """«I. Đoàn Thanh niên»: those it admitted, or those it recommended to the Party."""
    rows = [
        ["Báo cáo năm 2023"],
        H,
        ["I. Đoàn Thanh niên", None],
        ["Học sinh kết nạp", 120],
        ["II. Chi bộ", None],
        ["Giáo viên kết nạp", 5],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student.via_youth_union admitted": 120,
        "nd 2023 staff.teacher admitted": 5,
    }
    assert reading.asked == ["warning unclear_count B4"]


def test_a_column_of_those_whom_the_union_recommended_is_read(tmp_path):
    """Beside «Công đoàn», under «Kết nạp», «Đoàn Thanh niên» names the way."""
    rows = [
        ["Báo cáo năm 2023"],
        ["Trường", "HS kết nạp", None],
        [None, "Qua Đoàn Thanh niên", "Qua Công đoàn"],
        [ND, 12, 0],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2"]), schools="nd")
    assert reading.counts == {
        "nd 2023 student.via_youth_union admitted": 12,
        "nd 2023 student.via_trade_union admitted": 0,
    }
    assert reading.asked == []
