"""The state of the call as a workbook to mail: laid out for A4, readable without a word of explanation."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

import pandas as pd

from dangvien_analysis import listing, periods
from dangvien_analysis.register import Register
from dangvien_analysis.sentences import name_of, names_of, reporter
from dangvien_analysis.sentences.terms import capital
from dangvien_analysis.settings import Collection
from dangvien_analysis.status.lines import FILE_CHANGES, late_words, meaning, state_words, was_and_is
from dangvien_analysis.status.state import faults, received_files, state_of_call
from dangvien_analysis.store import Returns
from dangvien_analysis.text import date_text
from dangvien_analysis.writing import new_workbook

FACE = "Times New Roman"
A4, LANDSCAPE_MARGINS = 9, {"left": 0.6, "right": 0.5, "top": 0.6, "bottom": 0.7}  # inches
FILLS = {
    "complete": "#E3EFE0",
    "faulty": "#FFF2CC",
    "partial": "#FFF2CC",
    "nothing": "#F8DCD6",
}  # each state is said in words too
ROW, LETTER = 16.0, 1.05  # points to a line of text; how wide a letter is, in units of column width
HEAD_FILL, RULE = "#D6E0EE", "#9AA7B8"


class _Column(NamedTuple):
    heading: str
    width: float
    centred: bool = False


class _Sheet(NamedTuple):
    name: str
    title: str
    columns: Sequence[_Column]
    rows: Sequence[Sequence[Any]]
    fills: Sequence[str] = ()  # one for each row, for its last but one column


def status_workbook(
    returns: Returns, register: Register, today: date, changed: pd.DataFrame | None, files: pd.DataFrame | None
) -> bytes:
    """Return the workbook: the state of each school, what is to be mended, what changed, the files received.

    `changed` and `files` are those of `changes` and `changed_files`, None where nothing was loaded before.
    """
    collection = returns.collection
    sheets = [_state(returns, register, today), _faults(returns)]
    if changed is not None and files is not None and (len(changed) or len(files)):
        sheets.append(_changes(changed, files, collection))
    sheets.append(_files(returns, register))
    target = BytesIO()
    with new_workbook(target, collection.title, today) as workbook:
        for sheet in sheets:
            _write(workbook, sheet, collection, today)
    return target.getvalue()


def _state(returns: Returns, register: Register, today: date) -> _Sheet:
    state = state_of_call(returns, register, today)
    who = capital(reporter(names_of(returns.collection)))
    columns = [
        _Column("TT", 5, True),
        _Column(who, 30),
        _Column("Kỳ đã báo cáo", 10, True),
        _Column("Còn thiếu kỳ", 20),
    ]
    columns += [_Column("Ngày nhận", 12, True), _Column("Hạn gửi", 11, True), _Column("Lỗi", 7, True)]
    columns += [_Column("Cần xem lại", 9, True), _Column("Ô để trống", 9, True), _Column("Tình trạng", 12, True)]
    columns.append(_Column("Tệp đã gửi", 28))
    rows = [
        (place, row.name, f"{row.reported}/{row.expected}", _labels(row.missing), row.received, late_words(row))
        + ((row.errors, row.warnings, row.blanks) if row.files else ("", "", ""))
        + (state_words(row), row.files.replace("; ", "\n"))
        for place, row in enumerate(state.itertuples(index=False), 1)
    ]
    return _Sheet("Tình trạng", "TÌNH TRẠNG BÁO CÁO", columns, rows, [FILLS[name] for name in state["state"]])


def _labels(text: str) -> str:
    return ", ".join(periods.label(period) for period in text.split(", ") if period)


def _faults(returns: Returns) -> _Sheet:
    names, found = names_of(returns.collection), faults(returns)
    columns = [_Column(capital(reporter(names)), 28), _Column("Mức", 12, True), _Column("Tệp", 26)]
    columns += [_Column("Trang tính", 16), _Column("Ô", 10, True), _Column("Nội dung", 76)]
    rows = [
        (name_of(row.school, names), listing.LEVEL_LABELS[row.level], row.file, row.sheet, row.cell, row.message)
        for row in found.itertuples()
    ]
    return _Sheet("Điều cần sửa", "LỖI VÀ ĐIỀU CẦN XEM LẠI", columns, rows)


def _changes(changed: pd.DataFrame, files: pd.DataFrame, collection: Collection) -> _Sheet:
    names = names_of(collection)
    columns = [_Column("Tệp", 28), _Column("Trang tính", 16), _Column("Ô", 8, True), _Column("Trước", 10, True)]
    columns += [_Column("Nay", 10, True), _Column(capital(reporter(names)), 28), _Column("Nội dung", 56)]
    rows: list[tuple] = [(row.file, "", "", "", "", "", FILE_CHANGES[row.change]) for row in files.itertuples()]
    rows += [
        (row.file, row.sheet, row.cell, *was_and_is(row), name_of(row.school, names), meaning(row))
        for row in changed.itertuples()
    ]
    return _Sheet("Thay đổi", "THAY ĐỔI SO VỚI LẦN NẠP TRƯỚC", columns, rows)


def _files(returns: Returns, register: Register) -> _Sheet:
    names = names_of(returns.collection)
    columns = [_Column("Tệp", 44), _Column(capital(reporter(names)), 36), _Column("Ngày nhận", 12, True)]
    columns += [_Column("Tình trạng", 22), _Column("Số liệu", 10, True), _Column("Lỗi", 8, True)]
    columns.append(_Column("Cần xem lại", 10, True))
    rows = [
        (row.file, _named(row.schools, names), row.received, listing.STATUS_LABELS[row.status], *_numbers(row))
        for row in received_files(returns, register).itertuples()
    ]
    return _Sheet("Tệp đã nhận", "CÁC TỆP ĐÃ NHẬN", columns, rows)


def _numbers(row: Any) -> tuple[int, int, int]:
    return row.counts, row.errors, row.warnings


def _named(schools: str, names: dict[str, str]) -> str:
    return ", ".join(name_of(school, names) for school in schools.split("; ") if school)


def _write(workbook: Any, sheet: _Sheet, collection: Collection, today: date) -> None:
    page = workbook.add_worksheet(sheet.name)
    _lay_out(page, sheet)
    last = len(sheet.columns) - 1
    office = [text for text in (collection.organisation.board, collection.organisation.name) if text]
    page.write_string(0, 0, " ".join(office), workbook.add_format({"font_name": FACE, "font_size": 12, "bold": True}))
    title = workbook.add_format({"font_name": FACE, "font_size": 15, "bold": True, "align": "center"})
    page.merge_range(1, 0, 1, last, sheet.title, title)
    under = workbook.add_format({"font_name": FACE, "font_size": 12, "italic": True, "align": "center"})
    due = f", hạn gửi {date_text(collection.deadline)}" if collection.deadline else ""
    page.merge_range(2, 0, 2, last, f"{collection.title}{due}; lập ngày {date_text(today)}", under)
    head = {"bold": True, "align": "center", "bg_color": HEAD_FILL}
    for place, column in enumerate(sheet.columns):
        page.write_string(4, place, column.heading, _format(workbook, **head))
    _write_rows(workbook, page, sheet)


def _lay_out(page: Any, sheet: _Sheet) -> None:
    page.set_paper(A4)
    page.set_landscape()
    page.set_margins(**LANDSCAPE_MARGINS)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_row(0, ROW)
    page.set_row(1, 1.4 * ROW)
    page.set_row(2, 1.2 * ROW)
    page.set_row(4, _height([column.heading for column in sheet.columns], sheet.columns))
    page.repeat_rows(4)
    page.freeze_panes(5, 0)
    page.hide_gridlines(2)
    page.set_footer(f'&L&"{FACE}"&10{sheet.title.capitalize()}&R&"{FACE}"&10Trang &P/&N')
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)


def _write_rows(workbook: Any, page: Any, sheet: _Sheet) -> None:
    plain = {centred: _format(workbook, align="center" if centred else "left") for centred in (True, False)}
    day = _format(workbook, align="center", num_format="dd/mm/yyyy")
    filled = {fill: _format(workbook, align="center", bold=True, bg_color=fill) for fill in set(sheet.fills)}
    for row, values in enumerate(sheet.rows):
        page.set_row(row + 5, _height(values, sheet.columns))
        for place, value in enumerate(values):
            look = plain[sheet.columns[place].centred]
            if sheet.fills and place == len(values) - 2:
                look = filled[sheet.fills[row]]
            _write_cell(page, row + 5, place, value, look, day)
    if not sheet.rows:
        page.merge_range(5, 0, 5, len(sheet.columns) - 1, "Không có.", plain[True])


def _height(values: Sequence[Any], columns: Sequence[_Column]) -> float:
    """Return the height of a row, in points: spreadsheets do not all fit a row to its wrapped words by themselves."""
    lines = [
        sum(ceil(LETTER * len(part) / column.width) or 1 for part in value.split("\n"))
        for value, column in zip(values, columns, strict=True)
        if isinstance(value, str)
    ]
    return ROW * max(lines, default=1) + 4


def _write_cell(page: Any, row: int, place: int, value: Any, look: Any, day: Any) -> None:
    if isinstance(value, str):
        page.write_string(row, place, value, look)
    elif pd.isna(value):
        page.write_blank(row, place, None, look)
    elif isinstance(value, pd.Timestamp):
        page.write_datetime(row, place, value.to_pydatetime(), day)
    else:
        page.write_number(row, place, int(value), look)


def _format(workbook: Any, **options: Any) -> Any:
    common = {"font_name": FACE, "font_size": 12, "valign": "vcenter", "text_wrap": True}
    common |= {"border": 1, "border_color": RULE, "indent": int(options.get("align") == "left")}
    return workbook.add_format(common | options)
