"""The best cover of a text by phrases: the fewest words left over, then the fewest phrases."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dangvien_analysis.text import bare, fold
from dangvien_analysis.vocabulary import Phrase


class Match(NamedTuple):
    """A phrase found in a text: how many words it takes, and its readings."""

    length: int
    readings: tuple[Mapping[str, str], ...]
    weak: bool


class Index:
    """Phrases by their first word, exact and with neutral words left out, with and without accents."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._exact: dict[bool, dict[str, dict[tuple[str, ...], Match]]] = {True: {}, False: {}}
        self._loose: dict[bool, dict[str, dict[tuple[str, ...], Match]]] = {True: {}, False: {}}
        self._neutral: dict[bool, set[str]] = {True: set(), False: set()}
        self._droppable: set[str] = set()  # neutral words that a phrase may lack: "cấp GCN" for "được cấp GCN"
        phrases = list(phrases)
        for phrase in phrases:
            if phrase.readings == ({"neutral": "word"},) and " " not in fold(phrase.text):
                if phrase.loose:
                    self._droppable.add(fold(phrase.text))
                self._neutral[True].add(fold(phrase.text))
                if not phrase.accents:
                    self._neutral[False].add(bare(phrase.text))
        self._neutral[False] -= lookalikes(phrases).keys()
        self.add(phrases)

    def add(self, phrases: Iterable[Phrase]) -> None:
        """Add phrases; two meanings of one wording become its readings."""
        for phrase in phrases:
            for accents, words in ((True, fold(phrase.text).split()), (False, bare(phrase.text).split())):
                if phrase.accents and not accents:
                    continue
                _put(self._exact[accents], tuple(words), phrase)
                if accents and not phrase.exact:
                    skeleton = tuple(word for word in words if word not in self._droppable)
                    if len(skeleton) > 1:
                        _put(self._loose[accents], skeleton, phrase)

    def cover(self, words: tuple[str, ...], accents: bool) -> tuple[list[Match], list[str]]:
        """Return the phrases of the best cover of `words`, and the words left over."""
        best: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)] * (len(words) + 1)
        choice: list[Match | None] = [None] * len(words)
        for start in range(len(words) - 1, -1, -1):
            left, count, undecided, skipped = best[start + 1]
            neutral = words[start] in self._neutral[accents]
            best[start] = (left + (not neutral), count, undecided, skipped + 1)
            for match in self._matches(words, start, accents):
                left, count, undecided, skipped = best[start + match.length]
                # What is said by neutral words alone ("số lớp") goes before saying nothing.
                counted = not all(word in self._neutral[accents] for word in words[start : start + match.length])
                cost = (left, count + counted, undecided + (len(match.readings) > 1), skipped)
                if cost < best[start] or (
                    cost == best[start] and choice[start] and match.length > choice[start].length
                ):
                    best[start], choice[start] = cost, match
        return self._walk(words, choice, accents)

    def _walk(self, words, choice, accents) -> tuple[list[Match], list[str]]:
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

    def _matches(self, words: tuple[str, ...], start: int, accents: bool) -> Iterable[Match]:
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


def _put(index: dict[str, dict[tuple[str, ...], Match]], words: tuple[str, ...], phrase: Phrase) -> None:
    slot = index.setdefault(words[0], {})
    readings = phrase.readings
    if words in slot and not phrase.alias:
        readings = tuple(_distinct([*slot[words].readings, *readings]))
        slot[words] = Match(len(words), readings, slot[words].weak and phrase.weak)
    else:
        slot[words] = Match(len(words), readings, phrase.weak)


def _distinct(readings: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    seen: list[Mapping[str, str]] = []
    for reading in readings:
        if reading not in seen:
            seen.append(reading)
    return seen


def header_index(phrases: Iterable[Phrase]) -> dict[bool, dict[tuple[str, ...], Match]]:
    """Return the phrases that count as whole texts only, by their words, with and without accents."""
    index: dict[bool, dict[tuple[str, ...], Match]] = {True: {}, False: {}}
    phrases = list(phrases)
    for phrase in phrases:
        if phrase.header or phrase.alias or phrase.readings == ({"neutral": "carrier"},):
            index[True][tuple(fold(phrase.text).split())] = Match(0, phrase.readings, phrase.weak)
            index[False].setdefault(tuple(bare(phrase.text).split()), Match(0, phrase.readings, phrase.weak))
    for words, readings in lookalikes(phrases).items():
        if (whole := tuple(words.split())) in index[False]:
            index[False][whole] = Match(0, readings, False)
    return index


def lookalikes(phrases: Iterable[Phrase]) -> dict[str, tuple[Mapping[str, str], ...]]:
    """Return the wordings that stand for several phrases when typed without accents, and what each may say.

    "Nam" may be "nam" or "năm". Phrases that say the same are no lookalikes, whatever their accents.
    """
    by_bare: dict[str, dict[str, list[Mapping[str, str]]]] = {}
    for phrase in phrases:
        said = by_bare.setdefault(bare(phrase.text), {}).setdefault(fold(phrase.text), [])
        said += phrase.readings
    found = {}
    for words, folded in by_bare.items():
        different = {tuple(sorted(tuple(sorted(reading.items())) for reading in said)) for said in folded.values()}
        if len(different) > 1:
            found[words] = tuple(_distinct(reading for said in folded.values() for reading in said))
    return found
