"""A random intercept in a logit or Poisson regression: the maximum of its integrated likelihood."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaltools.errors import EstimateError
from evaltools.estimate.newton import Evaluation, Maximum, Search, maximise
from evaltools.estimate.regression.adaptive_quadrature import (
    GroupRows,
    evaluate_laplace,
    evaluate_quadrature,
    find_modes,
    laplace_value,
)
from evaltools.estimate.regression.count_likelihood import canonical_fit, canonical_parts
from evaltools.estimate.regression.model_rows import ModelRows

__all__ = ["GeneralisedMixed", "generalised_mixed"]

Floats = NDArray[np.float64]
_PROMISE = 1e-11
_ENOUGH, _MORE = 15, (30, 60, 100)
_GRID = (0.05, 0.15, 0.3, 0.6, 1.2, 2.4)


class GeneralisedMixed(NamedTuple):
    """The fit.

    point, covariance: of the centred coefficients, (k,) and (k, k). variance: of intercepts, 0 at the boundary. log_sd_se:
    error of the log of its root, None there. loglik: full. effect, deviation: by group (g,), the likeliest intercept and its
    conditional standard deviation. points: of the quadrature, more than asked for where those were too few.
    """

    point: Floats
    covariance: Floats
    variance: float
    log_sd_se: float | None
    loglik: float
    effect: Floats
    deviation: Floats
    points: int


def generalised_mixed(
    rows: ModelRows, held: GroupRows, family: Literal["poisson", "binomial"], points: int
) -> GeneralisedMixed:
    """Fit coefficients and the standard deviation of the intercepts together.

    Parameters
    ----------
    rows : ModelRows
        The rows as given.
    held : GroupRows
        The same in order of group, collapsed where possible.
    family : str
        'poisson' or 'binomial'.
    points : int
        Points of the quadrature; 1 for Laplace's approximation.

    References
    ----------
    Pinheiro and Bates (1995), Journal of Computational and Graphical Statistics 4, 12-35.
    """
    plain, constant = canonical_fit(rows, family)
    mean, weight, _ = canonical_parts(family, held.matrix @ plain.point, held.size)
    excess = np.add.reduceat(held.outcome - mean, held.starts) ** 2 - np.add.reduceat(weight, held.starts)
    groups = len(held.starts)
    if excess.sum() <= 0:  # the likelihood falls from a variance of 0 on
        none = np.zeros(groups)
        return GeneralisedMixed(plain.point, plain.covariance, 0.0, None, plain.loglik + constant, none, none, points)

    starts = [np.append(plain.point, np.log(sigma)) for sigma in _GRID]
    start = starts[int(np.argmax([laplace_value(family, held, at) for at in starts]))]
    search = Search([*rows.terms, "log sd"], np.append(rows.reach, 0.0), promise=_PROMISE)
    found, used = _by_quadrature(family, held, start, search, points if points > 1 else _ENOUGH)
    if points == 1:
        found, used = maximise(lambda at: _uphill(evaluate_laplace(family, held, at)), found.point, search), 1
    sigma = float(np.exp(found.point[-1]))
    modes = find_modes(family, held, found.point[:-1], sigma)
    return GeneralisedMixed(
        found.point[:-1],
        found.covariance[:-1, :-1],
        sigma**2,
        float(np.sqrt(found.covariance[-1, -1])),
        found.loglik + constant,
        sigma * modes.place,
        sigma / np.sqrt(modes.curvature),
        used,
    )


def _by_quadrature(
    family: Literal["poisson", "binomial"], held: GroupRows, start: Floats, search: Search, points: int
) -> tuple[Maximum, int]:
    """Climb with so many points, or with more where groups differ so much that these are too few; return how many."""
    for used in (points, *(more for more in _MORE if more > points)):
        try:
            return maximise(partial(_quadrature, family, held, used), start, search), used
        except EstimateError as error:
            if error.problems[0].code != "E139" or used == max(points, *_MORE):
                raise
    raise AssertionError("the last attempt returns or raises")


def _quadrature(family: Literal["poisson", "binomial"], held: GroupRows, points: int, at: Floats) -> Evaluation:
    return _uphill(evaluate_quadrature(family, held, at, points))


def _uphill(here: Evaluation) -> Evaluation:
    """Return the evaluation with an information that is positive definite; far from the maximum it may not be."""
    values, vectors = np.linalg.eigh(here.information)
    if values[0] > 0:
        return here
    bent = np.maximum(np.abs(values), 1e-6 * np.abs(values).max())
    return replace(here, information=(vectors * bent) @ vectors.T)
