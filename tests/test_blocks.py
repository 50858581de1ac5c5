"""Blocks: what a notebook shows, as plain data."""

import json
import re
from datetime import date
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
from rich_document import ATTACK, COLLECTION, ORGANISATION, counts, draw, two_level_header

from dangvien_analysis import blocks
from dangvien_analysis.blocks.notebook import read_markdown
from dangvien_analysis.blocks.outline import ABSENT_TITLE, annex, arrange
from dangvien_analysis.sections import section


def cells(block):
    """Return the texts of a table's rows."""
    return [row["cells"] for row in block.content["rows"]]


# ---- tables ----------------------------------------------------------------------------------------------------------


def test_numbers_are_written_as_vietnamese_reports_write_them():
    """Counts with a dot, shares with a decimal comma and "%", days as 14-3-2024, and never a rounded count."""
    frame = pd.DataFrame(
        {"school": ["A"], "n": [12345], "rate": [0.1572], "low": [0.0], "as_of": pd.to_datetime(["2024-03-14"])}
    )
    assert cells(blocks.table(frame, "x")) == [["A", "12.345", "15,7%", "0,0%", "14-3-2024"]]


def test_a_missing_number_is_not_a_zero():
    """Not reported is "…", explained under the table; a reported zero is "0"."""
    block = blocks.table(counts(), "x", note="Ghi thêm.")
    assert [row[1] for row in cells(block)] == ["1.234", "0", "7", "…"]
    assert block.content["note"] == "Ghi thêm. Dấu … : chưa có số liệu."
    assert blocks.table(counts().iloc[:3], "x").content["note"] == ""


def test_years_and_identifiers_are_never_grouped():
    """A period is a text: 2023 stays 2023."""
    frame = pd.DataFrame({"period": ["2023"], "n": [2023]})
    assert cells(blocks.table(frame, "x")) == [["2023", "2.023"]]


def test_numbers_stand_right_and_words_left():
    """A column of texts that are all numbers is one of numbers, "25/159 (15,7%)" aside of words is not."""
    frame = pd.DataFrame({"school": ["1", "2"], "a": ["1.234", "…"], "b": ["12 em", "3"], "c": ["15,7%", "-1"]})
    assert blocks.table(frame, "x").content["align"] == ["left", "right", "left", "right"]
    assert blocks.table(frame, "x", align={"b": "center"}).content["align"][2] == "center"


def test_an_unknown_alignment_is_refused():
    """A misspelt word must not fall back silently."""
    with pytest.raises(ValueError, match="left, right, center"):
        blocks.table(counts(), "x", align={"n": "rechts"})


def test_known_columns_get_vietnamese_names_and_labels_override_them():
    """A reader never sees a column name of the program."""
    header = blocks.table(counts(), "x", labels={"n": "Học sinh"}).content["header"]
    assert [cell["text"] for cell in header[0]] == ["Trường", "Học sinh"]


def test_two_levels_of_columns_make_a_header_of_two_rows():
    """Equal neighbours above are one cell over several columns; a column without a second level spans both rows."""
    upper, lower = blocks.table(two_level_header(), "x").content["header"]
    assert [(cell["text"], cell["columns"], cell["rows"], cell["place"]) for cell in upper] == [
        ("Trường", 1, 2, 0),
        ("Học sinh", 2, 1, 1),
        ("CBGVNV", 2, 1, 3),
    ]
    assert [(cell["text"], cell["place"]) for cell in lower] == [("Học", 1), ("Kết nạp", 2), ("Học", 3), ("Kết nạp", 4)]


def test_sections_and_totals_are_rows_of_their_own_kind():
    """A section stands once before its rows and its column goes; the last rows are sums."""
    frame = pd.DataFrame({"group": ["Học sinh", "Học sinh", "CBGVNV"], "school": ["A", "B", "A"], "n": [1, 2, 3]})
    rows = blocks.table(frame, "x", sections="group", totals=1).content["rows"]
    assert [(row["kind"], row["cells"]) for row in rows] == [
        ("section", ["Học sinh"]),
        ("plain", ["A", "1"]),
        ("plain", ["B", "2"]),
        ("section", ["CBGVNV"]),
        ("total", ["A", "3"]),
    ]


def test_a_table_without_rows_says_so():
    """An empty frame is an answer, not an error."""
    assert blocks.table(counts().iloc[:0], "x").content["note"] == "Không có dòng nào."


def test_the_frame_given_is_left_as_it_was():
    """Showing a frame changes nothing in it."""
    frame = counts()
    blocks.table(frame, "x", sections="school")
    pd.testing.assert_frame_equal(frame, counts())


# ---- figures ---------------------------------------------------------------------------------------------------------


def test_words_of_a_chart_stay_words_and_never_become_markup_or_formulas():
    """A school may be called anything; its name is in the drawing as it is, escaped."""
    svg = blocks.figure(draw, counts(), "x", "y").content["svg"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #let x = 1 $\\input{x}$ =HYPERLINK(" in svg
    assert "<script" not in svg


def test_a_chart_names_no_outside_address_and_says_nothing_of_its_maker():
    """No document type, no metadata, no date; only the names of the XML vocabularies."""
    svg = blocks.figure(draw, counts(), "x", "y").content["svg"]
    assert svg.startswith("<svg ")
    assert "metadata" not in svg
    assert "<!" not in svg
    addresses = set(re.findall(r'https?://[^"\s]+', svg))
    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_the_same_chart_is_the_same_bytes_and_its_ids_are_its_own():
    """References find their ids, all with the chart's prefix; another chart has another."""
    first, again = (blocks.figure(draw, counts(), "x", "y").content for _ in range(2))
    other = blocks.figure(draw, counts().iloc[:2], "x", "y").content
    assert first == again
    ids = set(re.findall(r'\sid="([^"]+)"', first["svg"]))
    references = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', first["svg"]))
    assert {name for pair in references for name in pair if name} <= ids
    assert all(name.startswith(first["prefix"]) for name in ids)
    assert first["prefix"] != other["prefix"]


def test_a_label_that_looks_like_a_reference_stays_as_it_is():
    """Ids are renamed in tags only, never in words."""

    def write(frame, ax):
        ax.set_title('url(#x) href="#y"  id="z"')

    assert 'url(#x) href="#y"  id="z"' in blocks.figure(write, counts(), "x", "y").content["svg"]


def test_a_chart_leaves_no_state_behind():
    """The next chart, and the analyst's own, are not changed by this one."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    before = dict(mpl.rcParams)
    blocks.figure(draw, counts(), "x", "y")
    assert plt.get_fignums() == []
    assert dict(mpl.rcParams) == before


def test_a_chart_brings_the_numbers_behind_it():
    """By default the frame drawn, else the one given."""
    block = blocks.figure(draw, counts(), "x", "y", source="báo cáo của các trường")
    assert [row["cells"] for row in block.content["data"]["rows"]] == cells(blocks.table(counts(), "x"))
    assert block.content["data"]["source"] == "báo cáo của các trường"
    other = blocks.figure(draw, counts(), "x", "y", data=counts().iloc[:1])
    assert len(other.content["data"]["rows"]) == 1


def test_a_chart_whose_words_would_be_cut_off_on_a_phone_has_no_drawing_for_it():
    """A narrow chart itself, one whose labels leave it no room and one whose words run over the edge have none."""

    def note(words):
        return lambda _, ax: ax.set_title(words, loc="left")

    assert blocks.figure(note("Ngắn"), counts(), "x", "y").content["phone_svg"]
    assert not blocks.figure(note("Ngắn"), counts(), "x", "y", least_width=160).content["phone_svg"]
    assert not blocks.figure(note("Ngắn"), counts(), "x", "y", size=(80, 80)).content["phone_svg"]
    assert not blocks.figure(note("Dài " * 30), counts(), "x", "y").content["phone_svg"]
    assert not blocks.figure(draw, counts(), "x", "y").content["phone_svg"]


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_chart_without_an_alternative_text_is_refused(alt):
    """Who cannot see the chart must be told what it shows."""
    with pytest.raises(ValueError, match="alternative text"):
        blocks.figure(draw, counts(), "x", alt)


# ---- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issuer", "lines"),
    [("board", ["HUYỆN ỦY SƠN HÀ", "BAN TỔ CHỨC"]), ("committee", ["ĐẢNG BỘ TỈNH THANH LÂM", "HUYỆN ỦY SƠN HÀ"])],
)
def test_the_letterhead_names_the_issuing_body_under_the_one_above_it(issuer, lines):
    """A board stands under its committee, a committee under its parent."""
    organisation = SimpleNamespace(**{**vars(ORGANISATION), "issuer": issuer})
    collection = SimpleNamespace(organisation=organisation, as_of=date(2024, 3, 14), illustrative=False)
    content = blocks.letterhead(collection, "BÁO CÁO").content
    assert content["issuer"] == lines
    assert content["as_of"] == "Số liệu tính đến ngày 14-3-2024"


def test_texts_are_composed_and_without_signs_that_cannot_be_seen():
    """Decomposed letters, control signs and signs that turn words around would spoil search, XML and reading."""
    block = blocks.say("To\u0302\u0309 chư\u0301c\x00\x1b", "a\u202eb\ufeff\ud800\t.")
    assert block.content["runs"][0]["text"] == "Tổ chức ab ."


@pytest.mark.parametrize("level", [0, 5])
def test_a_heading_has_a_level_that_exists(level):
    """Levels are 1 to 4."""
    with pytest.raises(ValueError, match="1 to 4"):
        blocks.heading("x", level)


def test_markdown_becomes_plain_blocks():
    """Emphasis stays, a link keeps its words, HTML stays visible as typed, a rule begins a page."""
    found = read_markdown("## *Đầu* đề\n\na **b** [c](http://d) <i>e</i>\nf\n\n---\n\n- g\n  1. h\n\n> i\n\n<!-- k -->")
    assert found[0] == {"kind": "heading", "level": 2, "text": "Đầu đề", "id": ""}
    assert "".join(run["text"] for run in found[1]["runs"]) == "a b c <i>e</i> f"
    assert [run["text"] for run in found[1]["runs"] if run["strong"]] == ["b"]
    assert [block["kind"] for block in found[2:]] == ["page_break", "list", "note"]
    assert found[3]["items"][0][1]["ordered"]


# ---- notebooks -------------------------------------------------------------------------------------------------------


def notebook(tmp_path, *cells):
    """Write a notebook as an execution leaves it and return its path."""
    path = tmp_path / "executed.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), path)
    return path


def shown(*shown_blocks, tags=()):
    """Return a code cell that showed blocks, through IPython's own formatter."""
    from IPython.core.formatters import DisplayFormatter

    outputs = [nbformat.v4.new_output("stream", text="printed line")]
    for block in shown_blocks:
        data, metadata = DisplayFormatter().format(block)
        outputs.append(nbformat.v4.new_output("display_data", data=data, metadata=metadata))
    return nbformat.v4.new_code_cell("secret = 1", outputs=outputs, metadata={"tags": list(tags)})


def test_a_notebook_is_read_back_as_the_blocks_it_showed(tmp_path):
    """In order, words and blocks; no code, no printed line."""
    table, figure = blocks.table(counts(), "Bảng"), blocks.figure(draw, counts(), "Hình", ATTACK)
    path = notebook(tmp_path, nbformat.v4.new_markdown_cell("# Đầu đề"), shown(table, figure), shown(pd.DataFrame()))
    found = blocks.read_blocks(path)
    assert found == [read_markdown("# Đầu đề")[0], table.to_dict(), figure.to_dict()]
    assert "secret" not in json.dumps(found)


def test_cells_meant_for_the_analyst_only_are_not_exported(tmp_path):
    """A cell tagged "no-export" is for whoever opens the notebook."""
    hint = nbformat.v4.new_markdown_cell("Bấm Run", metadata={"tags": ["no-export"]})
    assert blocks.read_blocks(notebook(tmp_path, hint, shown(blocks.say("a"), tags=["no-export"]))) == []


def test_a_notebook_that_stopped_half_way_is_never_exported(tmp_path):
    """An error in any cell, also one not exported, is told with the cell's number."""
    cell = shown(blocks.say("a"), tags=["no-export"])
    cell.outputs.append(nbformat.v4.new_output("error", ename="ValueError", evalue="sai", traceback=[]))
    with pytest.raises(blocks.ExecutionError, match="ô thứ 2: ValueError: sai"):
        blocks.read_blocks(notebook(tmp_path, shown(blocks.say("a")), cell))


@pytest.mark.parametrize(
    "block",
    [
        blocks.table(counts(), ATTACK),
        blocks.say(ATTACK),
        blocks.heading(ATTACK),
        blocks.banner(ATTACK),
        blocks.key_figures([(ATTACK, ATTACK, ATTACK)]),
        blocks.figure(draw, counts(), ATTACK, ATTACK),
    ],
    ids=lambda block: block.kind,
)
def test_jupyterlab_shows_the_words_of_a_workbook_as_words(block):
    """Below its cell a block is escaped like everywhere."""
    html = block._repr_mimebundle_()["text/html"]
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


# ---- arrangement -----------------------------------------------------------------------------------------------------


def kinds(arranged):
    """Return what stands where: kind and what its place gave it."""
    return [(block["kind"], block.get("level") or block.get("number") or block.get("title")) for block in arranged]


def test_headings_never_skip_a_level_and_the_title_comes_once():
    """The first heading of level 1 is the title; a report with a letterhead has that one."""
    words = read_markdown("# Tựa\n\n#### a\n\n## b\n\n#### c\n\n# d")
    expected = [("heading", 2), ("heading", 2), ("heading", 3), ("heading", 2)]
    assert kinds(blocks.arrange(words, "x")) == [("title", "Tựa"), *expected]
    opening = blocks.letterhead(COLLECTION, "BÁO CÁO").to_dict()
    assert kinds(blocks.arrange([*words, opening], "x")) == [("letterhead", "BÁO CÁO"), *expected]
    assert kinds(blocks.arrange([], "x")) == [("title", "x")]


def test_tables_and_charts_are_numbered_and_what_folds_is_numbered_as_the_annex():
    """Both outputs print the same numbers, and the annex holds every table that folds, in order."""
    plain, folded = (blocks.table(counts(), "Bảng", folded=fold).to_dict() for fold in (False, True))
    chart = blocks.figure(draw, counts(), "Số người", "y").to_dict()
    arranged = blocks.arrange([plain, chart, folded, plain, chart], "x")
    numbers = [block["number"] for block in arranged[1:]]
    assert numbers == ["Bảng 1", "Biểu đồ 1", "Bảng PL2", "Bảng 2", "Biểu đồ 2"]
    assert [block["number"] for block in annex(arranged)] == ["Bảng PL1", "Bảng PL2", "Bảng PL3"]
    assert annex(arranged)[0]["caption"] == "Số liệu của biểu đồ 1: Số người"
    ids = [block["id"] for block in [*arranged[1:], *annex(arranged)]]
    assert len(set(ids)) == len(ids) - 1  # the folded table stands in both lists


def test_arranging_changes_nothing_in_the_blocks_given():
    """The same list goes to HTML and to PDF."""
    given = [blocks.figure(draw, counts(), "x", "y").to_dict(), blocks.heading("a", 4).to_dict()]
    before = json.dumps(given)
    blocks.arrange(given, "x")
    assert json.dumps(given) == before


def absent(text, why=""):
    """A part that has nothing to show."""
    return section.absent(["figure"], text, why).to_dict()


def test_sections_without_any_data_are_told_in_one_list():
    """Where the last of them stood, each with its reasons once; a page of bare headings is no report."""
    asked = read_markdown("## Các bước\n\nBao nhiêu người qua từng bước?")
    compared = read_markdown("## So sánh\n\nCó nơi nào khác không?")
    found = arrange(
        [
            *asked,
            absent("Học sinh: chưa có.", "Chưa có số."),
            absent("CBGVNV: chưa có.", "Chưa có số."),
            *compared,
            absent("Chỉ có một trường."),
            blocks.heading("Số liệu").to_dict(),
            blocks.say("Có 5 số.").to_dict(),
        ],
        "Báo cáo",
    )
    assert [block["text"] for block in found if block["kind"] == "heading"] == [ABSENT_TITLE, "Số liệu"]
    told = ["".join(run["text"] for run in item[0]["runs"]) for item in found[2]["items"]]
    assert told == ["Các bước. Chưa có số.", "So sánh. Chỉ có một trường."]


@pytest.mark.parametrize("shown", [blocks.say("Kết nạp 209 em."), blocks.note("Không có lỗi.")])
def test_a_section_that_says_something_stays_where_it_is(shown):
    """Words out of the numbers are an answer, even beside a chart that could not be drawn; one empty section stays."""
    one = [blocks.heading("Một").to_dict(), absent("Chưa có."), shown.to_dict()]
    two = [blocks.heading("Hai").to_dict(), absent("Chưa có.")]
    found = arrange([*one, *two], "Báo cáo")
    assert [block["text"] for block in found if block["kind"] == "heading"] == ["Một", "Hai"]


def test_a_note_is_not_said_twice_in_a_row():
    """Of pupils and of staff a public copy withholds the same; with words between, it is said of each."""
    note, words = blocks.note("Bản công bố không in.").to_dict(), blocks.say("Khác.").to_dict()
    found = arrange([note, note, words, note], "Báo cáo")
    assert [block["kind"] for block in found[1:]] == ["note", "paragraph", "note"]
