"""One school's own report: its figures beside the common one, who is waiting, its targets, what it is asked for.

Never its place among the others and never another school's figure: with a handful of schools three dots without a
name are not anonymous, and of two schools the common figure is the other's. What could name a person at a single
school (`measures.SENSITIVE_REASONS`) is folded into the rest.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from dangvien_analysis import charts, measures, periods, sentences
from dangvien_analysis.blocks import Block, bullets, say, table
from dangvien_analysis.parameters import Parameters, known_schools
from dangvien_analysis.sections import origins
from dangvien_analysis.sections.opening import key_numbers
from dangvien_analysis.sections.section import (
    Section,
    View,
    capital,
    chart,
    group_titles,
    instead_of,
    of_group,
    period_titles,
    source_of,
    view,
)
from dangvien_analysis.settings import RULES, SettingsError, rule
from dangvien_analysis.text import date_text, join_words, number, percent

ENOUGH_SCHOOLS = 3  # of two schools the common figure less one's own is the other's
# Two groups side by side on one page: the heads are short, and spelt out under the table.
STEPS = {
    "nominated": "Cử học",
    "trained": "Học xong",
    "mentored": "Giúp đỡ",
    "proposed": "Đề nghị",
    "admitted": "Kết nạp",
}
SPELT_OUT = {"mentored": "giúp đỡ: được phân công đảng viên giúp đỡ", "proposed": "đề nghị: chi bộ đề nghị kết nạp"}
GAPS_NOTE = "Dòng cộng chỉ gồm các kỳ đã có số liệu."
FATES = {"trained": "Đã học", "admitted": "Kết nạp", "departed": "Chuyển đi", "waiting": "Còn trong nguồn"}
SPAN = "Cộng"
CERTIFICATE = "certificate_months"
NO_OTHERS = "Chưa đủ {who} có số liệu để nêu số chung mà không lộ số của {who} khác."
LIMITS_NOTE = (
    "Mức do ngẫu nhiên (95%): nếu {who} này thật sự như chung các {who} thì với chừng ấy người, số kết nạp vẫn có thể "
    "ở bất cứ đâu từ mức thấp đến mức cao này."
)
BY_CHANCE = "Trong 100 {who} như nhau vẫn có thể có tới 5 {who} ra ngoài mức này chỉ do ngẫu nhiên."
COURSES_NOTE = "Giấy chứng nhận có giá trị {months} tháng từ khi học. Chuyển đi: gồm cả ra trường khi chưa kết nạp."


def one_school(chosen: Parameters) -> Parameters:
    """Return the parameters narrowed to one school: the one chosen, or the first where none was.

    Raises SettingsError where several were: this report is one school's own.
    """
    ids = chosen.schools
    if not ids:
        raise SettingsError("Bộ số liệu chưa có trường nào để làm báo cáo riêng; hãy thêm báo cáo rồi chạy lại.")
    if len(ids) > 1 and len(ids) < len(known_schools(chosen.returns)):
        raise SettingsError(f'Báo cáo này nói về một trường; hãy chọn một mã, thí dụ schools = "{ids[0]}".')
    own = ids[0]
    schools = tuple(school for school in chosen.collection.schools if school.id == own)
    counts = chosen.counts[chosen.counts["school"] == own].reset_index(drop=True)
    return replace(chosen, collection=replace(chosen.collection, schools=schools), counts=counts, schools=(own,))


def own_summary(school: Parameters) -> Section:
    """Say in a few sentences how complete the school's return is, and what it reached of its targets."""
    seen = view(school)
    complete = sentences.coverage(measures.coverage(seen.counts, school.collection), seen.names, seen.as_of)
    aims = _attainment(seen)
    told = []
    for measure in ("admitted", "nominated"):
        rows = aims[aims["measure"] == measure]
        told += sentences.for_groups(sentences.attainment, rows, names=seen.names, as_of=seen.as_of)
    deadline = school.returns.collection.deadline
    until = f"Hạn gửi của đợt này: {date_text(deadline)}." if deadline else ""
    return Section(say(complete, until), *key_numbers(school), bullets(*told))


def _attainment(seen: View) -> pd.DataFrame:
    by = ("group", "period", "measure")
    return measures.attainment(seen.counts, by, as_of=seen.as_of, schools=seen.schools, periods=seen.periods)


def own_flows(school: Parameters) -> Section:
    """Set out the steps of each period, pupils beside staff, with the cells that they stand in."""
    seen = view(school)
    rows = _steps(seen)
    if rows.empty:
        return Section(instead_of(["table"], "Các báo cáo của trường chưa có số cử đi học, hoàn thành lớp, kết nạp."))
    found = origins.row_by_row(rows, source_of(seen))
    heads = [words for measure, words in SPELT_OUT.items() if measure in set(rows["measure"])]
    told = f"{capital('; '.join(heads))}. " if heads else ""
    told += GAPS_NOTE if rows["n"].isna().any() else ""
    options = {"labels": _labels(rows, seen), "totals": 1, "origins": found, "note": told}
    return Section(table(_by_period(rows, seen), "Kết quả qua từng kỳ", **options))


def _steps(seen: View) -> pd.DataFrame:
    asked = {"as_of": seen.as_of, "schools": seen.schools, "periods": seen.periods}
    return measures.trend(seen.counts, ("group",), **asked, measures=measures.STAGES)


def _by_period(rows: pd.DataFrame, seen: View) -> pd.DataFrame:
    """Return one row per period and one column per group and step, and their sums."""
    order = list(dict.fromkeys(rows["period"]))
    steps = list(dict.fromkeys(zip(rows["group"], rows["measure"], strict=True)))
    wide = rows.pivot(index="period", columns=["group", "measure"], values="n").reindex(index=order)[steps]
    partial = rows.groupby("period")["partial"].any()
    told = pd.DataFrame({"period": order, "partial": [partial[period] for period in order]})
    whole = pd.concat([wide, wide.sum(min_count=1).to_frame(SPAN).T]).astype("Int64").reset_index(drop=True)
    whole.columns = pd.Index(steps, tupleize_cols=False)
    whole.insert(0, ("period", ""), [*period_titles(told, seen.as_of), SPAN])
    return whole


def _labels(rows: pd.DataFrame, seen: View) -> dict[str, str]:
    groups = {group: capital(sentences.group_name(group, seen.names)) for group in rows["group"].unique()}
    return {measure: STEPS[measure] for measure in measures.STAGES} | {"period": "Kỳ"} | groups


def own_and_common(school: Parameters) -> Section:
    """Set the school's share admitted beside that of all schools, with what chance alone explains at its size."""
    seen, who = view(school), sentences.reporter(sentences.names_of(school.returns.collection))
    own = _compared(school, seen)
    if own.empty:
        return Section(instead_of(["figure"], NO_OTHERS.format(who=who)))
    labels = {"own": f"{capital(who)} này", "common": f"Chung các {who}", "limits": "Mức do ngẫu nhiên"}
    labels["verdict"] = "So với chung"
    options = {"labels": labels, "align": dict.fromkeys(("own", "common", "limits"), "right")}
    caption = f"Kết nạp trong số đã hoàn thành lớp: {who} này và chung"
    outside = own["position"].isin(("below", "above")).any()
    told = LIMITS_NOTE.format(who=who) + (f" {BY_CHANCE.format(who=who)}" if outside else "")
    drawn = own[own["rate"].notna()].head(1)
    if drawn.empty:
        few = instead_of(["figure"], f"Dưới {number(measures.FEW_TRIALS)} người nên không vẽ tỷ lệ.")
        warned = f"{told} {capital(sentences.NO_RANKING)}."  # the chart says so itself
        return Section(few, table(_beside(own, seen), caption, note=warned, **options))
    options |= {"note": told, "folded": False}
    block = chart(
        charts.draw_comparison, charts.describe_comparison, drawn, caption, seen, _beside(own, seen), **options
    )
    return Section(block)


def _compared(school: Parameters, seen: View) -> pd.DataFrame:
    """Return the school's own rows of the comparison, as far as enough schools stand behind the common figure."""
    whole = view(replace(school, counts=school.returns.counts))
    every = school.returns.collection.schools or None
    rows = measures.comparison(whole.counts, ("group",), as_of=seen.as_of, schools=every)
    enough = rows.groupby("group")["school"].transform("nunique") >= ENOUGH_SCHOOLS
    return rows[enough & (rows["school"] == school.schools[0]) & (rows["trained"] > 0)].reset_index(drop=True)


def _beside(own: pd.DataFrame, seen: View) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": group_titles(own["group"], seen.names),
            "own": [_share(row.admitted, row.trained) for row in own.itertuples()],
            "common": [_share(row.pool_admitted, row.pool_trained) for row in own.itertuples()],
            "limits": [_limits(row) for row in own.itertuples()],
            "verdict": [_verdict(row) for row in own.itertuples()],
        }
    )


def _share(n: int, of: int) -> str:
    """Write counts with their share; of very few people the counts alone."""
    return f"{number(n)}/{number(of)}" + (f" ({percent(n / of)})" if of >= measures.FEW_TRIALS else "")


def _limits(row) -> str:
    if pd.isna(row.low) or pd.isna(row.high):
        return "chưa tính được"
    low, high = (round(limit * row.trained) for limit in (row.low, row.high))
    return f"từ {number(low)} đến {number(high)} {sentences.unit(row.group)}"


def _verdict(row) -> str:
    words = {"inside": "trong mức ngẫu nhiên", "above": "trên mức ngẫu nhiên", "below": "dưới mức ngẫu nhiên"}
    return words[row.position] if pd.notna(row.position) else "chưa đủ số liệu"


def own_pool(school: Parameters) -> Section:
    """Say who was trained and is still waiting, why others were not admitted, and until when certificates hold."""
    seen = view(school)
    pool = measures.waiting(seen.counts, ("group",), as_of=seen.as_of, schools=seen.schools)
    given = measures.reasons(seen.counts, ("group",), schools=seen.schools)
    by_course = measures.cohort_table(seen.counts, as_of=seen.as_of, schools=seen.schools)
    told = [
        sentence(of_group(part, group), seen.names)
        for group in sentences.GROUPS
        for sentence, part in ((_waiting if len(by_course) else sentences.waiting, pool), (sentences.reasons, given))
        if group in set(part["group"])
    ]
    return Section(bullets(*told), _courses(by_course, seen))


def _waiting(pool: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Say how near those still here are; how many there are of each course stands in the table below."""
    row = next(pool.itertuples())
    if row.negative or pd.isna(row.waiting):
        return sentences.waiting(pool, names)
    near = [(row.age_18 if row.group == "student" else None, "đủ 18 tuổi"), (row.dossier, "đang làm hồ sơ")]
    near = [f"{number(n)} {words}" for n, words in near if pd.notna(n)]
    here = (
        f"{capital(sentences.group_name(row.group, names))}: còn trong nguồn {sentences.count(row.waiting, row.group)}"
    )
    return f"{here}, trong số chưa kết nạp có {join_words(near)}." if near else f"{here}."


def _courses(rows: pd.DataFrame, seen: View) -> Block:
    """Set out course by course who is still here, pupils beside staff, and until when their certificates hold."""
    if rows.empty:
        return instead_of(["table"], "Báo cáo không tách theo khóa học nên không lập bảng các khóa.")
    months = _certificate_months(seen)
    ends = measures.expiry(seen.counts, schools=seen.schools, certificate_months=months)
    until = {row.cohort: _until(row) for row in ends.itertuples()}
    groups = [group for group in sentences.GROUPS if group in set(rows["group"])]
    order = sorted(rows["cohort"].unique(), key=periods.sort_key)
    wide = rows.pivot(index="cohort", columns="group", values=list(FATES)).reindex(order)
    shown = pd.DataFrame({("cohort", ""): [periods.label(cohort) for cohort in order]})
    for group in groups:
        for fate in FATES:
            shown[(group, fate)] = wide[(fate, group)].to_numpy()
    shown[("until", "")] = [until.get(cohort, "chưa rõ") for cohort in order]
    labels = {**FATES, "until": "Giấy chứng nhận hết giá trị", "cohort": "Khóa"}
    labels |= {group: capital(sentences.group_name(group, seen.names)) for group in groups}
    shown.columns = pd.Index(list(shown.columns), tupleize_cols=False)
    return table(shown, "Các khóa đã học", labels, note=COURSES_NOTE.format(months=number(months)))


def _certificate_months(seen: View) -> int:
    first = min(row.valid_from for row in RULES if row.name == CERTIFICATE)
    return rule(CERTIFICATE, max(seen.as_of or first, first))


def _until(row) -> str:
    if pd.isna(row.first):
        return "chưa rõ"
    return f"{row.first.month}/{row.first.year}–{row.last.month}/{row.last.year}"
