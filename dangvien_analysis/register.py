"""The register of what came in: `received.csv` beside the returns, a line for each file when it is first seen.

Lateness comes from it, never from a file's own time stamp.
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


def register_received(collection: Collection, today: date) -> list[str]:
    """Add the files not seen before to `received.csv` beside them, and return their names.

    Lateness comes from this register, so a line once written stays: a file sent again unchanged keeps its first day.
    Raises OSError where the folder is read-only.
    """
    path = collection.folder / REGISTER
    known = {line.get("sha256") for line in read_register(collection)}
    hashes = {name: value for name, value in store.hash_inputs(collection).items() if name not in store.SETTINGS_FILES}
    fresh = [(value, name) for name, value in hashes.items() if value not in known and value != store.UNREADABLE]
    if not fresh:
        return []
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if is_new:
            writer.writerow(REGISTER_COLUMNS)
        writer.writerows((value, _as_text(name), today.isoformat()) for value, name in fresh)
    return [name for _, name in fresh]


def read_register(collection: Collection) -> list[dict[str, str]]:
    """Return the lines of `received.csv`: sha256, file, first_seen; none when nothing was registered yet."""
    path = collection.folder / REGISTER
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:  # Excel may have saved it anew
        return list(csv.DictReader(stream))


def first_seen(collection: Collection, hashes: Mapping[str, str], today: date) -> dict[str, date]:
    """Return the day on which each file, or another file of the same name or content, was first seen.

    `hashes`: by file name. A file that is not registered yet is seen today, for so it will be registered. A corrected
    return goes under its old name, or the same one under a new name: neither comes later for it.
    """
    days: dict[str, date] = {}
    for line in read_register(collection):
        day = _day(line.get("first_seen") or "")
        for key in (line.get("sha256"), line.get("file")):
            if day is not None and key:
                days[key] = min(day, days.get(key, day))
    return {file: min(days.get(hashes[file], today), days.get(_as_text(file), today)) for file in hashes}


def _day(text: str) -> date | None:
    """Read a day as it was registered, or as Excel writes it back ("14/03/2024"); None for anything else."""
    parts = [int(part) for part in re.split("[-/]", text) if part.isdecimal()]
    try:
        return date(*parts) if parts and parts[0] > 31 else date(*reversed(parts))
    except (TypeError, ValueError):
        return None


def _as_text(name: str) -> str:
    return f"'{name}" if name.startswith(FORMULA_STARTS) else name
