"""Step runs: how many stretches of days cover each day, as runs of days over which nothing changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaltools.derive.runs import places, run_starts

__all__ = ["StepRuns", "month_parts", "step_runs"]

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class StepRuns:
    """Runs of days in order of code and day; runs on which every level is 0 are left out.

    code, first, last: shape (R,), both days included. levels: shape (R, K), the sum of the weights of all stretches that
    cover these days.
    """

    code: Ints
    first: Ints
    last: Ints
    levels: Ints


def step_runs(code: Ints, first: Ints, last: Ints, weights: Ints) -> StepRuns:
    """Add up stretches of days.

    Parameters
    ----------
    code : numpy.ndarray
        Shape (N,): what a stretch belongs to; stretches of different codes never meet.
    first, last : numpy.ndarray
        Shape (N,): day numbers, both ends included; nothing where last is before first.
    weights : numpy.ndarray
        Shape (N, K), whole numbers: what each stretch adds to each of K levels.

    Examples
    --------
    >>> runs = step_runs(np.array([0, 0]), np.array([1, 3]), np.array([4, 6]), np.array([[1], [1]]))
    >>> list(zip(runs.first.tolist(), runs.last.tolist(), runs.levels[:, 0].tolist()))
    [(1, 2, 1), (3, 4, 2), (5, 6, 1)]
    """
    real = last >= first
    codes = np.concatenate([code[real], code[real]])
    days = np.concatenate([first[real], last[real] + 1])
    change = np.concatenate([weights[real], -weights[real]])
    if not len(codes):
        empty = np.empty(0, dtype=np.int64)
        return StepRuns(empty, empty, empty, np.empty((0, weights.shape[1]), dtype=np.int64))
    key = places(codes, days)
    order = np.argsort(key, kind="stable")
    codes, days = codes[order], days[order]
    starts = run_starts(key[order])
    levels = np.cumsum(np.add.reduceat(change[order], starts, axis=0), axis=0)
    codes, days = codes[starts], days[starts]
    # a code's levels are back at 0 on its last change, so the run from there to the next code is left out with the others
    kept = (levels != 0).any(axis=1)
    until = np.append(days[1:] - 1, days[-1])
    return StepRuns(codes[kept], days[kept], until[kept], levels[kept])


def month_parts(runs: StepRuns) -> StepRuns:
    """Split runs where a calendar month begins.

    >>> runs = step_runs(np.array([0]), np.array([30]), np.array([32]), np.array([[1]]))  # 31 January to 2 February 1970
    >>> parts = month_parts(runs)
    >>> list(zip(parts.first.tolist(), parts.last.tolist()))
    [(30, 30), (31, 32)]
    """
    month, until = (
        days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) for days in (runs.first, runs.last)
    )
    times = until - month + 1
    whole = np.repeat(np.arange(len(times)), times)
    number = np.arange(len(whole)) - np.repeat(np.cumsum(times) - times, times)
    begins = (month[whole] + number).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    ends = (month[whole] + number + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) - 1
    first, last = np.maximum(runs.first[whole], begins), np.minimum(runs.last[whole], ends)
    return StepRuns(runs.code[whole], first, last, runs.levels[whole])
