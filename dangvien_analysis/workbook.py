"""Any spreadsheet file as sheets of cells, each with its address, raw text and state; never silently wrong.

Files come from anywhere, so they are read in a child process with limits of time and memory. It is kept alive over
many files and reads ahead while its answers are worked on; a file that kills it is reported, and another takes over.
Where there is a second processor, many files are opened by two of them.
"""

import atexit
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from operator import length_hint
from pathlib import Path

from dangvien_analysis.reading import limits, refusal
from dangvien_analysis.reading.cells import (
    COUNT,
    DATE,
    ERROR,
    FORMULA,
    MASKED,
    NUMBER,
    STRUCK,
    TEXT,
    UNSEEN_ZERO,
    ZERO,
    Cell,
    Problem,
    Sheet,
    Workbook,
    address,
    address_range,
    parse_address,
)
from dangvien_analysis.reading.read import unreadable
from dangvien_analysis.reading.transfer import Unpacker, receive, send

__all__ = [
    "COUNT",
    "DATE",
    "ERROR",
    "FORMULA",
    "MASKED",
    "NUMBER",
    "STRUCK",
    "TEXT",
    "UNSEEN_ZERO",
    "ZERO",
    "Cell",
    "Problem",
    "Sheet",
    "Workbook",
    "address",
    "address_range",
    "end_reading",
    "parse_address",
    "prepare_to_read",
    "read_workbook",
    "read_workbooks",
]

_MANY = 64  # files; a second child opens half of so many or more, for it takes as long as 50 files to start
_AHEAD = 8  # files a child may be asked for before the first answer is taken
_AHEAD_BYTES = 2048  # of requests not yet taken up: less than the smallest pipe holds, so that writing never waits
_PACKAGES = str(Path(__file__).resolve().parent.parent)
_START = "import sys; sys.path.append(sys.argv[1]); from dangvien_analysis.reading.child import main; main()"


def read_workbook(path: str | Path) -> Workbook:
    """Read one spreadsheet file; what is wrong with it is in `problems`. Never raises for what is in the file."""
    return next(read_workbooks([path]))[1]


def read_workbooks(
    paths: Iterable[str | Path], number: int | None = None
) -> Generator[tuple[str | Path, Workbook], None, None]:
    """Read spreadsheet files, in order, each as (the path as given, its workbook).

    The first are asked for at once, to be read while the caller makes ready. `number`: how many `paths` there are,
    where only the caller can tell.
    """
    reading = _read_in_turn(iter(paths), length_hint(paths) if number is None else number)
    next(reading)
    return reading


def _read_in_turn(paths: Iterator[str | Path], number: int) -> Generator:
    """Ask for the first files and yield nothing; then yield each file and ask for another in its place."""
    two = number >= _MANY and (os.cpu_count() or 1) > 1  # opening takes longer than what follows
    readers = [_Reader() for _ in range(2 if two else 1)]
    waiting: deque[tuple[str | Path, _Reader]] = deque()
    try:
        _ask(readers, paths, waiting)
        yield
        while waiting:
            path, reader = waiting.popleft()
            workbook = reader.next_workbook()
            _ask(readers, paths, waiting)
            yield path, workbook
    finally:
        for reader in readers:
            reader.close()


def _ask(readers: list["_Reader"], paths: Iterator[str | Path], waiting: deque[tuple[str | Path, "_Reader"]]) -> None:
    """Ask for files as long as the reader that has fewest before it is free."""
    while (reader := min(readers, key=len)).is_free and (path := next(paths, None)) is not None:
        reader.ask(path)
        waiting.append((path, reader))


def prepare_to_read() -> None:
    """Start the reading process if none waits, for whoever has something else to do before the first file."""
    _give_back(_take_child())


class _Child:
    """A reading process: asked for paths, it answers with workbooks in the same order."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-P", "-c", _START, _PACKAGES],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # an error trace could quote a cell
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.unpack = Unpacker().unpack

    def ask(self, request: bytes) -> None:
        with suppress(OSError):  # it has died; the missing answer will say so
            send(self._process.stdin, request)

    def answer(self) -> bytes | None:
        return receive(self._process.stdout)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> int:
        """End the process, if it has not ended, and return its exit status."""
        self._process.kill()
        status = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()
        return status

    def status(self) -> int:
        """Return the exit status of a process that has closed its end."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2)
        return self.end()


_idle: dict[int, list[_Child]] = {}  # by process: after a fork the parent's children are not ours to ask


def _take_child() -> _Child:
    """Return a child that waits for work, or a new one."""
    waiting = _idle.setdefault(os.getpid(), [])
    while waiting:
        child = waiting.pop()
        if child.is_alive():
            return child
        child.end()
    return _Child()


def _give_back(child: "_Child") -> None:
    _idle.setdefault(os.getpid(), []).append(child)


@atexit.register
def end_reading() -> None:
    """End the reading processes that wait for work; this program's end does it too."""
    for child in _idle.pop(os.getpid(), []):
        child.end()


class _Reader:
    """Asks a child ahead and takes its answers, replacing it when it dies."""

    def __init__(self) -> None:
        self._child = _take_child()
        self._asked: deque[bytes] = deque()

    def __len__(self) -> int:
        """Return how many files it was asked for and has not answered."""
        return len(self._asked)

    @property
    def is_free(self) -> bool:
        """Tell whether the child may be asked for another file before it has answered."""
        return not self._asked or (len(self._asked) < _AHEAD and sum(map(len, self._asked)) < _AHEAD_BYTES)

    def ask(self, path: str | Path) -> None:
        """Ask for a file."""
        request = json.dumps(os.path.abspath(path)).encode()  # noqa: PTH100 - pathlib takes longer than the reading
        self._asked.append(request)
        self._child.ask(request)

    def next_workbook(self) -> Workbook:
        """Return the workbook that was asked for first."""
        status, answer = 0, self._child.answer()
        if answer is None and (status := self._child.status()) != limits.TOO_SLOW:
            self._renew()  # the old one may have died of what it read before; one that dies now dies of this file
            answer = self._child.answer()
            status = self._child.status() if answer is None else status
        self._asked.popleft()
        if answer is not None:
            return self._child.unpack(answer)
        self._renew()
        return unreadable(refusal.SLOW if status == limits.TOO_SLOW else refusal.CRASHED)

    def close(self) -> None:
        """Give the child back, or end it if answers that nobody wants are still to come."""
        if self._asked:
            self._child.end()
        else:
            _give_back(self._child)

    def _renew(self) -> None:
        """Ask a new child for all that is still to come, in place of one that died."""
        self._child = _Child()
        for request in self._asked:
            self._child.ask(request)
