"""Sums over the people at risk, and over those with an event, at each event time: all that a Cox model asks of its data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from evaltools.estimate.event_days import EventDays
from evaltools.estimate.tie_steps import TieSteps, tie_steps

__all__ = ["FadingRiskSets", "PatternRiskSets", "RiskSets", "RowRiskSets", "Sums", "weighted_gram"]

Floats = NDArray[np.float64]
_BLOCK = 1024  # rows that stay in the processor's cache, and too few for the linear algebra library to start threads


class Sums(NamedTuple):
    """Sums at each event time, shape (K,) or (K, p): over the people at risk, and over those with an event."""

    total: Floats
    tied: Floats


class RiskSets(Protocol):
    """What the likelihood needs. Rows may be people, stretches of time, or patterns of covariates."""

    @property
    def matrix(self) -> Floats:
        """Covariates less their centre, shape (m, p)."""

    @property
    def weight(self) -> Floats | None:
        """Weight of each row, shape (m,); None when all are 1."""

    @property
    def deaths(self) -> Floats:
        """Number of events at each event time."""

    @property
    def mean_weight(self) -> Floats:
        """Mean weight of the events at each event time."""

    @property
    def events(self) -> Floats:
        """Number of events of each row, shape (m,)."""

    @property
    def steps(self) -> TieSteps:
        """Efron's steps."""

    def sums(self, values: Floats, matrix: Floats | None = None) -> Sums:
        """Add up values, or values times covariates, over the people at risk and over the events of each event time."""

    def spread(self, step: Floats) -> Floats:
        """Add up, for each row, a step at each event time over the times at which the row is at risk."""

    def spread_tied(self, step: Floats) -> Floats:
        """Give each row the step of the time of its event (times its events); 0 for a row without event."""


def weighted_gram(matrix: Floats, weight: Floats) -> Floats:
    """Return matrix' diag(weight) matrix, a block of rows at a time so that no copy of the matrix is made.

    matrix: shape (n, p). weight: shape (n,).
    """
    gram = np.zeros((matrix.shape[1], matrix.shape[1]))
    for first in range(0, len(matrix), _BLOCK):
        rows = matrix[first : first + _BLOCK]
        gram += rows.T @ (weight[first : first + _BLOCK, None] * rows)
    return gram


@dataclass(frozen=True)
class RowRiskSets:
    """Risk sets of rows. event: shape (n,), whether each row ends in an event. days: where each row stands."""

    matrix: Floats
    weight: Floats | None
    event: NDArray[np.bool_]
    days: EventDays

    @cached_property
    def deaths(self) -> Floats:
        """Number of events at each event time."""
        return np.bincount(self.days.stop[self.event], minlength=self._size)[self.days.bin].astype(float)

    @cached_property
    def mean_weight(self) -> Floats:
        """Mean weight of the events at each event time."""
        if self.weight is None:
            return np.ones(len(self.days.time))
        return np.bincount(self.days.stop, self.weight * self.event, self._size)[self.days.bin] / self.deaths

    @cached_property
    def events(self) -> Floats:
        """1 for a row with an event and 0 for another."""
        return self.event.astype(float)

    @cached_property
    def event_sum(self) -> Floats:
        """Weighted sum of covariates over all events, shape (p,)."""
        return self.matrix.T @ (self.events if self.weight is None else self.events * self.weight)

    @cached_property
    def steps(self) -> TieSteps:
        """Efron's steps."""
        return tie_steps(self.deaths)

    def sums(self, values: Floats, matrix: Floats | None = None) -> Sums:
        """Add up values, or values times covariates, over the people at risk and over the events of each event time."""
        apart = self._by_bin(values, matrix, self.bin_by_event, 2 * self._size)
        tied = apart[1::2]
        entry = self.days.entry
        entering = None if entry is None else self._by_bin(values, matrix, entry, self._size)
        return Sums(self.days.at_risk(apart[::2] + tied, entering), tied[self.days.bin])

    def spread(self, step: Floats) -> Floats:
        """Add up, for each row, a step at each event time over the times at which the row is at risk."""
        sums = self.days.up_to(step)
        return sums[self.days.stop] if self.days.entry is None else sums[self.days.stop] - sums[self.days.entry]

    def spread_tied(self, step: Floats) -> Floats:
        """Give each row the step of the time of its event; 0 for a row without event."""
        placed = np.zeros(self._size)
        placed[self.days.bin] = step
        return placed[self.days.stop] * self.event

    @property
    def _size(self) -> int:
        return int(self.days.starts[-1])

    @cached_property
    def bin_by_event(self) -> NDArray[np.int32]:
        """Two bins for each bin, shape (n,): even for a row without an event, odd for one with."""
        return np.asarray(2 * self.days.stop + self.event, dtype=np.int32)

    @cached_property
    def _pointer(self) -> NDArray[np.int32]:
        return np.arange(len(self.event) + 1, dtype=np.int32)

    def _by_bin(self, values: Floats, matrix: Floats | None, bins: NDArray[np.int32], size: int) -> Floats:
        if matrix is None:
            return np.bincount(bins, values, size).astype(float)
        return np.asarray(csc_matrix((values, bins, self._pointer), shape=(size, len(bins))) @ matrix)


@dataclass(frozen=True)
class FadingRiskSets(RowRiskSets):
    """Risk sets in which people with a competing event stay, with a weight that fades as others are censored.

    fade: shape (K,), probability of no censoring before each event time. kept: shape (n,), 1 over that probability at a
    competing event, 0 for every other row. There is one stratum and nobody enters late.
    """

    fade: Floats
    kept: Floats

    def sums(self, values: Floats, matrix: Floats | None = None) -> Sums:
        """Add up over the people at risk at each event time, and over those who had a competing event before it."""
        alive = super().sums(values, matrix)
        left = self._by_bin(values * self.kept, matrix, self.days.stop, self._size)
        before = np.cumsum(left, axis=0)[
            self.days.bin - 1
        ]  # the bins before that of an event time are those that left earlier
        return Sums(alive.total + (before * self.fade if matrix is None else before * self.fade[:, None]), alive.tied)

    def spread(self, step: Floats) -> Floats:
        """Add up, for each row, a step at each event time over the times at which the row is at risk, faded where it is."""
        faded = self.days.up_to(step * self.fade)
        return super().spread(step) + self.kept * (faded[-1] - faded)[self.days.stop]


@dataclass(frozen=True)
class PatternRiskSets:
    """Risk sets of people collapsed to patterns of covariates: two tables of patterns by event times hold everything.

    at_risk, died: shape (m, K), people of each pattern at risk, and with an event, at each event time.
    """

    matrix: Floats
    weight: None
    at_risk: Floats
    died: Floats

    @classmethod
    def from_rows(
        cls, matrix: Floats, pattern: NDArray[np.int64], event: NDArray[np.bool_], days: EventDays
    ) -> PatternRiskSets:
        """Count people by pattern and event time. matrix: shape (m, p). pattern: shape (n,)."""
        patterns, bins = len(matrix), int(days.starts[-1])

        def count(rows: Any, place: NDArray[np.int32]) -> Floats:
            cells = pattern[rows] * bins + place[rows]
            return np.bincount(cells, minlength=patterns * bins).reshape(patterns, bins).T.astype(float)

        everybody = slice(None)
        entering = None if days.entry is None else count(everybody, days.entry)
        at_risk = days.at_risk(count(everybody, days.stop), entering)
        died = count(np.flatnonzero(event), days.stop)[days.bin]
        return cls(matrix, None, np.ascontiguousarray(at_risk.T), np.ascontiguousarray(died.T))

    @cached_property
    def deaths(self) -> Floats:
        """Number of events at each event time."""
        return self.died.sum(axis=0)

    @cached_property
    def events(self) -> Floats:
        """Number of events of each pattern."""
        return self.died.sum(axis=1)

    @cached_property
    def mean_weight(self) -> Floats:
        """Mean weight of the events at each event time: 1."""
        return np.ones(self.died.shape[1])

    @cached_property
    def steps(self) -> TieSteps:
        """Efron's steps."""
        return tie_steps(self.deaths)

    def sums(self, values: Floats, matrix: Floats | None = None) -> Sums:
        """Add up values, or values times covariates, over the people at risk and over the events of each event time."""
        if matrix is None:
            return Sums(values @ self.at_risk, values @ self.died)
        weighted = values[:, None] * matrix
        return Sums(self.at_risk.T @ weighted, self.died.T @ weighted)

    def spread(self, step: Floats) -> Floats:
        """Add up, for each pattern, a step at each event time times the people of the pattern at risk."""
        return self.at_risk @ step

    def spread_tied(self, step: Floats) -> Floats:
        """Add up, for each pattern, a step at each event time times the people of the pattern with an event."""
        return self.died @ step
