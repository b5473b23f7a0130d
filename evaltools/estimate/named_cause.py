"""The code of a cause that was asked for by its name."""

from __future__ import annotations

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem

__all__ = ["cause_code"]


def cause_code(times: EventTimes, cause: str | None) -> int | None:
    """Return the code of a named cause; None for any event.

    Parameters
    ----------
    times : EventTimes
        The people.
    cause : str, optional
        One of the names in `times.causes`; EstimateError when it is not.

    Examples
    --------
    >>> import pandas as pd
    >>> times = EventTimes.from_frame(pd.DataFrame({"days": [3], "status": [2]}), "days", "status", {1: "job", 2: "left"})
    >>> cause_code(times, "left")
    2
    """
    if cause is None:
        return None
    for code, name in times.causes.items():
        if name == cause:
            return code
    raise EstimateError(
        Problem("E106", f"there is no cause '{cause}'", fix=f"use one of: {', '.join(times.causes.values())}")
    )
