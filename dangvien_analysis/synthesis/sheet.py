"""Draw one table on one sheet: letterhead, title, heads, a part for each period, notes, room to sign."""

from math import ceil
from typing import Any

from dangvien_analysis import sentences
from dangvien_analysis.blocks.block import date_line, notices, tidy_text
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.section import view
from dangvien_analysis.synthesis.styles import MARK, RED, Styles
from dangvien_analysis.synthesis.tables import ADD, SHARE, STOCK, TARGETS, Part, Table
from dangvien_analysis.text import MISSING

MASKED = "(che)"
NOT_ADDED = "x"
ORDINAL_WIDTH, NAMES_WIDTH = 5, 26  # characters
PAGE_WIDTH = 125  # characters of the table's type across a page
NARROWEST, WIDEST = 7, 14  # characters of a column of numbers
UPRIGHT = 90  # characters of a table that an upright page has room for
ONE_PAGE = {True: 56, False: 45}  # rows, upright or turned, that one page has room for, at a size that can be read
LINE = 15  # points of a line's height at 11 points
INCH = 25.4
NOTES = {
    MISSING: f"{MISSING} : chưa có số liệu hoặc không giao; không phải bằng 0.",
    MARK: f"{MARK} : chỉ cộng các số đã có, còn đơn vị hoặc kỳ chưa có số liệu.",
    MASKED: f"{MASKED}: số nhỏ, hoặc số có thể dùng để tính ngược ra số nhỏ.",
    NOT_ADDED: f"{NOT_ADDED} : không cộng qua các kỳ (số cuối kỳ, tỷ lệ).",
}


ELSEWHERE = "Từng số lấy từ ô nào: trang «Nguồn»; lỗi và điều cần xem lại: trang «Chất lượng»."


class Drawing:
    """One sheet while it is drawn: where the next row goes, and where every figure stands."""

    def __init__(self, workbook: Any, styles: Styles, table: Table, chosen: Parameters) -> None:
        """Begin an empty sheet of the table's name."""
        self.sheet = workbook.add_worksheet(table.name)
        self.styles, self.table, self.chosen = styles, table, chosen
        self.names = view(chosen).names
        self.row = 0
        room = (PAGE_WIDTH - ORDINAL_WIDTH - NAMES_WIDTH) // max(1, len(table.columns))
        self.width = min(WIDEST, max(NARROWEST, room))
        self.used: set[str] = set()  # marks that need a note
        self.places: dict[tuple, str] = {}  # (school, part, column key) -> address

    @property
    def last(self) -> int:
        """Return the last column."""
        return 1 + len(self.table.columns)

    def draw(self) -> None:
        """Draw everything from top to bottom."""
        self._set_page()
        self._letterhead()
        self._heads()
        rows = {part.key: self._part(part) for part in self.table.parts}
        if self.table.together:
            self._together([part for part in self.table.parts if part.summed], rows)
        self._notes()
        self._signatures()
        self._fit_page()

    def _set_page(self) -> None:
        sheet = self.sheet
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=20 / INCH, right=15 / INCH, top=20 / INCH, bottom=18 / INCH)
        sheet.set_footer("&C&9Trang &P/&N")
        if told := self._notices():
            sheet.set_header(f"&R&9{' – '.join(told)}")
        sheet.set_column(0, 0, ORDINAL_WIDTH)
        sheet.set_column(1, 1, NAMES_WIDTH)
        sheet.set_column(2, self.last, self.width)
        sheet.hide_gridlines(2)

    def _letterhead(self) -> None:
        collection, style = self.chosen.collection, self.styles.of
        office = collection.organisation
        pair = {"committee": (office.parent, office.name), "board": (office.name, office.board)}
        lines = [line for line in pair[office.issuer or "board"] if line]
        middle = max(1, self.last // 2)
        end = max(self.last, middle + 4)  # a narrow table leaves its letterhead room
        for place, line in enumerate(lines):
            bold = {"bold": True} if place == len(lines) - 1 else {}
            self._across(place, 0, middle, line, style(align="center", **bold))
        if lines:
            party = style(bold=True, align="center", underline=1)
            self._across(0, middle + 1, end, "ĐẢNG CỘNG SẢN VIỆT NAM", party)
            place = f"{office.place or '…………'}, ngày …… tháng …… năm ………"
            self._across(1, middle + 1, end, place, style(italic=True, align="center"))
        self.row = len(lines) + 1
        for told in self._notices():
            self._line(told, style(bold=True, align="center", font_color=RED))
        title = f"BIỂU TỔNG HỢP {self.table.title}".upper()
        self._line(title, style(bold=True, font_size=14, align="center", text_wrap=True), 22 * self._lines(title, 1.6))
        title = tidy_text(collection.title)
        self._line(title, style(bold=True, align="center", text_wrap=True), LINE * self._lines(title, 1.15))
        if day := date_line(collection.as_of):
            self._line(day, style(italic=True, align="center"))
        self._line("Đơn vị tính: người", style(italic=True, align="right"))

    def _notices(self) -> list[str]:
        return notices(self.chosen.collection, self.chosen.publication is not None)

    def _lines(self, text: str, size: float = 1.0) -> int:
        """Return how many lines a text takes across the table; `size` is how much wider its type runs."""
        return ceil(size * len(text) / (ORDINAL_WIDTH + NAMES_WIDTH + self.width * len(self.table.columns)))

    def _across(self, row: int, first: int, last: int, text: str, style: Any) -> None:
        if first < last:
            self.sheet.merge_range(row, first, row, last, "", style)
        self.sheet.write_string(row, first, tidy_text(text), style)

    def _line(self, text: str, style: Any, height: float | None = None) -> None:
        self._across(self.row, 0, self.last, text, style)
        if height:
            self.sheet.set_row(self.row, height)
        self.row += 1

    def _heads(self) -> None:
        top, head = self.row, self.styles.head
        who = sentences.reporter(self.names)
        for column, text in ((0, "TT"), (1, f"Tên {who}")):
            self.sheet.merge_range(top, column, top + 1, column, text, head)
        for column, (upper, lower, first, last) in enumerate(self._spans(), start=2):
            if not lower:
                self.sheet.merge_range(top, column, top + 1, column, upper, head)
                continue
            self.sheet.write_string(top + 1, column, lower, head)
            if column == first and last > first:
                self.sheet.merge_range(top, first, top, last, upper, head)
            elif column == first:
                self.sheet.write_string(top, column, upper, head)
        upper, lower = self._head_lines()
        self.sheet.set_row(top, upper * LINE)
        self.sheet.set_row(top + 1, lower * LINE)
        for column, text in enumerate(("A", "B", *self._ordinals())):
            self.sheet.write_string(top + 2, column, text, self.styles.ordinal)
        self.row = top + 3
        self.sheet.repeat_rows(top, top + 2)
        self.sheet.repeat_columns(0, 1)
        self.sheet.freeze_panes(self.row, 2)

    def _spans(self) -> list[tuple[str, str, int, int]]:
        """Return for each column its heads, and the first and last column under the same upper head."""
        uppers = [column.upper for column in self.table.columns]
        return [
            (upper, column.lower, 2 + uppers.index(upper), 1 + uppers.index(upper) + uppers.count(upper))
            for upper, column in zip(uppers, self.table.columns, strict=True)
        ]

    def _head_lines(self) -> tuple[int, int]:
        """Return how many lines the two rows of heads need."""
        upper, lower, over_both = 1, 1, 1
        for text, under, first, last in self._spans():
            lines = ceil(1.25 * len(text) / (self.width * (last - first + 1)))
            if under:
                upper, lower = max(upper, lines), max(lower, ceil(1.25 * len(under) / self.width))
            else:
                over_both = max(over_both, lines)
        return upper, max(lower, over_both - upper)

    def _ordinals(self) -> list[str]:
        """Return the number of each column; a share says which of them it is made from."""
        place = {column.key: str(number) for number, column in enumerate(self.table.columns, start=1)}
        return [place[column.key] + self._made_of(column.key, place) for column in self.table.columns]

    def _made_of(self, key: tuple, place: dict[tuple, str]) -> str:
        if key[1] != SHARE:
            return ""
        given = [(key[0], kind, "total") for kind in TARGETS]
        planned = [place[other] for other in given if other in place]
        below = planned[0] if len(planned) == 1 else f"({'+'.join(planned)})"
        return f"={place[key[0], 'actual', 'total']}/{below}" if (key[0], "actual", "total") in place else ""

    def _part(self, part: Part) -> dict[str, int]:
        """Draw a period's schools and their sum; return the row of each school."""
        self._line(part.title, self.styles.of(bold=True, border=1, bg_color="#F1EEE8"))
        first = self.row
        rows = {school: first + place for place, school in enumerate(part.schools)}
        for place, school in enumerate(part.schools, start=1):
            self._name(place, school)
            for column, head in enumerate(self.table.columns, start=2):
                self._value((school, part.key, head.key), column)
            self.row += 1
        if len(self.chosen.schools) > 1 or len(part.schools) > 1:
            self._total(part, first)
        return rows

    def _name(self, place: int, school: str) -> None:
        self.sheet.write_number(self.row, 0, place, self.styles.of(align="center", border=1))
        style = self.styles.of(border=1, text_wrap=True)
        name = tidy_text(sentences.name_of(school, self.names))
        self.sheet.write_string(self.row, 1, name, style)
        self.sheet.set_row(self.row, LINE * ceil(1.15 * len(name) / NAMES_WIDTH) if len(name) > NAMES_WIDTH else None)

    def _value(self, key: tuple, column: int) -> None:
        share = key[2][1] == SHARE
        if key in self.table.values:
            self.sheet.write_number(self.row, column, self.table.values[key], self.styles.number(share))
            self.places[key] = address(self.row, column)
        else:
            self._mark(column, MASKED if key in self.table.masked else MISSING)

    def _mark(self, column: int, mark: str, **wishes: Any) -> None:
        self.used.add(mark)
        self.sheet.write_string(self.row, column, mark, self.styles.of(align="right", indent=1, border=1, **wishes))

    def _total(self, part: Part, first: int) -> None:
        self._total_head("Cộng")
        for column, head in enumerate(self.table.columns, start=2):
            keys = [(school, part.key, head.key) for school in part.schools]
            if head.how == SHARE or (part.key, head.key) in self.table.sums:
                self._share((part.key, head.key), column, head.how == SHARE)
            else:
                span = f"{address(first, column)}:{address(self.row - 1, column)}"
                self._sum(keys, column, span)
        self.row += 1

    def _total_head(self, text: str) -> None:
        style = self.styles.of(bold=True, border=1)
        self.sheet.write_string(self.row, 0, "", style)
        self.sheet.write_string(self.row, 1, text, style)

    def _share(self, key: tuple, column: int, share: bool) -> None:
        if key in self.table.sums:
            self.sheet.write_number(self.row, column, self.table.sums[key], self.styles.number(share=share, bold=True))
        else:
            self._mark(column, MISSING, bold=True)

    def _sum(self, keys: list[tuple], column: int, span: str, bold: bool = True) -> None:
        """Write a sum as a formula with its value; one that would give a masked number back is masked as well."""
        wishes = {"bold": True} if bold else {}
        known = [self.table.values[key] for key in keys if key in self.table.values]
        if any(key in self.table.masked for key in keys):
            self._mark(column, MASKED, **wishes)
        elif not known:
            self._mark(column, MISSING, **wishes)
        else:
            whole = len(known) == len(keys)
            self.used |= set() if whole else {MARK}
            style = self.styles.number(whole=whole, **wishes)
            self.sheet.write_formula(self.row, column, f"=SUM({span})", style, sum(known))

    def _together(self, parts: list[Part], rows: dict[str, dict[str, int]]) -> None:
        """Draw the part that adds up all periods: each school's cells, and the sum over the schools."""
        self._line(self.table.together, self.styles.of(bold=True, border=1, bg_color="#F1EEE8"))
        schools = list(dict.fromkeys(school for part in parts for school in part.schools))
        first = self.row
        for place, school in enumerate(schools, start=1):
            self._name(place, school)
            here = [part for part in parts if school in part.schools]
            for column, head in enumerate(self.table.columns, start=2):
                cells = ",".join(address(rows[part.key][school], column) for part in here)
                self._over_periods([(school, part.key, head.key) for part in here], head.how, column, cells, False)
            self.row += 1
        if len(self.chosen.schools) == 1:
            return
        self._total_head("Cộng")
        for column, head in enumerate(self.table.columns, start=2):
            keys = [(school, part.key, head.key) for part in parts for school in part.schools]
            span = f"{address(first, column)}:{address(self.row - 1, column)}"
            self._over_periods(keys, head.how, column, span, True)
        self.row += 1

    def _over_periods(self, keys: list[tuple], how: str, column: int, span: str, bold: bool) -> None:
        if how == ADD:
            self._sum(keys, column, span, bold)
        elif how in (STOCK, SHARE):
            self._mark(column, NOT_ADDED, **({"bold": True} if bold else {}))

    def _notes(self) -> None:
        self.row += 1
        told = [NOTES[mark] for mark in NOTES if mark in self.used]
        text = " ".join([*told, *self.table.notes, "" if self.chosen.publication else ELSEWHERE]).strip()
        self._line(text, self.styles.note, LINE * self._lines(text))

    def _signatures(self) -> None:
        self.row += 1
        bold, middle = self.styles.of(bold=True, align="center"), max(1, self.last // 2)
        self._across(self.row, 0, middle, "NGƯỜI LẬP BIỂU", bold)
        self._across(self.row, middle + 1, max(self.last, middle + 4), "NGƯỜI DUYỆT BIỂU", bold)

    def _fit_page(self) -> None:
        """Set a narrow table upright, a wide one turned; a short one never ends on a page of signatures alone."""
        upright = ORDINAL_WIDTH + NAMES_WIDTH + self.width * len(self.table.columns) <= UPRIGHT
        turn = self.sheet.set_portrait if upright else self.sheet.set_landscape
        turn()
        self.sheet.fit_to_pages(1, int(self.row <= ONE_PAGE[upright]))


def address(row: int, column: int) -> str:
    """Return a cell's address: (6, 2) is "C7"."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return xl_rowcol_to_cell(row, column)
