"""Draw office tables with openpyxl, and keep book of which number stands in which cell.

A drawn number is always one of the truth: it is asked for by its key, so nothing can be typed beside it.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

BOX = Border(*(Side(style="thin"),) * 4)
STAMP = (2024, 3, 15, 0, 0, 0)  # one date in every file, so that the same numbers give the same bytes


class Key(NamedTuple):
    """What a number says, as in the frame `counts`."""

    school: str
    period: str
    group: str
    breakdown: str
    measure: str
    kind: str = "actual"
    cohort: str | None = None
    reason: str | None = None


class Placement(NamedTuple):
    """Where a number stands, what it says, and the number."""

    file: str
    sheet: str
    cell: str
    school: str
    period: str
    group: str
    breakdown: str
    measure: str
    kind: str
    cohort: str | None
    reason: str | None
    n: int


def require(holds: bool, *what: object) -> None:
    """Stop when numbers that must agree do not."""
    if not holds:
        raise ValueError(f"the numbers do not agree: {what}")


class Form:
    """One sheet being drawn: texts go in anywhere, numbers only by their key."""

    def __init__(self, sheet: Worksheet, file: str, truth: Mapping[Key, int], zero: int | str = 0) -> None:
        """Draw on `sheet`; `zero` is how this office writes a reported zero."""
        self.sheet, self.file, self.truth, self.zero = sheet, file, truth, zero
        self.placed: list[Placement] = []

    def text(self, row: int, column: int, value: str | int | None, to: tuple[int, int] | None = None, **style) -> None:
        """Write a text, merged down to the cell `to` where one is given; `box=True` draws the lines of a table."""
        to = to or (row, column)
        self.sheet.cell(row, column, value)
        for line in self.sheet.iter_rows(row, to[0], column, to[1]):
            for cell in line:
                _dress(cell, **style)
        if to != (row, column):
            self.sheet.merge_cells(start_row=row, start_column=column, end_row=to[0], end_column=to[1])

    def count(self, row: int, column: int, key: Key) -> None:
        """Write the number of a key; a key that the truth does not have leaves the cell blank."""
        n = self.truth.get(key)
        self.text(row, column, self.zero if n == 0 else n, box=True, align="center")
        if n is not None:
            address = f"{get_column_letter(column)}{row}"
            self.placed.append(Placement(self.file, self.sheet.title, address, *key, n))

    def total(self, row: int, column: int, first: int, last: int) -> None:
        """Write the sum of a column's cells above, as a school clerk types it: a value, not a formula."""
        above = [self.sheet.cell(line, column).value for line in range(first, last + 1)]
        self.text(row, column, sum(n for n in above if isinstance(n, int)), box=True, bold=True, align="center")

    def widths(self, widths: Sequence[float]) -> None:
        """Set the columns' widths and let the page print on one A4 sheet, landscape where it is wide."""
        for column, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        page = self.sheet.page_setup
        page.paperSize, page.fitToWidth, page.fitToHeight = 9, 1, 0
        page.orientation = "landscape" if sum(widths) > 85 else "portrait"  # characters on A4 upright
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _dress(cell, bold=False, italic=False, size=12, align="left", wrap=True, box=False) -> None:
    cell.font = Font(name="Times New Roman", size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wrap)
    if box:
        cell.border = BOX


def letterhead(form: Form, columns: int, split: int, office: tuple[str, str], dated: str) -> None:
    """Write the head of a Party document: the office on the left, the Party, place and date on the right."""
    form.text(1, 1, office[0], (1, split), align="center", wrap=False)
    form.text(2, 1, office[1], (2, split), align="center", wrap=False, bold=True)
    form.text(3, 1, "*", (3, split), align="center")
    form.text(1, split + 1, "ĐẢNG CỘNG SẢN VIỆT NAM", (1, columns), align="center", wrap=False, bold=True, size=13)
    form.text(3, split + 1, dated, (3, columns), align="center", wrap=False, italic=True)


def heading(form: Form, row: int, columns: int, title: str, *lines: str) -> None:
    """Write the title over the whole width, and the lines under it."""
    form.text(row, 1, title, (row, columns), bold=True, size=14, align="center")
    for offset, line in enumerate(lines, start=1):
        form.text(row + offset, 1, line, (row + offset, columns), italic=True, align="center")


def header(form: Form, row: int, cells: Iterable[tuple]) -> None:
    """Write header cells: (line, column, text) or (line, column, text, last line, last column), lines from 0."""
    for line, column, value, *to in cells:
        end = (row + to[0], to[1]) if to else None
        form.text(row + line, column, value, end, bold=True, align="center", box=True)


def signatures(form: Form, row: int, columns: int, split: int, signer: tuple[str, str]) -> None:
    """Write who signs, by office; nobody's name stands in these files."""
    for offset, left, right, style in (
        (0, None, signer[0], {"bold": True}),
        (1, "NGƯỜI LẬP BIỂU", signer[1], {"bold": True}),
        (2, "(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)", {"italic": True}),
    ):
        form.text(row + offset, 1, left, (row + offset, split), align="center", wrap=False, **style)
        form.text(row + offset, split + 1, right, (row + offset, columns), align="center", wrap=False, **style)


def notes(form: Form, row: int, columns: int, *lines: str) -> None:
    """Write notes under a table, one in a row."""
    for offset, line in enumerate(lines):
        form.text(row + offset, 1, line, (row + offset, columns), italic=True, size=11)
        form.sheet.row_dimensions[row + offset].height = 30


def save(workbook: Workbook, path: Path) -> None:
    """Write a workbook whose bytes depend on its cells alone: no clock, no compression, no platform."""
    workbook.properties.creator = None
    buffer = io.BytesIO()
    workbook.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, STAMP)
            entry.create_system = 0
            target.writestr(entry, _undated(source.read(name)) if name == "docProps/core.xml" else source.read(name))


def _undated(properties: bytes) -> bytes:
    day = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*STAMP).encode()
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + day, properties)
