"""What the distinct entries of one kind of column mean: each is read once, however many files it stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
from pandas.api.extensions import ExtensionArray

from evaltools.clean.reading import Reading
from evaltools.clean.sheet import Cell
from evaltools.clean.typed_values import concat_arrays, typed_array

__all__ = ["Vocabulary", "shown"]


class Vocabulary:
    """Readings of distinct entries, by number. read: what one entry means. dtype: pandas type of the values.

    rules, new: rule and canonical text of each reading. coded: whether there is something to say of it.
    """

    def __init__(self, read: Callable[[Cell], Reading], dtype: str) -> None:
        self.readings: list[Reading] = []
        self.rules = self.new = np.array([], dtype=object)
        self.coded = np.array([], dtype=bool)
        self._read, self._dtype = read, dtype
        self._number: dict[Cell, int] = {}
        self._values: ExtensionArray = typed_array([], dtype)

    def numbers(self, entries: Sequence[Cell]) -> np.ndarray:
        """Give the number of each entry, reading those that have not been seen before."""
        number = self._number
        found = list(map(number.get, entries))
        if None in found:
            for entry in entries:
                if number.setdefault(entry, len(number)) == len(self.readings):
                    self.readings.append(self._read(entry))
            self._extend(self.readings[len(self.rules) :])
            found = list(map(number.get, entries))
        return np.fromiter(found, dtype=np.int64, count=len(found))  # none is missing now

    def _extend(self, added: Sequence[Reading]) -> None:
        values = typed_array([reading.value for reading in added], self._dtype)
        self._values = concat_arrays([self._values, values])
        self.rules = np.append(self.rules, np.array([reading.rule for reading in added], dtype=object))
        self.new = np.append(self.new, np.array([shown(reading.value) for reading in added], dtype=object))
        self.coded = np.append(self.coded, [bool(reading.code) for reading in added])

    def values(self, numbers: np.ndarray) -> ExtensionArray:
        """Give the values of readings, in the column's type."""
        return self._values.take(numbers)

    def every(self) -> ExtensionArray:
        """Give the values of all readings, by number."""
        return self._values


def shown(value: Any) -> str:
    """Write a canonical value as text, days in ISO form.

    >>> shown(date(2021, 4, 3)), shown(None), shown(16.0)
    ('2021-04-03', '', '16')
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
