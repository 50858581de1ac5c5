"""The register of what came in: `received.csv` beside the returns, a line for each file when it is first seen.

Lateness comes from it, never from a file's own time stamp. A line once written stays; Excel may have saved the file
anew, with semicolons between and its own way of writing days.
"""

import csv
import re
from collections.abc import Mapping
from datetime import date

from dangvien_analysis import store
from dangvien_analysis.settings import Collection

REGISTER = "received.csv"
REGISTER_COLUMNS = ("sha256", "file", "first_seen")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # what Excel would run, were the register opened in it

Register = Mapping[str, date]  # the day on which a file's name, or its content by SHA-256, was first seen


def register_received(collection: Collection, today: date) -> list[str]:
    """Add the files not seen before to `received.csv` beside them, and return their names.

    A file sent again unchanged keeps its first day. Raises OSError where the folder is read-only.
    """
    known = read_register(collection)
    hashes = {name: value for name, value in store.hash_inputs(collection).items() if name not in store.SETTINGS_FILES}
    fresh = [(value, name) for name, value in hashes.items() if value not in known and value != store.UNREADABLE]
    if not fresh:
        return []
    text = _text(collection)
    with (collection.folder / REGISTER).open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=_separator(text), lineterminator="\n")
        if not text:
            writer.writerow(REGISTER_COLUMNS)
        elif not text.endswith("\n"):
            stream.write("\n")
        writer.writerows((value, _as_text(name), today.isoformat()) for value, name in fresh)
    return [name for _, name in fresh]


def read_register(collection: Collection) -> dict[str, date]:
    """Return the day on which each name and each content was first seen; a line that holds no day says nothing."""
    days: dict[str, date] = {}
    text = _text(collection)
    for line in csv.DictReader(text.splitlines(), delimiter=_separator(text)):
        day = _day(line.get("first_seen") or "")
        for key in (line.get("sha256"), line.get("file")):
            if day is not None and key:
                days[key] = min(day, days.get(key, day))
    return days


def first_seen(register: Register, file: str, sha256: str) -> date | None:
    """Return the day on which a file, or another one of its name or its content, was first seen; None: not yet.

    A corrected return goes under its old name, or the same one under a new name: neither comes later for it.
    """
    return min((register[key] for key in (_as_text(file), sha256) if key in register), default=None)


def told_by(register: Register, deadline: date | None) -> date | None:
    """Return the deadline where the register tells who kept it: one begun later, as for an old call, cannot."""
    return None if deadline is None or (register and min(register.values()) > deadline) else deadline


def _text(collection: Collection) -> str:
    path = collection.folder / REGISTER
    return path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""


def _separator(text: str) -> str:
    return next((sign for sign in ";\t" if sign in text.partition("\n")[0]), ",")


def _day(text: str) -> date | None:
    """Read a day as it was registered, or as Excel writes it back ("14/03/2024"); None for anything else."""
    parts = [int(part) for part in re.split("[-/]", text) if part.isdecimal()]
    try:
        return date(*parts) if parts and parts[0] > 31 else date(*reversed(parts))
    except (TypeError, ValueError):
        return None


def _as_text(name: str) -> str:
    return f"'{name}" if name.startswith(FORMULA_STARTS) else name
