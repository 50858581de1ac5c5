"""Generates workbooks: one truth, laid out in any way that a careful reader understands without doubt.

`make(choose)` draws a set of counts (2 to 4 schools, 1 to 4 periods, students and staff, 2 to 4 measures, actuals and
targets, sometimes "of which female") and places each facet in the file name, the sheet name or title, a heading line
above a table, section rows, one or two label columns, or one or two levels of column headers.
`choose` takes a sequence and returns one of its items, as `Random(seed).choice` does.

Left out, because a careful reader would ask:
- group, measure or kind said by the file name alone: a file is named for who sends it and when, not for what is in it;
- a school's bare name in running text (a school may bear the district's name), and bare years in section rows,
  headings and titles;
- nested sections without numbering; a blank row before a section row (the table would have ended there);
- totals over measures or over kinds; a total headed "Tổng số" where "Tổng số" also stands beside "Trong đó: nữ";
- a title directly above the first of several heading lines: it could be part of that heading;
- a merged parent header beside one that is only written over its first column, in the same row;
- a table of one number (no facet in its rows or columns);
- targets of party members, and targets by sex;
- counts in which a later stage is above an earlier one, or actuals far from targets, or a cell left blank by one
  school for what most others gave: right to read, and right to ask.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

from layout_sheets import draw_sheet
from layout_tables import STRUCK, Book, Grid, Pen, Style, Table, token_values
from layout_words import MEASURES, OFFICE, PAIRS, PERIODS, SCHOOLS, Choose, single

AS_OF = date(2025, 1, 15)
PLACES = {
    "school": ["row", "col", "section", "heading", "sheet"],
    "period": ["col", "row", "section", "heading", "sheet"],
    "group": ["section", "row", "col", "heading", "sheet"],
    "measure": ["col", "row", "section", "heading", "sheet"],
    "kind": ["col", "row", "section", "heading", "sheet"],
}
ROOM = {"row": 2, "col": 2, "section": 2, "heading": 2, "sheet": 3}


class Layout(NamedTuple):
    """The workbooks, the counts that stand in them, and the collection they belong to."""

    books: list[Book]
    toml: str

    def expected(self) -> list[tuple]:
        """List (file, sheet, cell, key, n) for every number of the truth."""
        return [
            (book.name, book.sheets[number.sheet].name, address(number.row, number.col), number.key, number.n)
            for book in self.books
            for number in book.numbers
        ]

    def save(self, folder: Path) -> None:
        """Write the collection into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "collection.toml").write_text(self.toml, encoding="utf-8")
        for book in self.books:
            save_book(book, folder / book.name)

    def __repr__(self) -> str:
        """Show every sheet as a reader sees it: what a failing example is looked at with."""
        parts = [self.toml]
        for book in self.books:
            for grid in book.sheets:
                parts.append(f"--- {book.name} / {grid.name}   merged: {[address_range(*m) for m in grid.merges]}")
                last = max(col for _, col in grid.cells)
                for row in sorted({row for row, _ in grid.cells}):
                    cells = [grid.cells.get((row, col)) for col in range(1, last + 1)]
                    parts.append(f"{row:>3} | " + " | ".join("" if cell is None else str(cell) for cell in cells))
        return "\n".join(parts)


@dataclass
class Truth:
    """The facets' values and the count of every combination."""

    values: dict[str, list[str]]
    counts: dict[tuple[str, ...], int | None]


def address(row: int, col: int) -> str:
    """Write a cell's address: (7, 3) is "C7"."""
    return f"{_letter(col)}{row}"


def address_range(top: int, left: int, bottom: int, right: int) -> str:
    """Write a range's address."""
    return f"{address(top, left)}:{address(bottom, right)}"


def _letter(col: int) -> str:
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def typed_number(value: object) -> int | None:
    """Read a number as a person does who knows nothing of this project: digits, perhaps with a unit word."""
    if isinstance(value, int | float):
        return int(value) if value == int(value) else None
    text = str(value).strip().casefold()
    if text in {"-", "–", "—", "không", "không có"}:
        return 0
    match = re.fullmatch(r"(\d{1,3}(?:[. \u00a0]\d{3})+|\d+)(?: (?:em|đ/c|người|học sinh|đồng chí))?", text)
    return int(re.sub(r"\D", "", match.group(1))) if match else None


def save_book(book: Book, path: Path) -> None:
    """Write one workbook with openpyxl."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook()
    workbook.remove(workbook.active)
    for grid in book.sheets:
        sheet = workbook.create_sheet(grid.name)
        for (row, col), value in grid.cells.items():
            sheet.cell(row, col).value = value
        for (row, col), look in grid.looks.items():
            if look == STRUCK:
                sheet.cell(row, col).font = Font(strike=True)
            else:
                sheet.cell(row, col).number_format = look
        for top, left, bottom, right in grid.merges:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    workbook.save(path)


def make(choose: Choose) -> Layout:
    """Draw a truth and lay it out."""
    truth = draw_truth(choose)
    by_file = choose([f for f in _FILE_FACETS if _size(truth, f) <= 6])
    combinations = token_values(by_file, truth.values)
    alike = choose([True, True, False])
    plan, books = _plan(truth, by_file, choose), []
    for index, said in enumerate(combinations):
        plan = plan if alike or index == 0 else _plan(truth, by_file, choose)
        books.append(_draw_book(truth, said, plan, choose))
    return Layout(books, _collection(truth, choose))


_FILE_FACETS = [(), (), ("school",), ("period",), ("school", "period")]


def _size(truth: Truth, facets: tuple[str, ...]) -> int:
    size = 1
    for facet in facets:
        size *= len(truth.values[facet])
    return size


def draw_truth(choose: Choose) -> Truth:
    """Draw the facets' values and counts that no check would ask about."""
    kinds = choose([["actual"], ["target", "actual"], ["target"]])
    female = kinds == ["actual"] and choose([False, False, True])
    stages = [m for m in MEASURES if m != "party_members" or kinds == ["actual"]]
    values = {
        "school": _some(list(SCHOOLS), choose([2, 3, 4]), choose),
        "period": _run(PERIODS[choose(list(PERIODS))], choose([1, 2, 3, 4]), choose),
        "group": choose([["student", "staff"], ["student"], ["staff"]]),
        "measure": sorted(_some(stages, choose([2, 3, 4]), choose), key=MEASURES.index),
        "kind": kinds,
    }
    if female:
        values["breakdown"] = ["total", "female"]
    return Truth(values, _draw_counts(values, Random(choose(range(10_000)))))


def _some(items: list[str], size: int, choose: Choose) -> list[str]:
    left, picked = list(items), []
    while len(picked) < size:
        picked.append(choose(left))
        left.remove(picked[-1])
    return picked


def _run(items: list[str], size: int, choose: Choose) -> list[str]:
    start = choose(range(len(items) - size + 1))
    return items[start : start + size]


def _draw_counts(values: dict[str, list[str]], random: Random) -> dict[tuple[str, ...], int | None]:
    counts = {}
    for school, period, group in product(values["school"], values["period"], values["group"]):
        more = random.randint(0, 3)
        left, women = random.randint(8, 60), 60
        for measure in values["measure"]:
            n = random.randint(10, 90) if measure == "party_members" else left
            women = min(random.randint(0, n), 60 if measure == "party_members" else women)
            left = (
                left
                if measure == "party_members"
                else random.choice([n, max(n - 3, 0), random.randint(n // 2, n), n // 3])
            )
            parts = {("total", "actual"): n, ("total", "target"): n + more, ("female", "actual"): women}
            for (breakdown, kind), count in parts.items():
                counts[school, period, group, breakdown, measure, kind] = count
    return counts


def _plan(truth: Truth, by_file: tuple[str, ...], choose: Choose) -> dict[str, list[str]]:
    """Give each facet that the file's name does not say a place inside the workbook."""
    plan: dict[str, list[str]] = {place: [] for place in ROOM}
    for facet, places in PLACES.items():
        if facet in by_file:
            continue
        if facet == "kind" and truth.values["kind"] == ["actual"] and choose([True, True, False]):
            continue  # actuals are what a return gives when it says nothing
        free = [place for place in places if _has_room(truth, plan, place, facet)]
        plan[choose(free)].append(facet)
    if not plan["row"] and plan["section"]:
        plan["row"].append(plan["section"].pop())
    if not plan["row"] and not plan["col"]:
        plan["col"].append(plan["sheet"].pop() if plan["sheet"] else plan["heading"].pop())
    for place in ("row", "col", "section"):
        plan[place] = choose([plan[place], plan[place][::-1]])
    return plan


def _has_room(truth: Truth, plan: dict[str, list[str]], place: str, facet: str) -> bool:
    size = _size(truth, (*plan[place], facet))
    return len(plan[place]) < ROOM[place] and size <= {"heading": 4, "sheet": 8}.get(place, 40)


def draw_style(truth: Truth, choose: Choose) -> Style:
    """Draw how the clerk of one workbook draws tables."""
    female = "breakdown" in truth.values
    stt = choose([False, True])
    labels = ["repeated", "once"] if female else ["merged", "repeated", "once"]
    return Style(
        stt=stt,
        merged=choose([True, True, False]),
        headless=choose([False, False, True]),
        heads=choose(["merged", "top", "bottom"]),
        parent=choose(["", "", "all", "parts"]),
        number_row=choose(["", "", "", "1 2 3", "(1) (2)", "A B 1 2"]),
        note=choose([False, True]),
        left=choose([1, 1, 2]),
        labels=choose(labels),
        prefix=choose(["", "- ", "1. "]),
        numbered=choose([True, True, False]),
        across=choose([False, True]),
        row_total=choose(["", "last", "first"]),
        col_total=choose(["", "last", "first"]),
        inner_total=choose([False, True]),
        rate=choose([False, True]),
        number=choose(["int", "int", "text", "unit", "padded"]),
        zero=choose([0, "-", "–", "không", "0"]),
        gap=choose([False, False, True]),
    )


def steady_choosers(choose: Choose):
    """Return a function place -> chooser; each chooser keeps to its first choice, as one clerk does."""
    made: dict[tuple, object] = {}

    def for_place(place: str) -> Choose:
        def steady(options):
            key = (place, tuple(options))
            if key not in made:
                made[key] = choose(options)
            return made[key]

        return steady

    return for_place


def _draw_book(truth: Truth, said: dict[str, str], plan: dict[str, list[str]], choose: Choose) -> Book:
    choosers = steady_choosers(choose)
    style = draw_style(truth, choose)
    style.numbered = style.numbered or len(plan["section"]) > 1
    style.headless = style.headless and "period" not in plan["row"]  # bare years need a head
    book = Book(_file_name(said, choosers("file")))
    pen = Pen(book, truth.counts, style, choose, choosers)
    table = _table(truth, plan, choosers)
    by_name = _named_facets(truth, plan, choosers)
    combinations = token_values(tuple(plan["sheet"]), truth.values)
    for index, values in enumerate(combinations, 1):
        name = _sheet_name({facet: values[facet] for facet in by_name}, choosers)
        book.sheets.append(Grid(name or choosers("sheet number")(["Sheet{}", "Biểu {}", "Bieu 0{}"]).format(index)))
        outside = {**said, **values}
        marks = [book.mark(0, 0, said, "file")] if said else []
        marks += [book.mark(0, 0, {f: values[f] for f in by_name}, "sheet")] if by_name else []
        blocks = token_values(tuple(plan["heading"]), truth.values)
        again = choosers("said again")([False, False, True])
        titles = [facet for facet in plan["sheet"] if again or facet not in by_name]
        draw_sheet(pen, table._replace(outside=outside, marks=marks), blocks, titles)
    return book


def _file_name(said: dict[str, str], choose: Choose) -> str:
    words = [choose(["Báo cáo", "Bao cao", "Bieu tong hop", "So lieu"])]
    words += [single(facet, said[facet], "file", choose) for facet in said]
    text = " ".join(words)
    if choose([False, True]):
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        text = text.replace("đ", "d").replace("Đ", "D")
    return text.replace(" ", choose([" ", "_"])) + ".xlsx"


def _table(truth: Truth, plan: dict[str, list[str]], choosers) -> Table:
    female, in_rows = "breakdown" in truth.values, False
    if female:
        in_rows = bool(plan["row"]) and choosers("female")([True, False])
    rows, cols = (_tokens(plan[place], choosers(place + " pairs")) for place in ("row", "col"))
    if female and not in_rows:
        cols = [*cols, ("breakdown",)]
    sections = [(facet,) for facet in plan["section"]]
    return Table(sections, rows, cols, in_rows, truth.values, {}, [])


def _tokens(facets: list[str], choose: Choose) -> list[tuple[str, ...]]:
    if len(facets) == 2 and set(facets) in PAIRS and choose([False, False, True]):
        return [tuple(facets)]
    return [(facet,) for facet in facets]


def _named_facets(truth: Truth, plan: dict[str, list[str]], choosers) -> list[str]:
    """Choose what the sheets' names say: enough to tell the sheets apart, in 31 characters, or nothing."""
    facets = [facet for facet in plan["sheet"] if choosers("named " + facet)([True, False])]
    others = tuple(facet for facet in plan["sheet"] if facet not in facets)
    longest = max(len(_sheet_name(values, choosers)) for values in token_values(tuple(facets), truth.values))
    return facets if _size(truth, others) == 1 and longest <= 31 else []


def _sheet_name(values: dict[str, str], choosers) -> str:
    place = "sheet" if len(values) == 1 else "part of a sheet's name"  # where a school's bare name is not enough
    return " - ".join(single(facet, value, place, choosers("sheet")) for facet, value in values.items())


def _collection(truth: Truth, choose: Choose) -> str:
    lines = ["[collection]", 'title = "Phát triển đảng viên trong các trường THPT"', f"as_of = {AS_OF.isoformat()}"]
    # Who gives only targets has not reported; and a single period would speak for workbooks that say none.
    if "actual" in truth.values["kind"] and len(truth.values["period"]) > 1 and choose([True, False]):
        lines.append(f"periods = {truth.values['period']!r}".replace("'", '"'))
    parent, name, board = OFFICE
    lines += ["[organisation]", f'parent = "{parent}"', f'name = "{name}"', f'board = "{board}"', 'place = "An Phú"']
    for school in truth.values["school"]:
        lines += ["[[schools]]", f'id = "{school}"', f'name = "Trường THPT {SCHOOLS[school]}"']
    return "\n".join(lines) + "\n"
