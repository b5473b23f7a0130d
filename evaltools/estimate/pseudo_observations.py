"""Pseudo-observations: what each person contributes to an estimate, so that it can be modelled like a measured outcome."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.leave_one_out import people_at_times, whole_and_without
from evaltools.estimate.some_people import require_people

__all__ = ["PseudoOf", "pseudo_observations"]

PseudoOf = Literal["incidence", "survival", "restricted_mean", "time_lost"]
_KINDS = ("incidence", "survival", "restricted_mean", "time_lost")


def pseudo_observations(
    times: EventTimes,
    days: float | Iterable[float],
    of: PseudoOf = "incidence",
    cause: str | None = None,
    by: str | None = None,
) -> pd.DataFrame:
    """Return n x estimate - (n - 1) x estimate without the person, for each person and day: the exact jack-knife.

    Parameters
    ----------
    times : EventTimes
        Durations in days, without weights.
    days : float or iterable of float
        Days of the probabilities, or horizons of the times.
    of : {'incidence', 'survival', 'restricted_mean', 'time_lost'}
        'incidence' of a cause by the day, 'survival' without event beyond it, 'restricted_mean' time without event up to it,
        or 'time_lost' to a cause by then (days).
    cause : str, optional
        Name of the cause, for 'incidence' and 'time_lost'; any event by default.
    by : str, optional
        Column: people are left out of the estimate of their own group only, which allows follow-up to depend on the group.

    Returns
    -------
    pandas.DataFrame
        position (of the person in `times`), day, pseudo (probability or days; may lie outside 0 and 1), estimate (of the
        whole group). EstimateError when a day lies beyond the follow-up of a group.

    References
    ----------
    Andersen, Klein and Rosthoj (2003), Biometrika 90, 15-27.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 3, 5], "status": [1, 0, 1]})
    >>> pseudo_observations(EventTimes.from_frame(people, "days", "status"), 4)["pseudo"].round(3).tolist()
    [1.0, 0.0, 0.0]
    """
    asked = asked_days(days)
    event = _event(times, of, cause)
    require_people(times)
    groups = times.grouped(by)
    parts = []
    for code, label in enumerate(groups.labels):
        members = np.flatnonzero(groups.codes == code)
        _require_follow_up(times, members, asked, label)
        pseudo, whole = _jackknife(times, members, event, asked, of)
        parts.append(
            pd.DataFrame(
                {
                    "position": np.repeat(members, len(asked)),
                    "day": np.tile(asked, len(members)),
                    "pseudo": pseudo.ravel(),
                    "estimate": np.tile(whole, len(members)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True).sort_values(["position", "day"], kind="stable", ignore_index=True)


def _event(times: EventTimes, of: str, cause: str | None) -> NDArray[np.bool_]:
    """Return who has the event asked for."""
    if of not in _KINDS:
        raise EstimateError(
            Problem("E164", f"there are no pseudo-observations of '{of}'", fix=f"use one of: {', '.join(_KINDS)}")
        )
    if times.weights is not None:
        raise EstimateError(Problem("E165", "a weighted person cannot be left out as one", fix="leave the weights out"))
    if cause is None or of in ("survival", "restricted_mean"):
        return times.cause != 0
    codes = {name: code for code, name in times.causes.items()}
    if cause not in codes:
        raise EstimateError(Problem("E106", f"there is no cause '{cause}'", fix=f"use one of: {', '.join(codes)}"))
    return times.cause == codes[cause]


def _require_follow_up(times: EventTimes, members: NDArray[np.int64], asked: NDArray[np.float64], label: str) -> None:
    longest = times.duration[members].max()
    unresolved = (times.cause[members] == 0)[times.duration[members] == longest].any()
    if len(members) < 2:
        what = f"not estimable: the group '{label}' has one person, who cannot be left out"
        raise EstimateError(Problem("E166", what, fix="merge small groups"))
    if unresolved and (asked > longest).any():
        what = f"not estimable: nobody in the group '{label}' is followed to day {asked.max():g}"
        raise EstimateError(Problem("E166", what, fix=f"ask for a day up to {longest:g}"))


def _jackknife(
    times: EventTimes, members: NDArray[np.int64], event: NDArray[np.bool_], asked: NDArray[np.float64], of: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    people = people_at_times(times.duration[members], times.entry[members], times.cause[members] != 0, event[members])
    timed = of in ("restricted_mean", "time_lost")
    left = asked[:, np.newaxis] - people.time
    score = np.maximum(left, 0.0) if timed else (left >= 0).astype(float)
    whole, without = whole_and_without(people, score)
    n = len(members)
    pseudo = n * whole - (n - 1) * without
    if of == "survival":
        return 1 - pseudo, 1 - whole
    return (asked - pseudo, asked - whole) if of == "restricted_mean" else (pseudo, whole)
