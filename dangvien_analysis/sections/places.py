"""Cells written as people look them up: file, sheet, range; never a longer list than a reader takes in."""

import re

import pandas as pd

from dangvien_analysis.text import number

SHOWN_SHEETS = 12  # sheets named for one figure; the workbook beside the report names every cell
SHOWN_RANGES = 6  # ranges named within one sheet
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")


def places(cells: pd.DataFrame, limit: int = SHOWN_SHEETS) -> str:
    """Write where numbers stand: "thpt-a.xlsx › Học sinh!C7:C9; thpt-b.xlsx › 2021!C7"; past `limit` sheets a count.

    `cells` has file, sheet, cell, one row per number, in the order in which they shall be named.
    """
    known = cells[cells["file"].notna() & (cells["file"] != "")].drop_duplicates(["file", "sheet", "cell"])
    if known.empty:
        return ""
    sheets = list(known.groupby(["file", "sheet"], sort=False, dropna=False)["cell"])
    named = [(file, _on_sheet(sheet, addresses)) for (file, sheet), addresses in sheets[:limit]]
    left = sum(len(addresses) for _, addresses in sheets[limit:])
    more = [f"và {number(left)} ô trên {number(len(sheets) - limit)} trang tính khác"] if left else []
    return "; ".join([*_by_file(named), *more])


def _on_sheet(sheet: str, addresses: pd.Series) -> str:
    ranges = [text for text in addresses if isinstance(text, str) and text]
    ranges = joined(ranges)
    shown = ", ".join(ranges[:SHOWN_RANGES]) + ("…" if len(ranges) > SHOWN_RANGES else "")
    return "!".join(part for part in (sheet, shown) if isinstance(part, str) and part)


def _by_file(named: list[tuple[str, str]]) -> list[str]:
    """Name each file once, with its sheets behind it; files of one form, whose cells are the same, together."""
    files: dict[str, list[str]] = {}
    for file, text in named:
        files.setdefault(file, []).append(text)
    alike: dict[str, list[str]] = {}
    for file, texts in files.items():
        alike.setdefault(", ".join(filter(None, texts)), []).append(file)
    told = {cells: ", ".join(together) for cells, together in alike.items()}
    return [f"{together} › {cells}" if cells else together for cells, together in told.items()]


def joined(addresses: list[str]) -> list[str]:
    """Join neighbouring cells to ranges: C7, C8, C9 are "C7:C9"; what is no address of a cell stays as it is."""
    found = [match and (_column(match[1]), int(match[2])) for match in map(_ADDRESS.fullmatch, addresses)]
    others = [text for text, cell in zip(addresses, found, strict=True) if not cell]
    runs = [(row, row, first, last) for row, first, last in _across({cell for cell in found if cell})]
    return [_range(*run) for run in _down(runs)] + others


def _across(cells: set[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return runs of neighbouring columns as (row, first column, last column)."""
    runs: list[tuple[int, int, int]] = []
    for row, column in sorted((row, column) for column, row in cells):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1] = (row, runs[-1][1], column)
        else:
            runs.append((row, column, column))
    return runs


def _down(runs: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Join runs over the same columns in neighbouring rows to blocks (first row, last row, first and last column)."""
    blocks: list[tuple[int, int, int, int]] = []
    for run in sorted(runs, key=lambda run: (run[2], run[3], run[0])):
        if blocks and blocks[-1][2:] == run[2:] and blocks[-1][1] == run[0] - 1:
            blocks[-1] = (blocks[-1][0], run[1], *run[2:])
        else:
            blocks.append(run)
    return sorted(blocks)


def _range(top: int, bottom: int, left: int, right: int) -> str:
    first, last = f"{_letters(left)}{top}", f"{_letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - 64
    return place


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
