"""What planning reads of a sheet: sheets with equal skeletons have one plan.

Schools fill one form. Their sheets differ in the numbers, in the school's name, in the day and in who signed, and for
none of these does a number go to another place. So of a text that names a school or a day, or says nothing that is
known, a skeleton holds what is read of it: which school and which day stand beside it. Every other text it holds as it
is. Of a number it holds that one stands there, and whom the word behind it counts, unless it could be an ordinal, a
year or a column's number.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from dangvien_analysis.returns.half_read import NEGATIONS, is_half_read_time, names_span
from dangvien_analysis.returns.offer import MULTIPLES
from dangvien_analysis.returns.people import could_be_name, could_be_person, could_head_people
from dangvien_analysis.returns.plan import Place
from dangvien_analysis.returns.rates import sort_of_rate
from dangvien_analysis.returns.speakers import TURNING
from dangvien_analysis.returns.surroundings import dates_other, is_aside, is_plain_name
from dangvien_analysis.tables.body import LONGEST_ORDINAL
from dangvien_analysis.tables.grid import KEYS, numbers_column, speaks_of_indicators
from dangvien_analysis.wording import Said, Words, remarks
from dangvien_analysis.wording.ordinals import ordinal_rank, split_ordinal
from dangvien_analysis.wording.timewords import bare_year
from dangvien_analysis.wording.units import counts_people, is_other, repeats_unit, told_behind
from dangvien_analysis.wording.words import FORM_NUMBER
from dangvien_analysis.workbook import COUNT, NUMBER, TEXT, ZERO, Sheet

ANY = "any"  # a number beside a text: a count, a zero, or one that cannot be a count
_NUMBERS = (COUNT, ZERO, NUMBER)
_TELLING = NEGATIONS | TURNING | MULTIPLES  # words that count though they were not understood

_OF_REMARKS = (
    remarks.is_note,
    remarks.is_note_at_end,
    remarks.restricts,
    remarks.leaves_out,
    remarks.speaks_of_numbers,
    remarks.counts_otherwise,
    remarks.is_place_and_date,
    remarks.like_a_count,
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


class Skeletons:
    """Makes skeletons by the words of one collection; each text is looked at once."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._texts: dict[str, _Kept] = {}
        self._names: dict[int, tuple[Said, _Kept]] = {}  # by id, which stands for it as long as it is kept here
        self._kinds: dict[Hashable, int] = {}

    def of(self, sheet: Sheet, names: Sequence[Said]) -> Skeleton:
        """Return the skeleton of a sheet; `names`: what is said for it besides its cells."""
        cells = sheet.cells
        texts = {place: self._text(cell.raw) for place, cell in cells.items() if cell.state == TEXT}
        kinds, loose = _kinds(sheet, texts)
        beside = [self._name(said) for said in names]
        kept = [*texts.values(), *beside]
        named = [school for one in kept if one.schools for school in one.schools]
        schools = tuple(dict.fromkeys(named))
        form = (
            tuple(cells),
            tuple(kinds),
            sheet.merges,
            sheet.hidden_rows,
            sheet.hidden_cols,
            sheet.comments,
            tuple(one.kind for one in beside),
            tuple(map(schools.index, named)),
            tuple(one.days for one in kept) if any(one.dating for one in kept) else (),
        )
        return Skeleton(form, schools, tuple(loose))

    def _text(self, text: str) -> _Kept:
        kept = self._texts.get(text)
        if kept is None:
            kept = self._texts[text] = self._kept(text)
        return kept

    def _name(self, said: Said) -> _Kept:
        if id(said) not in self._names:
            self._names[id(said)] = said, self._blurred((), [said])
        return self._names[id(said)][1]

    def _kept(self, text: str) -> _Kept:
        rest = split_ordinal(text)[1]
        saids = [self.words.read(text), self.words.read(rest), self.words.read(rest, outside=True)]
        saids += [self.words.read_key(rest, key) for key in sorted(KEYS)]
        blurred = self._blurred(_shape(text, rest), saids)
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


def _kinds(sheet: Sheet, texts: dict[Place, _Kept]) -> tuple[list[Hashable], list[Place]]:
    """Return what is kept of each cell, and the places of numbers that may be any."""
    rows = {row for row, _ in texts}
    worded: dict[int, int] = {}  # row -> column of a text in it
    dated: dict[int, int] = {}  # row without text -> column of a year in it
    kinds, loose = [], []
    for place, cell in sheet.cells.items():
        row, col = place
        if (text := texts.get(place)) is not None:
            kinds.append(text.kind)
            if text.worded:
                worded.setdefault(row, col)
        elif cell.state not in _NUMBERS:
            kinds.append(cell)
        elif bare_year(cell.raw):
            kinds.append(cell)
            if row not in rows:
                dated.setdefault(row, col)
        elif worded.get(row, col) < col:
            told = told_behind(cell.raw) if cell.value is None else ""
            kinds.append((ANY, told) if told else ANY)
            loose.append(place)
        elif dated.get(row, col) < col:
            kinds.append((cell.state, told_behind(cell.raw)))
            loose.append(place)
        else:
            kinds.append(cell)
    return kinds, loose


def _shape(text: str, rest: str) -> tuple:
    """Return what is read of a text besides its words."""
    return (
        split_ordinal(text)[0],
        ordinal_rank(text),
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
