"""Settings: the root, the collections, `collection.toml`, and the rules with their dates."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from dangvien_analysis import settings
from dangvien_analysis.settings import SettingsError

FULL = """\
[collection]
title = "Phát triển đảng viên"
periods = ["2021", "2022-2023", "2024-H1", "2022-11/2023-10"]
as_of = 2024-03-14
deadline = 2024-03-08
illustrative = true
[organisation]
parent = "ĐẢNG BỘ TỈNH X"
name = "HUYỆN ỦY Y"
board = "BAN TỔ CHỨC"
issuer = "committee"
place = "Y"
staff_label = "cán bộ, giáo viên, công nhân viên chức"
[[schools]]
id = "thpt-a"
name = "Trường THPT A"
aliases = ["THPT A", "Cấp 3 \\"A\\""]
valid_from = 2000-09-01
valid_to = 2025-06-30
successor = "thpt-b"
[[schools]]
id = "thpt-b"
name = "Trường THPT B"
[aliases]
"QCƯT là ĐVTN" = {group = "student"}
[[published]]
group = "student"
measure = "nominated"
periods = ["2021"]
n = 194
source = "tin ngày 15-3-2024"
note = "hiểu là học sinh"
[context]
party_members = "gần 9.800"
[proposal]
student = [4, 8]
"""
MINIMAL = '[collection]\ntitle = "T"\n'


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Make a root of its own and say so by DANGVIEN_HOME."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    return tmp_path


def write(root, text, name="x", encoding="utf-8"):
    """Write `text` as the collection.toml of a collection in the root."""
    folder = root / "data" / "raw" / name
    folder.mkdir(exist_ok=True)
    (folder / "collection.toml").write_text(text, encoding=encoding, newline="")
    return folder


def refusal(root, text):
    """Return the message with which a collection.toml is refused."""
    write(root, text)
    with pytest.raises(SettingsError) as caught:
        settings.find_collection("x")
    return str(caught.value)


def test_everything_a_collection_can_say_is_read(root):
    """Each key of design §4 arrives in the field of its name, with its type."""
    folder = write(root, FULL)
    found = settings.find_collection("x")
    assert (found.id, found.folder, found.title) == ("x", folder, "Phát triển đảng viên")
    assert found.periods == ("2021", "2022-2023", "2024-H1", "2022-11/2023-10")
    assert (found.as_of, found.deadline, found.illustrative) == (date(2024, 3, 14), date(2024, 3, 8), True)
    assert found.organisation == settings.Organisation(
        parent="ĐẢNG BỘ TỈNH X",
        name="HUYỆN ỦY Y",
        board="BAN TỔ CHỨC",
        issuer="committee",
        place="Y",
        staff_label="cán bộ, giáo viên, công nhân viên chức",
    )
    assert found.schools[0] == settings.School(
        "thpt-a", "Trường THPT A", ("THPT A", 'Cấp 3 "A"'), date(2000, 9, 1), date(2025, 6, 30), "thpt-b"
    )
    assert found.schools[1] == settings.School("thpt-b", "Trường THPT B")
    assert found.aliases == {"QCƯT là ĐVTN": {"group": "student"}}
    assert found.published == (
        settings.Published("student", "nominated", ("2021",), 194, "tin ngày 15-3-2024", "hiểu là học sinh"),
    )
    assert found.context == {"party_members": "gần 9.800"}
    assert found.proposal == {"student": (4, 8)}


def test_a_title_is_all_that_is_needed(root):
    """Only `title` is required; what is left out is empty, not invented."""
    write(root, MINIMAL)
    found = settings.find_collection("x")
    assert (found.title, found.periods, found.as_of, found.illustrative) == ("T", (), None, False)
    assert (found.schools, found.published, found.organisation.issuer) == ((), (), "board")


def test_a_folder_without_the_file_is_a_collection_with_its_own_name(root):
    """An office may drop its workbooks in a folder and start."""
    (root / "data" / "raw" / "Nộp 2024").mkdir()
    found = settings.find_collection("Nộp 2024")
    assert (found.id, found.title, found.schools) == ("Nộp 2024", "Nộp 2024", ())


def test_a_file_saved_by_notepad_with_a_byte_order_mark_is_read(root):
    """Notepad may write UTF-8 with a mark at its start."""
    write(root, FULL.replace("\n", "\r\n"), encoding="utf-8-sig")
    assert settings.find_collection("x").title == "Phát triển đảng viên"


def test_a_collection_is_found_from_any_working_folder_and_by_its_folder(root, tmp_path_factory, monkeypatch):
    """A name, a path as text and a `Path` mean the same collection."""
    folder = write(root, MINIMAL)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    by_name = settings.find_collection("x")
    assert by_name == settings.find_collection(folder) == settings.find_collection(str(folder))


def test_the_root_is_the_nearest_folder_upwards(tmp_path, monkeypatch):
    """Without DANGVIEN_HOME the search goes up from the working folder and stops at the first data/raw."""
    monkeypatch.delenv("DANGVIEN_HOME", raising=False)
    inner = tmp_path / "inner"
    deep = inner / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (inner / "data" / "raw").mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert settings.find_root() == inner
    assert settings.find_root(tmp_path) == tmp_path


def test_no_root_is_an_error_that_says_what_to_do(tmp_path, monkeypatch):
    """The message names the folder it started from, data/raw and DANGVIEN_HOME."""
    monkeypatch.delenv("DANGVIEN_HOME", raising=False)
    with pytest.raises(SettingsError, match=r"data/raw.*DANGVIEN_HOME"):
        settings.find_root(tmp_path)


def test_from_any_folder_the_checkout_is_found(tmp_path, monkeypatch):
    """Papermill started elsewhere still finds the project it was installed from."""
    monkeypatch.delenv("DANGVIEN_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert settings.find_collection("sample").id == "sample"


def test_a_home_without_data_is_an_error_not_a_search_elsewhere(tmp_path, monkeypatch):
    """A wrong DANGVIEN_HOME must not quietly give another project's data."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    with pytest.raises(SettingsError, match="DANGVIEN_HOME"):
        settings.find_root()


def test_an_unknown_collection_lists_what_exists(root):
    """Whoever misspells a name sees the names there are."""
    write(root, MINIMAL, "hung-ha")
    write(root, MINIMAL, "quang-tri")
    with pytest.raises(SettingsError, match=r"«sampel».*hung-ha, quang-tri"):
        settings.find_collection("sampel")


def test_an_empty_raw_folder_is_said(root):
    """With no collection at all the message says how to make one."""
    with pytest.raises(SettingsError, match="dangvien new"):
        settings.find_collection("sample")


@pytest.mark.parametrize("name", ["", "  "])
def test_no_name_is_an_error(root, name):
    """An empty parameter of a notebook must not become the working folder."""
    with pytest.raises(SettingsError, match="Chưa nói bộ số liệu nào"):
        settings.find_collection(name)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[collection]\n", ["[collection]", "thiếu title"]),
        ('[collection]\ntitle = ""\n', ["title", "để trống"]),
        ("[collection]\ntitle = 5\n", ["title", "ngoặc kép"]),
        (MINIMAL + 'tilte = "x"\n', ["«tilte»", "title, periods, as_of, deadline, illustrative"]),
        (MINIMAL + "[proposal]\nstudent = 4\n", ["[proposal]", "danh sách số"]),
        (MINIMAL + "[proposal]\npupils = [4]\n", ["«pupils»", "student, staff"]),
        (MINIMAL + "[school]\n", ["«school»", "schools"]),
        (MINIMAL + 'periods = ["2020-2025"]\n', ["periods", "«2020-2025»"]),
        (MINIMAL + 'periods = "2021"\n', ["periods", "danh sách"]),
        (MINIMAL + 'periods = ["2021", "2021"]\n', ["«2021»", "hai lần"]),
        (MINIMAL + 'as_of = "2024-03-14"\n', ["as_of", "2024-03-14"]),
        (MINIMAL + 'illustrative = "true"\n', ["illustrative", "true"]),
        (MINIMAL + '[organisation]\nissuer = "ban"\n', ["«ban»", "board", "committee"]),
        (MINIMAL + '[organisation]\nbaord = "B"\n', ["«baord»", "board"]),
        (MINIMAL + '[schools]\nid = "a"\n', ["[[schools]]"]),
        (MINIMAL + '[[schools]]\nname = "A"\n', ["«A»", "thiếu id"]),
        (MINIMAL + '[[schools]]\nid = "a"\n', ["«a»", "thiếu name"]),
        (MINIMAL + '[[schools]]\nid = "a,b"\nname = "A"\n', ["«a,b»", "mã trường"]),
        (MINIMAL + '[[schools]]\nid="a"\nname="A"\n[[schools]]\nid="a"\nname="B"\n', ["«a»", "hai lần"]),
        (MINIMAL + '[[schools]]\nid="a"\nname="A"\nalias=["B"]\n', ["«alias»", "aliases"]),
        (MINIMAL + '[[schools]]\nid="a"\nname="A"\nsuccessor="b"\n', ["successor «b»", "hiện có: a"]),
        (MINIMAL + '[[schools]]\nid="a"\nname="A"\nvalid_from=2025-01-02\nvalid_to=2025-01-01\n', ["valid_to"]),
        (MINIMAL + '[aliases]\n"KNĐ" = "admitted"\n', ["«KNĐ»", "group"]),
        (MINIMAL + '[aliases]\n"KNĐ" = {mesure = "admitted"}\n', ["«mesure»", "measure"]),
        (
            MINIMAL + '[[published]]\ngroup="student"\nmeasure="nominated"\nperiods=["2021"]\nn=1.5\nsource="x"\n',
            ["n:"],
        ),
        (MINIMAL + '[[published]]\ngroup="student"\nmeasure="nominated"\nperiods=["2021"]\nn=1\n', ["thiếu source"]),
        (MINIMAL + "[context]\nmembers = 51\n", ["members", "ngoặc kép"]),
        (MINIMAL + 'periods = ["2021"\nas_of = 2024-03-14\n', ["dòng 4"]),
        ('[collection]\ntitle = "T', ["viết sai"]),
    ],
)
def test_a_fault_in_the_file_is_one_sentence_that_names_it(root, text, words):
    """The message names the file, the place and what would be right, on one line."""
    message = refusal(root, text)
    assert "collection.toml" in message
    assert "\n" not in message
    assert [word for word in words if word not in message] == []


def test_a_file_in_another_encoding_says_how_to_save_it(root):
    """An old Windows encoding is not guessed at."""
    (root / "data" / "raw" / "x").mkdir()
    (root / "data" / "raw" / "x" / "collection.toml").write_bytes('[collection]\ntitle = "Đ"\n'.encode("utf-16"))
    with pytest.raises(SettingsError, match="UTF-8"):
        settings.find_collection("x")


def test_every_file_that_may_be_a_return_is_listed_in_a_fixed_order(root):
    """Own files and notes are left out; a lock file and an unknown kind of file are listed for the reader to report."""
    folder = write(root, MINIMAL)
    wanted = ["B.xlsx", "a.xls", "nam 2023/a.xlsx", "nam 2023/received.csv", "ghi chu.docx", "~$a.xls"]
    for name in [*wanted, "README.md", "nam 2023/NOTES.MD", "received.csv", "corrections.csv", ".nháp", "Thumbs.db"]:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"")
    found = settings.workbook_files(settings.find_collection("x"))
    assert [path.relative_to(folder).as_posix() for path in found] == sorted(wanted)


def test_files_of_two_drives_have_no_common_folder():
    """As on Windows: a relative path and an absolute one have none either."""
    with pytest.raises(SettingsError, match="ổ đĩa"):
        settings.common_folder([Path("a/b.xlsx"), Path("/a/b.xlsx")])


def test_processed_data_lie_beside_the_raw_data(root):
    """data/raw/x is derived into data/processed/x, whatever DANGVIEN_HOME says."""
    collection = settings.find_collection(write(root, MINIMAL))
    assert settings.processed_folder(collection) == root / "data" / "processed" / "x"


def test_a_folder_from_elsewhere_never_takes_a_collections_place(root, tmp_path_factory):
    """Two folders of one name would otherwise write over each other's results."""
    write(root, MINIMAL)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "x").mkdir()
    (elsewhere / "y").mkdir()
    with pytest.raises(SettingsError, match="trùng tên"):
        settings.processed_folder(settings.find_collection(elsewhere / "x"))
    assert settings.processed_folder(settings.find_collection(elsewhere / "y")) == root / "data" / "processed" / "y"


def test_a_new_collection_can_be_read_at_once_and_explains_itself(root):
    """Every section of the file is there with a Vietnamese comment."""
    path = settings.new_collection("xã A 2026")
    assert path == root / "data" / "raw" / "xã A 2026" / "collection.toml"
    assert settings.find_collection("xã A 2026").title == "xã A 2026"
    text = path.read_text(encoding="utf-8")
    sections = (
        "[collection]",
        "[organisation]",
        "[[schools]]",
        "[aliases]",
        "[[published]]",
        "[context]",
        "[proposal]",
    )
    assert all(section in text for section in sections)


def test_a_new_collection_carries_the_office_over_and_moves_the_periods_on(root):
    """Schools, wordings and the office stay from year to year; dates and published figures are left as comments."""
    write(root, FULL)
    settings.new_collection("y", from_collection="x")
    old, new = settings.find_collection("x"), settings.find_collection("y")
    assert (new.schools, new.aliases, new.organisation) == (old.schools, old.aliases, old.organisation)
    assert new.periods == ("2024-H1", "2024-H2")  # the last was not over on the day of the old call
    assert (new.as_of, new.deadline, new.published, new.context, new.illustrative) == (None, None, (), {}, False)
    text = (root / "data" / "raw" / "y" / "collection.toml").read_text(encoding="utf-8")
    assert new.proposal == {}  # what was proposed last year is to be decided anew
    assert "# " + next(line for line in FULL.splitlines() if line.startswith("student = [")) in text.splitlines()
    for line in ("# as_of = 2024-03-14", "# deadline = 2024-03-08", "# n = 194", '# party_members = "gần 9.800"'):
        assert line in text.splitlines()


def test_a_period_that_is_over_is_not_asked_for_again(root):
    """Only the next one is."""
    write(root, MINIMAL + 'periods = ["2022", "2023"]\nas_of = 2023-12-31\n')
    settings.new_collection("y", from_collection="x")
    assert settings.find_collection("y").periods == ("2024",)


CHANGED = """\
[collection]
title = "T"
periods = ["2024", "2025", "2026"]
[[schools]]
id = "thpt-a"
name = "Trường THPT A"
[[schools]]
id = "thpt-b"
name = "Trường THPT B"
valid_to = 2025-06-30
successor = "thpt-a"
[[schools]]
id = "thpt-c"
name = "Trường THPT Tên Mới"
former = [{name = "Trường THPT Tên Cũ", until = 2025-08-31}]
[[schools]]
id = "thpt-d"
name = "Trường THPT D"
valid_from = 2025-09-01
[[breaks]]
day = 2026-03-01
text = "sáp nhập hai xã"
"""


def test_merged_renamed_and_new_schools_are_carried_over_as_they_are(root):
    """A merged school stays: its numbers keep its name. Whoever opens next year's file finds all of it again."""
    write(root, CHANGED)
    settings.new_collection("y", from_collection="x")
    old, new = settings.find_collection("x"), settings.find_collection("y")
    assert (new.schools, new.breaks) == (old.schools, old.breaks)
    b, c = new.schools[1:3]
    assert (b.valid_to, b.successor) == (date(2025, 6, 30), "thpt-a")
    assert c.former == (settings.FormerName("Trường THPT Tên Cũ", date(2025, 8, 31)),)
    assert c.all_names == ("Trường THPT Tên Mới", "Trường THPT Tên Cũ")


def test_the_countrys_reorganisation_is_known_and_an_office_adds_its_own():
    """1-7-2025 belongs to every series that crosses it; a series before or after has no break."""
    own = (settings.Break(date(2026, 3, 1), "sáp nhập hai xã"),)
    within = settings.breaks_within
    assert [one.day for one in within(own, ["2024", "2025", "2026"])] == [date(2025, 7, 1), date(2026, 3, 1)]
    assert [one.day for one in within((), ["2025-2026"])] == []
    assert [one.day for one in within((), ["2025"])] == [date(2025, 7, 1)]
    assert within(own, ["2022", "2023"]) == within(own, []) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CHANGED.replace("valid_to = 2025-06-30\n", ""), ["thpt-b", "valid_to"]),
        (CHANGED.replace('successor = "thpt-a"', 'successor = "thpt-b"'), ["chính nó"]),
        (CHANGED.replace("[{name", "{name").replace("08-31}]", "08-31}"), ["former", "until"]),
        (CHANGED.replace(", until = 2025-08-31", ""), ["former", "until"]),
        (CHANGED.replace("day = 2026-03-01\n", ""), ["[[breaks]]", "day"]),
    ],
)
def test_a_merger_or_break_half_written_is_told(root, text, words):
    """A clerk who writes it for the first time is told what is missing."""
    message = refusal(root, text)
    assert [word for word in words if word not in message] == []


def test_a_folder_that_cannot_be_written_is_a_sentence(root):
    """And nothing half-written."""
    (root / "data" / "raw" / "y").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="Không ghi được"):
        settings.new_collection("y")


def test_a_new_collection_never_overwrites(root):
    """What an office has written in its file is not lost to a repeated command."""
    folder = write(root, FULL)
    with pytest.raises(SettingsError, match="Đã có tệp"):
        settings.new_collection("x")
    assert (folder / "collection.toml").read_text(encoding="utf-8") == FULL


@pytest.mark.parametrize("name", ["", "a/b", "a\\b", "..", "con", "NUL.2024", "a:b", "a.", ".a"])
def test_a_name_that_cannot_be_a_folder_on_windows_is_refused(root, name):
    """A collection made on Linux must be copied to a PC as it is."""
    with pytest.raises(SettingsError, match="tên thư mục"):
        settings.new_collection(name)
    assert list((root / "data" / "raw").iterdir()) == []


def test_a_rule_is_the_one_of_its_day():
    """Each rule is cited with number and date, for numbers come back."""
    assert settings.rule("certificate_months", date(2024, 3, 14)) == 60
    assert settings.rule("minimum_age", date(2021, 7, 30)) == 18
    assert "232-QĐ/TW" in settings.find_rule("maximum_age", date(2025, 2, 1)).source
    assert "208-QĐ/TW ngày 26-7-2026" in settings.find_rule("maximum_age", date(2030, 1, 1)).source


def test_a_rule_unknown_or_before_its_time_is_an_error_that_says_what_exists():
    """No number is made up for a day the table does not cover."""
    with pytest.raises(SettingsError, match=r"«age».*certificate_months.*probation_months"):
        settings.rule("age", date(2024, 3, 14))
    with pytest.raises(SettingsError, match="28-09-2021"):
        settings.rule("certificate_months", date(2020, 1, 1))


def test_the_rules_leave_no_gap_and_do_not_overlap():
    """From its first day on, each rule has exactly one value on every day."""
    for name in {row.name for row in settings.RULES}:
        rows = sorted((row for row in settings.RULES if row.name == name), key=lambda row: row.valid_from)
        for row, following in pairwise(rows):
            assert (following.valid_from - row.valid_to).days == 1, (name, row)
        assert rows[-1].valid_to is None
