"""The result of a multi-state estimate: curves of state probabilities and the days expected in each state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.estimate.asked_days import asked_days

__all__ = ["StateOccupation"]


@dataclass(frozen=True)
class StateOccupation:
    """Who is in which state, and for how long.

    curves: group, state, time (days), at_risk (in the state just before), entries (moves into it at the time), probability,
    se, lower, upper. The first row of each state is the start. The probabilities of one group and time add up to 1.
    expected: group, state, horizon (day), days (expected in the state to the horizon), se, lower, upper, followed
    (last day on which anybody is followed), note.
    n: people. unseen: people without any time at risk, left out. method, ci_method: in words. notes: what to know of it.
    """

    curves: pd.DataFrame
    expected: pd.DataFrame
    n: int
    unseen: int
    method: str
    ci_method: str
    notes: tuple[str, ...] = ()

    def at(self, days: Iterable[float]) -> pd.DataFrame:
        """Read the curves on some days: group, state, day, probability, se, lower, upper.

        Missing before the start and once nobody is followed.
        """
        asked = asked_days(days, earliest=-np.inf)
        ends = dict(zip(self.expected["group"], self.expected["followed"], strict=True))
        parts = []
        for _, rows in self.curves.groupby(["group", "state"], sort=False):
            position = np.searchsorted(rows["time"].to_numpy(float), asked, side="right") - 1
            read = rows[["probability", "se", "lower", "upper"]].iloc[np.maximum(position, 0)].reset_index(drop=True)
            read.loc[(position < 0) | (asked > ends[rows["group"].iloc[0]])] = np.nan
            parts.append(read.assign(group=rows["group"].iloc[0], state=rows["state"].iloc[0], day=asked))
        return pd.concat(parts, ignore_index=True)[["group", "state", "day", "probability", "se", "lower", "upper"]]
