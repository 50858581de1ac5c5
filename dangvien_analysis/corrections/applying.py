"""Put corrections into the cells they name, each only where its old value still stands."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dangvien_analysis.corrections.lines import NOT_REPORTED, Line, Outcome, quotable, refusal
from dangvien_analysis.frames import COUNT_KEY, Finding
from dangvien_analysis.returns import read_returns
from dangvien_analysis.settings import Collection, workbook_files
from dangvien_analysis.text import bare, fold, parse_count, tidy
from dangvien_analysis.workbook import COUNT, DATE, ERROR, FORMULA, MASKED, NUMBER, STRUCK, ZERO, Cell, Sheet, Workbook

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_SHOWN = {
    ERROR: "đang báo lỗi công thức",
    FORMULA: "đang có công thức chưa lưu kết quả",
    DATE: "đang là ngày tháng",
    STRUCK: "đang có số bị gạch ngang",
    MASKED: "đang có số bị định dạng của ô làm ẩn",
}


class _Seen(NamedTuple):
    """What is read of a sheet: its numbers by cell, and its findings."""

    numbers: dict[str, tuple]
    findings: list[Finding]


class _File:
    """A workbook under correction."""

    def __init__(self, name: str, workbook: Workbook, collection: Collection) -> None:
        self.name, self.workbook, self._collection = name, workbook, collection
        self._seen: dict[str, _Seen] = {}

    def take(self, sheet: Sheet, place: tuple[int, int], cell: Cell | None, address: str) -> tuple[str, str]:
        """Change one cell if only its own number changes thereby; return (its school, why not, or "")."""
        cells = {at: one for at, one in sheet.cells.items() if at != place} | ({place: cell} if cell else {})
        changed = sheet._replace(cells=cells, unseen=sheet.unseen - {place})
        before, after = self._seen.get(sheet.name) or self._read(sheet), self._read(changed)
        if _without(before.numbers, address) != _without(after.numbers, address):
            return (
                "",
                "sửa ô này làm các số khác đổi nghĩa (ô là năm, tiêu đề hoặc ô tổng); hãy sửa trong tệp của trường.",
            )
        if _errors(after) > _errors(before):
            return "", "ô này không nằm trong bảng số liệu nào; hãy xem lại địa chỉ ô."
        if before == after:
            return "", "ô này không phải ô số liệu được nhận nên sửa không có tác dụng; hãy xem lại địa chỉ ô."
        self._seen[sheet.name] = after
        sheets = tuple(changed if one is sheet else one for one in self.workbook.sheets)
        self.workbook = self.workbook._replace(sheets=sheets)
        row = after.numbers.get(address) or before.numbers.get(address) or ("",)
        return str(row[0]), ""

    def _read(self, sheet: Sheet) -> _Seen:
        """Read a sheet by itself: what it says does not depend on the others."""
        counts, findings = read_returns([(self.name, Workbook((sheet,), self.workbook.properties))], self._collection)
        rows = counts[[*COUNT_KEY, "n", "as_of"]].astype("string").fillna("").itertuples(index=False, name=None)
        return _Seen(dict(zip(counts["cell"], rows, strict=True)), findings)


def _errors(seen: _Seen) -> int:
    return sum(finding.level == "error" for finding in seen.findings)


def _without(numbers: Mapping[str, tuple], address: str) -> dict[str, tuple]:
    return {cell: row for cell, row in numbers.items() if cell != address}


def lines_by_file(lines: Iterable[Line], collection: Collection) -> tuple[dict[str, list[Line]], list[Outcome]]:
    """Return the corrections for each file of the collection, and the refused ones: nobody knows their file."""
    lines = [line for line in lines if not line.accepts]
    if not lines:
        return {}, []
    known = [*map(collection.file_name, workbook_files(collection))]
    found: dict[str, list[Line]] = {}
    refused = []
    for line in lines:
        name = find_file(line.file, known)
        if name is None:
            refused.append(refusal(line, _unknown_file(line.file, known)))
        else:
            found.setdefault(name, []).append(line)
    return found, refused


def correct_file(
    name: str, workbook: Workbook, lines: Iterable[Line], collection: Collection
) -> tuple[Workbook, list[Outcome]]:
    """Return the workbook with its corrections in it, one after the other, and what became of each."""
    file = _File(name, workbook, collection)
    outcomes = [_apply(line, file) for line in lines]
    return file.workbook, outcomes


def find_file(typed: str, known: Sequence[str]) -> str | None:
    """Return the file a line names: by its path in the folder, else by its name alone where only one bears it."""
    wanted = tidy(typed).replace("\\", "/").casefold()
    paths = {tidy(name).casefold(): name for name in known}
    if wanted in paths:
        return paths[wanted]
    alike = [name for path, name in paths.items() if path.rpartition("/")[2] == wanted]
    return alike[0] if wanted and len(alike) == 1 else None


def _unknown_file(typed: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(typed, known, n=1, cutoff=0.6)
    hint = f" Có phải là «{near[0]}» không?" if near else ""
    return f"trong thư mục không có tệp nào mang tên ghi ở cột file (hoặc có nhiều tệp cùng tên).{hint}"


def _apply(line: Line, file: _File) -> Outcome:
    at = Finding("", "", "", file=file.name)
    if not file.workbook.sheets:
        return refusal(line, "tệp này chưa đọc được.", at)
    sheet = _sheet(line.sheet, file.workbook)
    if sheet is None:
        names = ", ".join(f"«{one.name}»" for one in file.workbook.sheets if not one.hidden)
        return refusal(line, f"tệp không có trang tính đang hiện mang tên ghi ở cột sheet; các trang: {names}.", at)
    place = _place(line.cell)
    if place is None:
        return refusal(line, "cột cell phải là địa chỉ của một ô, thí dụ D14.", at._replace(sheet=sheet.name))
    address = line.cell.replace("$", "").upper()
    return _change(line, file, sheet, place, at._replace(sheet=sheet.name, cell=address))


def _sheet(typed: str, workbook: Workbook) -> Sheet | None:
    """Return the sheet a line names; a name may be left out where only one sheet is shown."""
    shown = [sheet for sheet in workbook.sheets if not sheet.hidden]
    if not typed:
        return shown[0] if len(shown) == 1 else None
    return next((sheet for sheet in shown if tidy(sheet.name).casefold() == typed.casefold()), None)


def _place(cell: str) -> tuple[int, int] | None:
    found = _ADDRESS.fullmatch(cell)
    if not found:
        return None
    col = 0
    for letter in found[1].upper():
        col = 26 * col + ord(letter) - 64
    return int(found[2]), col


def _change(line: Line, file: _File, sheet: Sheet, place: tuple[int, int], at: Finding) -> Outcome:
    if _covered(sheet, place):
        return refusal(line, f"ô {at.cell} nằm trong ô gộp; hãy ghi địa chỉ ô đầu tiên của ô gộp.", at)
    before, after = sheet.cells.get(place), _new_cell(line)
    if _same(before, after):
        message = f"Dòng {line.number} của corrections.csv không còn cần: ô {at.cell} nay đã ghi đúng số mới."
        return Outcome(line, "unneeded", at._replace(level="info", code="correction_refused", message=message))
    if not _stands(line.old, before):
        return refusal(line, f"ô {at.cell} {_what_stands(before)}, không phải số ở cột old; hãy hỏi lại trường.", at)
    school, fault = file.take(sheet, place, after, at.cell)
    if fault:
        return refusal(line, fault, at)
    new = NOT_REPORTED if after is None else f"«{after.raw}»"
    message = f"Ô {at.cell} {_what_stands(before)}; đã sửa thành {new} theo corrections.csv ({line.why})."
    return Outcome(
        line, "applied", at._replace(level="info", code="correction_applied", message=message, school=school)
    )


def _covered(sheet: Sheet, place: tuple[int, int]) -> bool:
    row, col = place
    return any(r1 <= row <= r2 and c1 <= col <= c2 and (row, col) != (r1, c1) for r1, c1, r2, c2 in sheet.merges)


def _new_cell(line: Line) -> Cell | None:
    if line.clears:
        return None
    state, n = parse_count(line.new)
    return Cell(state, line.new, n)


def _stands(old: str, cell: Cell | None) -> bool:
    """Tell whether what stands in a cell is what a line says stood there: "12", "12 em" and "012" are one number."""
    if cell is None or cell.state == FORMULA:
        return not old or bare(old) in {bare(NOT_REPORTED), "de trong", "bo trong"}
    state, n = parse_count(old)
    if cell.state in (COUNT, ZERO):
        return state != "text" and n == cell.n
    if cell.state == NUMBER:
        return old.replace(",", ".") == cell.raw.replace(",", ".")
    if cell.state == DATE:
        return _digits(old) == _digits(cell.raw) != []
    return fold(old) == fold(cell.raw) != ""


def _digits(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", text)]


def _same(one: Cell | None, other: Cell | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.state in (COUNT, ZERO) and one.n == other.n


def _what_stands(cell: Cell | None) -> str:
    """Say what stands in a cell, as far as the count grammar reads it."""
    if cell is None:
        return "đang để trống"
    if cell.state in _SHOWN:
        return _SHOWN[cell.state]
    return f"đang ghi «{cell.raw}»" if quotable(cell.raw) == cell.raw else "đang ghi chữ"
