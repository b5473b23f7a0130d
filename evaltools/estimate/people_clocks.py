"""Other clocks of the first job: counted from referral, and as days without and with a job up to a horizon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.alternative import also
from evaltools.domain.definition import Definition
from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.restricted_mean import restricted_mean

__all__ = ["clock_rows"]

_CAUSES = {1: "job", 2: "left"}


def clock_rows(
    people: pd.DataFrame, definition: Definition, horizon_days: Sequence[int], level: float
) -> Iterator[dict[str, Any]]:
    """Give the first job on other clocks, for the programme and each site.

    people: from derive/outcomes.py, one definition. horizon_days: days at which values are given. Yields rows of
    `estimates`: the cumulative incidence of a first job since referral, among everybody referred (those who never engaged
    leave or are still looking); and up to the longest horizon the mean days with neither a first job nor leaving
    ('restricted_mean') and the mean days from the first job to the horizon (term 'job'), leaving counted as the competing
    event.
    """
    since = people[people["referral_days"].notna()]
    since = since.assign(status=since["referral_cause"].clip(upper=2))
    scope = people[people["in_scope"] & people["days"].notna()]
    scope = scope.assign(status=scope["cause"].clip(upper=2))
    for group_by, by in (("programme", None), ("site", "site_id")):
        if len(since):
            yield from _since_referral(
                EventTimes.from_frame(since, "referral_days", "status", _CAUSES), by, group_by, horizon_days, level
            )
        if len(scope) and len(horizon_days):
            times = EventTimes.from_frame(scope, "days", "status", _CAUSES)
            yield from _means(times, by, group_by, max(horizon_days), level, definition.scope)


def _since_referral(
    times: EventTimes, by: str | None, group_by: str, days: Sequence[int], level: float
) -> Iterator[dict[str, Any]]:
    groups = times.groups(by).to_numpy()
    read = at_times(cumulative_incidence(times, by=by, level=level), days)
    for held in read[read["cause"] == "job"].to_dict("records"):
        mine = groups == held["group"]
        yield _row(group_by, held, mine, mine & (times.duration <= held["day"]) & (times.cause == 1), level) | {
            "outcome": "job_start_since_referral",  # an outcome of its own: what hides it must not hide the default
            "statistic": "cumulative_incidence",
            "term": also("job, from referral"),
            "horizon": held["day"],
            "unit": "person",
            "clock": "referral",
            "denominator_name": "people referred",
            "population": "people referred",
            "method": "Aalen-Johansen",
            "ci_method": "log(-log)",
            "note": "follow-up ends before this day" if np.isnan(held["value"]) else pd.NA,
        }


def _means(
    times: EventTimes, by: str | None, group_by: str, horizon: int, level: float, name: str
) -> Iterator[dict[str, Any]]:
    groups = times.groups(by).to_numpy()
    for term, cause in (("job", "job"), ("neither job nor leaving", None)):
        means = restricted_mean(times, horizon, by=by, cause=cause, level=level)
        for held in means[means["contrast"] == ""].to_dict("records"):
            mine = groups == held["group"]
            yield _row(group_by, held, mine, mine & (times.duration <= horizon) & (times.cause == 1), level) | {
                "statistic": "restricted_mean",
                "term": term,
                "horizon": horizon,
                "unit": "day",
                "clock": "engagement",
                "denominator_name": name,
                "population": name,
                "method": "area under the Aalen-Johansen curve" if cause else "area under the Kaplan-Meier curve",
                "ci_method": "normal",
                "note": held["note"] or pd.NA,
            }


def _row(group_by: str, held: dict[Any, Any], mine: np.ndarray, started: np.ndarray, level: float) -> dict[str, Any]:
    return {name: held[name] for name in ("group", "value", "se", "lower", "upper")} | {
        "outcome": "job_start",
        "group_by": group_by,
        "denominator": int(mine.sum()),
        "n": int(mine.sum()),
        "events": int(started.sum()),
        "missing": 0,
        "level": level,
    }
