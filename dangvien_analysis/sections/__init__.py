"""The parts of a report: each answers one question with a measure, its sentence, its chart or table.

A notebook's cell calls one of them; who wants to ask otherwise calls `measures` and `charts` directly. Where the data
do not hold an answer, a sentence says what is missing: an empty chart would look like a zero.
"""

from dangvien_analysis.sections.changed import changed, checked
from dangvien_analysis.sections.faults import faults, not_taken, own_faults
from dangvien_analysis.sections.flows import by_school, flows, ratios, stages, unsplit
from dangvien_analysis.sections.next_steps import next_steps
from dangvien_analysis.sections.opening import (
    causes,
    completeness,
    key_numbers,
    opening,
    results,
    summary,
)
from dangvien_analysis.sections.quality import coverage, findings, published, sources
from dangvien_analysis.sections.received import own_sources, received
from dangvien_analysis.sections.school import (
    one_school,
    own_and_common,
    own_flows,
    own_pool,
    own_summary,
)
from dangvien_analysis.sections.section import Section
from dangvien_analysis.sections.targets import targets

__all__ = [
    "Section",
    "by_school",
    "causes",
    "changed",
    "checked",
    "completeness",
    "coverage",
    "faults",
    "findings",
    "flows",
    "key_numbers",
    "next_steps",
    "not_taken",
    "one_school",
    "opening",
    "own_and_common",
    "own_faults",
    "own_flows",
    "own_pool",
    "own_sources",
    "own_summary",
    "published",
    "ratios",
    "received",
    "results",
    "sources",
    "stages",
    "summary",
    "targets",
    "unsplit",
]
