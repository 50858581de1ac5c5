"""The parts of a report: each answers one question with a measure, its sentence, its chart or table.

A notebook's cell calls one of them; who wants to ask otherwise calls `measures` and `charts` directly. Where the data
do not hold an answer, a sentence says what is missing: an empty chart would look like a zero.
"""

from dangvien_analysis.sections.changed import changed, checked
from dangvien_analysis.sections.conversion import cohort_summary, conversion, fates, of_age, outlook
from dangvien_analysis.sections.faults import faults, not_taken, own_faults, tally
from dangvien_analysis.sections.first_page import causes, prospects, results, support
from dangvien_analysis.sections.flows import by_school, flows, ratios, stages, unsplit
from dangvien_analysis.sections.next_steps import next_steps
from dangvien_analysis.sections.opening import completeness, key_numbers, opening, summary
from dangvien_analysis.sections.options import options, plans
from dangvien_analysis.sections.pool import reasons, waiting
from dangvien_analysis.sections.quality import corrections, coverage, findings, published, sources
from dangvien_analysis.sections.received import own_sources, received
from dangvien_analysis.sections.school import one_school, own_and_common, own_flows, own_pool, own_summary
from dangvien_analysis.sections.schools import comparison
from dangvien_analysis.sections.section import Section
from dangvien_analysis.sections.targets import targets

__all__ = [
    "Section",
    "by_school",
    "causes",
    "changed",
    "checked",
    "cohort_summary",
    "comparison",
    "completeness",
    "conversion",
    "corrections",
    "coverage",
    "fates",
    "faults",
    "findings",
    "flows",
    "key_numbers",
    "next_steps",
    "not_taken",
    "of_age",
    "one_school",
    "opening",
    "options",
    "outlook",
    "own_and_common",
    "own_faults",
    "own_flows",
    "own_pool",
    "own_sources",
    "own_summary",
    "plans",
    "prospects",
    "published",
    "ratios",
    "reasons",
    "received",
    "results",
    "sources",
    "stages",
    "summary",
    "support",
    "tally",
    "targets",
    "unsplit",
    "waiting",
]
