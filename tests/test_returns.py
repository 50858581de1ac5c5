"""From workbooks to counts: the committed collections, and what happens when two returns speak of one number."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from dangvien_analysis import load_returns
from dangvien_analysis.frames import COUNT_KEY
from data import make_published, make_sample

PLACES = ["file", "sheet", "cell", *COUNT_KEY, "n"]
ROOT = Path(__file__).parents[1]


def read(name: str) -> set[tuple]:
    """Return what the loader reads of a committed collection."""
    counts = load_returns(ROOT / "data" / "raw" / name).counts[PLACES].astype(object)
    return set(counts.where(counts.notna(), None).itertuples(index=False, name=None))


def written(placements) -> set[tuple]:
    """Return what the script that drew the workbooks says it wrote."""
    return {tuple(getattr(place, column) for column in PLACES) for place in placements}


def test_the_sample_is_read_exactly():
    """Every number that the script wrote, at its cell, with its meaning, and none else."""
    assert read("sample") == written(make_sample.placements())


@pytest.mark.parametrize("name", ["quang-tri-2024", "hung-ha-2023"])
def test_published_figures_are_read_exactly(name):
    """Tables as they stand in print."""
    assert read(name) == written(make_published.placements(name))


@pytest.mark.parametrize("name", ["sample", "quang-tri-2024", "hung-ha-2023"])
def test_committed_collections_need_no_question(name):
    """A clean return gives no error and no warning."""
    findings = load_returns(ROOT / "data" / "raw" / name).findings
    assert findings[findings["level"] != "info"].to_dict("records") == []


def test_every_count_of_the_sample_stands_in_its_cell():
    """Opened with another library, the cell that a row names holds the row's number."""
    counts = load_returns(ROOT / "data" / "raw" / "sample").counts
    for file, of_file in counts.groupby("file"):
        book = load_workbook(ROOT / "data" / "raw" / "sample" / file, data_only=True)
        for row in of_file.itertuples():
            value = book[row.sheet][row.cell].value
            assert str(value) == row.raw
            assert (0 if value in ("-", "–") else value) == row.n
