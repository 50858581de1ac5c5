"""What planning reads of a sheet: sheets with equal skeletons have one plan.

Schools fill one form. Their sheets differ in the numbers, in the school's name, in the day and in who signed, and for
none of these does a number go to another place. So of a text that names a school or a day, or says nothing that is
known, a skeleton holds what is read of it: which school and which day stand beside it. Every other text it holds as it
is, and the comments on cells. Of a number it holds that one stands there, and whom the word behind it counts, unless it
could be an ordinal, a year or a column's number.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from operator import getitem
from typing import NamedTuple

from dangvien_analysis.returns.half_read import NEGATIONS, is_half_read_time, names_span
from dangvien_analysis.returns.narrowed import told_of
from dangvien_analysis.returns.offer import MULTIPLES
from dangvien_analysis.returns.people import could_be_name, could_be_person, could_head_people
from dangvien_analysis.returns.plan import Place
from dangvien_analysis.returns.rates import sort_of_rate
from dangvien_analysis.returns.speakers import TURNING
from dangvien_analysis.returns.surroundings import dates_other, is_aside, is_plain_name
from dangvien_analysis.tables.body import LONGEST_ORDINAL
from dangvien_analysis.tables.grid import KEYS, numbers_column, speaks_of_indicators
from dangvien_analysis.wording import Said, Words, remarks
from dangvien_analysis.wording.narrowing import narrowed
from dangvien_analysis.wording.ordinals import begins_numbering, ordinal_rank, split_ordinal
from dangvien_analysis.wording.timewords import bare_year
from dangvien_analysis.wording.units import counts_people, is_other, repeats_unit, told_behind
from dangvien_analysis.wording.words import FORM_NUMBER
from dangvien_analysis.workbook import COUNT, NUMBER, TEXT, ZERO, Cell, Sheet

ANY = "any"  # a number beside a text: a count, a zero, or one that cannot be a count
_ARRANGED = 256  # ways in which cells stand, kept at a time
_NUMBERS = (COUNT, ZERO, NUMBER)
_TELLING = NEGATIONS | TURNING | MULTIPLES  # words that count though they were not understood

_OF_REMARKS = (
    remarks.is_note,
    remarks.is_note_at_end,
    remarks.leaves_out,
    remarks.speaks_of_numbers,
    remarks.counts_otherwise,
    remarks.opens_otherwise,
    remarks.names_pool,
    remarks.dates_course,
    remarks.is_place_and_date,
    remarks.like_a_count,
    remarks.counts_some,
    remarks.adds_some,
)


class Skeleton(NamedTuple):
    """What two sheets must share, the schools that a sheet names in the order of its cells, and where any may stand.

    `loose`: the places of numbers that may be any.
    """

    form: Hashable
    schools: tuple[str, ...]
    loose: tuple[Place, ...]


class _Kept(NamedTuple):
    """What is kept of a text: a number that stands for it, and what may differ between sheets of one form."""

    kind: int
    schools: tuple[str, ...] = ()
    days: tuple = ()
    dating: bool = False  # its days, and those beside it, count
    worded: bool = True  # no ordinal and no column's number


class _Look(NamedTuple):
    """What matters of a cell: its sort, what stands for it by what it is beside, and what may differ of its text."""

    sort: str
    as_it_is: int
    beside_text: int = 0
    beside_year: int = 0
    varying: _Kept | None = None


_AS_IT_IS, _BESIDE_TEXT, _BESIDE_YEAR = 1, 2, 3  # the fields of a look
_WORDED, _UNWORDED, _NUMBER, _YEAR, _OTHER = "worded", "unworded", "number", "year", "other"


class _Looks(dict[Cell, _Look]):
    """Looks by cell; the sheets of a collection repeat the same cells over and over."""

    def __init__(self, make: Callable[[Cell], _Look]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, cell: Cell) -> _Look:
        look = self[cell] = self._make(cell)
        return look


class _Arranged(NamedTuple):
    """Which field of each look counts where the cells stand so, and the places of numbers that may be any."""

    kept: tuple[int, ...]
    loose: tuple[Place, ...]


class Skeletons:
    """Makes skeletons by the words of one collection; each cell is looked at once."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._looks = _Looks(self._look)
        self._arranged = lru_cache(maxsize=_ARRANGED)(_arranged)
        self._commented = lru_cache(maxsize=_ARRANGED)(self._remarks)
        self._names: dict[int, tuple[Said, _Kept]] = {}  # by id, which stands for it as long as it is kept here
        self._kinds: dict[Hashable, int] = {}

    def of(self, sheet: Sheet, names: Sequence[Said]) -> Skeleton:
        """Return the skeleton of a sheet; `names`: what is said for it besides its cells."""
        places = tuple(sheet.cells)
        looks = list(map(self._looks.__getitem__, sheet.cells.values()))
        arranged = self._arranged(places, tuple([look.sort for look in looks]))
        beside = [self._name(said) for said in names]
        varying = [look.varying for look in looks if look.varying is not None] + beside
        named = [school for one in varying for school in one.schools]
        schools = tuple(dict.fromkeys(named))
        commented, naming = self._commented(sheet.comments)
        form = (
            places,
            tuple(map(getitem, looks, arranged.kept)),
            sheet.merges,
            sheet.hidden_rows,
            sheet.hidden_cols,
            commented,
            schools if naming else (),
            tuple(one.kind for one in beside),
            tuple(map(schools.index, named)),
            tuple(one.days for one in varying) if any(one.dating for one in varying) else (),
        )
        return Skeleton(form, schools, arranged.loose)

    def _look(self, cell: Cell) -> _Look:
        if cell.state == TEXT:
            kept = self._kept(cell.raw)
            varies = kept.schools or kept.days or kept.dating
            return _Look(_WORDED if kept.worded else _UNWORDED, kept.kind, varying=kept if varies else None)
        itself = self._kind(cell)
        if cell.state not in _NUMBERS or bare_year(cell.raw):
            return _Look(_YEAR if cell.state in _NUMBERS else _OTHER, itself)
        told = told_behind(cell.raw)
        beside_text = (ANY, told if cell.value is None else "")
        return _Look(_NUMBER, itself, self._kind(beside_text), self._kind((cell.state, told)))

    def _remarks(self, comments: Sequence[tuple[int, int, str]]) -> tuple[Hashable, bool]:
        """Return what is read of comments, and whether one names a school: that of the sheet, or another.

        What is printed on pages is asked little, and in each return it may name another school or day.
        """
        read = tuple(
            (row, col, text) if row else (self._kept(text).kind, narrowed(text)) for row, col, text in comments
        )
        parts = [part for row, _, text in comments if row for part in remarks.readings_of_comment(text)]
        said = [self.words.read(split_ordinal(part)[1], outside=True) for part in parts]
        return read, any("school" in one.facets for one in said)

    def _name(self, said: Said) -> _Kept:
        if id(said) not in self._names:
            kept = self._blurred((), [said])
            self._names[id(said)] = said, kept._replace(dating=bool(kept.days))  # a day there counts whatever it heads
        return self._names[id(said)][1]

    def _kept(self, text: str) -> _Kept:
        rest = split_ordinal(text)[1]
        saids = [self.words.read(text), self.words.read(rest), self.words.read(rest, outside=True)]
        saids += [self.words.read_key(rest, key) for key in sorted(KEYS)]
        blurred = self._blurred((*_shape(text, rest), told_of(rest, self.words)), saids)
        worded = not numbers_column(text)
        varies = blurred.schools or blurred.days or all(said.strange for said in saids)
        if varies and worded and len(blurred.schools) < 2:
            return blurred
        return blurred._replace(kind=self._kind(text), worded=worded)

    def _blurred(self, shape: tuple, saids: list[Said]) -> _Kept:
        distinct = {id(said): said for said in saids}  # mostly one or two
        reduced = {key: _reduced(said) for key, said in distinct.items()}
        days = tuple((said.time.as_of, said.time.dateline) for said in saids)
        return _Kept(
            self._kind((shape, tuple(reduced[id(said)] for said in saids))),
            tuple(dict.fromkeys(said.facets["school"] for said in saids if said.facets.get("school"))),
            days if any(map(any, days)) else (),
            any(map(_is_dating, saids)),
        )

    def _kind(self, content: Hashable) -> int:
        return self._kinds.setdefault(content, len(self._kinds))


def _arranged(places: tuple[Place, ...], sorts: tuple[str, ...]) -> _Arranged:
    """Tell which number may be any: one to the right of a text in its row, or of a year where no text is."""
    rows = {row for (row, _), sort in zip(places, sorts, strict=True) if sort in (_WORDED, _UNWORDED)}
    worded: dict[int, int] = {}  # row -> column of a text in it
    dated: dict[int, int] = {}  # row without text -> column of a year in it
    kept, loose = [], []
    for (row, col), sort in zip(places, sorts, strict=True):
        kept.append(_AS_IT_IS)
        if sort == _WORDED:
            worded.setdefault(row, col)
        elif sort == _YEAR and row not in rows:
            dated.setdefault(row, col)
        elif sort == _NUMBER and (worded.get(row, col) < col or dated.get(row, col) < col):
            kept[-1] = _BESIDE_TEXT if worded.get(row, col) < col else _BESIDE_YEAR
            loose.append((row, col))
    return _Arranged(tuple(kept), tuple(loose))


def _shape(text: str, rest: str) -> tuple:
    """Return what is read of a text besides its words."""
    return (
        split_ordinal(text)[0],
        ordinal_rank(text),
        begins_numbering(text),
        len(text) > LONGEST_ORDINAL,
        len(text.strip("() ")) > 1,
        bool(FORM_NUMBER.match(text)),
        is_aside(text),
        tuple(asks(text) for asks in _OF_REMARKS),
        dates_other(text),
        could_be_name(rest),
        could_be_person(rest),
        any(map(str.isdigit, rest)),
        could_head_people(text),
        speaks_of_indicators(text),
        (counts_people(text), is_other(text), repeats_unit(text)),
        sort_of_rate(text),
    )


def _is_dating(said: Said) -> bool:
    """Tell whether days count beside a text: it begins a run that ends with one, or may tell when a number was so.

    A date line says nothing but where it was signed, and a text that is not understood heads no number.
    """
    time = said.time
    heads = not (said.left or said.nothing or said.facets.keys() == {"school"})
    return bool(time.since or time.as_of or (time.dateline and heads))


def _reduced(said: Said) -> Hashable:
    """Return what a text says, without which school, which day and which unknown words."""
    return (
        frozenset((facet, value if facet != "school" else bool(value)) for facet, value in said.facets.items()),
        said.weak,
        said.roles,
        tuple(_readings(readings) for readings in said.options),
        bool(said.left),
        _TELLING.intersection(said.left),
        bool(said.left) and MULTIPLES.issuperset(said.left),
        is_half_read_time(said.left),
        names_span(said.left),
        is_plain_name(said.left),
        said.clash,
        said.time._replace(as_of=said.time.as_of is not None, dateline=said.time.dateline is not None),
        said.ratio and tuple(map(_reduced, said.ratio)),
        said.unknown_school,
        said.unit_group,
    )


def _readings(readings: Iterable) -> tuple:
    return tuple(frozenset(reading.items()) for reading in readings)
