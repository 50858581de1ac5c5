"""The sheet of counts: what is asked down the rows, the periods across, what was reported before at the right."""

from dangvien_analysis import periods
from dangvien_analysis.forms.layout import Blocked, Input, Key, Live, Page, Range, Shown, Text
from dangvien_analysis.forms.live import Term, Test, above, missing_whole, no_count, part_above, sum_of, warning
from dangvien_analysis.forms.pages import common
from dangvien_analysis.forms.pages.common import FIRST_ROW, Asked
from dangvien_analysis.forms.questions import COUNTS, Question
from dangvien_analysis.sentences.terms import capital

NAME = "Số liệu"
LABELS = 2  # columns of numbers and words before the first period
MOST_SHOWN = 4  # periods of earlier numbers; a page is no wider
NOTES = (
    "Được kết nạp: tính theo ngày ra quyết định. Nguồn kết nạp: người trong diện nguồn, đang học hoặc làm tại trường.",
    "Cột «Số đã báo cáo» chỉ để đối chiếu; nếu số cũ sai, hãy ghi số đúng vào ô vàng của kỳ đó.",
)


def counts_page(asked: Asked) -> Page:
    """Return the sheet of counts."""
    page = Page(NAME, "Số liệu phát triển đảng viên", labels=LABELS)
    shown = shown_periods(asked)
    total_col = LABELS + len(asked.periods) + 1 if len(asked.periods) > 1 else 0
    first_shown = LABELS + len(asked.periods) + bool(total_col) + 1
    check_col = first_shown + len(shown)
    page.landscape = check_col > 5
    common.open_page(page, asked, 1, check_col)
    _header(page, asked, total_col, first_shown, shown)
    row = FIRST_ROW + 2
    for number, group in enumerate(COUNTS, start=1):
        row = _section(page, asked, group, common.open_section(page, asked, number, group, row), total_col, shown)
    common.close_page(page, row, NOTES[: 2 if shown else 1])
    page.widths = {1: 5.5, 2: 47, **dict.fromkeys(range(3, check_col), 9.5 if page.landscape else 12), check_col: 27}
    return page


def shown_periods(asked: Asked) -> tuple[str, ...]:
    """Return the periods of which earlier numbers are shown: those asked for again and the one before them."""
    wanted = {*asked.periods, periods.year_before(asked.periods[0])}
    found = {key.period for key in asked.last if key.period in wanted and key.cohort is None}
    return tuple(sorted(found, key=periods.sort_key))[-MOST_SHOWN:]


def period_title(period: str) -> str:
    """Return a period as a header writes it."""
    (y1, m1), (y2, m2), kind = periods.parse(period)
    if kind == "months":
        return f"Từ {m1}/{y1} đến {m2}/{y2}"
    label = periods.label(period).replace("–", "-")
    return f"Năm {label}" if kind == "year" else capital(label)


def _header(page: Page, asked: Asked, total_col: int, first_shown: int, shown: tuple[str, ...]) -> None:
    low = 34 if any(len(period_title(p)) > 9 for p in asked.periods) else 20
    top, below = common.open_table(page, {1: "STT", 2: "Nội dung"}, (20, low))
    page.put(top, 3, Text("Số thực hiện", "header"), right=LABELS + len(asked.periods))
    for col, period in enumerate(asked.periods, start=LABELS + 1):
        page.put(below, col, Text(period_title(period), "header"))
    if total_col:
        page.put(top, total_col, Text("Cộng", "header"), bottom=below)
    if shown:
        page.put(top, first_shown, Text("Số đã báo cáo", "shown_header"), right=first_shown + len(shown) - 1)
    for col, period in enumerate(shown, start=first_shown):
        page.put(below, col, Text(period_title(period), "shown_header"))


def _section(page: Page, asked: Asked, group: str, row: int, total_col: int, shown: tuple[str, ...]) -> int:
    """Write the rows of one group from `row` on, and return the row after them."""
    ranges: dict[tuple[str, str], Range] = {}
    ordinal = 0
    for question in COUNTS[group]:
        ordinal += question.breakdown == "total"
        numbers = Range(page.name, row, LABELS + 1, row, LABELS + len(asked.periods))
        ranges[question.measure, question.breakdown] = numbers
        part = question.breakdown != "total"
        common.label_row(page, row, "" if part else str(ordinal), question.text, "part" if part else "label")
        _row(page, asked, _key(group, question), row)
        if total_col:
            page.put(row, total_col, Blocked() if question.stock else sum_of(numbers))
        for col, period in enumerate(shown, start=page.last_col - len(shown)):
            page.put(row, col, Shown(asked.last.get(_key(group, question)._replace(period=period))))
        page.put(row, page.last_col, _check(question, ranges))
        row += 1
    return row


def _key(group: str, question: Question) -> Key:
    return Key("", group, question.measure, question.breakdown)


def _row(page: Page, asked: Asked, key: Key, row: int) -> None:
    for col, period in enumerate(asked.periods, start=LABELS + 1):
        page.put(row, col, Input(key._replace(period=period)))


def _check(question: Question, ranges: dict[tuple[str, str], Range]) -> Live:
    """Return the warnings of one row; it looks at rows above it only."""
    own = ranges[question.measure, question.breakdown]
    tests: list[Test] = [no_count(own)]
    if question.breakdown != "total":
        whole = ranges[question.measure, "total"]
        tests += [missing_whole(own, whole, "Chưa ghi tổng số ở trên"), part_above(own, whole, "Lớn hơn tổng số")]
    elif question.measure == "trained":
        terms = [Term(1, own), Term(-1, ranges["nominated", "total"])]
        tests.append(above(terms, own.sheet, "Nhiều hơn số cử đi học: xem lại"))
    elif question.measure == "party_members":
        tests.append(part_above(own, ranges["headcount", "total"], "Nhiều hơn tổng số người"))
    return warning(tests)


def find_input(page: Page, key: Key) -> Range | None:
    """Return the cell that asks for a number, None if the sheet does not."""
    places = (place for place, asked in page.inputs().items() if asked == key)
    return next((Range(sheet, row, col, row, col) for sheet, row, col in places), None)
