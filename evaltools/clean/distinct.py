"""The distinct cells of a column and where each stands, so that every value is judged once however often it occurs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.clean.issues import FIRST
from evaltools.clean.sheet import Cell

__all__ = ["Distinct", "distinct_cells"]


@dataclass(frozen=True)
class Distinct:
    """values: distinct cells in order of first sight. codes: which of them each row holds. rows: sheet row numbers.

    order, starts: rows grouped by value, for `rows_of`.
    """

    values: tuple[Cell, ...]
    codes: np.ndarray
    rows: np.ndarray
    order: np.ndarray
    starts: np.ndarray

    def count(self, number: int) -> int:
        """Count the rows that hold the value of this number."""
        return int(self.starts[number + 1] - self.starts[number])

    def rows_of(self, number: int) -> np.ndarray:
        """Give the sheet rows that hold the value of this number, in order."""
        held: np.ndarray = self.rows[self.order[self.starts[number] : self.starts[number + 1]]]
        return held

    def first_rows(self, number: int) -> tuple[int, ...]:
        """Give the first ten rows that hold the value of this number."""
        start = self.starts[number]
        end = min(self.starts[number + 1], start + FIRST)
        return tuple(int(row) for row in self.rows[self.order[start:end]])


def distinct_cells(cells: pd.Series) -> Distinct:
    """Factorise a column; the index holds sheet row numbers.

    >>> distinct_cells(pd.Series(["F", "M", "F"], index=[5, 6, 7])).rows_of(0)
    array([5, 7])
    """
    codes, values = pd.factorize(cells.to_numpy(dtype=object))
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(values) + 1))
    return Distinct(tuple(values), codes, cells.index.to_numpy(), order, starts)
