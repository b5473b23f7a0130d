"""Negative binomial regression (NB2, variance mean + alpha mean^2) by joint maximum likelihood of coefficients and alpha."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, gammaln

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.newton import Evaluation, Maximum, Search, maximise
from evaltools.estimate.regression.model_rows import ModelRows

__all__ = ["NegativeBinomial", "alpha_test", "negative_binomial_fit", "negative_binomial_scores"]

Floats = NDArray[np.float64]
_BLOCK = 2048
_WARM, _EVERY = 40_000, 10
_PROMISE = 1e-12
_MOST = 5_000_000  # largest count for which the sums below are tabulated
_TINY = 1e-6  # an alpha below this is that of a Poisson model, to rounding


class NegativeBinomial(NamedTuple):
    """The fit: maximum over centred coefficients and log alpha (last), alpha, and what completes the log-likelihood."""

    maximum: Maximum
    alpha: float
    constant: float


class _Counted(NamedTuple):
    """Rows, or distinct rows and how often each occurs: matrix (m, p), place of each row in it (n,), None if in order."""

    matrix: Floats
    place: NDArray[np.int64] | None
    outcome: Floats
    size: Floats | None
    times: Floats | None


def negative_binomial_fit(rows: ModelRows, poisson: Floats) -> NegativeBinomial | None:
    """Fit NB2 by Newton's method from the Poisson fit.

    Parameters
    ----------
    rows : ModelRows
        With whole-number outcomes.
    poisson : numpy.ndarray
        Centred coefficients (1 + p,) of the Poisson fit.

    Returns
    -------
    NegativeBinomial or None
        None when counts vary no more than Poisson counts, so that alpha is best at its boundary 0.

    References
    ----------
    Lawless (1987), Canadian Journal of Statistics 15, 209-225; Hilbe (2011), Negative Binomial Regression, chapter 8.
    """
    if rows.outcome.max() > _MOST:
        raise EstimateError(Problem("E202", f"counts above {_MOST} are not modelled as negative binomial"))
    eta = _predictor(rows, poisson)
    mean = np.exp(eta) if rows.exposure is None else rows.exposure * np.exp(eta)
    excess, scale = float(((rows.outcome - mean) ** 2 - rows.outcome).sum()), float((mean**2).sum())
    if excess <= _TINY * scale:
        return None
    start = np.append(poisson, np.log(excess / scale))
    data = _distinct(rows)
    search = Search([*rows.terms, "log alpha"], np.append(rows.reach, 0.0), promise=_PROMISE)
    if len(data.outcome) > _WARM and data.place is None:
        some = slice(None, None, _EVERY)
        part = _Counted(
            data.matrix[some].copy(), None, data.outcome[some], None if data.size is None else data.size[some], None
        )
        try:
            start = maximise(lambda at: _evaluate(part, at), start, Search(search.terms, promise=0.1)).point
        except EstimateError:
            start = np.append(poisson, np.log(excess / scale))
    found = maximise(lambda at: _evaluate(data, at), start, search)
    counts = np.bincount(rows.outcome.astype(np.int64))
    constant = -float(counts @ gammaln(np.arange(len(counts)) + 1.0))
    if rows.exposure is not None:
        constant += float(rows.outcome @ np.log(rows.exposure))
    return NegativeBinomial(found, float(np.exp(found.point[-1])), constant)


def negative_binomial_scores(rows: ModelRows, point: Floats) -> tuple[Floats, Floats]:
    """Return what each row adds to the score: of its linear predictor and of log alpha, shape (n,) each.

    point: centred coefficients and log alpha, shape (2 + p,).
    """
    eta, alpha = _predictor(rows, point[:-1]), float(np.exp(point[-1]))
    first, _ = _sums(alpha, int(rows.outcome.max()))
    mean = np.exp(eta) if rows.exposure is None else rows.exposure * np.exp(eta)
    share = alpha * mean / (1 + alpha * mean)
    to_alpha = first[rows.outcome.astype(np.int64)] + np.log1p(alpha * mean) / alpha - (rows.outcome + 1 / alpha) * share
    return (rows.outcome - mean) / (1 + alpha * mean), to_alpha


def alpha_test(loglik: float, poisson: float) -> tuple[float, float]:
    """Test alpha = 0, which is on the boundary: likelihood ratio against half a chi-square of 1 degree of freedom.

    Examples
    --------
    >>> [round(value, 4) for value in alpha_test(-100.0, -102.0)]
    [4.0, 0.0228]
    """
    ratio = max(2 * (loglik - poisson), 0.0)
    return ratio, float(chdtrc(1, ratio)) / 2 if ratio > 0 else 1.0


def _predictor(rows: ModelRows, point: Floats) -> Floats:
    eta = rows.matrix @ point[1:] + point[0]
    return eta if rows.pattern is None else eta[rows.pattern]


def _distinct(rows: ModelRows) -> _Counted:
    """Return rows with the same covariates and outcome once, with their number, where that saves at least half."""
    if rows.pattern is None or rows.exposure is not None:
        return _Counted(rows.matrix, rows.pattern, rows.outcome, rows.exposure, None)
    width = int(rows.outcome.max()) + 1
    keys, times = np.unique(rows.pattern * width + rows.outcome.astype(np.int64), return_counts=True)
    if 2 * len(keys) > len(rows.outcome):
        return _Counted(rows.matrix, rows.pattern, rows.outcome, None, None)
    return _Counted(rows.matrix, keys // width, (keys % width).astype(float), None, times.astype(float))


def _sums(alpha: float, most: int) -> tuple[Floats, Floats]:
    """Return, by count y, the first and second derivative by log alpha of the sum over j < y of log(1 + alpha j)."""
    share = alpha * np.arange(most) / (1 + alpha * np.arange(most))
    over = share / (1 + alpha * np.arange(most))
    return np.concatenate([[0.0], np.cumsum(share)]), np.concatenate([[0.0], np.cumsum(over)])


def _evaluate(data: _Counted, at: Floats) -> Evaluation:
    terms, alpha = len(at), float(np.exp(at[-1]))
    most = int(data.outcome.max())
    first_sum, second_sum = _sums(alpha, most)
    rising = np.concatenate([[0.0], np.cumsum(np.log1p(alpha * np.arange(most)))])
    histogram = np.bincount(data.outcome.astype(np.int64), data.times, most + 1)
    value = float(histogram @ rising)
    gradient, information = np.zeros(terms), np.zeros((terms, terms))
    gradient[-1], information[-1, -1] = histogram @ first_sum, -(histogram @ second_sum)
    with np.errstate(over="ignore", invalid="ignore"):
        for first in range(0, len(data.outcome), _BLOCK):
            value += _add(data, slice(first, first + _BLOCK), at, gradient, information)
        information[1:, 0], information[-1, :-1] = information[0, 1:], information[:-1, -1]
        sound = np.isfinite(value) and np.isfinite(information).all()
    return Evaluation(value if sound else -np.inf, gradient, information)


def _add(data: _Counted, rows: slice, at: Floats, gradient: Floats, information: Floats) -> float:
    """Add a block of rows to gradient and information, in place; return its part of the log-likelihood."""
    x = data.matrix[rows] if data.place is None else data.matrix[data.place[rows]]
    y, alpha, size = data.outcome[rows], np.exp(at[-1]), 1.0 if data.size is None else data.size[rows]
    times = None if data.times is None else data.times[rows]
    eta = x @ at[1:-1] + at[0]
    mean = np.exp(eta) * size
    over = 1 + alpha * mean
    logged, share = np.log(over), alpha * mean / over
    left = (y - mean) / over
    weight = mean * (1 + alpha * y) / over**2
    cross = left * share
    value = y * eta - (y + 1 / alpha) * logged
    to_alpha = logged / alpha - (y + 1 / alpha) * share
    bend = -logged / alpha + 2 * share / alpha - (y + 1 / alpha) * share * (1 - share)
    if times is not None:
        left, weight, cross, value, to_alpha, bend = (each * times for each in (left, weight, cross, value, to_alpha, bend))
    gradient[0] += left.sum()
    gradient[1:-1] += left @ x
    gradient[-1] += to_alpha.sum()
    information[0, 0] += weight.sum()
    information[0, 1:-1] += weight @ x
    information[1:-1, 1:-1] += (x * weight[:, None]).T @ x
    information[0, -1] += cross.sum()
    information[1:-1, -1] += cross @ x
    information[-1, -1] -= bend.sum()
    return float(value.sum())
