"""Of those trained in one year, how many were admitted: curves, each course's fate, what can still come, age."""

from datetime import date
from functools import partial

import pandas as pd

from dangvien_analysis import charts, measures, periods, sentences
from dangvien_analysis.blocks import Block, bullets, heading, say, table
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.section import (
    Section,
    View,
    absent,
    capital,
    chart,
    compared,
    group_titles,
    is_one_school,
    most_by_age,
    of_group,
    view,
    whole_pool,
)
from dangvien_analysis.sections.section import outlook as expected
from dangvien_analysis.text import MISSING, number, percent

ASKED = (
    "Trong số {who} hoàn thành lớp ở một khóa, bao nhiêu được kết nạp tại đây, sau bao lâu? Người đã ra trường, chuyển "
    "đi vẫn ở trong mẫu số."
)
CURVE_NOTE = (
    "Tỷ lệ gộp nối các khóa có thời gian theo dõi dài ngắn khác nhau nên có thể khác một chút so với số người ghi bên "
    "dưới; người chưa được kết nạp ở đây vẫn có thể được kết nạp ở nơi mới."
)
AGE_NOTE = (
    "Vạch chấm: phần một khối lớp 12 đủ 18 tuổi trước khi ra trường, nếu ngày sinh chia đều; chỉ để tham khảo, "
    "vì em được chọn thường lớn tuổi hơn."
)
NO_TRAINED = "Chưa có số liệu về người hoàn thành lớp và người được kết nạp trong phạm vi đã chọn."
WITHHELD = "Bản công bố không in kết quả theo khóa học."
NO_DAY = "Chưa rõ số liệu tính đến ngày nào, hoặc không có số của học sinh, nên không ước tính được số em đủ 18 tuổi."
NOT_PUBLISHED = "{name}: bản công bố không in kết quả theo khóa học."
NOT_SPLIT = "Báo cáo không tách theo khóa học."
NO_COHORTS = "Báo cáo không tách theo khóa học nên không vẽ được tỷ lệ được kết nạp của từng khóa."
NOT_BY_COURSE = "{name}: báo cáo không tách theo khóa học."
FATE_LABELS = {
    "trained": "Hoàn thành lớp",
    "admitted": "Đã kết nạp",
    "share": "Tỷ lệ (khoảng tin cậy 95%)",
    "departed": "Đã ra trường, chuyển đi",
    "expired": "Giấy chứng nhận hết giá trị",
    "waiting": "Còn trong nguồn",
    "anywhere": "Kết nạp ở bất kỳ đâu, đến nay",
}
FATES_NOTE = (
    "Khóa sau có ít thời gian hơn khóa trước nên không so tỷ lệ giữa các khóa ở bảng này. "
    "«Kết nạp ở bất kỳ đâu» chỉ biết được cận dưới và cận trên, vì chưa rõ kết quả của người đã đi. "
    "Dưới {few} người và khóa chưa hết năm mở lớp thì không tính tỷ lệ."
)
OUTLOOK_LABELS = {
    "open": "Chưa kết nạp đầu kỳ",
    "ceiling": "Còn có thể kết nạp",
    "done": "Đã kết nạp trong kỳ",
    "range": "Dự báo thêm",
}
OUTLOOK_NOTE = (
    "Khoảng dự báo 90%, lấy từ các khóa trước ở cùng năm theo dõi; nhiều nhất là số còn có thể kết nạp. Dự báo không "
    "phải là chỉ tiêu, và chỉ đúng khi các năm tới giống các năm trước."
)
SHARES = ("rate", "low", "high")
LEAVING = (6, 30)  # pupils of grade 12 leave school after it


def conversion(chosen: Parameters, group: str) -> Section:
    """Show the share admitted by years since the course, each course behind, and whether the courses differ."""
    seen = view(chosen)
    name = sentences.group_name(group, seen.names)
    rows = of_group(_conversion(seen), group)
    if rows["cohort"].isna().sum() == 0:
        return Section(heading(f"{capital(name)}: chưa tính được theo khóa học", 3), *_without_cohorts(group, chosen))
    title = heading(sentences.conversion_heading(rows, seen.names), 3)
    differ = of_group(measures.cohort_test(seen.counts, as_of=seen.as_of, schools=seen.schools), group)
    told = [sentences.conversion(rows, seen.names), sentences.cohorts_differ(differ, seen.names)]
    return Section(title, say(ASKED.format(who=name)), _curve(rows, group, seen), bullets(*told))


def _conversion(seen: View) -> pd.DataFrame:
    return measures.conversion(seen.counts, as_of=seen.as_of, schools=seen.schools, summed=seen.summed)


def cohort_summary(chosen: Parameters) -> Section:
    """Say in a few sentences how many of those trained were admitted, what became of the others, what can come."""
    seen = view(chosen)
    pool = whole_pool(chosen)
    parts = (
        (sentences.conversion, _conversion(seen)),
        (sentences.waiting, pool),
        (sentences.comparison, pool.iloc[:0] if is_one_school(chosen) else compared(chosen)),
        (sentences.prediction, expected(chosen)),
    )
    told = [
        sentence(of_group(rows, group), seen.names)
        for group in sentences.GROUPS
        for sentence, rows in parts
        if group in set(rows["group"])
    ]
    return Section(bullets(*told) or say(NO_TRAINED))


def _without_cohorts(group: str, chosen: Parameters) -> list[Block]:
    """Say between which bounds the share lies where courses are not told apart, and where not even that is known."""
    seen = view(chosen)
    if chosen.publication:
        name = capital(sentences.group_name(group, seen.names))
        return [absent(["figure"], NOT_PUBLISHED.format(name=name), WITHHELD)]
    rows = measures.conversion_bounds(seen.counts, schools=seen.schools, periods=seen.periods)
    rows = of_group(rows, group)
    known = len(rows) > 0
    return [
        absent(["figure"], NO_COHORTS, NOT_SPLIT),
        *([say(sentences.conversion_bounds(rows, seen.names))] if known else []),
    ]


def _curve(rows: pd.DataFrame, group: str, seen: View) -> Block:
    caption = f"Tỷ lệ được kết nạp của từng khóa học, {sentences.group_name(group, seen.names)}"
    shown = rows.assign(
        cohort=[capital(_course(cohort)) for cohort in rows["cohort"]],
        k=[_year(k) + (" (chưa hết)" if unfinished else "") for k, unfinished in _pairs(rows, "k", "partial")],
        **{name: ["" if pd.isna(x) else percent(x) for x in rows[name]] for name in SHARES},
    )
    columns = ["cohort", "k", "trained", "admitted", "admitted_so_far", "rate", "low", "high"]
    labels = {"k": "Đến hết", "trained": "Đã theo dõi đến đó", "admitted": "Kết nạp trong năm ấy"}
    labels |= {"admitted_so_far": "Kết nạp đến hết năm ấy"}
    reference = measures.eligible_share(_leaving(seen)) if group == "student" and _leaving(seen) else None
    note = f"{CURVE_NOTE} {AGE_NOTE}" if reference else CURVE_NOTE
    draw, describe = (
        partial(show, reference=reference) for show in (charts.draw_conversion, charts.describe_conversion)
    )
    options = {"data": shown[columns], "labels": labels, "note": note, "align": dict.fromkeys(SHARES, "right")}
    return chart(draw, describe, rows, caption, seen, **options)


def _pairs(rows: pd.DataFrame, *columns: str) -> zip:
    return zip(*(rows[column] for column in columns), strict=True)


def _year(k: int) -> str:
    return "năm mở lớp" if k == 0 else f"năm thứ {number(k)} sau đó"


def _course(cohort) -> str:
    return "gộp các khóa" if pd.isna(cohort) else f"khóa {periods.label(cohort).removeprefix('năm học ')}"


def _leaving(seen: View) -> date | None:
    """Return the last day of school of the year that runs: by then a pupil must be of age to be admitted here."""
    return None if seen.as_of is None else date(seen.as_of.year, *LEAVING)


def fates(chosen: Parameters, group: str) -> Section:
    """List what became of each course: admitted, left, expired, still here; and "admitted anywhere" as bounds."""
    seen = view(chosen)
    rows = of_group(measures.cohort_table(seen.counts, as_of=seen.as_of, schools=seen.schools), group)
    name = sentences.group_name(group, seen.names)
    if rows.empty:
        told, why = (NOT_PUBLISHED, WITHHELD) if chosen.publication else (NOT_BY_COURSE, NOT_SPLIT)
        return Section(absent(["table"], told.format(name=capital(name)), why))
    columns = ["cohort", "trained", "admitted", "share", "departed", "waiting", "anywhere"]
    if rows["expired"].fillna(0).gt(0).any():
        columns.insert(5, "expired")
    shown = rows.assign(
        cohort=[capital(_course(cohort)) for cohort in rows["cohort"]],
        share=[_share(row, seen) for row in rows.itertuples()],
        anywhere=[_anywhere(row, seen) for row in rows.itertuples()],
    )
    caption = f"Mỗi khóa đến nay, {name}"
    align = {"share": "right", "anywhere": "right"}
    return Section(table(shown[columns], caption, FATE_LABELS, align, FATES_NOTE.format(few=measures.FEW_TRIALS)))


def _share(row, seen: View) -> str:
    if pd.isna(row.admitted):
        return MISSING
    if not _rated(row, seen) or not 0 <= row.admitted <= row.trained:
        return ""
    rate, low, high = measures.interval(int(row.admitted), int(row.trained))
    return f"{percent(rate)} ({percent(low)}–{percent(high)})"


def _anywhere(row, seen: View) -> str:
    if not _rated(row, seen):
        return ""
    if pd.isna(row.anywhere_low) or pd.isna(row.anywhere_high):
        return MISSING
    low, high = percent(row.anywhere_low), percent(min(row.anywhere_high, 1.0))
    return low if low == high else f"{low} đến {high}"


def _rated(row, seen: View) -> bool:
    """Tell whether a course has enough people, and its first year is over."""
    return row.trained >= measures.FEW_TRIALS and not periods.is_partial(row.cohort, seen.as_of)


def outlook(chosen: Parameters) -> Section:
    """Say how many more admissions the running period can bring, course by course: a range and its date."""
    seen = view(chosen)
    rows = expected(chosen)
    if rows.empty:
        return Section(absent(["table"], "Chưa đủ số liệu theo khóa của nhiều trường để dự báo."))
    told = sentences.for_groups(sentences.prediction, rows, names=seen.names)
    shown = rows.assign(
        group=group_titles(rows["group"], seen.names),
        cohort=["Cộng các khóa" if pd.isna(cohort) else capital(_course(cohort)) for cohort in rows["cohort"]],
        range=[_range(row) for row in rows.itertuples()],
    )
    columns = ["group", "cohort", "open", "ceiling", "done", "range"]
    when = sentences.in_period(rows["period"].iloc[0])
    block = table(
        shown[columns],
        f"Dự báo số kết nạp thêm đến hết {when}",
        OUTLOOK_LABELS,
        {"range": "right"},
        " ".join([OUTLOOK_NOTE, *_age_note(chosen)]),
        sections="group",
    )
    return Section(bullets(*told), block)


def _age_note(chosen: Parameters) -> list[str]:
    """Say why the sum of pupils who can still be admitted is below that of their courses."""
    most = most_by_age(chosen).get("student")
    if most is None:
        return []
    return [f"Dòng cộng của học sinh nhiều nhất là {sentences.count(most, 'student')} đủ 18 tuổi theo báo cáo."]


def _range(row) -> str:
    if pd.isna(row.low):
        return "chưa dự báo được"
    between = number(row.high) if row.low == row.high else f"từ {number(row.low)} đến {number(row.high)}"
    return between if row.known or pd.notna(row.cohort) else f"{between}, chưa kể khóa chưa dự báo được"


def of_age(chosen: Parameters) -> Section:
    """Say how many pupils of the pool are of age, as reported, else what the rule of age alone would allow."""
    seen = view(chosen)
    leaving = _leaving(seen)
    if leaving is None or not (seen.counts["group"] == "student").any():
        return Section(absent([], NO_DAY))
    rows = measures.eligible(seen.counts, leaving, schools=seen.schools)
    return Section(say(sentences.of_age(rows, leaving, seen.names)))
