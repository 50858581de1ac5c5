"""Reasons and parts beside the numbers they are of: totals over both, headers that name no group, columns of words."""

import pytest
from gallery import read, sheet

TITLE = ["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2024"]
SCHOOL = ["TRƯỜNG THPT NGUYỄN DU"]


def test_a_total_of_the_groups_adds_up_the_cases_without_their_reasons(tmp_path):
    """«Tổng số 20» beside 16 and 4 is right, whatever reasons follow; 21 is not."""
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
    """Where the cases are not given, the reasons are what there is to add."""
    head = ["STT", "Lý do chưa được kết nạp", "Học sinh"]
    rows = [TITLE, SCHOOL, [], head, [1, "Chưa đủ tuổi", 11], [2, "Lý do khác", 5], [None, "Cộng", 17]]
    assert read(tmp_path, sheet(rows), schools="nd").asked == ["warning total_mismatch C7"]


@pytest.mark.parametrize("head", ["Lý do", "Nguyên nhân", "Lý do chưa kết nạp"])
@pytest.mark.parametrize("words", [("Chưa đủ tuổi", None), (None, None)])
def test_a_column_of_reasons_in_words_leaves_the_measure_to_the_title(tmp_path, head, words):
    """It is a column of remarks: what the numbers before it count the title says."""
    rows = [["TỔNG HỢP KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2024"], [], ["STT", "Đơn vị", "Học sinh", "CBGVNV", head]]
    rows += [[1, "THPT Nguyễn Du", 9, 3, words[0]], [2, "THPT Lê Lợi", 4, 2, words[1]]]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {
        "nd 2024 student admitted": 9,
        "nd 2024 staff admitted": 3,
        "ll 2024 student admitted": 4,
        "ll 2024 staff admitted": 2,
    }
    assert reading.asked == []


def test_reasons_that_are_counted_still_speak_against_the_title(tmp_path):
    """«Lý do» over numbers counts people who were not admitted."""
    rows = [["KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2024"], [], ["STT", "Đơn vị", "Học sinh", "Lý do"]]
    rows += [[1, "THPT Nguyễn Du", 9, 3], [2, "THPT Lê Lợi", 4, 2]]
    reading = read(tmp_path, sheet(rows))
    assert (reading.counts, [line.split()[0] for line in reading.asked]) == ({}, ["error"] * len(reading.asked))
    assert reading.asked


REASONS = ["Chưa đủ tuổi", "Đang hoàn thiện hồ sơ"]


def reasons_behind(cases, numbers, over="Nguyên nhân"):
    """Return a table of one school: columns of `cases`, then two reasons under one header."""
    wide = len(cases)
    head = ["STT", "Trường", *cases, over, None]
    rows = [["TỔNG HỢP NĂM 2024"], [], head, [None] * (wide + 2) + REASONS, [1, "THPT Nguyễn Du", *numbers]]
    letters = "ABCDEFG"
    merges = [f"{letter}3:{letter}4" for letter in letters[: wide + 2]]
    return sheet(rows, [*merges, f"{letters[wide + 2]}3:{letters[wide + 3]}3"])


@pytest.mark.parametrize("case", ["Số học sinh chưa được kết nạp", "Số HS chưa được kết nạp"])
@pytest.mark.parametrize("over", ["Nguyên nhân", "Nguyên nhân chưa được kết nạp", "Chia theo nguyên nhân", "Lý do"])
def test_reasons_have_the_group_of_the_number_before_them(tmp_path, case, over):
    """Nothing else names the group."""
    reading = read(tmp_path, reasons_behind([case], [16, 10, 6], over), schools="nd")
    assert reading.counts == {
        "nd 2024 student not_admitted": 16,
        "nd 2024 student not_admitted :under_age": 10,
        "nd 2024 student not_admitted :dossier_incomplete": 6,
    }
    assert reading.asked == []


def test_reasons_of_one_grade_are_of_that_grade(tmp_path):
    """What the number before them says of the pupils holds for the reasons, too."""
    reading = read(tmp_path, reasons_behind(["Số học sinh lớp 12 chưa được kết nạp"], [16, 10, 6]), schools="nd")
    assert reading.counts == {
        "nd 2024 student.grade_12 not_admitted": 16,
        "nd 2024 student.grade_12 not_admitted :under_age": 10,
        "nd 2024 student.grade_12 not_admitted :dossier_incomplete": 6,
    }
    assert reading.asked == []


@pytest.mark.parametrize(
    "other",
    [
        "Số CBGVNV chưa được kết nạp",
        "Số CBGVNV đề nghị kết nạp",
        "Trong đó: nữ",
        "Số học sinh lớp 12 chưa được kết nạp",
    ],
)
def test_reasons_behind_two_numbers_are_refused(tmp_path, other):
    """Nobody can say of which they are."""
    table = reasons_behind(["Số học sinh chưa được kết nạp", other], [16, 4, 10, 6])
    reading = read(tmp_path, table, schools="nd")
    assert not [key for key in reading.counts if ":" in key]
    assert reading.asked == ["error missing_facet E5"]


ADMITTED = ["TỔNG HỢP KẾT NẠP ĐẢNG VIÊN NĂM 2024"]


@pytest.mark.parametrize("total", ["Tổng số", "Kết nạp"])
@pytest.mark.parametrize("more", [[], [[None, "Cộng", 18, 13]]])
def test_one_part_behind_a_total_is_not_the_whole(tmp_path, total, more):
    """«Tổng số | Trong đó: Học sinh»: the rest are others, whom nothing counts."""
    rows = [ADMITTED, [], ["STT", "Đơn vị", total, "Trong đó: Học sinh"]]
    rows += [[1, "THPT Nguyễn Du", 12, 9], [2, "THPT Lê Lợi", 6, 4], *more]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {
        "nd 2024 all admitted": 12,
        "nd 2024 student admitted": 9,
        "ll 2024 all admitted": 6,
        "ll 2024 student admitted": 4,
    }
    assert reading.asked == []


@pytest.mark.parametrize(
    ("total", "code", "counts"),
    [("Tổng số", "total_mismatch C4", [19]), ("Kết nạp", "groups_differ D4", [12, 19])],
)
def test_a_part_above_its_total_is_asked_about(tmp_path, total, code, counts):
    """That much the two numbers say of each other."""
    rows = [ADMITTED, [], ["STT", "Đơn vị", total, "Trong đó: Học sinh"], [1, "THPT Nguyễn Du", 12, 19]]
    reading = read(tmp_path, sheet(rows))
    assert (sorted(reading.counts.values()), reading.asked) == (counts, [f"warning {code}"])


def test_a_total_that_is_its_only_part_says_nothing_more(tmp_path):
    """Beside a school where there are others, too."""
    rows = [ADMITTED, [], ["STT", "Đơn vị", "Tổng số", "Trong đó: Học sinh"], [1, "THPT Nguyễn Du", 12, 9]]
    reading = read(tmp_path, sheet([*rows, [2, "THPT Lê Lợi", 4, 4], [None, "Cộng", 16, 13]]))
    nd = {"nd 2024 all admitted": 12, "nd 2024 student admitted": 9}
    assert (reading.counts, reading.asked) == ({**nd, "ll 2024 student admitted": 4}, [])


@pytest.mark.parametrize("heads", [["Học sinh"], ["Trong đó: Học sinh", "CBGVNV"]])
def test_a_total_of_a_group_that_is_no_mere_part_is_still_a_sum(tmp_path, heads):
    """Nothing says that «Học sinh» alone is a part; «CBGVNV» may have been left blank."""
    rows = [ADMITTED, [], ["STT", "Đơn vị", "Tổng số", *heads], [1, "THPT Nguyễn Du", 12, 9]]
    reading = read(tmp_path, sheet(rows))
    assert (reading.counts, reading.asked) == ({"nd 2024 student admitted": 9}, ["warning total_mismatch C4"])


def test_a_sum_over_schools_is_compared_with_the_numbers_of_all(tmp_path):
    """«Kết nạp | Trong đó: Học sinh | CBGVNV»: the groups are in it already."""
    rows = [ADMITTED, [], ["STT", "Đơn vị", "Kết nạp", "Trong đó: Học sinh", "CBGVNV"]]
    rows += [[1, "THPT Nguyễn Du", 12, 9, 3], [2, "THPT Lê Lợi", 6, 4, 2], [None, "Cộng", 18, 13, 5]]
    assert read(tmp_path, sheet(rows)).asked == []
    rows[-1][2] = 19
    assert read(tmp_path, sheet(rows)).asked == ["warning total_mismatch C6"]


DOWN = [TITLE, SCHOOL, [], ["STT", "Nội dung", "Số lượng"]]
GROUPS = {"nd 2024 all admitted": 12, "nd 2024 student admitted": 9, "nd 2024 staff admitted": 3}


@pytest.mark.parametrize("number", [1, None])
@pytest.mark.parametrize("words", [("Học sinh", "CBGVNV"), ("Số học sinh", "Số CBGVNV")])
def test_groups_without_numbers_below_a_row_are_in_it(tmp_path, number, words):
    """«Số CBGVNV» behind «Trong đó: Số học sinh» is no headcount."""
    rows = [[number, "Số quần chúng được kết nạp Đảng", 12], [None, f"Trong đó: {words[0]}", 9], [None, words[1], 3]]
    reading = read(tmp_path, sheet(DOWN + rows), schools="nd")
    assert (reading.counts, reading.asked) == (GROUPS, [])


def test_groups_below_each_of_two_rows_are_told_apart(tmp_path):
    """They were refused as given twice."""
    sent = [[1, "Số quần chúng được cử đi học BDNT", 30], [None, "Trong đó: Số học sinh", 20], [None, "Số CBGVNV", 10]]
    rows = [[2, "Số quần chúng được kết nạp Đảng", 12], [None, "Trong đó: Số học sinh", 9], [None, "Số CBGVNV", 3]]
    reading = read(tmp_path, sheet([*DOWN, *sent, *rows]), schools="nd")
    nominated = {"nd 2024 all nominated": 30, "nd 2024 student nominated": 20, "nd 2024 staff nominated": 10}
    assert (reading.counts, reading.asked) == (GROUPS | nominated, [])


def test_all_of_the_staff_behind_a_part_is_a_headcount(tmp_path):
    """«Tổng số CBGVNV», or a row with a number of its own."""
    rows = [[1, "Số quần chúng được kết nạp Đảng", 12], [None, "Trong đó: Học sinh", 9], [2, "Tổng số CBGVNV", 62]]
    reading = read(tmp_path, sheet(DOWN + rows), schools="nd")
    assert reading.counts["nd 2024 staff headcount"] == 62


def test_people_below_a_number_of_unknown_people_are_asked_about(tmp_path):
    """«Số học sinh 9» there may be those of the number above."""
    rows = [[None, "Số quần chúng được kết nạp Đảng", 12], [None, "Số học sinh", 9]]
    reading = read(tmp_path, sheet([*DOWN, *rows, [None, "Số CBGVNV", 3]]), schools="nd")
    assert reading.asked == ["error missing_facet C5", "warning unclear_measure C6"]
    assert "C6:C7" in reading.messages


def test_all_members_of_the_cell_behind_a_column_of_the_staff_are_all(tmp_path):
    """«Tổng số đảng viên» says so itself."""
    rows = [["TỔNG HỢP PHÁT TRIỂN ĐẢNG VIÊN CÁC TRƯỜNG THPT NĂM 2024"], []]
    rows += [["STT", "Trường", "Tổng số CBGVNV", "Tổng số đảng viên"], [1, "THPT Nguyễn Du", 62, 38]]
    reading = read(tmp_path, sheet(rows))
    assert (reading.counts, reading.asked) == (
        {"nd 2024 staff headcount": 62, "nd 2024 all party_members": 38},
        [],
    )


@pytest.mark.parametrize("rate", ["34,6", "34,6%", "khoảng một phần ba"])
@pytest.mark.parametrize("label", ["Tỷ lệ HS kết nạp/HS cử học BDNT", "Tỷ lệ kết nạp (%)"])
def test_a_last_row_of_words_belongs_to_its_table(tmp_path, label, rate):
    """Its number in the first column is none of people."""
    rows = [TITLE, SCHOOL, [], ["STT", "Nội dung", "ĐVT", "Kết quả"]]
    rows += [[1, "Số học sinh được kết nạp Đảng", "học sinh", 9], [2, label, "%", rate]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2024 student admitted": 9}, [])


def test_a_target_under_one_header_with_what_was_reached_is_of_all(tmp_path):
    """«Chỉ tiêu | Kết quả | Trong đó: Học sinh, CBGVNV» under «Kết nạp»."""
    head = ["STT", "Đơn vị", "Kết nạp đảng viên năm 2024", None, None, None]
    rows = [ADMITTED, [], head, [None, None, "Chỉ tiêu", "Kết quả", "Trong đó"], [None] * 4 + ["Học sinh", "CBGVNV"]]
    merges = ["A3:A5", "B3:B5", "C3:F3", "C4:C5", "D4:D5", "E4:F4"]
    reading = read(tmp_path, sheet([*rows, [1, "THPT Nguyễn Du", 14, 12, 9, 3]], merges=merges))
    assert (reading.counts, reading.asked) == (GROUPS | {"nd 2024 all admitted target": 14}, [])


def test_a_bare_number_beside_why_people_were_not_admitted_is_asked_about(tmp_path):
    """A title of admissions makes it theirs; it may be of those not admitted."""
    rows = [["KẾT QUẢ KẾT NẠP ĐẢNG VIÊN NĂM 2023"], ["Trường", "Số học sinh", "Lý do chưa kết nạp"]]
    reading = read(tmp_path, sheet([*rows, ["THPT Nguyễn Du", 5, "chưa đủ tuổi"]]), schools="nd")
    assert reading.asked == ["warning unclear_measure B3"]
