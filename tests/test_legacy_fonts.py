"""Workbooks in legacy fonts come out in Unicode, whatever their format."""

from pathlib import Path

import pytest
import workbook_files as files
import xlwt

from dangvien_analysis.workbook import address, read_workbook

HEADERS = ["Tr\u00adêng", "KÕt n¹p n¨m", "Ghi chó"]


def write_legacy_xlsx(path: Path) -> None:
    """Write headers in .VnTime, a title in its capitals, one header in VNI and one in Unicode."""
    styles = files.styles_xml((".VnTime", 0), (".VnTimeH", 0), ("VNI-Times", 0), ("Times New Roman", 0))
    texts = [(0, text) for text in HEADERS] + [(1, "b¸o c¸o"), (2, "keát naïp"), (3, "Đảng viên")]
    cells = "".join(
        f'<c r="{address(1, col)}" s="{style}" t="s"><v>{col - 1}</v></c>' for col, (style, _) in enumerate(texts, 1)
    )
    strings = "".join(f"<si><t>{text}</t></si>" for _, text in texts)
    strings += (
        '<si><r><rPr><rFont val=".VnTime"/></rPr><t>§¶ng </t></r><r><rPr><rFont val="Arial"/></rPr><t>viên</t></r></si>'
    )
    cells += '<c r="G1" s="3" t="s"><v>6</v></c>'
    parts = files.xlsx_parts([files.sheet_xml(f'<row r="1">{cells}</row>')], strings, styles)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("Trang 1", "N¨m 2023")
    files.write_zip(path, parts)


def write_legacy_xls(path: Path) -> None:
    """Write the same by xlwt."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("N¨m 2023")
    fonts = [(".VnTime", text) for text in HEADERS] + [(".VnTimeH", "b¸o c¸o"), ("VNI-Times", "keát naïp")]
    for col, (font, text) in enumerate([*fonts, ("Times New Roman", "Đảng viên")]):
        sheet.write(0, col, text, xlwt.easyxf(f"font: name {font}"))
    mixed = [xlwt.easyfont(f"name {name}") for name in (".VnTime", "Arial")]
    sheet.write_rich_text(0, 6, (("§¶ng ", mixed[0]), ("viên", mixed[1])))
    book.save(str(path))


def write_legacy_ods(path: Path) -> None:
    """Write the same as .ods; the first cell takes its font from the column."""
    fonts = {"c1": ".VnTime", "c2": ".VnTimeH", "c3": "VNI-Times", "c4": "Arial"}
    faces = "".join(f'<style:font-face style:name="{font}" svg:font-family="{font}"/>' for font in fonts.values())
    styles = "".join(
        f'<style:style style:name="{name}" style:family="{family}">'
        f'<style:text-properties style:font-name="{font}"/></style:style>'
        for name, font in fonts.items()
        for family in ("table-cell", "text")
    )
    spans = '<text:span text:style-name="c1">§¶ng<text:s/></text:span><text:span text:style-name="c4">viên</text:span>'
    texts = [(HEADERS[1], "c1"), (HEADERS[2], "c1"), ("b¸o c¸o", "c2"), ("keát naïp", "c3"), ("Đảng viên", "c4")]
    cells = [files.ods_cell("string", text, table_style_name=style) for text, style in [*texts, (spans, "c4")]]
    column = '<table:table-column table:default-cell-style-name="c1"/>'
    table = files.ods_table(column, files.ods_row(files.ods_cell("string", HEADERS[0]), *cells), name="N¨m 2023")
    declared = f"<office:font-face-decls>{faces}</office:font-face-decls>"
    files.write_ods(path, table, f"{declared}<office:automatic-styles>{styles}</office:automatic-styles>")


@pytest.mark.parametrize(
    ("extension", "write"), [("xlsx", write_legacy_xlsx), ("xls", write_legacy_xls), ("ods", write_legacy_ods)]
)
def test_legacy_fonts_are_decoded_in_every_format(tmp_path, extension, write):
    """Fonts mixed on one sheet and in one cell, and the sheet's name with them."""
    path = tmp_path / f"b.{extension}"
    write(path)
    (sheet,) = read_workbook(path).sheets
    read = [cell.raw for cell in sheet.cells.values()]
    assert read == ["Trường", "Kết nạp năm", "Ghi chú", "BÁO CÁO", "kết nạp", "Đảng viên", "Đảng viên"]
    assert sheet.name == "Năm 2023"


def test_an_unused_legacy_font_changes_nothing(tmp_path):
    """Fonts linger in a workbook's styles: the cell's own style decides."""
    styles = files.styles_xml((".VnTime", 0), ("Arial", 0))
    path = files.write_xlsx(
        tmp_path / "b.xlsx", '<row r="1"><c r="A1" s="1" t="str"><v>Lê có</v></c></row>', styles=styles
    )
    assert read_workbook(path).sheets[0].cells[1, 1].raw == "Lê có"
