"""Writes spreadsheet files from their XML, for what no library would write."""

from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet_xml(rows: str, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """Return a worksheet part around its rows."""
    return f'{DECLARATION}<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx_parts(
    sheets: Sequence[str], strings: str = "", styles: str = "", states: Sequence[str] = (), namespace: str = MAIN
) -> dict[str, str]:
    """Return the parts of an .xlsx with these worksheet parts, the items of its shared strings, and its styles."""
    listed, links = "", ""
    for number in range(1, len(sheets) + 1):
        state = f' state="{states[number - 1]}"' if number <= len(states) else ""
        listed += f'<sheet name="Trang {number}" sheetId="{number}"{state} r:id="rId{number}"/>'
        links += f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
    for kind in ("styles", "sharedStrings"):
        links += f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{strings}</sst>',
    }
    return parts | {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}


def write_zip(path: Path, parts: dict[str, str | bytes]) -> Path:
    """Write a zip file of these parts."""
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def write_xlsx(path: Path, rows: str, strings: str = "", styles: str = "", before: str = "", after: str = "") -> Path:
    """Write an .xlsx of one sheet."""
    return write_zip(path, xlsx_parts([sheet_xml(rows, before, after)], strings, styles))


def styles_xml(*fonts_and_formats: tuple[str, int | str]) -> str:
    """Return the styles, numbered from 0, of these fonts and number formats (built-in numbers or codes)."""
    codes = "".join(
        f'<numFmt numFmtId="{200 + position}" formatCode="{code}"/>'
        for position, (_, code) in enumerate(fonts_and_formats)
        if isinstance(code, str)
    )
    fonts = "".join(f'<font><sz val="11"/><name val="{font}"/></font>' for font, _ in fonts_and_formats)
    xfs = "".join(
        f'<xf numFmtId="{200 + position if isinstance(code, str) else code}" fontId="{position}"/>'
        for position, (_, code) in enumerate(fonts_and_formats)
    )
    return f"<numFmts>{codes}</numFmts><fonts>{fonts}</fonts><cellStyleXfs/><cellXfs>{xfs}</cellXfs>"


ODS_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "draw": "drawing",
        "svg": "svg-compatible",
        "meta": "meta",
    }.items()
)
CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def write_ods(path: Path, tables: str, styles: str = "", meta: str = "") -> Path:
    """Write an .ods of these tables, each with a name, and automatic styles."""
    tables = tables.replace("<table:table>", '<table:table table:name="S">')
    content = (
        f"<office:document-content {ODS_SPACES} {CALCEXT}>{styles}"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": DECLARATION + content}
    if meta:
        parts["meta.xml"] = (
            f"<office:document-meta {ODS_SPACES}><office:meta>{meta}</office:meta></office:document-meta>"
        )
    return write_zip(path, parts)


def ods_cell(kind: str = "", text: str = "", **attributes: str) -> str:
    """Write one cell of an .ods."""
    typed = f' office:value-type="{kind}"' if kind else ""
    typed += "".join(f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in attributes.items())
    return (
        f"<table:table-cell{typed}><text:p>{text}</text:p></table:table-cell>"
        if text
        else f"<table:table-cell{typed}/>"
    )


def ods_row(*cells: str, attributes: str = "") -> str:
    """Write one row of an .ods."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_table(*rows: str, name: str = "S", attributes: str = "") -> str:
    """Write one table of an .ods."""
    return f'<table:table table:name="{name}" {attributes}>{"".join(rows)}</table:table>'


def ods_blanks(count: int) -> str:
    """Write so many blank cells of an .ods."""
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'
