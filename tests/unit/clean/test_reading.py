from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd

from evaltools.clean.distinct import distinct_cells
from evaltools.clean.issues import Spot
from evaltools.clean.reading import Reading, apply_readings

CELLS = pd.Series(["03/04/2021", "", "soon", "soon"], index=[4, 5, 6, 9], dtype=object)
READINGS = [
    Reading(pd.Timestamp("2021-04-03"), "date dd/mm/yyyy"),
    Reading(None),
    Reading(None, "set aside", "D102", True, "no day", "declared: dd/mm/yyyy"),
]


def test_values_ledger_quarantine_and_flags(spot: Spot) -> None:
    done = apply_readings(distinct_cells(CELLS), READINGS, spot, "datetime64[ns]")
    assert done.values.index.tolist() == [4, 5, 6, 9]
    assert done.values.isna().tolist() == [False, True, True, True]
    (ledger,) = done.issues.ledger
    assert ledger[["cells", "count", "rule", "raw", "new"]].to_numpy().tolist() == [
        ["C4", 1, "date dd/mm/yyyy", "03/04/2021", "2021-04-03"],
        ["C6, C9", 2, "set aside", "soon", ""],
    ]
    (aside,) = done.issues.quarantine
    assert aside[["level", "code", "row", "cell", "raw", "why"]].to_numpy().tolist() == [
        ["value", "D102", 6, "C6", "soon", "no day"],
        ["value", "D102", 9, "C9", "soon", "no day"],
    ]
    (flag,) = done.issues.flags
    assert (flag.code, flag.rows, flag.count, flag.detail) == ("D102", (6, 9), 2, "declared: dd/mm/yyyy")


def test_identifiers_are_told_by_position_only(spot: Spot) -> None:
    hidden = replace(spot, identifier=True)
    done = apply_readings(distinct_cells(CELLS), READINGS, hidden, "datetime64[ns]")
    (ledger,) = done.issues.ledger
    assert ledger["rule"].tolist() == ["date dd/mm/yyyy", "set aside"]
    assert ledger[["raw", "new"]].eq("").all(axis=None)
    assert done.issues.quarantine[0]["raw"].eq("").all()
    assert done.issues.flags[0].detail == ""


def test_cells_stay_objects_when_asked(spot: Spot) -> None:
    cells = pd.Series(["x", datetime(2021, 4, 3)], dtype=object)
    done = apply_readings(distinct_cells(cells), [Reading("x"), Reading(datetime(2021, 4, 3))], spot, "object")
    assert done.values.tolist() == cells.tolist()
    assert done.issues.ledger == ()
