"""Limits of charts of shares and rates, widened or narrowed by how much neighbouring points differ (Laney's p' and u')."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["ChartLimits", "individuals_limits", "laney_limits"]

Floats = NDArray[np.float64]
_D2 = 1.128  # mean range of two normal values, as tabulated for charts
_INDIVIDUALS = 2.66  # 3 / 1.128, as tabulated
_RANGE = 3.267


class ChartLimits(NamedTuple):
    """centre; sigma, lower and upper of each point, shape (m,); sigma_z (1 where it is not estimated); range_upper (XmR)."""

    centre: float
    sigma: Floats
    lower: Floats
    upper: Floats
    sigma_z: float
    range_upper: float


def individuals_limits(values: Floats, baseline: NDArray[np.bool_]) -> ChartLimits:
    """Return the limits of a chart of single values and their moving ranges (XmR).

    Parameters
    ----------
    values : numpy.ndarray
        In order of time, shape (m,).
    baseline : numpy.ndarray
        Whether each point belongs to the stretch from which limits are made, shape (m,).

    References
    ----------
    Wheeler and Chambers (1992), Understanding Statistical Process Control, chapter 3.

    Examples
    --------
    >>> limits = individuals_limits(np.array([3.0, 5.0, 4.0]), np.ones(3, dtype=bool))
    >>> round(limits.centre, 2), round(float(limits.upper[0]), 2)
    (4.0, 7.99)
    """
    held = values[baseline]
    centre, step = float(held.mean()), float(np.abs(np.diff(held)).mean())
    ones = np.ones(len(values))
    half = _INDIVIDUALS * step
    return ChartLimits(centre, step / _D2 * ones, (centre - half) * ones, (centre + half) * ones, 1.0, _RANGE * step)


def laney_limits(events: Floats, size: Floats, baseline: NDArray[np.bool_], shares: bool, widen: bool = True) -> ChartLimits:
    """Return the limits of a p' or u' chart.

    Parameters
    ----------
    events, size : numpy.ndarray
        In order of time, shape (m,), size above 0.
    baseline : numpy.ndarray
        As in `individuals_limits`.
    shares : bool
        Shares of people (p') or rates by exposure (u').
    widen : bool
        Multiply by sigma_z; False gives the plain p or u chart.

    References
    ----------
    Laney (2002), Quality Engineering 14, 531-537.

    Examples
    --------
    >>> limits = laney_limits(np.array([3.0, 5.0, 4.0]), np.full(3, 10.0), np.ones(3, dtype=bool), shares=True)
    >>> round(limits.centre, 2), round(limits.sigma_z, 3)
    (0.4, 0.858)
    """
    centre = float(events[baseline].sum() / size[baseline].sum())
    chance = np.sqrt(centre * ((1 - centre) if shares else 1.0) / size)
    safe = np.where(chance > 0, chance, 1.0)
    z = ((events / size - centre) / safe)[baseline]
    sigma_z = float(np.abs(np.diff(z)).mean() / _D2)
    sigma = chance * (sigma_z if widen else 1.0)
    lower, upper = np.maximum(0.0, centre - 3 * sigma), centre + 3 * sigma
    return ChartLimits(centre, sigma, lower, np.minimum(1.0, upper) if shares else upper, sigma_z, np.nan)
