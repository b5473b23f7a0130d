"""Achieved over target as a product of parts: how much is reach, how much is conversion at each later stage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

__all__ = ["decompose"]


def decompose(achieved: Sequence[float], target: Sequence[float], parts: Sequence[str]) -> pd.DataFrame:
    """Split achieved over target of the last of several stages into exact parts.

    With stages such as engaged and job starts, the first part is achieved over target of the first stage, and each later
    part the achieved conversion from the stage before over the conversion that the targets imply. The parts multiply to the
    total.

    Parameters
    ----------
    achieved, target : sequence of float
        Counts of each stage, in order; missing where not known.
    parts : sequence of str
        Name of each part, for example 'engagement' and 'conversion'.

    Returns
    -------
    pandas.DataFrame
        part ('total' first), achieved and target (a count for the total and the first part, a conversion after that), value
        (their ratio; missing where a count is missing or a divisor is 0).

    Examples
    --------
    >>> decompose([704, 219], [799, 379], ["engagement", "conversion"])["value"].round(3).tolist()
    [0.578, 0.881, 0.656]
    """
    a, t = np.asarray(achieved, dtype=float), np.asarray(target, dtype=float)
    if not len(a) == len(t) == len(parts) or not len(a):
        raise ValueError("achieved, target and parts need the same number of stages, one or more")
    a_step = np.concatenate([[a[-1], a[0]], _ratio(a[1:], a[:-1])])
    t_step = np.concatenate([[t[-1], t[0]], _ratio(t[1:], t[:-1])])
    return pd.DataFrame({"part": ["total", *parts], "achieved": a_step, "target": t_step, "value": _ratio(a_step, t_step)})


def _ratio(upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Divide, with missing where the divisor is 0 or missing."""
    return np.divide(upper, lower, out=np.full(len(upper), np.nan), where=lower > 0)
