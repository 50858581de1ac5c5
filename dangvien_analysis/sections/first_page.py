"""Page one: how many, why not more, who needs help, what can be expected and proposed; read alone, in two minutes."""

import pandas as pd

from dangvien_analysis import measures, parameters, periods, sentences
from dangvien_analysis.blocks import Block, bullets, say, table
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.options import asked_for, shared_out
from dangvien_analysis.sections.schools import NOT_PUBLISHED, by_chance, own_figure, spread
from dangvien_analysis.sections.section import (
    Section,
    View,
    capital,
    compared,
    instead_of,
    is_one_school,
    of_group,
    outlook,
    own_counts,
    papers,
    period_titles,
    view,
    whole_pool,
)
from dangvien_analysis.text import join_words, number

SHORT_STAFF = "CBGVNV"
NO_FLOWS = "Chưa có số liệu nào về cử đi học, hoàn thành lớp hoặc kết nạp trong phạm vi đã chọn."
NO_REASONS = "Các báo cáo chưa nêu lý do chưa được kết nạp."
NO_TARGETS = "Chỉ tiêu kết nạp: các báo cáo chưa có."
NOT_COMPARED = "Chưa có số hoàn thành lớp và số kết nạp của từng {who} để so sánh."
EACH = "Số kết nạp {whose}: {each}; {no_ranking}."
ALONE = "Bộ số liệu chỉ có một {who} nên không có gì để so sánh."
NO_PAPERS = "Các báo cáo chưa có số hồ sơ đang làm nên chưa biết nơi nào cần hỗ trợ hoàn thiện hồ sơ."
LISTED_UNITS = 12  # more in a line are no longer read
NO_OUTLOOK = "Chưa đủ số liệu theo khóa học để dự báo."
SHOWN_PERIODS = 6  # more columns make no small table
FLOWS = {measure: sentences.FLOW_WORDS[measure] for measure in measures.CORE_FLOWS}
TWO_YEARS = 2  # "who admitted nobody two years running" is asked at every conference


def brief(seen: View) -> dict[str, str]:
    """Return names short enough for one page: the table above spells the staff's out, all its schools are schools."""
    names = {key: name.replace("Trung học phổ thông", "THPT") for key, name in seen.names.items()}
    schools = {key: name for key, name in names.items() if key not in sentences.GROUPS}
    if schools and all(name.startswith("Trường ") for name in schools.values()):
        names = names | {key: name.removeprefix("Trường ") for key, name in schools.items()}
    return names | ({"staff": SHORT_STAFF} if _is_long(seen) else {})


def _is_long(seen: View) -> bool:
    return sentences.group_name("staff", seen.names).casefold().startswith("cán bộ, giáo viên")


def results(chosen: Parameters) -> Section:
    """Say how many were sent and admitted, of which courses and targets, and whether a unit admitted nobody."""
    seen = view(chosen)
    rows = seen.trend()
    if rows.empty:
        return Section(instead_of(["table"], NO_FLOWS))
    told = [*_shares(seen), *(_reached(seen) or [NO_TARGETS])]
    told += [] if chosen.publication else _without_admission(chosen)  # which units these are is not in the sums
    return Section(_flows_table(rows, seen), bullets(*told))


def _shares(seen: View) -> list[str]:
    """Say how many of the courses' people were admitted, in one sentence where the groups had the same courses."""
    rows = _finished_cohorts(seen)
    together = sentences.cohorts_together(rows, brief(seen), seen.as_of)
    return (
        [together] if together else sentences.for_groups(sentences.cohorts, rows, names=brief(seen), as_of=seen.as_of)
    )


def _reached(seen: View) -> list[str]:
    options = {"names": brief(seen), "as_of": seen.as_of, "brief": True}
    return sentences.for_groups(sentences.attainment, _targets(seen), **options)


def _flows_table(rows: pd.DataFrame, seen: View) -> Block:
    """Set out what was sent, finished and admitted: a row for each, a column for each of the last periods."""
    known = rows[rows["n"].notna()].drop_duplicates(["group", "measure"])[["group", "measure"]]
    every = list(dict.fromkeys(rows["period"]))
    wide = rows.pivot(index=["group", "measure"], columns="period", values="n")[every]
    shown = every if len(every) <= SHOWN_PERIODS else every[1 - SHOWN_PERIODS :]
    lines = [_line(*row, wide, seen) for row in known.itertuples(index=False)]
    columns = ["what", *shown, *(["sum"] if len(every) > 1 else [])]
    frame = pd.DataFrame([line for line in lines if line]).astype(dict.fromkeys([*every, "sum"], "Int64"))[columns]
    marked = rows.sort_values("partial", kind="stable").drop_duplicates("period", keep="last")
    titles = dict(zip(marked["period"], period_titles(marked, seen.as_of), strict=True))
    labels = {"what": "Số người", "sum": "Cộng" if shown == every else f"Cộng từ {periods.label(every[0])}"} | titles
    caption = capital(join_words([flow for measure, flow in FLOWS.items() if measure in set(known["measure"])]))
    if "staff" in set(known["group"]) and _is_long(seen):
        caption += f" ({SHORT_STAFF}: {sentences.group_name('staff', seen.names)})"
    return table(frame, caption, labels, note=_gaps(rows, seen))


def _line(group: str, measure: str, wide: pd.DataFrame, seen: View) -> dict | None:
    """Return one row of the table; where everybody sent finished, one row says both and there is no second."""
    flow, same = sentences.FLOW_WORDS[measure], _same(wide, group)
    if same and measure == "trained":
        return None
    counts = wide.loc[(group, measure)]
    what = f"{flow}, hoàn thành lớp" if same and measure == "nominated" else flow
    who = capital(sentences.group_name(group, seen.names))
    if group == "staff" and _is_long(seen):
        who = SHORT_STAFF
    return {"what": f"{who}: {what}"} | counts.to_dict() | {"sum": counts.sum(min_count=1)}


def _same(wide: pd.DataFrame, group: str) -> bool:
    """Tell whether everybody sent finished, period by period: then one line says both."""
    if not {(group, "nominated"), (group, "trained")} <= set(wide.index):
        return False
    sent = wide.loc[(group, "nominated")]
    return bool(sent.notna().any() and sent.equals(wide.loc[(group, "trained")]))


def _gaps(rows: pd.DataFrame, seen: View) -> str:
    missing = rows.groupby(["group", "measure"], sort=False).tail(1)["gaps"].dropna()
    if missing.empty or not missing.max():
        return seen.left_out
    who = sentences.reporter(seen.names)
    return f"Mới cộng những số đã báo cáo; các {who} còn thiếu số liệu của một số kỳ. {seen.left_out}".strip()


def _finished_cohorts(seen: View) -> pd.DataFrame:
    """Return what became of those trained, where courses are told apart, but for the course of an unfinished period."""
    rows = measures.cohort_table(seen.counts, as_of=seen.as_of, schools=seen.schools)
    finished = [not periods.is_partial(cohort, seen.as_of) for cohort in rows["cohort"]]
    return rows[pd.array(finished, dtype="bool")]


def _targets(seen: View) -> pd.DataFrame:
    by = ("group", "period", "measure")
    rows = measures.attainment(seen.counts, by, as_of=seen.as_of, schools=seen.schools, periods=seen.periods)
    rows = rows[rows["measure"] == "admitted"]
    return rows[rows["period"].isin(seen.periods[-TWO_YEARS:])]


def _without_admission(chosen: Parameters) -> list[str]:
    """Answer which units admitted nobody last year, and, where some did not, which of them two years running."""
    seen = view(chosen)
    rows = seen.trend(("school", "group"))
    admitted = rows[(rows["measure"] == "admitted") & ~rows["partial"]]
    if admitted.empty:
        return []
    last = admitted[admitted["period"] == admitted["period"].iloc[-1]]
    came = last.groupby("school")["n"].sum(min_count=1)
    if is_one_school(chosen) and (came > 0).fillna(False).all():
        return []  # the table above says so
    expected = _expected(chosen, last["period"].iloc[-1])
    told = [sentences.without_admission(rows, brief(seen), 1, expected)]
    if admitted["period"].nunique() >= TWO_YEARS and (came == 0).fillna(False).any():
        told.append(sentences.without_admission(rows, brief(seen), TWO_YEARS, expected))
    return [" ".join(told)]


def _expected(chosen: Parameters, period: str) -> list[str]:
    """Return who should have reported a period: of who did not, nothing is known, and that is said."""
    rows = chosen.reported()
    return list(rows.loc[rows["expected"] & (rows["period"] == period), "school"])


def causes(chosen: Parameters) -> Section:
    """Say what became of the people trained, and which reasons the schools gave: never that they are the cause."""
    seen = view(chosen)
    pool = whole_pool(chosen)
    given = measures.reasons(seen.counts, ("group",), schools=seen.schools, summed=seen.summed)
    told = []
    for group in sentences.GROUPS:
        people, ticked = of_group(pool, group), of_group(given, group)
        told += [sentences.waiting(people, brief(seen), near=False)] if len(people) else []
        earlier = sentences.earlier(ticked, brief(seen), brief=True)
        told += [f"{sentences.reasons(ticked, brief(seen))} {earlier}".strip()] if len(ticked) else []
    return Section(bullets(*told) or say(NO_REASONS))


def support(chosen: Parameters) -> Section:
    """Say whether schools differ by more than chance, and whose papers lag: help, not rank."""
    seen = view(chosen)
    if chosen.publication:
        return Section(say(NOT_PUBLISHED.format(who=sentences.reporter(seen.names))))
    who, short = sentences.reporter(seen.names), papers(chosen)
    told = _compared(chosen) or [NOT_COMPARED.format(who=who), *_each(seen)]
    told += [] if short["known"].any() or short.empty else [NO_PAPERS]
    for group in sentences.GROUPS:
        here = of_group(short, group)
        told += [sentences.support(here, brief(seen))] if here["known"].any() else []
    return Section(bullets(*told))


def _compared(chosen: Parameters) -> list[str]:
    seen = view(chosen)
    if len(parameters.known_schools(chosen.returns)) == 1:
        return [ALONE.format(who=sentences.reporter(seen.names))]
    if is_one_school(chosen):
        return [own_figure(chosen, group) for group in ("student", "staff") if (seen.counts["group"] == group).any()]
    rows = compared(chosen)
    if together := sentences.alike(rows, brief(seen)):
        return [together]
    groups = [of_group(rows, group) for group in sentences.GROUPS]
    return [_beside_chance(here, chosen) for here in groups if len(here) > 1]


def _beside_chance(rows: pd.DataFrame, chosen: Parameters) -> str:
    """Name the schools outside the limits where they are few; of many some lie there by chance, so all are judged."""
    seen, judged = view(chosen), rows[rows["position"].notna()]
    if len(judged) < measures.MANY_SCHOOLS or judged["position"].eq("inside").all():
        return sentences.comparison(rows, brief(seen))
    return sentences.many(rows, spread(chosen)[rows["group"].iloc[0]], by_chance(judged), brief(seen))


def _each(seen: View) -> list[str]:
    """List what each unit admitted, in the order of the collection, where that is all there is to be seen of it."""
    rows = seen.trend(("school", "group"))
    rows = rows[rows["measure"] == "admitted"].groupby(["school", "group"], sort=False).tail(1)
    told = []
    for group in sentences.GROUPS:
        here = of_group(rows, group).dropna(subset="cumulative")
        if 1 < len(here) <= LISTED_UNITS:
            names, who = brief(seen), sentences.reporter(seen.names)
            called = [sentences.name_of(school, names) for school in here["school"]]
            each = [f"{name}\u00a0{number(n)}" for name, n in zip(called, here["cumulative"], strict=True)]
            whose = f"{sentences.group_name(group, names)} của từng {who}"
            told.append(EACH.format(whose=whose, each="; ".join(each), no_ranking=sentences.NO_RANKING))
    return told


def prospects(chosen: Parameters, short: bool = True) -> Section:
    """Say who is still here, what can be expected by when, what each option asks for, and who does what next.

    `short` calls staff by the letters that the table of `results` above spells out.
    """
    seen = view(chosen)
    names = brief(seen) if short else brief(seen) | {"staff": sentences.group_name("staff", seen.names)}
    pool = whole_pool(chosen)
    more = outlook(chosen)
    told = [text for group in sentences.GROUPS for text in _prospects_of(group, pool, more, chosen, names) if text]
    if not told:
        return Section(say(NO_OUTLOOK))
    return Section(bullets(*told, sentences.actions(of_group(pool, "student"), _plan_missing(chosen), seen.as_of)))


def _prospects_of(
    group: str, pool: pd.DataFrame, more: pd.DataFrame, chosen: Parameters, names: dict[str, str]
) -> list[str]:
    expected = of_group(more, group)
    if expected.empty:
        return [sentences.still_here(of_group(pool, group), names)]
    forecast = sentences.prediction(expected, names, brief=True).partition(": ")[2]
    here = sentences.still_here(of_group(pool, group), names)
    given, refused = shared_out(chosen, group)
    shares = {total: dict(zip(found["school"], found["n"], strict=True)) for total, found in given.items()}
    kept, *asked = sentences.scenario(asked_for(chosen, group), names, shares, brief=True)
    first = [here, capital(forecast) if here else sentences.prediction(expected, names, brief=True), kept]
    return [" ".join(text for text in first if text), *asked, *refused.values()]


def _plan_missing(chosen: Parameters) -> str:
    """Name the schools that have not sent a plan for the last period, where some have."""
    seen = view(chosen)
    rows = measures.plans(own_counts(chosen), seen.schools, seen.periods[-1:])
    if rows.empty or rows["sent"].all() or not rows["sent"].any():
        return ""
    sent = rows.groupby("school", sort=False)["sent"].any()
    missing = sent.index[~sent]
    return sentences.some_names(missing, brief(seen)) if len(missing) else ""
