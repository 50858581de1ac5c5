"""Vietnamese text: what is the same word, what is a count, how figures are written."""

import datetime as dt
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangvien_analysis.text import (
    bare,
    date_text,
    decimal,
    fold,
    has_accents,
    join_words,
    number,
    parse_count,
    percent,
    tidy,
)


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  Tổng\u00a0 số\n(nữ) ", "Tổng số (nữ)"),
        (unicodedata.normalize("NFD", "Kết nạp"), "Kết nạp"),
        ("Ðảng viên", "Đảng viên"),  # the first letter is Eth
        ("Kết\u200b nạp\ufeff", "Kết nạp"),
        ("a\ud83db\x07c", "abc"),
    ],
)
def test_text_is_tidied_for_showing(typed, tidied):
    """NFC, single spaces, no invisible characters, Đ for its look-alikes; words and accents as typed."""
    assert tidy(typed) == tidied


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà", "hòa"),
        ("UỶ BAN", "ủy ban"),
        ("khoẻ", "khỏe"),
        ("thuý", "thúy"),
        ("tỉ lệ", "Tỷ lệ"),
        ("lí do", "lý do"),
        ("kì", "kỳ"),
        ("Quí I", "quý I"),
        ("qúy", "quý"),
        ("sĩ số", "sỹ số"),
        ("CB, GV, NV", "CB-GV-NV"),
        ("Cử đi học/Kết nạp", "cử đi học (kết nạp)"),
        ("Tổng\nsố", "tổng số"),
    ],
)
def test_two_ways_of_writing_a_word_fold_to_one(one, other):
    """Case, tone placement, final i and y, punctuation and line breaks do not make another word."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Năm", "Nam"), ("Quốc", "Quyền"), ("thi", "thy"), ("Kết nạp", "Kết nạp 2"), ("Tỷ lệ", "Tỷ lệ %")],
)
def test_different_words_do_not_fold_to_one(one, other):
    """Accents, digits and the per cent sign are part of a word, and th is not t."""
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    """A folded text is its own folded form, so phrases may be stored folded."""
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)


def test_bare_text_has_no_accents():
    """A text typed wholly without accents is compared bare."""
    assert bare("Đảng viên được kết nạp") == "dang vien duoc ket nap"
    assert has_accents("Đảng")
    assert has_accents("đi")
    assert not has_accents("Ket nap Dang")


@pytest.mark.parametrize(
    ("typed", "n"),
    [
        ("12", 12),
        ("03", 3),
        ("1.234", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("419.278.223", 419278223),
        ("12 em", 12),
        ("02 đ/c", 2),
        ("12 Đ/C.", 12),
        ("5 học sinh", 5),
        ("7HS", 7),
        ("12 nguoi", 12),
    ],
)
def test_a_typed_count_is_read(typed, n):
    """Digits, thousands grouped by dots or spaces, and at most one unit word."""
    assert parse_count(typed) == ("count", n)


@pytest.mark.parametrize("typed", ["-", "–", "—", "--", "không", "Không có", "KHÔNG", "khong co", "0", "00", "0 em"])
def test_a_dash_or_no_is_a_reported_zero(typed):
    """Whoever writes a dash has reported: nothing."""
    assert parse_count(typed) == ("zero", 0)


@pytest.mark.parametrize(
    "typed",
    [
        "khoảng 5",
        "4/6",
        "9.8",
        "9,8",
        "1,234",
        "-1",
        "+5",
        "5 (2 nữ)",
        "12/45",
        "(1)     419.278.223",
        "0.234",
        "1.2345",
        "1.234 567",
        "12 lớp",
        "12 em nữ",
        "không?",
        "không rõ",
        "chưa có",
        "x",
        "",
        "0912.345.678",
        "84912345678901",
        "１２",
        "12.",
        "²",
    ],
)
def test_anything_else_is_not_a_count(typed):
    """What could be read in two ways is not read at all."""
    assert parse_count(typed) == ("text", None)


@given(
    st.integers(1, 10**12 - 1), st.sampled_from([".", " ", "\u00a0", ""]), st.sampled_from(["", " em", " đ/c", "HS"])
)
def test_a_formatted_count_is_read_back(n, separator, unit):
    """Whatever way of grouping and unit, the number stays the same."""
    assert parse_count(f"{n:,}".replace(",", separator) + unit) == ("count", n)


def test_numbers_are_written_the_vietnamese_way():
    """Dots between thousands, a decimal comma, no space before the per cent sign, halves rounded up."""
    assert number(1234567) == "1.234.567"
    assert decimal(1234.5) == "1.234,5"
    assert decimal(15.65) == "15,7"
    assert decimal(-0.01) == "0,0"
    assert percent(0.1565) == "15,7%"
    assert percent(0.28999999999999998, 2) == "29,00%"
    assert percent(1, 0) == "100%"


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_a_missing_number_is_dots(missing):
    """A dash would mean a reported zero."""
    assert number(missing) == decimal(missing) == percent(missing) == "…"


def test_dates_and_lists_are_written_as_in_the_press():
    """No leading zeros; the last two words are joined by "và"."""
    assert date_text(dt.date(2024, 3, 14)) == "14-3-2024"
    assert join_words(["A", "B", "C"]) == "A, B và C"
    assert join_words(["A", "B"]) == "A và B"
    assert join_words(["A"]) == "A"
    assert join_words([]) == ""
