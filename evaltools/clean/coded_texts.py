"""Columns of text that hold numbers of distinct texts until the tables are finished: rows are compared by whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from evaltools.clean.hashed_values import HashedValues
from evaltools.clean.held_values import DistinctValues, HeldValues
from evaltools.clean.pseudonymise import pseudonym_texts
from evaltools.clean.typed_values import typed_array

__all__ = ["SharedTexts", "coded_texts", "plain_column", "plain_texts", "text_numbers"]


class SharedTexts:
    """The distinct texts of columns that share them, so that a text has one number in all of these columns."""

    def __init__(self, columns: Iterable[HeldValues]) -> None:
        lists = {id(column.distinct): column.distinct for column in columns}
        numbers, distinct = _hashes(list(lists.values())) or _texts(list(lists.values()))
        self._numbers = dict(zip(lists, numbers, strict=True))
        self._kind = _kind(distinct)

    def column(self, parts: Sequence[HeldValues]) -> pd.Categorical:
        """Join columns, all of them among those that share these texts."""
        numbers = [self._numbers[id(part.distinct)][part.numbers] for part in parts]
        return _coded(np.concatenate([np.array([], dtype=np.int32), *numbers]), self._kind)


def _texts(lists: Sequence[DistinctValues]) -> tuple[list[np.ndarray], Sequence[str] | np.ndarray]:
    """Give the numbers of the texts of several lists, list by list, and the distinct texts."""
    texts = [np.asarray(one.every(), dtype=object) for one in lists]
    numbers, distinct = pd.factorize(np.concatenate([np.array([], dtype=object), *texts]))
    return np.split(numbers.astype(np.int32), np.cumsum([len(one) for one in texts])[:-1]), distinct


def _hashes(lists: Sequence[DistinctValues]) -> tuple[list[np.ndarray], Sequence[str] | np.ndarray] | None:
    """Give the same for pseudonyms of one field, numbered by their bits; None where other texts stand beside them."""
    hashed = [one for one in lists if isinstance(one, HashedValues)]
    fields = {one.field for one in hashed}
    if len(fields) != 1 or not all(isinstance(one, HashedValues) or one.every().isna().all() for one in lists):
        return None
    numbers, distinct = pd.factorize(np.concatenate([one.bits for one in hashed]))
    own = iter(np.split(numbers.astype(np.int32), np.cumsum([len(one.bits) for one in hashed])[:-1]))
    held = [
        np.append(next(own), np.int32(-1)) if isinstance(one, HashedValues) else np.full(len(one.every()), -1, np.int32)
        for one in lists
    ]
    return held, pseudonym_texts(fields.pop(), distinct)


def coded_texts(numbers: np.ndarray, texts: Sequence[Any] | np.ndarray) -> pd.Categorical:
    """Make a column from distinct texts and the number of each row's, -1 for a missing one.

    >>> coded_texts(np.array([1, 0, -1]), ["a", "b"]).tolist()
    ['b', 'a', nan]
    """
    return _coded(numbers, _kind(texts))


def _kind(texts: Sequence[Any] | np.ndarray) -> pd.CategoricalDtype:
    kind: pd.CategoricalDtype = pd.CategoricalDtype._from_fastpath(pd.Index(texts, dtype=object))  # type: ignore[attr-defined]
    return kind


def _coded(numbers: np.ndarray, kind: pd.CategoricalDtype) -> pd.Categorical:
    """Make the column as pandas does in the end. Its public ways look for copies among the texts first, and keep a table."""
    count = len(kind.categories)
    smallest = np.int8 if count < 2**7 else np.int16 if count < 2**15 else np.int32
    make = super(pd.Categorical, pd.Categorical)._simple_new  # type: ignore[misc]
    coded: pd.Categorical = make(numbers.astype(smallest, copy=False), kind)
    return coded


def text_numbers(column: pd.Series) -> np.ndarray | None:
    """Give the number of each row's text, -1 for a missing one; None where the column is not coded."""
    return column.cat.codes.to_numpy() if isinstance(column.dtype, pd.CategoricalDtype) else None


def plain_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the same frame with every coded column as texts (pandas' 'string').

    >>> plain_texts(pd.DataFrame({"site": coded_texts(np.array([0, 0]), ["camden"])}))["site"].dtype
    string[python]
    """
    columns = {name: plain_column(column) for name, column in frame.items()}
    return pd.DataFrame(columns, index=frame.index, columns=frame.columns, copy=False)


def plain_column(column: pd.Series) -> ExtensionArray | np.ndarray:
    """Give the texts of a coded column; any other column as it is."""
    numbers = text_numbers(column)
    if numbers is None:
        return column.array
    return typed_array(column.cat.categories.to_numpy(), "string").take(numbers, allow_fill=True)
