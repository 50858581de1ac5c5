"""Have the marked copy made, see that it loads like its original, and only then put it where it belongs."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from dangvien_analysis.marking.child import NOT_WRITTEN
from dangvien_analysis.marking.list_sheet import Letter
from dangvien_analysis.marking.notes import Note
from dangvien_analysis.reading import limits
from dangvien_analysis.workbook import Workbook, read_workbook

LIST_ENDING = " - can sua.xlsx"

_COPY_ENDINGS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})  # of names; what is inside decides
_PACKAGES = str(Path(__file__).resolve().parent.parent.parent)
_START = "import sys; sys.path.append(sys.argv[1]); from dangvien_analysis.marking.child import main; main()"
_OVERDUE = 4 * limits.SECONDS  # it ends itself before; this is for a machine that stands still


class NotWrittenError(Exception):
    """Say in one Vietnamese sentence why nothing was written, and what to do."""


def copy_name(name: str) -> str:
    """Return what the marked copy of a file is called: as the original, but for an ending that would be untrue."""
    path = Path(name)
    return path.with_suffix(".xlsx").as_posix() if path.suffix.lower() in _COPY_ENDINGS else f"{name}.xlsx"


def write_copy(source: Path, read: Workbook, target: Path, letter: Letter, notes: Sequence[Note]) -> bool:
    """Write the marked copy of `source`, which the loader reads as `read`, to `target`.

    False, and nothing written, for a file that cannot be changed with certainty. Raises NotWrittenError.
    """
    return _write(source, target, letter, notes, lambda made: _loads_alike(made, read))


def write_list(source: Path, target: Path, letter: Letter, notes: Sequence[Note]) -> None:
    """Write the list as a workbook of its own to `target`. Raises NotWrittenError."""
    if not _write(source, target, letter._replace(marked=False), notes, lambda _: True):
        raise NotWrittenError(f"Không lập được danh sách {target}; hãy chạy lại lệnh.")


def _write(source: Path, target: Path, letter: Letter, notes: Sequence[Note], is_good) -> bool:
    """Write under another name beside `target` and rename: whoever looks sees the old file or the new."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".can-sua-", dir=target.parent, ignore_cleanup_errors=True) as work:
            made = Path(work) / "ban-sao.xlsx"
            status = _run_child(source, made, letter, notes)
            if status == NOT_WRITTEN:
                raise NotWrittenError(_refused(target))
            if status or not is_good(made):
                return False
            made.replace(target)
    except OSError as error:
        raise NotWrittenError(_refused(target)) from error
    return True


def _refused(target: Path) -> str:
    return (
        f"Không ghi được {target}: tệp đang mở trong Excel, hoặc thư mục chỉ cho đọc hay đã đầy; "
        "hãy đóng tệp hoặc chọn thư mục khác bằng --out, rồi chạy lại."
    )


def _run_child(source: Path, target: Path, letter: Letter, notes: Sequence[Note]) -> int:
    job = {"source": str(source.absolute()), "target": str(target.absolute()), "letter": letter, "notes": list(notes)}
    try:
        done = subprocess.run(  # noqa: S603 - this very program
            [sys.executable, "-P", "-c", _START, _PACKAGES],
            input=json.dumps(job).encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # an error trace could quote a cell
            timeout=_OVERDUE,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return limits.TOO_SLOW
    return done.returncode


def _loads_alike(made: Path, read: Workbook) -> bool:
    """Tell whether the loader reads the same cells in the copy: a copy that says anything else is never given out."""
    return read_workbook(made).sheets == read.sheets
