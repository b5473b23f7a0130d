"""Pair codes: a whole number for each pair of names, such as a specialist and a site."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["PairCodes", "pair_codes"]


@dataclass(frozen=True)
class PairCodes:
    """Codes of pairs, in order of their names.

    code: shape (N,), from 0. names: one row a code, the two columns of the pairs.
    """

    code: NDArray[np.int64]
    names: pd.DataFrame


def pair_codes(pairs: pd.DataFrame) -> PairCodes:
    """Give each pair of names its code; a missing name is one of its own.

    pairs: two columns of text.

    >>> found = pair_codes(pd.DataFrame({"specialist_id": ["s2", "s1", "s2"], "site_id": ["n", "n", "n"]}))
    >>> found.code.tolist(), found.names["specialist_id"].tolist()
    ([1, 0, 1], ['s1', 's2'])
    """
    text = pairs.astype("string")
    first, second = (np.asarray(pd.factorize(text.iloc[:, at], sort=True)[0], dtype=np.int64) + 1 for at in (0, 1))
    both = first * (int(second.max(initial=0)) + 1) + second
    _, place, code = np.unique(both, return_index=True, return_inverse=True)
    return PairCodes(code.astype(np.int64), text.take(np.asarray(place, dtype=np.int64)).reset_index(drop=True))
