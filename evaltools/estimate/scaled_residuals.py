"""Scaled Schoenfeld residuals: how far each event pulls a log hazard ratio from its average, to plot against time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.time_scale import Transform, time_scale

if TYPE_CHECKING:
    from evaltools.estimate.cox import CoxFit

__all__ = ["scaled_residuals"]


def scaled_residuals(fit: CoxFit, transform: Transform = "km") -> pd.DataFrame:
    """Return the scaled residuals of each event and term; a smooth line through them is the log hazard ratio over time.

    Parameters
    ----------
    fit : CoxFit
        From `cox`.
    transform : {'km', 'rank', 'identity', 'log'}
        Scale of the column position; see `time_scale`.

    Returns
    -------
    pandas.DataFrame
        One row for each event and term, in order of time: term, time (days), position (time on the scale asked),
        residual (on the scale of the log hazard ratio).

    References
    ----------
    Grambsch and Therneau (1994), Biometrika 81, 515-526.
    """
    if fit.kind != "cox":
        raise EstimateError(
            Problem("E143", "scaled residuals are for Cox fits", fix="plot the cause-specific Cox fit instead")
        )
    model, beta = fit.model, fit.coefficients
    sums, sets, days = model.sums(beta), model.sets, model.days
    s1, t1 = sets.sums(sums.risk, sets.matrix)
    mean = (s1 * sums.hazard[:, None] - t1 * sums.hazard_tied[:, None]) / (sets.deaths * sets.mean_weight)[:, None]
    rows = np.flatnonzero(model.event)
    rows = rows[np.argsort(model.duration[rows], kind="stable")]
    place = np.searchsorted(days.bin, days.stop[rows])
    design = model.design
    x = design.matrix[rows] if design.pattern is None else design.matrix[design.pattern[rows]]
    weight = 1.0 if model.weight is None else model.weight[rows, None]
    covariance = np.linalg.inv(_information(fit))
    scaled = beta + len(rows) * (weight * (x - mean[place])) @ covariance
    position = time_scale(model, transform)[place]
    parts = [
        pd.DataFrame({"term": term, "time": days.time[place], "position": position, "residual": scaled[:, column]})
        for column, term in enumerate(design.terms)
    ]
    return pd.concat(parts, ignore_index=True)


def _information(fit: CoxFit) -> np.ndarray:
    from evaltools.estimate.cox_likelihood import evaluate

    return evaluate(fit.model.sets, fit.coefficients, fit.model.ties).information
