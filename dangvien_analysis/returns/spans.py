"""Numbers in merged cells: one that lies over several columns or rows is of all of them together, and of none alone."""

from dangvien_analysis.returns.causes import Place
from dangvien_analysis.tables import Table
from dangvien_analysis.tables.grid import MOST_COVERED
from dangvien_analysis.workbook import Sheet


class Spans:
    """The merged ranges of one table's body, by their first cell, and the cells that they cover."""

    def __init__(self, table: Table, sheet: Sheet) -> None:
        self._heads = {column.col: frozenset((head.row, head.col) for head in column.heads) for column in table.columns}
        self._labels = {row.row: _own_labels(row) for row in table.rows}
        body = [merge for merge in sheet.merges if merge[0] in self._labels]
        self._merges = {merge[:2]: merge for merge in body}
        self._cells = sheet.cells
        self.covered = {
            (row, col)
            for top, left, bottom, right in body
            if (bottom - top + 1) * (right - left + 1) <= MOST_COVERED
            for row in range(top, bottom + 1)
            for col in range(left, right + 1)
            if (row, col) != (top, left)
        }

    def is_of_several(self, place: Place) -> bool:
        """Tell whether the cell at `place` lies over columns with different headers, or rows with different labels."""
        if place not in self._merges:
            return False
        top, left, bottom, right = self._merges[place]
        heads = {heads for col, heads in self._heads.items() if left <= col <= right and heads}
        labels = {labels for row, labels in self._labels.items() if top <= row <= bottom and labels}
        # A covered row may have left the table with its number; its label stands there all the same.
        lost = any(row not in self._labels and col < left for row, col in self._cells if top < row <= bottom)
        return len(heads) > 1 or len(labels) > 1 or lost


def _own_labels(row) -> frozenset[Place]:
    return frozenset((head.row, head.col) for head in row.labels if head.col not in row.filled)
