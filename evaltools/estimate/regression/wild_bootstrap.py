"""Wild cluster restricted bootstrap-t for a coefficient of a linear regression with few clusters, enumerated if possible."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name
from evaltools.estimate.newton import refuse_collinear
from evaltools.estimate.regression.cluster_covariance import cluster_sums
from evaltools.estimate.regression.few_clusters import refuse_few_clusters
from evaltools.estimate.regression.model_rows import check_choice, model_rows, set_aside_note

__all__ = ["WildBootstrap", "wild_bootstrap"]

Floats = NDArray[np.float64]
_WEIGHTS = {
    "rademacher": np.array([-1.0, 1.0]),
    "webb": np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)]),
}
_FEW_SIGNS = 7  # up to so many clusters the 2^G signs give too coarse a p value, and Webb's six points are used
_MOST = 50_000  # enumerated at most
_SAME = 1e-12


@dataclass(frozen=True)
class WildBootstrap:
    """A bootstrap test that a coefficient is 0.

    estimate: of the term. t: over its CR0 error. p: share of draws with |t| as large or larger; p_strict: larger only.
    draws: number of them; enumerated: whether they are all there are, so that p is exact. weights: their distribution.
    smallest_p: what p could be at the least. clusters, n, set_aside, method: as elsewhere.
    """

    term: str
    estimate: float
    t: float
    p: float
    p_strict: float
    clusters: int
    draws: int
    enumerated: bool
    weights: str
    smallest_p: float
    n: int
    set_aside: dict[str, int]
    method: str
    note: str


def wild_bootstrap(  # noqa: PLR0913 - the model, what is tested, and how it is drawn
    data: pd.DataFrame,
    formula: str,
    term: str,
    cluster: str,
    weights: Literal["auto", "rademacher", "webb"] = "auto",
    draws: int = 9999,
    seed: int = 1,
) -> WildBootstrap:
    """Test one coefficient of a least-squares regression with clusters that are few.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each unit.
    formula : str
        "started ~ grant + age": a linear probability model, a rate or any measure.
    term : str
        Name of the coefficient, as `count_model` gives it.
    cluster : str
        Column of clusters, at least FEWEST_CLUSTERS of them.
    weights : str
        'rademacher' signs, Webb's six points, or 'auto': Webb up to 7 clusters, signs beyond.
    draws : int
        Random draws where all cannot be enumerated. All are when there are no more than this (signs: 13 clusters), and
        always for Webb with 6 clusters and signs with up to 12.
    seed : int
        For random draws.

    Returns
    -------
    WildBootstrap
        EstimateError E206 below FEWEST_CLUSTERS ('site-level inference is not available').

    References
    ----------
    Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90, 414-427; Webb (2023), Canadian Journal of
    Economics 56, 839-858.
    """
    check_choice("weights", weights, ("auto", *_WEIGHTS))
    if draws < 99:
        raise EstimateError(Problem("E208", f"{draws} draws are too few", fix="use 999 or more"))
    rows = model_rows(data, formula, "gaussian", None, (cluster,), collapse=False)
    codes = rows.groups[cluster]
    groups = int(codes.max()) + 1
    refuse_few_clusters(groups, cluster)
    if term not in rows.terms:
        raise EstimateError(Problem("E201", f"there is no term '{term}'", fix=closest_name(term, rows.terms)))
    place = rows.terms.index(term)
    x, y = rows.expanded(), rows.outcome
    square = x.T @ x
    if len(rows.terms) > 1:
        refuse_collinear(square[1:, 1:], rows.terms[1:])
    if place == 0:
        x[:, 1:] += rows.centre  # the intercept of the covariates as given
        square = x.T @ x
    bread = np.asarray(np.linalg.inv(square), dtype=np.float64)
    own = x @ bread[:, place]
    estimate = float(own @ y)
    kept = [column for column in range(x.shape[1]) if column != place]
    restricted = y - x[:, kept] @ np.linalg.solve(square[np.ix_(kept, kept)], x[:, kept].T @ y) if kept else y
    free = y - x @ (bread @ (x.T @ y))
    spread = float(np.linalg.norm(np.bincount(codes, own * free)))
    if spread <= _SAME * abs(estimate):
        raise EstimateError(Problem("E205", "not estimable: the covariates fit the outcome exactly"))
    t = estimate / spread
    kind = ("webb" if groups <= _FEW_SIGNS else "rademacher") if weights == "auto" else weights
    all_draws = len(_WEIGHTS[kind]) ** groups
    enumerated = all_draws <= max(draws, _MOST if kind == "webb" else 2**12)
    drawn = _draws(kind, groups, draws, enumerated, seed)
    found = np.abs(_statistics(drawn, x, own, restricted, codes, bread))
    slack = _SAME * max(1.0, abs(t))
    p = float((found >= abs(t) - slack).mean())
    how = f"all {all_draws}" if enumerated else f"{draws} random"
    return WildBootstrap(
        term,
        estimate,
        t,
        p,
        float((found > abs(t) + slack).mean()),
        groups,
        len(drawn),
        enumerated,
        kind,
        2 / all_draws if enumerated else 1 / draws,
        len(y),
        rows.set_aside,
        f"wild cluster restricted bootstrap-t, {kind} weights, {how} draws, {groups} clusters of '{cluster}'",
        set_aside_note(rows.set_aside),
    )


def _draws(kind: str, groups: int, draws: int, enumerated: bool, seed: int) -> Floats:
    values = _WEIGHTS[kind]
    if enumerated:
        return np.array(list(product(values, repeat=groups)))
    return np.asarray(np.random.default_rng(seed).choice(values, size=(draws, groups)))


def _statistics(
    drawn: Floats, x: Floats, own: Floats, restricted: Floats, codes: NDArray[np.int64], bread: Floats
) -> Floats:
    """Return t of every draw, shape (draws,): outcomes are restricted fits plus weighted residuals, which enter by cluster.

    own: shape (n,), by which an outcome moves the coefficient. restricted: residuals (n,) of the fit without the term.
    """
    by_cluster = np.bincount(codes, own * restricted)
    moved = cluster_sums(restricted, codes, x[:, 1:])
    leaning = cluster_sums(own, codes, x[:, 1:])
    numerator = drawn @ by_cluster
    scores = drawn * by_cluster - (drawn @ (moved @ bread)) @ leaning.T
    spread = np.sqrt((scores * scores).sum(axis=1))
    return np.divide(numerator, spread, out=np.zeros_like(numerator), where=spread > 0)
