"""A risk-adjusted CUSUM: evidence, person by person, that the odds of an outcome have moved from what was expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from evaltools.errors import EstimateError, Problem

__all__ = ["Cusum", "cusum", "run_length"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cusum:
    """A CUSUM.

    table: step, outcome, expected, score, path, signal. threshold: the path above which there is a signal, after which it
    starts again at 0. average_run_length: people until a false signal, by simulation, and whether some runs were cut short.
    """

    table: pd.DataFrame
    odds_ratio: float
    threshold: float
    average_run_length: float
    cut_short: float


def cusum(
    outcome: ArrayLike, expected: ArrayLike, odds_ratio: float = 2.0, threshold: float = 4.5, runs: int = 500, seed: int = 1
) -> Cusum:
    """Add up log-likelihood ratios of a change of the odds.

    Parameters
    ----------
    outcome : array_like
        0 or 1 of each person, in order of time, shape (n,).
    expected : array_like
        Each person's expected probability, from a case-mix model of other data, between 0 and 1.
    odds_ratio : float
        The change looked for: above 1 more outcomes than expected, below 1 fewer.
    threshold : float
        Height at which the path gives a signal.
    runs, seed : int
        Of the simulated run length.

    References
    ----------
    Steiner, Cook, Farewell and Treasure (2000), Biostatistics 1, 441-452.

    Examples
    --------
    >>> path = cusum([1, 1, 0, 1], [0.2, 0.3, 0.2, 0.5], runs=20).table["path"]
    >>> path.round(3).tolist()
    [0.511, 0.942, 0.759, 1.047]
    """
    y, p = np.asarray(outcome, dtype=float), np.asarray(expected, dtype=float)
    if len(y) != len(p) or not np.isin(y, (0, 1)).all() or not ((p > 0) & (p < 1)).all() or not len(y):
        raise EstimateError(
            Problem("E245", "a CUSUM needs outcomes of 0 or 1 with expected probabilities between 0 and 1",
                    fix="leave out people whose outcome or expectation is not known")
        )  # fmt: skip
    if odds_ratio <= 0 or odds_ratio == 1 or threshold <= 0:
        raise EstimateError(Problem("E245", "a CUSUM looks for odds that change", fix="give an odds ratio other than 1"))
    score = _scores(y, p, odds_ratio)
    path, signal = np.zeros(len(y)), np.zeros(len(y), dtype=bool)
    height = 0.0
    for at, step in enumerate(score.tolist()):
        height = max(0.0, height + step)
        path[at], signal[at] = height, height >= threshold
        height = 0.0 if signal[at] else height
    table = pd.DataFrame(
        {"step": np.arange(1, len(y) + 1), "outcome": y, "expected": p, "score": score, "path": path, "signal": signal}
    )
    length, cut = run_length(p, odds_ratio, threshold, runs, seed)
    return Cusum(table, odds_ratio, threshold, length, cut)


def run_length(
    expected: Floats, odds_ratio: float, threshold: float, runs: int = 500, seed: int = 1, longest: int = 20_000
) -> tuple[float, float]:
    """Return the average number of people until a false signal, and the share of runs cut short at the longest.

    People are drawn again from those given; all runs move together, a person at a time.

    >>> length, cut = run_length(np.array([0.3]), 2.0, 1.0, runs=50)
    >>> length > 2, cut
    (True, 0.0)
    """
    rng = np.random.default_rng(seed)
    height, length = np.zeros(runs), np.full(runs, longest)
    alive = np.arange(runs)
    for step in range(1, longest + 1):
        p = expected[rng.integers(len(expected), size=len(alive))]
        height = np.maximum(0.0, height + _scores((rng.random(len(alive)) < p).astype(float), p, odds_ratio))
        over = height >= threshold
        length[alive[over]] = step
        alive, height = alive[~over], height[~over]
        if not len(alive):
            break
    return float(length.mean()), len(alive) / runs


def _scores(y: Floats, p: Floats, odds_ratio: float) -> Floats:
    return np.asarray(y * np.log(odds_ratio) - np.log(1 - p + odds_ratio * p))
