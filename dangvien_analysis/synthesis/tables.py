"""What a sheet of the synthesis table holds, before a cell of it is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import pandas as pd

from dangvien_analysis import measures, periods, sentences, vocabulary
from dangvien_analysis.measures.cohorts import UNIT
from dangvien_analysis.measures.whole import cohort_rows
from dangvien_analysis.parameters import Parameters, known_schools
from dangvien_analysis.text import date_text

ADD, STOCK, SHARE = "add", "stock", "share"  # summed over schools and periods; over schools only; not at all
TARGETS = ("target", "extra_target")
LOWER = {"target": "Chỉ tiêu giao", "extra_target": "Chỉ tiêu bổ sung", "estimate": "Ước thực hiện"}
DONE, ALL_PEOPLE, OF_WHICH, ATTAINED = "Thực hiện", "Tổng số", "Trong đó: {part}", "Đạt chỉ tiêu (%)"
FATES = ("trained", "admitted", "departed", "expired", "waiting")
WAITING = "Còn trong nguồn"
OPENED = ("headcount", "party_members")  # what a table begins with; the other stocks end it


class Column(NamedTuple):
    """A column: its head of two levels, which number stands in it (measure, kind, breakdown), how it is summed."""

    upper: str
    lower: str
    key: tuple[str, str, str]
    how: str = ADD


class Part(NamedTuple):
    """The rows of one period or course: its heading, and the schools it is expected of in their order."""

    key: str
    title: str
    schools: tuple[str, ...]
    summed: bool = True  # counted into the part that adds up all periods


@dataclass(frozen=True)
class Table:
    """One sheet: `values` by (school, part, column key), `masked` those that may not be printed.

    `sums` are figures over all schools that are no sum of the column (shares), by (part, column key). `origins` has
    school, part, measure, kind, breakdown, n, file, sheet, cell: the cells behind the values.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    values: dict[tuple, float]
    sums: dict[tuple, float]
    origins: pd.DataFrame
    masked: frozenset[tuple] = frozenset()
    together: str = ""  # heading of the part that adds up all periods; empty where there is only one
    notes: tuple[str, ...] = field(default=())


def group_table(chosen: Parameters, group: str, shares_of: pd.DataFrame | None = None) -> Table | None:
    """Return one group's table of schools, periods and measures; None where no school reported the group.

    `shares_of` holds the counts that shares of targets are taken from, where they are not those of the table.
    """
    counts = chosen.counts[(chosen.counts["group"] == group) & chosen.counts["reason"].isna()]
    hidden = counts["masked"].eq(True) if "masked" in counts else pd.Series(False, index=counts.index)
    known = counts[~hidden & counts["n"].notna()].drop(columns="masked", errors="ignore")
    shown = [part for part in _breakdowns(counts) if not _sensitive(part)]
    whole = {part: measures.totals(known, None, part) for part in shown}
    keys = _keys(counts[hidden], whole)
    if not keys:
        return None
    values = {
        (row.school, row.period, (row.measure, row.kind, part)): int(row.n)
        for part, rows in whole.items()
        for row in rows.itertuples()
    }
    aims = _attained(known, chosen, shares_of)
    values |= {(school, period, key): share for (school, period, key), share in aims.items() if school}
    named = sentences.names_of(chosen.returns.collection)
    parts = _periods(chosen, {period for _, period, _ in values})
    return Table(
        name=sheet_name(group),
        title=f"kết quả phát triển đảng viên: {sentences.group_name(group, named)}",
        columns=tuple(_columns(keys, {key for _, _, key in aims})),
        parts=parts,
        values=values,
        sums={(period, key): share for (school, period, key), share in aims.items() if not school},
        origins=_origins(known, shown),
        masked=frozenset(_masked(counts[hidden])),
        together="Cộng các kỳ" if sum(part.summed for part in parts) > 1 else "",
        notes=tuple(_left_out(counts, shown)),
    )


def sheet_name(group: str) -> str:
    """Return what a group's sheet is called."""
    return {"student": "Học sinh", "staff": "CBGVNV"}.get(group, "Chưa tách đối tượng")


def _breakdowns(counts: pd.DataFrame) -> list[str]:
    met = set(counts.loc[counts["cohort"].isna(), "breakdown"]) | {"total"}
    known = [part for part in vocabulary.known_values("breakdown") if part in met]
    return [*known, *sorted(met - set(known))]


def _sensitive(breakdown: str) -> bool:
    """Tell whether a part could name a person once its school is known."""
    return bool(set(breakdown.split("+")) & set(measures.SENSITIVE_BREAKDOWNS))


def _left_out(counts: pd.DataFrame, shown: list[str]) -> Iterator[str]:
    parts = [part for part in _breakdowns(counts) if part not in shown]
    if parts:
        told = ", ".join(vocabulary.label("breakdown", part) for part in parts)
        yield f"Không ghi theo từng đơn vị các thành phần: {told}."


def _keys(hidden: pd.DataFrame, whole: dict[str, pd.DataFrame]) -> list[tuple[str, str, str]]:
    """Return which columns there are, in the order in which offices list them."""
    met = {(row.measure, row.kind, part) for part, rows in whole.items() for row in rows.itertuples()}
    met |= {key for _, _, key in _masked(hidden) if key[2] in whole}
    flows = [*OPENED, *measures.FLOWS]
    order = [*flows, *(measure for measure in measures.STOCKS if measure not in flows)]
    kinds, parts = [*TARGETS, "estimate", "actual"], list(whole)
    return sorted(met, key=lambda key: (order.index(key[0]), kinds.index(key[1]), parts.index(key[2])))


def _masked(hidden: pd.DataFrame) -> Iterator[tuple]:
    for row in hidden.itertuples():
        yield row.school, row.period, (row.measure, row.kind, row.breakdown)


def _columns(keys: list[tuple], shares: set[tuple]) -> Iterator[Column]:
    for measure, kind, part in keys:
        upper = _capital(vocabulary.label("measure", measure))
        how = STOCK if measure in measures.STOCKS else ADD
        yield Column(upper, _lower((measure, kind, part), keys), (measure, kind, part), how)
        share = (measure, SHARE, "total")
        last = [key for key in keys if key[0] == measure][-1]
        if share in shares and (measure, kind, part) == last:
            yield Column(upper, ATTAINED, share, SHARE)


def _lower(key: tuple[str, str, str], keys: list[tuple]) -> str:
    measure, kind, part = key
    alone = sum(other[0] == measure for other in keys) == 1
    if part != "total":
        word = OF_WHICH.format(part=vocabulary.label("breakdown", part))
        return word if kind == "actual" else f"{LOWER[kind]}, {word[0].lower()}{word[1:]}"
    if kind != "actual":
        return LOWER[kind]
    if alone:
        return ""
    return DONE if any(other[0] == measure and other[1] != "actual" for other in keys) else ALL_PEOPLE


def _attained(counts: pd.DataFrame, chosen: Parameters, shares_of: pd.DataFrame | None) -> dict[tuple, float]:
    """Return what share of its target each school reached, and with no school that of all who have both numbers."""
    day, found = chosen.collection.as_of, {}
    if shares_of is not None:
        group = counts["group"].iloc[0]
        rows = measures.attainment(shares_of[shares_of["group"] == group], ("group", "period", "measure"), as_of=day)
        rows = rows[rows["attained"].notna()]
        keys = [(row.period, (row.measure, SHARE, "total"), float(row.attained)) for row in rows.itertuples()]
        return {(school, period, key): n for period, key, n in keys for school in chosen.schools}
    for by in (("school", "group", "period", "measure"), ("group", "period", "measure")):
        for row in measures.attainment(counts, by, as_of=day).itertuples():
            if pd.notna(row.attained):
                found[getattr(row, "school", ""), row.period, (row.measure, SHARE, "total")] = float(row.attained)
    return found


def _periods(chosen: Parameters, met: set[str]) -> tuple[Part, ...]:
    """Return the periods expected or reported; only those of the commonest kind are added up."""
    kinds = measures.period_kinds(chosen.counts)["kind"]
    common = kinds.iloc[0] if len(kinds) else ""
    found = []
    for period in chosen.periods:
        if period in met or period in chosen.collection.periods:
            title = _capital(sentences.in_period(period))
            if periods.is_partial(period, chosen.collection.as_of):
                title += f" (mới đến {date_text(chosen.collection.as_of)})"
            summed = periods.parse(period).kind == common
            found.append(Part(period, title, tuple(_expected(chosen, period)), summed))
    return tuple(found)


def _expected(chosen: Parameters, period: str) -> Iterator[str]:
    """Yield the chosen schools that existed in a period, and any that reported it all the same."""
    reported = set(chosen.counts.loc[chosen.counts["period"] == period, "school"])
    for school in known_schools(chosen.returns):
        there = _existed(school.valid_from, school.valid_to, period)
        if school.id in chosen.schools and (there or school.id in reported):
            yield school.id


def _existed(opened: date | None, closed: date | None, period: str) -> bool:
    before = opened is None or opened <= periods.end_date(period)
    return before and (closed is None or closed >= periods.start_date(period))


def _origins(counts: pd.DataFrame, parts: list[str]) -> pd.DataFrame:
    found = [measures.origins(counts, None, part).assign(breakdown=part) for part in parts]
    return pd.concat(found, ignore_index=True).rename(columns={"period": "part"})


def course_tables(chosen: Parameters) -> Iterator[Table]:
    """Yield a table of courses for each group that has any: what became so far of those who finished each."""
    named = sentences.names_of(chosen.returns.collection)
    rows = measures.cohort_table(chosen.counts.dropna(subset="n"), ("school", "group"), chosen.collection.as_of)
    for group in [group for group in sentences.GROUPS if group in set(rows["group"])]:
        own = rows[rows["group"] == group]
        yield _course_table(own, group, sentences.group_name(group, named), chosen)


def _course_table(rows: pd.DataFrame, group: str, name: str, chosen: Parameters) -> Table:
    fates = [fate for fate in FATES if rows[fate].notna().any()]
    values = {
        (row["school"], row["cohort"], (fate, "actual", "total")): int(row[fate])
        for _, row in rows.iterrows()
        for fate in fates
        if pd.notna(row[fate])
    }
    order = sorted(rows["cohort"].unique(), key=periods.sort_key)
    listed = [school.id for school in known_schools(chosen.returns)]
    parts = []
    for cohort in order:
        here = set(rows.loc[rows["cohort"] == cohort, "school"])
        title = f"Khóa {periods.label(cohort).removeprefix('năm học ')}"
        parts.append(Part(cohort, title, tuple(school for school in listed if school in here)))
    return Table(
        name=f"Khóa học, {sheet_name(group)}",
        title=f"kết quả theo khóa học: {name}",
        columns=tuple(Column(_fate(fate), "", (fate, "actual", "total")) for fate in fates),
        parts=tuple(parts),
        values=values,
        sums={},
        origins=_course_origins(chosen.counts, group),
        together="Cộng các khóa" if len(parts) > 1 else "",
        notes=("Còn trong nguồn = hoàn thành lớp − kết nạp − ra trường, chuyển đi − giấy chứng nhận hết giá trị.",),
    )


def _fate(fate: str) -> str:
    return WAITING if fate == "waiting" else _capital(vocabulary.label("measure", fate))


def _course_origins(counts: pd.DataFrame, group: str) -> pd.DataFrame:
    rows = counts[(counts["kind"] == "actual") & (counts["breakdown"] == "total") & (counts["group"] == group)]
    rows = cohort_rows(rows[rows["measure"].isin(FATES) & rows["n"].notna()])
    trained = rows.loc[rows["measure"] == "trained", UNIT].drop_duplicates()
    found = rows.merge(trained, on=UNIT).rename(columns={"year": "part"})
    return found[["school", "part", "measure", "kind", "breakdown", "n", "file", "sheet", "cell"]]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
