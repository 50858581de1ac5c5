"""Begin a new collection: a folder in data/raw with a `collection.toml` that explains itself."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from dangvien_analysis.settings.folders import COLLECTION_FILE, find_collection, find_root
from dangvien_analysis.settings.model import Collection, Organisation, School, SettingsError

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}

HEAD = """\
# Bộ số liệu của một đợt báo cáo. Chỉ dòng «title» là bắt buộc; dòng bắt đầu bằng dấu # chỉ là lời giải thích.
# Lưu tệp này với mã UTF-8. Chữ đặt trong dấu ngoặc kép, ngày viết dạng 2024-03-14 không có ngoặc kép.

[collection]
title = {title}
# Các kỳ mà mọi trường phải báo cáo: năm "2023", năm học "2022-2023", quý "2024-Q1", nửa năm "2024-H1",
# hoặc từ tháng đến tháng "2022-11/2023-10".
{periods}
# Số liệu tính đến ngày:
# as_of = 2024-03-14
# Hạn gửi báo cáo:
# deadline = 2024-03-08
# true: mọi trang báo cáo ghi «SỐ LIỆU MINH HỌA».
illustrative = false
"""

ORGANISATION = """
# Cơ quan ra báo cáo, in ở đầu trang. issuer = "board": tên cấp ủy trên, tên ban dưới;
# issuer = "committee": tên đảng bộ cấp trên, tên cấp ủy dưới.
[organisation]
"""

SCHOOLS = """
# Mỗi trường một phần [[schools]]. id không đổi khi trường đổi tên: tên cũ ghi vào aliases.
# «Trường», «THPT», «Trung học phổ thông», «Chi bộ» đứng trước tên thì không cần ghi thêm cách viết khác.
# Trường sáp nhập: valid_to là ngày cuối cùng, successor là id của trường mới.
"""

SCHOOL_EXAMPLE = """\
# [[schools]]
# id = "thpt-a"
# name = "Trường THPT A"
# aliases = ["Trường cấp 3 A"]
"""

ALIASES = """
# Cách ghi tiêu đề riêng của bộ số liệu này mà bảng từ chung chưa có.
[aliases]
"""

ALIAS_EXAMPLE = """\
# "QCƯT là ĐVTN" = {group = "student"}
"""

TAIL = """
# Số liệu đã công bố, để đối chiếu với tổng của tất cả các trường trong đúng các kỳ này.
# [[published]]
# group = "student"
# measure = "nominated"
# periods = ["2021", "2022", "2023", "2024"]
# n = 194
# source = "tin ngày 15-3-2024"
# note = "ghi chú in kèm, nếu cần"

# Các phương án chỉ tiêu kết nạp bổ sung muốn tính thử trong báo cáo, cho học sinh và cho CBGVNV.
# [proposal]
# student = [4, 8]
# staff = [2]

# Thông tin thêm, in nguyên văn trong báo cáo; ghi cả nguồn.
[context]
"""


def new_collection(name: str, from_collection: str | Path | None = None) -> Path:
    """Write data/raw/<name>/collection.toml and return its path; a file that is there already is never overwritten.

    From another collection the office, its schools and its wordings are carried over; periods, dates and published
    figures are not, for they belong to that call for returns.
    """
    name = _folder_name(name)
    old = find_collection(from_collection) if from_collection is not None else None
    path = find_root() / "data" / "raw" / name / COLLECTION_FILE
    if path.exists():
        raise SettingsError(f"Đã có tệp {path}; hãy chọn tên khác, hoặc sửa chính tệp đó.")
    path.parent.mkdir(parents=True, exist_ok=True)
    # The same bytes on Windows: Notepad reads plain line ends since 2018.
    path.write_text(_describe(name, old), encoding="utf-8", newline="\n")
    return path


def _folder_name(name: str) -> str:
    found = unicodedata.normalize("NFC", name).strip()
    stem = found.split(".")[0].casefold()
    if not re.fullmatch(r"\w[\w .-]*", found) or found.endswith(".") or stem in RESERVED:
        raise SettingsError(
            f"Tên bộ số liệu «{name}» không dùng làm tên thư mục được; hãy dùng chữ, số, dấu cách, «-» hoặc «_»."
        )
    return found


def _describe(name: str, old: Collection | None) -> str:
    organisation = old.organisation if old else Organisation()
    schools = old.schools if old else ()
    aliases = old.aliases if old else {}
    return "".join(
        [
            HEAD.format(title=_toml(old.title if old else name), periods=_periods(old)),
            ORGANISATION,
            _lines(asdict(organisation)),
            SCHOOLS,
            "\n".join(_school(school) for school in schools) or SCHOOL_EXAMPLE,
            ALIASES,
            _lines(aliases) or ALIAS_EXAMPLE,
            TAIL,
        ]
    )


def _periods(old: Collection | None) -> str:
    if old is None or not old.periods:
        return '# periods = ["2021", "2022", "2023"]'
    return f"# Đợt trước ({old.id}): {_toml(old.periods)}\nperiods = []"


def _school(school: School) -> str:
    # An id and a name always; the rest only where it was said.
    said = {key: value for key, value in asdict(school).items() if value not in (None, ())}
    return f"[[schools]]\n{_lines(said)}"


def _lines(values: dict[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_toml(value)}\n" for key, value in values.items())


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml(key)


def _toml(value: Any) -> str:
    """Write a value as TOML: the standard library reads TOML but does not write it."""
    if isinstance(value, str):
        # A JSON string is a TOML string, but for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Iterable):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    raise TypeError(f"no TOML for {type(value).__name__}")
