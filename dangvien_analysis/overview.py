"""What `dangvien load` tells the office: what came, what did not, what is wrong, and what to do next."""

from collections.abc import Iterable

import pandas as pd

from dangvien_analysis import listing, measures, sentences
from dangvien_analysis.settings import processed_folder
from dangvien_analysis.store import Returns
from dangvien_analysis.text import date_text, join_words, number

SHOWN = {"error": 20, "warning": 10}  # findings printed in full; all of them stand in counts.xlsx
HEADS = {"error": "Lỗi, số liệu chưa nhận được", "warning": "Đã nhận nhưng cần xem lại"}


def has_errors(returns: Returns) -> bool:
    """Tell whether some number or file was not taken."""
    return bool((returns.findings["level"] == "error").any())


def describe(returns: Returns, fresh: Iterable[str] = (), changed: Iterable[str] = ()) -> list[str]:
    """Return the lines that tell how a load went.

    `fresh` are the files seen for the first time, `changed` the lines that tell what is not as it was at the last load.
    """
    collection, findings = returns.collection, returns.findings
    names = collection.school_names
    coverage = measures.coverage(returns.counts, collection)
    lines = [f"Bộ số liệu «{collection.id}»: {collection.title}", _received(returns, list(fresh))]
    lines += _troubled_files(returns.files)
    lines.append(sentences.coverage(coverage, names, collection.as_of))
    lines += changed
    lines += _corrected(returns.corrections)
    for level in SHOWN:
        lines += _findings(findings[findings["level"] == level], level, names)
    notes = int((findings["level"] == "info").sum())
    if notes:
        lines.append(f"Ghi chú khác: {number(notes)}, xem trang «Điều cần xem» của counts.xlsx.")
    return [*lines, f"Đã ghi: {processed_folder(collection)} (mở counts.xlsx để xem bằng Excel)"]


def _received(returns: Returns, fresh: list[str]) -> str:
    came = f" {number(len(fresh))} tệp mới nhận." if fresh else ""
    return f"{sentences.files_read(returns.files)} Nhận được {number(len(returns.counts))} số.{came}"


def _troubled_files(files: pd.DataFrame) -> list[str]:
    troubled = files[files["status"] != "read"]
    return [f"  {row.file}: {listing.STATUS_LABELS[row.status]}" for row in troubled.itertuples()]


def _corrected(corrections: pd.DataFrame) -> list[str]:
    """Tell what `corrections.csv` changed; what it could not change stands among the findings."""
    if corrections.empty:
        return []
    counted = corrections["status"].value_counts()
    parts = [
        f"{number(counted[status])} dòng {label}"
        for status, label in listing.OUTCOME_LABELS.items()
        if status in counted
    ]
    lines = [f"Sửa theo corrections.csv: {join_words(parts)}."]
    applied = corrections[corrections["status"] == "applied"]
    lines += [f"  - {_correction(row)}" for row in applied.head(SHOWN["error"]).itertuples()]
    return [*lines, f"  … và {number(left)} dòng nữa."] if (left := len(applied) - SHOWN["error"]) > 0 else lines


def _correction(row) -> str:
    place = ", ".join(part for part in (row.file, row.sheet and f"trang «{row.sheet}»", row.cell) if part)
    what = f"chấp nhận: {row.old}" if row.kind == "acceptance" else f"{row.old or 'để trống'} → {row.new}"
    return f"{place}: {what} ({date_text(row.date)}: {row.reason})" if place else f"{what} ({row.reason})"


def _findings(findings: pd.DataFrame, level: str, names: dict[str, str]) -> list[str]:
    if findings.empty:
        return []
    shown = findings.head(SHOWN[level])
    lines = [f"{HEADS[level]}: {number(len(findings))}"]
    lines += [f"  - {_place(row, names)}{row.message}" for row in shown.itertuples()]
    if len(findings) > len(shown):
        left = number(len(findings) - len(shown))
        lines.append(f"  … và {left} điều nữa, xem trang «Điều cần xem» của counts.xlsx.")
    return lines


def _place(row, names: dict[str, str]) -> str:
    """Say where a finding stands, before its sentence, as far as the sentence does not say it."""
    parts = [row.file, row.sheet and f"trang «{row.sheet}»", row.cell if row.cell not in row.message else ""]
    if not row.file and row.school:
        parts = [names.get(row.school, row.school)]
    where = ", ".join(part for part in parts if part and part not in row.message)
    return f"{where}: " if where else ""
