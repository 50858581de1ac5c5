"""Take one value out of `collection.toml`, or say in words what it should have been.

`where` is the file, the section and the key, as a message names them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from dangvien_analysis import periods
from dangvien_analysis.settings.model import SettingsError

_REQUIRED = object()


def take(
    section: Mapping[str, Any], key: str, read: Callable[[Any, str], Any], where: str, default: Any = _REQUIRED
) -> Any:
    """Return the value of `key`, read by one of the functions below; without a default it must be there."""
    if key in section:
        return read(section[key], f"{where}, {key}")
    if default is _REQUIRED:
        raise SettingsError(f"{where}: thiếu {key}; hãy thêm một dòng «{key} = …».")
    return default


def refuse_unknown(section: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    """Refuse a key that is not known: a misspelt one would otherwise be left out without a word."""
    known = tuple(known)
    if unknown := [key for key in section if key not in known]:
        raise SettingsError(f"{where}: không hiểu «{unknown[0]}»; ở đây chỉ dùng: {', '.join(known)}.")


def section_of(data: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    """Return the section `[key]`, empty where it is left out."""
    found = data.get(key, {})
    if not isinstance(found, dict):
        raise SettingsError(f"{where}: «{key}» phải là một mục, bắt đầu bằng dòng [{key}].")
    return found


def sections_of(data: Mapping[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    """Return the sections `[[key]]` in their order, none where they are left out."""
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise SettingsError(f"{where}: mỗi phần của «{key}» phải bắt đầu bằng dòng [[{key}]].")
    return found


def any_text(value: Any, where: str) -> str:
    """Return a text, which may be empty, with its accents composed."""
    if not isinstance(value, str):
        raise SettingsError(f'{where}: phải là chữ, viết trong dấu ngoặc kép "…".')
    return unicodedata.normalize("NFC", value).strip()


def text(value: Any, where: str) -> str:
    """Return a text that is not empty."""
    if not (found := any_text(value, where)):
        raise SettingsError(f"{where}: đang để trống; hãy điền vào giữa hai dấu ngoặc kép.")
    return found


def texts(value: Any, where: str) -> tuple[str, ...]:
    """Return a list of texts, none of them empty."""
    if not isinstance(value, list):
        raise SettingsError(f'{where}: phải là một danh sách, viết dạng ["…", "…"].')
    return tuple(text(item, where) for item in value)


def period_list(value: Any, where: str) -> tuple[str, ...]:
    """Return a list of periods as `counts` writes them, each once."""
    found = texts(value, where)
    for period in found:
        try:
            periods.parse(period)
        except ValueError as error:
            raise SettingsError(f"{where}: {error}") from error
        if found.count(period) > 1:
            raise SettingsError(f"{where}: kỳ «{period}» ghi hai lần; hãy bỏ bớt một.")
    return found


def school_id(value: Any, where: str) -> str:
    """Return a school's id; ids become file names and are written one after another with commas between."""
    if not re.fullmatch(r"\w[\w.-]*", found := text(value, where)):
        raise SettingsError(f"{where}: mã trường chỉ gồm chữ, số, «-», «_» và «.», không có khoảng trắng.")
    return found


def day(value: Any, where: str) -> date:
    """Return a date, typed as TOML has it: without quotes."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise SettingsError(f"{where}: phải là một ngày viết dạng 2024-03-14, không có dấu ngoặc kép.")
    return value


def flag(value: Any, where: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise SettingsError(f"{where}: chỉ được là true hoặc false, không có dấu ngoặc kép.")
    return value


def whole(value: Any, where: str) -> int:
    """Return a whole number, zero or more."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise SettingsError(f"{where}: phải là một số nguyên không âm, không có dấu chấm hay dấu ngoặc kép.")
    return value


def wholes(value: Any, where: str) -> tuple[int, ...]:
    """Return a list of whole numbers, zero or more."""
    if not isinstance(value, list):
        raise SettingsError(f"{where}: phải là một danh sách số, viết dạng [4, 8].")
    return tuple(whole(item, where) for item in value)
