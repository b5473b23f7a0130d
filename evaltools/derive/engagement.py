"""Engagement: the day on which a person counts as engaged under a definition profile."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

__all__ = ["engaged_on"]

_GENERAL = "engaged_date"


def engaged_on(people: pd.DataFrame, first_of: Sequence[str]) -> pd.Series:
    """Give the earliest known of the named dates; missing where none is known or it lies after the follow-up.

    The general engaged_date says only that somebody was engaged by some rule: where others are named as well, it stands in
    for people who have none of them, and never moves the day of one who has.

    people: frame with the date columns and `cut`. first_of: names of the dates that count.

    >>> day = pd.Timestamp("2019-01-07")
    >>> people = pd.DataFrame({"profile_started_date": [day, pd.NaT], "cut": [day, day]})
    >>> engaged_on(people, ["profile_started_date"]).notna().tolist()
    [True, False]
    """
    held = [name for name in first_of if name in people]
    own = [name for name in held if name != _GENERAL] or held
    day = pd.to_datetime(people[own].min(axis=1))  # a date column even where no named date is held
    if _GENERAL in held:
        day = day.fillna(people[_GENERAL])
    return day.where(day <= people["cut"])
