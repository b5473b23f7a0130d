"""Times from an origin to a first event, with competing causes: the one shape that every survival estimate takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.immortal_time import late_covariates
from evaltools.errors import EstimateError, Problem

__all__ = ["EventTimes", "Groups"]

MISSING = "(missing)"
_FEW = 64  # whole-number labels from 0 to this are their own codes as they stand
_WIDEST = 100_000  # whole-number labels within so small a range are their own codes: no hashing of a million rows


class Groups(NamedTuple):
    """Labels in alphabetical order ('(missing)' last) and each person's position among them, shape (n,)."""

    codes: NDArray[np.int64]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class EventTimes:
    """Time to a first event for n people.

    duration: shape (n,), days from the origin to the event or the end of follow-up, >= 0.
    cause: shape (n,), 0 for no event yet (censored), 1, 2, ... for the causes.
    causes: name of each cause, for example {1: 'job', 2: 'left'}.
    entry: shape (n,), day from which each person is at risk; 0 unless follow-up begins late.
    data: the frame of other columns, in the same order, for `by=`.
    weights: shape (n,), how much each person counts, > 0; None when everybody counts once.
    strata: columns of `data` within which comparisons are made. cluster: column of `data` whose members resemble each other.
    """

    duration: NDArray[np.float64]
    cause: NDArray[np.int64]
    causes: Mapping[int, str]
    entry: NDArray[np.float64]
    data: pd.DataFrame
    weights: NDArray[np.float64] | None = None
    strata: tuple[str, ...] = ()
    cluster: str | None = None

    @classmethod
    def from_frame(  # noqa: PLR0913 - the columns of a study of times
        cls,
        frame: pd.DataFrame,
        duration: str,
        event: str,
        causes: Mapping[int, str] | None = None,
        entry: str | None = None,
        *,
        weights: str | None = None,
        strata: str | Iterable[str] | None = None,
        cluster: str | None = None,
        origin: str | None = None,
        known: Mapping[str, str] | None = None,
        allow_late: Iterable[str] = (),
    ) -> EventTimes:
        """Take columns of a frame as event times.

        frame: one row a person. duration: column of days. event: column of codes, 0 or False for no event.
        causes: name of each code; by default {1: 'event'}. entry: column of the day from which the person is at risk.
        weights, cluster: columns; strata: one column or several. A missing stratum is a stratum of its own.
        origin: column of the date at which each person's clock starts. known: for each covariate, the column of the date on
        which it became known. allow_late: covariates that may be known after the origin all the same.
        Raises EstimateError when a duration is missing or negative, a code has no name, entry is not before duration, a
        weight is not above 0, a cluster is missing, or a covariate is dated after the origin (immortal time).

        >>> people = pd.DataFrame({"days": [3, 5], "status": [1, 0]})
        >>> EventTimes.from_frame(people, duration="days", event="status").causes
        {1: 'event'}
        """
        names = dict(causes or {1: "event"})
        within = () if strata is None else (strata,) if isinstance(strata, str) else tuple(strata)
        _require(frame, duration, event, entry, weights, cluster, origin, *within, *(known or {}).values())
        days, codes = _numbers(frame, duration), _numbers(frame, event)
        start = np.broadcast_to(0.0, len(frame)) if entry is None else _numbers(frame, entry)
        weight = None if weights is None else _numbers(frame, weights)
        faults: dict[str, NDArray[np.bool_]] = {}
        if not (days.min(initial=0.0) >= 0 and days.max(initial=0.0) < np.inf):  # false also when one is missing
            faults[f"{duration} is missing"] = np.isnan(days)
            faults[f"{duration} is negative"] = days < 0
            faults[f"{duration} is infinite"] = np.isinf(days)
        named = np.isin(codes, [0, *names])
        if not named.all():
            faults[f"{event} is missing"] = np.isnan(codes)
            faults[f"{event} has a code without a name in causes"] = ~(np.isnan(codes) | named)
        if entry is not None:
            faults[f"{entry} is missing"] = np.isnan(start)
            faults[f"{entry} is not before {duration}"] = (start >= days) & (start > 0)
        if weight is not None:
            faults[f"{weights} is not a number above 0"] = ~((weight > 0) & np.isfinite(weight))
        if cluster is not None:
            faults[f"{cluster} is missing"] = frame[cluster].isna().to_numpy()
        problems = [_fault(int(bad.sum()), len(frame), what) for what, bad in faults.items() if bad.any()]
        problems += late_covariates(frame, origin, known or {}, allow_late)
        if problems:
            raise EstimateError(*problems)
        return cls(days, codes.astype(int), names, start, frame.reset_index(drop=True), weight, within, cluster)

    def __len__(self) -> int:
        return len(self.duration)

    @cached_property
    def late(self) -> bool:
        """Tell whether anybody enters after day 0."""
        if self.entry.strides == (0,):  # one number for everybody, as from_frame gives without an entry column
            return bool(self.entry[:1].any())
        return bool(self.entry.any())

    def groups(self, by: str | None) -> pd.Series:
        """Give each person's group label as text: 'all' without `by`; a missing label is its own group."""
        codes, labels = self.grouped(by)
        return pd.Series(np.array(labels, dtype=object)[codes], dtype="object")

    def grouped(self, by: str | Iterable[str] | None, everybody: bool = True) -> Groups:
        """Give the labels of a column, in alphabetical order with '(missing)' last, and each person's position among them.

        Several columns make one label of each combination that occurs, for example 'yes, north'. everybody: leave out labels
        that nobody has, which takes a pass over people.
        """
        columns = () if by is None else (by,) if isinstance(by, str) else tuple(by)
        if not columns:
            return Groups(np.zeros(len(self), dtype=np.int64), ("all",))
        for column in columns:
            if column not in self.data:
                fix = f"use one of: {', '.join(map(str, self.data))}"
                raise EstimateError(Problem("E102", f"there is no column '{column}' to group by", fix=fix))
        groups = _label(self.data[columns[0]])
        for column in columns[1:]:
            other = _label(self.data[column])
            names = [f"{first}, {second}" for first in groups.labels for second in other.labels]
            groups = _tidy(groups.codes * len(other.labels) + other.codes, names)
        return _held(groups) if everybody else groups

    def after(self, start: float) -> EventTimes:
        """Give the people still without an event after a day, at risk from then on. The clock stays the same."""
        kept = self.duration > start
        weights = None if self.weights is None else self.weights[kept]
        return replace(
            self,
            duration=self.duration[kept],
            cause=self.cause[kept],
            entry=np.maximum(self.entry[kept], start),
            data=self.data[kept].reset_index(drop=True),
            weights=weights,
        )


def _require(frame: pd.DataFrame, *columns: str | None) -> None:
    """Refuse a frame without the columns that were named."""
    absent = [column for column in dict.fromkeys(columns) if column is not None and column not in frame]
    if absent:
        what = f"there is no column {' or '.join(repr(column) for column in absent)} in the frame"
        raise EstimateError(Problem("E120", what, fix=f"use one of: {', '.join(map(str, frame))}"))


def _numbers(frame: pd.DataFrame, column: str) -> NDArray[np.float64]:
    values = frame[column]
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "biuf":
        return values.to_numpy().astype(float)
    return pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def _fault(rows: int, total: int, what: str) -> Problem:
    fix = "set these rows aside, with their reason, before estimating"
    return Problem("E101", f"{rows} of {total} rows cannot be used as event times", detail=what, fix=fix)


def _label(column: pd.Series) -> Groups:
    """Return the groups of one column."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, values = column.cat.codes.to_numpy(), column.cat.categories
    elif isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu" and len(column):
        return _whole_numbers(column.to_numpy())
    else:
        codes, values = pd.factorize(column)
    return _tidy(codes, values.astype("object").astype(str))


def _whole_numbers(column: NDArray) -> Groups:
    """Return the groups of whole numbers: where they lie close together, their distance from the lowest is the code."""
    unsigned = column.view(f"u{column.dtype.itemsize}")  # so that one look finds numbers below 0 as well as large ones
    highest = int(unsigned.max())
    if highest < _FEW:
        return _tidy(column, map(str, range(highest + 1)), none_missing=True)
    lowest, highest = int(column.min()), int(column.max())
    if highest - lowest < _WIDEST:
        return _tidy(column - lowest if lowest else column, map(str, range(lowest, highest + 1)), none_missing=True)
    codes, values = pd.factorize(column)
    return _tidy(codes, map(str, values))


def _held(groups: Groups) -> Groups:
    """Return groups without labels that nobody has."""
    used = np.bincount(groups.codes, minlength=len(groups.labels)) > 0
    if used.all():
        return groups
    labels = tuple(label for label, held in zip(groups.labels, used, strict=True) if held)
    return Groups((np.cumsum(used) - 1)[groups.codes], labels)


def _tidy(codes: NDArray, names: Iterable[str], none_missing: bool = False) -> Groups:
    """Return groups in order; a negative code is a missing label."""
    names = [*names]
    if not none_missing and len(codes) and codes.min() < 0:
        names.append(MISSING)  # the last one, so that code -1 finds it
    labels = sorted(set(names), key=lambda label: (label == MISSING, label))
    if labels == names and MISSING not in names:
        return Groups(codes, tuple(labels))
    place = {label: position for position, label in enumerate(labels)}
    return Groups(np.array([place[name] for name in names], dtype=np.int64)[codes], tuple(labels))
