"""Page one: how many, why not more, who needs help, what can be expected and proposed; read alone, in two minutes."""

import pandas as pd

from dangvien_analysis import measures, periods, sentences
from dangvien_analysis.blocks import Block, bullets, say, table
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.options import asked_for, shared_out
from dangvien_analysis.sections.schools import own_figure
from dangvien_analysis.sections.section import Section, View, capital, of_group, outlook, period_titles, view

NO_FLOWS = "Chưa có số liệu nào về cử đi học, hoàn thành lớp hoặc kết nạp trong phạm vi đã chọn."
NO_REASONS = "Các báo cáo chưa nêu lý do chưa được kết nạp."
NOT_COMPARED = "Chưa có số hoàn thành lớp và số kết nạp của từng {who} để so sánh."
NO_OUTLOOK = "Chưa đủ số liệu theo khóa học để dự báo."
SHOWN_PERIODS = 6  # more columns make no small table
TWO_YEARS = 2  # "who admitted nobody two years running" is asked at every conference


def results(chosen: Parameters) -> Section:
    """Say how many were sent and admitted, of which courses and targets, and whether a unit admitted nobody."""
    seen = view(chosen)
    rows = seen.trend()
    if rows.empty:
        return Section(say(NO_FLOWS))
    short = rows["period"].nunique() in range(2, SHOWN_PERIODS + 1)
    flows = (
        [] if short else sentences.for_groups(sentences.nominated_vs_admitted, rows, names=seen.names, as_of=seen.as_of)
    )
    parts = ((sentences.cohorts, _finished_cohorts(seen)), (sentences.attainment, _targets(seen)))
    told = [
        sentence(of_group(part, group), seen.names, seen.as_of)
        for sentence, part in parts
        for group in sentences.GROUPS
        if group in set(part["group"])
    ]
    return Section(_flows_table(rows, seen) if short else None, bullets(*flows, *told, *_without_admission(seen)))


def _flows_table(rows: pd.DataFrame, seen: View) -> Block:
    """Set out what was sent, finished and admitted: a row for each, a column for each period."""
    known = rows[rows["n"].notna()].drop_duplicates(["group", "measure"])[["group", "measure"]]
    wide = rows.pivot(index=["group", "measure"], columns="period", values="n")[list(dict.fromkeys(rows["period"]))]
    lines = []
    for group, measure in known.itertuples(index=False):
        flow = sentences.FLOW_WORDS[measure]
        same = _same(wide, group)
        if same and measure == "trained":
            continue
        if same and measure == "nominated":
            flow = f"{flow}, hoàn thành lớp"
        counts = wide.loc[(group, measure)]
        line = {"what": f"{capital(sentences.group_name(group, seen.names))}: {flow}"}
        lines.append(line | counts.to_dict() | {"sum": counts.sum(min_count=1)})
    frame = pd.DataFrame(lines).astype(dict.fromkeys([*wide.columns, "sum"], "Int64"))
    marked = rows.sort_values("partial", kind="stable").drop_duplicates("period", keep="last")
    titles = dict(zip(marked["period"], period_titles(marked, seen.as_of), strict=True))
    labels = {"what": "Số người", "sum": "Cộng"} | titles
    return table(frame, "Cử đi học, hoàn thành lớp và kết nạp", labels, note=_gaps(rows, seen))


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
    return rows[rows["measure"] == "admitted"]


def _without_admission(seen: View) -> list[str]:
    """Answer which units admitted nobody last year, and, where some did not, which of them two years running."""
    rows = seen.trend(("school", "group"))
    admitted = rows[(rows["measure"] == "admitted") & ~rows["partial"]]
    if admitted.empty:
        return []
    told = [sentences.without_admission(rows, seen.names, years=1)]
    if admitted["period"].nunique() >= TWO_YEARS:
        told.append(sentences.without_admission(rows, seen.names, TWO_YEARS))
    return [" ".join(told)]


def causes(chosen: Parameters) -> Section:
    """Say what became of the people trained, and which reasons the schools gave: never that they are the cause."""
    seen = view(chosen)
    pool = measures.waiting(seen.counts, ("group",), as_of=seen.as_of, schools=seen.schools)
    given = measures.reasons(seen.counts, ("group",), schools=seen.schools)
    told = []
    for group in sentences.GROUPS:
        people, ticked = of_group(pool, group), of_group(given, group)
        told += [sentences.waiting(people, seen.names, near=False)] if len(people) else []
        told += [f"{sentences.reasons(ticked, seen.names)} {_earlier(ticked, seen)}".strip()] if len(ticked) else []
    return Section(bullets(*told) or say(NO_REASONS))


def _earlier(ticked: pd.DataFrame, seen: View) -> str:
    """Say the part earlier papers could have changed, without naming the group a second time."""
    told = sentences.earlier(ticked, seen.names)
    return capital(told.partition(", ")[2])


def support(chosen: Parameters) -> Section:
    """Say whether schools differ by more than chance, and whose papers lag: help, not rank."""
    seen = view(chosen)
    rows = seen.comparison()
    papers = measures.dossiers_short(seen.counts, seen.as_of, seen.schools, seen.periods)
    told = []
    for group in sentences.GROUPS:
        here, short = of_group(rows, group), of_group(papers, group)
        if len(chosen.schools) == 1:
            told += [own_figure(chosen, group)]
        elif len(here) > 1:
            told += [sentences.comparison(here, seen.names)]
        told += [sentences.support(short, seen.names)] if short["known"].any() else []
    return Section(bullets(*told) or say(NOT_COMPARED.format(who=sentences.reporter(seen.names))))


def prospects(chosen: Parameters) -> Section:
    """Say who is still here, what can be expected by when, what each option asks for, and who does what next."""
    seen = view(chosen)
    pool = measures.waiting(seen.counts, ("group",), as_of=seen.as_of, schools=seen.schools)
    more = outlook(chosen)
    told = [text for group in sentences.GROUPS for text in _prospects_of(group, pool, more, chosen)]
    if not told:
        return Section(say(NO_OUTLOOK))
    return Section(bullets(*told, sentences.actions(of_group(pool, "student"), _plan_missing(seen))))


def _prospects_of(group: str, pool: pd.DataFrame, more: pd.DataFrame, chosen: Parameters) -> list[str]:
    names, expected = view(chosen).names, of_group(more, group)
    if expected.empty:
        return [sentences.still_here(of_group(pool, group), names)]
    forecast = sentences.prediction(expected, names).partition(": ")[2]
    here = sentences.still_here(of_group(pool, group), names)
    first = f"{here} {capital(forecast)}" if here else sentences.prediction(expected, names)
    given, refused = shared_out(chosen, group)
    shares = {total: dict(zip(found["school"], found["n"], strict=True)) for total, found in given.items()}
    asked = sentences.scenario(asked_for(chosen, group), names, shares, brief=True)
    return [first, *asked, *refused.values()]


def _plan_missing(seen: View) -> str:
    """Name the schools that have not sent a plan for the last period, where some have."""
    rows = measures.plans(seen.counts, seen.schools, seen.periods[-1:])
    if rows.empty or rows["sent"].all() or not rows["sent"].any():
        return ""
    sent = rows.groupby("school", sort=False)["sent"].any()
    missing = sent.index[~sent]
    return sentences.some_names(missing, seen.names) if len(missing) else ""
