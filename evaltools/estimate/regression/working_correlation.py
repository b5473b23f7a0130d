"""Working correlations of rows of one group: how they are estimated from residuals, and multiplied by their inverse."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Correlation", "Grouped", "correlation_matrices", "estimate_correlation", "grouped", "whiten"]

Floats = NDArray[np.float64]
Correlation = Literal["independence", "exchangeable", "ar1"]


class Grouped(NamedTuple):
    """Rows in order of group and time: code (n,) from 0, sizes (g,), starts (g,), time (n,) as whole numbers."""

    code: NDArray[np.int64]
    sizes: NDArray[np.int64]
    starts: NDArray[np.int64]
    time: NDArray[np.int64]


def grouped(code: NDArray[np.int64], time: NDArray[np.int64] | None = None) -> Grouped:
    """Describe rows that are already in order; without time, rows of a group are one step apart.

    >>> grouped(np.array([0, 0, 1])).sizes.tolist()
    [2, 1]
    """
    sizes = np.bincount(code)
    starts = np.cumsum(sizes) - sizes
    steps = np.arange(len(code)) - starts[code] if time is None else time
    return Grouped(code, sizes, starts, steps)


def estimate_correlation(kind: Correlation, residual: Floats, rows: Grouped, phi: float) -> float:
    """Return the correlation of Pearson residuals (n,) that have variance phi, as geepack does.

    exchangeable: mean product of pairs. ar1: root of the estimating equation over all pairs, correlation a to the power of
    the steps between them.

    References
    ----------
    Liang and Zeger (1986), Biometrika 73, 13-22; Yan and Fine (2004), Statistics in Medicine 23, 859-874.
    """
    if kind == "independence":
        return 0.0
    if kind == "exchangeable":
        sums = np.bincount(rows.code, residual)
        pairs = float((rows.sizes * (rows.sizes - 1)).sum()) / 2
        return 0.0 if not pairs else float((sums @ sums - residual @ residual) / 2 / pairs / phi)
    gaps, products = _pairs_by_gap(residual / np.sqrt(phi), rows)
    if not len(gaps):
        return 0.0
    number, total = products
    low, high = -0.999, 0.999
    for _ in range(60):  # the equation falls through 0 once between the ends in any data met so far
        middle = (low + high) / 2
        power = middle ** (gaps - 1)
        low, high = (middle, high) if float((gaps * power * (total - number * power * middle)).sum()) > 0 else (low, middle)
    return (low + high) / 2


def whiten(kind: Correlation, alpha: float, values: Floats, rows: Grouped) -> Floats:
    """Return the inverse correlation matrix of each group times its values, shape (n, q)."""
    if kind == "independence" or alpha == 0.0:
        return values
    if kind == "exchangeable":
        totals = np.add.reduceat(values, rows.starts, axis=0)
        share = alpha / (1 + (rows.sizes - 1) * alpha)
        return (values - (share[:, None] * totals)[rows.code]) / (1 - alpha)
    out = values.copy()
    first = np.flatnonzero(rows.code[1:] == rows.code[:-1])
    link = np.sign(alpha) ** (rows.time[first + 1] - rows.time[first]) * np.abs(alpha) ** np.abs(
        rows.time[first + 1] - rows.time[first]
    )
    shift = (values[first + 1] - link[:, None] * values[first]) / (1 - link**2)[:, None]
    out[first + 1] = shift  # of a row given the one before it
    np.subtract.at(out, first, link[:, None] * shift)
    return out


def correlation_matrices(kind: Correlation, alpha: float, time: NDArray[np.int64]) -> Floats:
    """Return the correlation matrix of groups with times (g, s), shape (g, s, s)."""
    same = np.eye(time.shape[1])
    if kind == "ar1":
        return np.asarray(np.float_power(alpha if alpha else 0.0, np.abs(time[:, :, None] - time[:, None, :])))
    return np.broadcast_to(same + alpha * (1 - same) * (kind == "exchangeable"), (len(time), *same.shape))


def _pairs_by_gap(residual: Floats, rows: Grouped) -> tuple[NDArray[np.int64], tuple[Floats, Floats]]:
    """Return steps between rows of a group, and by step the number of pairs and the sum of their products."""
    gaps, parts = [], []
    for lag in range(1, int(rows.sizes.max())):
        first = np.flatnonzero(rows.code[lag:] == rows.code[:-lag])
        gaps.append(np.abs(rows.time[first + lag] - rows.time[first]))
        parts.append(residual[first + lag] * residual[first])
    if not gaps:
        return np.zeros(0, dtype=np.int64), (np.zeros(0), np.zeros(0))
    steps, product = np.concatenate(gaps), np.concatenate(parts)
    number, total = np.bincount(steps).astype(float), np.bincount(steps, product).astype(float)
    seen = np.flatnonzero(number).astype(np.int64)
    return seen, (number[seen], total[seen])
