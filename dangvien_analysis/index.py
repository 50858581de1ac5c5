"""The page that lists a collection's reports: what was made, what failed and why; never a league table.

What is known of each report lies in one small file beside it, so that reports made at the same time do not
overwrite each other's lines.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from dangvien_analysis import store
from dangvien_analysis.settings import Collection

STATES = ".state"
PAGE = "index.html"
SYNTHESIS = "bieu-tong-hop"
MADE, PARTIAL, FAILED = "made", "partial", "failed"
STATE_WORDS = {MADE: "Đã làm, đủ số liệu", PARTIAL: "Đã làm, có kỳ thiếu hoặc chưa hết", FAILED: "Không làm được"}


@dataclass(frozen=True)
class Entry:
    """One report: its file name without ending, the notebook it came from, what it depended on, how it went."""

    stem: str
    notebook: str
    key: str
    formats: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    state: str = FAILED
    title: str = ""
    coverage: str = ""
    message: str = ""
    cell: int = 0
    kept: str = ""

    def made(self, title: str, coverage: str, partial: bool) -> "Entry":
        """Return the entry of the report that came out; `partial` where numbers it asks for have not come yet."""
        return replace(self, state=PARTIAL if partial else MADE, title=title, coverage=coverage)

    def failed(self, message: str, cell: int, kept: Path | None) -> "Entry":
        """Return the entry of the report that did not come out; `kept` is its notebook as far as it came."""
        return replace(self, state=FAILED, message=message, cell=cell, kept=kept.name if kept else "")


def record(folder: Path, entry: Entry) -> None:
    """Write down how a report went."""
    states = folder / STATES
    states.mkdir(parents=True, exist_ok=True)
    _write(states / f"{entry.stem}.json", json.dumps(asdict(entry), ensure_ascii=False, indent=1) + "\n")


def write_page(folder: Path, collection: Collection, notices: Sequence[str] = ()) -> Path:
    """Make the index page anew from what is known of each report, and return its path; it says `notices` on top."""
    _write(folder / PAGE, _page(_entries(folder), folder, collection, notices))
    return folder / PAGE


def is_made(folder: Path, entry: Entry) -> bool:
    """Tell whether this very report lies there already."""
    last = _read(folder / STATES / f"{entry.stem}.json")
    same = last is not None and last.state in (MADE, PARTIAL) and last.key == entry.key
    return same and all(path.is_file() for path in files(folder, entry))


def files(folder: Path, entry: Entry) -> list[Path]:
    """Return the files of a report, the index page last."""
    made = [folder / f"{entry.stem}.{ending}" for ending in ("html", "pdf") if ending in entry.formats]
    return [*made, folder / f"{entry.stem}.ipynb", folder / synthesis_name(entry), folder / PAGE]


def synthesis_name(entry: Entry) -> str:
    """Return what the synthesis table beside a report is called."""
    return f"{entry.stem}-{SYNTHESIS}.xlsx"


def _page(entries: list[Entry], folder: Path, collection: Collection, notices: Sequence[str]) -> str:
    from dangvien_analysis.blocks.block import font_faces, templates

    names = collection.school_names
    order = {school.id: position for position, school in enumerate(collection.schools)}
    entries = sorted(entries, key=lambda entry: (_place(entry, order), entry.notebook, entry.stem))
    rows = [_row(entry, folder, names) for entry in entries]
    faces = font_faces(["Regular", "Bold"])
    page = templates().get_template("index.html.j2")
    told = {"collection": collection, "notices": notices, "tally": _tally(entries), "version": store.version()}
    return page.render(rows=rows, faces=faces, **told)


def _tally(entries: list[Entry]) -> str:
    """Say how many reports there are and how they went."""
    counted = Counter(entry.state for entry in entries)
    parts = [f"{counted[state]} {words.lower()}" for state, words in STATE_WORDS.items() if counted[state]]
    return f"{len(entries)} báo cáo: {', '.join(parts)}." if parts else "Chưa có báo cáo nào."


def _place(entry: Entry, order: dict[str, int]) -> int:
    """Put reports over all schools first, then one school after another as the collection lists them."""
    return -1 if not entry.schools else order.get(entry.schools[0], len(order))


def _row(entry: Entry, folder: Path, names: dict[str, str]) -> dict[str, Any]:
    links = [(ending.upper(), f"{entry.stem}.{ending}") for ending in ("html", "pdf")]
    links += [("biểu tổng hợp", synthesis_name(entry)), ("sổ tay", f"{entry.stem}.ipynb")]
    there = [(label, name) for label, name in links if (folder / name).is_file()]
    return {
        "title": entry.title or entry.stem,
        "schools": ", ".join(names.get(school, school) for school in entry.schools),
        "entry": entry,
        "state": STATE_WORDS[entry.state],
        "links": there,
    }


def _entries(folder: Path) -> list[Entry]:
    found: Iterable[Entry | None] = map(_read, sorted((folder / STATES).glob("*.json")))
    return [entry for entry in found if entry is not None]


def _read(path: Path) -> Entry | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        entry = Entry(**told | {"formats": tuple(told["formats"]), "schools": tuple(told["schools"])})
    except (OSError, ValueError, TypeError, KeyError):  # none yet, or from another version: as if it was never made
        return None
    return entry if entry.state in STATE_WORDS else None


def _write(path: Path, content: str) -> None:
    """Write a file in one step: another report may be reading or writing the same page."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(content, encoding="utf-8", newline="\n")
    fresh.replace(path)
