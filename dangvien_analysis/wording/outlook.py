"""Titles of reports that also name what comes next: "Kết quả năm 2024, phương hướng, nhiệm vụ năm 2025".

The numbers are of the first period: what is of the plan, or of the year compared with, says so itself.
"""

import re

from dangvien_analysis.periods import end_date, start_date, within
from dangvien_analysis.wording import timewords, yearparts
from dangvien_analysis.wording.said import Said

OUTLOOK = "outlook"  # the role of a text that names what comes next
GOES_ON = "goes_on"  # of one that does so if it is the second line of a title
_NEXT = "phương hướng|nhiệm vụ|giải pháp|phuong huong|nhiem vu|giai phap"
_PLAN = "kế hoạch|chỉ tiêu|ke hoach|chi tieu"  # also of the year reported on: only right behind a period
_THAN = "so với|so voi"
_MORE = r"(?:(?:và|va)\s+)?(?:(?:một số|những|các|mot so|nhung|cac)\s+)?"
_TURN = re.compile(rf"[\s,;.(–-]+{_MORE}(?:(?P<next>{_NEXT})|(?P<plan>{_PLAN})|(?P<than>{_THAN}))\b", re.IGNORECASE)
_DONE = re.compile(  # "thực hiện nhiệm vụ năm 2024" is what the report is on
    r"(?:thực hiện|triển khai|hoàn thành|theo|thuc hien|trien khai|hoan thanh)\s*$", re.IGNORECASE
)
_YEAR_AT_END = re.compile(
    r"\b(?:(?:năm|nam)(?:\s+(?:học|hoc))?\s+)?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?(?=\W*$)", re.IGNORECASE
)
_COMPARED = re.compile(r"\W*(?:so với|so voi)\s*(?:(?:cùng kỳ|cùng kì|cung ky)\s*)?\W*", re.IGNORECASE)
_BEGINS = re.compile(rf"\W*(?:(?:và|va)\s+)?(?:{_NEXT})\b|\W*(?:và|va)\s+(?:{_PLAN})\b|\W*(?:{_THAN})\b", re.IGNORECASE)


def reported(text: str) -> tuple[str, set[str]] | None:
    """Return of a title what stands before that which comes next, with its year, and what it is therefore more.

    None where it names no such thing.
    """
    for turn in _TURN.finditer(text):
        head, tail = text[: turn.start()], text[turn.start() :]
        if _DONE.search(head):
            continue
        behind = timewords.find(head)[1][-1].strip(" ,;-–()")
        if (turn["plan"] or turn["than"]) and behind:
            continue
        if turn["than"] and not _COMPARED.fullmatch(" ".join(timewords.find(tail)[1])):
            continue
        whole = _with_year(head, tail, bool(turn["than"]))
        return whole and (whole, set() if turn["than"] else {OUTLOOK})
    return None


def _with_year(head: str, tail: str, compared: bool) -> str | None:
    """Return the head, with the year of the tail if it names but a part of one, where the two follow each other."""
    first, second = timewords.find(head)[0], timewords.find(tail)[0]
    if first.part and not first.periods and second.periods:
        if not (year := _YEAR_AT_END.search(tail)):
            return None
        head = f"{head} {year[0]}"
        first = timewords.find(head)[0]
    times = (first, second)
    if any(time.unread or time.since or time.cohorts for time in times):
        return None
    one, other = map(_period, times)
    if second.part and not second.periods:
        one = one or (first.part and yearparts.part_of(first.part, "2023"))
        other = one and yearparts.part_of(second.part, one)
        if one and other and end_date(other) < start_date(one) and not compared:
            return head  # "quý IV, nhiệm vụ quý I": of the next year
    if not one or not other or one == other or (compared and start_date(one) < start_date(other)):
        return None
    follows = start_date(one) <= start_date(other) and end_date(one) <= end_date(other)
    return head if compared or (follows and not within(other, one)) else None


def _period(time: timewords.Time) -> str | None:
    if len(time.periods) != 1:
        return None
    return yearparts.part_of(time.part, time.periods[0]) if time.part else time.periods[0]


def is_plan(said: Said) -> bool:
    """Tell whether a text itself speaks of what is to be done."""
    planned = {"planning"} if "report" in said.roles else {"planning", "programme"}
    return said.facets.get("kind", "actual") != "actual" or bool(said.roles & planned)


def goes_on(text: str, said: Said) -> bool:
    """Tell whether a line may be the second of a title, and names what comes next."""
    return bool(_BEGINS.match(text)) and bool(said.facets.get("period") or said.time.part)
