"""Numbers in known columns and rows that are no counts: shares, running totals, last year's, remarks.

They are never loaded; numbers that were reported before are kept to be compared with what was reported for their time.
"""

from typing import TYPE_CHECKING

from dangvien_analysis import identity
from dangvien_analysis.periods import year_before
from dangvien_analysis.returns.causes import Place
from dangvien_analysis.returns.completing import complete
from dangvien_analysis.returns.facets import Meaning, cross, missing
from dangvien_analysis.returns.half_read import names_counted
from dangvien_analysis.returns.parts import Number
from dangvien_analysis.tables.body import Row
from dangvien_analysis.tables.columns import NOT_COUNTS, Column
from dangvien_analysis.text import fold
from dangvien_analysis.workbook import COUNT, FORMULA, TEXT, ZERO, Cell

if TYPE_CHECKING:
    from dangvien_analysis.returns.numbers import TableReader

FREE_TEXT = {"note", "person"}
SILENT = (NOT_COUNTS | {"unit"}) - {"rate", *FREE_TEXT}  # known columns whose numbers are not taken
COUNTS = (COUNT, ZERO)
_COMPUTED = {fold(header) for header in identity.COMPUTED}


class LeftOut:
    """What one table holds besides counts."""

    def __init__(self, reader: "TableReader") -> None:
        self._reader = reader
        self.references: list[Number] = []  # last year's numbers quoted in this year's return
        self.restated: list[Number] = []  # quoted from an earlier return about the very period
        self.unweighed: set[Place] = set()  # cells of numbers that need not be counts: rates, differences

    def leave_text(self, row: Row, column: Column, cell: Cell) -> None:
        """Leave out what may be about single people; ask about counts of a part of them: "Giới tính: Nam | Nữ"."""
        place = row.row, column.col
        heads = (*column.heads, *row.labels)
        person = next((head for head in heads if "person" in head.said.roles), None)
        note = next((head for head in column.heads[1:] if "note" in head.said.roles), None)
        if cell.state in COUNTS and person is not None and any("breakdown" in head.said.facets for head in heads):
            self._reader.causes.header(person, place)
        elif cell.state in COUNTS and note is not None and column.heads[0].said.facets:  # "Ghi chú" over "Nữ | DTTS"
            self._reader.bad.add(place)
            self._reader.causes.header(note, place)
        else:
            self._note("free_text", place, column)

    def leave(
        self, row: Row, column: Column, cell: Cell | None, roles: frozenset[str], own: Meaning, speaking: Meaning
    ) -> None:
        """Leave out a known column or row of no counts; keep last year's numbers to be compared.

        `roles`: what labels and sections say of the row. `own`: what its labels mean, `speaking` the sections above.
        """
        place = row.row, column.col
        if cell is None or cell.state == TEXT:
            return
        counted = next((head for head in (*column.heads, *row.labels) if names_counted(head.said)), None)
        if counted is not None:
            self._reader.bad.add(place)
            self._reader.causes.header(counted, place)
            return
        quoted = "reference" in {column.role, *roles} and "total" not in roles
        if not quoted:
            self.unweighed.add(place)
        if quoted and cell.state == FORMULA and _names_own_period(column):
            self._reader.causes.plain("computed_column", place)  # a copy that no program has calculated
        elif not quoted or cell.state not in COUNTS or not self._quote(column, place, own, speaking):
            self._note("column_not_taken", place, column)

    def _quote(self, column: Column, place: Place, own: Meaning, speaking: Meaning) -> bool:
        """Keep a number that was reported before; tell whether it is compared with that of the very period it names."""
        reader = self._reader
        facets, clash, still_open = complete(
            cross(reader.meanings[column.col], own), speaking, reader.around, reader.as_of
        )
        if clash or still_open or missing(facets):
            reader.divided += [] if clash or still_open else [Number(place, _of_last_year(facets))]
            return False
        if _names_own_period(column):
            self.restated.append(Number(place, facets))
            return True
        self.references.append(Number(place, _of_last_year(facets)))
        return False

    def _note(self, code: str, place: Place, column: Column) -> None:
        """Note a cell of a known column that holds no counts; what our form computes itself under its own code."""
        if any(fold(head.text) in _COMPUTED for head in column.heads):
            self._reader.causes.plain("computed_column", place)
        else:
            self._reader.causes.plain(code, place, column.col if code == "free_text" else 0)


def _of_last_year(facets: dict) -> dict:
    return {**facets, "period": year_before(facets["period"])} if facets.get("period") else facets


def _names_own_period(column: Column) -> bool:
    """Tell whether a header below "Số đã báo cáo" names the period of the numbers that are quoted."""
    quotes = [bool(head.said.roles & {"reference"}) for head in column.heads]
    names = ["period" in head.said.facets for head in column.heads]
    return True in quotes and True in names and names.index(True) < quotes.index(True)
