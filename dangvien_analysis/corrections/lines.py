"""Read `corrections.csv` as Excel or Notepad wrote it; a bad line spoils no other."""

import csv
import re
from datetime import date
from typing import NamedTuple

import pandas as pd

from dangvien_analysis.frames import Finding
from dangvien_analysis.settings import Collection
from dangvien_analysis.system_errors import reason
from dangvien_analysis.text import bare, date_text, fold, parse_count, tidy

CORRECTIONS_FILE = "corrections.csv"
HEADINGS = {  # as the file is documented, and as a clerk may call the columns
    "file": ("file", "tệp", "tên tệp"),
    "sheet": ("sheet", "trang", "trang tính"),
    "cell": ("cell", "ô"),
    "old": ("old", "cũ", "số cũ"),
    "new": ("new", "mới", "số mới"),
    "reason": ("reason", "lý do"),
    "date": ("date", "ngày"),
}
SEPARATORS = (",", ";", "\t")
ACCEPT = "chấp nhận"
NOT_REPORTED = "chưa báo cáo"
_BLANKS = {"chua bao cao", "de trong", "bo trong"}
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
)
_PLAIN_NUMBER = re.compile(r"-?\d{1,12}([.,]\d{1,6})?%?")


class Line(NamedTuple):
    """One line of the file: where, what stood there, what stands there instead, why, since when.

    `number` is its line in the file; `day` is None only where the line was refused for it.
    """

    number: int
    file: str
    sheet: str
    cell: str
    old: str
    new: str
    reason: str
    day: date | None

    @property
    def accepts(self) -> bool:
        """Tell whether the line accepts a warning; then `old` is the warning's sentence."""
        return bare(self.new) == bare(ACCEPT)

    @property
    def clears(self) -> bool:
        """Tell whether the line takes a number back: nothing was reported after all."""
        return bare(self.new) in _BLANKS

    @property
    def why(self) -> str:
        """Say when and why, as a message ends."""
        return f"ngày {date_text(self.day)}: {self.reason}"


class Outcome(NamedTuple):
    """What became of a line: `status` is applied, refused, or unneeded (there is nothing left to change)."""

    line: Line
    status: str
    finding: Finding

    def row(self) -> dict:
        """Return the line as `returns.corrections` keeps it."""
        line, accepts = self.line, self.line.accepts
        stated = self.finding if self.finding.file != CORRECTIONS_FILE else None
        old = tidy(line.old) if accepts and self.status == "applied" else "" if accepts else quotable(line.old)
        return {
            "file": stated.file if stated else line.file,
            "sheet": stated.sheet if stated else line.sheet,
            "cell": stated.cell if stated else line.cell,
            "old": old,
            "new": ACCEPT if accepts else NOT_REPORTED if line.clears else quotable(line.new),
            "reason": line.reason,
            "date": pd.NaT if line.day is None else pd.Timestamp(line.day),
            "kind": "acceptance" if accepts else "correction",
            "status": self.status,
            "school": self.finding.school,
        }


def quotable(text: str) -> str:
    """Return a typed text as far as it is a number; anything else is only said to be words."""
    text = tidy(text)
    if not text or parse_count(text)[0] != "text" or _PLAIN_NUMBER.fullmatch(text):
        return text
    return "(chữ)"


def refusal(line: Line, why: str, at: Finding | None = None) -> Outcome:
    """Return the outcome of a line that was not applied, with the reason and what to do."""
    place = at or Finding("", "", "", file=CORRECTIONS_FILE)
    message = f"Dòng {line.number} của corrections.csv chưa được áp dụng: {why}"
    return Outcome(line, "refused", place._replace(level="warning", code="correction_refused", message=message))


def read_corrections(collection: Collection) -> tuple[list[Line], list[Outcome], list[Finding]]:
    """Return the good lines of the collection's file, the bad ones refused, and what is wrong with the whole file."""
    path = collection.folder / CORRECTIONS_FILE
    if not path.is_file():
        return [], [], []
    try:
        rows = _rows(_decoded(path.read_bytes()))
    except OSError as error:
        return [], [], [_whole(f"không mở được ({reason(error)}); hãy đóng tệp nếu đang mở rồi chạy lại.")]
    except (ValueError, csv.Error):
        return [], [], [_whole("không đọc được; hãy lưu lại bằng Excel dạng «CSV UTF-8».")]
    if rows is None:
        needed = ", ".join(HEADINGS)
        return [], [], [_whole(f"thiếu dòng tiêu đề đủ bảy cột {needed}; hãy thêm dòng đó ở đầu tệp.")]
    good, bad = [], []
    for number, cells in rows:
        line, fault = _line(number, cells)
        if fault:
            bad.append(refusal(line, fault))
        else:
            good.append(line)
    return sorted(good, key=lambda line: line.day), bad, []  # what was said later counts later


def _whole(why: str) -> Finding:
    return Finding("error", "correction_refused", f"Tệp corrections.csv {why}", file=CORRECTIONS_FILE)


def _decoded(raw: bytes) -> str:
    """Return the text: UTF-8 or UTF-16 as Excel marks them, else UTF-8 if it is, else the old Vietnamese code page."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1258")  # its tones are signs of their own; `tidy` puts them together


def _rows(text: str) -> list[tuple[int, dict[str, str]]] | None:
    """Return the lines after the heading, each with its number; None where there is no heading."""
    lines = text.splitlines(keepends=True)
    skipped = 0
    if lines and re.fullmatch(r"sep=.\s*", lines[0], re.IGNORECASE):
        lines, skipped = lines[1:], 1
    for separator in SEPARATORS:
        reader = csv.reader(lines, delimiter=separator)
        columns = [_column(cell) for cell in next(reader, [])]
        if set(HEADINGS) <= set(columns):
            return [(reader.line_num + skipped, _cells(columns, row)) for row in reader if any(map(tidy, row))]
    return None


def _column(heading: str) -> str:
    return next((name for name, names in HEADINGS.items() if fold(heading) in map(fold, names)), "")


def _cells(columns: list[str], row: list[str]) -> dict[str, str]:
    cells = {name: _typed(cell) for name, cell in zip(columns, row, strict=False) if name}
    return cells | {"": "".join(map(tidy, row[len(columns) :]))}


def _typed(cell: str) -> str:
    return tidy(cell.removeprefix("'"))  # the mark with which Excel keeps a text that looks like a formula


def _line(number: int, cells: dict[str, str]) -> tuple[Line, str]:
    """Return a line, and what is wrong with it by itself, else ""."""
    texts = {name: cells.get(name, "") for name in HEADINGS if name != "date"}
    day = _day(cells.get("date", ""))
    line = Line(number, **texts, day=day)
    if cells.get("", ""):
        return line, "có nhiều cột hơn dòng tiêu đề; chữ có dấu phẩy phải đặt trong dấu ngoặc kép."
    if day is None:
        return line, "cột date phải là ngày viết dạng 14/03/2024."
    if not line.reason:
        return line, "cột reason để trống; hãy ghi lý do, vì lý do được in trong báo cáo."
    if not (line.accepts or line.clears) and parse_count(line.new)[0] == "text":
        return line, (
            f"cột new phải là một số người (số nguyên, không âm), «{NOT_REPORTED}» để bỏ số, "
            f"hoặc «{ACCEPT}» để chấp nhận một cảnh báo."
        )
    return line, ""


def _day(text: str) -> date | None:
    for pattern in _DAYS:
        if found := pattern.fullmatch(text):
            try:
                return date(**{name: int(value) for name, value in found.groupdict().items()})
            except ValueError:
                return None
    return None
