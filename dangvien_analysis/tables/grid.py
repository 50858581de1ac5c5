"""A sheet as a grid: which cell shows where, and what kind of row a row is.

A merged cell shows over its whole range. What a cell says comes from the words of the collection.
"""

import itertools
from functools import cache
from typing import NamedTuple

from dangvien_analysis.text import bare, fold
from dangvien_analysis.wording import timewords
from dangvien_analysis.wording.ordinals import ordinal_rank, split_ordinal
from dangvien_analysis.wording.said import Said
from dangvien_analysis.wording.words import Words
from dangvien_analysis.workbook import COUNT, DATE, ERROR, FORMULA, MASKED, NUMBER, STRUCK, TEXT, ZERO, Cell, Sheet

KEYS = {"key_school", "key_period", "key_cohort"}
HEAD_WORDS = KEYS | {"ordinal", "label"}  # a row that holds one of these as a whole cell opens a table
UNITS = {"unit", "unit_of_people", "other_unit"}  # «ĐVT», and a unit that is stated
# With these a cell heads a column, though it says no facet.
HEADING_ROLES = {"total", "carrier", "note", "rate", "of_which", "unit_of_people", "other_unit"}
UNREADABLE = {ERROR, FORMULA, STRUCK, MASKED}
NUMERIC = {COUNT, ZERO, NUMBER, DATE} | UNREADABLE
UNREAD = Said(left=("?",))  # a header or label that is a formula without a result says something nobody can read
_INDICATOR = {fold("chỉ tiêu"), bare("chỉ tiêu")}
MOST_COVERED = 4096  # cells of one merged range; no header or label is larger


def is_indicator(text: str) -> bool:
    """Tell whether a text is "Chỉ tiêu": a target over numbers, but over a column of words "indicator"."""
    return fold(text) in _INDICATOR


def speaks_of_indicators(text: str) -> bool:
    """Tell whether "chỉ tiêu" stands in a text, so that over a column of words nobody knows what it means."""
    return any(f" {words} " in f" {fold(text)} " for words in _INDICATOR)


def numbers_column(text: str) -> bool:
    """Tell whether a cell could stand in a row that only numbers the columns: A, 1, (1), 4=3/2."""
    text = text.strip("() ")
    return _is_letter(text) or column_number(text) is not None


def column_number(text: str) -> int | None:
    """Return the number that a column is given by "4" or "4=3/2"."""
    first = text.split("=", maxsplit=1)[0].strip("() ")
    return int(first) if first.isdigit() and len(first) <= 2 else None


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isalpha()


class Head(NamedTuple):
    """One header or label cell and what it says."""

    row: int
    col: int
    text: str
    said: Said


class Grid:
    """The cells of one sheet by row, with merged ranges and the words to read them by."""

    def __init__(self, sheet: Sheet, words: Words) -> None:
        self.cells = sheet.cells
        self.words = words
        self.rows: dict[int, list[int]] = {}
        for row, col in sorted(sheet.cells):
            self.rows.setdefault(row, []).append(col)
        self.last = max(self.rows, default=0)
        # Asked of the same rows again and again on the way down the sheet.
        self.is_count_row = cache(self._is_count_row)
        self.is_number_row = cache(self._is_number_row)
        self.opens_table = cache(self._opens_table)
        self.texts = cache(self._texts)
        self.merge_at = {merge[:2]: merge for merge in sheet.merges if merge[:2] in sheet.cells}
        self.merged_over_columns = {merge[0] for merge in sheet.merges if merge[3] > merge[1]}  # rows, empty ones too
        self.covered = {
            (row, col): merge
            for merge in self.merge_at.values()
            if (merge[2] - merge[0] + 1) * (merge[3] - merge[1] + 1) <= MOST_COVERED
            for row in range(merge[0], merge[2] + 1)
            for col in range(merge[1], merge[3] + 1)
        }

    def bottom(self, row: int, col: int) -> int:
        """Return the last row of the cell at (row, col)."""
        return self.merge_at.get((row, col), (row, col, row, col))[2]

    def right(self, row: int, col: int) -> int:
        """Return the last column of the cell at (row, col)."""
        return self.merge_at.get((row, col), (row, col, row, col))[3]

    def cell(self, row: int, col: int) -> Cell | None:
        """Return the cell that shows at (row, col): its own, or that of the merged range over it."""
        if (row, col) in self.covered:
            row, col = self.covered[row, col][:2]
        return self.cells.get((row, col))

    def head(self, row: int, col: int) -> Head | None:
        """Return the header or label that shows at (row, col)."""
        cell = self.cell(row, col)
        if cell is None or cell.state == DATE:
            return None
        if (row, col) in self.covered:
            row, col = self.covered[row, col][:2]
        if cell.state in UNREADABLE:
            return Head(row, col, "", UNREAD)
        year = timewords.bare_year(cell.raw)
        said = Said({"period": year}) if year else self.words.read(split_ordinal(cell.raw)[1])
        return Head(row, col, cell.raw, said)

    def _texts(self, row: int) -> list[int]:
        """Return the columns of a row that hold text."""
        return [col for col in self.rows.get(row, ()) if self.cells[row, col].state == TEXT]

    def outside(self, row: int, col: int) -> Said:
        """Return what a cell says as a line outside tables."""
        return self.words.read(split_ordinal(self.cells[row, col].raw)[1], outside=True)

    def roles(self, row: int, col: int) -> frozenset[str]:
        """Return the roles that a cell names as a header, none if it was not wholly understood."""
        said = self.words.read(self.cells[row, col].raw)
        return said.roles if not said.left else frozenset()

    def _is_count_row(self, row: int) -> bool:
        """Tell whether a row holds numbers of a table's body: not years, not a number row, not a ruled line."""
        if self.is_number_row(row):
            return False
        for col in self.rows.get(row, ()):
            cell = self.cells[row, col]
            if cell.state in (ERROR, FORMULA) and len(self.rows[row]) == 1:
                continue  # by itself it may as well be a title
            if cell.state in {COUNT, NUMBER} | UNREADABLE and not timewords.bare_year(cell.raw):
                return True
            if cell.state == ZERO and any(text < col for text in self.texts(row)):
                return True
        return False

    def is_keyed_row(self, row: int) -> bool:
        """Tell whether a row has a year in its key column, right under the key word, and a number beside it."""
        keys = [col for col in self.texts(row - 1) if self.roles(row - 1, col) & {"key_period", "key_cohort"}]
        numbers = [col for col in self.rows.get(row, ()) if self.cells[row, col].state == COUNT]
        return any(key in numbers for key in keys) and len(numbers) > 1

    def _is_number_row(self, row: int) -> bool:
        """Tell whether a row only numbers the columns: 1, 2, 3, 4=3/2 or (1), (2), (3), with letters before them."""
        letters, numbers = "", []
        for col in self.rows.get(row, ()):
            raw = self.cells[row, col].raw.strip("() ")
            number = column_number(raw)
            if number is not None:
                numbers.append(number)
            elif _is_letter(raw) and not numbers and not self.words.read(raw).facets:
                letters += raw.upper()
            else:
                return False
        steps = {second - first for first, second in itertools.pairwise(numbers)}
        if letters != "ABCDEF"[: len(letters)] or not steps <= {1} or not numbers or numbers[0] not in (0, 1, 2, 3):
            return False
        if len(letters) + len(numbers) > 2:
            return True
        following = [self.cells[row + 1, col].raw for col in self.rows.get(row + 1, ())[:1]]
        return len(numbers) > 1 or (letters == "A" and any(len(raw.strip("() ")) > 1 for raw in following))

    def is_numbered_text(self, row: int) -> bool:
        """Tell whether a row is an ordinal in a cell of its own and a text: "A | Trường THPT A"."""
        cols = self.rows.get(row, ())
        return len(cols) == 2 and cols[1] in self.texts(row) and ordinal_rank(self.cells[row, cols[0]].raw) is not None

    def _opens_table(self, row: int) -> bool:
        """Tell whether a row holds "STT", "Trường", "Nội dung" and the like as a whole cell, with others beside."""
        cols = self.rows.get(row, ())
        return len(cols) > 1 and any(self.is_head_word(row, col) for col in self.texts(row))

    def is_head_word(self, row: int, col: int) -> bool:
        """Tell whether a cell is a word that heads a column of ordinals or labels ("STT", "Trường", "Nội dung")."""
        if self.roles(row, col) & HEAD_WORDS:
            return True
        if self.is_count_row(row):
            return False
        if self.is_numbered_text(row):
            return False
        below = self.bottom(row, col) + 1
        if not is_indicator(self.cells[row, col].raw):
            return False
        last = self.right(row, col)  # merged over ordinals and labels
        under = [self.cells[r, last].state for r in range(below, below + 6) if (r, last) in self.cells]
        return bool(under) and all(state == TEXT for state in under)

    def says_twice(self, row: int) -> bool:
        """Tell whether two or more cells of a row say something that a header can say."""
        saying = 0
        for col in self.rows.get(row, ()):
            cell = self.cells[row, col]
            if cell.state == TEXT:
                said = self.words.read(split_ordinal(cell.raw)[1])
                saying += bool(
                    said.understood and (said.facets or said.weak or said.options or said.roles & HEADING_ROLES)
                )
            elif timewords.bare_year(cell.raw):
                saying += 1
        return saying > 1
