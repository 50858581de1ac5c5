"""Formulas of an .xls that no program has calculated: the format always stores a result, and xlrd gives only that."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from dangvien_analysis.reading.xls_structure import read_records

_FORMULA_RECORDS = (0x0006, 0x0206, 0x0406)
_NO_TEXT = b"\x03"  # the stored result of a formula: an empty text
_EMPTY_LITERAL = b"\x17\x00"  # the token of "" in a formula
_TOKENS, _SHARED, _SHARED_TOKENS = 22, 0x04BC, 10  # where tokens begin; a formula that several cells share
_AS_SHARED, _AS_SHARED_SIZE = b"\x01", 5
_ON_OPENING = 2
_OPERATORS = tuple(bytes([token]) for token in (*range(0x03, 0x08), *range(0x09, 0x0F), 0x12, 0x13, 0x14))
_SUM = b"\x19\x10"
_FIXED, _WITH_COUNT = (b"\x21", b"\x41", b"\x61"), (b"\x22", b"\x42", b"\x62")
# COUNT SUM AVERAGE MIN MAX ABS INT ROUND SUMPRODUCT COUNTA SUMIF COUNTIF COUNTBLANK, [MS-XLS] 2.5.198.17
_OF_NUMBERS = frozenset((0, 4, 5, 6, 7, 24, 25, 27, 228, 169, 345, 346, 347))


class _Formula(NamedTuple):
    """A formula of a sheet: its place from 0, its tokens, and whether its stored result is an empty text, or zero.

    `asked`: it asks to be calculated when the workbook is opened.
    """

    place: tuple[int, int]
    tokens: bytes
    is_empty: bool
    is_zero: bool
    asked: bool


def uncalculated_formulas(book) -> list[set[tuple[int, int]]]:
    """Return by sheet the places of formulas whose stored result no program has calculated.

    Excel stores a result with every formula, and xlrd gives only that. Programs that write formulas without
    calculating them store an empty text, or zeros, with all of them. An empty text is a result, too: of
    =IF(A1="","",…) or =TRIM(A1), never of =SUM(A1:A3).
    """
    sheets = [list(_formulas(book, index)) for index in range(book.nsheets)]
    found = [formula for formulas in sheets for formula in formulas]
    calculates = any(not (formula.is_empty or formula.is_zero) for formula in found)
    zeros = not calculates and any(f.is_zero for f in found) and all(f.asked for f in found)
    return [
        {
            formula.place
            for formula in formulas
            if zeros or (formula.is_empty and not _may_be_empty(formula.tokens, calculates))
        }
        for formulas in sheets
    ]


def _formulas(book, index: int) -> Iterator[_Formula]:
    shared: dict[tuple[int, int], bytes] = {}  # by the place of the first formula that shares it
    found = []
    for kind, _, body in read_records(book.mem, book._sh_abs_posn[index]):  # noqa: SLF001 - where xlrd begins, too
        if kind in _FORMULA_RECORDS and len(body) >= _TOKENS:
            found.append((struct.unpack_from("<HH", body), body[: _TOKENS + struct.unpack_from("<H", body, 20)[0]]))
        elif kind == _SHARED and found:
            shared[found[-1][0]] = body[_SHARED_TOKENS:]
    for place, body in found:
        tokens = body[_TOKENS:]
        if tokens[:1] == _AS_SHARED and len(tokens) >= _AS_SHARED_SIZE:
            tokens = shared.get(struct.unpack_from("<HH", tokens, 1), tokens)
        empty = body[6:7] == _NO_TEXT and body[12:14] == b"\xff\xff"
        asked = struct.unpack_from("<H", body, 14)[0] & _ON_OPENING
        yield _Formula(place, tokens, empty, body[6:14] == bytes(8), bool(asked))


def _may_be_empty(tokens: bytes, calculates: bool) -> bool:
    """Tell whether a formula may give an empty text: it speaks of one, or a program calculated it, and it is no sum."""
    if _EMPTY_LITERAL in tokens:
        return True
    return calculates and not _gives_number(tokens)


def _gives_number(tokens: bytes) -> bool:
    """Tell whether the last token of a formula, which is its outermost, is an operator or a function of numbers."""
    if tokens[-1:] in _OPERATORS or tokens[-4:-2] == _SUM:
        return True
    if tokens[-4:-3] in _WITH_COUNT:
        return struct.unpack("<H", tokens[-2:])[0] in _OF_NUMBERS
    return tokens[-3:-2] in _FIXED and struct.unpack("<H", tokens[-2:])[0] in _OF_NUMBERS
