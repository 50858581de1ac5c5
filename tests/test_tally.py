"""A list of people becomes a form of counts on the clerk's own machine; no name leaves it."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from form_files import make_collection, read
from openpyxl.styles import Font

from dangvien_analysis.cli import main
from dangvien_analysis.forms import Key
from dangvien_analysis.tally.dates import BLANK, UNCLEAR, Moment, read_moment
from dangvien_analysis.workbook import COUNT, DATE, NUMBER, TEXT, ZERO, Cell

NAMES = ("Zoàng Thị Quyêm", "Bạch Khuê Tử", "Ngô Vĩ Lạc", "Ứng Hoài Xuyến", "Khổng Tước Nam", "Đèo Văn Kháng")
HEAD = ["STT", "Họ và tên", "Giới tính", "Đối tượng", "Ngày cấp GCN", "Ngày kết nạp", "Ra trường", "Ghi chú"]
PEOPLE = (
    [1, NAMES[0], "Nữ", "Học sinh", date(2023, 4, 12), "3-2-2024", None, "em " + NAMES[0]],
    [2, NAMES[1], "Nam", "Học sinh", "12/4/2023", None, "2024", None],
    [3, NAMES[2], "Nam", "Học sinh", "4/2024", "-", None, None],
    [4, NAMES[3], "Nữ", "Giáo viên", "năm 2022", date(2023, 5, 19), None, None],
    [5, NAMES[4], "Nam", "Học sinh", "12/4/23", None, None, None],
)


def write_list(path: Path, *sheets: tuple[str, list]) -> Path:
    """Write a list of people as a school keeps it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An office that asks for 2022 to 2024; the clerk's list lies in its collection."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    return make_collection(tmp_path / "data" / "raw" / "an-phu", "2022", "2023", "2024").folder


def tally(folder: Path, *rows: list, title: str = "Sheet1", options: tuple[str, ...] = ()) -> tuple[int, dict]:
    """Tally one sheet; return the exit status and the numbers of the form, zeros left out."""
    path = write_list(folder / "danh-sach.xlsx", (title, [list(row) for row in rows]))
    out = folder.parent / "bieu.xlsx"
    status = main(["tally", str(path), "--school", "nd", "--out", str(out), *options])
    path.unlink()
    if not out.exists():
        return status, {}
    (folder / "nd.xlsx").write_bytes(out.read_bytes())
    numbers, asked = read(folder / "nd.xlsx")
    assert not asked
    return status, {key: n for key, n in numbers.items() if n}


def plain(year: str, group: str, measure: str, breakdown: str = "total") -> Key:
    """Name a number of the counts sheet."""
    return Key(year, group, measure, breakdown)


def course(course_year: str, year: str, group: str, measure: str) -> Key:
    """Name a number of the sheet of courses."""
    return Key(year, group, measure, cohort=course_year)


def test_a_list_becomes_counts_and_courses(folder, capsys):
    """Dates in many shapes; a year of two digits is left out and told by its row."""
    status, numbers = tally(folder, ["DANH SÁCH"], HEAD, *PEOPLE)
    assert status == 0
    assert numbers == {
        plain("2023", "student", "trained"): 2,
        plain("2024", "student", "trained"): 1,
        plain("2022", "staff", "trained"): 1,
        plain("2024", "student", "admitted"): 1,
        plain("2024", "student", "admitted", "female"): 1,
        plain("2023", "staff", "admitted"): 1,
        plain("2023", "staff", "admitted", "female"): 1,
        plain("2024", "student", "departed"): 1,
        course("2023", "2023", "student", "trained"): 2,
        course("2024", "2024", "student", "trained"): 1,
        course("2022", "2022", "staff", "trained"): 1,
        course("2023", "2024", "student", "admitted"): 1,
        course("2022", "2023", "staff", "admitted"): 1,
        course("2023", "2024", "student", "departed"): 1,
    }
    told = capsys.readouterr().out
    assert "Đã đếm 4 dòng." in told
    assert "dòng 7" in told


def test_no_name_is_in_anything_that_is_written(folder):
    """Every byte of the form, of both streams and of the folder is searched, as the command is run by a person."""
    rows = [["DANH SÁCH"], HEAD, *PEOPLE, PEOPLE[0], [6, NAMES[5], "Nam", "?", "x", "1/1/2020", None, NAMES[1]]]
    path = write_list(folder / "danh-sach.xlsx", (NAMES[0], rows))
    out = folder.parent / "bieu.xlsx"
    command = [sys.executable, "-m", "dangvien_analysis", "tally", path, "--school", "nd", "--out", out]
    run = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"}, check=True)
    path.unlink()
    with ZipFile(out) as file:
        parts = b"".join(file.read(name) for name in file.namelist())
    kept = b"".join(other.read_bytes() for other in folder.parent.parent.rglob("*") if other.is_file())
    for name in NAMES:
        for word in (name, name.split()[0], name.split()[-1]):
            if word not in ("Nam", "Tử"):
                assert word.encode() not in run.stdout + run.stderr + parts + kept


def test_the_form_is_that_of_the_collection_which_asks_the_school(folder, tmp_path, capsys):
    """The list lies anywhere; where several collections have the school, which one is asked for."""
    path = write_list(tmp_path / "danh-sach.xlsx", ("Sheet1", [HEAD, *map(list, PEOPLE)]))
    wanted = ["tally", str(path), "--school", "nd", "--out"]
    assert main([*wanted, str(tmp_path / "a.xlsx")]) == 0
    make_collection(folder.parent / "nam-sau", "2025")
    assert main([*wanted, str(tmp_path / "b.xlsx")]) == 2
    assert "«an-phu», «nam-sau»" in capsys.readouterr().err
    assert main([*wanted[:3], "khac", *wanted[4:], str(tmp_path / "b.xlsx")]) == 2
    assert "«khac»" in capsys.readouterr().err


def test_what_the_list_does_not_say_is_not_reported(folder):
    """A column that is missing gives no zero; one that is there and empty in a year of the list does."""
    path = write_list(folder / "danh-sach.xlsx", ("A", [HEAD, *PEOPLE[:3]]))
    out = folder.parent / "bieu.xlsx"
    assert main(["tally", str(path), "--school", "nd", "--out", str(out)]) == 0
    path.unlink()
    (folder / "nd.xlsx").write_bytes(out.read_bytes())
    numbers, _ = read(folder / "nd.xlsx")
    assert numbers[plain("2023", "student", "admitted")] == 0
    assert numbers[course("2023", "2023", "student", "admitted")] == 0
    assert plain("2022", "student", "trained") not in numbers
    assert not {key for key in numbers if key.measure in ("nominated", "mentored") or key.group == "staff"}


def test_a_zero_is_reported_only_for_the_group_whose_sheet_has_the_column(folder):
    """The pupils' list tells who was admitted, that of the staff does not: their zero is nobody's word."""
    pupils = [["DANH SÁCH HỌC SINH"], HEAD[:3] + HEAD[4:6], [1, NAMES[0], "Nữ", "12/4/2023", "3/2/2024"]]
    staff = [["DANH SÁCH GIÁO VIÊN"], ["STT", "Họ và tên", "Ngày cấp GCN"], [1, NAMES[3], "5/4/2023"]]
    path, out = write_list(folder / "danh-sach.xlsx", ("1", pupils), ("2", staff)), folder / "nd.xlsx"
    assert main(["tally", str(path), "--school", "nd", "--out", str(out)]) == 0
    path.unlink()
    numbers, _ = read(out)
    assert numbers[plain("2023", "student", "admitted")] == 0
    assert plain("2023", "staff", "admitted") not in numbers
    assert numbers[plain("2023", "staff", "trained")] == 1


def test_a_year_alone_leaves_the_periods_open_that_it_may_lie_in(tmp_path, monkeypatch, capsys):
    """Admitted in 2023 may be in either half of it: neither half has a number, no zero either; 2024 has."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    folder = make_collection(tmp_path / "data" / "raw" / "an-phu", "2023-H1", "2023-H2", "2024-H1").folder
    rows = ([1, NAMES[0], "12A", "2023"], [2, NAMES[1], "12A", "1/2/2024"], [3, NAMES[2], "12A", "1/3/2023"])
    status, numbers = tally(folder, ["STT", "Họ và tên", "Lớp", "Ngày kết nạp"], *rows)
    assert status == 0
    told = {key.period: n for key, n in numbers.items() if key.measure == "admitted" and key.cohort is None}
    assert told == {"2024-H1": 1}
    assert "dòng 2." in capsys.readouterr().out


def test_rows_of_a_list_on_several_sheets_are_named_with_their_sheet(folder, capsys):
    """«Dòng 3» alone would be two rows."""
    unclear = [1, NAMES[0], "Nữ", "Học sinh", "12/4/23", None, None, None]
    path = write_list(folder / "danh-sach.xlsx", ("1", [HEAD, *PEOPLE[:2]]), ("2", [HEAD, unclear]))
    assert main(["tally", str(path), "--school", "nd", "--out", str(folder.parent / "nd.xlsx")]) == 0
    assert "trang thứ 2, dòng 2." in capsys.readouterr().out


def test_a_part_is_reported_only_where_it_is_known_of_everybody(folder, capsys):
    """One admitted without a sex: how many women there are is not known, and that row is named."""
    rows = ([1, NAMES[0], "Nữ", "12A", "3/2/2024"], [2, NAMES[1], None, "12A", "3/2/2024"])
    status, numbers = tally(folder, ["STT", "Họ và tên", "Giới tính", "Lớp", "Ngày kết nạp"], *rows)
    assert status == 0
    assert numbers[plain("2024", "student", "admitted")] == 2
    assert plain("2024", "student", "admitted", "female") not in numbers
    assert "1 dòng chưa ghi giới tính" in capsys.readouterr().out


def test_a_column_that_may_mean_two_things_is_asked_about_in_a_sentence(folder, capsys):
    """A batch gets exit status 1, the column, and the option to answer with; nothing is written."""
    head = ["STT", "Họ và tên", "Lớp", "Ngày học", "Ngày kết nạp"]
    row = [1, NAMES[0], "12A1", "12/3/2023", "3/2/2024"]
    status, numbers = tally(folder, head, row)
    assert (status, numbers) == (1, {})
    told = capsys.readouterr().err
    assert "cột D" in told
    assert "--column" in told
    for answer in ("D=cấp giấy chứng nhận", "Ngày học=cấp giấy chứng nhận"):
        status, numbers = tally(folder, head, row, options=("--column", answer))
        assert status == 0
        assert numbers[course("2023", "2024", "student", "admitted")] == 1
        (folder.parent / "bieu.xlsx").unlink()


def test_on_a_terminal_the_question_is_asked(folder, monkeypatch):
    """The clerk types a number; what is no answer is asked again."""
    typed = iter(["?", "1"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(typed))
    head = ["STT", "Họ và tên", "Lớp", "Ngày học", "Ngày kết nạp"]
    status, numbers = tally(folder, head, [1, NAMES[0], "12A1", "12/3/2023", "3/2/2024"])
    assert status == 0
    assert numbers[plain("2023", "student", "trained")] == 1


def test_a_column_of_dates_without_a_known_header_is_asked_about(folder, capsys):
    """Dates are never passed over in silence."""
    status, _ = tally(folder, [*HEAD[:6], "Mốc"], [*PEOPLE[0][:6], "1/2/2024"])
    assert status == 1
    assert "cột G" in capsys.readouterr().err


def test_two_columns_that_say_the_same_are_asked_about(folder, capsys):
    """Which of two days of admission counts is not for the program to say."""
    status, _ = tally(folder, [*HEAD[:6], "QĐ kết nạp"], [*PEOPLE[0][:6], "1/2/2024"])
    assert status == 1
    told = capsys.readouterr().err
    assert "cột F" in told
    assert "cột G" in told


def test_group_and_course_come_from_the_title_and_from_sections(folder):
    """A list of one course names it above; sections tell pupils from staff."""
    rows = (
        ["DANH SÁCH HỌC VIÊN LỚP BỒI DƯỠNG NHẬN THỨC VỀ ĐẢNG KHÓA II NĂM 2023"],
        [],
        ["TT", "Họ và tên", "Ngày sinh", "", "Ngày kết nạp"],
        ["I", "HỌC SINH"],
        [1, NAMES[0], "1/2/2006", None, "3/2/2024"],
        [2, NAMES[1], "5/2/2006", None, None],
        ["II", "CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN"],
        [1, NAMES[2], "1/2/1990", None, None],
        ["", "Tổng cộng: 3 người"],
        ["", "Người lập biểu", "", "", "Bí thư"],
        ["", NAMES[3]],
    )
    status, numbers = tally(folder, *rows)
    assert status == 0
    assert numbers == {
        plain("2023", "student", "trained"): 2,
        plain("2023", "staff", "trained"): 1,
        plain("2024", "student", "admitted"): 1,
        course("2023", "2023", "student", "trained"): 2,
        course("2023", "2023", "staff", "trained"): 1,
        course("2023", "2024", "student", "admitted"): 1,
    }


def test_a_list_that_tells_pupils_from_staff_nowhere_is_asked_about(folder, capsys):
    """The answer is an option in a batch."""
    head, row = ["STT", "Họ và tên", "Ngày cấp GCN"], [1, NAMES[0], "12/3/2023"]
    assert tally(folder, head, row)[0] == 1
    assert "--group" in capsys.readouterr().err
    status, numbers = tally(folder, head, row, options=("--group", "staff"))
    assert status == 0
    assert numbers[plain("2023", "staff", "trained")] == 1


def test_rows_that_cannot_be_are_left_out_and_told(folder, capsys):
    """Twice the same row counts once; admitted before the course is set aside; a word for a date is no date."""
    rows = (
        HEAD,
        PEOPLE[0],
        PEOPLE[0],
        [3, NAMES[2], "Nam", "Học sinh", "12/4/2023", "1/1/2022", None, None],
        [4, NAMES[3], "Nam", "Học sinh", "12/4/2023", "rồi", None, None],
        [5, NAMES[4], "Nam", "Học sinh", None, None, None, None],
    )
    status, numbers = tally(folder, *rows)
    assert status == 0
    assert numbers[plain("2023", "student", "trained")] == 1
    told = capsys.readouterr().out
    for row in (3, 4, 5, 6):
        assert f"dòng {row}." in told


def test_reasons_are_counted_by_their_code(folder, capsys):
    """One main reason each, only for those not admitted; a reason nobody knows is told by its row."""
    head = ["STT", "Họ và tên", "Lớp", "Ngày cấp GCN", "Ngày kết nạp", "Lý do chưa kết nạp"]
    rows = (
        [1, NAMES[0], "12A1", "12/3/2023", None, "Chưa đủ 18 tuổi"],
        [2, NAMES[1], "12A1", "12/3/2023", None, "vì em " + NAMES[1]],
        [3, NAMES[2], "12A1", "12/3/2023", "1/2/2024", "Chưa đủ 18 tuổi"],
    )
    status, numbers = tally(folder, head, *rows)
    assert status == 0
    assert {key.reason: n for key, n in numbers.items() if key.reason} == {"under_age": 1}
    assert "dòng 3" in capsys.readouterr().out


def test_a_birth_date_split_by_sex_tells_women(folder):
    """The Youth Union's lists have a column of birth dates for each sex."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["STT", "Họ và tên", "Ngày sinh", None, "Lớp", "Ngày kết nạp"])
    sheet.append([None, None, "Nam", "Nữ", None, None])
    sheet.append([1, NAMES[0], None, "1/2/2005", "12A", "3/2/2024"])
    sheet.append([2, NAMES[1], "1/3/2005", None, "12A", "3/2/2024"])
    for area in ("C1:D1", "A1:A2", "B1:B2", "E1:E2", "F1:F2"):
        sheet.merge_cells(area)
    path = folder / "danh-sach.xlsx"
    book.save(path)
    out = folder.parent / "bieu.xlsx"
    assert main(["tally", str(path), "--school", "nd", "--out", str(out)]) == 0
    path.unlink()
    (folder / "nd.xlsx").write_bytes(out.read_bytes())
    numbers, _ = read(folder / "nd.xlsx")
    assert numbers[plain("2024", "student", "admitted")] == 2
    assert numbers[plain("2024", "student", "admitted", "female")] == 1


def test_a_form_that_is_there_is_never_written_over(folder, capsys):
    """The list itself least of all."""
    path = write_list(folder / "danh-sach.xlsx", ("A", [HEAD, *PEOPLE]))
    before = path.read_bytes()
    assert main(["tally", str(path), "--school", "nd", "--out", str(path)]) == 1
    assert path.read_bytes() == before
    assert "danh-sach.xlsx" in capsys.readouterr().err


def test_a_file_without_a_list_is_one_sentence(folder, capsys):
    """A workbook with something else in it, or none at all."""
    assert tally(folder, ["Xin chào"])[0] == 1
    assert "Họ và tên" in capsys.readouterr().err
    (folder / "x.xlsx").write_text("no workbook", encoding="utf-8")
    assert main(["tally", str(folder / "x.xlsx"), "--school", "nd", "--out", str(folder / "y.xlsx")]) == 1
    assert main(["tally", str(folder / "none.xlsx"), "--school", "nd", "--out", str(folder / "y.xlsx")]) == 2


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell(DATE, "12-3-2023"), Moment(2023, 3, 12)),
        (Cell(TEXT, "12/3/2023"), Moment(2023, 3, 12)),
        (Cell(TEXT, "12. 03. 2023"), Moment(2023, 3, 12)),
        (Cell(TEXT, "ngày 12 tháng 3 năm 2023"), Moment(2023, 3, 12)),
        (Cell(TEXT, "QĐ số 12-QĐ/HU ngày 3/2/2023"), Moment(2023, 2, 3)),
        (Cell(TEXT, "3-2023"), Moment(2023, 3)),
        (Cell(TEXT, "tháng 3 năm 2023"), Moment(2023, 3)),
        (Cell(COUNT, "2023", 2023, 2023.0), Moment(2023)),
        (Cell(TEXT, "Khóa IV năm 2023"), Moment(2023)),
        (None, BLANK),
        (Cell(ZERO, "-", 0), BLANK),
        (Cell(TEXT, "Chưa"), BLANK),
        (Cell(TEXT, "12/3/23"), UNCLEAR),
        (Cell(TEXT, "3/25/2023"), UNCLEAR),
        (Cell(TEXT, "12/3/2023, 15/3/2024"), UNCLEAR),
        (Cell(TEXT, "2022-2023"), UNCLEAR),
        (Cell(TEXT, "rồi"), UNCLEAR),
        (Cell(COUNT, "45000", 45000, 45000.0), UNCLEAR),
        (Cell(NUMBER, "3.2023", None, 3.2023), UNCLEAR),
    ],
)
def test_a_date_is_read_day_first_or_not_at_all(cell, expected):
    """What is no date for certain is never made one."""
    assert read_moment(cell) == expected


def test_a_name_that_is_struck_out_is_told(folder, capsys):
    """Somebody crossed a person out; whether the row still counts only they can say."""
    path = write_list(folder / "danh-sach.xlsx", ("Sheet1", [HEAD, *PEOPLE[:2]]))
    book = openpyxl.load_workbook(path)
    book.active["B3"].font = Font(strike=True)
    book.save(path)
    assert main(["tally", str(path), "--school", "nd", "--out", str(folder.parent / "bieu.xlsx")]) == 0
    told = capsys.readouterr().out
    assert "Chữ ở ô B3 bị gạch ngang" in told
    assert not any(name in told for name in NAMES)
