"""Generalised estimating equations: population averages when rows of one specialist or site go together."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.regression.count_likelihood import canonical_fit, canonical_parts
from evaltools.estimate.regression.few_clusters import MANY_CLUSTERS, refuse_few_clusters
from evaltools.estimate.regression.model_rows import FAMILIES, Family, check_choice, model_rows, set_aside_note
from evaltools.estimate.regression.satterthwaite import by_size
from evaltools.estimate.regression.wald_table import wald_table
from evaltools.estimate.regression.working_correlation import (
    Correlation,
    Grouped,
    correlation_matrices,
    estimate_correlation,
    grouped,
    whiten,
)

__all__ = ["GeeFit", "gee"]

Floats = NDArray[np.float64]
_SETTLED, _ROUNDS = 1e-9, 100


@dataclass(frozen=True)
class GeeFit:
    """A fitted population average.

    estimates: as `count_model` gives them. correlation, alpha: the working correlation and its estimate. phi: dispersion.
    naive_se: errors if the working correlation were true, by term. groups: number of groups. Other fields as in CountFit.
    """

    estimates: pd.DataFrame
    correlation: Correlation
    alpha: float
    phi: float
    naive_se: pd.Series
    n: int
    n_given: int
    set_aside: dict[str, int]
    groups: int
    convention: str
    note: str
    covariance: Floats = field(repr=False)


def gee(  # noqa: PLR0913 - the data, the model, the groups, and how to report it
    data: pd.DataFrame,
    formula: str,
    group: str,
    family: Family = "poisson",
    correlation: Correlation = "exchangeable",
    exposure: str | None = None,
    time: str | None = None,
    bias_reduced: bool | None = None,
    level: float = 0.95,
) -> GeeFit:
    """Fit a population-average regression with a working correlation within groups.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each unit and time.
    formula : str
        "starts ~ caseload + C(site)".
    group : str
        Column of groups, at least FEWEST_CLUSTERS.
    family : Family
        'poisson', 'binomial' or 'gaussian', with the canonical link.
    correlation : Correlation
        'independence', 'exchangeable' or 'ar1'.
    exposure : str, optional
        As in `count_model`.
    time : str, optional
        Column of whole numbers (months) for 'ar1'; rows of a group are one step apart, in the order given, without.
    bias_reduced : bool, optional
        Mancl and DeRouen's covariance; by default below MANY_CLUSTERS groups. Otherwise the plain sandwich.
    level : float
        Confidence level; limits are normal.

    Returns
    -------
    GeeFit
        EstimateError in words where nothing can be estimated.

    References
    ----------
    Liang and Zeger (1986), Biometrika 73, 13-22; Mancl and DeRouen (2001), Biometrics 57, 126-134.
    """
    check_choice("family", family, tuple(name for name in FAMILIES if name != "negative_binomial"))
    check_choice("correlation", correlation, ("independence", "exchangeable", "ar1"))
    data = _in_order(data, group, time)
    rows = model_rows(data, formula, family, exposure, (group,), collapse=False)
    codes = rows.groups[group]
    steps = None if time is None else data[time].to_numpy()[rows.used].astype(np.int64)
    order = np.argsort(codes, kind="stable")
    held = grouped(codes[order], None if steps is None else steps[order])
    refuse_few_clusters(len(held.sizes), group)
    x, y = rows.expanded()[order], rows.outcome[order]
    size = None if rows.exposure is None else rows.exposure[order]
    beta = canonical_fit(rows, family)[0].point  # type: ignore[arg-type] # negative_binomial is refused above
    with np.errstate(all="ignore"):  # a solution that runs away is found out below
        beta, alpha, phi, root, pearson, information = _solve(x, y, size, family, correlation, held, beta)
    bread = np.asarray(np.linalg.inv(information), dtype=np.float64)
    reduced = len(held.sizes) < MANY_CLUSTERS if bias_reduced is None else bias_reduced
    if reduced:
        scores = _reduced_scores(x * root[:, None], pearson, bread, correlation, alpha, held)
    else:
        parts = (x * root[:, None]) * whiten(correlation, alpha, pearson[:, None], held)
        scores = np.add.reduceat(parts, held.starts, axis=0)
    shift = scores @ bread @ rows.back.T
    covariance = shift.T @ shift
    word = "bias-reduced sandwich by group (Mancl-DeRouen)" if reduced else "sandwich by group (CR0)"
    table = wald_table(rows.terms, rows.back @ beta, covariance, np.full(len(beta), np.inf), level, f"{word} (normal)")
    naive = pd.Series(np.sqrt(phi * np.diag(rows.back @ bread @ rows.back.T)), index=list(rows.terms))
    note = set_aside_note(rows.set_aside)
    counts = (len(y), len(data), rows.set_aside, len(held.sizes))
    return GeeFit(table, correlation, alpha, phi, naive, *counts, f"{word} (normal)", note, covariance)


def _solve(  # noqa: PLR0913 - the rows, the model and where to start
    x: Floats,
    y: Floats,
    size: Floats | None,
    family: Family,
    correlation: Correlation,
    held: Grouped,
    beta: Floats,
) -> tuple[Floats, float, float, Floats, Floats, Floats]:
    """Return coefficients (k,), alpha, phi, roots of variances and Pearson residuals (n,), and information (k, k)."""
    for _ in range(_ROUNDS):
        mean, variance, _ = canonical_parts(family, x @ beta, size)  # type: ignore[arg-type]
        root = np.sqrt(variance)
        pearson = (y - mean) / root
        phi = float(pearson @ pearson) / len(y)
        if not (np.isfinite(phi) and phi > 0):
            break
        alpha = _allowed(estimate_correlation(correlation, pearson, held, phi), correlation, held)
        lifted = whiten(correlation, alpha, np.column_stack([x * root[:, None], pearson]), held)
        information = (x * root[:, None]).T @ lifted[:, :-1]
        step = np.linalg.solve(information, (x * root[:, None]).T @ lifted[:, -1])
        beta = beta + step
        if float(np.abs(step) @ np.maximum(np.abs(x).max(axis=0), 1e-12)) < _SETTLED:
            return beta, alpha, phi, root, pearson, information
    raise EstimateError(
        Problem("E139", f"not estimable: no solution in {_ROUNDS} rounds", fix="use correlation='independence'")
    )


def _in_order(data: pd.DataFrame, group: str, time: str | None) -> pd.DataFrame:
    if time is None:
        return data
    if time not in data.columns or data[time].isna().any():
        raise EstimateError(
            Problem("E201", f"'{time}' is no column with a time in every row", fix="name a column of whole numbers")
        )
    repeated = int(data.duplicated([group, time]).sum()) if group in data.columns else 0
    if repeated:
        raise EstimateError(
            Problem("E202", f"{repeated} rows repeat a '{time}' of their '{group}'", fix="add them up first")
        )
    return data.sort_values(time, kind="stable")


def _allowed(alpha: float, correlation: Correlation, rows: Grouped) -> float:
    """Keep the working correlation where its matrix is positive definite."""
    most = int(rows.sizes.max())
    low = -1 / (most - 1) if correlation == "exchangeable" and most > 1 else -1.0
    return float(np.clip(alpha, 0.999 * low, 0.999))


def _reduced_scores(
    x: Floats, pearson: Floats, bread: Floats, correlation: Correlation, alpha: float, rows: Grouped
) -> Floats:
    """Return scores (g, k) with residuals set right for the group's own leverage; x and residuals have variance 1."""
    scores = np.zeros((len(rows.sizes), x.shape[1]))
    for which, place in by_size(rows.code, rows.sizes):
        inverse = np.linalg.inv(correlation_matrices(correlation, alpha, rows.time[place]))
        mine = x[place]
        leverage = mine @ bread @ mine.transpose(0, 2, 1) @ inverse
        right = np.linalg.solve(np.eye(place.shape[1]) - leverage, pearson[place][:, :, None])
        scores[which] = (mine.transpose(0, 2, 1) @ (inverse @ right))[:, :, 0]
    return scores
