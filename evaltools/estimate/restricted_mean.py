"""Restricted mean time: the mean days without event, or lost to one cause, up to a horizon; with differences and ratios."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import critical_value
from evaltools.estimate.event_counts import event_counts
from evaltools.estimate.incidence_steps import incidence_steps
from evaltools.estimate.late_entry import first_safe_day
from evaltools.estimate.named_cause import cause_code
from evaltools.estimate.restricted_area import restricted_area

__all__ = ["restricted_mean"]

Floats = NDArray[np.float64]
_ROUNDING = 1e-12  # a survival or an error this small is 0 that was rounded on the way
_COLUMNS = ["group", "value", "se", "lower", "upper", "contrast", "note"]


def restricted_mean(
    times: EventTimes,
    horizon: float,
    by: str | None = None,
    cause: str | None = None,
    level: float = 0.95,
    start: float = 0.0,
) -> pd.DataFrame:
    """Estimate the mean time without event up to a horizon, or the mean time lost to one cause before it.

    Parameters
    ----------
    times : EventTimes
        Durations in days. Weights, late entry and clusters enter the standard errors.
    horizon : float
        Days from the origin, fixed beforehand. A group that nobody is followed up to then has no value.
    by : str, optional
        Column of `times.data`.
    cause : str, optional
        Name of a cause: the mean days between its event and the horizon (the area under its cumulative incidence).
    level : float
        Confidence level.
    start : float
        Day from which time is counted, among people without event by then. Needed when follow-up begins late.

    Returns
    -------
    pandas.DataFrame
        group, value (days), se, lower, upper, contrast, note. First a row for each group. Then, for each group but the
        first, its difference from the first ('B - A', contrast 'difference') and its ratio to it ('B / A', contrast
        'ratio', interval symmetric on the log scale, se by the delta method). What cannot be estimated is missing, and the
        note says why.

    References
    ----------
    Royston and Parmar (2013), BMC Medical Research Methodology 13, 152. Zhao et al. (2016), Biometrics 72, 215-221.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [1, 3, 4, 4], "status": [1, 1, 0, 0]})
    >>> restricted_mean(EventTimes.from_frame(people, "days", "status"), horizon=4)["value"].tolist()
    [3.0]
    """
    if not (np.isfinite(horizon) and 0 <= start < horizon):
        fix = "give a number of days after the origin (and after start), such as 365"
        raise EstimateError(Problem("E124", f"{horizon} is not a horizon", fix=fix))
    code = cause_code(times, cause)
    z = critical_value(level)
    _refuse_early_start(times, by, start)
    people = times.after(start) if start > 0 else times
    counts = event_counts(people, by)
    if not counts.labels:
        return pd.DataFrame(columns=_COLUMNS)
    steps = incidence_steps(counts, code)
    lost, covariance = restricted_area(steps, counts, horizon, people, by, code)
    last = counts.starts[1:] - 1
    known = (counts.time[last] >= horizon) | (steps.after[last] < _ROUNDING)  # or nobody is left without an event
    value = lost if code is not None else horizon - start - lost
    rows = [
        _plain(label, value[i], covariance[i, i], z, "", _still(lost[i]))
        if known[i]
        else _unknown(label, "", "group", horizon)
        for i, label in enumerate(counts.labels)
    ]
    against = counts.labels[0]
    for i, label in enumerate(counts.labels[1:], start=1):
        variance = covariance[i, i] + covariance[0, 0] - 2 * covariance[i, 0]
        name, ratio = f"{label} - {against}", f"{label} / {against}"
        if known[i] and known[0]:
            rows += [_plain(name, value[i] - value[0], variance, z, "difference")]
            rows += [_ratio(ratio, value[[0, i]], (covariance[0, 0], covariance[i, 0], covariance[i, i]), z)]
        else:
            rows += [_unknown(name, "difference", "one of the groups", horizon)]
            rows += [_unknown(ratio, "ratio", "one of the groups", horizon)]
    return pd.DataFrame({column: [row[column] for row in rows] for column in _COLUMNS})


def _plain(label: str, value: float, variance: float, z: float, contrast: str, still: str = "") -> dict[str, object]:
    """Return a mean or a difference. still: why there may be no spread, for a mean."""
    se = float(np.sqrt(max(variance, 0.0)))
    if se <= _ROUNDING:
        note = "no spread in either group: no interval" if contrast else f"{still}: no interval"
        return _row(label, float(value), 0.0, (np.nan, np.nan), contrast, note)
    return _row(label, float(value), se, (value - z * se, value + z * se), contrast)


def _still(lost: float) -> str:
    """Say why the mean of a group has no spread; lost: days lost before the horizon."""
    return "no spread, as all have the event together" if lost > _ROUNDING else "no events before the horizon"


def _ratio(label: str, pair: Floats, covariance: tuple[float, float, float], z: float) -> dict[str, object]:
    """Return the second of a pair over the first. covariance: of the first, of both, of the second."""
    if (pair <= _ROUNDING).any():
        return _row(label, np.nan, np.nan, (np.nan, np.nan), "ratio", "not estimable: one of the means is 0")
    first, second = pair.tolist()
    square = covariance[0] / first**2 - 2 * covariance[1] / (first * second) + covariance[2] / second**2
    spread, ratio = float(np.sqrt(max(square, 0.0))), second / first
    if spread <= _ROUNDING:
        return _row(label, ratio, 0.0, (np.nan, np.nan), "ratio", "no spread in either group: no interval")
    return _row(label, ratio, ratio * spread, (ratio * np.exp(-z * spread), ratio * np.exp(z * spread)), "ratio")


def _unknown(label: str, contrast: str, who: str, horizon: float) -> dict[str, object]:
    note = f"not estimable: nobody in {'the group' if who == 'group' else who} is followed up to day {horizon:g}"
    return _row(label, np.nan, np.nan, (np.nan, np.nan), contrast, note)


def _row(
    label: str, value: float, se: float, limits: tuple[float, float], contrast: str, note: str = ""
) -> dict[str, object]:
    return {
        "group": label,
        "value": value,
        "se": se,
        "lower": float(limits[0]),
        "upper": float(limits[1]),
        "contrast": contrast,
        "note": note,
    }


def _refuse_early_start(times: EventTimes, by: str | None, start: float) -> None:
    """Refuse a mean from a day on which hardly anybody is at risk yet: the first events would decide it."""
    safe = first_safe_day(times, by) if times.late else {}
    too_early = {group: day for group, day in safe.items() if day > start}
    if too_early:
        what = f"people enter late and too few are at risk right after day {start:g} in: {', '.join(too_early)}"
        raise EstimateError(Problem("E125", what, fix=f"count from a later day: start={max(too_early.values()):g}"))
