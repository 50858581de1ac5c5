"""What to ask for: who has sent a plan, which supplementary targets are within reach, what each school would get."""

import pandas as pd

from dangvien_analysis import measures, sentences
from dangvien_analysis.blocks import Block, bullets, say, table
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.pool import told_by_some
from dangvien_analysis.sections.section import (
    Section,
    View,
    absent,
    capital,
    everybody,
    instead_of,
    is_one_school,
    most_by_age,
    of_group,
    papers,
    pool,
    view,
)
from dangvien_analysis.sections.targets import left_over
from dangvien_analysis.text import number

PLANNED = ("nominated", "admitted")
NO_OPTION = "{name}: chưa có phương án chỉ tiêu bổ sung nào được nêu để tính thử."
NOT_PUBLISHED = "Bản công bố không in kế hoạch của từng {who}."
NOT_SHARED = "Bản công bố không in phần chia cho từng {who}."
NO_ONE = "Chưa có số người đã hoàn thành lớp của từng {who}."
NO_POOL = "{name}: chưa có số người đã hoàn thành lớp của từng {who} nên chưa chia được chỉ tiêu bổ sung."
LABELS = {
    "waiting": "Còn trong nguồn",
    "age_18": "Đủ 18 tuổi",
    "dossier": "Hồ sơ đang làm",
    "remaining": "Chỉ tiêu còn lại",
}
NOTE = (
    "Chia theo phương pháp Sainte-Laguë: giao thêm một chỉ tiêu thì không {who} nào bị bớt. Không {who} nào được giao "
    "nhiều hơn số người đủ điều kiện. Phương án là để bàn, không phải chỉ tiêu."
)


def plans(chosen: Parameters) -> Section:
    """Say which schools have sent a plan for the last period, and what the unions were asked for and brought."""
    seen = view(chosen)
    who = sentences.reporter(seen.names)
    every = measures.plans(seen.counts, seen.schools, seen.periods, PLANNED)
    if every.empty or not every["sent"].any():
        return Section(absent(["table"], f"Chưa có kế hoạch nào của các {who}: các báo cáo không có chỉ tiêu."))
    last = seen.periods[-1]
    rows = every[every["period"] == last]
    if chosen.publication:  # how many have sent one is not in the sums
        told = NOT_PUBLISHED.format(who=who)
        return Section(say(sentences.unions(every, seen.names)), instead_of(["table"], told))
    told = [sentences.plans(rows, seen.names), sentences.unions(every, seen.names)]
    return Section(bullets(*told), _plans_table(rows, last, seen))


def _plans_table(rows: pd.DataFrame, period: str, seen: View) -> Block:
    """List what each school planned: one column for each group and measure that anybody planned."""
    asked = rows[["target", "extra_target"]].sum(axis="columns", min_count=1).astype("Int64")
    rows = rows.assign(asked=asked, what=[_what(row, seen) for row in rows.itertuples()])
    order = list(dict.fromkeys(rows["what"]))
    wide = rows.pivot(index="school", columns="what", values="asked")
    wide = wide.reindex(index=list(dict.fromkeys(rows["school"])), columns=order)
    sent = rows.groupby("school", sort=False)["sent"].any()
    wide.insert(0, "sent", sent.map({True: "đã gửi", False: "chưa gửi"}).astype("string"))
    named = wide.rename(index=lambda school: sentences.name_of(school, seen.names)).rename_axis(columns=None)
    who = sentences.reporter(seen.names)
    labels = {"school": capital(who), "sent": "Kế hoạch"}
    caption = f"Kế hoạch của từng {who}, {sentences.in_period(period)}"
    return table(named.reset_index(), caption, labels, note="Số trong bảng là chỉ tiêu, gồm cả chỉ tiêu bổ sung.")


def _what(row, seen: View) -> str:
    return capital(sentences.target_of(row.measure, row.group, seen.names))


def options(chosen: Parameters, group: str) -> Section:
    """Set the targets given, and each supplementary one asked for, against what can be expected; share them out."""
    seen = view(chosen)
    name = capital(sentences.group_name(group, seen.names))
    given, refused = shared_out(chosen, group)
    rows = asked_for(chosen, group)
    told = sentences.scenario(rows, seen.names, _numbers(given)) if len(rows) else []
    told += [f"{name}, bổ sung {number(total)}: {text}" for total, text in refused.items()]
    basis = sentences.weight(chosen.proposal.weights) if given else ""
    return Section(bullets(*told), say(basis) if basis else None, _shares(given, group, chosen))


def _shares(given: dict[int, pd.DataFrame], group: str, chosen: Parameters) -> Block:
    """List what each school would get; where nothing is to be shared out, what the schools have stands elsewhere."""
    names = view(chosen).names
    name, who = capital(sentences.group_name(group, names)), sentences.reporter(names)
    if chosen.publication:
        return instead_of(["table"], NOT_SHARED.format(who=who))
    found = _options_table(given, group, chosen)
    if found is None:
        return absent(["table"], NO_POOL.format(name=name, who=who), NO_ONE.format(who=who))
    return found if given else instead_of(["table"], NO_OPTION.format(name=name))


def asked_for(chosen: Parameters, group: str) -> pd.DataFrame:
    """Return `measures.scenario` of what was given already and each supplementary target asked for, of one group."""
    seen = view(chosen)
    extra = (0, *chosen.proposal.totals.get(group, ()))
    most = most_by_age(chosen)
    if not is_one_school(chosen):
        return of_group(measures.scenario(seen.counts, extra, ("group",), seen.as_of, seen.schools, most), group)
    schools = chosen.returns.collection.schools or None
    rows = measures.scenario(everybody(chosen), extra, ("school", "group"), seen.as_of, schools, most)
    return of_group(rows[rows["school"] == chosen.schools[0]].drop(columns="school"), group)


def shared_out(chosen: Parameters, group: str) -> tuple[dict[int, pd.DataFrame], dict[int, str]]:
    """Return how each total asked for would be shared out, and in words why one cannot be; nothing in a public copy."""
    seen, asked = view(chosen), chosen.proposal
    given, refused = {}, {}
    if chosen.publication:
        return given, refused
    for total in asked.totals.get(group, ()):
        try:
            found = measures.proposal(seen.counts, total, group, asked.weights, asked.minimum, seen.as_of, seen.schools)
        except ValueError as error:
            refused[total] = str(error)
            continue
        if len(found):
            given[total] = found
    return given, refused


def _numbers(given: dict[int, pd.DataFrame]) -> dict[int, dict[str, int]]:
    return {total: dict(zip(found["school"], found["n"], strict=True)) for total, found in given.items()}


def _options_table(given: dict[int, pd.DataFrame], group: str, chosen: Parameters) -> Block | None:
    """List each school's people, dossiers and what is left of its target, with a column for each option."""
    seen = view(chosen)
    rows = of_group(pool(chosen), group)
    if rows.empty:
        return None
    left = of_group(papers(chosen), group)[["school", "remaining"]]
    rows = rows.merge(left, how="left", on="school")
    told, unknown = told_by_some(rows, ["age_18"] * (group == "student") + ["dossier"])
    columns = ["school", "waiting", *told, *(["remaining"] if rows["remaining"].notna().any() else [])]
    labels = dict(LABELS)
    totals = chosen.proposal.totals.get(group, ())
    for total, found in given.items():
        position = totals.index(total) + 1
        rows[f"option {position}"] = rows["school"].map(dict(zip(found["school"], found["n"], strict=True)))
        labels[f"option {position}"] = f"Phương án {position}: bổ sung {number(total)}"
        columns.append(f"option {position}")
    shown = rows[columns].astype(dict.fromkeys(columns[1:], "Int64"))
    total_row = shown[columns[1:]].sum(min_count=1).to_frame("Cộng").T.astype("Int64").rename_axis("school")
    shown = shown.assign(school=rows["school"].map(lambda school: sentences.name_of(school, seen.names)))
    shown = pd.concat([shown, total_row.reset_index()])
    who = sentences.reporter(seen.names)
    caption = f"Nguồn, hồ sơ và phương án chỉ tiêu bổ sung, {sentences.group_name(group, seen.names)}"
    note = " ".join(text for text in (NOTE.format(who=who), unknown) if text)
    formats = {"remaining": left_over}
    return table(shown, caption, labels | {"school": capital(who)}, note=note, totals=1, formats=formats)
