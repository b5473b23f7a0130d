"""Make arrays of a pandas type that is known by its name only, and groups whose keys have known types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

__all__ = ["concat_arrays", "groups", "typed_array"]


def concat_arrays(arrays: Sequence[ExtensionArray]) -> ExtensionArray:
    """Join arrays of one type, at least one.

    >>> concat_arrays([typed_array([1], "Int64"), typed_array([None], "Int64")]).tolist()
    [1, <NA>]
    """
    joined: ExtensionArray = type(arrays[0])._concat_same_type(arrays)  # type: ignore[attr-defined]
    return joined


def typed_array(values: Sequence[Any] | np.ndarray, dtype: Any) -> ExtensionArray:
    """Make an array; None becomes missing.

    >>> typed_array([1, None], "Int64")
    <IntegerArray>
    [1, <NA>]
    Length: 2, dtype: Int64
    """
    array: ExtensionArray = pd.array(values, dtype=dtype)
    return array


def groups(frame: pd.DataFrame, keys: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], pd.DataFrame]]:
    """Give each group of rows with the tuple of its keys, in order of first sight.

    >>> [key for key, rows in groups(pd.DataFrame({"sheet": [1, 0, 1]}), ["sheet"])]
    [(1,), (0,)]
    """
    for key, rows in frame.groupby(list(keys), sort=False, dropna=False):
        yield key if isinstance(key, tuple) else (key,), rows
