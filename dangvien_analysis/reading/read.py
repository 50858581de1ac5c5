"""One file's bytes to a workbook, whatever they turn out to be. Runs in the child process."""

import os
from pathlib import Path

from dangvien_analysis.reading import own_table, refusal
from dangvien_analysis.reading.cells import Problem, Workbook
from dangvien_analysis.reading.own_list import without_list
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.sniff import ODS, XLSX, is_junk, is_lock_file, sniff

MAX_FILE = 64 << 20


def read_path(path: Path) -> Workbook:
    """Read a file. Never raises for what is in it: a refusal is a workbook without sheets and with a problem."""
    if is_lock_file(path.name):
        return _refused("warning", "lock_file", refusal.LOCK_FILE)
    if is_junk(path.name):
        return _refused("info", "not_a_return", refusal.NOT_A_RETURN)
    try:
        workbook = without_list(read_bytes(_bytes(path), path.name))
    except Unreadable as exc:
        return unreadable(str(exc))
    except MemoryError:
        return unreadable(refusal.TOO_LARGE)
    except Exception:  # noqa: BLE001 - readers meet bytes made to break them; their words may quote cells
        return unreadable(refusal.DAMAGED)
    return (
        _refused("warning", "own_table", own_table.MESSAGE) if own_table.is_own_table(workbook.properties) else workbook
    )


def unreadable(message: str) -> Workbook:
    """Return the workbook of a file that was not read."""
    return _refused("error", "unreadable_file", message)


def read_bytes(data: bytes, name: str) -> Workbook:
    """Read a file's content; `name` only serves to say what was expected. Raises Unreadable."""
    kind, package = sniff(data, name)
    # Each reader is imported when the first file of its kind comes.
    if kind == XLSX:
        from dangvien_analysis.reading.xlsx import read_xlsx

        return read_xlsx(package)
    if kind == ODS:
        from dangvien_analysis.reading.ods import read_ods

        return read_ods(package)
    from dangvien_analysis.reading.xls import read_xls

    return read_xls(data)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Unreadable(refusal.MISSING)
        with path.open("rb") as file:
            # Asked for so many bytes, Python makes room for all of them first.
            data = file.read() if os.fstat(file.fileno()).st_size <= MAX_FILE else file.read(MAX_FILE + 1)
    except OSError as exc:
        raise Unreadable(refusal.LOCKED) from exc
    if len(data) > MAX_FILE:
        raise Unreadable(refusal.TOO_LARGE)
    return data


def _refused(level: str, code: str, message: str) -> Workbook:
    return Workbook(problems=(Problem(level, code, "", "", message),))
