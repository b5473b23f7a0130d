"""Cells as columns that hold each distinct entry once: a categorical column for each position."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaltools.clean.coded_texts import coded_texts
from evaltools.clean.sheet import Cell

__all__ = ["coded_cells", "coded_column", "held_where"]


def coded_column(codes: np.ndarray, values: Sequence[Cell] | np.ndarray) -> pd.Categorical:
    """Make a column from distinct values and the number of the one that each row holds.

    >>> coded_column(np.array([0, 1, 0]), ["F", "M"]).tolist()
    ['F', 'M', 'F']
    """
    return coded_texts(codes, values)


def coded_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Give the same cells, every column coded; columns that are so already stay as they are."""
    columns = {
        position: column.array if isinstance(column.dtype, pd.CategoricalDtype) else _coded(column)
        for position, column in cells.items()
    }
    return pd.DataFrame(columns, index=cells.index, columns=cells.columns, copy=False)


def _coded(column: pd.Series) -> pd.Categorical:
    codes, values = pd.factorize(column.to_numpy(dtype=object))
    return coded_column(codes, values)


def held_where(column: pd.Series, wanted: np.ndarray) -> np.ndarray:
    """Say of each row whether its value is one of those wanted. wanted: by number of the distinct value."""
    said: np.ndarray = wanted[column.cat.codes.to_numpy()]
    return said
