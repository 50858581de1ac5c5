"""Lists of people: a sheet that looks like one is refused before anything in it is read as a return."""

import re

from dangvien_analysis.tables.columns import LABELS
from dangvien_analysis.tables.finder import Line, Table
from dangvien_analysis.text import fold
from dangvien_analysis.wording.ordinals import split_ordinal
from dangvien_analysis.wording.said import Said
from dangvien_analysis.wording.words import Words
from dangvien_analysis.workbook import TEXT, Sheet, address, address_range

# The first words of most names; beside them, capitalised words one under another are people.
SURNAMES = frozenset((
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô",
    "dương", "lý", "đinh", "đào", "mai", "trịnh", "lương", "hà", "cao", "tạ", "chu", "nông", "lò", "vi", "ma",
    "hứa", "triệu", "lâm", "tô", "thái", "tống", "quách", "lưu", "phùng", "la", "sùng", "giàng", "vàng", "thào",
    "lường", "cà", "quàng", "tòng", "bế", "đàm", "kiều", "văn", "châu", "tăng", "đoàn", "mạc", "từ", "tôn",
    "trương",
))  # fmt: skip
FOLDED_SURNAMES = frozenset(map(fold, SURNAMES))
GIVEN_NAME = fold("tên")  # beside "Họ và tên đệm"; by itself it may head schools
FEWEST = 3  # names, or numbers of people, that make a list
NUMBER_OF_PERSON = re.compile(r"0\d{9}|0\d{11}")  # a telephone or an identity card; amounts do not begin with 0


def people_cell(sheet: Sheet, items: list[Line | Table], words: Words) -> str | None:
    """Return where a list of people shows itself in a sheet, or None.

    Signs: a row with two or more headers such as "Họ và tên", "Ngày sinh", "CCCD"; a column of names that outnumber
    the known schools; or names one under another outside tables.
    """
    return _person_headers(sheet, words) or _column_of_names(items) or _lines_of_names(items, words)


def numbers_of_people(sheet: Sheet) -> str | None:
    """Return where a column of telephone numbers or IDs begins, or None."""
    columns: dict[int, list[int]] = {}
    for (row, col), cell in sheet.cells.items():
        if cell.raw[:1] == "0" and NUMBER_OF_PERSON.fullmatch(cell.raw):
            columns.setdefault(col, []).append(row)
    return next((address(rows[0], col) for col, rows in columns.items() if len(rows) >= FEWEST), None)


def _lines_of_names(items: list[Line | Table], words: Words) -> str | None:
    run: list[Line] = []
    for line in (item for item in items if isinstance(item, Line)):
        if not _names_person(line, words):
            continue
        follows = run and line.col == run[-1].col and line.row == run[-1].row + 1
        run = [*run, line] if follows else [line]
        if len(run) == FEWEST:
            return address(run[0].row, run[0].col)
    return None


def _names_person(line: Line, words: Words) -> bool:
    text = split_ordinal(line.text)[1]
    known = line.said.facets.keys() & {"school", "group", "measure"} or line.said.roles
    return not known and could_be_person(text) and "school" not in words.read(text).facets


def could_be_person(text: str) -> bool:
    """Tell whether a text is a name that begins with a surname, alone or with more about the person after it."""
    name = re.split(r"[,;(]| - ", text)[0].strip()
    return could_be_name(name) and fold(name.split()[0]) in FOLDED_SURNAMES


def _person_headers(sheet: Sheet, words: Words) -> str | None:
    found: dict[int, list[int]] = {}
    for (row, col), cell in sheet.cells.items():
        if cell.state == TEXT and could_head_people(cell.raw) and _is_person_header(cell.raw, words):
            found.setdefault(row, []).append(col)
    for row, cols in sorted(found.items()):
        if len(cols) > 1:
            return address_range(row, min(cols), row, max(cols))
    return None


def could_head_people(text: str) -> bool:
    """Tell whether a text is short enough to be a header."""
    return len(text) < 60


def _is_person_header(text: str, words: Words) -> bool:
    said = words.read(text)
    return ("person" in said.roles and not said.left) or fold(text) == GIVEN_NAME


def _column_of_names(items: list[Line | Table]) -> str | None:
    for item in items:
        if not isinstance(item, Table):
            continue
        for column in item.columns:
            if column.role in LABELS and (names := _names(item, column.col)):
                return address(names, column.col)
    return None


def _names(table: Table, col: int) -> int:
    """Return the first row of a column whose unknown short labels outnumber those understood; 0 if none."""
    labels = [head for row in table.rows for head in row.labels if head.col == col]
    unknown = [head for head in labels if _looks_like_name(split_ordinal(head.text)[1], head.said)]
    if len(unknown) >= FEWEST and len(unknown) > len(labels) - len(unknown):
        return min(head.row for head in unknown)
    return 0


def _looks_like_name(text: str, said: Said) -> bool:
    """Tell whether a label looks like a name and the vocabulary knows nothing of it."""
    return not (said.facets or said.roles or said.weak or said.options) and could_be_name(text)


def could_be_name(text: str) -> bool:
    """Tell whether a text is 2 to 5 capitalised words and does not begin as the name of a school or a place does."""
    parts = text.split()
    if not 2 <= len(parts) <= 5 or fold(text).startswith(("trường", "thpt", "chi bộ", "huyện", "xã", "thị xã")):
        return False
    return all(part[:1].isupper() and part.isalpha() for part in parts)
