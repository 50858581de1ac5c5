"""How a table fits a page: size of type, widths of columns, a page turned, or columns dealt over several tables.

The widths are reckoned here from the face's own measures, so that a table of thousands of rows is set as fast as a
short one and none ever runs over the margin.
"""

import io
import re
from functools import lru_cache
from itertools import repeat
from math import ceil
from typing import NamedTuple

from dangvien_analysis import fonts

MM = 72 / 25.4
PORTRAIT, LANDSCAPE = 165 * MM, 252 * MM  # A4 less 30 mm and 15 mm
GUTTER = 10.0  # points between two columns
NUMBER_COLUMN = 28 * MM  # a column of numbers gets no wider: the eye must cross from one to the next
BOLD = 1.07  # how much wider the bold of the face runs
COMFORTABLE, TIGHT = 13.0, 7.0  # widths in ems that a column of words is given before others must shrink
SLACK = 1.02  # room for what kerning adds
HEADER = 7.0  # ems up to which a header widens its column rather than wrap
LINE = 1.25  # height of a line, in sizes
ROW_PADDING = 9.2  # points above and below the words of a row
SHORT = 110 * MM  # a table up to this height stays on one page
LONG_ROW = 1500  # characters in one cell from which on a row may be cut by a page's end
LONG_WORD = 18  # letters from which on a name may break after one of its signs, or else after so many letters
PIECE = re.compile(rf"[^_\-./\\@]{{1,{LONG_WORD}}}[_\-./\\@]?|[_\-./\\@]")

# tried in this order: (width, sizes of type in points, width of word columns in ems)
ATTEMPTS = (
    (PORTRAIT, (10.5, 10, 9.5, 9), COMFORTABLE),
    (PORTRAIT, (9.5, 9, 8.5), TIGHT),
    (LANDSCAPE, (10, 9.5, 9, 8.5, 8), COMFORTABLE),
    (LANDSCAPE, (8.5, 8, 7.5), TIGHT),
)


class Measure(NamedTuple):
    """A column's widths in ems: its longest line, and its longest word that cannot be broken."""

    natural: float
    least: float


def fitted(table: dict) -> dict:
    """Return a table block with `landscape` and `parts`, each with its columns, widths and size in points."""
    measures = _measures(table)
    for width, sizes, words in ATTEMPTS:
        for size in sizes:
            least = [size * min(measure.natural, max(measure.least, words)) + GUTTER for measure in measures]
            if sum(least) - GUTTER <= width:
                part = _part(table, list(range(len(measures))), least, measures, size, width)
                return {**_bare(table), "landscape": width == LANDSCAPE, "parts": [part]}
    return {**_bare(table), "landscape": True, "parts": _dealt(table, measures)}


def _bare(table: dict) -> dict:
    return {key: value for key, value in table.items() if key not in ("rows", "header")}


def _dealt(table: dict, measures: list[Measure]) -> list[dict]:
    """Deal the columns over as many tables as needed, the first column leading each."""
    size = ATTEMPTS[-1][1][0]
    least = [size * min(measure.natural, max(measure.least, TIGHT)) + GUTTER for measure in measures]
    others = range(1, len(measures))
    count = 1
    while count < len(others) and not all(_fits(least, part) for part in _even(others, count)):
        count += 1
    parts = [[0, *part] for part in _even(others, count)]
    return [_part(table, part, [least[column] for column in part], measures, size, LANDSCAPE) for part in parts]


def _fits(least: list[float], part: list[int]) -> bool:
    return least[0] + sum(least[column] for column in part) - GUTTER <= LANDSCAPE


def _even(columns: range, count: int) -> list[list[int]]:
    """Return the columns in `count` runs of nearly one length."""
    longest = -(-len(columns) // count)
    return [list(columns[start : start + longest]) for start in range(0, len(columns), longest)]


def _part(
    table: dict, columns: list[int], least: list[float], measures: list[Measure], size: float, width: float
) -> dict:
    natural = [size * measures[column].natural + GUTTER for column in columns]
    align = [table["align"][column] for column in columns]
    widths = [round(value, 2) for value in _widths(least, natural, align, width)]
    rows = _rows(table["rows"], columns)
    header = _header(table["header"], columns)
    return {
        "size": size,
        "align": align,
        "widths": widths,
        "header": header,
        "rows": rows,
        "whole": _height(rows, widths, size) < SHORT,
        "last": _last(rows),
    }


def _last(rows: list[dict]) -> int:
    """Return how many rows at the end stay together: sums, and the row before them, so that none stands alone."""
    kinds = [row["kind"] for row in rows]
    sums = len(kinds) - (kinds.index("total") if "total" in kinds else len(kinds))
    return sums + 1 if sums and kinds[-sums - 1 : -sums] == ["plain"] else sums


def _height(rows: list[dict], widths: list[float], size: float) -> float:
    """Return about how high the rows of a table will be, in points; rather too much than too little."""
    return sum(size * LINE * max(map(_lines, row["cells"], widths, repeat(size))) + ROW_PADDING for row in rows)


def _lines(text: str, width: float, size: float) -> int:
    return text.count("\n") + ceil(1.2 * size * width_of(text) / max(width - GUTTER, GUTTER)) or 1


def _widths(least: list[float], natural: list[float], align: list[str], width: float) -> list[float]:
    """Share out the page: words up to one line, then numbers up to equal columns, the rest to the first column."""
    widths = [value - GUTTER / 2 * (place in (0, len(least) - 1)) for place, value in enumerate(least)]
    wanted = [max(0.0, full - value) for full, value in zip(natural, least, strict=True)]
    spare = width - sum(widths)
    if wants := sum(wanted):
        share = max(0.0, min(1.0, spare / wants))
        widths = [value + want * share for value, want in zip(widths, wanted, strict=True)]
    numbers = [place for place, side in enumerate(align) if side == "right" and place]
    if numbers:
        level = _level([widths[place] for place in numbers], width - sum(widths))
        widths = [max(value, level) if place in numbers else value for place, value in enumerate(widths)]
    widths[0] += max(0.0, width - sum(widths))
    return widths


def _level(widths: list[float], spare: float) -> float:
    """Return the width that all narrower ones can be raised to together."""
    level = 0.0
    for count, value in enumerate(sorted(widths)):
        if count and spare < (value - level) * count:
            break
        spare -= (value - level) * count if count else 0
        level = value
    raised = sum(value <= level for value in widths)
    return min(NUMBER_COLUMN, level + max(0.0, spare) / raised)


def _header(rows: list[list[dict]], columns: list[int]) -> list[list[dict]]:
    """Return the header of some of the columns; a cell over several spans those of them that are here."""
    found = []
    for level, row in enumerate(rows):
        cells = []
        for cell in row:
            here = [column for column in columns if cell["place"] <= column < cell["place"] + cell["columns"]]
            if here:
                last = level + cell["rows"] == len(rows)
                place = columns.index(here[0])
                cells.append({**cell, "columns": len(here), "place": place, "last": last})
        found.append(cells)
    return found


def _rows(rows: list[dict], columns: list[int]) -> list[dict]:
    found, before = [], ""
    for row in rows:
        cells = row["cells"] if row["kind"] == "section" else [row["cells"][column] for column in columns]
        long = any(len(cell) > LONG_ROW for cell in cells)
        first = row["kind"] != before
        found.append({"kind": row["kind"], "cells": cells, "long": long, "first": first})
        before = row["kind"]
    return found


def pieces(text: str) -> list[str]:
    """Return the words of a text, those too long for a line cut where the template lets them break."""
    cut = (PIECE.findall(word) if len(word) >= LONG_WORD else [word] for word in text.split())
    return [piece for word in cut for piece in word]


def _measures(table: dict) -> list[Measure]:
    rows = [row for row in table["rows"] if row["kind"] != "section"]
    factor = BOLD if any(row["kind"] == "total" for row in rows) else 1.0
    return [_measure(table, rows, column, factor) for column in range(len(table["align"]))]


def _measure(table: dict, rows: list[dict], column: int, factor: float) -> Measure:
    """Measure one column; a header wraps rather than widen its column much."""
    cells = {line for row in rows for line in row["cells"][column].split("\n")} or {""}
    heads = {cell["text"] for row in table["header"] for cell in row if (cell["place"], cell["columns"]) == (column, 1)}
    words = {word for cell in cells for word in pieces(cell)}
    natural = factor * _widest(cells)
    head_words = {word for head in heads for word in pieces(head)}
    least = max([factor * _widest(words), _widest(head_words)])
    return Measure(max(natural, min(_widest(heads), max(least, HEADER))), least)


def _widest(texts: set[str]) -> float:
    return SLACK * max(map(width_of, texts), default=0.0)


@lru_cache(maxsize=65536)
def width_of(text: str) -> float:
    """Return the width of a text in ems."""
    advances = _advances()
    return sum(advances.get(letter, 0.6) for letter in text)


@lru_cache(maxsize=1)
def _advances() -> dict[str, float]:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(fonts.faces()["Regular"]))
    measures, units = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): measures[name][0] / units for code, name in font.getBestCmap().items()}
