"""The parts of a report: each answers one question with a measure, its sentence, its chart or table.

A notebook's cell calls one of them; who wants to ask otherwise calls `measures` and `charts` directly. Where the data
do not hold an answer, a sentence says what is missing: an empty chart would look like a zero.
"""

from dangvien_analysis.sections.flows import by_school, flows, ratios, stages, unsplit
from dangvien_analysis.sections.opening import (
    causes,
    completeness,
    key_numbers,
    opening,
    results,
    summary,
)
from dangvien_analysis.sections.quality import corrections, coverage, findings, published, sources
from dangvien_analysis.sections.section import Section
from dangvien_analysis.sections.targets import targets

__all__ = [
    "Section",
    "by_school",
    "causes",
    "completeness",
    "corrections",
    "coverage",
    "findings",
    "flows",
    "key_numbers",
    "opening",
    "published",
    "ratios",
    "results",
    "sources",
    "stages",
    "summary",
    "targets",
    "unsplit",
]
