"""Gallery of small workbooks: abbreviations, formulas without results, half-read words, and returns sent twice."""

import pytest
from gallery import read, read_files, sheet

HEAD = [["Năm 2023"], ["Trường", "Học sinh được kết nạp"]]


def under(*heads_and_numbers, title="Học sinh năm 2023"):
    """Make a sheet of one school with these headers over these numbers."""
    heads, numbers = zip(*heads_and_numbers, strict=True)
    return sheet([[title], ["Trường", *heads], ["THPT Nguyễn Du", *numbers]])


@pytest.mark.parametrize(
    ("columns", "counts", "places"),
    [
        ((("CT", 5), ("TH", 3)), {}, ["error B2", "error C3"]),
        ((("Kết nạp", 5), ("CT", 3)), {"nd 2023 student admitted": 5}, ["error C2"]),
        ((("CB", 5), ("GV", 3)), {}, ["error B2", "error C3"]),
        ((("HS", 5), ("GV", 3)), {}, ["error B2", "error C3"]),
        ((("Số CB có kết nạp", 2),), {}, ["error B2"]),
    ],
)
def test_an_abbreviation_does_not_say_what_is_counted_because_nothing_else_does(tmp_path, columns, counts, places):
    """«CT» is chỉ tiêu or chính thức, «CB» cán bộ or chi bộ, «HS» học sinh or hồ sơ: by what stands over it, or not."""
    reading = read(tmp_path, under(*columns), schools="nd")
    assert reading.counts == counts
    assert reading.places == places


def test_an_abbreviation_under_what_is_counted_is_read(tmp_path):
    """The title names it: then «CT» is a target and «HS» are students."""
    reading = read(tmp_path, under(("CT", 5), ("TH", 3), title="Kết nạp học sinh năm 2023"), schools="nd")
    assert reading.counts == {"nd 2023 student admitted target": 5, "nd 2023 student admitted": 3}
    assert reading.asked == []
    other = read(tmp_path, under(("HS", 5), ("CBGVNV", 3), title="Kết nạp năm 2023"), schools="nd")
    assert other.counts == {"nd 2023 student admitted": 5, "nd 2023 staff admitted": 3}
    assert other.asked == []


@pytest.mark.parametrize("stored", [{}, {"C2": "#REF!"}], ids=["not calculated", "error"])
def test_a_header_that_is_a_formula_without_a_result_says_something(tmp_path, stored):
    """It may have been «Chỉ tiêu»: nothing under it is read."""
    rows = [["Năm 2023"], ["Trường", "Học sinh được kết nạp", "=A99"], ["THPT Nguyễn Du", 3, 4]]
    reading = read(tmp_path, sheet(rows, stored=stored), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == ["error unknown_header C2"]


@pytest.mark.parametrize("stored", [{}, {"A4": "#N/A"}], ids=["not calculated", "error"])
def test_a_label_that_is_a_formula_without_a_result_says_something(tmp_path, stored):
    """Its row is not read, and not as that of the row above."""
    rows = [["Học sinh năm 2023"], ["Nội dung", "THPT Nguyễn Du"], ["Kết nạp", 3], ["=A99", 4]]
    reading = read(tmp_path, sheet(rows, stored=stored), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == ["error unknown_header A4"]


def test_a_formula_without_a_result_outside_tables_is_told(tmp_path):
    """A title may be lost with it, «="Chỉ tiêu năm "&B1»; the lines around it speak as before."""
    titles = [["HUYỆN ỦY AN PHÚ"], ["=A99"], ["CHỈ TIÊU NĂM 2023"], []]
    one = [["Biểu 1: Kết nạp"], ["Trường", "Học sinh"], ["THPT Nguyễn Du", 3], []]
    other = [["Biểu 2: Cử đi học"], ["Trường", "Học sinh"], ["THPT Nguyễn Du", 8]]
    reading = read(tmp_path, sheet([*titles, *one, *other], stored={"A2": "#REF!"}), schools="nd")
    assert reading.counts == {"nd 2023 student admitted target": 3, "nd 2023 student nominated target": 8}
    assert reading.asked == ["warning unread_text A2"]


def test_a_school_year_that_was_half_read_is_not_its_first_year(tmp_path):
    """«NH 2022…-2023»: the numbers are of a school year, and of no calendar year."""
    rows = [["Kết nạp học sinh NH 2022…-2023"], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {}
    assert reading.asked == ["error missing_facet B3"]


def test_words_in_the_first_row_of_a_table_without_headers_are_an_error(tmp_path):
    """The table seems to begin below them, for no number stands there."""
    rows = [["Học sinh năm 2023"], ["I. Trường THPT Nguyễn Du"], ["Cử đi học", "12#"], ["Kết nạp", 3]]
    rows += [["II. Trường THPT Lê Lợi"], ["Cử đi học", 9], ["Kết nạp", 2]]
    reading = read(tmp_path, sheet(rows))
    assert "nd 2023 student nominated" not in reading.counts
    assert "error not_a_count B3" in reading.asked


@pytest.mark.parametrize("quarter", ["Quý lI", "Quý ?", "Quý 1I", "Quý l"])
def test_a_quarter_with_a_number_that_is_none_is_not_the_year(tmp_path, quarter):
    """A small L typed for an I: nobody can say of which quarter the number is."""
    rows = [[f"Kết nạp học sinh {quarter} năm 2024"], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {}
    assert reading.asked == ["error missing_facet B3"]


def test_a_name_with_the_word_for_a_quarter_is_a_name(tmp_path):
    """Lê Quý Đôn is no quarter."""
    more = '[[schools]]\nid = "lqd"\nname = "Trường THPT Lê Quý Đôn"'
    rows = [["Trường THPT Lê Quý Đôn năm 2024"], ["Nội dung", "Học sinh"], ["Kết nạp", 3]]
    reading = read(tmp_path, sheet(rows), schools="nd", more=more)
    assert reading.counts == {"lqd 2024 student admitted": 3}
    assert reading.asked == []


@pytest.mark.parametrize("values", [(None, None), ("khoảng 5", "mười")], ids=["blank", "words"])
def test_a_return_without_any_number_is_told(tmp_path, values):
    """A form sent back empty, or filled with words, leaves no table to find fault with."""
    rows = [*HEAD, ["THPT Nguyễn Du", values[0]], ["THPT Lê Lợi", values[1]]]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {}
    assert reading.asked == ["warning nothing_read"]


def test_a_sheet_of_words_beside_a_table_is_mentioned(tmp_path):
    """How to fill in the form is no return; an empty table would be."""
    words = sheet([["Hướng dẫn ghi biểu"], ["Chỉ ghi số nguyên."]], name="Hướng dẫn")
    reading = read(tmp_path, words, sheet([*HEAD, ["THPT Nguyễn Du", 3]], name="Biểu 1"), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert (reading.asked, reading.told) == ([], ["info nothing_read"])


# --- the same return twice --------------------------------------------------------------------------------------

TABLE = [
    ["Học sinh năm 2023"],
    ["Trường", "Cử đi học", "Hoàn thành lớp", "Kết nạp"],
    ["THPT Nguyễn Du", 12, 10, 3],
    ["THPT Lê Lợi", 9, 8, 2],
]
OTHER = [*TABLE[:2], ["THPT Nguyễn Du", 13, 11, 4], ["THPT Lê Lợi", 10, 9, 3]]


def two(tmp_path, one, other):
    """Read two workbooks of one collection."""
    return read_files(tmp_path, {"a.xlsx": [sheet(one)], "b.xlsx": [sheet(other)]})


def test_a_return_sent_twice_is_told_once(tmp_path):
    """Not once for each of its numbers."""
    reading = two(tmp_path, TABLE, TABLE)
    assert len(reading.counts) == 6
    assert (reading.asked, reading.told) == ([], ["info repeated_return"])
    assert "«b.xlsx»" in reading.messages
    assert "«a.xlsx»" in reading.messages


def test_numbers_repeated_in_part_are_told_once_a_sheet(tmp_path):
    """The second return says more than the first, so it is no copy."""
    reading = two(
        tmp_path, TABLE, [*TABLE, [], ["Cán bộ, giáo viên, nhân viên năm 2023"], TABLE[1], ["THPT Nguyễn Du", 2, 1, 1]]
    )
    assert len(reading.counts) == 9
    assert (reading.asked, reading.told) == ([], ["info repeated_number B3"])
    assert "Cùng 6 số" in reading.messages


def test_two_returns_that_disagree_are_told_once(tmp_path):
    """None of their numbers is kept; the finding names every cell and sets the numbers side by side."""
    reading = two(tmp_path, TABLE, OTHER)
    assert reading.counts == {}
    assert reading.asked == ["error disagreeing_numbers B3"]
    (finding,) = reading.returns.findings.itertuples()
    assert finding.cell == "B3:D4"
    for words in ("6 số", "«a.xlsx»", "«b.xlsx»", "D4 ghi 2 và D4 ghi 3"):
        assert words in finding.message


def test_numbers_of_a_newer_return_are_listed_once(tmp_path):
    """Every changed cell is named; the numbers that did not change are mentioned apart."""
    old = [*TABLE, [], ["Số liệu tính đến ngày 30/6/2023"]]
    new = [*TABLE[:2], ["THPT Nguyễn Du", 13, 10, 4], TABLE[3], [], ["Số liệu tính đến ngày 31/12/2023"]]
    reading = two(tmp_path, old, new)
    assert reading.counts["nd 2023 student nominated"] == 13
    assert reading.asked == ["warning disagreeing_numbers B3, D3"]
    assert reading.told == ["info repeated_number C3"]
    changed = reading.returns.findings.query("level == 'warning'").iloc[0]
    assert changed["cell"] == "B3, D3"
    assert "nhận 4 (D3), bỏ 3 (D3)" in changed["message"]


@pytest.mark.parametrize("files", ["ab", "ba"])
def test_an_old_return_beside_a_new_one_makes_no_period_look_unfinished(tmp_path, files):
    """The numbers did not change and the new return names no day: they are of the day of the collection."""
    head = ["Học sinh THPT Nguyễn Du năm 2024"]
    old = [head, ["Nội dung", "Số lượng"], ["Kết nạp", 3], [], ["Số liệu tính đến ngày 30/6/2024"]]
    reading = read_files(
        tmp_path, dict(zip([f"{f}.xlsx" for f in files], [[sheet(old)], [sheet(old[:3])]], strict=True))
    )
    assert (reading.counts, reading.asked) == ({"nd 2024 student admitted": 3}, [])
    assert [str(day.date()) for day in reading.returns.counts["as_of"]] == ["2025-01-15"]


FACILITIES = [["TT", "Trường", "Số lượng"], [1, "THPT Lê Lợi", 20]]


def test_a_table_under_a_heading_nobody_knows_is_asked_about(tmp_path):
    """«CƠ SỞ VẬT CHẤT» below a table of those admitted: perhaps nobody was admitted there."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["TT", "Trường", "Số lượng"],
        [1, "THPT Nguyễn Du", 3],
        [],
        ["Cơ sở vật chất"],
    ]
    reading = read(tmp_path, sheet([*rows, *FACILITIES]))
    assert reading.counts == {"nd 2023 student admitted": 3, "ll 2023 student admitted": 20}
    assert reading.asked == ["warning unclear_measure C7"]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([["Thống kê máy tính năm 2023"], *FACILITIES], "Sheet2"),
        ([["Cơ sở vật chất"], *FACILITIES], "Biểu 2"),
        (FACILITIES, "Máy tính"),
    ],
    ids=["title", "heading", "sheet"],
)
def test_a_sheet_about_something_unknown_is_asked_about_in_a_file_about_admissions(tmp_path, rows, name):
    """The file's name speaks of all its sheets, perhaps not of this one."""
    reading = read(tmp_path, sheet(rows, name=name), file="Kết nạp học sinh 2023.xlsx")
    assert reading.counts == {"ll 2023 student admitted": 20}
    assert reading.codes == ["warning unclear_measure"]


@pytest.mark.parametrize("title", ["BÁO CÁO NĂM 2023", "Trường THPT Lê Lợi", "SỞ GIÁO DỤC", "ĐẢNG BỘ TỈNH PHÚ BÌNH"])
def test_a_plain_title_leaves_the_file_to_say_what_is_counted(tmp_path, title):
    """It names nothing that could be counted; a letterhead is no title."""
    rows = [[title], ["Năm 2023"], *FACILITIES]
    reading = read(tmp_path, sheet(rows), file="Kết nạp học sinh 2023.xlsx")
    assert (reading.counts, reading.asked) == ({"ll 2023 student admitted": 20}, [])


def test_an_abbreviation_is_no_reason_where_those_admitted_are_counted(tmp_path):
    """«NV» beside «CBQL» and «GV» is «nhân viên», not «nguyện vọng»."""
    rows = [["Kết nạp CBGVNV năm 2023"], ["Trường", "CBQL", "GV", "NV", "Tổng"], ["THPT Nguyễn Du", 1, 2, 3, 6]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    parts = {f"nd 2023 staff.{part} admitted": n for n, part in enumerate(("manager", "teacher", "employee"), 1)}
    assert (reading.counts, reading.asked) == ({**parts, "nd 2023 staff admitted": 6}, [])
    rows[-1][-1] = 7
    assert read(tmp_path, sheet(rows), schools="nd").asked == ["warning parts_differ B3"]


@pytest.mark.parametrize(
    "title",
    [
        "Số học sinh kết nạp (lũy kế) năm 2023",
        "Số lớp có học sinh kết nạp năm 2023",
        "Tỷ lệ học sinh kết nạp năm 2023",
        "Kinh phí kết nạp học sinh năm 2023",
        "Tăng, giảm số học sinh kết nạp năm 2023",
    ],
)
def test_a_title_that_speaks_of_no_count_of_people_is_asked_about(tmp_path, title):
    """A column or a row of that name would tell where these numbers stand."""
    rows = [[title], ["Trường", "Số lượng"], ["THPT Nguyễn Du", 3]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 3}, ["warning unclear_count B3"])


def test_a_title_that_speaks_of_a_column_is_not_asked_about(tmp_path):
    """«Số lượng, tỷ lệ» over a number and a rate."""
    rows = [["Số lượng, tỷ lệ học sinh kết nạp năm 2023"], ["Trường", "Cử đi học", "Kết nạp", "Tỷ lệ %"]]
    reading = read(tmp_path, sheet([*rows, ["THPT Nguyễn Du", 4, 3, 75]]), schools="nd")
    assert (len(reading.counts), reading.asked) == (2, [])


@pytest.mark.parametrize("people", ["Tổng số học sinh", "Số học sinh", "Đoàn viên ưu tú"])
def test_people_that_are_a_number_by_themselves_are_asked_about_under_a_title(tmp_path, people):
    """Of 900 «Tổng số học sinh» under «Kết quả kết nạp đảng viên» nobody can say whether all were admitted."""
    title = ["Kết quả kết nạp đảng viên trong học sinh năm 2023"]
    rows = [title, ["Trường", people], ["THPT Nguyễn Du", 900]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 900}, ["warning unclear_measure B3"])
    rows[1][1] = "Học sinh"
    assert read(tmp_path, sheet(rows), schools="nd").asked == []


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("Số đoàn viên", "union_member"),
        ("Số học sinh nữ", "female"),
        ("Số học sinh dân tộc thiểu số", "ethnic_minority"),
        ("Học sinh đủ 18 tuổi", "age_18"),
    ],
)
def test_a_part_without_its_whole_is_asked_about_where_a_title_alone_says_what_is_counted(tmp_path, header, part):
    """«Số đoàn viên» below «Kết quả kết nạp» may be all union members of the school."""
    title = "Kết quả kết nạp đảng viên trong học sinh năm 2023"
    reading = read(tmp_path, sheet([[title], ["Trường", header], ["THPT Nguyễn Du", 900]]), schools="nd")
    assert reading.counts == {f"nd 2023 student.{part} admitted": 900}
    assert reading.asked == ["warning unclear_measure B3"]


@pytest.mark.parametrize(
    "headers",
    [
        ["Tổng số", "Trong đó đoàn viên"],
        ["Nam", "Nữ"],
        ["Lớp 11", "Lớp 12"],
        ["Kết nạp", "Số đoàn viên"],
    ],
)
def test_a_part_beside_its_whole_is_one_of_what_the_title_names(tmp_path, headers):
    """Where the whole, or all its parts, stand beside, nothing is unclear; nor is it for grades."""
    title = "Kết quả kết nạp đảng viên trong học sinh năm 2023"
    reading = read(tmp_path, sheet([[title], ["Trường", *headers], ["THPT Nguyễn Du", 9, 8]]), schools="nd")
    assert len(reading.counts) == 2
    assert reading.asked == []


def test_people_beside_those_whom_the_title_counts_are_what_they_are_by_themselves(tmp_path):
    """«Tổng số học sinh» beside «Kết nạp» is a headcount, for each school alike; nothing needs to be asked."""
    title = "Kết quả kết nạp đảng viên trong học sinh năm 2023"
    rows = [
        [title],
        ["Trường", "Tổng số học sinh", "Số kết nạp"],
        ["THPT Nguyễn Du", 900, 4],
        ["THPT Lê Lợi", 800, None],
    ]
    reading = read(tmp_path, sheet(rows))
    assert reading.counts == {
        "nd 2023 student headcount": 900,
        "nd 2023 student admitted": 4,
        "ll 2023 student headcount": 800,
    }
    assert reading.asked == []


def test_those_ready_for_the_party_beside_a_target_are_no_target(tmp_path):
    """«Chỉ tiêu | Số đoàn viên ưu tú» below a title of targets: the second is how many there are."""
    title = "Chỉ tiêu kết nạp đảng viên trong học sinh năm 2025"
    rows = [[title], ["Trường", "Chỉ tiêu", "Số đoàn viên ưu tú"], ["THPT Nguyễn Du", 5, 40]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2025 student admitted target": 5, "nd 2025 student source": 40}
    assert reading.asked == []
