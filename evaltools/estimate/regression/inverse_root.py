"""The inverse square root of a diagonal matrix less one of low rank, applied to columns without a square matrix."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ellipj, ellipkm1

__all__ = ["apply_inverse_root"]

Floats = NDArray[np.float64]
_WHOLE = 1e-9  # a leverage this near to 1 is 1: its direction is left out
_NODES = 40


def apply_inverse_root(diagonal: Floats, lean: Floats, middle: Floats, columns: Floats) -> Floats:
    """Return (diag(diagonal) - lean middle lean')^(-1/2) columns, directions of eigenvalue 0 left out.

    Parameters
    ----------
    diagonal : numpy.ndarray
        Positive, shape (n,).
    lean, middle : numpy.ndarray
        Shapes (n, k) and (k, k), middle positive definite; the difference has no negative eigenvalue.
    columns : numpy.ndarray
        Shape (n, q).

    References
    ----------
    Hale, Higham and Trefethen (2008), SIAM Journal on Numerical Analysis 46, 2505-2523, method 3.

    Examples
    --------
    >>> apply_inverse_root(np.array([4.0, 9.0]), np.zeros((2, 1)), np.eye(1), np.eye(2)).round(6).tolist()
    [[0.5, 0.0], [0.0, 0.333333]]
    """
    inner, root = (lean / diagonal[:, None]).T @ lean, np.linalg.cholesky(middle)
    leverage, turn = np.linalg.eigh(root.T @ inner @ root)
    none = leverage > 1 - _WHOLE
    lost = np.linalg.qr((lean / diagonal[:, None]) @ root @ turn[:, none])[0]
    filled = float(np.median(diagonal))
    both = np.column_stack([lean, lost])
    within = np.zeros((both.shape[1], both.shape[1]))
    within[: len(middle), : len(middle)] = -np.linalg.inv(middle)
    within[len(middle) :, len(middle) :] = np.eye(int(none.sum())) / filled
    rest = float(leverage[~none].max(initial=0.0))
    low, high = float(diagonal.min()) * (1 - max(rest, 0.0)), float(diagonal.max())
    shifts, weights = _nodes(low, high)
    total = np.zeros_like(columns)
    for shift, weight in zip(shifts, weights, strict=True):
        inverse = 1 / (diagonal + shift)
        part = columns * inverse[:, None]
        scaled = both * inverse[:, None]
        total += weight * (part - scaled @ np.linalg.solve(within + both.T @ scaled, both.T @ part))
    return np.asarray(total - lost @ (lost.T @ columns) / np.sqrt(filled))


def _nodes(low: float, high: float) -> tuple[Floats, Floats]:
    """Return shifts s and weights w such that x^(-1/2) is the sum of w / (x + s) for every x from low to high."""
    ratio = min(low / high, 0.99)
    half = float(ellipkm1(ratio))
    sine, cosine, delta, _ = ellipj((np.arange(_NODES) + 0.5) * half / _NODES, 1 - ratio)
    scale = 2 * half * np.sqrt(low) / (np.pi * _NODES)
    return low * (sine / cosine) ** 2, scale * delta / cosine**2
