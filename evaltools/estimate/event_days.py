"""The distinct times with an event in each stratum, and between which of them each person is at risk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["EventDays", "event_days"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class EventDays:
    """Positions that stand for risk sets, so that no table of people by times is ever made.

    Stratum s with K_s distinct event times has K_s + 1 bins; a row sits in the bin of the last event time that it lives to
    see (the first bin for none). The K event times of all strata are in order of stratum and time.

    time, stratum: shape (K,). bin: shape (K,), the bin of each event time. starts: shape (S + 1,), first bin of each
    stratum. stop: shape (n,), bin of each row. entry: shape (n,), bin at which each row enters; None when nobody enters
    late.
    """

    time: Floats
    stratum: Integers
    bin: Integers
    starts: Integers
    stop: NDArray[np.int32]
    entry: NDArray[np.int32] | None

    def at_risk(self, at_stop: Floats, at_entry: Floats | None) -> Floats:
        """Add up over the people at risk at each event time.

        at_stop, at_entry: shape (bins,) or (bins, p), sums over the rows that stop, or enter, in each bin.
        Returns shape (K,) or (K, p).
        """
        sums = at_stop.copy() if at_entry is None else at_stop - at_entry
        for first, last in zip(self.starts[:-1], self.starts[1:], strict=True):
            sums[first:last] = np.cumsum(sums[first:last][::-1], axis=0)[::-1]
        return sums[self.bin]

    def up_to(self, step: Floats) -> Floats:
        """Add up steps at the event times, from the start of each stratum to each bin.

        step: shape (K,) or (K, p). Returns shape (bins,) or (bins, p); a row's sum is that at `stop` less that at `entry`.
        """
        sums = np.zeros((int(self.starts[-1]), *step.shape[1:]))
        sums[self.bin] = step
        for first, last in zip(self.starts[:-1], self.starts[1:], strict=True):
            np.cumsum(sums[first:last], axis=0, out=sums[first:last])
        return sums


def event_days(duration: Floats, event: NDArray[np.bool_], entry: Floats, stratum: Integers | None = None) -> EventDays:
    """Find the event times and place every row among them. Nothing is sorted when times are whole days.

    Parameters
    ----------
    duration, entry : numpy.ndarray
        Shape (n,), days; a row is at risk on (entry, duration], and from the start when it enters at 0.
    event : numpy.ndarray
        Shape (n,), whether the row ends in an event.
    stratum : numpy.ndarray, optional
        Shape (n,), whole numbers from 0.

    Examples
    --------
    >>> days = event_days(np.array([3.0, 5.0, 5.0]), np.array([True, False, True]), np.zeros(3))
    >>> days.time.tolist(), days.stop.tolist()
    ([3.0, 5.0], [1, 2, 2])
    """
    distinct, rank = _ranks(duration)
    size = len(distinct)
    cell = rank if stratum is None else stratum * size + rank
    strata = 1 if stratum is None else int(stratum.max()) + 1
    happened = cell[event]
    if strata * size <= 4 * len(duration) + 100_000:
        present = np.zeros(strata * size, dtype=bool)
        present[happened] = True
        found = np.flatnonzero(present)
        before = np.concatenate([[0], np.cumsum(present)])

        def count(cells: Integers) -> Integers:
            return before[cells + 1]
    else:
        found = np.unique(happened)

        def count(cells: Integers) -> Integers:
            return np.searchsorted(found, cells, side="right")

    group = found // size
    extra: Integers | int = 0 if stratum is None else stratum
    starts = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=strata) + 1)])
    late = entry > 0
    enters = None
    if late.any():
        place = np.searchsorted(distinct, entry, side="right") - 1
        enters = np.where(late, count(extra * size + place), count(extra * size + np.full(len(entry), -1))) + extra
    return EventDays(
        distinct[found % size],
        group,
        np.arange(len(found)) + group + 1,
        starts,
        (count(cell) + extra).astype(np.int32),
        None if enters is None else enters.astype(np.int32),
    )


def _ranks(duration: Floats) -> tuple[Floats, Integers]:
    """Return the distinct times and the place of each row among them; whole days stand for themselves."""
    most = duration.max()
    if most <= 4 * len(duration) + 1000:
        whole = duration.astype(np.int64)
        if np.array_equal(whole, duration):
            return np.arange(int(most) + 1, dtype=float), whole
    distinct, rank = np.unique(duration, return_inverse=True)
    return distinct, rank
