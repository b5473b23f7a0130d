"""Coarse values: rounded half up to a step, so that no exact count can be worked out from them."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["coarsen"]


def coarsen(values: pd.Series, step: float | np.ndarray) -> pd.Series:
    """Round to the nearest multiple of step, half up; missing stays missing.

    >>> coarsen(pd.Series([0.149, 0.125, None]), 0.05).tolist()
    [0.15, 0.15, nan]
    """
    return (((values / step + 0.5) // 1) * step).round(10)
