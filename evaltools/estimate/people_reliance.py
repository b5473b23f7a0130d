"""Which estimates of times of people are not to be relied on: too few still followed on the day, or too few events."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from evaltools.domain.reliance import GREYED
from evaltools.domain.results import CHECKS, Results, combine, tidy
from evaltools.estimate.diagnostics import Check, at_risk_floor, enough_events, gate

__all__ = ["AT_RISK_FLOOR", "EVENTS_FLOOR", "UNRELIED", "judge_reliance"]

AT_RISK_FLOOR = 10.0
"""People at risk on the day of an estimate, below which it rests on too few."""
EVENTS_FLOOR = 10.0
"""Events behind an interval, below which its normal approximation is not to be trusted."""

UNRELIED = GREYED.rstrip(": ")
"""Status of a check that an estimate fails: it is told beside the estimate, not among figures that contradict each other."""

_TIMED = ("cumulative_incidence", "survival", "one_minus_survival", "restricted_mean", "median")
_CURVE = ["definition", "outcome", "group_by", "group"]


def judge_reliance(results: Results, least_at_risk: float = AT_RISK_FLOOR, least_events: float = EVENTS_FLOOR) -> Results:
    """Check every estimate of a time to an event, and mark those that fail.

    Parameters
    ----------
    results : Results
        Estimates of people with their curves, exact. Judged are values of curves, restricted means and medians in days:
        by the people at risk on the day (the horizon, or the median itself) where the curve is there, and by their events.
    least_at_risk, least_events : float
        Below these an estimate fails.

    Returns
    -------
    Results
        With the rows of `checks`, and the note of each estimate that failed beginning with 'not to be relied on: ' and
        giving the reasons, without any number. No value is changed; an estimate without a value is not judged.

    Examples
    --------
    >>> from evaltools.domain.results import ESTIMATES
    >>> row = {"estimate_id": "median", "statistic": "median", "value": 40, "unit": "day", "events": 3}
    >>> judged = judge_reliance(Results(estimates=tidy([row], ESTIMATES)))
    >>> judged.estimates["note"].tolist(), judged.checks["status"].tolist()
    (['not to be relied on: too few events'], ['not to be relied on'])
    """
    timed = results.estimates[results.estimates["statistic"].isin(_TIMED) & results.estimates["value"].notna()]
    timed = timed[timed["horizon"].notna() | (timed["unit"] == "day").fillna(False)]
    days = timed["horizon"].where(timed["statistic"] != "median", timed["value"]).to_numpy(dtype=float, na_value=np.nan)
    at_risk = _at_risk(timed, days, results.curves)
    events = timed["events"].to_numpy(dtype=float, na_value=np.nan)
    checks: list[Check] = []
    for subject, followed, happened in zip(timed["estimate_id"], at_risk, events, strict=True):  # estimates, not people
        if not np.isnan(followed):
            checks.append(at_risk_floor(subject, followed, least_at_risk))
        if not np.isnan(happened):
            checks.append(enough_events(subject, happened, least_events))
    found = tidy(checks, CHECKS)
    found["status"] = found["status"].replace("note", UNRELIED)
    return combine([replace(results, estimates=gate(results.estimates, found)), Results(checks=found)])


def _at_risk(timed: pd.DataFrame, days: np.ndarray, curves: pd.DataFrame) -> np.ndarray:
    """Return how many are at risk on the day of each estimate; missing where its curve is not among the curves."""
    found = np.full(len(timed), np.nan)
    steps = {key: held.sort_values("day") for key, held in curves.groupby(["curve_id", "group"], sort=False)}
    places = pd.Series(np.arange(len(timed)))
    names = [timed[name].astype("string").fillna("").to_numpy() for name in _CURVE]
    for (definition, outcome, group_by, group), own in places.groupby(names, sort=False):
        curve = steps.get((f"{definition}.{outcome}.{group_by}", group))
        if curve is None:
            continue
        after = np.searchsorted(curve["day"].to_numpy(dtype=float), days[own])
        at_risk = np.append(curve["at_risk"].to_numpy(dtype=float), 0.0)
        found[own] = at_risk[after]
    return found
