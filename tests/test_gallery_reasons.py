"""Gallery of small workbooks: what a row says by the rows above it, reasons among them."""

import pytest
from gallery import read, sheet


def test_a_blank_label_below_a_target_is_asked_about(tmp_path):
    """Nobody can say whether «Chỉ tiêu» goes on; below «Thực hiện» a blank is what was done."""
    rows = [["Trường THPT Nguyễn Du - Học sinh năm 2023"], ["Nội dung", None, "Số lượng"]]
    rows += [["Cử đi học", "Chỉ tiêu", 9], ["Cử đi học", "Thực hiện", 8], ["Hoàn thành lớp", None, 7]]
    rows += [["Kết nạp", "Chỉ tiêu", 5], ["Kết nạp", None, 4]]
    reading = read(tmp_path, sheet(rows, merges=["A2:B2"]), schools="nd")
    done = {"nd 2023 student nominated": 8, "nd 2023 student trained": 7, "nd 2023 student admitted": 4}
    targets = {"nd 2023 student nominated target": 9, "nd 2023 student admitted target": 5}
    assert (reading.counts, reading.asked) == ({**done, **targets}, ["warning unclear_kind C7"])


REASONS = [["Chưa đủ tuổi", 5], ["Đang hoàn thiện hồ sơ", 2], ["Ra trường khi chưa kết nạp", 3]]
BY_REASON = {
    "nd 2023 student not_admitted :under_age": 5,
    "nd 2023 student not_admitted :dossier_incomplete": 2,
    "nd 2023 student not_admitted :left_school": 3,
}


def test_a_stage_among_reasons_is_a_reason(tmp_path):
    """«Đang hoàn thiện hồ sơ» says why somebody was not admitted, beside «Chưa đủ tuổi»."""
    title = ["Lý do học sinh chưa được kết nạp năm 2023"]
    down = [title, ["Lý do", "THPT Nguyễn Du"], *REASONS]
    heads, numbers = zip(*REASONS, strict=True)
    across = [
        ["Học sinh năm 2023"],
        ["Trường", "Lý do chưa được kết nạp"],
        [None, *heads],
        ["THPT Nguyễn Du", *numbers],
    ]
    for one in (sheet(down), sheet(across, merges=["A2:A3", "B2:D2"])):
        reading = read(tmp_path, one, schools="nd")
        assert (reading.counts, reading.asked) == (BY_REASON, [])


def test_a_stage_beside_those_who_were_not_admitted_is_a_stage(tmp_path):
    """Only below them it is a reason."""
    rows = [["Trường THPT Nguyễn Du - Học sinh năm 2023"], ["TT", "Nội dung", "Số lượng"]]
    rows += [[1, "Hồ sơ đang hoàn thiện", 4], [2, "Đã học, chưa được kết nạp", 10]]
    rows += [[letter, *reason] for letter, reason in zip("abc", REASONS, strict=True)]
    reading = read(tmp_path, sheet(rows), schools="nd")
    stages = {"nd 2023 student dossier": 4, "nd 2023 student not_admitted": 10}
    assert (reading.counts, reading.asked) == ({**stages, **BY_REASON}, [])


@pytest.mark.parametrize("section", ["II. Cùng kỳ năm trước", "II. Lũy kế từ đầu nhiệm kỳ", "II. Số lớp"])
def test_a_section_of_no_counts_of_this_period_is_left_out(tmp_path, section):
    """Its rows are those of the first section again, of another time or of something else."""
    rows = [["Học sinh năm 2023"], ["Nội dung", "THPT Nguyễn Du"], ["I. Thực hiện"], ["Kết nạp", 3], [section]]
    reading = read(tmp_path, sheet([*rows, ["Kết nạp", 2]]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert (reading.asked, reading.told) == ([], ["info column_not_taken B6"])


def test_a_blank_row_of_another_time_is_asked_about(tmp_path):
    """«Lũy kế» without a number may head the rows below it."""
    rows = [["Học sinh năm 2023"], ["Nội dung", "THPT Nguyễn Du"], ["Kết nạp", 3], ["Lũy kế đến nay"], ["Cử đi học", 9]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3, "nd 2023 student nominated": 9}
    assert reading.asked == ["warning unclear_count B5"]


def test_reasons_in_words_behind_the_numbers_are_free_text(tmp_path):
    """They name no rows, for the years before them do."""
    rows = [["Trường THPT Nguyễn Du - Học sinh"], ["Năm", "Tham gia lớp BDNT", "Kết nạp", "Chưa được kết nạp", "Lý do"]]
    rows += [["2022", 12, 4, 8, "Chưa đủ tuổi, đi học đại học"], ["2023", 9, 2, 7, None]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    numbers = {"2022": (12, 4, 8), "2023": (9, 2, 7)}
    measures = ("trained", "admitted", "not_admitted")
    said = {
        f"nd {year} student {what}": n for year, row in numbers.items() for what, n in zip(measures, row, strict=True)
    }
    assert (reading.counts, reading.asked, reading.told) == (said, [], ["info free_text E3"])


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Học sinh chưa đủ 18 tuổi", "student not_admitted :under_age"),
        ("Học sinh bỏ học", "student not_admitted :left_school"),
        ("GV nghỉ hưu", "staff.teacher not_admitted :left_school"),
        ("Học sinh lớp 12 đã tốt nghiệp", "student.grade_12 not_admitted :left_school"),
        ("HS vi phạm kỷ luật", "student not_admitted :not_yet_qualified"),
        ("HS học lực chưa đạt", "student not_admitted :not_yet_qualified"),
    ],
)
def test_what_may_be_said_of_a_whole_school_is_asked_about(tmp_path, label, number):
    """Nothing says that these were candidates: a school counts its young, its leavers and its retired, too."""
    rows = [["Báo cáo năm 2023"], ["Nội dung", "Số lượng"], [label, 5], ["Học sinh kết nạp", 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {f"nd 2023 {number}": 5, "nd 2023 student admitted": 3}
    assert reading.asked == ["warning unclear_measure B3"]


def test_the_grown_up_are_no_part_of_those_too_young(tmp_path):
    """«Học sinh đủ 18 tuổi» below «Học sinh chưa đủ 18 tuổi» says of its own whom it counts, and not what."""
    rows = [["Báo cáo năm 2023"], ["Nội dung", "Số lượng"], ["Học sinh chưa đủ 18 tuổi", 8], ["Học sinh đủ 18 tuổi", 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student not_admitted :under_age": 8}
    assert reading.asked == ["error missing_facet B4", "warning unclear_measure B3"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Học sinh năm 2023"], ["Lý do", "Số lượng"], ["Chưa đủ tuổi", 5]],
        [["Học sinh chưa được kết nạp năm 2023"], ["Nội dung", "Số lượng"], ["Chưa đủ tuổi", 5]],
        [["Báo cáo năm 2023"], ["Nội dung", "Số lượng"], ["HS chưa kết nạp do chưa đủ tuổi", 5]],
        [
            ["Học sinh năm 2023"],
            ["Nội dung", "Số lượng"],
            ["I. Đã học, chưa được kết nạp", None],
            ["- Chưa đủ tuổi", 5],
        ],
        [["Học sinh năm 2023"], ["I. Chưa được kết nạp"], ["Nội dung", "Số lượng"], ["Chưa đủ tuổi", 5]],
    ],
)
def test_reasons_under_what_they_are_reasons_of_are_read(tmp_path, rows):
    """A title, a section, a header or the label itself names those not admitted."""
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student not_admitted :under_age": 5}
    assert reading.asked == []


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("Học sinh năm 2023", ["Chưa đủ tuổi", "Thiếu hồ sơ"]),
        ("Học sinh năm 2023", ["Đã học", "Đã kết nạp", "Chưa đủ tuổi", "Đã tốt nghiệp"]),
        ("Học sinh đã học lớp nhận thức về Đảng năm 2023", ["Đã kết nạp", "Chưa đủ tuổi"]),
        ("Học sinh năm 2023", ["Đã kết nạp", "Còn lại: chưa đủ tuổi"]),
    ],
)
def test_reasons_beside_others_are_read(tmp_path, title, headers):
    """Beside «thiếu hồ sơ», among those who took the course, «chưa đủ tuổi» can only be a reason."""
    rows = [[title], ["Trường", *headers], ["THPT Nguyễn Du", *range(5, 5 + len(headers))]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    young = next(place for place, header in enumerate(headers, 5) if "tuổi" in header)
    assert reading.counts["nd 2023 student not_admitted :under_age"] == young
    assert len(reading.counts) == len(headers)
    assert reading.asked == []


@pytest.mark.parametrize(
    "rows",
    [
        [["HỌC SINH NĂM 2023"], ["Khóa", "Đã học", "Chưa kết nạp"], ["2021", 20, 15], ["2022", 25, 20]],
        [["HỌC SINH NĂM 2023"], ["Khóa", "Đã học", "Kết nạp", "Chưa kết nạp"], ["2021", 20, 5, 15]],
    ],
)
def test_a_course_of_which_nobody_was_admitted_yet_is_read(tmp_path, rows):
    """The check of its sum needs admissions; where there are none it is silent, and stops nothing else."""
    reading = read(tmp_path, sheet(rows), schools="nd", file="THPT Nguyễn Du.xlsx")
    assert any("not_admitted" in key for key in reading.counts)


STAGES = {
    "Đang chờ quyết định kết nạp": "awaiting_decision",
    "Đang chờ QĐ kết nạp": "awaiting_decision",
    "Hồ sơ chưa xong": "dossier_incomplete",
    "Đang thẩm tra lý lịch": "background_check",
}


@pytest.mark.parametrize(("stage", "reason"), STAGES.items())
@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([["Đối tượng", "Kết nạp", "{}"], ["Học sinh", 5, 2]], "C3"),
        ([["Nội dung", "Học sinh"], ["Kết nạp", 5], ["{}", 2]], "B4"),
        ([["Nội dung", "Số lượng"], ["Học sinh kết nạp", 5], ["II. {}", None], ["Học sinh", 2]], "B5"),
    ],
)
def test_a_stage_before_admission_outside_a_table_of_reasons_is_asked_about(tmp_path, stage, reason, rows, cell):
    """It is one of the stages of those not yet admitted; whether it is why they were not, nobody says."""
    filled = [[one.format(stage) if isinstance(one, str) else one for one in row] for row in rows]
    reading = read(tmp_path, sheet([["Báo cáo năm 2023"], *filled]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 5, f"nd 2023 student not_admitted :{reason}": 2}
    assert reading.asked == [f"warning unclear_measure {cell}"]


@pytest.mark.parametrize(
    "headers",
    [
        ["Chưa kết nạp", "Đang thẩm tra lý lịch"],
        ["Chưa đủ tuổi", "Hồ sơ chưa xong"],
        ["Đã học", "Chờ quyết định kết nạp", "Đang thẩm tra lý lịch"],
    ],
)
def test_a_stage_among_reasons_or_of_those_who_took_the_course_is_no_question(tmp_path, headers):
    """The table itself tells of whom it is said."""
    rows = [["Học sinh năm 2023"], ["Trường", *headers], ["THPT Nguyễn Du", *[9] * len(headers)]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (len(reading.counts), reading.asked) == (len(headers), [])


def test_two_stages_make_no_table_of_reasons(tmp_path):
    """«Hồ sơ đang hoàn thiện» beside other stages is a stage itself."""
    headers = ["Hồ sơ đang hoàn thiện", "Chờ quyết định kết nạp", "Đang thẩm tra lý lịch"]
    rows = [["Học sinh năm 2023"], ["Trường", *headers], ["THPT Nguyễn Du", 9, 5, 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    stages = {"awaiting_decision": 5, "background_check": 2}
    waiting = {f"nd 2023 student not_admitted :{reason}": n for reason, n in stages.items()}
    assert reading.counts == {"nd 2023 student dossier": 9, **waiting}
    assert reading.asked == ["warning unclear_measure C3"]


@pytest.mark.parametrize(
    ("whole", "measure"),
    [("Đề nghị kết nạp", "proposed"), ("Nguồn kết nạp", "source"), ("Sĩ số", "headcount")],
)
def test_those_not_admitted_beside_others_than_those_who_took_the_course_are_asked_about(tmp_path, whole, measure):
    """«Chưa kết nạp» may be said of those proposed, of the pool, of the whole school."""
    across = [["Năm 2023"], ["Đối tượng", whole, "Đã kết nạp", "Chưa kết nạp"], ["Học sinh", 5, 2, 3]]
    down = [["Năm 2023"], ["Nội dung", "Học sinh"], [whole, 5], ["Đã kết nạp", 2], ["Chưa kết nạp", 3]]
    numbers = {measure: 5, "admitted": 2, "not_admitted": 3}
    for rows, cell in ((across, "D3"), (down, "B5")):
        reading = read(tmp_path, sheet(rows), schools="nd")
        assert reading.counts == {f"nd 2023 student {name}": n for name, n in numbers.items()}
        assert reading.asked == [f"warning unclear_measure {cell}"]


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("Học sinh năm 2023", ["Đề nghị kết nạp", "Đã kết nạp", "Đã học, chưa kết nạp"]),
        ("Học sinh năm 2023", ["Đã học lớp BDNT", "Đề nghị kết nạp", "Đã kết nạp", "Chưa kết nạp"]),
        ("Học sinh đã học lớp nhận thức về Đảng năm 2023", ["Đề nghị kết nạp", "Đã kết nạp", "Chưa kết nạp"]),
        ("Học sinh năm 2023", ["Đề nghị kết nạp", "Chưa kết nạp", "Chưa đủ tuổi"]),
        ("Học sinh năm 2023", ["Đã kết nạp", "Chưa kết nạp"]),
    ],
)
def test_those_not_admitted_where_the_course_is_named_are_no_question(tmp_path, title, headers):
    """Beside nothing but «Đã kết nạp», too: then the word has its usual meaning."""
    rows = [[title], ["Trường", *headers], ["THPT Nguyễn Du", *[9] * len(headers)]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (len(reading.counts), reading.asked) == (len(headers), [])
