"""Regression on pseudo-observations: adjusted differences in the probability of an event, or in days, between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cluster_labels import cluster_labels
from evaltools.estimate.coefficient_table import coefficient_table
from evaltools.estimate.design import design
from evaltools.estimate.newton import refuse_collinear

__all__ = ["Link", "PseudoFit", "pseudo_regression"]

Floats = NDArray[np.float64]
Link = Literal["identity", "cloglog", "logit"]
_LINKS = ("identity", "cloglog", "logit")
_FEW_CLUSTERS = 30


@dataclass(frozen=True)
class PseudoFit:
    """A fitted model. estimates: term, estimate, se (independent, equal spread), robust_se, lower, upper, p.

    n: people used; n_missing: people set aside for a missing covariate; clusters: how many. link, method: in words.
    note: what a reader should be warned of. covariance: shape (p, p), robust.
    """

    estimates: pd.DataFrame
    n: int
    n_missing: int
    clusters: int
    link: str
    method: str
    note: str
    covariance: Floats


def pseudo_regression(
    times: EventTimes,
    pseudo: pd.DataFrame,
    formula: str,
    link: Link = "identity",
    cluster: str | None = None,
    level: float = 0.95,
) -> PseudoFit:
    """Fit a generalised estimating equation with independence to pseudo-observations.

    Parameters
    ----------
    times : EventTimes
        The people; covariates are columns of its data.
    pseudo : pandas.DataFrame
        From `pseudo_observations`. With several days, put the day into the formula: "C(day) + age".
    formula : str
        Covariates.
    link : {'identity', 'cloglog', 'logit'}
        'identity': coefficients are differences in probability, or in days. 'cloglog': log of -log(1 - p), comparable with
        a Fine-Gray model for an incidence. 'logit': log odds ratios.
    cluster : str, optional
        Column of people who resemble each other; each person alone by default.
    level : float
        Confidence level.

    Returns
    -------
    PseudoFit
        EstimateError when covariates repeat each other or no solution is found.

    References
    ----------
    Liang and Zeger (1986), Biometrika 73, 13-22; Klein and Andersen (2005), Biometrics 61, 223-229.

    Examples
    --------
    >>> from evaltools.estimate.pseudo_observations import pseudo_observations
    >>> people = pd.DataFrame({"days": [2, 3, 5, 6, 3, 7], "status": 1, "x": [1, 1, 1, 0, 0, 0]})
    >>> times = EventTimes.from_frame(people, "days", "status")
    >>> pseudo_regression(times, pseudo_observations(times, 4), "x").estimates["estimate"].round(6).tolist()
    [0.333333, 0.333333]
    """
    if link not in _LINKS:
        raise EstimateError(Problem("E167", f"there is no link '{link}'", fix=f"use one of: {', '.join(_LINKS)}"))
    rows = times.data.iloc[pseudo["position"]].reset_index(drop=True).assign(day=pseudo["day"].to_numpy())
    made = design(rows, formula)
    x = np.column_stack([np.ones(len(made.used)), made.expanded() + made.centre])
    terms = ("Intercept", *made.terms)
    y = pseudo["pseudo"].to_numpy(dtype=float)[made.used]
    person = pseudo["position"].to_numpy()[made.used]
    refuse_collinear(x.T @ x, terms)
    beta = _solve(x, y, link)
    mean, slope = _mean(x @ beta, link)
    scaled = slope[:, np.newaxis] * x
    bread = np.linalg.inv(scaled.T @ scaled)
    name = times.cluster if cluster is None else cluster
    units = _units(times, name, person)
    scores = np.zeros((int(units.max()) + 1, x.shape[1]))
    np.add.at(scores, units, scaled * (y - mean)[:, np.newaxis])
    robust = bread @ (scores.T @ scores) @ bread
    if not (np.diag(robust) > 1e-20).all():
        what = "not estimable: the covariates explain the outcome without a rest, so there is no error to measure"
        raise EstimateError(Problem("E168", what, fix="use more people or fewer covariates"))
    spread = bread * float(((y - mean) ** 2).sum()) / max(len(y) - x.shape[1], 1)
    few = len(scores) < _FEW_CLUSTERS
    return PseudoFit(
        coefficient_table(terms, beta, spread, robust, level),
        len(np.unique(person)),
        len(np.unique(pseudo["position"])) - len(np.unique(person)),
        len(scores),
        link,
        f"GEE on pseudo-observations, independence, {link} link; sandwich errors by {name or 'person'}",
        f"fewer than {_FEW_CLUSTERS} clusters ({len(scores)}): robust errors tend to be too small" if few else "",
        robust,
    )


def _units(times: EventTimes, cluster: str | None, person: NDArray[np.int64]) -> NDArray[np.int64]:
    labels = person if cluster is None else cluster_labels(times, cluster).codes[person]
    return np.asarray(np.unique(labels, return_inverse=True)[1])


def _mean(eta: Floats, link: str) -> tuple[Floats, Floats]:
    """Return the mean and its slope for a linear predictor."""
    if link == "identity":
        return eta, np.ones_like(eta)
    eta = np.clip(eta, -30.0, 30.0 if link == "logit" else 3.0)
    if link == "logit":
        p = 1 / (1 + np.exp(-eta))
        return p, p * (1 - p)
    hazard = np.exp(eta)
    return -np.expm1(-hazard), hazard * np.exp(-hazard)


def _solve(x: Floats, y: Floats, link: str) -> Floats:
    """Solve the estimating equation by Gauss-Newton steps, halved while the sum of squares would rise."""
    centre = np.clip(y.mean(), 0.01, 0.99)
    beta = np.zeros(x.shape[1])
    beta[0] = {"identity": y.mean(), "logit": np.log(centre / (1 - centre))}.get(link, np.log(-np.log1p(-centre)))
    for _ in range(100):
        mean, slope = _mean(x @ beta, link)
        scaled = slope[:, np.newaxis] * x
        step = np.linalg.lstsq(scaled, y - mean, rcond=None)[0]
        here = float(((y - mean) ** 2).sum())
        while ((y - _mean(x @ (beta + step), link)[0]) ** 2).sum() > here * (1 + 1e-12) and np.abs(step).max() > 1e-12:
            step = step / 2
        beta = beta + step
        if np.abs(step).max() < 1e-10 * max(1.0, np.abs(beta).max()):
            return beta
    what = "not estimable: the equation has no solution (a group in which nobody or everybody has the event)"
    raise EstimateError(Problem("E168", what, fix="merge groups, or use link='identity'"))
