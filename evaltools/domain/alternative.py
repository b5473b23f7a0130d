"""Further readings of an estimate: another denominator, another rule. Kept beside the default, and never in its place."""

from __future__ import annotations

import pandas as pd

__all__ = ["ALSO", "also", "is_default"]

ALSO = "also: "


def also(reading: str) -> str:
    """Give the term of an estimate that reads the same outcome in another way.

    >>> also("of people referred")
    'also: of people referred'
    """
    return f"{ALSO}{reading}"


def is_default(terms: pd.Series) -> pd.Series:
    """Say which estimates are not further readings; shape (n,), bool.

    >>> is_default(pd.Series(["job", "also: verified", None])).tolist()
    [True, False, True]
    """
    return ~terms.astype("string").fillna("").str.startswith(ALSO).astype(bool)
