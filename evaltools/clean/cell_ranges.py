"""Name many cells of one column shortly, and find their rows again: 'G15:G20, G33'."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evaltools.clean.cell_names import column_letters

__all__ = ["cell_ranges", "rows_in"]

_RANGE = re.compile(r"[A-Z]+(\d+)(?::[A-Z]+(\d+))?")


def cell_ranges(position: int, rows: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Name the cells of groups of rows. position: of the column, from 0. rows: ascending within each group.

    starts: where each group begins in `rows`, and the end of the last; no group is empty.

    >>> cell_ranges(6, np.array([15, 16, 17, 33, 15]), np.array([0, 4, 5])).tolist()
    ['G15:G17, G33', 'G15']
    """
    if not len(rows):
        return np.array([], dtype=object)
    begins = np.empty(len(rows), dtype=bool)
    np.not_equal(rows[1:], rows[:-1] + 1, out=begins[1:])
    begins[starts[:-1]] = True
    runs = np.flatnonzero(begins)
    first, last = rows[runs], rows[np.append(runs[1:], len(rows)) - 1]
    groups = np.searchsorted(runs, starts).astype(np.int32)
    texts = _cell_texts(column_letters(position), int(rows.max()).bit_length())
    long = first != last
    if long.any():
        ends = np.cumsum(long + np.int32(1), dtype=np.int32)
        numbers = np.repeat(first, long + 1)
        numbers[ends - 1] = last
        pairs = pa.ListArray.from_arrays(pa.array(np.append(np.int32(0), ends)), texts.take(pa.array(numbers)))
        names = pc.binary_join(pairs, ":")
    else:
        names = texts.take(pa.array(first))
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(groups), names), ", ")
    ranges: np.ndarray = joined.to_numpy(zero_copy_only=False)
    return ranges


@lru_cache(maxsize=32)
def _cell_texts(letters: str, bits: int) -> pa.Array:
    """Name all cells of a column in rows below 2 to the power `bits`: to look them up is much quicker than to name them."""
    numbers = pc.cast(pa.array(np.arange(2**bits, dtype=np.int32)), pa.string())
    return pc.binary_join_element_wise(letters, numbers, "")


def rows_in(cells: str) -> np.ndarray:
    """Give the row numbers that the names of cells say.

    >>> rows_in("G15:G17, G33")
    array([15, 16, 17, 33])
    """
    rows: list[int] = []
    for first, last in _RANGE.findall(cells):
        rows.extend(range(int(first), int(last or first) + 1))
    return np.array(rows, dtype=np.int64)
