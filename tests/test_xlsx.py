"""What an .xlsx stores, in all the ways programs write it, and what it means."""

import pytest
import workbook_files as files
import xlsxwriter

from dangvien_analysis.reading import refusal, xlsx, xlsx_rows
from dangvien_analysis.reading.parts import Package
from dangvien_analysis.reading.xlsx import read_xlsx
from dangvien_analysis.workbook import (
    COUNT,
    DATE,
    ERROR,
    FORMULA,
    MASKED,
    NUMBER,
    TEXT,
    UNSEEN_ZERO,
    Cell,
    read_workbook,
)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ('<c r="A1"><f>SUM(B1)</f></c>', Cell(FORMULA)),
        ('<c r="A1"><f>SUM(B1)</f><v></v></c>', Cell(FORMULA)),
        ('<c r="A1"><f>SUM(B1)</f><v/></c>', Cell(FORMULA)),
        ('<c r="A1"><f t="shared" si="0"/></c>', Cell(FORMULA)),
        ('<c r="A1" t="str"><f>T(B1)</f></c>', Cell(FORMULA)),
        ('<c r="A1" t="str"><f>T(B1)</f><v></v></c>', None),
        ('<c r="A1" t="str"><f>T(B1)</f><v>12 em</v></c>', Cell(COUNT, "12 em", 12)),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell(ERROR, "#DIV/0!")),
        ('<c r="A1" t="e"><v>#N/A</v></c>', Cell(ERROR, "#N/A")),
        ('<c r="A1"><f>IF(B1&gt;0,1,2)</f><v>2</v></c>', Cell(COUNT, "2", 2, 2.0)),
        ('<c r="A1"><v>12.0</v></c>', Cell(COUNT, "12", 12, 12.0)),
        ('<c r="A1"><v>1.2E1</v></c>', Cell(COUNT, "12", 12, 12.0)),
        ('<c r="A1"><v>0.30000000000000004</v></c>', Cell(NUMBER, "0.3", None, 0.3)),
        ('<c r="A1"><v>9.0000000000000018</v></c>', Cell(COUNT, "9", 9, 9.0)),
        ('<c r="A1"><v>1e15</v></c>', Cell(NUMBER, "1000000000000000", None, 1e15)),
        ('<c r="A1"><v>-0</v></c>', Cell(COUNT, "0", 0, 0.0)),
        ('<c r="A1"><v>1_000</v></c>', Cell(ERROR, "?")),
        ('<c r="A1"><v>nan</v></c>', Cell(ERROR, "?")),
        ('<c r="A1"><v>1e999</v></c>', Cell(ERROR, "?")),
        ('<c r="A1" t="s"><v>9</v></c>', Cell(ERROR, "?")),
        ('<c r="A1" t="z"><v>9</v></c>', Cell(ERROR, "?")),
        ('<c r="A1" t="s"><v>0</v></c>', Cell(TEXT, "Đảng viên")),
        ('<c r="A1" t="inlineStr"><is><t>Ghi</t><rPh><t>x</t></rPh></is></c>', Cell(TEXT, "Ghi")),
        (
            '<c r="A1" t="inlineStr"><is><r><t>12</t></r><r><t xml:space="preserve"> em</t></r></is></c>',
            Cell(COUNT, "12 em", 12),
        ),
        ('<c r="A1" t="str"><v>a_x000D_\nb</v></c>', Cell(TEXT, "a b")),
        ('<c r="A1" t="d"><v>2024-03-14</v></c>', Cell(DATE, "14-3-2024")),
        ('<c r="A1" s="0"><v>5</v></c>', Cell(COUNT, "5", 5, 5.0)),
        ('<c r="A1" s="9"><v>5</v></c>', Cell(ERROR, "?")),
        ('<c r="A1"><!-- 5 --><v><![CDATA[5]]></v></c>', Cell(COUNT, "5", 5, 5.0)),
        ("<c><v>5</v></c>", Cell(COUNT, "5", 5, 5.0)),
        ('<c r="A1"/>', None),
        ('<c r="A1"><v></v></c>', None),
    ],
)
@pytest.mark.parametrize("regular", [True, False], ids=["fast", "slow"])
def test_what_a_stored_cell_means(tmp_path, cell, meant, regular):
    """Both ways of taking a sheet's rows apart give the same cell, also for what the fast one leaves to the other."""
    strings = "<si><r><t>Đảng</t></r><r><t> viên</t></r><rPh><t>x</t></rPh></si>"
    path = files.write_xlsx(tmp_path / "b.xlsx", f'<row r="1">{cell}</row>', strings)
    (sheet,) = read_xlsx(Package(path.read_bytes()), regular=regular).sheets
    assert sheet.cells.get((1, 1)) == meant


@pytest.mark.parametrize(
    ("format_", "value", "meant"),
    [
        (14, 45447, Cell(DATE, "4-6-2024")),
        (17, 45447, Cell(DATE, "6-2024")),
        ("yyyy", 45447, Cell(DATE, "2024")),
        ("[$-42A]dd/mm/yyyy;@", 45447, Cell(DATE, "4-6-2024")),
        ("[h]:mm", 1.5, Cell(DATE, "12:00")),
        (20, 0.25, Cell(DATE, "06:00")),
        (14, 0.5, Cell(DATE, "12:00")),
        (14, 60, Cell(DATE, "28-2-1900")),
        (14, 1, Cell(DATE, "1-1-1900")),
        (14, -5, Cell(DATE, "-5")),
        (10, 1, Cell(NUMBER, "100%", None, 1.0)),
        (9, 0.29, Cell(NUMBER, "29%", None, 0.29)),
        ("General", 5, Cell(COUNT, "5", 5, 5.0)),
        ('0" em"', 5, Cell(COUNT, "5 em", 5)),
        ('0" em dự bị"', 5, Cell(TEXT, "5 em dự bị")),
        ('0" dự bị"', 0, Cell(COUNT, "0", 0, 0.0)),
        ('"Năm "0', 2023, Cell(TEXT, "Năm 2023")),
        ("#,##0\\ \\đ\\/\\m", 5, Cell(TEXT, "5 đ/m")),
        ("#,##0\\ [$₫-42A]", 5, Cell(TEXT, "5 ₫")),
        ("[$-42A]#,##0", 5, Cell(COUNT, "5", 5, 5.0)),
        ("# ##0", 5, Cell(COUNT, "5", 5, 5.0)),
        ("00", 5, Cell(COUNT, "5", 5, 5.0)),
        ("@", 5, Cell(COUNT, "5", 5, 5.0)),
        ("General;-General;;@", 0, UNSEEN_ZERO),
        ("General;-General;;@", 5, Cell(COUNT, "5", 5, 5.0)),
        ("#,###", 0, UNSEEN_ZERO),
        ('0;-0;"x"', 0, UNSEEN_ZERO),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', 0, Cell(COUNT, "0", 0, 0.0)),
        ("#,##0", 0, Cell(COUNT, "0", 0, 0.0)),
        ("#,##0,", 12000, Cell(MASKED, "12000")),
        (";;;", 5, Cell(MASKED, "5")),
        ('"1"0', 5, Cell(MASKED, "5")),
        ('[=1]"có";0', 5, Cell(MASKED, "5")),
        ("[<100]0;0", 5, Cell(COUNT, "5", 5, 5.0)),
        ('0.0" %"', 43.2, Cell(NUMBER, "43.2", None, 43.2)),
        ("_-* #,##0_-;[Red]-* #,##0_-", 5, Cell(COUNT, "5", 5, 5.0)),
        ("0.00E+00", 5, Cell(COUNT, "5", 5, 5.0)),
    ],
)
def test_a_number_format_decides_what_a_number_is(tmp_path, format_, value, meant):
    """A number shown as a date is a date, and one shown as a percentage is no count, whatever is stored."""
    code = format_.replace('"', "&quot;").replace("<", "&lt;") if isinstance(format_, str) else format_
    styles = files.styles_xml(("Arial", code))
    path = files.write_xlsx(tmp_path / "b.xlsx", f'<row r="1"><c r="A1" s="0"><v>{value}</v></c></row>', styles=styles)
    assert read_workbook(path).sheets[0].cells == {(1, 1): meant}


def test_dates_can_count_from_1904(tmp_path):
    """Workbooks from old Macs begin four years later."""
    parts = files.xlsx_parts(
        [files.sheet_xml('<row r="1"><c r="A1" s="0"><v>43985</v></c></row>')], styles=files.styles_xml(("Arial", 14))
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    assert read_workbook(files.write_zip(tmp_path / "b.xlsx", parts)).sheets[0].cells[1, 1].raw == "4-6-2024"


def test_strict_and_prefixed_workbooks_are_read(tmp_path):
    """Strict OOXML has other namespaces, and some programs write every name with a prefix; openpyxl sees no sheets."""
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    parts = files.xlsx_parts(
        [files.sheet_xml(row, namespace=files.STRICT)], "<si><t>Năm</t></si>", namespace=files.STRICT
    )
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{files.STRICT}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row>'
        '</x:sheetData><x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>'
    )
    assert read_workbook(files.write_zip(tmp_path / "b.xlsx", parts)).sheets[0].cells == {(1, 1): Cell(TEXT, "Năm")}


def test_a_part_may_be_in_utf_16(tmp_path):
    """The standard allows it."""
    parts = files.xlsx_parts([""])
    text = files.sheet_xml('<row r="1"><c r="A1" t="str"><v>Năm</v></c></row>').replace("UTF-8", "UTF-16")
    parts["xl/worksheets/sheet1.xml"] = text.encode("utf-16")
    assert read_workbook(files.write_zip(tmp_path / "b.xlsx", parts)).sheets[0].cells[1, 1].raw == "Năm"


def test_charts_are_not_sheets(tmp_path):
    """A chart on a sheet of its own holds no cells."""
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    book.add_worksheet("Số liệu").write("A1", 1)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Số liệu'!$A$1:$A$1"})
    book.add_chartsheet("Biểu đồ").set_chart(chart)
    book.close()
    assert [sheet.name for sheet in read_workbook(tmp_path / "b.xlsx").sheets] == ["Số liệu"]


def test_custom_properties_are_read(tmp_path):
    """A form keeps what it is in its custom document properties."""
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    book.add_worksheet()
    book.set_custom_property("dangvien_form", "1")
    book.close()
    assert read_workbook(tmp_path / "b.xlsx").properties == {"dangvien_form": "1"}
    meta = '<meta:user-defined meta:name="dangvien_form">1</meta:user-defined>'
    path = files.write_ods(tmp_path / "b.ods", "<table:table></table:table>", meta=meta)
    assert read_workbook(path).properties == {"dangvien_form": "1"}


def test_a_zero_that_no_program_has_calculated_is_no_result(tmp_path):
    """XlsxWriter stores 0 for a formula unless told better, and asks Excel to calculate; Excel takes that note away."""
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=1+1")
    sheet.write_formula("A2", "=1+1", value=2)
    sheet.write_number("A3", 0)
    book.close()
    cells = read_workbook(tmp_path / "b.xlsx").sheets[0].cells
    assert [cell.state for cell in cells.values()] == [FORMULA, COUNT, COUNT]
    rows = '<row r="1"><c r="A1"><f>1-1</f><v>0</v></c></row>'
    assert read_workbook(files.write_xlsx(tmp_path / "c.xlsx", rows)).sheets[0].cells[1, 1].state == COUNT


@pytest.mark.parametrize("regular", [True, False], ids=["fast", "slow"])
@pytest.mark.parametrize(
    ("between", "hidden"),
    [
        ("", set()),
        (' hidden="1"', {2}),
        (' hidden="0"', set()),
        (' ht="0"', {2}),
        (' spans="1:9" ht="15" customHeight="1"', set()),
    ],
)
def test_rows_are_the_same_whichever_way_they_are_read(tmp_path, between, hidden, regular):
    """A row of its own kind is left to the XML parser, wherever it stands."""
    rows = "".join(
        f'<row r="{row}"{between if row == 2 else ""}><c r="A{row}"><v>{row}</v></c></row>\n<row r="9{row}"/>'
        for row in (1, 2, 3)
    )
    path = files.write_xlsx(tmp_path / "b.xlsx", rows)
    (sheet,) = read_xlsx(Package(path.read_bytes()), regular=regular).sheets
    assert [cell.n for cell in sheet.cells.values()] == [1, 2, 3]
    assert sheet.hidden_rows == hidden


def written_by_xlsxwriter(path):
    """Write words, numbers, formulas and formatted blanks."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.merge_range("A1:C1", "BÁO CÁO", book.add_format({"bold": True}))
    sheet.write_row("A2", ["Nữ", 5, 9.8])
    sheet.write_formula("A3", '=IF(B2>0,"có","không")&"."', value="có.")
    sheet.set_row(2, 30)
    book.close()


LIBREOFFICE = (
    '<row r="1" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false">'
    '<c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="0" t="n"><f aca="false">1+1</f><v>2</v></c></row>'
)
EXCEL = (
    '<row r="1" spans="1:3" s="4" customFormat="1" ht="30" customHeight="1" thickBot="1" x14ac:dyDescent="0.25">'
    '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"/>'
    '<c r="C1"><f t="shared" ref="C1:C9" si="0">A1&gt;2</f><v>5</v></c>'
    '<c r="D1" t="str"><f>T(A1)</f><v/></c></row>\r\n<row r="2" spans="1:3"/>'
)


def test_the_rows_of_common_programs_are_of_the_usual_forms(tmp_path):
    """Only then are they read fast; the result would be right either way."""
    written_by_xlsxwriter(tmp_path / "b.xlsx")
    part = Package((tmp_path / "b.xlsx").read_bytes()).read("xl/worksheets/sheet1.xml").decode()
    rows = part[part.find("<sheetData>") + 11 : part.find("</sheetData>")]
    assert len(rows) > 100
    for regular in (rows, EXCEL, LIBREOFFICE):
        assert xlsx_rows.regular_cells(regular, lambda *_: (), {}) is not None


def test_a_cell_that_is_known_from_another_sheet_means_the_same(tmp_path):
    """What is kept of the cells of a form holds for its own styles and texts only, wherever a row ends."""
    row = '<row r="1"><c r="A1" s="1"><v>0.5</v></c><c r="B1" t="s"><v>0</v></c></row>'
    for shows, text, meant in [("9", "Nữ", "50%"), ("0", "Nam", "0.5"), ("9", "12 em", "50%")]:
        styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{shows}"/></cellXfs>'
        for rows in (row, row + '<row r="2"/>', row + '<row r="2"><c r="A2"><v>7</v></c></row>'):
            parts = files.xlsx_parts([files.sheet_xml(rows)], f"<si><t>{text}</t></si>", styles=styles)
            cells = read_workbook(files.write_zip(tmp_path / "b.xlsx", parts)).sheets[0].cells
            assert [cell.raw for cell in cells.values()] == [meant, text, "7"][: 3 if "A2" in rows else 2]


def test_a_known_cell_does_not_hide_that_the_rows_are_wrong(tmp_path):
    """Known or not, a cell in another row than its own is damage."""
    good = '<row r="1"><c r="A1"><v>5</v></c></row><row r="2"><c r="A2"><v>6</v></c></row>'
    bad = '<row r="1"><c r="A1"><v>5</v></c></row><row r="3"><c r="A2"><v>6</v></c></row>'
    for rows, sheets in ((good, 1), (bad, 0), (good, 1)):
        assert len(read_workbook(files.write_xlsx(tmp_path / "b.xlsx", rows)).sheets) == sheets


@pytest.mark.parametrize(
    "strings",
    [
        "<si><t>Một</t></si>\n<si><r><t>Ha</t></r><r><t>i</t></r></si><si/><si><t>Bốn</t></si>",
        "<si><t>Một</t></si><si><t>Hai</t></si><!-- </si> --><si/><si><t>Bốn</t></si>",
        '<si xml:space="preserve"><t>Một</t></si><si><t>Hai</t></si><si></si><si><t>Bốn</t></si>',
        "<si/><si><t>Hai</t></si><si><t>Ba</t></si><si><t>Bốn</t></si>",
    ],
)
def test_a_text_is_the_one_at_its_number_however_the_texts_are_written(tmp_path, strings):
    """One text more or less would give every cell behind it the words of another."""
    row = "".join(f'<c r="{letter}1" t="s"><v>{number}</v></c>' for number, letter in enumerate("ABCD"))
    path = files.write_xlsx(tmp_path / "b.xlsx", f'<row r="1">{row}</row>', strings=strings)
    raws = {place: cell.raw for place, cell in read_workbook(path).sheets[0].cells.items()}
    assert (raws[1, 2], raws[1, 4], len(raws)) == ("Hai", "Bốn", 3)


def test_a_sheet_without_its_relation_is_said(tmp_path):
    """A sheet that the workbook lists is read or named, never passed over."""
    contents = files.xlsx_parts([files.sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>'), files.sheet_xml("")])
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace("rId1", "rId9")
    book = read_workbook(files.write_zip(tmp_path / "b.xlsx", contents))
    assert [sheet.name for sheet in book.sheets] == ["Trang 2"]
    assert [problem[:3] for problem in book.problems] == [("error", "unreadable_sheet", "Trang 1")]


def test_the_limit_of_cells_is_that_of_the_workbook(tmp_path, monkeypatch):
    """Many sheets do not add up to more."""
    monkeypatch.setattr(xlsx, "MAX_CELLS", 3)
    sheet = files.sheet_xml('<row r="1"><c r="A1"><v>5</v></c><c r="B1"><v>5</v></c></row>')
    book = read_xlsx(Package(files.write_zip(tmp_path / "b.xlsx", files.xlsx_parts([sheet, sheet])).read_bytes()))
    assert ([s.name for s in book.sheets], [p.message for p in book.problems]) == (
        ["Trang 1"],
        [refusal.TOO_MANY_CELLS],
    )
