"""What to say of numbers that were reported more than once: one finding for each pair of places, not for each number.

A school that sends its return twice, or a second one that differs, gives one cause and dozens of numbers.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dangvien_analysis.frames import Finding
from dangvien_analysis.returns import messages
from dangvien_analysis.returns.messages import cell_list
from dangvien_analysis.text import number

SPELT_OUT = 10  # numbers that a sentence sets side by side; the cells it names all


class Spot(NamedTuple):
    """Where a number stands; `about` says in words what it counts."""

    file: str
    sheet: str
    cell: str
    n: int
    school: str
    about: str

    @property
    def place(self) -> str:
        """Name the place in a sentence."""
        return messages.place(self._asdict())


class Echo(NamedTuple):
    """One number in several places, and the one that was kept, None if nothing said which is right."""

    spots: tuple[Spot, ...]
    kept: Spot | None

    @property
    def agrees(self) -> bool:
        """Tell whether all places give the same number."""
        return len({spot.n for spot in self.spots}) == 1

    @property
    def sheets(self) -> tuple:
        """Where its spots stand, as far as one cause reaches: the sheets, and which of them was kept."""
        kept = self.kept and (self.kept.file, self.kept.sheet)
        return self.agrees, kept, tuple((spot.file, spot.sheet) for spot in self.spots)


def explain_echoes(echoes: Iterable[Echo], sizes: Mapping[str, int]) -> list[Finding]:
    """Return one finding for all numbers that the same places share; `sizes` are the numbers taken from each file."""
    echoes = list(echoes)
    copies, findings = _copies(echoes, sizes), []
    for file, first in copies.items():
        findings.append(Finding("info", "repeated_return", messages.repeated_return(file, first), file=file))
    together: dict[tuple, list[Echo]] = {}
    for echo in echoes:
        if not (echo.agrees and echo.kept and _only_copied(echo, copies)):
            together.setdefault(echo.sheets, []).append(echo)
    return [*findings, *(_finding(some) for some in together.values())]


def _copies(echoes: list[Echo], sizes: Mapping[str, int]) -> dict[str, str]:
    """Return the files of which every number stands in one other file that was kept, and that file."""
    kept_in: dict[str, list[str]] = {}
    for echo in echoes:
        if echo.agrees and echo.kept:
            for spot in echo.spots:
                if spot.file != echo.kept.file:
                    kept_in.setdefault(spot.file, []).append(echo.kept.file)
    return {file: kept[0] for file, kept in kept_in.items() if len(kept) == sizes[file] and len(set(kept)) == 1}


def _only_copied(echo: Echo, copies: Mapping[str, str]) -> bool:
    return all(spot.file in copies or spot is echo.kept for spot in echo.spots)


def _finding(echoes: list[Echo]) -> Finding:
    first, more = echoes[0], max(0, len(echoes) - SPELT_OUT)
    spots = list(zip(*(echo.spots for echo in echoes), strict=True))  # by place
    places = [_places(some) for some in spots]
    if first.agrees:
        message = messages.repeated(places, len(echoes))
        return _at("info", "repeated_number", message, spots[first.spots.index(first.kept)])
    if first.kept is None:
        pairs = [_side_by_side(echo) for echo in echoes[:SPELT_OUT]]
        message = messages.disagreeing(first.spots[0].about, places, pairs, more)
        return _at("error", "disagreeing_numbers", message, spots[0])
    kept = first.spots.index(first.kept)
    others = [index for index in range(len(spots)) if index != kept]
    pairs = [_changed(echo) for echo in echoes[:SPELT_OUT]]
    message = messages.superseded(places[kept], [places[index] for index in others], pairs, more)
    return _at("warning", "disagreeing_numbers", message, spots[others[0]])


def _side_by_side(echo: Echo) -> str:
    return " và ".join(f"{spot.cell} ghi {number(spot.n)}" for spot in echo.spots)


def _changed(echo: Echo) -> str:
    others = ", ".join(f"{number(spot.n)} ({spot.cell})" for spot in echo.spots if spot.n != echo.kept.n)
    return f"nhận {number(echo.kept.n)} ({echo.kept.cell}), bỏ {others}"


def _places(spots: tuple[Spot, ...]) -> str:
    return messages.place({**spots[0]._asdict(), "cell": cell_list(spot.cell for spot in spots)})


def _at(level: str, code: str, message: str, spots: tuple[Spot, ...]) -> Finding:
    schools = {spot.school for spot in spots}
    school = schools.pop() if len(schools) == 1 else ""
    cells = cell_list(spot.cell for spot in spots)
    return Finding(level, code, message, school, spots[0].file, spots[0].sheet, cells)
