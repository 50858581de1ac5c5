"""The state of the call on a terminal: lines of at most 100 letters, aligned."""

from datetime import date

import pandas as pd

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.sentences import name_of, names_of, reporter
from dangvien_analysis.settings import Collection
from dangvien_analysis.text import date_text, join_words, number

WIDEST_NAME, WIDEST_MISSING = 26, 12
SHOWN_CHANGES = 20
SHOWN_FILES = 5
STATES = {"complete": "đủ", "faulty": "cần sửa", "partial": "chưa đủ", "nothing": "chưa gửi"}
FILE_CHANGES = {"added": "tệp mới", "changed": "tệp đã thay", "removed": "tệp không còn"}
HEADINGS = ("Kỳ", "Ngày nhận", "Hạn", "Lỗi", "Xem lại", "Trống", "Tình trạng", "Còn thiếu")
RIGHT = {"Lỗi", "Xem lại", "Trống"}


def state_lines(state: pd.DataFrame, collection: Collection, today: date) -> list[str]:
    """Return the table of `state_of_call` in lines, with its title over it and the sums under it."""
    who = reporter(names_of(collection))
    due = f", hạn gửi {date_text(collection.deadline)}" if collection.deadline else ", chưa ghi hạn gửi"
    lines = [f"«{collection.id}»: {collection.title}", f"Tình trạng ngày {date_text(today)}{due}", ""]
    cells = [[_short(row.name), *_cells(row)] for row in state.itertuples(index=False)]
    table = [*_aligned([[who.capitalize(), *HEADINGS], *cells]), ""] if cells else []
    return [*lines, *table, _sums(state, who)]


def unplaced_lines(open_faults: pd.DataFrame, collection: Collection) -> list[str]:
    """Return a line on the files whose faults belong to nobody known: no row of the table counts them."""
    known = {school.id for school in collection.schools}
    loose = open_faults[~open_faults["school"].isin(known) & (open_faults["file"].fillna("") != "")]
    if not known or loose.empty:
        return []
    files = list(dict.fromkeys(loose["file"]))
    more = f" và {number(len(files) - SHOWN_FILES)} tệp khác" if len(files) > SHOWN_FILES else ""
    who = reporter(names_of(collection))
    return [f"Chưa rõ của {who} nào, có {number(len(loose))} điều phải xem: {', '.join(files[:SHOWN_FILES])}{more}."]


def late_words(row) -> str:
    """Say whether a school kept the deadline."""
    if pd.isna(row.late):
        return "" if pd.isna(row.received) else "…"
    if pd.isna(row.received):
        return "quá hạn"
    return "muộn" if row.late else "đúng hạn"


def state_words(row) -> str:
    """Say how complete a return is; that cells were left blank is no fault, and not to be passed over either."""
    return "đủ, có ô trống" if row.state == "complete" and row.blanks else STATES[row.state]


def _cells(row) -> list[str]:
    missing = [periods.label(period).removeprefix("năm học ") for period in row.missing.split(", ") if period]
    told = ", ".join(missing)
    return [
        f"{row.reported}/{row.expected}",
        date_text(row.received) if pd.notna(row.received) else "chưa ghi sổ" if row.files else "",
        late_words(row),
        number(row.errors) if row.files else "",
        number(row.warnings) if row.files else "",
        number(row.blanks) if row.files else "",
        state_words(row),
        told if len(told) <= WIDEST_MISSING else f"{len(missing)} kỳ",
    ]


def _short(name: str) -> str:
    if len(name) > WIDEST_NAME:
        name = name.removeprefix("Trường ")
    return name if len(name) <= WIDEST_NAME else name[: WIDEST_NAME - 1].rstrip() + "…"


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    right = [heading in RIGHT for heading in rows[0]]
    lines = ["  ".join(_fill(*parts) for parts in zip(row, widths, right, strict=True)).rstrip() for row in rows]
    return [lines[0], "-" * max(map(len, lines)), *lines[1:]]


def _fill(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)


def _sums(state: pd.DataFrame, who: str) -> str:
    counted = state["state"].value_counts()
    parts = [f"{number(counted[name])} {who} {words}" for name, words in STATES.items() if name in counted]
    faults = f"; {number(state['errors'].sum())} lỗi và {number(state['warnings'].sum())} điều cần xem lại"
    if not parts:
        return f"Chưa có {who} nào trong danh sách: hãy điền các phần [[schools]] trong tệp collection.toml."
    return f"Cộng: {join_words(parts)}{faults}."


def change_lines(changed: pd.DataFrame, files: pd.DataFrame, collection: Collection) -> list[str]:
    """Return what changed since the last load: files by name, numbers by cell, old and new."""
    if changed.empty and files.empty:
        return ["So với lần nạp trước: không có gì thay đổi."]
    names = names_of(collection)
    lines = ["So với lần nạp trước:", *[f"  {FILE_CHANGES[row.change]}: {row.file}" for row in files.itertuples()]]
    added = changed[changed["change"] == "added"]
    differing = changed[changed["change"] != "added"]
    lines += [f"  - {change_text(row, names)}" for row in differing.head(SHOWN_CHANGES).itertuples()]
    if len(differing) > SHOWN_CHANGES:
        lines.append(f"  … và {number(len(differing) - SHOWN_CHANGES)} số khác đã thay đổi.")
    lines += [f"  {number(len(rows))} số mới trong {file}" for file, rows in added.groupby("file", sort=True)]
    return lines


def change_text(row, names: dict[str, str]) -> str:
    """Say what one number was and is: place, old, new, and what it counts."""
    place = f"{row.file}, trang «{row.sheet}», ô {row.cell}"
    old, new = was_and_is(row)
    return f"{place}: {old} → {new} ({name_of(row.school, names)}, {meaning(row)})"


def was_and_is(row) -> tuple[str, str]:
    """Return a changed number as it was and as it is."""
    old = number(row.old) if pd.notna(row.old) else "không có"
    return old, number(row.new) if pd.notna(row.new) else "không còn"


def meaning(row) -> str:
    """Say what a number counts: measure, group, part, period, kind."""
    parts = [vocabulary.label("measure", row.measure), vocabulary.label("group", row.group)]
    parts += [vocabulary.label("breakdown", part) for part in row.breakdown.split("+") if part != "total"]
    parts.append(f"khóa {row.cohort}" if pd.notna(row.cohort) else "")
    parts.append(vocabulary.label("reason", row.reason) if pd.notna(row.reason) else "")
    parts.append(periods.label(row.period))
    parts.append(vocabulary.label("kind", row.kind) if row.kind != "actual" else "")
    return ", ".join(part for part in parts if part)
