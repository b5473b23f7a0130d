"""Rules by which a control chart gives a signal, each with how often it gives one when nothing has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem

__all__ = ["DEFAULT_RULES", "RULES", "false_alarms", "signals"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_BLOCK = 2_000_000


def _ending(flags: Flags, length: int) -> Flags:
    """Tell where a run of so many true flags ends, along the last axis."""
    found = np.zeros_like(flags)
    if flags.shape[-1] >= length:
        windows = np.lib.stride_tricks.sliding_window_view(flags, length, axis=-1)
        found[..., length - 1 :] = windows.all(axis=-1)
    return found


def _outside(z: Floats) -> Flags:
    return np.abs(z) > 3


def _side(length: int) -> Callable[[Floats], Flags]:
    return lambda z: _ending(z > 0, length) | _ending(z < 0, length)


def _trend(z: Floats) -> Flags:
    found = np.zeros(z.shape, dtype=bool)
    rise = np.diff(z, axis=-1)
    found[..., 1:] = _ending(rise > 0, 5) | _ending(rise < 0, 5)
    return found


def _two_of_three(z: Floats) -> Flags:
    found = np.zeros(z.shape, dtype=bool)
    if z.shape[-1] >= 3:
        for far in (z > 2, z < -2):
            windows = np.lib.stride_tricks.sliding_window_view(far, 3, axis=-1)
            found[..., 2:] |= (windows.sum(axis=-1) >= 2) & far[..., 2:]
    return found


RULES: MappingProxyType[str, Callable[[Floats], Flags]] = MappingProxyType(
    {
        "outside": _outside,  # one point beyond three sigma
        "run_of_7": _side(7),  # seven in a row on one side of the centre
        "run_of_8": _side(8),
        "trend_of_6": _trend,  # six in a row, each above, or each below, the one before
        "two_of_three": _two_of_three,  # two of three beyond two sigma on the same side, the last among them
    }
)
DEFAULT_RULES = ("outside", "run_of_8", "trend_of_6", "two_of_three")


def signals(z: Floats, rules: Sequence[str] = DEFAULT_RULES) -> dict[str, Flags]:
    """Return, for each rule, the points at which it gives a signal.

    Parameters
    ----------
    z : numpy.ndarray
        Distance of each point from the centre in sigmas, in order of time along the last axis; no value is missing.
    rules : sequence of str
        A set chosen beforehand, of RULES; EstimateError E241 for another.

    References
    ----------
    Western Electric (1956), Statistical Quality Control Handbook; NHS England, Making Data Count (2019).

    Examples
    --------
    >>> {rule: int(flags.sum()) for rule, flags in signals(np.array([0.1, 3.2, -0.2])).items()}
    {'outside': 1, 'run_of_8': 0, 'trend_of_6': 0, 'two_of_three': 0}
    """
    unknown = [rule for rule in rules if rule not in RULES]
    if unknown or not rules:
        what = f"there is no chart rule called '{unknown[0]}'" if unknown else "no chart rule was chosen"
        raise EstimateError(Problem("E241", what, fix=f"use some of: {', '.join(RULES)}"))
    return {rule: RULES[rule](z) for rule in rules}


def false_alarms(points: int, rules: Sequence[str] = DEFAULT_RULES, series: int = 20_000, seed: int = 1) -> pd.DataFrame:
    """Return how often rules give a signal when nothing changes, from normal series that are made up.

    Parameters
    ----------
    points : int
        Length of a series.
    rules : sequence of str
        As in `signals`; the last row, 'any', is of the set together.
    series : int
        How many are made up.
    seed : int
        Of the series.

    Returns
    -------
    pandas.DataFrame
        rule, per_point (share of points), per_series (share of series with at least one).

    Examples
    --------
    >>> rates = false_alarms(24, ["outside"], series=2000)
    >>> bool(0.001 < rates["per_point"].iloc[0] < 0.005)
    True
    """
    rng = np.random.default_rng(seed)
    width = max(1, _BLOCK // max(points, 1))
    names = [*rules, "any"]
    at_points, in_series = np.zeros(len(names)), np.zeros(len(names))
    for begin in range(0, series, width):
        found = list(signals(rng.standard_normal((min(width, series - begin), points)), rules).values())
        found.append(np.any(found, axis=0))
        at_points += [flags.sum() for flags in found]
        in_series += [flags.any(axis=-1).sum() for flags in found]
    return pd.DataFrame({"rule": names, "per_point": at_points / (series * points), "per_series": in_series / series})
