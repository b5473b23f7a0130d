"""CR2: the bias-reduced cluster-robust covariance, and Satterthwaite degrees of freedom (Bell and McCaffrey)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from evaltools.estimate.regression.inverse_root import apply_inverse_root

__all__ = ["bias_reduced", "by_size"]

Floats = NDArray[np.float64]
_LARGE = 60  # rows, from which on a sum over shifted inverses is faster than eigenvalues
_NUMBERS = 4_000_000  # in one batch of square matrices
_FLAT, _ROUNDING = 1e-9, 1e-15


def bias_reduced(
    matrix: Floats, weight: Floats, residual: Floats, cluster: NDArray[np.int64], bread: Floats, contrasts: Floats
) -> tuple[Floats, Floats]:
    """Return the CR2 covariance of contrasts of the coefficients and the degrees of freedom of each.

    Parameters
    ----------
    matrix : numpy.ndarray
        Covariates, shape (n, k).
    weight : numpy.ndarray
        Working weights, shape (n,): variance of each outcome (1 for least squares).
    residual : numpy.ndarray
        Outcome less fitted mean, shape (n,), on the scale on which matrix' residual is the score.
    cluster : numpy.ndarray
        Shape (n,), whole numbers from 0.
    bread : numpy.ndarray
        Inverse of matrix' weight matrix, shape (k, k).
    contrasts : numpy.ndarray
        Shape (q, k), one contrast a row.

    Returns
    -------
    (numpy.ndarray, numpy.ndarray)
        Covariance (q, q) and degrees of freedom (q,).

    References
    ----------
    Bell and McCaffrey (2002), Survey Methodology 28, 169-181; Pustejovsky and Tipton (2018), Journal of Business and
    Economic Statistics 36, 672-683, theorem 1 and section 3.
    """
    sizes = np.bincount(cluster)
    groups, asked = len(sizes), bread @ contrasts.T
    score = np.zeros((groups, len(contrasts)))
    own = np.zeros((groups, len(contrasts)))
    leaning = np.zeros((groups, matrix.shape[1], len(contrasts)))
    for which, rows in by_size(cluster, sizes):
        x, w = matrix[rows], weight[rows]
        root = 1 / np.sqrt(w)
        lifted = np.sqrt(w)[:, :, None] * (x @ asked)
        middle = _roots_of_many if x.shape[1] > _LARGE else _roots_of_few
        adjusted = root[:, :, None] * middle(x, w, bread, lifted)
        score[which] = np.einsum("gsq,gs->gq", adjusted, residual[rows] / w)
        own[which] = np.einsum("gsq,gs->gq", adjusted**2, 1 / w)
        leaning[which] = x.transpose(0, 2, 1) @ adjusted
    return score.T @ score, np.array([_freedom(own[:, q], leaning[:, :, q], bread) for q in range(len(contrasts))])


def _roots_of_few(x: Floats, w: Floats, bread: Floats, lifted: Floats) -> Floats:
    """Give the inverse root of D (1/w - x bread x') D times columns, D = w^(-1/2), by eigenvalues; clusters (g, s, k)."""
    root, own = 1 / np.sqrt(w), 1 / w**2
    middle = -(x @ bread @ x.transpose(0, 2, 1)) * root[:, :, None] * root[:, None, :]
    diagonal = np.arange(x.shape[1])
    middle[:, diagonal, diagonal] += own
    values, vectors = np.linalg.eigh(middle)
    least = np.maximum(_FLAT * own.min(axis=1), _ROUNDING * w.shape[1] * own.max(axis=1))
    kept = values > least[:, None]
    power = np.where(kept, 1 / np.sqrt(np.where(kept, values, 1.0)), 0.0)
    return np.asarray(vectors @ (power[:, :, None] * (vectors.transpose(0, 2, 1) @ lifted)))


def _roots_of_many(x: Floats, w: Floats, bread: Floats, lifted: Floats) -> Floats:
    """Return the same one cluster after the other, for clusters of so many rows that square matrices would be slow."""
    parts = zip(x, w, lifted, strict=True)
    return np.array([apply_inverse_root(1 / v**2, rows / np.sqrt(v)[:, None], bread, up) for rows, v, up in parts])


def by_size(cluster: NDArray[np.int64], sizes: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield clusters (g,) of one size with the positions of their rows (g, size), as many at a time as memory allows."""
    order, starts = np.argsort(cluster, kind="stable"), np.cumsum(sizes) - sizes
    for size in np.unique(sizes[sizes > 0]):
        alike = np.flatnonzero(sizes == size)
        most = max(1, _NUMBERS // int(size) ** 2)
        for first in range(0, len(alike), most):
            which = alike[first : first + most]
            yield which, order[starts[which][:, None] + np.arange(size)]


def _freedom(own: Floats, leaning: Floats, bread: Floats) -> float:
    """Return (trace of P)^2 / trace of P^2, P = diag(own) - leaning bread leaning'."""
    bent = leaning @ bread
    lost = np.einsum("gk,gk->g", bent, leaning)
    square = bread @ (leaning.T @ leaning)
    return float((own - lost).sum() ** 2 / (own @ own - 2 * own @ lost + (square * square.T).sum()))
