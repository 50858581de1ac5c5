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
        ["BÁO CÁO NĂM 2023", "BẢN NHÁP"],
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
