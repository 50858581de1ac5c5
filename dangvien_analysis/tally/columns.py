"""Which column of a list says what: by its header, by what the clerk answered; never by a guess.

Only the cells of columns that are known are read; a column of dates whose header says nothing known is asked about.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from dangvien_analysis import vocabulary
from dangvien_analysis.tables.grid import Grid
from dangvien_analysis.tally.dates import Moment, read_moment
from dangvien_analysis.text import fold
from dangvien_analysis.workbook import DATE, address

# The roles that a clerk can answer with, as the clerk calls them.
ANSWERS = {
    "trained": "cấp giấy chứng nhận",
    "course": "khóa học",
    "nominated": "cử đi học",
    "mentored": "phân công giúp đỡ",
    "proposed": "đề nghị kết nạp",
    "admitted": "kết nạp",
    "confirmed": "chính thức",
    "departed": "ra trường, chuyển đi",
    "birth": "ngày sinh",
    "sex": "giới tính",
    "group": "đối tượng",
    "class": "lớp",
    "ethnic": "dân tộc",
    "reason": "lý do",
    "name": "họ tên",
    "skip": "bỏ qua",
}
EVENTS = ("nominated", "trained", "course", "mentored", "proposed", "admitted", "confirmed", "departed")
MANY = {"name", "skip", "birth"}  # roles that several columns may have
BIRTH_BY_SEX = {"nam": "male_birth", "nữ": "female_birth"}


class Question(NamedTuple):
    """What is not certain about a sheet, by its position: the column (0: the whole sheet) and the roles it may have."""

    sheet: int
    col: int
    where: str
    choices: tuple[str, ...]


class Columns(NamedTuple):
    """The columns of one list: role -> columns; its header rows; what is not certain."""

    top: int
    bottom: int
    roles: Mapping[int, str]
    questions: tuple[Question, ...]

    def of(self, role: str) -> list[int]:
        """Return the columns of a role, from left to right."""
        return sorted(col for col, said in self.roles.items() if said == role)


def find_columns(number: int, grid: Grid, answers: Mapping[str, str]) -> Columns | None:
    """Return the columns of the list on the sheet of this position, None if there is no list.

    `answers`: the letter or the header of a column, folded -> its role, from whoever started the command.
    """
    top = _header_row(grid)
    if top is None:
        return None
    bottom = _header_bottom(grid, top)
    last = max(col for cols in grid.rows.values() for col in cols)
    roles: dict[int, str] = {}
    questions: list[Question] = []
    for col in range(1, last + 1):
        role = _answered(grid, top, bottom, col, answers) or _role(grid, top, bottom, col)
        if role == "ask" or (role is None and _holds_dates(grid, bottom, col)):
            questions.append(Question(number, col, address(bottom, col), tuple(ANSWERS)))
        elif role is not None:
            roles[col] = role
    questions += _doubles(number, roles, bottom)
    return Columns(top, bottom, roles, tuple(questions))


@cache
def _roles() -> dict[str, str]:
    return {fold(header): role for header, role in vocabulary.list_headers().items()}


def _known(text: str) -> str | None:
    return _roles().get(fold(text))


def _header_row(grid: Grid) -> int | None:
    """Return the row with the most headers of a list: a name, or two others, among them."""
    best: tuple[int, int] | None = None
    for row in sorted(grid.rows):
        roles = [role for col in grid.texts(row) if (role := _known(grid.cells[row, col].raw))]
        if len(roles) > 1 and set(roles) - {"skip"} and (best is None or len(roles) > best[0]):
            best = (len(roles), row)
    return best[1] if best else None


def _header_bottom(grid: Grid, top: int) -> int:
    """Return the last header row: merged headers reach down to it, or parts stand below a merged one."""
    bottom = max(grid.bottom(top, col) for col in grid.rows[top])
    if bottom == top and any(grid.right(top, col) > col for col in grid.rows[top]):
        below = grid.texts(top + 1)
        bottom += bool(below) and not any(isinstance(_moment(grid, top + 1, col), Moment) for col in below)
    return bottom


def _texts(grid: Grid, top: int, bottom: int, col: int) -> list[str]:
    """Return the headers over a column, the lowest first, each merged one once."""
    heads = [grid.head(row, col) for row in range(bottom, top - 1, -1)]
    return list(dict.fromkeys(head.text for head in heads if head))


def _role(grid: Grid, top: int, bottom: int, col: int) -> str | None:
    texts = _texts(grid, top, bottom, col)
    if not texts:
        return None
    own, parents = texts[0], texts[1:]
    if fold(own) in BIRTH_BY_SEX and any(_known(parent) == "birth" for parent in parents):
        return BIRTH_BY_SEX[fold(own)]
    joined = [" ".join([own, *parents]), " ".join([*parents, own])]
    for text in (*(joined if parents else ()), own, *parents):
        if (role := _known(text)) and role != "ask":
            return role
    return "ask" if _known(own) == "ask" else None


def _answered(grid: Grid, top: int, bottom: int, col: int, answers: Mapping[str, str]) -> str | None:
    letter = address(1, col)[:-1]
    for name in (letter, *_texts(grid, top, bottom, col)):
        if fold(name) in answers:
            return answers[fold(name)]
    return None


def _moment(grid: Grid, row: int, col: int) -> Moment | str:
    return read_moment(grid.cells.get((row, col)))


def _holds_dates(grid: Grid, bottom: int, col: int) -> bool:
    """Tell whether most cells of a column are dates; a column of years alone may be anything."""
    cells = [grid.cells[row, col] for row in grid.rows if row > bottom and (row, col) in grid.cells]
    dates = sum(cell.state == DATE or (isinstance(m := read_moment(cell), Moment) and m.month > 0) for cell in cells)
    return dates > 0 and 2 * dates >= len(cells)


def _doubles(number: int, roles: Mapping[int, str], bottom: int) -> Iterator[Question]:
    """Ask where two columns have one role."""
    for role in dict.fromkeys(roles.values()):
        cols = [col for col, said in roles.items() if said == role]
        if len(cols) > 1 and role not in MANY:
            for col in cols:
                yield Question(number, col, address(bottom, col), (role, "skip"))
