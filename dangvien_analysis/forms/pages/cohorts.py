"""The sheet of courses: of those trained in a year, how many were admitted or left in which year.

Always by calendar year, whatever the periods of the collection: a course belongs to the year it was held in.
"""

from dangvien_analysis.forms.layout import Blocked, Input, Key, Page, Range, Text
from dangvien_analysis.forms.live import Term, Test, above, balance_of, differs, no_count, sum_of, warning
from dangvien_analysis.forms.pages import common
from dangvien_analysis.forms.pages.common import FIRST_ROW, Asked
from dangvien_analysis.forms.pages.counts import find_input

NAME = "Khóa học"
TRAINED = 3  # its column; the admitted of each year follow, then those who left
NOTES = (
    "Mỗi dòng là những người hoàn thành lớp bồi dưỡng nhận thức về Đảng trong năm đó; mỗi người chỉ ở một dòng.",
    "Ô xám không phải điền. Cột «Còn theo dõi» do máy tự tính.",
)


def cohorts_page(asked: Asked, counts: Page) -> Page:
    """Return the sheet of courses; `counts` is the sheet that its numbers trained are compared with."""
    page = Page(NAME, "Kết quả theo từng khóa bồi dưỡng nhận thức về Đảng", labels=2, landscape=True)
    years = len(asked.years)
    common.open_page(page, asked, 2, TRAINED + 2 * years + 2)
    _header(page, asked)
    row = FIRST_ROW + 2
    for number, group in enumerate(("student", "staff"), start=1):
        row = _section(page, asked, group, common.open_section(page, asked, number, group, row), counts)
    common.close_page(page, row, NOTES)
    widths = {1: 5.5, 2: 14, TRAINED: 13}
    page.widths = widths | dict.fromkeys(range(TRAINED + 1, page.last_col), 8.5)
    page.widths |= {page.last_col - 1: 10, page.last_col: 30}
    return page


def _header(page: Page, asked: Asked) -> None:
    years = len(asked.years)
    top, below = common.open_table(page, {1: "STT", 2: "Khóa học", TRAINED: "Được cấp giấy chứng nhận"}, (36, 20))
    left = TRAINED + years
    page.put(top, TRAINED + 1, Text("Được kết nạp", "header"), right=left)
    page.put(
        top, left + 1, Text("Ra trường, chuyển trường, chuyển công tác khi chưa kết nạp", "header"), right=left + years
    )
    for offset, year in enumerate(asked.years, start=1):
        page.put(below, TRAINED + offset, Text(f"Năm {year}", "header"))
        page.put(below, left + offset, Text(f"Năm {year}", "header"))
    page.put(top, page.last_col - 1, Text("Còn theo dõi", "shown_header"), bottom=below)


def _section(page: Page, asked: Asked, group: str, row: int, counts: Page) -> int:
    """Write a row for each course year and their sums, and return the row after them."""
    first = row
    for number, year in enumerate(asked.years, start=1):
        common.label_row(page, row, str(number), f"Khóa {year}")
        _row(page, asked, group, row, year)
        page.put(row, page.last_col, warning(_tests(page, asked, group, row, year, counts)))
        row += 1
    common.label_row(page, row, "", "Cộng", "sum_label")
    for col in range(TRAINED, page.last_col):
        page.put(row, col, sum_of(Range(page.name, first, col, row - 1, col)) if col < page.last_col - 1 else Blocked())
    page.put(row, page.last_col, Text("", "check"))
    return row + 1


def _row(page: Page, asked: Asked, group: str, row: int, cohort: int) -> None:
    key = Key(str(cohort), group, "trained", cohort=str(cohort))
    page.put(row, TRAINED, Input(key))
    for offset, year in enumerate(asked.years, start=1):
        for measure, col in (("admitted", TRAINED + offset), ("departed", TRAINED + len(asked.years) + offset)):
            own = Input(key._replace(period=str(year), measure=measure))
            page.put(row, col, own if year >= cohort else Blocked())
    page.put(row, page.last_col - 1, balance_of(_fates(page, asked, row), page.name))


def _fates(page: Page, asked: Asked, row: int) -> list[Term]:
    """Return those trained in a course less those whose fate is known."""
    fates = Range(page.name, row, TRAINED + 1, row, TRAINED + 2 * len(asked.years))
    return [Term(1, Range(page.name, row, TRAINED, row, TRAINED)), Term(-1, fates)]


def _tests(page: Page, asked: Asked, group: str, row: int, year: int, counts: Page) -> list[Test]:
    trained, fates = _fates(page, asked, row)
    over = [Term(1, fates.area), Term(-1, trained.area)]
    tests = [
        no_count(Range(page.name, row, TRAINED, row, fates.area.right)),
        above(over, page.name, "Kết nạp và chuyển đi nhiều hơn số đã học"),
    ]
    reported = find_input(counts, Key(str(year), group, "trained"))
    if reported is not None:
        terms = [Term(1, trained.area), Term(-1, reported)]
        tests.append(differs(terms, page.name, f"Khác số năm {year} ở trang «{counts.name}»"))
    return tests
