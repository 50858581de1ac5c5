"""The first page: who issues it, how complete it is, and what it says, in a minute's reading."""

import pandas as pd

from dangvien_analysis import measures, periods, sentences
from dangvien_analysis.blocks import Block, banner, bullets, key_figures, letterhead, note, say
from dangvien_analysis.blocks.block import MASKED
from dangvien_analysis.parameters import Parameters, known_schools
from dangvien_analysis.sections.section import Section, View, capital, of_group, view
from dangvien_analysis.text import date_text, number

PUBLIC_NOTE = (
    "Số từ 1 đến 4 của từng {who} được che, cùng một số ô khác để không tính ngược lại được từ các tổng. "
    "Các phần khác chỉ in số cộng chung mọi {who}."
)
PUBLIC_APART = " Hai số không do cùng các {who} báo cáo thì không so với nhau: chỗ đó ghi là chưa có số liệu."
PUBLIC_WITHHELD = (
    " Không công bố, kể cả số cộng chung: {what}; lý do: số quá nhỏ, có thể suy ra số đã che, "
    "hoặc không phải {who} nào cũng báo cáo. Chỗ nào viết là chưa có các số này thì hiểu là không công bố."
)


def opening(chosen: Parameters, title: str = "") -> Section:
    """Open the report: letterhead, title (else what the office calls its collection), whom and when it is about."""
    head = letterhead(chosen.collection, title or chosen.collection.title, _scope(chosen))
    return Section(head, *_public_notice(chosen))


def _public_notice(chosen: Parameters) -> list[Block]:
    """Say what a public copy leaves out, so that no gap in it is taken for a gap in the returns."""
    if chosen.publication is None:
        return []
    who = sentences.reporter(view(chosen).names)
    told = PUBLIC_NOTE.format(who=who)
    if chosen.counts["school"].nunique() > 1:
        told += PUBLIC_APART.format(who=who)
    if withheld := chosen.publication.withheld:
        told += PUBLIC_WITHHELD.format(what="; ".join(withheld), who=who)
    return [banner(MASKED), note(told)]


def _scope(chosen: Parameters) -> str:
    """Say whom and when a report is about: "4 trường, từ 2021 đến 14-3-2024"."""
    seen = view(chosen)
    schools = [school.id for school in chosen.registry()] if chosen.publication else chosen.schools
    names = [sentences.name_of(school, seen.names) for school in schools]
    who = names[0] if len(names) == 1 else f"{number(len(names))} {sentences.reporter(seen.names)}"
    if not seen.periods:
        return who
    first, last = seen.periods[0], seen.periods[-1]
    partial = periods.is_partial(last, seen.as_of)
    end = date_text(seen.as_of) if partial else sentences.in_period(last)
    return (
        f"{who}, {sentences.in_period(last)}" if first == last else f"{who}, từ {sentences.in_period(first)} đến {end}"
    )


def completeness(chosen: Parameters) -> Section:
    """Say first which files were not read, how complete the returns are, and whether they meet what was published."""
    seen, returns = view(chosen), chosen.returns
    read = "" if chosen.publication else sentences.files_read(returns.files)
    complete = sentences.coverage(chosen.reported(), seen.names, seen.as_of)
    published = measures.reconcile(returns.counts, returns.collection)
    whole = chosen.publication or len(chosen.schools) == len(known_schools(returns))  # it is a sum over all of them
    met = sentences.reconcile(published, seen.names) if whole and len(published) else ""
    return Section(say(read if _unread(returns.files) else "", complete, met))


def _unread(files: pd.DataFrame) -> bool:
    """Tell whether some file was not read, or only in part: that all were is no news to who reads the first page."""
    return files.empty or bool((~files["status"].isin(("read", "no_return"))).any())


def key_numbers(chosen: Parameters) -> Section:
    """Set out the two or four numbers that everyone asks for first."""
    seen = view(chosen)
    rows = seen.trend()
    figures = [
        _key_figure(last, group, measure, seen)
        for group in ("student", "staff")
        if len(last := of_group(rows, group))
        for measure in (_entry(last), "admitted")
    ]
    return Section(key_figures(figures) if figures else None)


def _entry(rows: pd.DataFrame) -> str:
    """Return where people came in: sent to the course, else finished it, whichever was reported."""
    reported = set(rows.loc[rows["n"].notna(), "measure"])
    return "trained" if "trained" in reported and "nominated" not in reported else "nominated"


def _key_figure(rows: pd.DataFrame, group: str, measure: str, seen: View) -> tuple[str, str, str]:
    words = f"{capital(sentences.group_name(group, seen.names))}: {sentences.FLOW_WORDS[measure]}"
    known = rows.loc[rows["measure"] == measure, "cumulative"].dropna()
    return (words, number(known.iloc[-1]), "") if len(known) else (words, "…", "chưa có số liệu")


def summary(chosen: Parameters) -> Section:
    """Say in three to five sentences what the report shows."""
    seen = view(chosen)
    rows = seen.trend()
    if rows.empty:
        return Section(say("Chưa có số liệu nào về cử đi học, hoàn thành lớp hoặc kết nạp trong phạm vi đã chọn."))
    told = sentences.for_groups(sentences.nominated_vs_admitted, rows, names=seen.names, as_of=seen.as_of)
    return Section(bullets(*told), say(seen.left_out) if seen.left_out else None)
