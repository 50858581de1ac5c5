"""Gallery of small workbooks: whether numbers were done, or are planned."""

import pytest
from gallery import read, sheet

H = ["Nội dung", "Số lượng"]
ND = "THPT Nguyễn Du"


def below(folder, *lines, file="Báo cáo.xlsx"):
    """Read one number of the last year below these lines; return whether it is actual, and what is asked."""
    rows = [*[[line] for line in lines], H, ["Học sinh kết nạp", 4]]
    reading = read(folder, sheet(rows), file=file, schools="nd")
    (key,) = reading.counts
    return key.split()[4:] or ["actual"], reading.codes


@pytest.mark.parametrize(
    "lines",
    [
        ["NHIỆM VỤ NĂM 2024"],
        ["CHƯƠNG TRÌNH CÔNG TÁC NĂM 2024"],
        ["LỘ TRÌNH KẾT NẠP ĐẢNG NĂM 2024"],
        ["ĐỀ XUẤT NĂM 2024"],
        ["DỰ BÁO NGUỒN NĂM 2024"],
        ["NGHỊ QUYẾT NĂM 2023"],
        ["ĐỀ ÁN PHÁT TRIỂN ĐẢNG NĂM 2023"],
        ["BÁO CÁO NĂM 2023", "(Dự thảo)"],
        ["BÁO CÁO NĂM 2023", "(Dự tính)"],
        ["BÁO CÁO NĂM 2023", "(Phương án)"],
        ["BÁO CÁO NĂM 2023", "Số phải thực hiện"],
        ["BÁO CÁO NĂM 2023", "(Số liệu tạm tính)"],
        ["BÁO CÁO NĂM 2023", "(Theo kế hoạch)"],
        ["CÁC CHỈ TIÊU NĂM 2023"],
        ["CÁC CHỈ TIÊU VỀ PHÁT TRIỂN ĐẢNG NĂM 2023"],
        ["THỐNG KÊ CÁC CHỈ TIÊU CÔNG TÁC ĐẢNG VIÊN NĂM 2023"],
        ["BIỂU CHỈ TIÊU BÁO CÁO NĂM 2023"],
        ["PHÁT TRIỂN ĐẢNG NĂM 2023", "(Kèm theo Kế hoạch số 12-KH/HU)"],
    ],
)
def test_words_of_plans_are_asked_about(tmp_path, lines):
    """So are «chỉ tiêu» that may be indicators, and a plan that the numbers may belong to."""
    assert below(tmp_path, *lines) == (["actual"], ["warning unclear_kind"])


@pytest.mark.parametrize(
    "lines",
    [
        ["BÁO CÁO KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2023"],
        ["BÁO CÁO THỰC HIỆN NGHỊ QUYẾT NĂM 2023"],
        ["BÁO CÁO SƠ KẾT ĐỀ ÁN PHÁT TRIỂN ĐẢNG NĂM 2023"],
        ["KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU PHÁT TRIỂN ĐẢNG NĂM 2023"],
        ["BÁO CÁO NĂM 2023", "(Kèm theo Kế hoạch năm 2023)"],
        ["BÁO CÁO NĂM 2023", "(Kèm theo Kế hoạch của Ban Tổ chức)"],
        ["BÁO CÁO NĂM 2023", "(Theo Kế hoạch của Đảng ủy)"],
        ["BÁO CÁO NĂM 2023", "(Kèm theo Kế hoạch số 12-KH/HU)"],
        ["BÁO CÁO NĂM 2023", "(Thực hiện Nghị quyết số 12-NQ/HU)"],
        ["PHÁT TRIỂN ĐẢNG NĂM 2023", "Thực hiện Kế hoạch số 12-KH/HU"],
        ["PHÁT TRIỂN ĐẢNG NĂM 2023", "(Theo CT số 05-CT/TW)"],
        ["PHÁT TRIỂN ĐẢNG NĂM 2023", "(Theo Công văn số 12-CV/HU)"],
    ],
)
def test_a_report_on_a_plan_is_a_report(tmp_path, lines):
    """The plan that a line cites is another document."""
    assert below(tmp_path, *lines) == (["actual"], [])


@pytest.mark.parametrize(
    "title",
    ["CHỈ TIÊU NĂM 2023", "CHỈ TIÊU KẾT NẠP ĐẢNG NĂM 2023", "KẾ HOẠCH NĂM 2023", "GIAO CÁC CHỈ TIÊU NĂM 2023"],
)
def test_a_title_of_targets_makes_targets(tmp_path, title):
    """Where it says just that."""
    assert below(tmp_path, title) == (["target"], [])


def test_the_name_of_a_file_makes_no_report_a_plan(tmp_path):
    """A report in a file «Kế hoạch …» may be saved over it: asked. Results are results whatever the file's name."""
    file = "Kế hoạch phát triển đảng 2023.xlsx"
    assert below(tmp_path, "BÁO CÁO NĂM 2023", file=file) == (["actual"], ["warning unclear_kind"])
    assert below(tmp_path, "KẾT QUẢ NĂM 2023", file=file) == (["actual"], [])
    assert below(tmp_path, "PHÁT TRIỂN ĐẢNG NĂM 2023", file=file) == (["target"], [])


def test_tasks_after_results_are_asked_about(tmp_path):
    """«I. Kết quả» speaks for its own table only."""
    rows = [
        ["I. KẾT QUẢ NĂM 2023"],
        H,
        ["Học sinh kết nạp", 4],
        [],
        ["II. NHIỆM VỤ NĂM 2024"],
        H,
        ["Học sinh kết nạp", 6],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 4, "nd 2024 student admitted": 6}
    assert reading.asked == ["warning unclear_kind B7"]


@pytest.mark.parametrize(
    "label",
    [
        *("HS kết nạp theo chỉ tiêu", "Số HS kết nạp theo chỉ tiêu được giao", "HS kết nạp trong chỉ tiêu"),
        *("HS kết nạp theo kế hoạch", "HS kết nạp theo KH", "HS kết nạp trong kế hoạch"),
        *("HS kết nạp bổ sung chỉ tiêu", "HS kết nạp theo chỉ tiêu bổ sung"),
    ],
)
def test_admissions_by_a_target_are_done_or_wanted(tmp_path, label):
    """Those admitted to fulfil it, or those who are to be; nobody can tell which."""
    reading = read(tmp_path, sheet([["BÁO CÁO NĂM 2024"], H, [label, 5]]), schools="nd")
    assert (reading.counts, reading.asked) == ({}, ["error ambiguous_header A3"])
    rows = [["KẾT NẠP HỌC SINH NĂM 2024"], ["Trường", "Chỉ tiêu", label.replace("HS kết", "Kết")], [ND, 10, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2024 student admitted target": 10}
    assert reading.codes == ["error ambiguous_header"]


@pytest.mark.parametrize(
    "label",
    [
        *("Kết nạp ngoài chỉ tiêu", "Kết nạp vượt chỉ tiêu", "Kết nạp ngoài kế hoạch", "Hoàn thành chỉ tiêu"),
        *("Chỉ tiêu còn thiếu", "Chưa đạt chỉ tiêu", "Kết nạp so với chỉ tiêu", "Kết nạp được so với kế hoạch"),
    ],
)
def test_what_is_beyond_or_short_of_a_target_is_no_target(tmp_path, label):
    """Nor is it all that was done; where no other number is what was done, a comparison may be that."""
    rows = [["KẾT NẠP HỌC SINH NĂM 2024"], ["Trường", "Chỉ tiêu", label], [ND, 10, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2024 student admitted target": 10}
    assert reading.codes == ["error unknown_header"]


def test_a_comparison_beside_what_was_done_is_a_rate(tmp_path):
    """80 per cent of ten."""
    heads = ["Trường", "Chỉ tiêu", "Thực hiện", "Kết nạp so với chỉ tiêu", "Còn thiếu so với chỉ tiêu"]
    rows = [["KẾT NẠP HỌC SINH NĂM 2024"], heads, [ND, 10, 8, 80, 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"nd 2024 student admitted target": 10, "nd 2024 student admitted": 8}
    assert (reading.counts, reading.asked, reading.told) == (counts, [], ["info column_not_taken E3"])


@pytest.mark.parametrize("head", ["Chỉ tiêu bổ sung", "Bổ sung chỉ tiêu", "KH bổ sung", "Kế hoạch bổ sung"])
def test_a_target_that_was_added(tmp_path, head):
    """It adds to the first."""
    rows = [["KẾT NẠP HỌC SINH NĂM 2024"], ["Trường", "Chỉ tiêu", head, "Thực hiện"], [ND, 10, 2, 8]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    counts = {"target": 10, "extra_target": 2, "": 8}
    assert reading.counts == {f"nd 2024 student admitted {kind}".strip(): n for kind, n in counts.items()}
    assert reading.asked == []


@pytest.mark.parametrize(
    "title", ["KẾT QUẢ KẾT NẠP THEO CHỈ TIÊU NĂM 2024", "KẾT QUẢ THỰC HIỆN THEO KẾ HOẠCH NĂM 2024"]
)
def test_results_by_a_target_are_results(tmp_path, title):
    """«Kết quả» says so."""
    assert below(tmp_path, title) == (["actual"], [])


@pytest.mark.parametrize("title", ["KẾT NẠP THEO CHỈ TIÊU NĂM 2024", "KẾT NẠP HỌC SINH THEO KẾ HOẠCH NĂM 2024"])
def test_a_title_of_admissions_by_a_target_is_asked_about(tmp_path, title):
    """Done, or wanted."""
    assert below(tmp_path, title) == (["actual"], ["warning unclear_kind"])


@pytest.mark.parametrize(
    "words", ["DỰ KIẾN CHỈ TIÊU", "CHỈ TIÊU DỰ KIẾN", "DỰ KIẾN KẾ HOẠCH", "KẾ HOẠCH DỰ KIẾN", "DỰ KIẾN GIAO CHỈ TIÊU"]
)
def test_a_target_that_is_not_final_is_a_target(tmp_path, words):
    """In a title; over a column it may be an estimate, or the next target."""
    assert below(tmp_path, f"{words} KẾT NẠP ĐẢNG VIÊN LÀ HỌC SINH NĂM 2025") == (["target"], [])
    rows = [["KẾT NẠP HỌC SINH NĂM 2024"], ["Trường", "Thực hiện", f"{words.capitalize()} năm 2025"], [ND, 5, 8]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024 student admitted": 5}, ["error conflicting_headers C2"])
