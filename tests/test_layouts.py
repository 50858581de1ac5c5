"""One truth, laid out in every way that a careful reader understands, is read exactly."""

import os
from random import Random

import pytest
from layout_tables import KEY
from layouts import make, typed_number
from openpyxl import load_workbook

LAYOUTS = int(os.environ.get("DANGVIEN_LAYOUTS", "100"))  # `make fuzz` reads many more


def load(folder):
    """Read a folder as the office does."""
    from dangvien_analysis import load_returns

    return load_returns(folder)


def read_rows(counts) -> list[tuple]:
    """List (file, sheet, cell, key, n) for every row of counts, in a fixed order."""
    keys = zip(*(counts[column] for column in KEY), strict=True)
    return sorted(zip(counts["file"], counts["sheet"], counts["cell"], keys, counts["n"], strict=True))


@pytest.mark.parametrize("seed", range(LAYOUTS))
def test_every_layout_of_the_same_numbers_is_read_exactly(seed, tmp_path):
    """School, period, group, measure and kind may stand in any place: all counts are read, and nothing is asked."""
    layout = make(Random(seed).choice)
    layout.save(tmp_path)
    returns = load(tmp_path)
    asked = returns.findings[returns.findings["level"] != "info"]
    asked = asked[["level", "code", "file", "sheet", "cell", "message"]].to_dict("records")
    assert asked == [], layout
    assert read_rows(returns.counts) == sorted(layout.expected()), layout
    assert returns.counts[["cohort", "reason"]].isna().all(axis=None)


@pytest.mark.parametrize("seed", range(20))
def test_every_count_points_at_a_cell_that_holds_its_number(seed, tmp_path):
    """A number in a report can be looked up in the workbook it came from."""
    make(Random(seed).choice).save(tmp_path)
    returns = load(tmp_path)
    books = {path.name: load_workbook(path) for path in tmp_path.glob("*.xlsx")}
    assert len(returns.counts)
    for row in returns.counts.itertuples():
        value = books[row.file][row.sheet][row.cell].value
        assert typed_number(value) == row.n
        assert row.raw.split()[0] == str(value).split()[0]


@pytest.mark.parametrize("seed", range(50))
def test_the_generator_writes_each_number_where_it_says(seed, tmp_path):
    """The judge is judged too: what stands in the saved workbook is the truth, cell by cell."""
    layout = make(Random(seed).choice)
    layout.save(tmp_path)
    books = {book.name: load_workbook(tmp_path / book.name) for book in layout.books}
    found = [typed_number(books[file][sheet][cell].value) for file, sheet, cell, _, _ in layout.expected()]
    assert found == [n for *_, n in layout.expected()]


def test_the_generator_says_each_key_once_and_in_full():
    """The texts that speak for a number say each facet, and no two numbers say the same."""
    for seed in range(100):
        layout = make(Random(seed).choice)
        keys = [key for *_, key, _ in layout.expected()]
        assert len(set(keys)) == len(keys)
        for book in layout.books:
            for number in book.numbers:
                said = {"breakdown": "total", "kind": "actual"}
                for mark in number.marks:
                    said |= book.marks[mark].says
                assert tuple(said[facet] for facet in KEY) == number.key


def test_the_generator_puts_every_facet_in_every_place():
    """A property that is true because a case never comes up proves nothing."""
    met = set()
    for seed in range(400):
        for book in make(Random(seed).choice).books:
            met |= {(facet, mark.place) for mark in book.marks for facet in mark.says}
    places = ("sheet", "title", "heading", "section", "row", "col")
    wanted = {(facet, place) for facet in ("school", "period", "group", "measure", "kind") for place in places}
    assert wanted | {("school", "file"), ("period", "file"), ("breakdown", "row"), ("breakdown", "col")} <= met
