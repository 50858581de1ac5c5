"""Simulate how the figures behave where the truth is known, and write docs/figures.md.

Run by `make simulate`. The seed is fixed: the same numbers come out again. Nothing here is about real people.
"""

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from dangvien_analysis import measures
from dangvien_analysis.measures.curves import DIFFERENT, product_limit
from dangvien_analysis.measures.rates import binomial, exact_limits, limit_counts, wilson_limits

RUNS = 20_000
SEED = 20240314
YEARS = 3  # cohorts, and years since the course: the last cohort has been seen for its first year only
DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "figures.md"

HAZARDS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.55)
RATES = (0.02, 0.05, 0.16, 0.3, 0.5, 0.8)


class Seen(NamedTuple):
    """What the returns of every run show: people at risk and admitted, by school-cohort and year since the course."""

    trained: np.ndarray  # runs x units
    cohort: np.ndarray  # of each unit: 0, 1, 2
    at_risk: np.ndarray  # runs x units x years
    admitted: np.ndarray

    def observed(self, k: int) -> np.ndarray:
        """Return which units have been through year k."""
        return self.cohort + k < YEARS


# --- pretended returns --------------------------------------------------------------------------------------------


def follow(rng: np.random.Generator, trained: np.ndarray, cohort: np.ndarray, hazards: np.ndarray) -> Seen:
    """Let each unit's people be admitted year by year; `hazards` is units x years, leavers kept at risk."""
    left, at_risk, admitted = trained.copy(), [], []
    for k in range(YEARS):
        at_risk.append(left)
        admitted.append(rng.binomial(left, hazards[..., k]))
        left = left - admitted[-1]
    return Seen(trained, cohort, np.stack(at_risk, axis=-1), np.stack(admitted, axis=-1))


def schools_and_cohorts(rng: np.random.Generator, schools: int, low: int, high: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw the number trained of each school and cohort, from `low` to `high`."""
    cohort = np.tile(np.arange(YEARS), schools)
    return rng.integers(low, high + 1, size=(RUNS, len(cohort))), cohort


def pooled(seen: Seen) -> tuple[np.ndarray, np.ndarray]:
    """Return the package's own F(k) and effective size of every run, runs x years."""
    sums = [
        {
            "admitted": seen.admitted[:, seen.observed(k), k].sum(axis=1),
            "at_risk": seen.at_risk[:, seen.observed(k), k].sum(axis=1),
            "trained": seen.trained[:, seen.observed(k)].sum(axis=1),
        }
        for k in range(YEARS)
    ]
    frame = pd.concat([pd.DataFrame(added).assign(run=np.arange(len(seen.trained))) for added in sums])
    share, effective = product_limit(frame.reset_index(drop=True), [frame["run"].reset_index(drop=True)])
    return share.to_numpy().reshape(YEARS, -1).T, effective.to_numpy().reshape(YEARS, -1).T


def covered(
    limits, share: np.ndarray, effective: np.ndarray, truth: np.ndarray, confidence: float = 0.95
) -> np.ndarray:
    """Return in how many of 100 runs the interval holds the truth, by year."""
    cases, back = np.unique(np.stack([share.ravel(), effective.ravel()]), axis=1, return_inverse=True)
    low, high = limits(cases[0] * cases[1], cases[1], confidence)
    low, high = low[back].reshape(share.shape), high[back].reshape(share.shape)
    slack = 1e-9  # a limit computed as F n / n
    return 100 * ((low <= truth + slack) & (truth <= high + slack)).mean(axis=0)


def by_years(hazards: np.ndarray) -> np.ndarray:
    """Return the share admitted by the end of each year."""
    return 1 - np.cumprod(1 - hazards, axis=-1)


def logit_shifted(rate: float | np.ndarray, shift: np.ndarray) -> np.ndarray:
    """Return a rate moved on the logit scale."""
    return 1 / (1 + (1 - rate) / rate * np.exp(-shift))


# --- what is asked ------------------------------------------------------------------------------------------------


def pooled_coverage(rng: np.random.Generator) -> Iterator[list]:
    """4 schools, 3 cohorts, 5 to 25 people each, the same hazard every year."""
    for hazard in HAZARDS:
        trained, cohort = schools_and_cohorts(rng, 4, 5, 25)
        hazards = np.full((len(cohort), YEARS), hazard)
        share, effective = pooled(follow(rng, trained, cohort, hazards))
        truth = by_years(hazards[0])
        found = covered(wilson_limits, share, effective, truth)
        yield [f"{hazard:.2f}", *(f"{100 * f:.0f}% → {c:.1f}" for f, c in zip(truth, found, strict=True))]


def mixed_coverage(rng: np.random.Generator, spread: float, drift: float) -> Iterator[list]:
    """Schools that differ by `spread` on the logit, calendar years that move by `drift`: what the pool then covers.

    The truth is the share of the people in question: those of the cohorts observed through year k.
    """
    for hazard in (0.05, 0.1, 0.2, 0.3):
        trained, cohort = schools_and_cohorts(rng, 4, 5, 25)
        of_school = np.repeat(rng.normal(0, spread, size=(RUNS, 4)), YEARS, axis=1)
        calendar = cohort[:, None] + np.arange(YEARS)[None, :]
        hazards = logit_shifted(hazard, of_school[..., None] + drift * (calendar - 1)[None, ...])
        seen = follow(rng, trained, cohort, hazards)
        share, effective = pooled(seen)
        truth = np.stack([_true_share(seen, hazards, k) for k in range(YEARS)], axis=1)
        found = covered(wilson_limits, share, effective, truth)
        yield [f"{hazard:.2f}", *(f"{100 * f:.0f}% → {c:.1f}" for f, c in zip(truth.mean(axis=0), found, strict=True))]


def _true_share(seen: Seen, hazards: np.ndarray, k: int) -> np.ndarray:
    units = seen.observed(k)
    return np.average(by_years(hazards)[:, units, k], weights=seen.trained[:, units], axis=1)


def one_school_coverage(rng: np.random.Generator) -> Iterator[list]:
    """One school, Clopper-Pearson on the effective size; shown in a report only from 5 admissions on."""
    for people, hazard in product((8, 16, 25), (0.02, 0.1, 0.3, 0.5)):
        trained, cohort = np.full((RUNS, YEARS), people), np.arange(YEARS)
        hazards = np.full((YEARS, YEARS), hazard)
        seen = follow(rng, trained, cohort, hazards)
        share, effective = pooled(seen)
        truth = by_years(hazards[0])
        exact, wilson = (covered(limits, share, effective, truth) for limits in (exact_limits, wilson_limits))
        yield [people, f"{hazard:.2f}", *(f"{e:.1f} ({w:.1f})" for e, w in zip(exact, wilson, strict=True))]


def leavers(rng: np.random.Generator) -> Iterator[list]:
    """People who leave: what is estimated when they are kept in the denominator, and when they are censored."""
    for leaving, hazard in (((0.25, 0.5, 0.8), 0.09), ((0.1, 0.3, 0.5), 0.25)):
        here, at_risk, admitted = np.full(RUNS, 48), [], []
        for k in range(YEARS):
            at_risk.append(here)
            admitted.append(rng.binomial(here, hazard))
            here = rng.binomial(here - admitted[-1], 1 - leaving[k])
        kept = np.sum(admitted, axis=0) / 48
        censored = 1 - np.prod(
            [1 - np.divide(d, r, where=r > 0, out=np.zeros(RUNS)) for d, r in zip(admitted, at_risk, strict=True)],
            axis=0,
        )
        staying = np.cumprod([1.0, *((1 - hazard) * (1 - share) for share in leaving[:-1])])
        words = " / ".join(f"{100 * share:.0f}" for share in leaving)
        yield [words, *(f"{100 * value:.1f}%" for value in (hazard * staying.sum(), kept.mean(), censored.mean()))]


def false_alarms(rng: np.random.Generator, schools: int) -> Iterator[list]:
    """Schools of 5 to 60 people that truly are alike: how many fall outside the pooled limits."""
    sets = 10 if schools > 10 else 40
    sizes = [rng.integers(5, 61, size=schools) for _ in range(sets)]
    for rate in RATES:
        outside = np.zeros(2)
        for people in sizes:
            counts = rng.binomial(people, rate, size=(RUNS // sets, schools))
            outside += [_outside(counts, people, confidence) for confidence in (0.95, 0.998)]
        yield [schools, f"{100 * rate:.0f}%", *(f"{100 * share / sets:.2f}" for share in outside)]


def _outside(counts: np.ndarray, people: np.ndarray, confidence: float) -> float:
    pool, found = int(people.sum()), 0
    totals = counts.sum(axis=1)
    for total in np.unique(totals):
        limits = [limit_counts(int(n), None, (int(total), pool), confidence) for n in people]
        low, high = np.array(limits).T
        these = counts[totals == total]
        found += int(((these < low) | (these > high)).sum())
    return found / counts.size


def powers() -> Iterator[list]:
    """Exactly: how often a school that differs falls outside, 4 schools of one size."""
    for people, rate in product((10, 15, 30, 60), (0.02, 0.3, 0.45, 0.6)):
        found = (measures.power(people, 4 * people, rate, 0.16, confidence) for confidence in (0.95, 0.998))
        yield [people, f"{100 * rate:.0f}%", *(f"{100 * value:.0f}%" for value in found)]


def cohort_tests(rng: np.random.Generator) -> Iterator[list]:
    """How often three cohorts are said to differ (p below 0.10), with and without a drift."""
    runs = 2_000
    for hazard, drift in product((0.05, 0.1, 0.3), (0.0, 0.35)):
        trained = rng.integers(5, 26, size=(runs, 4, YEARS)).sum(axis=1)
        admitted = rng.binomial(trained, logit_shifted(hazard, drift * (np.arange(YEARS) - 1)))
        found = [measures.same_share(x, n).p_value < DIFFERENT for x, n in zip(admitted, trained, strict=True)]
        yield [f"{hazard:.2f}", f"{drift:.2f}", f"{100 * np.mean(found):.1f}"]


def prediction_ranges() -> Iterator[list]:
    """Exactly: the 90% range of a cohort's next year, against what comes, over every outcome seen before."""
    for at_risk, people, rate in product((60, 150), (30, 60), (0.02, 0.07, 0.2, 0.4)):
        inside = 0.0
        for seen, chance in enumerate(binomial(at_risk, rate)):
            if chance > 1e-12:
                low, high = _range(people, seen, at_risk)
                inside += chance * binomial(people, rate)[low : high + 1].sum()
        yield [at_risk, people, f"{100 * rate:.0f}%", f"{100 * inside:.1f}"]


def _range(people: int, seen: int, at_risk: int) -> tuple[int, int]:
    """Return the 5% and the 95% point of BetaBinomial(people, seen + 1/2, at_risk - seen + 1/2)."""
    x = np.arange(1, people + 1)
    steps = (people - x + 1) / x * (seen + 0.5 + x - 1) / (at_risk - seen + 0.5 + people - x)
    chances = np.concatenate([[1.0], np.cumprod(steps)])
    reached = np.cumsum(chances) / chances.sum()
    return int(np.argmax(reached >= 0.05)), int(np.argmax(reached >= 0.95))


# --- the document -------------------------------------------------------------------------------------------------

INTRODUCTION = f"""# How the figures behave where the truth is known

Made by `make simulate` (`benchmarks/simulate.py`): {RUNS:,} runs for each line unless it says otherwise, seed {SEED}.
A coverage of 95 has a standard error of 0.15 points.
The methods are described in the docstrings of `dangvien_analysis/measures`.
"""

SECTIONS = (
    (
        "Conversion, pooled over four schools",
        """
        Wilson's interval on the effective sample size; four schools, three cohorts of 5 to 25 people each, the
        same hazard in every year since the course. Each cell: true share by the end of year k → runs of 100
        whose 95% interval holds it. Aim: 93 to 97 for shares of 2% to 90%.
        """,
        ["hazard", "k = 0", "k = 1", "k = 2"],
        pooled_coverage,
    ),
    (
        "Conversion when schools differ",
        """
        As above, with schools apart by a standard deviation of 0.6 on the logit. The truth is the share of
        these schools together.
        """,
        ["hazard", "k = 0", "k = 1", "k = 2"],
        lambda rng: mixed_coverage(rng, 0.6, 0.0),
    ),
    (
        "Conversion when rates drift",
        """
        As above, schools alike, but the hazard moves by 0.35 on the logit every calendar year, as in a
        campaign. The truth is the share of the cohorts observed through year k. No interval mends this: the
        cohorts must not be pooled. Hence each cohort's own curve is drawn behind the pooled one, their first
        years are tested, and when they differ the last cohort's own share is given.
        """,
        ["hazard in the middle year", "k = 0", "k = 1", "k = 2"],
        lambda rng: mixed_coverage(rng, 0.0, 0.35),
    ),
    (
        "The test of the cohorts' first years",
        """
        Three cohorts of four schools; runs of 100 in which the exact test has p below 0.10 (2,000 runs,
        standard error 0.7). Without a drift at most 10 should. With a drift most small ones go unseen: not
        finding a difference is not finding none.
        """,
        ["hazard", "drift a year", "said to differ"],
        cohort_tests,
    ),
    (
        "Conversion of one school",
        """
        Clopper and Pearson's interval on the effective sample size, in brackets Wilson's; one school, three
        cohorts. Runs of 100 whose 95% interval holds the true share. Aim: at least 93. (Below 5 admissions a
        report shows counts only.)
        """,
        ["people a cohort", "hazard", "k = 0", "k = 1", "k = 2"],
        one_school_coverage,
    ),
    (
        "Why leavers stay in the denominator",
        """
        48 people; a share of those not yet admitted leaves after years 0, 1 and 2. Mean of the estimates by the
        end of year 2: leavers kept at risk, and leavers censored as a survival library does by default.
        """,
        ["leave, %", "true share", "kept", "censored"],
        leavers,
    ),
    (
        "False alarms",
        """
        Schools of 5 to 60 people with one true rate; limits given the pool (hypergeometric). Schools of 100
        outside. Promised: at most 5 and 0.2.
        """,
        ["schools", "true rate", "outside 95%", "outside 99.8%"],
        lambda rng: (row for schools in (4, 10, 100) for row in false_alarms(rng, schools)),
    ),
    (
        "Power",
        """
        Exactly: how often one of four schools of the same size falls outside, when its true rate is as named
        and the other three have 16%.
        """,
        ["people a school", "its true rate", "outside 95%", "outside 99.8%"],
        lambda _: powers(),
    ),
    (
        "Prediction range",
        """
        Exactly, for one cohort without a ceiling: how often the 90% range of next year's admissions holds what
        comes, over everything that could have been seen before among those at risk.
        """,
        ["at risk before", "open now", "true rate", "held, %"],
        lambda _: prediction_ranges(),
    ),
)


def main() -> None:
    """Write the document, section by section, and say so."""
    parts = [INTRODUCTION]
    for number, (title, words, columns, rows) in enumerate(SECTIONS):
        table = [columns, ["---"] * len(columns), *rows(np.random.default_rng([SEED, number]))]
        lines = [f"| {' | '.join(str(cell) for cell in row)} |" for row in table]
        parts.append(f"## {title}\n\n{' '.join(words.split())}\n\n" + "\n".join(lines) + "\n")
        print(parts[-1], flush=True)
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text("\n".join(parts), encoding="utf-8", newline="\n")
    print(DOCUMENT, file=sys.stderr)


if __name__ == "__main__":
    main()
