"""Protected curves: points at month ends at least ten events apart, coarse values, cut where few remain at risk.

An exact step curve gives away the day of every event, and so single people; points between blocks of events do not
(Guyot and others 2012 show the attack).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.release.coarse import coarsen
from evaltools.release.counts import protect_counts
from evaltools.release.profile import Profile

__all__ = ["block_ends", "protect_curves"]


def block_ends(steps: pd.DataFrame, profile: Profile) -> list[float]:
    """Choose the month ends at which the curves of one group may be shown.

    steps: day, cause, events, censored of one group, every cause. A block ends when each cause has had no event since the
    last end or at least `curve_block_events`, and likewise for censored people, and some cause has had that many.
    """
    # day 0 belongs to the first month: the origin itself is never a block end
    month = np.maximum(np.ceil(steps["day"].to_numpy(dtype=float) / profile.curve_month_days), 1)
    cause = steps["cause"].fillna("")
    events = pd.crosstab(month, cause, values=steps["events"].to_numpy(dtype=float), aggfunc="sum").fillna(0)
    one_cause = cause == cause.iloc[0]
    events["(censored)"] = pd.Series(steps.loc[one_cause, "censored"].to_numpy(dtype=float)).groupby(month[one_cause]).sum()
    ends, since = [], np.zeros(events.shape[1])
    for end, row in zip(events.index, events.fillna(0).to_numpy(), strict=True):
        since = since + row
        enough = since >= profile.curve_block_events
        if ((since == 0) | enough).all() and enough[:-1].any():
            ends.append(float(end * profile.curve_month_days))
            since = np.zeros(events.shape[1])
    return ends


def protect_curves(curves: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Release each group's curves at its block ends; a group with too few people or events has no curve."""
    shown = [_protect_group(steps, profile) for _, steps in curves.groupby(["curve_id", "group"], sort=False, dropna=False)]
    drawn = [points for points in shown if len(points)]
    return pd.concat(drawn, ignore_index=True) if drawn else curves.iloc[:0].reset_index(drop=True)


def _protect_group(steps: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    people = steps["at_risk"].max()
    if people < profile.curve_people or steps["events"].sum() < profile.curve_events:
        return steps.iloc[:0]
    ends = block_ends(steps, profile)
    shown = []
    for cause, line in steps.groupby(steps["cause"].fillna(""), sort=False):
        line = line.sort_values("day")
        start = line.iloc[[0]].assign(day=0.0, **_origin(line, survival=cause == ""))
        at_end = [_point(line, end) for end in ends]
        kept = [point for point in at_end if point["at_risk"].iloc[0] >= profile.curve_at_risk]
        shown += [start, *kept] if kept else []
    if not shown:
        return steps.iloc[:0]
    released = pd.concat(shown)
    coarse = profile.fine_step if people >= profile.coarse_denominator else profile.coarse_step
    for name in ("value", "lower", "upper"):
        released[name] = coarsen(released[name], coarse)
    released["at_risk"] = protect_counts(released["at_risk"], profile)
    return released.assign(events=np.nan, censored=np.nan).astype(steps.dtypes.to_dict())


def _origin(line: pd.DataFrame, survival: bool) -> dict[str, float]:
    """Give the value before anything happened: 1 for survival, which has no cause, and 0 for the incidence of a cause."""
    start = 1.0 if survival else 0.0
    return {"value": start, "lower": start, "upper": start, "at_risk": float(line["at_risk"].max())}


def _point(line: pd.DataFrame, end: float) -> pd.DataFrame:
    before = line[line["day"] <= end]
    after = line[line["day"] > end]
    at_risk = float(after["at_risk"].iloc[0]) if len(after) else 0.0
    return before.iloc[[-1]].assign(day=end, at_risk=at_risk)
