"""What can still come this year, and what a supplementary target would ask for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from dangvien_analysis.frames import typed
from dangvien_analysis.measures.cohorts import cohort_table, observed
from dangvien_analysis.measures.pool import waiting
from dangvien_analysis.measures.selection import arranged, check_one_group, chosen, school_order, shaped
from dangvien_analysis.measures.targets import attainment
from dangvien_analysis.measures.whole import totals
from dangvien_analysis.periods import end_date, parse, start_date

UPPER = 0.75  # from this part of the range on, what is needed is hard to reach
_PREDICTION = typed(
    string="period cohort", Int64="k open ceiling done hazard_admitted hazard_at_risk", float64="expected"
) | typed(Int64="low high unpredicted schools", bool="known")
_SCENARIO = typed(string="period", Int64="extra planned done needed eligible", float64="rate_needed expected") | typed(
    Int64="low high unpredicted", string="verdict", bool="known"
)


def prediction(
    counts: pd.DataFrame,
    by: Sequence[str] = ("group",),
    as_of: date | None = None,
    schools: Sequence | None = None,
    ceiling: int | Mapping[str, int] | None = None,
    confidence: float = 0.90,
    *,
    runs: int = 20_000,
    seed: int = 2024,
) -> pd.DataFrame:
    """Return how many more admissions the current period can still bring: a prediction range, not an interval.

    Columns: *by, period (string: the first that is not over at as_of), cohort (string; missing in the row of all
    cohorts together, which comes last), k (Int64), open (Int64: trained and not admitted before the period),
    ceiling (Int64: of them still here and not yet admitted), done (Int64: admitted in the period so far),
    hazard_admitted, hazard_at_risk (Int64: D_k and R_k of the group, on which the draw rests), expected
    (float64), low, high (Int64), unpredicted (Int64: people of `ceiling` in cohorts that are not predicted), schools
    (Int64), known (bool: False where no cohort was yet observed in its k-th year; then that cohort is not predicted,
    and the row of all cohorts leaves it out and is False too).
    X ~ BetaBinomial(open, D_k + 1/2, R_k - D_k + 1/2) for the whole period, less `done`, at most `ceiling`; the sum
    over cohorts by simulation with a fixed seed.  D_k and R_k are those of all the schools given, also where `by`
    has the school: one school's own rates are noise.  Where nobody reported who left, ceiling is open - done.
    `as_of`: by default the latest in the rows.  `ceiling` limits the row of all cohorts together (people eligible by
    the decision), one number or one by group.
    Only school-cohorts that reported every year so far, the running one included once it has begun; people trained
    later in the period are not in it.
    """
    by = list(by)
    cells = observed(counts, as_of, schools)
    check_one_group(cells, by)
    today = as_of or _latest(counts)
    if cells.empty or today is None:
        return shaped(pd.DataFrame(), _PREDICTION, by)
    period = _current(today, parse(cells["year"].iloc[0]).kind)
    people = _people(counts, cells, period, by, as_of, schools, begun=start_date(period) <= today)
    people = people.merge(_hazards(cells), how="left", on=["group", "k"])
    people = arranged(people.rename(columns={"year": "cohort"}), [*by, "cohort"], school_order(schools))
    rows = [
        dict(zip(by, key, strict=True)) | {"period": period} | row
        for key, cell in people.groupby(by, sort=False, dropna=False)
        for row in _predicted(cell, _ceiling(ceiling, cell), confidence, runs, np.random.default_rng(seed))
    ]
    return shaped(pd.DataFrame(rows), _PREDICTION, by)


def _latest(counts: pd.DataFrame) -> date | None:
    latest = counts.loc[counts["kind"] == "actual", "as_of"].max()
    return None if pd.isna(latest) else latest.date()


def _current(today: date, kind: str) -> str:
    """Return the first year, or school year, that ends after `today`."""
    year = today.year - 1
    names = (str(year + step) if kind == "year" else f"{year + step}-{year + step + 1}" for step in range(3))
    return next(name for name in names if end_date(name) > today)


def _hazards(cells: pd.DataFrame) -> pd.DataFrame:
    used = cells[cells["usable"]]
    return used.groupby(["group", "k"], as_index=False).agg(
        hazard_admitted=("admitted", "sum"), hazard_at_risk=("at_risk", "sum")
    )


def _people(
    counts: pd.DataFrame,
    cells: pd.DataFrame,
    period: str,
    by: list[str],
    as_of: date | None,
    schools: Sequence | None,
    *,
    begun: bool,
) -> pd.DataFrame:
    """Add up, by cohort, who can still be admitted in the period: the cohorts with all years before it reported."""
    now = parse(period).start[0]
    last = cells[cells["usable"] | cells["partial"]].drop_duplicates(["school", "group", "cohort"], keep="last")
    running = last["partial"] & (last["period"] == period)
    k = last["year"].map(lambda year: now - parse(year).start[0]).astype("Int64")
    last = last.assign(
        open=last["trained"] - last["before"] - last["admitted"].where(~running, 0),
        done=last["admitted"].where(running, 0),
    )
    reached = running if begun else running | (last["usable"] & (last["k"] == k - 1))
    last = last.assign(k=k)[reached & (k >= 0)]
    added = last.groupby([*dict.fromkeys([*by, "group"]), "year", "k"], as_index=False, dropna=False).agg(
        open=("open", "sum"), done=("done", "sum"), schools=("school", "nunique")
    )
    table = cohort_table(counts, list(dict.fromkeys([*by, "group"])), as_of, schools).rename(columns={"cohort": "year"})
    keys = list(dict.fromkeys([*by, "group", "year"]))
    added = added.merge(table[[*keys, "waiting"]], how="left", on=keys)
    left = added["open"] - added["done"]
    return added.assign(ceiling=added["waiting"].clip(lower=0).fillna(left).clip(upper=left))


def _ceiling(ceiling: int | Mapping[str, int] | None, cell: pd.DataFrame) -> int | None:
    return ceiling.get(cell["group"].iloc[0]) if isinstance(ceiling, Mapping) else ceiling


def _predicted(
    cell: pd.DataFrame, ceiling: int | None, confidence: float, runs: int, rng: np.random.Generator
) -> list[dict[str, Any]]:
    rows, together = [], np.zeros(runs, dtype="int64")
    for row in cell.to_dict("records"):
        more = _draws(row, runs, rng)
        rows.append(row | _range(more, confidence) | {"unpredicted": row["ceiling"] if more is None else 0})
        together += 0 if more is None else more
    known = all(row["known"] for row in rows)
    most = sum(row["ceiling"] for row in rows)
    most = most if ceiling is None else min(most, ceiling)
    whole = {name: sum(row[name] for row in rows) for name in ("open", "done")}
    whole |= {"cohort": pd.NA, "ceiling": most, "schools": max(row["schools"] for row in rows)}
    whole |= {"unpredicted": min(sum(row["unpredicted"] for row in rows), most)}
    return [*rows, whole | _range(np.minimum(together, most), confidence) | {"known": known}]


def _draws(row: dict[str, Any], runs: int, rng: np.random.Generator) -> np.ndarray | None:
    """Return draws of how many more; None where no cohort has been observed that far and somebody is left."""
    if row["ceiling"] == 0:
        return np.zeros(runs, dtype="int64")
    if pd.isna(row["hazard_at_risk"]) or row["hazard_at_risk"] == 0:
        return None
    admitted, at_risk = int(row["hazard_admitted"]), int(row["hazard_at_risk"])
    share = rng.beta(admitted + 0.5, at_risk - admitted + 0.5, size=runs)
    return np.clip(rng.binomial(int(row["open"]), share) - int(row["done"]), 0, int(row["ceiling"]))


def _range(more: np.ndarray | None, confidence: float) -> dict[str, Any]:
    if more is None:
        return {"expected": np.nan, "low": pd.NA, "high": pd.NA, "known": False}
    ends = [(1 - confidence) / 2, (1 + confidence) / 2]
    low, high = np.quantile(more, ends, method="inverted_cdf")
    return {"expected": float(more.mean()), "low": int(low), "high": int(high), "known": True}


def scenario(
    counts: pd.DataFrame,
    extra: Sequence[int] = (0,),
    by: Sequence[str] = ("group",),
    as_of: date | None = None,
    schools: Sequence | None = None,
    ceiling: int | Mapping[str, int] | None = None,
    confidence: float = 0.90,
) -> pd.DataFrame:
    """Return what each supplementary target would ask for, beside what can be expected.

    Columns: *by, period (string), extra (Int64: on top of what is already given), planned (Int64: target + extra
    target + extra), done (Int64: admitted in the period), needed (Int64: planned - done, not below 0; missing where
    nothing was reported), eligible (Int64: people who can still be admitted, or `ceiling`), rate_needed (float64:
    needed / eligible), expected (float64), low, high (Int64: prediction range), unpredicted (Int64: people in cohorts
    that no other was yet observed as long as, on whom the range is silent), verdict ("within", "upper", "open",
    "beyond"; missing without a prediction), known (bool: False where such people are left out of the range).
    "upper": in the upper quarter of the range; "open": above the range, but not above range and `unpredicted`
    together; "beyond": above both, or more than there are people eligible ("vượt khả năng dự báo").
    One row per `by` cell that has a prediction, and supplementary target.
    """
    by = list(by)
    expected = prediction(counts, by, as_of, schools, ceiling, confidence)
    expected = expected[expected["cohort"].isna()].drop(columns=["done"]).rename(columns={"ceiling": "eligible"})
    if expected.empty:
        return shaped(expected, _SCENARIO, by)
    now = expected["period"].iloc[0]
    admitted = counts[counts["measure"] == "admitted"]
    done = _done(admitted, by, now, schools)
    given = attainment(admitted, [*by, "period", "measure"], as_of, schools, [now])[[*by, "planned"]]
    rows = expected.merge(given, how="left", on=by).merge(done, how="left", on=by)
    rows = rows.merge(pd.DataFrame({"extra": pd.array(list(extra), dtype="Int64")}), how="cross")
    rows = rows.assign(planned=rows["planned"].fillna(0) + rows["extra"])
    rows = rows.assign(needed=(rows["planned"] - rows["done"]).clip(lower=0))
    rows = rows.assign(
        rate_needed=rows["needed"] / rows["eligible"].where(rows["eligible"] > 0), verdict=_verdicts(rows)
    )
    return shaped(rows, _SCENARIO, by)


def _done(admitted: pd.DataFrame, by: list[str], period: str, schools: Sequence | None) -> pd.DataFrame:
    rows = chosen(totals(admitted), schools, [period])
    return rows.groupby(by, as_index=False, dropna=False).agg(done=("n", "sum"))


def _verdicts(rows: pd.DataFrame) -> pd.Series:
    upper = rows["low"] + UPPER * (rows["high"] - rows["low"])
    verdict = pd.Series("within", index=rows.index, dtype="string")
    verdict = verdict.mask((rows["needed"] > upper).fillna(False), "upper")
    verdict = verdict.mask((rows["needed"] > rows["high"]).fillna(False), "open")
    above = (rows["needed"] > rows["high"] + rows["unpredicted"]) | (rows["needed"] > rows["eligible"])
    verdict = verdict.mask(above.fillna(False), "beyond")
    return verdict.where(rows["high"].notna() & rows["needed"].notna())


def ceilings(counts: pd.DataFrame, as_of: date | None = None, schools: Sequence | None = None) -> dict[str, int]:
    """Return, by group, how many can be admitted at most because of their age: a `ceiling` for `prediction`.

    Only pupils, and only where every school with pupils waiting reported how many of its pool are of age
    (`age_18`); else an empty mapping, for a part of the schools is no ceiling for all.
    """
    pool = waiting(counts, ("school", "group"), as_of, schools)
    pool = pool[(pool["group"] == "student") & (pool["waiting"].fillna(pool["at_most"]) > 0)]
    if pool.empty or pool["age_18"].isna().any():
        return {}
    return {"student": int(pool["age_18"].sum())}
