"""Times from an origin to a first event, with competing causes: the one shape that every survival estimate takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem

__all__ = ["EventTimes"]


@dataclass(frozen=True)
class EventTimes:
    """Time to a first event for n people.

    duration: shape (n,), days from the origin to the event or the end of follow-up, >= 0.
    cause: shape (n,), 0 for no event yet (censored), 1, 2, ... for the causes.
    causes: name of each cause, for example {1: 'job', 2: 'left'}.
    entry: shape (n,), day from which each person is at risk; 0 unless follow-up begins late.
    data: the frame of other columns, in the same order, for `by=`.
    """

    duration: NDArray[np.float64]
    cause: NDArray[np.int64]
    causes: Mapping[int, str]
    entry: NDArray[np.float64]
    data: pd.DataFrame

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        duration: str,
        event: str,
        causes: Mapping[int, str] | None = None,
        entry: str | None = None,
    ) -> EventTimes:
        """Take columns of a frame as event times.

        frame: one row a person. duration: column of days. event: column of codes, 0 or False for no event.
        causes: name of each code; by default {1: 'event'}. entry: column of the day from which the person is at risk.
        Raises EstimateError when a duration is missing or negative, a code has no name, or entry is not before duration.

        >>> people = pd.DataFrame({"days": [3, 5], "status": [1, 0]})
        >>> EventTimes.from_frame(people, duration="days", event="status").causes
        {1: 'event'}
        """
        names = dict(causes or {1: "event"})
        days = pd.to_numeric(frame[duration], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        codes = pd.to_numeric(frame[event], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        start = (
            np.zeros(len(frame))
            if entry is None
            else pd.to_numeric(frame[entry], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        )
        faults = {
            f"{duration} is missing": np.isnan(days),
            f"{duration} is negative": days < 0,
            f"{duration} is infinite": np.isinf(days),
            f"{event} is missing": np.isnan(codes),
            f"{event} has a code without a name in causes": ~np.isnan(codes) & ~np.isin(codes, [0, *names]),
            f"{entry} is missing": np.isnan(start),
            f"{entry} is not before {duration}": (start >= days) & (start > 0),
        }
        problems = [
            Problem(
                "E101",
                f"{int(bad.sum())} of {len(frame)} rows cannot be used as event times",
                detail=what,
                fix="set these rows aside, with their reason, before estimating",
            )
            for what, bad in faults.items()
            if bad.any()
        ]
        if problems:
            raise EstimateError(*problems)
        return cls(days, codes.astype(int), names, start, frame.reset_index(drop=True))

    def __len__(self) -> int:
        return len(self.duration)

    def groups(self, by: str | None) -> pd.Series:
        """Give each person's group label as text: 'all' without `by`; a missing label is its own group."""
        if by is None:
            return pd.Series(["all"] * len(self), dtype="object")
        if by not in self.data:
            raise EstimateError(
                Problem(
                    "E102",
                    f"there is no column '{by}' to group by",
                    fix=f"use one of: {', '.join(map(str, self.data))}",
                )
            )
        labels = self.data[by]
        return labels.astype("object").where(labels.notna(), "(missing)").astype(str)
