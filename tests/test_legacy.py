"""Text typed in TCVN3 and VNI: what its letters are, and which text it is that needs decoding."""

import unicodedata

import pytest

from dangvien_analysis.legacy import (
    TCVN3,
    TCVN3_CAPITALS,
    UNICODE,
    VNI,
    decode,
    decode_name,
    decode_sheet,
    decode_tcvn3,
    decode_vni,
    font_encoding,
    guess_encoding,
)

TONES = "\u0300\u0301\u0309\u0303\u0323"
LETTERS = {unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in TONES} | set("ăâêôơưđ")

TCVN3_TEXTS = {
    "Céng hoµ x· héi chñ nghÜa ViÖt Nam": "Cộng hoà xã hội chủ nghĩa Việt Nam",
    "§éc lËp - Tù do - H¹nh phóc": "Độc lập - Tự do - Hạnh phúc",
    "Th«ng t\u00ad h\u00adíng dÉn": "Thông tư hướng dẫn",
    "Tr\u00adêng THPT, KÕt n¹p n¨m 2023": "Trường THPT, Kết nạp năm 2023",
    "Ghi chó": "Ghi chú",
}
VNI_TEXTS = {
    "Soá hoïc sinh ñöôïc keát naïp Ñaûng": "Số học sinh được kết nạp Đảng",
    "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Tröôøng THPT Nguyeãn Traõi, kyø naøy, quyõ, thaúng": "Trường THPT Nguyễn Trãi, kỳ này, quỹ, thẳng",
}
UNICODE_TEXTS = ["Trường THPT Lê Quý Đôn", "Có", "Cán bộ, giáo viên, nhân viên", "Đề nghị", "Số được kết nạp", "Lê Lai"]


@pytest.mark.parametrize(("typed", "meant"), TCVN3_TEXTS.items())
def test_tcvn3_is_decoded(typed, meant):
    """The look-alikes become the letters their font showed; the soft hyphen is ư."""
    assert decode_tcvn3(typed) == meant


def test_a_capital_font_is_decoded_to_capitals():
    """Fonts such as .VnTimeH draw small letters as capitals, for TCVN3 has no accented ones."""
    assert decode_tcvn3("b¸o c¸o kÕt qu¶", capitals=True) == "BÁO CÁO KẾT QUẢ"


@pytest.mark.parametrize(("typed", "meant"), VNI_TEXTS.items())
def test_vni_is_decoded(typed, meant):
    """A letter and the mark behind it are one letter."""
    assert decode_vni(typed) == meant


def test_every_vietnamese_letter_can_be_decoded():
    """Both tables are whole: no letter of the language is missing."""
    latin = [chr(code) for code in range(0xA0, 0x100)]
    assert {decode_tcvn3(letter) for letter in latin} >= LETTERS
    marked = [base + mark for base in [*"aeouy", "ô", "ö"] for mark in latin]
    assert {decode_vni(text) for text in [*latin, *marked]} >= LETTERS
    assert {letter.upper() for letter in LETTERS} <= {decode_vni(text.upper()) for text in [*latin, *marked]}


@pytest.mark.parametrize("encoding", [TCVN3, TCVN3_CAPITALS, VNI])
def test_text_with_letters_of_unicode_only_is_left_alone(encoding):
    """A font says nothing about a text that cannot be in its encoding."""
    assert decode("Trường THPT có 12 lớp", encoding) == "Trường THPT có 12 lớp"


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", TCVN3),
        (".vnarial narrow", TCVN3),
        (".VnTimeH", TCVN3_CAPITALS),
        (".VnArial NarrowH", TCVN3_CAPITALS),
        ("VNI-Times", VNI),
        ("vni-helve", VNI),
        ("Times New Roman", UNICODE),
        ("Vntime", UNICODE),
        ("", UNICODE),
    ],
)
def test_a_font_tells_the_encoding(font, encoding):
    """The name of the font is the reliable sign."""
    assert font_encoding(font) == encoding


def test_texts_without_a_legacy_font_decide_together():
    """Legacy text under an ordinary font is known by the whole; correct Unicode is never touched."""
    assert guess_encoding(TCVN3_TEXTS) == TCVN3
    assert guess_encoding(VNI_TEXTS) == VNI
    assert guess_encoding(UNICODE_TEXTS) == UNICODE
    assert guess_encoding(["Total", "Zürich", "Café", "Noël"]) == UNICODE


def test_one_ambiguous_text_is_not_decoded_without_a_font():
    """In Unicode too "Ghi chó" can be read: without a sign it stays."""
    assert guess_encoding(["Ghi chó"]) == UNICODE
    assert guess_encoding(["Ghi chó"], claimed=TCVN3) == TCVN3


def test_a_font_that_lies_is_not_believed():
    """Unicode typed where .VnTime is still set reads as Vietnamese only as it is."""
    assert guess_encoding(UNICODE_TEXTS, claimed=TCVN3) == UNICODE
    texts, encoding = decode_sheet([(("tcvn3", text),) for text in UNICODE_TEXTS])
    assert (texts, encoding) == (UNICODE_TEXTS, UNICODE)


def test_fonts_mixed_on_a_sheet_are_decoded_each_by_its_own():
    """Decided by font first: two encodings may stand side by side."""
    runs = [(("tcvn3", "KÕt n¹p n¨m"),), (("vni", "keát naïp"),), (("", "Ghi chó"),), (("tcvn3_capitals", "tæng"),)]
    texts, encoding = decode_sheet([*runs, (("tcvn3", "§¶ng "), ("", "viên"))])
    assert texts == ["Kết nạp năm", "kết nạp", "Ghi chó", "TỔNG", "Đảng viên"]
    assert encoding == TCVN3


def test_a_letter_and_its_mark_may_stand_in_two_runs():
    """Runs of one font are joined before VNI is decoded."""
    assert decode_sheet([(("vni", "Soa"), ("vni", "á lieäu")), (("vni", "keát naïp"),)])[0][0] == "Soấ liệu"
    assert decode_sheet([(("vni", "So"), ("vni", "á lieäu")), (("vni", "keát naïp"),)])[0][0] == "Số liệu"


def test_a_sheets_name_is_decoded_as_its_sheet():
    """A name has no font; one that reads only as it stands is kept."""
    assert decode_name("N¨m 2023", TCVN3) == "Năm 2023"
    assert decode_name("Khoá 1", TCVN3) == "Khoá 1"
    assert decode_name("Năm 2023", TCVN3) == "Năm 2023"
    assert decode_name("N¨m 2023", UNICODE) == "N¨m 2023"
