"""What of a collection may leave the office: sums over all schools, and by school only what gives no small count back.

A public copy is computed from nothing else. All schools become one unit whose numbers are the sums that may be
printed, files and findings are left behind, and the one table by school has small counts masked. So whatever a chart,
a rate, a sentence or an alternative text says, it says of the sums, and no section can print what it never had.
Sums that stand for different sets of schools belong to different units: no rate is taken of two of them.

Numbers by reason, course or part (women, grades) are never printed by school. A sum over schools is withheld where it
would leave fewer than three values for some school's share of it, and with it the numbers it could be worked out from.
It is also withheld where what became of people is not known of the same schools as who was trained: the difference
would be false.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from dangvien_analysis import measures
from dangvien_analysis.frames import COUNT_KEY, counts_frame, files_frame, findings_frame
from dangvien_analysis.measures.masking import FEASIBLE, Table
from dangvien_analysis.settings import School
from dangvien_analysis.store import Returns, package_hash
from dangvien_analysis.vocabulary import label

UNIT = "tat-ca"
SMALL = 5  # counts from 1 to 4 are small
# What became of the people trained: any one of these is the others subtracted from their sum.
LINKED = ("admitted", "departed", "expired", "source", "not_admitted")
ADDED = "extra_target"  # added to a target where there is one; where there is none, nothing was added

_KINDS = {
    "cohort": "kết quả theo khóa học",
    "reason": "lý do chưa được kết nạp",
    "part": "một phần số theo thành phần",
}


@dataclass(frozen=True)
class Publication:
    """What may be printed of a collection.

    `returns` has the sums, of no file and of no listed school. `by_school` has school, group, measure (string), n
    (Int64, missing where masked), masked (bool), summed over all periods of the commonest kind. `coverage` is
    `measures.coverage` of the schools, `schools` their list. `withheld` names in words what is not printed at all.
    `summed`: every sum is over two schools or more, so that what is said of one school is not said of it.
    """

    returns: Returns
    by_school: pd.DataFrame
    coverage: pd.DataFrame
    schools: tuple[School, ...]
    withheld: tuple[str, ...]
    summed: bool = True

    def source(self) -> str:
        """Return one hash over what may be printed and the program: small counts can be tried out on one of files."""
        counts = self.returns.counts.astype("string").fillna("").to_csv(index=False)
        shown = [counts, self.by_school.to_csv(index=False), self.coverage.to_csv(index=False), list(self.withheld)]
        collection = self.returns.collection
        about = [collection.title, str(collection.as_of), repr(collection.organisation), repr(collection.published)]
        told = json.dumps([package_hash(), *about, sorted(collection.context.items()), *shown], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()


def publish(returns: Returns) -> Publication:
    """Return what may be printed of `returns`; nothing else of it can be reached from the result."""
    collection = returns.collection
    whole = measures.totals(returns.counts, kind=None)
    series = {name: rows for name, rows in _series(whole, returns.counts).items() if len(rows)}
    refused = _refused(series, whole)
    kept = [rows for name, rows in series.items() if name not in refused]
    counts, summed = _added_up(kept)
    schools = collection.schools or tuple(School(id=name, name=name) for name in dict.fromkeys(whole["school"]))
    shown = {(name[1], name[2]) for name in series if name[0] == "plain" and name not in refused}
    bare = replace(collection, folder=Path(collection.id), schools=())
    return Publication(
        returns=Returns(counts, findings_frame([]), files_frame([]), bare),
        by_school=_by_school(whole, shown),
        coverage=measures.coverage(measures.of_kind(returns.counts), collection),
        schools=tuple(School(id=school.id, name=school.name) for school in schools),
        withheld=tuple(dict.fromkeys(_in_words(name) for name in series if name in refused)),
        summed=summed,
    )


def _series(whole: pd.DataFrame, counts: pd.DataFrame) -> dict[tuple, pd.DataFrame]:
    """Return the numbers by what is printed or withheld as one; each name begins with its kind, then the group."""
    parts = counts[counts["breakdown"].ne("total") & counts["cohort"].isna() & counts["reason"].isna()]
    of_cohorts = counts[counts["breakdown"].eq("total") & counts["cohort"].notna() & counts["reason"].isna()]
    of_reasons = counts[counts["breakdown"].eq("total") & counts["reason"].notna()]
    plain = whole.assign(breakdown="total", cohort=pd.NA, reason=pd.NA)
    named = {
        **_grouped("plain", plain, ["group", "measure", "kind"]),
        **_grouped("part", parts, ["group", "measure", "kind"]),
        **_grouped("cohort", of_cohorts, ["group"]),
        **_grouped("reason", of_reasons, ["group"]),
    }
    return {name: rows[[*COUNT_KEY, "n", "as_of"]] for name, rows in named.items()}


def _grouped(kind: str, rows: pd.DataFrame, by: list[str]) -> dict[tuple, pd.DataFrame]:
    return {(kind, *name): part for name, part in rows.groupby(by, sort=False)}


def _refused(series: dict[tuple, pd.DataFrame], whole: pd.DataFrame) -> set[tuple]:
    """Return the names of the series that are withheld."""
    reporters = _reporters(whole)
    refused = {name for name, rows in series.items() if _gives_away(rows)}
    exposed = {name[1] for name in refused if name[0] == "plain" and name[2] in LINKED and name[3] != "target"}
    refused |= {name for name in series if name[1] in exposed and _tells_the_rest(name)}
    refused |= {name for name, rows in series.items() if _is_strict(name) and not _same_schools(rows, reporters)}
    refused |= {name for name, rows in series.items() if name[0] == "cohort" and not _same_in_each_cohort(rows)}
    targets = {name[1:3] for name in series if name[3:] == ("target",)} - {
        name[1:3] for name in refused if name[3:] == ("target",)
    }
    return refused | {name for name in series if name[3:] == (ADDED,) and name[1:3] not in targets}


def _gives_away(rows: pd.DataFrame) -> bool:
    """Tell whether the sums over schools tell a small count of one school. Targets count nobody."""
    people = rows[rows["kind"].isin(("actual", "estimate"))]
    keys = ["group", "breakdown", "measure", "kind", "cohort", "reason"]
    return any(_exposes(part) for _, part in people.groupby(keys, dropna=False, sort=False))


def _exposes(rows: pd.DataFrame) -> bool:
    """Tell whether a small count of a school is left with fewer than three values by the sums of its columns.

    Of what stands in the table by school, a school's own sum counts as known too, whether it is masked or not.
    """
    cells: dict[tuple[str, str], int] = {}
    for school, period, n in rows[["school", "period", "n"]].itertuples(index=False):
        cells[school, period] = cells.get((school, period), 0) + int(n)
    small = {place for place, n in cells.items() if 0 < n < SMALL}
    if not small:
        return False
    sums: dict[str, list[int]] = {}
    for (_, period), n in cells.items():
        sums.setdefault(period, []).append(n)
    if any(len(sums[period]) == 1 or sum(sums[period]) < FEASIBLE - 1 for _, period in small):
        return True
    return _is_listed(rows) and bool(_exposed_with_totals(cells) & small)


def _is_listed(rows: pd.DataFrame) -> bool:
    first = rows.iloc[0]
    plain = first["breakdown"] == "total" and pd.isna(first["cohort"]) and pd.isna(first["reason"])
    return plain and first["kind"] == "actual" and first["measure"] in measures.CORE_FLOWS


def _exposed_with_totals(cells: dict[tuple[str, str], int]) -> set[tuple[str, str]]:
    schools = {school for (school, _), n in cells.items() if n}
    columns = {period for (_, period), n in cells.items() if n}
    hidden = {place for place in cells if place[0] in schools and place[1] in columns}
    return Table(cells, SMALL).protect(hidden)


def _tells_the_rest(name: tuple) -> bool:
    return name[0] in ("cohort", "reason") or (name[0] in ("plain", "part") and name[2] in LINKED and "actual" in name)


def _is_strict(name: tuple) -> bool:
    return name[0] == "part" or (name[0] == "plain" and name[2] in ("trained", *LINKED) and name[3] == "actual")


def _reporters(whole: pd.DataFrame) -> dict[tuple, set]:
    """Return which schools told, of a group and period, who was trained or admitted."""
    rows = whole[(whole["kind"] == "actual") & whole["measure"].isin(("trained", "admitted"))]
    return {name: set(part["school"]) for name, part in rows.groupby(["group", "period"], sort=False)}


def _same_schools(rows: pd.DataFrame, reporters: dict[tuple, set]) -> bool:
    found = {name: set(part["school"]) for name, part in rows.groupby(["group", "period"], sort=False)}
    return all(schools == reporters.get(name, schools) for name, schools in found.items())


def _same_in_each_cohort(rows: pd.DataFrame) -> bool:
    by_cohort = rows.groupby("cohort")["school"].agg(set)
    of_measures = rows.groupby(["cohort", "measure"])["school"].agg(set)
    return all(schools == by_cohort[cohort] for (cohort, _), schools in of_measures.items())


def _added_up(series: Iterable[pd.DataFrame]) -> tuple[pd.DataFrame, bool]:
    """Return the sums, each as the number of the unit that stands for its schools, and whether all are of several."""
    found = list(series)
    if not found:
        return counts_frame([]), False
    rows = pd.concat([rows.astype({"cohort": "string", "reason": "string"}) for rows in found])
    keys = [column for column in COUNT_KEY if column != "school"]
    grouped = rows.groupby(keys, dropna=False, sort=False, as_index=False)
    added = grouped.agg(n=("n", "sum"), as_of=("as_of", "min"), schools=("school", _set_of))
    units = _units(_with_their_target(added))
    texts = dict.fromkeys(("file", "sheet", "cell", "raw"), "")
    counts = counts_frame(added.assign(school=units, **texts).to_dict("records"))
    return counts, bool(added["schools"].str.contains("\n").all())


def _set_of(schools: pd.Series) -> str:
    return "\n".join(sorted(set(schools)))


def _with_their_target(added: pd.DataFrame) -> pd.Series:
    """Return which schools each sum stands for; what was added to targets stands for those of the targets."""
    place = list(zip(added["group"], added["period"], added["measure"], strict=True))
    rows = zip(place, added["kind"], added["schools"], strict=True)
    of_targets = {where: schools for where, kind, schools in rows if kind == "target"}
    rows = zip(place, added["kind"], added["schools"], strict=True)
    found = [of_targets.get(where, schools) if kind == ADDED else schools for where, kind, schools in rows]
    return pd.Series(found, index=added.index)


def _units(sets: pd.Series) -> pd.Series:
    """Name each set of schools, the largest as if it were all."""
    order = sorted(set(sets), key=lambda schools: (-schools.count("\n"), schools))
    return sets.map({schools: UNIT if n == 1 else f"{UNIT}-{n}" for n, schools in enumerate(order, start=1)})


def _by_school(whole: pd.DataFrame, shown: set[tuple]) -> pd.DataFrame:
    """Return each school's sums over all periods, small ones masked, and what would give those back."""
    rows = measures.of_kind(whole[whole["kind"] == "actual"])
    rows = rows[rows["measure"].isin(measures.CORE_FLOWS)]
    rows = rows[[(group, measure) in shown for group, measure in zip(rows["group"], rows["measure"], strict=True)]]
    added = rows.groupby(["school", "group", "measure"], sort=False, as_index=False).agg(n=("n", "sum"))
    types = {"school": "string", "group": "string", "measure": "string", "n": "Int64"}
    if added.empty:
        return added.assign(masked=False).astype(types | {"masked": "bool"})
    masked = measures.suppress(added, SMALL, axes=("school",))
    held = masked.groupby(["group", "measure"])["protected"].transform("all").astype("bool")
    n = masked["n"].where(held)
    return masked.assign(n=n, masked=n.isna())[[*types, "masked"]].astype(types | {"masked": "bool"})


def _in_words(name: tuple) -> str:
    kind, group, *rest = name
    who = label("group", group).lower()
    if kind != "plain":
        return f"{_KINDS[kind]} ({who})"
    wanted = "" if rest[1] == "actual" else f"{label('kind', rest[1]).lower()} "
    return f"{wanted}{label('measure', rest[0]).lower()} ({who})"
