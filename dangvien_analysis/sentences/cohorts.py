"""Of those trained in one year, how many were admitted, left, or are still here; and what can still come."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from dangvien_analysis import periods
from dangvien_analysis.measures import FEW_TRIALS, interval
from dangvien_analysis.sentences.terms import (
    EMPTY,
    NO_DATA,
    NOT_WHOLE,
    capital,
    count,
    figure,
    group_name,
    group_of,
    in_period,
    known,
    limits,
    reporter,
    share,
    unit,
    until,
    whole_percent,
)
from dangvien_analysis.text import decimal, number, percent

_INTERVAL = f"(khoảng tin cậy {whole_percent(0.95)}: "
_DEPARTED = {
    "student": "đã ra trường hoặc chuyển trường khi chưa kết nạp, chưa rõ kết quả ở nơi mới",
    "staff": "đã chuyển công tác khi chưa kết nạp",
}


def cohorts(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Say how many of the people trained were admitted so far: "Học sinh, ba khóa 2021–2023: được kết nạp 25/159 em…".

    `frame` holds one group's rows of `measures.cohort_table`, those to be spoken of. The latest cohorts had less
    time, which is said where the last of their periods is not over.
    """
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start = capital(group_name(group, names))
    admitted, trained = frame["admitted"].sum(), frame["trained"].sum()
    low, high = interval(int(admitted), int(trained))[1:] if 0 <= admitted <= trained else (None, None)
    people = share(admitted, trained, group, low, high)
    return f"{start}, {_courses(frame['cohort'])}{_reach(frame, as_of)}: kết nạp {people}."


def cohorts_together(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Say the same of several groups in one sentence, each with its own share; empty where their courses differ.

    `frame` holds rows of `measures.cohort_table` of the groups; each group keeps its own numbers.
    """
    told = [cohorts(rows, names, as_of) for _, rows in frame.groupby("group", sort=False)]
    groups = [group_name(group, names) for group in dict.fromkeys(frame["group"])]
    heads = [text.partition(": kết nạp ") for text in told]
    courses = {head.removeprefix(f"{capital(group)}, ") for group, (head, _, _) in zip(groups, heads, strict=True)}
    if len(told) < 2 or len(courses) > 1:
        return ""
    first, *others = [
        f"{group} kết nạp {made.removesuffix('.')}" for group, (_, _, made) in zip(groups, heads, strict=True)
    ]
    return f"{capital(courses.pop())}: {'; '.join([first, *(text.replace(_INTERVAL, '(') for text in others)])}."


def _reach(frame: pd.DataFrame, as_of: date | None) -> str:
    last = frame["last_period"].dropna()
    if last.empty:
        return ""
    if frame["partial"].any() and as_of is not None:
        return f", tính {until(as_of)}"
    return f", tính đến hết {in_period(max(last, key=periods.sort_key))}"


def _courses(names: pd.Series) -> str:
    labels = list(dict.fromkeys(periods.label(name).removeprefix("năm học ") for name in names))
    if len(labels) == 1:
        return f"khóa {labels[0]}"
    starts = [periods.parse(name).start[0] for name in dict.fromkeys(names)]
    if len(labels) > 2 and starts == list(range(starts[0], starts[0] + len(labels))):
        return f"{number(len(labels))} khóa từ {labels[0]} đến {labels[-1]}"
    return f"{number(len(labels))} khóa {', '.join(labels)}"


def conversion(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say what share was admitted by the last year since the course that was wholly observed, all cohorts pooled.

    `frame` holds one group's rows of `measures.conversion`. Who left stays in the denominator.
    """
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start = f"{capital(group_name(group, names))}, tỷ lệ được kết nạp của từng khóa học: "
    pooled = frame[frame["cohort"].isna()]
    if pooled.empty:
        return f"{start}{NO_DATA}."
    row = list(pooled.itertuples())[-1]
    people = f"{figure(row.admitted_so_far)}/{count(row.trained, group)}"
    if row.method == "counts" or not known(row.rate):
        return f"{start}mới có {people}, quá ít để kết luận."
    estimate = f"ước tính {percent(row.rate)}{limits(row.low, row.high)}"
    return f"{start}{since(row.k)} {estimate}; riêng các khóa đã theo dõi đến đó: {people}."


def conversion_heading(frame: pd.DataFrame, names: Mapping[str, str] | None = None, confidence: float = 0.95) -> str:
    """Say in a heading between which limits the share admitted lies; no full stop at its end.

    `frame` holds one group's rows of `measures.conversion`. The range, not the middle, is what the numbers hold.
    """
    if frame.empty:
        return EMPTY.rstrip(".")
    group = group_of(frame)
    start = capital(group_name(group, names))
    pooled = frame[frame["cohort"].isna()]
    if pooled.empty:
        return f"{start}: chưa theo dõi khóa nào hết năm mở lớp"
    row = list(pooled.itertuples())[-1]
    people = f"{figure(row.admitted_so_far)}/{count(row.trained, group)}"
    if row.method == "counts" or not known(row.rate) or row.trained < FEW_TRIALS:
        return f"{start}: kết nạp {people}, quá ít để kết luận"
    between = f"từ {percent(row.low)} đến {percent(row.high)}"
    return f"{start}: {since(row.k)}, {between} được kết nạp (khoảng tin cậy {whole_percent(confidence)})"


def since(k: int) -> str:
    """Name a year since the course, counted in whole calendar or school years."""
    if k == 0:
        return "trong năm mở lớp"
    return f"đến hết năm thứ {'nhất' if k == 1 else number(k)} sau năm mở lớp"


def cohorts_differ(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say whether the cohorts may be pooled at all; `frame` is one row of `measures.cohort_test`."""
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start = capital(group_name(group, names))
    if not known(frame["p_value"].iloc[0]):
        return f"{start}: chưa đủ hai khóa đã theo dõi hết năm mở lớp để so sánh."
    row = next(frame.itertuples())
    if not row.differ:
        return f"{start}: chưa thấy {number(row.cohorts)} khóa khác nhau rõ."
    text = f"{start}: các khóa khác nhau rõ, số gộp chỉ để tham khảo"
    if known(row.last_cohort):
        made = share(row.last_admitted, row.last_trained, group, row.last_low, row.last_high)
        text += f"; khóa {periods.label(row.last_cohort).removeprefix('năm học ')} {since(row.last_k)} kết nạp {made}"
    return text + "."


def conversion_bounds(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say between which bounds the share admitted lies where returns do not tell cohorts apart.

    `frame` holds one group's rows of `measures.conversion_bounds`; the row of the whole window is spoken of.
    """
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start = capital(group_name(group, names))
    whole = frame[frame["period"].isna()]
    if whole.empty or not known(whole["same_low"].iloc[0]):
        return f"{start}: {NO_DATA} để ước lượng tỷ lệ theo khóa."
    row = next(whole.itertuples())
    text = f"{start}: báo cáo không tách theo khóa nên chỉ biết trong {count(row.trained, group)} đã hoàn thành lớp, "
    text += f"số đã được kết nạp từ {figure(row.same_low)} đến {count(row.same_high, group)}"
    if row.trained >= FEW_TRIALS and known(row.low):
        text += f" (từ {percent(row.low)} đến {percent(row.high)})"
    return text + "."


def prediction(
    frame: pd.DataFrame, names: Mapping[str, str] | None = None, confidence: float = 0.90, *, brief: bool = False
) -> str:
    """Say how many more admissions the period can still bring: a range and its date, never a promise.

    `frame` holds one group's rows of `measures.prediction`; the row of all cohorts together is spoken of. A course that
    no other was yet observed as long as is not in it, which is said. `brief` leaves out the mean, who
    came already, and that it is no target.
    """
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start = capital(group_name(group, names))
    together = frame[frame["cohort"].isna()]
    row = next(together.itertuples(), None)
    if row is None or not known(row.low) or not (row.known or row.high):
        return f"{start}: chưa đủ số liệu theo khóa để dự báo."
    if not row.high:
        return f"{start}: dự báo không kết nạp thêm {unit(group)} nào đến hết {in_period(row.period)}."
    so_far = f", ngoài {count(row.done, group)} đã kết nạp" if not brief and known(row.done) and row.done else ""
    between = f"từ {number(row.low)} đến " if row.low < row.high else ""
    mean = f"khoảng dự báo {whole_percent(confidence)}"
    mean += "" if brief else f", trung bình {decimal(row.expected)}"
    more = f"{between}{count(row.high, group)} ({mean})"
    left_out = "" if row.known else ", chưa kể khóa chưa đủ thời gian theo dõi" + _people_left_out(row, group)
    promise = "" if brief else "; không phải là chỉ tiêu"
    return f"{start}: dự báo đến hết {in_period(row.period)} kết nạp thêm {more}{so_far}{left_out}{promise}."


def _people_left_out(row, group: str) -> str:
    return f" ({count(row.unpredicted, group)})" if known(row.unpredicted) and row.unpredicted else ""


def waiting(frame: pd.DataFrame, names: Mapping[str, str] | None = None, *, near: bool = True) -> str:
    """Say what became of the people trained: admitted, left, expired, still here; and how near the last are.

    `frame` is one row of `measures.waiting(by=("group",))`. More people gone than came means that some were trained
    before the window: that is said, never shown as 0. Without `near` nothing is said of age, papers and helpers.
    """
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start = capital(group_name(group, names))
    if not known(frame["trained"].iloc[0]):
        return f"{start}: {NO_DATA}."
    row = next(frame.itertuples())
    if row.negative:
        return _negative(row, start, group)
    if not row.trained:
        return f"{start}: chưa {unit(group)} nào hoàn thành lớp."
    fates = [f"{figure(row.admitted)} đã kết nạp", *_gone(row, group), _here(row, reporter(names))]
    closer = _near(row, group) if near else ""
    return f"{start}: trong {count(row.trained, group)} đã hoàn thành lớp, {'; '.join(fates)}{closer}."


def _negative(row, start: str, group: str) -> str:
    left = row.waiting if known(row.waiting) else row.at_most
    return (
        f"{start}: số đã học, chưa kết nạp tính ra {count(left, group)}, vì có người đã học trước kỳ này; "
        "cần bổ sung số đã học của các năm trước."
    )


def _gone(row, group: str) -> list[str]:
    fates = []
    if known(row.departed) and row.departed:
        fates.append(f"{figure(row.departed)} {_DEPARTED.get(group, _DEPARTED['staff'])}")
    if known(row.expired) and row.expired:
        fates.append(f"{figure(row.expired)} có giấy chứng nhận hết giá trị, phải học lại")
    return fates


def _here(row, who: str) -> str:
    if known(row.waiting):
        told = "đủ số hoàn thành lớp và số ra trường" if row.partly else "số ra trường"
        of = f" (tính ở {number(row.known)}/{number(row.schools)} {who} có {told}, chuyển đi)"
        return f"{figure(row.waiting)} còn trong nguồn{of if row.known < row.schools else ''}"
    if row.partly:
        return f"chưa rõ còn bao nhiêu trong nguồn, {NOT_WHOLE}"
    return f"nhiều nhất {figure(row.at_most)} còn trong nguồn (chưa có số ra trường, chuyển đi)"


def _near(row, group: str) -> str:
    """Add how many of those still here are of age or have papers, and how many helpers were assigned, if reported."""
    of_age = row.age_18 if group == "student" else None
    said = ((of_age, "đủ 18 tuổi"), (row.dossier, "đang làm hồ sơ"))
    near = [f"{figure(n)} {words}" for n, words in said if known(n)]
    text = f". Trong số chưa kết nạp: {', '.join(near)}" if near else ""
    return f"{text}. Đã phân công đảng viên giúp đỡ {count(row.mentored, group)}" if known(row.mentored) else text
