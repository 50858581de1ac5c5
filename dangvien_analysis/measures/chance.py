"""What chance alone does: schools outside limits, what would be noticed, whether shares differ."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dangvien_analysis.measures.rates import binomial, hypergeometric, limit_counts, log_choose

MANY_SCHOOLS = 10  # from here on overdispersion can be judged and limits drawn as a curve
_TABLES = 500_000  # so many tables are listed one by one; beyond it a p-value is simulated
_RUNS = 100_000
_DRAWS = 20_000  # of all schools together, for overdispersion
_SEED = 2024


class Chance(NamedTuple):
    """What chance alone puts outside the limits."""

    expected: float  # expected number of schools outside
    at_least_one: float  # probability of one or more


class Overdispersion(NamedTuple):
    """Whether the schools differ more than chance explains."""

    schools: int
    judged: bool  # False below MANY_SCHOOLS: "chưa đủ số trường để đánh giá"
    phi: float
    p_value: float


class SameShare(NamedTuple):
    """The p-value of "all have the same share", and whether it is exact or simulated."""

    p_value: float
    exact: bool


def chance_outside(
    trials: Sequence[int],
    centre: float | None = None,
    confidence: float = 0.95,
    pool: tuple[int, int] | None = None,
) -> Chance:
    """Return how many of the schools chance alone puts outside the limits (`control_limits`), exactly.

    With `centre` the schools are independent; with `pool` their successes add up to the pool's (ValueError where
    their trials do not), and the probability that all lie inside is a convolution of their binomials, conditional on
    that sum: it does not depend on the rate.
    """
    sizes = [int(size) for size in trials if size > 0]
    if pool is not None and sum(sizes) != pool[1]:
        raise ValueError(f"Các trường cộng lại có {sum(sizes)} người, khác mẫu số chung {pool[1]}.")
    inside = [_inside(size, centre, pool, confidence) for size in sizes]
    expected = sum(1 - chances.sum() for chances in inside)
    if pool is None:
        none = float(np.prod([chances.sum() for chances in inside]))
    else:
        none = _all_inside(sizes, pool, confidence)
    return Chance(max(float(expected), 0.0), min(max(1 - none, 0.0), 1.0))


def _inside(size: int, centre: float | None, pool: tuple[int, int] | None, confidence: float) -> np.ndarray:
    low, high = limit_counts(size, centre, pool, confidence)
    return (binomial(size, centre) if pool is None else hypergeometric(*pool, size))[low : high + 1]


def _all_inside(sizes: Sequence[int], pool: tuple[int, int], confidence: float) -> float:
    successes, people = pool
    if successes in (0, people):
        return 1.0  # everybody alike: nothing can be outside
    rate, ways = successes / people, np.ones(1)
    for size in sizes:
        low, high = limit_counts(size, None, pool, confidence)
        chances = binomial(size, rate)
        chances[:low], chances[high + 1 :] = 0, 0
        ways = np.convolve(ways, chances)
    return float(ways[successes] / binomial(people, rate)[successes])


def power(trials: int, pool_trials: int, rate: float, common_rate: float, confidence: float = 0.95) -> float:
    """Return the probability that a school of `trials` with true `rate` falls outside the pooled limits.

    The other pool_trials - trials people have `common_rate`.  Exact: sum over both binomials.
    """
    own, others = binomial(trials, rate), binomial(pool_trials - trials, common_rate)
    inside = 0.0
    for successes in range(pool_trials + 1):
        low, high = limit_counts(trials, None, (successes, pool_trials), confidence)
        x = np.arange(max(low, successes - len(others) + 1), min(high, successes) + 1)
        inside += float(own[x] @ others[successes - x])
    return 1 - inside


def overdispersion(successes: Sequence[int], trials: Sequence[int]) -> Overdispersion:
    """Return phi = sum (x_i - n_i c)^2 / (n_i c (1 - c)) / (S - 1) and its p-value by simulation from the margins.

    Below MANY_SCHOOLS nothing is judged, nor where everybody or nobody succeeded: phi and p_value are NaN.
    """
    x, n = np.asarray(successes, dtype="int64"), np.asarray(trials, dtype="int64")
    x, n = x[n > 0], n[n > 0]
    schools, total, people = len(n), int(x.sum()), int(n.sum())
    if schools < MANY_SCHOOLS or total in (0, people):
        return Overdispersion(schools, judged=False, phi=np.nan, p_value=np.nan)
    draws = np.random.default_rng(_SEED).multivariate_hypergeometric(n, total, size=_DRAWS, method="marginals")
    phi, by_chance = _dispersion(x, n, total / people), _dispersion(draws, n, total / people)
    as_large = int((by_chance >= phi * (1 - 1e-12)).sum())
    return Overdispersion(schools, judged=True, phi=float(phi), p_value=(1 + as_large) / (1 + _DRAWS))


def _dispersion(x: np.ndarray, n: np.ndarray, centre: float) -> np.ndarray:
    return ((x - n * centre) ** 2 / (n * centre * (1 - centre))).sum(axis=-1) / (len(n) - 1)


def same_share(successes: Sequence[int], trials: Sequence[int]) -> SameShare:
    """Test whether all have the same share: Freeman and Halton's exact test, conditional on the margins.

    The p-value adds the probabilities of all tables at most as probable as the one seen.  Where there are too
    many tables it is simulated with a fixed seed.  NaN with fewer than two that have people.
    """
    pairs = [(int(x), int(n)) for x, n in zip(successes, trials, strict=True) if n > 0]
    if len(pairs) < 2:
        return SameShare(np.nan, exact=True)
    x, n = (np.array(part, dtype="int64") for part in zip(*pairs, strict=True))
    tables = np.prod([min(size, x.sum()) + 1.0 for size in sorted(n)[:-1]])
    if tables > _TABLES:
        return SameShare(_simulated(x, n), exact=False)
    return SameShare(_listed(x, n), exact=True)


def _listed(x: np.ndarray, n: np.ndarray) -> float:
    total = int(x.sum())
    seen = sum(log_choose(int(size), np.array([count]))[0] for size, count in zip(n, x, strict=True))
    used, logs = np.zeros(1, dtype="int64"), np.zeros(1)
    *others, largest = sorted(int(size) for size in n)
    for size in others:
        counts = np.arange(min(size, total) + 1)
        used, logs = np.add.outer(used, counts).ravel(), np.add.outer(logs, log_choose(size, counts)).ravel()
        used, logs = used[used <= total], logs[used <= total]
    possible = total - used <= largest
    logs = logs[possible] + log_choose(largest, total - used[possible])
    chances = np.exp(logs - log_choose(int(n.sum()), np.array([total])))
    return float(min(1.0, chances[logs <= seen + 1e-7].sum()))  # slack: equal tables differ by rounding


def _simulated(x: np.ndarray, n: np.ndarray) -> float:
    draws = np.random.default_rng(_SEED).multivariate_hypergeometric(n, int(x.sum()), size=_RUNS, method="marginals")
    logs, seen = np.zeros(_RUNS), 0.0
    for column, size in enumerate(n):
        chances = log_choose(int(size), np.arange(size + 1))
        logs += chances[draws[:, column]]
        seen += chances[x[column]]
    return (1 + int((logs <= seen + 1e-7).sum())) / (1 + _RUNS)
