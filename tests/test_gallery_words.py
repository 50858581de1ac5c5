"""Gallery of small workbooks: wordings, traps and spellings."""

from unicodedata import normalize

from gallery import read, sheet


def test_outstanding_individuals_are_of_no_group(tmp_path):
    """«Quần chúng ưu tú» are pupils and staff alike: the group is missing and is not guessed."""
    rows = [["Năm 2023"], ["Trường", "Quần chúng ưu tú được cử đi học"], ["THPT Nguyễn Du", 12], ["THPT Lê Lợi", 9]]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {}
    assert reading.codes == ["error missing_facet"]


def test_an_alias_of_the_collection_settles_a_wording(tmp_path):
    """One line in [aliases] and the header is understood."""
    rows = [["Năm 2023"], ["Trường", "QCƯT là ĐVTN"], [None, "Kết nạp"], ["THPT Nguyễn Du", 3]]
    alias = '[aliases]\n"QCƯT là ĐVTN" = {group = "student"}'
    reading = read(tmp_path, sheet(rows, ["A2:A3"]), schools="nd", more=alias)
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == []


def test_an_abbreviation_is_decided_by_its_parent(tmp_path):
    """Under «Kết nạp», «CT» can only be a target; under «Được kết nạp», «HS» can only be pupils."""
    rows = [
        ["Năm 2023"],
        ["Trường", "Được kết nạp", None],
        [None, "HS", "CBGVNV"],
        ["THPT Nguyễn Du", 3, 1],
        [],
        ["Học sinh năm 2023"],
        ["Trường", "Cử đi học", None],
        [None, "CT", "TH"],
        ["THPT Nguyễn Du", 15, 12],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2", "A7:A8", "B7:C7"]), schools="nd")
    assert reading.counts == {
        "nd 2023 student admitted": 3,
        "nd 2023 staff admitted": 1,
        "nd 2023 student nominated target": 15,
        "nd 2023 student nominated": 12,
    }
    assert reading.asked == []


def test_an_abbreviation_that_nothing_decides_is_asked_about(tmp_path):
    """«HS» is học sinh or hồ sơ, «CB» cán bộ or chi bộ: with nothing over them they are not read."""
    rows = [["Năm 2023"], ["Trường", "HS", "CB", "Học sinh được kết nạp"], ["THPT Nguyễn Du", 14, 5, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.places == ["error B2", "error C2"]


def test_an_introduction_alone_is_asked_about(tmp_path):
    """«Giới thiệu» may be to the course, to the Party, or giới tính."""
    rows = [["Học sinh năm 2023"], ["Trường", "Giới thiệu", "Kết nạp"], ["THPT Nguyễn Du", 14, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.places == ["error B2"]


def test_chuyen_di_alone_is_asked_about(tmp_path):
    """A candidate who left, or a member whose papers moved: the word alone does not say."""
    rows = [["Học sinh năm 2023"], ["Trường", "Chuyển đi", "Kết nạp"], ["THPT Nguyễn Du", 2, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.places == ["error B2"]


def test_an_unknown_header_is_an_error_and_its_neighbours_are_read(tmp_path):
    """The message names the header's place and the nearest phrase that is known."""
    rows = [["Học sinh năm 2023"], ["Trường", "Cử đi học", "Kêt nạpp Đảng"], ["THPT Nguyễn Du", 12, 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12}
    assert reading.asked == ["error unknown_header C2"]
    assert "kết nạp" in reading.messages.casefold()


def test_a_header_with_words_left_over_is_not_understood(tmp_path):
    """«Kết nạp vào câu lạc bộ» is no admission to the Party: unknown words, and the column is not read."""
    rows = [["Học sinh năm 2023"], ["Trường", "Cử đi học", "Kết nạp vào câu lạc bộ"], ["THPT Nguyễn Du", 12, 30]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12}
    assert reading.asked == ["error unknown_header C2"]


def test_negations_and_plans_are_never_dropped(tmp_path):
    """«Chưa kết nạp» is a stock of its own, «dự kiến» an estimate, «hoãn» and «không» nothing that is known."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Đã kết nạp", "Chưa kết nạp", "Dự kiến kết nạp", "Hoãn kết nạp", "Không kết nạp"],
        ["THPT Nguyễn Du", 3, 9, 4, 1, 2],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student admitted": 3,
        "nd 2023 student not_admitted": 9,
        "nd 2023 student admitted estimate": 4,
    }
    assert reading.places == ["error E2", "error F2"]


def test_a_header_of_neutral_words_only_is_not_understood(tmp_path):
    """«Được» over a column says nothing; «Số lượng» is a pure carrier and may."""
    rows = [["Kết nạp học sinh năm 2023"], ["Trường", "Số lượng", "Được"], ["THPT Nguyễn Du", 3, 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == ["error unknown_header C2"]


def test_two_values_of_one_facet_in_one_column_are_a_finding(tmp_path):
    """A column under «Học sinh» headed «Giáo viên được kết nạp» is of neither."""
    rows = [
        ["Năm 2023"],
        ["Trường", "Học sinh", None],
        [None, "Cử đi học", "Giáo viên được kết nạp"],
        ["THPT Nguyễn Du", 12, 3],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2"]), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12}
    assert reading.asked == ["error conflicting_headers C3"]


def test_a_group_and_a_stage_in_one_header(tmp_path):
    """«Số học sinh» is a headcount alone and a group in a longer header."""
    rows = [
        ["Năm 2023"],
        ["Trường", "Số học sinh", "Số học sinh được kết nạp", "Tổng số CBGVNV", "CBGVNV được kết nạp"],
        ["THPT Nguyễn Du", 840, 3, 62, 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student headcount": 840,
        "nd 2023 student admitted": 3,
        "nd 2023 staff headcount": 62,
        "nd 2023 staff admitted": 1,
    }
    assert reading.asked == []


def test_several_staff_words_are_all_staff_and_one_is_a_part(tmp_path):
    """«Cán bộ, giáo viên và nhân viên» is the whole staff, «Giáo viên» a part of it."""
    rows = [
        ["Kết nạp năm 2023"],
        ["Trường", "Cán bộ, giáo viên và nhân viên", "Giáo viên", "Cán bộ quản lý", "Nhân viên"],
        ["THPT Nguyễn Du", 6, 4, 1, 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 staff admitted": 6,
        "nd 2023 staff.teacher admitted": 4,
        "nd 2023 staff.manager admitted": 1,
        "nd 2023 staff.employee admitted": 1,
    }
    assert reading.asked == []


def test_the_parts_of_a_school_by_grade(tmp_path):
    """«Khối 12» says students and the grade at once."""
    rows = [["Cử đi học năm 2023"], ["Trường", "Khối 11", "Khối 12"], ["THPT Nguyễn Du", 4, 8]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student.grade_11 nominated": 4,
        "nd 2023 student.grade_12 nominated": 8,
    }
    assert reading.asked == []


def test_accents_are_letters(tmp_path):
    """«Nam» is male and «Năm» a year."""
    rows = [["Kết nạp học sinh"], ["Trường", "Năm", "Nam", "Nữ"], ["THPT Nguyễn Du", 2023, 1, 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student.male admitted": 1, "nd 2023 student.female admitted": 2}
    assert reading.asked == []


def test_a_sheet_typed_without_accents_is_read_without_accents(tmp_path):
    """As typed first; without accents only because that fails."""
    rows = [
        ["BAO CAO CONG TAC PHAT TRIEN DANG VIEN NAM 2023"],
        ["STT", "Truong", "Hoc sinh", None, "CBGVNV", None],
        [None, None, "Cu di hoc", "Ket nap", "Cu di hoc", "Ket nap"],
        [1, "THPT Nguyen Du", 12, 3, 5, 1],
        [2, "THPT Le Loi", 9, 2, 4, 1],
        [None, "Tong cong", 21, 5, 9, 2],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:B3", "C2:D2", "E2:F2"]))
    assert reading.counts == {
        "nd 2023 student nominated": 12,
        "nd 2023 student admitted": 3,
        "nd 2023 staff nominated": 5,
        "nd 2023 staff admitted": 1,
        "ll 2023 student nominated": 9,
        "ll 2023 student admitted": 2,
        "ll 2023 staff nominated": 4,
        "ll 2023 staff admitted": 1,
    }
    assert reading.asked == []


def test_spelling_of_tone_and_i_is_one_word(tmp_path):
    """Hoà is hòa, tỉ lệ is tỷ lệ, Ð is Đ, and letters may come with their accents apart."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", normalize("NFD", "Kết nạp vào Ðảng"), "Ðược công nhận chính thức", "Tỉ lệ %"],
        ["THPT Nguyễn Du", 4, 1, 25],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 4, "nd 2023 student confirmed": 1}
    assert reading.asked == []


def test_the_whole_school_is_no_sum_of_those_above(tmp_path):
    """«Tổng số học sinh toàn trường» closes a table without adding up; «về Đảng» may be left out of the course."""
    rows = [["Trường THPT Nguyễn Du - Học sinh năm 2023"], ["Nội dung", "Số lượng"]]
    rows += [["Cử đi học lớp bồi dưỡng nhận thức", 9], ["Hoàn thành lớp bồi dưỡng nhận thức", 8], ["Kết nạp", 5]]
    reading = read(tmp_path, sheet([*rows, ["Tổng số học sinh toàn trường", 1250]]), schools="nd")
    measures = {"nominated": 9, "trained": 8, "admitted": 5, "headcount": 1250}
    assert (reading.counts, reading.asked) == ({f"nd 2023 student {name}": n for name, n in measures.items()}, [])
