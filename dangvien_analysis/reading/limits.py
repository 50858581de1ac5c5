"""What the reading child forbids itself, on each system: much memory, and much time for one file."""

import faulthandler
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

MEMORY = 768 << 20  # bytes; the largest workbook within the other limits needs about half
SECONDS = 9.0  # for one file; a return takes milliseconds
TOO_SLOW = -signal.SIGALRM if hasattr(signal, "SIGALRM") else 1  # the exit status of a process that ran out of time


def limit_memory(size: int) -> None:
    """Make the system refuse this process more than `size` bytes of memory, where it knows how."""
    if sys.platform == "win32":
        _limit_job(size)
    else:
        _limit_address_space(size)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End this process if the block takes longer, even inside a library that never comes back to Python."""
    if hasattr(signal, "SIGALRM"):  # the thread below takes a tenth of the time of a return to start
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@lru_cache(maxsize=1)
def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")  # kept open for the life of the process


def _limit_address_space(size: int) -> None:
    import resource

    for limit, value in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):  # macOS has no limit of address space; what remains is the limit of time
            continue


def _limit_job(size: int) -> None:
    """Put this process into a job object of its own, the Windows twin of a resource limit."""
    import ctypes
    from ctypes import wintypes

    limits = _extended_limits()
    # Beyond the limit an allocation fails; with the second flag a crash opens no dialogue box.
    limits.BasicLimitInformation.LimitFlags = 0x0100 | 0x0400
    limits.ProcessMemoryLimit = size
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.argtypes = [wintypes.LPVOID, wintypes.LPCWSTR]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD]
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    job = kernel.CreateJobObjectW(None, None)  # kept open for the life of the process
    if job and kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits)):
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())


def _extended_limits() -> Any:
    """Return an empty JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class Extended(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    return Extended()
