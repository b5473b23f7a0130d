"""Robust and cluster-robust errors of a Cox model, from each row's share of the score (Lin and Wei)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cluster_labels import cluster_labels
from evaltools.estimate.cox_model import CoxModel
from evaltools.estimate.risk_sets import FadingRiskSets

__all__ = ["cluster_codes", "sandwich", "score_residuals"]

Floats = NDArray[np.float64]
_BLOCK = 4096


def sandwich(model: CoxModel, beta: Floats, covariance: Floats, cluster: NDArray[np.int64] | None = None) -> Floats:
    """Return the sandwich covariance of the coefficients, without small-sample factor, as R's coxph gives it.

    Parameters
    ----------
    model : CoxModel
        The data.
    beta, covariance : numpy.ndarray
        Coefficients (p,) and their model covariance (p, p).
    cluster : numpy.ndarray, optional
        Shape (n,), cluster of each row as whole numbers from 0; each row on its own by default.

    References
    ----------
    Lin and Wei (1989), Journal of the American Statistical Association 84, 1074-1078.
    """
    if cluster is None:
        meat = sum((part.T @ part for _, part in _blocks(model, beta)), np.zeros_like(covariance))
        return np.asarray(covariance @ meat @ covariance)
    size = int(cluster.max()) + 1
    total = np.zeros((size, len(beta)))
    for rows, part in _blocks(model, beta, max(_BLOCK, size)):
        pointer = np.arange(len(part) + 1)
        total += csc_matrix((np.ones(len(part)), cluster[rows], pointer), shape=(size, len(part))) @ part
    shift = total @ covariance
    return np.asarray(shift.T @ shift)


def score_residuals(model: CoxModel, beta: Floats) -> Floats:
    """Return each row's share of the score, times its weight, shape (n, p); their sum is 0 at the estimate."""
    return np.concatenate([part for _, part in _blocks(model, beta)])


def cluster_codes(times: EventTimes, cluster: str, used: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cluster of each row used as whole numbers from 0; a missing cluster and a single one are refused."""
    codes, labels = cluster_labels(times, cluster, used)
    if len(labels) < 2:
        raise EstimateError(
            Problem(
                "E142", f"not estimable: all rows belong to one cluster of '{cluster}'", fix="cluster by something finer"
            )
        )
    return codes


def _blocks(model: CoxModel, beta: Floats, size: int = _BLOCK) -> Iterator[tuple[slice, Floats]]:
    """Yield score residuals a block of rows at a time.

    A row's share is (x - mean over its risk set) at its event, less the hazard that it lived through times (x - mean).
    """
    sets, sums, days = model.sets, model.sums(beta), model.days
    s1, t1 = sets.sums(sums.risk, sets.matrix)
    mean = (s1 * sums.hazard[:, None] - t1 * sums.hazard_tied[:, None]) / (sets.deaths * sets.mean_weight)[:, None]
    passed = s1 * sums.square[:, None] - t1 * sums.cross[:, None]
    passed_tied = s1 * sums.cross[:, None] - t1 * sums.square_tied[:, None]
    lived = _lived(model, np.column_stack([sums.hazard, passed]))
    at_event = _at_bins(model, np.column_stack([sums.hazard_tied, passed_tied, mean]))
    terms = len(beta)
    pattern, matrix = model.design.pattern, model.design.matrix
    for first in range(0, len(model.event), size):
        rows = slice(first, first + size)
        x = matrix[rows] if pattern is None else matrix[pattern[rows]]
        risk = np.exp(x @ beta)
        seen = lived(rows)
        part = risk[:, None] * (seen[:, 1:] - x * seen[:, :1])
        own = np.flatnonzero(model.event[rows])
        here = at_event[days.stop[rows][own]]
        mine = x[own]
        part[own] += mine - here[:, 1 + terms :] + risk[own, None] * (mine * here[:, :1] - here[:, 1 : 1 + terms])
        yield rows, part if model.weight is None else part * model.weight[rows, None]


def _lived(model: CoxModel, step: Floats) -> Callable[[slice], Floats]:
    """Return a function that adds up steps over the times at which the rows of a block are at risk."""
    sets, days = model.sets, model.days
    sums = days.up_to(step)
    if isinstance(sets, FadingRiskSets):
        faded = days.up_to(step * sets.fade[:, None])
        after, kept = faded[-1] - faded, sets.kept
        return lambda rows: sums[days.stop[rows]] + kept[rows, None] * after[days.stop[rows]]
    if days.entry is None:
        return lambda rows: sums[days.stop[rows]]
    entry = days.entry
    return lambda rows: sums[days.stop[rows]] - sums[entry[rows]]


def _at_bins(model: CoxModel, values: Floats) -> Floats:
    """Return values at event times, shape (K, q), by bin."""
    placed = np.zeros((int(model.days.starts[-1]), values.shape[1]))
    placed[model.days.bin] = values
    return placed
