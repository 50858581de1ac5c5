"""Schools beside each other: what lies within chance, how much would be noticed, never who comes first."""

import pandas as pd

from dangvien_analysis import charts, measures, sentences
from dangvien_analysis.blocks import Block, bullets
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.section import (
    Section,
    View,
    absent,
    capital,
    chart,
    compared,
    everybody,
    instead_of,
    is_one_school,
    of_group,
    once,
    view,
)
from dangvien_analysis.text import percent

DIFFERENT = 0.45  # the true rate of a school that would differ, in the sentence about what would be noticed
LABELS = {"trained": "Đã theo dõi", "rate": "Tỷ lệ", "low": "Giới hạn dưới", "high": "Giới hạn trên"}
NOTE = (
    "Nếu mọi {who} có cùng một tỷ lệ thật thì ít nhất 95 trong 100 lần tỷ lệ của một {who} nằm trong phần nhạt; "
    "{who} ít người có giới hạn rộng hơn. Thứ tự là thứ tự trong danh sách."
)
NOT_PUBLISHED = "Bản công bố không so sánh các {who} với nhau, vì phần lớn số của riêng một {who} là số nhỏ."
TOO_FEW = "Chưa có từ hai {who} trở lên có số hoàn thành lớp và số kết nạp."
NOT_COMPARED = "{name}: chưa có từ hai {who} trở lên có số hoàn thành lớp và số kết nạp để so sánh."


def comparison(chosen: Parameters, group: str) -> Section:
    """Set each school's share admitted against what chance explains, with what the comparison cannot see."""
    seen = view(chosen)
    rows = of_group(compared(chosen), group)
    who, name = sentences.reporter(seen.names), capital(sentences.group_name(group, seen.names))
    if chosen.publication:
        return Section(absent(["figure"], NOT_PUBLISHED.format(who=who)))
    if is_one_school(chosen):
        return Section(instead_of(["figure"], own_figure(chosen, group)))
    if len(rows) < 2:
        return Section(absent(["figure"], NOT_COMPARED.format(name=name, who=who), TOO_FEW.format(who=who)))
    judged = rows[rows["position"].notna()]
    told = [sentences.comparison(rows, seen.names, by_chance(judged)), _power(judged, group)]
    if len(rows) >= measures.MANY_SCHOOLS:
        told.append(sentences.overdispersion(spread(chosen)[group]))
    if group == "student":
        told.append(sentences.by_grade(measures.by_grade(seen.counts, seen.as_of, seen.schools), seen.names))
    return Section(_figure(rows, group, seen), bullets(*told))


def own_figure(chosen: Parameters, group: str) -> str:
    """Say one school's figure beside the common one of all schools; no other school, no place among them."""
    seen = view(chosen)
    schools = chosen.returns.collection.schools or None
    rows = of_group(measures.comparison(everybody(chosen), as_of=seen.as_of, schools=schools), group)
    rows = rows[rows["school"] == chosen.schools[0]]
    if rows.empty:
        name = capital(sentences.group_name(group, seen.names))
        return f"{name}: chưa có số hoàn thành lớp và số kết nạp."
    return sentences.own_school(rows, sentences.names_of(chosen.returns.collection))


@once
def spread(chosen: Parameters) -> dict[str, measures.Overdispersion]:
    """Return, by group, how much the schools differ as a whole: `measures.overdispersion` of those judged."""
    judged = compared(chosen).dropna(subset="position")
    groups = judged.groupby("group", sort=False)
    return {group: measures.overdispersion(rows["admitted"], rows["trained"]) for group, rows in groups}


def by_chance(judged: pd.DataFrame) -> measures.Chance | None:
    """Return how many of the schools judged chance alone would put outside the limits."""
    if judged.empty:
        return None
    pool = int(judged["pool_admitted"].iloc[0]), int(judged["pool_trained"].iloc[0])
    return measures.chance_outside(judged["trained"].tolist(), pool=pool)


def _power(judged: pd.DataFrame, group: str) -> str:
    """Say how often a school of the usual size that really differed would be noticed."""
    if len(judged) < 2:
        return ""
    size, pool = int(judged["trained"].median()), int(judged["trained"].sum())
    common = float(judged["pool_rate"].iloc[0])
    other = DIFFERENT if common < DIFFERENT / 2 or common > 2 * DIFFERENT else max(common / 2, 0.01)
    return sentences.power(measures.power(size, pool, other, common), size, other, common, group)


def _figure(rows: pd.DataFrame, group: str, seen: View) -> Block:
    who = sentences.reporter(seen.names)
    shares = {name: [_percent(x) for x in rows[name]] for name in ("rate", "low", "high")}
    shown = rows.assign(school=rows["school"].map(lambda school: sentences.name_of(school, seen.names)), **shares)
    columns = ["school", "trained", "admitted", "rate", "low", "high"]
    caption = f"So sánh các {who} với giới hạn do ngẫu nhiên, {sentences.group_name(group, seen.names)}"
    options = {
        "data": shown[columns],
        "labels": LABELS | {"school": capital(who)},
        "align": dict.fromkeys(shares, "right"),
    }
    options["note"] = NOTE.format(who=who)
    return chart(charts.draw_comparison, charts.describe_comparison, rows, caption, seen, **options)


def _percent(x: float) -> str:
    """Write a share; nothing where there are too few people for one: that is no missing report."""
    return "" if pd.isna(x) else percent(x)
