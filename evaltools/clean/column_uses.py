"""Say of every column of a sheet whether it is mapped, ignored or unmapped, and count the cells of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from evaltools.clean.name_columns import header_key
from evaltools.clean.place_columns import wanted_columns
from evaltools.schema.layout import SheetLayout

__all__ = ["USES", "column_uses", "count_cells"]

USES = ("mapped", "ignored", "unmapped")


def column_uses(layouts: Sequence[SheetLayout], names: Sequence[str]) -> tuple[str, ...]:
    """Give the use of each column by position. A column without a header is unmapped.

    >>> layout = SheetLayout(columns={"Sex": {"field": "participants.sex"}}, ignore=("Note*",))
    >>> column_uses([layout], ["Sex", "Notes", "Age"])
    ('mapped', 'ignored', 'unmapped')
    """
    known = {header_key(item.header) for layout in layouts for item in wanted_columns(layout)}
    known |= {header_key(header) for layout in layouts for header in layout.link}
    ignored = [header_key(header) for layout in layouts for header in layout.ignore]
    return tuple(_use(header_key(name), known, ignored) for name in names)


def _use(key: str, known: set[str], ignored: Sequence[str]) -> str:
    if key in known:
        return "mapped"
    return "ignored" if key in ignored or any(fnmatchcase(key, pattern) for pattern in ignored) else "unmapped"


def count_cells(used: Sequence[str], filled: pd.DataFrame) -> dict[str, int]:
    """Count the cells that hold anything: of all columns ('cells') and of each use. filled: of the records only."""
    held = np.array([np.count_nonzero(column.to_numpy()) for _, column in filled.items()], dtype=np.int64)
    kinds = np.array(used, dtype=object)
    return {"cells": int(held.sum())} | {use: int(held[kinds == use].sum()) for use in USES}
