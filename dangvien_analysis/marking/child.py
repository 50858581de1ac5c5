"""The marking child: told of one workbook on its standard input, it writes the marked copy and ends.

A process of its own, within the limits of the reading child, because what is in the file was made by strangers.
"""

import json
import os
import sys
from pathlib import Path

from dangvien_analysis.marking.book import list_only, marked_copy
from dangvien_analysis.marking.list_sheet import Letter
from dangvien_analysis.marking.notes import Note
from dangvien_analysis.reading import limits
from dangvien_analysis.reading.refusal import Unreadable

NOT_COPIED = 4  # exit status: the file cannot be changed with certainty
NOT_WRITTEN = 5  # exit status: the copy could not be written
_BROKEN = 3


def main() -> None:
    """Do what the job on standard input asks; the exit status says how it went, nothing is ever printed."""
    try:
        os._exit(_run(json.load(sys.stdin.buffer)))
    except BaseException:  # noqa: BLE001 - whatever it is, its words may quote cells
        os._exit(_BROKEN)


def _run(job: dict) -> int:
    limits.limit_memory(limits.MEMORY)
    letter, notes = Letter(*job["letter"]), [Note(*note) for note in job["notes"]]
    with limits.time_limit(limits.SECONDS):
        try:
            made = marked_copy(Path(job["source"]).read_bytes(), letter, notes) if letter.marked else None
        except (Unreadable, KeyError, ValueError, IndexError, MemoryError):
            return NOT_COPIED
    try:
        Path(job["target"]).write_bytes(made or list_only(letter, notes))
    except OSError:
        return NOT_WRITTEN
    return 0
