"""Gallery of small workbooks: what is stored and not seen, or seen otherwise, and comments on cells."""

import pytest
from gallery import SCHOOLS, read, read_files, sheet
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule, IconSetRule, Rule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

HEAD = [["Học sinh năm 2023"], ["Trường", "Cử đi học", "Kết nạp"]]
ROW = ["THPT Nguyễn Du", 12, 3]
COUNTS = {"nd 2023 student nominated": 12, "nd 2023 student admitted": 3}
WHITE, GREY, BLACK, BLUE = "FFFFFFFF", "FFC0C0C0", "FF000000", "FF1F4E79"
UNSEEN = ["warning unseen_number C3"]


def one(tmp_path, row=ROW, **more):
    """Read a table of one school."""
    return read(tmp_path, sheet([*HEAD, row], **more), schools="nd")


@pytest.mark.parametrize(
    ("letters", "ground"),
    [
        (WHITE, None),
        ("00FFFFFF", None),
        (Color(theme=0), None),
        (Color(indexed=9), None),
        (Color(indexed=65), None),
        ("FFFAFAFA", None),
        (WHITE, WHITE),
        (GREY, GREY),
        (BLACK, Color(theme=1)),
        (Color(theme=4), Color(theme=4)),
    ],
    ids=str,
)
def test_a_number_in_the_colour_of_its_ground_is_asked_about(tmp_path, letters, ground):
    """It is in the file and nobody sees it: perhaps an old number that was to be taken away."""
    reading = one(tmp_path, colours={"C3": (letters, ground)})
    assert (reading.counts, reading.asked, reading.told) == (COUNTS, UNSEEN, [])


@pytest.mark.parametrize(
    ("letters", "ground"),
    [
        (WHITE, BLUE),
        (Color(theme=0), Color(theme=4)),
        (Color(theme=0, tint=-0.5), None),
        (Color(theme=1, tint=0.35), None),
        (Color(indexed=64), None),
        (BLACK, GREY),
        ("FFD9D9D9", None),
    ],
    ids=str,
)
def test_letters_that_are_seen_on_their_ground_are_no_matter(tmp_path, letters, ground):
    """White on blue is a common header, and grey on white can be read."""
    colours = dict.fromkeys(("A2", "B2", "C2", "B3", "C3"), (letters, ground))
    reading = one(tmp_path, colours=colours)
    assert (reading.counts, reading.asked, reading.told) == (COUNTS, [], [])


def test_a_zero_in_the_colour_of_its_ground_is_a_zero_that_is_not_seen(tmp_path):
    """The two have one cause and one remedy, as in a sheet that shows no zeros."""
    reading = one(tmp_path, ["THPT Nguyễn Du", 12, 0], colours={"C3": (WHITE, None)})
    assert reading.counts == {**COUNTS, "nd 2023 student admitted": 0}
    assert reading.asked == ["warning unseen_zero C3"]


@pytest.mark.parametrize(
    ("code", "n", "colours", "asked"),
    [
        ("[White]General", 3, (None, None), UNSEEN),
        ("[Color 2]0", 3, (None, None), UNSEEN),
        ("[White]0", 3, (None, BLUE), []),
        ("[Red]0", 3, (WHITE, None), []),
        ("0;[White]-0;0", 3, (None, None), []),
        ("0;-0;[White]0", 3, (None, None), []),
        ("0;-0;[White]0", 0, (None, None), ["warning unseen_zero C3"]),
        ("[White]0", 0, (None, None), ["warning unseen_zero C3"]),
    ],
)
def test_a_format_may_name_the_colour_of_a_number(tmp_path, code, n, colours, asked):
    """It goes before that of the cell's font."""
    reading = one(tmp_path, ["THPT Nguyễn Du", 12, n], colours={"C3": colours}, formats={"C3": code})
    assert (reading.counts, reading.asked) == ({**COUNTS, "nd 2023 student admitted": n}, asked)


def test_a_total_or_a_column_that_is_not_taken_may_be_unseen(tmp_path):
    """Only what is loaded has to be seen."""
    rows = [["Học sinh năm 2023"], ["Trường", "Cử đi học", "Số lớp"], ["THPT Nguyễn Du", 12, 3], ["Cộng", 12, 3]]
    reading = read(tmp_path, sheet(rows, colours=dict.fromkeys(("C3", "B4", "C4"), (WHITE, None))), schools="nd")
    assert (reading.counts, reading.asked) == ({"nd 2023 student nominated": 12}, [])


def test_unseen_numbers_that_stand_together_have_one_finding(tmp_path):
    """A whole row in white is one cause."""
    rows = [*HEAD, ROW, ["THPT Lê Lợi", 20, 5]]
    reading = read(tmp_path, sheet(rows, colours={"B4": (WHITE, None), "C4": (WHITE, None)}))
    assert len(reading.counts) == 4
    assert reading.asked == ["warning unseen_number B4"]
    assert "B4:C4" in reading.messages


WHITE_FONT = Font(color=WHITE)


def rule(kind, **more):
    """Return a rule of a conditional format that openpyxl has no name for."""
    look = {name: more.pop(name) for name in ("font", "fill", "numFmt") if name in more}
    return Rule(kind, dxf=DifferentialStyle(**look), **more)


@pytest.mark.parametrize(
    "one_rule",
    [
        CellIsRule(operator="greaterThan", formula=["2"], font=WHITE_FONT),
        CellIsRule(operator="between", formula=["1", "3"], font=WHITE_FONT),
        CellIsRule(operator="equal", formula=["$B$3"], font=WHITE_FONT),
        CellIsRule(operator="lessThan", formula=["5"], font=WHITE_FONT, fill=PatternFill(bgColor=WHITE)),
        FormulaRule(formula=["$A$3<>1"], font=WHITE_FONT),
        FormulaRule(formula=["C3>2"], font=WHITE_FONT),
        rule("cellIs", operator="lessThan", formula=["5"], numFmt=NumberFormat(200, ";;;")),
        rule("cellIs", operator="lessThan", formula=["5"], numFmt=NumberFormat(200, "0%")),
        rule("cellIs", operator="lessThan", formula=["5"], numFmt=NumberFormat(200, '0" lớp"')),
        rule("duplicateValues", font=WHITE_FONT),
        DataBarRule("min", None, "max", None, BLUE, showValue=False),
        IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False),
    ],
)
def test_a_number_that_a_conditional_format_hides_is_asked_about(tmp_path, one_rule):
    """White letters when something holds, or another number: what is seen is not what is stored."""
    reading = one(tmp_path, rules={"C3": one_rule})
    assert (reading.counts, reading.asked, reading.told) == (COUNTS, UNSEEN, [])


@pytest.mark.parametrize(
    "one_rule",
    [
        CellIsRule(operator="equal", formula=["0"], font=WHITE_FONT),
        CellIsRule(operator="equal", formula=['""'], font=WHITE_FONT),
        CellIsRule(operator="greaterThan", formula=["2"], font=WHITE_FONT, fill=PatternFill(bgColor="FFC00000")),
        CellIsRule(operator="greaterThan", formula=["2"], font=Font(color="FF9C0006"), fill=PatternFill(bgColor=GREY)),
        FormulaRule(formula=["ISERROR(C3)"], font=WHITE_FONT),
        FormulaRule(formula=["$C$3=0"], font=WHITE_FONT),
        FormulaRule(formula=['C3=""'], font=WHITE_FONT),
        rule("containsErrors", font=WHITE_FONT, formula=["ISERROR(C3)"]),
        rule("cellIs", operator="lessThan", formula=["5"], numFmt=NumberFormat(200, "#,##0")),
        rule("cellIs", operator="lessThan", formula=["5"], numFmt=NumberFormat(200, '0" em"')),
        rule("cellIs", operator="lessThan", formula=["5"], fill=PatternFill(bgColor="FFFFC7CE")),
        ColorScaleRule("min", None, WHITE, "max", None, BLUE),
        DataBarRule("min", None, "max", None, BLUE),
    ],
)
def test_an_ordinary_conditional_format_is_no_matter(tmp_path, one_rule):
    """What marks a number, or hides errors, blanks and zeros, hides none of these numbers."""
    reading = one(tmp_path, rules={"C3": one_rule})
    assert (reading.counts, reading.asked, reading.told) == (COUNTS, [], [])


@pytest.mark.parametrize("formula", ["$C$3=0", "ISBLANK($B$2)", "ISERROR(C4)", "ISERROR($C3)"])
def test_a_condition_on_another_cell_may_hide_any_number(tmp_path, formula):
    """Only a formula about each cell itself says which numbers it hides."""
    reading = one(tmp_path, rules={"C3:D4": FormulaRule(formula=[formula], font=WHITE_FONT)})
    assert (reading.counts, reading.asked) == (COUNTS, UNSEEN)


def test_a_zero_that_a_conditional_format_hides_is_asked_about(tmp_path):
    """The other numbers under the rule are seen."""
    hides = CellIsRule(operator="equal", formula=["0"], font=WHITE_FONT)
    reading = one(tmp_path, ["THPT Nguyễn Du", 12, 0], rules={"B3:C9": hides})
    assert reading.counts == {**COUNTS, "nd 2023 student admitted": 0}
    assert reading.asked == ["warning unseen_zero C3"]


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ('"Chỉ tiêu "@', {"nd 2023 student nominated": 12, "nd 2023 student admitted target": 3}),
        ('0;0;0;@" (dự kiến)"', {"nd 2023 student nominated": 12, "nd 2023 student admitted estimate": 3}),
        ("@", COUNTS),
        ("0;-0;;@", COUNTS),
        ('0" em"', COUNTS),
        ('0" lớp";@', COUNTS),
    ],
)
def test_a_text_is_what_its_format_shows(tmp_path, code, counts):
    """The words that a format puts around a text are read with it; the parts that are for numbers are not."""
    reading = one(tmp_path, formats={"C2": code})
    assert (reading.counts, [line for line in reading.asked if "target_without" not in line]) == (counts, [])


def test_a_number_typed_as_text_is_what_its_format_shows(tmp_path):
    """«3 lớp» is no count of people, whoever wrote the second word."""
    reading = one(tmp_path, ["THPT Nguyễn Du", 12, "3"], formats={"C3": '@" lớp"'})
    assert (reading.counts, reading.asked) == ({"nd 2023 student nominated": 12}, ["error not_a_count C3"])


@pytest.mark.parametrize("cell", ["A1", "A3", "C2"])
@pytest.mark.parametrize("more", [{"colours": (WHITE, None)}, {"formats": ";;;"}], ids=str)
def test_a_text_that_says_what_numbers_are_and_is_not_seen_is_asked_about(tmp_path, cell, more):
    """A title, a label or a header that only the file knows; what else is white on white is nobody's business."""
    ((name, look),) = more.items()
    rows = [*HEAD, ROW, [], ["lưu hành nội bộ"]]
    reading = read(tmp_path, sheet(rows, **{name: dict.fromkeys((cell, "A5"), look)}), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, [f"warning unseen_text {cell}"])


CONTRARY = (
    "Trong đó có 2 giáo viên",
    "Số dự kiến",
    "Lan:\nchưa tính 2 HS chuyển trường",
    "Số liệu trên là lũy kế",
    "Chỉ tiêu",
    "Năm 2022",
    "Tạm tính",
)


@pytest.mark.parametrize("text", CONTRARY)
@pytest.mark.parametrize("cell", ["C3", "C2", "A3", "A1", "C4"])
def test_a_comment_that_says_something_else_is_asked_about(tmp_path, cell, text):
    """On a number, its header, its label, the title, a total: as a note beside the table would be."""
    rows = [*HEAD, ROW, ["Cộng", 12, 3]]
    reading = read(tmp_path, sheet(rows, comments={cell: text}), schools="nd")
    assert (reading.counts, reading.asked) == (COUNTS, [f"warning note_differs {cell}"])


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Văn Bình, Trần Thị Lan",
        "Đã kiểm tra",
        "Nữ",
        "Chưa đủ tuổi",
        "Chỉ tiêu được giao: 15",
        "Tính đến 31/12/2023",
        "2 em dự kiến kết nạp năm 2024",
        "Học sinh năm 2023",
        "Kiểm tra báo cáo – cần xem lại:\nCác số ở C3 là số so sánh, lũy kế hoặc nội dung ngoài phạm vi.",
    ],
)
@pytest.mark.parametrize("cell", ["C3", "C2", "A3", "A1"])
def test_any_other_comment_is_no_matter(tmp_path, cell, text):
    """A name, a remark on some of the people, and what our own check wrote there."""
    reading = one(tmp_path, comments={cell: text})
    assert (reading.counts, reading.asked, reading.told) == (COUNTS, [], [])


def test_a_comment_is_never_quoted(tmp_path):
    """It may hold a name, and so may the place of its author."""
    reading = one(tmp_path, comments={"C3": "Lan: Số dự kiến"})
    assert reading.asked == ["warning note_differs C3"]
    assert "Lan" not in reading.messages
    assert "Ghi chú ở ô C3" in reading.messages


def test_a_comment_beside_the_table_is_no_matter(tmp_path):
    """It speaks of a cell in which nothing stands."""
    reading = one(tmp_path, comments={"E9": "Số dự kiến", "D3": "Số dự kiến"})
    assert (reading.counts, reading.asked) == (COUNTS, [])


@pytest.mark.parametrize("printed", ["Dự thảo", "BẢN NHÁP", "(Số liệu dự kiến)", "ĐVT: %", "Đơn vị tính: lớp"])
def test_a_page_that_is_printed_as_a_draft_or_in_another_unit_is_asked_about(tmp_path, printed):
    """It stands over the sheet on paper only; one finding, which names no cell."""
    reading = one(tmp_path, printed=printed)
    assert (reading.counts, reading.asked) == (COUNTS, ["warning note_differs"])
    assert "chân trang" in reading.messages


@pytest.mark.parametrize(
    "printed", ["Trang &P/&N", "THPT Nguyễn Du", "Năm 2022", "HIỆU TRƯỞNG", "Phòng Kế hoạch", "&A", "Biểu số 2", "&D"]
)
def test_what_else_is_printed_on_a_page_is_no_matter(tmp_path, printed):
    """Names, page numbers, and the year of a form that is used again."""
    reading = one(tmp_path, printed=printed)
    assert (reading.counts, reading.asked, reading.told) == (COUNTS, [], [])


COUNTED = ("nominated", "admitted")


def test_files_that_differ_only_in_what_is_seen_have_each_their_own_findings(tmp_path):
    """Cells, texts and arrangements that files have in common are taken apart once; their looks are not in common."""
    red, white = (
        rule("cellIs", operator="lessThan", formula=["5"], font=Font(color=one)) for one in ("FFFF0000", WHITE)
    )
    looks = {
        "nd": {"rules": {"C2": red}},
        "ll": {"rules": {"C2": white}},
        "tp": {"colours": {"C2": (WHITE, None), "B1": (WHITE, None)}},
        "ap": {"comments": {"C2": "Số dự kiến"}, "formats": {"B1": '"Chỉ tiêu "@'}},
    }
    rows = [[None, "Cử đi học", "Kết nạp"], ["Học sinh", 12, 3]]
    plain = {
        f"{SCHOOLS[one]}, năm 2022.xlsx": [sheet([rows[0], ["Học sinh", 12 + n, 3]])] for n, one in enumerate(looks)
    }
    seen = {f"{SCHOOLS[one]}, năm 2023.xlsx": [sheet(rows, **more)] for one, more in looks.items()}
    reading = read_files(tmp_path, plain | seen, schools=" ".join(looks))
    counts = {f"{one} {year} student {what}" for one in looks for year in (2022, 2023) for what in COUNTED}
    assert set(reading.counts) == counts - {"ap 2023 student nominated"} | {"ap 2023 student nominated target"}
    found = reading.returns.findings
    found = found[found["level"] == "warning"]
    assert set(zip(found["school"], found["code"], found["cell"], strict=True)) == {
        ("ll", "unseen_number", "C2"),
        ("tp", "unseen_number", "C2"),
        ("tp", "unseen_text", "B1"),
        ("ap", "note_differs", "C2"),
        ("ap", "target_without_actual", "B2"),
    }
