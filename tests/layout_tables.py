"""What one table of a generated return holds: its number columns, its rows, and the numbers of the truth."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from layout_words import ROMAN, SCHOOL_TOTALS, TOTALS, Choose, compose

Values = Mapping[str, str]
KEY = ("school", "period", "group", "breakdown", "measure", "kind")
DEFAULTS = {"breakdown": "total", "kind": "actual"}


class Mark(NamedTuple):
    """A text of a sheet and the facets that it says; `row` is 0 for a sheet's or a file's name."""

    sheet: int
    row: int
    col: int
    says: dict[str, str]
    place: str


class Number(NamedTuple):
    """A number of the truth, where it stands, and the indexes of the marks that speak for it."""

    sheet: int
    row: int
    col: int
    key: tuple[str, ...]
    n: int
    marks: tuple[int, ...]


STRUCK = "struck out"


@dataclass
class Grid:
    """A sheet before it is written: values by (row, column), merged ranges, and the looks of cells.

    A look is STRUCK or a number format.
    """

    name: str
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    looks: dict[tuple[int, int], str] = field(default_factory=dict)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a range, unless it is one cell."""
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))


class Body(NamedTuple):
    """The rows of one table that hold numbers of the truth; `alone` where each says all that it means."""

    sheet: int
    rows: list[int]
    alone: bool


@dataclass
class Book:
    """A workbook: its sheets, what its texts say, and its numbers."""

    name: str
    sheets: list[Grid] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    def mark(self, row: int, col: int, says: Values, place: str) -> int:
        """Note that a text of the newest sheet says something; return the mark's index."""
        self.marks.append(Mark(len(self.sheets) - 1, row, col, dict(says), place))
        return len(self.marks) - 1


@dataclass
class Style:
    """How the clerk of one workbook draws tables."""

    stt: bool
    merged: bool
    headless: bool
    heads: str  # "merged", "top" or "bottom": where the head of a label column stands in a header of two levels
    parent: str  # a header over the others: "", "all" (over all number columns) or "parts" (beside a total)
    number_row: str  # "", "1 2 3", "(1) (2)" or "A B 1 2"
    note: bool
    left: int  # the table's first column
    labels: str  # "merged", "repeated" or "once": an outer label over its rows
    prefix: str  # before a row label where there is no STT column: "", "- " or "1. "
    numbered: bool  # sections carry A, I
    across: bool  # sections are merged over the whole table
    row_total: str  # "", "last" or "first"
    col_total: str  # "", "last" or "first"
    inner_total: bool  # the total stands in each outer value or section, not over all
    rate: bool
    number: str  # "int", "text", "unit" or "padded"
    zero: object
    gap: bool  # one blank row in a body


class Table(NamedTuple):
    """What one table has to say: the facets of each place, outermost first, and those said outside of it."""

    sections: list[tuple[str, ...]]
    rows: list[tuple[str, ...]]
    cols: list[tuple[str, ...]]
    of_which: bool  # a row "Trong đó: nữ" after each row
    values: dict[str, list[str]]
    outside: dict[str, str]
    marks: list[int]


class Leaf(NamedTuple):
    """A number column: the texts over it, outermost first, with what each says."""

    path: tuple[tuple[str, Values], ...]
    values: dict[str, str]
    summed: frozenset[str]
    role: str  # "count" or "rate"


class Line(NamedTuple):
    """A row of the body, before it has a place."""

    role: str  # "section", "data", "total"
    depth: int
    labels: tuple[tuple[str, Values] | None, ...]  # None where an outer label goes on
    values: dict[str, str]
    summed: frozenset[str]
    ordinal: str = ""


class Pen(NamedTuple):
    """All that drawing a table needs besides the table itself."""

    book: Book
    counts: dict[tuple[str, ...], int | None]
    style: Style
    choose: Choose
    choosers: Callable[[str], Choose]  # place -> a chooser that keeps to its first choice


def token_values(token: tuple[str, ...], values: Mapping[str, list[str]]) -> list[dict[str, str]]:
    """List the combinations of values that the texts of one place say."""
    return [dict(zip(token, combination, strict=True)) for combination in product(*(values[facet] for facet in token))]


def summable(table: Table) -> set[str]:
    """Name the facets over which a total makes sense: stocks are not added up over time."""
    stocks = "party_members" in table.values["measure"]
    return {"school", "group"} if stocks else {"school", "period", "group"}


def facets_of(tokens: list[tuple[str, ...]]) -> set[str]:
    """Name the facets that a place says."""
    return {facet for token in tokens for facet in token}


def leaves(pen: Pen, table: Table) -> list[Leaf]:
    """List the number columns from left to right."""
    say = pen.choosers("col")
    wants_total = bool(pen.style.col_total)
    facets, can = facets_of(table.cols), summable(table)
    inner = pen.style.inner_total and len(table.cols) > 1
    grand = not inner and len(table.cols) == 2 and facets <= can
    total_word = say([*TOTALS, "Tổng số"] if "breakdown" not in table.values else TOTALS)

    def build(tokens, path, values, summed) -> Iterator[Leaf]:
        if not tokens:
            yield Leaf(path, values, frozenset(summed), "count")
            return
        token, rest = tokens[0], tokens[1:]
        own = []
        for said in token_values(token, table.values):
            text = compose(said, "col", say)
            own += build(rest, (*path, (text, said)), {**values, **said}, summed)
        if wants_total and len(path) == inner and set(token) <= can and not summed:
            head = (*path, (total_word, {}))
            total = [Leaf(head, values, frozenset(facets), "count")] if grand else [*build(rest, head, values, token)]
            own = total + own if pen.style.col_total == "first" else own + total
        if token == ("kind",) and pen.style.rate and not rest and len(table.values["kind"]) == 2:
            head = (say(["Tỷ lệ %", "Tỷ lệ (%)", "TH/KH (%)"]), {})
            own.append(Leaf((*path, head), values, frozenset(summed), "rate"))
        yield from own

    return list(build(table.cols, (), {}, ()))


def lines(pen: Pen, table: Table) -> list[Line]:
    """List the rows of the body from top to bottom."""
    row_facets, section_facets, can = facets_of(table.rows), facets_of(table.sections), summable(table)
    each = pen.style.inner_total and len(table.rows) == 2 and set(table.rows[1]) <= can
    position = pen.style.row_total if row_facets and row_facets <= can and not each else ""
    per_section = bool(table.sections) and (pen.style.inner_total or not section_facets <= can)
    say = pen.choosers("total row")

    def total(values: dict[str, str], depth: int, facets: set[str]) -> Line:
        words = SCHOOL_TOTALS if row_facets == {"school"} else TOTALS
        blanks = (("", {}),) * (max(len(table.rows), 1) - 1)
        return Line("total", depth, ((say(words), {}), *blanks), values, frozenset(facets))

    def with_total(body: list[Line], values: dict[str, str], depth: int, facets: set[str]) -> list[Line]:
        own = total(values, depth, facets)
        return [own, *body] if position == "first" else [*body, own]

    def build(tokens, values, depth) -> list[Line]:
        if not tokens:
            body = _data(pen, table, values, depth)
            return with_total(body, values, depth, row_facets) if position and per_section else body
        body = []
        for order, said in enumerate(token_values(tokens[0], table.values)):
            ordinal = _numeral(len(table.sections), depth, order) if pen.style.numbered else ""
            text = compose(said, "section", pen.choosers("section"))
            body.append(Line("section", depth, ((text, said),), {**values, **said}, frozenset(), ordinal))
            body += build(tokens[1:], {**values, **said}, depth + 1)
        return body

    body = build(table.sections, {}, 0)
    if position and not per_section:
        return with_total(body, {}, 0, row_facets | section_facets)
    return body


def _numeral(levels: int, depth: int, order: int) -> str:
    return "ABCDEFGH"[order] if levels == 2 and depth == 0 else ROMAN[order]


def _data(pen: Pen, table: Table, values: dict[str, str], depth: int) -> list[Line]:
    say, body = pen.choosers("row"), []
    if not table.rows:
        carrier = say(["Số lượng", "Số người"])
        body = [Line("data", depth, ((carrier, {}),), values, frozenset(), "1")]
    elif len(table.rows) == 1:
        for order, said in enumerate(token_values(table.rows[0], table.values), 1):
            label = (compose(said, "row", say), said)
            body.append(Line("data", depth, (label,), {**values, **said}, frozenset(), str(order)))
    else:
        body = _two_columns(pen, table, values, depth)
    return _with_of_which(pen, table, body) if table.of_which else body


def _two_columns(pen: Pen, table: Table, values: dict[str, str], depth: int) -> list[Line]:
    outer, inner = table.rows
    body, order = [], 0
    for said in token_values(outer, table.values):
        label = (compose(said, "row", pen.choosers("row")), said)
        for position, deeper in enumerate(token_values(inner, table.values)):
            order += 1
            second = (compose(deeper, "row", pen.choosers("row 2")), deeper)
            first = label if position == 0 or pen.style.labels == "repeated" else None
            body.append(Line("data", depth, (first, second), {**values, **said, **deeper}, frozenset(), str(order)))
        if pen.style.row_total and pen.style.inner_total and set(inner) <= summable(table):
            first = label if pen.style.labels == "repeated" else None
            labels = (first, (pen.choosers("total row")(TOTALS), {}))
            body.append(Line("total", depth, labels, {**values, **said}, frozenset(inner)))
    return body


def _with_of_which(pen: Pen, table: Table, body: list[Line]) -> list[Line]:
    female = {"breakdown": "female"}
    text = pen.choosers("of which")(["Trong đó: nữ", "- Trong đó: nữ", "Trong đó nữ"])
    doubled = []
    for line in body:
        doubled.append(line)
        if line.role == "total":
            continue
        repeated = line.labels[0] if pen.style.labels == "repeated" else None
        labels = ((text, female),) if len(line.labels) == 1 else (repeated, (text, female))
        doubled.append(Line("data", line.depth, labels, {**line.values, **female}, frozenset()))
    return doubled
