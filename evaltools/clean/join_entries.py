"""Join what many columns say of their cells into one frame: some columns of it, or one value for all rows of a part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from evaltools.clean.typed_values import typed_array

__all__ = ["Entries", "entry_count", "join_entries"]

Entries: TypeAlias = Mapping[str, Any] | pd.DataFrame
"""Columns by name. A value that is no array, list or column stands for every row; at least one is an array."""


def entry_count(entries: Entries) -> int:
    """Count the rows."""
    if isinstance(entries, pd.DataFrame):
        return len(entries)
    return next(len(held) for held in entries.values() if _many(held))


def join_entries(parts: Sequence[Entries], columns: Mapping[str, str]) -> pd.DataFrame:
    """Join parts into a frame with these columns and pandas types; a text that a part does not say is empty.

    >>> join_entries([{"rule": "trim", "count": [1, 2]}], {"rule": "string", "raw": "string"}).to_numpy().tolist()
    [['trim', ''], ['trim', '']]
    """
    held = [part for part in parts if entry_count(part)]
    counts = np.array([entry_count(part) for part in held], dtype=np.int64)
    return pd.DataFrame({name: _column(held, counts, name, dtype) for name, dtype in columns.items()}, copy=False)


def _column(parts: Sequence[Entries], counts: np.ndarray, name: str, dtype: str) -> pd.Series:
    empty = "" if dtype == "string" else None
    values = [part.get(name, empty) for part in parts]
    if not any(_many(value) for value in values):
        singles = np.empty(len(values), dtype=object)
        singles[:] = values
        return pd.Series(typed_array(singles, dtype).repeat(counts), copy=False)
    if dtype == "Int64":
        return _whole_numbers(values, counts)
    arrays = [
        _array(value, empty) if _many(value) else np.repeat(np.array([value], dtype=object), count)
        for value, count in zip(values, counts, strict=True)
    ]
    return _typed(np.concatenate(arrays), dtype)


def _whole_numbers(values: Sequence[Any], counts: np.ndarray) -> pd.Series:
    ends = np.cumsum(counts)
    numbers, missing = np.ones(ends[-1], dtype=np.int64), np.ones(ends[-1], dtype=bool)
    for value, start, end in zip(values, ends - counts, ends, strict=True):
        if value is not None:
            held = typed_array(value if _many(value) else [value], "Int64")
            numbers[start:end], missing[start:end] = held.to_numpy(dtype=np.int64, na_value=1), held.isna()
    return pd.Series(pd.arrays.IntegerArray(numbers, missing), copy=False)


def _typed(values: np.ndarray, dtype: str) -> pd.Series:
    return pd.Series(typed_array(values, dtype), copy=False)


def _array(value: Any, empty: str | None) -> np.ndarray:
    array = np.asarray(value, dtype=object)
    if isinstance(value, pd.Series) and empty is not None:
        array = value.fillna(empty).to_numpy(dtype=object)
    return array


def _many(value: Any) -> bool:
    return isinstance(value, np.ndarray | list | tuple | pd.Series | pd.Index | pd.api.extensions.ExtensionArray)
