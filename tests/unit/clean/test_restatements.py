from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from evaltools.clean.delivery_chains import Chains
from evaltools.clean.restatements import RESTATEMENTS, changed_rows, described, no_restatements
from evaltools.schema.read import read_schema

ROOT = Path(__file__).parents[3]


def _chains() -> Chains:
    on = np.array(["2024-01-31", "2024-02-29"], dtype="datetime64[D]")
    zeros, no = np.zeros(2, dtype="int64"), np.zeros(2, dtype=bool)
    return Chains(np.array([1, 0]), np.array([0, 1]), np.array([0, 1]), zeros, zeros, on, on[[1, 1]], no, no)


def test_a_change_names_its_person_its_deliveries_and_where_it_stands() -> None:
    table = read_schema(ROOT / "data_schema").tables["participants"]
    rows = pd.DataFrame({"participant_id": ["P1", "P1"], "_source": [7, 3], "_part": [2, 1]})
    texts = np.array(["female"], dtype=object), np.array(["male"], dtype=object)
    changes = changed_rows("restated", "sex", _chains(), np.array([1]), np.array([0]), texts)
    told = described([changes], rows, table)
    assert told.dtypes.astype(str).to_dict() == RESTATEMENTS
    assert told[["what", "key", "field", "old", "new", "_source", "_part"]].to_numpy().tolist() == [
        ["restated", "P1", "sex", "female", "male", 7, 2]
    ]
    assert [str(day.date()) for day in told.loc[0, ["from_delivery", "to_delivery"]]] == ["2024-01-31", "2024-02-29"]


def test_no_changes_are_an_empty_table_of_the_same_columns() -> None:
    table = read_schema(ROOT / "data_schema").tables["participants"]
    pd.testing.assert_frame_equal(described([], pd.DataFrame(), table), no_restatements())
