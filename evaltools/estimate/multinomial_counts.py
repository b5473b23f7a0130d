"""How often each person or cluster is drawn in each bootstrap replicate: a resample is counts, not copies of rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem

__all__ = ["draw_counts", "percentile_limits", "require_replicates"]

Floats = NDArray[np.float64]
_CELLS = 4_000_000  # counts held at once (32 MB)


def draw_counts(units: int, replicates: int, seed: int | np.random.Generator, block: int = 1000) -> Iterator[Floats]:
    """Draw all units with replacement, again and again.

    Parameters
    ----------
    units : int
        People or clusters, C.
    replicates : int
        How many resamples, B.
    seed : int or numpy.random.Generator
        The same seed gives the same resamples, whatever the block.
    block : int
        Most replicates to give at once.

    Yields
    ------
    numpy.ndarray
        Shape (C, b): column by column, how often each unit was drawn; each column adds up to C. All b add up to B.

    References
    ----------
    Davison and Hinkley (1997), Bootstrap Methods and their Application, section 2.3.

    Examples
    --------
    >>> [counts.sum(axis=0).tolist() for counts in draw_counts(3, 2, seed=1)]
    [[3.0, 3.0]]
    """
    rng = np.random.default_rng(seed)
    width = max(1, min(block, _CELLS // max(units, 1)))
    for first in range(0, replicates, width):
        size = min(width, replicates - first)
        drawn = rng.integers(0, units, size=(size, units))
        drawn += np.arange(size)[:, np.newaxis] * units
        counts = np.bincount(drawn.ravel(), minlength=size * units).reshape(size, units)
        yield counts.astype(float).T


def percentile_limits(draws: Floats, level: float, axis: int = -1) -> tuple[Floats, Floats, Floats]:
    """Return standard error, lower and upper percentile limit of bootstrap draws; all missing where a draw is missing.

    Parameters
    ----------
    draws : numpy.ndarray
        Replicates along `axis`.
    level : float
        Confidence level.
    axis : int
        Axis of the replicates.

    Examples
    --------
    >>> [float(limit.round(3)) for limit in percentile_limits(np.arange(101.0), 0.9)]
    [29.3, 5.0, 95.0]
    """
    tail = (1 - level) / 2
    lower, upper = np.quantile(draws, [tail, 1 - tail], axis=axis)
    return draws.std(axis=axis, ddof=1), lower, upper


def require_replicates(replicates: int, units: int, what: str) -> None:
    """Refuse a bootstrap of fewer than 20 replicates or of one unit.

    Parameters
    ----------
    replicates, units : int
        As for `draw_counts`.
    what : str
        What the units are, in words.

    Examples
    --------
    >>> require_replicates(1000, 30, "specialist")
    """
    if replicates < 20:
        raise EstimateError(Problem("E156", f"{replicates} replicates give no interval", fix="use 1000, and never below 20"))
    if units < 2:
        fix = "resample people (cluster=None), or add data of a second one"
        raise EstimateError(Problem("E157", f"there is only one {what}: nothing to resample", fix=fix))
