"""Times from an origin to a first event, with competing causes: the one shape that every survival estimate takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.day_numbers import cause_names, column_numbers, day_numbers, once_each, tie_near_days
from evaltools.domain.immortal_time import late_covariates
from evaltools.domain.label_groups import Groups, combined_groups, groups_of_column, groups_that_occur
from evaltools.errors import EstimateError, Problem

__all__ = ["EventTimes", "Groups"]


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

        frame: one row a person. duration: column of days, or of spans of time, which become days. event: column of codes,
        0 or False for no event. causes: name of each code, whole numbers from 1; by default {1: 'event'}. entry: column of
        the day from which the person is at risk. Days that differ by rounding alone are ties, as in R (timefix = TRUE):
        0.1 + 0.2 and 0.3 are one day; see `tie_near_days`.
        weights, cluster: columns; strata: one column or several. A missing stratum is a stratum of its own.
        origin: column of the date at which each person's clock starts. known: for each covariate, the column of the date on
        which it became known. allow_late: covariates that may be known after the origin all the same.
        Raises EstimateError when a duration is missing, negative or a date, a code has no name, entry is negative or not
        before duration, a weight is not above 0, a cluster is missing, two columns have one name, or a covariate is dated
        after the origin (immortal time).

        >>> people = pd.DataFrame({"days": [3, 5], "status": [1, 0]})
        >>> EventTimes.from_frame(people, duration="days", event="status").causes
        {1: 'event'}
        """
        names = cause_names(causes)
        within = () if strata is None else (strata,) if isinstance(strata, str) else tuple(strata)
        _require(frame, duration, event, entry, weights, cluster, origin, *within, *(known or {}).values())
        (days, no_days), (codes, no_code) = day_numbers(frame, duration), column_numbers(frame, event)
        start, no_start = day_numbers(frame, entry)
        weight = None if weights is None else column_numbers(frame, weights).values
        faults: dict[str, NDArray[np.bool_]] = {}
        if not (days.min(initial=0.0) >= 0 and days.max(initial=0.0) < np.inf):  # false also when one is missing
            faults[f"{duration} is missing"] = np.isnan(days) & ~no_days
            faults[f"{duration} is not a number"] = no_days
            faults[f"{duration} is negative"] = days < 0
            faults[f"{duration} is infinite"] = np.isinf(days)
        named = np.isin(codes, [0, *names])
        if not named.all():
            faults[f"{event} is missing"] = np.isnan(codes) & ~no_code
            faults[f"{event} is not a number"] = no_code
            faults[f"{event} has a code without a name in causes"] = ~(np.isnan(codes) | named)
        if not faults:
            days, start = tie_near_days(days, start)
        faults |= _entry_faults(entry, start, no_start, duration, days)
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

        Several columns make one label of each combination that occurs, for example 'yes, north'; where two combinations read
        alike, their parts are quoted. everybody: leave out labels that nobody has, which takes a pass over people.
        """
        columns = () if by is None else (by,) if isinstance(by, str) else tuple(by)
        if not columns:
            return Groups(np.zeros(len(self), dtype=np.int64), ("all",))
        for column in columns:
            if column not in self.data:
                fix = f"use one of: {', '.join(map(str, self.data))}"
                raise EstimateError(Problem("E102", f"there is no column '{column}' to group by", fix=fix))
        each = [groups_of_column(self.data[column]) for column in columns]
        groups = each[0] if len(each) == 1 else combined_groups(each)
        return groups_that_occur(groups) if everybody else groups

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
    """Refuse a frame without the columns that were named, or with two of one name."""
    once_each(frame)
    absent = [column for column in dict.fromkeys(columns) if column is not None and column not in frame]
    if absent:
        what = f"there is no column {' or '.join(repr(column) for column in absent)} in the frame"
        raise EstimateError(Problem("E120", what, fix=f"use one of: {', '.join(map(str, frame))}"))


def _entry_faults(
    entry: str | None, start: NDArray[np.float64], wordy: NDArray[np.bool_], duration: str, days: NDArray[np.float64]
) -> dict[str, NDArray[np.bool_]]:
    """Return who cannot enter on the day given."""
    if entry is None:
        return {}
    return {
        f"{entry} is missing": np.isnan(start) & ~wordy,
        f"{entry} is not a number": wordy,
        f"{entry} is negative": start < 0,
        f"{entry} is not before {duration}": (start >= days) & (start > 0),
    }


def _fault(rows: int, total: int, what: str) -> Problem:
    fix = "set these rows aside, with their reason, before estimating"
    return Problem("E101", f"{rows} of {total} rows cannot be used as event times", detail=what, fix=fix)
