"""Names of schools in texts: "Chi bộ Trường THPT A", "THPT A" and, as a whole text only, "A".

A school can bear the name of its district, so that a bare name within a longer text says nothing.
"""

import difflib
import re

from dangvien_analysis.settings import School
from dangvien_analysis.text import bare, fold, has_accents

PREFIXES = ("chi bộ cơ sở", "chi bộ", "đảng bộ", "đảng ủy", "chi ủy", "đoàn trường", "công đoàn", "cbcs")
_ADDRESS = re.compile(r"\W*(?:kính gửi|gửi|nơi nhận|kinh gui|gui|noi nhan)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:tại|ở|từ|đến|sang|về|tai|tu|den)\s+(?:chi bộ\s+|đảng bộ\s+)?(?:trường|thpt|truong)\b", re.IGNORECASE
)
_ROMAN = re.compile("i{1,3}|iv|vi{0,3}")
KINDS = ("trường trung học phổ thông", "trường thpt", "trường", "trung học phổ thông", "thpt", "tr thpt", "tr")


class SchoolNames:
    """The registered names, and names met in the returns where none are registered."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}  # id -> name as written
        self._ids: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}  # by accents: core of a name -> ids
        self._longest = 1

    def add(self, school: School) -> None:
        """Register a school under its name and aliases."""
        self.names[school.id] = school.name
        for name in school.all_names:
            folded = fold(name)
            for form in {folded, core(folded)} - {""}:
                self._ids[True].setdefault(form, set()).add(school.id)
                self._ids[False].setdefault(bare(form), set()).add(school.id)
                self._longest = max(self._longest, len(form.split()))

    def whole(self, text: str) -> str | None:
        """Return the school whose name is the whole of `text`; without accents only if it has none."""
        folded = fold(text)
        ids = self._ids[True].get(folded) or self._ids[True].get(core(folded))
        if ids is None and not has_accents(text):
            ids = self._ids[False].get(bare(core(folded)))
        return next(iter(ids)) if ids and len(ids) == 1 else None

    def find(self, words: list[str], accents: bool) -> tuple[int, int, str] | None:
        """Return where a name stands in a text (from, to) and whose it is: a word for "school" and a known name."""
        for start, word in enumerate(words):
            if word in _FIRST_WORDS[accents] and (end := _after_kind(words, start, accents)):
                for stop in range(min(len(words), end + self._longest), end, -1):
                    ids = self._ids[accents].get(" ".join(words[end:stop]), ())
                    if len(ids) == 1 and not narrows(words[stop:]):
                        return start, stop, next(iter(ids))
        return None

    def nearest(self, text: str) -> str | None:
        """Return the name of the school whose name is most like `text`, or None."""
        forms = self._ids[False]
        close = difflib.get_close_matches(bare(core(fold(text))), list(forms), n=1, cutoff=0.75)
        return self.names[min(forms[close[0]])] if close else None


def core(folded: str) -> str:
    """Return a school's name without what may stand before it: "chi bộ trường thpt a" -> "a"."""
    for prefix in (*PREFIXES, *KINDS):
        if folded == prefix:
            return ""
        if folded.startswith(prefix + " "):
            return core(folded[len(prefix) + 1 :])
    return folded


def narrows(words: list[str]) -> bool:
    """Tell whether what stands behind a name makes it another one: "Nguyễn Du 2", "Nguyễn Du B", "… cơ sở 2"."""
    first = words[0] if words else ""
    if first in ("số", "so"):
        return narrows(words[1:2])
    numbered = first.isdigit() and len(first) < 3
    return numbered or (len(first) == 1 and first.isalpha()) or bool(_ROMAN.fullmatch(first)) or is_branch(words)


def is_branch(words: list[str]) -> bool:
    """Tell whether words open with that for a part of a school: "cơ sở 2", "phân hiệu"."""
    return " ".join(words[:2]) in {"cơ sở", "phân hiệu", "phân trường", "co so", "phan hieu", "phan truong"}


def names_elsewhere(text: str, outside: bool, counted: bool) -> bool:
    """Tell whether a text names a school that its numbers are not of: to which it is sent, or where people studied.

    "Kính gửi: Trường THPT A" `outside` tables; "Hoàn thành lớp tại Trường THPT A" in one, if it says what is `counted`.
    A title is of the school behind "tại".
    """
    return bool(_ADDRESS.match(text) if outside else counted and _ELSEWHERE.search(text))


def _words(phrases: tuple[str, ...], accents: bool) -> list[list[str]]:
    return [(phrase if accents else bare(phrase)).split() for phrase in phrases]


_PREFIX_WORDS = {accents: _words(PREFIXES, accents) for accents in (True, False)}
_KIND_WORDS = {accents: _words(KINDS, accents) for accents in (True, False)}
_FIRST_WORDS = {accents: {w[0] for w in _PREFIX_WORDS[accents] + _KIND_WORDS[accents]} for accents in (True, False)}


def _after_kind(words: list[str], start: int, accents: bool) -> int:
    """Return where a name begins: after "chi bộ", if it stands there, and "trường THPT", which must, or else 0."""
    for prefix in _PREFIX_WORDS[accents]:
        if words[start : start + len(prefix)] == prefix:
            start += len(prefix)
            break
    for kind in _KIND_WORDS[accents]:
        if words[start : start + len(kind)] == kind:
            return start + len(kind)
    return 0
