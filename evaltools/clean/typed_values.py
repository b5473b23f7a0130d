"""Make arrays of a pandas type that is known by its name only, and groups whose keys have known types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from pandas.api.extensions import ExtensionArray

__all__ = ["groups", "typed_array", "typed_series"]


def typed_array(values: Sequence[Any], dtype: Any) -> ExtensionArray:
    """Make an array; None becomes missing.

    >>> typed_array([1, None], "Int64")
    <IntegerArray>
    [1, <NA>]
    Length: 2, dtype: Int64
    """
    array: ExtensionArray = pd.array(values, dtype=dtype)
    return array


def typed_series(values: Any, index: pd.Index, dtype: Any) -> pd.Series:
    """Make a column from values that fit the type, or from one value for all rows."""
    return pd.Series(values, index=index).astype(dtype)


def groups(frame: pd.DataFrame, keys: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], pd.DataFrame]]:
    """Give each group of rows with the tuple of its keys, in order of first sight.

    >>> [key for key, rows in groups(pd.DataFrame({"sheet": [1, 0, 1]}), ["sheet"])]
    [(1,), (0,)]
    """
    for key, rows in frame.groupby(list(keys), sort=False, dropna=False):
        yield key if isinstance(key, tuple) else (key,), rows
