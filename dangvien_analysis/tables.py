"""A sheet as lines of text and tables: where the header rows, the label columns and the body are.

Tables are found by what their cells say, never by where they stand. What the numbers mean is decided in `returns`.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from dangvien_analysis import timewords
from dangvien_analysis.text import fold
from dangvien_analysis.wording import Said, Words, ordinal_rank, split_ordinal
from dangvien_analysis.workbook import COUNT, DATE, ERROR, FORMULA, NUMBER, TEXT, ZERO, Cell, Sheet

KEYS = {"key_school", "key_period", "key_cohort"}
HEAD_WORDS = KEYS | {"ordinal", "label"}  # a row that holds one of these as a whole cell opens a table
NUMERIC = {COUNT, ZERO, NUMBER, ERROR, FORMULA, DATE}
# The roles a column can have, the first that its lowest header names.
COLUMN_ROLES = (
    "ordinal", "person", "note", "rate", "difference", "cumulative", "reference", "skip", "unit",
    "key_school", "key_period", "key_cohort", "label",
)  # fmt: skip
LABELS = KEYS | {"label"}
INDICATOR = fold("chỉ tiêu")  # a target over numbers, but over a column of words it heads the labels: "indicator"
HEADING_ROLES = {"total", "carrier", "note", "rate", "of_which"}  # with these a cell heads a column, saying no facet
NOT_COUNTS = {"person", "note", "rate", "difference", "cumulative", "reference", "skip"}  # also from a parent header


class Line(NamedTuple):
    """A text outside tables, with the rank of the number it opens with (A 0, I 1, 1 2, a 3, - 4), if any."""

    row: int
    col: int
    text: str
    rank: float | None
    said: Said


class Head(NamedTuple):
    """One header or label cell and what it says."""

    row: int
    col: int
    text: str
    said: Said


class Column(NamedTuple):
    """A column of a table: its headers from the lowest up, and its role ("value" where it holds the numbers)."""

    col: int
    heads: tuple[Head, ...]
    role: str


class Row(NamedTuple):
    """A row of a table's body: the labels in its label columns and the rank of its number.

    `wide`: its label is merged over value columns. `filled`: columns whose label stands in a row above.
    """

    row: int
    labels: tuple[Head, ...]
    rank: float | None
    wide: bool = False
    filled: frozenset[int] = frozenset()


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
            found = [other for other in self.columns if other.role in LABELS]
        return tuple(reversed(found))


def read_sheet(sheet: Sheet, words: Words) -> list[Line | Table]:
    """Return the lines and tables of a sheet from top to bottom."""
    return list(_SheetReader(sheet, words).items())


class _SheetReader:
    """Walks down one sheet."""

    def __init__(self, sheet: Sheet, words: Words):
        self.cells = sheet.cells
        self.words = words
        self.rows: dict[int, list[int]] = {}
        for row, col in sorted(sheet.cells):
            self.rows.setdefault(row, []).append(col)
        self.merge_at = {merge[:2]: merge for merge in sheet.merges}
        self.covered = {
            (row, col): merge
            for merge in sheet.merges
            if (merge[2] - merge[0] + 1) * (merge[3] - merge[1] + 1) <= 4096
            for row in range(merge[0], merge[2] + 1)
            for col in range(merge[1], merge[3] + 1)
        }
        self.last = max(self.rows, default=0)

    def items(self) -> Iterator[Line | Table]:
        row = min(self.rows, default=1)
        while row <= self.last:
            start = self._next_table(row)
            for above in range(row, self.last + 1 if start is None else start[0]):
                yield from self._lines(above)
            if start is None:
                return
            table = self._table(*start)
            yield table
            row = table.bottom + 1

    # --- cells -------------------------------------------------------------------------------------------------

    def cell(self, row: int, col: int) -> Cell | None:
        """Return the cell that shows at (row, col): its own, or that of the merged range over it."""
        if (row, col) in self.covered:
            row, col = self.covered[row, col][:2]
        return self.cells.get((row, col))

    def head(self, row: int, col: int) -> Head | None:
        """Return the header or label that shows at (row, col)."""
        cell = self.cell(row, col)
        if cell is None or cell.state in (ERROR, FORMULA, DATE):
            return None
        if (row, col) in self.covered:
            row, col = self.covered[row, col][:2]
        year = timewords.bare_year(cell.raw)
        said = Said({"period": year}) if year else self.words.read(split_ordinal(cell.raw)[1])
        return Head(row, col, cell.raw, said)

    def _lines(self, row: int) -> Iterator[Line]:
        for col in self.rows.get(row, ()):
            cell = self.cells[row, col]
            if cell.state == TEXT:
                rank, text = split_ordinal(cell.raw)
                yield Line(row, col, cell.raw, rank, self.words.read(text, outside=True))

    def _texts(self, row: int) -> list[int]:
        return [col for col in self.rows.get(row, ()) if self.cells[row, col].state == TEXT]

    def _is_count_row(self, row: int) -> bool:
        """Tell whether a row holds numbers of a table's body: not years, not a number row, not a ruled line."""
        if self._is_number_row(row):
            return False
        for col in self.rows.get(row, ()):
            cell = self.cells[row, col]
            if cell.state in (COUNT, NUMBER, ERROR, FORMULA) and not timewords.bare_year(cell.raw):
                return True
            if cell.state == ZERO and any(text < col for text in self._texts(row)):
                return True
        return False

    def _is_keyed_row(self, row: int) -> bool:
        """Tell whether a row has a year in its key column, right under the key word, and a number beside it."""
        keys = [col for col in self._texts(row - 1) if self._roles(row - 1, col) & {"key_period", "key_cohort"}]
        numbers = [col for col in self.rows.get(row, ()) if self.cells[row, col].state == COUNT]
        return any(key in numbers for key in keys) and len(numbers) > 1

    def _is_number_row(self, row: int) -> bool:
        """Tell whether a row only numbers the columns: 1, 2, 3, 4=3/2 or (1), (2), (3), with letters before them."""
        letters, numbers = "", []
        for col in self.rows.get(row, ()):
            raw = self.cells[row, col].raw.strip("() ")
            first = raw.split("=")[0].strip("() ")
            if first.isdigit() and len(first) <= 2:
                numbers.append(int(first))
            elif len(raw) == 1 and raw.isalpha() and not numbers and not self.words.read(raw).facets:
                letters += raw.upper()
            else:
                return False
        steps = {second - first for first, second in zip(numbers, numbers[1:], strict=False)}
        if letters != "ABCDEF"[: len(letters)] or not steps <= {1} or not numbers or numbers[0] not in (0, 1, 2, 3):
            return False
        if len(letters) + len(numbers) > 2:
            return True
        following = [self.cells[row + 1, col].raw for col in self.rows.get(row + 1, ())[:1]]
        return len(numbers) > 1 or (letters == "A" and any(len(raw.strip("() ")) > 1 for raw in following))

    # --- where a table starts --------------------------------------------------------------------------------

    def _next_table(self, row: int) -> tuple[int, int | None] | None:
        """Return the first row of the next table from `row` on, and a row that surely is of its headers, if it has any.

        None if no table comes.
        """
        first_count = next((r for r in range(row, self.last + 1) if self._is_count_row(r) or self._is_keyed_row(r)), None)
        if first_count is None:
            return None
        worded = next((r for r in range(row, first_count + 1) if self._opens_table(r)), None)
        if worded is not None:
            first_col = self.rows[worded][0]
            top = worded
            while top - 1 >= row and self._heads_more(top - 1, first_col):
                top -= 1
            return self._merged_from(top, row), worded
        top = first_count
        start = None
        while top - 1 >= row and self.rows.get(top - 1):
            top -= 1
            if self._says_twice(top):
                start = top
        if start is not None:
            return self._merged_from(start, row), start
        return self._first_section(first_count, row), None

    def _first_section(self, first_count: int, row: int) -> int:
        """Return the first row of a table without headers: section rows right above its first numbers belong to it."""
        top = first_count
        while top - 1 >= row and self._is_numbered_text(top - 1):
            top -= 1
        above = [self.head(top - 1, col) for col in self.rows.get(top - 1, ())] if top - 1 >= row else []
        if len(above) == 1 and above[0] and above[0].said.understood and self._said_again(above[0].said, first_count):
            return top - 1
        return top

    def _is_numbered_text(self, row: int) -> bool:
        """Tell whether a row is an ordinal in a cell of its own and a text: "A | Trường THPT A"."""
        cols = self.rows.get(row, ())
        return len(cols) == 2 and cols[1] in self._texts(row) and ordinal_rank(self.cells[row, cols[0]].raw) is not None

    def _said_again(self, said: Said, row: int) -> bool:
        """Tell whether a text-only row right below numbers says the same facets: then both are sections."""
        for below in range(row + 1, self.last + 1):
            cols = self.rows.get(below, ())
            if len(cols) == 1 and self._is_count_row(below - 1) and (head := self.head(below, cols[0])) and head.said.understood:
                if head.said.facets.keys() == said.facets.keys() and bool(head.said.weak) == bool(said.weak):
                    return True
        return False

    def _heads_more(self, row: int, first: int) -> bool:
        """Tell whether a row over a header row is one itself.

        It is when two of its cells say something, or when all of them stand right of the `first` column, which holds
        the labels: a title or a heading line begins there.
        """
        cols = self.rows.get(row, ())
        if not cols or self._is_count_row(row):
            return False
        over_numbers = cols[0] > first and all(self._heads_columns(row, col) for col in cols)
        return over_numbers or self._says_twice(row)

    def _heads_columns(self, row: int, col: int) -> bool:
        """Tell whether a cell over a header row says something of the columns under it, or is merged over some."""
        head = self.head(row, col)
        if head is None or head.said.roles & {"unit", "signature"} or head.said.time.dateline:
            return False
        merged = self.merge_at.get((row, col), (row, col, row, col))[3] > col
        return merged or bool(head.said.understood and head.said.facets)

    def _merged_from(self, row: int, top: int) -> int:
        """Return the row, not above `top`, where headers that are merged down into `row` begin."""
        starts = [merge[0] for (r, _), merge in self.covered.items() if r == row and merge[2] > merge[0]]
        return min([start for start in starts if start >= top], default=row)

    def _opens_table(self, row: int) -> bool:
        """Tell whether a row holds "STT", "Trường", "Nội dung" and the like as a whole cell, with others beside."""
        cols = self.rows.get(row, ())
        return len(cols) > 1 and any(self._is_head_word(row, col) for col in self._texts(row))

    def _is_head_word(self, row: int, col: int) -> bool:
        if self._roles(row, col) & HEAD_WORDS:
            return True
        if self._is_count_row(row):
            return False
        if self._is_numbered_text(row):
            return False
        below = self.merge_at.get((row, col), (row, col, row, col))[2] + 1
        if fold(self.cells[row, col].raw) != INDICATOR or col not in self._texts(below):
            return False
        under = [self.cells[r, col].state for r in range(below, below + 6) if (r, col) in self.cells]
        return all(state == TEXT for state in under)

    def _roles(self, row: int, col: int) -> frozenset[str]:
        said = self.words.read(self.cells[row, col].raw)
        return said.roles if not said.left else frozenset()

    def _says_twice(self, row: int) -> bool:
        saying = 0
        for col in self.rows.get(row, ()):
            cell = self.cells[row, col]
            if cell.state == TEXT:
                said = self.words.read(split_ordinal(cell.raw)[1])
                saying += bool(said.understood and (said.facets or said.weak or said.options or said.roles & HEADING_ROLES))
            elif timewords.bare_year(cell.raw):
                saying += 1
        return saying > 1

    # --- one table ---------------------------------------------------------------------------------------------

    def _table(self, top: int, header: int | None) -> Table:
        header_bottom = top - 1 if header is None else self._header_bottom(top, header)
        body_top = header_bottom + 1
        if self._is_number_row(body_top):
            body_top += 1
        shape = _Shape(self, top, header_bottom, body_top)
        rows = list(self._body(shape))
        bottom = max([row.row for row in rows], default=body_top - 1)
        return Table(shape.columns, tuple(rows), top, max(bottom, header_bottom, body_top - 1))

    def _header_bottom(self, top: int, bottom: int) -> int:
        """Return the last header row: as far as merged headers reach, then rows of headers without numbers."""
        while True:
            reach = max((self.merge_at[bottom, col][2] for col in self.rows.get(bottom, ()) if (bottom, col) in self.merge_at), default=bottom)
            if reach > bottom and not any(self._is_count_row(row) for row in range(bottom + 1, reach + 1)):
                bottom = reach
            elif self._is_header(bottom + 1, top):
                bottom += 1
            else:
                return bottom

    def _is_header(self, row: int, top: int) -> bool:
        cols = self.rows.get(row)
        if not cols or self._is_count_row(row) or self._is_number_row(row):
            return False
        label_cols = {
            col
            for r in range(top, row)
            for col in self._texts(r)
            if self._is_head_word(r, col) and self.merge_at.get((r, col), (0, 0, 0, col))[3] == col
        }
        first = min(label_cols, default=self.rows[top][0])
        if any(col in label_cols for col in cols) and len(cols) < 2:
            return False
        if not label_cols and cols[0] < max(first, 2) and len(cols) == 1:
            return False
        return all(col > first for col in cols) or (not label_cols and len(cols) > 1)

    def _body(self, shape: "_Shape") -> Iterator[Row]:
        row = shape.body_top
        above: dict[int, Head] = {}
        while row <= self.last:
            if not self.rows.get(row):
                row = self._after_gap(row, shape)
                if row is None:
                    return
            if row > shape.body_top and self._ends_body(row, shape):
                return
            made = self._row(row, shape, above)
            above = {**above, **{head.col: head for head in made.labels}}
            if made.wide:
                above = {}
            yield made
            row += 1

    def _after_gap(self, row: int, shape: "_Shape") -> int | None:
        """Return the row after blank ones if it is a labelled row of numbers of the same table."""
        following = next((r for r in range(row, self.last + 1) if self.rows.get(r)), None)
        if following is None or not shape.has_numbers(following) or not shape.has_label(following):
            return None
        return following

    def _ends_body(self, row: int, shape: "_Shape") -> bool:
        if shape.has_numbers(row):
            return False
        if self._opens_table(row) or any("signature" in self._outside(row, col).roles for col in self._texts(row)):
            return True
        if any(self._outside(row, col).time.dateline for col in self._texts(row)):
            return True
        if self._says_twice(row) and sum(col not in shape.label_cols for col in self.rows[row]) > 1:
            return self._counts_before_gap(row + 1)
        if self._numbers_follow(row, shape):
            return False
        labels = [self.head(row, col) for col in self.rows[row] if col in shape.label_cols]
        return not any(head and head.said.understood for head in labels)

    def _outside(self, row: int, col: int) -> Said:
        return self.words.read(split_ordinal(self.cells[row, col].raw)[1], outside=True)

    def _counts_before_gap(self, row: int) -> bool:
        while self.rows.get(row):
            if self._is_count_row(row):
                return True
            row += 1
        return False

    def _numbers_follow(self, row: int, shape: "_Shape") -> bool:
        """Tell whether a numbered row of this table comes after text-only rows, before a gap or a new table."""
        row += 1
        while self.rows.get(row):
            if self._opens_table(row):
                return False
            if shape.has_numbers(row):
                return True
            row += 1
        return False

    def _row(self, row: int, shape: "_Shape", above: dict[int, Head]) -> Row:
        rank, labels, filled, wide = None, [], set(), False
        for column in shape.columns:
            if column.role == "ordinal":
                own = self.cells.get((row, column.col))
                if own is not None:
                    rank = ordinal_rank(own.raw)
                    if rank is None and own.state == TEXT and not self._label_right(row, column.col, shape):
                        labels.append(self.head(row, column.col))
            elif column.role in LABELS and (head := self._label(row, column)):
                labels.append(head)
        for head in labels:
            if rank is None:
                rank = split_ordinal(head.text)[0]
            merge = self.merge_at.get((head.row, head.col))
            wide = wide or (head.row == row and merge is not None and any(head.col < c <= merge[3] for c in shape.value_cols))
        if labels and not wide:
            for col in self._blank_outer_labels(row, shape, labels):
                if col in above:
                    labels.append(above[col])
                    filled.add(col)
        return Row(row, tuple(sorted(labels, key=lambda head: head.col)), rank, wide, frozenset(filled))

    def _label_right(self, row: int, col: int, shape: "_Shape") -> bool:
        return any((row, c) in self.cells for c in shape.label_cols if c > col)

    def _label(self, row: int, column: Column) -> Head | None:
        cell = self.cell(row, column.col)
        if cell is None or cell.state in (ERROR, FORMULA, DATE):
            return None
        origin = self.covered.get((row, column.col), (row, column.col))[:2]
        if column.role in KEYS:
            return Head(*origin, cell.raw, self.words.read_key(split_ordinal(cell.raw)[1], column.role))
        return Head(*origin, cell.raw, self.words.read(split_ordinal(cell.raw)[1]))

    def _blank_outer_labels(self, row: int, shape: "_Shape", labels: list[Head]) -> list[int]:
        """Return the label columns left blank before a label: a name written once speaks for the rows below it."""
        inner = max(head.col for head in labels)
        return [col for col in shape.label_cols if col < inner and (row, col) not in self.covered and (row, col) not in self.cells]


class _Shape:
    """The columns of one table, from its headers and from what stands in its body."""

    def __init__(self, reader: _SheetReader, top: int, header_bottom: int, body_top: int):
        self.reader, self.top, self.header_bottom, self.body_top = reader, top, header_bottom, body_top

    @cached_property
    def block(self) -> list[int]:
        """The rows of the body down to the first gap that no labelled row of numbers follows."""
        reader, row, rows = self.reader, self.body_top, []
        while row <= reader.last:
            if reader.rows.get(row):
                if row > self.body_top and reader._opens_table(row):
                    break
                rows.append(row)
            else:
                following = next((r for r in range(row, reader.last + 1) if reader.rows.get(r)), None)
                if following is None or not reader._texts(following) or not reader._is_count_row(following):
                    break
                row = following - 1
            row += 1
        return rows

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        rows = [*range(self.top, self.header_bottom + 1), *self.block]
        cols = sorted({col for row in rows for col in self._span(row)})
        return tuple(self._column(col) for col in cols)

    @cached_property
    def label_cols(self) -> tuple[int, ...]:
        return tuple(column.col for column in self.columns if column.role in LABELS)

    @cached_property
    def value_cols(self) -> frozenset[int]:
        return frozenset(c.col for c in self.columns if c.role not in LABELS | {"ordinal", "note"})

    def has_numbers(self, row: int) -> bool:
        """Tell whether a row holds a number, or what should be one, in a value column."""
        cells = self.reader.cells
        return any(col in self.value_cols and cells[row, col].state in NUMERIC for col in self.reader.rows.get(row, ()))

    def has_label(self, row: int) -> bool:
        return any(col in self.label_cols for col in self.reader.rows.get(row, ()))

    def _span(self, row: int) -> Iterator[int]:
        for col in self.reader.rows.get(row, ()):
            merge = self.reader.merge_at.get((row, col))
            # A section line merged over the whole width adds no columns; a header merged over its children does.
            yield from range(col, merge[3] + 1) if merge and row <= self.header_bottom else (col,)

    def _column(self, col: int) -> Column:
        heads = self._heads(col)
        return Column(col, heads, self._role(col, heads))

    def _heads(self, col: int) -> tuple[Head, ...]:
        """Return the headers over a column from the lowest up, each merged or spread one once."""
        heads: list[Head] = []
        for row in range(self.header_bottom, self.top - 1, -1):
            head = self.reader.head(row, col) or (self._spread(row, col) if heads else None)
            if head and (head.row, head.col) not in {(h.row, h.col) for h in heads}:
                heads.append(head)
        return tuple(heads)

    def _spread(self, row: int, col: int) -> Head | None:
        """Return the unmerged parent header to the left, where no header of its row is merged over columns."""
        reader = self.reader
        if any((row, c) in reader.merge_at and reader.merge_at[row, c][3] > c for c in reader.rows.get(row, ())):
            return None
        left = [c for c in reader.rows.get(row, ()) if c < col]
        if not left or (row, left[-1]) in reader.merge_at:  # merged down over its own column only
            return None
        head = reader.head(row, left[-1])
        return None if head is None or head.said.roles & (HEAD_WORDS | {"note"}) else head

    def _role(self, col: int, heads: tuple[Head, ...]) -> str:
        cells = [self.reader.cells.get((row, col)) for row in self.block]
        texts = [cell.raw for cell in cells if cell is not None and cell.state == TEXT]
        numbers = sum(cell is not None and cell.state in NUMERIC for cell in cells)
        roles = set(heads[0].said.roles) if heads and not heads[0].said.left else set()
        roles |= {role for head in heads[1:] for role in head.said.roles if role in NOT_COUNTS and not head.said.left}
        for role in COLUMN_ROLES:
            if role in roles and not (role == "label" and numbers > len(texts)):
                return role
        says = heads and (heads[0].said.facets or heads[0].said.weak or heads[0].said.options)
        if says and "label" not in roles and fold(heads[0].text) != INDICATOR and self._has_worded_labels():
            return "value"  # words where counts should stand are findings at their cells
        if self._numbers_rows(col, bool(heads)):
            return "ordinal"
        if texts and (len(texts) > numbers or (not heads and len(texts) >= numbers)):
            return "label" if self._labels_rows(col) else "note" if not heads else "value"
        return "value"

    def _numbers_rows(self, col: int, headed: bool) -> bool:
        """Tell whether a column without header counts the rows (1, 2, 3 or I, 1, a) before a column of labels."""
        rows = [row for row in self.block if (row, col) in self.reader.cells and self.reader._is_count_row(row)]
        raws = [self.reader.cells[row, col].raw for row in rows]
        if headed or not raws or any(ordinal_rank(raw) is None for raw in raws):
            return False
        digits = [0, *(int(raw.strip("().")) for raw in raws if raw.strip("().").isdigit())]
        if any(number not in (1, before + 1) for before, number in zip(digits, digits[1:], strict=False)):
            return False
        return all(any(text > col for text in self.reader._texts(row)) for row in rows)

    def _has_worded_labels(self) -> bool:
        reader, rows = self.reader, range(self.top, self.header_bottom + 1)
        return any(reader._roles(row, col) & LABELS for row in rows for col in reader._texts(row))

    def _labels_rows(self, col: int) -> bool:
        """Tell whether numbers stand to the right of this column's texts."""
        reader = self.reader
        return any(
            c > col and reader.cells[row, c].state in NUMERIC for row in self.block for c in reader.rows[row]
        )
