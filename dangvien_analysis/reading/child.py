"""The reading child: told a path, it answers with the workbook, until nobody asks any more.

It is a process of its own because some files end, or never end, the process that reads them.
"""

import json
import os
import sys
from pathlib import Path

from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.limits import limit_memory, time_limit
from dangvien_analysis.reading.read import read_path, unreadable
from dangvien_analysis.reading.transfer import pack, receive, send


def main() -> None:
    """Serve until the parent closes its end or dies."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not speak into the answers
    limit_memory()
    while (request := receive(requests)) is not None:
        with time_limit():
            answer = _answer(Path(json.loads(request)))
        send(answers, answer)


def _answer(path: Path) -> bytes:
    try:
        return pack(read_path(path))
    except MemoryError:
        return pack(unreadable(refusal.TOO_LARGE))
