"""Lines that tell when a course or a ceremony was held: "(Lớp mở từ ngày 10 đến ngày 15/5/2024)".

Their days are no days that the numbers are up to, and a course that they name is only that of those sent to it.
"""

import re

from dangvien_analysis.wording import timewords
from dangvien_analysis.wording.said import Said

EVENT = "event"  # the role of a line that tells of a course or a ceremony itself
_LEAD = r"\W*(?:(?:ghi chú|lưu ý)\W*)?"
_COURSE = (
    rf"{_LEAD}(?:(?:thời gian )?(?:đã )?(?:tham gia )?(?:mở|tổ chức|học|khai giảng|bế giảng) )?(?:các )?"
    r"(?:lớp|khóa|khoá)\b"
)
_CEREMONY = rf"{_LEAD}(?:(?:thời gian )?(?:đã )?tổ chức )?(?:buổi )?lễ (?:kết nạp|trao|công bố|khai giảng|bế giảng)\b"
_HELD = r"[^;]*?\b(?:mở|tổ chức|khai giảng|bế giảng|diễn ra|từ)\b[^;]*?\b(?:ngày\s*)?\d{1,2}\s*(?:[-/.–]|tháng|đến)"
_COURSE_HELD = re.compile(_COURSE + _HELD)
_CEREMONY_HELD = re.compile(_CEREMONY + _HELD)
# Behind these words the day is that of the numbers, or the numbers are of that day only.
_OF_NUMBERS = re.compile(r"\b(?:tính|số liệu|kết quả|đến hết|đến nay|báo cáo)\b")

# "Năm học 2024-2025: trường có 24 lớp" tells of what year that is, and perhaps not of what year the table is.
REMARK = "remark"  # the role of a line whose year yields to that of any other line
_OF_SCHOOL = re.compile(
    r"\W*(?:(?:trong |tại )?năm (?:học )?\d{4}(?:\s*[-–]\s*\d{4})?\s*[:,;]?\s*)"
    r"(?:toàn |nhà )?trường (?:hiện )?(?:có|gồm) (?:tổng số )?\d+ (?:lớp|phòng|học sinh|hs|em|cán bộ|cb|giáo viên|gv)"
)


def tells_of_school(text: str) -> bool:
    """Tell whether a line (in lower case) says how large the school is in a year."""
    return _OF_SCHOOL.match(text) is not None


def of_school(said: Said) -> Said:
    """Return what such a line says: nothing but its year."""
    facets = {facet: value for facet, value in said.facets.items() if facet == "period"}
    return Said(facets, roles=frozenset({REMARK}), clash=said.clash, time=said.time)


def tells_days(text: str) -> bool:
    """Tell whether a line (in lower case) says on which days a course or a ceremony was held."""
    held = _COURSE_HELD.match(text) or _CEREMONY_HELD.match(text)
    return held is not None and _OF_NUMBERS.search(text) is None


def without_days(time: timewords.Time) -> timewords.Time:
    """Return the times of such a line but for those on which it was held."""
    return time._replace(as_of=None, dateline=None, since=None, unread=False)


def heard(said: Said, text: str) -> Said:
    """Return what such a line says: of a ceremony nothing that could be what a table counts."""
    if _CEREMONY_HELD.match(text):
        return Said(roles=frozenset({EVENT}))
    return said._replace(roles=said.roles | {EVENT})


def names_course_only(said: Said) -> bool:
    """Tell whether a text that is no title names a course by its number or year: "Học lớp BDNT khóa I năm 2024"."""
    of_course = said.weak == "trained" or EVENT in said.roles
    return of_course and "cohort" in said.facets and not said.roles & {"title", "report"}
