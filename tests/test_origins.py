"""Which cells a figure came from: every figure of every chart is found again, and adds up."""

import pandas as pd
import pytest

from dangvien_analysis import measures, parameters, sections
from dangvien_analysis.frames import COUNT_KEY, counts_frame
from dangvien_analysis.loading import load_returns
from dangvien_analysis.sections.origins import RECKONED, Source, origins
from dangvien_analysis.sections.places import joined, places
from dangvien_analysis.sections.section import source_of, view


@pytest.fixture(scope="module")
def sample():
    """The committed collection, wholly chosen."""
    return parameters.choose(load_returns("sample"))


def cells(*rows):
    """A frame of cells from (file, sheet, cell)."""
    return pd.DataFrame(rows, columns=["file", "sheet", "cell"]).assign(n=1)


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (["C7"], ["C7"]),
        (["C7", "C8", "C9"], ["C7:C9"]),
        (["C7", "D7", "F7"], ["C7:D7", "F7"]),
        (["C7", "D7", "C8", "D8"], ["C7:D8"]),
        (["Z9", "AA9", "AB9"], ["Z9:AB9"]),
        (["C9", "C7"], ["C7", "C9"]),
        (["C7", "?"], ["C7", "?"]),
    ],
)
def test_neighbouring_cells_are_named_as_ranges(addresses, expected):
    """As a clerk types them into the name box; what is no address stays as it is."""
    assert joined(addresses) == expected


def test_places_name_each_file_once():
    """File, sheet, cells; another sheet of the same file stands behind it."""
    told = places(cells(("a.xlsx", "Học sinh", "C7"), ("a.xlsx", "Học sinh", "C8"), ("a.xlsx", "2021", "B2")))
    assert told == "a.xlsx › Học sinh!C7:C8, 2021!B2"


def test_places_past_the_limit_are_counted():
    """A figure over a hundred schools names the first and says how many cells more there are."""
    many = cells(*[(f"{place}.xlsx", "1", "C7") for place in range(9)])
    assert places(many, limit=2) == "0.xlsx, 1.xlsx › 1!C7; và 7 ô trên 7 trang tính khác"
    assert places(many.iloc[:0]) == ""


@pytest.mark.parametrize("kind", ["actual", None, ("target", "extra_target")])
def test_the_cells_of_every_whole_number_add_up_to_it(sample, kind):
    """`origins` are the very numbers that `totals` adds, of every kind."""
    counts = sample.returns.counts
    key = ["school", "period", "group", "measure", "kind"]
    added = measures.origins(counts, kind).groupby(key, sort=False, as_index=False)["n"].sum()
    pd.testing.assert_frame_equal(added, measures.totals(counts, kind)[[*key, "n"]])


def test_a_derived_whole_names_the_parts_it_was_added_from():
    """Three grades stand in for a missing whole; a whole that was reported stands alone beside its parts."""
    common = {"school": "a", "group": "student", "measure": "nominated", "kind": "actual", "file": "a.xlsx"}
    grades = [
        common | {"period": "2023", "breakdown": f"grade_{10 + place}", "n": place, "cell": f"C{place}", "sheet": "1"}
        for place in range(3)
    ]
    whole = common | {"period": "2022", "breakdown": "total", "n": 9, "cell": "B1", "sheet": "1"}
    part = common | {"period": "2022", "breakdown": "female", "n": 4, "cell": "B2", "sheet": "1"}
    found = measures.origins(counts_frame([*grades, whole, part]))
    assert list(found["cell"]) == ["B1", "C0", "C1", "C2"]


def frames(seen):
    """The rows of every chart."""
    asked = {"as_of": seen.as_of, "schools": seen.schools}
    yield seen.trend()
    yield measures.funnel(seen.counts, **asked)
    yield measures.attainment(seen.counts, ("group", "period", "measure"), **asked)
    yield measures.comparison(seen.counts, ("group",), **asked)
    yield measures.conversion(seen.counts, ("group",), **asked)
    yield measures.waiting(seen.counts, ("group",), **asked)
    yield measures.waiting(seen.counts, ("school", "group"), **asked)
    yield measures.reasons(seen.counts, ("group",), schools=seen.schools)


def test_every_figure_of_every_chart_has_cells_that_add_up(sample):
    """Of the sample no figure is only "reckoned from" its cells, and none is without."""
    seen = view(sample)
    for rows in frames(seen):
        for _, part in rows.groupby("group"):
            found = origins(part, source_of(seen))
            assert found
            assert not any(figure["places"].startswith(RECKONED) for figure in found)
            assert not any(figure["what"][0] in ", " or figure["what"][0].islower() for figure in found)


def test_cells_that_do_not_add_up_are_not_called_the_figure(sample):
    """A figure that a rule made from others names what it was reckoned from, and says so."""
    seen = view(sample)
    rows = seen.trend().assign(n=lambda rows: rows["n"] + 1)
    assert all(figure["places"].startswith(RECKONED) for figure in origins(rows, source_of(seen)))


def test_reasons_that_tell_of_a_person_have_no_address(sample):
    """An obstacle in the family background at one school is a person: no cell of it is named."""
    seen = view(sample)
    rows = seen.counts[seen.counts["reason"].notna()]
    counts = pd.concat([seen.counts, rows.assign(reason="background_check", cell="X99")]).drop_duplicates(COUNT_KEY)
    source = Source(counts, seen.names, seen.as_of, seen.schools, seen.periods)
    given = measures.reasons(counts, ("group",), schools=seen.schools)
    assert "background_check" in set(given["reason"])
    assert "X99" not in str(origins(given, source))


def test_each_chart_of_a_section_tells_its_cells(sample):
    """Behind the chart, with the table of its numbers; the sums over time name the cells of all periods."""
    per_period, added = (block.to_dict()["data"]["origins"] for block in sections.flows(sample, "student")[2:])
    assert per_period[0]["what"] == "2021, cử đi học"
    assert per_period[0]["value"] == "38"
    assert per_period[0]["places"].startswith("thpt-a.xlsx › Tổng hợp!C10; thpt-b.xlsx › Năm 2021!C10;")
    assert [figure["value"] for figure in added] == ["194", "25"]
    assert "thpt-a.xlsx › Tổng hợp!C10:F10" in added[0]["places"]


def test_masked_or_invented_numbers_without_a_file_are_left_out():
    """Where a cell's address was taken away, none is made up."""
    rows = [{"school": "a", "period": "2023", "group": "student", "breakdown": "total", "measure": "admitted",
             "kind": "actual", "n": 5}]  # fmt: skip
    counts = counts_frame(rows)
    assert origins(measures.trend(counts), Source(counts, {}, None, None, None)) == []
