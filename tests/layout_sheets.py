"""Draws the sheet around its tables: letterhead, title, heading lines, and the signatures below."""

from layout_drawing import draw_table
from layout_tables import Pen, Table
from layout_words import OFFICE, SCHOOLS, TITLES, Choose, compose, in_a_phrase, single


def draw_sheet(pen: Pen, table: Table, blocks: list[dict[str, str]], titles: list[str]) -> None:
    """Draw a sheet: what stands above, a table for each of `blocks` with its heading, what stands below.

    `titles` are the facets that lines above the tables say; `table.outside` has their values.
    """
    row, marks = _draw_top(pen, table, titles, close=len(blocks) == 1)
    table.marks.extend(marks)
    for order, values in enumerate(blocks):
        speaking = list(table.marks)
        if values:
            row, mark = _draw_heading(pen, values, order, len(table.sections), row)
            speaking.append(mark)
        if pen.choosers("unit")([False, True]):
            pen.book.sheets[-1].cells[row, pen.style.left + 3] = "Đơn vị tính: người"
            row += 1
        block = table._replace(outside={**table.outside, **values}, marks=speaking)
        row = draw_table(pen, block, row) + pen.choosers("between")([1, 2])
    _draw_foot(pen, row)


def _draw_top(pen: Pen, table: Table, facets: list[str], close: bool) -> tuple[int, list[int]]:
    """Draw letterhead and title; return the row of the first heading or table, and what speaks.

    Only where it is `close` may no blank row follow: above one of several headings a title would look like another.
    """
    values = {facet: table.outside[facet] for facet in facets}
    say, cells, row, marks = pen.choosers("title"), pen.book.sheets[-1].cells, 1, []
    for text, said in _top_lines(values, say):
        shown = text.upper() if say([False, True]) else text
        cells[row, pen.style.left] = shown
        if said:
            marks.append(pen.book.mark(row, pen.style.left, said, "title"))
        row += 1
    if row > 1:
        row += say([1, 0, 2] if close else [1, 2])
    return row, marks


def _top_lines(values: dict[str, str], say: Choose) -> list[tuple[str, dict[str, str]]]:
    lines: list[tuple[str, dict[str, str]]] = []
    letterhead = say([False, True])
    if letterhead and "school" in values:
        name = SCHOOLS[values["school"]]
        lines = [(OFFICE[1], {}), (f"CHI BỘ TRƯỜNG THPT {name.upper()}", {"school": values["school"]})]
        values = {facet: value for facet, value in values.items() if facet != "school"}
    elif letterhead:
        lines = [(OFFICE[1], {}), (OFFICE[2], {})]
    if letterhead and say([False, True]):
        lines.append(("An Phú, ngày 15 tháng 01 năm 2025", {}))
    if say([True, False]):
        title = say(TITLES)
        if "period" in values and say([True, False]):
            lines.append((f"{title} {in_a_phrase(values['period']).upper()}", {"period": values["period"]}))
            values = {facet: value for facet, value in values.items() if facet != "period"}
        else:
            lines.append((title, {}))
    if say([False, False, True]):
        lines.append(("(Kèm theo Công văn số 15-CV/BTC ngày 05/01/2025)", {}))
    return lines + _facet_lines(values, say)


def _facet_lines(values: dict[str, str], say: Choose) -> list[tuple[str, dict[str, str]]]:
    if not values:
        return []
    if say([False, True]):
        return [(compose(values, "title", say), values)]
    lines = []
    inner = {facet: value for facet, value in values.items() if facet not in ("school", "period")}
    if "school" in values:
        head = say(["", "Đơn vị: ", "Đơn vị báo cáo: "])
        lines.append((head + single("school", values["school"], "title", say), {"school": values["school"]}))
    if inner:
        head = say(["", "Đối tượng: "]) if set(inner) == {"group"} else ""
        lines.append((head + compose(inner, "title", say), inner))
    if "period" in values:
        text = single("period", values["period"], "title", say)
        lines.append((say(["{}", "({})"]).format(text), {"period": values["period"]}))
    return lines


def _draw_heading(pen: Pen, values: dict[str, str], order: int, sections: int, row: int) -> tuple[int, int]:
    style = pen.choosers("heading style")(["", "Biểu {}: ", "{}. "] if sections < 2 else ["", "Biểu {}: "])
    number = order + 1 if style.startswith("Biểu") else "ABCDEFGH"[order]
    text = style.format(number) + compose(values, "heading", pen.choosers("heading"))
    pen.book.sheets[-1].cells[row, pen.style.left] = text
    mark = pen.book.mark(row, pen.style.left, values, "heading")
    return row + pen.choosers("under heading")([1, 2]), mark


def _draw_foot(pen: Pen, row: int) -> None:
    say, cells, left = pen.choosers("foot"), pen.book.sheets[-1].cells, pen.style.left
    if say([False, False, True]):
        cells[row, left] = "Ghi chú: số liệu tính đến ngày 15/01/2025"
        row += 2
    if say([False, True]):
        cells[row, left + 2] = "An Phú, ngày 15 tháng 01 năm 2025"
        cells[row + 1, left], cells[row + 1, left + 2] = "NGƯỜI LẬP BIỂU", "T/M CHI BỘ"
        cells[row + 2, left], cells[row + 2, left + 2] = "(Ký, ghi rõ họ tên)", "BÍ THƯ"
        cells[row + 5, left], cells[row + 5, left + 2] = "Trần Thị Hạnh", "Lê Văn Minh"
