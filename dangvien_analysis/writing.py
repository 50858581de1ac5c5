"""Write a file whole or not at all, and say in a sentence why it could not be written."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from dangvien_analysis.settings import SettingsError
from dangvien_analysis.system_errors import reason

NO_DAY = date(2000, 1, 1)  # of a workbook that has no day of its own: no clock, so that the bytes stay the same


def write_whole(path: Path, content: bytes) -> Path:
    """Put a file in its place by renaming a finished one, and return the path; its folder is made where it is not.

    A read-only folder, or a workbook that stands open in Excel, raises SettingsError; what was there stays as it was.
    """
    fresh = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return path


def unwritable(path: Path, error: OSError) -> SettingsError:
    """Return what to tell whoever asked for a file that could not be written."""
    if isinstance(error, PermissionError):
        why = "tệp đang mở trong Excel hoặc thư mục chỉ cho đọc; hãy đóng tệp đó, hoặc chọn nơi ghi khác, rồi chạy lại"
    else:
        why = f"{reason(error)}; hãy kiểm tra đường dẫn và chỗ trống trên đĩa, rồi chạy lại"
    return SettingsError(f"Không ghi được {path}: {why}.")


def new_workbook(target: Path | BinaryIO, title: str, day: date | None = None) -> Any:
    """Begin a workbook with XlsxWriter: every text stays a text whatever it begins with, so nothing typed can run."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    if isinstance(target, Path):
        workbook = xlsxwriter.Workbook(str(target), options)
    else:  # no temporary files either
        workbook = xlsxwriter.Workbook(target, options | {"in_memory": True})
    created = datetime(*(day or NO_DAY).timetuple()[:3])  # noqa: DTZ001 (a day, no clock)
    workbook.set_properties({"title": title, "created": created})
    return workbook
