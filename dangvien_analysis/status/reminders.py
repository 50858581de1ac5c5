"""What to write to a school: what is missing, what is wrong and in which cell, by when. Ready to copy."""

import re
from datetime import date

import pandas as pd

from dangvien_analysis import periods
from dangvien_analysis.register import Register
from dangvien_analysis.sentences import names_of, reporter
from dangvien_analysis.settings import Collection
from dangvien_analysis.status.state import faults, state_of_call
from dangvien_analysis.store import Returns
from dangvien_analysis.text import date_text, join_words, number

SHOWN = 15  # cells listed of each kind: a longer letter is not read, the marked workbook shows them all
OFFICE_ONLY = {"published_mismatch", "correction_refused", "lock_file"}  # nothing that a school could mend

# What the office could do itself is no advice to a school.
_FOR_THE_OFFICE = (
    (re.compile(r", hoặc thêm trường [^.]*collection\.toml"), " cho đúng tên trường"),
    (re.compile(r", hoặc (?:thêm|sửa) [^.]*collection\.toml"), ""),
    (re.compile("hãy hỏi lại trường và bỏ bản sai"), "hãy cho biết số đúng và sửa bản sai"),
    (re.compile("Hãy hỏi lại trường"), "Hãy gửi lại đủ các trang"),
)
_ASKING = re.compile("([;:,] )hãy |Hãy ")


def reminders(returns: Returns, register: Register, today: date) -> dict[str, str]:
    """Return the text for each school that has something to send or to mend, by its id."""
    state, open_faults = state_of_call(returns, register, today), faults(returns)
    open_faults = open_faults[~open_faults["code"].isin(OFFICE_ONLY)]
    texts = {
        row.school: reminder(row, open_faults[open_faults["school"] == row.school], returns.collection, today)
        for row in state.itertuples(index=False)
    }
    return {school: text for school, text in texts.items() if text}


def reminder(row, open_faults: pd.DataFrame, collection: Collection, today: date) -> str:
    """Return the text for one row of `state_of_call`, empty where there is nothing to ask for."""
    owed = [part for part in (_missing(row), _errors(open_faults)) if part]
    asked = [*owed, *filter(None, [_warnings(open_faults)])]
    if not asked:
        return ""
    who = "nhà trường" if reporter(names_of(collection)) == "trường" else "đơn vị"
    due = f", hạn gửi ngày {date_text(collection.deadline)}" if collection.deadline else ""
    lines = [f"Kính gửi: {row.name}", ""]
    lines.append(
        f"Về báo cáo «{collection.title}»{due}: đến ngày {date_text(today)} còn những việc sau, đề nghị {who} giúp."
    )
    for place, part in enumerate(asked, 1):
        lines += ["", f"{place}. {part}"]
    by_when = _by_when(collection.deadline if owed else None, today, who)
    lines += ["", f"{by_when} Nếu đã gửi, xin bỏ qua thư này.", "Trân trọng cảm ơn."]
    signed = [text for text in (collection.organisation.board, collection.organisation.name) if text]
    return "\n".join([*lines, "", *signed]).rstrip() + "\n"


def _missing(row) -> str:
    names = [periods.label(period) for period in row.missing.split(", ") if period]
    if not names:
        return ""
    told = "chưa nhận được báo cáo nào" if row.state == "nothing" else "chưa nhận được"
    return f"Gửi báo cáo kỳ {join_words(names)}: {told}."


def _errors(found: pd.DataFrame) -> str:
    errors = found[found["level"] == "error"]
    return _listed(errors, "Sửa những chỗ sau rồi gửi lại tệp, vì số ở đó chưa nhận được:")


def _warnings(found: pd.DataFrame) -> str:
    warnings = found[found["level"] == "warning"]
    return _listed(warnings, "Xem lại những chỗ sau (số đã nhận); nếu đúng, xin trả lời lý do, nếu sai, xin gửi lại:")


def _listed(found: pd.DataFrame, lead: str) -> str:
    if found.empty:
        return ""
    items = [f"   - {_place(row)}{for_school(row.message)}" for row in found.head(SHOWN).itertuples()]
    if len(found) > SHOWN:
        items.append(f"   - và {number(len(found) - SHOWN)} chỗ nữa, xem tệp đã đánh dấu gửi kèm.")
    return "\n".join([lead, *items])


def _place(row) -> str:
    parts = [row.file and f"tệp {row.file}", row.sheet and f"trang «{row.sheet}»"]
    parts.append(row.cell and row.cell not in row.message and f"ô {row.cell}")
    told = ", ".join(part for part in parts if part)
    return f"{told[0].upper()}{told[1:]}: " if told else ""


def for_school(message: str) -> str:
    """Return a finding's sentence as it is said to a school: polite, and without what only the office can do."""
    for pattern, words in _FOR_THE_OFFICE:
        message = pattern.sub(words, message)
    return _ASKING.sub(lambda asking: f"{asking[1]}đề nghị " if asking[1] else "Đề nghị ", message)


def _by_when(deadline: date | None, today: date, who: str) -> str:
    if deadline is None:
        return f"Đề nghị {who} gửi trong thời gian sớm nhất."
    if today > deadline:
        late = f"Hạn gửi đã qua {number((today - deadline).days)} ngày"
        return f"{late}; đề nghị {who} gửi trong thời gian sớm nhất."
    return f"Đề nghị {who} gửi chậm nhất ngày {date_text(deadline)}."
