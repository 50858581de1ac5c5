"""The store: written whole, swapped in at once, the same bytes each time, and nothing in it runs as a formula."""

import json
import threading
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from dangvien_analysis import listing, store, vocabulary
from dangvien_analysis.frames import COUNT_DTYPES, Finding, counts_frame, files_frame, findings_frame
from dangvien_analysis.settings import SettingsError, find_collection
from dangvien_analysis.store import Returns, is_current, open_store, source_hash

TOML = """
[collection]
title = "Thử"
as_of = 2024-03-14
[[schools]]
id = "thpt-a"
name = "Trường THPT A"
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project with one collection of one return."""
    raw = tmp_path / "data" / "raw" / "thu"
    raw.mkdir(parents=True)
    (raw / "collection.toml").write_text(TOML, encoding="utf-8")
    book = openpyxl.Workbook()
    book.active["A1"] = "Số học sinh kết nạp"
    book.save(raw / "a.xlsx")
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    return tmp_path


def count(**changes):
    """One row of `counts`, good in every column but those changed."""
    row = {"school": "thpt-a", "period": "2023", "group": "student", "breakdown": "total", "measure": "admitted"}
    row |= {"kind": "actual", "n": 11, "file": "a.xlsx", "sheet": "2023", "cell": "C7", "raw": "11"}
    return row | {"as_of": pd.Timestamp(date(2024, 3, 14))} | changes


def returns_of(rows, findings=()):
    """Returns of the collection "thu" that hold these rows of counts."""
    collection = find_collection("thu")
    sha = store.hash_file(collection.folder / "a.xlsx")
    file = {"file": "a.xlsx", "sha256": sha, "status": "read", "sheets": 1, "counts": len(rows)}
    files = files_frame([file | {"errors": 0, "warnings": 0}])
    return Returns(counts_frame(rows), findings_frame(findings), files, collection)


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_saved_is_what_is_opened(root):
    """Values, missing values and types come back as they were."""
    rows = [count(), count(measure="not_admitted", reason="under_age", n=0, cohort="2021"), count(period="2022")]
    returns = returns_of(rows, [Finding("warning", "x", "Xem lại.", file="a.xlsx")])
    returns.save()
    again = open_store("thu")
    pd.testing.assert_frame_equal(again.counts, returns.counts)
    pd.testing.assert_frame_equal(again.findings, returns.findings)
    pd.testing.assert_frame_equal(again.files, returns.files)
    assert again.collection == returns.collection


def test_nothing_reported_is_kept_as_well(root):
    """A collection of unreadable files still has its frames, with their types."""
    returns_of([]).save()
    assert dict(open_store("thu").counts.dtypes.astype(str)) == dict(returns_of([]).counts.dtypes.astype(str))


def test_saving_again_gives_the_same_bytes(root):
    """No clock, no user name, no order of chance in any file."""
    returns = returns_of([count(), count(period="2022", n=9)])
    first = contents(returns.save())
    store.shutil.rmtree(root / "data" / "processed")
    assert contents(returns.save()) == first
    assert set(first) == {
        "counts.parquet", "findings.parquet", "files.parquet", "corrections.parquet", "counts.xlsx", "dictionary.csv",
        "dictionary.md", "meta.json",
    }  # fmt: skip


def test_what_the_last_load_changed_can_still_be_told(root):
    """Counts as they were before it, beside the folder; a load that changes nothing leaves them, a first has none."""
    collection = find_collection("thu")
    returns_of([count()]).save()
    assert store.previous_counts(collection) is None
    returns_of([count(n=12)]).save()
    assert store.previous_counts(collection)["n"].to_list() == [11]
    returns_of([count(n=12, cell="D9")]).save()
    assert store.previous_counts(collection)["n"].to_list() == [11]
    returns_of([count(n=12), count(period="2022")]).save()
    assert store.previous_counts(collection)["n"].to_list() == [12]
    assert len(list((root / "data" / "processed").iterdir())) == 2  # nothing is left over


def test_what_an_older_program_kept_is_no_error(root):
    """Its columns may be others: then nothing is known of the load before."""
    folder = returns_of([count()]).save()
    for path in (folder / "counts.parquet", folder.with_name("thu.previous.parquet")):
        pd.DataFrame({"school": ["a"]}).to_parquet(path)
    assert store.previous_counts(find_collection("thu")) is None
    returns_of([count(n=12)]).save()
    assert open_store("thu").counts["n"].to_list() == [12]


def test_no_path_of_this_machine_is_stored(root):
    """What is stored may be handed on: it tells nothing about who loaded it, or where."""
    for content in contents(returns_of([count()]).save()).values():
        assert str(root).encode() not in content
        assert str(Path.home()).encode() + b"/" not in content


@pytest.mark.parametrize("text", ["=1+1", "+84 12", "-12", "@SUM(A1)", '=HYPERLINK("http://a")', "http://a.b", "12"])
def test_a_text_stays_a_text_in_the_workbook(root, text):
    """Whatever a school typed, Excel shows it and does not run it."""
    finding = Finding("error", "x", f"{text} không phải là số.", file="a.xlsx", sheet=text)
    folder = returns_of([count(raw=text, sheet=text)], [finding]).save()
    book = openpyxl.load_workbook(folder / "counts.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    assert [cell.data_type for cell in cells if cell.value == text] == ["s", "s", "s"]


def test_the_workbook_speaks_vietnamese(root):
    """Headings and values are words, the number is a number, the header stays in sight and can be filtered."""
    folder = returns_of([count(breakdown="female+ethnic_minority")]).save()
    sheet = openpyxl.load_workbook(folder / "counts.xlsx")["Số liệu"]
    headings, values = ([cell.value for cell in row] for row in sheet.iter_rows())
    row = dict(zip(headings, values, strict=True))
    assert row["Trường"] == "Trường THPT A"
    assert row["Kỳ"] == "2023"
    assert row["Chỉ số"] == vocabulary.label("measure", "admitted")
    assert row["Thành phần"] == vocabulary.label("breakdown", "female+ethnic_minority")
    assert row["Số người"] == 11
    assert row["Tính đến ngày"].date() == date(2024, 3, 14)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:O2"


def test_a_long_list_goes_on_to_another_sheet(root, monkeypatch):
    """No row is left out where a sheet is full."""
    monkeypatch.setattr(listing, "SHEET_ROWS", 2)
    folder = returns_of([count(period=str(year)) for year in range(2019, 2024)]).save()
    book = openpyxl.load_workbook(folder / "counts.xlsx")
    sheets = [name for name in book.sheetnames if name.startswith("Số liệu")]
    assert [book[name].max_row - 1 for name in sheets] == [2, 2, 1]


def test_every_column_and_every_value_is_in_the_dictionary():
    """Who opens the data finds what each column and each code means."""
    dictionary = listing.dictionary()
    assert list(dictionary.loc[dictionary["facet"] == "counts", "value"]) == list(COUNT_DTYPES)
    assert (dictionary[["label", "definition"]].map(len) > 0).all(axis=None)
    for row in vocabulary.values().itertuples():
        if row.facet in listing.FACETS:
            assert f"| `{row.value}` | {row.label}" in listing.dictionary_markdown()


def test_a_collection_never_loaded_says_what_to_run(root):
    """The message names the command."""
    with pytest.raises(SettingsError, match="dangvien load thu"):
        open_store("thu")


def test_the_store_is_current_until_a_file_changes(root):
    """A changed, added or removed return, or a changed description of the collection, makes it out of date."""
    collection = find_collection("thu")
    assert not is_current(collection)
    returns_of([count()]).save()
    before = source_hash(collection)
    assert is_current(collection)
    for name in ("a.xlsx", "collection.toml", "corrections.csv"):
        path = collection.folder / name
        kept = path.read_bytes() if path.exists() else None
        path.write_bytes((kept or b"") + b"\n")
        assert not is_current(collection), name
        assert source_hash(collection) != before, name
        path.unlink() if kept is None else path.write_bytes(kept)
    assert is_current(collection)


def test_the_store_is_out_of_date_when_the_program_changes(root, monkeypatch):
    """Numbers read by an older program are read again."""
    returns_of([count()]).save()
    monkeypatch.setattr(store, "package_hash", lambda: "another")
    assert not is_current(find_collection("thu"))


def test_a_part_of_a_collection_is_never_stored_as_the_whole(root):
    """Else a school left out would look as if it had not reported."""
    returns = returns_of([count()])
    (returns.collection.folder / "b.xlsx").write_bytes(b"x")
    with pytest.raises(SettingsError, match=r"b\.xlsx"):
        returns.save()
    assert not (root / "data" / "processed").exists()


def test_a_reader_sees_the_old_data_or_the_new(root):
    """While one writer swaps in again and again, every read is whole: all its numbers are of one version."""
    versions = [returns_of([count(period=str(year), n=n) for year in range(2019, 2024)]) for n in (1, 2)]
    versions[0].save()
    stop = threading.Event()

    def write():
        for turn in range(20):
            versions[turn % 2].save()
        stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not stop.is_set():
        counts = open_store("thu").counts
        assert len(counts) == 5
        assert counts["n"].nunique() == 1
    writer.join()


def test_frames_of_two_versions_are_never_mixed(root, monkeypatch):
    """A swap between the reading of two frames makes the reader begin again."""
    returns_of([count()]).save()
    newer = returns_of([count(), count(period="2022")])
    (newer.collection.folder / "collection.toml").write_text(TOML + "# mới\n", encoding="utf-8")
    read, saved = pd.read_parquet, []

    def read_and_be_overtaken(path):
        frame = read(path)
        if not saved:
            saved.append(True)  # saving reads as well
            newer.save()
        return frame

    monkeypatch.setattr(pd, "read_parquet", read_and_be_overtaken)
    assert len(open_store("thu").counts) == 2


def test_a_reader_waits_while_the_folders_change_places(root, monkeypatch):
    """Between the two renames there is no folder for a moment; that is not "never loaded"."""
    folder = returns_of([count()]).save()
    away = folder.with_name(".thu.old-1")
    folder.rename(away)
    monkeypatch.setattr(store.time, "sleep", lambda _: away.exists() and away.rename(folder))
    assert len(open_store("thu").counts) == 1


def test_a_writer_overtaken_by_another_swaps_again(root, monkeypatch):
    """Another load puts its folder there between our two renames: ours still gets in, whole."""
    folder = returns_of([count()]).save()
    rename, overtaken = Path.rename, []

    def be_overtaken(self, target):
        if target == folder and not overtaken:
            overtaken.append(folder.mkdir())
            (folder / "meta.json").write_text("{}", encoding="utf-8")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", be_overtaken)
    returns_of([count(n=99)]).save()
    assert overtaken
    assert list(open_store("thu").counts["n"]) == [99]
    assert {path.name for path in folder.parent.iterdir()} == {"thu", "thu.previous.parquet"}


def test_two_writers_leave_one_whole_store(root):
    """Two loads at the same time: one of them stays, nothing is left lying about."""
    returns = returns_of([count()])
    problems = []

    def write():
        try:
            for _ in range(10):
                returns.save()
        except Exception as error:  # noqa: BLE001 (whatever it is, the test must see it)
            problems.append(error)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not problems
    assert len(open_store("thu").counts) == 1
    assert [path.name for path in (root / "data" / "processed").iterdir()] == ["thu"]


def test_a_folder_in_use_is_one_sentence_and_the_old_data_stay(root, monkeypatch):
    """Windows refuses to rename a folder while Excel has a file of it open."""
    folder = returns_of([count()]).save()
    rename = Path.rename

    def refuse(self, target):
        if self == folder:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    monkeypatch.setattr(store, "PAUSE", 0)
    with pytest.raises(SettingsError, match="đóng Excel"):
        returns_of([count(n=99)]).save()
    monkeypatch.undo()
    monkeypatch.setenv("DANGVIEN_HOME", str(root))
    assert list(open_store("thu").counts["n"]) == [11]
    assert [path.name for path in folder.parent.iterdir()] == ["thu"]


def test_meta_tells_what_the_data_came_from(root):
    """Version, inputs by hash, numbers of rows."""
    meta = json.loads((returns_of([count()]).save() / "meta.json").read_text(encoding="utf-8"))
    assert set(meta["source"]["inputs"]) == {"a.xlsx", "collection.toml"}
    assert meta["rows"] == {"counts": 1, "findings": 0, "files": 1, "corrections": 0}
