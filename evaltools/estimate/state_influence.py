"""State probabilities by the product of transition matrices, with each person's influence on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaltools.estimate.transition_table import TransitionTable

__all__ = ["StatePath", "state_path"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class StatePath:
    """State probabilities after each time and the time in each state.

    probability, variance: shape (T + 1, S), from the start. days, days_variance: shape (S,), to the horizon.
    """

    probability: Floats
    variance: Floats
    days: Floats
    days_variance: Floats


def state_path(table: TransitionTable, units: int, horizon: float) -> StatePath:
    """Multiply the transition matrices and carry everybody's influence along.

    The influence of a unit on the probabilities p after a time is U (I + dA) + w (dN - Y dA), where U is that before it, w
    is p before it over the number at risk, dN the unit's own moves and Y what it has at risk. Their squares add up to the
    variance.

    Parameters
    ----------
    table : TransitionTable
        Moves and people at risk.
    units : int
        How many people or clusters the spells count for, C.
    horizon : float
        Day to which the time in each state is counted.

    References
    ----------
    Aalen and Johansen (1978), Scandinavian Journal of Statistics 5, 141-150; for the variance the vignette of the R package
    survival by Therneau, Crowson and Atkinson on multi-state models.
    """
    states = table.at_risk.shape[1]
    p = table.start()
    there = _signed(table, units, 0) if len(table.time) else np.zeros((units, states))
    influence = (there - there.sum(axis=1, keepdims=True) * p) / max(there.sum(), 1.0)
    there = np.zeros((units, states))
    probability, variance = [p], [(influence**2).sum(axis=0)]
    days, days_influence, before = np.zeros(states), np.zeros((units, states)), table.first
    came, went = _by_time(table.enters, len(table.time)), _by_time(table.leaves, len(table.time))
    for t, now in enumerate(table.time):
        length = max(min(now, horizon) - before, 0.0)
        days, before = days + length * p, max(before, min(now, horizon))
        if length:
            days_influence += length * influence
        np.add.at(there, (table.unit[came[t]], table.origin[came[t]]), 1.0)
        np.add.at(there, (table.unit[went[t]], table.origin[went[t]]), -1.0)
        hazards = table.hazards(t)
        weight = p / np.maximum(table.at_risk[t], 1.0) * (table.at_risk[t] > 0)
        influence = influence + influence @ hazards - there @ (weight[:, np.newaxis] * hazards)
        moved = table.moves[table.splits[t] : table.splits[t + 1]]
        own = weight[table.origin[moved]]
        np.add.at(influence, (table.unit[moved], table.target[moved]), own)
        np.add.at(influence, (table.unit[moved], table.origin[moved]), -own)
        p = p + p @ hazards
        probability.append(p)
        variance.append((influence**2).sum(axis=0))
    rest = max(horizon - before, 0.0)
    days_influence += rest * influence
    return StatePath(np.array(probability), np.array(variance), days + rest * p, (days_influence**2).sum(axis=0))


def _by_time(position: NDArray[np.int64], size: int) -> list[NDArray[np.int64]]:
    """Return, for each time, the spells with that position."""
    order = np.argsort(position, kind="stable")
    return np.split(order, np.searchsorted(position[order], np.arange(1, size + 1)))


def _signed(table: TransitionTable, units: int, t: int) -> Floats:
    """Return how many of each unit are at risk in each state just before time t."""
    there = np.zeros((units, table.at_risk.shape[1]))
    inside = (table.enters <= t) & (table.leaves > t)
    np.add.at(there, (table.unit[inside], table.origin[inside]), 1.0)
    return there
