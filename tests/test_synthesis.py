"""The synthesis table adds up, says what is missing, and names the cell behind each figure."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from small_collection import make_project

from dangvien_analysis import parameters, synthesis
from dangvien_analysis.frames import counts_frame, files_frame, findings_frame
from dangvien_analysis.loading import load_returns
from dangvien_analysis.settings import Collection, School
from dangvien_analysis.store import Returns


@pytest.fixture(scope="module")
def sample():
    """The committed collection as it was read."""
    return load_returns("sample")


@pytest.fixture(scope="module")
def book(sample, tmp_path_factory):
    """The synthesis table of the whole sample: the values as stored, and the formulas."""
    path = synthesis.write(parameters.choose(sample), tmp_path_factory.mktemp("book") / "x.xlsx")
    return openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)


def rows_of(sheet):
    """The rows of a sheet as lists of values."""
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def part_of(sheet, title):
    """The rows of one part of a table, by the name in the second column."""
    rows = rows_of(sheet)
    begin = next(place for place, row in enumerate(rows) if row[0] == title)
    found = {}
    for row in rows[begin + 1 :]:
        found[row[1]] = row[2:]
        if row[1] == "Cộng":
            return found
    return found


def small(rows, schools=("a", "b"), **changes):
    """What would be chosen of returns with these rows: (school, period, group, measure, n) and more by name."""
    common = {"breakdown": "total", "kind": "actual", "file": "a.xlsx", "sheet": "1", "cell": "A1", "raw": "1"}
    named = [
        common | dict(zip(("school", "period", "group", "measure", "n"), row[:5], strict=True)) | row[5] for row in rows
    ]
    told = {
        "title": "Bộ thử",
        "periods": ("2023",),
        "schools": tuple(School(name, f"Trường {name}") for name in schools),
    }
    collection = Collection(id="thu", folder=Path("thu"), as_of=date(2023, 12, 31), **told | changes)
    return parameters.choose(Returns(counts_frame(named), findings_frame([]), files_frame([]), collection))


def written(chosen, tmp_path):
    """The workbook of what was chosen, values as stored."""
    return openpyxl.load_workbook(synthesis.write(chosen, tmp_path / "x.xlsx"), data_only=True)


def test_pupils_and_staff_have_sheets_of_their_own(book):
    """Then the courses of each, the cells, the quality."""
    values, _ = book
    assert values.sheetnames == ["Học sinh", "CBGVNV", "Khóa học, Học sinh", "Khóa học, CBGVNV", "Nguồn", "Chất lượng"]
    texts = str([rows_of(sheet) for sheet in values])
    assert "237" not in re.findall(r"\d+", texts)
    assert "SỐ LIỆU MINH HỌA" in texts


def test_the_sums_are_formulas_that_add_up(book):
    """Each stored value is the sum of the cells its formula names, over schools and over periods."""
    values, formulas = book
    checked = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=SUM("):
                    shown = values[sheet.title]
                    parts = cell.value[5:-1].split(",")
                    cells = [found for part in parts for found in cells_of(shown, part)]
                    assert shown[cell.coordinate].value == sum(n for n in cells if isinstance(n, (int, float)))
                    checked += 1
    assert checked > 100


def cells_of(sheet, part):
    """The values of a cell or range."""
    found = sheet[part]
    return [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]


def test_the_published_totals_stand_at_the_end(book):
    """194 pupils and 43 staff, over all schools and periods."""
    values, _ = book
    for name, sent in (("Học sinh", 194), ("CBGVNV", 43)):
        sheet = values[name]
        heads = next(row for row in rows_of(sheet) if row[0] == "A")
        lower = rows_of(sheet)[rows_of(sheet).index(heads) - 1]
        place = lower.index("Thực hiện") - 2
        assert part_of(sheet, "Cộng các kỳ")["Cộng"][place] == sent


def test_what_nobody_reported_is_no_zero(book):
    """Women are told apart by one school: the others have a mark, and their sum says that it is not whole."""
    values, formulas = book
    part = part_of(values["Học sinh"], "Năm 2021")
    women = [part[f"Trường THPT {name}"][3] for name in "ABCD"]
    assert women == [7, "…", "…", "…"]
    total = next(
        cell
        for row in formulas["Học sinh"].iter_rows()
        for cell in row
        if cell.value and "SUM" in str(cell.value) and cell.column == 6
    )
    assert "¹" in total.number_format
    assert any("không phải bằng 0" in str(row[0]) for row in rows_of(values["Học sinh"]))


def test_a_partial_period_says_so(book):
    """2024 reaches to the fourteenth of March."""
    assert any(row[0] == "Năm 2024 (mới đến 14-3-2024)" for row in rows_of(book[0]["Học sinh"]))


def test_every_figure_names_its_cell(book, sample):
    """Each number of a school on the sheets has its source, and the sources add up to it."""
    values, _ = book
    heads, *rows = rows_of(values["Nguồn"])
    sources = pd.DataFrame(rows, columns=heads)
    added = sources.groupby(["Trang", "Ô trong biểu"])["Số"].sum()
    for (name, place), n in added.items():
        assert values[name][place].value == n
    counts = sample.counts.set_index(["file", "sheet", "cell"])["n"]
    for row in sources.itertuples():
        assert counts.loc[(row[7], row[8], row[9])] == row[6]


def test_the_heads_repeat_and_the_page_is_wide(book):
    """A4 turned on its side, one page across, heads and names on each page."""
    for sheet in book[1].worksheets[:2]:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows
        assert sheet.print_title_cols
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)  # one is the default


def test_one_schools_table_holds_nothing_of_the_others(sample, tmp_path):
    """Neither names nor numbers, nor files that are not also its own."""
    book = written(parameters.choose(sample, "thpt-b"), tmp_path)
    texts = str([rows_of(sheet) for sheet in book])
    assert "Trường THPT B" in texts
    assert "Trường THPT A" not in texts
    assert "thpt-a.xlsx" not in texts


def test_a_masked_number_is_not_given_back_by_its_sum(tmp_path):
    """The cell and every sum that holds it have the mark."""
    chosen = small([("a", "2023", "student", "admitted", None, {}), ("b", "2023", "student", "admitted", 20, {})])
    counts = chosen.counts.assign(masked=chosen.counts["n"].isna())
    part = part_of(written(replace(chosen, counts=counts), tmp_path)["Học sinh"], "Năm 2023")
    assert [part[name][0] for name in ("Trường a", "Trường b", "Cộng")] == ["(che)", 20, "(che)"]


def test_parts_that_could_name_a_person_are_not_told_by_school(tmp_path):
    """Religion and ethnicity stay out of a table by school, which says so."""
    rows = [
        ("a", "2023", "student", "admitted", 9, {}),
        ("a", "2023", "student", "admitted", 1, {"breakdown": "religious"}),
    ]
    texts = rows_of(written(small(rows), tmp_path)["Học sinh"])
    assert "Không ghi theo từng đơn vị các thành phần" in str(texts)
    assert part_of(written(small(rows), tmp_path)["Học sinh"], "Năm 2023")["Trường a"][:2] == [9, None]


def test_text_of_a_workbook_is_never_a_formula(tmp_path):
    """A school's name or a sheet's name that begins with = stays the text it is."""
    name = '=HYPERLINK("a")'
    rows = [("a", "2023", "student", "admitted", 9, {"sheet": name, "file": "+b.xlsx"})]
    path = synthesis.write(small(rows, schools=()), tmp_path / "x.xlsx")
    chosen = small(rows)
    chosen = replace(chosen, collection=replace(chosen.collection, title=name))
    synthesis.write(chosen, path)
    formulas = [cell.value for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row
                if cell.data_type == "f"]  # fmt: skip
    assert all(formula.startswith("=SUM(") for formula in formulas)
    assert name in str([rows_of(sheet) for sheet in openpyxl.load_workbook(path)])


def test_no_number_at_all_still_gives_a_workbook(tmp_path):
    """It says that there is nothing, and what is wrong."""
    book = written(small([]), tmp_path)
    assert book.sheetnames == ["Biểu tổng hợp", "Nguồn", "Chất lượng"]


def test_the_same_numbers_give_the_same_bytes(sample, tmp_path):
    """No clock and no user's name in it."""
    chosen = parameters.choose(sample)
    first = synthesis.write(chosen, tmp_path / "1.xlsx").read_bytes()
    assert synthesis.write(chosen, tmp_path / "2.xlsx").read_bytes() == first


def test_a_synthesis_table_among_the_returns_is_told_and_not_read(sample, tmp_path, monkeypatch):
    """Dropped into data/raw by mistake it changes no number."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    folder = make_project(tmp_path)
    before = load_returns("thu")
    shutil.copy(synthesis.write(parameters.choose(sample), tmp_path / "x.xlsx"), folder)
    after = load_returns("thu")
    pd.testing.assert_frame_equal(before.counts, after.counts)
    (told,) = after.findings[after.findings["file"] == "x.xlsx"].itertuples()
    assert (told.level, told.code) == ("warning", "own_table")


def test_a_narrow_table_stands_upright_and_a_long_one_runs_on(book, tmp_path):
    """A page of signatures alone is never printed, and forty schools are not squeezed onto one page."""
    courses = book[1]["Khóa học, Học sinh"]
    assert (courses.page_setup.orientation, courses.page_setup.fitToHeight or 1) == ("portrait", 1)
    many = [(f"t{place}", "2023", "student", "admitted", 3, {}) for place in range(60)]
    assert written(small(many, [row[0] for row in many]), tmp_path)["Học sinh"].page_setup.fitToHeight == 0
