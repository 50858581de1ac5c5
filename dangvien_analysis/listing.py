"""The data for people: one workbook to look things up in, and the dictionary of every column and value.

Nothing here is read back: Parquet is what programs read.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.settings import Collection
from dangvien_analysis.writing import new_workbook

SHEET_ROWS = 1_000_000  # a sheet holds 1,048,576 rows; what is left goes on to a second sheet


class Column(NamedTuple):
    """A column of `counts`: its name, its Vietnamese heading, what it means, its width in the workbook."""

    name: str
    heading: str
    definition: str
    width: int


COLUMNS = (
    Column("school", "Mã trường", "Mã của đơn vị báo cáo trong bộ số liệu.", 14),
    Column("period", "Kỳ", "Năm, năm học, quý, nửa năm hoặc một khoảng tháng; không cộng các loại kỳ với nhau.", 18),
    Column("group", "Nhóm", "Học sinh hay cán bộ, giáo viên, nhân viên.", 14),
    Column("breakdown", "Thành phần", "Toàn bộ, hoặc một phần không được cộng vào toàn bộ.", 16),
    Column("measure", "Chỉ số", "Điều được đếm.", 34),
    Column("kind", "Loại số", "Thực hiện, chỉ tiêu, chỉ tiêu bổ sung hoặc ước thực hiện.", 14),
    Column("cohort", "Khóa học", "Năm (và khóa) học của những người được đếm, nếu số nói về riêng họ.", 12),
    Column("reason", "Lý do", "Lý do chính chưa được kết nạp, mỗi người một lý do.", 26),
    Column("n", "Số người", "Số nguyên không âm; 0 là đã báo cáo bằng 0, không báo cáo thì không có dòng.", 10),
    Column("file", "Tệp", "Tệp có số này.", 30),
    Column("sheet", "Trang tính", "Trang tính có số này.", 16),
    Column("cell", "Ô", "Địa chỉ ô có số này.", 8),
    Column("raw", "Ghi trong ô", "Nguyên văn điều ghi trong ô; ô đã sửa theo corrections.csv thì là số mới.", 14),
    Column("as_of", "Tính đến ngày", "Ngày mà báo cáo nói đến.", 14),
)
FACETS = ("group", "breakdown", "measure", "kind", "reason")  # columns whose values the vocabulary defines
FINDING_HEADINGS = {
    "level": ("Mức", 12),
    "message": ("Nội dung", 90),
    "school": ("Mã trường", 14),
    "file": ("Tệp", 30),
    "sheet": ("Trang tính", 16),
    "cell": ("Ô", 10),
    "code": ("Mã kiểm tra", 22),
}
FILE_HEADINGS = {
    "file": ("Tệp", 40),
    "status": ("Tình trạng", 16),
    "sheets": ("Số trang tính", 14),
    "counts": ("Số liệu nhận được", 18),
    "errors": ("Lỗi", 8),
    "warnings": ("Cần xem lại", 12),
    "sha256": ("Dấu vân tay của tệp (SHA-256)", 66),
}
CORRECTION_HEADINGS = {
    "date": ("Ngày", 12),
    "kind": ("Việc", 22),
    "status": ("Kết quả", 16),
    "file": ("Tệp", 30),
    "sheet": ("Trang tính", 16),
    "cell": ("Ô", 10),
    "old": ("Trước", 40),
    "new": ("Sau", 14),
    "reason": ("Lý do", 60),
}
DICTIONARY_HEADINGS = {"facet": ("Cột", 14), "value": ("Giá trị", 22), "label": ("Tên gọi", 40)}
DICTIONARY_HEADINGS |= {"definition": ("Định nghĩa", 90)}
LEVEL_LABELS = {"error": "Lỗi", "warning": "Cần xem lại", "info": "Ghi chú"}
STATUS_LABELS = {"read": "đã đọc", "partial": "đọc được một phần", "not_read": "không đọc được"}
STATUS_LABELS |= {"no_return": "không phải báo cáo"}  # a lock file of Excel, a table that this program made

CORRECTION_LABELS = {"correction": "sửa số", "acceptance": "chấp nhận cảnh báo"}
OUTCOME_LABELS = {"applied": "đã áp dụng", "refused": "chưa áp dụng", "unneeded": "không còn cần"}


def dictionary() -> pd.DataFrame:
    """Return the data dictionary: facet, value, label, definition; first the columns of `counts`, then their values."""
    columns = pd.DataFrame(
        [("counts", column.name, column.heading, column.definition) for column in COLUMNS],
        columns=["facet", "value", "label", "definition"],
    )
    values = vocabulary.values()
    return pd.concat([columns, values[values["facet"].isin(FACETS)]], ignore_index=True).fillna("")


def dictionary_markdown() -> str:
    """Return the data dictionary as Markdown: one table for the columns and one for each column's values."""
    parts = ["# Từ điển số liệu\n\nMỗi dòng của `counts` là một số mà một trường đã báo cáo."]
    for facet, rows in dictionary().groupby("facet", sort=False):
        title = "Các cột" if facet == "counts" else f"Các giá trị của cột `{facet}`"
        lines = [f"| `{row.value}` | {_cell(row.label)} | {_cell(row.definition)} |" for row in rows.itertuples()]
        parts.append("\n".join([f"## {title}\n", "| mã | tên gọi | định nghĩa |", "|---|---|---|", *lines]))
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def readable_counts(counts: pd.DataFrame, collection: Collection) -> pd.DataFrame:
    """Return `counts` in words: labels for codes, and the school's name beside its id."""
    names = collection.school_names
    words = counts.assign(
        period=counts["period"].map(periods.label),
        breakdown=counts["breakdown"].map(_breakdown_label),
        **{facet: counts[facet].map(_labeller(facet), na_action="ignore") for facet in FACETS if facet != "breakdown"},
    )
    words = words.rename(columns={column.name: column.heading for column in COLUMNS})
    words.insert(1, "Trường", counts["school"].map(lambda school: names.get(school, school)))
    return words


def readable_corrections(corrections: pd.DataFrame) -> pd.DataFrame:
    """Return the corrections in words: what was done, and whether it could be."""
    return corrections.assign(
        kind=corrections["kind"].map(CORRECTION_LABELS), status=corrections["status"].map(OUTCOME_LABELS)
    )


def _labeller(facet: str) -> Any:
    return lambda value: vocabulary.label(facet, value)


def _breakdown_label(value: str) -> str:
    return ", ".join(vocabulary.label("breakdown", part) for part in value.split("+"))


def write_workbook(
    path: Path,
    counts: pd.DataFrame,
    findings: pd.DataFrame,
    files: pd.DataFrame,
    corrections: pd.DataFrame,
    collection: Collection,
) -> None:
    """Write the workbook for people: numbers, findings, files, corrections, dictionary; the same bytes each time."""
    with new_workbook(path, collection.title, collection.as_of) as workbook:
        widths = [column.width for column in COLUMNS]
        _write_sheets(workbook, "Số liệu", readable_counts(counts, collection), [widths[0], 28, *widths[1:]])
        levels = findings.assign(level=findings["level"].map(LEVEL_LABELS))
        _write_sheets(workbook, "Điều cần xem", *_renamed(levels, FINDING_HEADINGS))
        statuses = files.assign(status=files["status"].map(STATUS_LABELS))
        _write_sheets(workbook, "Các tệp", *_renamed(statuses, FILE_HEADINGS))
        if len(corrections):
            _write_sheets(
                workbook, "Sửa theo điện thoại", *_renamed(readable_corrections(corrections), CORRECTION_HEADINGS)
            )
        _write_sheets(workbook, "Giải thích", *_renamed(dictionary(), DICTIONARY_HEADINGS))


def _renamed(frame: pd.DataFrame, headings: dict[str, tuple[str, int]]) -> tuple[pd.DataFrame, list[int]]:
    titles = {name: title for name, (title, _) in headings.items()}
    return frame[list(headings)].rename(columns=titles), [width for _, width in headings.values()]


def _write_sheets(workbook: Any, title: str, frame: pd.DataFrame, widths: Iterable[int]) -> None:
    for number, start in enumerate(range(0, max(len(frame), 1), SHEET_ROWS), start=1):
        name = title if number == 1 else f"{title} {number}"
        _write_sheet(workbook, name, frame.iloc[start : start + SHEET_ROWS], widths)


def _write_sheet(workbook: Any, name: str, frame: pd.DataFrame, widths: Iterable[int]) -> None:
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    day = workbook.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, heading in enumerate(frame.columns):
        sheet.write_string(0, column, heading, bold)
    for column, heading in enumerate(frame.columns):
        for row, value in enumerate(frame[heading], start=1):
            _write_cell(sheet, row, column, value, day)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if pd.isna(value):
        return
    if isinstance(value, pd.Timestamp):
        sheet.write_datetime(row, column, value.to_pydatetime(), day)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, int(value))
