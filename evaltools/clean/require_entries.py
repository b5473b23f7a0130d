"""Find rows in which a required entry is missing or was set aside (D110)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.faults import faults_of, no_faults
from evaltools.clean.identify_rows import DERIVED
from evaltools.schema.table import Table

__all__ = ["require_entries"]


def require_entries(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give one fault for each row that lacks a required entry, at the first field that it lacks."""
    needed = [name for name, field in table.fields.items() if field.required and name not in DERIVED]
    if not needed or rows.empty:
        return no_faults()
    lacking = rows[needed].isna().to_numpy(dtype=bool)
    bad = np.flatnonzero(lacking.any(axis=1))
    titles = np.array([table.fields[name].title for name in needed], dtype=object)
    fields = np.array(needed, dtype=object)[lacking[bad].argmax(axis=1)].tolist()
    why = [f"no usable entry for: {', '.join(titles[row])}" for row in lacking[bad]]
    return faults_of(rows.iloc[bad], table.name, "D110", fields, why)
