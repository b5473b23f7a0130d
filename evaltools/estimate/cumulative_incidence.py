"""Aalen-Johansen cumulative incidence: the probability that each of several competing events has happened first."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import IntervalName, probability_interval
from evaltools.estimate.event_counts import EventCounts, event_counts
from evaltools.estimate.incidence_steps import IncidenceSteps, incidence_steps
from evaltools.estimate.incidence_variance import aalen_variance, survfit_variance
from evaltools.estimate.jackknife import counts_suffice, jackknife_variance

__all__ = ["cumulative_incidence"]

Floats = NDArray[np.float64]
VarianceName = Literal["survfit", "aalen"]


def cumulative_incidence(
    times: EventTimes,
    by: str | None = None,
    level: float = 0.95,
    variance: VarianceName = "survfit",
    ci: IntervalName = "log-log",
) -> pd.DataFrame:
    """Estimate the probability that each cause has happened first by each time. Ties between causes are exact.

    Parameters
    ----------
    times : EventTimes
        Durations in days and causes.
    by : str, optional
        Column of `times.data`: one set of curves for each group.
    level : float
        Confidence level of the pointwise interval.
    variance : {'survfit', 'aalen'}
        'survfit': infinitesimal jackknife, as in R's survival, also with weights and clusters. 'aalen': Aalen's, as in R's
        cmprsk (within one per cent while many are at risk); it knows neither.
    ci : {'log-log', 'log', 'plain'}
        Scale of the interval, for example log(-log incidence).

    Returns
    -------
    pandas.DataFrame
        One row for each group, cause and distinct time: group, cause (its name), time (days), at_risk, events (of this
        cause), incidence, se, lower, upper; `attrs['variance']` names the variance.
        The incidences of all causes and the survival without event add up to 1.

    References
    ----------
    Aalen and Johansen (1978), Scandinavian Journal of Statistics 5, 141-150.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 3, 3, 5], "status": [1, 2, 1, 0]})
    >>> times = EventTimes.from_frame(people, "days", "status", causes={1: "job", 2: "left"})
    >>> cumulative_incidence(times).query("cause == 'job'")["incidence"].tolist()
    [0.25, 0.5, 0.5]
    """
    if variance not in ("survfit", "aalen"):
        raise EstimateError(Problem("E104", f"there is no variance called '{variance}'", fix="use one of: survfit, aalen"))
    if variance == "aalen" and not counts_suffice(times, replicates=True):
        what = "Aalen's variance knows neither weights other than whole numbers nor clusters"
        raise EstimateError(Problem("E123", what, fix="use variance='survfit'"))
    counts = event_counts(times, by)
    any_event = incidence_steps(counts)
    steps = [incidence_steps(counts, code, any_event) for code in times.causes]
    spread = [_variance(each, counts, times, by, code, variance) for each, code in zip(steps, times.causes, strict=True)]
    order = _in_order(counts.starts, len(steps))
    incidence = np.concatenate([each.incidence for each in steps])[order]
    se = np.sqrt(np.concatenate(spread))[order]
    lower, upper = probability_interval(incidence, se, level, ci)
    rows = order % max(len(counts.time), 1)
    events = np.concatenate([counts.by_cause[counts.codes.index(code)] for code in times.causes])
    curve = pd.DataFrame(
        {
            "group": counts.group()[rows],
            "cause": np.repeat(np.array(list(times.causes.values()), dtype=object), len(counts.time))[order],
            "time": counts.time[rows],
            "at_risk": counts.at_risk[rows],
            "events": events[order],
            "incidence": incidence,
            "se": se,
            "lower": lower,
            "upper": upper,
        },
        copy=False,
    )
    curve.attrs["variance"] = variance
    return curve


def _in_order(starts: NDArray[np.int64], causes: int) -> NDArray[np.int64]:
    """Return the order that puts rows held cause by cause into group by group, and cause by cause within each."""
    rows = int(starts[-1])
    parts = [np.arange(a, b) + k * rows for a, b in pairwise(starts) for k in range(causes)]
    return np.concatenate(parts) if parts else np.array([], dtype=np.int64)


def _variance(
    steps: IncidenceSteps, counts: EventCounts, times: EventTimes, by: str | None, code: int, variance: VarianceName
) -> Floats:
    """Return the variance of one cause's incidence at each row."""
    if variance == "aalen":
        return aalen_variance(steps)
    return survfit_variance(steps) if counts_suffice(times) else jackknife_variance(steps, counts, times, by, code)
