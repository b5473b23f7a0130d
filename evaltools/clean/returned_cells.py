"""Find every cell that a finding is about, with what the quarantine says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from evaltools.clean.sheet import column_letters

__all__ = ["cells_in", "column_position", "fault_cells"]

_COLUMNS = {"finding": "int64", "file": "object", "sheet": "object", "position": "int64", "row": "int64", "why": "object"}
_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?")


def column_position(letters: str) -> int:
    """Give the position of a column, from 0.

    >>> column_position("A"), column_position("AA")
    (0, 26)
    """
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - 64
    return position - 1


def cells_in(cells: str) -> pd.DataFrame:
    """Read a list of cells and ranges into columns 'position' (from 0) and 'row' (from 1); a '...' at its end is left out.

    >>> cells_in("G15:G17, G33").to_numpy().tolist()
    [[6, 15], [6, 16], [6, 17], [6, 33]]
    """
    found = pd.DataFrame(_RANGE.findall(cells or ""), columns=["left", "top", "right", "bottom"], dtype=object)
    found["right"] = found["right"].where(found["right"] != "", found["left"])
    found["bottom"] = found["bottom"].where(found["bottom"] != "", found["top"])
    places = {letters: column_position(letters) for letters in pd.unique(found[["left", "right"]].to_numpy().ravel())}
    left, right = (found[side].map(places).to_numpy(dtype="int64") for side in ("left", "right"))
    top, bottom = (found[side].astype("int64").to_numpy() for side in ("top", "bottom"))
    wide = np.maximum(right - left + 1, 1)
    position = np.repeat(left, wide) + _steps(wide)
    top, high = np.repeat(top, wide), np.repeat(np.maximum(bottom - top + 1, 1), wide)
    return pd.DataFrame({"position": np.repeat(position, high), "row": np.repeat(top, high) + _steps(high)})


def _steps(counts: np.ndarray) -> np.ndarray:
    """Count 0, 1, 2 ... anew within each repeat."""
    ends = np.cumsum(counts)
    steps: np.ndarray = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
    return steps


def fault_cells(findings: pd.DataFrame, quarantine: pd.DataFrame) -> pd.DataFrame:
    """Give one row for each cell of each finding: finding (its row number), file, sheet, position, row, why.

    findings, quarantine: columns of `domain.harmonised`. Where a finding lists only its first cells, the quarantine gives
    the rest. why: what the quarantine says of the cell, or empty.
    """
    aside = quarantine.assign(
        cell=quarantine["cell"].where(quarantine["cell"] != "", "A" + quarantine["row"].astype("string"))
    )
    aside = aside[aside["row"].notna()]
    by_place = {key: held for key, held in aside.groupby(["code", "file", "sheet"], sort=False)}
    empty = aside.iloc[:0]
    frames = [
        _cells_of(number, finding, by_place.get((finding["code"], finding["file"], finding["sheet"]), empty))
        for number, finding in enumerate(findings.to_dict("records"))
    ]
    held = [frame.astype(_COLUMNS) for frame in frames if len(frame)]
    if not held:
        return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in _COLUMNS.items()})
    return pd.concat(held, ignore_index=True)


def _cells_of(number: int, finding: Mapping[Any, Any], aside: pd.DataFrame) -> pd.DataFrame:
    listed = cells_in(str(finding["cells"]))
    if listed.empty:
        return listed
    letters = column_letters(int(listed["position"].iloc[0]))
    mine = aside[aside["cell"].str.fullmatch(letters + r"\d+")]
    if "..." in str(finding["cells"]):
        rest = pd.DataFrame({"position": listed["position"].iloc[0], "row": mine["row"].astype("int64")})
        listed = pd.concat([listed, rest])
    listed = listed.drop_duplicates().sort_values(["position", "row"], kind="stable")
    why = mine.drop_duplicates("row").set_index("row")["why"]
    said = listed["row"].map(why).fillna("")
    return listed.assign(finding=number, file=finding["file"], sheet=finding["sheet"], why=said)[list(_COLUMNS)]
