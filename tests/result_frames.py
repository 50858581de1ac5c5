"""Results of `measures` written by hand: the columns and types of the real ones, the numbers of a test's choice."""

import math

import pandas as pd

from dangvien_analysis.measures import interval

YEARS = ("2021", "2022", "2023", "2024")
STUDENTS = {"nominated": (38, 52, 69, 35), "trained": (38, 52, 69, 35), "admitted": (2, 9, 11, 3)}
STAFF = {"nominated": (12, 10, 15, 6), "trained": (12, 10, 15, 6), "admitted": (5, 4, 6, 2)}
NAMES = {"a": "Trường THPT A", "b": "Trường THPT B", "c": "Trường THPT C", "d": "Trường THPT D", "staff": "CBGVNV"}

# Columns that are texts even where every value is missing.
_TEXTS = {"cohort", "period", "verdict", "position", "previous_stage", "last_cohort", "method"}


def frame(rows: list[dict]) -> pd.DataFrame:
    """Return rows as a frame with the types of `measures`: flags, shares, counts that may be missing, texts."""
    made = pd.DataFrame(rows)
    return made.astype({column: _dtype(column, made[column]) for column in made.columns})


def _dtype(column: str, values: pd.Series) -> str:
    told = [value for value in values if value is not None and value is not pd.NA]
    if column in _TEXTS or any(isinstance(value, str) for value in told):
        return "string"
    if told and all(isinstance(value, bool) for value in told):
        return "bool"
    return "float64" if any(isinstance(value, float) and not value.is_integer() for value in told) else "Int64"


def trend(
    flows=None,
    group="student",
    periods=YEARS,
    partial=("2024",),
    schools=4,
    expected=4,
    gaps=0,
    targets=None,
) -> pd.DataFrame:
    """Return rows as `measures.trend` gives them; `None` in `flows` is a number that nobody reported."""
    rows = []
    for measure, numbers in (flows or STUDENTS).items():
        total = None
        for place, period in enumerate(periods):
            n = numbers[place]
            total = total if n is None else (total or 0) + n
            row = {"group": group, "period": period, "measure": measure, "n": n, "cumulative": total}
            reported = schools[place] if isinstance(schools, tuple) else schools
            row |= {"schools": 0 if n is None else reported, "expected": expected, "gaps": gaps}
            row |= {"partial": period in partial, "derived": False}
            if targets is not None:
                row["target"] = targets.get(measure, [None] * len(periods))[place]
            rows.append(row)
    return frame(rows)


def funnel(steps: dict[str, int], before: dict[str, str], group="student", partial=False) -> pd.DataFrame:
    """Return rows as `measures.funnel` gives them; `before` names each step's previous one."""
    rows = []
    for stage, n in steps.items():
        previous = steps.get(before.get(stage))
        rate = interval(n, previous) if previous else (math.nan,) * 3
        row = {"group": group, "stage": stage, "n": n, "previous_stage": before.get(stage), "previous": previous}
        row |= {"matched": None if previous is None else n, "rate": rate[0], "low": rate[1], "high": rate[2]}
        rows.append(row | {"schools": 4, "partial": partial})
    return frame(rows)


def target(actual, given, extra=None, partial=False, last_year=None, **key) -> dict:
    """Return one row as `measures.attainment` gives it."""
    planned = None if given is None and extra is None else (given or 0) + (extra or 0)
    reported = planned if actual is not None else None
    row = key | {"target": given, "extra_target": extra, "planned": planned, "actual": actual}
    row |= {"planned_reported": reported, "remaining": None if reported is None else reported - actual}
    row |= {"attained": actual / planned if reported else math.nan, "schools": 4, "reported": 4}
    return row | {"partial": partial, "last_year": last_year}


def targets(*rows: dict) -> pd.DataFrame:
    """Return rows as `measures.attainment` gives them."""
    return frame(list(rows))


def coverage(schools, periods=YEARS, missing=(), partial=("2024",), expected=True) -> pd.DataFrame:
    """Return rows as `measures.coverage` gives them; `missing` holds (school, period)."""
    return frame(
        [
            {
                "school": school,
                "period": period,
                "expected": expected,
                "reported": (school, period) not in missing,
                "partial": period in partial,
            }
            for school in schools
            for period in periods
        ],
    )


def comparison(rows: list[tuple], group="student", few=10) -> pd.DataFrame:
    """Return rows as `measures.comparison` gives them, from (school, admitted, trained, low, high, position, outer)."""
    trained, admitted = sum(row[2] for row in rows), sum(row[1] for row in rows)
    return frame(
        [
            {
                "group": group,
                "school": school,
                "trained": n,
                "admitted": x,
                "rate": x / n if n >= few else math.nan,
                "pool_trained": trained,
                "pool_admitted": admitted,
                "pool_rate": admitted / trained,
                "low": low,
                "high": high,
                "outer_low": 0.0,
                "outer_high": 1.0,
                "position": position,
                "outside_outer": outer,
                "basis": "cohorts",
            }
            for school, x, n, low, high, position, outer in rows
        ],
    )


def reasons(given: dict[str, int], schools=4, not_admitted=None, group="student", **key) -> pd.DataFrame:
    """Return rows as `measures.reasons` gives them, unfolded: the guard against naming people is what is tested."""
    sides = {"under_age": "rule", "left_school": "rule", "other": "other", "not_willing": "other"}
    sides["background_obstacle"] = "other"
    reported = sum(given.values())
    return frame(
        [
            key
            | {
                "group": group,
                "period": "2024",
                "reason": reason,
                "side": sides.get(reason, "process"),
                "n": n,
                "reported": reported,
                "not_admitted": not_admitted,
                "share": math.nan if reason == "not_willing" or not reported else n / reported,
                "schools": schools,
                "folded": False,
            }
            for reason, n in given.items()
        ],
    )


def waiting(trained, admitted, departed, **more) -> pd.DataFrame:
    """Return one row as `measures.waiting` gives it."""
    left = None if departed is None else trained - admitted - departed
    row = {"group": "student", "trained": trained, "admitted": admitted, "departed": departed, "expired": None}
    row |= {
        "waiting": left,
        "at_most": trained - admitted,
        "partly": False,
        "source": None,
        "dossier": None,
        "age_18": None,
    }
    row |= {"mentored": None, "schools": 4, "known": 4, "negative": (left or 0) < 0, "may_expire": False}
    row |= {"partly": False}
    return frame([row | {"basis": "cohorts"} | more])


def conversion(cohorts: dict[str, tuple[int, list[int]]], pooled: list[tuple], method="wilson") -> pd.DataFrame:
    """Return rows as `measures.conversion` gives them; `pooled` holds (trained, so far, rate, low, high) by year."""
    rows = [
        {"cohort": None, "k": k, "period": None, "trained": n, "admitted_so_far": x, "rate": rate, "low": low}
        | {"high": high, "method": method, "partial": False}
        for k, (n, x, rate, low, high) in enumerate(pooled)
    ]
    for cohort, (n, admitted) in cohorts.items():
        for k, _ in enumerate(admitted):
            x = sum(admitted[: k + 1])
            low, high = interval(x, n)[1:]
            row = {"cohort": cohort, "k": k, "period": str(int(cohort) + k), "trained": n, "admitted_so_far": x}
            rows.append(row | {"rate": x / n, "low": low, "high": high, "method": method, "partial": False})
    made = [{"group": "student", **row, "at_risk": None, "admitted": None, "schools": 4} for row in rows]
    return frame(made)
