"""Explain what a newer delivery changed: restatements (private), ledger rows, and marks for the findings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from evaltools.clean.assemble_tables import ORIGIN
from evaltools.clean.delivery_chains import Chains
from evaltools.schema.table import Table

__all__ = ["RESTATEMENTS", "changed_rows", "described", "no_restatements"]

RESTATEMENTS = {
    "what": "string",  # restated, carried (the newer cell is empty), erased, or gone (the newer delivery lacks the row)
    "table": "string",
    "key": "string",  # pseudonym of the person, or of the row where it names nobody
    "field": "string",  # empty for a row that is gone
    "from_delivery": "datetime64[ns]",
    "to_delivery": "datetime64[ns]",
    "old": "string",
    "new": "string",
    "_source": "int64",  # the record that states the new value, or lacks it
    "_part": "int64",
}
"""Columns of the private table of restatements; the last two say where it stands and become file, sheet and cell."""


def no_restatements() -> pd.DataFrame:
    """Make an empty table of restatements."""
    return _empty().copy(deep=False)


@cache
def _empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in RESTATEMENTS.items()})


def changed_rows(
    what: str, field: str, chains: Chains, versions: np.ndarray, before: np.ndarray, values: tuple[np.ndarray, np.ndarray]
) -> pd.DataFrame:
    """Make one row a change. versions, before: the version that changes something, and the one that it changes.

    values: old and new texts of the changes. Column 'row' holds the position of the version's first row.
    """
    return pd.DataFrame(
        {
            "what": what,
            "field": field,
            "from_delivery": chains.on[before].astype("datetime64[ns]"),
            "to_delivery": (chains.newest if what == "gone" else chains.on)[versions].astype("datetime64[ns]"),
            "old": values[0],
            "new": values[1],
            "row": chains.row[chains.first[versions]],
        }
    )


def described(changes: Sequence[pd.DataFrame], rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Join the changes of a table, with the pseudonym and the origin of each row."""
    held = [one for one in changes if len(one)]
    if not held:
        return no_restatements()
    joined = pd.concat(held, ignore_index=True)
    name = "participant_id" if "participant_id" in rows.columns else table.key[0]
    at = rows.iloc[joined["row"].to_numpy()]
    joined["table"], joined["key"] = table.name, at[name].astype("string").to_numpy()
    for origin in ORIGIN:
        joined[origin] = at[origin].to_numpy()
    return joined[list(RESTATEMENTS)].astype(RESTATEMENTS)
