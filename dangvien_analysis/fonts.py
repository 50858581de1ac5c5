"""The one typeface of everything that is printed: PDF, HTML, and the words inside charts.

It is Libertinus Serif (SIL Open Font License 1.1), a book face with the proportions of Times, tabular figures and
every Vietnamese letter. It is not committed and not installed by anyone: typst carries it inside its own program, and
it is copied out of there, so that a page on a screen shows the very letters of the printed one. A test looks at every
letter, so a typst that carries another face, or none, cannot go unnoticed.
"""

import base64
import hashlib
import io
import mmap
import os
import struct
import tempfile
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

TEXT_FACE = CHART_FACE = "Libertinus Serif"
STYLES = ("Regular", "Italic", "Bold")  # the bold italic lacks ơ and ư, and is never used
FEATURES = ("kern", "liga", "ccmp", "mark", "mkmk", "locl", "tnum", "lnum")

_VOWELS, _CONSONANTS, _TONES = "aăâeêioôơuưy", "bcdđghklmnpqrstvxfjwz", ("", *"\u0300\u0301\u0303\u0309\u0323")
_SIGNS = "\u00a0«»“”‘’–—−…·•×±≤≥½%‰°→†§□"


def vietnamese_letters() -> str:
    """Return every letter of the Vietnamese alphabet with each of its tones, small and capital, composed."""
    small = [normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES] + [*_CONSONANTS]
    return "".join(small) + "".join(small).upper()


def usual_letters() -> str:
    """Return the letters and signs that any report may use."""
    return vietnamese_letters() + "".join(map(chr, range(32, 127))) + _SIGNS


@lru_cache(maxsize=1)
def faces() -> dict[str, bytes]:
    """Return the font files as typst carries them: {"Regular": …, "Italic": …, "Bold": …}.

    Raises RuntimeError where typst does not carry them: a report is never set in whatever face the computer has.
    """
    import typst

    found: dict[str, bytes] = {}
    program = next(Path(typst.__file__).parent.glob("_typst.*"))
    with program.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        place = content.find(b"OTTO")
        while place >= 0 and len(found) < len(STYLES):
            style, data = _font_at(content, place)
            if style in STYLES:
                found.setdefault(style, data)
            place = content.find(b"OTTO", place + 4)
    if missing := [style for style in STYLES if style not in found]:
        raise RuntimeError(f"typst {typst.__version__} carries no {TEXT_FACE} {', '.join(missing)}")
    return found


def _font_at(content: mmap.mmap, place: int) -> tuple[str, bytes]:
    """Return style and bytes of the font that begins at `place`, or ("", b"") if none of the face does.

    An OpenType file says where its tables lie, and so how long it is: the end of its last table.
    """
    tables = struct.unpack(">H", content[place + 4 : place + 6])[0]
    directory = content[place + 12 : place + 12 + 16 * tables]
    if not 5 <= tables <= 40 or len(directory) < 16 * tables:
        return "", b""
    entries = {tag: (start, size) for tag, _, start, size in struct.iter_unpack(">4sLLL", directory)}
    if b"name" not in entries:
        return "", b""
    start, size = entries[b"name"]
    names = content[place + start : place + start + size]
    for style in STYLES:
        if _file_name(style).encode("utf-16-be") in _name_texts(names):
            return style, content[place : place + max(sum(entry) for entry in entries.values())]
    return "", b""


def _name_texts(table: bytes) -> list[bytes]:
    """Return the texts of a font's name table."""
    count, texts = struct.unpack(">2H", table[2:6])
    records = struct.iter_unpack(">6H", table[6 : 6 + 12 * count])
    return [table[texts + start : texts + start + size] for *_, size, start in records]


@lru_cache(maxsize=1)
def coverage() -> frozenset[str]:
    """Return the letters that every style of the face has."""
    from fontTools.ttLib import TTFont

    maps = [set(TTFont(io.BytesIO(data)).getBestCmap()) for data in faces().values()]
    return frozenset(map(chr, set.intersection(*maps)))


@lru_cache(maxsize=1)
def register_for_charts() -> None:
    """Make the face known to matplotlib in this process; it wants files, which are kept in its own cache folder."""
    from matplotlib import font_manager

    for style in ("Regular", "Bold"):
        font_manager.fontManager.addfont(_kept(f"{style}.otf", faces()[style]))


@lru_cache(maxsize=32)
def web_face(style: str, letters: str = "") -> str:
    """Return the face as base64 WOFF with the usual letters and those of `letters` that it has.

    WOFF and not WOFF2: the third that WOFF2 would save needs a compiled package more. Taking the letters out costs a
    quarter of a second, so that the usual ones are kept.
    """
    wanted = "".join(sorted({*usual_letters(), *letters}))
    key = hashlib.sha256(faces()[style] + wanted.encode() + "".join(FEATURES).encode()).hexdigest()[:16]
    file = _cache_folder() / _file_name(f"{style}-{key}.woff")
    data = file.read_bytes() if file.is_file() else _subset(faces()[style], wanted)
    _kept(f"{style}-{key}.woff", data)
    return base64.b64encode(data).decode("ascii")


def _subset(font_file: bytes, letters: str) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(layout_features=list(FEATURES), hinting=False, name_IDs=[0, 1, 2, 13, 14])
    font = TTFont(io.BytesIO(font_file), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    font.flavor = "woff"
    with io.BytesIO() as file:
        font.save(file)
        return file.getvalue()


def _cache_folder() -> Path:
    import matplotlib as mpl

    return Path(mpl.get_cachedir())


def _file_name(ending: str) -> str:
    return f"{TEXT_FACE.replace(' ', '')}-{ending}"


def _kept(ending: str, data: bytes) -> Path:
    """Return the cached file with exactly these bytes, swapped in whole, so that no half a font is ever read."""
    file = _cache_folder() / _file_name(ending)
    if not file.is_file() or file.read_bytes() != data:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.stem, suffix=file.suffix)
        with os.fdopen(handle, "wb") as part:
            part.write(data)
        try:
            Path(name).replace(file)
        except PermissionError:  # Windows: another process is reading the same font at this moment
            return Path(name)
    return file


def unusual(text: str) -> str:
    """Return, sorted, the letters of a text that the face has and that are not among the usual ones."""
    return "".join(sorted((set(text) - set(usual_letters())) & coverage()))
