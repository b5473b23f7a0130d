from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.clean.distinct import distinct_cells
from evaltools.clean.issues import Spot
from evaltools.clean.join_entries import join_entries
from evaltools.clean.reading import CleanColumn, Reading, apply_readings
from evaltools.clean.vocabulary import Vocabulary
from evaltools.domain.harmonised import LEDGER, QUARANTINE

CELLS = pd.Series(["03/04/2021", "", "soon", "soon"], index=[4, 5, 6, 9], dtype=object)
READINGS = {
    "03/04/2021": Reading(pd.Timestamp("2021-04-03"), "date dd/mm/yyyy"),
    "": Reading(None),
    "soon": Reading(None, "set aside", "D102", True, "no day", "declared: dd/mm/yyyy"),
}


def _applied(spot: Spot) -> CleanColumn:
    return apply_readings(distinct_cells(CELLS), Vocabulary(READINGS.__getitem__, "datetime64[ns]"), spot)


def test_values_ledger_quarantine_and_flags(spot: Spot) -> None:
    done = _applied(spot)
    assert done.values.rows.tolist() == [4, 5, 6, 9]
    assert done.values.series().isna().tolist() == [False, True, True, True]
    ledger = join_entries(done.issues.ledger, LEDGER)
    assert ledger[["cells", "count", "rule", "raw", "new"]].to_numpy().tolist() == [
        ["C4", 1, "date dd/mm/yyyy", "03/04/2021", "2021-04-03"],
        ["C6, C9", 2, "set aside", "soon", ""],
    ]
    aside = join_entries(done.issues.quarantine, QUARANTINE)
    assert aside[["level", "code", "row", "cell", "raw", "why"]].to_numpy().tolist() == [
        ["value", "D102", 6, "C6", "soon", "no day"],
        ["value", "D102", 9, "C9", "soon", "no day"],
    ]
    (flag,) = done.issues.flags
    assert (flag.code, flag.rows, flag.count, flag.detail) == ("D102", (6, 9), 2, "declared: dd/mm/yyyy")


def test_identifiers_are_told_by_position_only(spot: Spot) -> None:
    done = _applied(replace(spot, identifier=True))
    ledger = join_entries(done.issues.ledger, LEDGER)
    assert ledger["rule"].tolist() == ["date dd/mm/yyyy", "set aside"]
    assert ledger["cells"].tolist() == ["C4", "C6, C9"]
    assert ledger[["raw", "new"]].eq("").all(axis=None)
    assert join_entries(done.issues.quarantine, QUARANTINE)["raw"].eq("").all()
    assert done.issues.flags[0].detail == ""
