"""Explain what newer deliveries changed: carried values, marks for the findings, and the private table of restatements."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd

from evaltools.clean.cell_names import cell_name
from evaltools.clean.explain_rows import Places
from evaltools.clean.issues import FIRST, Flag, Issues, Spot
from evaltools.clean.newest_wins import Newest
from evaltools.clean.typed_values import groups

__all__ = ["RULE", "explain_deliveries", "of_newest_files", "place_restatements"]

RULE = "older delivery"
"""Rule of the ledger for a value that an older delivery states and the newest one leaves empty."""

_SUPERSEDED, _RESTATED, _GONE, _CARRIED = "D150", "D151", "D152", "D153"
_CODES = {"restated": _RESTATED, "erased": _RESTATED, "gone": _GONE, "carried": _CARRIED}
_DETAILS = {
    _RESTATED: "the delivery of {to} says otherwise than that of {of}",
    _GONE: "last seen in the delivery of {of}, and missing from that of {to}",
    _CARRIED: "empty in the delivery of {to}; what that of {of} says stands",
}
_OF_OLD_FILES = frozenset({"D101", _SUPERSEDED, _GONE, "D154"})


def explain_deliveries(newest: Newest, fate: np.ndarray, places: Places) -> Issues:
    """Explain superseded records and changed values. fate: of each record, as judged.

    Every carried value is a ledger row of its own, so that the ledger replays; superseded rows are ledgered as merged ones.
    """
    changes = newest.restatements.assign(code=newest.restatements["what"].map(_CODES).astype(object))
    changes["sheet"], changes["row"] = places.records.sheet[changes["_source"]], places.records.row[changes["_source"]]
    changes = changes[(changes["what"] != "gone") | ~changes.duplicated(["what", "_source"])]
    flags, carried = [], []
    for (sheet, part, field, code), group in groups(changes, ["sheet", "_part", "field", "code"]):
        spot = places.spot(sheet, part, field)
        flags.append(Flag(code, spot, tuple(sorted(group["row"])[:FIRST]), len(group), _detail(code, group)))
        if code == _CARRIED:
            carried.append(_carried(group, spot))
    sources = newest.copies["_source"].unique()
    merged = np.sort(sources[(fate == "merged")[sources]])
    rows = pd.DataFrame({"sheet": places.records.sheet[merged], "row": places.records.row[merged]})
    for (sheet,), group in groups(rows, ["sheet"]):
        flags.append(Flag(_SUPERSEDED, places.sheets[sheet], tuple(group["row"].head(FIRST)), len(group)))
    return Issues(tuple(carried), (), tuple(flags))


def _detail(code: str, group: pd.DataFrame) -> str:
    pairs = group[["from_delivery", "to_delivery"]].drop_duplicates().sort_values(["to_delivery", "from_delivery"])
    words = [_DETAILS[code].format(of=_day(of), to=_day(to)) for of, to in pairs.tail(3).itertuples(index=False)]
    return "; ".join(words) + (f" and {len(pairs) - 3} more" if len(pairs) > 3 else "")


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day.month_name()} {day.year}"


def _carried(group: pd.DataFrame, spot: Spot) -> pd.DataFrame:
    letters = cell_name(max(spot.position, 0), 1).removesuffix("1")
    return pd.DataFrame(
        {
            "file": spot.file,
            "sheet": spot.sheet,
            "column": spot.header,
            "cells": (letters + group["row"].astype("string")).array,
            "count": 1,
            "table": group["table"].array,
            "field": group["field"].array,
            "rule": RULE,
            "raw": "",
            "new": group["old"].array,
        }
    )


def of_newest_files(flags: Iterable[Flag], older_files: Collection[str]) -> tuple[Flag, ...]:
    """Leave out the marks of files that a newer delivery of their return replaces: what is still wrong stands there again.

    older_files: names of such files. What a newer delivery does to them, and that a file cannot be read, is said anyway.
    """
    return tuple(flag for flag in flags if flag.spot.file not in older_files or flag.code in _OF_OLD_FILES)


def place_restatements(restatements: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Say where each restatement stands: file, sheet and cell instead of record and part numbers."""
    source = restatements["_source"].to_numpy(dtype="int64")
    held = restatements.assign(_sheet=places.records.sheet[source], _row=places.records.row[source])
    parts = [
        group.assign(file=spot.file, sheet=spot.sheet, cell=letters + group["_row"].astype("string"))
        for (sheet, part, field), group in groups(held, ["_sheet", "_part", "field"])
        for spot in [places.spot(sheet, part, field)]
        for letters in [cell_name(max(spot.position, 0), 1).removesuffix("1")]
    ]
    texts = dict.fromkeys(("file", "sheet", "cell"), "string")
    placed = pd.concat(parts).sort_index() if parts else held.assign(file="", sheet="", cell="")
    return placed.drop(columns=["_source", "_part", "_sheet", "_row"]).astype(texts).reset_index(drop=True)
