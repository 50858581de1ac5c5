"""Patterns of time words: how offices write a period, a course or a day, and what each says.

Each stands with a function from its match to values of `timewords.Time` by name; None leaves the text as it is.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from dangvien_analysis.wording.yearparts import (
    EACH,
    SAME,
    UNKNOWN,
    WHOLE,
    WHOLE_SCHOOL_YEAR,
    part_of,
    run_of_months,
    with_year,
)

_MONTHS = {
    "mười hai": 12,
    "mười một": 11,
    "mười": 10,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}
_YEARS_IN_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "mười": 10}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}

_YEAR = r"((?:19|20)\d\d)"
_DASH = r"\s*[-–—]\s*"
_NAM = r"n[aă]m"
_SCHOOL_YEAR = r"(?:n[aă]m\s+h[oọ]c|nh)"
_DAY = rf"(?:ng[aà]y\s*)?(\d{{1,2}})\s*[-/.]\s*(\d{{1,2}})\s*[-/.]\s*{_YEAR}"
_DAY_IN_WORDS = rf"ng[aà]y\s*(\d{{1,2}})\s*th[aá]ng\s*(\d{{1,2}})\s*{_NAM}\s*{_YEAR}"
_MONTH_WORD = r"(?:th[aá]ng\s*|t\.?(?=\d))"  # "T6"
_MONTH = rf"(?:{_MONTH_WORD})?(\d{{1,2}})\s*[-/]\s*{_YEAR}"
_COURSE = r"kh(?:óa|oá|oa)"
_UNTIL = r"(?:t[ií]nh\s+)?(?:đ|d)[eế]n(?:\s+h[eế]t)?"
_SEMESTER = r"(?:h[oọ]c\s+k[yỳìi]|hk)"
_NO_SEMESTER = "".join(rf"(?<!{word} )" for word in ("nhiệm", "nhiem", "định", "dinh", "cùng", "cung"))
_OF_SEMESTER = rf"{_NO_SEMESTER}k[yỳìi]\s+(i{{1,2}}|[12])\b(?!\s*(?:lần|tháng|năm\s+(?!h|\d)))"  # "Kỳ I"
_QUARTER = r"(?:qu[yíiý]\s*|q\.?(?=[1-4i]))(i{1,3}|iv|[1-4])\b"
_OF_YEAR = rf"(?=\s*(?:[(),;:.]|$|(?:[-–]\s*)?(?:(?:trong|c[uủ]a)\s+)?{_NAM}\b))"
_BY = r"(?:(?:chia|phân)\s+)?theo"
_PARTS = r"(qu[yý]|th[aá]ng|h[oọ]c\s+k[yỳìi])"
_OPEN = r"(?:tr[uư][oớ]c|sau|t[uừ]|h[eế]t)"
_TO = r"(?:\s*[-–—]\s*|\s+(?:đ|d)[eế]n\s+(?:h[eế]t\s+)?)"
_DAY_OF_MONTH = r"(?:ng[aà]y\s*)?(\d{1,2})\s*(?:[/.-]|th[aá]ng)\s*(\d{1,2})\b"
_NO_YEAR = rf"(?!\s*[/-]?\s*(?:{_NAM}\s+)?\d)"
_MONTH_COUNT = rf"(\d{{1,2}}|{'|'.join(_MONTHS)})(?:\s*\([^)\d]*\))?"  # "6 (sáu) tháng"
_NUMBERED = "".join(rf"(?<!{word} )" for word in ("lớp", "khối", "quý", "tháng", "số", "kỳ", "mẫu", "biểu", "đợt"))
_COUNT_OF_YEARS = rf"{_NUMBERED}([2-9]|10|{'|'.join(_YEARS_IN_WORDS)})"
_SOME_YEARS = rf"{_COUNT_OF_YEARS}\s+năm"
# Some of those admitted in a year: "đợt 1", "dịp 19/5", "đợt 3/2 và 19/5", "dịp hè".
_HOLIDAY = r"(?:ng[aà]y\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*(?:19|20)\d\d)?"
_COUNTED = r"(?:\d{1,2}|[ivx]{1,4})\b(?:\s*[/-]\s*(?:19|20)\d\d)?"
_AND = r"(?:,|v[aà]|&|\+|-|(?:đ|d)[eế]n)"
_BATCH = (
    rf"(?:(?:(?:đ|d)[oợ]t|d[iị]p)\s+(?:(?:{_HOLIDAY}|{_COUNTED})(?:\s*{_AND}\s*(?:(?:đ|d)[oợ]t\s+)?"
    rf"(?:{_HOLIDAY}|{_COUNTED}))*|(?:ngh[iỉ]\s+)?h[eè]|t[eế]t|(?:(?:đ|d)[aầ]u|gi[uữ]a|cu[oố]i)\s+{_NAM})"
    rf"|hè(?=\s+(?:{_NAM}\s+)?(?:19|20)\d\d)|(?:ch[aà]o\s+m[uừ]ng|l[eễ])\s+{_HOLIDAY})"
)
# "Kế hoạch năm", "Ước thực hiện năm": all of it.
_OF_WHOLE = ("hoạch", "tiêu", "kh", "giao", "ước", "ước đạt", "ước thực hiện", "ước th", "ưth")
_BEFORE_YEAR = "|".join(rf"(?<={word} )" for word in (*_OF_WHOLE, "dự kiến", "dự kiến thực hiện", "dự kiến đạt"))
_BEYOND = re.compile(r"(?:qu[aá]|tr[eê]n|d[uư][oớ]i|(?:đ|d)[uủ]|sau|h[oơ]n|v[oò]ng)\s+$")  # "quá 12 tháng" is no year
_GAP = r"[\s.…_\d]*"
# Behind these words a term of office tells which resolution, congress or committee is meant.
_OF_PLAN = (
    r"(?:th[uự]c\s+hi[eệ]n|theo)\s+(?:ngh[iị]\s+quy[eế]t|k[eế]\s+ho[aạ]ch|ch[uư][oơ]ng\s+tr[iì]nh|(?:đ|d)[eề]\s+[aá]n)"
)
_OF_TERM = r"(?:ngh[iị]\s+quy[eế]t|(?:đ|d)[aạ]i\s+h[oộ]i|nq|(?:đ|d)h|ban\s+ch[aấ]p\s+h[aà]nh|bch)"
_BOUND = r"(?<![\w/.-])"
_END = r"(?![\w/]|[-.]\d)"


def _year_pair(first: str, second: str) -> str | None:
    second = second if len(second) == 4 else first[:2] + second
    return f"{first}-{second}" if int(second) == int(first) + 1 else None


def _school_year(match: re.Match) -> dict | None:
    pair = _pair(match[1], match[2])
    return {"periods": (pair,)} if pair else None


def _pair(first: str, second: str) -> str | None:
    """Return a school year of which the century may be left out: "23-24"."""
    return _year_pair(first if len(first) == 4 else "20" + first, second)


def _school_years(match: re.Match) -> dict | None:
    """Read "năm học 2022-2024" as none, and "hai năm học 2022-2024" as these two."""
    count, first, last = match.groups()
    if _year_pair(first, last):
        return None
    named = count and (_YEARS_IN_WORDS.get(count) or int(count))
    return {"periods": (f"{first}-08/{last}-07",)} if named == int(last) - int(first) else {"unread": True}


def _run_of_school_years(match: re.Match) -> dict | None:
    pairs = _year_pair(match[1], match[2]) and _year_pair(match[3], match[4])
    return {"periods": (f"{match[1]}-08/{match[4]}-07",)} if pairs and match[1] < match[3] else None


def _some_years(match: re.Match) -> dict:
    """Read "4 năm (2020-2023)" as these years, if they are so many."""
    count, first, last = match.groups()
    named = _YEARS_IN_WORDS.get(count) or int(count)
    return {"periods": (f"{first}-01/{last}-12",)} if named == int(last) - int(first) + 1 else {"unread": True}


def _semester(match: re.Match) -> dict | None:
    """Read "học kỳ I" as August to January and "học kỳ II" as the rest of the school year."""
    pair = _pair(match[2], match[3])
    return {"periods": (part_of(f"S{_number(match[1])}", pair),)} if pair else None


def _year_over_year(match: re.Match) -> dict | None:
    """Read "2023/2022" as two years that are compared; "2022/2023" may be a school year."""
    return {"periods": (match[1], match[2])} if match[1] > match[2] else None


def _run_of_years(match: re.Match) -> dict | None:
    first, last = int(match[1]), int(match[2])
    return {"periods": (f"{first}-01/{last}-12",)} if first < last else None


def _run_of_months(match: re.Match) -> dict | None:
    (m1, y1, m2, y2) = (int(group) for group in match.groups())
    valid = 1 <= m1 <= 12 and 1 <= m2 <= 12 and (y1, m1) <= (y2, m2)
    return {"periods": (run_of_months(y1, m1, y2, m2),)} if valid else None


def _run_of_days(match: re.Match) -> dict | None:
    """Read "từ ngày 01/01/2023 đến ngày 30/6/2023" as these months; a run that begins within a month is none."""
    first, last = _date(match.groups()[:3]), _day(match)
    if first is None or last is None or first > last:
        return None
    if first.day > 1:
        return {"unread": True}
    if (last + timedelta(days=1)).day > 1:
        return {"since": f"{first.year}-{first.month:02}", "as_of": last}
    return {"periods": (run_of_months(first.year, first.month, last.year, last.month),)}


def _since_day(match: re.Match) -> dict:
    """Read "từ ngày 01/7/2024 đến nay" as since July; a run that begins within a month is none."""
    first = _day(match)
    return {"since": f"{first.year}-{first.month:02}"} if first and first.day == 1 else {"unread": True}


def _since_month(match: re.Match) -> dict | None:
    return {"since": f"{match[2]}-{int(match[1]):02}"} if 1 <= int(match[1]) <= 12 else None


def _until_day(match: re.Match) -> dict | None:
    """Read "đến 30/6" as the first half of the year that stands elsewhere."""
    day, month = int(match[1]), int(match[2])
    if not _in_a_month(day, month):
        return None
    return _until(month) if _ends_month(day, month) else no_part()


def _last_of_months(match: re.Match) -> dict | None:
    """Read "(30/6)" as "đến 30/6"; "(4/5)" may be four of five."""
    day, month = int(match[1]), int(match[2])
    return _until(month) if _in_a_month(day, month) and _ends_month(day, month) else None


def _days_of_year(match: re.Match) -> dict | None:
    """Read "từ 01/01 đến 30/6" as these months of the year that stands elsewhere."""
    first_day, first, last_day, last = (int(group) for group in match.groups())
    if not (_in_a_month(first_day, first) and _in_a_month(last_day, last)):
        return None
    whole = first_day == 1 and _ends_month(last_day, last)
    return {"part": f"R{first:02}{last:02}"} if whole else no_part()


def _in_a_month(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _ends_month(day: int, month: int) -> bool:
    return day >= (28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def _until(month: int) -> dict:
    """Return the months of a year up to one."""
    if month == 12:
        return {"part": WHOLE}
    return {"part": "H1" if month == 6 else f"M{month}"}


def _day(match: re.Match) -> date | None:
    return _date(match.groups()[-3:])


def _date(digits: Sequence[str]) -> date | None:
    day, month, year = (int(group) for group in digits)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _as_of(match: re.Match) -> dict | None:
    day = _day(match)
    return {"as_of": day} if day else None


def _dateline(match: re.Match) -> dict | None:
    day = _day(match)
    return {"dateline": day} if day else None


def _months_of_year(match: re.Match) -> dict | None:
    months, half, year = _MONTHS.get(match[1]) or int(match[1]), match[2], match[3]
    last_half = half is not None and half.startswith("c")
    if months == 12 and year:
        return {"periods": (year,)}
    if months == 12 and not half and not _BEYOND.search(match.string[: match.start()]):
        return {"part": WHOLE}
    if not 1 <= months < 12:
        return None
    if last_half and months != 6:
        return _part(f"L{months}", year)
    part = "H2" if last_half else "H1" if months == 6 else f"M{months}"
    return _part(part, year)


def _month(match: re.Match) -> dict | None:
    return _part(f"T{int(match[1])}", match[2]) if 1 <= int(match[1]) <= 12 else None


def _months(match: re.Match) -> dict | None:
    first, last, year = int(match[1]), int(match[2]), match[3]
    if not (1 <= first <= 12 and 1 <= last <= 12) or (year and first > last):
        return None
    return _part(f"R{first:02}{last:02}", year)


def _same_part(match: re.Match) -> dict:
    """Read "trong quý", "quý này" as the quarter that the title names."""
    word = match[1] or match[2]
    return {"part": SAME["quarter" if word.startswith("q") else "month" if word.startswith("t") else "semester"]}


def _year_of_target(match: re.Match) -> dict:
    """Read "chỉ tiêu giao đầu năm (2024)" as of the whole year: a target is given at its beginning."""
    return {"part": WHOLE, "periods": (match[2],)} if match[2] else {"part": WHOLE}


def _unread(_: re.Match) -> dict:
    return {"unread": True}


def no_part(_: re.Match | None = None) -> dict:
    """Return a part of a year that nobody can name."""
    return {"unread": True, "part": UNKNOWN}


def _nothing(_: re.Match) -> dict:
    return {}


def _part(part: str, year: str | None) -> dict:
    return {"periods": (with_year(part, year),)} if year else {"part": part}


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else _ROMAN.get(word)


def _course(match: re.Match) -> dict | None:
    number = _number(match[1])
    return {"cohorts": (f"{match[2]}/{number}",)} if number else None


# In order: what is longer and more particular goes first and takes its words away from the rest.
PATTERNS = tuple(
    (re.compile(_BOUND + pattern + _END), make)
    for pattern, make in (
        (rf"(?P<kept>{_OF_TERM}\b[^;]*?)nhi[eệ]m\s+k[yỳìi]\s+{_YEAR}{_DASH}{_YEAR}", _nothing),
        (rf"nhi[eệ]m\s+k[yỳìi]\s+{_YEAR}{_DASH}{_YEAR}", _run_of_years),
        ((r"(?<!kế )(?<!ke )(?<!dồn )(?<!don )t[uừ]\s+(?:đ|d)[aầ]u\s+nhi[eệ]m\s+k[yỳìi]"
          r"(?:\s+(?:đ|d)[eế]n\s+nay)?"), no_part),
        ((rf"(?P<kept>(?:n[oộ]p|g[uử]i|h[aạ]n)\b[^;]*?(?:tr[uư][oớ]c|ch[aậ]m\s+nh[aấ]t)\s+)"
          rf"(?:{_DAY_IN_WORDS}|{_DAY}|{_DAY_OF_MONTH}|{_MONTH_WORD}\d{{1,2}}(?:\s*[/-]\s*{_YEAR})?)"), _nothing),
        (rf"th[aà]nh\s+l[aậ]p\s+(?:t[uừ]\s+)?(?:{_DAY}|{_DAY_IN_WORDS}|{_NAM}\s+{_YEAR})", _nothing),
        (rf"(?P<kept>(?:đổi|doi)\s+t[eê]n\b[^;:]*?){_NAM}\s+{_YEAR}", _nothing),  # of the school
        ((rf"(?P<kept>(?:giao|ti[eê]u|ho[aạ]ch)\b[^\d;(]*?)(?<!tháng )(?<!thang )(?:đ|d)[aầ]u\s+{_NAM}"
          rf"(?!\s+h[oọ]c)(?:\s+{_YEAR})?"), _year_of_target),
        (rf"c[aá]c\s+{_NAM}\s*[(,:]?\s*t[uừ]\s+(?:{_NAM}\s+)?{_YEAR}{_TO}(?:{_NAM}\s+)?{_YEAR}",
         lambda _: {"part": EACH}),
        ((rf"(?:giai\s+(?:đ|d)o[aạ]n|t[uừ]\s+{_NAM}|(?:trong\s+)?c[aá]c\s+{_NAM})\s+{_YEAR}"
         rf"(?:{_DASH}|\s+(?:đ|d)[eế]n\s+(?:h[eế]t\s+)?(?:{_NAM}\s+)?){_YEAR}"), _run_of_years),
        (rf"t[uừ]\s+{_MONTH}\s+(?:đ|d)[eế]n\s+nay", _since_month),
        (rf"t[uừ]\s+{_DAY}\s+(?:đ|d)[eế]n\s+nay", _since_day),
        (rf"(?:t[ií]nh\s+)?t[uừ]\s+{_MONTH}(?:{_DASH}|\s+(?:đ|d)[eế]n\s+(?:h[eế]t\s+)?){_MONTH}", _run_of_months),
        (rf"{_MONTH}(?:{_DASH}|\s+(?:đ|d)[eế]n\s+){_MONTH}", _run_of_months),
        (rf"(?:(?:t[uừ]|giai\s+(?:đ|d)o[aạ]n)\s+)?(?:{_NAM}\s+)?{_YEAR}(?:{_DASH}|\s+(?:đ|d)[eế]n\s+)nay",
         lambda m: {"since": f"{m[1]}-01"}),
        (rf"t[uừ]\s+(?:{_NAM}\s+)?{_YEAR}\s+{_UNTIL}\s+{_DAY}",
         lambda m: {"since": f"{m[1]}-01", "as_of": _day(m)} if _day(m) else None),
        (rf"(?:t[ií]nh\s+)?t[uừ]\s+{_DAY}(?:{_DASH}|\s+{_UNTIL}\s+){_DAY}", _run_of_days),
        (rf"(?:t[ií]nh\s+)?t[uừ]\s+{_DAY_IN_WORDS}(?:{_DASH}|\s+{_UNTIL}\s+){_DAY_IN_WORDS}", _run_of_days),
        (rf"t[uừ]\s+(?:{_DAY_IN_WORDS}|{_DAY})", _unread),
        (rf"t[uừ]\s+{_DAY_OF_MONTH}{_TO}{_DAY_OF_MONTH}", _days_of_year),
        (rf"{_UNTIL}\s+{_DAY_OF_MONTH}{_NO_YEAR}", _until_day),
        (rf"t[uừ]\s+{_DAY_OF_MONTH}{_NO_YEAR}(?:\s+(?:đ|d)[eế]n\s+nay)?",
         lambda m: no_part() if _in_a_month(int(m[1]), int(m[2])) else None),
        (rf"ng[aà]y\s*\d{{1,2}}\s*th[aá]ng\s*\d{{1,2}}\b{_NO_YEAR}", _nothing),
        (rf"{_MONTH_WORD}\d{{1,2}}\s*(?:,|\+|&|v[aà])\s*(?:{_MONTH_WORD})?\d{{1,2}}\b", no_part),
        (_BATCH, no_part),
        (rf"(?<=\(){_DAY_OF_MONTH}(?=\))", _last_of_months),
        (rf"{_UNTIL}\s+{_DAY_IN_WORDS}", _as_of),
        (rf"{_UNTIL}\s+{_DAY}", _as_of),
        (_DAY_IN_WORDS, _dateline),
        (_DAY, _dateline),
        (rf"ng[aà]y\b{_GAP}th[aá]ng\b{_GAP}{_NAM}\b{_GAP}{_YEAR}?", _nothing),  # left open to be filled in by hand
        (rf"{_COURSE}\s+([ivx]+|\d{{1,2}})\s*(?:/\s*|{_NAM}\s+|{_DASH}|,\s*{_NAM}\s+){_YEAR}", _course),
        (rf"{_COURSE}\s+(?:h[oọ]c\s+)?(?:{_NAM}\s+)?{_YEAR}", lambda m: {"cohorts": (m[1],)}),
        ((rf"(?:{_QUARTER}|{_MONTH_WORD}\d{{1,2}}|{_SEMESTER}\s*(?:i{{1,2}}|[12]))\s*(?:v[aà]|\+|&)\s*"
          rf"(?:c[aả]\s+)?{_NAM}\b"), no_part),
        (rf"{_UNTIL}\s+{_SEMESTER}\s*(?:ii|2)\b", lambda _: {"part": WHOLE}),
        (rf"(?:tr[uư][oớ]c|sau|t[uừ]|gi[uữ]a)\s+{_SEMESTER}(?:\s*(?:i{{1,2}}|[12]))?", no_part),
        (rf"{_SEMESTER}\s*(i{{1,2}}|[12])\s*[,/-]?\s*(?:{_SCHOOL_YEAR}\s*)?{_YEAR}{_DASH}{_YEAR}", _semester),
        (rf"{_SEMESTER}\s*(i{{1,2}}|[12])\s*[,/-]?\s*(?:{_SCHOOL_YEAR}\s*)?(\d\d){_DASH}(\d\d)", _semester),
        (rf"t[uừ]\s+{_SCHOOL_YEAR}\s*{_YEAR}{_DASH}{_YEAR}{_TO}(?:{_SCHOOL_YEAR}\s*)?{_YEAR}{_DASH}{_YEAR}",
         _run_of_school_years),
        (rf"(?:{_OPEN}|(?:đ|d)[eế]n|gi[uữ]a|(?:đ|d)[aầ]u)\s+{_SCHOOL_YEAR}\s*{_YEAR}{_DASH}{_YEAR}", _unread),
        (rf"(?:{_COUNT_OF_YEARS}\s+)?{_SCHOOL_YEAR}\s*{_YEAR}{_DASH}{_YEAR}", _school_years),
        (rf"(?P<kept>{_OF_PLAN}\b[^;]*?){_SOME_YEARS}\s*\(?{_YEAR}{_TO}{_YEAR}", _nothing),
        (rf"{_SOME_YEARS}\s*\(?(?:t[uừ]\s+)?(?:{_NAM}\s+)?{_YEAR}{_TO}(?:{_NAM}\s+)?{_YEAR}", _some_years),
        (rf"(?:{_SCHOOL_YEAR}\s*)?{_YEAR}{_DASH}{_YEAR}", _school_year),
        (rf"{_SCHOOL_YEAR}\s*{_YEAR}\s*/\s*{_YEAR}", _school_year),
        (rf"{_SCHOOL_YEAR}\s*((?:19|20)?\d\d){_DASH}(\d\d)", _school_year),
        (rf"{_YEAR}{_DASH}(1[3-9]|[2-9]\d)", _school_year),  # "2011-12" may be a month
        (rf"(?:4|b[oố]n)\s+qu[yý]{_OF_YEAR}", lambda _: {"part": WHOLE}),
        (rf"(?:{_BY}\s+|qua\s+)?(?:c[aá]c|t[uừ]ng|{_BY})\s+qu[yý]{_OF_YEAR}", lambda _: {"part": EACH}),
        (rf"{_QUARTER}\s*(?:,|\+|v[aà]|(?:đ|d)[eế]n|[-–])\s*(?:{_QUARTER}|(?:i{{1,3}}|iv|[1-4])\b)", no_part),
        (r"(?:n[uử]a\s+(?:(?:đ|d)[aầ]u|cu[oố]i|n[aă]m)|gi[uữ]a\s+k[yỳìi]|tu[aầ]n\s*\d{1,2})", no_part),
        (rf"{_UNTIL}\s+{_QUARTER}{_NO_YEAR}", lambda m: _until(3 * _number(m[1]))),
        (rf"(?:{_UNTIL}|{_OPEN})\s+{_QUARTER}(?:\s*[/,-]?\s*(?:{_NAM}\s+)?{_YEAR})?", no_part),
        (rf"{_QUARTER}\s*(?:(?:/|[-–]|,)\s*|\s)?(?:{_NAM}\s+)?{_YEAR}?",
         lambda m: _part(f"Q{_number(m[1])}", m[2])),
        ((rf"(?:t[uừ]\s+)?{_MONTH_WORD}(\d{{1,2}})(?:{_DASH}|\s+(?:đ|d)[eế]n\s+(?:h[eế]t\s+)?)(?:{_MONTH_WORD})?"
         rf"(\d{{1,2}})(?:(?:\s*/\s*|\s+{_NAM}\s+){_YEAR})?"), _months),
        (rf"{_UNTIL}\s+{_MONTH_WORD}\d{{1,2}}(?:\s*[/-]\s*|\s+{_NAM}\s+){_YEAR}", no_part),
        (rf"{_OPEN}\s+{_MONTH_WORD}\d{{1,2}}(?:\s*[/-]\s*|\s+{_NAM}\s+){_YEAR}", _unread),
        (rf"{_UNTIL}\s+{_MONTH_WORD}(1[0-2]|0?[1-9])\b{_NO_YEAR}", lambda m: _until(int(m[1]))),
        (rf"{_OPEN}\s+{_MONTH_WORD}\d{{1,2}}", no_part),
        (rf"{_MONTH_WORD}(\d{{1,2}})(?:(?:\s*[/-]\s*|\s+(?:{_NAM}\s+)?){_YEAR})?", _month),
        (rf"{_SEMESTER}\s*(i{{1,2}}|[12])", lambda m: {"part": f"S{_number(m[1])}"}),
        (_OF_SEMESTER, lambda m: {"part": f"S{_number(m[1])}"}),
        (rf"trong\s+{_NAM}\s+h[oọ]c(?=\s*$)", lambda _: {"part": SAME["school_year"]}),
        (rf"\A\s*trong\s+{_NAM}\s*\Z", lambda _: {"part": SAME["year"]}),
        (rf"(?:trong\s+{_PARTS}(?=\s*$)|{_PARTS}\s+(?:này|báo\s+cáo))", _same_part),
        (_SEMESTER, no_part),
        (rf"\d{{1,2}}\s*(?:th[aá]ng|t)\s*(?:(?:đ|d)[aầ]u|cu[oố]i)?\s*{_SCHOOL_YEAR}", _unread),
        (rf"{_MONTH_COUNT}\s*(?:th[aá]ng|t)\s*((?:đ|d)[aầ]u|cu[oố]i)?\s*(?:{_NAM}\s*)?(?:[/-](?=\s*\d))?\s*{_YEAR}?",
         _months_of_year),
        (rf"{_MONTH_COUNT}\s*t(đ|d|c)n(?:\s*/?\s*{_YEAR})?", _months_of_year),
        (rf"{_SOME_YEARS}(?:\s+h[oọ]c)?(?=\s*[(,;:-]|\s+(?:qua|gần|liền|tính|thực|trở)|\s*$)", no_part),
        (rf"(?:{_UNTIL}|{_OPEN}|(?:đ|d)[aầ]u|gi[uữ]a)\s+(?:{_NAM}\s*)?{_YEAR}", _unread),
        (rf"{_SCHOOL_YEAR}\s*{_YEAR}", _unread),
        (rf"(?:{_NAM}\s*)?{_YEAR}\s*/\s*(?:{_NAM}\s*)?{_YEAR}", _year_over_year),
        (rf"c[aả]\s+{_NAM}\s*{_YEAR}", lambda m: {"periods": (m[1],), "part": WHOLE}),
        (rf"{_NAM}\s*{_YEAR}", lambda m: {"periods": (m[1],)}),
        (rf"c[aả]\s+{_NAM}\s+h[oọ]c(?!\s+(?:tr|n|s))", lambda _: {"part": WHOLE_SCHOOL_YEAR}),
        (rf"(?:cả năm|ca nam|(?:{_BEFORE_YEAR})năm)(?! (?:h[oọ]c|trước|nay|sau|tới))",
         lambda _: {"part": WHOLE}),
        (_YEAR, lambda m: {"periods": (m[1],)}),
    )
)  # fmt: skip
