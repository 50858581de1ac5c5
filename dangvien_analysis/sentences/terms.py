"""Words that every sentence shares: units, names, counts with their share, periods, discretion.

Nothing is rounded or written as a number anywhere else, so a figure reads the same wherever it stands.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pandas as pd

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.measures import FEW_TRIALS
from dangvien_analysis.text import date_text, join_words, number, percent

GROUPS = ("student", "staff", "all")  # the order in which a report speaks of them; never added together
NO_DATA = "chưa có số liệu"
NOT_WHOLE = "vì có kỳ chưa có số hoàn thành lớp"
EMPTY = "Chưa có số liệu."
NAMED_AT_MOST = 5
UNITS = {"student": "em"}
_SCHOOL = ("trường ", "trung học ", "thpt ", "thcs ", "ptdt", "pt ", "phổ thông ")  # how a school's name begins

# Short forms for running text; the full wording of each measure is its label in the vocabulary.
FLOW_WORDS = {
    "nominated": "cử đi học",
    "trained": "hoàn thành lớp",
    "mentored": "được phân công đảng viên giúp đỡ",
    "proposed": "chi bộ đề nghị kết nạp",
    "admitted": "kết nạp",
}
_NOBODY = {
    "nominated": "chưa cử {unit} nào đi học",
    "trained": "chưa {unit} nào hoàn thành lớp",
    "mentored": "chưa {unit} nào được phân công đảng viên giúp đỡ",
    "proposed": "chi bộ chưa đề nghị kết nạp {unit} nào",
    "admitted": "chưa kết nạp {unit} nào",
}


def names_of(collection) -> dict[str, str]:
    """Return what ids are called in a collection: its schools, and its own name for staff if it has one."""
    names = collection.school_names
    if collection.organisation.staff_label:
        names["staff"] = collection.organisation.staff_label
    return names


def name_of(school: str, names: Mapping[str, str] | None = None) -> str:
    """Return a school's name, its id where it has none."""
    return (names or {}).get(school, school)


def reporter(names: Mapping[str, str] | None = None) -> str:
    """Return what those who report are called: "trường", but "đơn vị" where no name is a school's, as of districts."""
    called = [name.casefold() for key, name in (names or {}).items() if key not in GROUPS]
    return "đơn vị" if called and not any(name.startswith(_SCHOOL) for name in called) else "trường"


def some_names(schools: Iterable[str], names: Mapping[str, str] | None = None) -> str:
    """Join schools' names in the order given; past `NAMED_AT_MOST` the rest are counted: a list is for a table."""
    called = [name_of(school, names) for school in schools]
    if len(called) > NAMED_AT_MOST:
        called = [*called[:NAMED_AT_MOST], f"{number(len(called) - NAMED_AT_MOST)} {reporter(names)} khác"]
    return join_words(called)


def group_name(group: str, names: Mapping[str, str] | None = None) -> str:
    """Return what a group is called: as the office calls it, else by the vocabulary."""
    return (names or {}).get(group) or vocabulary.label("group", group)


def capital(sentence: str) -> str:
    """Begin with a capital letter; the rest stays, for it may hold names."""
    return sentence[:1].upper() + sentence[1:]


def unit(group: str) -> str:
    """Return the counting word: pupils are "em", everybody else "người"."""
    return UNITS.get(group, "người")


def known(value) -> bool:
    """Tell whether a figure is there: missing is not zero."""
    return not pd.isna(value)


def figure(n) -> str:
    """Write a whole number; below zero in words, since a dash means zero in such tables."""
    if not known(n):
        return NO_DATA
    return number(n) if n >= 0 else f"âm {number(-n)}"


def count(n, group: str) -> str:
    """Write a count with its unit: "25 em", "1.234 người"."""
    return f"{figure(n)} {unit(group)}" if known(n) else NO_DATA


def done(measure: str, n, group: str, parts: str = "") -> str:
    """Say how many reached a stage: "kết nạp 25 em (…)", "chưa kết nạp em nào", "chưa có số liệu kết nạp"."""
    words = FLOW_WORDS.get(measure) or vocabulary.label("measure", measure)
    if not known(n):
        return f"{NO_DATA} {words}"
    if n == 0 and not parts and measure in _NOBODY:
        return _NOBODY[measure].format(unit=unit(group))
    return f"{words} {count(n, group)}" + (f" ({parts})" if parts else "")


def share(n, total, group: str = "all", low=None, high=None, confidence: float = 0.95, of: str = "") -> str:
    """Write counts, per cent and interval: "25/159 em, bằng 15,7% (khoảng tin cậy 95%: từ 10,9% đến 22,2%)".

    Below `FEW_TRIALS` people only "2/7 em": a per cent of so few promises what it cannot hold. `low` and `high` are
    shares. `of` says whom the share is of: "8/9 em được cử đi học".
    """
    if not known(n) or not known(total):
        return NO_DATA
    counts = f"{figure(n)}/{figure(total)} {unit(group)} {of}".rstrip()
    if total < FEW_TRIALS:
        return counts
    return f"{counts}, bằng {percent(n / total)}{limits(low, high, confidence)}"


def limits(low, high, confidence: float = 0.95) -> str:
    """Write an interval in brackets, with a leading space; nothing where there is none."""
    if low is None or high is None or not known(low) or not known(high):
        return ""
    return f" (khoảng tin cậy {whole_percent(confidence)}: từ {percent(low)} đến {percent(high)})"


def whole_percent(x: float) -> str:
    """Write a share that was chosen, not measured: "95%"."""
    return percent(x, 0)


def in_period(period: str) -> str:
    """Name a period inside a sentence: "năm 2023", "năm học 2022–2023", "kỳ 11/2022–10/2023"."""
    prefix = {"year": "năm ", "months": "kỳ "}.get(periods.parse(period).kind, "")
    return prefix + periods.label(period)


def until(as_of: date | None) -> str:
    """Say how far a partial period reaches."""
    return "chưa hết kỳ" if as_of is None else f"đến {date_text(as_of)}"


def in_partial(period: str, partial: bool, as_of: date | None) -> str:
    """Name a period, and how far it reaches where it is not over: "năm 2024 (đến 14-3-2024)"."""
    return in_period(period) + (f" ({until(as_of)})" if partial else "")


def window(names: Iterable[str], partial: bool, as_of: date | None) -> str:
    """Name a run of periods in time order; `partial` is about the last: "từ năm 2021 đến 14-3-2024"."""
    names = list(names)
    if len(names) == 1:
        return in_partial(names[0], partial, as_of)
    if partial and as_of is not None:
        return f"từ {in_period(names[0])} {until(as_of)}"
    return f"từ {in_period(names[0])} đến {in_partial(names[-1], partial, as_of)}"


def group_of(frame: pd.DataFrame) -> str:
    """Return the one group a frame speaks of.

    ValueError where there are two: pupils and staff are never in one figure.
    """
    if "group" not in frame.columns:
        return "all"
    groups = list(frame["group"].unique())
    if len(groups) > 1:
        raise ValueError("Mỗi câu, mỗi biểu đồ chỉ nói về một nhóm: tách học sinh và cán bộ, giáo viên, nhân viên.")
    return groups[0] if groups else "all"


def for_groups(sentence: Callable[..., str], frame: pd.DataFrame, **options) -> list[str]:
    """Write one sentence for each group of a frame, pupils before staff."""
    present = set(frame["group"])
    return [sentence(frame[frame["group"] == group], **options) for group in GROUPS if group in present]
