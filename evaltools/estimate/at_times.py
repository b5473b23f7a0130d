"""The value of a step curve on given days, with its standard error and interval."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from evaltools.estimate.asked_days import asked_days

__all__ = ["at_times"]

_AT_START = {"survival": 1.0, "incidence": 0.0, "hazard": 0.0}


def at_times(curve: pd.DataFrame, days: Iterable[float], before: bool = False) -> pd.DataFrame:
    """Read a Kaplan-Meier, cumulative incidence or cumulative hazard curve on given days.

    Parameters
    ----------
    curve : pandas.DataFrame
        From `kaplan_meier` (column survival), `cumulative_incidence` (incidence) or `nelson_aalen` (hazard).
    days : iterable of float
        Days from the origin; EstimateError when one is missing or before it.
    before : bool
        Read the curve just before the day instead of at it: the probability of lasting at least 91 days is the survival just
        before day 91, because somebody who stops on day 91 has lasted 91 days.

    Returns
    -------
    pandas.DataFrame
        group, cause (only where the curve has it), day, value, se, lower, upper. Before the first time the value is that at
        the start, without interval. After the last time it is missing, unless nobody was left without an event.

    Examples
    --------
    >>> curve = pd.DataFrame({"group": "all", "time": [2.0, 5.0], "survival": [0.8, 0.4], "se": 0.1, "lower": 0.1})
    >>> at_times(curve.assign(upper=0.9), [1, 2, 4.5, 6])["value"].tolist()
    [1.0, 0.8, 0.8, nan]
    """
    value = next(name for name in _AT_START if name in curve)
    start = _AT_START[value]
    keys = ["group", "cause"] if "cause" in curve else ["group"]
    asked = asked_days(days)
    finished = _finished(curve, value)
    parts = [
        _read(rows.rename(columns={value: "value"}), asked, start, before, rows["group"].iloc[0] in finished).assign(
            **{key: rows[key].iloc[0] for key in keys}
        )
        for _, rows in curve.groupby(keys, sort=False)
    ]
    columns = [*keys, "day", "value", "se", "lower", "upper"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _finished(curve: pd.DataFrame, value: str) -> set[str]:
    """Return the groups in which nobody was left without an event at the end of the curve."""
    last = curve[curve["time"] == curve.groupby("group")["time"].transform("max")]
    if value == "hazard":
        return set()  # a hazard does not tell whether somebody is left
    total = last.groupby("group")[value].sum()
    left = total if value == "survival" else 1 - total
    return set(left[left < 1e-12].index)


def _read(rows: pd.DataFrame, asked: np.ndarray, start: float, before: bool, finished: bool) -> pd.DataFrame:
    """Read one curve: the last row at or before (or strictly before) each day asked."""
    time = rows["time"].to_numpy(dtype=float)
    position = np.searchsorted(time, asked, side="left" if before else "right") - 1
    read = rows[["value", "se", "lower", "upper"]].iloc[np.maximum(position, 0)].reset_index(drop=True).astype(float)
    read.loc[position < 0, ["value", "se", "lower", "upper"]] = [start, 0.0, np.nan, np.nan]
    if not finished:
        read.loc[asked > time[-1]] = np.nan
    return read.assign(day=asked)
