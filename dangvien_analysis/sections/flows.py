"""What happened: per period, added up, step by step, school by school; pupils and staff always apart."""

from functools import partial

import pandas as pd

from dangvien_analysis import charts, measures, parameters, sentences
from dangvien_analysis.blocks import Block, bullets, heading, say, table
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections import origins
from dangvien_analysis.sections.section import (
    Section,
    View,
    absent,
    capital,
    chart,
    group_titles,
    instead_of,
    of_group,
    period_titles,
    source_of,
    view,
)
from dangvien_analysis.text import number, percent
from dangvien_analysis.vocabulary import label

ONE_PERIOD = "Chỉ có số liệu một kỳ nên không vẽ biểu đồ theo thời gian."
SENT_NOT_ADMITTED = (
    "Người được kết nạp trong một kỳ có thể đã học từ các kỳ trước; "
    "khoảng cách giữa các cột không phải là số người còn chờ."
)
STILL_OPEN = "Khoảng cách giữa hai đường gồm cả người đã ra trường, chuyển đi và người còn đang được bồi dưỡng."
HOW_COUNTED = "Mỗi số cộng từ các {who} đã báo cáo và đếm vào kỳ diễn ra việc đó."
NO_RATIO = "Chưa có số cử đi học hoặc hoàn thành lớp bên cạnh số kết nạp để so sánh."
STEP_RATE = {
    "matched": "Số người để tính tỷ lệ",
    "previous": "Trên số",
    "rate": "Tỷ lệ",
    "low": "Cận dưới",
    "high": "Cận trên",
}
STEPS_NOTE = "Tỷ lệ của mỗi bước tính trên bước nêu bên cạnh. "
HELPER_NOTE = "Phân công đảng viên giúp đỡ có thể trước hoặc sau khi học nên không tính tỷ lệ với bước này."
RATIO_NOTE = (
    "Đây là tỷ số giữa hai số trong cùng một kỳ, không phải tỷ lệ được kết nạp của những người đã học: "
    "người kết nạp năm nay có thể đã học từ năm trước, nên tỷ số có thể trên 100%."
)
NO_STEPS = "Chưa có số liệu từng bước."
MASKED = "(che)"
MASKED_NOTE = "(che): số nhỏ, hoặc số có thể dùng để tính ngược ra số nhỏ."
MASKED_ELSEWHERE = "Bản công bố chỉ in số của từng đơn vị khi lấy tất cả các kỳ."
NOT_PUBLISHED = "Bản công bố không in số của từng đơn vị ở phần này."
ORDER_NOTE = "Các {who} xếp theo thứ tự trong danh sách của bộ số liệu, không theo kết quả."


def flows(chosen: Parameters, group: str) -> Section:
    """Show how many of one group were sent, finished and were admitted: in each period, and added up."""
    seen = view(chosen)
    rows = of_group(seen.trend(), group)
    name = sentences.group_name(group, seen.names)
    if rows.empty:
        told = absent(["figure", "figure"], f"Các báo cáo trong bộ số liệu này không có số về {name}.")
        return Section(heading(f"{capital(name)}: chưa có số liệu"), told)
    title = heading(sentences.trend_heading(rows, names=seen.names, as_of=seen.as_of))
    if rows.loc[rows["n"].notna(), "period"].nunique() < 2:
        told = sentences.nominated_vs_admitted(rows, seen.names, seen.as_of)
        return Section(title, say(told, seen.left_out), instead_of(["figure", "figure"], ONE_PERIOD))
    asked = f"Trong mỗi kỳ, bao nhiêu {name} được cử đi học, hoàn thành lớp và được kết nạp? {_how_counted(seen)}"
    return Section(title, say(asked, seen.left_out), _per_period(rows, seen), _added_up(rows, seen))


def _how_counted(seen: View) -> str:
    return HOW_COUNTED.format(who=sentences.reporter(seen.names))


def _per_period(rows: pd.DataFrame, seen: View) -> Block:
    caption = f"Từng kỳ: cử đi học, hoàn thành lớp và kết nạp, {_name(rows, seen)}"
    aims = _aims(rows, seen)
    rows = rows.merge(aims[["period", "measure", "target"]], how="left", on=["period", "measure"])
    data, labels = _with_aims(_by_period(rows, "n", seen), rows), _flow_labels() | _aim_labels()
    found = origins.origins(rows, source_of(seen)) + origins.planned(aims, source_of(seen))
    options = {"data": data, "labels": labels, "note": SENT_NOT_ADMITTED, "origins": found}
    options["align"] = dict.fromkeys(_aim_labels(), "right")
    draw, describe = (partial(made, breaks=seen.breaks) for made in (charts.draw_trend, charts.describe_trend))
    return chart(draw, describe, rows, caption, seen, **options)


def _aims(rows: pd.DataFrame, seen: View) -> pd.DataFrame:
    """Return the targets that the numbers of `rows` can be set against: given to just the schools they come from."""
    by = ("group", "period", "measure")
    aims = measures.attainment(seen.counts, by, as_of=seen.as_of, schools=seen.schools, periods=seen.periods)
    found = aims.merge(rows[[*by, "n", "schools"]].rename(columns={"schools": "senders"}), on=list(by))
    same = (found["reported"] == found["senders"]) & (found["schools"] == found["reported"])
    return found[same.fillna(False).astype("bool")].assign(target=lambda kept: kept["planned"])


def _with_aims(data: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Set each measure's targets beside its numbers, where there is any; where none can be set there, nothing."""
    order, aims = list(dict.fromkeys(rows["period"])), rows.pivot(index="period", columns="measure", values="target")
    for measure in [measure for measure in measures.CORE_FLOWS if measure in aims and aims[measure].notna().any()]:
        told = ["" if pd.isna(n) else number(n) for n in aims[measure].reindex(order)]
        data.insert(data.columns.get_loc(measure) + 1, f"{measure} target", told)
    return data


def _aim_labels() -> dict[str, str]:
    return {f"{measure} target": f"Chỉ tiêu {sentences.FLOW_WORDS[measure]}" for measure in measures.CORE_FLOWS}


def _added_up(rows: pd.DataFrame, seen: View) -> Block:
    both = rows[rows["measure"].isin(("nominated", "admitted")) & rows["n"].notna()]
    if both["measure"].nunique() < 2:
        return instead_of(["figure"], "Chưa có cả số cử đi học và số kết nạp nên không vẽ đường cộng dồn.")
    caption = f"Cộng dồn: cử đi học và kết nạp, {_name(rows, seen)}"
    data, labels = _by_period(rows, "cumulative", seen), _flow_labels()
    found = origins.added_up(both, source_of(seen))
    options = {"data": data, "labels": labels, "note": STILL_OPEN, "origins": found}
    draw, describe = (
        partial(made, breaks=seen.breaks) for made in (charts.draw_cumulative, charts.describe_cumulative)
    )
    return chart(draw, describe, rows, caption, seen, **options)


def _name(rows: pd.DataFrame, seen: View) -> str:
    return sentences.group_name(rows["group"].iloc[0], seen.names)


def unsplit(chosen: Parameters) -> Section:
    """Show numbers of returns that do not tell pupils from staff; nothing where every return does."""
    seen = view(chosen)
    rows = of_group(seen.trend(), "all")
    if rows.empty:
        return Section()
    title = heading(sentences.trend_heading(rows, names=seen.names, as_of=seen.as_of))
    told = sentences.nominated_vs_admitted(rows, seen.names, seen.as_of)
    apart = "Báo cáo không tách học sinh với cán bộ, giáo viên, nhân viên nên các số này đứng riêng."
    return Section(title, say(told, apart))


def ratios(chosen: Parameters) -> Section:
    """Set admissions beside nominations and beside people trained, period by period."""
    seen = view(chosen)
    rows = measures.ratio(seen.counts, ("group", "period"), seen.as_of, schools=seen.schools, periods=seen.periods)
    rows = rows[rows["admitted"].notna() & (rows["nominated"].notna() | rows["trained"].notna())]
    if rows.empty:
        return Section(absent(["table"], NO_RATIO))
    like = measures.like_for_like(seen.counts, schools=seen.schools)
    alike = len(like) and not chosen.publication  # which schools sent both periods is not in the sums over all
    told = sentences.for_groups(sentences.like_for_like, like, names=seen.names) if alike else []
    shown = rows.assign(
        group=group_titles(rows["group"], seen.names),
        period=period_titles(rows, seen.as_of),
        on_nominated=_of(rows["admitted_on_nominated"], rows["nominated_base"]),
        on_trained=_of(rows["admitted_on_trained"], rows["trained_base"]),
    )
    columns = ["group", "period", "nominated", "trained", "admitted", "on_nominated", "on_trained"]
    labels = {"on_nominated": "Kết nạp trên cử học", "on_trained": "Kết nạp trên hoàn thành lớp"}
    align = dict.fromkeys(labels, "right")
    labels |= _flow_labels()
    block = table(shown[columns], "Tỷ số kết nạp trong kỳ", labels, align, RATIO_NOTE, sections="group")
    return Section(bullets(*told), block)


def _of(made: pd.Series, base: pd.Series) -> pd.Series:
    """Write counts with their share: "9/52 (17,3%)"; of very few people the counts alone."""
    return pd.Series(
        [
            pd.NA if pd.isna(n) or pd.isna(of) else f"{number(n)}/{number(of)}" + _share(n, of)
            for n, of in zip(made, base, strict=True)
        ],
        index=made.index,
        dtype="string",
    )


def _share(n: int, of: int) -> str:
    return f" ({percent(n / of)})" if of >= measures.FEW_TRIALS else ""


def stages(chosen: Parameters, group: str) -> Section:
    """Show at which step most of one group do not go on, so far."""
    seen = view(chosen)
    rows = of_group(measures.funnel(seen.counts, as_of=seen.as_of, schools=seen.schools, periods=seen.periods), group)
    name = sentences.group_name(group, seen.names)
    if rows["n"].notna().sum() < 2:
        return Section(
            absent(["figure"], f"Chưa có số liệu từng bước của {name} nên không vẽ biểu đồ các bước.", NO_STEPS)
        )
    told = sentences.stages(rows, seen.names, seen.as_of)
    data = rows.assign(stage=rows["stage"].map(lambda stage: label("measure", stage)))
    data = data[["stage", "n", *STEP_RATE]].assign(**{name: _rated(data, name) for name in STEP_RATE})
    options = {"labels": STEP_RATE, "align": dict.fromkeys(STEP_RATE, "right"), "note": _steps_note(rows)}
    caption = f"Các bước phát triển đảng viên, {name}"
    return Section(say(told), chart(charts.draw_stages, charts.describe_stages, rows, caption, seen, data, **options))


def _rated(data: pd.DataFrame, column: str) -> list[str]:
    """Write what a step's rate is made of; nothing where a step has none, for "missing" would be wrong there."""
    write = percent if column in ("rate", "low", "high") else number
    return [write(n) if pd.notna(rate) else "" for n, rate in zip(data[column], data["rate"], strict=True)]


def _steps_note(rows: pd.DataFrame) -> str:
    reported = rows[rows["n"].notna()]
    helped = HELPER_NOTE if "mentored" in set(reported["stage"]) else ""
    return ((STEPS_NOTE if reported["rate"].notna().any() else "") + helped).strip()


def by_school(chosen: Parameters, group: str) -> Section:
    """List the schools' numbers over the whole window, in the order of the collection, with their sum."""
    if chosen.publication:
        return Section(_masked_table(chosen, group))
    seen = view(chosen)
    rows = of_group(seen.trend(("school", "group")), group)
    last = rows.groupby(["school", "measure"], sort=False, as_index=False).tail(1)
    if last.empty:
        return Section(absent(["table"], f"Chưa có số liệu của {sentences.group_name(group, seen.names)}."))
    first = next(name for name in sentences.GROUPS if name in set(seen.counts["group"]))
    told = bullets(*seen.reorganised) if group == first else None  # once, though each group has a table
    return Section(told, _school_table(last, group, seen))


def _by_period(rows: pd.DataFrame, column: str, seen: View) -> pd.DataFrame:
    """Return one row per period and one column per measure."""
    titles = rows.assign(title=period_titles(rows, seen.as_of))
    named = titles.sort_values("partial", kind="stable").drop_duplicates("period", keep="last")
    named = named.set_index("period")["title"]
    order = list(dict.fromkeys(rows["period"]))
    wide = rows.pivot(index="period", columns="measure", values=column).reindex(order)
    wide = wide[[measure for measure in measures.CORE_FLOWS if measure in wide]].reset_index()
    return wide.assign(period=wide["period"].map(named)).rename_axis(columns=None)


def _school_table(rows: pd.DataFrame, group: str, seen: View) -> Block:
    expected = [school.id for school in seen.schools or ()]  # one that never reported has a row of its own
    order = list(dict.fromkeys([*expected, *rows["school"]]))
    wide = rows.pivot(index="school", columns="measure", values="cumulative").reindex(order)
    wide = wide[[measure for measure in measures.CORE_FLOWS if measure in wide]]
    total = wide.sum(min_count=1).to_frame("Cộng").T
    named = pd.concat([wide.rename(index=lambda school: sentences.name_of(school, seen.names)), total])
    shown = named.astype("Int64").rename_axis("school").reset_index()
    who = sentences.reporter(seen.names)
    labels = _flow_labels() | {"school": capital(who)}
    caption = f"Số liệu của từng {who} trong cả thời gian, {sentences.group_name(group, seen.names)}"
    return table(shown, caption, labels=labels, totals=1, note=ORDER_NOTE.format(who=who))


def _masked_table(chosen: Parameters, group: str) -> Block:
    """List the schools' numbers as a public copy may: small ones masked, and only of all periods together."""
    seen, publication = view(chosen), chosen.publication
    rows = of_group(publication.by_school, group)
    if rows.empty or chosen.periods != tuple(parameters.known_periods(chosen.returns)):
        return absent(["table"], MASKED_ELSEWHERE if len(rows) else NOT_PUBLISHED)
    order = [school.id for school in publication.schools if school.id in set(rows["school"])]
    texts = rows.assign(n=[MASKED if row.masked else number(row.n) for row in rows.itertuples()])
    wide = texts.pivot(index="school", columns="measure", values="n").reindex(order)
    wide = wide[[measure for measure in measures.CORE_FLOWS if measure in wide]]
    total = of_group(seen.trend(), group).groupby("measure")["cumulative"].last().map(number)
    named = pd.concat([wide.rename(index=seen.names), total.reindex(wide.columns).to_frame("Cộng").T])
    who = sentences.reporter(seen.names)
    align = dict.fromkeys(wide.columns, "right")
    labels = _flow_labels() | {"school": capital(who)}
    caption = f"Số liệu của từng {who} trong cả thời gian, {sentences.group_name(group, seen.names)}"
    shown = named.rename_axis("school").reset_index()
    return table(shown, caption, labels, align, totals=1, note=f"{MASKED_NOTE} {ORDER_NOTE.format(who=who)}")


def _flow_labels() -> dict[str, str]:
    words = {measure: sentences.FLOW_WORDS[measure] for measure in measures.CORE_FLOWS}
    return {measure: capital(text) for measure, text in words.items()} | {"period": "Kỳ"}
