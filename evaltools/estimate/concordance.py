"""Harrell's C: how often the person with the higher predicted risk has the event first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cox_model import CoxModel
from evaltools.estimate.running_count import count_below

__all__ = ["concordance"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def concordance(model: CoxModel, beta: Floats) -> float:
    """Return the share of comparable pairs in which the higher linear predictor has the event first; equal ones count half.

    Two people of one stratum can be compared when one has the event while the other is at risk and without event then. Late
    entry is respected. Weights are not used.

    Parameters
    ----------
    model : CoxModel
        The data.
    beta : numpy.ndarray
        Coefficients, shape (p,).

    References
    ----------
    Harrell, Califf, Pryor, Lee and Rosati (1982), JAMA 247, 2543-2546.
    """
    score = np.unique(np.round(model.linear_predictor(beta), 12), return_inverse=True)[1]
    days = model.days
    stratum = np.searchsorted(days.starts, days.stop, side="right") - 1
    lower = equal = pairs = 0
    for each in range(len(days.starts) - 1):
        rows = np.flatnonzero(stratum == each) if len(days.starts) > 2 else np.arange(len(stratum))
        parts = _compare(score[rows], days.stop[rows], model.event[rows], None if days.entry is None else days.entry[rows])
        lower, equal, pairs = lower + parts[0], equal + parts[1], pairs + parts[2]
    if not pairs:
        raise EstimateError(Problem("E144", "not estimable: no two people can be compared", fix="leave the concordance out"))
    return (lower + equal / 2) / pairs


def _compare(
    score: Integers, stop: NDArray[np.int32], event: NDArray[np.bool_], entry: NDArray[np.int32] | None
) -> tuple[int, int, int]:
    """Count, over events and the people at risk after each, lower scores, equal scores and everybody."""
    asked = np.flatnonzero(event)
    # latest first; on a day, people without the event before those with it, so that the leading part outlasts the event
    order = np.lexsort((event, -stop))
    key = (-2 * stop.astype(np.int64) + event)[order]
    length = np.searchsorted(key, -2 * stop[asked].astype(np.int64) + 1, side="left")
    counted = _among(score[order], length, score[asked])
    if entry is not None:
        order = np.argsort(-entry, kind="stable")
        length = np.searchsorted(-entry[order], -stop[asked], side="right")
        counted = counted - _among(score[order], length, score[asked])
    return int(counted[0]), int(counted[1]), int(counted[2])


def _among(ranks: Integers, length: Integers, score: Integers) -> NDArray[np.int64]:
    lower = count_below(ranks, length, score)
    up_to = count_below(ranks, length, score + 1)
    return np.array([lower.sum(), (up_to - lower).sum(), length.sum()])
