"""Groups of people by the labels of one column or several: codes for the sums, labels for the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["MISSING", "Groups", "combined_groups", "groups_of_column", "groups_that_occur"]

MISSING = "(missing)"
_FEW = 64  # whole-number labels from 0 to this are their own codes as they stand
_WIDEST = 100_000  # whole-number labels within so small a range are their own codes: no hashing of a million rows


class Groups(NamedTuple):
    """Labels in alphabetical order ('(missing)' last) and each person's position among them, shape (n,)."""

    codes: NDArray[np.int64]
    labels: tuple[str, ...]


def groups_of_column(column: pd.Series) -> Groups:
    """Give the groups of one column.

    >>> groups_of_column(pd.Series(["b", None, "a"])).labels
    ('a', 'b', '(missing)')
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, values = column.cat.codes.to_numpy(), column.cat.categories
    elif isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu" and len(column):
        return _whole_numbers(column.to_numpy())
    else:
        codes, values = pd.factorize(column)
    return _tidy(codes, values.astype("object").astype(str))


def combined_groups(each: list[Groups]) -> Groups:
    """Give the groups of combinations of labels: one for each that occurs, told apart by their codes.

    The label of a combination is its parts, joined: 'yes, north'. Where two read alike their parts are quoted.

    >>> [yes, north] = groups_of_column(pd.Series(["yes"])), groups_of_column(pd.Series(["north"]))
    >>> combined_groups([yes, north]).labels
    ('yes, north',)
    """
    codes = each[0].codes.astype(np.int64)
    parts = [(label,) for label in each[0].labels]
    for other in each[1:]:
        size = len(other.labels)
        present, codes = _present(codes * size + other.codes, len(parts) * size)
        parts = [(*parts[first], other.labels[second]) for first, second in zip(*np.divmod(present, size), strict=True)]
    read = [", ".join(part) for part in parts]
    alike = {name for name, times in Counter(read).items() if times > 1}
    names = [", ".join(map(repr, part)) if name in alike else name for name, part in zip(read, parts, strict=True)]
    return _tidy(codes, names)


def _present(codes: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the codes that occur, of those below a size, and the position of each row's among them."""
    if size > _WIDEST + 4 * len(codes):
        present, place = np.unique(codes, return_inverse=True)
        return present, place.reshape(-1)
    used = np.bincount(codes, minlength=size) > 0  # without sorting
    return np.flatnonzero(used), codes if used.all() else (np.cumsum(used) - 1)[codes]


def _whole_numbers(column: NDArray) -> Groups:
    """Return the groups of whole numbers: where they lie close together, their distance from the lowest is the code."""
    unsigned = column.view(f"u{column.dtype.itemsize}")  # so that one look finds numbers below 0 as well as large ones
    highest = int(unsigned.max())
    if highest < _FEW:
        return _tidy(column, map(str, range(highest + 1)), none_missing=True)
    lowest, highest = int(column.min()), int(column.max())
    if highest - lowest < _WIDEST:
        return _tidy(column - lowest if lowest else column, map(str, range(lowest, highest + 1)), none_missing=True)
    codes, values = pd.factorize(column)
    return _tidy(codes, map(str, values))


def groups_that_occur(groups: Groups) -> Groups:
    """Give groups without labels that nobody has.

    >>> groups_that_occur(Groups(np.array([1, 1]), ("a", "b"))).labels
    ('b',)
    """
    used = np.bincount(groups.codes, minlength=len(groups.labels)) > 0
    if used.all():
        return groups
    labels = tuple(label for label, held in zip(groups.labels, used, strict=True) if held)
    return Groups((np.cumsum(used) - 1)[groups.codes], labels)


def _tidy(codes: NDArray, names: Iterable[str], none_missing: bool = False) -> Groups:
    """Return groups in order; a negative code is a missing label."""
    names = [*names]
    if not none_missing and len(codes) and codes.min() < 0:
        names.append(MISSING)  # the last one, so that code -1 finds it
    labels = sorted(set(names), key=lambda label: (label == MISSING, label))
    if labels == names and MISSING not in names:
        return Groups(codes, tuple(labels))
    place = {label: position for position, label in enumerate(labels)}
    return Groups(np.array([place[name] for name in names], dtype=np.int64)[codes], tuple(labels))
