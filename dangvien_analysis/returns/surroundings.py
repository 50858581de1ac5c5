"""What the texts around a table say for it: lines, the sheet's title and name, the file's name, the collection.

Nearest first: a farther text fills only what is open. A facet spoken between two tables is not filled from the title
for the tables after it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from dangvien_analysis.returns.background import Background, days_around
from dangvien_analysis.returns.facets import BOUND, breakdown_text
from dangvien_analysis.returns.offer import Level, background, half_said_kind, speaks_of_others
from dangvien_analysis.settings import Collection
from dangvien_analysis.tables import Line
from dangvien_analysis.wording import yearparts
from dangvien_analysis.wording.events import REMARK
from dangvien_analysis.wording.outlook import GOES_ON, OUTLOOK, is_plan
from dangvien_analysis.wording.remarks import is_note, is_place_and_date
from dangvien_analysis.wording.said import Said, exclude
from dangvien_analysis.wording.words import FORM_NUMBER

_PLAIN_NAME = re.compile(r"(?:sheet|trang|tính|tinh|biểu|bieu|bảng|bang|mẫu|mau|data|bc|[a-zđ])?\d*")
ORGANISATIONS = frozenset({"via_youth_union", "via_trade_union"})
# "Số 15-BC/CB, ngày …" at the beginning is the return's own.
_OF_DOCUMENT = re.compile(
    r"(?:\w\s*,?\s*số:?\s*\d[^,;]*,?|(?:công văn|quyết định|nghị quyết|kế hoạch|hướng dẫn|chỉ thị|thông báo)[^,;]*)"
    r"\s*(?:ngày\s*)?\d{1,2}\s*(?:[-/.]|tháng)\s*\d{1,2}",
    re.IGNORECASE,
)


_CUT_OFF = re.compile(r"\W*(?:(?:ngày |số liệu )*chốt|thời điểm|cập nhật|số liệu (?:tính )?đến)\b", re.IGNORECASE)


class Surroundings:
    """Follows the lines of one sheet from top to bottom."""

    def __init__(self, sheet_name: Said, form: Said, file_name: Said, collection: Collection, told: Said) -> None:
        """Take what the sheet's name, the properties of a form of ours and the file's name say.

        `told`: the line that tells the day the sheet speaks for.
        """
        self._told = told
        self.sheet_name, self.form, self.file_name, self.collection = sheet_name, form, file_name, collection
        self.title: list[Said] | None = None  # the lines above the first table, nearest last
        self._lines: list[Line] = []  # unnumbered, since the last table
        self._numbered: list[Line] = []  # those that still speak
        self._spoken: set[str] = set()  # facets spoken between tables
        self._parted = False  # a part of the year was spoken of between tables
        self._parted_first = False  # in the heading of the first table, for that table only
        self._plans: set[str] = set()  # where a target or an estimate was spoken of that no longer speaks
        self._course = self._course_before = False  # a heading named a course; it does so no longer
        self._headed = False  # the last line over the first table speaks for that table only
        self._top, self._levels = 0, []  # of the last table: one beside it has the same surroundings

    def pass_line(self, line: Line) -> None:
        """Take in one line of text."""
        if "signature" in line.said.roles:
            return
        if FORM_NUMBER.match(line.text):  # "Biểu 2: …" begins anew: nothing numbered before it speaks on
            self._numbered = []
        if line.rank is None:
            self._lines.append(_as_second(line, self._lines[-1]) if self._lines else line)
        else:
            self._numbered = [other for other in self._numbered if other.rank < line.rank] + [line]
            self._course = False

    def before(self, top: int, said_by_headers: dict[str, set]) -> Background:
        """Return the background of the table whose first row is `top`.

        `said_by_headers`: facet -> values that its own headers name.
        """
        if top != self._top:
            self._top, self._levels = top, self._around_next()
        around = background(self._levels, said_by_headers, self.collection)
        numbered_unclear = any(half_said_kind(line.said) for line in self._numbered)
        numbered_roles = {role for line in self._numbered for role in line.said.roles}
        silenced = self._plans if "kind" not in around.bound else set()
        return around._replace(
            course_before=self._course_before or around.course_told,
            days=days_around(self._told, (self.sheet_name, self.file_name), self.collection.as_of),
            kind_denied=around.kind_denied or "title" in silenced,
            kind_unclear=around.kind_unclear or numbered_unclear or "heading" in silenced,
            count_unclear=around.count_unclear
            or speaks_of_others(numbered_roles, said_by_headers)
            or "body" in numbered_roles,
        )

    def _around_next(self) -> list[Level]:
        """Return the texts around the next table, nearest first."""
        near = [line.said for line in reversed(self._lines)]
        strange = _speak_of_something_else(self._lines)
        first, headed = self.title is None, 0
        if first:
            self.title = [line.said for line in self._lines]
            heading = self._heading_of_first_table()
            self._headed = bool(heading)
            self._course = "cohort" in heading
            self._spoken |= heading
            if heading and self.title[-1].time.part:  # "6 tháng đầu năm - học sinh"
                self._parted = self._parted_first = True
            farther = []
        else:
            numbered = [line.said for line in self._numbered]
            self._spoken |= {facet for said in [*near, *numbered] for facet in said.facets}
            named = any("cohort" in said.facets for said in [*near, *numbered])
            self._course_before = self._course and not named
            self._course = self._course or any("cohort" in said.facets for said in near)
            farther = [_without(said, self._spoken) for said in reversed(self.title)]
            if self._parted_first:
                farther[0] = farther[0]._replace(time=farther[0].time._replace(part=None))
            self._plans = self._silenced(farther, bool(near or numbered))
            headed = len(farther) > 1  # its last line may speak of the first table only
            farther = [*self._open_period([*near, *numbered]), *farther]
        self._lines = []
        return [
            Level(list(_of_people(near)), strange),
            Level(list(_of_people(farther[:headed])), apart=True),
            Level(list(_of_people(farther[headed:]))),
            Level(
                [self.sheet_name], self.sheet_name.strange and not is_plain_name(self.sheet_name.left), "sheet", True
            ),
            Level([self.form, self.file_name], of="file", apart=True),
        ]

    def _open_period(self, heard: list[Said]) -> list[Said]:
        """Return what leaves the period open for a table that names none after one that named a part of the year."""
        self._parted = self._parted or any(said.time.part for said in heard)
        named = any(said.time.part or "period" in said.facets for said in heard)
        return [Said({"period": ""})] if self._parted and not named else []

    def _silenced(self, farther: list[Said], headed: bool) -> set[str]:
        """Tell where above the first table a target or an estimate was spoken of, for this table no longer.

        In a title: then no number of this table can be told to be an actual one. In the heading of the first table:
        that matters only for a table that is not headed itself, and then it may be.
        """
        lost = [
            place
            for place, (said, left) in enumerate(zip(self.title or (), reversed(farther), strict=True))
            if said.facets.get("kind", "actual") != "actual" and "kind" not in left.facets
        ]
        last = len(self.title or ()) - 1
        places = {"heading" if place == last and self._headed else "title" for place in lost}
        return places - {"heading"} if headed else places

    def numbered(self) -> list[tuple[float, Said]]:
        """Return the numbered lines that speak for the next table, as sections do: rank and what each says."""
        return [(line.rank, line.said) for line in self._numbered]

    def _heading_of_first_table(self) -> set[str]:
        """Return what the line right over the first table says for that table only ("Học sinh" under a title)."""
        if len(self._lines) < 2 or (self._numbered and self._numbered[-1].row > self._lines[-1].row):
            return set()
        last = self._lines[-1].said
        if not last.understood or last.roles & {"title", "letterhead"}:
            return set()
        return last.facets.keys() - {"school", "period"}

    def says(self, facet: str) -> list[tuple[str, str]]:
        """Return what title, sheet name, form and file name say of a facet, as (where, value)."""
        title = [said for said in self.title or () if REMARK not in said.roles]
        if any(not yearparts.is_term(said.facets.get("period", "")) for said in title if "period" in said.facets):
            title = [said for said in title if not yearparts.is_term(said.facets.get("period", ""))]
        places = [("tiêu đề", said) for said in title]
        places += [("tên trang", self.sheet_name), ("mẫu biểu", self.form), ("tên tệp", self.file_name)]
        return [(where, said.facets[facet]) for where, said in places if facet in said.facets]

    def contradictions(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Yield on whom and on what kind of numbers the titles and the names of sheet and file contradict each other.

        A text that says it of all, or in words with two values, contradicts nothing; of its file's name counts whom.
        """
        titles = [("tiêu đề", said) for said in self.title or ()]
        for facet in ("group", "breakdown", "kind"):
            names = [("tên trang", self.sheet_name), *([("tên tệp", self.file_name)] if facet == "group" else [])]
            said = [(where, value) for where, text in titles + names if (value := _named(text, facet))]
            named = {where for where, _ in names}
            for one, other in combinations(said, 2):
                if other[0] in named and _contradict(facet, one[1], other[1]):
                    yield facet, [(where, _written(value)) for where, value in (one, other)]
                    break


def is_aside(text: str) -> bool:
    """Tell whether a text stands in brackets: "(Kèm theo Công văn số 12)"."""
    return text.startswith("(")


def dates_other(text: str) -> bool:
    """Tell whether a day in a text is that of another document: "Thực hiện Kế hoạch số 25-KH/HU ngày 10/01/2023"."""
    return (is_aside(text) and not _CUT_OFF.match(text)) or bool(_OF_DOCUMENT.search(text))


def is_plain_name(words: Iterable[str]) -> bool:
    """Tell whether the words of a sheet's name that were not understood are those of a plain one: "Sheet1", "BC"."""
    return all(_PLAIN_NAME.fullmatch(word) for word in words)


def _speak_of_something_else(lines: Sequence[Line]) -> bool:
    """Tell whether lines over a table may say what it counts, in words that nobody knows: "THỐNG KÊ MÁY TÍNH"."""
    last = lines[-1] if lines else None
    if last is not None and last.said.strange and not is_aside(last.text):
        return True
    return any(
        "title" in said.roles and said.left and not (said.weak or "measure" in said.facets)
        for said in (line.said for line in lines)
    )


def _as_second(line: Line, above: Line) -> Line:
    """Return a line; one that names what comes next right below what is reported on says nothing of the numbers."""
    said = above.said
    reports = "report" in said.roles or said.facets.get("kind") == "actual"
    timed = bool(said.facets.get("period") or said.time.part) and not is_plan(said)
    if GOES_ON in line.said.roles and line.row == above.row + 1 and reports and timed:
        return line._replace(said=Said(roles=frozenset({OUTLOOK})))
    return line


def _named(said: Said, facet: str) -> str | frozenset[str] | None:
    """Return what a title or a sheet's name says of a facet, also by an abbreviation ("HS")."""
    if facet in said.clash or (facet != "group" and not said.understood):
        return None
    options = (reading.get(facet) for readings in said.options for reading in readings)
    return said.facets.get(facet) or (next(filter(None, options), None) if facet == "group" else None)


def _contradict(facet: str, one: str | frozenset[str], other: str | frozenset[str]) -> bool:
    if facet == "breakdown":
        return exclude(one, other)
    return one != other and "all" not in (one, other)


def _written(value: str | frozenset[str]) -> str:
    return value if isinstance(value, str) else breakdown_text(value)


def _of_people(saids: Iterable[Said]) -> Iterator[Said]:
    """Leave out the lines that only name an organisation ("ĐOÀN THANH NIÊN"), which may be part of a letterhead."""
    return (s for s in saids if s.facets.keys() != {"breakdown"} or not s.facets["breakdown"] <= ORGANISATIONS)


def _without(said: Said, spoken: set[str]) -> Said:
    if said.facets.keys() & spoken & {"group", *BOUND}:  # then it was the first table's heading, not a title
        spoken = {*spoken, "group", *BOUND}
    return said._replace(facets={facet: value for facet, value in said.facets.items() if facet not in spoken})


class Stated(NamedTuple):
    """The day a sheet speaks for, and whether the sheet itself says so (not the collection)."""

    day: date | None
    said: bool


def telling_line(lines: Sequence[Line], first: int) -> Line | None:
    """Return the line of a sheet that tells the day it speaks for: "tính đến ngày …", else its date line.

    `first`: the row where the first table begins. A line of place and date goes before a title with a day in it, and
    a remark on some people below ("Kết nạp dịp 19/5/2024") is none; "(Kèm theo Công văn số 12 ngày …)" bears the date
    of another document.
    """
    as_of = next((line for line in lines if line.said.time.as_of), None)
    dated = [line for line in lines if line.said.time.dateline and not (dates_other(line.text) or is_note(line.text))]
    bare = [line for line in dated if _says_nothing_else(line.said)]
    signed = next((line for line in bare if is_place_and_date(line.text)), None)
    return as_of or signed or next((line for line in dated if line.row < first or line in bare), None)


def _says_nothing_else(said: Said) -> bool:
    return not (said.facets.keys() - {"school"} or said.weak)


def stated_day(said: Said | None, collection: Collection) -> Stated:
    """Return the day a sheet speaks for: what its telling line says, else the collection's."""
    own = (said.time.as_of or said.time.dateline) if said else None
    return Stated(own or collection.as_of, own is not None)
