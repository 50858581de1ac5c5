"""The marked copy as a file: what of a workbook travels, what stays behind, and that it reads the same."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbook_files import MAIN, sheet_xml, xlsx_parts

from dangvien_analysis.marking.book import marked_copy
from dangvien_analysis.marking.list_sheet import Letter
from dangvien_analysis.marking.notes import Note
from dangvien_analysis.marking.outline import outline, spliced
from dangvien_analysis.marking.styles import EMPTY
from dangvien_analysis.reading.own_list import LIST_SHEET, without_list
from dangvien_analysis.reading.read import read_bytes
from dangvien_analysis.reading.refusal import Unreadable

SAMPLE = Path(__file__).parent.parent / "data" / "raw" / "sample"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LETTER = Letter("HUYỆN ỦY THỬ", "bao-cao.xlsx", "Trường THPT A", "20-3-2024", illustrative=False, marked=True)
NOTES = [Note("error", "Trang 1", "B2", "Ô B2 sai."), Note("warning", "Trang 1", "A1:A2, C3", "Xem lại A1:A2, C3.")]
ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>Năm</t></is></c></row><row r="2"><c r="B2"><v>-5</v></c></row>'


def zipped(parts):
    """Return a zip file of these parts as bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def parts_of(data):
    """Return the parts of a zip file as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def one_sheet(rows=ROWS, before="", after="", **more):
    """Return the parts of a workbook of one sheet."""
    return xlsx_parts([sheet_xml(rows, before, after)]) | {"xl/styles.xml": EMPTY.decode()} | more


def links(*entries):
    """Return a relations part of (id, kind, target, is outside)."""
    written = "".join(
        f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for id_, kind, target, outside in entries
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{written}</Relationships>'
    )


def with_link(parts, part, *entries):
    """Add relations to those that a part has."""
    folder, _, base = part.rpartition("/")
    name = f"{folder}/_rels/{base}.rels"
    old = parts.get(name, links()).removesuffix("</Relationships>")
    new = links(*entries).partition(">")[2]
    return parts | {name: old + new}


def read_again(data):
    """Return a workbook as the loader reads it."""
    return without_list(read_bytes(data, "bao-cao.xlsx"))


def marked(parts, notes=NOTES):
    """Return the parts of the marked copy, once it reads like its original."""
    data = zipped(parts)
    copy = marked_copy(data, LETTER, notes)
    assert read_again(copy).sheets == read_again(data).sheets
    return parts_of(copy)


SHEET = "xl/worksheets/sheet1.xml"


def test_stored_values_of_formulas_survive():
    """A copy without them would come back as formulas that nobody calculated."""
    stored = ("<f>SUM(B3:B4)</f><v>9</v>", '<f t="shared" ref="C2:C3" si="0">B2</f><v>9</v>')
    sheet = marked(one_sheet(f'<row r="2"><c r="B2">{stored[0]}</c><c r="C2">{stored[1]}</c></row>'))[SHEET]
    assert all(cell in sheet for cell in stored)


def test_a_formula_without_a_value_stays_a_fault():
    """Marking does not calculate."""
    assert "<f>B3+1</f></c>" in marked(one_sheet('<row r="2"><c r="B2"><f>B3+1</f></c></row>'))[SHEET]


def test_the_schools_own_sheet_is_kept_to_the_letter():
    """Widths, merges, print settings and rows stay; marks stand at the places the standard has for them."""
    before = '<cols><col min="1" max="1" width="33.5" customWidth="1"/></cols>'
    merges, margins = '<mergeCells count="1"><mergeCell ref="D1:E1"/></mergeCells>', '<pageMargins left="1" right="1"/>'
    sheet = marked(one_sheet(before=before, after=merges + margins))[SHEET]
    for kept in (before, ROWS, merges, margins):
        assert kept in sheet
    names = [child.name for child in outline(sheet.encode(), 1).children]
    rules = ["conditionalFormatting"] * 2
    assert names == ["cols", "sheetData", "mergeCells", *rules, "pageMargins", "legacyDrawing"]


def test_ranges_are_coloured_whole_and_commented_once():
    """A comment on each cell of a range would hide the range."""
    copy = openpyxl.load_workbook(io.BytesIO(zipped(marked(one_sheet()))))
    rules = {str(rule.sqref) for rule in copy["Trang 1"].conditional_formatting}
    assert rules == {"B2", "A1:A2 C3"}
    assert [cell.coordinate for row in copy["Trang 1"] for cell in row if cell.comment] == ["A1", "B2"]


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_another_namespace_is_kept_to(namespace):
    """Strict workbooks name everything otherwise; ours must be named so too."""
    parts = xlsx_parts([sheet_xml(ROWS).replace(MAIN, namespace)], namespace=namespace)
    assert f'<comments xmlns="{namespace}">' in marked(parts)["xl/comments.xml"]


def test_a_sheet_with_prefixed_names_is_marked():
    """Some programs write x:worksheet; what is put in declares its own namespace."""
    parts = one_sheet()
    row = '<x:row r="2"><x:c r="B2"><x:v>-5</x:v></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{row}</x:sheetData></x:worksheet>'
    copy = marked(parts | {SHEET: sheet})
    assert f'<conditionalFormatting xmlns="{MAIN}"' in copy[SHEET]
    assert copy[SHEET].startswith("<x:worksheet")


def test_macros_do_not_travel():
    """The copy goes out under the office's name."""
    parts = with_link(one_sheet(), "xl/workbook.xml", ("v", "vbaProject", "vbaProject.bin", False))
    parts["xl/vbaProject.bin"] = "macro"
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    )
    copy = marked(parts)
    assert not [name for name in copy if "vba" in name]
    assert "macroEnabled" not in copy["[Content_Types].xml"]


def test_links_to_other_files_leave_their_values():
    """The number stays; the path on somebody's machine does not. Without a number the cell stays a fault."""
    rows = (
        '<row r="1"><c r="A1"><f>\'[1]Biểu 2\'!B3</f><v>7</v></c><c r="B1"><f>SUM(Bang[2021])</f><v>3</v></c>'
        '<c r="C1"><f t="shared" ref="C1:C2" si="4">[1]S!A1</f><v>5</v></c><c r="D1"><f>[1]S!A2</f></c></row>'
        '<row r="2"><c r="C2"><f t="shared" si="4"/><v>6</v></c></row>'
    )
    parts = with_link(
        one_sheet(rows), "xl/workbook.xml", ("e", "externalLink", "externalLinks/externalLink1.xml", False)
    )
    parts["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>",
        '</sheets><externalReferences><externalReference r:id="e"/></externalReferences><definedNames>'
        '<definedName name="x">[1]S!$A$1</definedName></definedNames>',
    )
    copy = marked(parts)
    assert "[1]" not in "".join(copy.values())
    assert "externalReference" not in "".join(copy.values())
    assert '<c r="A1"><v>7</v></c>' in copy[SHEET]
    assert '<c r="C2"><v>6</v></c>' in copy[SHEET]
    assert "<f>SUM(Bang[2021])</f><v>3</v>" in copy[SHEET]


def test_addresses_outside_do_not_travel_and_links_inside_do():
    """A hyperlink of the sender's could lead anywhere."""
    within = '<hyperlink ref="B2" location="A1"/>'
    after = f'<hyperlinks xmlns:r="{RELATIONS}"><hyperlink ref="A1" r:id="h"/>{within}</hyperlinks>'
    parts = with_link(one_sheet(after=after), SHEET, ("h", "hyperlink", "file:///C:/nguoi/x.xlsx", True))
    copy = marked(parts)
    assert within in copy[SHEET]
    assert 'ref="A1" r:id' not in copy[SHEET]
    assert "nguoi" not in "".join(copy.values())


def test_a_chart_travels_and_one_of_another_files_numbers_does_not():
    """Pictures and charts are part of the school's report, as long as they show what stands in it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Trang 1"
    sheet.append([1, 2, 3])
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(sheet, min_col=1, max_col=3, min_row=1))
    sheet.add_chart(chart, "E1")
    packed = io.BytesIO()
    book.save(packed)
    parts = parts_of(packed.getvalue())
    (name,) = [name for name in parts if name.startswith("xl/charts/chart")]
    copy = marked(parts)
    assert copy[name] == parts[name]
    assert "<drawing " in copy[SHEET]
    copy = marked(parts | {name: parts[name].replace("'Trang 1'!", "'[1]Trang 1'!")})
    assert name not in copy
    assert "<drawing " not in copy[SHEET]


def test_a_text_in_old_fonts_is_marked_and_stays_as_it_is():
    """The list is in Unicode whatever the sheet is in; reading one as the other would turn words into signs."""
    fonts = '<fonts><font><name val=".VnTime"/></font></fonts>'
    fonts += '<cellStyleXfs/><cellXfs><xf numFmtId="0" fontId="0"/></cellXfs>'
    rows = '<row r="1"><c r="A1" s="0" t="inlineStr"><is><t>Tr­êng THPT A, häc sinh ®­îc kÕt n¹p</t></is></c></row>'
    parts = one_sheet(rows) | {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{fonts}</styleSheet>'}
    assert read_again(zipped(parts)).sheets[0].cells[1, 1].raw == "Trường THPT A, học sinh được kết nạp"
    assert rows in marked(parts)[SHEET]


def test_who_wrote_the_file_does_not_travel():
    """The copy names nobody but the office; a form's own marks in the custom properties stay."""
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="bieu"><vt:lpwstr>7</vt:lpwstr></property>'
        "</Properties>"
    )
    parts = one_sheet()
    parts["_rels/.rels"] = links(
        ("rId1", "officeDocument", "xl/workbook.xml", False),
        ("rId2", "core-properties", "docProps/core.xml", False),
        ("rId3", "custom-properties", "docProps/custom.xml", False),
    )
    parts |= {"docProps/core.xml": "<c>Nguyễn Thị Không Có Thật</c>", "docProps/custom.xml": custom}
    copy = marked(parts)
    assert "docProps/core.xml" not in copy
    assert copy["docProps/custom.xml"] == custom


def test_names_that_hold_on_a_sheet_move_with_it():
    """Print areas know their sheet by its place, and the list comes before them all."""
    parts = one_sheet()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>",
        '</sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">\'Trang 1\'!$A$1:$B$2'
        "</definedName></definedNames>",
    )
    book = openpyxl.load_workbook(io.BytesIO(zipped(marked(parts))))
    assert book["Trang 1"].print_area == "'Trang 1'!$A$1:$B$2"
    assert book[LIST_SHEET].print_title_rows is not None


def test_only_the_list_is_selected():
    """What is typed into one of several selected sheets goes into all of them."""
    views = '<sheetViews><sheetView tabSelected="1" zoomScale="90" workbookViewId="0"/></sheetViews>'
    parts = one_sheet(before=views)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "<sheets>", '<bookViews><workbookView activeTab="0" tabRatio="600"/></bookViews><sheets>'
    )
    copy = marked(parts)
    assert views.replace(' tabSelected="1"', "") in copy[SHEET]
    assert 'tabSelected="1"' in copy["xl/worksheets/canSua.xml"]
    assert '<workbookView tabRatio="600"/>' in copy["xl/workbook.xml"]


def test_the_schools_own_rules_stay_and_come_after_ours():
    """A rule of the school's with "stop" could else hide a mark."""
    own = (
        '<conditionalFormatting sqref="B2"><cfRule type="expression" priority="1" stopIfTrue="1">'
        "<formula>B2&gt;3</formula></cfRule></conditionalFormatting>"
    )
    sheet = marked(one_sheet(after=own))[SHEET]
    assert own.replace('priority="1"', 'priority="3"') in sheet


def test_marks_of_an_earlier_check_leave_the_sheet_as_it_was():
    """Marked, mended, checked: the sheet's own part is the original's again, but for the new marks."""
    once = marked(one_sheet())
    twice = marked(once, [])
    assert twice[SHEET] == one_sheet()[SHEET]
    assert [name for name in twice if "comment" in name or "vml" in name] == []
    assert len([name for name in twice if name.startswith("xl/worksheets/") and name.endswith(".xml")]) == 2


def test_a_sheet_of_the_lists_name_gets_company_not_replaced():
    """The school's own sheet of that name stays, and the list is called otherwise."""
    parts = one_sheet()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('name="Trang 1"', 'name="CẦN SỬA"')
    book = openpyxl.load_workbook(io.BytesIO(zipped(marked(parts, []))))
    assert book.sheetnames == [f"{LIST_SHEET} (2)", "CẦN SỬA"]


def test_text_that_looks_like_a_formula_stays_text():
    """A sheet can be called =1+1, and a link to it must not run."""
    parts = one_sheet()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('name="Trang 1"', 'name="=1+1&amp;&lt;\'"')
    copy = marked(parts, [Note("error", "=1+1&<'", "B2", "=HYPERLINK(1)")])
    book = openpyxl.load_workbook(io.BytesIO(zipped(copy)))
    row = next(row for row in book[LIST_SHEET].iter_rows() if row[0].value == 1)
    assert row[2].value == "=1+1&<'"
    assert row[4].value == "=HYPERLINK(1)"
    assert "<f>" not in copy["xl/worksheets/canSua.xml"]
    assert row[3].hyperlink.location == "'=1+1&<'''!B2"


@pytest.mark.parametrize(
    "broken",
    [
        {SHEET: "<worksheet><sheetData>"},
        {"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'},
        {"xl/styles.xml": "<styleSheet"},
    ],
)
def test_a_damaged_part_is_never_patched(broken):
    """What cannot be read with certainty cannot be changed with certainty."""
    with pytest.raises(Unreadable):
        marked_copy(zipped(one_sheet() | broken), LETTER, NOTES)


def test_elements_are_found_at_their_bytes():
    """Attributes with signs in them, empty tags, accents, comments between: the places are exact."""
    data = '<?xml version="1.0"?><a x="1>2"><b/><!-- <c> --><c y=\'/\'>ế</c><d >1</d ></a>'.encode()
    root = outline(data, 1)
    assert [data[child.start : child.end].decode() for child in root.children] == [
        "<b/>",
        "<c y='/'>ế</c>",
        "<d >1</d >",
    ]
    assert spliced(data, [(child.inner, child.inner_end, b"!") for child in root.children[1:]]) == (
        data.replace("ế".encode(), b"!").replace(b">1<", b">!<")
    )


# --- any fault in any cell ----------------------------------------------------------------------------------------

FILES = {path.name: path.read_bytes() for path in sorted(SAMPLE.glob("*.xlsx"))}
BAD = st.one_of(
    st.sampled_from(["khoảng 5", "-1", "#REF!", "=B2+1", "4/6", "x" * 300, "<b>&amp;", "\u202eđảo", "12 em", ""]),
    st.integers(-5, 5000),
    st.floats(-10, 10, allow_nan=False),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20),
)


def edited(name, edits):
    """Return a workbook of the sample with cells set."""
    book = openpyxl.load_workbook(io.BytesIO(FILES[name]))
    for (row, column), value in edits.items():
        cell = book.worksheets[-1].cell(row, column)
        if not isinstance(cell, openpyxl.cell.cell.MergedCell):
            cell.value = value
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


@settings(max_examples=25)
@given(
    st.sampled_from(list(FILES)),
    st.dictionaries(st.tuples(st.integers(1, 20), st.integers(1, 10)), BAD, max_size=5),
    st.lists(st.tuples(st.sampled_from(["error", "warning"]), st.integers(1, 30), st.integers(1, 12)), max_size=6),
)
def test_whatever_stands_in_the_cells_the_copy_reads_the_same(name, edits, places):
    """Any values, any marks, twice over: the loader reads the same cells in copy, copy's copy and original."""
    data = edited(name, edits)
    sheet = read_again(data).sheets[-1].name
    notes = [
        Note(level, sheet, f"{openpyxl.utils.get_column_letter(column)}{row}", f"Ô {row}: <&> «{column}».")
        for level, row, column in places
    ]
    once = marked_copy(data, LETTER, notes)
    twice = marked_copy(once, LETTER, notes[:1])
    assert read_again(once).sheets == read_again(twice).sheets == read_again(data).sheets
    assert len(openpyxl.load_workbook(io.BytesIO(twice)).sheetnames) == len(read_again(data).sheets) + 1
