"""Remember where the rows of the canonical tables stand in the providers' files, so that they can be judged again."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evaltools.clean.coded_texts import coded_texts
from evaltools.clean.explain_rows import Places
from evaltools.clean.issues import Spot

__all__ = ["PLACED", "PLACES", "SPOTS", "fits", "place_rows", "place_spots"]

PLACED = ("participants", "enrolments", "jobs", "evidence", "contacts", "benefits")
"""Tables that are judged; no later step puts another table in their place."""

PLACES: dict[str, str] = {
    "table": "category",  # canonical table; its rows in their order
    "part": "int32",  # the part of a sheet that gave the row
    "row": "int32",  # the row in the sheet, from 1
}
SPOTS: dict[str, str] = {
    "part": "int32",
    "site": "string",
    "file": "string",
    "sheet": "string",
    "position": "int32",  # of the column, from 0; -1 for the sheet as a whole
    "header": "string",
    "table": "string",
    "field": "string",  # empty for the sheet as a whole
    "identifier": "boolean",
}


def place_rows(tables: Mapping[str, pd.DataFrame], places: Places) -> pd.DataFrame:
    """Give the place of each row of the tables PLACED (columns PLACES). tables: with ORIGIN columns. Holds no entry."""
    rows = [tables[name][["_source", "_part"]] for name in PLACED]
    numbers = np.repeat(np.arange(len(PLACED), dtype=np.int8), [len(some) for some in rows])
    source = np.concatenate([some["_source"].to_numpy(dtype="int64") for some in rows])
    placed = {
        "table": coded_texts(numbers, PLACED),
        "part": np.concatenate([some["_part"].to_numpy(dtype="int32") for some in rows]),
        "row": places.records.row[source].astype("int32"),
    }
    return pd.DataFrame(placed, copy=False)[list(PLACES)]


def place_spots(places: Places) -> pd.DataFrame:
    """Give the columns of each part of a sheet, and the sheet as a whole (columns SPOTS)."""
    held = []
    for number, part in enumerate(places.parts):
        held.append(_line(number, part.spot.at(-1), ""))
        held += [_line(number, spot, field) for field, spot in part.spots.items()]
    return pd.DataFrame(held, columns=list(SPOTS)).astype(SPOTS)


def _line(part: int, spot: Spot, field: str) -> dict[str, object]:
    shown = {name: getattr(spot, name) for name in ("site", "file", "sheet", "position", "header", "table", "identifier")}
    return {**shown, "part": part, "field": field}


def fits(places: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> bool:
    """Say whether places belong to these tables: as many rows of each."""
    counted = places["table"].value_counts()
    return all(name in tables and len(tables[name]) == counted.get(name, 0) for name in PLACED)
