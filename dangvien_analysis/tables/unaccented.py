"""Sheets typed without accents: there "nam" may be "nam" (male) or "năm" (year), and what stands beside it decides.

On a sheet typed with accents it is what is typed.
"""

from collections.abc import Mapping

from dangvien_analysis.wording.timewords import bare_year
from dangvien_analysis.wording.words import ACCENTS, BARE, DOUBTFUL, Words, unnumbered
from dangvien_analysis.workbook import TEXT, Cell

Place = tuple[int, int]
MALE, YEARS = {"breakdown": "male"}, {"role": "key_period"}
BESIDE = 2  # "Nam | Nữ", or with a rate between them
BELOW = 3  # rows to the first cell under a header


def words_for(cells: Mapping[Place, Cell], words: Words) -> Words:
    """Return the words to read a sheet by: as typed, or without accents where it was typed so."""
    typed = 0
    for cell in cells.values():
        if cell.state == TEXT:
            typed |= words.typing(cell.raw)
    if not typed & DOUBTFUL or (typed & ACCENTS and not typed & BARE):
        return words
    return words.without_accents(_settled(cells, words))


def _settled(cells: Mapping[Place, Cell], words: Words) -> dict[str, Mapping[str, str]]:
    """Return what doubtful texts say by what stands beside them, where that is the same in all their places."""
    texts = {place: unnumbered(cell.raw) for place, cell in cells.items() if cell.state == TEXT}
    found: dict[str, list] = {}
    for place, text in texts.items():
        if words.typing(cells[place].raw) & DOUBTFUL:
            found.setdefault(text, []).append(_decided(place, texts, cells, words))
    return {text: said[0] for text, said in found.items() if said[0] and said.count(said[0]) == len(said)}


def _decided(
    place: Place, texts: Mapping[Place, str], cells: Mapping[Place, Cell], words: Words
) -> Mapping[str, str] | None:
    text, (row, col) = texts[place].split(), place
    if text == ["nam"] and _heads_periods(place, cells, words):
        return YEARS
    female = " ".join("nu" if word == "nam" else word for word in text)
    steps = range(-BESIDE, BESIDE + 1)
    beside = [texts.get(other) for step in steps for other in ((row, col + step), (row + step, col))]
    return MALE if "nam" in text and female in beside else None


def _heads_periods(place: Place, cells: Mapping[Place, Cell], words: Words) -> bool:
    """Tell whether a year or another period stands first under a header."""
    row, col = place
    first = next((cells[below, col] for below in range(row + 1, row + 1 + BELOW) if (below, col) in cells), None)
    if first is None or first.state != TEXT:
        return first is not None and bare_year(first.raw) is not None
    said = words.read(first.raw)
    return "period" in said.facets or said.time.part is not None
