"""Passes over the rows of a large Cox model, compiled by Numba. Import only when numba is there (the extra `fast`).

Kernels release the interpreter's lock, so that a few threads can share the rows; none of them starts threads of its own.
"""

from __future__ import annotations

from math import exp, log

import numba
import numpy as np
from numpy.typing import NDArray

__all__ = ["add_up", "curve", "sum_ties"]

Floats = NDArray[np.float64]
_CHOICES = {"nogil": True, "cache": True, "fastmath": {"reassoc", "contract", "nsz"}}
_BLOCK = 256


@numba.njit(**_CHOICES)
def add_up(matrix: Floats, weight: Floats, beta: Floats, bins: NDArray[np.int32], risk: Floats, sums: Floats) -> None:
    """Fill `risk` (n,) with weight times exp(linear predictor), and add risk and risk times covariates to `sums` by bin.

    matrix: shape (n, p). weight: shape (n,), or (0,) for ones. bins: shape (n,). sums: shape (bins, p + 1).
    """
    rows, terms = matrix.shape
    for i in range(rows):
        eta = 0.0
        for k in range(terms):
            eta += matrix[i, k] * beta[k]
        value = exp(eta)
        if len(weight):
            value *= weight[i]
        risk[i] = value
        place = bins[i]
        sums[place, 0] += value
        for k in range(terms):
            sums[place, k + 1] += value * matrix[i, k]


@numba.njit(**_CHOICES)
def curve(  # noqa: C901, PLR0913 - one loop nest, taken apart it would not compile to one pass
    matrix: Floats,
    weight: Floats,
    risk: Floats,
    bins: NDArray[np.int32],
    lived: Floats,
    gradient: Floats,
    gram: Floats,
) -> None:
    """Add to the gradient (p,) and to the lower half of matrix' diag(risk lived) matrix (p, p).

    lived: shape (bins,), hazard that a row of each bin lived through; odd bins are those of rows with an event.
    """
    rows, terms = matrix.shape
    plain, scaled, left = np.empty((terms, _BLOCK)), np.empty((terms, _BLOCK)), np.empty(_BLOCK)
    for first in range(0, rows, _BLOCK):
        count = min(_BLOCK, rows - first)
        for i in range(count):
            place = bins[first + i]
            passed = risk[first + i] * lived[place]
            won = float(place & 1)
            if len(weight):
                won *= weight[first + i]
            left[i] = won - passed
            for k in range(terms):
                plain[k, i] = matrix[first + i, k]
                scaled[k, i] = passed * matrix[first + i, k]
        for k in range(terms):
            total = 0.0
            for i in range(count):
                total += left[i] * plain[k, i]
            gradient[k] += total
            for other in range(k + 1):
                total = 0.0
                for i in range(count):
                    total += scaled[k, i] * plain[other, i]
                gram[k, other] += total


@numba.njit(**_CHOICES)
def sum_ties(s0: Floats, t0: Floats, deaths: Floats, weight: Floats, efron: bool, sums: Floats) -> float:
    """Fill `sums` (K, 5) with the sums over ties of each event time; return the weighted sum of log phi.

    The columns are those of `TieSums`: hazard, hazard_tied, square, cross, square_tied.
    """
    logs = 0.0
    for j in range(len(s0)):
        count = int(deaths[j])
        if not efron:
            sums[j, 0] = count * weight[j] / s0[j]
            sums[j, 2] = sums[j, 0] / s0[j]
            logs += count * weight[j] * log(s0[j])
            continue
        for r in range(count):
            share = r / count
            phi = s0[j] - share * t0[j]
            inverse = weight[j] / phi
            square = inverse / phi
            logs += weight[j] * log(phi)
            sums[j, 0] += inverse
            sums[j, 1] += share * inverse
            sums[j, 2] += square
            sums[j, 3] += share * square
            sums[j, 4] += share * share * square
    return logs
