"""Find the other cells of a column with the same entry, where a finding lists only the first ones."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evaltools.clean.returned_sheet import ReturnedSheet

__all__ = ["alike_cells"]

_BY_ENTRY = ("D107",)  # codes that the entry alone decides: whoever else entered it has the same fault


def alike_cells(
    cells: pd.DataFrame, findings: pd.DataFrame, sheets: Mapping[tuple[str, str], ReturnedSheet]
) -> pd.DataFrame:
    """Add to the cells of a finding those below its header that hold one of the same entries, if it has more than it lists.

    cells: of `fault_cells`. findings: with a fresh index. Only for findings that the entry alone decides.
    """
    listed = cells.groupby("finding").size()
    short = findings.index[
        findings["code"].isin(_BY_ENTRY) & (findings["count"] > listed.reindex(findings.index, fill_value=0))
    ]
    frames = [cells]
    for finding in short:
        mine = cells[cells["finding"] == finding]
        sheet = sheets.get((str(findings.at[finding, "file"]), str(findings.at[finding, "sheet"])))
        if sheet is None or mine.empty:
            continue
        position = int(mine["position"].iloc[0])
        column = sheet.cells[position]
        entries = set(column.reindex(mine["row"]).dropna())
        rows = column.index[np.array([entry in entries for entry in column], dtype=bool) & (column.index >= sheet.body)]
        frames.append(mine.iloc[[0] * len(rows)].assign(row=rows.to_numpy(), why=""))
    return pd.concat(frames, ignore_index=True).drop_duplicates(["finding", "position", "row"], ignore_index=True)
