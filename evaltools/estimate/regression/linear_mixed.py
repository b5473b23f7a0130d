"""A random intercept in a linear regression, by restricted maximum likelihood."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from evaltools.estimate.regression.adaptive_quadrature import GroupRows

__all__ = ["LinearMixed", "linear_mixed"]

Floats = NDArray[np.float64]
_LOW, _HIGH = -16.0, 10.0  # log of the ratio of variances
_BOUNDARY = 1e-6


class LinearMixed(NamedTuple):
    """The fit.

    point, covariance: of the coefficients, (k,) and (k, k). between, within: variances, between 0 at the boundary. loglik:
    of REML. effect, deviation: by group (g,), the predicted intercept and its conditional standard deviation.
    """

    point: Floats
    covariance: Floats
    between: float
    within: float
    loglik: float
    effect: Floats
    deviation: Floats


def linear_mixed(rows: GroupRows) -> LinearMixed:
    """Fit y = x beta + u + e with u and e normal.

    References
    ----------
    Patterson and Thompson (1971), Biometrika 58, 545-554; Bates et al. (2015), Journal of Statistical Software 67(1).

    Examples
    --------
    >>> y = np.array([1.0, 2.0, 6.0, 7.0, 2.0, 3.0])
    >>> made = linear_mixed(GroupRows(np.ones((6, 1)), y, None, np.array([0, 0, 1, 1, 2, 2]), np.array([0, 2, 4])))
    >>> round(made.between, 3), round(made.within, 3)  # balanced: mean squares 14 and 0.5
    (6.75, 0.5)
    """
    sizes = np.bincount(rows.code).astype(float)
    data = np.column_stack([rows.matrix, rows.outcome])
    sums, square = np.add.reduceat(data, rows.starts, axis=0), data.T @ data

    def fit(ratio: float) -> tuple[float, Floats, Floats, float]:
        share = ratio / (1 + ratio * sizes)
        inner = square - (sums * share[:, None]).T @ sums
        beta = np.asarray(np.linalg.solve(inner[:-1, :-1], inner[:-1, -1]), dtype=np.float64)
        spare = len(rows.outcome) - len(beta)
        within = float(inner[-1, -1] - beta @ inner[:-1, -1]) / spare
        sign_log = np.linalg.slogdet(inner[:-1, :-1])[1]
        value = -0.5 * (spare * (np.log(2 * np.pi * within) + 1) + float(np.log1p(ratio * sizes).sum()) + float(sign_log))
        return value, beta, inner, within

    grid = np.linspace(_LOW, _HIGH, 40)
    best = int(np.argmax([fit(float(np.exp(each)))[0] for each in grid]))
    around = (grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)])
    found = minimize_scalar(
        lambda log: -fit(float(np.exp(log)))[0], bounds=around, method="bounded", options={"xatol": 1e-10, "maxiter": 200}
    )
    ratio = float(np.exp(found.x))
    if ratio < _BOUNDARY or fit(0.0)[0] >= -float(found.fun):
        ratio = 0.0
    value, beta, inner, within = fit(ratio)
    left = sums[:, -1] - sums[:, :-1] @ beta
    kept = ratio / (1 + ratio * sizes)
    return LinearMixed(
        beta,
        np.asarray(within * np.linalg.inv(inner[:-1, :-1]), dtype=np.float64),
        ratio * within,
        within,
        value,
        kept * left,
        np.sqrt(within * kept),
    )
