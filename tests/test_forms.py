"""The official return: what is typed into a form comes back exactly, whoever typed it, and nothing else does."""

from datetime import datetime
from random import Random

import openpyxl
import pytest
from form_files import fill, make_collection, make_form, read

from dangvien_analysis import identity, load_returns
from dangvien_analysis.cli import main
from dangvien_analysis.forms import Key, plan_form
from dangvien_analysis.forms.layout import Blocked, Choice, Day, Input, Live
from dangvien_analysis.workbook import address

PERIODS = (
    ("2024",),
    ("2021", "2022", "2023", "2024"),
    ("2023-2024",),
    ("2022-2023", "2023-2024"),
    ("2024-Q1", "2024-Q2"),
    ("2023-H2", "2024-H1"),
    ("2023-11/2024-10",),
)
# Findings about what the numbers say of each other; numbers drawn by chance are odd.
ABOUT_NUMBERS = {"part_above_whole", "parts_differ", "above_headcount", "headcount_jump", "stages_out_of_order"}
ABOUT_NUMBERS |= {"above_target", "cohort_differs", "cohort_exceeded", "cohort_unbalanced", "reasons_differ"}


@pytest.fixture
def collection(tmp_path):
    """An office that asks for two years."""
    return make_collection(tmp_path / "an-phu", "2023", "2024")


def sound(form) -> dict[Key, int]:
    """Return numbers for every cell that agree with each other."""
    size = {"headcount": 100, "party_members": 60, "source": 30, "nominated": 12, "trained": 12, "mentored": 9}
    numbers = {}
    for key in form.inputs().values():
        n = size.get(key.measure, 1)
        numbers[key] = n if key.breakdown == "total" else n // 3
    return numbers


# --- round trips ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("school", [0, 1])
@pytest.mark.parametrize("periods", PERIODS)
def test_any_counts_typed_into_a_form_come_back_cell_for_cell(tmp_path, periods, school):
    """A number typed is the number read, a cell left blank is not reported; no error and no question about reading."""
    random = Random(repr((periods, school)))
    collection = make_collection(tmp_path / "an-phu", *periods)
    path = collection.folder / "bao-cao.xlsx"
    form = make_form(path, collection, school)
    keys = sorted(form.inputs().values(), key=str)
    typed = {key: random.choice([0, 1, 7, 99_999, random.randrange(99_999)]) for key in random.sample(keys, 25)}
    fill(path, form, typed)
    numbers, asked = read(path, collection.schools[school].id)
    assert numbers == typed
    assert set(asked) <= {f"warning {code}" for code in ABOUT_NUMBERS}


@pytest.mark.parametrize("periods", PERIODS)
def test_a_form_filled_in_full_asks_nothing(tmp_path, periods):
    """Numbers that agree with each other give no error and no warning, whatever the periods are."""
    collection = make_collection(tmp_path / "an-phu", *periods)
    path = collection.folder / "bao-cao.xlsx"
    form = make_form(path, collection)
    fill(path, form, sound(form))
    assert read(path) == (sound(form), [])


def test_a_form_filled_by_our_own_program_asks_nothing(collection):
    """The stored values of sums and warnings are read and agree: there is nothing to tell, not even for information."""
    path = collection.folder / "bao-cao.xlsx"
    numbers = sound(plan_form(collection, collection.schools[0]))
    make_form(path, collection, numbers=numbers)
    assert read(path) == (numbers, [])
    assert set(load_returns(path).findings["code"]) == {"missing_return"}  # of the other school


def test_columns_that_compute_themselves_are_told_in_a_form_that_is_not_ours(collection):
    """Without the form's identity nothing says that nobody wrote into them."""
    path = collection.folder / "bao-cao.xlsx"
    make_form(path, collection, numbers=sound(plan_form(collection, collection.schools[0])))
    book = openpyxl.load_workbook(path, data_only=True)
    book.custom_doc_props.props.clear()
    book.save(path)
    findings = load_returns(path).findings
    found = findings[findings["code"] == "computed_column"]
    assert set(found["level"]) == {"info"}
    assert "Khóa học" in set(found["sheet"])


def test_an_empty_form_gives_no_counts_and_no_question(collection):
    """Nothing typed is nothing reported: only that the periods are still missing."""
    path = collection.folder / "bao-cao.xlsx"
    make_form(path, collection)
    assert read(path) == ({}, [])
    assert set(load_returns(path).findings["level"]) <= {"info", "warning"}


def test_the_day_on_the_first_sheet_speaks_for_all_sheets(collection):
    """The day a return speaks for is typed once, as a date or as a text."""
    path = collection.folder / "bao-cao.xlsx"
    form = make_form(path, collection)
    fill(path, form, sound(form))
    for typed in ("30/9/2024", "Ngày 30 tháng 9 năm 2024", datetime(2024, 9, 30)):  # noqa: DTZ001 (a day, no clock)
        book = openpyxl.load_workbook(path)
        row, col = next(place for place, cell in form.pages[0].cells.items() if isinstance(cell, Day))
        book[form.pages[0].name].cell(row, col, typed)
        book.save(path)
        assert {str(day.date()) for day in load_returns(path).counts["as_of"]} == {"2024-09-30"}


def test_last_years_numbers_beside_are_never_loaded(collection):
    """What was reported before is shown for comparison; another number typed now is told, as no fault."""
    path = collection.folder / "bao-cao.xlsx"
    asked = Key("2023", "student", "admitted")
    last = {asked: 7, asked._replace(period="2022"): 5}
    form = make_form(path, collection, last=last)
    assert read(path) == ({}, [])
    fill(path, form, {asked: 8})
    assert read(path) == ({asked: 8}, [])
    findings = load_returns(path).findings
    told = findings[findings["code"] == "revised_number"]
    assert list(told["level"]) == ["info"]
    assert "8" in told["message"].iloc[0]
    assert "7" in told["message"].iloc[0]


# --- a form that somebody changed -----------------------------------------------------------------------------------


def filled(collection, name="bao-cao.xlsx", **options):
    """Write a form filled in full; return its path, its plan and its numbers."""
    path = collection.folder / name
    form = make_form(path, collection, **options)
    fill(path, form, sound(form))
    return path, form, sound(form)


def test_a_form_of_another_school_than_its_file_name_says_is_a_warning_that_shows_both(tmp_path):
    """The sheet speaks nearer than the file's name; both are told."""
    schools = '[[schools]]\nid = "nd"\nname = "Trường THPT Nguyễn Du"\n[[schools]]\nid = "ll"\nname = "THPT Lê Lợi"\n'
    collection = make_collection(tmp_path / "an-phu", "2024", schools=schools)
    path, _, numbers = filled(collection, "THPT Lê Lợi.xlsx")
    read_numbers, asked = read(path)
    assert read_numbers == numbers
    assert set(asked) == {"warning title_conflict"}
    message = load_returns(path).findings.query("code == 'title_conflict'")["message"].iloc[0]
    assert "Nguyễn Du" in message
    assert "Lê Lợi" in message


def test_a_form_of_another_period_than_its_file_name_says_is_a_warning_that_shows_both(collection):
    """A form for 2023 and 2024 in a file named for 2021."""
    path, _, numbers = filled(collection, "báo cáo năm 2021.xlsx")
    assert read(path) == (numbers, ["warning form_conflict"])
    message = load_returns(path).findings.query("code == 'form_conflict'")["message"].iloc[0]
    assert "2023 và 2024" in message
    assert "2021" in message


@pytest.mark.parametrize(
    ("asked", "level"), [(("2024",), "warning"), (("2025",), "warning"), (("2024", "2025"), "info")]
)
def test_a_form_of_another_call_is_told_with_both(tmp_path, asked, level):
    """A form for upper schools in the folder of the lower ones, or last year's; that may lie there for its year."""
    made = make_collection(tmp_path / "thpt", "2024")
    other = make_collection(tmp_path / "thcs", *asked)
    form = make_form(other.folder / "bao-cao.xlsx", made)
    fill(other.folder / "bao-cao.xlsx", form, sound(form))
    findings = load_returns(other.folder / "bao-cao.xlsx").findings.query("code == 'form_conflict'")
    assert list(findings["level"]) == [level]
    assert "«thpt»" in findings["message"].iloc[0]
    assert "«thcs»" in findings["message"].iloc[0]


def test_a_period_changed_in_a_locked_header_is_a_warning_that_shows_both(collection):
    """The header is what is read; that the form was made for other years is told."""
    path, _, numbers = filled(collection)
    book = openpyxl.load_workbook(path)
    change(book["Số liệu"], "Năm 2023", "Năm 2025")
    book.save(path)
    read_numbers, asked = read(path)
    assert asked == ["warning form_conflict"]
    assert read_numbers[Key("2025", "student", "nominated")] == numbers[Key("2023", "student", "nominated")]


def test_a_school_changed_in_a_locked_line_is_a_warning_that_shows_both(tmp_path):
    """Another school wrote its name over the one the form was made for."""
    schools = '[[schools]]\nid = "nd"\nname = "Trường THPT Nguyễn Du"\n[[schools]]\nid = "ll"\nname = "THPT Lê Lợi"\n'
    collection = make_collection(tmp_path / "an-phu", "2024", schools=schools)
    path, form, _ = filled(collection)
    book = openpyxl.load_workbook(path)
    for page in form.pages[1:]:
        change(book[page.name], "Đơn vị báo cáo: Trường THPT Nguyễn Du", "Đơn vị báo cáo: Trường THPT Lê Lợi")
    book.save(path)
    _, asked = read(path, "ll")
    assert set(asked) == {"warning title_conflict"}


def test_a_school_that_is_no_school_by_its_name_is_read_behind_the_label(collection):
    """A centre wrote its name over that of the school the form was made for."""
    path, form, _ = filled(collection)
    book = openpyxl.load_workbook(path)
    for page in form.pages[1:]:
        change(book[page.name], "Đơn vị báo cáo: Trường THPT Nguyễn Du", "Đơn vị báo cáo: Trung tâm GDNN-GDTX An Phú")
    book.save(path)
    _, asked = read(path, "gdtx")
    assert set(asked) == {"warning title_conflict"}


def test_a_label_that_is_not_understood_is_an_error_at_its_row_only(collection):
    """The numbers beside a label that somebody wrote over are not guessed at."""
    path, _, numbers = filled(collection)
    book = openpyxl.load_workbook(path)
    change(book["Số liệu"], "Được phân công đảng viên giúp đỡ", "Được khen thưởng")
    book.save(path)
    read_numbers, asked = read(path)
    assert asked == ["error unknown_header"]
    plain = {key for key in numbers if key.kind == "actual"}
    lost = {key for key in plain if key.group == "student" and key.measure == "mentored"}
    assert numbers.keys() - read_numbers.keys() == lost


def test_an_inserted_row_is_read_like_the_others(collection):
    """Rows are found by their words, not by where they stand."""
    path, _, numbers = filled(collection)
    book = openpyxl.load_workbook(path)
    sheet = book["Kế hoạch"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(9)
    sheet.insert_rows(1, amount=2)
    book.save(path)
    assert read(path) == (numbers, [])


def test_a_renamed_sheet_is_read_and_a_deleted_one_is_told(collection):
    """What stands on a sheet does not hang on its name; a sheet that is gone is a warning."""
    path, _, numbers = filled(collection)
    book = openpyxl.load_workbook(path)
    book["Số liệu"].title = "Sheet1"
    del book["Lý do"]
    book.save(path)
    read_numbers, asked = read(path)
    assert asked == ["warning form_sheet_missing"]
    assert read_numbers == {key: n for key, n in numbers.items() if key.reason is None}


def test_a_number_in_a_cell_that_is_not_to_be_filled_is_a_warning_at_that_cell(collection):
    """Somebody took off the lock and wrote into a grey cell."""
    path, form, _ = filled(collection)
    blocked = next(at for at, cell in form.pages[2].cells.items() if isinstance(cell, Blocked))
    book = openpyxl.load_workbook(path)
    book["Khóa học"].cell(*blocked, 1)
    book.save(path)
    findings = load_returns(path).findings
    assert list(findings[findings["code"] == "before_course"]["cell"]) == [address(*blocked)]


def test_a_form_of_an_older_version_is_read_with_a_note(collection, monkeypatch):
    """The rules are the same for every version."""
    path, _, numbers = filled(collection)
    monkeypatch.setattr(identity, "VERSION", identity.VERSION + 1)
    assert read(path) == (numbers, [])
    findings = load_returns(path).findings
    assert list(findings[findings["code"] == "old_form"]["level"]) == ["info"]


def change(sheet, before, after):
    """Write another text over a cell of a sheet."""
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == before]
    assert cells
    cells[0].value = after


# --- what a form holds ------------------------------------------------------------------------------------------


def test_only_input_cells_are_open_and_each_blocks_what_is_no_count(collection):
    """Labels are locked; a validation that only warns would block nothing."""
    path = collection.folder / "bao-cao.xlsx"
    form = make_form(path, collection)
    book = openpyxl.load_workbook(path)
    for page in form.pages:
        sheet = book[page.name]
        assert sheet.protection.sheet
        opened = {(c.row, c.column) for row in sheet.iter_rows() for c in row if not c.protection.locked}
        assert opened == {place for place, cell in page.cells.items() if isinstance(cell, (Input, Choice, Day))}
        blocked = set()
        for rule in sheet.data_validations.dataValidation:
            assert rule.showErrorMessage
            assert rule.errorStyle in (None, "stop")
            assert len(rule.errorTitle) <= 32
            assert len(rule.error) <= 255
            blocked |= {(row, col) for area in rule.sqref.ranges for row, col in area.cells}
        assert blocked == opened


def test_a_form_says_what_it_is_in_its_properties(collection):
    """Id, version, school and periods survive what Excel keeps."""
    path = collection.folder / "bao-cao.xlsx"
    form = make_form(path, collection)
    properties = {item.name: item.value for item in openpyxl.load_workbook(path).custom_doc_props.props}
    assert identity.from_properties(properties) == form.identity
    assert properties["dangvien_form"] == form.identity.id


def test_properties_that_are_damaged_are_no_form():
    """A version that is no number is not one of ours."""
    assert identity.from_properties({}) is None
    assert identity.from_properties({"dangvien_form": "A", "dangvien_version": "x", "dangvien_sheets": "5"}) is None


def test_every_sum_and_warning_has_a_stored_value(collection):
    """A program that does not calculate sees what a person would see."""
    path = collection.folder / "bao-cao.xlsx"
    form = plan_form(collection, collection.schools[0])
    numbers = sound(form) | {Key("2023", "student", "nominated", "female"): 50}
    make_form(path, collection, numbers=numbers)
    book = openpyxl.load_workbook(path, data_only=True)
    shown = {
        (page.name, place): book[page.name].cell(*place).value
        for page in form.pages
        for place, cell in page.cells.items()
        if isinstance(cell, Live)
    }
    assert None not in shown.values()
    assert "Lớn hơn tổng số" in shown.values()
    assert 24 in shown.values()


def test_the_same_form_is_the_same_bytes(collection, tmp_path):
    """No clock and no name of a user: a form made again can be compared with the one sent out."""
    for name in ("a.xlsx", "b.xlsx"):
        make_form(tmp_path / name, collection)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


# --- the command ------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with one collection, and no other folder."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    make_collection(tmp_path / "data" / "raw" / "an-phu", "2024")
    return tmp_path


def test_one_command_makes_every_schools_form(project, capsys):
    """A file for each school, named by its id."""
    assert main(["form", "an-phu"]) == 0
    made = sorted(path.name for path in (project / "reports" / "an-phu" / "forms").iterdir())
    assert made == ["gdtx.xlsx", "nd.xlsx"]
    assert "nd.xlsx" in capsys.readouterr().out
    assert main(["form", "an-phu"]) == 0


def test_a_form_that_somebody_filled_is_never_written_over(project, capsys):
    """The command says what to do and leaves the file as it is."""
    assert main(["form", "an-phu", "--school", "nd", "--out", str(project / "out")]) == 0
    path = project / "out" / "nd.xlsx"
    path.write_bytes(path.read_bytes() + b"x")
    before = path.read_bytes()
    assert main(["form", "an-phu", "--out", str(project / "out")]) == 1
    assert "--out" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert not list((project / "out").glob(".*"))


def test_an_unknown_school_is_told_with_those_that_exist(project, capsys):
    """Nothing is made for a school that is not registered."""
    assert main(["form", "an-phu", "--school", "xx"]) == 2
    assert "nd, gdtx" in capsys.readouterr().err


def test_numbers_of_a_call_that_was_never_loaded_cannot_stand_beside(project, capsys):
    """They were asked for, so their absence is told; nothing is made."""
    make_collection(project / "data" / "raw" / "cu", "2022")
    assert main(["form", "an-phu", "--last", "cu", "--out", str(project / "out")]) == 2
    assert "dangvien load cu" in capsys.readouterr().err
    assert not (project / "out").exists()


def test_a_folder_that_cannot_be_made_is_one_sentence(project, capsys):
    """A file stands where the folder should be."""
    (project / "out").write_text("", encoding="utf-8")
    assert main(["form", "an-phu", "--out", str(project / "out")]) == 1
    assert "out" in capsys.readouterr().err


def test_a_collection_without_periods_says_where_to_write_them(project, capsys):
    """A form without periods would ask for nothing."""
    make_collection(project / "data" / "raw" / "moi")
    assert main(["form", "moi"]) == 2
    assert "periods" in capsys.readouterr().err


def test_numbers_loaded_before_stand_beside(project):
    """The last load of the collection is shown in its next forms."""
    folder = project / "data" / "raw" / "an-phu"
    collection = make_collection(folder, "2024")
    key = Key("2024", "student", "admitted")
    make_form(folder / "nd.xlsx", collection, numbers={key: 6})
    assert main(["load", "an-phu"]) == 0
    assert main(["form", "an-phu", "--out", str(project / "out")]) == 0
    sheet = openpyxl.load_workbook(project / "out" / "nd.xlsx")["Số liệu"]
    titles = [cell.value for row in sheet.iter_rows(max_row=7) for cell in row]
    assert "Số đã báo cáo" in titles
    assert 6 in [cell.value for row in sheet.iter_rows() for cell in row]


def test_the_forms_of_all_schools_are_read_together_each_as_its_own(collection):
    """Sheets of one form share a plan; the school, in the sheet and in the properties, is each one's own."""
    wanted = {}
    for position, school in enumerate(collection.schools):
        form = plan_form(collection, school)
        numbers = {key: n + position for key, n in sound(form).items()}
        make_form(collection.folder / f"{school.id}.xlsx", collection, position, numbers=numbers)
        wanted |= {(school.id, *key): n for key, n in numbers.items()}
    returns = load_returns(collection.folder)
    counts = returns.counts.astype(object).where(returns.counts.notna(), None)
    columns = ["school", *Key._fields]
    assert dict(zip(counts[columns].itertuples(index=False, name=None), counts["n"], strict=True)) == wanted
    assert set(returns.findings["level"]) <= {"info"}
