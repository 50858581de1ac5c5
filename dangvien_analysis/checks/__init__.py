"""Checks across cells, returns and periods. A check reports, it never repairs.

Each check is one function `check_<what>(evidence) -> iterator of findings`; its findings bear the code that its
docstring opens with. `CHECKS` lists them in the order in which they run.
"""

from collections.abc import Callable, Iterator

from dangvien_analysis.checks.amounts import check_headcount_jumps, check_headcounts, check_partitions, check_parts
from dangvien_analysis.checks.arrival import check_late_returns, check_same_files
from dangvien_analysis.checks.coverage import (
    check_closed_schools,
    check_early_days,
    check_incomplete_returns,
    check_missing_returns,
    check_partial_periods,
    check_unexpected_periods,
)
from dangvien_analysis.checks.evidence import Evidence
from dangvien_analysis.checks.flows import (
    check_before_course,
    check_cohort_balance,
    check_cohort_sums,
    check_cohorts_and_plain_rows,
    check_reasons,
    check_stages,
)
from dangvien_analysis.checks.plans import check_exceeded_targets, check_targets_without_actuals
from dangvien_analysis.checks.published import check_published
from dangvien_analysis.frames import Finding

__all__ = ["CHECKS", "Check", "Evidence", "run_checks"]

Check = Callable[[Evidence], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    check_missing_returns,
    check_incomplete_returns,
    check_late_returns,
    check_same_files,
    check_unexpected_periods,
    check_closed_schools,
    check_early_days,
    check_partial_periods,
    check_parts,
    check_partitions,
    check_headcounts,
    check_headcount_jumps,
    check_stages,
    check_cohorts_and_plain_rows,
    check_cohort_sums,
    check_before_course,
    check_cohort_balance,
    check_reasons,
    check_exceeded_targets,
    check_targets_without_actuals,
    check_published,
)


def run_checks(evidence: Evidence) -> list[Finding]:
    """Return the findings of every check."""
    return [finding for check in CHECKS for finding in check(evidence)]
