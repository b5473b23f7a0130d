"""Rows that cannot stay: what is wrong with each, before it is known whether the whole record goes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pandas as pd

__all__ = ["FAULTS", "faults_of", "no_faults"]

FAULTS = {
    "_source": "int64",  # the record
    "_part": "int64",  # the part of its sheet
    "table": "object",
    "field": "object",  # the field at fault, '' for the whole row
    "code": "object",
    "main": "bool",  # the whole record is set aside
    "why": "object",
}


def no_faults() -> pd.DataFrame:
    """Make an empty table of faults."""
    return _empty().copy(deep=False)


@cache
def _empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in FAULTS.items()})


def faults_of(
    rows: pd.DataFrame, table: str, code: str, field: str | Sequence[str], why: str | Sequence[str]
) -> pd.DataFrame:
    """Make one fault for each row (which carries ORIGIN and 'main')."""
    faults = pd.DataFrame({"_source": rows["_source"], "_part": rows["_part"], "table": table, "field": field})
    faults["code"], faults["main"], faults["why"] = code, rows["main"], why
    return faults.astype(FAULTS).reset_index(drop=True)
