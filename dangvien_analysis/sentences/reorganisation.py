"""Schools that were merged, renamed or newly opened, and days of reorganisation: what a series hides without words."""

from collections.abc import Iterable
from datetime import date, timedelta

from dangvien_analysis import periods
from dangvien_analysis.settings import Break, Collection, School
from dangvien_analysis.text import date_text


def reorganised(collection: Collection, shown: Iterable[str]) -> list[str]:
    """Return a sentence for each school that was merged, closed, renamed or opened within the periods shown.

    A merged school's numbers stay under its own name: before and after are different people and different staff, so
    the two are never added up without a word.
    """
    shown = list(shown)
    if not shown:
        return []
    first, last = min(map(periods.start_date, shown)), max(map(periods.end_date, shown))
    names = collection.school_names
    told = [sentence for school in collection.schools for sentence in _told(school, names, first, last)]
    return [sentence for _, sentence in sorted(told, key=lambda pair: pair[0])]


def _told(school: School, names: dict[str, str], first: date, last: date) -> list[tuple[date, str]]:
    told = []
    if school.valid_to and first <= school.valid_to < last:
        told.append((school.valid_to, _ended(school, names)))
    if school.valid_from and first < school.valid_from <= last:
        told.append((school.valid_from, f"{school.name} báo cáo từ ngày {date_text(school.valid_from)}."))
    for old in school.former:
        if first <= old.until < last:
            day = date_text(old.until + timedelta(days=1))
            told.append((old.until, f"Trước ngày {day}, {school.name} mang tên {old.name}; đây là một đơn vị."))
    return told


def _ended(school: School, names: dict[str, str]) -> str:
    if school.successor is None:
        return f"{school.name} chỉ báo cáo đến ngày {date_text(school.valid_to)}."
    day, after = date_text(school.valid_to + timedelta(days=1)), names.get(school.successor, school.successor)
    return (
        f"Từ ngày {day}, {school.name} sáp nhập vào {after}; số liệu đến trước ngày đó đứng riêng dưới tên cũ, "
        f"không cộng vào {after}."
    )


def break_note(breaks: Iterable[Break]) -> str:
    """Say what the dotted lines of a chart mean, without a full stop: "Vạch chấm: từ 1-7-2025 tổ chức lại, …"."""
    told = "; ".join(f"từ {date_text(one.day)} {one.text}" for one in breaks)
    return f"Vạch chấm: {told}" if told else ""
