"""The sheet of reasons: why those who took the course are not admitted, one main reason each."""

from dangvien_analysis import vocabulary
from dangvien_analysis.forms.layout import Input, Key, Live, Page, Range, Text
from dangvien_analysis.forms.live import Term, above, no_count, sum_of, warning
from dangvien_analysis.forms.pages import common
from dangvien_analysis.forms.pages.cohorts import TRAINED
from dangvien_analysis.forms.pages.common import FIRST_ROW, Asked
from dangvien_analysis.forms.pages.counts import period_title
from dangvien_analysis.forms.questions import REASONS
from dangvien_analysis.sentences.terms import capital

NAME = "Lý do"
GROUPS = {"student": 3, "staff": 4}  # their columns
CHECK = 5
NOTES = (
    "Mỗi người chỉ tính một lần, theo lý do chính; không ghi tên người.",
    "Tính đến cuối kỳ báo cáo gần nhất, gồm cả người đã ra trường, chuyển đi.",
)


def reasons_page(asked: Asked, cohorts: Page) -> Page:
    """Return the sheet of reasons; `cohorts` is the sheet that their sum is compared with."""
    page = Page(NAME, "Lý do chưa được kết nạp", labels=2)
    common.open_page(page, asked, 3, CHECK)
    _header(page, asked)
    first = FIRST_ROW + 2
    for row, reason in enumerate(REASONS, start=first):
        common.label_row(page, row, f"{row - first + 1:02}", capital(vocabulary.label("reason", reason)))
        for group, col in GROUPS.items():
            page.put(row, col, Input(Key(asked.periods[-1], group, "not_admitted", reason=reason)))
        page.put(row, CHECK, warning([no_count(Range(NAME, row, 3, row, 4))]))
    total = first + len(REASONS)
    common.label_row(page, total, "", "Cộng", "sum_label")
    for col in GROUPS.values():
        page.put(total, col, sum_of(Range(NAME, first, col, total - 1, col)))
    page.put(total, CHECK, _check(cohorts, first, total - 1))
    common.close_page(page, total + 1, NOTES)
    page.widths = {1: 6.5, 2: 42, 3: 13, 4: 17, CHECK: 34}
    return page


def _header(page: Page, asked: Asked) -> None:
    top, below = common.open_table(page, {1: "Mã", 2: "Lý do chính"}, (20, 36))
    page.put(top, 3, Text(period_title(asked.periods[-1]), "header"), right=4)
    page.put(below, 3, Text("Học sinh", "header"))
    page.put(below, 4, Text(capital(asked.staff), "header"))


def _check(cohorts: Page, top: int, bottom: int) -> Live:
    """Warn where the courses leave more people not admitted than there are reasons."""
    tests = []
    for group, col in GROUPS.items():
        places = [place for place, key in cohorts.inputs().items() if key.group == group]
        rows = [row for _, row, _ in places]
        years = len(set(rows))
        trained = Range(cohorts.name, min(rows), TRAINED, max(rows), TRAINED)
        admitted = Range(cohorts.name, min(rows), TRAINED + 1, max(rows), TRAINED + years)
        terms = [Term(1, trained), Term(-1, admitted), Term(-1, Range(NAME, top, col, bottom, col))]
        who = "Học sinh" if group == "student" else "CBGVNV"
        tests.append(above(terms, NAME, f"{who}: ít hơn số chưa kết nạp ở trang «{cohorts.name}»"))
    return warning(tests)
