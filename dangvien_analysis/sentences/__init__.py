"""Findings in one correct Vietnamese sentence each, counts beside per cent, no stronger than the interval allows.

Every function takes a frame of `measures` and returns text. Pupils, staff and the whole unit are spoken of apart:
`for_groups` writes a sentence for each. `names` maps the ids of schools (and groups) to what the office calls them
(`names_of(collection)`); `as_of` is the day up to which a partial period is known.
"""

from dangvien_analysis.sentences.causes import discreet, reason_label, reasons, reasons_by_side
from dangvien_analysis.sentences.cohorts import (
    cohorts,
    cohorts_differ,
    conversion,
    conversion_bounds,
    prediction,
    since,
    waiting,
)
from dangvien_analysis.sentences.completeness import coverage, files_read, reconcile
from dangvien_analysis.sentences.flows import (
    density,
    flow_ratio,
    like_for_like,
    nominated_vs_admitted,
    stages,
    trend_heading,
    without_admission,
)
from dangvien_analysis.sentences.reorganisation import reorganised
from dangvien_analysis.sentences.schools import NO_RANKING, comparison, overdispersion, own_school, power
from dangvien_analysis.sentences.targets import allocation, attainment, plans, scenario, target_of
from dangvien_analysis.sentences.terms import (
    FLOW_WORDS,
    GROUPS,
    count,
    for_groups,
    group_name,
    in_period,
    name_of,
    names_of,
    reporter,
    share,
    unit,
)

__all__ = [
    "FLOW_WORDS",
    "GROUPS",
    "NO_RANKING",
    "allocation",
    "attainment",
    "cohorts",
    "cohorts_differ",
    "comparison",
    "conversion",
    "conversion_bounds",
    "count",
    "coverage",
    "density",
    "discreet",
    "files_read",
    "flow_ratio",
    "for_groups",
    "group_name",
    "in_period",
    "like_for_like",
    "name_of",
    "names_of",
    "nominated_vs_admitted",
    "overdispersion",
    "own_school",
    "plans",
    "power",
    "prediction",
    "reason_label",
    "reasons",
    "reasons_by_side",
    "reconcile",
    "reorganised",
    "reporter",
    "scenario",
    "share",
    "since",
    "stages",
    "target_of",
    "trend_heading",
    "unit",
    "waiting",
    "without_admission",
]
