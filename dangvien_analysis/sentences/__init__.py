"""Findings in one correct Vietnamese sentence each, counts beside per cent, no stronger than the interval allows.

Every function takes a frame of `measures` and returns text. Pupils, staff and the whole unit are spoken of apart:
`for_groups` writes a sentence for each. `names` maps the ids of schools (and groups) to what the office calls them
(`names_of(collection)`); `as_of` is the day up to which a partial period is known.
"""

from dangvien_analysis.sentences.causes import discreet, earlier, reason_label, reasons, reasons_by_side
from dangvien_analysis.sentences.cohorts import (
    cohorts,
    cohorts_differ,
    cohorts_together,
    conversion,
    conversion_bounds,
    conversion_heading,
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
from dangvien_analysis.sentences.outlook import WEIGHT_WORDS, actions, of_age, still_here, support, weight
from dangvien_analysis.sentences.reorganisation import reorganised
from dangvien_analysis.sentences.schools import (
    NO_RANKING,
    alike,
    by_grade,
    comparison,
    many,
    overdispersion,
    own_school,
    power,
)
from dangvien_analysis.sentences.targets import allocation, attainment, plans, scenario, target_of, unions
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
    some_names,
    unit,
)

__all__ = [
    "FLOW_WORDS",
    "GROUPS",
    "NO_RANKING",
    "WEIGHT_WORDS",
    "actions",
    "alike",
    "allocation",
    "attainment",
    "by_grade",
    "cohorts",
    "cohorts_differ",
    "cohorts_together",
    "comparison",
    "conversion",
    "conversion_bounds",
    "conversion_heading",
    "count",
    "coverage",
    "density",
    "discreet",
    "earlier",
    "files_read",
    "flow_ratio",
    "for_groups",
    "group_name",
    "in_period",
    "like_for_like",
    "many",
    "name_of",
    "names_of",
    "nominated_vs_admitted",
    "of_age",
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
    "some_names",
    "stages",
    "still_here",
    "support",
    "target_of",
    "trend_heading",
    "unions",
    "unit",
    "waiting",
    "weight",
    "without_admission",
]
