"""Covariance of coefficients when rows of one cluster go together: the sandwich and its named small-sample factors."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

__all__ = ["CONVENTIONS", "Convention", "cluster_sums", "sandwich", "small_sample_factor"]

Floats = NDArray[np.float64]
Convention = Literal["model", "hc0", "hc1", "cr0", "cr1", "cr1s", "cr2"]
CONVENTIONS: dict[str, str] = {
    "model": "from the model (normal)",
    "hc0": "HC0: sandwich by row, no factor (normal)",
    "hc1": "HC1: sandwich by row, n/(n-k) (normal)",
    "cr0": "CR0: sandwich by cluster, no factor (t, G-1)",
    "cr1": "CR1: sandwich by cluster, G/(G-1), as Stata's maximum-likelihood commands (t, G-1)",
    "cr1s": "CR1S: sandwich by cluster, G/(G-1) x (n-1)/(n-k), as statsmodels, pyfixest and Stata's regress (t, G-1)",
    "cr2": "CR2: bias-reduced sandwich by cluster, as clubSandwich (t, Satterthwaite)",
}
"""What each convention means; k counts the regression coefficients, never the dispersion."""


def cluster_sums(
    residual: Floats, cluster: NDArray[np.int64], matrix: Floats, pattern: NDArray[np.int64] | None = None
) -> Floats:
    """Add up residual times covariates by cluster.

    Parameters
    ----------
    residual : numpy.ndarray
        Shape (n,).
    cluster : numpy.ndarray
        Shape (n,), whole numbers from 0.
    matrix : numpy.ndarray
        Shape (n, p), or (m, p) with `pattern` (n,). A column of ones is understood before it.

    Returns
    -------
    numpy.ndarray
        Shape (G, 1 + p).

    Examples
    --------
    >>> cluster_sums(np.array([1.0, 2.0, -1.0]), np.array([0, 0, 1]), np.array([[1.0], [2.0], [3.0]])).tolist()
    [[3.0, 5.0], [-1.0, -3.0]]
    """
    groups, many = int(cluster.max()) + 1, len(residual)
    cells = groups * len(matrix)
    if pattern is not None and cells <= 4 * many:
        table = np.bincount(cluster * len(matrix) + pattern, residual, cells).reshape(groups, -1)
        return np.asarray(table @ np.column_stack([np.ones(len(matrix)), matrix]), dtype=np.float64)
    if pattern is None:
        spread = csc_matrix((residual, cluster, np.arange(many + 1)), shape=(groups, many))
    else:
        spread = csr_matrix((residual, (cluster, pattern)), shape=(groups, len(matrix)))
    return np.column_stack([np.bincount(cluster, residual, groups), spread @ matrix])


def small_sample_factor(convention: Convention, clusters: int, rows: int, coefficients: int) -> float:
    """Return what the sandwich is multiplied by.

    >>> small_sample_factor("cr1", 11, 100, 3)
    1.1
    """
    if convention == "hc1":
        return rows / (rows - coefficients)
    if convention not in ("cr1", "cr1s"):
        return 1.0
    factor = clusters / (clusters - 1)
    return factor * (rows - 1) / (rows - coefficients) if convention == "cr1s" else factor


def sandwich(bread: Floats, scores: Floats) -> Floats:
    """Return bread (k, k) x sum of squares of scores (G, k) x bread.

    References
    ----------
    Liang and Zeger (1986), Biometrika 73, 13-22.
    """
    shift = scores @ bread
    return np.asarray(shift.T @ shift)
