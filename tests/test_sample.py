"""The committed workbooks: read with openpyxl alone, cell by cell, against the numbers they were made from."""

import re
import zipfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from dangvien_analysis import settings
from dangvien_analysis.frames import COUNT_KEY
from data import make_published, make_sample

RAW = Path(__file__).parent.parent / "data" / "raw"
PUBLISHED = ("quang-tri-2024", "hung-ha-2023")
COLLECTIONS = ("sample", *PUBLISHED)
YEARS = ["2021", "2022", "2023", "2024"]


def placements(collection):
    """Return where the maker of a collection says that each number stands."""
    return make_sample.placements() if collection == "sample" else make_published.placements(collection)


def make(collection, folder):
    """Make a collection's workbooks again, into another folder, and return where they are."""
    if collection == "sample":
        make_sample.main(folder)
        return folder
    make_published.main(folder)
    return folder / collection


@pytest.fixture(scope="module")
def books():
    """Open every committed workbook once."""
    return {
        (collection, path.name): openpyxl.load_workbook(path)
        for collection in COLLECTIONS
        for path in (RAW / collection).glob("*.xlsx")
    }


def cell_number(book, sheet, cell):
    """Return the number that a cell shows; a dash is a reported zero."""
    value = book[sheet][cell].value
    return 0 if value == "-" else value


@pytest.fixture(scope="module")
def sample(books):
    """Return the sample as it stands in the cells: the maker says where, the workbook says how many."""
    frame = pd.DataFrame(make_sample.placements())
    frame["n"] = [cell_number(books["sample", row.file], row.sheet, row.cell) for row in frame.itertuples(index=False)]
    return frame


@pytest.fixture(scope="module")
def plain(sample):
    """Return the sample's rows about everybody, without cohort and reason."""
    return sample[sample["cohort"].isna() & sample["reason"].isna() & (sample["breakdown"] == "total")]


def total(frame, by=None, **wanted):
    """Add up the rows that say what is wanted, as a number or as a list along `by`."""
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return int(frame["n"].sum()) if by is None else frame.groupby(by)["n"].sum().tolist()


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_number_stands_where_its_maker_says(collection, books):
    """The committed files are those that the script makes."""
    wrong = [
        row for row in placements(collection) if cell_number(books[collection, row.file], row.sheet, row.cell) != row.n
    ]
    assert wrong == []


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_no_key_and_no_cell_is_used_twice(collection):
    """Which file says what has no overlap: one key, one cell, one file."""
    rows = placements(collection)
    assert [key for key, times in Counter(row[3:-1] for row in rows).items() if times > 1] == []
    assert [cell for cell, times in Counter(row[:3] for row in rows).items() if times > 1] == []
    assert list(rows[0]._fields[3:-1]) == COUNT_KEY


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_making_the_files_again_gives_the_same_cells(collection, books, tmp_path, capsys):
    """Anyone can make the files again and see that nothing was changed by hand."""
    made = {path.name: path for path in make(collection, tmp_path).glob("*.xlsx")}
    assert sorted(made) == sorted(file for owner, file in books if owner == collection)
    for file, path in made.items():
        assert content(openpyxl.load_workbook(path)) == content(books[collection, file]), file


def test_making_the_files_twice_gives_the_same_bytes(tmp_path, capsys):
    """No clock and no chance goes into a file, so that git shows a change only where a number changed."""
    first, second = (make("sample", tmp_path / name) for name in ("first", "second"))
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def content(book):
    """Return what a workbook holds: every cell that is not empty, and what is merged."""
    return {
        sheet.title: (
            {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None},
            sorted(str(merged) for merged in sheet.merged_cells.ranges),
        )
        for sheet in book
    }


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_number_in_a_table_is_accounted_for(collection, books):
    """A number cell is a placed number, a sum of numbers above it, an ordinal, a column number or a year."""
    placed = defaultdict(set)
    for row in placements(collection):
        placed[row.file, row.sheet].add(row.cell)
    for (owner, file), book in books.items():
        if owner == collection:
            for sheet in book:
                assert _unexplained(sheet, placed[file, sheet.title]) == [], (file, sheet.title)


def _unexplained(sheet, placed):
    """Return the addresses of numbers that nothing explains; column 1 holds ordinals and the word for the total."""
    return [
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int)
        and cell.coordinate not in placed
        and cell.column != 1
        and cell.value not in (2021, 2022, 2023, 2024)
        and not _is_column_number(row)
        and not (row[0].value in ("Cộng", "Toàn tỉnh") and cell.value == _sum_above(sheet, cell, placed))
    ]


def _is_column_number(row):
    return [cell.value for cell in row] == list(range(1, len(row) + 1))


def _sum_above(sheet, cell, placed):
    above = (sheet.cell(line, cell.column) for line in range(1, cell.row))
    return sum(other.value for other in above if other.coordinate in placed and isinstance(other.value, int))


def test_the_sample_adds_up_to_what_was_published(plain):
    """194 students and 43 staff were nominated, by year and by school as invented."""
    students = plain[(plain["group"] == "student") & (plain["kind"] == "actual")]
    assert total(students, measure="nominated") == 194
    assert total(students, "period", measure="nominated") == [38, 52, 69, 35]
    assert total(students, "school", measure="nominated") == [61, 52, 47, 34]
    assert total(plain, measure="nominated", group="staff", kind="actual") == 43
    found = settings.find_collection(RAW / "sample").published
    assert [(item.group, item.measure, item.n, list(item.periods)) for item in found] == [
        ("student", "nominated", 194, YEARS),
        ("staff", "nominated", 43, YEARS),
    ]


def test_admissions_are_those_of_the_first_page(plain):
    """25 students and 17 staff were admitted; no school admitted no student in two years running."""
    admitted = plain[(plain["measure"] == "admitted") & (plain["kind"] == "actual")]
    assert total(admitted, "period", group="student") == [2, 9, 11, 3]
    assert total(admitted, "school", group="student") == [9, 7, 7, 2]
    assert total(admitted, group="staff") == 17
    by_school = admitted[admitted["group"] == "student"].pivot_table(index="school", columns="period", values="n")
    assert not (by_school.eq(0) & by_school.shift(axis=1).eq(0)).to_numpy().any()


def test_cohorts_tell_of_the_same_people_as_the_years(sample, plain):
    """Of the 194 students 25 were admitted, 96 left and 73 are still here; of the 43 staff 17, 2 and 24."""
    for group, expected in (("student", (194, 25, 96, 73)), ("staff", (43, 17, 2, 24))):
        cohorts = sample[sample["cohort"].notna() & (sample["group"] == group)]
        trained, admitted, departed = (total(cohorts, measure=m) for m in ("trained", "admitted", "departed"))
        assert (trained, admitted, departed, trained - admitted - departed) == expected
        assert total(plain, group=group, measure="source") == expected[-1]
        for measure in ("trained", "admitted"):
            yearly = plain[(plain["group"] == group) & (plain["kind"] == "actual")]
            per = ["school", "period"]
            assert total(cohorts, per, measure=measure) == total(yearly, per, measure=measure)
    complete = sample[(sample["group"] == "student") & sample["cohort"].isin(YEARS[:3])]
    assert total(complete, "school", measure="trained") == [50, 43, 38, 28]
    assert total(complete, "school", measure="admitted") == [9, 7, 7, 2]


def test_who_left_gave_one_reason_each(sample):
    """The reasons of a school add up to the students who left it without having been admitted."""
    reasons = sample[sample["measure"] == "not_admitted"]
    assert total(reasons, "reason") == [19, 9, 68]  # dossier_incomplete, other, under_age
    assert total(reasons, "school") == total(sample, "school", measure="departed", group="student")


def test_who_is_still_here_can_be_counted(sample):
    """73 students wait, 29 of them are 18 by 30-6, 9 dossiers are under way."""
    students = sample[(sample["group"] == "student") & sample["cohort"].isna()]
    assert total(students, "school", measure="source", breakdown="total") == [22, 20, 18, 13]
    assert total(students, "school", measure="source", breakdown="age_18") == [9, 8, 7, 5]
    assert total(students, "school", measure="dossier") == [3, 1, 4, 1]


def test_targets_are_those_of_the_first_page(plain):
    """Students: 15 to be admitted in 2023 and 10 in 2024, nothing added; extra targets exist elsewhere."""
    targets = plain[(plain["group"] == "student") & (plain["measure"] == "admitted")]
    assert total(targets, "period", kind="target") == [15, 10]
    assert total(targets, kind="extra_target") == 0
    assert total(plain, kind="extra_target") > 0


def test_every_school_reports_every_year(plain):
    """Coverage of the sample is complete: four schools, four years, students and staff."""
    collection = settings.find_collection(RAW / "sample")
    reported = plain[(plain["measure"] == "nominated") & (plain["kind"] == "actual")]
    expected = {(s.id, p, g) for s in collection.schools for p in collection.periods for g in ("student", "staff")}
    assert set(reported[["school", "period", "group"]].itertuples(index=False, name=None)) == expected


@pytest.mark.parametrize("collection", PUBLISHED)
def test_published_figures_are_reconciled_with_the_printed_total(collection, books):
    """What the cells add up to is what the source printed, for schools and periods that the collection knows."""
    rows = placements(collection)
    found = settings.find_collection(RAW / collection)
    assert {row.school for row in rows} == {school.id for school in found.schools}
    assert {row.period for row in rows} == set(found.periods)
    assert {row.measure for row in rows} == {item.measure for item in found.published}
    for item in found.published:
        members = [row for row in rows if (row.group, row.measure) == (item.group, item.measure)]
        cells = [cell_number(books[collection, row.file], row.sheet, row.cell) for row in members]
        assert sum(cells) == item.n


def test_only_the_sample_is_illustrative_and_every_source_is_named():
    """Invented numbers say so; real ones say where they come from."""
    found = {name: settings.find_collection(RAW / name) for name in COLLECTIONS}
    assert {name: collection.illustrative for name, collection in found.items()} == {
        "sample": True,
        "quang-tri-2024": False,
        "hung-ha-2023": False,
    }
    assert found["sample"].as_of == date(2024, 3, 14)
    assert all(item.source for collection in found.values() for item in collection.published)
    assert all((RAW / name / "SOURCES.md").is_file() for name in PUBLISHED)


def test_no_file_says_who_made_it_or_when():
    """A workbook carries no author, and one date for all."""
    dates = set()
    for path in RAW.glob("*/*.xlsx"):
        properties = zipfile.ZipFile(path).read("docProps/core.xml").decode()
        assert "creator" not in properties, path
        assert "lastModifiedBy" not in properties, path
        dates |= set(re.findall(r"\d{4}-\d\d-\d\dT[^<]*", properties))
    assert dates == {"2024-03-15T00:00:00Z"}
