"""Lists of people: a sheet that looks like one is refused before anything in it is read as a return."""

from dangvien_analysis.tables.columns import LABELS
from dangvien_analysis.tables.finder import Line, Table
from dangvien_analysis.text import fold
from dangvien_analysis.wording.ordinals import split_ordinal
from dangvien_analysis.wording.said import Said
from dangvien_analysis.wording.words import Words
from dangvien_analysis.workbook import TEXT, Sheet, address, address_range


def people_cell(sheet: Sheet, items: list[Line | Table], words: Words) -> str | None:
    """Return where a list of people shows itself in a sheet, or None.

    Signs: a row with two or more headers such as "Họ và tên", "Ngày sinh", "CCCD"; or a column of names that
    outnumber the known schools.
    """
    return _person_headers(sheet, words) or _column_of_names(items)


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
    return "person" in said.roles and not said.left


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
    if len(unknown) >= 3 and len(unknown) > len(labels) - len(unknown):
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
