"""Schools beside each other: only against what chance explains, in the order given, never as a ranking."""

from collections.abc import Mapping

import pandas as pd

from dangvien_analysis.measures import Chance, Overdispersion
from dangvien_analysis.sentences.terms import (
    EMPTY,
    NAMED_AT_MOST,
    capital,
    group_name,
    group_of,
    known,
    name_of,
    reporter,
    share,
    some_names,
    unit,
    whole_percent,
)
from dangvien_analysis.text import decimal, join_words, number, percent

NO_RANKING = "không dùng để xếp hạng hoặc đánh giá thi đua"
HARDLY_EVER = 0.01


def comparison(
    frame: pd.DataFrame,
    names: Mapping[str, str] | None = None,
    chance: Chance | None = None,
    confidence: float = 0.95,
) -> str:
    """Say whether the schools differ by more than chance explains, and which one does.

    `frame` holds one group's rows of `measures.comparison`; `chance` is `measures.chance_outside` for them. A school
    outside is named with its counts, in the order given; a school too small to judge is said to be so.
    """
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start = capital(group_name(group, names))
    judged = frame[frame["position"].notna()]
    if judged.empty:
        return f"{start}: chưa đủ số liệu để so sánh các {reporter(names)}."
    outside = judged[judged["position"] != "inside"]
    if outside.empty:
        text = f"{start}: chênh lệch giữa {number(len(judged))} {reporter(names)} nằm trong mức dao động ngẫu nhiên"
        text += f" ({_sizes(judged)})"
    else:
        text = (
            f"{start}: {_outside(outside, names, group, confidence)}{_by_chance(chance, len(judged), reporter(names))}"
        )
        text += _inside(len(judged) - len(outside), reporter(names))
    return f"{text}{_not_judged(frame, names)}; {NO_RANKING}."


def alike(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say of all groups at once that the schools differ by no more than chance; empty where that cannot be said.

    `frame` holds rows of `measures.comparison` of one group or several: where a school is outside, or some could not
    be judged, each group needs a sentence of its own (`comparison`).
    """
    if frame.empty or not frame["position"].eq("inside").fillna(False).all():
        return ""
    groups = [(group, rows) for group, rows in frame.groupby("group", sort=False) if len(rows) > 1]
    if len(groups) < 2:
        return ""
    told = [f"{group_name(group, names)} ({_sizes(rows)})" for group, rows in groups]
    who = reporter(names)
    return f"Tỷ lệ của các {who} chênh nhau trong mức dao động ngẫu nhiên, cả {join_words(told)}; {NO_RANKING}."


def many(
    frame: pd.DataFrame, spread: Overdispersion, chance: Chance | None, names: Mapping[str, str] | None = None
) -> str:
    """Say of many schools in one line whether they differ as a whole, and how many lie outside: for a first page.

    `frame` as for `comparison`, with at least one school outside; `spread` is `measures.overdispersion` of it. A few
    of many lie outside by chance alone: only what chance hardly explains is named.
    """
    judged, who = frame[frame["position"].notna()], reporter(names)
    outside = judged[judged["position"] != "inside"]
    differ = _differ(spread)
    what = f"các {who} chênh nhau nhiều hơn mức ngẫu nhiên"
    if not differ:
        what = f"nhìn chung chưa thấy {number(len(judged))} {who} chênh nhau quá mức ngẫu nhiên"
    by_chance = f", riêng ngẫu nhiên cũng có thể đưa ra ngoài trung bình {decimal(chance.expected)}" if chance else ""
    told = [f"{what}: {number(len(outside))}/{number(len(judged))} {who} ở ngoài giới hạn 95%{by_chance}"]
    hardly = outside.loc[outside["outside_outer"], "school"]
    told += [f"khó giải thích chỉ bằng ngẫu nhiên là {some_names(hardly, names)}"] if len(hardly) else []
    return f"{capital(group_name(group_of(frame), names))}: {'; '.join(told)}{_not_judged(frame, names)}; {NO_RANKING}."


def _sizes(judged: pd.DataFrame) -> str:
    low, high = judged["trained"].min(), judged["trained"].max()
    return f"n = {number(low)}" if low == high else f"n = {number(low)}–{number(high)}"


def _outside(outside: pd.DataFrame, names: Mapping[str, str] | None, group: str, confidence: float) -> str:
    """Name the schools outside on each side with their counts; say which of them chance hardly explains."""
    parts = []
    for position, side in (("above", "trên"), ("below", "dưới")):
        rows = outside[outside["position"] == position]
        limit = f"{side} giới hạn {whole_percent(confidence)} do ngẫu nhiên là"
        parts += [f"{limit} {_with_counts(rows, names, group)}"] if len(rows) else []
    hardly = outside.loc[outside["outside_outer"], "school"]
    parts += [f"khó giải thích chỉ bằng ngẫu nhiên là {some_names(hardly, names)}"] if len(hardly) else []
    return "; ".join(parts)


def _with_counts(rows: pd.DataFrame, names: Mapping[str, str] | None, group: str) -> str:
    if len(rows) > NAMED_AT_MOST:
        return some_names(rows["school"], names)
    called = [name_of(school, names) for school in rows["school"]]
    made = [share(row.admitted, row.trained, group) for row in rows.itertuples()]
    return join_words([f"{name} ({counts})" for name, counts in zip(called, made, strict=True)])


def _by_chance(chance: Chance | None, schools: int, who: str) -> str:
    if chance is None:
        return ""
    return (
        f"; riêng ngẫu nhiên cũng có thể đưa trung bình {decimal(chance.expected)} trong {number(schools)} {who} "
        "ra ngoài giới hạn này"
    )


def _inside(schools: int, who: str) -> str:
    return f"; {number(schools)} {who} còn lại trong mức dao động ngẫu nhiên" if schools else ""


def _not_judged(frame: pd.DataFrame, names: Mapping[str, str] | None) -> str:
    left_out = frame[frame["position"].isna()]
    if left_out.empty:
        return ""
    return f"; chưa đủ số liệu để xét {some_names(left_out['school'], names)}"


def own_school(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say one school's figure beside the common one, for its own report: no other school, no place among them.

    `frame` is that school's one row of `measures.comparison`.
    """
    row = next(frame.itertuples())
    own = share(row.admitted, row.trained, row.group)
    common = share(row.pool_admitted, row.pool_trained, row.group)
    text = f"{name_of(row.school, names)}: kết nạp {own}; chung các {reporter(names)} {common}"
    if not known(row.position):
        return text + "; chưa đủ số liệu để so sánh."
    where = {
        "inside": "chênh lệch nằm trong mức dao động ngẫu nhiên",
        "above": "ở trên giới hạn do ngẫu nhiên",
        "below": "ở dưới giới hạn do ngẫu nhiên",
    }[row.position]
    limits = f"từ {percent(row.low)} đến {percent(row.high)} với {number(row.trained)} {unit(row.group)}"
    return f"{text}; {where} ({limits})."


def power(probability: float, trials: int, rate: float, common_rate: float, group: str = "student") -> str:
    """Say in words how much of a difference would be noticed; `probability` is `measures.power` of the rest."""
    times = f"khoảng {number(round(100 * probability))} lần trong 100 lần"
    if probability < HARDLY_EVER:
        times = "dưới 1 lần trong 100 lần"
    return (
        f"Nếu một trường có {number(trials)} {unit(group)} thật sự đạt {whole_percent(rate)} trong khi các trường khác "
        f"{whole_percent(common_rate)}, cách so sánh này nhận ra {times}; "
        "không thấy khác biệt không có nghĩa là các trường như nhau."
    )


def overdispersion(result: Overdispersion) -> str:
    """Say whether the schools as a whole differ by more than chance; below ten schools that cannot be told."""
    if not result.judged:
        return f"Chưa đủ số trường để đánh giá mức chênh lệch chung (hiện có {number(result.schools)} trường)."
    if not known(result.phi):
        return f"Chưa đủ số liệu để đánh giá mức chênh lệch chung của {number(result.schools)} trường."
    p_value = "p < 0,001" if result.p_value < 0.001 else f"p = {decimal(result.p_value, 3)}"
    numbers = f"hệ số phân tán {decimal(result.phi)}; {p_value}"
    if _differ(result):
        return f"Nhìn chung, các trường chênh nhau nhiều hơn mức ngẫu nhiên ({numbers})."
    return f"Nhìn chung, chưa thấy các trường chênh nhau quá mức ngẫu nhiên ({numbers})."


def _differ(result: Overdispersion) -> bool:
    return bool(result.judged and known(result.phi) and result.p_value < 0.05 and result.phi > 1)


def by_grade(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say how schools stand once the mix of grades is reckoned with, or that the mix is not known.

    `frame` is that of `measures.by_grade`. Pupils of grades 10 and 11 cannot be admitted in the year of their course,
    so without the mix a school that sends early looks low.
    """
    who = reporter(names)
    if frame.empty:
        return (
            f"Báo cáo không tách khối lớp của những em đã học nên chưa biết cơ cấu khối của từng {who}; em lớp 10, "
            f"lớp 11 chưa đủ tuổi để kết nạp ngay, nên {who} cử học sớm có thể thấp hơn chỉ vì lẽ đó."
        )
    outside = frame[frame["position"] != "inside"]
    start = "Tính theo cơ cấu khối lớp (mỗi khối lấy tỷ lệ chung của khối đó)"
    shown = frame if len(frame) <= NAMED_AT_MOST else outside.head(NAMED_AT_MOST)
    each = [
        f"{name_of(row.school, names)} kết nạp {number(row.admitted)}, mức chung ứng với {decimal(row.expected)} "
        f"(ngẫu nhiên: từ {number(row.low)} đến {number(row.high)})"
        for row in shown.itertuples()
    ]
    verdict = f"{number(len(outside))}/{number(len(frame))} {who} ngoài mức dao động ngẫu nhiên"
    if outside.empty:
        verdict = f"cả {number(len(frame))} {who} trong mức dao động ngẫu nhiên"
    listed = f", gồm {'; '.join(each)}" if each else ""
    return f"{start}: {verdict}{listed}; {NO_RANKING}."
