"""Joined days: stretches of days of one kind that overlap or follow on the next day, as one."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["joined_days"]


def joined_days(stretches: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Join the stretches of each key, so that no day is in two of them.

    stretches: keys, first and last (day numbers, both ends included). Returns the same columns, in order.

    >>> two = pd.DataFrame({"row": [0, 0, 0], "first": [1, 3, 9], "last": [2, 5, 9]})
    >>> joined_days(two, ["row"]).to_numpy().tolist()
    [[0, 1, 5], [0, 9, 9]]
    """
    ordered = stretches[[*keys, "first", "last"]].sort_values([*keys, "first"], kind="stable").reset_index(drop=True)
    if ordered.empty:
        return ordered
    same = np.append(False, (ordered[keys].iloc[1:].to_numpy() == ordered[keys].iloc[:-1].to_numpy()).all(axis=1))
    code = np.cumsum(~same)
    first, last = ordered["first"].to_numpy(dtype=np.int64), ordered["last"].to_numpy(dtype=np.int64)
    lift = (code - 1) * (int(last.max()) - int(first.min()) + 3)  # apart, so that a running maximum starts afresh
    reach = np.maximum.accumulate(last + lift) - lift
    opens = ~same | (first > np.append(first[0], reach[:-1]) + 1)
    starts = np.flatnonzero(opens)
    joined = ordered.iloc[starts].reset_index(drop=True)
    joined["last"] = np.maximum.reduceat(last, starts)
    return joined
