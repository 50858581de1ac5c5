"""Words to whoever started a command: on a terminal, in a log, on a console that is not UTF-8."""

import io
import sys
import time
from typing import TextIO

EVERY = 5.0  # seconds between two lines of progress in a log


def use_utf8() -> None:
    """Write UTF-8 whatever the console; a letter that cannot be shown becomes a question mark, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str = "") -> None:
    """Write a line of the result."""
    _write(sys.stdout, f"{text}\n")


def warn(text: str) -> None:
    """Write a line about what went wrong, or what is going on; results stay apart from it."""
    _write(sys.stderr, f"{text}\n")


class Progress:
    """Show how far a long work has come: one line that changes on a terminal, a line now and then in a log."""

    def __init__(self, what: str) -> None:
        """Take the work in words, for example "Đang đọc"."""
        self.what = what
        self.live = sys.stderr.isatty()
        self.told = time.monotonic()
        self.width = 0

    def __call__(self, done: int, of: int, name: str) -> None:
        """Tell that `done` of `of` are done, the last one being `name`."""
        line = f"{self.what} {done}/{of}: {name}"[:100]
        if self.live:
            _write(sys.stderr, "\r" + line.ljust(self.width) + ("\n" if done == of else ""))
            self.width = len(line)
        elif done == of or time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            warn(line)


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()
