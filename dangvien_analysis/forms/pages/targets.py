"""The sheet of the plan: the school's targets for the next period, also through the Youth Union and the trade union.

Every row asks one number: a sheet with holes would leave a reader to guess which blanks were forgotten.
"""

from dangvien_analysis.forms.layout import Input, Key, Page, Range, Shown, Text
from dangvien_analysis.forms.live import copy_of, missing_whole, no_count, part_above, warning
from dangvien_analysis.forms.pages import common
from dangvien_analysis.forms.pages.common import FIRST_ROW, Asked
from dangvien_analysis.forms.pages.counts import find_input, period_title
from dangvien_analysis.forms.questions import COUNTS, TARGETS, UNIONS

NAME = "Kế hoạch"
TARGET, SHOWN, CHECK = 3, 4, 5  # columns
NOTES = (
    "Ghi số mà chi bộ đã thống nhất; chưa có thì để trống.",
    "Đoàn viên là giáo viên trẻ có thể do Đoàn Thanh niên hoặc Công đoàn giới thiệu; mỗi người chỉ tính một nơi.",
)


def targets_page(asked: Asked, counts: Page) -> Page:
    """Return the sheet of targets; beside them stands what `counts` says of the last period."""
    page = Page(NAME, "Kế hoạch phát triển đảng viên", labels=2)
    common.open_page(page, asked, 4, CHECK)
    _header(page, asked)
    row = FIRST_ROW + 2
    for number, group in enumerate(COUNTS, start=1):
        row = _section(page, asked, group, common.open_section(page, asked, number, group, row), counts)
    common.close_page(page, row, NOTES)
    page.widths = {1: 5.5, 2: 50, TARGET: 14, SHOWN: 13, CHECK: 28}
    return page


def _header(page: Page, asked: Asked) -> None:
    titles = {1: "STT", 2: "Nội dung", TARGET: f"Chỉ tiêu {_small(period_title(asked.plan))}"}
    top, below = common.open_table(page, titles, (20, 36))
    page.put(top, SHOWN, Text("Số đã báo cáo", "shown_header"))
    page.put(below, SHOWN, Text(f"Thực hiện {_small(period_title(asked.periods[-1]))}", "shown_header"))


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def _section(page: Page, asked: Asked, group: str, row: int, counts: Page) -> int:
    """Write the rows of one group from `row` on, and return the row after them."""
    for ordinal, question in enumerate(TARGETS, start=1):
        whole, key = row, Key(asked.plan, group, question.measure, kind="target")
        common.label_row(page, row, str(ordinal), question.text)
        _row(page, asked, key, row, whole, counts)
        for text, union in UNIONS[group] if question.split else ():
            row += 1
            common.label_row(page, row, "", text, "part")
            _row(page, asked, key._replace(breakdown=union), row, whole, counts)
        row += 1
    return row


def _row(page: Page, asked: Asked, key: Key, row: int, whole: int, counts: Page) -> None:
    page.put(row, TARGET, Input(key))
    own, all_of_them = (Range(NAME, at, TARGET, at, TARGET) for at in (row, whole))
    tests = [no_count(own)]
    if row != whole:
        tests += [
            missing_whole(own, all_of_them, "Chưa ghi tổng số ở trên"),
            part_above(own, all_of_them, "Lớn hơn tổng số"),
        ]
    actual = find_input(counts, key._replace(period=asked.periods[-1], kind="actual"))
    page.put(row, SHOWN, copy_of(actual, NAME, "shown") if actual else Shown(None))
    page.put(row, CHECK, warning(tests))
