"""Shares and their limits: Wilson, Clopper-Pearson, exact binomial and hypergeometric control limits."""

import math
from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

FEW_TRIALS = 10  # below it a sentence gives x/n only, no per cent and no interval
_SLACK = 1e-12  # a tail that equals the promise but for rounding is still "at most" the promise


class Interval(NamedTuple):
    """A share with its confidence limits, all between 0 and 1."""

    rate: float
    low: float
    high: float


class Limits(NamedTuple):
    """The lowest and the highest share that chance alone explains."""

    low: float
    high: float


def interval(successes, trials, confidence: float = 0.95) -> Interval | pd.DataFrame:
    """Return the share and its Wilson interval.

    Numbers give an `Interval`; columns (Series, arrays, lists) a frame of rate, low, high (float64) with the
    index of the Series given.  All NaN where a number is missing or trials is 0.
    ValueError, in Vietnamese, for negative numbers, successes above trials, or a confidence outside (0, 1).
    Formula: Wilson (1927), JASA 22:209-212; the same as method "wilson" of PHEindicatormethods::phe_proportion.
    """
    return _interval(successes, trials, confidence, wilson_limits)


def clopper_pearson(successes, trials, confidence: float = 0.95) -> Interval | pd.DataFrame:
    """Return the share and its exact (conservative) interval; shapes and errors as `interval`.

    Takes effective sizes that are not whole.  Formula: Clopper & Pearson (1934), Biometrika 26:404-413.
    """
    return _interval(successes, trials, confidence, exact_limits)


def _interval(successes, trials, confidence: float, limits) -> Interval | pd.DataFrame:
    _check_confidence(confidence)
    index = next((part.index for part in (successes, trials) if isinstance(part, pd.Series)), None)
    x, n = np.broadcast_arrays(_numbers(successes), _numbers(trials))
    if (x < 0).any() or (n < 0).any() or (x > n).any():
        raise ValueError("Tử số phải từ 0 đến mẫu số: không tính được tỷ lệ từ số âm hoặc từ tử số lớn hơn mẫu số.")
    empty = np.isnan(x) | np.isnan(n) | (n == 0)
    x, n = np.where(empty, 0.0, x), np.where(empty, 1.0, n)
    columns = [np.where(empty, np.nan, column) for column in (x / n, *limits(x, n, confidence))]
    if x.ndim == 0:
        return Interval(*(float(column) for column in columns))
    return pd.DataFrame(dict(zip(Interval._fields, columns, strict=True)), index=index)


def _check_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError(f"Độ tin cậy {confidence} không hợp lệ: phải lớn hơn 0 và nhỏ hơn 1, ví dụ 0.95.")


def _numbers(values) -> np.ndarray:
    if np.ndim(values) == 0:
        return np.asarray(np.nan if pd.isna(values) else values, dtype="float64")
    return pd.Series(values).astype("Float64").to_numpy("float64", na_value=np.nan)


def wilson_limits(x: np.ndarray, n: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Return Wilson's limits for arrays of successes and (perhaps effective) trials above 0."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = x + z * z / 2
    spread = z * np.sqrt(np.maximum(x * (n - x) / n, 0) + z * z / 4)
    low, high = (middle - spread) / (n + z * z), (middle + spread) / (n + z * z)
    return np.where(x <= 0, 0.0, np.clip(low, 0, 1)), np.where(x >= n, 1.0, np.clip(high, 0, 1))


def exact_limits(x: np.ndarray, n: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Return Clopper's and Pearson's limits: quantiles of Beta(x, n - x + 1) and Beta(x + 1, n - x)."""
    tail = (1 - confidence) / 2
    some, not_all = x > 0, x < n
    low = _beta_quantile(tail, np.where(some, x, 1.0), n - np.where(some, x, 1.0) + 1)
    high = _beta_quantile(1 - tail, np.where(not_all, x, 0.0) + 1, n - np.where(not_all, x, 0.0))
    return np.where(some, low, 0.0), np.where(not_all, high, 1.0)


def _beta_quantile(probability: float, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    low, high = np.zeros(np.shape(a)), np.ones(np.shape(a))
    log_beta = _log_gamma(a) + _log_gamma(b) - _log_gamma(a + b)
    for _ in range(60):  # halving: 60 steps reach the last digit and cannot miss
        middle = (low + high) / 2
        below = _beta_share(middle, a, b, log_beta) < probability
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def _beta_share(x: np.ndarray, a: np.ndarray, b: np.ndarray, log_beta: np.ndarray) -> np.ndarray:
    """Return the regularised incomplete beta function by its continued fraction (Numerical Recipes 6.4)."""
    swap = x > (a + 1) / (a + b + 2)  # the fraction converges fast only on one side of the mean
    x, a, b = np.where(swap, 1 - x, x), np.where(swap, b, a), np.where(swap, a, b)
    with np.errstate(divide="ignore"):
        front = np.exp(a * np.log(x) + b * np.log1p(-x) - log_beta) / a
    share = front * _beta_fraction(x, a, b)
    return np.where(swap, 1 - share, share)


def _beta_fraction(x: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    tiny = 1e-300
    c, d = np.ones(np.shape(x)), 1 / _away_from_zero(1 - (a + b) * x / (a + 1), tiny)
    value = d
    for m in range(1, 1000):
        step = np.ones(np.shape(x))
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away_from_zero(1 + numerator * d, tiny)
            c = _away_from_zero(1 + numerator / c, tiny)
            step = step * c * d
            value = value * c * d
        if np.all(np.abs(step - 1) < 1e-14):
            break
    return value


def _away_from_zero(values: np.ndarray, tiny: float) -> np.ndarray:
    return np.where(np.abs(values) < tiny, tiny, values)


_log_gamma_object = np.frompyfunc(math.lgamma, 1, 1)


def _log_gamma(values: np.ndarray) -> np.ndarray:
    return np.asarray(_log_gamma_object(values), dtype="float64")


def control_limits(
    trials, centre: float | None = None, confidence: float = 0.95, pool: tuple[int, int] | None = None
) -> Limits | pd.DataFrame:
    """Return the limits, as shares, within which a school of `trials` people lies by chance.

    Give either `centre`, a share that comes from outside (a target, a province): exact binomial; or
    `pool=(successes, trials)`, all schools together, this one included: hypergeometric, for which the common
    rate need not be known.  A whole `trials` gives `Limits`, a column a frame of low, high (float64).
    A count is outside when its tail, itself included, has probability of at most (1 - confidence) / 2; these
    are the tightest limits with that promise.  NaN where trials is missing or 0.
    ValueError, in Vietnamese, when both or none of centre and pool are given, when the centre is no share, or
    when trials exceeds the pool.
    """
    _check_confidence(confidence)
    _check_reference(centre, pool)
    sizes = _numbers(trials)
    if (sizes < 0).any() or (np.nan_to_num(sizes) % 1 != 0).any():
        raise ValueError("Số người của mỗi trường phải là số nguyên không âm.")
    if pool is not None and (sizes > pool[1]).any():
        raise ValueError(f"Một trường có nhiều người hơn cả các trường cộng lại ({pool[1]}): kiểm tra tham số pool.")
    shares = [_limits_of(size, centre, pool, confidence) for size in np.atleast_1d(sizes)]
    if sizes.ndim == 0:
        return shares[0]
    index = trials.index if isinstance(trials, pd.Series) else None
    return pd.DataFrame(shares, columns=list(Limits._fields), index=index, dtype="float64")


def _check_reference(centre: float | None, pool: tuple[int, int] | None) -> None:
    if (centre is None) == (pool is None):
        raise ValueError("Cho một trong hai: centre (mức lấy từ ngoài) hoặc pool (kết quả chung của các trường).")
    if centre is not None and not 0 <= centre <= 1:
        raise ValueError(f"Mức so sánh {centre} không hợp lệ: phải là một tỷ lệ từ 0 đến 1.")
    if pool is not None and not 0 <= pool[0] <= pool[1]:
        raise ValueError(f"Kết quả chung {pool[0]}/{pool[1]} không hợp lệ: tử số phải từ 0 đến mẫu số.")


def _limits_of(size: float, centre: float | None, pool: tuple[int, int] | None, confidence: float) -> Limits:
    if np.isnan(size) or size == 0:
        return Limits(np.nan, np.nan)
    low, high = limit_counts(int(size), centre, pool, confidence)
    return Limits(float(low / size), float(high / size))


@lru_cache(maxsize=4096)
def limit_counts(trials: int, centre: float | None, pool: tuple[int, int] | None, confidence: float) -> tuple[int, int]:
    """Return the lowest and the highest count that are not outside."""
    return count_limits(binomial(trials, centre) if pool is None else hypergeometric(*pool, trials), confidence)


def count_limits(chances: np.ndarray, confidence: float) -> tuple[int, int]:
    """Return the lowest and the highest count that are not outside, from the probabilities of 0, 1, 2, ..."""
    promise = (1 - confidence) / 2 * (1 + _SLACK)
    low = int(np.argmax(np.cumsum(chances) > promise))
    high = len(chances) - 1 - int(np.argmax(np.cumsum(chances[::-1]) > promise))
    return low, high


def binomial(trials: int, rate: float) -> np.ndarray:
    """Return the probabilities of 0..trials successes, added up in log space so that no size overflows."""
    if rate in (0, 1):
        return np.eye(1, trials + 1, int(rate) * trials)[0]
    x = np.arange(trials + 1)
    return np.exp(log_choose(trials, x) + x * math.log(rate) + (trials - x) * math.log1p(-rate))


def hypergeometric(successes: int, pool: int, trials: int) -> np.ndarray:
    """Return the probabilities of 0..trials successes among `trials` drawn from a pool of people."""
    x = np.arange(trials + 1)
    possible = (x <= successes) & (trials - x <= pool - successes)
    x = np.where(possible, x, min(trials, successes))
    logs = log_choose(successes, x) + log_choose(pool - successes, np.minimum(trials - x, pool - successes))
    return np.where(possible, np.exp(logs - log_choose(pool, np.asarray(trials))), 0.0)


def log_choose(n: int, x: np.ndarray) -> np.ndarray:
    """Return the logarithms of "n choose x"."""
    table = _log_factorials(1 << max(n, 1).bit_length())
    return table[n] - table[x] - table[n - x]


@lru_cache(maxsize=32)
def _log_factorials(size: int) -> np.ndarray:
    table = np.array([math.lgamma(value + 1) for value in range(size + 1)])
    table.setflags(write=False)
    return table
