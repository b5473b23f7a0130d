"""A chi-squared test from scores of groups and their covariance, with words when it cannot be made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from evaltools.domain.significance import TestResult
from evaltools.errors import EstimateError, Problem

__all__ = ["APART", "no_test", "require_rho", "score_test"]

Floats = NDArray[np.float64]
APART = "no two groups were ever at risk together when some people had an event and others had not"
"""Why a test of groups cannot be made when no time of an event tells them apart."""
_ROUNDING = 1e-10  # a share of the largest variance that is 0 but for rounding


def score_test(score: Floats, covariance: Floats, method: str, n: float, note: str = "") -> TestResult:
    """Test that all groups have the same hazard: the scores of the groups add up to 0, so one of them says nothing.

    Parameters
    ----------
    score : numpy.ndarray
        Shape (G,).
    covariance : numpy.ndarray
        Shape (G, G).
    method, note : str
        For the result.
    n : float
        People.

    Returns
    -------
    TestResult
        With as many degrees of freedom as independent contrasts between groups, at most G - 1. Groups that were never at
        risk when something happened are left out, with a note.

    Examples
    --------
    >>> result = score_test(np.array([2.0, -2.0]), np.array([[4.0, -4.0], [-4.0, 4.0]]), "log-rank", 10)
    >>> result.statistic, result.df, round(result.p, 3)
    (1.0, 1, 0.317)
    """
    groups, variance = len(score), np.diag(covariance)
    seen = variance > _ROUNDING * variance.max(initial=0.0)
    if seen.sum() < 2:
        return no_test(APART, method, n, groups)
    if not seen.all():
        note = "; ".join(filter(None, [note, "groups never at risk when something happened were left out"]))
    z, v = score[seen][:-1], covariance[np.ix_(seen, seen)][:-1, :-1]
    values, vectors = np.linalg.eigh(v)
    known = values > _ROUNDING * values[-1]
    rank = int(known.sum())
    statistic = float((((z @ vectors)[known]) ** 2 / values[known]).sum())
    if rank < len(z):
        note = "; ".join(filter(None, [note, "some groups never meet in a stratum: fewer degrees of freedom"]))
    return TestResult(statistic, rank, float(chdtrc(rank, statistic)), method, n, groups, note=note)


def require_rho(rho: float) -> None:
    """Raise EstimateError unless the power of a weight is a number of 0 or more.

    >>> require_rho(1)
    """
    if not (np.isfinite(rho) and rho >= 0):
        raise EstimateError(Problem("E128", f"rho = {rho} is not a power for weights", fix="give a number of 0 or more"))


def no_test(reason: str, method: str, n: float, groups: int) -> TestResult:
    """Return a test that could not be made.

    Parameters
    ----------
    reason, method : str
        In words.
    n, groups : float, int
        People and groups.

    Examples
    --------
    >>> no_test("no events", "log-rank", 10, 2).reason
    'not estimable: no events'
    """
    return TestResult(None, None, None, method, n, groups, reason=f"not estimable: {reason}")
