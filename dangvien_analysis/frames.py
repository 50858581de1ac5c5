"""The frames the package keeps: counts, findings, files and corrections.

Everything downstream relies on these columns, so they are written down once, here.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd


def typed(**names: str) -> dict[str, str]:
    """Return dtypes by column, from the columns of each: `typed(string="school period", Int64="n", day="as_of")`."""
    dtypes = {"day": "datetime64[ms]"}
    return {name: dtypes.get(dtype, dtype) for dtype, listed in names.items() for name in listed.split()}


COUNT_DTYPES = {
    "school": "string",
    "period": "string",
    "group": "string",
    "breakdown": "string",
    "measure": "string",
    "kind": "string",
    "cohort": "string",
    "reason": "string",
    "n": "Int64",
    "file": "string",
    "sheet": "string",
    "cell": "string",
    "raw": "string",
    "as_of": "datetime64[ms]",
}
COUNT_KEY = ["school", "period", "group", "breakdown", "measure", "kind", "cohort", "reason"]

FINDING_DTYPES = typed(string="level code school file sheet cell message")
LEVELS = ("error", "warning", "info")

FILE_DTYPES = typed(string="file sha256 status", Int64="sheets counts errors warnings")
CORRECTION_DTYPES = typed(string="file sheet cell old new reason", day="date") | typed(string="kind status school")


class Finding(NamedTuple):
    """One thing the office or a school should know; `message` is one Vietnamese sentence."""

    level: str
    code: str
    message: str
    school: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""


def counts_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the counts frame of `rows`; a column that a row leaves out is missing."""
    return _frame(rows, COUNT_DTYPES)


def counts_from(columns: Mapping[str, tuple[Sequence[Any], np.ndarray]]) -> pd.DataFrame:
    """Return the counts frame of `columns`: of each its different values, and which of them each row has."""
    made = {}
    for name, dtype in COUNT_DTYPES.items():
        values, codes = columns[name]
        typed = np.array(values, dtype=dtype) if dtype.startswith("datetime64") else pd.array(values, dtype=dtype)
        made[name] = typed.take(codes)
    return pd.DataFrame(made)


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return the findings frame, errors first, then by file, sheet and place."""
    frame = _frame([finding._asdict() for finding in findings], FINDING_DTYPES)
    rank = frame["level"].map({level: position for position, level in enumerate(LEVELS)})
    return (
        frame.assign(_rank=rank)
        .sort_values(["_rank", "file", "sheet", "code", "cell", "message"], kind="stable")
        .drop(columns="_rank")
        .reset_index(drop=True)
    )


def files_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the files frame: one row per file that was found in the collection."""
    return _frame(rows, FILE_DTYPES)


def corrections_frame(rows: Iterable[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """Return the corrections frame: one row per line of `corrections.csv`.

    `kind`: "correction" of a number, or "acceptance" of a warning (`old` is then its sentence); `status`: "applied",
    "refused" or "unneeded"; `school` where it is known.
    """
    return _frame(rows, CORRECTION_DTYPES)


def _frame(rows: Iterable[Mapping[str, Any]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(dtypes)).astype(dict(dtypes))
