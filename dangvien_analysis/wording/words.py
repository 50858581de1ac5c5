"""What a text of a return says: facet values, roles, times, and the words that were not understood.

Phrases are looked up as typed, with accents; only a text typed wholly without accents, and not understood so, is
compared without them. Of all ways to cover the words by phrases the one that leaves the fewest words over counts,
then the one with the fewest phrases.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from copy import copy
from functools import lru_cache

from dangvien_analysis import vocabulary
from dangvien_analysis.settings import Collection, School
from dangvien_analysis.text import bare, fold, has_accents, tidy
from dangvien_analysis.vocabulary import Phrase
from dangvien_analysis.wording import citations, events, outlook, timewords
from dangvien_analysis.wording.bodies import admits_elsewhere, of_other_body
from dangvien_analysis.wording.contradictions import weigh
from dangvien_analysis.wording.cover import Index, Match, header_index, lookalikes
from dangvien_analysis.wording.everybody import names_everybody, pupils
from dangvien_analysis.wording.names import with_shorthand
from dangvien_analysis.wording.ordinals import split_ordinal
from dangvien_analysis.wording.said import WHOLE, Said, choose, is_whole_of, says_what, settle, with_time
from dangvien_analysis.wording.schools import SchoolNames, core, is_branch, names_elsewhere
from dangvien_analysis.wording.units import counts_people, is_other, split_unit

FORM_NUMBER = re.compile(r"^(?:biểu|bảng|mẫu|phụ lục)(?: số)?\s*[\w./-]{1,6}(?:\s*[:.,–-]\s*|$)", re.IGNORECASE)
_ROW_NUMBER = r"(?:[IVX]+|[A-E]|\d{1,2})"
_SUM_OF_ROWS = re.compile(rf"\(\s*=?\s*{_ROW_NUMBER}(?:\s*[-+,;]\s*{_ROW_NUMBER})+\s*\)")  # "(I + II)"
_SUM_OF_SCHOOLS = re.compile(  # "Tổng cộng 02 đơn vị"
    r"^((?:tổng|cộng|tong|cong)(?: cộng| số| cong| so)?):? \(?\d{1,3} "
    r"(?:trường|đơn vị|chi bộ|truong|don vi|chi bo)(?: thpt)?\)?$",
    re.IGNORECASE,
)
_NAM = re.compile(r"\bnam (?:học )?(?:19|20)\d\d", re.IGNORECASE)  # beside accents: male, or a year typed in haste
_PLACE_AND_MONTH = re.compile(r"[^,:\d]+,\s*tháng\s*\d{1,2}(?:\s+năm\s+|\s*[/-]\s*)\d{4}$", re.IGNORECASE)
LONGEST_NAME = 5  # words; a longer line that begins with "Trường" is a sentence
_NEW_SCHOOL = re.compile(r"(?:trường|thpt|trung học phổ thông|chi bộ)\b")
_NAMED_SCHOOL = re.compile(r"(?:(?:chi|đảng) bộ )?(?:trường )?(?:thpt|trung học phổ thông)\b")
_BEFORE_NAME = re.compile(r"^(?:(?:chi|đảng) bộ\s+)?(?:trường\s+)?", re.IGNORECASE)
_UNITS = ("người", "em")
_UNIT_WORDS = {True: _UNITS, False: tuple(map(bare, _UNITS))}


# What a text tells of how its sheet was typed, as bits: "HS" is written so by everybody.
ACCENTS = 1  # with accents
BARE = 2  # without them: only so it is understood
DOUBTFUL = 4  # without accents it may say something else


def unnumbered(text: str) -> str:
    """Return a text without accents and without the number that it opens with."""
    return bare(split_ordinal(text)[1])


_WHOLE_UNIT, _WHOLLY = Said({"group": "all"}), ("toàn ", "toan ")


class Words:
    """The vocabulary of one collection: the common phrases, its own aliases, and the names of its schools."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._schools = SchoolNames()
        self._cache: dict[tuple[str, bool], Said] = {}
        self._names: dict[tuple[str, bool], Said] = {}
        self._caches = [self._cache, self._names]  # also of the views for sheets typed without accents
        self._typing: dict[str, int] = {}
        self._without_accents: dict[frozenset, Words] = {}  # by what was settled
        self._settled: Mapping[str, Mapping[str, str]] | None = None  # for a sheet typed without accents
        lookup = _lookup(tuple((text, tuple(reading.items())) for text, reading in collection.aliases.items()))
        self._header, self._known_header_texts, self._lookalikes, self._inside, self._outside = lookup
        for school in collection.schools:
            self._schools.add(school)

    @property
    def schools(self) -> Mapping[str, str]:
        """The names of the schools by id, also of those met in the returns where none are registered."""
        return self._schools.names

    def read(self, text: str, outside: bool = False) -> Said:
        """Return what a header, a row label or (`outside`) a line outside tables says."""
        key = (text, outside)
        if (said := self._cache.get(key)) is None:
            said = self._read_line(tidy(text)) if outside else self._read(tidy(text), outside)
            if not outside and said == _WHOLE_UNIT and fold(text).startswith(_WHOLLY):
                said = said._replace(roles=frozenset({WHOLE}))
            self._cache[key] = said
        return said

    def read_outside(self, text: str) -> Said:
        """Return what a line outside tables says."""
        return self.read(text, outside=True)

    def read_name(self, name: str, file: bool = False) -> Said:
        """Return what the name of a sheet, or of a file without its ending, says.

        A bare name of a school is the whole of it.
        """
        key = (name, file)
        if (said := self._names.get(key)) is None:
            text = name.replace("_", " ")
            school = self._schools.whole(text)
            said = Said({"school": school}) if school else with_shorthand(self.read(text, outside=file), text)
            self._names[key] = said
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

    def typing(self, text: str) -> int:
        """Return what a text tells of how its sheet was typed: ACCENTS, BARE, DOUBTFUL, together or none."""
        if (typing := self._typing.get(text)) is None:
            typing = self._typing[text] = self._typed(text)
        return typing

    def without_accents(self, settled: Mapping[str, Mapping[str, str]]) -> "Words":
        """Return the words for a sheet typed without accents, where "nam" may be "năm".

        `settled`: what a text, without accents and without its number, was found to say by what stands beside it.
        """
        key = frozenset((text, *reading.items()) for text, reading in settled.items())
        if key not in self._without_accents:
            self._without_accents[key] = copy(self).settle(settled)
        return self._without_accents[key]

    def settle(self, settled: Mapping[str, Mapping[str, str]]) -> "Words":
        """Become the words of a sheet typed without accents."""
        self._cache, self._names, self._settled = {}, {}, settled
        self._caches += [self._cache, self._names]
        return self

    def nearest(self, text: str) -> str | None:
        """Return the known phrase most like `text`, or None when nothing is near."""
        close = difflib.get_close_matches(tidy(text).casefold(), self._known_header_texts, n=1, cutoff=0.6)
        return close[0] if close else None

    def nearest_school(self, text: str) -> str | None:
        """Return the name of the school whose name is most like `text`, or None."""
        return self._schools.nearest(text)

    def known_part(self, text: str) -> str:
        """Return `text` with the words that were not understood replaced by "…", safe to quote in a message."""
        said = self.read(text)
        unknown = set(said.left)
        kept = [
            "…" if fold(word) in unknown or set(fold(word).split()) & unknown else word for word in tidy(text).split()
        ]
        return re.sub(r"…( …)+", "…", " ".join(kept))

    # --- one text -------------------------------------------------------------------------------------------

    def _read_line(self, text: str) -> Said:
        """Read a text outside tables; of a report's title that names what comes next, what it reports on."""
        if found := outlook.reported(text):
            said = self._read(found[0], True)
            if not outlook.is_plan(said):
                return said._replace(roles=said.roles | found[1])
        said = self._read(text, True)
        return said._replace(roles=said.roles | {outlook.GOES_ON}) if outlook.goes_on(text, said) else said

    def _read(self, text: str, outside: bool) -> Said:
        folded = fold(text)
        if (not outside or core(folded) != folded) and (school := self._schools.whole(text)):
            return Said({"school": school})
        rest, unit = split_unit(text)
        if unit is not None:
            return self._with_unit(self._read(rest, outside) if rest else Said(), unit)
        if outside and is_other(text):
            return self._with_unit(Said(), text)
        text = _SUM_OF_ROWS.sub("", text)
        segments = FORM_NUMBER.sub("", text).split(" - ") if outside or " - " in text else [text]
        named = {school for segment in segments if len(segments) > 1 and (school := self._schools.whole(segment))}
        # "Hòa Bình - Học sinh": a bare name counts as the whole of its part.
        if len(named) == 1 and not any(is_branch(fold(segment).split()) for segment in segments):
            rest = self._read(" - ".join(segment for segment in segments if not self._schools.whole(segment)), outside)
            return rest._replace(facets={"school": next(iter(named)), **rest.facets})
        if school := self._labelled_school(text):
            return Said({"school": school})
        if not outside:
            text = _SUM_OF_SCHOOLS.sub(r"\1", text)
            segments = [text] if len(segments) == 1 else segments
        time, pieces = timewords.find(" - ".join(segments))
        if outside and _PLACE_AND_MONTH.match(text):
            time = timewords.NOTHING  # where and when the return was written
        said = self._say(text, pieces, outside)
        said = _heard_outside(said, time, text.casefold()) if outside else with_time(said, time)
        said = _without_other_school(said, text, outside)
        if _NAM.search(text) and has_accents(text) and (not outside or "group" in said.facets):
            said = said._replace(left=(*said.left, "nam"))
        if said.left and "school" not in said.facets and self._claims_school(folded, outside):
            said = self._unknown_school(said, text)
        return said

    def _with_unit(self, said: Said, unit: str) -> Said:
        """Add the unit that a text states; one of something else than people is never understood."""
        if not counts_people(unit):
            return said._replace(roles=said.roles | {"other_unit"}, left=(*said.left, *fold(unit).split()))
        said = said._replace(roles=said.roles | {"unit_of_people"})
        group = self.read(unit).facets.get("group")
        if group is None or said.facets.get("group") == group:
            return said
        if "group" in said.facets:
            return said._replace(clash=(*said.clash, "group"))
        return said._replace(facets={**said.facets, "group": group}, unit_group=group)

    def _typed(self, text: str) -> int:
        if has_accents(text):
            return ACCENTS
        words = unnumbered(text)
        typed, plain = (words_.read(words) for words_ in (self, self.without_accents({})))
        exact = self._read_pieces(timewords.find(words)[1], False)
        found = BARE if exact.left and len(plain.left) < len(exact.left) else 0
        doubtful = typed != plain or (plain.options and any(f" {w} " in f" {words} " for w in self._lookalikes))
        return found | DOUBTFUL if doubtful else found

    def _say(self, text: str, pieces: tuple[str, ...], outside: bool) -> Said:
        """Read what is left of a text when times are taken out: as typed first, then without accents."""
        if has_accents(text):
            return self._read_pieces(pieces, outside)
        if self._settled is not None:
            plain = self._read_pieces(pieces, outside, accents=False)
            reading = self._settled.get(unnumbered(text))
            return choose(plain, reading) if reading else plain
        said = self._read_pieces(pieces, outside)
        if not said.left and not said.nothing:
            return said
        plain = self._read_pieces(pieces, outside, accents=False)
        return plain if len(plain.left) < len(said.left) or said.nothing else said  # "trong do" is "trong đó"

    def _read_pieces(self, pieces: tuple[str, ...], outside: bool, accents: bool = True) -> Said:
        words = [fold(piece).split() if accents else bare(piece).split() for piece in pieces]
        whole = tuple(word for piece in words for word in piece)
        while len(whole) > 1 and whole[-1] in _UNIT_WORDS[accents] and whole not in self._header[accents]:
            whole = whole[:-1]
        if match := self._header[accents].get(whole):
            return settle([match])
        if (ratio := self._ratio(pieces, outside)) is not None:
            return ratio
        index = self._outside if outside else self._inside
        matches, left = [], []
        for piece in words:
            found, over = self._cover(piece, index, accents)
            matches, left = matches + found, left + over
        said = settle(pupils(matches, whole, accents))._replace(left=tuple(left))
        if not outside and names_everybody(said, whole, accents):
            said = said._replace(roles=said.roles | {"everybody"})
        if said.yielded or said.weak == "party_members":
            said = weigh(said, " ".join(pieces), accents, lambda part: self._read_pieces((part,), outside, accents))
        if any("/" in piece for piece in pieces) and (role := self._perhaps_rate(pieces, outside)):
            said = said._replace(roles=said.roles - {"total"} | {role})
        elsewhere = any(admits_elsewhere(" ".join(piece), accents) for piece in words)
        return of_other_body(said) if elsewhere else said

    def _cover(self, piece: list[str], index: Index, accents: bool) -> tuple[list[Match], list[str]]:
        """Take the names of schools out of a piece of text, and cover what stands around them by phrases."""
        named = self._schools.find(piece, accents)
        if named is None:
            return index.cover(tuple(piece), accents)
        start, stop, school = named
        before, left = index.cover(tuple(piece[:start]), accents)
        after, more = self._cover(piece[stop:], index, accents)
        return [*before, Match(stop - start, ({"school": school},), False), *after], [*left, *more]

    def _ratio(self, pieces: tuple[str, ...], outside: bool) -> Said | None:
        """Read "TH/KH" or "kết nạp so với cử học": a rate of two things that each name a measure or a kind."""
        for mark, over, under in self._sides(pieces, outside):
            if says_what(over) and says_what(under) and (mark != ":" or "rate" in over.roles | under.roles):
                return Said(roles=frozenset({"rate"}), ratio=(over, under))
        return None

    def _sides(self, pieces: tuple[str, ...], outside: bool) -> Iterator[tuple[str, Said, Said]]:
        """Yield what stands before and after a mark of division, where both were understood."""
        text = " ".join(pieces)
        for mark in ("/", " so với ", ":"):
            before, found, after = text.partition(mark)
            if found and "/" not in after:
                over, under = (self._read_pieces((side,), outside) for side in (before, after))
                if not (over.left or under.left):
                    yield mark, over, under

    def _perhaps_rate(self, pieces: tuple[str, ...], outside: bool) -> str | None:
        """Return the role of a text in which below a stroke stand the people of whom those above are a part.

        "Kết nạp/giáo viên" may as well be two headers written in one, "GV kết nạp/GV" hardly.
        """
        for mark, over, under in self._sides(pieces, outside):
            if mark == "/" and ("measure" in over.facets or over.weak) and is_whole_of(over, under):
                return "rate_of_group" if "group" in over.facets else "perhaps_rate"
        return None

    # --- names of schools -------------------------------------------------------------------------------------

    def _read_school(self, text: str) -> Said:
        if school := self._schools.whole(text):
            return Said({"school": school})
        said = self.read(text)
        return self._unknown_school(said, text) if said.left else said

    def _labelled_school(self, text: str) -> str | None:
        """Return the school in "Đơn vị báo cáo: Trung tâm GDTX A": behind such a label any name is the whole text."""
        label, colon, name = text.partition(":")
        return self._schools.whole(name) if colon and "key_school" in self.read(label).roles else None

    def _claims_school(self, folded: str, outside: bool) -> bool:
        """Tell whether a text that names no known school begins as a school's name does."""
        name = core(folded)
        if name in (folded, ""):
            return False
        return not outside or (bool(_NAMED_SCHOOL.match(folded)) and len(name.split()) <= LONGEST_NAME)

    def _unknown_school(self, said: Said, text: str) -> Said:
        """Name a new school where the collection registers none; otherwise leave the name unknown."""
        folded = fold(text)
        if self.collection.schools or not core(folded) or not _NEW_SCHOOL.match(folded):
            return said._replace(unknown_school=True)
        name = _BEFORE_NAME.sub("", tidy(text))
        school = School("-".join(bare(name).split()), name)
        self._schools.add(school)
        for cache in self._caches:
            cache.clear()
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


def _heard_outside(said: Said, time: timewords.Time, text: str) -> Said:
    """Return what a line outside tables says, with its times (`text` in lower case)."""
    if events.tells_days(text):
        return events.heard(citations.heard(with_time(said, events.without_days(time)), text), text)
    said = citations.heard(with_time(said, time), text)
    return events.of_school(said) if events.tells_of_school(text) else said


def _without_other_school(said: Said, text: str, outside: bool) -> Said:
    """Return what a text says but for a school its numbers are not of, which in a table is not understood."""
    facets = {facet: value for facet, value in said.facets.items() if facet != "school"}
    if "school" not in said.facets or not names_elsewhere(text, outside, counted=bool(facets)):
        return said
    return said._replace(facets=facets, left=said.left if outside else (*said.left, "tại"))


@lru_cache(maxsize=8)  # many collections share the common phrases alone, and nothing found here is ever changed
def _lookup(aliases: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> tuple:
    phrases = [*vocabulary.phrases(), *(Phrase(text, (dict(reading),), alias=True) for text, reading in aliases)]
    return (
        header_index(phrases),
        [phrase.text for phrase in phrases if phrase.readings != ({"neutral": "word"},)],
        lookalikes(phrases),
        Index(phrase for phrase in phrases if not phrase.header and not phrase.outside),
        Index(phrase for phrase in phrases if not phrase.header),
    )
