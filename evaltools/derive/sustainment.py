"""Sustainment: whether work was kept for k weeks. 'Not yet' and 'lost' are answers of their own, never 'no'."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["sustained"]


def sustained(spells: pd.DataFrame, weeks: int, inclusive_days: bool = False) -> pd.DataFrame:
    """Judge each spell at a milestone.

    spells: start_date, known_until, ended (bool), cut (last day of follow-up). weeks: the milestone.
    inclusive_days: count the last day worked; otherwise elapsed days, so 13 weeks are reached on the start + 91 days.

    Returns followed (the milestone could have been seen by the cut, judged from dates alone) and state: 'yes', 'no',
    'not yet' (follow-up ends first) or 'unknown' (contact was lost first), in the order of spells.

    >>> day = pd.Timestamp
    >>> spell = {"start_date": day("2024-11-01"), "known_until": day("2024-12-31"), "ended": False, "cut": day("2024-12-31")}
    >>> sustained(pd.DataFrame([spell]), weeks=13)["state"].tolist()
    ['not yet']
    """
    needed = 7 * weeks
    extra = int(inclusive_days)
    lasted = (spells["known_until"] - spells["start_date"]).dt.days + extra
    followed = ((spells["cut"] - spells["start_date"]).dt.days + extra) >= needed
    state = np.select(
        [lasted >= needed, spells["ended"].to_numpy(dtype=bool), ~followed],
        ["yes", "no", "not yet"],
        default="unknown",
    )
    return pd.DataFrame({"followed": followed, "state": pd.Series(state, index=spells.index, dtype="string")})
