"""Distinct combinations of categories: where they are few, people with the same ones can be counted together."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["Patterns", "covariate_patterns"]

_MOST = 2_000


class Patterns(NamedTuple):
    """One row for each combination that occurs, and which one each person has, shape (n,); None when not collapsed."""

    frame: pd.DataFrame
    pattern: NDArray[np.int64] | None


def covariate_patterns(frame: pd.DataFrame) -> Patterns:
    """Collapse a frame of categories and small whole numbers to the combinations that occur.

    Parameters
    ----------
    frame : pandas.DataFrame
        Without missing values. It comes back whole when a column holds other numbers or combinations are many.

    Examples
    --------
    >>> people = pd.DataFrame({"arm": [1, 0, 1], "site": pd.Categorical(["a", "a", "a"])})
    >>> found = covariate_patterns(people)
    >>> found.frame["arm"].tolist(), found.pattern.tolist()
    ([0, 1], [1, 0, 1])
    """
    code, size = np.zeros(len(frame), dtype=np.int64), 1
    for name in frame:
        values, levels = _codes(frame[name], _MOST // size)
        if values is None:
            return Patterns(frame, None)
        code = code * levels + values
        size *= levels
    first = np.full(size, -1, dtype=np.int64)
    first[code[::-1]] = np.arange(len(code) - 1, -1, -1)
    seen = np.flatnonzero(first >= 0)
    place = np.cumsum(first >= 0) - 1
    return Patterns(frame.iloc[first[seen]], place[code])


def _codes(column: pd.Series, most: int) -> tuple[NDArray[Any] | None, int]:
    """Return small whole numbers from 0 for the values of a column, and how many; None when there are too many."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        levels = len(column.cat.categories)
        return (column.cat.codes.to_numpy(dtype=np.int64), levels) if levels <= most else (None, 0)
    values = column.to_numpy()
    low, high = values.min(), values.max()
    if not high - low < most or not np.array_equal(values[:1000], np.floor(values[:1000])):
        return None, 0
    whole = values.astype(np.int64)
    if not np.array_equal(whole, values):
        return None, 0
    return whole - int(low), int(high) - int(low) + 1
