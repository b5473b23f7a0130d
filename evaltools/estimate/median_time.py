"""Median (or another quantile) of the time to an event, with an interval read off the curve's own band."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import IntervalName
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.late_entry import first_safe_day
from evaltools.estimate.named_cause import cause_code

__all__ = ["median_time"]

_ROUNDING = 1e-9  # a survival of 0.5 may be computed as 0.5000000000000001


def median_time(
    times: EventTimes,
    by: str | None = None,
    level: float = 0.95,
    p: float = 0.5,
    cause: str | None = None,
    ci: IntervalName = "log-log",
) -> pd.DataFrame:
    """Estimate the time by which a share p of the people has had the event.

    Parameters
    ----------
    times : EventTimes
        Durations in days.
    by : str, optional
        Column of `times.data`.
    level : float
        Confidence level.
    p : float
        The share: 0.5 for the median.
    cause : str, optional
        Name of a cause: the quantile of its cumulative incidence. Without it, of the Kaplan-Meier curve of any cause.
    ci : {'log-log', 'log', 'plain'}
        Scale of the band.

    Returns
    -------
    pandas.DataFrame
        group, value, lower, upper (days), note. The value is the smallest time at which the share is reached (the left end
        of a flat stretch); missing when not reached, and when people enter late and the first events fall on fewer than 10
        at risk: the note says so. A limit that the band never reaches is missing.

    References
    ----------
    Brookmeyer and Crowley (1982), Biometrics 38, 29-41.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 3, 4, 5], "status": [1, 1, 0, 0]})
    >>> median_time(EventTimes.from_frame(people, "days", "status"))["value"].tolist()
    [3.0]
    """
    if not 0 < p < 1:
        raise EstimateError(Problem("E105", f"{p} is not a share of people", fix="give p between 0 and 1, such as 0.5"))
    happened = _happened(times, by, level, cause, ci)
    safe = first_safe_day(times, by) if times.late else {}
    rows = [_row(str(group), curve, p, safe.get(str(group), 0.0)) for group, curve in happened.groupby("group", sort=False)]
    return pd.DataFrame(rows, columns=["group", "value", "lower", "upper", "note"])


def _row(group: str, curve: pd.DataFrame, p: float, safe: float) -> dict[str, object]:
    """Return the quantile of one group; from early risk sets that are too small there is none."""
    if safe > 0:
        start = "" if np.isinf(safe) else f"; use conditional_survival from day {safe:g}"
        note = f"not estimable: people enter late and too few are at risk at first{start}"
        return {"group": group, "value": np.nan, "lower": np.nan, "upper": np.nan, "note": note}
    value = _first(curve["time"], curve["share"], p)
    return {
        "group": group,
        "value": value,
        "lower": _first(curve["time"], curve["highest"], p),
        "upper": _first(curve["time"], curve["lowest"], p),
        "note": "not reached" if np.isnan(value) else "",
    }


def _happened(times: EventTimes, by: str | None, level: float, cause: str | None, ci: IntervalName) -> pd.DataFrame:
    """Return the share of people to whom the event has happened, and its band, at each time."""
    cause_code(times, cause)
    if cause is None:
        curve = kaplan_meier(times, by, ci, level)
        shares = {"share": 1 - curve["survival"], "lowest": 1 - curve["upper"], "highest": 1 - curve["lower"]}
    else:
        curve = cumulative_incidence(times, by, level, ci=ci)
        curve = curve[curve["cause"] == cause]
        shares = {"share": curve["incidence"], "lowest": curve["lower"], "highest": curve["upper"]}
    return curve[["group", "time"]].assign(**shares)


def _first(time: pd.Series, share: pd.Series, p: float) -> float:
    """Return the first time at which the share reaches p; missing when it never does."""
    reached = time[(share >= p - _ROUNDING).fillna(False)]
    return float(reached.iloc[0]) if len(reached) else np.nan
