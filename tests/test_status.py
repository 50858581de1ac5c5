"""The state of the call: who has sent what and when, what is missing or wrong, what changed, what to write."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from small_collection import make_project, write_return

from dangvien_analysis import status
from dangvien_analysis.cli import main
from dangvien_analysis.loading import load_returns
from dangvien_analysis.register import read_register, register_received
from dangvien_analysis.settings import SettingsError, find_collection
from dangvien_analysis.writing import write_whole

BEFORE, DUE, AFTER = date(2024, 1, 5), date(2024, 1, 10), date(2024, 1, 15)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A collection of three schools with a deadline; A and B have sent a return, C has not."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    folder = make_project(tmp_path)
    path = folder / "collection.toml"
    more = 'deadline = 2024-01-10\n[[schools]]\nid = "thpt-c"\nname = "Trường THPT C"\n[organisation]'
    path.write_text(path.read_text(encoding="utf-8").replace("[organisation]", more), encoding="utf-8")
    return folder


def state(today=None):
    """The rows of the state, by school."""
    returns = load_returns("thu")
    rows = status.state_of_call(returns, read_register(returns.collection), today)
    return {row.school: row for row in rows.itertuples(index=False)}


def test_each_school_has_a_row_in_the_order_of_the_collection(folder):
    """What was expected, what came, in which file, on which day, with which faults."""
    register_received(find_collection("thu"), BEFORE)
    found = state()
    assert list(found) == [school.id for school in find_collection("thu").schools]
    a, c = found["thpt-a"], found["thpt-c"]
    assert (a.expected, a.reported, a.missing, a.files) == (2, 2, "", "thpt-a.xlsx")
    assert (a.received.date(), a.late, a.errors, a.warnings, a.state) == (BEFORE, False, 0, 0, "complete")
    assert (c.expected, c.reported, c.missing, c.files, c.state) == (2, 0, "2022, 2023", "", "nothing")
    assert c.warnings == 0  # what did not come is told as missing, not once more as a warning


def test_a_lock_file_of_excel_is_nothing_that_a_school_sent(folder):
    """It lies beside a workbook that stood open, and bears its name."""
    (folder / "~$thpt-c.xlsx").write_bytes(b"Lan")
    (folder / "~$Trường THPT C.xlsx").write_bytes(b"Lan")
    assert (state()["thpt-c"].files, state()["thpt-c"].state) == ("", "nothing")


def test_late_is_the_first_day_a_file_was_seen_against_the_deadline(folder):
    """A return sent again because the office asked for it is not late; one that came late stays late."""
    register_received(find_collection("thu"), BEFORE)
    write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), (9, 1)))
    write_return(folder / "thpt-c.xlsx", "thpt-c", ((6, 0), (9, 1)))
    register_received(find_collection("thu"), AFTER)
    found = state()
    assert [found[school].late for school in ("thpt-a", "thpt-b", "thpt-c")] == [False, False, True]


def test_a_register_begun_after_the_deadline_calls_nobody_late_who_has_sent(folder):
    """As for the returns of an old call: it knows of no file whether it was in time."""
    register_received(find_collection("thu"), AFTER)
    found = state(AFTER)
    assert [pd.isna(found[school].late) for school in ("thpt-a", "thpt-b", "thpt-c")] == [True, True, False]
    assert found["thpt-c"].late


def test_who_sent_nothing_is_late_only_once_the_deadline_is_over(folder):
    """And only where a day is given: what a notebook shows does not change overnight."""
    assert state(DUE)["thpt-c"].late is not True
    assert state(AFTER)["thpt-c"].late
    assert state()["thpt-c"].late is not True
    assert state(AFTER)["thpt-a"].late is not True  # its file lies there, its day is not known yet


def test_a_number_that_could_not_be_taken_leaves_a_school_to_mend_it(folder):
    """Every period came, yet the return is not done."""
    write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), ("khoảng 8", 1)))
    found = state()["thpt-b"]
    assert (found.errors, found.state, found.missing) == (1, "faulty", "")


def test_a_file_that_cannot_be_read_belongs_to_the_school_it_is_named_for(folder):
    """The office sees at once whom to ring up."""
    (folder / "Trường THPT C.xlsx").write_bytes(b"PK\x03\x04 cut off")
    found = state()["thpt-c"]
    assert (found.files, found.errors, found.state) == ("Trường THPT C.xlsx", 1, "partial")


def test_faults_of_nobody_known_are_told_apart(folder):
    """They are counted at no school, and not lost."""
    (folder / "báo cáo.xlsx").write_bytes(b"PK\x03\x04 cut off")
    returns = load_returns("thu")
    lines = status.unplaced_lines(status.faults(returns), returns.collection)
    assert len(lines) == 1
    assert "báo cáo.xlsx" in lines[0]
    assert sum(row.errors for row in state().values()) == 0


def test_without_a_list_of_schools_those_met_are_shown(tmp_path):
    """What is expected is unknown, so nothing is called missing."""
    write_return(tmp_path / "a.xlsx", "thpt-a", ((1, 0), (2, 0)))
    returns = load_returns(tmp_path)
    rows = status.state_of_call(returns, [])
    assert list(rows["missing"]) == [""]
    assert list(rows["state"]) == ["complete"]


# --- what changed -------------------------------------------------------------------------------------------------


def compare(folder, change):
    """What a change to the folder makes of the numbers and files."""
    before = load_returns("thu")
    change()
    after = load_returns("thu")
    rows = status.changes(before, after)
    files = [tuple(row) for row in status.changed_files(before, after).itertuples(index=False)]
    return [(row.cell, row.old, row.new, row.change) for row in rows.itertuples()], files


def test_a_changed_file_is_compared_number_by_number(folder):
    """The cell, what stood there, what stands there; what stayed is not listed."""
    rows, files = compare(folder, lambda: write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), (9, 1))))
    assert rows == [("B6", 8, 9, "changed")]
    assert files == [("thpt-b.xlsx", "changed")]


def test_new_and_lost_numbers_and_files_are_told(folder):
    """Nothing appears or disappears without a line."""

    def change():
        (folder / "thpt-b.xlsx").rename(folder.parent / "b.xlsx")
        write_return(folder / "thpt-c.xlsx", "thpt-c", ((6, 0), (None, 1)))

    rows, files = compare(folder, change)
    assert sorted(kind for *_, kind in rows) == ["added"] * 3 + ["removed"] * 4
    assert files == [("thpt-b.xlsx", "removed"), ("thpt-c.xlsx", "added")]


def test_an_inserted_row_changes_no_number(folder):
    """Numbers are matched by what they mean, not by where they stand."""

    def change():
        book = openpyxl.load_workbook(folder / "thpt-b.xlsx")
        book.active.insert_rows(1, 3)
        book.save(folder / "thpt-b.xlsx")

    assert compare(folder, change) == ([], [("thpt-b.xlsx", "changed")])


def test_nothing_changed_is_said(folder):
    """A line of its own, so that nobody wonders."""
    returns = load_returns("thu")
    lines = status.change_lines(status.changes(returns, returns), status.changed_files(returns, returns), returns)
    assert lines == ["So với lần nạp trước: không có gì thay đổi."]


# --- what is written to a school ----------------------------------------------------------------------------------


def texts(today=AFTER):
    """The reminders, by school."""
    returns = load_returns("thu")
    return status.reminders(returns, read_register(returns.collection), today)


def test_a_reminder_says_what_is_missing_what_is_wrong_and_by_when(folder):
    """Polite, complete, with the address of each cell; a school that has done its part gets none."""
    write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), ("khoảng 8", 1)))
    found = texts(BEFORE)
    assert set(found) == {"thpt-b", "thpt-c"}
    assert "Kính gửi: Trường THPT C" in found["thpt-c"]
    assert "kỳ 2022 và 2023: chưa nhận được báo cáo nào" in found["thpt-c"]
    assert "chậm nhất ngày 10-1-2024" in found["thpt-c"]
    assert all(part in found["thpt-b"] for part in ("thpt-b.xlsx", "«Báo cáo»", "B6", "HUYỆN ỦY THỬ"))
    assert "Hạn gửi đã qua 5 ngày" in texts(AFTER)["thpt-c"]


def test_a_reminder_of_a_school_that_owes_nothing_speaks_of_no_deadline(folder):
    """It sent all in time and is asked whether a number is right."""
    book = openpyxl.load_workbook(folder / "thpt-b.xlsx")
    book.active["A9"] = "(*) Số dự kiến"
    book.save(folder / "thpt-b.xlsx")
    found = texts(AFTER)["thpt-b"]
    assert "Xem lại những chỗ sau" in found
    assert "Hạn gửi đã qua" not in found


def test_a_reminder_asks_nothing_of_a_school_that_only_the_office_can_do(folder):
    """It does not know collection.toml, and published figures are not its business."""
    book = openpyxl.load_workbook(folder / "thpt-b.xlsx")
    book.active["D4"], book.active["D5"] = "Đánh giá chung kiểu mới", 3
    book.save(folder / "thpt-b.xlsx")
    assert "collection.toml" in " ".join(load_returns("thu").findings["message"])
    found = texts()["thpt-b"]
    assert "D4" in found
    assert "collection.toml" not in found
    assert "công bố" not in found


def test_reminders_hold_no_words_of_a_cell(folder):
    """A cell may hold a name; a letter to the school must not carry it further."""
    write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), ("em Nguyễn Thị Bưởi", 1)))
    assert "Bưởi" not in " ".join(texts().values())


# --- the command --------------------------------------------------------------------------------------------------


def test_the_command_works_before_any_load_and_writes_nothing(folder, capsys):
    """On the first morning, and on the day before anything came."""
    before = sorted(folder.parents[2].rglob("*"))
    assert main(["status", "thu"]) == 0
    told = capsys.readouterr().out
    assert "chưa ghi sổ" in told
    assert "dangvien load thu" in told
    for path in folder.glob("*.xlsx"):
        path.unlink()
    assert main(["status", "thu"]) == 0
    assert "3 trường chưa gửi" in capsys.readouterr().out
    assert sorted(folder.parents[2].rglob("*")) == [path for path in before if path.suffix != ".xlsx"]


def test_the_table_is_aligned_and_fits_a_terminal(folder, capsys):
    """Vietnamese letters are one place wide; a long name is cut, not the table."""
    path = folder / "collection.toml"
    long = "Trường THPT chuyên Nguyễn Thị Minh Khai huyện Định Hóa"
    path.write_text(path.read_text(encoding="utf-8").replace("Trường THPT C", long), encoding="utf-8")
    main(["load", "thu"])
    capsys.readouterr()
    main(["status", "thu"])
    lines = capsys.readouterr().out.splitlines()
    table = lines[3:8]
    assert max(map(len, table)) <= 100
    place = table[0].index("Tình trạng")
    assert [line[place - 1] for line in table if set(line) != {"-"}] == [" "] * 4
    assert sorted(line[place:].split()[0] for line in table[2:]) == ["chưa", "đủ", "đủ"]


def test_load_and_status_tell_what_changed_since_the_last_load(folder, capsys):
    """Status against the store before it is replaced; load prints the same, then nothing is new."""
    main(["load", "thu"])
    assert "So với lần nạp trước" not in capsys.readouterr().out
    write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), (9, 1)))
    for command in ("status", "load"):
        main([command, "thu"])
        told = capsys.readouterr().out
        assert "tệp đã thay: thpt-b.xlsx" in told
        assert "ô B6: 8 → 9 (Trường THPT B" in told
    main(["status", "thu"])
    assert "không có gì thay đổi" in capsys.readouterr().out


def test_the_workbook_to_mail_runs_nothing_and_prints_on_a4(folder, tmp_path, capsys):
    """One sheet for the state, one for the faults, one for the changes, one for the files; all texts are texts."""
    main(["load", "thu"])
    write_return(folder / "=1+1.xlsx", "thpt-c", ((6, 0), ("khoảng 8", 1)))
    out = tmp_path / "ra" / "tình trạng"
    assert main(["status", "thu", "--out", str(out)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("tình trạng.xlsx")
    book = openpyxl.load_workbook(out.with_suffix(".xlsx"))
    assert book.sheetnames == ["Tình trạng", "Điều cần sửa", "Thay đổi", "Tệp đã nhận"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages as there are rows
    values = [[cell.value for cell in row] for row in book["Tình trạng"].iter_rows(min_row=5)]
    assert "Kỳ đã báo cáo" in values[0]
    assert {row[1]: row[9] for row in values[1:]}["Trường THPT C"] == "cần sửa"


def test_reminders_are_printed_or_written_one_file_for_each_school(folder, tmp_path, capsys):
    """Ready to copy; as files with a mark, so that Notepad and Word read the letters."""
    assert main(["status", "thu", "--reminders"]) == 0
    assert "Kính gửi: Trường THPT C" in capsys.readouterr().out
    assert main(["status", "thu", "--reminders", str(tmp_path / "nhắc")]) == 0
    assert [path.name for path in (tmp_path / "nhắc").iterdir()] == ["nhac-thpt-c.txt"]
    content = (tmp_path / "nhắc" / "nhac-thpt-c.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    assert main(["status", "thu", "--reminders", "--school", "THPT-A"]) == 0
    assert "Không có gì phải nhắc" in capsys.readouterr().out
    assert main(["status", "thu", "--reminders", "--school", "thpt-x"]) == 2
    capsys.readouterr()
    assert main(["status", "thu", "--school", "thpt-c"]) == 0
    assert capsys.readouterr().out.startswith("Kính gửi: Trường THPT C")


def test_reminders_and_the_workbook_are_made_in_one_call(folder, tmp_path, capsys):
    """Neither option silences the other."""
    assert main(["status", "thu", "--reminders", "--out", str(tmp_path / "tinh-trang.xlsx")]) == 0
    assert "Kính gửi: Trường THPT C" in capsys.readouterr().out
    assert (tmp_path / "tinh-trang.xlsx").is_file()


# --- files that cannot be written ---------------------------------------------------------------------------------


def test_a_workbook_open_in_excel_is_a_sentence_and_stays_whole(tmp_path, monkeypatch):
    """Windows refuses to put another file in its place; nothing half-written is left beside it."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def refuse(self, target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SettingsError, match="đang mở trong Excel"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_made_is_a_sentence(folder, tmp_path, capsys):
    """A file stands where the folder should be."""
    (tmp_path / "ra").write_bytes(b"")
    assert main(["status", "thu", "--out", str(tmp_path / "ra" / "a.xlsx")]) == 2
    assert "Không ghi được" in capsys.readouterr().err
    assert main(["status", "thu", "--out", str(tmp_path / "a.docx")]) == 2


def test_a_store_that_cannot_be_written_is_a_sentence_and_stays_whole(folder, monkeypatch, capsys):
    """A read-only data/processed: what was loaded before is still there."""
    main(["load", "thu"])
    stored = folder.parents[1] / "processed" / "thu"
    kept = {path.name: path.read_bytes() for path in stored.iterdir()}
    mkdir = Path.mkdir

    def refuse(self, *arguments, **options):
        if ".new-" in self.name:
            raise PermissionError(13, "read-only")
        return mkdir(self, *arguments, **options)

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert main(["load", "thu"]) == 2
    assert "Không ghi được" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in stored.iterdir()} == kept


def test_the_workbook_is_the_same_for_the_same_day(folder):
    """No clock but the day it is told."""
    returns = load_returns("thu")
    made = [status.status_workbook(returns, [], DUE, None, None) for _ in range(2)]
    assert made[0] == made[1]
    assert openpyxl.load_workbook(BytesIO(made[0])).sheetnames == ["Tình trạng", "Điều cần sửa", "Tệp đã nhận"]


def test_cells_left_blank_are_counted(folder):
    """A half-filled return has no fault: that cells are blank is seen in the table."""
    assert state()["thpt-a"].blanks == 0
    assert status.lines.state_words(state()["thpt-a"]) == "đủ"
    book = openpyxl.load_workbook(folder / "thpt-a.xlsx")
    book["Báo cáo"]["B5"] = None
    book["Báo cáo"]["C5"] = None
    book.save(folder / "thpt-a.xlsx")
    row = state()["thpt-a"]
    assert row.blanks == 2
    assert status.lines.state_words(row) == "chưa đủ"
    assert status.lines.state_words(row._replace(state="complete")) == "đủ, có ô trống"
