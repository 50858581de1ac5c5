"""Any spreadsheet file as sheets of cells, each with its address, raw text and state; never silently wrong.

Files come from anywhere, so they are read in a child process with limits of time and memory. It is kept alive over
many files and reads ahead while its answers are worked on; a file that kills it is reported, and another takes over.
"""

import atexit
import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from dangvien_analysis.reading import limits, refusal
from dangvien_analysis.reading.cells import (
    COUNT,
    DATE,
    ERROR,
    FORMULA,
    NUMBER,
    TEXT,
    ZERO,
    Cell,
    Problem,
    Sheet,
    Workbook,
    address,
    address_range,
)
from dangvien_analysis.reading.read import unreadable
from dangvien_analysis.reading.transfer import receive, send, unpack

__all__ = [
    "COUNT",
    "DATE",
    "ERROR",
    "FORMULA",
    "NUMBER",
    "TEXT",
    "ZERO",
    "Cell",
    "Problem",
    "Sheet",
    "Workbook",
    "address",
    "address_range",
    "read_workbook",
    "read_workbooks",
]

_AHEAD = 3  # files the child may be asked for before the first answer is taken
_AHEAD_BYTES = 2048  # of requests not yet taken up: less than the smallest pipe holds, so that writing never waits
_PACKAGES = str(Path(__file__).resolve().parent.parent)
_START = "import sys; sys.path.append(sys.argv[1]); from dangvien_analysis.reading.child import main; main()"


def read_workbook(path: str | Path) -> Workbook:
    """Read one spreadsheet file; what is wrong with it is in `problems`. Never raises for what is in the file."""
    return next(read_workbooks([path]))[1]


def read_workbooks(paths: Iterable[str | Path]) -> Iterator[tuple[str | Path, Workbook]]:
    """Read spreadsheet files, in order, each as (the path as given, its workbook)."""
    reader = _Reader()
    waiting: deque[str | Path] = deque()
    paths = iter(paths)
    try:
        while True:
            reader.ask_ahead(paths, waiting)
            if not waiting:
                return
            yield waiting.popleft(), reader.next_workbook()
    finally:
        reader.close()


class _Child:
    """A reading process: asked for paths, it answers with workbooks in the same order."""

    def __init__(self):
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, _PACKAGES],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # an error trace could quote a cell
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def ask(self, request: bytes) -> None:
        try:
            send(self._process.stdin, request)
        except OSError:  # it has died; the missing answer will say so
            pass

    def answer(self) -> bytes | None:
        return receive(self._process.stdout)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                pipe.close()
            except OSError:
                pass


_idle: list[_Child] = []


def _take_child() -> _Child:
    """Return a child that waits for work, or a new one; those of a parent process before a fork are not ours."""
    while _idle:
        child = _idle.pop()
        if child.owner == os.getpid():
            if child.is_alive():
                return child
            child.end()
    return _Child()


@atexit.register
def _end_children() -> None:
    while _idle:
        child = _idle.pop()
        if child.owner == os.getpid():
            child.end()


class _Reader:
    """Asks a child ahead and takes its answers, replacing it when it dies."""

    def __init__(self):
        self._child = _take_child()
        self._asked: deque[bytes] = deque()

    def ask_ahead(self, paths: Iterator[str | Path], waiting: deque[str | Path]) -> None:
        """Take paths from `paths` into `waiting` and ask for them."""
        while not self._asked or (len(self._asked) < _AHEAD and sum(map(len, self._asked)) < _AHEAD_BYTES):
            path = next(paths, None)
            if path is None:
                return
            waiting.append(path)
            request = json.dumps(os.path.abspath(path)).encode()
            self._asked.append(request)
            self._child.ask(request)

    def next_workbook(self) -> Workbook:
        """Return the workbook that was asked for first."""
        asked_at = time.monotonic()
        answer = self._child.answer()
        if answer is None:
            slow = time.monotonic() - asked_at > limits.SECONDS / 2
            answer = None if slow else self._try_again()
            if answer is None:
                self._asked.popleft()
                self._replace()
                return unreadable(refusal.SLOW if slow else refusal.CRASHED)
        self._asked.popleft()
        return unpack(answer)

    def close(self) -> None:
        """Give the child back, or end it if answers that nobody wants are still to come."""
        if self._asked:
            self._child.end()
        else:
            _idle.append(self._child)

    def _try_again(self) -> bytes | None:
        """Ask a new child for the file: the old one may have died of those before."""
        self._replace()
        return self._child.answer()

    def _replace(self) -> None:
        self._child.end()
        self._child = _Child()
        for request in self._asked:
            self._child.ask(request)
