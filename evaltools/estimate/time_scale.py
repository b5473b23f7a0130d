"""Functions of time on which a hazard ratio may drift: the horizontal axis of a test of proportional hazards."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cox_model import CoxModel
from evaltools.estimate.event_days import event_days

__all__ = ["Transform", "time_scale"]

Floats = NDArray[np.float64]
Transform = Literal["km", "rank", "identity", "log"]
_SCALES = ("km", "rank", "identity", "log")


def time_scale(model: CoxModel, transform: Transform) -> Floats:
    """Return the function of time at each event time of the model, shape (K,).

    Parameters
    ----------
    model : CoxModel
        The data.
    transform : {'km', 'rank', 'identity', 'log'}
        'km': one minus the Kaplan-Meier survival just before, strata together. 'rank': average rank among all times of
        follow-up. 'identity': days. 'log': their logarithm.
    """
    time = model.days.time
    if transform not in _SCALES:
        raise EstimateError(
            Problem("E104", f"there is no time scale called '{transform}'", fix=f"use one of: {', '.join(_SCALES)}")
        )
    if transform == "log" and time.min() <= 0:
        raise EstimateError(Problem("E143", "an event at day 0 has no logarithm", fix="use the scale 'km'"))
    if transform == "rank":
        ends = np.sort(model.duration)
        before, up_to = (np.searchsorted(ends, time, side=side) for side in ("left", "right"))
        return (before + up_to + 1) / 2
    return {"km": _one_minus_survival, "identity": lambda _: time, "log": lambda _: np.log(time)}[transform](model)


def _one_minus_survival(model: CoxModel) -> Floats:
    days = event_days(model.duration, model.event, model.entry)
    size = int(days.starts[-1])
    entering = None if days.entry is None else np.bincount(days.entry, minlength=size).astype(float)
    at_risk = days.at_risk(np.bincount(days.stop, minlength=size).astype(float), entering)
    died = np.bincount(days.stop[model.event], minlength=size)[days.bin]
    before = np.concatenate([[1.0], np.cumprod(1 - died / at_risk)[:-1]])
    return 1 - before[np.searchsorted(days.time, model.days.time)]
