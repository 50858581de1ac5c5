"""What was counted, in words: how many rows counted where, how many were left out and why, by row number."""

from collections.abc import Iterable, Mapping, Sequence

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.forms.layout import Key
from dangvien_analysis.tally import counting
from dangvien_analysis.tally.columns import ANSWERS, Question
from dangvien_analysis.tally.counting import Counted
from dangvien_analysis.text import join_words
from dangvien_analysis.workbook import address

WHY = {
    counting.NO_GROUP: "chưa rõ là học sinh hay CBGVNV; không tính",
    counting.NO_DATE: "không có ngày học, ngày kết nạp hay ngày nào khác; không tính",
    counting.UNCLEAR_DATE: "có ô ngày không đọc được chắc chắn (cần ngày/tháng/năm đủ 4 chữ số); không tính",
    counting.ORDER: "ngày kết nạp trước ngày cấp giấy chứng nhận; không tính",
    counting.OUTSIDE: "ngoài các kỳ và các khóa mà biểu hỏi; không có số nào tính từ dòng này",
    counting.TWICE: "giống hệt một dòng ở trên; chỉ tính một lần",
    counting.TWO_ROWS: "có thể là một người đã ghi ở dòng trên, với ngày khác; vẫn tính, đề nghị xem lại",
    counting.NO_MONTH: "chỉ ghi năm (hoặc tháng) nên chưa xếp được vào kỳ; chỉ tính theo khóa, ô của kỳ ấy để trống",
    counting.NO_REASON: "lý do chưa có trong bảng lý do; không tính vào biểu lý do",
    counting.NO_PART: "chưa ghi giới tính hoặc dân tộc; ô «Trong đó» của kỳ có dòng này để trống",
}
GROUPS = {"student": "Học sinh", "staff": "CBGVNV"}


def describe(counted: Counted, doubts: Sequence[str] = ()) -> list[str]:
    """Return the lines that tell what was counted; they hold numbers of rows, never anything typed in a row.

    `doubts`: sentences about the file as a whole.
    """
    lines = [f"Đã đếm {counted.people} dòng."]
    for group, name in GROUPS.items():
        numbers = {key: n for key, n in counted.numbers.items() if key.group == group}
        if numbers:
            lines += [f"{name}:", *_measures(numbers), *_courses(numbers), *_reasons(numbers)]
    if counted.aside or doubts:
        lines.append("Cần xem lại:")
    lines += [f"  {doubt}" for doubt in doubts]
    for why, places in counted.aside.items():
        lines.append(f"  {len(places)} dòng {WHY[why]}: {_rows(places, counted.many)}.")
    return lines


def _measures(numbers: Mapping[Key, int]) -> Iterable[str]:
    plain = {key: n for key, n in numbers.items() if key.cohort is None and key.reason is None}
    for measure, part in dict.fromkeys((key.measure, key.breakdown) for key in sorted(plain, key=_order)):
        same = sorted((k for k in plain if (k.measure, k.breakdown) == (measure, part)), key=_order)
        words = vocabulary.label("measure", measure)
        words += f", {vocabulary.label('breakdown', part)}" if part != "total" else ""
        yield f"  {words}: " + "; ".join(f"{periods.label(key.period)}: {plain[key]}" for key in same)


def _courses(numbers: Mapping[Key, int]) -> Iterable[str]:
    for cohort in sorted({key.cohort for key in numbers if key.cohort}):
        own = {key: n for key, n in numbers.items() if key.cohort == cohort}
        trained = sum(n for key, n in own.items() if key.measure == "trained")
        fates = [
            f"{vocabulary.label('measure', measure)} {sum(n for key, n in own.items() if key.measure == measure)}"
            for measure in ("admitted", "departed")
            if any(key.measure == measure for key in own)
        ]
        yield f"  khóa {cohort}: {trained} người học" + "".join(f", {fate}" for fate in fates)


def _reasons(numbers: Mapping[Key, int]) -> Iterable[str]:
    for key, n in numbers.items():
        if key.reason:
            yield f"  lý do «{vocabulary.label('reason', key.reason)}»: {n}"


def _order(key: Key) -> tuple:
    measures = list(vocabulary.known_values("measure"))
    return measures.index(key.measure), key.breakdown != "total", key.breakdown, periods.sort_key(key.period)


def _rows(places: list[tuple[int, int]], many: bool) -> str:
    """Name rows by their numbers, and by the position of their sheet where the list has many."""
    rows: dict[int, list[str]] = {}
    for sheet, row in places:
        rows.setdefault(sheet, []).append(str(row))
    named = [(f"trang thứ {sheet}, " if many else "") + f"dòng {', '.join(told)}" for sheet, told in rows.items()]
    return "; ".join(named)


def ask(question: Question) -> str:
    """Return what is asked about a column, or about whom a whole sheet is."""
    where = f"trang thứ {question.sheet}"
    if not question.col:
        return f"Ở {where} chưa rõ ai là học sinh, ai là CBGVNV. Hãy thêm --group student hoặc --group staff."
    column = address(1, question.col)[:-1]
    choices = join_words([f"«{ANSWERS[choice]}»" for choice in question.choices]).replace(" và ", " hoặc ")
    return f"Ở {where}, chưa rõ cột {column} (tiêu đề ở ô {question.where}) ghi gì: {choices}."
