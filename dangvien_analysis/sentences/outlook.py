"""What can still be done: who is here, who is of age, whose papers need help, and what follows for whom."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from dangvien_analysis.sentences.terms import (
    EMPTY,
    NAMED_AT_MOST,
    NO_DATA,
    NOT_WHOLE,
    capital,
    count,
    group_name,
    group_of,
    in_period,
    known,
    name_of,
    reporter,
    share,
    some_names,
)
from dangvien_analysis.text import date_text, join_words, number, percent

WEIGHT_WORDS = {
    "waiting": "số người đã học, chưa kết nạp, còn trong nguồn",
    "expected": "số có thể kết nạp theo dự báo từ tỷ lệ chung",
    "eligible": "số người đủ điều kiện tuổi (nơi không báo cáo tuổi: số còn trong nguồn)",
    "even": "chia đều",
}
EXAMS = 6  # the month of the examinations after which pupils of grade 12 leave school
_CAVEATS = {
    "waiting": "căn cứ này lợi cho nơi cử học nhiều và nơi đã kết nạp ít",
    "expected": "tỷ lệ riêng của từng trường quá ít người để dùng",
    "eligible": "căn cứ này không tính đến việc hồ sơ đã làm đến đâu",
    "even": "căn cứ này không tính đến số người từng nơi có",
}


def weight(name: str) -> str:
    """Say what a supplementary target is shared out by, and what that favours."""
    return f"Căn cứ chia: {WEIGHT_WORDS[name]}; {_CAVEATS[name]}."


def still_here(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say how many of the people trained can still be admitted here: "còn 73 em, trong đó 29 em đủ 18 tuổi; …".

    `frame` is one row of `measures.waiting(by=("group",))`. A number below zero is no pool: the sentence about what
    became of the people trained says why.
    """
    row = next(frame.itertuples(), None)
    if row is None or not known(row.trained) or row.negative:
        return ""
    here = f"nhiều nhất {count(row.at_most, row.group)}"
    if known(row.waiting):
        here = count(row.waiting, row.group)
    elif row.partly:
        here = f"chưa rõ bao nhiêu, {NOT_WHOLE}"
    text = f"{capital(group_name(row.group, names))} còn trong nguồn: {here}"
    if row.group == "student" and known(row.age_18):
        text += f", trong đó {count(row.age_18, row.group)} đủ 18 tuổi"
    return text + (f"; {number(row.dossier)} hồ sơ đang làm." if known(row.dossier) else ".")


def of_age(frame: pd.DataFrame, on: date, names: Mapping[str, str] | None = None) -> str:
    """Say how many pupils are old enough: as reported, else what the rule of age alone would allow, as an estimate.

    `frame` is the row of `measures.eligible(by=("group",))` for the day `on`.
    """
    row = next(frame.itertuples(), None)
    if row is None:
        return EMPTY
    who = capital(group_name(row.group, names))
    if not row.estimated:
        return f"{who}, {in_period(row.period)}: {share(row.age_18, row.of, row.group)} trong nguồn đã đủ 18 tuổi."
    return (
        f"Báo cáo không nêu số em đủ 18 tuổi. Nếu ngày sinh chia đều trong năm thì đến {date_text(on)} khoảng "
        f"{percent(row.share)} học sinh một khối lớp 12 đủ 18 tuổi (ước tính theo tháng, chỉ để tham khảo)."
    )


def support(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say which schools have fewer dossiers under way than admissions still to come: papers, not merit.

    `frame` holds one group's rows of `measures.dossiers_short`. The order is that of the collection.
    """
    if frame.empty:
        return EMPTY
    group = group_of(frame)
    start, who = capital(group_name(group, names)), reporter(names)
    if not frame["known"].any():
        return f"{start}: {NO_DATA} hồ sơ đang làm của từng {who}."
    short = frame[frame["short"]]
    unknown = frame[~frame["known"]]
    left = f"; {NO_DATA} hồ sơ của {some_names(unknown['school'], names)}" if len(unknown) else ""
    if short.empty:
        return f"{start}: không {who} nào thiếu hồ sơ so với số còn phải kết nạp{left}."
    if len(short) > NAMED_AT_MOST:
        return f"{start}, cần hỗ trợ hồ sơ: {number(len(short))} {who}, gồm {some_names(short['school'], names)}{left}."
    needs = [f"{name_of(row.school, names)} ({_papers(row)})" for row in short.itertuples()]
    return f"{start}, cần hỗ trợ hồ sơ: {join_words(needs)}{left}."


def _papers(row) -> str:
    target = f"còn {number(row.remaining)} chỉ tiêu, " if known(row.remaining) else ""
    of_age = f"{count(row.age_18, row.group)} đủ 18 tuổi, " if row.group == "student" and known(row.age_18) else ""
    return f"{target}{of_age}{_dossiers(row.dossier)}"


def _dossiers(n: int) -> str:
    return f"mới có {number(n)} hồ sơ" if n else "chưa có hồ sơ nào"


def actions(pool: pd.DataFrame, without_plan: str = "", as_of: date | None = None) -> str:
    """Say who should do what next and by when, each with its number of people; nothing where they are not known.

    `pool` holds pupils' row of `measures.waiting(by=("group",))`; `without_plan` names the schools whose plan is
    missing. Pupils sit their last examinations in June, so papers come before them; no target goes to a class.
    """
    row = next(pool.itertuples(), None)
    told = []
    if row is not None and known(row.age_18) and row.age_18:
        here = count(row.age_18, row.group)
        told.append(f"các chi bộ rà soát {here} đủ 18 tuổi, xong hồ sơ {_before_exams(as_of)}")
    if row is not None and known(row.trained) and row.trained:
        told.append("Đoàn trường giới thiệu đi học từ đầu lớp 12 những em sinh trong nửa đầu năm")
    if row is not None and known(row.departed) and row.departed:
        told.append(
            f"giới thiệu {count(row.departed, row.group)} đã ra trường, chuyển đi về nơi mới theo dõi và xin phản hồi"
        )
    if without_plan:
        told.append(f"{without_plan} gửi kế hoạch")
    return f"Việc cần làm: {'; '.join(told)}." if told else ""


def _before_exams(as_of: date | None) -> str:
    """Name the month by which papers must be done: the next June, when pupils of grade 12 sit their examinations."""
    then = "trước khi các em thi và ra trường"
    if as_of is None:
        return then
    return f"trước tháng {EXAMS}-{as_of.year + (as_of.month >= EXAMS)}, {then}"
