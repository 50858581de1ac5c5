"""Gallery of small workbooks: totals, parts of a whole, and the same number twice."""

import pytest
from gallery import read, read_files, sheet

PARTS = {"nd 2023 student admitted": 3, "ll 2023 student admitted": 2}


def test_a_total_row_last_is_checked_and_not_loaded(tmp_path):
    """«Tổng cộng» adds up and is silent."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
        ["THPT Lê Lợi", 2],
        ["Tổng cộng", 5],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == PARTS
    assert reading.asked == []


def test_a_total_row_first_is_checked_and_not_loaded(tmp_path):
    """«Toàn huyện» above its parts is a total all the same."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Số lượng"],
        ["Toàn huyện", 5],
        ["THPT Nguyễn Du", 3],
        ["THPT Lê Lợi", 2],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == PARTS
    assert reading.asked == []


def test_a_total_that_does_not_add_up_is_a_warning_and_the_parts_are_taken(tmp_path):
    """Even published totals are 45 off: the cell is named, nothing is repaired."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
        ["THPT Lê Lợi", 2],
        ["Cộng", 6],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == PARTS
    assert reading.asked == ["warning total_mismatch B5"]


def test_a_total_column_beside_its_parts_is_checked_and_not_loaded(tmp_path):
    """«Tổng số | Học sinh | CBGVNV»: here the total is a sum."""
    rows = [
        ["Kết nạp năm 2023"],
        ["Trường", "Tổng số", "Chia ra", None],
        [None, None, "Học sinh", "CBGVNV"],
        ["THPT Nguyễn Du", 4, 3, 1],
        ["THPT Lê Lợi", 4, 2, 1],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:B3", "C2:D2"]))
    assert reading.counts == PARTS | {"nd 2023 staff admitted": 1, "ll 2023 staff admitted": 1}
    assert reading.asked == ["warning total_mismatch B5"]


def test_a_total_beside_of_which_is_the_number_itself(tmp_path):
    """«Tổng số | Trong đó: nữ | DTTS»: parts that overlap and do not add up."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Kết nạp", None, None],
        [None, "Tổng số", "Trong đó", None],
        [None, None, "Nữ", "DTTS"],
        ["THPT Nguyễn Du", 8, 5, 6],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A4", "B2:D2", "B3:B4", "C3:D3"]), schools="nd")
    assert reading.counts == {
        "nd 2023 student admitted": 8,
        "nd 2023 student.female admitted": 5,
        "nd 2023 student.ethnic_minority admitted": 6,
    }
    assert reading.asked == []


def test_a_total_without_parts_is_the_number_itself(tmp_path):
    """One column headed «Tổng số» sums up nothing that stands beside it."""
    rows = [["Kết nạp học sinh năm 2023"], ["Trường", "Tổng số"], ["THPT Nguyễn Du", 3], ["THPT Lê Lợi", 2]]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == PARTS
    assert reading.asked == []


def test_of_which_women_of_the_minorities_are_both(tmp_path):
    """«Nữ DTTS» is female and of an ethnic minority at once."""
    rows = [["Học sinh năm 2023"], ["Trường", "Kết nạp", "Trong đó: nữ DTTS"], ["THPT Nguyễn Du", 8, 4]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student admitted": 8,
        "nd 2023 student.female+ethnic_minority admitted": 4,
    }
    assert reading.asked == []


def test_a_row_of_which_takes_what_it_leaves_open_from_the_row_before(tmp_path):
    """«Trong đó: nữ» under «Kết nạp» is about those admitted."""
    rows = [
        ["Trường THPT Nguyễn Du - năm 2023"],
        ["STT", "Nội dung", "Học sinh", "CBGVNV"],
        [1, "Cử đi học", 12, 5],
        [None, "Trong đó: nữ", 7, 3],
        [2, "Kết nạp", 3, 1],
        [None, "Trong đó: nữ", 2, 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student nominated": 12,
        "nd 2023 student.female nominated": 7,
        "nd 2023 student admitted": 3,
        "nd 2023 student.female admitted": 2,
        "nd 2023 staff nominated": 5,
        "nd 2023 staff.female nominated": 3,
        "nd 2023 staff admitted": 1,
        "nd 2023 staff.female admitted": 1,
    }
    assert reading.asked == []


def test_of_which_what_was_not_understood_is_not_read_either(tmp_path):
    """The women of an unknown column are not the women of the column before it."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Kết nạp", "Đi học lái xe", "Trong đó: nữ"],
        ["THPT Nguyễn Du", 8, 9, 4],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 8}
    assert reading.asked == ["error unknown_header C2"]


def test_totals_of_sections_and_of_the_whole_table(tmp_path):
    """Each «Cộng» is compared with its section, «Tổng cộng» with the table."""
    rows = [
        ["Kết nạp năm 2023"],
        ["STT", "Trường", "Số lượng"],
        ["I", "Học sinh", None],
        [1, "THPT Nguyễn Du", 3],
        [2, "THPT Lê Lợi", 2],
        [None, "Cộng", 5],
        ["II", "CBGVNV", None],
        [1, "THPT Nguyễn Du", 1],
        [2, "THPT Lê Lợi", 1],
        [None, "Cộng", 2],
        [None, "Tổng cộng", 7],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == PARTS | {"nd 2023 staff admitted": 1, "ll 2023 staff admitted": 1}
    assert reading.asked == []


def test_a_total_with_a_part_that_was_not_read_is_left_alone(tmp_path):
    """One cause, one finding."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
        ["THPT Lê Lợi", "khoảng 2"],
        ["Cộng", 6],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == ["error not_a_count B4"]


def test_a_total_that_was_never_calculated_is_only_mentioned(tmp_path):
    """A formula without a stored value in a total hides no count."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
        ["THPT Lê Lợi", 2],
        ["Cộng", "=SUM(B3:B4)"],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == PARTS
    assert reading.asked == []
    assert "info total_without_value B5" in reading.told


def test_a_calculated_total_is_checked(tmp_path):
    """A formula's stored value is a number like any other."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
        ["THPT Lê Lợi", 2],
        ["Cộng", "=SUM(B3:B3)"],
    ]
    reading = read(tmp_path, sheet(rows, stored={"B5": 3}))
    assert reading.counts == PARTS
    assert reading.asked == ["warning total_mismatch B5"]


def test_an_error_value_in_a_total_is_only_mentioned(tmp_path):
    """A total row of #REF! hides no count; the counts above it stand."""
    rows = [["Kết nạp học sinh năm 2023"], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3], ["Cộng", "=B99"]]
    reading = read(tmp_path, sheet(rows, stored={"B4": "#REF!"}), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == []


def test_one_key_twice_in_a_table_is_an_error_for_both(tmp_path):
    """A distinction was lost, even where the numbers are equal."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
        ["THPT Nguyễn Du", 3],
        ["THPT Lê Lợi", 2],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {"ll 2023 student admitted": 2}
    assert set(reading.codes) == {"error duplicate_in_table"}


def test_equal_numbers_in_two_tables_are_kept_once(tmp_path):
    """The same number twice is mentioned and counted once."""
    rows = [["Kết nạp học sinh năm 2023"], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3]]
    reading = read(tmp_path, sheet(rows, name="Biểu 1"), sheet(rows, name="Biểu 2"), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == []
    assert any(line.startswith("info repeated_number") for line in reading.told)


def test_different_numbers_in_two_tables_are_not_kept(tmp_path):
    """Nothing in the workbook says which one is newer: neither is taken."""
    rows = [["Kết nạp học sinh năm 2023"], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3], ["THPT Lê Lợi", 2]]
    other = [*rows[:2], ["THPT Nguyễn Du", 4], ["THPT Lê Lợi", 2]]
    reading = read(tmp_path, sheet(rows, name="Biểu 1"), sheet(other, name="Biểu 2"))
    assert reading.counts == {"ll 2023 student admitted": 2}
    assert set(reading.asked) == {"error disagreeing_numbers B3"}


@pytest.mark.parametrize("names", [("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx")])
def test_the_newer_of_two_returns_wins_and_the_change_is_listed(tmp_path, names):
    """The returns themselves say which day they speak for."""
    rows = [["Kết nạp học sinh năm 2024"], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3]]
    old = [*rows, [], ["Số liệu tính đến ngày 30/6/2024"]]
    new = [*rows[:2], ["THPT Nguyễn Du", 5], [], ["Số liệu tính đến ngày 31/12/2024"]]
    reading = read_files(tmp_path, {names[0]: [sheet(new)], names[1]: [sheet(old)]}, schools="nd")
    assert reading.counts == {"nd 2024 student admitted": 5}
    assert not any(line.startswith("error") for line in reading.asked)
    changed = reading.returns.findings.query("cell.str.startswith('B3')")
    assert len(changed) == 1


def test_a_schools_own_return_goes_before_a_table_of_many_schools(tmp_path):
    """The school knows its own number; the summary's is listed."""
    own = [["Trường THPT Nguyễn Du"], ["Nội dung", "Năm 2023"], ["Học sinh được kết nạp", 4]]
    summary = [
        ["Kết nạp học sinh năm 2023"],
        ["Trường", "Số lượng"],
        ["THPT Nguyễn Du", 3],
        ["THPT Lê Lợi", 2],
    ]
    reading = read_files(tmp_path, {"Tổng hợp.xlsx": [sheet(summary)], "THPT Nguyễn Du.xlsx": [sheet(own)]})
    assert reading.counts == {"nd 2023 student admitted": 4, "ll 2023 student admitted": 2}
    assert not any(line.startswith("error") for line in reading.asked)
    assert (reading.returns.findings["file"] == "Tổng hợp.xlsx").any()


def test_members_of_the_party_are_no_total(tmp_path):
    """«Tổng số đảng viên» is a stock, whatever its first words."""
    rows = [
        ["Năm 2023 - Học sinh"],
        ["Trường", "Kết nạp", "Tổng số đảng viên"],
        ["THPT Nguyễn Du", 3, 5],
        ["THPT Lê Lợi", 2, 4],
        ["Tổng số", 5, 9],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == PARTS | {"nd 2023 student party_members": 5, "ll 2023 student party_members": 4}
    assert reading.asked == []


def test_a_total_over_its_parts_in_rows(tmp_path):
    """«Tổng số», then «- Học sinh» and «- CBGVNV» below it."""
    rows = [
        ["Trường THPT Nguyễn Du năm 2023"],
        ["Nội dung", "Kết nạp"],
        ["Tổng số", 4],
        ["- Học sinh", 3],
        ["- CBGVNV", 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3, "nd 2023 staff admitted": 1}
    assert reading.asked == []


def test_a_line_of_which_with_parts_below_it(tmp_path):
    """«Trong đó:» alone on its row, then «- Nữ» and «- DTTS»."""
    rows = [
        ["Trường THPT Nguyễn Du năm 2023"],
        ["Nội dung", "Học sinh"],
        ["Kết nạp", 8],
        ["Trong đó:", None],
        ["- Nữ", 5],
        ["- DTTS", 6],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {
        "nd 2023 student admitted": 8,
        "nd 2023 student.female admitted": 5,
        "nd 2023 student.ethnic_minority admitted": 6,
    }
    assert reading.asked == []


def test_a_total_that_names_its_sections(tmp_path):
    """«Tổng cộng (I + II)» is a total of the table."""
    rows = [
        ["Kết nạp năm 2023"],
        ["STT", "Trường", "Số lượng"],
        ["I", "Học sinh", None],
        [1, "THPT Nguyễn Du", 3],
        ["II", "CBGVNV", None],
        [1, "THPT Nguyễn Du", 1],
        [None, "Tổng cộng (I + II)", 4],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3, "nd 2023 staff admitted": 1}
    assert reading.asked == []


def test_a_total_over_years_with_a_whole_and_its_women(tmp_path):
    """«Cộng» over «Tổng số | Nữ» sums each of them over the years."""
    rows = [
        ["Cử đi học - CBGVNV"],
        ["Trường", "Năm 2022", None, "Năm 2023", None, "Cộng", None],
        [None, "Tổng số", "Nữ", "Tổng số", "Nữ", "Tổng số", "Nữ"],
        ["THPT Nguyễn Du", 24, 16, 10, 4, 34, 21],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2", "D2:E2", "F2:G2"]), schools="nd")
    assert reading.counts == {
        "nd 2022 staff nominated": 24,
        "nd 2022 staff.female nominated": 16,
        "nd 2023 staff nominated": 10,
        "nd 2023 staff.female nominated": 4,
    }
    assert reading.asked == ["warning total_mismatch G4"]


def test_a_total_of_a_single_year_is_still_a_total(tmp_path):
    """One year and «Cộng» beside it: the number is counted once."""
    rows = [
        ["Cử đi học - CBGVNV"],
        ["Trường", "Cộng", None, "Năm 2022", None],
        [None, "Tổng số", "Nữ", "Tổng số", "Nữ"],
        ["THPT Nguyễn Du", 24, 16, 24, 16],
    ]
    reading = read(tmp_path, sheet(rows, ["A2:A3", "B2:C2", "D2:E2"]), schools="nd")
    assert reading.counts == {"nd 2022 staff nominated": 24, "nd 2022 staff.female nominated": 16}
    assert reading.asked == []


def test_men_and_women_are_parts_that_a_total_covers(tmp_path):
    """«Tổng số | Nam | Nữ»: the whole is loaded once, with its two parts."""
    rows = [
        ["Học sinh được kết nạp năm 2023"],
        ["Trường", "Tổng số", "Nam", "Nữ"],
        ["THPT Nguyễn Du", 8, 3, 5],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts["nd 2023 student.male admitted"] == 3
    assert reading.counts["nd 2023 student.female admitted"] == 5
    assert reading.counts["nd 2023 student admitted"] == 8
    assert reading.asked == []


@pytest.mark.parametrize("name", ["Sheet1", "Kết quả thực hiện"])
def test_a_total_of_estimates_is_no_actual(tmp_path, name):
    """The only row is an estimate; the total below it is its sum and not a count of its own."""
    rows = [
        ["Học sinh được kết nạp"],
        ["Năm", "THPT Nguyễn Du", "THPT Lê Lợi", "Cộng"],
        ["Dự kiến năm 2024", 3, 2, 5],
        ["Tổng cộng", 3, 2, 5],
    ]
    reading = read(tmp_path, sheet(rows, name=name))
    assert reading.counts == {"nd 2024 student admitted estimate": 3, "ll 2024 student admitted estimate": 2}
    assert reading.asked == []


def test_a_sum_of_blanks_is_no_reported_zero(tmp_path):
    """A formula over blank cells shows 0; the line above it is not reported, and no heading of the sum."""

    def reasons(total, year):
        head = [["Trường THPT Nguyễn Du"], ["STT", "Lý do chính", "Học sinh"]]
        rows = [[1, "Chưa đủ 18 tuổi", None], [2, "Lý do khác", None], ["", "Cộng", total]]
        return sheet([*head, *rows], name=year)

    zero, four = reasons(0, "2023"), reasons(4, "2024")
    assert read(tmp_path, zero, schools="nd").counts == {}
    assert read(tmp_path, zero, four, schools="nd").counts == {"nd 2024 student not_admitted": 4}


def test_a_sum_under_each_school_adds_up_the_rows_above_it(tmp_path):
    """Not those of the whole table; a wrong one is told with what the rows give."""
    rows = [
        ["Học sinh"],
        ["Trường", "Năm", "Kết nạp"],
        ["THPT Nguyễn Du", 2022, 5],
        [None, 2023, 6],
        ["Cộng", None, 11],
    ]
    rows += [["THPT Lê Lợi", 2022, 3], [None, 2023, 2], ["Cộng", None, 5], ["Tổng cộng", None, 16]]
    reading = read(tmp_path, sheet(rows))
    assert (len(reading.counts), reading.asked) == (4, [])
    rows[4] = ["Cộng", None, 12]
    reading = read(tmp_path, sheet(rows))
    assert reading.asked == ["warning total_mismatch C5"]
    assert "được 11" in reading.messages


def test_a_total_below_an_abbreviation_adds_up_what_the_abbreviation_means(tmp_path):
    """«HS» is «học sinh» here: the sum of the students is not that of all."""
    rows = [["Kết nạp năm 2023"], ["Trường", "HS", "CBGVNV", "Cộng"]]
    rows += [["THPT Nguyễn Du", 3, 1, 4], ["THPT Lê Lợi", 1, 1, 2], ["Tổng cộng", 4, 2, 6]]
    reading = read(tmp_path, sheet(rows))
    assert (len(reading.counts), reading.asked) == (4, [])
    rows[-1][1] = 5
    assert read(tmp_path, sheet(rows)).asked == ["warning total_mismatch B5"]


STAFF = [["Kết nạp đảng viên năm 2023"], ["Trường", "Cán bộ quản lý", "Giáo viên", "Nhân viên", "Cộng"]]
MIXED = [
    ["Kết nạp đảng viên năm 2023"],
    ["Trường", "Học sinh", "", "Giáo viên", "Nhân viên", "Cộng"],
    ["", "Nam", "Nữ", "", "", ""],
]
OVER_MIXED = ["A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3"]
ROWS = [["Kết nạp đảng viên năm 2023"], ["Nội dung", "Số lượng"], ["Học sinh", 9], ["Giáo viên", 3], ["Nhân viên", 2]]


@pytest.mark.parametrize(("stated", "asked"), [(14, []), (24, ["warning total_mismatch E3"])])
def test_a_sum_of_pieces_is_checked(tmp_path, stated, asked):
    """Teachers, employees and managers exclude each other, so that they add up."""
    reading = read(tmp_path, sheet([*STAFF, ["THPT Nguyễn Du", 1, 11, 2, stated]]), schools="nd")
    assert len(reading.counts) == 3
    assert (reading.asked, reading.told) == (asked, [])


@pytest.mark.parametrize(("stated", "asked"), [(14, []), (9, ["warning total_mismatch F4"])])
def test_a_sum_of_everybody_where_some_are_given_in_pieces_is_checked(tmp_path, stated, asked):
    """Women and men are all pupils; who sums the pupils alone left out the staff."""
    reading = read(tmp_path, sheet([*MIXED, ["THPT Nguyễn Du", 5, 4, 3, 2, stated]], OVER_MIXED), schools="nd")
    assert len(reading.counts) == 4
    assert (reading.asked, reading.told) == (asked, [])


@pytest.mark.parametrize(("stated", "asked"), [(14, []), (9, ["warning total_mismatch B6"])])
def test_a_sum_over_a_whole_and_pieces_of_others_is_that_of_all(tmp_path, stated, asked):
    """«Cộng» below pupils, teachers and employees is not compared with the pupils alone."""
    reading = read(tmp_path, sheet([*ROWS, ["Cộng", stated]]), schools="nd")
    assert len(reading.counts) == 3
    assert (reading.asked, reading.told) == (asked, [])


@pytest.mark.parametrize(("stated", "asked"), [(14, []), (24, ["warning total_mismatch D3"])])
def test_a_whole_behind_some_of_its_parts_is_their_sum(tmp_path, stated, asked):
    """«Lớp 11 | Lớp 12 | Cộng» is checked, and the number of all pupils; a whole before its parts may be larger."""
    title = "Kết nạp đảng viên trong học sinh năm 2023"
    row = ["THPT Nguyễn Du", 9, 5, stated]
    reading = read(tmp_path, sheet([[title], ["Trường", "Lớp 11", "Lớp 12", "Cộng"], row]), schools="nd")
    assert reading.counts["nd 2023 student admitted"] == stated
    assert reading.asked == asked
    turned = [[title], ["Trường", "Tổng số", "Lớp 11", "Lớp 12"], ["THPT Nguyễn Du", stated, 9, 5]]
    assert read(tmp_path, sheet(turned), schools="nd").asked == []


@pytest.mark.parametrize(("stated", "asked"), [(14, []), (24, ["warning total_mismatch B3"])])
def test_a_row_over_numbered_pieces_is_their_sum(tmp_path, stated, asked):
    """«I. Kết nạp 14» over teachers and employees."""
    rows = [["Năm 2023"], ["Nội dung", "Số lượng"], ["I. Kết nạp", stated], ["1. Giáo viên", 12], ["2. Nhân viên", 2]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert len(reading.counts) == 2
    assert (reading.asked, reading.told) == (asked, [])
