"""An incidence estimated again without each person, in turn and exactly, in one pass over the times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["PeopleAtTimes", "people_at_times", "whole_and_without"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_CELLS = 4_000_000


@dataclass(frozen=True)
class PeopleAtTimes:
    """The people of one group against the T distinct times at which any of them has an event.

    time: shape (T,). at_risk, d (events of any cause), d_cause (of the cause asked for): shape (T,), people.
    first, last: shape (n,), the first time at which a person is at risk and the first at which no longer.
    own, own_cause: shape (n,), 1 where the person has an event, of any cause and of the one asked for; it is at last - 1.
    """

    time: Floats
    at_risk: Floats
    d: Floats
    d_cause: Floats
    first: Ints
    last: Ints
    own: Floats
    own_cause: Floats


def people_at_times(duration: Floats, entry: Floats, event: NDArray[np.bool_], of_cause: NDArray[np.bool_]) -> PeopleAtTimes:
    """Place people among the times of events.

    duration, entry: shape (n,), days; entry 0 is at risk from the start. event, of_cause: shape (n,).

    >>> people_at_times(np.array([2.0, 5.0]), np.zeros(2), np.array([True, True]), np.array([True, False])).at_risk.tolist()
    [2.0, 1.0]
    """
    time = np.unique(duration[event])
    first = np.where(entry > 0, np.searchsorted(time, entry, side="right"), 0)
    last = np.searchsorted(time, duration, side="right")
    size = len(time) + 1
    at_risk = (np.bincount(first, minlength=size) - np.bincount(last, minlength=size)).cumsum()[:-1].astype(float)
    d = np.bincount(last[event] - 1, minlength=len(time)).astype(float)
    d_cause = np.bincount(last[of_cause] - 1, minlength=len(time)).astype(float)
    return PeopleAtTimes(time, at_risk, d, d_cause, first, last, event.astype(float), of_cause.astype(float))


def whole_and_without(people: PeopleAtTimes, score: Floats) -> tuple[Floats, Floats]:
    """Estimate the sum over times of score x (probability that the cause happens then), with and without each person.

    Parameters
    ----------
    people : PeopleAtTimes
        Of one group.
    score : numpy.ndarray
        Shape (D, T): 1 up to a day and 0 after it gives the incidence by the day; the days left until a horizon give the
        days lost to the cause by the horizon.

    Returns
    -------
    tuple of numpy.ndarray
        With everybody, shape (D,), and without each person, shape (n, D).

    References
    ----------
    Andersen, Klein and Rosthoj (2003), Biometrika 90, 15-27.
    """
    whole = _sums(people.at_risk[np.newaxis], people.d[np.newaxis], people.d_cause[np.newaxis], score)[0]
    key = np.stack([people.first, people.last, people.own, people.own_cause], axis=1).astype(np.int64)
    kinds, kind = np.unique(key, axis=0, return_inverse=True)
    kind = kind.reshape(-1)
    if not len(people.time):
        return whole, np.zeros((len(kind), len(score)))
    without = _by_pass(people, kinds, score) if not people.first.any() else _by_product(people, kinds, score)
    return whole, without[kind]


def _by_product(people: PeopleAtTimes, kinds: Ints, score: Floats) -> Floats:
    """Leave out each kind of person by its own table of counts: kinds x times."""
    size, found = len(people.time), []
    step = max(1, _CELLS // size)
    for begin in range(0, len(kinds), step):
        first, last, own, own_cause = kinds[begin : begin + step].T
        place = np.arange(size)
        there = (place >= first[:, np.newaxis]) & (place < last[:, np.newaxis])
        happens = place == (last - 1)[:, np.newaxis]
        found.append(
            _sums(
                people.at_risk - there,
                people.d - happens * own[:, np.newaxis],
                people.d_cause - happens * own_cause[:, np.newaxis],
                score,
            )
        )
    return np.concatenate(found)


def _sums(at_risk: Floats, d: Floats, d_cause: Floats, score: Floats) -> Floats:
    """Return the sums of score x incidence steps for rows of tables, shape (rows, D)."""
    n = np.maximum(at_risk, 1.0)
    after = np.cumprod(1 - d / n, axis=1)
    before = np.concatenate([np.ones((len(n), 1)), after[:, :-1]], axis=1)
    return np.asarray((before * d_cause / n) @ score.T)


def _by_pass(people: PeopleAtTimes, kinds: Ints, score: Floats) -> Floats:
    """Leave out each kind of person who is there from the start: one less at risk before the end, nothing changed after it.

    Before the end the sums run forwards with n - 1 at risk; after it they are those of everybody, which run backwards.
    """
    n, d, d_cause = people.at_risk, people.d, people.d_cause
    one_less = np.maximum(n - 1, 1.0)
    share = np.where(n > 1, d / one_less, 0.0)
    lived = np.concatenate([[1.0], np.cumprod(1 - share)])
    steps = np.where(n > 1, lived[:-1] * d_cause / one_less, 0.0)
    so_far = np.concatenate([np.zeros((len(score), 1)), np.cumsum(score * steps, axis=1)], axis=1)
    still = np.zeros((len(score), len(n) + 1))
    for t in range(len(n) - 1, -1, -1):
        still[:, t] = score[:, t] * d_cause[t] / n[t] + (1 - d[t] / n[t]) * still[:, t + 1]
    _, last, own, own_cause = kinds.T
    end = np.maximum(last - 1, 0)  # the last time at which the person is at risk
    ever = last > 0
    fewer = one_less[end]
    at_end = np.where(n[end] > 1, lived[end] / fewer, 0.0)
    kept = np.where(n[end] > 1, lived[end] * (1 - (d[end] - own) / fewer), lived[end])
    found = so_far[:, end] + score[:, end] * at_end * (d_cause[end] - own_cause) + kept * still[:, end + 1]
    return np.where(ever, found, still[:, :1]).T
