"""What a text of a return says: facet values, roles, times, and the words that were not understood.

Phrases are looked up as typed, with accents; only a text typed wholly without accents, and not understood so, is
compared without them. Of all ways to cover the words by phrases the one that leaves the fewest words over counts,
then the one with the fewest phrases.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dangvien_analysis import timewords, vocabulary
from dangvien_analysis.settings import Collection, School
from dangvien_analysis.text import bare, fold, has_accents, tidy
from dangvien_analysis.timewords import Time
from dangvien_analysis.vocabulary import Phrase

# Parts that exclude each other; parts of different lines can meet in one number ("nữ, DTTS").
EXCLUSIVE = (
    {"female", "male"},
    {"grade_10", "grade_11", "grade_12"},
    {"manager", "teacher", "employee"},
    {"probationary", "official"},
    {"via_youth_union", "via_trade_union"},
)
STAFF_PARTS = {"manager", "teacher", "employee"}
_SCHOOL_PREFIXES = ("chi bộ", "đảng bộ", "đảng ủy", "chi ủy", "đoàn trường", "công đoàn", "cbcs", "chi bộ cơ sở")
_SCHOOL_KINDS = ("trường thpt", "trường trung học phổ thông", "thpt", "trung học phổ thông", "trường", "tr thpt", "tr")
_UNIT_WORDS = ("người", "em", "đồng chí", "học sinh")


class Said(NamedTuple):
    """What one text says.

    `facets`: one value each (`breakdown` a frozenset of parts). `weak`: a measure that yields to any other.
    `options`: readings left open by wordings that have two. `left`: words not understood. `clash`: facets with two
    values. `ratio`: what stands before and after "/" or "so với".
    """

    facets: Mapping[str, str | frozenset[str]] = {}
    weak: str | None = None
    roles: frozenset[str] = frozenset()
    options: tuple[tuple[Mapping[str, str], ...], ...] = ()
    left: tuple[str, ...] = ()
    clash: tuple[str, ...] = ()
    time: Time = timewords.NOTHING
    ratio: tuple["Said", "Said"] | None = None
    unknown_school: bool = False

    @property
    def nothing(self) -> bool:
        """Tell whether the text says nothing at all: only neutral words."""
        return not (self.facets or self.weak or self.roles or self.options or self.left or self.time.part)

    @property
    def understood(self) -> bool:
        """Tell whether every word was understood, in one way."""
        return not (self.left or self.clash or self.nothing or self.unknown_school)


class _Match(NamedTuple):
    length: int
    readings: tuple[Mapping[str, str], ...]
    weak: bool


class Words:
    """The vocabulary of one collection: the common phrases, its own aliases, and the names of its schools."""

    def __init__(self, collection: Collection):
        self.collection = collection
        self.schools: dict[str, str] = {}  # id -> name, also of schools met in the returns
        self._names: dict[str, set[str]] = {}  # core of a name -> ids
        self._cache: dict[tuple[str, bool], Said] = {}
        phrases = [*vocabulary.phrases(), *_alias_phrases(collection.aliases)]
        self._header = _header_index(phrases)
        self._known_header_texts = [p.text for p in phrases if p.readings != ({"neutral": "word"},)]
        self._inside = _Index(p for p in phrases if not p.header and not p.outside)
        self._outside = _Index(p for p in phrases if not p.header)
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
        kept = ["…" if fold(word) in unknown or set(fold(word).split()) & unknown else word for word in tidy(text).split()]
        return re.sub(r"…( …)+", "…", " ".join(kept))

    # --- one text -------------------------------------------------------------------------------------------

    def _read(self, text: str, outside: bool) -> Said:
        folded = fold(text)
        if (not outside or _core(folded) != folded) and (school := self._whole_school(text)):
            return Said({"school": school})
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
        said = _with_time(said, time)
        if said.left and "school" not in said.facets and self._claims_school(folded, outside):
            said = self._unknown_school(said, text)
        return said

    def _read_pieces(self, pieces: tuple[str, ...], outside: bool, accents: bool = True) -> Said:
        words = [fold(piece).split() if accents else bare(piece).split() for piece in pieces]
        whole = tuple(word for piece in words for word in piece)
        while len(whole) > 1 and whole[-1] in _UNIT_WORDS and whole not in self._header[accents]:
            whole = whole[:-1]
        if match := self._header[accents].get(whole):
            return _settle([match])
        if (ratio := self._ratio(pieces, outside)) is not None:
            return ratio
        index = self._outside if outside else self._inside
        matches, left = [], []
        for piece in words:
            found, over = index.cover(tuple(piece), accents)
            matches += found
            left += over
        return _settle(matches)._replace(left=tuple(left))

    def _ratio(self, pieces: tuple[str, ...], outside: bool) -> Said | None:
        """Read "TH/KH" or "kết nạp so với cử học": a rate of two things that each name a measure or a kind."""
        text = " ".join(pieces)
        for mark in ("/", " so với ", ":"):
            before, found, after = text.partition(mark)
            if found and "/" not in after:
                sides = [self._read_pieces((side,), outside) for side in (before, after)]
                if all((side.facets.keys() & {"measure", "kind"} or side.options or side.weak) and not side.left
                       for side in sides) and (mark != ":" or "rate" in sides[0].roles | sides[1].roles):
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


class _Index:
    """Phrases by their first word, exact and with neutral words left out, with and without accents."""

    def __init__(self, phrases: Iterable[Phrase]):
        self._exact: dict[bool, dict[str, dict[tuple[str, ...], _Match]]] = {True: {}, False: {}}
        self._loose: dict[bool, dict[str, dict[tuple[str, ...], _Match]]] = {True: {}, False: {}}
        self._neutral: dict[bool, set[str]] = {True: set(), False: set()}
        self._droppable: set[str] = set()  # neutral words that a phrase may lack: "cấp GCN" for "được cấp GCN"
        phrases = list(phrases)
        for phrase in phrases:
            if phrase.readings == ({"neutral": "word"},) and " " not in fold(phrase.text):
                if phrase.loose:
                    self._droppable.add(fold(phrase.text))
                self._neutral[True].add(fold(phrase.text))
                self._neutral[False].add(bare(phrase.text))
        self.add(phrases)

    def add(self, phrases: Iterable[Phrase]) -> None:
        """Add phrases; two meanings of one wording become its readings."""
        for phrase in phrases:
            for accents, words in ((True, fold(phrase.text).split()), (False, bare(phrase.text).split())):
                _put(self._exact[accents], tuple(words), phrase)
                if accents:
                    skeleton = tuple(word for word in words if word not in self._droppable)
                    if len(skeleton) > 1:
                        _put(self._loose[accents], skeleton, phrase)

    def cover(self, words: tuple[str, ...], accents: bool) -> tuple[list[_Match], list[str]]:
        """Return the phrases of the best cover of `words`, and the words left over."""
        best: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)] * (len(words) + 1)
        choice: list[_Match | None] = [None] * len(words)
        for start in range(len(words) - 1, -1, -1):
            left, count, undecided, skipped = best[start + 1]
            neutral = words[start] in self._neutral[accents]
            best[start] = (left + (not neutral), count, undecided, skipped + 1)
            for match in self._matches(words, start, accents):
                left, count, undecided, skipped = best[start + match.length]
                cost = (left, count + 1, undecided + (len(match.readings) > 1), skipped)
                if cost < best[start] or (cost == best[start] and choice[start] and match.length > choice[start].length):
                    best[start], choice[start] = cost, match
        return self._walk(words, choice, accents)

    def _walk(self, words, choice, accents) -> tuple[list[_Match], list[str]]:
        matches, left, start = [], [], 0
        while start < len(words):
            if (match := choice[start]) is not None:
                matches.append(match)
                start += match.length
            else:
                if words[start] not in self._neutral[accents]:
                    left.append(words[start])
                start += 1
        return matches, left

    def _matches(self, words: tuple[str, ...], start: int, accents: bool) -> Iterable[_Match]:
        for phrase, match in self._exact[accents].get(words[start], {}).items():
            if words[start : start + len(phrase)] == phrase:
                yield match
        for phrase, match in self._loose[accents].get(words[start], {}).items():
            if length := self._skipping(phrase, words, start, accents):
                yield match._replace(length=length)

    def _skipping(self, phrase: tuple[str, ...], words: tuple[str, ...], start: int, accents: bool) -> int:
        """Return how many words `phrase` takes from `start` when neutral words between its own are skipped."""
        position = start
        for wanted in phrase:
            while position < len(words) and words[position] != wanted and words[position] in self._neutral[accents]:
                position += 1
            if position == len(words) or words[position] != wanted:
                return 0
            position += 1
        return position - start


def _put(index: dict[str, dict[tuple[str, ...], _Match]], words: tuple[str, ...], phrase: Phrase) -> None:
    slot = index.setdefault(words[0], {})
    readings = phrase.readings
    if words in slot and not phrase.alias:
        readings = tuple(_distinct([*slot[words].readings, *readings]))
        slot[words] = _Match(len(words), readings, slot[words].weak and phrase.weak)
    else:
        slot[words] = _Match(len(words), readings, phrase.weak)


def _distinct(readings: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    seen: list[Mapping[str, str]] = []
    for reading in readings:
        if reading not in seen:
            seen.append(reading)
    return seen


def _header_index(phrases: Iterable[Phrase]) -> dict[bool, dict[tuple[str, ...], _Match]]:
    index: dict[bool, dict[tuple[str, ...], _Match]] = {True: {}, False: {}}
    for phrase in phrases:
        if phrase.header or phrase.alias or phrase.readings == ({"neutral": "carrier"},):
            index[True][tuple(fold(phrase.text).split())] = _Match(0, phrase.readings, phrase.weak)
            index[False].setdefault(tuple(bare(phrase.text).split()), _Match(0, phrase.readings, phrase.weak))
    return index


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


# --- from phrases to what they say together -----------------------------------------------------------------------


def _settle(matches: list[_Match]) -> Said:
    """Put the readings of all phrases of one text together; a wording with two readings takes the one that fits."""
    facets: dict = {}
    weak: set[str] = set()
    roles: set[str] = set()
    clash: set[str] = set()
    undecided = []
    for match in matches:
        if len(match.readings) > 1:
            undecided.append(match.readings)
        else:
            add_reading(facets, weak, roles, clash, match.readings[0], match.weak)
    options = []
    for readings in undecided:
        fitting = [reading for reading in readings if fits(reading, facets)]
        said_already = [reading for reading in fitting if reading.items() <= facets.items()]
        fitting = said_already or fitting
        if len(fitting) == 1:
            add_reading(facets, weak, roles, clash, fitting[0], False)
        else:
            options.append(tuple(fitting or readings))
    drop_staff_parts(facets)
    if len(weak) > 1 and "measure" not in facets:
        clash.add("measure")
    single = next(iter(weak)) if len(weak) == 1 and "measure" not in facets else None
    return Said(facets, single, frozenset(roles), tuple(options), clash=tuple(sorted(clash)))


def add_reading(facets: dict, weak: set, roles: set, clash: set, reading: Mapping[str, str], is_weak: bool) -> None:
    """Add one reading to what a text says so far, noting facets that get a second value."""
    for facet, value in reading.items():
        if facet == "role":
            roles.add(value)
        elif facet == "neutral":
            if value == "carrier":
                roles.add("carrier")
        elif facet == "breakdown":
            parts = frozenset(value.split("+"))
            facets["breakdown"] = facets.get("breakdown", frozenset()) | parts
        elif facet == "measure" and is_weak:
            weak.add(value)
        elif facets.setdefault(facet, value) != value:
            clash.add(facet)
    if breakdowns_clash(facets.get("breakdown", frozenset())):
        clash.add("breakdown")


def fits(reading: Mapping[str, str], facets: Mapping) -> bool:
    """Tell whether a reading says nothing that what is known denies."""
    for facet, value in reading.items():
        if facet == "breakdown":
            if breakdowns_clash(facets.get("breakdown", frozenset()) | frozenset(value.split("+"))):
                return False
        elif facet in facets and facets[facet] != value:
            return False
    # A role of its own cannot be what a text that already names a measure or a group is about.
    return not ("role" in reading and facets.keys() & {"measure", "group", "kind"})


def breakdowns_clash(parts: frozenset[str]) -> bool:
    """Tell whether two parts exclude each other (nữ and nam); several parts of the staff are all of it."""
    return any(len(parts & line) > 1 for line in EXCLUSIVE if line is not EXCLUSIVE[2])


def drop_staff_parts(facets: dict) -> None:
    """Read "cán bộ quản lý, giáo viên và nhân viên" as all staff: two or more parts of the staff are no part."""
    parts = facets.get("breakdown", frozenset())
    if len(parts & STAFF_PARTS) > 1:
        facets["breakdown"] = parts - STAFF_PARTS
        if not facets["breakdown"]:
            del facets["breakdown"]


def _with_time(said: Said, time: Time) -> Said:
    if time == timewords.NOTHING:
        return said
    facets, clash = dict(said.facets), set(said.clash)
    for facet, found in (("period", time.periods), ("cohort", time.cohorts)):
        if len(found) > 1:
            clash.add(facet)
        elif found:
            facets[facet] = found[0]
    return said._replace(facets=facets, clash=tuple(sorted(clash)), time=time)


_FORM_NUMBER = re.compile(r"^(?:biểu|bảng|mẫu|phụ lục)(?: số)?\s*[\w./-]{1,6}\s*[:.,–-]\s*", re.IGNORECASE)
_ORDINAL = re.compile(
    r"^(?:(?P<roman>[IVX]{1,5})|(?P<upper>[A-ZĐ])|(?P<number>\d{1,2}(?:\.\d{1,2})*)|(?P<lower>[a-zđ]))\s*[.):/]\s*(?=\S)"
    r"|^(?P<dash>[-–—])\s*(?=\D)|^(?P<plus>[+•*])\s*(?=\D)"
    r"|^(?P<roman2>[IVX]{1,5})\s*[-–—]\s*(?=\S)|^(?P<number2>\d{1,2})\s*[-–—]\s*(?=[^\W\d])"
)
_RANKS = {"upper": 0, "roman": 1, "roman2": 1, "number": 2, "number2": 2, "lower": 3, "dash": 4, "plus": 5}
_BARE_ORDINAL = re.compile(
    r"^\(?(?:(?P<roman>[IVX]{1,5})|(?P<upper>[A-ZĐ])|(?P<number>\d{1,3}(?:\.\d{1,2})*)|(?P<lower>[a-zđ])"
    r"|(?P<dash>[-–—])|(?P<plus>[+•*]))[.)]?$"
)


def split_ordinal(text: str) -> tuple[float | None, str]:
    """Return the rank of the number that opens a label (A 0, I 1, 1 2, 1.1 2.1, a 3, - 4, + 5) and the label."""
    text = tidy(text)
    if (match := _ORDINAL.match(text)) is None:
        return None, text
    return _rank(match), text[match.end() :]


def ordinal_rank(text: str) -> float | None:
    """Return the rank of a cell of an ordinal column ("I", "1", "1.1", "a"), or None if it is no ordinal."""
    match = _BARE_ORDINAL.match(tidy(text))
    return _rank(match) if match else None


def _rank(match: re.Match) -> float:
    name = match.lastgroup
    if name == "number" and "." in match["number"]:
        return 2 + 0.1 * match["number"].count(".")
    return float(_RANKS[name])
