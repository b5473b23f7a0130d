"""The probability that each cause happens first, for given people, from cause-specific Cox fits of all causes together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.baseline_hazard import hazard_steps
from evaltools.estimate.cox import CoxFit, cox

__all__ = ["cause_specific", "predicted_incidence"]


def cause_specific(times: EventTimes, formula: str, **choices: Any) -> dict[str, CoxFit]:
    """Fit a cause-specific Cox model for every cause.

    Parameters
    ----------
    times : EventTimes
        With two causes or more.
    formula : str
        Covariates, the same for each cause.
    **choices
        Passed on to `cox`: strata, cluster, ties, robust, level.

    Returns
    -------
    dict
        A CoxFit for the name of each cause. A hazard ratio of one cause does not say which incidence is higher: that takes
        all causes together, see `predicted_incidence`.

    References
    ----------
    Putter, Fiocco and Geskus (2007), Statistics in Medicine 26, 2389-2430.
    """
    return {name: cox(times, formula, cause=name, **choices) for name in times.causes.values()}


def predicted_incidence(
    fits: Mapping[str, CoxFit], newdata: pd.DataFrame, days: Sequence[float] | None = None
) -> pd.DataFrame:
    """Predict the cumulative incidence of each cause.

    Between two times the probability of any event is 1 - exp(-sum of the hazards), shared among causes as their hazards, so
    that incidences and the probability of no event add up to 1.

    Parameters
    ----------
    fits : mapping of str to CoxFit
        One for each cause, from `cause_specific`.
    newdata : pandas.DataFrame
        One row for each person: the columns of the formulas and of the strata.
    days : sequence of float, optional
        Days from the origin; every event time by default.

    Returns
    -------
    pandas.DataFrame
        row (position in newdata), cause, time (days), incidence; missing after the last time of follow-up.

    References
    ----------
    Cheng, Fine and Wei (1998), Biometrics 54, 219-228.
    """
    steps = [hazard_steps(fit, newdata) for fit in fits.values()]
    last = max(float(fit.model.duration.max()) for fit in fits.values())
    parts = []
    for row in range(len(newdata)):
        grid = np.unique(np.concatenate([each[row][0] for each in steps]))
        hazards = np.zeros((len(steps), len(grid)))
        for cause, each in enumerate(steps):
            hazards[cause, np.searchsorted(grid, each[row][0])] = each[row][1]
        total = hazards.sum(axis=0)
        before = np.exp(-np.concatenate([[0.0], np.cumsum(total)[:-1]]))
        incidence = np.cumsum(before * -np.expm1(-total) * hazards / total, axis=1)
        asked = grid if days is None else asked_days(days)
        at = np.searchsorted(grid, asked, side="right")
        for name, curve in zip(fits, incidence, strict=True):
            value = np.where(asked > last, np.nan, np.concatenate([[0.0], curve])[at])
            parts.append(pd.DataFrame({"row": row, "cause": name, "time": asked, "incidence": value}))
    return pd.concat(parts, ignore_index=True)
