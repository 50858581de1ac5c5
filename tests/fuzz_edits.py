"""Edits generated layouts as people do, and looks for a number that is wrong without a word.

Run by `make fuzz`; `--edits`, `--seed`, `--jobs`. Each edit takes one layout of `layouts.make` and deletes a header,
replaces it by an unknown word, puts "dự kiến" or "không" before it, undoes a merge, swaps two rows, changes a number
or a year, strikes a number out or makes it look like something else, or merges it with the cell below it. An
independent reader knows which texts speak for each number and what they now say. Every count that `load_returns` gives
must be what this reader finds, or there is an error or a warning on its sheet; every number that it does not give must
have a finding of any level there.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from layout_tables import KEY, STRUCK, Book, Grid, Number
from layout_words import KINDS
from layouts import Layout, address, address_range, make, typed_number
from openpyxl import load_workbook

UNKNOWN_WORDS = ["Máy tính xách tay", "Xăng dầu", "Sân bóng", "Zzz"]
OUTSIDE = [("heading",), ("title", "sheet"), ("file",)]  # nearest first
NUMBERING = re.compile(r"(?:[A-H]\. |[IVX]+\. |\d+\. |- |Biểu \d+: )?")
SAYS_ACTUAL = re.compile("|".join(KINDS["actual"]), re.IGNORECASE)
Says = dict[str, str] | None  # None: the text is not understood, and nothing under it may be read


@dataclass
class Case:
    """A workbook under edit: its marks' present meaning, and its numbers.

    `goes_on` is a deleted text that an equal one before it may stand for: a label goes on, a numbered line speaks on.
    """

    book: Book
    says: list[Says]
    numbers: list[Number]
    goes_on: int | None = None
    unseen: set[Number] = field(default_factory=set)  # numbers that no longer say what they said

    def grid(self, mark: int) -> Grid:
        """Return the sheet that a mark stands on."""
        return self.book.sheets[self.book.marks[mark].sheet]

    def text(self, mark: int) -> object:
        """Return the text of a mark."""
        return self.grid(mark).cells[self.place(mark)]

    def place(self, mark: int) -> tuple[int, int]:
        """Return the row and column of a mark."""
        return self.book.marks[mark].row, self.book.marks[mark].col

    def write(self, mark: int, text: object, says: Says) -> str:
        """Put another text in a mark's cell, which now says something else."""
        before = self.text(mark)
        self.grid(mark).cells[self.place(mark)] = text
        self.says[mark] = says
        return f"{self.grid(mark).name}!{address(*self.place(mark))} «{before}» -> «{text}»"


# "unread": the layout was not read exactly before it was edited, which is for tests/test_layouts.py to find.
FATES = ("exact", "asked", "wrong", "unread")


class Outcome(NamedTuple):
    """What became of one edit."""

    edit: str
    fate: str  # one of FATES
    seed: int
    what: str
    why: str


def _texts(case: Case) -> list[int]:
    return [index for index, mark in enumerate(case.book.marks) if mark.row]


def _inside(case: Case, mark: int) -> bool:
    return case.book.marks[mark].place in ("col", "row", "section")


def delete_header(case: Case, random: Random) -> str | None:
    """Delete a text that says something."""
    mark = random.choice(_texts(case))
    before = [other for other in case.book.marks[:mark] if other.sheet == case.book.marks[mark].sheet]
    if any((other.place, other.says) == (case.book.marks[mark].place, case.book.marks[mark].says) for other in before):
        case.goes_on = mark
    return case.write(mark, None, {})


def unknown_word(case: Case, random: Random) -> str | None:
    """Replace a text by words that nobody knows: inside a table nothing under it may be read."""
    mark = random.choice(_texts(case))
    return case.write(mark, random.choice(UNKNOWN_WORDS), None if _inside(case, mark) else {})


def _tells_what(case: Case, mark: int) -> bool:
    """Tell whether a line says what is counted or of which kind, and nothing else on its sheet says it too."""
    said, sheet = {"measure", "kind"} & set(case.says[mark]), case.book.marks[mark].sheet
    others = [
        other
        for index, other in enumerate(case.book.marks)
        if index != mark and other.sheet == sheet and other.place in ("title", "sheet")
    ]
    return bool(said) and not any(said & set(other.says) for other in others)


def _put_before(text: object, word: str) -> str:
    text = str(text)
    numbering, rest = text[: NUMBERING.match(text).end()], text[NUMBERING.match(text).end() :]
    if not rest[:2].isupper():  # "THPT" and "CBGVNV" keep their capitals
        rest = rest[0].lower() + rest[1:]
    return f"{numbering}{word} {rest}"


def plan_word(case: Case, random: Random) -> str | None:
    """Put "dự kiến" before a text: an estimate, or something that nobody can read; a title's target stays one.

    Not before a whole beside its parts, which take over what it says; outside a table only before lines that say what
    is counted or of which kind, for elsewhere words left over are normal.
    """
    mark = random.choice(_texts(case))
    says = case.says[mark]
    if says.get("breakdown") == "total" or (not _inside(case, mark) and not _tells_what(case, mark)):
        return None
    planned = {**says, "kind": "estimate"}
    if says.get("kind") == "target":
        planned = None if _inside(case, mark) else says
    return case.write(mark, _put_before(case.text(mark), "Dự kiến"), planned)


def negation(case: Case, random: Random) -> str | None:
    """Put "không" before a text: it no longer says what it said.

    Outside a table, school, period and group hold whatever else stands in their line, and the rest is as if it were
    not there; but what says "không chỉ tiêu" must not be read as if it said nothing.
    """
    mark = random.choice(_texts(case))
    says = case.says[mark]
    if not _inside(case, mark) and not (says.get("kind") == "target" and _tells_what(case, mark)):
        left = {facet: value for facet, value in says.items() if facet in ("school", "period", "group")}
        return case.write(mark, _put_before(case.text(mark), "Không"), left)
    return case.write(mark, _put_before(case.text(mark), "Không"), None)


def undo_merge(case: Case, random: Random) -> str | None:
    """Undo a merge: whoever reads the number reads it as before, or asks."""
    merged = [grid for grid in case.book.sheets if grid.merges]
    if not merged:
        return None
    grid = random.choice(merged)
    merge = grid.merges.pop(random.randrange(len(grid.merges)))
    return f"{grid.name}!{address_range(*merge)}"


def swap_rows(case: Case, random: Random) -> str | None:
    """Swap two rows of a body: each takes its labels and numbers along and leaves its section."""
    bodies = [body for body in case.book.bodies if body.alone and len(body.rows) > 1]
    if not bodies:
        return None
    body = random.choice(bodies)
    one, other = random.sample(body.rows, 2)
    grid, swap = case.book.sheets[body.sheet], {one: other, other: one}
    grid.cells = {(swap.get(row, row), col): value for (row, col), value in grid.cells.items()}
    sections = {
        number.row: _of_place(case, number, ("section",)) for number in case.numbers if number.sheet == body.sheet
    }
    for index, number in enumerate(case.numbers):
        if number.sheet == body.sheet and number.row in swap:
            row = swap[number.row]
            marks = [mark for mark in number.marks if case.book.marks[mark].place != "section"]
            case.numbers[index] = number._replace(row=row, marks=(*marks, *sections[row]))
    return f"{grid.name} rows {one} and {other}"


def _of_place(case: Case, number: Number, places: tuple[str, ...]) -> list[int]:
    return [mark for mark in number.marks if case.book.marks[mark].place in places]


def change_number(case: Case, random: Random) -> str | None:
    """Type another number."""
    index = random.randrange(len(case.numbers))
    number, n = case.numbers[index], random.choice([0, 1, 7, 13, 99, 150])
    case.numbers[index] = number._replace(n=n)
    case.book.sheets[number.sheet].cells[number.row, number.col] = random.choice([n, str(n)])
    return f"{case.book.sheets[number.sheet].name}!{address(number.row, number.col)} {number.n} -> {n}"


def change_year(case: Case, random: Random) -> str | None:
    """Type a year ten years earlier."""
    dated = [mark for mark in _texts(case) if "period" in case.says[mark]]
    if not dated:
        return None
    mark = random.choice(dated)
    text, period = (_ten_years_before(value) for value in (case.text(mark), case.says[mark]["period"]))
    return case.write(mark, text, {**case.says[mark], "period": period})


def _ten_years_before(value: object) -> object:
    shifted = re.sub(r"20\d\d", lambda match: str(int(match.group()) - 10), str(value))
    return int(shifted) if isinstance(value, int) else shifted


def change_look(case: Case, random: Random) -> str | None:
    """Strike a number out, or have its format show it as something else: nobody may read it as before."""
    number = random.choice(case.numbers)
    grid, place = case.book.sheets[number.sheet], (number.row, number.col)
    looks = [STRUCK, *(['0" lớp"', "0,", ";;;"] if number.n and isinstance(grid.cells[place], int) else [])]
    grid.looks[place] = random.choice(looks)
    case.unseen.add(number)
    return f"{grid.name}!{address(*place)} {grid.looks[place]}"


def merge_numbers(case: Case, random: Random) -> str | None:
    """Merge a number with that below it, which is lost: whose it is nobody can say."""
    by_place = {(number.sheet, number.row, number.col): number for number in case.numbers}
    pairs = [
        (upper, by_place[below])
        for place, upper in by_place.items()
        if (below := (place[0], place[1] + 1, place[2])) in by_place
    ]
    if not pairs:
        return None
    upper, lower = random.choice(pairs)
    grid = case.book.sheets[upper.sheet]
    grid.cells[lower.row, lower.col] = None
    case.numbers.remove(lower)
    grid.merge(upper.row, upper.col, lower.row, lower.col)
    case.unseen.add(upper)
    return f"{grid.name}!{address_range(upper.row, upper.col, lower.row, lower.col)}"


EDITS: dict[str, Callable[[Case, Random], str | None]] = {
    edit.__name__: edit
    for edit in (
        delete_header,
        unknown_word,
        plan_word,
        negation,
        undo_merge,
        swap_rows,
        change_number,
        change_year,
        change_look,
        merge_numbers,
    )
}


def _nearest_first(case: Case, number: Number) -> list[list[int]]:
    """Group the marks that speak for a number: own headers and labels, sections from the inner one out, the rest.

    A part ("trong đó: nữ") takes what is open from the row of its whole, before any section.
    """
    sections = [[mark] for mark in reversed(_of_place(case, number, ("section",)))]
    outside = [_of_place(case, number, places) for places in OUTSIDE]
    return [_of_place(case, number, ("col", "row")), _of_whole(case, number), *sections, *outside]


def _of_whole(case: Case, number: Number) -> list[int]:
    """List the labels of the row that a part is a part of; none for a number that its own row calls no part.

    A name written once for several rows ("Xét, đề nghị" beside two schools) makes the lower ones no parts of the first.
    """
    own = _of_place(case, number, ("row",))
    beside = [mark for mark in own if case.book.marks[mark].row == number.row]
    if not any("breakdown" in case.book.marks[mark].says for mark in beside):
        return []
    rows = sorted({case.book.marks[mark].row for mark in own} - {number.row})[-1:]
    labels = [index for index, mark in enumerate(case.book.marks) if mark.sheet == number.sheet and mark.place == "row"]
    return [index for index in labels if case.book.marks[index].row in rows and index not in own]


def meaning(case: Case, number: Number) -> tuple[str, ...] | None:
    """Say what stands over and beside a number now, nearest first; None where that is nothing, or two things."""
    if any(case.says[mark] is None for mark in (*number.marks, *_of_whole(case, number))):
        return None
    key: dict[str, str] = {}
    for marks in _nearest_first(case, number):
        found: dict[str, set[str]] = {}
        for mark in marks:
            for facet, value in case.says[mark].items():
                found.setdefault(facet, set()).add(value)
        if any(len(values) > 1 for facet, values in found.items() if facet not in key):
            return None
        key = {facet: next(iter(values)) for facet, values in found.items()} | key
    key = {"breakdown": "total", "kind": "actual"} | key
    return tuple(key[facet] for facet in KEY) if set(KEY) <= set(key) else None


def run(seed: int) -> Outcome:
    """Make a layout, edit it once, read it and judge the reading."""
    random = Random(seed)
    layout, what = make(random.choice), None
    while what is None:
        edit, index = random.choice(list(EDITS)), random.randrange(len(layout.books))
        book = layout.books[index]
        case = as_drawn(book)
        what = EDITS[edit](case, random) if _texts(case) and case.numbers else None
    fate, why = read_and_judge(layout, case)
    if fate == "wrong" and not why.startswith("raised") and not is_read_exactly(seed):
        fate = "unread"
    return Outcome(edit, fate, seed, f"{book.name} {what}", why)


def as_drawn(book: Book) -> Case:
    """Take a workbook before its edit; "được kết nạp" beside "chỉ tiêu kết nạp" is meant as actual but says no kind."""
    case = Case(book, [dict(mark.says) for mark in book.marks], list(book.numbers))
    for index, says in enumerate(case.says):
        if says.get("kind") == "actual" and book.marks[index].row and not SAYS_ACTUAL.search(str(case.text(index))):
            del says["kind"]
    return case


def read_and_judge(layout: Layout, case: Case) -> tuple[str, str]:
    """Save the edited workbooks, read them as the office does, and judge the reading."""
    from dangvien_analysis import load_returns

    with TemporaryDirectory() as folder:
        layout.save(Path(folder))
        try:
            returns = load_returns(folder)
        except Exception as error:  # noqa: BLE001  whatever it is, a reader must not raise for what is in a file
            return "wrong", f"raised {error!r}"
        return judge(layout, case, returns, Path(folder))


def is_read_exactly(seed: int) -> bool:
    """Tell whether the layout of a seed, unedited, is read without a question."""
    layout = make(Random(seed).choice)
    book = layout.books[0]
    return read_and_judge(layout, as_drawn(book))[0] == "exact"


def judge(layout: Layout, case: Case, returns: object, folder: Path) -> tuple[str, str]:
    """Compare every count with its cell and with what the texts around it say."""
    expected = {row[:3]: row[3:] for row in Layout([b for b in layout.books if b is not case.book], "").expected()}
    expected |= readings(case)
    also = {}
    if case.goes_on is not None:
        case.says[case.goes_on] = dict(case.book.marks[case.goes_on].says)
        also = readings(case)
    asked = _findings(returns, {"error", "warning"})
    told = _findings(returns, {"error", "warning", "info"})
    books = {book.name: load_workbook(folder / book.name) for book in layout.books}
    given = {}
    for row in returns.counts.itertuples():
        place = (row.file, row.sheet, row.cell)
        given[place] = tuple(getattr(row, facet) for facet in KEY), row.n
        if typed_number(books[row.file][row.sheet][row.cell].value) != row.n:
            return "wrong", f"{place} does not hold {row.n}"
        if given[place] not in (expected.get(place), also.get(place)) and not _spoken_of(place, asked):
            return "wrong", f"{place} is read as {given[place]}, says {expected.get(place)}"
    for place, row in expected.items():
        if place not in given and not (_spoken_of(place, told) or _is_named(place, returns.findings["message"])):
            return "wrong", f"{place} {row} is lost"
    return ("exact", "") if not asked else ("asked", "")


def readings(case: Case) -> dict[tuple[str, str, str], tuple[tuple[str, ...] | None, int]]:
    """List for each number's place what the texts around it say now, and the number."""
    found = {}
    for number in case.numbers:
        place = case.book.name, case.book.sheets[number.sheet].name, address(number.row, number.col)
        found[place] = None if number in case.unseen else meaning(case, number), number.n
    return found


def _findings(returns: object, levels: set[str]) -> set[tuple[str, str]]:
    frame = returns.findings
    return {(row.file, row.sheet) for row in frame[frame["level"].isin(levels)].itertuples()}


def _spoken_of(place: tuple[str, str, str], findings: set[tuple[str, str]]) -> bool:
    file, sheet, _ = place
    return not findings.isdisjoint({(file, sheet), (file, "")})


def _is_named(place: tuple[str, str, str], messages: Iterable[str]) -> bool:
    """Tell whether a sentence about another sheet names this cell: two sheets that disagree share one finding."""
    _, sheet, cell = place
    return any(sheet in message and cell in _named_cells(message) for message in messages)


def _named_cells(message: str) -> set[str]:
    """Return the cells that a sentence names, one by one or as ranges."""
    named = set()
    for left, top, right, bottom in re.findall(r"\b([A-Z]{1,2})(\d+)(?::([A-Z]{1,2})(\d+))?\b", message):
        rows, cols = (
            range(int(top), int(bottom or top) + 1),
            range(column_number(left), column_number(right or left) + 1),
        )
        named |= {address(row, col) for row in rows for col in cols}
    return named


def column_number(letters: str) -> int:
    """Return the number of a column: "AA" is 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def main(arguments: list[str] | None = None) -> int:
    """Run the edits, print the tally, and each wrong one with its seed."""
    parser = argparse.ArgumentParser(description="Edits generated returns and looks for silent errors.")
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="the first of the seeds, one for each edit")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    seeds = range(options.seed, options.seed + options.edits)
    with ProcessPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(run, seeds, chunksize=25))
    wrong = [outcome for outcome in outcomes if outcome.fate == "wrong"]
    report(outcomes, wrong, seeds)
    unread = sum(outcome.fate == "unread" for outcome in outcomes)
    return 1 if wrong or unread > len(outcomes) / 100 else 0  # what was not read before says nothing about its edit


def report(outcomes: list[Outcome], wrong: list[Outcome], seeds: range) -> None:
    """Print what a person needs to know and to repeat a failure."""
    tally = Counter((outcome.edit, outcome.fate) for outcome in outcomes)
    lines = [f"seeds {seeds.start} to {seeds.stop - 1}"]
    for edit in EDITS:
        fates = ", ".join(f"{tally[edit, fate]} {fate}" for fate in FATES)
        lines.append(f"{edit:14} {fates}")
    lines += [f"WRONG seed {o.seed} {o.edit}: {o.what}\n      {o.why}" for o in wrong[:50]]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
