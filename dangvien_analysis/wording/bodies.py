"""Admissions to another body than the Party: the Youth Union, the trade union, the Pioneers.

"Kết nạp đoàn viên" admits people to the Union, "kết nạp đoàn viên ưu tú" and "kết nạp đoàn viên vào Đảng" to the
Party. Nobody counts the first here, but it must not pass for the second.
"""

import re

from dangvien_analysis.text import bare
from dangvien_analysis.wording.said import Said

OTHER_BODY = "other_body"  # the role of such a text
_ADMIT = ("kết nạp", "kn", "phát triển")
_BETWEEN = ("được", "mới", "thêm", "lớp", "các", "vào")
_BODIES = ("đoàn viên", "đvtn", "đoàn", "đội viên", "đội", "hội viên", "hội", "công đoàn", "đvcđ")
_MORE_OF_NAME = ("viên", "thanh niên", "tncs", "hồ chí minh")
_NO_BODY = ("ưu tú", "ngũ", "thể")  # "đoàn viên ưu tú" go to the Party; "đội ngũ đảng viên"
_NEW_MEMBERS = ("đoàn viên mới", "đvtn mới", "đội viên mới", "hội viên mới")
_PARTY = ("vào đảng", "giới thiệu")  # "… do Đoàn trường giới thiệu"


def _pattern(accents: bool) -> tuple[re.Pattern, re.Pattern]:
    lists = (_ADMIT, _BETWEEN, _BODIES, _MORE_OF_NAME, _NO_BODY, _NEW_MEMBERS, _PARTY)
    admit, between, bodies, more, no_body, members, party = (
        "|".join(words if accents else map(bare, words)) for words in lists
    )
    admitted = rf"\b(?:{admit})(?: (?:{between}))* (?:{bodies})\b(?!(?: (?:{more}))* (?:{no_body})\b)|\b(?:{members})\b"
    return re.compile(admitted), re.compile(rf"\b(?:{party})\b")


_PATTERNS = {accents: _pattern(accents) for accents in (True, False)}


def admits_elsewhere(words: str, accents: bool) -> bool:
    """Tell whether folded (or bare) words speak of an admission to another body than the Party."""
    admitted, party = _PATTERNS[accents]
    return bool(admitted.search(words)) and not party.search(words)


def of_other_body(said: Said) -> Said:
    """Return what a text says that speaks of such an admission: whom and when, and nothing that is counted here."""
    facets = {facet: value for facet, value in said.facets.items() if facet not in {"measure", "reason", "breakdown"}}
    if parts := said.facets.get("breakdown", frozenset()) - {"union_member"}:
        facets["breakdown"] = parts
    return said._replace(facets=facets, weak=None, roles=said.roles | {OTHER_BODY})
