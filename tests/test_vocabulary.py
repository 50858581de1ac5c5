"""The vocabulary as data, and what texts say by it."""

from collections import Counter
from pathlib import Path

import pytest

from dangvien_analysis import vocabulary
from dangvien_analysis.settings import Collection, School
from dangvien_analysis.text import bare, fold
from dangvien_analysis.vocabulary import Phrase
from dangvien_analysis.wording.cover import Index, header_index, lookalikes
from dangvien_analysis.wording.narrowing import narrowed
from dangvien_analysis.wording.ordinals import ordinal_rank, split_ordinal
from dangvien_analysis.wording.words import Words

FACETS = ("group", "breakdown", "measure", "kind", "reason")
SCHOOLS = (School("a", "Trường THPT A"), School("dai-an", "Trường THPT Đại An", ("Đại An 1",)))


@pytest.fixture(scope="module")
def words() -> Words:
    """The vocabulary of a collection with two schools and one alias of its own."""
    aliases = {"QCƯT là ĐVTN": {"group": "student"}}
    return Words(Collection("test", Path(), "Thử", schools=SCHOOLS, aliases=aliases))


def certain(phrase: vocabulary.Phrase) -> bool:
    """Tell whether a phrase has one reading that names a facet."""
    return len(phrase.readings) == 1 and bool(phrase.readings[0].keys() & set(FACETS))


@pytest.mark.parametrize("phrase", [p for p in vocabulary.phrases() if certain(p)], ids=lambda p: p.text)
def test_every_phrase_alone_says_what_its_line_says(words, phrase):
    """A phrase that another line swallows or contradicts would be dead data."""
    said = words.read(phrase.text, outside=phrase.outside)
    reading = phrase.readings[0]
    assert said.left == ()
    for facet in FACETS:
        if facet in reading:
            value = frozenset(reading[facet].split("+")) if facet == "breakdown" else reading[facet]
            got = said.facets.get(facet) or (said.weak if facet == "measure" else None)
            assert got == value


def test_every_value_of_a_phrase_is_a_value_of_the_contract():
    """A misspelt value would make numbers that no measure finds."""
    for phrase in vocabulary.phrases():
        if len(phrase.readings) == 1:
            for facet, value in phrase.readings[0].items():
                if facet in FACETS:
                    assert set(value.split("+")) <= set(vocabulary.known_values(facet)), phrase.text


def test_no_phrase_stands_twice_in_one_file():
    """Two lines for one wording are two readings by accident."""
    seen = Counter((fold(p.text), tuple(p.readings[0])[:1], p.header, p.outside) for p in vocabulary.phrases())
    assert [key[0] for key, times in seen.items() if times > 1] == []


def test_every_value_has_a_label_and_a_definition():
    """Reports and the data dictionary read them from here."""
    values = vocabulary.values()
    assert (values[["label", "definition"]].map(lambda text: len(text) > 1)).all(axis=None)
    assert not values.duplicated(["facet", "value"]).any()
    assert vocabulary.label("breakdown", "female+ethnic_minority") == "nữ, người dân tộc thiểu số"


@pytest.mark.parametrize(
    "text",
    [
        "Chưa được chi bộ đề nghị kết nạp",
        "Không kết nạp",
        "Hoãn kết nạp",
        "Trừ số đã kết nạp",
        "Còn kết nạp",
        "Học sinh ăn trưa",
    ],
)
def test_words_that_turn_the_meaning_are_left_over(words, text):
    """Negations are never neutral: such a header is not understood."""
    assert words.read(text).left


def test_many_wordings_of_one_header_say_the_same(words):
    """Order, neutral words, punctuation and missing accents do not matter."""
    texts = [
        "Số học sinh được kết nạp",
        "HỌC SINH KẾT NẠP ĐẢNG",
        "Kết nạp (học sinh)",
        "so hoc sinh ket nap",
        "HS KN",
        "Kết  nạp\u00a0học sinh",
    ]
    assert [dict(words.read(text).facets) for text in texts] == [{"group": "student", "measure": "admitted"}] * len(
        texts
    )


def test_parts_of_the_staff_together_are_the_staff(words):
    """«Cán bộ quản lý, giáo viên và nhân viên» names everybody; «giáo viên nữ» a part of a part."""
    assert words.read("Cán bộ quản lý, giáo viên và nhân viên").facets == {"group": "staff"}
    assert words.read("Giáo viên nữ").facets == {"group": "staff", "breakdown": frozenset({"teacher", "female"})}


def test_an_alias_of_the_collection_goes_before_the_common_words(words):
    """Only this office decided that its «QCƯT là ĐVTN» are pupils."""
    assert words.read("QCƯT là ĐVTN").facets == {"group": "student"}


def test_a_school_is_known_by_its_names(words):
    """«Chi bộ», «trường», «THPT» before a name never need an alias; a bare name counts as the whole text only."""
    for text in (
        "Trường THPT A",
        "THPT A",
        "Chi bộ Trường THPT A",
        "A",
        "CHI BỘ THPT A",
        "trường trung học phổ thông A",
    ):
        assert words.read(text).facets == {"school": "a"}, text
    assert words.read("Đại An 1").facets == {"school": "dai-an"}
    assert "school" not in words.read("Huyện ủy Đại An", outside=True).facets
    assert words.read_key("Trường THPT Đại Ân", "key_school").unknown_school
    assert words.nearest_school("Trường THPT Đại Ân") == "Trường THPT Đại An"


def test_an_unknown_word_is_never_quoted(words):
    """What the vocabulary does not read may be a person's name."""
    assert words.known_part("Kết nạp Nguyễn Văn Bình") == "Kết nạp …"


def test_ordinals_have_ranks():
    """A > I > 1 > 1.1 > a > - > +."""
    labels = ["A. Nữ", "I. Nữ", "1. Nữ", "1.1. Nữ", "a) Nữ", "- Nữ", "+ Nữ"]
    assert [split_ordinal(label) for label in labels] == [(rank, "Nữ") for rank in (0, 1, 2, 2.1, 3, 4, 5)]
    assert [split_ordinal(label) for label in ("K10", "12 em", "Nữ")] == [(None, "K10"), (None, "12 em"), (None, "Nữ")]
    assert [ordinal_rank(cell) for cell in ("A", "IV", "2", "(3)", "b", "x y")] == [0, 1, 2, 2, 3, None]


# --- typed without accents --------------------------------------------------------------------------------------


@pytest.mark.parametrize("phrase", [p for p in vocabulary.phrases() if fold(p.text) != bare(p.text)], ids=str)
def test_a_phrase_typed_without_accents_says_the_same_or_is_asked_about(words, phrase):
    """Whichever of the words that look like it was meant, nothing else is read."""
    typed = words.read(phrase.text, outside=phrase.outside)
    plain = words.without_accents({}).read(bare(phrase.text), outside=phrase.outside)
    asked = plain.left or len(plain.options) > len(typed.options)
    same = (plain.facets, plain.weak, plain.options) == (typed.facets, typed.weak, typed.options)
    assert asked or (same and plain.roles - {"title", "letterhead"} == typed.roles - {"title", "letterhead"})


def test_every_wording_that_stands_for_two_phrases_without_accents_is_asked_about(words):
    """The list is short; a new line in it needs no new code, but should be known."""
    found = lookalikes(vocabulary.phrases())
    assert found.keys() == {"nam"}
    for wording in found:
        for text in (wording, f"hoc sinh {wording}"):
            assert words.without_accents({}).read(text).options


def test_a_new_phrase_that_looks_like_another_without_accents_is_asked_about():
    """«tổ» and «to»: the mechanism, not the word, as header and within a text."""
    pair = [Phrase("tổ", ({"group": "staff"},)), Phrase("to", ({"group": "student"},)), Phrase("lớn", ({"kind": "x"},))]
    matches, left = Index(pair).cover(("to", "lon"), accents=False)
    assert left == []
    assert matches[0].readings == ({"group": "staff"}, {"group": "student"})
    headers = [pair[0]._replace(header=True), pair[1]]
    assert len(header_index(headers)[False][("to",)].readings) == 2


@pytest.mark.parametrize("word", ["cho", "dang", "tai"])
def test_a_neutral_word_that_looks_like_one_that_turns_the_meaning_is_left_over(words, word):
    """«chờ kết nạp», «đang kết nạp», «tái kết nạp» are not «kết nạp»."""
    assert words.without_accents({}).read(f"{word} ket nap").left == (word,)


@pytest.mark.parametrize("row", vocabulary.narrowing(), ids=lambda row: f"{row['phrase']} {row['use']}")
def test_every_phrase_that_narrows_is_heard_as_it_says(row):
    """One that a longer line swallows or contradicts would be dead data."""
    text = row["phrase"].replace("#", "2").replace("@", "12A1")
    expected = None if row["value"] == "none" else row["value"]
    assert narrowed(text, name="name" in row["use"]) == expected
