"""Texts that name everybody of some people, and texts in which "HS" can only be pupils."""

from collections.abc import Sequence

from dangvien_analysis.text import bare
from dangvien_analysis.wording.cover import Match
from dangvien_analysis.wording.said import GRADES, STAFF_PARTS, Said

_PUPILS = {"group": "student"}
_PAPERS = {"measure": "dossier"}
# Papers have no grade and no class, and nobody shortens them where "hồ sơ" is written out.
_OF_PUPILS = ("toàn trường", "khối", "lớp", "hồ sơ")
_OPENINGS = (("tổng", "số"), ("tổng",))


def names_everybody(said: Said, words: Sequence[str], accents: bool) -> bool:
    """Tell whether a text says "Tổng số" of some people and nothing else: "Tổng số CB, GV, NV", "Tổng số giáo viên"."""
    if said.left or said.clash or said.options or said.weak or "total" not in said.roles:
        return False
    parts = said.facets.get("breakdown", frozenset())
    of_people = "group" in said.facets and said.facets.keys() <= {"group", "breakdown"}
    named = not parts & GRADES or bool({"hs", "sinh"} & {*words})  # "Tổng số khối 12" may be of anything
    return of_people and named and parts <= GRADES | STAFF_PARTS and len(parts) < 2 and _opens(words, accents)


def _opens(words: Sequence[str], accents: bool) -> bool:
    """Tell whether a text begins with "Tổng số" or "Tổng"; "Tổng cộng" is always a sum."""
    openings = _OPENINGS if accents else tuple(tuple(map(bare, opening)) for opening in _OPENINGS)
    sums = ("cộng", "chung") if accents else ("cong", "chung")
    return any(tuple(words[: len(opening)]) == opening for opening in openings) and words[1] not in sums


def pupils(matches: list[Match], words: Sequence[str], accents: bool) -> list[Match]:
    """Let "HS" be pupils and no papers where what stands beside it is of pupils: "HS đang hoàn thiện hồ sơ"."""
    text = f" {' '.join(words)} "
    if not any(f" {of if accents else bare(of)} " in text for of in _OF_PUPILS):
        return matches
    return [
        match._replace(readings=(_PUPILS,)) if _PUPILS in match.readings and _PAPERS in match.readings else match
        for match in matches
    ]
