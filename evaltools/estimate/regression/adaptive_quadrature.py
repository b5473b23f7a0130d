"""Likelihood of a random intercept by adaptive Gauss-Hermite quadrature; with one point, Laplace's approximation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from evaltools.estimate.newton import Evaluation
from evaltools.estimate.regression.count_likelihood import Canonical, canonical_parts

__all__ = ["GroupRows", "Modes", "evaluate_laplace", "evaluate_quadrature", "find_modes", "laplace_value"]

Floats = NDArray[np.float64]
_STEPS, _SETTLED = 60, 1e-11
_NEAR = 1e-5


class GroupRows(NamedTuple):
    """Rows in order of group: matrix (n, k) with its ones, outcome (n,), size (n,) or None, code (n,), starts (g,)."""

    matrix: Floats
    outcome: Floats
    size: Floats | None
    code: NDArray[np.int64]
    starts: NDArray[np.int64]


class Modes(NamedTuple):
    """By group (g,): the likeliest intercept v in standard deviations, and the curvature there."""

    place: Floats
    curvature: Floats


def find_modes(family: Canonical, rows: GroupRows, beta: Floats, sigma: float, start: Floats | None = None) -> Modes:
    """Find the likeliest intercept of every group by Newton's method, all groups at once.

    beta: coefficients (k,). sigma: standard deviation of the intercepts, which are sigma v with v standard normal.
    """
    fixed = rows.matrix @ beta
    v = np.zeros(len(rows.starts)) if start is None else start
    for _ in range(_STEPS):
        mean, weight, _ = canonical_parts(family, fixed + sigma * v[rows.code], rows.size)
        slope = sigma * np.add.reduceat(rows.outcome - mean, rows.starts) - v
        curvature = 1 + sigma**2 * np.add.reduceat(weight, rows.starts)
        step = np.clip(slope / curvature, -2.0, 2.0)
        v = v + step
        if float(np.abs(step).max()) < _SETTLED:
            break
    _, weight, _ = canonical_parts(family, fixed + sigma * v[rows.code], rows.size)
    return Modes(v, 1 + sigma**2 * np.add.reduceat(weight, rows.starts))


def evaluate_quadrature(family: Canonical, rows: GroupRows, at: Floats, points: int) -> Evaluation:
    """Return log-likelihood (less its constant), gradient and information at coefficients and log sigma, at (k + 1,).

    The gradient is the expected score given the outcomes, and the information Louis' formula, over the same points.

    References
    ----------
    Pinheiro and Bates (1995), Journal of Computational and Graphical Statistics 4, 12-35; Louis (1982), Journal of the
    Royal Statistical Society B 44, 226-233.
    """
    beta, sigma, groups = at[:-1], float(np.exp(at[-1])), len(rows.starts)
    modes = find_modes(family, rows, beta, sigma)
    node, node_weight = np.polynomial.hermite.hermgauss(points)
    spread = 1 / np.sqrt(modes.curvature)
    fixed, k = rows.matrix @ beta, len(beta)
    v = modes.place[:, None] + np.sqrt(2) * spread[:, None] * node
    logs, scores, parts = np.empty((groups, points)), np.empty((points, groups, k + 1)), []
    for q in range(points):
        eta = fixed + sigma * v[rows.code, q]
        mean, weight, cumulant = canonical_parts(family, eta, rows.size)
        left = rows.outcome - mean
        logs[:, q] = np.add.reduceat(rows.outcome * eta - cumulant, rows.starts)
        scores[q, :, :-1] = np.add.reduceat(left[:, None] * rows.matrix, rows.starts, axis=0)
        scores[q, :, -1] = scores[q, :, 0] * sigma * v[:, q]
        parts.append((weight, np.add.reduceat(weight, rows.starts)))
    logs += -(v**2) / 2 + np.log(node_weight) + node**2 + np.log(spread)[:, None] - np.log(np.pi) / 2
    by_group = logsumexp(logs, axis=1)
    share = np.exp(logs - by_group[:, None])
    expected = np.einsum("gq,qgk->gk", share, scores)
    information = _expected_information(rows, sigma, v, share, scores, parts)
    information += expected.T @ expected - np.einsum("gq,qgk,qgl->kl", share, scores, scores, optimize=True)
    value = float(by_group.sum())
    return Evaluation(value if np.isfinite(value) else -np.inf, expected.sum(axis=0), information)


def _expected_information(
    rows: GroupRows, sigma: float, v: Floats, share: Floats, scores: Floats, parts: list[tuple[Floats, Floats]]
) -> Floats:
    """Return the expected information of outcomes and intercepts together, shape (k + 1, k + 1)."""
    k = rows.matrix.shape[1]
    information = np.zeros((k + 1, k + 1))
    plain, tilted = np.zeros(len(rows.code)), np.zeros(len(rows.code))
    for q, (weight, total) in enumerate(parts):
        plain += share[rows.code, q] * weight
        tilted += (share[:, q] * sigma * v[:, q])[rows.code] * weight
        own = share[:, q] * sigma * v[:, q]
        information[-1, -1] += float(own @ (sigma * v[:, q] * total - scores[q, :, 0]))
    information[:-1, :-1] = (rows.matrix * plain[:, None]).T @ rows.matrix
    information[-1, :-1] = information[:-1, -1] = tilted @ rows.matrix
    return information


def evaluate_laplace(family: Canonical, rows: GroupRows, at: Floats) -> Evaluation:
    """Return the same for Laplace's approximation: its own gradient, and the differences of that as information."""
    value, gradient = _laplace(family, rows, at)
    information = np.empty((len(at), len(at)))
    for place in range(len(at)):
        step = np.zeros(len(at))
        step[place] = _NEAR * max(1.0, abs(at[place]))
        up, down = _laplace(family, rows, at + step)[1], _laplace(family, rows, at - step)[1]
        information[place] = (down - up) / (2 * step[place])
    return Evaluation(value, gradient, (information + information.T) / 2)


def laplace_value(family: Canonical, rows: GroupRows, at: Floats) -> float:
    """Return Laplace's approximation of the log-likelihood (less its constant) alone, for a first look."""
    return _laplace(family, rows, at)[0]


def _laplace(family: Canonical, rows: GroupRows, at: Floats) -> tuple[float, Floats]:
    beta, sigma = at[:-1], float(np.exp(at[-1]))
    v, curvature = find_modes(family, rows, beta, sigma)
    eta = rows.matrix @ beta + sigma * v[rows.code]
    mean, weight, cumulant = canonical_parts(family, eta, rows.size)
    bend = weight if family == "poisson" else weight * (1 - 2 * mean / (1.0 if rows.size is None else rows.size))
    if family == "gaussian":
        bend = np.zeros(len(eta))

    def total(values: Floats) -> Floats:
        return np.asarray(np.add.reduceat(values, rows.starts, axis=0))

    value = float((rows.outcome * eta - cumulant).sum() - (v**2).sum() / 2 - np.log(curvature).sum() / 2)
    left, all_weight, all_bend = total(rows.outcome - mean), total(weight), total(bend)
    by_beta = total(weight[:, None] * rows.matrix)
    curve_by_v = sigma**3 * all_bend
    v_by_beta, v_by_log = -sigma * by_beta / curvature[:, None], sigma * (left - sigma * v * all_weight) / curvature
    curve_by_beta = sigma**2 * total(bend[:, None] * rows.matrix) + curve_by_v[:, None] * v_by_beta
    curve_by_log = 2 * sigma**2 * all_weight + curve_by_v * (v + v_by_log)
    to_beta = (rows.outcome - mean) @ rows.matrix - (curve_by_beta / curvature[:, None]).sum(axis=0) / 2
    to_log = float(sigma * (v @ left) - (curve_by_log / curvature).sum() / 2)
    return value, np.append(to_beta, to_log)
