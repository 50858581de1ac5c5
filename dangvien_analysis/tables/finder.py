"""A sheet as lines of text and tables: where the header rows and the body of each table are.

Tables are found by what their cells say, never by where they stand. What the numbers mean is decided in `numbers`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from dangvien_analysis.tables.body import Body, Row
from dangvien_analysis.tables.columns import LABELS, Column, Shape
from dangvien_analysis.tables.grid import UNITS, Grid, is_indicator
from dangvien_analysis.wording.ordinals import split_ordinal
from dangvien_analysis.wording.said import Said
from dangvien_analysis.wording.timewords import bare_year
from dangvien_analysis.wording.words import Words
from dangvien_analysis.workbook import COUNT, NUMBER, TEXT, ZERO, Sheet


class Line(NamedTuple):
    """A text outside tables, with the rank of the number it opens with (A 0, I 1, 1 2, a 3, - 4), if any."""

    row: int
    col: int
    text: str
    rank: float | None
    said: Said


class Table(NamedTuple):
    """A table: all its columns, and the rows of its body in order."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    top: int
    bottom: int

    def labels_of(self, column: Column) -> tuple[Column, ...]:
        """Return the label columns that name the rows for a value column: the nearest to its left."""
        found: list[Column] = []
        for other in reversed([other for other in self.columns if other.col < column.col]):
            if other.role in LABELS:
                found.append(other)
            elif found and other.role != "ordinal":
                break
        if not found:  # labels that stand to the right of the numbers only
            found = [other for other in reversed(self.columns) if other.role in LABELS]
        return tuple(reversed(found))


def read_sheet(sheet: Sheet, words: Words) -> list[Line | Table]:
    """Return the lines and tables of a sheet from top to bottom."""
    return list(_Finder(Grid(sheet, words)).items())


def side_by_side(table: Table) -> list[Table]:
    """Return the tables that stand beside each other in one: value columns with other labels are of another table."""
    groups: dict[tuple[int, ...], list[Column]] = {}
    others: list[Column] = []
    for column in table.columns:
        if column.role in {"ordinal", "note", "unit"}:
            others.append(column)
        elif column.role not in LABELS:
            groups.setdefault(tuple(label.col for label in table.labels_of(column)), []).append(column)
    if len(groups) < 2:
        return [table]
    parts = [_part(table, set(labels), columns) for labels, columns in groups.items()]
    first = sorted([*parts[0].columns, *others], key=lambda column: column.col)
    return [parts[0]._replace(columns=tuple(first)), *parts[1:]]


def _part(table: Table, labels: set[int], columns: list[Column]) -> Table:
    kept = labels | {column.col for column in columns}
    rows = (
        row._replace(
            labels=tuple(head for head in row.labels if head.col in labels),
            under=tuple(head for head in row.under if head.col in labels),
        )
        for row in table.rows
    )
    return table._replace(
        columns=tuple(column for column in table.columns if column.col in kept),
        rows=tuple(row for row in rows if row.labels),
    )


class _Finder:
    """Walks down one sheet and finds its tables."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    def items(self) -> Iterator[Line | Table]:
        row = min(self.grid.rows, default=1)
        while row <= self.grid.last:
            start = self._next_table(row)
            for above in range(row, self.grid.last + 1 if start is None else start[0]):
                yield from self._lines(above)
            if start is None:
                return
            table = self._table(*start)
            yield from side_by_side(table)
            row = table.bottom + 1

    def _lines(self, row: int) -> Iterator[Line]:
        for col in self.grid.rows.get(row, ()):
            cell = self.grid.cells[row, col]
            if cell.state == TEXT:
                rank, text = split_ordinal(cell.raw)
                yield Line(row, col, cell.raw, rank, self.grid.words.read(text, outside=True))

    def _next_table(self, row: int) -> tuple[int, int | None] | None:
        """Return the first row of the next table from `row` on, and a row that surely is of its headers, if it has any.

        None if no table comes.
        """
        first_count = next(
            (r for r in range(row, self.grid.last + 1) if self.grid.is_count_row(r) or self.grid.is_keyed_row(r)), None
        )
        if first_count is None:
            return None
        worded = next((r for r in range(row, first_count + 1) if self.grid.opens_table(r)), None)
        if worded is not None:
            first_col = self.grid.rows[worded][0]
            top = worded
            while top - 1 >= row and self._heads_more(top - 1, first_col):
                top -= 1
            return self._merged_from(top, row), worded
        top = first_count
        start = None
        while top - 1 >= row and self.grid.rows.get(top - 1):
            top -= 1
            if self.grid.says_twice(top):
                start = top
        if start is not None:
            top = start - self._is_indicator_over(start - 1, row)
            return self._merged_from(top, row), start
        return self._first_section(first_count, row), None

    def _first_section(self, first_count: int, row: int) -> int:
        """Return the first row of a table without headers: section rows right above its first numbers belong to it."""
        top = first_count
        while top - 1 >= row and self.grid.is_numbered_text(top - 1):
            top -= 1
        above = [self.grid.head(top - 1, col) for col in self.grid.rows.get(top - 1, ())] if top - 1 >= row else []
        if len(above) == 1 and above[0] and above[0].said.understood and self._said_again(above[0].said, first_count):
            return top - 1
        return top

    def _is_indicator_over(self, row: int, first: int) -> bool:
        """Tell whether "Chỉ tiêu" stands alone over the blank corner of the header row below: it heads the labels."""
        cols = self.grid.rows.get(row, ()) if row >= first else ()
        if len(cols) != 1 or cols[0] >= self.grid.rows[row + 1][0] or self.grid.right(row, cols[0]) > cols[0]:
            return False
        return is_indicator(self.grid.cells[row, cols[0]].raw)

    def _said_again(self, said: Said, row: int) -> bool:
        """Tell whether a text-only row right below numbers says the same facets: then both are sections."""
        for below in range(row + 1, self.grid.last + 1):
            cols = self.grid.rows.get(below, ())
            if (
                (
                    len(cols) == 1
                    and self.grid.is_count_row(below - 1)
                    and (head := self.grid.head(below, cols[0]))
                    and head.said.understood
                )
                and head.said.facets.keys() == said.facets.keys()
                and bool(head.said.weak) == bool(said.weak)
            ):
                return True
        return False

    def _heads_more(self, row: int, first: int) -> bool:
        """Tell whether a row over a header row is one itself.

        It is when two of its cells say something, or when all of them stand right of the `first` column, which holds
        the labels: a title or a heading line begins there.
        """
        cols = self.grid.rows.get(row, ())
        if not cols or self.grid.is_count_row(row):
            return False
        over_numbers = cols[0] > first and all(self._heads_columns(row, col) for col in cols)
        return over_numbers or self.grid.says_twice(row)

    def _heads_columns(self, row: int, col: int) -> bool:
        """Tell whether a cell over a header row says something of the columns under it, or is merged over some."""
        head = self.grid.head(row, col)
        if head is None or head.said.roles & {*UNITS, "signature"} or head.said.time.dateline:
            return False
        merged = self.grid.merge_at.get((row, col), (row, col, row, col))[3] > col
        return merged or bool(head.said.understood and head.said.facets)

    def _merged_from(self, row: int, top: int) -> int:
        """Return the row, not above `top`, where headers that are merged down into `row` begin."""
        starts = [merge[0] for (r, _), merge in self.grid.covered.items() if r == row and merge[2] > merge[0]]
        return min([start for start in starts if start >= top], default=row)

    def _table(self, top: int, header: int | None) -> Table:
        header_bottom = top - 1 if header is None else self._header_bottom(top, header)
        body_top = header_bottom + 1
        if self.grid.is_number_row(body_top):
            body_top += 1
        shape = Shape(self.grid, top, header_bottom, body_top)
        rows = list(Body(self.grid, shape).walk())
        bottom = max([row.row for row in rows], default=body_top - 1)
        return Table(shape.columns, tuple(rows), top, max(bottom, header_bottom, body_top - 1))

    def _header_bottom(self, top: int, bottom: int) -> int:
        """Return the last header row: as far as merged headers reach, then rows of headers without numbers."""
        while True:
            reach = max(
                (
                    self.grid.merge_at[bottom, col][2]
                    for col in self.grid.rows.get(bottom, ())
                    if (bottom, col) in self.grid.merge_at
                ),
                default=bottom,
            )
            if reach > bottom and not any(self.grid.is_count_row(row) for row in range(bottom + 1, reach + 1)):
                bottom = reach
            elif self._is_header(bottom + 1, top):
                bottom += 1
            else:
                return bottom

    def _over_numbers(self, row: int, col: int) -> bool:
        """Tell whether counts stand right below a cell: "6 tháng đầu năm 2023" under "Thời gian" over one column."""
        grid = self.grid
        below = next((r for r in range(row + 1, grid.last + 1) if grid.is_count_row(r)), None)
        cell = grid.cells.get((below, col)) if below is not None else None
        return cell is not None and cell.state in (COUNT, ZERO, NUMBER) and not bare_year(cell.raw)

    def _is_header(self, row: int, top: int) -> bool:
        cols = self.grid.rows.get(row)
        if not cols or self.grid.is_count_row(row) or self.grid.is_number_row(row):
            return False
        label_cols = {
            col
            for r in range(top, row)
            for col in self.grid.texts(r)
            if self.grid.is_head_word(r, col) and self.grid.merge_at.get((r, col), (0, 0, 0, col))[3] == col
        }
        first = min(label_cols, default=self.grid.rows[top][0])
        if any(col in label_cols for col in cols) and len(cols) < 2 and not self._over_numbers(row, cols[0]):
            return False
        if not label_cols and cols[0] < max(first, 2) and len(cols) == 1:
            return False
        return all(col > first for col in cols) or (not label_cols and len(cols) > 1)
