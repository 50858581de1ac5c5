"""The reading child: told a path, it answers with the workbook, until nobody asks any more.

It is a process of its own because some files end, or never end, the process that reads them.
"""

import gc
import json
import os
import sys
from pathlib import Path

from dangvien_analysis.reading import limits, refusal
from dangvien_analysis.reading.read import read_path, unreadable
from dangvien_analysis.reading.transfer import Packer, receive, send

_BROKEN = 3  # exit status; another than that of a process which is out of time
_GARBAGE = 100_000  # new objects between two searches for cycles: cells make none, and there are many of them


def main() -> None:
    """Serve until the parent closes its end or dies."""
    try:
        _serve()
    except BaseException:  # noqa: BLE001 - whatever it is, its words may quote cells
        os._exit(_BROKEN)


def _serve() -> None:
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not speak into the answers
    limits.limit_memory(limits.MEMORY)
    gc.set_threshold(_GARBAGE)
    packer = Packer()
    while (request := receive(requests)) is not None:
        with limits.time_limit(limits.SECONDS):
            answer = _answer(Path(json.loads(request)), packer)
        send(answers, answer)


def _answer(path: Path, packer: Packer) -> bytes:
    try:
        return packer.pack(read_path(path))
    except MemoryError:
        return packer.pack(unreadable(refusal.TOO_LARGE))
