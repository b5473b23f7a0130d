"""Infinitesimal jackknife variance of a cumulative incidence: each person's influence, squared and added."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["IncidenceSteps", "jackknife_variance"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class IncidenceSteps:
    """The event table of one group as arrays, with the curves of one cause.

    Each has shape (T,): time (days), at_risk, d (events of any cause), d_cause (of this one), before (survival just before
    the time), after (survival after it) and incidence (after it).
    """

    time: Floats
    at_risk: Floats
    d: Floats
    d_cause: Floats
    before: Floats
    after: Floats
    incidence: Floats


def jackknife_variance(steps: IncidenceSteps, duration: Floats, of_cause: NDArray[np.int64], entry: Floats) -> Floats:
    """Return the variance of the incidence at each time of `steps`, as R's survfit gives it.

    A person's influence on the incidence F(t) is linear in F(t) with coefficients that stop changing when the person leaves
    the risk set. Adding the squares therefore takes one pass over people and one over times, also with late entry.

    Parameters
    ----------
    steps : IncidenceSteps
        Of one group and cause.
    duration, entry : numpy.ndarray
        Days, of the people of the group; entry 0 is at risk from the start.
    of_cause : numpy.ndarray
        1 for an event of this cause, 0 for a censoring, -1 for an event of another cause; shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (T,).

    References
    ----------
    Therneau, Crowson and Atkinson, Multi-state models and competing risks, vignette of the R package survival.
    """
    # influence of i on F(t) = a_i + b_i F(t), where at each time u at risk:
    #   a gains -(S(u-)/n)(dA_k + F(u) dA / S(u)), b gains +(S(u-)/n) dA / S(u), and the person's own event adds its own step
    weight = steps.before / steps.at_risk
    ratio = np.divide(weight, steps.after, out=np.zeros_like(weight), where=steps.after > 0)
    a_step = -(weight * steps.d_cause + ratio * steps.d * steps.incidence) / steps.at_risk
    b_step = ratio * steps.d / steps.at_risk
    a_sum, b_sum = np.cumsum(a_step), np.cumsum(b_step)

    first = np.where(entry > 0, np.searchsorted(steps.time, entry, side="right"), 0)
    last = np.searchsorted(steps.time, duration)
    a_entry = np.where(first > 0, a_sum[first - 1], 0.0)
    b_entry = np.where(first > 0, b_sum[first - 1], 0.0)
    event = of_cause != 0
    a_final = (
        a_sum[last] - a_entry + np.where(event, (of_cause == 1) * weight[last] + ratio[last] * steps.incidence[last], 0)
    )
    b_final = b_sum[last] - b_entry - np.where(event, ratio[last], 0)

    size = len(steps.time)

    def at(position: NDArray[np.int64], value: Floats) -> Floats:
        return np.bincount(position, weights=value, minlength=size + 1)[:size].cumsum()

    def inside(value: Floats) -> Floats:  # summed over people who have entered and not yet left
        return at(first, value) - at(last, value)

    f = steps.incidence
    left = at(last, a_final**2) + 2 * f * at(last, a_final * b_final) + f**2 * at(last, b_final**2)
    common = a_sum + b_sum * f  # influence of somebody at risk from the start and still there
    one = np.ones(len(duration))
    square = inside(a_entry**2) + 2 * f * inside(a_entry * b_entry) + f**2 * inside(b_entry**2)
    there = common**2 * inside(one) - 2 * common * (inside(a_entry) + f * inside(b_entry)) + square
    return np.maximum(left + there, 0.0)
