from __future__ import annotations

import pandas as pd

from evaltools.clean.issues import Spot
from evaltools.clean.join_entries import join_entries
from evaltools.clean.list_lines import list_lines, short_lines
from evaltools.clean.sheet import Sheet
from evaltools.domain.harmonised import LEDGER
from evaltools.schema.layout import SheetLayout

SPOT = Spot("camden", "a.csv", "")


def test_lines_that_are_no_records_are_listed() -> None:
    kinds = pd.Series(["title", "title", "header", "record", "blank", "record", "blank"], index=range(1, 8))
    ledger = join_entries(list_lines(kinds, SPOT).ledger, LEDGER)
    assert ledger[["rule", "cells", "count"]].to_numpy().tolist() == [
        ["title row", "A1:A2", 2],
        ["header row", "A3", 1],
        ["blank row", "A5, A7", 2],
    ]


def test_records_with_fewer_entries_than_the_header_are_said() -> None:
    cells = pd.DataFrame([[""] * 4] * 4, index=[1, 2, 3, 4])
    sheet = Sheet("a.csv", "", cells, short={1: 3, 2: 2, 3: 3, 4: 1})
    (flag,) = short_lines(sheet, SheetLayout(), pd.Index([2, 3]), SPOT).flags
    assert (flag.code, flag.rows, flag.count) == ("D124", (2,), 1)
    assert short_lines(Sheet("a.csv", "", cells), SheetLayout(), pd.Index([2]), SPOT).flags == ()
