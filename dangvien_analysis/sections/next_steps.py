"""What a school is asked to do next, read off its numbers: what is missing, what to mend, what can still come."""

from collections.abc import Iterator

import pandas as pd

from dangvien_analysis import measures, periods, sentences
from dangvien_analysis.blocks import bullets, say
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.faults import LEVELS, about
from dangvien_analysis.sections.section import Section, View, of_group, view
from dangvien_analysis.text import date_text, join_words, number

NOTHING = "Không có việc nào phải làm thêm ngoài báo cáo kỳ tới."


def next_steps(school: Parameters) -> Section:
    """Say what is expected of the school: what to send, what to mend, whom to look after."""
    seen = view(school)
    steps = [*_to_send(school, seen), *_to_mend(school), *_to_plan(school, seen), *_to_admit(seen)]
    return Section(bullets(*steps) or say(NOTHING))


def _to_send(school: Parameters, seen: View) -> Iterator[str]:
    rows = measures.coverage(seen.counts, school.collection)
    missing = rows.loc[rows["expected"] & ~rows["reported"], "period"]
    if len(missing):
        yield f"Gửi báo cáo còn thiếu: {join_words([sentences.in_period(period) for period in missing])}."
    for period in dict.fromkeys(rows.loc[rows["partial"] & rows["reported"], "period"]):
        day = date_text(periods.end_date(period))
        yield f"{_capital(sentences.in_period(period))} mới có một phần: lần tới báo cáo số của cả kỳ, đến {day}."


def _to_mend(school: Parameters) -> Iterator[str]:
    found = about(school)
    errors = int((found["level"] == LEVELS[0]).sum())
    warnings = int((found["level"] == LEVELS[1]).sum())
    if errors:
        yield f"Sửa {number(errors)} lỗi nêu trên rồi gửi lại tệp: số ở các ô đó chưa được nhận."
    if warnings:
        yield f"Xem lại {number(warnings)} điều nêu trên; nếu số đúng thì báo lại để bộ phận tổng hợp ghi nhận."


def _to_plan(school: Parameters, seen: View) -> Iterator[str]:
    """Ask for a plan where other schools have a target for the running period and this one has none."""
    every = school.returns.counts
    asked = every[every["kind"].isin(("target", "extra_target"))]
    if asked.empty or not seen.periods or seen.periods[-1] not in set(asked["period"]):
        return
    rows = measures.plans(every, list(school.schools), [seen.periods[-1]])
    if len(rows) and not rows["sent"].any():
        yield f"Gửi kế hoạch, chỉ tiêu {sentences.in_period(seen.periods[-1])}: các báo cáo chưa có."


def _to_admit(seen: View) -> Iterator[str]:
    """Set those of age beside the dossiers begun and what is left of the target: papers can be hastened."""
    pool = measures.waiting(seen.counts, ("group",), as_of=seen.as_of, schools=seen.schools)
    for row in of_group(pool, "student").itertuples():
        if pd.isna(row.age_18) or not row.age_18:
            continue
        papers = f", {number(row.dossier)} hồ sơ đang làm" if pd.notna(row.dossier) else ""
        people = sentences.count(row.age_18, "student")
        left = _left(seen)
        yield f"Trong nguồn có {people} đủ 18 tuổi{papers}{left}: rà soát để xong hồ sơ trước khi các em ra trường."


def _left(seen: View) -> str:
    asked = {"as_of": seen.as_of, "schools": seen.schools, "periods": seen.periods}
    aims = of_group(measures.attainment(seen.counts, ("group", "period", "measure"), **asked), "student")
    aims = aims[(aims["measure"] == "admitted") & aims["partial"] & (aims["remaining"] > 0).fillna(False)]
    told = [
        f"; chỉ tiêu kết nạp {sentences.in_period(row.period)} còn {number(row.remaining)}" for row in aims.itertuples()
    ]
    return "".join(told[-1:])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
