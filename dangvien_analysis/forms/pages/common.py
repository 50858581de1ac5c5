"""What every sheet of numbers opens and closes with: whose it is, its title, the signatures."""

from typing import NamedTuple

from dangvien_analysis.forms.layout import Key, Page, Text

FIRST_ROW = 5  # of the table


class Asked(NamedTuple):
    """What a form is made for: the school, the periods it reports, the period it plans.

    `years`: the years of the courses that are followed up. `last`: what was reported before. `staff`: how the office
    calls the staff.
    """

    school: str
    periods: tuple[str, ...]
    plan: str
    years: tuple[int, ...]
    last: dict[Key, int]
    staff: str


def open_page(page: Page, asked: Asked, number: int, last_col: int) -> None:
    """Write the lines over the table: the school, the sheet's number, its title, the unit."""
    page.last_col = last_col
    page.put(1, 1, Text(f"Đơn vị báo cáo: {asked.school}", "school"), right=last_col - 1)
    page.put(1, last_col, Text(f"Biểu {number}", "form_number"))
    page.put(2, 1, Text(page.title.upper(), "title"), right=last_col)
    page.put(3, 1, Text("Đơn vị tính: người", "unit"), right=last_col)
    page.heights |= {1: 18, 2: 30, 3: 18, 4: 6}


def close_page(page: Page, row: int, notes: tuple[str, ...]) -> None:
    """Write the notes and the places for signatures below the table, from `row` on."""
    page.heights[row] = 5
    row += 1
    for note in notes:
        page.put(row, 1, Text(note, "note"), right=page.last_col)
        page.heights[row] = 17
        row += 1
    middle = max(2, page.last_col // 2)
    row += 1
    for left, right, style in (
        ("", "T/M CẤP ỦY", "signature"),
        ("NGƯỜI LẬP BIỂU", "BÍ THƯ", "signature"),
        ("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)", "signature_note"),
    ):
        if left:
            page.put(row, 1, Text(left, style), right=middle if page.last_col > 3 else 2)
        page.put(row, middle + 1, Text(right, style), right=page.last_col)
        row += 1


def open_table(page: Page, titles: dict[int, str], heights: tuple[int, int]) -> tuple[int, int]:
    """Write the headers that are two rows high, by column, "Kiểm tra" over the last; return the two rows."""
    top, below = FIRST_ROW, FIRST_ROW + 1
    page.header = (top, below)
    page.heights |= dict(zip(page.header, heights, strict=True))
    for col, title in (titles | {page.last_col: "Kiểm tra"}).items():
        page.put(top, col, Text(title, "header"), bottom=below)
    return top, below


def open_section(page: Page, asked: Asked, number: int, group: str, row: int) -> int:
    """Write the heading of a group's rows, and return the row after it."""
    page.put(row, 1, Text("I" * number, "section_number"))
    page.put(row, 2, Text("HỌC SINH" if group == "student" else asked.staff.upper(), "section"), right=page.last_col)
    page.heights[row] = 21
    return row + 1


def label_row(page: Page, row: int, number: str, text: str, style: str = "label") -> None:
    """Write the number and the words that a row begins with."""
    page.put(row, 1, Text(number, "sum_label" if style == "sum_label" else "number"))
    page.put(row, 2, Text(text, style))
    page.heights[row] = 19
