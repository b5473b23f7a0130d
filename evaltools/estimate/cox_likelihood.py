"""The partial likelihood of a Cox model with its gradient and information, by sums over risk sets.

The information needs the sum over event times of S2 / S0, where S2 is a matrix for each time. Turned round, that is one sum
over rows: each row's outer product, times the hazard that the row lived through. What is left, the products of risk-set
means, is a product of two (K, p) matrices. So one evaluation is a handful of passes over the rows, whatever the ties.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evaltools.estimate.newton import Evaluation
from evaltools.estimate.risk_sets import RiskSets, weighted_gram

__all__ = ["TieSums", "Ties", "evaluate", "log_likelihood", "tie_sums"]

Floats = NDArray[np.float64]
Ties = Literal["efron", "breslow"]


@dataclass(frozen=True)
class TieSums:
    """Sums over the d steps r = 0 .. d-1 at each event time, for phi_r = S0 - (r/d) T0 (Breslow: d equal steps phi = S0).

    loglik: minus the sum of weight times log phi. hazard: shape (K,), sum of 1/phi; hazard_tied: of (r/d)/phi; square,
    cross, square_tied: of 1/phi^2, (r/d)/phi^2, (r/d)^2/phi^2; all times the mean weight of the events.
    risk: shape (n,), weight times exp(linear predictor).
    """

    loglik: float
    risk: Floats
    hazard: Floats
    hazard_tied: Floats
    square: Floats
    cross: Floats
    square_tied: Floats


def tie_sums(sets: RiskSets, beta: Floats, ties: Ties) -> TieSums:
    """Work out the sums over ties at the coefficients `beta`, shape (p,)."""
    eta = sets.matrix @ beta
    risk = np.exp(eta) if sets.weight is None else sets.weight * np.exp(eta)
    s0, t0 = sets.sums(risk)
    won = float((sets.events if sets.weight is None else sets.events * sets.weight) @ eta)
    weight = sets.mean_weight
    if ties == "breslow" or sets.deaths.max() <= 1:
        hazard = sets.deaths * weight / s0
        none = np.zeros_like(hazard)
        return TieSums(won - float((sets.deaths * weight) @ np.log(s0)), risk, hazard, none, hazard / s0, none, none)
    steps = sets.steps
    phi = s0[steps.of]
    phi -= steps.share * t0[steps.of]
    inverse = 1 / phi
    square = inverse * inverse
    parts = (np.log(phi), inverse, steps.share * inverse, square, steps.share * square, steps.square * square)
    logs, *sums = (weight * np.add.reduceat(part, steps.first) for part in parts)
    return TieSums(won - float(logs.sum()), risk, *sums)


def log_likelihood(sets: RiskSets, beta: Floats, ties: Ties) -> float:
    """Return the partial log-likelihood alone."""
    return tie_sums(sets, beta, ties).loglik


def evaluate(sets: RiskSets, beta: Floats, ties: Ties, at: Floats | None = None) -> Evaluation:
    """Return the log partial likelihood, its gradient and its information.

    Parameters
    ----------
    sets : RiskSets
        The data.
    beta : numpy.ndarray
        Coefficients, shape (p,).
    ties : {'efron', 'breslow'}
        How simultaneous events are taken.
    at : numpy.ndarray, optional
        Weight of each event time in the gradient and the information, shape (K,); 1 by default. Functions of time give the
        pieces of the score test of proportional hazards.

    References
    ----------
    Cox (1972), Journal of the Royal Statistical Society B 34, 187-220. Efron (1977), Journal of the American Statistical
    Association 72, 557-565.
    """
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        sums = tie_sums(sets, beta, ties)
    if not np.isfinite(sums.loglik):
        return Evaluation(-np.inf, np.zeros(len(beta)), np.eye(len(beta)))
    g = np.ones_like(sums.hazard) if at is None else at
    lived = sums.risk * sets.spread(g * sums.hazard)
    won = sets.spread_tied(g) if at is not None else sets.events
    won = won if sets.weight is None else won * sets.weight
    s1, t1 = sets.sums(sums.risk, sets.matrix)
    outer = s1.T @ ((g * sums.square)[:, None] * s1)
    if sums.cross.any():
        lived = lived - sums.risk * sets.spread_tied(g * sums.hazard_tied)
        mixed = s1.T @ ((g * sums.cross)[:, None] * t1)
        outer += t1.T @ ((g * sums.square_tied)[:, None] * t1) - mixed - mixed.T
    return Evaluation(sums.loglik, sets.matrix.T @ (won - lived), weighted_gram(sets.matrix, lived) - outer)
