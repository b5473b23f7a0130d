from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.assemble_tables import Records
from evaltools.clean.explain_rows import Places
from evaltools.clean.issues import Spot
from evaltools.clean.name_records import name_records

SHEETS = [Spot("camden", "a.csv", ""), Spot("camden", "b.xlsx", "Jobs")]


def test_records_that_name_somebody_are_listed_by_their_place() -> None:
    places = Places(SHEETS, [], Records.of([np.array([2, 3]), np.array([4])]))
    named = name_records(pd.Series(["P1", None, "P1"], dtype="string"), places)
    assert named.to_numpy().tolist() == [["a.csv", "", 2, "P1"], ["b.xlsx", "Jobs", 4, "P1"]]


def test_a_study_without_records_names_nobody() -> None:
    named = name_records(pd.Series([], dtype="string"), Places([], [], Records.of([])))
    assert list(named.columns) == ["file", "sheet", "row", "participant_id"]
    assert named.empty
