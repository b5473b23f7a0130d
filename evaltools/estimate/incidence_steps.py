"""The steps of a cumulative incidence: the survival around each time and the share to whom the event has happened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaltools.estimate.event_counts import EventCounts
from evaltools.estimate.running import previous, running_product, running_sum

__all__ = ["IncidenceSteps", "incidence_steps"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class IncidenceSteps:
    """The curves of one cause for all groups, each of shape (R,) in the order of the event counts.

    at_risk, d (events of any cause), d_cause (of this one), before (survival just before the time), after (survival after
    it), incidence (after it). starts: the first row of each group, and R.
    """

    starts: NDArray[np.int64]
    at_risk: Floats
    d: Floats
    d_cause: Floats
    before: Floats
    after: Floats
    incidence: Floats


def incidence_steps(counts: EventCounts, code: int | None = None, other: IncidenceSteps | None = None) -> IncidenceSteps:
    """Return the Aalen-Johansen steps of one cause, or of any event without a code.

    Parameters
    ----------
    counts : EventCounts
        Of all groups.
    code : int, optional
        Code of the cause.
    other : IncidenceSteps, optional
        Of another cause from the same counts: the survival is the same and need not be worked out again.

    Examples
    --------
    >>> from evaltools.domain.event_times import EventTimes
    >>> from evaltools.estimate.event_counts import event_counts
    >>> import pandas as pd
    >>> people = pd.DataFrame({"days": [2, 3, 3, 5], "status": [1, 2, 1, 0]})
    >>> times = EventTimes.from_frame(people, "days", "status", {1: "job", 2: "left"})
    >>> incidence_steps(event_counts(times), 1).incidence.tolist()
    [0.25, 0.5, 0.5]
    """
    if other is None:
        n, d = counts.at_risk.astype(float), counts.events.astype(float)
        after = running_product((n - d) / n, counts.starts)
        before = previous(after, counts.starts, 1.0)
    else:
        n, d, before, after = other.at_risk, other.d, other.before, other.after
    own = d if code is None else counts.by_cause[counts.codes.index(code)].astype(float)
    return IncidenceSteps(counts.starts, n, d, own, before, after, running_sum(before * own / n, counts.starts))
