"""Counts by group, time and cause as arrays, made in one pass over people: what every step curve and test is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaltools.domain.event_times import EventTimes, Groups
from evaltools.estimate.running import running_sum, sum_from_here

__all__ = ["EventCounts", "entry_rows", "event_counts", "exit_rows"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Side = Literal["left", "right"]
_BLOCK = 1 << 17  # people counted at once, so that their keys stay in the cache of the processor
_MANY = 1 << 14  # keys from which on a sparse row counts faster than numpy
_HIGHEST = 1 << 40
_ROUNDING = 1e-12
_SMALL = 1 << 16  # a table of so few cells is always counted directly
_ROOMY = 4  # beyond that, a table may have this many cells for each person


@dataclass(frozen=True)
class EventCounts:
    """The event table of all groups, R rows in order of group and time.

    labels: of the G groups that have people. starts: shape (G + 1,), the first row of each group, and R. time: shape (R,),
    distinct durations in days. at_risk: people with entry < time <= duration (at day 0, everybody who entered at 0). ended:
    people whose duration it is. by_cause: shape (K, R), in the order of `codes`. Weighted, where people have weights.
    """

    labels: tuple[str, ...]
    starts: Ints
    time: Floats
    at_risk: NDArray
    ended: NDArray
    by_cause: NDArray
    codes: tuple[int, ...]

    @property
    def events(self) -> NDArray:
        """Events of any cause, shape (R,)."""
        return self.by_cause[0] if len(self.codes) == 1 else self.by_cause.sum(axis=0)

    def group(self) -> NDArray[np.object_]:
        """Give the label of each row, shape (R,)."""
        return np.repeat(np.array(self.labels, dtype=object), np.diff(self.starts))


def event_counts(times: EventTimes, by: str | Iterable[str] | None = None) -> EventCounts:
    """Count who was at risk and what happened, for each group and distinct duration.

    Parameters
    ----------
    times : EventTimes
        Durations and entries in days.
    by : str or iterable of str, optional
        Column of `times.data`, or several whose combinations are the groups.

    Returns
    -------
    EventCounts
        Whole small days are counted without sorting, in time proportional to people.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"days": [2, 2, 5], "status": [1, 0, 1]})
    >>> counts = event_counts(EventTimes.from_frame(people, "days", "status"))
    >>> counts.at_risk.tolist(), counts.events.tolist()
    ([3, 1], [1, 1])
    """
    codes = tuple(sorted(times.causes))
    cause = _positions(times.cause, codes)
    most = max(_SMALL, _ROOMY * len(times))
    for groups, guessed in _groups(times, by):
        codes_of = groups.codes if len(groups.labels) > 1 else None
        who = _Cells(codes_of, len(groups.labels), cause, len(codes), guessed)
        table = _directly(who, times.duration, times.weights, most)
        if table is not None:
            break
    time = np.arange(0 if table is None else table.shape[2], dtype=float)
    if table is None:
        distinct, position = np.unique(times.duration, return_inverse=True)
        time = distinct.astype(float)
        table = _directly(who, position, times.weights, 2 * most)
    cells, found = _held(table) if table is not None else _sorted(who, position, len(time), times.weights)
    group, place = np.divmod(cells, max(len(time), 1))
    sizes = np.bincount(group, minlength=who.groups)
    starts = np.concatenate([[0], np.cumsum(sizes[sizes > 0])])
    ended = found.sum(axis=0)
    labels = tuple(label for label, size in zip(groups.labels, sizes, strict=True) if size)
    counts = EventCounts(labels, starts, time[place], sum_from_here(ended, starts), ended, found[1:], codes)
    return _less_late(counts, times, by) if times.late else counts


def exit_rows(counts: EventCounts, times: EventTimes, by: str | Iterable[str] | None = None) -> Ints:
    """Return the row of each person's duration, shape (n,); arguments as for `event_counts`.

    Examples
    --------
    >>> import pandas as pd
    >>> times = EventTimes.from_frame(pd.DataFrame({"days": [5, 2, 2], "status": [1, 0, 1]}), "days", "status")
    >>> exit_rows(event_counts(times), times).tolist()
    [1, 0, 0]
    """
    return _rows(counts, times, by, times.duration, "left")


def entry_rows(counts: EventCounts, times: EventTimes, by: str | Iterable[str] | None = None) -> Ints:
    """Return the first row at which each person is at risk, shape (n,); arguments as for `event_counts`.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"days": [5, 3, 2], "status": [1, 0, 1], "seen": [2, 0, 0]})
    >>> times = EventTimes.from_frame(people, "days", "status", entry="seen")
    >>> entry_rows(event_counts(times), times).tolist()
    [1, 0, 0]
    """
    entry = np.where(times.entry > 0, times.entry, -1.0)  # at risk from the start also means at risk on day 0
    return _rows(counts, times, by, entry, "right")


def _rows(counts: EventCounts, times: EventTimes, by: str | Iterable[str] | None, at: Floats, side: Side) -> Ints:
    """Return, for each person, the row of the own group at which a day would stand."""
    if len(counts.labels) <= 1:
        return np.searchsorted(counts.time, at, side=side)
    groups = times.grouped(by)
    members = np.split(np.argsort(groups.codes, kind="stable"), np.cumsum(np.bincount(groups.codes))[:-1])
    rows = np.zeros(len(times), dtype=np.int64)
    for mine, (first, end) in zip(members, pairwise(counts.starts), strict=True):
        rows[mine] = first + np.searchsorted(counts.time[first:end], at[mine], side=side)
    return rows


def _positions(cause: Ints, codes: tuple[int, ...]) -> Ints:
    """Return 0 for no event and 1, 2, ... for the causes in the order of their codes."""
    if codes == tuple(range(1, len(codes) + 1)):
        return cause
    return np.where(cause == 0, 0, 1 + np.searchsorted(np.array(codes), cause))


def _groups(times: EventTimes, by: str | Iterable[str] | None) -> Iterator[tuple[Groups, bool]]:
    """Give the groups: whole numbers first as guessed from their first block, which the count then makes sure of."""
    if not by:
        yield Groups(np.zeros(0, dtype=np.int64), ("all",)), False
        return
    if isinstance(by, str) and by in times.data and times.data[by].dtype == np.int64 and len(times) > _BLOCK:
        column = times.data[by].to_numpy()
        highest = int(column[:_BLOCK].view(np.uint64).max())
        if 0 < highest < 10:  # of one digit: in order of the alphabet too
            yield Groups(column, tuple(map(str, range(highest + 1)))), True
    yield times.grouped(by, everybody=False), False


class _Cells(NamedTuple):
    """Each person's group (None when there is one), how many groups, what happened (0 or a cause), how many causes.

    guessed: groups may hold other numbers after the first block.
    """

    group: Ints | None
    groups: int
    cause: Ints
    causes: int
    guessed: bool = False


def _directly(who: _Cells, day: NDArray, weight: Floats | None, most: int) -> NDArray | None:
    """Return counts of shape (K + 1, G, days), block by block; None when days or groups are not whole and small."""
    layers = who.causes + 1
    width = max(who.groups, 1) * layers
    flat: NDArray = np.zeros(0, dtype=np.int64 if weight is None else np.float64)
    keys = np.empty(min(_BLOCK, len(day)), dtype=np.int64)
    once = np.ones(len(keys), dtype=np.int32)  # enough for one block, and half the table to keep in the cache
    for first in range(0, len(day), _BLOCK):
        block = slice(first, first + _BLOCK)
        whole = day[block]
        if whole.max() * width >= most:
            return None
        if whole.dtype.kind not in "iu":
            whole = whole.astype(np.int64)
            if not np.array_equal(whole, day[block]):
                return None
        if who.guessed and who.group is not None and who.group[block].view(np.uint64).max() >= who.groups:
            return None
        key = keys[: len(whole)]
        np.multiply(whole, who.groups if who.group is not None else width, out=key)
        if who.group is not None:
            key += who.group[block]
            key *= layers
        key += who.cause[block]
        values = once[: len(key)] if weight is None else weight[block].astype(float, copy=False)
        found = _numbers(key, values).astype(flat.dtype, copy=False)
        shorter, flat = sorted((flat, found), key=len)
        flat[: len(shorter)] += shorter
    flat = np.append(flat, np.zeros(-len(flat) % width, dtype=flat.dtype))
    return flat.reshape(-1, width // layers, layers).transpose(2, 1, 0)


def _numbers(key: Ints, values: NDArray) -> NDArray:
    """Return the sum of the values of each key: `numpy.bincount`, which takes twice as long for many.

    A sparse row with repeated columns adds them up in one pass, and does not look whether they lie within: that is seen to.
    """
    highest = int(key.view(np.uint64).max(initial=0))  # one look finds keys below 0 as well
    if len(key) < _MANY or highest >= _HIGHEST:
        return np.bincount(key, None if values.dtype == np.int32 else values)
    row = csr_array((values, key, np.array([0, len(key)])), shape=(1, highest + 1))
    return np.asarray(row.toarray()[0])


def _held(table: NDArray) -> tuple[Ints, NDArray]:
    """Return the cells group * days + day that hold people, and their numbers, shape (K + 1, cells)."""
    flat = np.ascontiguousarray(table).reshape(len(table), -1)
    cells = np.flatnonzero(flat.any(axis=0))
    return cells, flat if len(cells) == flat.shape[1] else flat[:, cells]


def _sorted(who: _Cells, position: Ints, days: int, weight: Floats | None) -> tuple[Ints, NDArray]:
    """Return the same where a table of all groups and days would be too large."""
    cells, place = np.unique(position if who.group is None else who.group * days + position, return_inverse=True)
    layers = who.causes + 1
    flat = np.bincount(place * layers + who.cause, weight, minlength=len(cells) * layers)
    return cells, np.ascontiguousarray(flat.reshape(-1, layers).T)


def _less_late(counts: EventCounts, times: EventTimes, by: str | Iterable[str] | None) -> EventCounts:
    """Take from those at risk the people who have not entered yet: whoever enters late is still followed before that."""
    entered = np.bincount(entry_rows(counts, times, by), times.weights, minlength=len(counts.time))
    at_risk = running_sum(entered, counts.starts) - running_sum(counts.ended, counts.starts) + counts.ended
    rounded = at_risk - counts.ended <= _ROUNDING * entered.sum()  # a difference of weights may be 0 that was rounded
    return replace(counts, at_risk=np.where(rounded, counts.ended, at_risk))
