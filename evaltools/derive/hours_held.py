"""Weekly hours of jobs held at the same time, added: as a step function of days for each person, exact in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import day_numbers
from evaltools.derive.runs import places

__all__ = ["HoursHeld", "hours_between", "hours_held", "hours_on", "known_hours_on"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_UNIT = 1000  # hours are kept to the thousandth, so that a week of exactly so many hours is found to have them


@dataclass(frozen=True)
class HoursHeld:
    """Weekly hours held by each person over time, in thousandths.

    place: shape (k,), ascending: person and first day of each change. rate: weekly hours of all changes so far, shape (k +
    1,). moment: hours times day of all changes so far, shape (k + 1,).
    """

    place: Ints
    rate: Ints
    moment: Ints


def hours_held(person: Ints, first: Ints, last: Ints, hours: Floats) -> HoursHeld:
    """Add up the hours of jobs that are held from `first` to `last` (both days worked), each of shape (n,), none missing.

    >>> held = hours_held(np.array([0, 0]), np.array([10, 12]), np.array([19, 15]), np.array([7.0, 14.0]))
    >>> hours_on(held, np.array([0, 0, 0]), np.array([9, 12, 16])).tolist()
    [0.0, 21.0, 7.0]
    """
    whole = np.rint(hours * _UNIT).astype(np.int64)
    who, day = np.concatenate([person, person]), np.concatenate([first, last + 1])
    change = np.concatenate([whole, -whole])
    place = places(who, day)
    order = np.argsort(place, kind="stable")
    rate = np.concatenate([[0], np.cumsum(change[order])])
    moment = np.concatenate([[0], np.cumsum((change * day)[order])])
    return HoursHeld(place[order], rate, moment)


def hours_on(held: HoursHeld, person: Ints, day: Ints) -> Floats:
    """Give the weekly hours of the jobs that each person holds on a day; shapes alike."""
    at = np.searchsorted(held.place, places(person, day), side="right")
    return np.asarray(held.rate[at] / _UNIT)


def hours_between(held: HoursHeld, person: Ints, first: Ints, last: Ints) -> Floats:
    """Give the hours worked from `first` to `last`, both included, when weekly hours are spread evenly over seven days.

    >>> held = hours_held(np.array([0]), np.array([10]), np.array([19]), np.array([7.0]))
    >>> hours_between(held, np.array([0]), np.array([8]), np.array([14])).tolist()
    [5.0]
    """
    return np.asarray((_so_far(held, person, last + 1) - _so_far(held, person, first)) / (7 * _UNIT))


def known_hours_on(jobs: pd.DataFrame, person: Ints, day: Ints) -> Floats:
    """Give the weekly hours of the jobs that each person is known to hold on a day, added; shapes alike.

    jobs: person (whole numbers), start_date, known_until, hours_per_week. Missing where no job is known to be held then, or
    where the hours of one are not known.

    >>> jobs = pd.DataFrame({"person": [0, 0], "start_date": pd.to_datetime(["1970-01-02", "1970-01-05"])})
    >>> jobs = jobs.assign(known_until=pd.to_datetime(["1970-01-09", "1970-01-05"]), hours_per_week=[16.0, None])
    >>> known_hours_on(jobs, np.array([0, 0, 0]), np.array([0, 1, 4])).tolist()
    [nan, 16.0, nan]
    """
    owner = jobs["person"].to_numpy(dtype=np.int64)
    first, last = day_numbers(jobs["start_date"]), day_numbers(jobs["known_until"])
    told = jobs["hours_per_week"].to_numpy(dtype=float, na_value=np.nan)
    unknown = np.isnan(told)
    worked, held, doubtful = (
        hours_on(hours_held(owner, first, last, hours), person, day)
        for hours in (np.where(unknown, 0.0, told), np.ones(len(told)), unknown.astype(float))
    )
    return np.where((held > 0) & (doubtful == 0), worked, np.nan)


def _so_far(held: HoursHeld, person: Ints, day: Ints) -> Ints:
    """Return hours times seven worked before a day, but for a number that is the same for all days of a person."""
    at = np.searchsorted(held.place, places(person, day), side="right")
    return np.asarray(held.rate[at] * day - held.moment[at])
