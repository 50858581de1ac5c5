"""Rates of a table, compared with the quotients of its numbers; they are never loaded."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations
from typing import NamedTuple

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.causes import Causes, Place
from dangvien_analysis.returns.numbers import TableReader
from dangvien_analysis.returns.parts import Number
from dangvien_analysis.returns.totals import beside_unread
from dangvien_analysis.tables import Table
from dangvien_analysis.tables.grid import Head
from dangvien_analysis.text import decimal, fold
from dangvien_analysis.vocabulary import known_values
from dangvien_analysis.wording.said import Said
from dangvien_analysis.workbook import COUNT, ZERO, Cell, address

_APART = ("measure", "kind", "breakdown", "period")  # may differ between the two numbers of a rate
_PERCENT = re.compile(r"\b(tỷ lệ|ty le|tỷ trọng|tl|phần trăm)\b")
_AVERAGE = re.compile(r"\b(bình quân|binh quan)\b")
_STROKE = re.compile(r"[^\W_]\)?\s*/\s*\(?[^\W_]")
_LEAST_PERCENT = 10  # a smaller whole number under "So sánh" is rather a difference


class Term(NamedTuple):
    """What a rate may divide or divide by: numbers to add up, all of one measure, kind and period."""

    places: tuple[Place, ...]
    measure: str | None
    kind: str
    period: str


class Rate(NamedTuple):
    """A rate: where it stands, and what it may divide by what, the likeliest first.

    `also`: what it may be as well, though nothing asks for it. `compares`: nothing says that it is a per cent, so that
    it may be a difference.
    """

    place: Place
    quotients: tuple[tuple[Term, Term], ...]
    also: tuple[tuple[Term, Term], ...] = ()
    compares: bool = False


def sort_of_rate(text: str) -> str:
    """Return what a header promises: "percent" ("So sánh (%)", "TH/KH"), "average", or nothing ("So sánh (+/-)")."""
    if "%" in text or _PERCENT.search(fold(text)) or _STROKE.search(text):
        return "percent"
    return "average" if _AVERAGE.search(fold(text)) else ""


def plan_rates(reader: TableReader, numbers: list[Number]) -> Iterator[Rate]:
    """Yield the rates of a table with what they may be; `numbers`: what was taken from it.

    A rate beside a number that was not read is not compared.
    """
    taken = {number.place for number in numbers}
    others = [*reader.totals, *reader.left_out.references, *reader.divided]
    others = [number for number in others if number.place not in taken]
    for rate in reader.rates:
        sorts = _sorts(rate.place, reader.table)
        if not beside_unread(rate, reader) and sorts != {"average"}:
            yield _plan_rate(rate, numbers, others, compares="percent" not in sorts)


def counts_compared(reader: TableReader, numbers: list[Number]) -> Iterator[Finding]:
    """Yield findings on numbers under "Kết nạp so với chỉ tiêu" that alone may tell how many were admitted.

    Where another number does so they are rates.
    """
    done = {number.facets["measure"] for number in numbers if number.facets.get("kind", "actual") == "actual"}
    causes = Causes(reader.words)
    for rate in reader.rates:
        over = rate.ratio[0] if rate.ratio else Said()
        measure = over.facets.get("measure") or over.weak
        if measure is None or measure in done or _sorts(rate.place, reader.table):
            continue
        reader.left_out.unweighed.discard(rate.place)
        if reader.sheet.cells[rate.place].state in (COUNT, ZERO):
            causes.header(next(head for head in _heads(rate.place, reader.table) if head.said.ratio), rate.place)
    yield from causes.explain()
    reader.causes.quoted |= causes.quoted


def _sorts(place: Place, table: Table) -> set[str]:
    """Return what the headers and labels of a rate promise."""
    return {sort for head in _heads(place, table) if (sort := sort_of_rate(head.text))}


def _heads(place: Place, table: Table) -> Iterator[Head]:
    columns = (column.heads for column in table.columns if column.col == place[1])
    rows = (row.labels for row in table.rows if row.row == place[0])
    yield from (head for heads in (*columns, *rows) for head in heads)


def _plan_rate(rate: Number, numbers: list[Number], others: list[Number], *, compares: bool) -> Rate:
    """Find what a rate may divide by what: numbers of its own row, or column, that agree with its headers.

    Where the header says what is divided by what, only that; else any two may be meant. `others`: totals, last year's
    numbers in this year's return, and those of everybody over rows of groups, which "%" may divide, or divide by.
    """
    beside = [number for number in (*numbers, *others) if _is_beside(rate.place, number.place)]
    own = _terms(number for number in beside if _agrees(rate, number, rate.near))
    quotients = sorted(_pairs(rate, own), key=lambda pair: _likelihood(rate.place, *pair))
    also = [*_pairs(rate, [*own, *_with_extra(own)]), *_shares_of(rate, own, beside)]
    also += _shares_across(rate, [number for number in beside if not number.total], numbers)
    for alike in _families(beside):
        also += _pairs(rate, alike)
    for near in (rate.near, rate.whole) if rate.total else ():
        also += _pairs(rate, [*own, *_terms(n for n in (*numbers, *others) if not n.total and _agrees(rate, n, near))])
    return Rate(rate.place, tuple(quotients), tuple(dict.fromkeys(also)), compares)


def check_rate(rate: Rate, cells: Mapping[Place, Cell]) -> Finding | None:
    """Compare a rate with the quotients it may be."""
    cell = cells[rate.place]
    stated = _shares(cell)
    asking = [pair for pair in rate.quotients if _sum(pair[1], cells)]
    if not stated or not asking or any(_gives(pair, cell, stated, rate, cells) for pair in (*asking, *rate.also)):
        return None
    where = address(*rate.place)
    over, under = asking[0]
    computed = f"{decimal(100 * _sum(over, cells) / _sum(under, cells))}%" if _is_plain(over, under) else ""
    message = messages.rate_differs(where, f"{_percent_typed(cell)}%", computed)
    return Finding("warning", "rate_mismatch", message, cell=where)


def _gives(pair: tuple[Term, Term], cell: Cell, stated: list, rate: Rate, cells: Mapping[Place, Cell]) -> bool:
    """Tell whether a rate is one number over the other, or by how much, or by what part of it, the one is more."""
    over, under = (_sum(term, cells) for term in pair)
    if rate.compares and _is_difference(cell, over - under):
        return True
    return bool(under) and (_same(over / under, stated) or _is_growth(over / under - 1, pair, stated))


def _is_beside(rate: Place, place: Place) -> bool:
    """Tell whether a number stands in a rate's line: in its row only rates stand, or in its column."""
    return place[0] == rate[0] or place[1] == rate[1]


def _agrees(rate: Number, number: Number, near: Mapping | None) -> bool:
    """Tell whether a number counts the people, at the school, of whom the rate's headers and labels speak."""
    same_people = number.facets.get("breakdown", frozenset()) == rate.near.get("breakdown", frozenset())
    wanted = ((facet, value) for facet, value in (near or {}).items() if facet not in _APART)
    return same_people and all(number.facets.get(facet) == value for facet, value in wanted)


def _terms(numbers: Iterable[Number]) -> list[Term]:
    """Add up what is of one measure, kind and period; a total is added to nothing."""
    places: dict[tuple, list[Place]] = {}
    for number in numbers:
        key = _term(number)[1:]
        places.setdefault((*key, number.place if number.total else None), []).append(number.place)
    return [Term(tuple(found), *key[:-1]) for key, found in places.items()]


def _term(number: Number) -> Term:
    facets = number.facets
    return Term((number.place,), facets.get("measure"), facets.get("kind", "actual"), facets.get("period", ""))


def _families(beside: list[Number]) -> Iterable[list[Term]]:
    """Return the numbers of a line by whom they count, one by one: "%" may be of a part, or of one group only."""
    families: dict[frozenset, list[Term]] = {}
    for number in beside:
        whom = frozenset((facet, value) for facet, value in number.facets.items() if facet not in _APART)
        families.setdefault(whom, []).append(_term(number))
    return families.values()


def _with_extra(terms: list[Term]) -> Iterator[Term]:
    """Yield targets with what was added to them."""
    for one in terms:
        for other in terms if one.kind == "target" else ():
            if other.kind == "extra_target" and (one.measure, one.period) == (other.measure, other.period):
                yield one._replace(places=(*one.places, *other.places))


def _shares_of(rate: Number, own: list[Term], beside: list[Number]) -> Iterator[tuple[Term, Term]]:
    """Yield a rate's numbers with all of their kind in its line: "Học sinh | Tỷ lệ | CBGVNV | Tỷ lệ"."""
    whole = {term[1:]: term for term in _terms(n for n in beside if not (n.total or n.facets.get("breakdown")))}
    if rate.ratio is None:
        yield from ((one, whole[one[1:]]) for one in own if one[1:] in whole)


def _shares_across(rate: Number, beside: list[Number], numbers: list[Number]) -> Iterator[tuple[Term, Term]]:
    """Yield a rate's numbers with all of their kind across its line: of one school, in the column of all schools."""
    axis = 1 if any(number.place[0] == rate.place[0] for number in beside) else 0
    across: dict[int, list[Number]] = {}
    for number in numbers if rate.ratio is None else ():
        if not (number.total or number.facets.get("breakdown")):
            across.setdefault(number.place[axis], []).append(number)
    for number in beside:
        one = _term(number)
        if _agrees(rate, number, rate.near):
            yield from ((one, whole) for whole in _terms(across.get(number.place[axis], [])) if whole[1:] == one[1:])


def _pairs(rate: Number, terms: list[Term]) -> list[tuple[Term, Term]]:
    """Return which terms a rate may divide by which."""
    measure, period = rate.near.get("measure"), rate.near.get("period")
    if rate.ratio is None:
        tops = [term for term in terms if measure is None or term.measure == measure] or terms
        pairs = [(top, under) for top, under in permutations(terms, 2) if top in tops]
    else:
        over, under = (_named(side, measure, terms) for side in rate.ratio)
        pairs = [(one, other) for one in over for other in under if one != other]
    return [pair for pair in pairs if period is None or period in (pair[0].period, pair[1].period)] or pairs


def _named(side: Said, measure: str | None, terms: Iterable[Term]) -> list[Term]:
    wanted = side.facets.get("measure") or side.weak or measure
    kinds = (
        {side.facets["kind"]} if "kind" in side.facets else {r["kind"] for o in side.options for r in o if "kind" in r}
    )
    return [term for term in terms if wanted in (None, term.measure) and (not kinds or term.kind in kinds)]


def _likelihood(rate: Place, over: Term, under: Term) -> tuple:
    """Return by what pairs are sorted: plain ones, of one period, of what stands shortly before the rate."""
    gaps = [max(rate[i] - place[i] for i in (0, 1)) for term in (over, under) for place in term.places]
    behind = sum(place > rate for term in (over, under) for place in term.places)
    return not _is_plain(over, under), over.period != under.period, behind, sum(gaps)


def _is_plain(over: Term, under: Term) -> bool:
    """Tell whether one is divided by the other as a rule: done by planned, this year by last, admitted by sent."""
    if over.measure != under.measure:
        stages = [known_values("measure").index(term.measure) if term.measure else 0 for term in (over, under)]
        return over.kind == under.kind and over.period == under.period and stages[0] > stages[1]
    if over.kind == under.kind:
        return over.period > under.period
    return (over.kind, under.kind) == ("actual", "target")


def _sum(term: Term, cells: Mapping[Place, Cell]) -> int:
    return sum(cells[place].n for place in term.places)


def _is_growth(growth: float, pair: tuple[Term, Term], stated: list[tuple[float, float]]) -> bool:
    """Tell whether a rate says by what part one is more, or less, than the other: 20% for 12 after 10."""
    one, other = pair
    years = one.period > other.period and one.measure == other.measure and one.kind == other.kind == "actual"
    falls = any(share < 0 for share, _ in stated)
    return (falls and _same(growth, stated)) or (years and _same(abs(growth), stated))


def _is_difference(cell: Cell, difference: int) -> bool:
    """Tell whether a cell under "So sánh" is how many more or less there are, as far as can be seen."""
    if not re.fullmatch(r"-?\d+", cell.raw):
        return False
    return int(cell.raw) < _LEAST_PERCENT or int(cell.raw) == abs(difference)


def _shares(rate: Cell) -> list[tuple[float, float]]:
    """Return what the cell may mean as a share, each with its last digit's worth: 43,2 is 43.2% or 4320%."""
    match = re.fullmatch(r"-?\d+(?:[.,](\d+))?\s*(%?)", rate.raw)
    if match and (match[2] or rate.value is None):
        value = float(rate.raw.rstrip("% ").replace(",", "."))
    elif rate.value is not None:
        value = rate.value
    else:
        return []
    places = len(match[1] or "") if match else 6
    digit = 10.0 ** -min(places, 6)
    shares = [(value / 100, digit / 100)]
    if match and match[2]:
        return shares
    if rate.value is not None and abs(value) <= 5 and places > 0:
        shares.append((value, max(digit, 0.001)))
    if rate.value in (0, 1):
        shares.append((value, 0.00001))
    return shares


def _percent_typed(rate: Cell) -> str:
    value = _shares(rate)[-1 if rate.value is not None and 0 <= rate.value <= 1 else 0][0]
    return decimal(100 * value)


def _same(quotient: float, stated: list[tuple[float, float]]) -> bool:
    """Tell whether a quotient was rounded, or cut off, to what is stated."""
    return any(-0.51 * digit <= abs(quotient) - abs(share) < digit and quotient * share >= 0 for share, digit in stated)
