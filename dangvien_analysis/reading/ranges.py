"""Places and ranges of a sheet as they are written: "C7", "A1:C4"."""

import re

from dangvien_analysis.reading.cells import MAX_COLUMNS, MAX_ROWS, Range

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


def parse_range(reference: str) -> Range:
    """Return (row, column, last row, last column) of "A1:C4" or "A1". Raises ValueError or KeyError if it is none."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    col, row = _COLUMNS[match[1]], int(match[2])
    last_col, last_row = (_COLUMNS[match[3]], int(match[4])) if match[3] else (col, row)
    if not (1 <= row <= last_row <= MAX_ROWS and 1 <= col <= last_col):
        raise ValueError(reference)
    return row, col, last_row, last_col


class _Columns(dict):
    """Column numbers by their letters, worked out once each."""

    def __missing__(self, letters: str) -> int:
        col = 0
        for letter in letters:
            col = 26 * col + ord(letter) - 64
        if col > MAX_COLUMNS:
            raise KeyError(letters)
        self[letters] = col
        return col


_COLUMNS = _Columns()


class _Places(dict):
    """(row, column) by reference, "C7"; sheets use the same few thousand over and over."""

    def __missing__(self, reference: str) -> tuple[int, int]:
        if len(self) >= 1 << 16:
            self.clear()
        row, col, _, _ = parse_range(reference)
        self[reference] = row, col
        return row, col


PLACES = _Places()
