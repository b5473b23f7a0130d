"""Maximum likelihood of Poisson, logit and normal regressions: blocked passes over the rows, or over their patterns."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, gammaln, logit

from evaltools.errors import EstimateError
from evaltools.estimate.newton import Evaluation, Maximum, Search, maximise
from evaltools.estimate.regression.model_rows import ModelRows

__all__ = ["Canonical", "Summed", "canonical_fit", "canonical_parts", "sum_by_pattern"]

Floats = NDArray[np.float64]
Canonical = Literal["poisson", "binomial", "gaussian"]
_BLOCK = 2048
_WARM, _EVERY = 40_000, 10  # from so many rows on, every tenth gives the first point
_PROMISE = 1e-12


class Summed(NamedTuple):
    """What the likelihood needs of the rows: matrix (m, p), sums of outcomes (m,) and of sizes (m,), None when all are 1.

    A size is the exposure (poisson), the number of trials (binomial) or of rows (gaussian).
    """

    matrix: Floats
    outcome: Floats
    size: Floats | None


def sum_by_pattern(rows: ModelRows) -> Summed:
    """Add up outcomes and exposures of rows with the same covariates: the same maximum from fewer rows."""
    if rows.pattern is None:
        return Summed(rows.matrix, rows.outcome, rows.exposure)
    many = len(rows.matrix)
    return Summed(
        rows.matrix,
        np.bincount(rows.pattern, rows.outcome, many).astype(float),
        np.bincount(rows.pattern, rows.exposure, many).astype(float),
    )


def canonical_parts(family: Canonical, eta: Floats, size: Floats | None) -> tuple[Floats, Floats, Floats]:
    """Return mean, weight (variance of the outcome) and cumulant of each row, shape (n,) each.

    eta: linear predictor (n,). The log-likelihood is outcome * eta - cumulant plus what does not depend on eta.

    Examples
    --------
    >>> [part.tolist() for part in canonical_parts("poisson", np.zeros(1), np.array([3.0]))]
    [[3.0], [3.0], [3.0]]
    """
    if family == "poisson":
        mean = np.exp(eta)
        if size is not None:
            mean *= size
        return mean, mean, mean
    times = 1.0 if size is None else size
    if family == "gaussian":
        return times * eta, np.broadcast_to(np.asarray(times, dtype=float), eta.shape), times * eta * eta / 2
    share = expit(eta)
    return times * share, times * share * (1 - share), times * np.logaddexp(0, eta)


def canonical_fit(rows: ModelRows, family: Canonical) -> tuple[Maximum, float]:
    """Fit a regression with canonical link by Newton's method.

    Parameters
    ----------
    rows : ModelRows
        The rows, with centred covariates.
    family : Canonical
        'poisson' (log link, exposure as size), 'binomial' (logit) or 'gaussian' (identity, variance 1).

    Returns
    -------
    (Maximum, float)
        Point (1 + p,) of the centred covariates, and what must be added to its log-likelihood for the full one.
        EstimateError E137, E138 for collinear covariates and for separation.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, section 2.5.
    """
    data = sum_by_pattern(rows)
    search = Search(rows.terms, rows.reach if family != "gaussian" else None, promise=_PROMISE)
    start = _start(data, family)
    if len(data.outcome) > _WARM:
        some = slice(None, None, _EVERY)
        part = Summed(data.matrix[some].copy(), data.outcome[some], None if data.size is None else data.size[some])
        try:
            start = maximise(lambda at: _evaluate(part, family, at), start, Search(rows.terms, promise=0.1)).point
        except EstimateError:  # a part may lack what the whole has
            start = _start(data, family)
    found = maximise(lambda at: _evaluate(data, family, at), start, search)
    return found, _constant(rows, family)


def _start(data: Summed, family: Canonical) -> Floats:
    start = np.zeros(1 + data.matrix.shape[1])
    mean = data.outcome.sum() / (len(data.outcome) if data.size is None else data.size.sum())
    start[0] = {"poisson": np.log, "binomial": logit, "gaussian": float}[family](mean)
    return start


def _evaluate(data: Summed, family: Canonical, at: Floats) -> Evaluation:
    terms = len(at)
    value, gradient, information = 0.0, np.zeros(terms), np.zeros((terms, terms))
    with np.errstate(over="ignore", invalid="ignore"):  # a step too far has a log-likelihood of -inf and is halved
        for first in range(0, len(data.outcome), _BLOCK):
            rows = slice(first, first + _BLOCK)
            x, y = data.matrix[rows], data.outcome[rows]
            eta = x @ at[1:] + at[0]
            mean, weight, cumulant = canonical_parts(family, eta, None if data.size is None else data.size[rows])
            value += float(y @ eta - cumulant.sum())
            left = y - mean
            gradient[0] += left.sum()
            gradient[1:] += left @ x
            information[0, 0] += weight.sum()
            information[0, 1:] += weight @ x
            information[1:, 1:] += (x * weight[:, None]).T @ x
        information[1:, 0] = information[0, 1:]
        sound = np.isfinite(value) and np.isfinite(information).all()
    return Evaluation(value if sound else -np.inf, gradient, information)


def _constant(rows: ModelRows, family: Canonical) -> float:
    """Return the part of the log-likelihood that no coefficient moves; for gaussian, minus half the sum of squares."""
    y = rows.outcome
    if family == "binomial":
        return 0.0
    if family == "gaussian":
        return -float(y @ y) / 2
    counts = np.bincount(y.astype(np.int64)) if y.max() < 1e7 else None
    constant = -float(gammaln(y + 1).sum() if counts is None else counts @ gammaln(np.arange(len(counts)) + 1.0))
    return constant if rows.exposure is None else constant + float(y @ np.log(rows.exposure))
