"""State probabilities in many bootstrap resamples at once: resampled counts go through the product of matrices together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaltools.estimate.multinomial_counts import draw_counts
from evaltools.estimate.transition_table import TransitionTable

__all__ = ["resampled_path"]

Floats = NDArray[np.float64]


def resampled_path(
    table: TransitionTable, units: int, horizon: float, replicates: int, seed: int | np.random.Generator
) -> tuple[Floats, Floats]:
    """Return the state probabilities and the days in each state of every resample.

    Parameters
    ----------
    table : TransitionTable
        Moves and people at risk.
    units : int
        How many people or clusters the spells count for.
    horizon : float
        Day to which the time in each state is counted.
    replicates : int
        How many resamples, B.
    seed : int or numpy.random.Generator
        For the draws.

    Returns
    -------
    tuple of numpy.ndarray
        Probabilities, shape (T + 1, S, B), and days, shape (S, B).

    References
    ----------
    Davison and Hinkley (1997), Bootstrap Methods and their Application, section 3.8.
    """
    parts = [_walk(table, counts, horizon) for counts in draw_counts(units, replicates, seed, block=250)]
    return np.concatenate([p for p, _ in parts], axis=2), np.concatenate([days for _, days in parts], axis=1)


def _walk(table: TransitionTable, counts: Floats, horizon: float) -> tuple[Floats, Floats]:
    size, states = len(table.time), table.at_risk.shape[1]
    kinds = sorted({(int(j), int(k)) for j, k in zip(table.origin[table.moves], table.target[table.moves], strict=True)})
    at_risk = [_at_risk(table, state, counts, size) for state in range(states)]
    moved = {kind: _moved(table, kind, counts, size) for kind in kinds}
    there = np.array([each[0] for each in at_risk])
    p = there / np.maximum(there.sum(axis=0), 1.0)
    path, days, before = [p], np.zeros_like(p), table.first
    for t, now in enumerate(table.time):
        length = max(min(now, horizon) - before, 0.0)
        days, before = days + length * p, max(before, min(now, horizon))
        after = p.copy()
        for j, k in kinds:
            flow = p[j] * moved[j, k][t] / np.maximum(at_risk[j][t], 1.0)
            after[j] -= flow
            after[k] += flow
        p = after
        path.append(p)
    return np.array(path), days + max(horizon - before, 0.0) * p


def _at_risk(table: TransitionTable, state: int, counts: Floats, size: int) -> Floats:
    """Return the people at risk in a state at each time, shape (T, b)."""
    spells = np.flatnonzero(table.origin == state)
    rows = np.concatenate([table.enters[spells], table.leaves[spells]])
    signs = np.repeat([1.0, -1.0], len(spells))
    columns = np.tile(table.unit[spells], 2)
    change = csr_array((signs, (rows, columns)), shape=(size + 1, counts.shape[0])) @ counts
    return np.asarray(np.cumsum(change, axis=0))


def _moved(table: TransitionTable, kind: tuple[int, int], counts: Floats, size: int) -> Floats:
    """Return the moves of one kind at each time, shape (T, b)."""
    of_kind = table.moves[(table.origin[table.moves] == kind[0]) & (table.target[table.moves] == kind[1])]
    where = (table.leaves[of_kind] - 1, table.unit[of_kind])
    return np.asarray(csr_array((np.ones(len(of_kind)), where), shape=(size, counts.shape[0])) @ counts)
