"""`dangvien check`: what goes back to a school, and that it loads like what the school sent."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.comments import Comment
from small_collection import make_project
from workbook_files import ods_cell, ods_row, ods_table, write_ods

from dangvien_analysis import load_returns
from dangvien_analysis.cli import main
from dangvien_analysis.frames import COUNT_KEY
from dangvien_analysis.marking import checking, incoming, telling
from dangvien_analysis.marking.comments import HEADS
from dangvien_analysis.marking.styles import FILLS
from dangvien_analysis.reading.own_list import LIST_SHEET, LIST_SIGN
from dangvien_analysis.returns import messages
from dangvien_analysis.workbook import read_workbook

SAMPLE = Path(__file__).parent.parent / "data" / "raw" / "sample"
TODAY = date(2024, 3, 20)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A collection of two schools, of which the first sent words and a negative number."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    folder = make_project(tmp_path)
    change(folder / "thpt-a.xlsx", B5="khoảng 12", C6=-3)
    return folder


def change(path, sheet=None, **cells):
    """Set cells of a workbook as a person would, and save it."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        (book[sheet] if sheet else book["Báo cáo"])[cell] = value
    book.save(path)
    return path


def check(*paths, out, name=None):
    """Check files of one collection, and return the verdicts by file."""
    (group,) = incoming.gather(paths, name)
    return {verdict.file: verdict for verdict in checking.check(group, out, TODAY)}


def numbers(returns):
    """Return the numbers that were taken, by what they mean."""
    return returns.counts.set_index(COUNT_KEY)["n"].sort_index().to_dict()


def marks(path, sheet="Báo cáo"):
    """Return the marked ranges by level, and the comments by cell."""
    book = openpyxl.load_workbook(path)
    rules = {}
    for rule in book[sheet].conditional_formatting:
        level = rule.rules[0].formula[0].partition("dangvien:")[2].partition('"')[0]
        rules.setdefault(level, set()).update(str(rule.sqref).split())
    comments = {cell.coordinate: cell.comment.text for row in book[sheet] for cell in row if cell.comment}
    return rules, comments


def listed(path):
    """Return the rows of the list: level, sheet, cells, what to do."""
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0]]
    head = next(index for index, row in enumerate(rows) if row[0] == "TT")
    return [row[1:] for row in rows[head + 1 :]]


def test_faulty_cells_are_coloured_commented_and_listed(folder, tmp_path):
    """What the school opens shows where, how grave, and what to do."""
    verdict = check(folder / "thpt-a.xlsx", out=tmp_path / "out")["thpt-a.xlsx"]
    rules, comments = marks(verdict.written)
    assert verdict.marked
    assert rules == {"error": {"B5", "C6"}}
    assert set(comments) == {"B5", "C6"}
    assert comments["C6"].startswith(HEADS[True])
    assert "Ô C6 ghi «-3»" in comments["C6"]
    rows = listed(verdict.written)
    assert [row[:3] for row in rows] == [["Lỗi", "Báo cáo", "B5"], ["Lỗi", "Báo cáo", "C6"]]
    assert rows[1][3] in comments["C6"]


def test_the_list_comes_first_and_links_to_the_cells(folder, tmp_path):
    """One click leads from the list to the cell."""
    book = openpyxl.load_workbook(check(folder / "thpt-a.xlsx", out=tmp_path / "out")["thpt-a.xlsx"].written)
    assert book.sheetnames == [LIST_SHEET, "Báo cáo"]
    links = [cell.hyperlink.location for row in book[LIST_SHEET] for cell in row if cell.hyperlink]
    assert links == ["'Báo cáo'!B5", "'Báo cáo'!C6"]
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [LIST_SHEET]
    assert book[LIST_SHEET].page_setup.paperSize == 9


def test_the_original_is_never_touched(folder, tmp_path):
    """Same bytes, same time stamp."""
    path = folder / "thpt-a.xlsx"
    before = hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns
    check(path, out=tmp_path / "out")
    assert (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) == before


def test_a_good_file_gets_a_verdict_and_nothing_else(folder, tmp_path):
    """There is nothing to send back."""
    verdict = check(folder / "thpt-b.xlsx", out=tmp_path / "out")["thpt-b.xlsx"]
    assert (verdict.counts, verdict.notes, verdict.written) == (4, (), None)
    assert not (tmp_path / "out").exists()


def test_the_marked_copy_loads_like_the_original(folder, tmp_path):
    """The list is skipped without a word, and colours and comments are no content."""
    before = load_returns("thu")
    shutil.copy(check(folder / "thpt-a.xlsx", out=tmp_path / "out")["thpt-a.xlsx"].written, folder / "thpt-a.xlsx")
    after = load_returns("thu")
    assert numbers(after) == numbers(before)
    assert after.findings.equals(before.findings)
    assert after.files.drop(columns="sha256").equals(before.files.drop(columns="sha256"))


def test_the_mended_copy_loads_without_findings(folder, tmp_path):
    """The right numbers written into the marked copy are all it takes."""
    written = check(folder / "thpt-a.xlsx", out=tmp_path / "out")["thpt-a.xlsx"].written
    change(written, B5=12, C6=3)
    shutil.copy(written, folder / "thpt-a.xlsx")
    returns = load_returns("thu")
    assert returns.findings.empty
    assert len(returns.counts) == 8


def test_rows_inserted_into_the_marked_copy_do_no_harm(folder, tmp_path):
    """Marks that have moved with their cells, or have not, are still no content."""
    written = check(folder / "thpt-a.xlsx", out=tmp_path / "out")["thpt-a.xlsx"].written
    book = openpyxl.load_workbook(written)
    book["Báo cáo"].insert_rows(2)
    book["Báo cáo"]["B6"], book["Báo cáo"]["C7"] = 12, 3
    book.save(folder / "thpt-a.xlsx")
    assert load_returns("thu").findings.empty


def test_a_second_check_replaces_list_and_marks(folder, tmp_path):
    """What was mended loses its colour, its comment and its line; nothing piles up."""
    first = check(folder / "thpt-a.xlsx", out=tmp_path / "one")["thpt-a.xlsx"].written
    sent = tmp_path / "mail" / "thpt-a.xlsx"
    sent.parent.mkdir()
    shutil.copy(first, sent)
    change(sent, B5=12)
    second = check(sent, out=tmp_path / "two", name="thu")["thpt-a.xlsx"].written
    rules, comments = marks(second)
    assert rules == {"error": {"C6"}}
    assert set(comments) == {"C6"}
    assert openpyxl.load_workbook(second).sheetnames == [LIST_SHEET, "Báo cáo"]
    assert len(listed(second)) == 1


def test_a_schools_own_fill_and_comment_stay(folder, tmp_path):
    """A mark lies over the cell's own fill; a note joins the comment that is there, and leaves it when mended."""
    path = folder / "thpt-a.xlsx"
    book = openpyxl.load_workbook(path)
    for cell in ("C6", "B6"):
        book["Báo cáo"][cell].comment = Comment("Đã đối chiếu với sổ.", "Nhà trường")
    book["Báo cáo"]["C6"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
    book.save(path)
    first = check(path, out=tmp_path / "one")["thpt-a.xlsx"].written
    comments = marks(first)[1]
    assert comments["B6"] == "Đã đối chiếu với sổ."
    assert comments["C6"].startswith(f"Đã đối chiếu với sổ.\n\n{HEADS[True]}")
    assert openpyxl.load_workbook(first)["Báo cáo"]["C6"].fill.fgColor.rgb == "FF00FF00"
    shutil.copy(first, path)
    change(path, C6=3)
    assert marks(check(path, out=tmp_path / "two")["thpt-a.xlsx"].written)[1]["C6"] == "Đã đối chiếu với sổ."


def test_several_findings_on_one_cell_share_one_comment(tmp_path):
    """A comment is one box; the gravest finding heads it."""
    one, two = (
        checking.Note("warning", "S", "B5", "Ô B5 một."),
        checking.Note("error", "S", "B5:C6", "Ô B5 hai."),
    )
    from dangvien_analysis.marking.comments import with_notes
    from dangvien_analysis.marking.notes import by_cell

    said = with_notes({}, by_cell([one, two]))
    assert said["B5"].text == f"{HEADS[True]}\nÔ B5 một.\nÔ B5 hai."


def test_errors_and_warnings_differ_without_colour():
    """On a black-and-white print one is at least a fifth darker."""
    light = {level: _lightness(colour) for level, colour in FILLS.items()}
    assert light["error"] + 0.2 < light["warning"] < 0.92


def _lightness(argb):
    red, green, blue = (int(argb[at : at + 2], 16) for at in (2, 4, 6))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def test_numbers_that_disagree_are_marked_in_both_files(folder, tmp_path):
    """Nobody knows which of the two schools' files is wrong, so both are asked."""
    shutil.copy(folder / "thpt-b.xlsx", folder / "thpt-b-moi.xlsx")
    change(folder / "thpt-b-moi.xlsx", B5=7)
    verdicts = check(folder / "thpt-b.xlsx", folder / "thpt-b-moi.xlsx", out=tmp_path / "out")
    for name in ("thpt-b.xlsx", "thpt-b-moi.xlsx"):
        assert marks(verdicts[name].written)[0] == {"error": {"B5"}}
        assert "hỏi lại trường" not in listed(verdicts[name].written)[0][3]


def test_many_numbers_that_disagree_are_one_note_and_marked_whole_in_both_files(folder, tmp_path):
    """The other side is not its first cell only, and a file's own side is not told twice."""
    shutil.copy(folder / "thpt-b.xlsx", folder / "thpt-b-moi.xlsx")
    change(folder / "thpt-b-moi.xlsx", B5=7, C5=5)
    verdicts = check(folder / "thpt-b.xlsx", folder / "thpt-b-moi.xlsx", out=tmp_path / "out")
    for name in ("thpt-b.xlsx", "thpt-b-moi.xlsx"):
        assert verdicts[name].count("error") == 1
        assert marks(verdicts[name].written)[0] == {"error": {"B5:C5"}}


def test_a_file_from_elsewhere_takes_the_place_of_the_one_it_mends(folder, tmp_path):
    """Else every number that was mended would disagree with the one it replaces."""
    mail = tmp_path / "mail"
    mail.mkdir()
    shutil.copy(folder / "thpt-b.xlsx", mail / "thpt-b.xlsx")
    change(mail / "thpt-b.xlsx", B5=7)
    assert check(mail / "thpt-b.xlsx", out=tmp_path / "out", name="thu")["thpt-b.xlsx"].notes == ()


def test_a_file_of_no_collection_is_checked_by_itself(folder, tmp_path):
    """Nothing else in its folder is read, and the result lies beside it."""
    mail = tmp_path / "mail"
    mail.mkdir()
    shutil.copy(folder / "thpt-a.xlsx", mail / "thpt-a.xlsx")
    shutil.copy(folder / "thpt-a.xlsx", mail / "other.xlsx")
    (group,) = incoming.gather([mail / "thpt-a.xlsx"], None)
    assert not group.known
    assert incoming.default_folder(group) == mail / "can-sua"
    assert list(check(mail / "thpt-a.xlsx", out=mail / "can-sua")) == ["thpt-a.xlsx"]


@pytest.mark.parametrize("what", ["*.xlsx", "."])
def test_a_folder_or_a_pattern_means_its_files(what, folder):
    """Windows hands a pattern to the program as it was typed."""
    (group,) = incoming.gather([folder / what], None)
    assert list(group.files) == ["thpt-a.xlsx", "thpt-b.xlsx"]


# --- files that cannot be written back --------------------------------------------------------------------------


def _xls(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Báo cáo")
    rows = [["TRƯỜNG THPT A"], ["Năm", "Cử đi học"], [2022, "khoảng 5"], [2023, 4]]
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    book.save(str(path))


def _ods(path):
    rows = [
        ods_row(ods_cell("string", "TRƯỜNG THPT A")),
        ods_row(ods_cell("string", "Năm"), ods_cell("string", "Cử đi học")),
        ods_row(ods_cell("float", "2022", office_value="2022"), ods_cell("string", "khoảng 5")),
        ods_row(ods_cell("float", "2023", office_value="2023"), ods_cell("float", "4", office_value="4")),
    ]
    write_ods(path, ods_table(*rows))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("bao-cao.xls", _xls),
        ("bao-cao.ods", _ods),
        ("hong.xlsx", lambda path: path.write_bytes(b"PK\x03\x04 hong")),
        ("rong.xlsx", lambda path: path.write_bytes(b"")),
    ],
)
def test_a_file_that_cannot_be_written_back_gets_the_list_alone(name, write, folder, tmp_path):
    """Old formats and damaged files are answered all the same."""
    write(folder / name)
    verdict = check(folder / name, out=tmp_path / "out")[name]
    assert not verdict.marked
    assert verdict.written == tmp_path / "out" / f"{name} - can sua.xlsx"
    assert openpyxl.load_workbook(verdict.written).sheetnames == [LIST_SHEET]
    assert listed(verdict.written)[0][0] == "Lỗi"


@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_a_list_of_people_goes_into_no_file(state, folder, tmp_path):
    """Not even back to its sender, not even hidden: the list alone is written, and names `dangvien tally`."""
    path = folder / "thpt-a.xlsx"
    book = openpyxl.load_workbook(path)
    people = book.create_sheet("Danh sách")
    people.append(["STT", "Họ và tên", "Ngày sinh"])
    people.append([1, "Nguyễn Thị Không Có Thật", "01/01/2006"])
    people.sheet_state = state
    book.save(path)
    verdict = check(path, out=tmp_path / "out")["thpt-a.xlsx"]
    assert not verdict.marked
    said = str([[cell.value for cell in row] for row in openpyxl.load_workbook(verdict.written).worksheets[0]])
    assert "Không Có Thật" not in said
    assert ("dangvien tally" in said) == (state == "visible")


# --- the list, known again --------------------------------------------------------------------------------------


def test_a_schools_own_sheet_of_that_name_is_read(folder):
    """The list is known by what it says, not by its name."""
    path = folder / "thpt-b.xlsx"
    book = openpyxl.load_workbook(path)
    book["Báo cáo"].title = LIST_SHEET
    book.save(path)
    assert set(load_returns("thu").counts.query("school == 'thpt-b'")["sheet"]) == {LIST_SHEET}


def test_the_list_is_known_under_another_name(folder, tmp_path):
    """Whoever renames it does no harm."""
    written = check(folder / "thpt-a.xlsx", out=tmp_path / "out")["thpt-a.xlsx"].written
    book = openpyxl.load_workbook(written)
    book[LIST_SHEET].title = "Sheet1"
    book.save(folder / "thpt-a.xlsx")
    assert [sheet.name for sheet in read_workbook(folder / "thpt-a.xlsx").sheets] == ["Báo cáo"]


def test_the_list_sent_back_alone_is_told(folder, tmp_path):
    """A school that returns the list instead of its report has not reported."""
    (folder / "x.xlsx").write_bytes(b"PK")
    alone = check(folder / "x.xlsx", out=tmp_path / "out")["x.xlsx"].written
    workbook = read_workbook(alone)
    assert workbook.sheets == ()
    assert [problem.code for problem in workbook.problems] == ["only_list"]


def test_a_number_written_into_the_list_is_told(folder, tmp_path):
    """It is in no cell that is read, and no number is left out without a word."""
    written = check(folder / "thpt-a.xlsx", out=tmp_path / "out")["thpt-a.xlsx"].written
    book = openpyxl.load_workbook(written)
    book[LIST_SHEET]["F9"] = 12
    book.save(written)
    assert [(p.code, p.cell) for p in read_workbook(written).problems] == [("numbers_in_list", "F9")]


def test_the_list_bears_its_sign_in_one_cell(folder, tmp_path):
    """The sentence that the loader knows the list by is the one that is written."""
    book = openpyxl.load_workbook(check(folder / "thpt-a.xlsx", out=tmp_path / "out")["thpt-a.xlsx"].written)
    assert sum(cell.value == LIST_SIGN for row in book[LIST_SHEET] for cell in row) == 1


# --- words ------------------------------------------------------------------------------------------------------


def test_a_school_is_not_told_what_only_the_office_can_do():
    """No file of the project is named, and nobody is told to ask the school."""
    said = [
        messages.unknown_header("B2", "Kết nạp …", "B3:B9", "kết nạp"),
        messages.unknown_school("A3", "B3:F3", "Trường THPT A"),
        messages.form_sheets_missing(5, 4),
        messages.disagreeing("kết nạp, 2023", ["x", "y"], ["B2: 3, C2: 4"], 0),
    ]
    for message in map(telling.for_school, said):
        assert "collection.toml" not in message
        assert "aliases" not in message
        assert "hỏi lại trường" not in message
        assert "ãy " not in message


def test_a_place_named_in_a_message_is_found_again():
    """The other side of a disagreement is read from the sentence that names it."""
    row = {"file": "xa 1/bao-cao.xlsx", "sheet": "Năm 2021", "cell": "AB12"}
    assert messages.places_named(f"khác nhau: {messages.place(row)}: 5; x") == [tuple(row.values())]
    row["cell"] = "C8:E8, D9, AB12:AC14"
    assert messages.places_named(f"khác nhau: {messages.place(row)}; x") == [tuple(row.values())]


# --- the command ------------------------------------------------------------------------------------------------


def test_the_exit_status_tells_of_errors(folder, tmp_path, capsys):
    """0 nothing to mend, 1 errors, 2 not started."""
    assert main(["check", str(folder / "thpt-b.xlsx")]) == 0
    assert main(["check", str(folder / "thpt-a.xlsx")]) == 1
    assert main(["check", str(folder / "nobody.xlsx")]) == 2
    said = capsys.readouterr()
    assert "thpt-a.xlsx: 2 lỗi; nhận được 2 số." in said.out
    assert str(tmp_path / "reports" / "thu" / "can-sua" / "thpt-a.xlsx") in said.out


@pytest.mark.parametrize("out", ["data/raw/thu", "data/raw/thu/moi"])
def test_a_copy_is_never_laid_among_the_returns(out, folder, tmp_path, capsys):
    """It would be read as one return more, or take the place of the original."""
    assert main(["check", str(folder / "thpt-a.xlsx"), "--out", str(tmp_path / out)]) == 2
    assert "--out" in capsys.readouterr().err


def test_a_copy_is_never_written_over_a_file_that_is_checked(folder, tmp_path):
    """A copy that was mended where it was made is the school's work by then."""
    main(["check", str(folder / "thpt-a.xlsx")])
    made = tmp_path / "reports" / "thu" / "can-sua" / "thpt-a.xlsx"
    assert main(["check", str(made), "--collection", "thu"]) == 2


def test_a_file_that_cannot_be_replaced_is_told_and_nothing_is_left_behind(folder, tmp_path, capsys):
    """Open in Excel, or a folder that takes nothing: a sentence, and no half of a workbook."""
    out = tmp_path / "out"
    (out / "thpt-a.xlsx" / "x").mkdir(parents=True)
    assert main(["check", str(folder / "thpt-a.xlsx"), "--out", str(out)]) == 1
    assert "Không ghi được" in capsys.readouterr().out
    assert sorted(path.name for path in out.rglob("*")) == ["thpt-a.xlsx", "x"]


def test_what_an_earlier_check_wrote_is_called_outdated(folder, tmp_path, capsys):
    """A clerk who mails the whole folder should not send it; it is not deleted, for somebody may have worked in it."""
    main(["check", str(folder / "thpt-a.xlsx")])
    change(folder / "thpt-a.xlsx", B5=12, C6=3)
    assert main(["check", str(folder / "thpt-a.xlsx")]) == 0
    assert "không còn đúng" in capsys.readouterr().out


def test_the_terminal_names_no_person(folder, tmp_path, capsys):
    """Words in a cell are named by their address."""
    change(folder / "thpt-a.xlsx", B5="hỏi cô Nguyễn Thị Không Có Thật")
    main(["check", str(folder / "thpt-a.xlsx")])
    said = capsys.readouterr()
    assert "Không Có Thật" not in said.out + said.err
