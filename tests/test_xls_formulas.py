"""Which results stored in an .xls no program has calculated, told from the records of formulas ([MS-XLS] 2.4.127)."""

import struct
from types import SimpleNamespace

import pytest

from dangvien_analysis.reading.xls_formulas import uncalculated_formulas

EMPTY, ZERO = b"\x03\0\0\0\0\0\xff\xff", bytes(8)
LITERAL, REFERENCE = b"\x17\0", b"\x44\0\0\0\xc0"
IF_BLANK = REFERENCE + LITERAL + b"\x0b" + LITERAL + REFERENCE + b"\x42\3\1\0"  # =IF(A1="","",A1), without its jumps
TRIM = REFERENCE + b"\x41\x76\0"
SUM, SUM_OF_RANGE = REFERENCE + b"\x22\1\4\0", b"\x25\0\0\2\0\0\xc0\0\xc0" + b"\x19\x10\0\0"
MINUS, COUNTIF = REFERENCE * 2 + b"\x04", REFERENCE * 2 + b"\x41\x5a\x01"


def number(n: float) -> bytes:
    """Return a stored result."""
    return struct.pack("<d", n)


def formula(row: int, result: bytes, tokens: bytes, flags: int = 0) -> bytes:
    """Return the record of a formula in the first column."""
    body = struct.pack("<HHH", row, 0, 15) + result + struct.pack("<HIH", flags, 0, len(tokens)) + tokens
    return record(0x0006, body)


def record(kind: int, body: bytes) -> bytes:
    """Return a record."""
    return struct.pack("<HH", kind, len(body)) + body


def shared(row: int, result: bytes, first: int) -> bytes:
    """Return the record of a cell that shares the formula of another row."""
    return formula(row, result, b"\x01" + struct.pack("<HH", first, 0))


def rows(*records: bytes) -> list[int]:
    """Return the rows of the formulas that were not calculated, on a sheet of these records."""
    stream = record(0x0809, b"\0\6\x10\0" + bytes(12)) + b"".join(records) + record(0x000A, b"")
    (found,) = uncalculated_formulas(SimpleNamespace(nsheets=1, mem=stream, _sh_abs_posn=[0]))
    return sorted(row for row, _ in found)


@pytest.mark.parametrize("tokens", [SUM, SUM_OF_RANGE, MINUS, COUNTIF, TRIM])
def test_an_empty_text_that_all_formulas_have_is_no_result(tokens):
    """A program that cannot calculate stores it everywhere; what speaks of "" may have it."""
    assert rows(formula(0, EMPTY, tokens), formula(1, EMPTY, IF_BLANK)) == [0]


@pytest.mark.parametrize("tokens", [SUM, SUM_OF_RANGE, MINUS, COUNTIF])
def test_an_empty_text_beside_results_is_one_where_it_can_be(tokens):
    """=TRIM(A1) may be empty, a sum or a difference never."""
    assert rows(formula(0, number(3), SUM), formula(1, EMPTY, tokens), formula(2, EMPTY, TRIM)) == [1]


def test_cells_that_share_a_formula_are_read_by_it():
    """Filled down, =IF(A1="","",A1) stands in the first cell alone."""
    share = record(0x04BC, struct.pack("<HHBBBBH", 0, 1, 0, 0, 0, 2, len(IF_BLANK)) + IF_BLANK)
    assert rows(shared(0, EMPTY, 0), share, shared(1, EMPTY, 0)) == []
    share = record(0x04BC, struct.pack("<HHBBBBH", 0, 1, 0, 0, 0, 2, len(SUM)) + SUM)
    assert rows(shared(0, EMPTY, 0), share, shared(1, EMPTY, 0)) == [0, 1]


def test_zeros_are_no_results_where_all_are_and_ask_to_be_calculated():
    """So write programs that leave it to Excel; one other result tells of a program that calculated."""
    asked = [formula(0, ZERO, SUM, 3), formula(1, ZERO, MINUS, 3)]
    assert rows(*asked) == [0, 1]
    assert rows(*asked, formula(2, number(4), SUM, 3)) == []
    assert rows(formula(0, ZERO, SUM), formula(1, ZERO, MINUS)) == []
