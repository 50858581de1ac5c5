"""The sheet of the plan: the school's targets for the next period, also through the Youth Union and the trade union."""

from dangvien_analysis.forms.layout import Blocked, Input, Key, Page, Range, Shown, Text
from dangvien_analysis.forms.live import copy_of, missing_whole, no_count, part_above, warning
from dangvien_analysis.forms.pages.common import FIRST_ROW, Asked, close_page, group_title, open_page
from dangvien_analysis.forms.pages.counts import find_input, period_title
from dangvien_analysis.forms.questions import COUNTS, TARGETS, UNIONS

NAME = "Kế hoạch"
FIRST = 3  # the column of the whole; those of the unions follow
SHOWN, CHECK = FIRST + 3, FIRST + 4
SPLIT = ("nominated", "admitted")  # the measures whose targets are given to the unions as well
NOTES = (
    "Ghi số mà chi bộ đã thống nhất; chưa có thì để trống.",
    "Đoàn viên là giáo viên trẻ có thể do Đoàn Thanh niên hoặc Công đoàn giới thiệu; mỗi người chỉ tính một nơi.",
)


def targets_page(asked: Asked, counts: Page) -> Page:
    """Return the sheet of targets; beside them stands what `counts` says of the last period."""
    page = Page(NAME, "Kế hoạch phát triển đảng viên", labels=2, landscape=True)
    open_page(page, asked, 4, CHECK)
    _header(page, asked)
    row = FIRST_ROW + 2
    for number, group in enumerate(COUNTS):
        page.put(row, 1, Text("I" * (number + 1), "section_number"))
        page.put(row, 2, Text(group_title(asked, group), "section"), right=CHECK)
        page.heights[row] = 21
        for ordinal, question in enumerate(TARGETS, start=1):
            row += 1
            page.put(row, 1, Text(str(ordinal), "number"))
            page.put(row, 2, Text(question.text, "label"))
            _row(page, asked, Key(asked.plan, group, question.measure, kind="target"), row, counts)
            page.heights[row] = 19
        row += 1
    close_page(page, row, NOTES)
    page.widths = {1: 5.5, 2: 52, FIRST: 11, FIRST + 1: 15, FIRST + 2: 15, SHOWN: 13, CHECK: 27}
    return page


def _header(page: Page, asked: Asked) -> None:
    top, below = FIRST_ROW, FIRST_ROW + 1
    page.header = (top, below)
    page.put(top, 1, Text("STT", "header"), bottom=below)
    page.put(top, 2, Text("Nội dung", "header"), bottom=below)
    page.put(top, FIRST, Text(f"Chỉ tiêu {_small(period_title(asked.plan))}", "header"), right=FIRST + 2)
    page.put(below, FIRST, Text("Số người", "header"))
    for col, (text, _) in enumerate(UNIONS, start=FIRST + 1):
        page.put(below, col, Text(text, "header"))
    page.put(top, SHOWN, Text("Số đã báo cáo", "shown_header"))
    page.put(below, SHOWN, Text(f"Thực hiện {_small(period_title(asked.periods[-1]))}", "shown_header"))
    page.put(top, CHECK, Text("Kiểm tra", "header"), bottom=below)
    page.heights |= {top: 20, below: 50}


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def _row(page: Page, asked: Asked, key: Key, row: int, counts: Page) -> None:
    page.put(row, FIRST, Input(key))
    tests = [no_count(Range(NAME, row, FIRST, row, FIRST + 2))]
    whole = Range(NAME, row, FIRST, row, FIRST)
    for col, (_, union) in enumerate(UNIONS, start=FIRST + 1):
        if key.measure not in SPLIT or (key.group == "student" and union == "via_trade_union"):
            page.put(row, col, Blocked())
            continue
        page.put(row, col, Input(key._replace(breakdown=union)))
        part = Range(NAME, row, col, row, col)
        tests += [
            missing_whole(part, whole, "Chưa ghi tổng số người"),
            part_above(part, whole, "Lớn hơn tổng số người"),
        ]
    actual = find_input(counts, key._replace(period=asked.periods[-1], kind="actual"))
    page.put(row, SHOWN, copy_of(actual, NAME, "shown") if actual else Shown(None))
    page.put(row, CHECK, warning(tests))
