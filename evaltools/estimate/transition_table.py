"""Counts of people at risk in each state and of moves between states at each distinct time of a move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.state_history import StateHistory

__all__ = ["TransitionTable", "transition_table"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class TransitionTable:
    """The spells of some people against the T times at which one of them moved, S states.

    first: the day on which the first of them is at risk. last: the last day on which one of them is followed.
    time: shape (T,), days. at_risk: shape (T, S), people in a state just before the time.
    unit, origin, target, enters, leaves: shape (m,), one a spell: whom it counts for, its state, the state it ends in (-1
    when censored), the first time at which it is at risk, and the first at which it is no longer. moves: positions of the
    spells that end in a move, in order of time; the moves at time t are moves[splits[t]:splits[t + 1]].
    """

    first: float
    last: float
    time: Floats
    at_risk: Floats
    unit: Ints
    origin: Ints
    target: Ints
    enters: Ints
    leaves: Ints
    moves: Ints
    splits: Ints

    def start(self) -> Floats:
        """Give the shares of the states among those at risk just before the first move, shape (S,)."""
        there = self.at_risk[0] if len(self.time) else np.bincount(self.origin, minlength=self.at_risk.shape[1])
        return np.asarray(there / there.sum())

    def hazards(self, t: int) -> Floats:
        """Give the moves at time t as shares of those at risk in their origin, shape (S, S); rows add up to 0."""
        states = self.at_risk.shape[1]
        here = self.moves[self.splits[t] : self.splits[t + 1]]
        counts = np.bincount(self.origin[here] * states + self.target[here], minlength=states**2).reshape(states, states)
        share = counts / np.maximum(self.at_risk[t], 1.0)[:, np.newaxis]
        return np.asarray(share - np.diag(share.sum(axis=1)))


def transition_table(history: StateHistory, spells: NDArray[np.bool_], unit: Ints) -> TransitionTable:
    """Count the moves of some spells.

    Parameters
    ----------
    history : StateHistory
        Spells in days.
    spells : numpy.ndarray
        Which spells to count, shape (m,).
    unit : numpy.ndarray
        For each person, whom the person counts for in the variance: the person, or a cluster.

    References
    ----------
    Andersen, Borgan, Gill and Keiding (1993), Statistical Models Based on Counting Processes, section IV.4.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"id": [1, 1, 2], "from": "a", "to": ["b", None, "b"], "start": 0, "stop": [2, 5, 5]})
    >>> rows.loc[1, ["from", "start"]] = ["b", 2]
    >>> transition_table(StateHistory.from_frame(rows, "id"), np.array([True] * 3), np.arange(2)).at_risk.tolist()
    [[2.0, 0.0], [1.0, 1.0]]
    """
    origin, target = history.origin[spells], history.target[spells]
    start, stop = history.start[spells], history.stop[spells]
    time = np.unique(stop[target >= 0])
    enters = np.searchsorted(time, start, side="right")
    leaves = np.searchsorted(time, stop, side="right")
    size, states = len(time) + 1, len(history.states)
    came = np.bincount(enters * states + origin, minlength=size * states)
    went = np.bincount(leaves * states + origin, minlength=size * states)
    at_risk = (came - went).reshape(size, states).cumsum(axis=0)[:-1].astype(float)
    moves = np.flatnonzero(target >= 0)
    at = leaves[moves] - 1
    order = np.argsort(at, kind="stable")
    return TransitionTable(
        float(start.min()),
        float(stop.max()),
        time,
        at_risk,
        unit[history.person[spells]],
        origin,
        target,
        enters,
        leaves,
        moves[order],
        np.searchsorted(at[order], np.arange(size)),
    )
