"""The fit of one family to rows, and the covariance of its coefficients by a named convention."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.regression.cluster_covariance import Convention, cluster_sums, sandwich, small_sample_factor
from evaltools.estimate.regression.count_likelihood import Canonical, canonical_fit, canonical_parts
from evaltools.estimate.regression.model_rows import Family, ModelRows
from evaltools.estimate.regression.negative_binomial import alpha_test, negative_binomial_fit, negative_binomial_scores
from evaltools.estimate.regression.satterthwaite import bias_reduced

__all__ = ["FamilyFit", "coefficient_covariance", "fit_family"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FamilyFit:
    """Estimates and working quantities.

    point: centred coefficients (k,). loglik: full. bread, model: covariance (k, k), bread of NB2 with log alpha. By row:
    residual, score of the linear predictor; variance of the outcome; slope of the mean by the linear predictor; alpha_score,
    score of log alpha. dispersion: Pearson. alpha, alpha_se (of its logarithm), alpha_test: of NB2. note: in words.
    """

    point: Floats
    loglik: float
    bread: Floats
    model: Floats
    residual: Floats
    variance: Floats
    slope: Floats
    dispersion: float
    note: str = ""
    alpha: float = 0.0
    alpha_se: float | None = None
    alpha_score: Floats | None = None
    alpha_test: tuple[float | None, float | None] = (None, None)


def fit_family(rows: ModelRows, family: Family) -> FamilyFit:
    """Fit the family; NB2 falls back on Poisson, in words, where counts vary no more than Poisson counts."""
    canonical: Canonical = "poisson" if family == "negative_binomial" else family
    found, constant = canonical_fit(rows, canonical)
    loglik, note = found.loglik + constant, ""
    tests: tuple[float | None, float | None] = (None, None)
    if family == "negative_binomial":
        joint = negative_binomial_fit(rows, found.point)
        if joint is not None:
            at = joint.maximum
            residual, alpha_score = negative_binomial_scores(rows, at.point)
            mean = canonical_parts("poisson", _eta(rows, at.point[:-1]), rows.exposure)[0]
            variance = mean * (1 + joint.alpha * mean)
            left = (rows.outcome - mean) / np.sqrt(variance)
            full = at.loglik + joint.constant
            return FamilyFit(
                at.point[:-1],
                full,
                at.covariance,
                at.covariance[:-1, :-1],
                residual,
                variance,
                mean,
                float(left @ left) / (len(left) - len(rows.terms)),
                "",
                joint.alpha,
                float(np.sqrt(at.covariance[-1, -1])),
                alpha_score,
                alpha_test(full, loglik),
            )
        note = "counts vary no more than Poisson counts: alpha is 0, at its boundary"
        tests = (0.0, 1.0)
    mean, variance, _ = canonical_parts(canonical, _eta(rows, found.point), rows.exposure)
    residual, spare = rows.outcome - mean, len(rows.outcome) - len(rows.terms)
    dispersion = float(residual @ (residual / variance)) / spare
    model = found.covariance
    if family == "gaussian":
        squares = float(residual @ residual)
        if squares <= 1e-20 * float(rows.outcome @ rows.outcome):
            raise EstimateError(Problem("E205", "not estimable: the covariates fit the outcome exactly"))
        model = model * (squares / spare)
        loglik = -len(residual) / 2 * (np.log(2 * np.pi * squares / len(residual)) + 1)
    return FamilyFit(
        found.point,
        float(loglik),
        found.covariance,
        model,
        residual,
        variance,
        variance,
        dispersion,
        note,
        alpha_test=tests,
    )


def _eta(rows: ModelRows, point: Floats) -> Floats:
    eta = rows.matrix @ point[1:] + point[0]
    return eta if rows.pattern is None else eta[rows.pattern]


def coefficient_covariance(
    rows: ModelRows, fitted: FamilyFit, convention: Convention, cluster: NDArray[np.int64] | None, picks: Floats
) -> tuple[Floats, Floats]:
    """Return the covariance (q, q) and degrees of freedom (q,) of combinations (q, k) of the centred coefficients."""
    normal = np.full(len(picks), np.inf)
    if convention == "model":
        return picks @ fitted.model @ picks.T, normal
    if convention == "cr2" and cluster is not None:
        bread = np.asarray(np.linalg.inv(_weighted(rows, fitted.slope**2 / fitted.variance)), dtype=np.float64)
        return bias_reduced(*_cells(rows, fitted, cluster), bread, picks)
    codes = np.arange(len(rows.outcome)) if cluster is None else cluster
    scores = cluster_sums(fitted.residual, codes, rows.matrix, rows.pattern)
    if fitted.alpha_score is not None:
        scores = np.column_stack([scores, np.bincount(codes, fitted.alpha_score)])
    k, groups = len(rows.terms), int(codes.max()) + 1
    inner = sandwich(fitted.bread, scores)[:k, :k] * small_sample_factor(convention, groups, len(codes), k)
    return picks @ inner @ picks.T, normal if cluster is None else np.full(len(picks), groups - 1.0)


def _weighted(rows: ModelRows, weight: Floats) -> Floats:
    if rows.pattern is not None:
        weight = np.bincount(rows.pattern, weight, len(rows.matrix)).astype(float)
    x = np.column_stack([np.ones(len(rows.matrix)), rows.matrix])
    return np.asarray((x * weight[:, None]).T @ x)


def _cells(
    rows: ModelRows, fitted: FamilyFit, cluster: NDArray[np.int64]
) -> tuple[Floats, Floats, Floats, NDArray[np.int64]]:
    """Return covariates, weights, residuals and clusters; rows of a cluster that share covariates and weight as one.

    CR2 is the same when k such rows become one with the covariates and the mean residual times the root of k.
    """
    v, slope = fitted.variance, fitted.slope
    left = fitted.residual / slope
    if rows.pattern is None or rows.exposure is not None:
        return rows.expanded() * slope[:, None], 1 / v, left, cluster
    many = len(rows.matrix)
    keys, first, place, times = np.unique(
        cluster * many + rows.pattern, return_index=True, return_inverse=True, return_counts=True
    )
    x = np.column_stack([np.ones(many), rows.matrix])[keys % many] * (np.sqrt(times) * slope[first])[:, None]
    return x, 1 / v[first], np.bincount(place, left) / np.sqrt(times), keys // many
