"""A form as a workbook: locked but for its input cells, checked as one types, ready to print on A4.

The same form gives the same bytes: no clock, no user's name.
"""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from dangvien_analysis import identity, periods
from dangvien_analysis.forms.layout import Blocked, Cell, Choice, Day, Input, Key, Live, Page, Place, Shown, Text
from dangvien_analysis.forms.plan import FormPlan
from dangvien_analysis.forms.styles import FONT, add_formats, wrong_format
from dangvien_analysis.workbook import address
from dangvien_analysis.writing import new_workbook

HIGHEST = 99_999  # no school counts more people; a telephone number is longer
# A formula whose result is an empty text: XlsxWriter would store nothing for it, which reads as never calculated.
NOTHING = " "
ALLOWED = {"format_columns": True, "format_rows": True}  # a narrow column may be widened; labels stay


def form_file(form: FormPlan, numbers: Mapping[Key, int] | None = None, as_of: date | None = None) -> bytes:
    """Return a form as a file, blank or with `numbers` typed in for a school by a program.

    Raises KeyError for a number that the form does not ask for.
    """
    values, target = _placed(form, numbers or {}), BytesIO()
    with new_workbook(target, form.pages[0].title) as workbook:
        # Every stored value is right, so nothing has to be calculated when the file is opened.
        workbook.calc_on_load = False
        for name, value in identity.to_properties(form.identity).items():
            workbook.set_custom_property(name, value)
        writer = _Writer(workbook, form, values, as_of)
        for page in form.pages:
            writer.write(page)
    return target.getvalue()


def _placed(form: FormPlan, numbers: Mapping[Key, int]) -> dict[Place, int]:
    places = {key: place for place, key in form.inputs().items()}
    return {places[key]: n for key, n in numbers.items()}


class _Writer:
    """Writes the pages of one form into one workbook."""

    def __init__(self, workbook: Any, form: FormPlan, values: Mapping[Place, int], as_of: date | None) -> None:
        self.workbook, self.form, self.values, self.as_of = workbook, form, values, as_of
        self.formats = add_formats(workbook)
        self.wrong = wrong_format(workbook)

    def write(self, page: Page) -> None:
        """Write one sheet."""
        sheet = self.workbook.add_worksheet(page.name)
        for col, width in page.widths.items():
            sheet.set_column(col - 1, col - 1, width, self.formats["step"] if page.header is None else None)
        for row, height in page.heights.items():
            sheet.set_row(row - 1, height)
        merged = {merge[:2]: merge for merge in page.merges}
        for (row, col), cell in page.cells.items():
            if (row, col) in merged:
                _, _, bottom, right = merged[row, col]
                style = cell.style if isinstance(cell, Text) else "label"
                sheet.merge_range(row - 1, col - 1, bottom - 1, right - 1, "", self.formats[style])
            self._cell(sheet, page, row, col, cell)
        self._check_inputs(sheet, page)
        sheet.protect("", ALLOWED)
        self._set_page(sheet, page)

    def _cell(self, sheet: Any, page: Page, row: int, col: int, cell: Cell) -> None:
        at = row - 1, col - 1
        match cell:
            case Text(text, style):
                sheet.write_string(*at, text, self.formats[style])
            case Input():
                self._number(sheet, at, self.values.get((page.name, row, col)), "input")
            case Shown(n):
                self._number(sheet, at, n, "shown")
            case Live(formula, value, style):
                result = value(self.values)
                sheet.write_formula(*at, formula, self.formats[style], NOTHING if result == "" else result)
            case Blocked():
                sheet.write_blank(*at, None, self.formats["blocked"])
            case Choice(options, text):
                sheet.write_string(*at, text, self.formats["choice"])
                self._offer(sheet, at, options)
            case Day(prompt):
                self._day(sheet, at, prompt)

    def _number(self, sheet: Any, at: tuple[int, int], n: int | None, style: str) -> None:
        if n is None:
            sheet.write_blank(*at, None, self.formats[style])
        else:
            sheet.write_number(*at, n, self.formats[style])

    def _day(self, sheet: Any, at: tuple[int, int], prompt: str) -> None:
        if self.as_of is None:
            sheet.write_blank(*at, None, self.formats["day"])
        else:
            sheet.write_datetime(*at, datetime(*self.as_of.timetuple()[:3]), self.formats["day"])  # noqa: DTZ001
        first, last = self.form.identity.periods[0], self.form.identity.periods[-1]
        latest = periods.end_date(last)
        rule = {"validate": "date", "criteria": "between", "minimum": periods.start_date(first)}
        rule |= {"maximum": latest.replace(year=latest.year + 1, day=min(latest.day, 28)), "input_message": prompt}
        rule |= {"input_title": "Ngày chốt số liệu", "error_title": "Chưa phải là ngày trong kỳ"}
        sheet.data_validation(*at, *at, rule | {"error_message": prompt, "error_type": "stop"})

    def _offer(self, sheet: Any, at: tuple[int, int], options: tuple[str, ...]) -> None:
        """Let a cell be chosen from a list; the choices bear no comma, which would part one in two."""
        rule = {"validate": "list", "source": list(options), "error_title": "Chọn trong danh sách"}
        rule |= {"error_message": "Hãy bấm mũi tên bên phải ô và chọn một dòng trong danh sách.", "error_type": "stop"}
        sheet.data_validation(*at, *at, rule)

    def _check_inputs(self, sheet: Any, page: Page) -> None:
        """Block what is no count as it is typed, and colour what was pasted over the rule."""
        cells = sorted((row, col) for _, row, col in page.inputs())
        rule = {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": HIGHEST,
            "error_title": "Chỉ ghi số người",
            "error_message": "Ô này chỉ nhận số nguyên từ 0 trở lên. Không có người nào thì ghi 0; chưa có số liệu thì "
            "để trống.",
            "error_type": "stop",
        }
        for top, left, bottom, right in _blocks(cells):
            area = top - 1, left - 1, bottom - 1, right - 1
            sheet.data_validation(*area, rule)
            cell = address(top, left)
            bad = f"=AND(LEN({cell})>0,IF(ISNUMBER({cell}),OR({cell}<0,{cell}<>INT({cell})),TRUE))"
            sheet.conditional_format(*area, {"type": "formula", "criteria": bad, "format": self.wrong})

    def _set_page(self, sheet: Any, page: Page) -> None:
        """Set how the sheet shows and prints: A4, one page wide, its header rows on each page."""
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if page.landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.7)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 1 if page.header else 0)
        rows = [*page.cells]
        sheet.print_area(0, 0, max(row for row, _ in rows) - 1, page.last_col - 1)
        number = f"Mẫu {self.form.identity.id}, phiên bản {self.form.identity.version}"
        small = f'&"{FONT},Regular"&9'
        sheet.set_footer(f"&L{small}{number}&C{small}&P/&N&R{small}&A")
        if page.header:
            top, bottom = page.header
            sheet.repeat_rows(top - 1, bottom - 1)
            sheet.freeze_panes(bottom, page.labels)
            first = min(page.inputs())
            sheet.set_selection(first[1] - 1, first[2] - 1, first[1] - 1, first[2] - 1)
        sheet.set_zoom(100)


def _blocks(cells: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Return rectangles that cover `cells` exactly: runs along rows, joined with equal runs right above."""
    blocks: list[list[int]] = []
    for top, left, bottom, right in _runs(cells):
        above = next((b for b in blocks if b[1] == left and b[3] == right and b[2] == top - 1), None)
        if above:
            above[2] = bottom
        else:
            blocks.append([top, left, bottom, right])
    return [(top, left, bottom, right) for top, left, bottom, right in blocks]


def _runs(cells: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    runs: list[tuple[int, int, int, int]] = []
    for row, col in cells:
        if runs and runs[-1][0] == row and runs[-1][3] == col - 1:
            runs[-1] = (*runs[-1][:3], col)
        else:
            runs.append((row, col, row, col))
    return runs
