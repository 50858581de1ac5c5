"""Who has sent what, when, complete or not, late or not, with which faults open."""

from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

import pandas as pd

from dangvien_analysis import measures
from dangvien_analysis.frames import typed
from dangvien_analysis.register import Register, first_seen, told_by
from dangvien_analysis.returns import messages
from dangvien_analysis.settings import Collection
from dangvien_analysis.store import Returns
from dangvien_analysis.wording.words import Words

STATE_DTYPES = (
    typed(string="school name", Int64="expected reported")
    | typed(string="missing files", day="received", boolean="late", Int64="errors warnings blanks")
    | typed(string="state")
)
RECEIVED_DTYPES = typed(string="file schools", day="received") | typed(string="status", Int64="counts errors warnings")


def state_of_call(returns: Returns, register: Register, today: date | None = None) -> pd.DataFrame:
    """Return one row per school that was to report, in the order of the collection, then those only met in returns.

    Columns: school, name (string), expected, reported (Int64: periods), missing (string: periods, ", " between; empty
    without a registry of schools), files (string, "; " between), received (the day on which the last of its present
    files was first seen, by the register), late (boolean, missing where there is no deadline, no day,
    or a register begun after the deadline), errors,
    warnings (Int64: what is open, but for periods not reported), blanks (Int64: cells of its files that ask for a
    number and are blank), state ("complete", "faulty": every period came but
    some numbers could not be taken, "partial": also where a period came without what most schools report, "nothing").
    With `today`, a school that has sent nothing is late once the deadline is over; without, no clock is looked at.
    """
    covered = measures.coverage(returns.counts, returns.collection)
    files = received_files(returns, register)
    open_faults, blanks = faults(returns), _blanks_by_file(returns.findings)
    names = returns.collection.school_names
    sent = sorted({school for text in files["schools"] for school in text.split("; ") if school})
    schools = dict.fromkeys([*names, *covered["school"], *sent])
    rows = [
        _row(school, names.get(school, school), covered, files, open_faults)
        | {"blanks": _sum_of(blanks, files, school)}
        for school in schools
        if school in set(covered["school"]) or school in sent  # not one that was merged before the first period
    ]
    frame = pd.DataFrame(rows, columns=[name for name in STATE_DTYPES if name != "late"])
    late = _late(frame, register, returns.collection.deadline, today)
    return frame.assign(late=late)[list(STATE_DTYPES)].astype(STATE_DTYPES)


def _blanks_by_file(found: pd.DataFrame) -> dict[str, int]:
    cells = found.loc[found["code"] == "blank_cell", ["file", "cell"]]
    return cells.assign(n=cells["cell"].map(messages.count_cells)).groupby("file")["n"].sum().to_dict()


def _sum_of(blanks: Mapping[str, int], files: pd.DataFrame, school: str) -> int:
    """Add up the blanks of the files that hold numbers of one school alone."""
    return sum(blanks.get(file, 0) for file in files.loc[files["schools"] == school, "file"])


def _row(school: str, name: str, covered: pd.DataFrame, files: pd.DataFrame, open_faults: pd.DataFrame) -> dict:
    cells = covered[covered["school"] == school]
    missing = cells.loc[cells["expected"] & ~cells["reported"], "period"]
    mine = files[pd.array([school in text.split("; ") for text in files["schools"]], dtype="bool")]
    own = open_faults[open_faults["school"] == school]
    levels = own["level"]
    reported, errors = int(cells["reported"].sum()), int((levels == "error").sum())
    whole = bool(reported and not len(missing)) and not own["code"].eq("incomplete_return").any()
    return {
        "school": school,
        "name": name,
        "expected": len(cells),
        "reported": reported,
        "missing": ", ".join(missing),
        "files": "; ".join(mine["file"]),
        "received": mine["received"].max() if mine["received"].notna().all() else pd.NaT,
        "errors": errors,
        "warnings": int((levels == "warning").sum()),
        "state": _state(bool(len(mine)), whole, errors),
    }


def _state(sent: bool, whole: bool, errors: int) -> str:
    if not sent:
        return "nothing"
    return "partial" if not whole else "faulty" if errors else "complete"


def _late(frame: pd.DataFrame, register: Register, deadline: date | None, today: date | None) -> pd.Series:
    """Tell who is late; of a file not yet registered the day is not known, so nobody is called late for it."""
    received, known = pd.to_datetime(frame["received"]), told_by(register, deadline)
    late = pd.Series(pd.NA, index=frame.index, dtype="boolean")
    if known:
        late = (received > pd.Timestamp(known)).astype("boolean").mask(received.isna())
    return late.mask((frame["state"] == "nothing") & bool(deadline and today and today > deadline), True)


def received_files(returns: Returns, register: Register) -> pd.DataFrame:
    """Return one row per file: file, schools (ids, "; " between), received, status, counts, errors, warnings.

    `received` is the day on which any version of the file was first seen: one sent again after a correction that the
    office asked for is not late for it. It is missing until `dangvien load` has registered the file. A file that is no
    return, as a lock file of Excel, is left out: nobody sent it.
    """
    files, whose = returns.files[returns.files["status"] != "no_return"], _schools_of_files(returns)
    days = [first_seen(register, row.file, row.sha256) for row in files.itertuples()]
    schools = ["; ".join(whose.get(name, ())) for name in files["file"]]
    frame = files.assign(schools=schools, received=pd.to_datetime(pd.Series(days, index=files.index, dtype="object")))
    return frame[list(RECEIVED_DTYPES)].astype(RECEIVED_DTYPES)


def _schools_of_files(returns: Returns) -> dict[str, list[str]]:
    """Return whose numbers a file holds, else whom its findings or its name speak of."""
    found: dict[str, list[str]] = {}
    for frame in (returns.counts, returns.findings):
        told = (frame["school"].fillna("") != "") & (frame["file"].fillna("") != "")
        for file, school in frame.loc[told, ["file", "school"]].drop_duplicates().itertuples(index=False):
            if frame is returns.counts or file not in found:
                found.setdefault(file, []).append(school)
    for file in set(returns.files["file"]) - set(found):
        if school := _named(file, returns.collection):
            found[file] = [school]
    return found


def _named(file: str, collection: Collection) -> str:
    """Return the school that the name of a file, or of the folder it lies in, speaks of."""
    words, path = Words(collection), PurePath(file)
    for text in (path.stem, path.parent.name):
        spoken: Any = words.read(text.replace("_", " "), outside=True).facets.get("school")
        if spoken in {school.id for school in collection.schools}:
            return str(spoken)
        if text.casefold() in {school.id.casefold() for school in collection.schools}:
            return next(school.id for school in collection.schools if school.id.casefold() == text.casefold())
    return ""


def faults(returns: Returns) -> pd.DataFrame:
    """Return the open errors and warnings with the school each concerns, where one can be told.

    Periods not reported are left out: they stand in the state of the school.
    """
    found = returns.findings
    found = found[found["level"].isin(("error", "warning")) & (found["code"] != "missing_return")]
    whose = {file: schools[0] for file, schools in _schools_of_files(returns).items() if len(schools) == 1}
    pairs = zip(found["school"].fillna(""), found["file"], strict=True)
    schools = [school or whose.get(file, "") for school, file in pairs]
    return found.assign(school=pd.array(schools, dtype="string"))
