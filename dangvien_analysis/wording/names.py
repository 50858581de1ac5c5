"""What the names of sheets and files say of time, in shorthand that is too short to be read anywhere else.

"BC 06-2024", "20240630", "30-6", "giữa năm": when the return was written, or of which part of a year it is.
"""

import re
from calendar import monthrange
from datetime import date

from dangvien_analysis.wording.said import Said
from dangvien_analysis.wording.yearparts import UNKNOWN

_YEAR, _OF_MONTH = r"(?P<year>20\d\d)", r"(?P<month>0?[1-9]|1[0-2])"
_DATES = tuple(
    re.compile(rf"(?<![\w.-]){pattern}(?![\w]|[.-]\d)")
    for pattern in (
        rf"{_OF_MONTH}\s?[-.]\s?{_YEAR}",
        rf"{_YEAR}\s?[-.]\s?(?P<month>0[1-9]|1[0-2])(?:\s?[-.]\s?(?P<day>\d\d))?",
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>\d\d)?",
        rf"(?P<day>\d\d)(?P<month>0[1-9]|1[0-2]){_YEAR}",
    )
)
# The days on which people are admitted, or up to which a part of a year is reported; "Biểu 3-2" is a form's number.
_PART = re.compile(
    r"(?<![\w.-])(?:(?P<end>31-3|30-6|30-9)(?![\w.-])|(?:26-3|30-4|19-5|20-11|22-12)(?![\w.-])"
    r"|(?:ngày|ngay|lễ) (?:3-2|1-5|2-9)|(?:i{1,3}|iv)-20\d\d(?!\w)|h1(?!\w)|gi[uữ]a n[aă]m|n[uử]a n[aă]m|hè(?!\w))",
    re.IGNORECASE,
)
_UNTIL = {"31-3": "M3", "30-6": "H1", "30-9": "M9"}
_OF_FORM = re.compile(r"(?:biểu|mẫu|bảng|phụ lục|số|bieu|mau|bang|phu luc|pl|so)\W*$", re.IGNORECASE)  # "Biểu 1-2024"


def with_shorthand(said: Said, name: str) -> Said:
    """Add to what a name says the time that it writes in shorthand, if it names no part of a year and no day."""
    time = said.time
    if time.part or time.as_of or time.dateline or time.since or len(said.facets.get("period", "2023")) != len("2023"):
        return said
    if day := _day(name):
        return said._replace(time=time._replace(dateline=day))
    if part := _PART.search(name):
        return said._replace(time=time._replace(part=_UNTIL.get(part["end"], UNKNOWN)))
    return said


def _day(name: str) -> date | None:
    """Return the day in a name, of a month its last."""
    for pattern in _DATES:
        if (match := pattern.search(name)) and not _OF_FORM.search(name[: match.start()]):
            year, month = int(match["year"]), int(match["month"])
            last = monthrange(year, month)[1]
            day = int(match.groupdict().get("day") or last)
            return date(year, month, day) if 1 <= day <= last else None
    return None
