"""The parts about courses, schools, the pool and options: what they show, and what they must never show."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from test_sections import chosen, kinds, rows_of, text_of
from test_sentences_words import faults

from dangvien_analysis import parameters, sections
from dangvien_analysis.blocks import Block
from dangvien_analysis.frames import counts_frame
from dangvien_analysis.proposal import Proposal
from dangvien_analysis.settings import School

BY_GROUP = ("flows", "stages", "by_school", "conversion", "fates", "comparison", "waiting", "reasons", "options")
WHOLE = set(sections.__all__) - {*BY_GROUP, "Section", "one_school"}
COLLECTIONS = ("quang-tri-2024", "hung-ha-2023")  # the sample's whole reports are read in test_notebooks.py


def every_section(data):
    """Yield every part that a notebook can show, with its name."""
    for name in sorted(WHOLE):
        yield name, getattr(sections, name)(sections.one_school(data) if name.startswith("own_") else data)
    for name in BY_GROUP:
        for group in ("student", "staff"):
            yield f"{name} {group}", getattr(sections, name)(data, group)


def texts(found):
    """Yield every text of a block, its numbers and alternative text included, but no drawing."""
    if isinstance(found, Block):
        found = found.to_dict()
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for key, value in found.items():
            if key in ("runs", "items", "data", "header", "rows", "cells", "text", "caption", "alt", "note", "title"):
                yield from texts(value)
    elif isinstance(found, (list, tuple)):
        for value in found:
            yield from texts(value)


def course(school, year, trained, admitted, departed=0, group="student"):
    """Return the rows of one course of one school: its people, admissions year by year, who left in its year."""
    more = {"school": school, "group": group, "cohort": year}
    rows = [more | {"period": year, "measure": "trained", "n": trained}]
    rows += [more | {"period": str(int(year) + k), "measure": "admitted", "n": n} for k, n in enumerate(admitted)]
    return [*rows, more | {"period": year, "measure": "departed", "n": departed}]


def asked(*rows, schools="", proposal=None, **changes):
    """Return the parameters of a notebook that looks at rows given as mappings, on 31-12-2023."""
    data = chosen(periods=("2021", "2022", "2023"), **changes)
    common = {"breakdown": "total", "kind": "actual", "file": "a.xlsx", "sheet": "1", "cell": "A1", "raw": "1"}
    counts = counts_frame([common | {"as_of": pd.Timestamp("2023-12-31")} | row for row in rows])
    narrowed = parameters.choose(replace(data.returns, counts=counts), schools)
    return replace(narrowed, proposal=proposal or Proposal())


COURSES = [
    *course("a", "2021", 30, [2, 4, 1], 20), *course("a", "2022", 30, [1, 5]), *course("a", "2023", 30, [2]),
    *course("b", "2021", 20, [1, 2, 0], 15), *course("b", "2022", 25, [2, 3]), *course("b", "2023", 12, [0]),
]  # fmt: skip


def test_courses_have_a_curve_and_their_fate():
    """The chart has each course behind it; the table adds up; bounds stand for what is not known."""
    data = asked(*COURSES)
    assert kinds(sections.conversion(data, "student")) == ["heading", "paragraph", "figure", "list"]
    header, rows = rows_of(sections.fates(data, "student"))
    assert header[:3] == ["Khóa", "Hoàn thành lớp", "Đã kết nạp"]
    assert rows[0] == ["Khóa 2021", "50", "10", "20,0% (11,2%–33,0%)", "35", "5", "20,0% đến 90,0%"]


def test_without_courses_there_are_bounds_and_a_sentence():
    """Two flows cannot say which course the admitted came from."""
    rows = [
        {"school": "a", "group": "student", "period": year, "measure": measure, "n": n}
        for year, trained, admitted in (("2022", 20, 3), ("2023", 9, 4))
        for measure, n in (("trained", trained), ("admitted", admitted))
    ]
    section = sections.conversion(asked(*rows), "student")
    assert kinds(section) == ["heading", "figure", "paragraph"]
    assert "số đã được kết nạp từ 0 đến 7 em" in text_of(section)


def test_one_school_sees_itself_and_the_common_figure_only():
    """No other school is named or drawn, and nothing says which place it has."""
    section = sections.comparison(asked(*COURSES, schools="a"), "student")
    assert kinds(section) == ["figure"]
    told = text_of(section)
    assert "kết nạp 15/90 em" in told
    assert "chung các trường 23/147 em" in told
    assert "THPT B" not in told
    assert "Quá ít" not in text_of(sections.conversion(asked(*COURSES, schools="a"), "student"))


def test_options_are_shared_out_and_set_against_the_forecast():
    """Each option a column that adds up to its total; one that cannot be shared out is said, not shown."""
    own = [{"school": school, "group": "student", "period": "2023", "measure": "dossier", "n": 2} for school in "ab"]
    data = asked(*COURSES, *own, proposal=Proposal({"student": (3, 900)}))
    section = sections.options(data, "student")
    header, rows = rows_of(section)
    assert header[-1] == "Phương án 1: bổ sung 3"
    assert [row[-1] for row in rows] == ["1", "2", "3"]
    told = text_of(section)
    assert "bổ sung 900: Tổng chỉ tiêu 900 vượt mức tối đa" in told
    assert "Căn cứ chia" in told


def test_nothing_is_proposed_that_nobody_asked_for():
    """A forecast never becomes a target by itself."""
    told = text_of(sections.options(asked(*COURSES), "student"))
    assert "chưa có phương án chỉ tiêu bổ sung nào được nêu" in told
    assert "phương án 1" not in told.casefold()


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_words_that_are_never_used_stand_in_no_part(collection):
    """Ranking, loss, cause, the program's own words: in no text, no table, no alternative text."""
    for name, section in every_section(parameters.check(collection)):
        for text in texts(section):
            assert not text.strip() or not _faults(text), (name, text)


def _faults(text):
    """Leave out what stands there as it was given: names of files, sources, "schools" as a heading of a column."""
    return [fault for fault in faults(text.replace("Dấu … : ", "")) if not text.endswith(".xlsx")]


SECRET = {"a": 777, "b": 888}


def secrets():
    """Return reasons and parts of which one school's number would be a person, each a number of its own."""
    base = {"group": "student", "period": "2023"}
    rows = []
    for place, (school, n) in enumerate(SECRET.items()):
        for step, reason in enumerate(("background_check", "background_obstacle", "not_willing")):
            number = n * 1000 + step
            rows.append(base | {"school": school, "measure": "not_admitted", "reason": reason, "n": number})
        rows.append(base | {"school": school, "measure": "not_admitted", "reason": "under_age", "n": 5})
        for part in ("religious", "ethnic_minority"):
            for measure in ("trained", "admitted", "source", "nominated"):
                more = {"school": school, "measure": measure, "breakdown": part, "n": n + 10 * place + 1}
                rows.append(base | more)
    return rows


@pytest.mark.parametrize("schools", ["", "a"], ids=["all", "one"])
def test_what_would_point_at_a_person_is_in_no_part(schools):
    """Sensitive reasons and breakdowns by school: not in a table, a chart, an alternative text, a source table."""
    data = asked(*COURSES, *secrets(), schools=schools)
    hidden = [f"{n * 1000 + step:,}".replace(",", ".") for n in SECRET.values() for step in range(3)]
    hidden += [str(n + 10 * place + 1) for place, n in enumerate(SECRET.values())]
    for name, section in every_section(data):
        drawn = [text for block in section for text in re.findall(r">([^<>]+)<", block.to_dict().get("svg", ""))]
        shown = re.findall(r"[\d.]+", " ".join([*texts(section), *drawn]))
        assert not set(hidden) & {number.strip(".") for number in shown}, name


def test_schools_stand_in_the_order_of_the_collection_in_every_table():
    """Whatever their results: B is first here only because it stands first in the collection."""
    names = {"b": "Trường THPT B", "a": "Trường THPT A"}
    listed = [School(school, name) for school, name in names.items()]
    papers = {"group": "student", "period": "2023", "measure": "dossier", "n": 1}  # else the chart says all there is
    data = _in_order(asked(*COURSES, {"school": "a"} | papers, proposal=Proposal({"student": (2,)})), listed)
    told = [getattr(sections, name)(data, "student") for name in ("by_school", "comparison", "waiting", "options")]
    tables = [_first_cells(block) for section in told for block in section if _first_cells(block)]
    assert len(tables) == 5
    for cells in tables:
        assert [cell for cell in cells if cell in names.values()] == list(names.values())


def test_what_no_school_reported_is_no_column():
    """A column of dots says nothing; the note says what is missing. No options, no table of options."""
    papers = {"school": "a", "group": "student", "period": "2023", "measure": "dossier", "n": 1}
    shown = sections.waiting(asked(*COURSES, papers), "student")
    table = next(block.to_dict() for block in shown if block.kind == "table")
    assert [cell["text"] for cell in table["header"][0]] == ["Trường", "Còn trong nguồn", "Hồ sơ đang làm"]
    assert "Chưa có báo cáo nào về: đủ 18 tuổi, lượt phân công giúp đỡ." in table["note"]
    options = sections.options(asked(*COURSES), "student")
    assert not [block for block in options if block.kind == "table"]
    assert text_of(options).count("chưa có phương án chỉ tiêu bổ sung nào được nêu") == 1


def test_no_table_repeats_the_chart_above_it():
    """Where nobody reported age, papers or helpers, the chart of the pool holds all there is: the note says so."""
    shown = sections.waiting(asked(*COURSES), "student")
    assert [block.kind for block in shown] == ["list", "figure", "note"]
    assert "Chưa có báo cáo nào về: đủ 18 tuổi, hồ sơ đang làm, lượt phân công giúp đỡ." in text_of(shown)


def test_the_pool_of_many_schools_is_one_table():
    """Forty rows of bars fill a page and need a table beside them: the table alone says more."""
    listed = [School(f"t{place:02}", f"Trường {place}") for place in range(21)]
    many = [row for school in listed for row in course(school.id, "2022", 10, [2], 3)]
    shown = sections.waiting(_in_order(asked(*many), listed), "student")
    assert kinds(shown) == ["list", "figure", "table"]  # the figure in words
    table = shown[-1].to_dict()
    heads = ["Trường", "Hoàn thành lớp", "Đã kết nạp", "Ra trường, chuyển đi", "Còn trong nguồn"]
    assert [cell["text"] for cell in table["header"][0]] == heads
    assert table["rows"][-1]["cells"] == ["Cộng", "210", "42", "63", "105"]


def _in_order(data, schools):
    collection = replace(data.collection, schools=tuple(schools))
    return replace(data, collection=collection, schools=tuple(school.id for school in schools))


def _first_cells(block):
    content = block.to_dict()
    table = content.get("data", content)
    return [row["cells"][0] for row in table.get("rows", []) if row["kind"] == "plain"]


def test_sent_finished_and_admitted_stand_together_on_page_one():
    """A share alone invites the reading that fewer should be sent."""
    flows = [
        {"school": school, "group": "student", "period": year, "measure": measure, "n": n}
        for school in "ab"
        for year, sent in (("2022", 30), ("2023", 40))
        for measure, n in (("nominated", sent), ("trained", sent - 1), ("admitted", 4))
    ]
    _, rows = rows_of(sections.results(asked(*flows)))
    assert [row[0] for row in rows] == ["Học sinh: cử đi học", "Học sinh: hoàn thành lớp", "Học sinh: kết nạp"]
