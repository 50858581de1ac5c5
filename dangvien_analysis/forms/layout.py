"""What stands in the cells of a form, before it is written: places from 1, as spreadsheets count."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dangvien_analysis.workbook import address

Place = tuple[str, int, int]  # sheet, row, column
Values = Mapping[Place, int]  # the numbers typed in


class Key(NamedTuple):
    """The number that an input cell asks for: a row of `counts`, without its school."""

    period: str
    group: str
    measure: str
    breakdown: str = "total"
    kind: str = "actual"
    cohort: str | None = None
    reason: str | None = None


class Text(NamedTuple):
    """A locked text."""

    text: str
    style: str


class Input(NamedTuple):
    """A cell to type a whole number into."""

    key: Key


class Choice(NamedTuple):
    """A cell to fill from a list."""

    options: tuple[str, ...]
    text: str = ""


class Day(NamedTuple):
    """The cell for the day that the return speaks for; `prompt` is shown when it is entered."""

    prompt: str


class Shown(NamedTuple):
    """A number that was reported before, to compare with; None where it was not."""

    n: int | None


class Live(NamedTuple):
    """A cell that computes itself: its formula, and what it shows given the numbers typed in ("" for nothing)."""

    formula: str
    value: Callable[[Values], int | str]
    style: str


class Blocked(NamedTuple):
    """A cell where no number can be: admitted before the course, a sum of what must not be added."""


Cell = Text | Input | Choice | Day | Shown | Live | Blocked


class Range(NamedTuple):
    """A rectangle of cells on one sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def text(self, home: str) -> str:
        """Return the range as a formula on sheet `home` writes it."""
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        area = first if first == last else f"{first}:{last}"
        return area if self.sheet == home else f"'{self.sheet}'!{area}"

    def places(self) -> list[Place]:
        """Return its cells, row by row."""
        rows, cols = range(self.top, self.bottom + 1), range(self.left, self.right + 1)
        return [(self.sheet, row, col) for row in rows for col in cols]

    def numbers(self, values: Values) -> list[int]:
        """Return the numbers that stand in it."""
        return [values[place] for place in self.places() if place in values]


@dataclass
class Page:
    """One sheet of a form.

    `header`: the rows printed again on each page. `labels`: the columns that stay when one scrolls.
    """

    name: str
    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    header: tuple[int, int] | None = None
    labels: int = 0
    landscape: bool = False
    last_col: int = 1

    def put(self, row: int, col: int, cell: Cell, right: int = 0, bottom: int = 0) -> None:
        """Place a cell, merged as far as column `right` and row `bottom`."""
        self.cells[row, col] = cell
        if max(right, col) > col or max(bottom, row) > row:
            self.merges.append((row, col, max(bottom, row), max(right, col)))

    def inputs(self) -> dict[Place, Key]:
        """Return the cells for numbers and what each asks for."""
        return {(self.name, row, col): cell.key for (row, col), cell in self.cells.items() if isinstance(cell, Input)}
