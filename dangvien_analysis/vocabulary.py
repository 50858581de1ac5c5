"""Every word a return may use, as data: `vocabulary/*.csv`.

One file per facet (group, breakdown, measure, kind, reason), one for the roles a column or row can play, one for
words that say nothing, one for wordings with two readings, and one (`narrowing`) for words in titles and names by which
numbers may not be what they seem. A new wording is a new line there, not new code.
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import pandas as pd

FACETS = ("group", "breakdown", "measure", "kind", "reason")
USES = {"header", "outside", "weak", "loose", "accents", "exact"}


class Phrase(NamedTuple):
    """A wording and what it says: one reading, or several where the words alone cannot tell.

    A reading maps facets (and "role") to values. `header`: counts only as the whole text. `outside`: counts only
    outside tables. `weak`: its measure yields to any other measure that the headers name. `loose`: a neutral word
    that a longer phrase may lack. `alias`: a wording of one collection, which goes before the common ones. `accents`:
    known only as it is written; without its accents it may be a word that turns the meaning ("cho", "chờ"). `exact`:
    known only word by word; with a neutral word within it may say something else ("nguồn được kết nạp").
    """

    text: str
    readings: tuple[Mapping[str, str], ...]
    header: bool = False
    outside: bool = False
    weak: bool = False
    loose: bool = False
    alias: bool = False
    accents: bool = False
    exact: bool = False


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """Return every phrase of the vocabulary, in the order of the files."""
    return tuple(_facet_phrases()) + tuple(_ambiguous_phrases())


@lru_cache(maxsize=1)
def values() -> pd.DataFrame:
    """Return every value of every facet: facet, value, label and definition (both in Vietnamese)."""
    return pd.DataFrame(_rows("values"), columns=["facet", "value", "label", "definition"], dtype="string")


@cache
def label(facet: str, value: str) -> str:
    """Return the Vietnamese label of a value; a set of breakdowns ("female+ethnic_minority") is joined by a comma.

    Raises KeyError for a value that the contract does not know.
    """
    if facet == "breakdown" and "+" in value:
        return ", ".join(label(facet, part) for part in value.split("+"))
    return _labels()[facet, value]


@lru_cache(maxsize=1)
def _labels() -> dict[tuple[str, str], str]:
    return {(row["facet"], row["value"]): row["label"] for row in _rows("values")}


@cache
def known_values(facet: str) -> tuple[str, ...]:
    """Return the values of a facet in the order of the contract."""
    return tuple(row["value"] for row in _rows("values") if row["facet"] == facet)


def _facet_phrases() -> Iterator[Phrase]:
    for name in (*FACETS, "role", "neutral"):
        for row in _rows(name):
            uses = set(row["use"].split())
            if uses - USES:
                raise ValueError(f"vocabulary/{name}.csv: unknown use {row['use']!r} of {row['phrase']!r}")
            reading = {name: row["value"], **_pairs(row["also"])}
            yield Phrase(row["phrase"], (reading,), **{use: use in uses for use in USES})


def _ambiguous_phrases() -> Iterator[Phrase]:
    for row in _rows("ambiguous"):
        yield Phrase(row["phrase"], tuple(_pairs(reading) for reading in row["readings"].split("|")))


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split())


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = (files("dangvien_analysis") / "vocabulary" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def list_headers() -> dict[str, str]:
    """Return what the headers of a list of people say: header -> role (`tally.columns` knows the roles)."""
    return {row["phrase"]: row["role"] for row in _rows("list")}


def narrowing() -> tuple[dict[str, str], ...]:
    """Return the wordings by which numbers may be of some people only, or not final: value, phrase, use, note."""
    return _rows("narrowing")
