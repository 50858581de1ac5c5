"""Good numbers for the checks, from which each test breaks one thing."""

from datetime import date
from pathlib import Path

import pandas as pd

from dangvien_analysis import checks
from dangvien_analysis.frames import Finding, counts_frame
from dangvien_analysis.settings import Collection, School

SCHOOLS = (School("a", "Trường THPT A"), School("b", "Trường THPT B"), School("c", "Trường THPT C"))
COLLECTION = Collection("t", Path(), "Thử", periods=("2022", "2023"), as_of=date(2024, 3, 14), schools=SCHOOLS)
AS_OF = pd.Timestamp(COLLECTION.as_of)


def row(school: str, period: str, measure: str, n: int, **more) -> dict:
    """Return one row of counts: students, actual, the whole group, unless said otherwise."""
    base = {"group": "student", "breakdown": "total", "kind": "actual", "cohort": None, "reason": None}
    place = {
        "file": f"{school}.xlsx",
        "sheet": "S",
        "cell": f"B{n + 2}",
        "raw": str(n),
        "as_of": AS_OF,
    }
    return {"school": school, "period": period, "measure": measure, "n": n, **base, **place, **more}


GOOD = [
    row(school, period, measure, n)
    for school in ("a", "b", "c")
    for period in ("2022", "2023")
    for measure, n in (("nominated", 12), ("trained", 10), ("admitted", 3), ("headcount", 900))
]


def without(**values) -> list[dict]:
    """Return the good numbers without those that have all these values."""
    return [one for one in GOOD if any(one[name] != value for name, value in values.items())]


def found(rows: list[dict], collection: Collection = COLLECTION, **more) -> list[Finding]:
    """Return what the checks find."""
    return checks.run_checks(checks.Evidence(counts_frame(rows), collection, **more))


def codes(rows: list[dict], collection: Collection = COLLECTION, **more) -> list[str]:
    """Return the codes of what the checks find."""
    return [finding.code for finding in found(rows, collection, **more)]
