"""Begin a new collection: a folder in data/raw with a `collection.toml` that explains itself."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from dangvien_analysis import periods
from dangvien_analysis.settings.folders import COLLECTION_FILE, find_collection, find_root
from dangvien_analysis.settings.model import Break, Collection, Organisation, School, SettingsError
from dangvien_analysis.system_errors import reason

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}

HEAD = """\
# Bộ số liệu của một đợt báo cáo. Chỉ dòng «title» là bắt buộc; dòng bắt đầu bằng dấu # chỉ là lời giải thích.
# Lưu tệp này với mã UTF-8. Chữ đặt trong dấu ngoặc kép, ngày viết dạng 2024-03-14 không có ngoặc kép.

[collection]
title = {title}
# Các kỳ mà mọi trường phải báo cáo: năm "2023", năm học "2022-2023", quý "2024-Q1", nửa năm "2024-H1",
# hoặc từ tháng đến tháng "2022-11/2023-10".
{periods}
# Số liệu tính đến ngày (năm-tháng-ngày); sửa ngày cho đúng rồi bỏ dấu # ở đầu dòng:
# as_of = {as_of}
# Hạn gửi báo cáo:
# deadline = {deadline}
# true: mọi trang báo cáo ghi «SỐ LIỆU MINH HỌA».
illustrative = false
"""

ORGANISATION = """
# Cơ quan ra báo cáo, in ở đầu trang. issuer = "board": tên cấp ủy trên, tên ban dưới;
# issuer = "committee": tên đảng bộ cấp trên, tên cấp ủy dưới.
[organisation]
"""

SCHOOLS = """
# Mỗi trường một phần [[schools]]. id không đổi qua các năm, kể cả khi trường đổi tên.
# «Trường», «THPT», «Trung học phổ thông», «Chi bộ» đứng trước tên thì không cần ghi thêm cách viết khác (aliases).
#
# Trường đổi tên: sửa name thành tên mới, ghi tên cũ và ngày cuối mang tên đó:
#     former = [{name = "Trường THPT Tên Cũ", until = 2025-06-30}]
# Trường sáp nhập: giữ nguyên phần của trường cũ, thêm ngày cuối cùng và id của trường mới:
#     valid_to = 2025-06-30
#     successor = "thpt-moi"
# Trường mới: thêm một phần [[schools]] với valid_from = ngày bắt đầu.
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

BREAKS = """
# Ngày mà từ đó số liệu không còn như trước, vẽ thành vạch trên biểu đồ. Ngày 1-7-2025 (không còn cấp huyện)
# chương trình đã biết, không cần ghi.
"""

BREAK_EXAMPLE = """\
# [[breaks]]
# day = 2026-09-01
# text = "sáp nhập các trường trong xã"
"""

PUBLISHED = """
# Số liệu đã công bố, để đối chiếu với tổng của tất cả các trường trong đúng các kỳ này.
"""

PUBLISHED_EXAMPLE = """\
# [[published]]
# group = "student"
# measure = "nominated"
# periods = ["2021", "2022", "2023", "2024"]
# n = 194
# source = "tin ngày 15-3-2024"
# note = "ghi chú in kèm, nếu cần"
"""

PROPOSAL = """
# Các phương án chỉ tiêu kết nạp bổ sung muốn tính thử trong báo cáo, cho học sinh và cho CBGVNV.
"""

PROPOSAL_EXAMPLE = """\
# [proposal]
# student = [4, 8]
# staff = [2]
"""

CONTEXT = """
# Thông tin thêm, in nguyên văn trong báo cáo; ghi cả nguồn.
[context]
"""


def new_collection(name: str, from_collection: str | Path | None = None) -> Path:
    """Write data/raw/<name>/collection.toml and return its path; a file that is there already is never overwritten.

    From another collection the office, its schools (merged ones too: their numbers keep the old name), its wordings and
    its days of reorganisation are carried over. The periods move on: the last one again if it was not over, and the
    next. Dates, published figures, proposed targets and context belong to the call before; they are left as comments,
    to be decided anew. `corrections.csv` is not carried over: it names cells of that call's files.
    """
    name = _folder_name(name)
    old = find_collection(from_collection) if from_collection is not None else None
    path = find_root() / "data" / "raw" / name / COLLECTION_FILE
    if path.exists():
        raise SettingsError(f"Đã có tệp {path}; hãy chọn tên khác, hoặc sửa chính tệp đó.")
    text = _describe(name, old)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The same bytes on Windows: Notepad reads plain line ends since 2018.
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SettingsError(f"Không ghi được {path} ({reason(error)}); hãy kiểm tra quyền ghi vào data/raw.") from error
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
    breaks = old.breaks if old else ()
    return "".join(
        [
            _head(name, old),
            ORGANISATION,
            _lines(asdict(organisation)),
            SCHOOLS,
            "\n".join(_entry("schools", school) for school in schools) or SCHOOL_EXAMPLE,
            ALIASES,
            _lines(aliases) or ALIAS_EXAMPLE,
            BREAKS,
            "\n".join(_entry("breaks", one) for one in breaks) or BREAK_EXAMPLE,
            PUBLISHED,
            _published(old),
            PROPOSAL,
            _proposal(old),
            CONTEXT,
            _commented(_lines(old.context)) if old else "",
        ]
    )


def _head(name: str, old: Collection | None) -> str:
    as_of = old.as_of if old and old.as_of else date(2024, 3, 14)
    deadline = old.deadline if old and old.deadline else date(2024, 3, 8)
    return HEAD.format(title=_toml(old.title if old else name), periods=_periods(old), as_of=as_of, deadline=deadline)


def _periods(old: Collection | None) -> str:
    if old is None or not old.periods:
        return '# periods = ["2021", "2022", "2023"]'
    return (
        f"# Đợt trước ({old.id}): {_toml(old.periods)}. Muốn vẽ cả các năm đó trong cùng một báo cáo thì chép các tệp\n"
        f"# của đợt trước (và corrections.csv, nếu có) vào thư mục này rồi thêm các kỳ đó vào đây.\n"
        f"periods = {_toml(_next_periods(old))}"
    )


def _next_periods(old: Collection) -> list[str]:
    """Return what a new call asks for: the last period again where it was not over, and the one after it."""
    last = max(old.periods, key=periods.sort_key)
    again = [last] if periods.is_partial(last, old.as_of) else []
    return [*again, periods.following(last)]


def _entry(section: str, value: School | Break) -> str:
    # An id and a name always; the rest only where it was said.
    said = {key: item for key, item in asdict(value).items() if item not in (None, ())}
    return f"[[{section}]]\n{_lines(said)}"


def _published(old: Collection | None) -> str:
    if old is None or not old.published:
        return PUBLISHED_EXAMPLE
    figures = "\n".join(f"[[published]]\n{_lines(asdict(figure))}" for figure in old.published)
    return "# Của đợt trước, bỏ dấu # nếu bộ này cũng có đủ các kỳ đó:\n" + _commented(figures)


def _proposal(old: Collection | None) -> str:
    if old is None or not old.proposal:
        return PROPOSAL_EXAMPLE
    section = "[proposal]\n" + _lines(old.proposal)
    return "# Của đợt trước, sửa số cho đợt này rồi bỏ dấu #:\n" + _commented(section)


def _commented(text: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in text.splitlines())


def _lines(values: Mapping[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_toml(value)}\n" for key, value in values.items())


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml(key)


def _toml(value: Any) -> str:
    """Write a value as TOML: the standard library reads TOML but does not write it."""
    if isinstance(value, str):
        # A JSON string is a TOML string, but for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Iterable):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    raise TypeError(f"no TOML for {type(value).__name__}")
