"""The sheet "Cần sửa": what a school should mend, in words, with a link to each cell; fits A4 upright."""

from textwrap import wrap
from typing import NamedTuple

from dangvien_analysis.marking.notes import Note
from dangvien_analysis.marking.outline import quoted
from dangvien_analysis.marking.styles import ERROR, FILLS, INFO, WARNING, Styles
from dangvien_analysis.reading.cells import address
from dangvien_analysis.reading.own_list import LIST_SIGN
from dangvien_analysis.text import number

HEADINGS = ("TT", "Mức", "Trang", "Ô", "Việc cần sửa")
WIDTHS = (5, 13, 16, 13, 51)  # together the width of a page of A4 at full size
_ACROSS, _LINE = 112, 16.5  # letters on a line across all columns; points of height of a line
_DENSE = 1.08  # of a text's letters, as many fit on a line as of digits, by which widths are measured, and some more
_WHOLE = "cả báo cáo"  # where a finding stands that has no sheet
_LABELS = {ERROR: "Lỗi", WARNING: "Cần xem lại", INFO: "Để biết"}


class Letter(NamedTuple):
    """What stands above the list: who writes, about which report of whom, of what day, whether marks are beside."""

    office: str
    report: str
    school: str
    day: str
    illustrative: bool
    marked: bool


def introduction(letter: Letter, notes: list[Note]) -> list[tuple[str, str]]:
    """Return the lines above the list as (look, text)."""
    about = f"Kiểm tra ngày {letter.day}, tệp «{letter.report}»" + (f", {letter.school}" if letter.school else "") + "."
    lines = [("title", "NHỮNG CHỖ CẦN SỬA TRONG BÁO CÁO"), ("text", about), ("bold", f"Có {_how_many(notes)}.")]
    lines += [("text", text) for text in _how_to(letter)]
    office = [("bold", letter.office)] if letter.office else []
    invented = [("bold", "SỐ LIỆU MINH HỌA")] if letter.illustrative else []
    return [*office, *invented, *lines, ("sign", LIST_SIGN)]


def _how_many(notes: list[Note]) -> str:
    errors, warnings = (sum(note.level == level for note in notes) for level in (ERROR, WARNING))
    said = [f"{number(errors)} lỗi (số liệu chưa nhận được)"] if errors else []
    return " và ".join(said + ([f"{number(warnings)} chỗ đã nhận nhưng cần xem lại"] if warnings else []))


def _how_to(letter: Letter) -> list[str]:
    if not letter.marked:
        return ["Tệp này chỉ là danh sách. Đề nghị đơn vị sửa trong chính tệp báo cáo, lưu lại rồi gửi về."]
    return [
        "Đề nghị đơn vị sửa ngay trong tệp này, lưu lại rồi gửi về; bấm vào địa chỉ ở cột «Ô» để đến chỗ cần sửa.",
        "Trong báo cáo, ô tô sẫm, chữ đậm là lỗi; ô tô nhạt, viền nét đứt là chỗ cần xem lại; mỗi ô có lời ghi chú.",
        "Không cần xóa màu, ghi chú hay trang này: lần kiểm tra sau chương trình tự bỏ.",
    ]


def list_xml(letter: Letter, notes: list[Note], styles: Styles) -> tuple[str, int]:
    """Return the sheet as XML, and the row that heads its table."""
    looks = _looks(styles)
    rows, merges = [], []
    for row, (look, text) in enumerate(introduction(letter, notes), 1):
        rows.append(
            f'<row r="{row}" ht="{_height(look, text)}" customHeight="1">{_text(row, 1, looks[look], text)}</row>'
        )
        merges.append(f'<mergeCell ref="A{row}:E{row}"/>')
    head = len(rows) + 1
    rows.append(_row(head, [(looks["head"], heading) for heading in HEADINGS]))
    links = []
    for position, note in enumerate(notes, 1):
        row, linked = head + position, letter.marked and bool(note.first)
        rows.append(_note_row(row, position, note, looks, linked))
        if linked:
            place = quoted("'" + note.sheet.replace("'", "''") + "'!" + note.ranges[0])
            links.append(f'<hyperlink ref="D{row}" location="{place}" display="{quoted(note.cells)}"/>')
    return _sheet(rows, merges, links, head), head


def _note_row(row: int, position: int, note: Note, looks: dict[str, int], linked: bool) -> str:
    texts = [(looks[note.level], _LABELS[note.level]), (looks["cell"], note.sheet or _WHOLE)]
    texts += [(looks["link" if linked else "cell"], note.cells), (looks["cell"], note.text)]
    counted = f'<c r="A{row}" s="{looks["count"]}"><v>{position}</v></c>'
    cells = "".join(_text(row, column, look, text) for column, (look, text) in enumerate(texts, 2))
    height = 2 + _LINE * max(_lines(text, round(_DENSE * WIDTHS[column])) for column, (_, text) in enumerate(texts, 1))
    return f'<row r="{row}" ht="{height}" customHeight="1">{counted}{cells}</row>'


def _row(row: int, texts: list[tuple[int, str]]) -> str:
    return f'<row r="{row}">{"".join(_text(row, column, *text) for column, text in enumerate(texts, 1))}</row>'


def _text(row: int, column: int, style: int, text: str) -> str:
    if not text:
        return f'<c r="{address(row, column)}" s="{style}"/>'
    said = f'<is><t xml:space="preserve">{quoted(text)}</t></is>'
    return f'<c r="{address(row, column)}" s="{style}" t="inlineStr">{said}</c>'


def _height(look: str, text: str) -> float:
    """Return the height of an introducing line: no program works out that of merged cells."""
    return 26 if look == "title" else 2 + _LINE * _lines(text, _ACROSS)


def _lines(text: str, letters: int) -> int:
    return max(1, len(wrap(text, letters)))


def _looks(styles: Styles) -> dict[str, int]:
    middle, indented = ' horizontal="center"', ' horizontal="left" indent="1"'
    return {
        "title": styles.cell("<b/>", size=16),
        "text": styles.cell(),
        "bold": styles.cell("<b/>"),
        "sign": styles.cell("<i/>", size=9, colour="FF595959"),
        "head": styles.cell("<b/>", fill="FFD9D9D9", border=True, align=middle),
        "count": styles.cell(border=True, align=middle),
        "cell": styles.cell(border=True, align=indented),
        "link": styles.cell("<u/>", colour="FF0563C1", border=True, align=indented),
        ERROR: styles.cell("<b/>", fill=FILLS[ERROR], border=True, align=middle),
        WARNING: styles.cell(fill=FILLS[WARNING], border=True, align=middle),
        INFO: styles.cell(border=True, align=middle),
    }


def _sheet(rows: list[str], merges: list[str], links: list[str], head: int) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(WIDTHS, 1)
    )
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        '<sheetPr><tabColor rgb="FFC0392B"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="{head}" '
        f'topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" '
        f'activeCell="A{head + 1}" sqref="A{head + 1}"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="16"/>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<mergeCells count="{len(merges)}">{"".join(merges)}</mergeCells>{linked}'
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>'
        '<headerFooter><oddFooter>&amp;C&amp;"Times New Roman,Regular"&amp;10Trang &amp;P/&amp;N</oddFooter>'
        "</headerFooter>"
    )
