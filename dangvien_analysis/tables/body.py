"""The rows of a table's body: their labels, their ranks, and where the body ends."""

from collections.abc import Iterator
from typing import NamedTuple

from dangvien_analysis.tables.columns import LABELS, Column, Shape
from dangvien_analysis.tables.grid import KEYS, UNREAD, UNREADABLE, Grid, Head
from dangvien_analysis.wording import remarks
from dangvien_analysis.wording.ordinals import begins_numbering, ordinal_rank, split_ordinal
from dangvien_analysis.workbook import COUNT, DATE, TEXT

LONGEST_ORDINAL = 4  # longer texts in a column of ordinals are labels: a section row begins there


class Row(NamedTuple):
    """A row of a table's body: the labels in its label columns and the rank of its number.

    `wide`: its label is merged over value columns. `filled`: columns whose label stands in a row above. `under`: what
    stands above the columns that are blank behind its labels; nobody can say whether it goes on. `first`: its number
    begins a numbering.
    """

    row: int
    labels: tuple[Head, ...]
    rank: float | None
    wide: bool = False
    filled: frozenset[int] = frozenset()
    under: tuple[Head, ...] = ()
    first: bool = False


class Body:
    """Walks down the body of one table."""

    def __init__(self, grid: Grid, shape: Shape) -> None:
        self.grid, self.shape = grid, shape

    def walk(self) -> Iterator[Row]:
        """Yield the rows of the body from top to bottom."""
        row = self.shape.body_top
        above: dict[int, Head] = {}
        while row <= self.grid.last:
            if not self.grid.rows.get(row):
                row = self._after_gap(row)
                if row is None:
                    return
            if self.shape.repeats_header(row):
                row += 1
                continue
            if row > self.shape.body_top and self._ends_body(row):
                return
            made = self._row(row, above)
            above = {**above, **{head.col: head for head in made.labels}}
            if made.wide:
                above = {}
            yield made
            row += 1

    def _after_gap(self, row: int) -> int | None:
        """Return the row after blank ones if it is a labelled row of numbers of the same table."""
        following = next((r for r in range(row, self.grid.last + 1) if self.grid.rows.get(r)), None)
        if following is None or not self.shape.has_numbers(following) or not self.shape.has_label(following):
            return None
        return following

    def _ends_body(self, row: int) -> bool:
        if self.shape.has_numbers(row):
            return False
        if self.grid.opens_table(row) or any(
            "signature" in self.grid.outside(row, col).roles for col in self.grid.texts(row)
        ):
            return True
        if any(self.grid.outside(row, col).time.dateline for col in self.grid.texts(row)):
            return True
        if self.grid.says_twice(row) and sum(col not in self.shape.label_cols for col in self.grid.rows[row]) > 1:
            return self._counts_before_gap(row + 1)
        if self._numbers_follow(row) or self._is_numbered_value(row):
            return False
        labels = [self.grid.head(row, col) for col in self.grid.rows[row] if col in self.shape.label_cols]
        return self._is_note(row) or not any(head and head.said.understood for head in labels)

    def _is_numbered_value(self, row: int) -> bool:
        """Tell whether a row of this table holds words where numbers should stand: "2 | Tỷ lệ kết nạp | 34,6"."""
        roles = {column.col: column.role for column in self.shape.columns}
        numbered = any(
            roles.get(col) == "ordinal" and self.grid.cells[row, col].state == COUNT for col in self.grid.rows[row]
        )
        valued = any(roles.get(col) in {"value", "rate"} for col in self.grid.rows[row])
        return numbered and valued and self.shape.has_label(row)

    def _is_note(self, row: int) -> bool:
        """Tell whether nothing but a note stands in a row: "Số liệu tính đến 30/6/2023" is no row's label."""
        if len(self.grid.rows[row]) > 1 or not self.grid.texts(row):
            return False
        col = self.grid.rows[row][0]
        text = self.grid.cells[row, col].raw
        if remarks.speaks_of_numbers(text):
            return "measure" not in self.grid.outside(row, col).facets
        return remarks.is_note(text) or remarks.leaves_out(text)

    def _counts_before_gap(self, row: int) -> bool:
        while self.grid.rows.get(row):
            if self.grid.is_count_row(row):
                return True
            row += 1
        return False

    def _numbers_follow(self, row: int) -> bool:
        """Tell whether a numbered row of this table comes after text-only rows, before a gap or a new table."""
        row += 1
        while self.grid.rows.get(row):
            if self.grid.opens_table(row):
                return False
            if self.shape.has_numbers(row):
                return True
            row += 1
        return False

    def _row(self, row: int, above: dict[int, Head]) -> Row:
        rank, labels = self._labels(row)
        for head in labels:
            rank = split_ordinal(head.text)[0] if rank is None else rank
        wide = any(self._is_wide(row, head) for head in labels)
        filled, under = frozenset(), ()
        if labels and not wide:
            inner = max(head.col for head in labels)
            blank = [col for col in self._blank_labels(row) if col in above]
            filled = frozenset(col for col in blank if col < inner)
            under = tuple(above[col] for col in blank if col > inner)
            labels += [above[col] for col in filled]
        first = rank is not None and any(map(begins_numbering, self._numbered(row, labels)))
        return Row(row, tuple(sorted(labels, key=lambda head: head.col)), rank, wide, filled, under, first)

    def _numbered(self, row: int, labels: list[Head]) -> Iterator[str]:
        """Yield the texts of a row that may bear its number."""
        ordinals = [self.grid.cells.get((row, column.col)) for column in self.shape.columns if column.role == "ordinal"]
        yield from (cell.raw for cell in ordinals if cell is not None)
        yield from (head.text for head in labels if head.row == row)

    def _labels(self, row: int) -> tuple[float | None, list[Head]]:
        """Return the rank that the ordinal column gives a row, and the labels that stand in it."""
        rank, labels = None, []
        for column in self.shape.columns:
            if column.role == "ordinal":
                own = self.grid.cells.get((row, column.col))
                rank = ordinal_rank(own.raw) if own is not None else rank
                if own is not None and own.state == TEXT and rank is None and len(own.raw) > LONGEST_ORDINAL:
                    labels.append(self.grid.head(row, column.col))
            elif column.role in LABELS and (head := self._label(row, column)):
                labels.append(head)
        return rank, labels

    def _is_wide(self, row: int, head: Head) -> bool:
        """Tell whether a label is merged over value columns: a section row."""
        right = self.grid.right(head.row, head.col)
        return head.row == row and any(head.col < col <= right for col in self.shape.value_cols)

    def _label(self, row: int, column: Column) -> Head | None:
        cell = self.grid.cell(row, column.col)
        if cell is None or cell.state == DATE:
            return None
        origin = self.grid.covered.get((row, column.col), (row, column.col))[:2]
        if cell.state in UNREADABLE:
            return Head(*origin, "", UNREAD)
        if column.role in KEYS:
            return Head(*origin, cell.raw, self.grid.words.read_key(split_ordinal(cell.raw)[1], column.role))
        return Head(*origin, cell.raw, self.grid.words.read(split_ordinal(cell.raw)[1]))

    def _blank_labels(self, row: int) -> list[int]:
        """Return the label columns left blank: before a label, a name written once speaks for the rows below it."""
        return [
            col
            for col in self.shape.label_cols
            if (row, col) not in self.grid.covered and (row, col) not in self.grid.cells
        ]
