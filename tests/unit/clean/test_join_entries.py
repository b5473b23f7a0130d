from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.join_entries import entry_count, join_entries

COLUMNS = {"file": "string", "rule": "string", "count": "Int64", "row": "Int64"}


def test_parts_of_every_kind_come_into_one_frame() -> None:
    frame = pd.DataFrame({"file": ["b.csv", None], "count": [3, 4], "other": [1, 2]})
    joined = join_entries([{"file": "a.csv", "rule": np.array(["trim"], dtype=object), "count": [1]}, frame], COLUMNS)
    assert joined.dtypes.astype(str).to_dict() == COLUMNS
    assert joined[["file", "rule", "count"]].to_numpy().tolist() == [["a.csv", "trim", 1], ["b.csv", "", 3], ["", "", 4]]
    assert joined["row"].isna().all()


def test_nothing_said_is_an_empty_frame_with_its_types() -> None:
    joined = join_entries([{"file": "a.csv", "count": []}], COLUMNS)
    assert joined.empty
    assert joined.dtypes.astype(str).to_dict() == COLUMNS


def test_rows_are_counted_by_whichever_column_is_a_list() -> None:
    assert entry_count({"file": "a.csv", "row": np.array([4, 5])}) == 2
    assert entry_count(pd.DataFrame({"file": []})) == 0
