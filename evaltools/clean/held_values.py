"""The values of a column's rows, each distinct value held once until whole tables are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from evaltools.clean.typed_values import concat_arrays, typed_array

__all__ = ["DistinctValues", "HeldValues", "held_array", "join_values", "same_value"]


class DistinctValues(Protocol):
    """Distinct values that are found by number."""

    def values(self, numbers: np.ndarray) -> ExtensionArray:
        """Give the values of these numbers."""

    def every(self) -> ExtensionArray:
        """Give all values, by number."""


@dataclass(frozen=True)
class _Listed:
    array: ExtensionArray

    def values(self, numbers: np.ndarray) -> ExtensionArray:
        return self.array.take(numbers)

    def every(self) -> ExtensionArray:
        return self.array


@dataclass(frozen=True)
class HeldValues:
    """numbers: of each row's value. distinct: the values by number. rows: sheet row numbers."""

    numbers: np.ndarray
    distinct: DistinctValues
    rows: np.ndarray

    def at(self, places: np.ndarray) -> HeldValues:
        """Give some rows, by place."""
        return HeldValues(self.numbers[places], self.distinct, self.rows[places])

    def array(self) -> ExtensionArray:
        """Give the value of every row."""
        return self.distinct.values(self.numbers)

    def series(self) -> pd.Series:
        """Give the value of every row, by sheet row number."""
        return pd.Series(self.array(), index=self.rows, copy=False)


def held_array(array: ExtensionArray, numbers: np.ndarray, rows: np.ndarray) -> HeldValues:
    """Hold the values of an array. numbers: place of each row's value in it."""
    return HeldValues(numbers.astype(np.int32), _Listed(array), rows)


def same_value(value: object, dtype: str, rows: np.ndarray) -> HeldValues:
    """Hold one value for every row; None is missing.

    >>> same_value("camden", "string", np.array([2, 3])).series().tolist()
    ['camden', 'camden']
    """
    return held_array(typed_array([value], dtype), np.zeros(len(rows), dtype=np.int32), rows)


def join_values(held: Sequence[HeldValues]) -> ExtensionArray:
    """Make one array of the values of several columns of one type; lists of values that they share are taken once."""
    lists = {id(one.distinct): one.distinct for one in held}
    arrays = [one.every() for one in lists.values()]
    first = dict(zip(lists, np.cumsum([0, *map(len, arrays)]).tolist(), strict=False))
    return concat_arrays(arrays).take(np.concatenate([one.numbers + np.int32(first[id(one.distinct)]) for one in held]))
