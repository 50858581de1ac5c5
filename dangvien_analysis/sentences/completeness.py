"""How much came, and whether it adds up: coverage, files read, figures already published."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from dangvien_analysis import periods
from dangvien_analysis.measures import CoverageSummary, coverage_summary
from dangvien_analysis.sentences.terms import (
    FLOW_WORDS,
    NAMED_AT_MOST,
    NO_DATA,
    figure,
    group_name,
    in_period,
    known,
    name_of,
    reporter,
    until,
)
from dangvien_analysis.text import join_words, number
from dangvien_analysis.vocabulary import label


def coverage(frame: pd.DataFrame, names: Mapping[str, str] | None = None, as_of: date | None = None) -> str:
    """Say how complete the returns are: "Báo cáo: đủ 4/4 trường, 16/16 kỳ; năm 2024 đến 14-3-2024".

    `frame` is that of `measures.coverage`, whole or in part. "Đủ" only where every expected period of every school
    came.
    """
    summary = coverage_summary(frame)
    parts = [_reported(summary, reporter(names)), _not_reported(frame, summary, names)]
    parts += [f"{in_period(period)} {until(as_of)}" for period in summary.partial_periods]
    return f"Báo cáo: {'; '.join(part for part in parts if part)}."


def _reported(summary: CoverageSummary, who: str) -> str:
    if not known(summary.schools_expected):
        if not summary.schools_reported:
            return f"chưa có {who} nào gửi số liệu"
        return (
            f"{number(summary.schools_reported)} {who} gửi số liệu; "
            f"không có danh sách {who} phải báo cáo nên chưa rõ đã đủ hay chưa"
        )
    counts = f"{_of(summary.cells_reported, summary.cells_expected)} kỳ"
    if summary.schools_expected > 1:
        counts = f"{_of(summary.schools_reported, summary.schools_expected)} {who}, {counts}"
    if summary.cells_expected and summary.cells_reported == summary.cells_expected:
        return f"đủ {counts}"
    if summary.schools_reported:
        return counts
    nobody = f"chưa có {who} nào" if summary.schools_expected > 1 else "chưa"
    return f"{nobody} gửi số liệu ({counts})"


def _of(part: int, whole: int) -> str:
    return f"{number(part)}/{number(whole)}"


def _not_reported(frame: pd.DataFrame, summary: CoverageSummary, names: Mapping[str, str] | None) -> str:
    """Name who is missing, in the order of the collection; only their number where they are many or all."""
    missing = frame[frame["expected"] & ~frame["reported"]]
    schools = list(dict.fromkeys(missing["school"]))
    if not schools or not summary.schools_reported:
        return ""
    if len(schools) > NAMED_AT_MOST:
        return f"còn thiếu {number(len(missing))} kỳ của {number(len(schools))} {reporter(names)}"
    if summary.schools_expected == 1:
        labels = [in_period(period) for period in missing["period"]]
        return f"còn thiếu {join_words(labels)}"
    return "còn thiếu " + join_words([_missing_periods(missing, school, names) for school in schools])


def _missing_periods(missing: pd.DataFrame, school: str, names: Mapping[str, str] | None) -> str:
    labels = [periods.label(period) for period in missing.loc[missing["school"] == school, "period"]]
    return f"{name_of(school, names)} ({', '.join(labels)})"


def files_read(files: pd.DataFrame) -> str:
    """Say how many of the files sent could be read: "Đọc được 17/18 tệp"; a lock file of Excel is none of them."""
    files = files[files["status"] != "no_return"]
    if files.empty:
        return "Không có tệp nào trong thư mục."
    lost, partial = ((files["status"] == status).sum() for status in ("not_read", "partial"))
    parts = [f"Đọc được {_of(len(files) - lost, len(files))} tệp"]
    if partial:
        parts.append(f"{number(partial)} tệp chỉ đọc được một phần")
    if lost:
        parts.append(f"{number(lost)} tệp không mở được")
    return "; ".join(parts) + "."


def reconcile(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> str:
    """Say whether the returns add up to what was published: "Khớp số đã công bố: 194 và 43".

    `frame` is that of `measures.reconcile`. A figure that does not agree is named with both numbers.
    """
    if frame.empty:
        return "Không có số đã công bố để đối chiếu."
    agreed = [number(row.published) for row in frame.itertuples() if row.agrees]
    if len(agreed) == len(frame):
        return f"Khớp số đã công bố: {join_words(agreed)}."
    differing = [_difference(row, names) for row in frame.itertuples() if not row.agrees]
    if agreed:
        differing.append(f"khớp: {join_words(agreed)}")
    return f"Không khớp số đã công bố: {'; '.join(differing)}."


def _difference(row, names: Mapping[str, str] | None) -> str:
    what = f"{group_name(row.group, names)} {FLOW_WORDS.get(row.measure) or label('measure', row.measure)}"
    published = f"{what} ({row.periods}) công bố {number(row.published)}"
    if not known(row.computed):
        return f"{published}, báo cáo {NO_DATA}"
    way = "nhiều hơn" if row.difference > 0 else "ít hơn"
    computed = f"{published}, cộng từ báo cáo {number(row.computed)}, {way} {figure(abs(row.difference))}"
    if known(row.schools_missing) and row.schools_missing:
        return f"{computed} ({number(row.schools_missing)} {reporter(names)} còn thiếu số liệu)"
    return computed
