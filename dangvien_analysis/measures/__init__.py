"""Figures from `counts`: pure functions, frames in and frames out.

Read once, holds for every function:

- Counts are Int64 (missing where nobody reported: missing is not zero), rates and limits float64
  *shares* (0.157 is 15,7%; NaN where there is none), texts string, flags bool and never missing, dates datetime64[ms].
- `by` names the columns of a row's identity; students, staff and `all` are never in one row (ValueError in
  Vietnamese when `by` would put them there).  Results are ordered by `by`: periods by time, groups, measures
  and kinds in a fixed order, schools as in `schools` if given, else as first met in the rows.
- Only `kind == "actual"` and `breakdown == "total"` unless the function says otherwise.  Rows with a
  cohort stand in for plain rows only where a school and period has no plain row (`totals`).
- `schools` (ids, or objects with `id`, `valid_from`, `valid_to`) and `periods` limit the rows *and* say
  what was expected; without them `expected` is missing.
- Periods of different kinds, or periods that overlap, are never added: ValueError in Vietnamese.
- A period is partial where a row's `as_of` does not reach its end.
- An empty frame gives an empty frame with the same columns and dtypes.  No argument is changed.
"""

from dangvien_analysis.measures.allocation import WEIGHTS, allocate, proposal
from dangvien_analysis.measures.chance import (
    MANY_SCHOOLS,
    Chance,
    Overdispersion,
    SameShare,
    chance_outside,
    overdispersion,
    power,
    same_share,
)
from dangvien_analysis.measures.cohorts import cohort_table
from dangvien_analysis.measures.curves import FEW_ADMISSIONS, cohort_test, conversion, conversion_bounds
from dangvien_analysis.measures.disclosure import suppress
from dangvien_analysis.measures.flows import funnel, like_for_like, ratio, trend
from dangvien_analysis.measures.forecast import ceilings, prediction, scenario
from dangvien_analysis.measures.pool import (
    SENSITIVE_BREAKDOWNS,
    SENSITIVE_REASONS,
    density,
    eligible,
    eligible_share,
    expiry,
    reasons,
    waiting,
)
from dangvien_analysis.measures.quality import CoverageSummary, coverage, coverage_summary, reconcile
from dangvien_analysis.measures.rates import FEW_TRIALS, Interval, Limits, clopper_pearson, control_limits, interval
from dangvien_analysis.measures.schools import by_grade, comparison
from dangvien_analysis.measures.selection import CORE_FLOWS, FLOWS, STAGES, STOCKS
from dangvien_analysis.measures.support import dossiers_short
from dangvien_analysis.measures.targets import attainment, plans
from dangvien_analysis.measures.whole import of_kind, origins, period_kinds, totals

__all__ = [
    "CORE_FLOWS",
    "FEW_ADMISSIONS",
    "FEW_TRIALS",
    "FLOWS",
    "MANY_SCHOOLS",
    "SENSITIVE_BREAKDOWNS",
    "SENSITIVE_REASONS",
    "STAGES",
    "STOCKS",
    "WEIGHTS",
    "Chance",
    "CoverageSummary",
    "Interval",
    "Limits",
    "Overdispersion",
    "SameShare",
    "allocate",
    "attainment",
    "by_grade",
    "ceilings",
    "chance_outside",
    "clopper_pearson",
    "cohort_table",
    "cohort_test",
    "comparison",
    "control_limits",
    "conversion",
    "conversion_bounds",
    "coverage",
    "coverage_summary",
    "density",
    "dossiers_short",
    "eligible",
    "eligible_share",
    "expiry",
    "funnel",
    "interval",
    "like_for_like",
    "of_kind",
    "origins",
    "overdispersion",
    "period_kinds",
    "plans",
    "power",
    "prediction",
    "proposal",
    "ratio",
    "reasons",
    "reconcile",
    "same_share",
    "scenario",
    "suppress",
    "totals",
    "trend",
    "waiting",
]
