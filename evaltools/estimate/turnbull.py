"""Turnbull estimator: when events happened that were only seen to lie between two days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.asked_days import asked_days

__all__ = ["Turnbull", "turnbull"]

Floats = NDArray[np.float64]
_MOST_STEPS = 20_000


@dataclass(frozen=True)
class Turnbull:
    """Where the events lie, as far as the reports can tell.

    after, until, mass: one entry an interval, in order; a share `mass` of all people had the event later than `after` and
    no later than `until` (infinite for those whose event may never come). The estimate says nothing of where in it.
    n: people. steps: until the likelihood was at its maximum. gradient: how far from it, 0 at the maximum.
    """

    after: Floats
    until: Floats
    mass: Floats
    n: float
    steps: int
    gradient: float
    method: str = "Turnbull"

    def at(self, days: ArrayLike) -> tuple[Floats, Floats]:
        """Give the lowest and the highest share of people who have had the event by each day.

        The two differ where a day lies within an interval: then the reports do not say.

        >>> lowest, highest = turnbull([0, 0], [10, 20]).at([5, 10])
        >>> lowest.tolist(), highest.tolist()
        ([0.0, 1.0], [1.0, 1.0])
        """
        day = asked_days(days, -np.inf)
        running = np.append(0.0, np.cumsum(self.mass))
        lowest = running[np.searchsorted(self.until, day, side="right")]
        highest = running[np.searchsorted(self.after, day, side="left")]
        return np.minimum(lowest, 1.0), np.minimum(highest, 1.0)


def turnbull(left: ArrayLike, right: ArrayLike, tolerance: float = 1e-6) -> Turnbull:
    """Estimate the distribution of events each of which lies between two days.

    Parameters
    ----------
    left, right : array-like of float
        Shape (N,). The event came after `left` and no later than `right`; infinite or missing where it has not come.
        0 <= left < right; an event known to the day t is (t - 1, t] in whole days.
    tolerance : float
        Largest relative gradient that counts as the maximum.

    Returns
    -------
    Turnbull
        EstimateError without anybody, with an impossible interval, or where the maximum is not reached.

    Notes
    -----
    Each person's interval covers a run of the innermost intervals, so a step of the self-consistency algorithm is two
    running sums: O(N), whatever the number of intervals.

    References
    ----------
    Turnbull (1976), Journal of the Royal Statistical Society B 38, 290-295; Gentleman and Geyer (1994), Biometrika 81,
    618-623 (the conditions of the maximum).

    Examples
    --------
    >>> found = turnbull([0, 0, 7], [7, 14, float("inf")])
    >>> found.after.tolist(), found.until.tolist(), found.mass.round(3).tolist()
    ([0.0, 7.0], [7.0, 14.0], [0.5, 0.5])
    """
    start, end = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    end = np.where(np.isnan(end), np.inf, end)
    if len(start) == 0 or not (np.isfinite(start) & (start >= 0) & (start < end)).all():
        fix = "give 0 <= left < right for at least one person; leave right missing where the event has not come"
        raise EstimateError(Problem("E191", "the intervals are not possible", fix=fix))
    pairs, people = np.unique(np.column_stack([start, end]), axis=0, return_counts=True)
    after, until = _innermost(pairs[:, 0], pairs[:, 1])
    first = np.searchsorted(after, pairs[:, 0], side="left")
    last = np.searchsorted(until, pairs[:, 1], side="right")
    n = float(people.sum())
    mass = np.full(len(after), 1.0 / len(after))
    for step in range(1, _MOST_STEPS + 1):
        slope = _slope(mass, first, last, people)
        gradient = float(slope.max() / n - 1)
        if gradient <= tolerance:
            return Turnbull(after, until, mass, n, step, gradient)
        mass = mass * slope / n if step % 3 else _leap(mass, slope, first, last, people)
    fix = "give a larger tolerance"
    raise EstimateError(Problem("E192", "the most likely distribution was not found", f"gradient {gradient:g}", fix=fix))


def _innermost(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Give the intervals that can hold mass: from a left end to the next right end with no left end between."""
    starts, ends = np.unique(left), np.unique(right)
    after = starts[np.searchsorted(starts, ends, side="left") - 1]  # the last left end before each right end
    until = ends[np.searchsorted(ends, after, side="right")]  # the first right end after that
    keep = until == ends
    return after[keep], ends[keep]


def _slope(mass: Floats, first: NDArray, last: NDArray, people: NDArray) -> Floats:
    """Give the slope of the log-likelihood in each mass: n at the maximum wherever there is mass, less elsewhere."""
    running = np.append(0.0, np.cumsum(mass))
    held = np.maximum(running[last] - running[first], 1e-300)
    weight = people / held
    change = np.bincount(first, weight, len(mass) + 1) - np.bincount(last, weight, len(mass) + 1)
    return np.maximum(np.cumsum(change)[:-1], 0.0)


def _leap(mass: Floats, slope: Floats, first: NDArray, last: NDArray, people: NDArray) -> Floats:
    """Leap ahead of two small steps where that is possible and more likely (squared extrapolation), else take the second."""
    n = float(people.sum())
    one = mass * slope / n
    two = one * _slope(one, first, last, people) / n
    change, bend = one - mass, (two - one) - (one - mass)
    size = float(np.sqrt(bend @ bend))
    if size == 0:
        return two
    far = -float(np.sqrt(change @ change)) / size
    ahead = np.maximum(mass - 2 * far * change + far**2 * bend, 1e-3 * two)  # no mass is lost for good
    ahead /= ahead.sum()
    better = _loglik(ahead, first, last, people) >= _loglik(two, first, last, people)
    return ahead if better else two


def _loglik(mass: Floats, first: NDArray, last: NDArray, people: NDArray) -> float:
    running = np.append(0.0, np.cumsum(mass))
    return float(people @ np.log(np.maximum(running[last] - running[first], 1e-300)))
