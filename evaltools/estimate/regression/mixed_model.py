"""Random intercepts of sites or specialists: logit and Poisson by adaptive quadrature, linear by REML."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import critical_value
from evaltools.estimate.newton import refuse_collinear
from evaltools.estimate.regression.adaptive_quadrature import GroupRows
from evaltools.estimate.regression.cluster_covariance import CONVENTIONS
from evaltools.estimate.regression.few_clusters import FEWEST_CLUSTERS
from evaltools.estimate.regression.generalised_mixed import generalised_mixed
from evaltools.estimate.regression.linear_mixed import linear_mixed
from evaltools.estimate.regression.model_rows import Family, ModelRows, check_choice, model_rows, set_aside_note
from evaltools.estimate.regression.variance_shares import intraclass_correlation, median_ratio
from evaltools.estimate.regression.wald_table import wald_table

__all__ = ["MixedFit", "mixed_model"]

Floats = NDArray[np.float64]
_FEWEST_POINTS = 9  # with fewer, the expected score is no longer the gradient of what is maximised


@dataclass(frozen=True)
class MixedFit:
    """A fitted regression with a random intercept.

    estimates: as `count_model` gives them. variance: of the intercepts, on the scale of the linear predictor; 0 at its
    boundary, in words in `note`. log_sd_se: error of the logarithm of its root, None at the boundary and for 'gaussian'.
    residual_variance: within groups ('gaussian' only). groups: frame with group, n, estimate (predicted intercept, shrunken
    towards 0), sd (conditional), lower, upper. icc, icc_scale: see `intraclass_correlation`. median_ratio: odds or rate
    ratio of two groups at random, None for 'gaussian'. loglik: full, restricted for 'gaussian'. used: positions of the rows
    used. Others as in CountFit.
    """

    estimates: pd.DataFrame
    variance: float
    log_sd_se: float | None
    residual_variance: float | None
    groups: pd.DataFrame
    icc: float
    icc_scale: str
    median_ratio: float | None
    loglik: float
    n: int
    n_given: int
    set_aside: dict[str, int]
    family: Family
    method: str
    level: float
    note: str
    covariance: Floats = field(repr=False)
    used: NDArray[np.int64] = field(repr=False)


def mixed_model(  # noqa: PLR0913 - the data, the model, and how to report it
    data: pd.DataFrame,
    formula: str,
    group: str,
    family: Family = "binomial",
    exposure: str | None = None,
    points: int = 15,
    level: float = 0.95,
) -> MixedFit:
    """Fit a regression whose intercept differs between groups at random.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each person, or each unit and time.
    formula : str
        "started ~ age + C(referral)"; "started ~ 1" for differences between groups alone.
    group : str
        Column of groups: at least three, one of them with two rows.
    family : Family
        'binomial' (logit), 'poisson' (log, with exposure) or 'gaussian' (REML).
    exposure : str, optional
        As in `count_model`.
    points : int
        Points of the quadrature; 1 is Laplace's approximation (lme4's default), 15 exact for most purposes.
    level : float
        Confidence level.

    Returns
    -------
    MixedFit
        EstimateError in words where nothing can be estimated.

    References
    ----------
    Pinheiro and Bates (1995), Journal of Computational and Graphical Statistics 4, 12-35; Bates et al. (2015), Journal of
    Statistical Software 67(1).
    """
    check_choice("family", family, ("binomial", "poisson", "gaussian"))
    if points != 1 and points not in range(_FEWEST_POINTS, 101):
        raise EstimateError(
            Problem("E208", f"points cannot be {points}", fix=f"use 1 (Laplace) or {_FEWEST_POINTS} to 100, for example 15")
        )
    if exposure is not None and family != "poisson":
        raise EstimateError(Problem("E208", f"family '{family}' takes no exposure", fix="use family='poisson'"))
    rows = model_rows(data, formula, family, exposure, (group,))
    labels, n = rows.labels[group], len(rows.used)
    if len(labels) < 3 or len(labels) == n:
        raise EstimateError(
            Problem(
                "E209",
                f"not estimable: {len(labels)} groups of '{group}' in {n} rows",
                fix="a random intercept needs three groups or more and more rows than groups; otherwise use C(...)",
            )
        )
    held = _in_order(rows, group, family)
    within, log_sd_se, mean = None, None, 1.0
    if family == "gaussian":
        if len(rows.terms) > 1:
            refuse_collinear(held.matrix[:, 1:].T @ held.matrix[:, 1:], rows.terms[1:])
        point, spread, variance, within, loglik, effect, deviation = linear_mixed(held)
        method = "restricted maximum likelihood"
    else:
        made = generalised_mixed(rows, held, family, points)  # type: ignore[arg-type] # 'gaussian' is above
        point, spread, variance, log_sd_se, loglik, effect, deviation, used = made
        method = f"adaptive Gauss-Hermite quadrature, {used} points" if points > 1 else "Laplace approximation"
        mean = _marginal_mean(held, point, variance, n)
    z, sizes = critical_value(level), np.bincount(rows.groups[group])
    covariance = rows.back @ spread @ rows.back.T
    frame = pd.DataFrame({"group": labels, "n": sizes, "estimate": effect, "sd": deviation})
    few = f"{len(labels)} groups of '{group}' say little about how much groups differ"
    notes = [set_aside_note(rows.set_aside), "" if variance else _BOUNDARY, few if len(labels) < FEWEST_CLUSTERS else ""]
    normal = np.full(len(point), np.inf)
    return MixedFit(
        wald_table(rows.terms, rows.back @ point, covariance, normal, level, CONVENTIONS["model"]),
        variance,
        log_sd_se,
        within,
        frame.assign(lower=effect - z * deviation, upper=effect + z * deviation),
        intraclass_correlation(family, variance, within or 0.0, mean),
        {"binomial": "latent logistic", "poisson": "counts at the marginal mean"}.get(family, "outcome"),
        None if family == "gaussian" else median_ratio(variance),
        loglik,
        n,
        len(data),
        rows.set_aside,
        family,
        method,
        level,
        "; ".join(note for note in notes if note),
        covariance,
        rows.used,
    )


_BOUNDARY = "groups differ no more than chance would have them: the variance is 0, at its boundary"


def _in_order(rows: ModelRows, group: str, family: Family) -> GroupRows:
    """Return the rows in order of group, those of a group with the same categories as one (binomial: with trials)."""
    code, many = rows.groups[group], len(rows.matrix)
    if rows.pattern is None or family == "gaussian":
        order = np.argsort(code, kind="stable")
        size = None if rows.exposure is None else rows.exposure[order]
        matrix, outcome, code = rows.expanded()[order], rows.outcome[order], code[order]
    else:
        keys, place = np.unique(code * many + rows.pattern, return_inverse=True)
        matrix = np.column_stack([np.ones(many), rows.matrix])[keys % many]
        size, outcome = np.bincount(place, rows.exposure).astype(float), np.bincount(place, rows.outcome).astype(float)
        code = keys // many
    return GroupRows(matrix, outcome, size, code, np.searchsorted(code, np.arange(code[-1] + 1)))


def _marginal_mean(held: GroupRows, point: Floats, variance: float, n: int) -> float:
    """Return the mean count of a row over rows and groups."""
    eta = np.exp(held.matrix @ point + variance / 2)
    return float((eta if held.size is None else eta * held.size).sum()) / n
