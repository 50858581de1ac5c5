"""Targets: what was asked for, what was done, what is left."""

import pandas as pd

from dangvien_analysis import charts, measures, periods, sentences
from dangvien_analysis.blocks import Block, say, table
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.section import (
    Section,
    View,
    absent,
    capital,
    chart,
    group_titles,
    instead_of,
    period_titles,
    view,
)
from dangvien_analysis.text import MISSING, number, percent

NO_TARGETS = "Các báo cáo không có chỉ tiêu nên chưa so được thực hiện với chỉ tiêu."
NOT_PUBLISHED = "Bản công bố không in chỉ tiêu của từng đơn vị."
MEASURED = ("admitted", "nominated")
ALIGN = {"attained": "right"}
LABELS = {"planned": "Chỉ tiêu", "extra_target": "Trong đó bổ sung"}
HOW_READ = "a/b: thực hiện a, chỉ tiêu b."
NOT_REPORTED = "chưa có số thực hiện"
NOTE = "Kỳ chưa hết thì không quy đổi ra cả kỳ; {who} không được giao chỉ tiêu thì không tính mức hoàn thành."
SHOWN_PERIODS = 6  # more columns leave no room for the names of schools


def targets(chosen: Parameters) -> Section:
    """Show which targets were met, and how many are still to come."""
    seen = view(chosen)
    rows = _attainment(seen, ("group", "period", "measure"))
    if rows.empty:
        return Section(absent(["figure", "table"], NO_TARGETS))
    told = [text for measure in MEASURED for text in _told(rows[rows["measure"] == measure], seen)]
    by_school = instead_of(["table"], NOT_PUBLISHED) if chosen.publication else _table(seen)
    return Section(*[say(text) for text in told], _chart(rows, seen), by_school)


def _attainment(seen: View, by: tuple[str, ...]) -> pd.DataFrame:
    return measures.attainment(seen.counts, by, as_of=seen.as_of, schools=seen.schools, periods=seen.periods)


def _told(rows: pd.DataFrame, seen: View) -> list[str]:
    return sentences.for_groups(sentences.attainment, rows, names=seen.names, as_of=seen.as_of)


def _chart(rows: pd.DataFrame, seen: View) -> Block:
    admitted = rows[rows["measure"] == "admitted"]
    if admitted.empty:
        return instead_of(["figure"], "Chưa có chỉ tiêu kết nạp.")
    data = _readable(admitted, seen)[["group", "period", *_columns(admitted)]]
    caption = "Kết nạp so với chỉ tiêu"
    return chart(
        charts.draw_attainment,
        charts.describe_attainment,
        admitted,
        caption,
        seen,
        data,
        labels=LABELS,
        formats=FORMATS,
        align=ALIGN,
    )


def _table(seen: View) -> Block:
    """List what each school reached of each period's target: a row for each school, a column for each period."""
    who = sentences.reporter(seen.names)
    rows = _attainment(seen, ("school", "group", "period", "measure"))
    rows = rows[rows["measure"] == "admitted"]
    if rows.empty:
        return instead_of(["table"], f"Chưa có chỉ tiêu kết nạp của từng {who}.")
    every = list(dict.fromkeys(rows.sort_values("period", key=lambda names: names.map(periods.sort_key))["period"]))
    shown, last = every[-SHOWN_PERIODS:], every[-1]
    cells = rows.assign(reached=[_reached(row) for row in rows.itertuples()])
    wide = cells.pivot(index=["group", "school"], columns="period", values="reached")[shown].fillna("")
    left = rows[rows["period"] == last].set_index(["group", "school"])["remaining"].map(left_over, na_action="ignore")
    wide["left"] = [left.get(place, "") for place in wide.index]  # none is left of a target that nobody gave
    order = {group: place for place, group in enumerate(sentences.GROUPS)}, list(dict.fromkeys(rows["school"]))
    wide = wide.loc[sorted(wide.index, key=lambda place: (order[0][place[0]], order[1].index(place[1])))].reset_index()
    named = wide.assign(
        group=group_titles(wide["group"], seen.names),
        school=wide["school"].map(lambda school: sentences.name_of(school, seen.names)),
    ).rename_axis(columns=None)
    titles = dict(zip(rows["period"], period_titles(rows, seen.as_of), strict=True))
    labels = LABELS | titles | {"school": capital(who), "left": f"Còn lại, {periods.label(last)}"}
    caption = f"Kết nạp so với chỉ tiêu của từng {who}"
    align = dict.fromkeys([*shown, "left"], "right")
    return table(named, caption, labels, align, note=_table_note(rows, every, who), sections="group")


def _reached(row) -> str:
    """Write what was done and what was asked for: "3/5"."""
    return f"{number(row.actual) if pd.notna(row.actual) else MISSING}/{number(row.planned)}"


def _table_note(rows: pd.DataFrame, every: list[str], who: str) -> str:
    given = rows.drop_duplicates(["school", "group", "period"]).shape[0]
    whole = rows.drop_duplicates(["school", "group"]).shape[0] * len(every[-SHOWN_PERIODS:])
    parts = [
        HOW_READ,
        "Chỉ tiêu gồm cả phần bổ sung." if rows["extra_target"].fillna(0).gt(0).any() else "",
        f"{MISSING}/b: {NOT_REPORTED}." if rows["actual"].isna().any() else "",
        "Ô trống: không giao chỉ tiêu." if given < whole else "",
        "Các kỳ trước đó: xem biểu tổng hợp." if len(every) > SHOWN_PERIODS else "",
        NOTE.format(who=who),
    ]
    return " ".join(part for part in parts if part)


def _columns(rows: pd.DataFrame) -> list[str]:
    """Return the columns to show; what was added to a target stands apart only where something was added."""
    added = ["extra_target"] if rows["extra_target"].fillna(0).gt(0).any() else []
    return ["planned", *added, "actual", "attained", "remaining"]


def _readable(rows: pd.DataFrame, seen: View) -> pd.DataFrame:
    extra = rows["extra_target"].fillna(0)  # a target with nothing added to it: none was, not unknown
    return rows.assign(
        group=group_titles(rows["group"], seen.names),
        period=period_titles(rows, seen.as_of),
        extra_target=extra,
        attained=[_attained(row) for row in rows.itertuples()],
    )


def _attained(row) -> str:
    """Write a per cent of what was asked for; of a target of few people the counts beside it say all."""
    if pd.isna(row.attained) or row.planned_reported < measures.FEW_TRIALS:
        return ""
    return percent(row.attained)


def left_over(n: int) -> str:
    """Write what is left of a target, or by how many it was passed."""
    return number(n) if n >= 0 else f"vượt {number(-n)}"


FORMATS = {"remaining": left_over}
