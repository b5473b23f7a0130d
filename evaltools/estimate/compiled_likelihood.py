"""The partial likelihood of a large Cox model by compiled passes over its rows; the same numbers as `cox_likelihood`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import pairwise
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from evaltools.estimate.cox_likelihood import Ties
from evaltools.estimate.newton import Evaluation
from evaltools.estimate.risk_sets import RiskSets, RowRiskSets

__all__ = ["evaluate_compiled", "null_compiled", "worth_compiling"]

Floats = NDArray[np.float64]
_LARGE = 100_000  # below, compiling (seconds, once on a machine) costs more than it saves
_PARTS = 4  # fixed, so that the order of addition, and with it the last digit, is the same on every machine


def worth_compiling(sets: RiskSets, least: int | None = None) -> TypeGuard[RowRiskSets]:
    """Tell whether compiled passes can be used and pay: many rows, few event times, nobody late, numba there.

    sets: the data. least: rows from which on they pay, when other than usual.
    """
    if type(sets) is not RowRiskSets or len(sets.event) < (_LARGE if least is None else least):
        return False
    few = 8 * int(sets.days.starts[-1]) < len(sets.event)
    return few and sets.days.entry is None and find_spec("numba") is not None


def null_compiled(sets: RowRiskSets, ties: Ties) -> float:
    """Return the log partial likelihood without covariates."""
    from evaltools.estimate.compiled_sweeps import sum_ties

    total, tied = sets.sums(np.ones(len(sets.event)) if sets.weight is None else sets.weight)
    return -sum_ties(total, tied, sets.deaths, sets.mean_weight, ties == "efron", np.zeros((len(total), 5)))


def evaluate_compiled(sets: RowRiskSets, beta: Floats, ties: Ties) -> Evaluation:
    """Return the log partial likelihood, its gradient and its information.

    Parameters
    ----------
    sets : RowRiskSets
        The data, without late entry.
    beta : numpy.ndarray
        Coefficients, shape (p,).
    ties : {'efron', 'breslow'}
        How simultaneous events are taken.
    """
    from evaltools.estimate.compiled_sweeps import add_up, curve, sum_ties

    matrix, days, terms = sets.matrix, sets.days, len(beta)
    weight = np.empty(0) if sets.weight is None else sets.weight
    bins, size = sets.bin_by_event, int(days.starts[-1])
    edges = np.linspace(0, len(matrix), _PARTS + 1).astype(int)
    parts = [slice(first, last) for first, last in pairwise(edges)]
    risk, apart = np.empty(len(matrix)), np.zeros((_PARTS, 2 * size, terms + 1))
    gradients, grams = np.zeros((_PARTS, terms)), np.zeros((_PARTS, terms, terms))
    with ThreadPoolExecutor(_PARTS) as pool, np.errstate(all="ignore"):
        list(pool.map(lambda at: add_up(matrix[parts[at]], _of(weight, parts[at]), beta, bins[parts[at]],
                                        risk[parts[at]], apart[at]), range(_PARTS)))  # fmt: skip
        both = apart.sum(axis=0)
        tied = both[1::2][days.bin]
        total = days.at_risk(both[::2] + both[1::2], None)
        sums = np.zeros((len(days.time), 5))
        efron = ties == "efron" and sets.deaths.max() > 1
        logs = sum_ties(total[:, 0].copy(), tied[:, 0].copy(), sets.deaths, sets.mean_weight, efron, sums)
        loglik = float(sets.event_sum @ beta - logs)
        if not np.isfinite(loglik):
            return Evaluation(-np.inf, np.zeros(terms), np.eye(terms))
        lived = np.repeat(days.up_to(sums[:, 0]), 2)
        lived[2 * days.bin + 1] -= sums[:, 1]
        list(pool.map(lambda at: curve(matrix[parts[at]], _of(weight, parts[at]), risk[parts[at]], bins[parts[at]],
                                       lived, gradients[at], grams[at]), range(_PARTS)))  # fmt: skip
    half = grams.sum(axis=0)
    gram = half + np.tril(half, -1).T
    s1, t1 = total[:, 1:], tied[:, 1:]
    mixed = s1.T @ (sums[:, 3, None] * t1)
    outer = s1.T @ (sums[:, 2, None] * s1) - mixed - mixed.T + t1.T @ (sums[:, 4, None] * t1)
    return Evaluation(loglik, gradients.sum(axis=0), gram - outer)


def _of(weight: Floats, rows: slice) -> Floats:
    return weight[rows] if len(weight) else weight
