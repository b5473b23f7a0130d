"""Events observed and expected in each group if all had the same hazard, and the covariance of their differences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.shared_counts import SharedCounts, refuse_shares, shared_counts

__all__ = ["ObservedExpected", "observed_expected"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ObservedExpected:
    """Of G groups: labels; people, observed and expected events, shape (G,); covariance, shape (G, G).

    n: people. stratified: the columns of the strata, in words.
    """

    labels: tuple[str, ...]
    people: NDArray
    observed: Floats
    expected: Floats
    covariance: Floats
    n: float
    stratified: str


def observed_expected(
    times: EventTimes, by: str, strata: tuple[str, ...] = (), rho: float = 0.0, code: int | None = None
) -> ObservedExpected:
    """Add up the events of each group and those expected, over times and strata.

    Parameters
    ----------
    times : EventTimes
        Durations in days. Whole weights are so many people.
    by : str
        Column of `times.data`.
    strata : tuple of str
        Columns within which groups are compared.
    rho : float
        Power of the survival just before, by which each time is weighted.
    code : int, optional
        Code of a cause; any event without it.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"days": [1, 2], "status": 1, "site": ["a", "b"]})
    >>> observed_expected(EventTimes.from_frame(people, "days", "status"), "site").expected.tolist()
    [0.5, 1.5]
    """
    refuse_shares(times)
    compared = shared_counts(times, by, strata)
    position = None if code is None else sorted(times.causes).index(code)
    sums = [_stratum(stratum, rho, position) for stratum in compared.strata]
    observed, expected, covariance = (np.sum(parts, axis=0) for parts in zip(*sums, strict=True))
    n = float(compared.people.sum())
    return ObservedExpected(compared.labels, compared.people, observed, expected, covariance, n, ", ".join(strata))


def _stratum(counts: SharedCounts, rho: float, position: int | None) -> tuple[Floats, Floats, Floats]:
    """Return observed, expected and covariance of one stratum; the covariance is that of draws without replacement."""
    events = counts.by_cause.sum(axis=0) if position is None else counts.by_cause[position]
    n, d = counts.at_risk.sum(axis=0), events.sum(axis=0)
    share = counts.at_risk / n
    weight = np.ones_like(n)
    if rho:
        weight = np.concatenate([[1.0], np.cumprod(1 - d / n)[:-1]])[: len(n)] ** rho
    drawn = weight**2 * d * (n - d) / np.maximum(n - 1, 1)
    covariance = np.diag(share @ drawn) - (share * drawn) @ share.T
    return events @ weight, share @ (weight * d), covariance
