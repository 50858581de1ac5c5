"""Vietnamese typed before Unicode: TCVN3 (ABC) and VNI, which sit in cells as Latin look-alikes.

Which encoding a text is in is told by its font (".VnTime", "VNI-Times"). A font can lie, and a text can have lost its
font: then all the texts of the sheet under that font decide together, for one text cannot ("Ghi chó" is a dog in
Unicode and a note in TCVN3). Decoding comes before any other cleaning, because in TCVN3 the soft hyphen is a letter.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import starmap
from typing import NamedTuple

UNICODE = ""
TCVN3 = "tcvn3"
TCVN3_CAPITALS = "tcvn3_capitals"  # fonts such as .VnTimeH draw small letters as capitals
VNI = "vni"

# Letters that neither encoding's look-alikes contain: a text with one of them is Unicode already.
_UNICODE_ONLY = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]"
)
_CAPITALS_FONT = re.compile(r"^\.vn.*h$", re.IGNORECASE)


@lru_cache(maxsize=1024)
def font_encoding(font: str) -> str:
    """Return the encoding that a font's name stands for."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return TCVN3_CAPITALS if _CAPITALS_FONT.match(name) else TCVN3
    return VNI if name.startswith(("vni-", "vni ")) else UNICODE


def decode(text: str, encoding: str) -> str:
    """Return `text` in Unicode; a text that holds letters only Unicode has is returned as it is."""
    if encoding == UNICODE or _UNICODE_ONLY.search(text):
        return text
    if encoding == VNI:
        return decode_vni(text)
    return decode_tcvn3(text, capitals=encoding == TCVN3_CAPITALS)


def decode_tcvn3(text: str, capitals: bool = False) -> str:
    """Return TCVN3 text in Unicode, in capitals where its font draws them so."""
    text = text.translate(_tcvn3())
    return text.upper() if capitals else text


def decode_vni(text: str) -> str:
    """Return VNI text in Unicode; a letter and the mark after it are one letter."""
    pattern, letters = _vni()
    return pattern.sub(lambda match: letters[match[0]], text)


@lru_cache(maxsize=1)
def _tcvn3() -> dict[int, str]:
    return {ord(bytes.fromhex(row["byte"]).decode("latin-1")): row["letter"] for row in _table("tcvn3")}


@lru_cache(maxsize=1)
def _vni() -> tuple[re.Pattern, dict[str, str]]:
    letters = {}
    for row in _table("vni"):
        code, letter = row["code"], row["letter"]
        letters |= {code.upper(): letter.upper(), code[0].upper() + code[1:]: letter.upper()}
        letters |= {code[0] + code[1:].upper(): letter, code: letter}
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), letters


def _table(name: str) -> tuple[dict[str, str], ...]:
    text = (files(__package__) / "vocabulary" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


# --- what the texts of a sheet are in ---------------------------------------------------------------------------

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
    ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang
    oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn
    ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt
    uynh uyt uyu uơ ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
"""
_WORD = re.compile(r"[^\s!-@\[-`{-~]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPPED = ("c", "ch", "p", "t")  # a syllable that ends so bears no tone but the acute or the dot below


class Evidence(NamedTuple):
    """How many words with letters outside ASCII there are, and how many are Vietnamese syllables in each reading."""

    words: int
    unicode: int
    tcvn3: int
    vni: int


@lru_cache(maxsize=1 << 14)
def evidence(text: str) -> Evidence:
    """Return what one text says of its own encoding."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    readings = [(word, decode(word, TCVN3), decode(word, VNI)) for word in words]
    valid = [[_is_syllable(reading) for reading in row] for row in readings]
    legacy = [[row[i] and reads[i] != reads[0] for row, reads in zip(valid, readings, strict=True)] for i in (1, 2)]
    return Evidence(len(words), sum(row[0] for row in valid), sum(legacy[0]), sum(legacy[1]))


_LEAST = 2  # times as many words must read as Vietnamese in a legacy encoding as without decoding


def guess_encoding(texts: Iterable[str], claimed: str = UNICODE) -> str:
    """Return the encoding of texts that share a font, which claims one.

    A claim stands unless more words read as Vietnamese without decoding. Without a claim a legacy encoding must
    explain most words, at least two, and more than twice as many as no decoding does.
    """
    words, plain, tcvn3, vni = (sum(column) for column in zip(Evidence(0, 0, 0, 0), *map(evidence, texts), strict=True))
    if claimed != UNICODE:
        return UNICODE if plain > (vni if claimed == VNI else tcvn3) else claimed
    best, encoding = max((tcvn3, TCVN3), (vni, VNI))
    return encoding if best >= 2 and best > _LEAST * plain and 5 * best >= 3 * words else UNICODE


def decode_sheet(texts: Sequence[tuple[tuple[str, str], ...]]) -> tuple[list[str], str]:
    """Decode the texts of a sheet, each given as runs of (encoding claimed by the font, text).

    Return them, and the encoding that most of the sheet's accented text is in.
    """
    distinct = {run for runs in texts for run in runs}
    pools: dict[str, set[str]] = {}
    if not all(starmap(is_plain, distinct)):
        for claimed, text in distinct:
            if not text.isascii():
                pools.setdefault(_family(claimed), set()).add(text)
    decided = {claimed: guess_encoding(pool, claimed) for claimed, pool in pools.items()}
    if not any(decided.values()):
        return [runs[0][1] if len(runs) == 1 else "".join([text for _, text in runs]) for runs in texts], UNICODE
    weight = dict.fromkeys((UNICODE, TCVN3, VNI), 0)
    for claimed, encoding in decided.items():
        weight[encoding] += len(pools[claimed])
    return [_decode_runs(runs, decided) for runs in texts], max(weight, key=weight.get)


@lru_cache(maxsize=1 << 14)
def is_plain(claimed: str, text: str) -> bool:
    """Tell whether a text, with any number of such texts, is taken as it is typed: so it is with most."""
    if text.isascii():
        return True
    said = evidence(text)
    return claimed == UNICODE and max(said.tcvn3, said.vni) <= _LEAST * said.unicode


def decode_name(name: str, encoding: str) -> str:
    """Decode a sheet's name, which has no font, as the text of its sheet, unless it reads only as it is."""
    decoded = decode(name, encoding)
    own = evidence(name)
    return name if own.unicode > (own.vni if encoding == VNI else own.tcvn3) else decoded


def _family(encoding: str) -> str:
    return TCVN3 if encoding == TCVN3_CAPITALS else encoding


def _decode_runs(runs: tuple[tuple[str, str], ...], decided: dict[str, str]) -> str:
    if len(runs) > 1:
        runs = _joined(runs)  # in VNI a letter and its mark may stand in two runs
    parts = []
    for claimed, text in runs:
        encoding = decided.get(_family(claimed), UNICODE)
        parts.append(decode(text, claimed if encoding == _family(claimed) else encoding))
    return "".join(parts)


def _joined(runs: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    joined: list[tuple[str, str]] = []
    for claimed, text in runs:
        if joined and joined[-1][0] == claimed:
            joined[-1] = (claimed, joined[-1][1] + text)
        else:
            joined.append((claimed, text))
    return joined


@lru_cache(maxsize=1 << 14)
def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word.lower())
    tones = _TONES.findall(letters)
    base = unicodedata.normalize("NFC", _TONES.sub("", letters))
    if len(tones) > 1 or base not in _syllables():
        return False
    return not base.endswith(_STOPPED) or tones in (["\u0301"], ["\u0323"])


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    return frozenset(onset + rime for onset in ["", *_ONSETS.split()] for rime in _RIMES.split())
