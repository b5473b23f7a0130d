"""List the lines of a sheet that are no records, and those that are cut short."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.cell_ranges import cell_ranges
from evaltools.clean.issues import FIRST, Flag, Issues, Spot
from evaltools.clean.sheet import Sheet
from evaltools.schema.layout import SheetLayout

__all__ = ["list_lines", "short_lines"]


def list_lines(kinds: pd.Series, spot: Spot) -> Issues:
    """Make one ledger row for each kind of line that is no record. kinds: by row number."""
    ledger = []
    for kind in ("title", "header", "blank", "total"):
        rows = kinds.index.to_numpy()[(kinds == kind).to_numpy()]
        if len(rows):
            cells = cell_ranges(0, rows, np.array([0, len(rows)]))
            ledger.append(
                {"file": spot.file, "sheet": spot.sheet, "cells": cells, "count": [len(rows)], "rule": f"{kind} row"}
            )
    return Issues(ledger=tuple(ledger))


def short_lines(sheet: Sheet, layout: SheetLayout, records: pd.Index, spot: Spot) -> Issues:
    """Flag the records of a text file that have fewer entries than the header (D124): a delimiter may be missing."""
    if not sheet.short:
        return Issues()
    header = layout.header_row + layout.header_rows - 1
    width = sheet.short.get(header, sheet.cells.shape[1])
    held = set(records.tolist())
    rows = sorted(row for row, count in sheet.short.items() if count < width and row in held)
    if not rows:
        return Issues()
    return Issues(flags=(Flag("D124", spot, tuple(rows[:FIRST]), len(rows)),))
