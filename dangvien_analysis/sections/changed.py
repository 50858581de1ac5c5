"""What the returns say now that they did not say when they were last loaded, and which sums were checked."""

import pandas as pd

from dangvien_analysis import measures, periods, sentences, store
from dangvien_analysis.blocks import bullets, say, table
from dangvien_analysis.frames import COUNT_KEY
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.faults import about
from dangvien_analysis.sections.places import places
from dangvien_analysis.sections.section import Section, instead_of
from dangvien_analysis.settings import SettingsError
from dangvien_analysis.text import join_words, number
from dangvien_analysis.vocabulary import label

SHOWN = 40
NEVER_LOADED = "Bộ số liệu này chưa được nạp lần nào nên chưa có gì để so; lệnh «dangvien load» lưu lại lần đầu."
SAME = "Số liệu đúng như lần nạp gần nhất; chưa có lần nạp nào làm thay đổi số nào."
SINCE = "So với lần nạp gần nhất có {told}."
LAST = "Lần nạp gần nhất có thay đổi đã cho {told} so với lần nạp trước đó."
NOT_OF_THESE = "Lần nạp gần nhất có thay đổi không đổi số nào của các đơn vị đã chọn."
CHECKS = {
    "total_mismatch": "{n} dòng tổng không bằng các số thành phần",
    "rate_mismatch": "{n} tỷ lệ không khớp các số trong bảng",
    "cohort_differs": "{n} chỗ biểu theo khóa khác biểu chung",
    "reference_differs": "{n} số «cùng kỳ năm trước» khác số đã báo cáo",
    "part_above_whole": "{n} phần lớn hơn tổng số",
    "parts_differ": "{n} chỗ các phần cộng lại khác tổng số",
    "stages_out_of_order": "{n} chỗ bước sau lớn hơn bước trước",
    "total_not_checked": "{n} dòng tổng chưa kiểm tra được vì thiếu số thành phần",
    "total_without_value": "{n} ô tổng hoặc tỷ lệ không có kết quả",
}
ALL_MET = "Các dòng tổng, tỷ lệ và số báo ở nhiều nơi đều khớp nhau."


def changed(chosen: Parameters) -> Section:
    """List the numbers that are not what they were when last loaded; where none is, what the last change was."""
    try:
        before = store.open_store(chosen.returns.collection.folder)
    except (SettingsError, KeyError, ValueError):
        return Section(instead_of(["table"], NEVER_LOADED))
    since = differences(before.counts, chosen.returns.counts)
    sentence, rows = (SINCE, since) if len(since) else (LAST, _last_change(chosen))
    if rows.empty:
        return Section(instead_of(["table"], SAME))
    rows = rows[rows["school"].isin(chosen.schools)]
    if rows.empty:
        return Section(instead_of(["table"], NOT_OF_THESE))
    names = sentences.names_of(chosen.returns.collection)
    counted = [
        (int((rows["before"].isna()).sum()), "số mới"),
        (int((rows["now"].isna()).sum()), "số không còn"),
        (int((rows["before"].notna() & rows["now"].notna()).sum()), "số đổi"),
    ]
    told = join_words([f"{number(n)} {words}" for n, words in counted if n])
    shown = rows.head(SHOWN)
    frame = pd.DataFrame(
        {
            "school": [sentences.name_of(school, names) for school in shown["school"]],
            "what": [_what(row) for row in shown.itertuples()],
            "before": shown["before"].astype("Int64"),
            "now": shown["now"].astype("Int64"),
            "place": [places(pd.DataFrame([row._asdict()])) for row in shown.itertuples()],
        }
    )
    labels = {"what": "Số", "before": "Trước", "now": "Nay", "place": "Ở đâu"}
    more = f"Còn {number(len(rows) - len(shown))} số nữa." if len(rows) > len(shown) else ""
    return Section(say(sentence.format(told=told)), table(frame, "Số đã thay đổi", labels, note=more))


def _last_change(chosen: Parameters) -> pd.DataFrame:
    now = chosen.returns.counts
    before = store.previous_counts(chosen.returns.collection)
    return differences(now if before is None else before, now)


def differences(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers that are not what they were, matched by what they mean, not by where they stand.

    Columns: the key of `counts`, before, now (Int64, missing where there was none), file, sheet, cell (the place now,
    else the place then).
    """
    both = old.merge(new, how="outer", on=COUNT_KEY, suffixes=("_old", "_new"))
    both = both[both["n_old"].ne(both["n_new"]).fillna(True)]
    spots = {name: both[f"{name}_new"].fillna(both[f"{name}_old"]) for name in ("file", "sheet", "cell")}
    return both[COUNT_KEY].assign(before=both["n_old"], now=both["n_new"], **spots).reset_index(drop=True)


def _what(row) -> str:
    parts = [periods.label(row.period), label("group", row.group), label("measure", row.measure)]
    parts += [] if row.breakdown == "total" else [label("breakdown", row.breakdown)]
    parts += [] if row.kind == "actual" else [label("kind", row.kind)]
    parts += [] if pd.isna(row.cohort) else [f"khóa {row.cohort}"]
    hidden = pd.isna(row.reason) or row.reason in measures.SENSITIVE_REASONS
    parts += [] if hidden else [label("reason", row.reason)]
    return ", ".join(parts)


def checked(chosen: Parameters) -> Section:
    """Say whether totals, rates and numbers reported in several places agree with each other."""
    counted = about(chosen)["code"].value_counts()
    told = [words.format(n=number(counted[code])) + "." for code, words in CHECKS.items() if code in counted]
    return Section(bullets(*told) or say(ALL_MET))
