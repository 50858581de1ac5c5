"""Tables: a frame becomes rows of texts, with real headers, ready for any output."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date

import pandas as pd
from pandas.api import types

from dangvien_analysis.blocks.block import Block, tidy_text
from dangvien_analysis.text import MISSING, date_text, decimal, number, percent

EMPTY_NOTE = "Không có dòng nào."
MISSING_NOTE = f"Dấu {MISSING} : chưa có số liệu."  # as in the statistical yearbooks; a reported zero is "0"
ALIGNMENTS = ("left", "right", "center")
_NUMBER = re.compile(r"[+\-−–]?\d[\d.,/ ]*%?( ?\([\d.,;%–\- ]*\))?")
_NAMES = {"school", "period", "cohort", "group", "file", "sheet", "cell"}  # a year is the name of a row, not a number

COLUMN_LABELS = {
    "school": "Trường",
    "period": "Kỳ",
    "group": "Đối tượng",
    "breakdown": "Phân tổ",
    "measure": "Chỉ tiêu",
    "kind": "Loại số liệu",
    "cohort": "Khóa",
    "reason": "Lý do",
    "stage": "Bước",
    "n": "Số người",
    "cumulative": "Lũy kế",
    "previous": "Bước trước",
    "rate": "Tỷ lệ",
    "low": "Cận dưới",
    "high": "Cận trên",
    "nominated": "Cử đi học",
    "trained": "Hoàn thành lớp",
    "admitted": "Kết nạp",
    "target": "Chỉ tiêu giao",
    "extra_target": "Chỉ tiêu bổ sung",
    "planned": "Tổng chỉ tiêu",
    "actual": "Thực hiện",
    "attained": "Đạt",
    "remaining": "Còn lại",
    "schools": "Số trường báo cáo",
    "expected": "Số trường phải báo cáo",
    "partial": "Chưa hết kỳ",
    "derived": "Tính từ các phần",
    "published": "Đã công bố",
    "computed": "Cộng từ báo cáo",
    "difference": "Chênh lệch",
    "agrees": "Khớp",
    "source": "Nguồn",
    "note": "Ghi chú",
    "file": "Tệp",
    "sheet": "Trang tính",
    "cell": "Ô",
    "raw": "Nguyên văn",
    "as_of": "Tính đến ngày",
    "level": "Mức",
    "code": "Mã",
    "message": "Nội dung",
}
SHARES = {"rate", "low", "high", "attained", "admitted_per_nominated", "admitted_per_trained"}


def table(
    frame: pd.DataFrame,
    caption: str,
    labels: Mapping[Hashable, str] | None = None,
    align: Mapping[Hashable, str] | None = None,
    note: str = "",
    source: str = "",
    folded: bool = False,
    *,
    formats: Mapping[Hashable, Callable] | None = None,
    sections: str | None = None,
    totals: int = 0,
    origins: Sequence[Mapping[str, str]] = (),
) -> Block:
    """Show a frame as a table whose first column heads its rows.

    `labels` names the columns (else Vietnamese names of the known ones), `formats` writes a column's values (else by
    type: counts "1.234", the share columns "15,7%", missing "…"), `align` overrides numbers right and texts left.
    `sections` names a column whose values become heading rows; the last `totals` rows are sums and set apart.
    Columns of two levels give a header of two rows. A `folded` table opens on a click, and in print stands in the
    annex. `origins` tells of figures which cells they came from: {"what", "value", "places"} of each.
    """
    if frame.columns.empty:
        raise ValueError(f"table «{caption}» has no columns")
    section_of = [""] * len(frame)
    if sections is not None:
        section_of = [tidy_text(value) for value in frame[sections]]
        frame = frame.drop(columns=sections)
    texts = {column: _column_texts(frame, position, formats or {}) for position, column in enumerate(frame.columns)}
    content = {
        "caption": tidy_text(caption),
        "align": [_alignment(column, texts[column], frame, align or {}) for column in frame.columns],
        "header": _header(list(frame.columns), labels or {}),
        "rows": _rows(list(texts.values()), section_of, totals),
        "note": _full_note(note, texts.values()),
        "source": tidy_text(source),
        "origins": [{key: tidy_text(text) for key, text in figure.items()} for figure in origins],
        "folded": folded,
        "number": "",
        "id": "",
    }
    return Block("table", content)


def _column_texts(frame: pd.DataFrame, position: int, formats: Mapping) -> list[str]:
    column = frame.columns[position]
    values = frame.iloc[:, position]
    write = formats.get(column) or _writer(column, values)
    return [MISSING if pd.isna(value) else tidy_text(write(value)) for value in values]


def _writer(column: Hashable, values: pd.Series) -> Callable:
    """Choose how a column is written: by what it is called if it is a share, else by its type."""
    if (column[-1] if isinstance(column, tuple) else column) in SHARES and types.is_numeric_dtype(values):
        return percent
    if types.is_bool_dtype(values):
        return lambda value: "có" if value else "không"
    if types.is_integer_dtype(values):
        return number
    if types.is_float_dtype(values):
        return decimal
    if types.is_datetime64_any_dtype(values):
        return date_text
    return _write_any


def _write_any(value: object) -> str:
    return date_text(value) if isinstance(value, date) else str(value)


def _alignment(column: Hashable, texts: Sequence[str], frame: pd.DataFrame, align: Mapping) -> str:
    if column in align:
        if align[column] not in ALIGNMENTS:
            raise ValueError(f"align of column {column!r} must be one of {', '.join(ALIGNMENTS)}")
        return align[column]
    if column == frame.columns[0] or column in _NAMES:
        return "left"
    shown = [value for value in texts if value not in (MISSING, "")]
    return "right" if 2 * sum(bool(_NUMBER.fullmatch(value)) for value in shown) > len(shown) else "left"


def _header(columns: list[Hashable], labels: Mapping) -> list[list[dict]]:
    """Return the header's rows of cells {"text", "columns", "rows", "place"}: equal neighbours above are one cell."""
    if not all(isinstance(column, tuple) for column in columns):
        return [[_head(_label(column, labels), place) for place, column in enumerate(columns)]]
    upper, lower = [], []
    for place, column in enumerate(columns):
        top, bottom = (_label(part, labels) for part in column[:2])
        if not bottom:  # a column without a second level stands over both rows
            upper.append(_head(top, place, rows=2))
            continue
        if upper and upper[-1]["text"] == top and upper[-1]["rows"] == 1:
            upper[-1]["columns"] += 1
        else:
            upper.append(_head(top, place))
        lower.append(_head(bottom, place))
    return [upper, lower] if lower else [[{**cell, "rows": 1} for cell in upper]]


def _head(text: str, place: int, rows: int = 1) -> dict:
    return {"text": text, "columns": 1, "rows": rows, "place": place}


def _label(column: Hashable, labels: Mapping) -> str:
    return tidy_text(labels.get(column, COLUMN_LABELS.get(column, column)))


def _rows(columns: list[list[str]], section_of: list[str], totals: int) -> list[dict]:
    """Return rows {"kind": "section" | "plain" | "total", "cells"}; a section row stands where its value changes."""
    rows, current, count = [], "", len(section_of)
    for position, cells in enumerate(zip(*columns, strict=True)):
        if section_of[position] != current:
            current = section_of[position]
            rows.append({"kind": "section", "cells": [current]})
        rows.append({"kind": "total" if position >= count - totals else "plain", "cells": list(cells)})
    return rows


def _full_note(note: str, columns) -> str:
    columns = list(columns)
    automatic = MISSING_NOTE if any(MISSING in texts for texts in columns) else ""
    return " ".join(part for part in (tidy_text(note), automatic if columns[0] else EMPTY_NOTE) if part)
