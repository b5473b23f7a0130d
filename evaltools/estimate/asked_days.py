"""The days on which something is asked for, checked: numbers of days from the origin, none missing or before it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaltools.errors import EstimateError, Problem

__all__ = ["asked_days"]


def asked_days(days: ArrayLike | Iterable[float], earliest: float = 0.0) -> NDArray[np.float64]:
    """Give days, or one day, as numbers, shape (D,).

    Raises EstimateError for what is no number, missing or infinite, and for a day before the earliest (the origin).

    >>> asked_days([91, 182]).tolist(), asked_days(91).tolist()
    ([91.0, 182.0], [91.0])
    """
    given = list(days) if isinstance(days, Iterable) and not isinstance(days, (np.ndarray, str)) else days
    try:
        asked = np.atleast_1d(np.asarray(given, dtype=float))
    except (TypeError, ValueError):
        asked = np.array([np.nan])
    wrong = ~(np.isfinite(asked) & (asked >= earliest))
    if wrong.any():
        said = "missing or not a finite number" if not np.isfinite(asked[wrong]).all() else "before the origin"
        raise EstimateError(
            Problem("E124", f"a day that was asked for is {said}", fix="give days from the origin, such as 91")
        )
    return asked
