"""Aalen-Johansen cumulative incidence: the probability that each of several competing events has happened first."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import probability_interval
from evaltools.estimate.event_table import event_table, ordered_groups
from evaltools.estimate.jackknife import IncidenceSteps, jackknife_variance

__all__ = ["cumulative_incidence"]

Floats = NDArray[np.float64]


def cumulative_incidence(
    times: EventTimes,
    by: str | None = None,
    level: float = 0.95,
    variance: Literal["survfit", "aalen"] = "survfit",
) -> pd.DataFrame:
    """Estimate the probability that each cause has happened first by each time. Ties between causes are exact.

    Parameters
    ----------
    times : EventTimes
        Durations in days and causes.
    by : str, optional
        Column of `times.data`: one set of curves for each group.
    level : float
        Confidence level of the log(-log) interval of the incidence.
    variance : {'survfit', 'aalen'}
        'survfit': infinitesimal jackknife, as in R's survival. 'aalen': Aalen's, as in R's cmprsk (within one
        per cent while many are at risk).

    Returns
    -------
    pandas.DataFrame
        One row for each group, cause and distinct time: group, cause (its name), time (days), at_risk, events (of this
        cause), incidence, se, lower, upper. The incidences of all causes and the survival without event add up to 1.

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
    table = event_table(times, by)
    parts = []
    for label, members in ordered_groups(times, by):
        rows = table[table["group"] == label]
        for code, cause in times.causes.items():
            steps = _steps(rows, code)
            spread = _jackknife(times, members, steps, code) if variance == "survfit" else _aalen(steps)
            parts.append(_curve(label, cause, steps, np.sqrt(spread), level))
    columns = ["group", "cause", "time", "at_risk", "events", "incidence", "se", "lower", "upper"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _steps(rows: pd.DataFrame, code: int) -> IncidenceSteps:
    """Return the event table of one group with the survival around each time and the incidence of one cause."""
    n, d, d_cause = (rows[name].to_numpy(dtype=float) for name in ("at_risk", "events", f"events_{code}"))
    after = np.cumprod((n - d) / n)
    before = np.concatenate([[1.0], after[:-1]])
    incidence = np.cumsum(before * d_cause / n)
    return IncidenceSteps(rows["time"].to_numpy(dtype=float), n, d, d_cause, before, after, incidence)


def _curve(label: str, cause: str, steps: IncidenceSteps, se: Floats, level: float) -> pd.DataFrame:
    """Return the rows of one group and cause."""
    lower, upper = probability_interval(steps.incidence, se, level)
    return pd.DataFrame(
        {
            "group": label,
            "cause": cause,
            "time": steps.time,
            "at_risk": steps.at_risk.astype(int),
            "events": steps.d_cause.astype(int),
            "incidence": steps.incidence,
            "se": se,
            "lower": lower,
            "upper": upper,
        }
    )


def _jackknife(times: EventTimes, members: NDArray[np.int64], steps: IncidenceSteps, code: int) -> Floats:
    """Return the infinitesimal jackknife variance of one group and cause."""
    happened = times.cause[members]
    of_cause = np.where(happened == code, 1, np.where(happened == 0, 0, -1))
    return jackknife_variance(steps, times.duration[members], of_cause, times.entry[members])


def _aalen(steps: IncidenceSteps) -> Floats:
    """Return Aalen's variance: causes independent, each step with the variance of a draw without replacement.

    Var F(t) = sum over u <= t of (S(u-)/n)^2 [v_k (1 - g)^2 + v_other g^2], with g = (F(t) - F(u)) / S(u) and
    v = d (n - d) / (n - 1). The square is expanded in F(t), so that one pass over the times is enough.
    """
    n, f = steps.at_risk, steps.incidence

    def draw(d: Floats) -> Floats:
        return np.where(n > 1, d * (n - d) / np.maximum(n - 1, 1), d)

    weight = (steps.before / n) ** 2
    own, other = weight * draw(steps.d_cause), weight * draw(steps.d - steps.d_cause)
    inverse = np.divide(1.0, steps.after, out=np.zeros_like(f), where=steps.after > 0)
    # 1 - g = (1 + F(u)/S(u)) - F(t)/S(u);  g = -F(u)/S(u) + F(t)/S(u)
    here = f * inverse
    constant = np.cumsum(own * (1 + here) ** 2 + other * here**2)
    linear = np.cumsum((own * (1 + here) + other * here) * inverse)
    square = np.cumsum((own + other) * inverse**2)
    return np.maximum(constant - 2 * f * linear + f**2 * square, 0.0)
