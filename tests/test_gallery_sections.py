"""Gallery of small workbooks: section rows, headings, and several tables on a sheet."""

from gallery import read, sheet

NAMES = {
    "nd 2023 student nominated": 12,
    "nd 2023 student admitted": 3,
    "nd 2023 staff nominated": 5,
    "nd 2023 staff admitted": 1,
}


def test_numbered_sections_speak_until_the_next_of_their_rank(tmp_path):
    """A > I > 1 > a: the school, the group, the stage, its women."""
    rows = [
        ["Năm 2023"],
        ["STT", "Nội dung", "Số lượng"],
        ["A", "Trường THPT Nguyễn Du", None],
        ["I", "Học sinh", None],
        [1, "Cử đi học", 12],
        [2, "Kết nạp", 3],
        ["II", "CBGVNV", None],
        [1, "Cử đi học", 5],
        [2, "Kết nạp", 1],
        ["B", "Trường THPT Lê Lợi", None],
        ["I", "Học sinh", None],
        [1, "Cử đi học", 9],
        [2, "Kết nạp", 2],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == NAMES | {"ll 2023 student nominated": 9, "ll 2023 student admitted": 2}
    assert reading.asked == []


def test_a_section_of_a_higher_rank_ends_the_lower_one(tmp_path):
    """After «B» the group of «A. I» speaks no more: what it leaves open is a finding."""
    rows = [
        ["Năm 2023"],
        ["STT", "Nội dung", "Số lượng"],
        ["A", "Trường THPT Nguyễn Du", None],
        ["I", "Học sinh", None],
        [1, "Kết nạp", 3],
        ["B", "Trường THPT Lê Lợi", None],
        [1, "Kết nạp", 2],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.codes == ["error missing_facet"]


def test_numbering_inside_the_text(tmp_path):
    """«I.», «1.», «a)» and «-» number lines as an ordinal column does."""
    rows = [
        ["Trường THPT Nguyễn Du năm 2023"],
        ["Nội dung", "Số lượng"],
        ["I. Học sinh", None],
        ["1. Cử đi học", 12],
        ["- Trong đó: nữ", 7],
        ["2. Kết nạp", 3],
        ["II. Cán bộ, giáo viên, nhân viên", None],
        ["1. Cử đi học", 5],
        ["2. Kết nạp", 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == NAMES | {"nd 2023 student.female nominated": 7}
    assert reading.asked == []


def test_a_stage_as_a_section_with_kinds_under_it(tmp_path):
    """«1. Kết nạp» without numbers, «- Chỉ tiêu», «- Thực hiện» under it."""
    rows = [
        ["Trường THPT Nguyễn Du - Học sinh năm 2023"],
        ["Nội dung", "Số lượng"],
        ["1. Cử đi học", None],
        ["- Chỉ tiêu", 14],
        ["- Thực hiện", 12],
        ["2. Kết nạp", None],
        ["- Chỉ tiêu", 4],
        ["- Thực hiện", 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student nominated target": 14,
        "nd 2023 student nominated": 12,
        "nd 2023 student admitted target": 4,
        "nd 2023 student admitted": 3,
    }
    assert reading.asked == []


def test_a_section_row_merged_over_the_table(tmp_path):
    """Unnumbered, merged from the first to the last column."""
    rows = [
        ["Năm 2023"],
        ["STT", "Trường", "Cử đi học", "Kết nạp"],
        ["Học sinh", None, None, None],
        [1, "THPT Nguyễn Du", 12, 3],
        ["CBGVNV", None, None, None],
        [1, "THPT Nguyễn Du", 5, 1],
    ]
    reading = read(tmp_path, sheet(rows, ["A3:D3", "A5:D5"]), schools="nd")
    assert reading.counts == NAMES
    assert reading.asked == []


def test_a_heading_speaks_for_the_table_below_it_only(tmp_path):
    """Two tables on one sheet, each under its own line."""
    rows = [
        ["Năm 2023"],
        ["I. Học sinh"],
        ["Trường", "Cử đi học", "Kết nạp"],
        ["THPT Nguyễn Du", 12, 3],
        [],
        ["II. Cán bộ, giáo viên, nhân viên"],
        ["Trường", "Cử đi học", "Kết nạp"],
        ["THPT Nguyễn Du", 5, 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == NAMES
    assert reading.asked == []


def test_a_table_after_a_heading_that_is_gone_is_not_read_under_the_last_one(tmp_path):
    """The second table's group is said nowhere: not the first heading's, not a guess."""
    rows = [
        ["Năm 2023"],
        ["Học sinh"],
        ["Trường", "Cử đi học", "Kết nạp"],
        ["THPT Nguyễn Du", 12, 3],
        [],
        ["Biểu tiếp theo"],
        ["Trường", "Cử đi học", "Kết nạp"],
        ["THPT Nguyễn Du", 5, 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert set(reading.codes) == {"error missing_facet"}


def test_a_heading_of_its_year_over_each_table(tmp_path):
    """A heading line of years over each table of one sheet."""
    rows = [
        ["Kết nạp học sinh"],
        ["Năm 2022"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
        [],
        ["Năm 2023"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 5],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2022 student admitted": 3, "nd 2023 student admitted": 5}
    assert reading.asked == []


def test_a_table_may_stand_anywhere_on_its_sheet(tmp_path):
    """Empty rows above and empty columns before it change no address."""
    rows = [
        [],
        [],
        [None, None, "Học sinh năm 2023"],
        [],
        [None, None, "Trường", "Kết nạp"],
        [None, None, "THPT Nguyễn Du", 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert list(reading.returns.counts["cell"]) == ["D6"]
    assert reading.asked == []


def test_the_stage_in_a_heading_above_each_table(tmp_path):
    """A heading that is wholly understood names the stage of its table."""
    rows = [
        ["Năm 2023"],
        ["1. Số học sinh được cử đi học"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 12],
        [],
        ["2. Số học sinh được kết nạp vào Đảng"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
    assert reading.asked == []


def test_schools_across_and_stages_down(tmp_path):
    """Any facet may stand in the columns."""
    rows = [
        ["Học sinh năm 2023"],
        ["Nội dung", "THPT Nguyễn Du", "THPT Lê Lợi", "Cộng"],
        ["Cử đi học", 12, 9, 21],
        ["Kết nạp", 3, 2, 5],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {
        "nd 2023 student nominated": 12,
        "ll 2023 student nominated": 9,
        "nd 2023 student admitted": 3,
        "ll 2023 student admitted": 2,
    }
    assert reading.asked == []


def test_a_sheet_per_group(tmp_path):
    """The sheet's name says the group."""
    rows = [["Năm 2023"], ["Trường", "Cử đi học", "Kết nạp"], ["THPT Nguyễn Du", 12, 3]]
    other = [*rows[:2], ["THPT Nguyễn Du", 5, 1]]
    reading = read(tmp_path, sheet(rows, name="Học sinh"), sheet(other, name="CBGVNV"), schools="nd")
    assert reading.counts == NAMES
    assert reading.asked == []


def test_a_sheet_that_is_no_return_is_left_alone(tmp_path):
    """A sheet of instructions beside the table asks nothing of anybody."""
    rows = [["Năm 2023"], ["Trường", "Học sinh được kết nạp"], ["THPT Nguyễn Du", 3]]
    words = [["Hướng dẫn"], ["Đề nghị các chi bộ gửi số liệu trước ngày 08/3/2024."], ["Liên hệ Ban Tổ chức."]]
    reading = read(tmp_path, sheet(words, name="Hướng dẫn"), sheet(rows, name="Biểu 1"), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == []


def test_a_label_goes_on_until_the_next_one(tmp_path):
    """The school is written once, on the first row of its lines, and not merged."""
    rows = [
        ["Năm 2023"],
        ["Trường", "Đối tượng", "Cử đi học", "Kết nạp"],
        ["THPT Nguyễn Du", "Học sinh", 12, 3],
        [None, "CBGVNV", 5, 1],
        ["THPT Lê Lợi", "Học sinh", 9, 2],
        [None, "CBGVNV", 4, 0],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == NAMES | {
        "ll 2023 student nominated": 9,
        "ll 2023 student admitted": 2,
        "ll 2023 staff nominated": 4,
        "ll 2023 staff admitted": 0,
    }
    assert reading.asked == []


def test_tables_side_by_side(tmp_path):
    """A row's labels are the nearest label columns to the left."""
    rows = [
        ["Năm 2023"],
        ["Trường", "Học sinh được kết nạp", None, "Trường", "CBGVNV được kết nạp"],
        ["THPT Nguyễn Du", 3, None, "THPT Lê Lợi", 0],
        ["THPT Lê Lợi", 2, None, "THPT Nguyễn Du", 1],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {
        "nd 2023 student admitted": 3,
        "ll 2023 student admitted": 2,
        "ll 2023 staff admitted": 0,
        "nd 2023 staff admitted": 1,
    }
    assert reading.asked == []


def test_four_ranks_of_lines(tmp_path):
    """A > I > 1 > a): each speaks for what stands below it."""
    rows = [
        ["Nội dung", "Số lượng"],
        ["A. Năm 2023", None],
        ["I. Trường THPT Nguyễn Du", None],
        ["1. Học sinh", None],
        ["a) Cử đi học", 12],
        ["b) Kết nạp", 3],
        ["2. CBGVNV", None],
        ["a) Cử đi học", 5],
        ["b) Kết nạp", 1],
        ["B. Năm 2024", None],
        ["I. Trường THPT Nguyễn Du", None],
        ["1. Học sinh", None],
        ["a) Cử đi học", 13],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == NAMES | {"nd 2024 student nominated": 13}
    assert reading.asked == []


def test_a_first_row_that_looks_like_a_number_row_is_read(tmp_path):
    """«1 | Học sinh | 1» in a table without headers is a line of the return."""
    rows = [["Kết nạp năm 2023 - Trường THPT Nguyễn Du"], [], [1, "Học sinh", 1], [2, "CBGVNV", 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 1, "nd 2023 staff admitted": 4}
    assert reading.asked == []


def test_a_line_of_one_number_under_its_heading(tmp_path):
    """A label, a number, a note: no header, one line each, a dash among them."""
    rows = [
        ["Trường THPT Nguyễn Du - Học sinh năm 2023"],
        [],
        ["1. Cử đi học"],
        ["Thực hiện", 12, "có danh sách"],
        [],
        ["2. Kết nạp"],
        ["Thực hiện", "-", "chưa có"],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student nominated": 12, "nd 2023 student admitted": 0}
    assert reading.asked == []


def test_an_unknown_parent_above_the_row_of_key_words_is_part_of_the_header(tmp_path):
    """The key word stands in the lower header row; the merged parent above it is no remark."""
    rows = [
        ["Số học sinh được kết nạp năm 2023"],
        [],
        [None, "Hộ khẩu ngoài tỉnh", None],
        ["Trường", "Tổng số", "Trong đó: nữ"],
        ["THPT Nguyễn Du", 8, 5],
    ]
    reading = read(tmp_path, sheet(rows, ["B3:C3"]), schools="nd")
    assert reading.counts == {} or reading.asked


def test_key_words_in_the_lower_header_row(tmp_path):
    """Parents above, «Trường» beside their children."""
    rows = [
        ["Năm 2023"],
        [],
        [None, "Học sinh", None, "CBGVNV", None],
        ["Trường", "Cử đi học", "Kết nạp", "Cử đi học", "Kết nạp"],
        ["THPT Nguyễn Du", 12, 3, 5, 1],
    ]
    reading = read(tmp_path, sheet(rows, ["B3:C3", "D3:E3"]), schools="nd")
    assert reading.counts == NAMES
    assert reading.asked == []


def test_a_plan_in_the_first_heading_does_not_reach_the_second_table(tmp_path):
    """«Dự kiến quý I» stands over its own table; under «Quý II» stand actuals."""
    rows = [
        ["Kết nạp học sinh"],
        [],
        ["Dự kiến quý I/2025"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
        [],
        ["Quý IV/2024"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 5],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2025-Q1 student admitted estimate": 3, "nd 2024-Q4 student admitted": 5}
    assert reading.asked == []


def test_a_part_left_blank_is_no_section_over_the_part_below_it(tmp_path):
    """«Trong đó» twice, the first blank, as the whole is: the second is a part of the same whole."""
    rows = [
        ["Trường THPT Nguyễn Du, năm 2023, cán bộ giáo viên nhân viên"],
        ["STT", "Nội dung", "Số lượng"],
        [1, "Cử đi học", 5],
        [2, "Kết nạp", None],
        [None, "Trong đó: do Đoàn Thanh niên giới thiệu", None],
        [None, "Trong đó: do Công đoàn giới thiệu", 2],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {"nd 2023 staff nominated": 5, "nd 2023 staff.via_trade_union admitted": 2}
    assert reading.asked == []
