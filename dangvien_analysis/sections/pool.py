"""Who finished the course and is not yet admitted: where they stand, which reasons were given, whose papers lag."""

import pandas as pd

from dangvien_analysis import charts, measures, sentences
from dangvien_analysis.blocks import Block, bullets, table
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.section import (
    Section,
    View,
    absent,
    capital,
    chart,
    instead_of,
    of_group,
    papers,
    pool,
    view,
    whole_pool,
)
from dangvien_analysis.text import number, percent

DRAWN_SCHOOLS = 20  # more are read more easily in one table than in rows of bars and a table
LABELS = {
    "trained": "Hoàn thành lớp",
    "admitted": "Đã kết nạp",
    "departed": "Ra trường, chuyển đi",
    "expired": "Giấy hết giá trị",
    "waiting": "Còn trong nguồn",
    "age_18": "Đủ 18 tuổi",
    "dossier": "Hồ sơ đang làm",
    "mentored": "Lượt phân công giúp đỡ",
}
NO_POOL = "Chưa có số người đã hoàn thành lớp."
POOL_NOTE = "Số đủ 18 tuổi và số hồ sơ lấy ở báo cáo gần nhất; lượt phân công đảng viên giúp đỡ cộng từ kỳ đầu."
TWICE = "Người học lại lớp được tính hai lần."
EXPIRING = "Có giấy chứng nhận có thể đã quá 60 tháng; nơi chưa báo cáo số hết giá trị thì chưa tính được số còn lại."
REASONS_NOTE = (
    "Lý do do các {who} nêu, mỗi người một lý do chính; số liệu không nói lý do ấy đúng hay không. Lý do về lý lịch và "
    "nguyện vọng chỉ nêu chung, không nêu theo từng {who}."
)


def waiting(chosen: Parameters, group: str) -> Section:
    """Show where those stand who finished the course, school by school, with age, dossiers and helpers."""
    seen = view(chosen)
    name = sentences.group_name(group, seen.names)
    whole, rows = of_group(whole_pool(chosen), group), of_group(pool(chosen), group)
    if rows.empty:
        return Section(
            absent(["figure", "table"], f"Chưa có số {name} hoàn thành lớp nên chưa tính được nguồn.", NO_POOL)
        )
    told = [sentences.waiting(whole, seen.names)]
    if not chosen.publication:
        told.append(sentences.support(of_group(papers(chosen), group), seen.names))
    return Section(bullets(*told), _chart(rows, group, chosen), _table(rows, whole, group, chosen))


def _chart(rows: pd.DataFrame, group: str, chosen: Parameters) -> Block:
    seen = view(chosen)
    if not _is_drawn(rows):
        who = sentences.reporter(seen.names)
        return instead_of(["figure"], f"Có {number(len(rows))} {who}, quá nhiều để vẽ; xem bảng dưới đây.")
    caption = f"Những người đã hoàn thành lớp, đến nay, {sentences.group_name(group, seen.names)}"
    shown = _named(rows, seen)[["school", "trained", "admitted", "departed", *_expired(rows), "waiting"]]
    labels = LABELS | {"school": row_title(chosen)}
    return chart(charts.draw_waiting, charts.describe_waiting, rows, caption, seen, shown, labels=labels)


def _is_drawn(rows: pd.DataFrame) -> bool:
    return len(rows) <= DRAWN_SCHOOLS


def _table(rows: pd.DataFrame, whole: pd.DataFrame, group: str, chosen: Parameters) -> Block:
    """List the pool of each school, beside what the chart does not show; the last row is that of all together."""
    seen = view(chosen)
    columns, unknown = told_by_some(rows, ["age_18"] * (group == "student") + ["dossier", "mentored"])
    if not columns and _is_drawn(rows):
        return instead_of(["table"], unknown)
    fates = ["waiting"] if _is_drawn(rows) else ["trained", "admitted", "departed", *_expired(rows), "waiting"]
    shown = pd.concat([_named(rows, seen), whole.assign(school="Cộng")]) if len(rows) > 1 else _named(rows, seen)
    each = "" if chosen.publication else f" của từng {sentences.reporter(seen.names)}"
    notes = [POOL_NOTE if columns else "", unknown, TWICE, EXPIRING if rows["may_expire"].any() else ""]
    caption = f"Nguồn hiện có{each}, {sentences.group_name(group, seen.names)}"
    note = " ".join(text for text in notes if text)
    shown, labels = shown[["school", *fates, *columns]], LABELS | {"school": row_title(chosen)}
    return table(shown, caption, labels, note=note, totals=int(len(rows) > 1))


def row_title(chosen: Parameters) -> str:
    """Head the column that names the rows: each a school, in a public copy all together."""
    return "Phạm vi" if chosen.publication else capital(sentences.reporter(view(chosen).names))


def told_by_some(rows: pd.DataFrame, columns: list[str]) -> tuple[list[str], str]:
    """Return which columns some school reported, and words for those that none did: they are no columns of a table."""
    told = [column for column in columns if rows[column].notna().any()]
    missing = [LABELS[column].lower() for column in columns if column not in told]
    return told, f"Chưa có báo cáo nào về: {', '.join(missing)}." if missing else ""


def _named(rows: pd.DataFrame, seen: View) -> pd.DataFrame:
    return rows.assign(school=rows["school"].map(lambda school: sentences.name_of(school, seen.names)))


def _expired(rows: pd.DataFrame) -> list[str]:
    return ["expired"] if rows["expired"].fillna(0).gt(0).any() else []


def reasons(chosen: Parameters, group: str) -> Section:
    """Show which main reasons the schools gave, those of the rules apart from those of papers and process."""
    seen = view(chosen)
    rows = of_group(measures.reasons(seen.counts, schools=seen.schools, summed=seen.summed), group)
    shown = rows[rows["n"].fillna(0) > 0]
    name, who = sentences.group_name(group, seen.names), sentences.reporter(seen.names)
    if shown.empty:
        return Section(
            absent(
                ["figure"],
                f"{capital(name)}: các {who} chưa nêu lý do chưa được kết nạp.",
                f"Các {who} chưa nêu lý do.",
            )
        )
    told = [sentences.reasons(rows, seen.names), sentences.earlier(rows, seen.names)]
    return Section(bullets(*told), _reasons_chart(rows, group, seen))


def _reasons_chart(rows: pd.DataFrame, group: str, seen: View) -> Block:
    who = sentences.reporter(seen.names)
    safe, _ = sentences.discreet(rows, who)
    data = safe.assign(
        reason=[sentences.reason_label(row.reason, row.folded) for row in safe.itertuples()],
        share=[_share(row) for row in safe.itertuples()],
    )
    options = {"data": data[["reason", "n", "reported", "share"]], "note": REASONS_NOTE.format(who=who)}
    options |= {"labels": {"reported": "Trong số", "share": "Tỷ lệ"}, "align": {"share": "right"}}
    caption = f"Lý do chưa được kết nạp, {sentences.group_name(group, seen.names)}"
    return chart(charts.draw_reasons, charts.describe_reasons, rows, caption, seen, **options)


def _share(row) -> str:
    """Write a reason's share; nothing for who has no wish to join, which is no shortfall, nor of very few people."""
    return "" if pd.isna(row.share) or row.reported < measures.FEW_TRIALS else percent(row.share)
