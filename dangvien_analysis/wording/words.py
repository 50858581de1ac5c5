"""What a text of a return says: facet values, roles, times, and the words that were not understood.

Phrases are looked up as typed, with accents; only a text typed wholly without accents, and not understood so, is
compared without them. Of all ways to cover the words by phrases the one that leaves the fewest words over counts,
then the one with the fewest phrases.
"""

import difflib
import re
from collections.abc import Mapping

from dangvien_analysis import vocabulary
from dangvien_analysis.settings import Collection, School
from dangvien_analysis.text import bare, fold, has_accents, tidy
from dangvien_analysis.vocabulary import Phrase
from dangvien_analysis.wording import timewords
from dangvien_analysis.wording.cover import Index, header_index
from dangvien_analysis.wording.said import Said, settle, with_time

_FORM_NUMBER = re.compile(r"^(?:biểu|bảng|mẫu|phụ lục)(?: số)?\s*[\w./-]{1,6}\s*[:.,–-]\s*", re.IGNORECASE)
_ROW_NUMBER = r"(?:[IVX]+|[A-E]|\d{1,2})"
_SUM_OF_ROWS = re.compile(rf"\(\s*=?\s*{_ROW_NUMBER}(?:\s*[-+,;]\s*{_ROW_NUMBER})+\s*\)")  # "(I + II)"
_SCHOOL_PREFIXES = ("chi bộ", "đảng bộ", "đảng ủy", "chi ủy", "đoàn trường", "công đoàn", "cbcs", "chi bộ cơ sở")
_SCHOOL_KINDS = ("trường thpt", "trường trung học phổ thông", "thpt", "trung học phổ thông", "trường", "tr thpt", "tr")
_UNIT_WORDS = ("người", "em", "đồng chí", "học sinh")


class Words:
    """The vocabulary of one collection: the common phrases, its own aliases, and the names of its schools."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.schools: dict[str, str] = {}  # id -> name, also of schools met in the returns
        self._names: dict[str, set[str]] = {}  # core of a name -> ids
        self._cache: dict[tuple[str, bool], Said] = {}
        phrases = [*vocabulary.phrases(), *_alias_phrases(collection.aliases)]
        self._header = header_index(phrases)
        self._known_header_texts = [p.text for p in phrases if p.readings != ({"neutral": "word"},)]
        self._inside = Index(p for p in phrases if not p.header and not p.outside)
        self._outside = Index(p for p in phrases if not p.header)
        for school in collection.schools:
            self._learn(school)

    def read(self, text: str, outside: bool = False) -> Said:
        """Return what a header, a row label or (`outside`) a line outside tables says."""
        key = (text, outside)
        if (said := self._cache.get(key)) is None:
            said = self._cache[key] = self._read(tidy(text), outside)
        return said

    def read_key(self, text: str, key: str) -> Said:
        """Return what a cell of a key column says; `key` is "key_school", "key_period" or "key_cohort"."""
        if key == "key_school":
            return self._read_school(text)
        if key == "key_period" and (year := timewords.bare_year(text)):
            return Said({"period": year})
        if key == "key_cohort":
            return self._read_cohort(text)
        return self.read(text)

    def nearest(self, text: str) -> str | None:
        """Return the known phrase most like `text`, or None when nothing is near."""
        close = difflib.get_close_matches(tidy(text).casefold(), self._known_header_texts, n=1, cutoff=0.6)
        return close[0] if close else None

    def nearest_school(self, text: str) -> str | None:
        """Return the name of the school whose name is most like `text`, or None."""
        cores = {bare(core): core for core in self._names}
        close = difflib.get_close_matches(bare(_core(fold(text))), list(cores), n=1, cutoff=0.75)
        return self.schools[min(self._names[cores[close[0]]])] if close else None

    def known_part(self, text: str) -> str:
        """Return `text` with the words that were not understood replaced by "…", safe to quote in a message."""
        said = self.read(text)
        unknown = set(said.left)
        kept = [
            "…" if fold(word) in unknown or set(fold(word).split()) & unknown else word for word in tidy(text).split()
        ]
        return re.sub(r"…( …)+", "…", " ".join(kept))

    # --- one text -------------------------------------------------------------------------------------------

    def _read(self, text: str, outside: bool) -> Said:
        folded = fold(text)
        if (not outside or _core(folded) != folded) and (school := self._whole_school(text)):
            return Said({"school": school})
        text = _SUM_OF_ROWS.sub("", text)
        segments = _FORM_NUMBER.sub("", text).split(" - ") if outside or " - " in text else [text]
        named = {school for segment in segments if len(segments) > 1 and (school := self._whole_school(segment))}
        if len(named) == 1:  # "Hòa Bình - Học sinh": a bare name counts as the whole of its part
            rest = self._read(" - ".join(segment for segment in segments if not self._whole_school(segment)), outside)
            return rest._replace(facets={"school": next(iter(named)), **rest.facets})
        time, pieces = timewords.find(" - ".join(segments))
        said = self._read_pieces(pieces, outside)
        if said.left and not has_accents(text):
            plain = self._read_pieces(pieces, outside, accents=False)
            said = plain if len(plain.left) < len(said.left) else said
        said = with_time(said, time)
        if said.left and "school" not in said.facets and self._claims_school(folded, outside):
            said = self._unknown_school(said, text)
        return said

    def _read_pieces(self, pieces: tuple[str, ...], outside: bool, accents: bool = True) -> Said:
        words = [fold(piece).split() if accents else bare(piece).split() for piece in pieces]
        whole = tuple(word for piece in words for word in piece)
        while len(whole) > 1 and whole[-1] in _UNIT_WORDS and whole not in self._header[accents]:
            whole = whole[:-1]
        if match := self._header[accents].get(whole):
            return settle([match])
        if (ratio := self._ratio(pieces, outside)) is not None:
            return ratio
        index = self._outside if outside else self._inside
        matches, left = [], []
        for piece in words:
            found, over = index.cover(tuple(piece), accents)
            matches += found
            left += over
        return settle(matches)._replace(left=tuple(left))

    def _ratio(self, pieces: tuple[str, ...], outside: bool) -> Said | None:
        """Read "TH/KH" or "kết nạp so với cử học": a rate of two things that each name a measure or a kind."""
        text = " ".join(pieces)
        for mark in ("/", " so với ", ":"):
            before, found, after = text.partition(mark)
            if found and "/" not in after:
                sides = [self._read_pieces((side,), outside) for side in (before, after)]
                if all(
                    (side.facets.keys() & {"measure", "kind"} or side.options or side.weak) and not side.left
                    for side in sides
                ) and (mark != ":" or "rate" in sides[0].roles | sides[1].roles):
                    return Said(roles=frozenset({"rate"}), ratio=(sides[0], sides[1]))
        return None

    # --- names of schools -------------------------------------------------------------------------------------

    def _learn(self, school: School) -> None:
        self.schools[school.id] = school.name
        phrases = []
        for name in (school.name, *school.aliases):
            folded = fold(name)
            self._names.setdefault(_core(folded), set()).add(school.id)
            named = [f"{kind} {_core(folded)}" for kind in _SCHOOL_KINDS]
            named += [f"{prefix} {name}" for prefix in _SCHOOL_PREFIXES for name in named]
            phrases += [Phrase(name, ({"school": school.id},)) for name in named]
            if folded != _core(folded) or len(folded.split()) > 1:
                self._names.setdefault(folded, set()).add(school.id)
        for index in (self._inside, self._outside):
            index.add(phrases)
        self._cache.clear()

    def _whole_school(self, text: str) -> str | None:
        """Return the school whose name is the whole of `text`, with or without "chi bộ", "trường", "THPT"."""
        folded = fold(text)
        ids = self._names.get(folded) or self._names.get(_core(folded))
        if ids is None and not has_accents(text):
            plain = bare(_core(folded))
            ids = {school for core, schools in self._names.items() if bare(core) == plain for school in schools}
        return next(iter(ids)) if ids and len(ids) == 1 else None

    def _read_school(self, text: str) -> Said:
        if school := self._whole_school(text):
            return Said({"school": school})
        said = self.read(text)
        return self._unknown_school(said, text) if said.left else said

    def _claims_school(self, folded: str, outside: bool) -> bool:
        core = _core(folded)
        if core == folded or not core:
            return False
        return not outside or len(core.split()) <= 5

    def _unknown_school(self, said: Said, text: str) -> Said:
        """Name a new school where the collection registers none; otherwise leave the name unknown."""
        folded = fold(text)
        if self.collection.schools or _core(folded) == folded or not _core(folded):
            return said._replace(unknown_school=True)
        name = re.sub(r"^(chi bộ|đảng bộ|trường)\s+", "", tidy(text), flags=re.IGNORECASE)
        school = School("-".join(bare(name).split()), tidy(text))
        self._learn(school)
        return Said({"school": school.id})

    def _read_cohort(self, text: str) -> Said:
        if year := timewords.bare_year(text):
            return Said({"cohort": year})
        said = self.read(text)
        if "cohort" not in said.facets and "period" in said.facets and len(said.facets["period"]) == 4:
            facets = dict(said.facets)
            facets["cohort"] = facets.pop("period")
            return said._replace(facets=facets)
        return said


def _alias_phrases(aliases: Mapping[str, Mapping[str, str]]) -> list[Phrase]:
    return [Phrase(text, (dict(reading),), alias=True) for text, reading in aliases.items()]


def _core(folded: str) -> str:
    """Return a school's name without what may stand before it: "chi bộ trường thpt a" -> "a"."""
    for prefix in (*_SCHOOL_PREFIXES, *_SCHOOL_KINDS):
        if folded == prefix:
            return ""
        if folded.startswith(prefix + " "):
            return _core(folded[len(prefix) + 1 :])
    return folded
