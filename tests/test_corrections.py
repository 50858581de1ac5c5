"""What a school said by telephone: put in before anything is checked, refused where it no longer fits, always told."""

from datetime import date

import openpyxl
import pandas as pd
import pytest
from small_collection import make_project, write_return

from dangvien_analysis import listing, sections
from dangvien_analysis.loading import current_returns, load_returns
from dangvien_analysis.parameters import choose
from dangvien_analysis.store import is_current, open_store

HEAD = "file,sheet,cell,old,new,reason,date"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a collection of two good returns; school A's stands in thpt-a.xlsx, B5:C6."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    return make_project(tmp_path)


def correct(folder, *lines, head=HEAD, encoding="utf-8", separator=","):
    """Write corrections.csv; return what is then read."""
    text = "\r\n".join([head, *lines]).replace(",", separator) + "\r\n"
    (folder / "corrections.csv").write_bytes(text.encode(encoding))
    return load_returns("thu")


def one(returns, school="thpt-a", period="2023", measure="nominated"):
    """The number of one school, period and measure, None where there is none."""
    rows = returns.counts.query("school == @school and period == @period and measure == @measure")
    return int(rows["n"].iloc[0]) if len(rows) else None


def codes(returns, *levels):
    """The codes of the findings of these levels."""
    return sorted(returns.findings.loc[returns.findings["level"].isin(levels or ("error", "warning")), "code"])


def statuses(returns):
    """What became of each line."""
    return list(returns.corrections["status"])


GOOD = "thpt-a.xlsx,Báo cáo,B6,13,14,Văn thư trường báo lại,14/03/2024"


def test_a_correction_takes_the_place_of_the_number_and_is_told(folder):
    """The number, what the workbook's reader sees of it, an info finding, and a line in the frame."""
    returns = correct(folder, GOOD)
    assert one(returns) == 14
    assert list(returns.counts.query("cell == 'B6' and school == 'thpt-a'")["raw"]) == ["14"]
    told = returns.findings.query("code == 'correction_applied'").iloc[0]
    assert (told["level"], told["school"], told["file"], told["cell"]) == ("info", "thpt-a", "thpt-a.xlsx", "B6")
    assert all(part in told["message"] for part in ("B6", "«13»", "«14»", "14-3-2024", "Văn thư trường báo lại"))
    row = returns.corrections.iloc[0]
    assert tuple(row[["file", "sheet", "cell", "old", "new", "reason", "kind", "status", "school"]]) == (
        "thpt-a.xlsx", "Báo cáo", "B6", "13", "14", "Văn thư trường báo lại", "correction", "applied", "thpt-a",
    )  # fmt: skip
    assert row["date"].date() == date(2024, 3, 14)


def test_a_corrected_part_leaves_no_stale_finding_about_its_total(folder):
    """The cell is corrected before its table is checked: one cause, and once mended no finding."""
    book = openpyxl.load_workbook(folder / "thpt-a.xlsx")
    book.active.append(["Cộng", 26, 5])
    book.save(folder / "thpt-a.xlsx")
    assert "total_mismatch" in codes(load_returns("thu"))
    returns = correct(folder, GOOD)
    assert "total_mismatch" not in codes(returns)
    assert one(returns) == 14


def test_a_corrected_number_is_seen_whatever_its_colour(folder):
    """Somebody has said what it is: that it was white on white in the workbook asks nothing any more."""
    book = openpyxl.load_workbook(folder / "thpt-a.xlsx")
    book.active["B6"].font = openpyxl.styles.Font(color="FFFFFFFF")
    book.save(folder / "thpt-a.xlsx")
    assert "unseen_number" in codes(load_returns("thu"))
    assert "unseen_number" not in codes(correct(folder, GOOD))


def test_a_total_is_corrected_too_and_no_number_changes(folder):
    """The school typed its total wrong: the warning goes, the numbers stay."""
    book = openpyxl.load_workbook(folder / "thpt-a.xlsx")
    book.active.append(["Cộng", 26, 5])
    book.save(folder / "thpt-a.xlsx")
    before = load_returns("thu")
    returns = correct(folder, "thpt-a.xlsx,,B7,26,25,Cộng nhầm,14/03/2024")
    assert statuses(returns) == ["applied"]
    assert "total_mismatch" not in codes(returns)
    pd.testing.assert_frame_equal(returns.counts, before.counts)


def test_words_that_are_no_number_and_blanks_can_be_corrected(folder):
    """«Khoảng 13» was an error, a blank was not reported; the telephone gives both a number: no error is left."""
    write_return(folder / "thpt-a.xlsx", "thpt-a", ((12, None), ("khoảng 13", 3)))
    assert codes(load_returns("thu"), "error") == ["not_a_count"]
    lines = ("thpt-a.xlsx,,B6,khoảng 13,13,Báo lại,14/03/2024", "thpt-a.xlsx,,C5,,2,Báo lại,14/03/2024")
    returns = correct(folder, *lines)
    assert statuses(returns) == ["applied", "applied"]
    assert (one(returns), one(returns, period="2022", measure="admitted")) == (13, 2)
    assert codes(returns, "error") == []


def test_a_number_is_taken_back_only_by_saying_so(folder):
    """A cell left empty by mistake in the file must not take a number away."""
    assert statuses(correct(folder, GOOD.replace(",14,", ",,"))) == ["refused"]
    returns = correct(folder, GOOD.replace(",14,", ",Chưa báo cáo,"))
    assert statuses(returns) == ["applied"]
    assert one(returns) is None


def test_several_lines_for_one_cell_follow_their_dates(folder):
    """Each finds what the one before it left, in whatever order they were typed."""
    later = "thpt-a.xlsx,Báo cáo,B6,14,15,Báo lại lần hai,20/03/2024"
    returns = correct(folder, later, GOOD)
    assert statuses(returns) == ["applied", "applied"]
    assert list(returns.corrections["new"]) == ["14", "15"]
    assert one(returns) == 15


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (GOOD.replace(",13,", ",12,"), "đang ghi «13»"),
        (GOOD.replace("B6", "E9"), "đang để trống"),
        (GOOD.replace("B6,13", "A4,Năm"), "đổi nghĩa"),
        (GOOD.replace("B6,13", "A6,2023"), "đổi nghĩa"),
        (GOOD.replace("B6,13", "H30,"), "không nằm trong bảng số liệu"),
        (GOOD.replace("thpt-a.xlsx", "thpt-x.xlsx"), "không có tệp"),
        (GOOD.replace("Báo cáo", "Trang 9"), "«Báo cáo»"),
        (GOOD.replace("B6", "dòng 6"), "D14"),
        (GOOD.replace("B6", "B6:B7"), "D14"),
        (GOOD.replace(",14,", ",khoảng 14,"), "cột new"),
        (GOOD.replace(",14,", ",-1,"), "cột new"),
        (GOOD.replace("14/03/2024", "3/14/2024"), "cột date"),
        (GOOD.replace("14/03/2024", ""), "cột date"),
        (GOOD.replace("Văn thư trường báo lại", ""), "cột reason"),
        (GOOD + ",thừa", "nhiều cột"),
    ],
)  # fmt: skip
def test_a_line_that_does_not_fit_is_refused_and_changes_nothing(folder, line, said):
    """The number stays what the school wrote; a warning says which line, and what is wrong with it."""
    before = load_returns("thu").counts
    returns = correct(folder, line)
    pd.testing.assert_frame_equal(returns.counts, before)
    assert statuses(returns) == ["refused"]
    told = returns.findings.query("code == 'correction_refused'")
    assert list(told["level"]) == ["warning"]
    assert "Dòng 2 của corrections.csv" in told["message"].iloc[0]
    assert said in told["message"].iloc[0]


def test_a_refusal_quotes_what_stands_there_only_as_far_as_it_is_a_number(folder):
    """A cell may hold a name; neither a message nor the frame carries it on."""
    write_return(folder / "thpt-a.xlsx", "thpt-a", ((12, 2), ("em Nguyễn Thị Bưởi", 3)))
    returns = correct(folder, GOOD, GOOD.replace(",13,", ",em Trần Văn Chuối,"))
    assert statuses(returns) == ["refused", "refused"]
    assert "đang ghi chữ" in " ".join(returns.findings["message"])
    for frame in (returns.findings, returns.corrections):
        assert not frame.astype(str).apply(lambda column: column.str.contains("Bưởi|Chuối")).any(axis=None)


def test_a_school_that_sent_the_right_number_meanwhile_makes_the_line_unneeded(folder):
    """That is good news: an info, no warning."""
    write_return(folder / "thpt-a.xlsx", "thpt-a", ((12, 2), (14, 3)))
    returns = correct(folder, GOOD)
    assert statuses(returns) == ["unneeded"]
    assert one(returns) == 14
    assert "correction_refused" not in codes(returns)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_file_is_read_however_excel_wrote_it(folder, encoding, separator):
    """UTF-8 with its mark, "Unicode text", the old Vietnamese code page; commas, semicolons, tabs."""
    line = GOOD if encoding != "cp1258" else GOOD.replace("Báo cáo", "").replace("Văn thư trường báo lại", "Báo lai")
    returns = correct(folder, line, ",,,,,,", encoding=encoding, separator=separator)
    assert statuses(returns) == ["applied"]
    assert "Báo" in returns.corrections["reason"].iloc[0] or "Văn thư" in returns.corrections["reason"].iloc[0]


@pytest.mark.parametrize("head", ["Tệp,Trang,Ô,Cũ,Mới,Lý do,Ngày", "FILE,Sheet,Cell,Old,New,Reason,Date,ghi chú"])
def test_the_headings_may_be_vietnamese_and_columns_of_the_clerks_own_are_left_alone(folder, head):
    """Whoever keeps the file names the columns as they are called in the office."""
    assert statuses(correct(folder, GOOD, head=head)) == ["applied"]


@pytest.mark.parametrize("day", ["14/3/2024", "14-03-2024", "14.3.2024", "2024-03-14"])
def test_a_date_is_read_as_vietnamese_write_it(folder, day):
    """Day before month, or the year first."""
    returns = correct(folder, GOOD.replace("14/03/2024", day))
    assert returns.corrections["date"].iloc[0].date() == date(2024, 3, 14)


@pytest.mark.parametrize("text", ["=1+1", "+84", "-x", "@SUM(A1)", "'=1+1"])
def test_a_text_that_looks_like_a_formula_stays_a_text(folder, text):
    """Kept as typed, and written as a text wherever Excel may open it."""
    correct(folder, GOOD.replace("Văn thư trường báo lại", text)).save()
    assert open_store("thu").corrections["reason"].iloc[0] == text.removeprefix("'")
    path = folder.parents[1] / "processed" / "thu" / "counts.xlsx"
    cells = [cell for row in openpyxl.load_workbook(path)["Sửa theo điện thoại"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}


@pytest.mark.parametrize("content", [b"", b"file,sheet,cell\r\nx,y,z\r\n", b"\x81\xd2\xff\x00\xff", b'"open'])
def test_a_file_that_is_no_list_of_corrections_is_one_error(folder, content):
    """Else a clerk would believe that what was said by telephone counts."""
    (folder / "corrections.csv").write_bytes(content)
    returns = load_returns("thu")
    assert codes(returns, "error") == ["correction_refused"]
    assert one(returns) == 13


def test_only_the_lines_for_the_files_being_read_are_looked_at(folder):
    """One return is checked by itself; the lines for the others are neither applied nor refused."""
    correct(folder, GOOD, GOOD.replace("thpt-a", "thpt-b").replace("13,14", "8,9"))
    returns = load_returns(folder / "thpt-b.xlsx")
    assert statuses(returns) == ["applied"]
    assert one(returns, "thpt-b") == 9


def test_a_file_in_a_folder_is_found_by_its_name_and_by_its_path(folder):
    """As Windows writes a path, and by the bare name where only one file bears it."""
    (folder / "lần 2").mkdir()
    (folder / "thpt-a.xlsx").rename(folder / "lần 2" / "thpt-a.xlsx")
    for name in ("lần 2\\THPT-A.xlsx", "lần 2/thpt-a.xlsx", "thpt-a.xlsx"):
        assert statuses(correct(folder, GOOD.replace("thpt-a.xlsx", name))) == ["applied"]


def test_what_was_loaded_is_out_of_date_when_a_correction_changes(folder):
    """The file is an input like the returns; what is stored is what was said."""
    correct(folder, GOOD).save()
    assert is_current(open_store("thu").collection)
    assert statuses(open_store("thu")) == ["applied"]
    (folder / "corrections.csv").write_text(f"{HEAD}\n{GOOD.replace(',14,', ',16,')}\n", encoding="utf-8")
    assert one(current_returns("thu")) == 16


# --- accepted warnings ------------------------------------------------------------------------------------------


@pytest.fixture
def mismatch(folder):
    """The sentence of a warning: a total that is not the sum of its parts."""
    book = openpyxl.load_workbook(folder / "thpt-a.xlsx")
    book.active.append(["Cộng", 26, 5])
    book.save(folder / "thpt-a.xlsx")
    return load_returns("thu").findings.query("code == 'total_mismatch'")["message"].iloc[0]


def accept(folder, sentence, place="thpt-a.xlsx,Báo cáo,B7"):
    """Accept a warning by its sentence, as copied from the list."""
    return correct(folder, f'{place},"{sentence}",chấp nhận,Trường giải thích: có một em học lại,14/03/2024')


def test_an_accepted_warning_is_quiet_and_listed(folder, mismatch):
    """No warning any more, an info with the reason, a line in the frame; the file counts no warning."""
    returns = accept(folder, mismatch)
    assert codes(returns, "warning") == []
    told = returns.findings.query("code == 'warning_accepted'").iloc[0]
    assert told["level"] == "info"
    assert mismatch in told["message"]
    assert "có một em học lại" in told["message"]
    assert list(returns.files["warnings"]) == [0, 0]
    row = returns.corrections.iloc[0]
    assert (row["kind"], row["status"], row["old"], row["school"]) == ("acceptance", "applied", mismatch, "thpt-a")


def test_a_warning_comes_back_when_its_numbers_change(folder, mismatch):
    """What was accepted is what the sentence said, not whatever may stand there next month."""
    book = openpyxl.load_workbook(folder / "thpt-a.xlsx")
    book.active["B7"] = 40
    book.save(folder / "thpt-a.xlsx")
    returns = accept(folder, mismatch)
    assert "total_mismatch" in codes(returns, "warning")
    assert codes(returns, "info").count("acceptance_unused") == 1
    assert statuses(returns) == ["unneeded"]


def test_an_acceptance_for_a_file_that_is_not_being_read_is_left_alone(folder, mismatch):
    """One return is checked by itself; the line for another is neither used nor called needless."""
    accept(folder, mismatch)
    assert statuses(load_returns(folder / "thpt-b.xlsx")) == []
    assert statuses(load_returns(folder / "thpt-a.xlsx")) == ["applied"]


def test_an_error_cannot_be_accepted(folder):
    """The number was not taken: there is nothing to accept."""
    write_return(folder / "thpt-a.xlsx", "thpt-a", ((12, 2), ("khoảng 13", 3)))
    error = load_returns("thu").findings.query("level == 'error'")["message"].iloc[0]
    returns = accept(folder, error, "thpt-a.xlsx,Báo cáo,B6")
    assert statuses(returns) == ["refused"]
    assert codes(returns, "error") == ["not_a_count"]


def test_a_warning_about_a_school_is_accepted_by_its_id(folder):
    """It belongs to no file: the school's id stands in its place."""
    (folder / "thpt-b.xlsx").unlink()
    sentence = load_returns("thu").findings.query("code == 'missing_return'")["message"].iloc[0]
    returns = accept(folder, sentence, "thpt-b,,")
    assert statuses(returns) == ["applied"]
    assert "missing_return" not in codes(returns)
    assert returns.corrections["school"].iloc[0] == "thpt-b"


# --- in the reports ---------------------------------------------------------------------------------------------


def test_every_report_lists_what_was_changed_with_date_and_reason(folder, mismatch):
    """A reader sees which numbers are not the ones in the workbooks."""
    assert [block.kind for block in sections.corrections(choose(load_returns("thu")))] == ["note"]
    quoted = f'thpt-a.xlsx,Báo cáo,B7,"{mismatch}",chấp nhận,Trường đã giải thích,15/03/2024'
    returns = correct(folder, GOOD.replace("B6,13,14", "C6,3,4"), quoted, GOOD.replace("B6,13", "C5,99"))
    words = " ".join(str(block.to_dict()) for block in sections.corrections(choose(returns)))
    for told in ("14-3-2024", "Văn thư trường báo lại", "Trường THPT A", "C6", "Trường đã giải thích", "15-3-2024"):
        assert told in words
    assert "99" not in words  # refused: it stands among what has to be looked at


def test_one_schools_report_lists_only_its_own(folder):
    """Another school's telephone call is not its business."""
    returns = correct(folder, GOOD, GOOD.replace("thpt-a", "thpt-b").replace("13,14", "8,9"))
    words = " ".join(str(block.to_dict()) for block in sections.corrections(choose(returns, "thpt-b")))
    assert "thpt-b" in words
    assert "thpt-a" not in words


def test_the_words_of_a_correction_are_those_of_the_workbook(folder):
    """Every kind and status has a Vietnamese name."""
    returns = correct(folder, GOOD)
    assert listing.readable_corrections(returns.corrections)[["kind", "status"]].notna().all(axis=None)
