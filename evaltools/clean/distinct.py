"""The distinct cells of a column and where each stands, so that every value is judged once however often it occurs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np
import pandas as pd

from evaltools.clean.sheet import Cell

__all__ = ["Distinct", "distinct_cells"]

_FEW = 10  # values of a column are few where they are less than a tenth of it


@dataclass(frozen=True)
class Distinct:
    """values: distinct cells. codes: which of them each row holds. rows: sheet row numbers, ascending."""

    values: Sequence[Cell]
    codes: np.ndarray
    rows: np.ndarray

    @cached_property
    def _grouped(self) -> tuple[np.ndarray, np.ndarray]:
        """Give the rows in order of their value, and where each value begins."""
        count = len(self.values)
        short = self.codes.astype(np.uint8 if count <= 2**8 else np.uint16 if count <= 2**16 else np.int64, copy=False)
        counts = np.bincount(self.codes, minlength=len(self.values))
        return self.rows[np.argsort(short, kind="stable")], np.concatenate([[0], np.cumsum(counts)])

    def rows_of(self, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give the rows that hold each of these values, value after value, and where each begins (with the end).

        >>> distinct_cells(pd.Series(["F", "M", "F"], index=[5, 6, 7])).rows_of(np.array([0]))
        (array([5, 7], dtype=int32), array([0, 2]))
        """
        if len(numbers) < len(self.values) // _FEW and "_grouped" not in self.__dict__:
            return self._rows_of_few(numbers)
        grouped, starts = self._grouped
        counts = starts[numbers + 1] - starts[numbers]
        ends = np.concatenate([[0], np.cumsum(counts)])
        places = np.arange(ends[-1]) + np.repeat(starts[numbers] - ends[:-1], counts)
        return grouped[places], ends

    def _rows_of_few(self, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Sort only the rows that hold one of these values."""
        place = np.full(len(self.values), -1, dtype=np.int64)
        place[numbers] = np.arange(len(numbers))
        rows = np.flatnonzero((place >= 0)[self.codes])
        held = place[self.codes[rows]]
        counts = np.bincount(held, minlength=len(numbers))
        return self.rows[rows[np.argsort(held, kind="stable")]], np.concatenate([[0], np.cumsum(counts)])

    def rows_with(self, wanted: np.ndarray) -> np.ndarray:
        """Give all rows that hold one of the values wanted, in order. wanted: by number of the value."""
        rows: np.ndarray = self.rows[wanted[self.codes]]
        return rows

    def recoded(self, values: Sequence[Cell]) -> Distinct:
        """Give the same rows with other values, of which some may now be the same. values: by number."""
        place: dict[Cell, int] = {}
        numbers = np.array([place.setdefault(value, len(place)) for value in values], dtype=np.int64)
        return Distinct(list(place), numbers[self.codes] if len(values) else self.codes, self.rows)


def distinct_cells(cells: pd.Series) -> Distinct:
    """Find the distinct cells of a column; the index holds sheet row numbers."""
    rows = cells.index.to_numpy().astype(np.int32)
    if not isinstance(cells.dtype, pd.CategoricalDtype):
        found, distinct = pd.factorize(cells.to_numpy(dtype=object))
        return Distinct(distinct.tolist(), found, rows)
    codes: np.ndarray = cells.cat.codes.to_numpy()
    values: list[Cell] = cells.cat.categories.tolist()
    held = np.zeros(len(values), dtype=bool)
    held[codes] = True
    if held.all():
        return Distinct(values, codes, rows)
    first = int(held.argmax())
    if held[first:].all():  # only what stands above the records is held by none of them
        return Distinct(values[first:], codes - codes.dtype.type(first), rows)
    number = np.cumsum(held) - 1
    return Distinct(list(compress(values, held.tolist())), number[codes], rows)
