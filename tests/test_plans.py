"""Sheets of one form are worked out once, and each is read as if it had been the first."""

from random import Random

import pytest
from gallery import SCHOOLS, read_files, sheet
from layouts import make
from variants import assert_plans_change_nothing

from dangvien_analysis import load_returns
from dangvien_analysis.returns import plans


@pytest.fixture
def worked_out(monkeypatch):
    """Read a folder once more, and return the names of the sheets that had to be worked out."""
    made, plan_sheet = [], plans.plan_sheet

    def counted(one, *rest):
        made.append(one.name)
        return plan_sheet(one, *rest)

    def read_again(folder):
        made.clear()
        load_returns(folder)
        return made

    monkeypatch.setattr(plans, "plan_sheet", counted)
    return read_again


def a_return(school: str, number: int, stage: str = "Được kết nạp Đảng"):
    """One school's return: its name, two numbers, when it was signed and by whom."""
    return sheet(
        [
            [SCHOOLS[school]],
            ["KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN NĂM 2023"],
            ["TT", "Nội dung", "Học sinh", "CBGVNV"],
            [1, "Cử đi học lớp nhận thức về Đảng", number, "-" if number > 20 else 3],
            [2, stage, 2, f"{number} đ/c"],
            ["", "", f"Ngày {number % 28 + 1} tháng 1 năm 2024"],
            ["", "", "BÍ THƯ"],
            ["", "", "Trần Thị Hoa" if number % 2 else "Lê Văn Cường"],
        ],
        name="Biểu 1",
    )


def test_a_form_that_every_school_fills_is_worked_out_once(tmp_path, worked_out):
    """Another school, other numbers, a dash for a zero, another day and another signature are no other form."""
    schools = list(SCHOOLS)
    files = {f"Truong {school}.xlsx": [a_return(school, 11 + 6 * n)] for n, school in enumerate(schools)}
    read = read_files(tmp_path, files, schools=" ".join(schools))
    assert read.asked == []
    assert worked_out(tmp_path) == ["Biểu 1"]
    for n, school in enumerate(schools):
        number = 11 + 6 * n
        assert read.counts[f"{school} 2023 student nominated"] == number
        assert read.counts[f"{school} 2023 staff nominated"] == (0 if number > 20 else 3)
        assert read.counts[f"{school} 2023 staff admitted"] == number
    days = read.returns.counts.groupby("school")["as_of"].first().dt.day
    assert days.to_dict() == {school: (11 + 6 * n) % 28 + 1 for n, school in enumerate(schools)}


def test_a_name_copied_from_another_school_is_noticed_in_its_own_return(tmp_path):
    """Returns whose title and file name agree have another skeleton than one where they differ."""
    files = {f"{SCHOOLS[school]}.xlsx": [a_return(school, 9)] for school in ("nd", "ll")}
    read = read_files(tmp_path, {**files, f"{SCHOOLS['tp']}.xlsx": [a_return("ap", 9)]}, schools="nd ll tp ap")
    assert read.asked == ["warning title_conflict"]


def test_another_wording_is_another_form(tmp_path, worked_out):
    """What is counted comes from each sheet's own words."""
    files = {"nd.xlsx": [a_return("nd", 9)], "ll.xlsx": [a_return("ll", 9, "Được công nhận chính thức")]}
    read = read_files(tmp_path, files)
    assert len(worked_out(tmp_path)) == 2
    assert read.counts["nd 2023 student admitted"] == read.counts["ll 2023 student confirmed"] == 2


def test_totals_are_added_up_sheet_by_sheet(tmp_path, worked_out):
    """A sum that is right in the first return and wrong in the second is a finding in the second only."""

    def with_total(school, total):
        rows = [[SCHOOLS[school]], ["Số học sinh được kết nạp Đảng"]]
        rows += [["Năm", "Số lượng"], [2021, 1], [2022, 2], [2023, 4], ["Cộng", total]]
        return [sheet(rows)]

    read = read_files(tmp_path, {"a.xlsx": with_total("nd", 7), "b.xlsx": with_total("ll", 8)})
    assert len(worked_out(tmp_path)) == 1
    found = read.returns.findings
    assert list(zip(found["code"], found["file"], found["school"], found["cell"], strict=True)) == [
        ("total_mismatch", "b.xlsx", "ll", "B7")
    ]


def test_a_header_nobody_knows_is_quoted_as_each_sheet_writes_it(tmp_path, worked_out):
    """A finding speaks of the words of its own sheet, not of those of the sheet that was worked out."""

    def with_column(school, header):
        rows = [[SCHOOLS[school]], ["Năm 2023, học sinh"], ["Nội dung", header, "Số lượng"], ["Kết nạp Đảng", 1, 2]]
        return [sheet(rows)]

    headers = {"a.xlsx": "Sân bóng", "b.xlsx": "Sân bóng", "c.xlsx": "Xăng dầu"}
    schools = ("nd", "ll", "tp")
    files = {file: with_column(school, header) for school, (file, header) in zip(schools, headers.items(), strict=True)}
    read = read_files(tmp_path, files, schools=" ".join(schools))
    assert read.asked == ["error unknown_header B3"] * 3
    assert len(worked_out(tmp_path)) == 2


def test_a_list_of_people_is_never_remembered(tmp_path, worked_out):
    """Nothing of it is kept, though the next list looks the same."""
    rows = [["STT", "Họ và tên", "Ngày sinh"], [1, "Nguyễn Văn An", "1-2-2006"], [2, "Lê Thị Bình", "3-4-2006"]]
    read = read_files(tmp_path, {"a.xlsx": [sheet(rows)], "b.xlsx": [sheet(rows)]})
    assert read.asked == ["error people_list B1"] * 2
    assert len(worked_out(tmp_path)) == 2


def test_shared_plans_read_every_layout_as_each_sheet_by_itself(tmp_path):
    """Numbers, names, days and stray texts are changed at random; what is read must not depend on what came before."""
    for seed in range(20):
        folder = tmp_path / str(seed)
        make(Random(seed).choice).save(folder)
        assert_plans_change_nothing(folder, 5, Random(seed))


def test_a_day_in_a_header_counts_in_each_return(tmp_path):
    """The same form, and another day over its numbers: one ends the year, one stands outside it."""
    files = {}
    for school, day in (("nd", "31/12/2023"), ("ll", "31/12/2022")):
        rows = [[SCHOOLS[school]], ["KẾT QUẢ NĂM 2023"], ["Nội dung", "Học sinh"], [None, f"Kết nạp ngày {day}"]]
        files[f"{school}.xlsx"] = [sheet([*rows, ["Số lượng", 3]], ["A3:A4"])]
    read = read_files(tmp_path, files)
    assert read.counts == {"nd 2023 student admitted": 3, "ll 2023 student admitted": 3}
    found = read.returns.findings
    assert found[found["level"] != "info"][["code", "file"]].to_numpy().tolist() == [["unclear_period", "ll.xlsx"]]


def test_a_comment_counts_in_each_return_by_the_school_that_it_names(tmp_path):
    """«2 em của THPT Nguyễn Du» is nothing in its own return, and a question in the same form of another school."""
    files = {
        f"{school}.xlsx": [a_return(school, 9)._replace(comments={"C4": "2 em của THPT Nguyễn Du"})]
        for school in ("nd", "ll")
    }
    read = read_files(tmp_path, files)
    found = read.returns.findings
    assert found[["code", "file"]].to_numpy().tolist() == [["note_differs", "ll.xlsx"]]


def test_a_school_or_a_day_printed_on_the_pages_makes_no_other_form(tmp_path, worked_out):
    """Nothing is asked of it; a draft is."""
    printed = {"nd": "THPT Nguyễn Du, 5/1/2024", "ll": "THPT Lê Lợi, 8/1/2024", "tp": "Dự thảo"}
    files = {f"{one}.xlsx": [a_return(one, 9)._replace(printed=text)] for one, text in printed.items()}
    read = read_files(tmp_path, files, schools="nd ll tp")
    assert read.returns.findings[["code", "file"]].to_numpy().tolist() == [["note_differs", "tp.xlsx"]]
    assert len(worked_out(tmp_path)) == 2
