"""Sums and warnings that change as one types, each with the value it shows at first.

The value is stored because programs that do not calculate read it, ours among them. A warning never blocks: the
numbers may be right and the rule wrong for this school.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from dangvien_analysis.forms.layout import Live, Range, Values


class Test(NamedTuple):
    """What would be odd: a formula on its sheet, the same in Python, and what to say then."""

    formula: str
    holds: Callable[[Values], bool]
    message: str


class Term(NamedTuple):
    """A range whose sum is added (+1) or taken away (-1)."""

    sign: int
    area: Range


def sum_of(area: Range) -> Live:
    """Return the sum of a range, nothing as long as nothing was typed there."""
    text = area.text(area.sheet)

    def value(values: Values) -> int | str:
        numbers = area.numbers(values)
        return sum(numbers) if numbers else ""

    return Live(f'=IF(COUNT({text})=0,"",SUM({text}))', value, "sum")


def balance_of(terms: Sequence[Term], home: str) -> Live:
    """Return the first sum less the others, nothing as long as the first was not typed."""
    first = terms[0].area
    formula = f'=IF(COUNT({first.text(home)})=0,"",{_signed(terms, home)})'
    return Live(formula, lambda values: _balance(terms, values) if first.numbers(values) else "", "sum")


def copy_of(area: Range, home: str, style: str) -> Live:
    """Return what stands in the only cell of `area`."""
    text = area.text(home)
    return Live(f'=IF({text}="","",{text})', lambda values: next(iter(area.numbers(values)), ""), style)


def warning(tests: Sequence[Test]) -> Live:
    """Return the message of the first test that holds, nothing if none does."""
    formula = '""'
    for test in reversed(tests):
        formula = f'IF({test.formula},"{test.message}",{formula})'
    return Live(f"={formula}", lambda values: next((t.message for t in tests if t.holds(values)), ""), "warning")


def no_count(area: Range) -> Test:
    """Test for what was pasted over the validation: a text, a negative number, a fraction."""
    text = area.text(area.sheet)
    formula = f'OR(COUNTA({text})>COUNT({text}),COUNTIF({text},"<0")>0,SUM({text})<>INT(SUM({text})))'
    return Test(formula, lambda _: False, "Chỉ ghi số nguyên, không âm")


def part_above(part: Range, whole: Range, message: str) -> Test:
    """Test whether a number of `part` is above the one in the same position of `whole`."""
    p, w = part.text(part.sheet), whole.text(part.sheet)

    def holds(values: Values) -> bool:
        pairs = zip(part.places(), whole.places(), strict=True)
        return any(a in values and b in values and values[a] > values[b] for a, b in pairs)

    return Test(f"SUMPRODUCT(ISNUMBER({p})*ISNUMBER({w})*({p}>{w}))>0", holds, message)


def missing_whole(part: Range, whole: Range, message: str) -> Test:
    """Test whether a part was typed and the whole it belongs to was not."""
    p, w = part.text(part.sheet), whole.text(part.sheet)

    def holds(values: Values) -> bool:
        return any(a in values and b not in values for a, b in zip(part.places(), whole.places(), strict=True))

    return Test(f"SUMPRODUCT(ISNUMBER({p})*NOT(ISNUMBER({w})))>0", holds, message)


def above(terms: Sequence[Term], home: str, message: str) -> Test:
    """Test whether a signed sum is above zero; silent unless each range holds a number."""
    return _against_zero(terms, home, ">", lambda n: n > 0, message)


def differs(terms: Sequence[Term], home: str, message: str) -> Test:
    """Test whether a signed sum is not zero; silent unless each range holds a number."""
    return _against_zero(terms, home, "<>", lambda n: n != 0, message)


def _against_zero(terms: Sequence[Term], home: str, sign: str, wanted: Callable[[int], bool], message: str) -> Test:
    counted = ",".join(f"COUNT({term.area.text(home)})>0" for term in terms)

    def holds(values: Values) -> bool:
        return all(term.area.numbers(values) for term in terms) and wanted(_balance(terms, values))

    return Test(f"AND({counted},{_signed(terms, home)}{sign}0)", holds, message)


def _signed(terms: Sequence[Term], home: str) -> str:
    text = "".join(f"{'+' if term.sign > 0 else '-'}SUM({term.area.text(home)})" for term in terms)
    return text.removeprefix("+")


def _balance(terms: Sequence[Term], values: Values) -> int:
    return sum(term.sign * sum(term.area.numbers(values)) for term in terms)
