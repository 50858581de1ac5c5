"""How a line beside tables opens: whether it is a note, speaks of the numbers, or is the line of place and date."""

import re

# «* Học sinh» may as well head the next table, and «(Kèm theo …)» stand above one.
_NOTE = re.compile(
    r"\(\*+\)|(?:ghi chú|chú thích|lưu ý|ghi chu|chu thich|luu y|(?:các )?số (?:liệu )?(?:nêu |ở )?trên)\b",
    re.IGNORECASE,
)
# «Số liệu …», «Các số trên …», «Đây là …»: what follows is said of the numbers, not of some people.
_OF_NUMBERS = re.compile(
    r"(?:các )?(?:số liệu|con số|số (?:nêu |ở )?(?:trên|này))\b|các số\b|(?:đây|trên đây) là\b|so lieu\b", re.IGNORECASE
)
_NOTE_AT_END = re.compile(rf"{_NOTE.pattern}|[*(]|{_OF_NUMBERS.pattern}", re.IGNORECASE)
_LEAD = re.compile(r"[\s(*+:.)-]*(?:(?:ghi chú|chú thích|lưu ý|ghi chu|chu thich|luu y)\b)?[\s(*+:.)-]*", re.IGNORECASE)
# Numbers that are more, or less certain, than those of the period.
_OTHERWISE = re.compile(
    r"\b(?:lũy kế|luỹ kế|cộng dồn|(?:chưa|không) (?:chính thức|đầy đủ|đủ)|sơ bộ|tạm tính|nhiệm kỳ)\b", re.IGNORECASE
)
_OPENS_OTHERWISE = re.compile(
    r"(?:số (?:liệu )?)?(?:lũy kế|luỹ kế|cộng dồn|chưa chính thức|chưa đầy đủ|sơ bộ|tạm tính|đợt \w+\W*$)",
    re.IGNORECASE,
)
_POOL = re.compile(r"(?<!tạo )\b(?:nguồn|nguon|cảm tình|cam tinh)\b", re.IGNORECASE)  # "tạo nguồn" is a task
_COURSE_YEAR = re.compile(
    r"\b(?:lớp|học) (?:lớp )?(?:bdnt|bồi dưỡng|nhận thức|cảm tình|đối tượng)[^,;()]*\bnăm (?:học )?20\d\d",
    re.IGNORECASE,
)
# Words by which a line leaves some people out of a table, or takes others in; nobody is left out who was expelled.
_RESTRICTING = (
    r"\b(?:(?:chỉ|không|chưa) (?:tính|kể|gồm|bao gồm)|(?:tính|kể|gồm) cả|(?<!khai )trừ"
    r"|(?:trước|sau) (?:khi )?(?:sáp|sát) nhập)\b"
)
_RESTRICTS = re.compile(_RESTRICTING, re.IGNORECASE)
# «Học sinh (không tính GDTX)» is the label of a row.
_NOTE_THAT_RESTRICTS = re.compile(rf"(?:(?:các )?số [^(]*)?{_RESTRICTING}", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(
    r"(?:[^\d:;()]{1,60}[\s,])?(?:ngày|ngay)\s*\d{1,2}\s*(?:[-/.]|tháng|thang)\s*\d{1,2}\s*(?:[-/.]|năm|nam)\s*\d{4}\W*",
    re.IGNORECASE,
)
# «4 em», «khoảng 4», «2,5», «4/6», «ba», but neither «12-QĐ/HU» nor «3/2/2024».
_LIKE_A_COUNT = re.compile(
    r"(?<![\w/.-])\d+(?!\d|/|-|\.\d)|^\W*\d+\s*/\s*\d+\W*$|^(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b",
    re.IGNORECASE,
)
# «có 2 giáo viên», «3 HS nữ», but neither «lớp 12 đã …», «tháng 6 năm …» nor «18 tuổi».
_COUNTED = re.compile(
    r"(?<![\w/.,-])(?<!lớp )(?<!khối )(?<!ngày )(?<!tháng )(?<!năm )(?<!quý )(?<!khóa )(?<!đợt )(?<!số )\d{1,3}\s+"
    r"(?!tuổi|tháng|năm|ngày|lớp|khối|trường|khóa|đợt|quý)(?P<people>[^\W\d_][^\d,;.:()]*)",
    re.IGNORECASE,
)
_ADDING = re.compile(r"\bngoài ra\b", re.IGNORECASE)


def counted_in(text: str) -> list[str]:
    """Return what is said of the people behind each number in a remark: "2 giáo viên, 3 HS nữ"."""
    return [found["people"] for found in _COUNTED.finditer(text)]


def counts_some(text: str) -> bool:
    """Tell whether a remark holds a number of somebody, or something."""
    return _COUNTED.search(text) is not None


def adds_some(text: str) -> bool:
    """Tell whether a remark counts people besides those of the table: "Ngoài ra còn 2 em"."""
    return counts_some(text) and _ADDING.search(text) is not None


def like_a_count(text: str) -> bool:
    """Tell whether a text may be meant as a count: "4 em", "khoảng 4"."""
    return _LIKE_A_COUNT.search(text) is not None


def restricts(text: str) -> bool:
    """Tell whether a line says that some people are left out of a table, or others taken in."""
    return _RESTRICTS.search(text.strip("() .:")) is not None


def is_note(text: str) -> bool:
    """Tell whether a line speaks of the table above it, wherever it stands."""
    return _NOTE.match(text) is not None


def is_note_at_end(text: str) -> bool:
    """Tell whether a line does so where no table comes after it."""
    return _NOTE_AT_END.match(text) is not None or leaves_out(text)


def leaves_out(text: str) -> bool:
    """Tell whether a note says no more than who is left out of the numbers, or taken in: "Chưa tính khối 12"."""
    return _NOTE_THAT_RESTRICTS.match(_rest(text)) is not None


def speaks_of_numbers(text: str) -> bool:
    """Tell whether a note speaks of the numbers, not of some of the people: "Ghi chú: Số trên là …"."""
    return _OF_NUMBERS.match(_rest(text)) is not None


def counts_otherwise(text: str) -> bool:
    """Tell whether a note says that numbers are added up over years, or not certain yet: "Số trên là lũy kế"."""
    return speaks_of_numbers(text) and _OTHERWISE.search(text) is not None


def opens_otherwise(text: str) -> bool:
    """Tell whether a remark on one number, which need not say that it speaks of it, says the same: "Lũy kế từ 2020"."""
    return _OPENS_OTHERWISE.match(_rest(text)) is not None


def names_pool(text: str) -> bool:
    """Tell whether a text speaks of those who may be admitted one day: "Nguồn", not "đoàn viên ưu tú"."""
    return _POOL.search(text) is not None


def dates_course(text: str) -> bool:
    """Tell whether a text names the year of a course: "kết nạp từ lớp BDNT năm 2022"."""
    return _COURSE_YEAR.search(text) is not None


def readings_of_comment(text: str) -> tuple[str, str]:
    """Return a comment on a cell, and it without a name before it: "Lan: Số dự kiến" is how programs sign one."""
    return text, text.partition(":")[2].strip()


def is_place_and_date(text: str) -> bool:
    """Tell whether a line holds no more than where and when it was signed: "An Phú, ngày 10 tháng 01 năm 2025"."""
    return _PLACE_AND_DATE.fullmatch(text) is not None


def _rest(text: str) -> str:
    """Return a note without the word or the mark that it opens with."""
    return text[_LEAD.match(text).end() :]
