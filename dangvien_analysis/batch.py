"""Many reports at once: a few processes, each making one report after another.

The processes are this package run anew, not forks of whatever program asked, so that a user's script needs no guard.
What was read lies in `data/processed/`, so that each takes it from there, and each keeps one kernel for all it makes.
A report that fails, or even ends its process, does not keep the others from being made.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING

from dangvien_analysis import index, report
from dangvien_analysis.execution import NotebookError
from dangvien_analysis.loading import current_returns
from dangvien_analysis.report import Plan
from dangvien_analysis.settings import SettingsError

if TYPE_CHECKING:
    from dangvien_analysis.kernels import Kernel

Told = Callable[[int, int, str], None]

_PACKAGES = str(Path(__file__).resolve().parent.parent)
_START = "import sys; sys.path.append(sys.argv[1]); from dangvien_analysis.batch import serve; serve()"
FAREWELL = 10  # seconds
CRASHED = "Chương trình làm báo cáo dừng đột ngột (có thể do thiếu bộ nhớ); hãy chạy lại riêng báo cáo này."


def make_all(plans: Sequence[Plan], progress: Told | None = None, workers: int | None = None) -> dict[str, str]:
    """Make the reports and return, by stem, what went wrong with those that could not be made.

    There is a worker for each processor unless `workers` says otherwise. A single report is made in this process.
    Every index page is made anew after each report.
    """
    failed: dict[str, str] = {}
    outcomes = _one_by_one(plans) if len(plans) < 2 else _at_once(plans, workers or os.cpu_count() or 1)
    for done, (planned, message) in enumerate(outcomes, start=1):
        if message:
            failed[planned.entry.stem] = message
        report.list_made(planned)
        if progress:
            progress(done, len(plans), planned.entry.stem)
    return failed


def _one_by_one(plans: Sequence[Plan]) -> Iterator[tuple[Plan, str]]:
    for planned in plans:
        try:
            report.export(planned)
        except NotebookError as error:
            yield planned, str(error)
        else:
            yield planned, ""


def _at_once(plans: Sequence[Plan], workers: int) -> Iterator[tuple[Plan, str]]:
    """Yield each plan, with what went wrong, as it is finished; whoever stops listening ends the processes."""
    waiting: Queue[Plan] = Queue()
    finished: Queue[tuple[Plan, str]] = Queue()
    for planned in plans:
        waiting.put(planned)
    team = [_Worker(waiting, finished) for _ in range(min(workers, len(plans)))]
    try:
        for _ in plans:
            yield finished.get()
    finally:
        for worker in team:
            worker.end()


class _Worker(threading.Thread):
    """Hand one report after another to a process of its own, a new one where the last has died."""

    def __init__(self, waiting: "Queue[Plan]", finished: "Queue[tuple[Plan, str]]") -> None:
        super().__init__(daemon=True)
        self.waiting, self.finished = waiting, finished
        self.process: subprocess.Popen | None = None
        self.ended = False
        self.start()

    def run(self) -> None:
        """Work until nothing waits."""
        while not self.ended:
            try:
                planned = self.waiting.get_nowait()
            except Empty:
                break
            self.finished.put((planned, self._make(planned)))
        self._close()

    def end(self) -> None:
        """End the process at once, and with it whatever this thread waits for."""
        self.ended = True
        if (process := self.process) is not None:
            process.kill()
        self.join()

    def _make(self, planned: Plan) -> str:
        answer = self._ask(json.dumps(_task(planned), ensure_ascii=False, default=str))
        if answer is None and not self.ended:
            index.record(planned.folder, planned.entry.failed(CRASHED, 0, None))
        return CRASHED if answer is None else answer

    def _ask(self, task: str) -> str | None:
        if self.process is None:
            self.process = _start()
        with suppress(OSError):  # it has died; the missing answer will say so
            self.process.stdin.write(task.encode() + b"\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
            if line.endswith(b"\n"):
                return json.loads(line)["message"]
        self._close()
        return None

    def _close(self) -> None:
        """Let the process end its kernel and itself; end it if it does not."""
        process, self.process = self.process, None
        if process is not None:
            with suppress(OSError):
                process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                process.wait(0 if self.ended else FAREWELL)
            process.kill()
            process.wait()
            process.stdout.close()


def _start() -> subprocess.Popen:
    return subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-P", "-c", _START, _PACKAGES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _task(planned: Plan) -> dict:
    entry, chosen = planned.entry, planned.chosen
    return {
        "collection": str(planned.collection),
        "notebook": str(planned.notebook),
        "values": {name: value for name, value in planned.values.items() if name != "collection"},
        "formats": entry.formats,
        "out": str(planned.folder.parent if chosen.publication else planned.folder),
        "origin": planned.origin,
    }


def serve() -> None:
    """Make the reports asked for, line by line, until the asking process closes its end or dies."""
    from dangvien_analysis.kernels import Kernel

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not speak into the answers
    read, kernel = {}, Kernel()
    for line in sys.stdin.buffer:
        message = _serve_one(json.loads(line), read, kernel)
        answers.write(json.dumps({"message": message}).encode() + b"\n")
        answers.flush()
    kernel.end()


def _serve_one(task: dict, read: dict, kernel: "Kernel") -> str:
    """Make one report and return what went wrong; `read` keeps the collection from one to the next."""
    name = task.pop("collection")
    if name not in read:
        read[name] = current_returns(name)
    task["out"] = Path(task["out"])
    try:
        report.export(report.plan(read[name], **task), kernel)
    except (NotebookError, SettingsError) as error:
        return str(error)
    return ""
