"""The columns of a table: their headers, and which of them hold labels, numbers or neither."""

import itertools
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from dangvien_analysis.tables.grid import HEAD_WORDS, KEYS, NUMERIC, Grid, Head, is_indicator
from dangvien_analysis.wording.ordinals import ordinal_rank
from dangvien_analysis.workbook import TEXT

# The roles a column can have, the first that its lowest header names.
COLUMN_ROLES = (
    "ordinal", "person", "note", "rate", "difference", "cumulative", "reference", "skip", "other_body", "unit",
    "key_school", "key_period", "key_cohort", "label",
)  # fmt: skip
LABELS = KEYS | {"label"}
# Also from a parent header.
NOT_COUNTS = {"person", "note", "rate", "difference", "cumulative", "reference", "skip", "other_body"}
MOST_COLUMNS = 1 << 15  # no sheet has more
NOT_OF_PEOPLE = NOT_COUNTS - {"person", "note"}  # also where a line or a section row says it


class Column(NamedTuple):
    """A column of a table: its headers from the lowest up, and its role ("value" where it holds the numbers)."""

    col: int
    heads: tuple[Head, ...]
    role: str


class Shape:
    """The columns of one table, from its headers and from what stands in its body."""

    def __init__(self, grid: Grid, top: int, header_bottom: int, body_top: int) -> None:
        self.grid, self.top, self.header_bottom, self.body_top = grid, top, header_bottom, body_top

    @cached_property
    def block(self) -> list[int]:
        """The rows of the body down to the first gap that no labelled row of numbers follows."""
        grid, row, rows = self.grid, self.body_top, []
        while row <= grid.last:
            if grid.rows.get(row):
                if row > self.body_top and grid.opens_table(row) and not self.repeats_header(row):
                    break
                rows += [] if self.repeats_header(row) else [row]
            else:
                following = next((r for r in range(row, grid.last + 1) if grid.rows.get(r)), None)
                if following is None or not grid.texts(following) or not grid.is_count_row(following):
                    break
                row = following - 1
            row += 1
        return rows

    def repeats_header(self, row: int) -> bool:
        """Tell whether a row of the body is one of the headers again, as on the top of a printed page."""
        return row >= self.body_top and self._texts(row) in self._header_rows

    @cached_property
    def _header_rows(self) -> list[tuple]:
        return [self._texts(row) for row in range(self.top, self.body_top) if len(self.grid.rows.get(row, ())) > 1]

    def _texts(self, row: int) -> tuple:
        return tuple((col, self.grid.cells[row, col].raw) for col in self.grid.rows.get(row, ()))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns from the first to the last that holds a header or a cell of the block."""
        rows = [*range(self.top, self.header_bottom + 1), *self.block]
        cols = sorted({col for row in rows for col in self._span(row)})
        return tuple(self._column(col) for col in cols)

    @cached_property
    def label_cols(self) -> tuple[int, ...]:
        """The columns whose cells name the rows."""
        return tuple(column.col for column in self.columns if column.role in LABELS)

    @cached_property
    def value_cols(self) -> frozenset[int]:
        """The columns for numbers, taken or not."""
        return frozenset(c.col for c in self.columns if c.role not in LABELS | {"ordinal", "note"})

    def has_numbers(self, row: int) -> bool:
        """Tell whether a row holds a number, or what should be one, in a value column."""
        cells = self.grid.cells
        return any(col in self.value_cols and cells[row, col].state in NUMERIC for col in self.grid.rows.get(row, ()))

    def has_label(self, row: int) -> bool:
        """Tell whether a label stands in a row."""
        return any(col in self.label_cols for col in self.grid.rows.get(row, ()))

    def _span(self, row: int) -> Iterator[int]:
        for col in self.grid.rows.get(row, ()):
            merge = self.grid.merge_at.get((row, col))
            # A section line merged over the whole width adds no columns; a header merged over its children does.
            yield from range(col, merge[3] + 1) if merge and row <= self.header_bottom else (col,)

    def _column(self, col: int) -> Column:
        heads = self._heads(col)
        return Column(col, heads, self._role(col, heads))

    def _heads(self, col: int) -> tuple[Head, ...]:
        """Return the headers over a column from the lowest up, each merged or spread one once."""
        heads: list[Head] = []
        for row in range(self.header_bottom, self.top - 1, -1):
            head = self.grid.head(row, col) or (self._spread(row, col) if heads else None)
            if head and (head.row, head.col) not in {(h.row, h.col) for h in heads}:
                heads.append(head)
        return tuple(heads)

    def _spread(self, row: int, col: int) -> Head | None:
        """Return the unmerged parent header to the left, where no header of its row is merged over columns.

        What heads a column of words is no parent: "Chỉ tiêu" over the labels means "indicator".
        """
        grid = self.grid
        if row in grid.merged_over_columns:
            return None
        left = [c for c in grid.rows.get(row, ()) if c < col]
        if not left or (row, left[-1]) in grid.merge_at:  # merged down over its own column only
            return None
        head = None if self._holds_words(left[-1]) else grid.head(row, left[-1])
        return None if head is None or head.said.roles & (HEAD_WORDS | {"note"}) else head

    def _holds_words(self, col: int) -> bool:
        """Tell whether words stand in the body under a column, more of them than numbers."""
        states = [self.grid.cells[row, col].state for row in self.block if (row, col) in self.grid.cells]
        return states.count(TEXT) > len(states) / 2

    def _role(self, col: int, heads: tuple[Head, ...]) -> str:
        cells = [self.grid.cells.get((row, col)) for row in self.block]
        texts = [cell.raw for cell in cells if cell is not None and cell.state == TEXT]
        numbers = sum(cell is not None and cell.state in NUMERIC for cell in cells)
        roles = set(heads[0].said.roles) if heads and not heads[0].said.left else set()
        roles |= {role for head in heads[1:] for role in head.said.roles if role in NOT_COUNTS and not head.said.left}
        for role in COLUMN_ROLES:
            if role in roles and not (role == "label" and numbers > len(texts)):
                # "Lý do" behind the numbers of named rows is free text.
                return "note" if role == "label" and not self._labels_rows(col) and self._is_labelled(col) else role
        says = heads and (heads[0].said.facets or heads[0].said.weak or heads[0].said.options)
        if says and "label" not in roles and not is_indicator(heads[0].text) and self._has_worded_labels():
            return "value"  # words where counts should stand are findings at their cells
        if self._numbers_rows(col, bool(heads) and not self._shares_head(heads[0])):
            return "ordinal"
        if texts and (len(texts) > numbers or (not heads and len(texts) >= numbers)):
            return "label" if self._labels_rows(col) else "note" if not heads else "value"
        return "value"

    def _numbers_rows(self, col: int, headed: bool) -> bool:
        """Tell whether a column without header counts the rows (1, 2, 3 or I, 1, a) before a column of labels."""
        rows = [row for row in self.block if (row, col) in self.grid.cells and self.grid.is_count_row(row)]
        raws = [self.grid.cells[row, col].raw for row in rows]
        if headed or not raws or any(ordinal_rank(raw) is None for raw in raws):
            return False
        digits = [0, *(int(raw.strip("().")) for raw in raws if raw.strip("().").isdigit())]
        if any(number not in (1, before + 1) for before, number in itertools.pairwise(digits)):
            return False
        beside = [(min(texts), max(texts)) for row in rows if (texts := self.grid.texts(row))]
        # Nothing stands before a number of the row: "Kết nạp | 1 | ghi chú" is a count and a note.
        return len(beside) == len(rows) and all(first >= col < last for first, last in beside)

    def _shares_head(self, head: Head) -> bool:
        """Tell whether a header of labels is merged over more than one column: "Nội dung" over numbers and labels."""
        return self.grid.right(head.row, head.col) > head.col and self.grid.is_head_word(head.row, head.col)

    def _has_worded_labels(self) -> bool:
        return self._is_labelled(MOST_COLUMNS)

    def _is_labelled(self, before: int) -> bool:
        """Tell whether a header before a column heads labels."""
        grid, rows = self.grid, range(self.top, self.header_bottom + 1)
        return any(grid.roles(row, col) & LABELS for row in rows for col in grid.texts(row) if col < before)

    def _labels_rows(self, col: int) -> bool:
        """Tell whether numbers stand to the right of this column's texts."""
        grid = self.grid
        return any(c > col and grid.cells[row, c].state in NUMERIC for row in self.block for c in grid.rows[row])
