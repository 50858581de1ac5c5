"""The first sheet: whose return it is, the day it speaks for, how to fill it, what each number counts.

No formula stands here, and no number: the sheet is read as words only.
"""

from dangvien_analysis import vocabulary
from dangvien_analysis.forms.layout import Choice, Day, Page, Text
from dangvien_analysis.forms.pages.common import Asked
from dangvien_analysis.forms.pages.counts import period_title
from dangvien_analysis.forms.questions import COUNTS
from dangvien_analysis.sentences.terms import capital
from dangvien_analysis.settings import Collection
from dangvien_analysis.text import date_text

NAME = "Hướng dẫn"
ROUNDS = ("Báo cáo lần đầu", "Báo cáo lại (thay bản trước)")
LAST_COL = 3
STEPS = (
    "Chỉ điền vào các ô màu vàng; các ô khác đã khóa. Điền lần lượt các trang ở cuối màn hình.",
    "Ghi số người, là số nguyên. Không có người nào thì ghi 0; chưa có số liệu thì để trống, không ghi 0.",
    "Cột «Kiểm tra» báo ngay khi có chỗ cần xem lại. Nếu số vẫn đúng thì cứ để nguyên và gửi.",
    "Không ghi tên người, ngày sinh hay thông tin riêng của ai vào bất cứ ô nào.",
    "Không chèn thêm dòng, cột, trang. Cần nói thêm điều gì thì ghi trong thư gửi kèm.",
    "Lưu tệp dạng Excel (.xlsx) rồi gửi chính tệp này; bản in chỉ để ký, lưu.",
)


def cover_page(asked: Asked, collection: Collection) -> Page:
    """Return the first sheet."""
    page = Page(NAME, collection.title, last_col=LAST_COL)
    office = collection.organisation
    row = 1
    for line, style in ((office.parent if office.issuer == "committee" else "", "office"), (office.name, "office")):
        row = _line(page, row, line, style)
    row = _line(page, row, office.board if office.issuer == "board" else "", "office_strong")
    page.heights[row] = 10
    row = _line(page, row + 1, "BIỂU BÁO CÁO", "title")
    row = _line(page, row, collection.title, "subtitle")
    page.heights |= {row - 2: 34, row - 1: 22, row: 10}
    row = _facts(page, asked, collection, row + 1)
    row = _line(page, row + 1, "CÁCH ĐIỀN", "heading")
    for number, step in enumerate(STEPS, start=1):
        page.put(row, 1, Text(f"{number}.", "step_number"))
        page.put(row, 2, Text(step, "step"), right=LAST_COL)
        page.heights[row] = 21
        row += 1
    row = _line(page, row + 1, "MỖI CON SỐ ĐẾM GÌ", "heading")
    _definitions(page, row)
    page.widths = {1: 5, 2: 40, 3: 66}
    return page


def _line(page: Page, row: int, text: str, style: str) -> int:
    """Write one line over the whole width, none for an empty text; return the row after it."""
    if not text:
        return row
    page.put(row, 1, Text(text, style), right=LAST_COL)
    page.heights.setdefault(row, 20)
    return row + 1


def _facts(page: Page, asked: Asked, collection: Collection, row: int) -> int:
    """Write for whom and when the form is, and the two cells to fill."""
    first, *others = (period_title(period) for period in asked.periods)
    names = ", ".join([first, *(other[0].lower() + other[1:] for other in others)])
    deadline = f"Chậm nhất ngày {date_text(collection.deadline)}" if collection.deadline else "Theo công văn"
    facts = (("Đơn vị báo cáo:", asked.school), ("Kỳ báo cáo:", names), ("Hạn gửi:", deadline))
    prompt = "Ghi ngày, tháng, năm, thí dụ 31/12/2024."
    for label, cell in (
        *((label, Text(text, "fact")) for label, text in facts),
        ("Số liệu tính đến ngày:", Day(prompt)),
        ("Lần báo cáo:", Choice(ROUNDS)),
    ):
        page.put(row, 1, Text(label, "fact_label"), right=2)
        page.put(row, 3, cell)
        page.heights[row] = 24
        row += 1
    return row


def _definitions(page: Page, row: int) -> None:
    values = vocabulary.values().set_index(["facet", "value"])["definition"]
    measures = dict.fromkeys(question.measure for questions in COUNTS.values() for question in questions)
    for number, measure in enumerate([*measures, "not_admitted"], start=1):
        page.put(row, 1, Text(f"{number}.", "step_number"))
        page.put(row, 2, Text(capital(vocabulary.label("measure", measure)), "term"))
        page.put(row, 3, Text(values["measure", measure], "step"))
        page.heights[row] = 21 if len(values["measure", measure]) < 84 else 36
        row += 1
