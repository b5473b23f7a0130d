"""Sustainment: whether work was kept for k weeks. 'Not yet' and 'lost' are answers of their own, never 'no'."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from evaltools.derive.day_numbers import day_numbers

__all__ = ["STATES", "any_sustained", "sustained"]

STATES = ("yes", "no", "not yet", "unknown")


def sustained(spells: pd.DataFrame, weeks: int, inclusive_days: bool = False) -> pd.DataFrame:
    """Judge each spell at a milestone.

    spells: start_date, known_until, ended (bool), cut (last day of follow-up), and optionally open_because and
    may_last_until: the last day that a spell which has not ended may have reached. weeks: the milestone. inclusive_days:
    count the last day worked; otherwise elapsed days, so 13 weeks are reached on the start + 91 days.

    Returns followed (the milestone could have been seen by the cut, judged from dates alone) and state: 'yes', 'no',
    'not yet' (follow-up ends first, or within a gap that may yet be bridged) or 'unknown' (contact was lost first), in the
    order of spells.

    >>> day = pd.Timestamp
    >>> spell = {"start_date": day("2024-11-01"), "known_until": day("2024-12-31"), "ended": False, "cut": day("2024-12-31")}
    >>> sustained(pd.DataFrame([spell]), weeks=13)["state"].tolist()
    ['not yet']
    """
    needed, extra = 7 * weeks, int(inclusive_days)
    start = day_numbers(spells["start_date"])
    lasted = day_numbers(spells["known_until"]) - start + extra
    followed = day_numbers(spells["cut"]) - start + extra >= needed
    waiting = ~followed
    if "open_because" in spells:
        waiting = waiting | (spells["open_because"] == "data cut").to_numpy(dtype=bool)
    over = spells["ended"].to_numpy(dtype=bool)
    if "may_last_until" in spells:
        over = over | (day_numbers(spells["may_last_until"]) - start + extra < needed)
    state = np.select([lasted >= needed, over, waiting], [0, 1, 2], default=3)
    return pd.DataFrame({"followed": followed, "state": _told(state)}, index=spells.index)


def any_sustained(persons: np.ndarray, state: pd.Series, people: int) -> pd.Series:
    """Say for each person whether any of the spells was kept: the best of their states.

    persons: shape (n,), position of each spell's person, 0 to people - 1. state: of each spell. Returns shape (people,):
    'yes' if any is, else 'not yet' or 'unknown' if any is, else 'no'; missing for a person without a spell.

    >>> any_sustained(np.array([0, 0]), pd.Series(["no", "yes"]), 2).tolist()
    ['yes', <NA>]
    """
    rank = {"no": 1, "unknown": 2, "not yet": 3, "yes": 4}
    best = np.zeros(people, dtype=np.int64)
    np.maximum.at(best, persons, state.map(rank).to_numpy(dtype=np.int64))
    told = np.array([None, "no", "unknown", "not yet", "yes"], dtype=object)[best]
    return pd.Series(pd.array(told, dtype="string"))


def _told(state: np.ndarray) -> ExtensionArray:
    return pd.array(np.array(STATES, dtype=object)[state], dtype="string")
