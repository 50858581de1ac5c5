"""Lines that name another document, or a plan that is followed: "(Kèm theo Kế hoạch số 12-KH/HU)", "(Theo kế hoạch)".

They say nothing of the numbers below them, unless those are the numbers of that plan.
"""

import re

from dangvien_analysis.wording.said import Said

_DOCUMENT = (
    "kế hoạch|kh|nghị quyết|nq|đề án|chương trình|chỉ thị|ct|hướng dẫn|hd|công văn|cv|quyết định|qđ|thông báo|tb"
)
_CITED = re.compile(
    rf"\W*(?:(?:ban hành )?kèm theo (?:các )?(?:{_DOCUMENT})\b"
    rf"|(?:theo|căn cứ|thực hiện) (?:các )?(?:{_DOCUMENT}) (?:số|của|ngày|\d+\s*-)\b)"
)
_PLAN = re.compile(r"\b(?:kế hoạch|kh|chỉ tiêu)\b")
# A plan that is the legal basis and names no numbers, and no year, that could be those below.
_BASIS = re.compile(r"\W*căn cứ\b")
_OF_NUMBERS = re.compile(r"\b(?:chỉ tiêu|giao|phân bổ|phân giao|dự kiến|kết nạp|cử|năm (?:học )?(?:19|20)\d\d)\b")
_SIGNED = re.compile(r"\bngày\s*\d{1,2}\s*(?:tháng\s*|[/.-]\s*)\d{1,2}\s*(?:năm\s*|[/.-]\s*)\d{4}")
_AS_PLANNED = re.compile(r"\W*theo (?:kế hoạch|kh|chỉ tiêu)\W*$")


def heard(said: Said, text: str) -> Said:
    """Return what a line outside tables says (`text` in lower case): of a document that it cites, only its name.

    Its roles tell "cited_plan", which these numbers may belong to, or "planning".
    """
    if said.facets.get("kind") == "actual":
        return said  # "Thực hiện Kế hoạch số 12-KH/HU"
    if _CITED.match(text):
        basis = _BASIS.match(text) and not _OF_NUMBERS.search(_SIGNED.sub("", text))
        return _without_kind(said, "cited_plan" if _PLAN.search(text) and not basis else "letterhead")
    return _without_kind(said, "planning") if _AS_PLANNED.match(text) else said


def _without_kind(said: Said, role: str) -> Said:
    facets = {facet: value for facet, value in said.facets.items() if facet != "kind"}
    options = tuple(readings for readings in said.options if not any("kind" in reading for reading in readings))
    roles = (said.roles - {"planning", "programme"}) | {role, "letterhead"}
    return said._replace(facets=facets, options=options, roles=roles)
