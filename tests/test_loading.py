"""From a folder to counts and findings: nothing in a file stops the others, nothing to look at is an error in words."""

import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pandas as pd
import pytest
from small_collection import make_project, write_return

from dangvien_analysis import sentences
from dangvien_analysis.loading import current_returns, load_returns
from dangvien_analysis.register import first_seen, read_register, register_received
from dangvien_analysis.settings import SettingsError, find_collection
from dangvien_analysis.store import hash_file


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a collection of two good returns."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    return make_project(tmp_path)


def numbers(returns):
    """What was read, as {(school, period, measure): n}."""
    return {(row.school, row.period, row.measure): row.n for row in returns.counts.itertuples()}


EXPECTED = {
    ("thpt-a", "2022", "nominated"): 12,
    ("thpt-a", "2022", "admitted"): 2,
    ("thpt-a", "2023", "nominated"): 13,
    ("thpt-a", "2023", "admitted"): 3,
    ("thpt-b", "2022", "nominated"): 6,
    ("thpt-b", "2022", "admitted"): 0,
    ("thpt-b", "2023", "nominated"): 8,
    ("thpt-b", "2023", "admitted"): 1,
}


def test_a_collection_is_read_by_name(folder):
    """Every number of every return, and the files they came from."""
    returns = load_returns("thu")
    assert numbers(returns) == EXPECTED
    assert list(returns.files["file"]) == ["thpt-a.xlsx", "thpt-b.xlsx"]
    assert list(returns.files["status"]) == ["read", "read"]
    assert list(returns.files["counts"]) == [4, 4]
    assert list(returns.files["sheets"]) == [1, 1]
    assert returns.collection.title == "Bộ thử"


def test_a_folder_a_name_and_a_list_of_its_files_say_the_same(folder):
    """However the files are named, they are the same returns of the same collection."""
    by_name = load_returns("thu")
    files = sorted(folder.glob("*.xlsx"))
    for what in (folder, str(folder), files, [str(path) for path in reversed(files)]):
        returns = load_returns(what)
        assert numbers(returns) == EXPECTED
        assert returns.collection == by_name.collection


def test_one_file_is_read_with_the_words_of_its_collection(folder):
    """A single return is checked against the schools of the folder it lies in."""
    for place, name in ((folder, "thpt-b.xlsx"), (folder / "lần 2", "lần 2/thpt-b.xlsx")):
        place.mkdir(exist_ok=True)
        (folder / "thpt-b.xlsx").rename(place / "thpt-b.xlsx")
        returns = load_returns(place / "thpt-b.xlsx")
        assert numbers(returns) == {key: n for key, n in EXPECTED.items() if key[0] == "thpt-b"}
        assert returns.collection.id == "thu"
        assert list(returns.files["file"]) == [name]


def test_a_folder_without_a_description_takes_its_schools_from_the_returns(tmp_path):
    """A handful of files from a mail can be looked at before anything is set up."""
    write_return(tmp_path / "a.xlsx", "thpt-a", ((1, 0), (2, 0)))
    returns = load_returns(tmp_path)
    assert list(returns.counts["n"]) == [1, 0, 2, 0]
    assert returns.collection.schools == ()


def test_a_file_that_cannot_be_read_does_not_stop_the_others(folder):
    """It is named in an error, and every other return is read."""
    (folder / "hỏng.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    returns = load_returns("thu")
    assert numbers(returns) == EXPECTED
    files = returns.files.set_index("file")
    assert files.loc["hỏng.xlsx", "status"] == "not_read"
    assert files.loc["hỏng.xlsx", "errors"] == 1
    errors = returns.findings[returns.findings["level"] == "error"]
    assert list(errors["file"]) == ["hỏng.xlsx"]


def test_a_lock_file_is_no_return_that_could_not_be_read(folder):
    """It is told, for a workbook stood open; but all that was sent could be read."""
    (folder / "~$thpt-a.xlsx").write_bytes(b"Lan")
    returns = load_returns("thu")
    assert numbers(returns) == EXPECTED
    row = returns.files.set_index("file").loc["~$thpt-a.xlsx"]
    assert (row["status"], row["counts"], row["errors"], row["warnings"]) == ("no_return", 0, 0, 1)
    sent = len(returns.files) - 1
    assert sentences.files_read(returns.files) == f"Đọc được {sent}/{sent} tệp."


def test_a_file_read_in_part_says_so(folder):
    """A number that cannot be one is an error at its cell; the other numbers of the file are taken."""
    write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), ("khoảng 8", 1)))
    returns = load_returns("thu")
    assert numbers(returns) == {key: n for key, n in EXPECTED.items() if key != ("thpt-b", "2023", "nominated")}
    row = returns.files.set_index("file").loc["thpt-b.xlsx"]
    assert (row["status"], row["counts"], row["errors"]) == ("partial", 3, 1)


def test_a_pool_reads_the_same_as_a_plain_loop(folder):
    """Many files are opened in parallel; their order, and so the result, stays."""
    plain = load_returns("thu")
    with ThreadPoolExecutor(2) as pool:
        pooled = load_returns("thu", executor=pool)
    pd.testing.assert_frame_equal(pooled.counts, plain.counts)
    pd.testing.assert_frame_equal(pooled.files, plain.files)


def test_progress_is_told_of_every_file(folder):
    """A long load can show how far it has come."""
    told = []
    load_returns("thu", progress=lambda done, of, name: told.append((done, of, name)))
    assert told == [(1, 2, "thpt-a.xlsx"), (2, 2, "thpt-b.xlsx")]


@pytest.mark.parametrize("what", ["không-có", "data/raw/không-có", ["không-có.xlsx"], []])
def test_nothing_to_look_at_is_an_error_in_words(folder, what):
    """No such collection, folder or file: one sentence that says what to do."""
    with pytest.raises(SettingsError, match=r"[.]$"):
        load_returns(what)


def test_an_empty_folder_says_what_to_put_in_it(folder):
    """A collection just begun has no returns yet."""
    for path in folder.glob("*.xlsx"):
        path.unlink()
    with pytest.raises(SettingsError, match="chép các tệp Excel"):
        load_returns("thu")


def test_current_returns_are_the_stored_ones_until_a_file_changes(folder):
    """What is stored is used while it still is what the files say; then the files are read again."""
    load_returns("thu").save()
    stored = current_returns("thu", progress=lambda *_: pytest.fail("the files were read again"))
    assert numbers(stored) == EXPECTED
    write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), (9, 1)))
    assert numbers(current_returns("thu"))["thpt-b", "2023", "nominated"] == 9


def test_received_files_are_registered_once_with_their_first_day(folder):
    """Lateness is read from this register: a file sent again unchanged keeps its first day, a new version is new."""
    collection = find_collection("thu")
    assert register_received(collection, date(2024, 1, 5)) == ["thpt-a.xlsx", "thpt-b.xlsx"]
    assert register_received(collection, date(2024, 1, 6)) == []
    write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), (9, 1)))
    assert register_received(collection, date(2024, 1, 7)) == ["thpt-b.xlsx"]
    lines = [line.split(",")[1:] for line in (folder / "received.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert lines == [["thpt-a.xlsx", "2024-01-05"], ["thpt-b.xlsx", "2024-01-05"], ["thpt-b.xlsx", "2024-01-07"]]


def test_the_first_day_of_a_file_is_that_of_its_name_or_its_content(folder):
    """A corrected return, or one under a new name, came when the first came; a new one has not come before."""
    collection, day = find_collection("thu"), date(2024, 1, 5)
    register_received(collection, day)
    known, b = read_register(collection), hash_file(folder / "thpt-b.xlsx")
    assert first_seen(known, "thpt-a.xlsx", "sửa") == first_seen(known, "b mới.xlsx", b) == day
    assert first_seen(known, "khác.xlsx", "khác") is None


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_register_that_excel_saved_anew_still_holds_its_days(folder, separator):
    """Days are written otherwise then, columns parted otherwise, the last line may be left open: it is added to."""
    collection, day = find_collection("thu"), date(2024, 1, 5)
    register_received(collection, day)
    before, path = read_register(collection), folder / "received.csv"
    text = path.read_text(encoding="utf-8").replace("2024-01-05", "05/01/2024").replace(",", separator)
    path.write_text(text.rstrip(), encoding="utf-8-sig")
    assert read_register(collection) == before
    write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), (9, 1)))
    assert register_received(collection, date(2024, 1, 7)) == ["thpt-b.xlsx"]
    later = read_register(collection)
    assert {later.pop(name) for name in later.keys() - before.keys()} == {date(2024, 1, 7)}
    assert later == before


def test_a_register_without_its_heading_or_days_tells_nothing(folder):
    """What was made of it by hand is no register: every file is seen anew."""
    for text in ("tệp,ngày\nx,hôm qua\n", "sha256,file,first_seen\n0,x,hôm qua\n"):
        (folder / "received.csv").write_text(text, encoding="utf-8")
        assert read_register(find_collection("thu")) == {}


def test_a_return_after_the_deadline_is_late(folder):
    """From the register and the deadline of the collection; the file's own time stamp says nothing."""
    settings = folder / "collection.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("as_of", "deadline = 2024-01-06\nas_of", 1), "utf-8"
    )
    register_received(find_collection("thu"), date(2024, 1, 5))
    assert "late_return" not in set(load_returns("thu").findings["code"])
    (folder / "thpt-b.xlsx").rename(folder / "thpt-b cũ.xlsx")
    assert "late_return" not in set(load_returns("thu").findings["code"])
    (folder / "thpt-b cũ.xlsx").unlink()
    write_return(folder / "THPT B gửi sau.xlsx", "thpt-b", ((6, 0), (9, 1)))
    late = load_returns("thu").findings.query("code == 'late_return'")
    assert list(late["school"]) == ["thpt-b"]


def test_the_register_is_not_a_return_and_runs_no_formula(folder):
    """It lies beside the returns, so it must not be read as one; opened in Excel, a file's name stays a name."""
    write_return(folder / "=1+1.xlsx", "thpt-a", ((1, 0), (2, 0)))
    register_received(find_collection("thu"), date(2024, 1, 5))
    with (folder / "received.csv").open(encoding="utf-8", newline="") as stream:
        cells = [cell for line in csv.reader(stream) for cell in line]
    assert not any(cell.startswith("=") for cell in cells)
    assert "received.csv" not in set(load_returns("thu").files["file"])


def test_a_register_that_cannot_be_written_is_told(folder):
    """Whoever calls turns that into a warning: the load itself has not failed."""
    (folder / "received.csv").mkdir()
    with pytest.raises(OSError, match="received"):
        register_received(find_collection("thu"), date(2024, 1, 5))
