"""Gallery of small workbooks: what stands in the corner, over the labels of the rows."""

import pytest
from gallery import read, sheet

TITLE = ["Trường THPT Nguyễn Du năm 2023"]
COLUMNS = ["Học sinh", "CBGVNV"]
BODY = [["Cử đi học", 12, 5], ["Kết nạp", 3, 1]]
KEYS = ["nd 2023 student nominated", "nd 2023 staff nominated", "nd 2023 student admitted", "nd 2023 staff admitted"]
ACTUAL = dict(zip(KEYS, [12, 5, 3, 1], strict=True))


def of_kind(kind):
    """Return the same numbers as targets or estimates."""
    return {f"{key} {kind}": n for key, n in ACTUAL.items()}


@pytest.mark.parametrize("merges", [["B2:C2"], []], ids=["merged", "unmerged"])
@pytest.mark.parametrize("numbered", [True, False], ids=["numbered", "unnumbered"])
def test_an_indicator_beside_a_header_that_was_left_blank_makes_no_targets(tmp_path, merges, numbered):
    """«Chỉ tiêu» over the labels is "indicator", also where the header beside it in its row was deleted."""
    rows = [
        TITLE,
        ["Chỉ tiêu", None, None, "Ghi chú"],
        [None, *COLUMNS],
        *([["A", 1, 2, 3]] if numbered else []),
        *BODY,
    ]
    reading = read(tmp_path, sheet(rows, merges), schools="nd")
    assert (reading.counts, reading.asked) == (ACTUAL, [])


@pytest.mark.parametrize(
    "head", ["Chỉ tiêu", "CHỈ TIÊU", "Chi tieu", "Các chỉ tiêu", "Chỉ tiêu chủ yếu", "Tên chỉ tiêu", "CT", "Nội dung"]
)
def test_an_indicator_over_the_labels_makes_no_targets(tmp_path, head):
    """However it is written."""
    reading = read(tmp_path, sheet([TITLE, [head, *COLUMNS], *BODY]), schools="nd")
    assert (reading.counts, reading.asked) == (ACTUAL, [])


@pytest.mark.parametrize("head", ["Chỉ tiêu", "Nội dung"])
def test_a_header_merged_over_ordinals_and_labels_heads_both(tmp_path, head):
    """The numbers 1, 2 under it are no counts."""
    rows = [TITLE, [head, None, *COLUMNS], *([number, *row] for number, row in enumerate(BODY, 1))]
    reading = read(tmp_path, sheet(rows, ["A2:B2"]), schools="nd")
    assert (reading.counts, reading.asked) == (ACTUAL, [])


def test_a_blank_row_under_an_indicator_changes_nothing(tmp_path):
    """A row left blank under the headers."""
    reading = read(tmp_path, sheet([TITLE, ["Chỉ tiêu", *COLUMNS], [], *BODY]), schools="nd")
    assert (reading.counts, reading.asked) == (ACTUAL, [])


@pytest.mark.parametrize("head", ["Chỉ tiêu năm 2023", "Chỉ tiêu phát triển đảng viên", "Chỉ tiêu (năm 2023)"])
def test_an_indicator_of_more_words_is_asked_about(tmp_path, head):
    """«Chỉ tiêu năm 2023» over measures: the targets for the year, or its indicators."""
    reading = read(tmp_path, sheet([TITLE, [head, *COLUMNS], *BODY]), schools="nd")
    assert (reading.counts, reading.asked) == (ACTUAL, ["warning unclear_kind B3"])


def test_an_indicator_alone_over_a_blank_corner_is_asked_about(tmp_path):
    """It may head the labels, or the whole table."""
    reading = read(tmp_path, sheet([TITLE, ["Chỉ tiêu"], [None, *COLUMNS], *BODY]), schools="nd")
    assert (reading.counts, reading.asked) == (ACTUAL, ["warning unclear_kind B4"])


@pytest.mark.parametrize(
    ("head", "kind"),
    [("Kế hoạch", "target"), ("KH năm 2023", "target"), ("Dự kiến", "estimate"), ("Ước TH", "estimate")],
)
def test_a_plan_in_the_corner_speaks_for_the_table(tmp_path, head, kind):
    """«Kế hoạch» and «Dự kiến» have no second meaning."""
    reading = read(tmp_path, sheet([TITLE, [head, *COLUMNS], *BODY]), schools="nd")
    assert (reading.counts, reading.asked) == (of_kind(kind), [])


def test_targets_of_what_is_counted_in_the_corner_are_targets(tmp_path):
    """«Chỉ tiêu kết nạp» over the names of schools: the years beside it hold targets."""
    rows = [["Học sinh"], ["Chỉ tiêu kết nạp", "Năm 2022", "Năm 2023"], ["THPT Nguyễn Du", 12, 5]]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2022 student admitted target": 12, "nd 2023 student admitted target": 5}
    assert reading.asked == []
