"""Pseudonyms of a column as whole numbers: they become text once, when it is known which of them are the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from evaltools.clean.pseudonymise import pseudonym_texts
from evaltools.clean.typed_values import typed_array

__all__ = ["HashedValues"]


@dataclass(frozen=True)
class HashedValues:
    """Distinct values by number (see `held_values.DistinctValues`); the number after the last stands for a missing value.

    field: whose pseudonyms they are. bits: of each, from `Hasher.bits`.
    """

    field: str
    bits: np.ndarray

    def values(self, numbers: np.ndarray) -> ExtensionArray:
        """Give the values of these numbers."""
        return self.every().take(numbers)

    def every(self) -> ExtensionArray:
        """Give all values, by number.

        >>> HashedValues("job_id", np.array([255], dtype=np.uint64)).every().tolist()
        ['J00000000000000ff', <NA>]
        """
        return typed_array([*pseudonym_texts(self.field, self.bits), pd.NA], "string")
