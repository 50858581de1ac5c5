"""Checks across cells, returns and periods. A check reports, it never repairs.

Each check is one function `check_<what>(evidence) -> iterator of findings`; its findings bear the code that its
docstring opens with. `CHECKS` lists them in the order in which they run.
"""

from collections.abc import Callable, Iterator

from dangvien_analysis.checks import amounts, arrival, coverage, flows, plans, wholes
from dangvien_analysis.checks.evidence import Evidence
from dangvien_analysis.frames import Finding

__all__ = ["CHECKS", "Check", "Evidence", "run_checks"]

Check = Callable[[Evidence], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    coverage.check_missing_returns,
    coverage.check_incomplete_returns,
    arrival.check_late_returns,
    arrival.check_same_files,
    coverage.check_unexpected_periods,
    coverage.check_closed_schools,
    coverage.check_early_days,
    coverage.check_partial_periods,
    wholes.check_parts,
    wholes.check_partitions,
    wholes.check_groups,
    wholes.check_periods,
    amounts.check_headcounts,
    amounts.check_headcount_jumps,
    flows.check_stages,
    flows.check_cohorts_and_plain_rows,
    flows.check_cohort_sums,
    flows.check_before_course,
    flows.check_cohort_balance,
    flows.check_reasons,
    plans.check_exceeded_targets,
    plans.check_targets_without_actuals,
    amounts.check_published,
)


def run_checks(evidence: Evidence) -> list[Finding]:
    """Return the findings of every check."""
    return [finding for check in CHECKS for finding in check(evidence)]
