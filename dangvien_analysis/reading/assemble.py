"""From what a format's reader found to finished sheets: legacy text decoded by sheet, merges kept within bounds."""

from collections.abc import Sequence
from itertools import starmap
from typing import NamedTuple

from dangvien_analysis.legacy import UNICODE, decode_name, decode_sheet, is_plain
from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.cells import (
    COUNT,
    MASKED,
    MAX_CACHED_TEXT,
    NUMBER,
    STRUCK,
    TEXT,
    UNSEEN_ZERO,
    ZERO,
    Cell,
    Place,
    Problem,
    Range,
    Runs,
    Sheet,
    address,
    address_range,
    number_cell,
    text_cell,
)
from dangvien_analysis.reading.drawings import NOTHING_DRAWN, Drawn
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.unseen import Condition, unseen_numbers
from dangvien_analysis.text import tidy

MAX_CELLS = 600_000  # in a workbook: 3,000 schools with 200 columns
MAX_MERGES = 20_000
LEAST_HEIGHT, LEAST_WIDTH = 2.0, 0.5  # points, letters; of a row or a column that is less nothing can be read
MAX_MERGED_AREA = 1_000_000

_MOST_NAMED = 4
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # a digit written small and high is the mark of a note


class Marked(NamedTuple):
    """What stands in a cell whose letters, all of them or some, are struck out, or are there and cannot be seen."""

    what: Cell | Runs
    struck: bool = False
    unseen: bool = False


Raw = Cell | Runs | Marked


def marked(what: Cell | Runs, struck: bool, unseen: bool) -> Raw:
    """Return what stands in a cell, marked if there is anything to say of its letters."""
    return Marked(what, struck, unseen) if struck or unseen else what


class RawSheet(NamedTuple):
    """A sheet before decoding: its texts are runs with their fonts' encodings."""

    name: str
    cells: dict[tuple[int, int], Raw]
    merges: list[Range]
    hidden: bool
    hidden_rows: set[int]
    hidden_cols: list[tuple[int, int]]
    shows_zeros: bool = True
    drawn: Drawn = NOTHING_DRAWN
    conditions: Sequence[Condition] = ()
    comments: Sequence[tuple[Place, Runs]] = ()


class _Decoded(NamedTuple):
    """The cells of a sheet, the encoding of its texts, the places whose letters are marked, and its comments."""

    cells: dict[tuple[int, int], Cell | None]
    encoding: str
    struck: list[tuple[int, int]]
    unseen: list[tuple[int, int]]
    comments: list[str]


def finish(raw_sheets: list[RawSheet]) -> tuple[list[Sheet], list[Problem]]:
    """Decode the sheets of a workbook and return them, with a problem for each that cannot be."""
    decoded = [_decoded(raw) for raw in raw_sheets]
    legacy = [one.encoding for one in decoded if one.encoding]
    sheets, problems = [], []
    for raw, one in zip(raw_sheets, decoded, strict=True):
        # A sheet of numbers says nothing about its own name: the workbook does.
        encoding = one.encoding or (legacy[0] if legacy and not _has_words(one.cells) else UNICODE)
        name = tidy(decode_name(raw.name, encoding))
        try:
            sheet, covered = _sheet(raw, name, one)
        except Unreadable as exc:
            problems.append(Problem("error", "unreadable_sheet", name, "", str(exc)))
            continue
        sheets.append(sheet)
        problems += [*covered, *_struck_texts(sheet, one.struck), *_drawn(sheet, raw.drawn)]
    return sheets, problems


class _Plain(dict[Raw, Cell | None]):
    """Cells of texts that are as they are typed: not struck out, seen, and in no legacy encoding."""

    def __missing__(self, runs: Raw) -> Cell | tuple[()] | None:
        if type(runs) is Marked or not all(starmap(is_plain, runs)):
            return ()
        text = "".join([text for _, text in runs])
        cell = text_cell(text)
        if len(text) <= MAX_CACHED_TEXT:
            if len(self) >= _MOST_PLAIN:
                self.clear()
            self[runs] = cell
        return cell


_MOST_PLAIN = 1 << 14
_PLAIN = _Plain()


def _decoded(raw: RawSheet) -> _Decoded:
    cells = {place: cell if type(cell) is Cell else _PLAIN[cell] for place, cell in raw.cells.items()}
    comments = [runs for _, runs in raw.comments]
    if () in cells.values() or not all(starmap(is_plain, (run for runs in comments for run in runs))):
        decoded = _decoded_together(raw.cells, comments)
    else:
        decoded = _Decoded(cells, UNICODE, [], [], ["".join([text for _, text in runs]) for runs in comments])
    cells = decoded.cells
    if not raw.shows_zeros:
        cells = {place: UNSEEN_ZERO if cell == _TYPED_ZERO else cell for place, cell in cells.items()}
    if None in cells.values():
        cells = {place: cell for place, cell in cells.items() if cell is not None}
    return decoded._replace(cells=cells)


def _decoded_together(cells: dict[tuple[int, int], Raw], comments: list[Runs]) -> _Decoded:
    texts = {place: cell for place, cell in cells.items() if type(cell) is not Cell}
    looks = {place: cell for place, cell in texts.items() if type(cell) is Marked}
    if looks:
        cells = cells | {place: look.what for place, look in looks.items()}
        texts = {place: cell for place, cell in cells.items() if type(cell) is not Cell}
    decoded, encoding = decode_sheet([*texts.values(), *comments])
    cells = cells | dict(zip(texts, map(text_cell, decoded[: len(texts)]), strict=True))
    struck = [place for place, look in looks.items() if look.struck]
    cells |= {place: _struck(cells[place]) for place in struck if cells[place] is not None}
    unseen = [place for place, look in looks.items() if look.unseen]
    return _Decoded(cells, encoding, struck, unseen, decoded[len(texts) :])


_TYPED_ZERO = number_cell(0.0)


def _struck(cell: Cell) -> Cell:
    return Cell(STRUCK, cell.raw) if cell.state in (COUNT, ZERO, NUMBER, MASKED) else cell


def _drawn(sheet: Sheet, drawn: Drawn) -> list[Problem]:
    """Return a problem for what lies over the cells of a sheet and is not read; a letterhead's picture is none."""
    if drawn.text_boxes:
        cells = [cell for cell in drawn.text_boxes if cell]
        where = f" (tại ô {', '.join(cells[:_MOST_NAMED])})" if cells else ""
        message = refusal.TEXT_BOX.format(where=where)
        return [Problem("warning", "text_box", sheet.name, next(iter(cells), ""), message)]
    if drawn.picture and not sheet.cells:
        return [Problem("warning", "picture_sheet", sheet.name, "", refusal.PICTURE)]
    return []


def _struck_texts(sheet: Sheet, struck: list[tuple[int, int]]) -> list[Problem]:
    """Return a problem for the texts of a sheet that are struck out: nobody can say whether they still hold."""
    texts = [place for place in struck if place in sheet.cells and sheet.cells[place].state == TEXT]
    if not texts:
        return []
    first = address(*texts[0])
    others = f" (và {len(texts) - 1} ô khác)" if len(texts) > 1 else ""
    return [Problem("warning", "struck_out", sheet.name, first, refusal.STRUCK_TEXT.format(cell=first + others))]


def _has_words(cells: dict[tuple[int, int], Cell]) -> bool:
    return any(not cell.raw.isascii() for cell in cells.values())


def _sheet(raw: RawSheet, name: str, decoded: _Decoded) -> tuple[Sheet, list[Problem]]:
    cells = decoded.cells
    places = sorted(cells)
    if places != list(cells):
        cells = {place: cells[place] for place in places}
    rows, cols = zip(*places, strict=True) if places else ((), ())
    merges = _bounded(raw.merges, max(rows, default=0), max(cols, default=0))
    problems = _uncover(name, cells, merges)
    hidden_rows = raw.hidden_rows.intersection(rows) if raw.hidden_rows else ()
    hidden_cols = {col for first, last in raw.hidden_cols for col in cols if first <= col <= last}
    hidden = raw.hidden, frozenset(hidden_rows), frozenset(hidden_cols)
    unseen = unseen_numbers(raw.conditions, cells).union(cells.keys() & decoded.unseen)
    said = zip(raw.comments, map(tidy, decoded.comments), strict=True)
    comments = tuple((row, col, text) for ((row, col), _), text in said if text)
    return Sheet(name, cells, merges, *hidden, frozenset(unseen), comments), problems


def _uncover(name: str, cells: dict[tuple[int, int], Cell], merges: tuple[Range, ...]) -> list[Problem]:
    """Take out the cells that a merge hides from view; what differs from the cell in view is a problem."""
    problems = []
    for merge in merges:
        r1, c1, r2, c2 = merge
        covered = [
            cells.pop((row, col))
            for row in range(r1, r2 + 1)
            for col in range(c1, c2 + 1)
            if (row, col) in cells and (row, col) != (r1, c1)
        ]
        if any(cell != cells.get((r1, c1)) for cell in covered):
            level = "warning" if all(cell.state == TEXT for cell in covered) else "error"
            problems.append(Problem(level, "covered_cells", name, address_range(*merge), refusal.COVERED))
    return problems


def _bounded(merges: list[Range], last_row: int, last_col: int) -> tuple[Range, ...]:
    if len(merges) > MAX_MERGES:
        raise Unreadable(refusal.TOO_MANY_MERGES)
    kept = sorted((r1, c1, min(r2, last_row), min(c2, last_col)) for r1, c1, r2, c2 in merges)
    kept = [(r1, c1, r2, c2) for r1, c1, r2, c2 in kept if r1 <= r2 and c1 <= c2 and (r1, c1) != (r2, c2)]
    if sum((r2 - r1 + 1) * (c2 - c1 + 1) for r1, c1, r2, c2 in kept) > MAX_MERGED_AREA:
        raise Unreadable(refusal.TOO_MANY_MERGES)
    return tuple(kept)
