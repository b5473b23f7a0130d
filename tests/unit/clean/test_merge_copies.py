from __future__ import annotations

import pandas as pd

from evaltools.clean.merge_copies import merge_copies
from evaltools.schema.table import Schema

ROWS = pd.DataFrame({"participant_id": ["P1", "P2", "P1"], "_source": [5, 6, 7], "_part": 0}, index=[10, 11, 12])


def test_the_first_row_stands_for_its_copies(schema: Schema) -> None:
    before = ROWS.copy()
    merged = merge_copies(ROWS, schema.tables["participants"])
    assert ROWS["_source"][merged.stays].tolist() == [5, 6]
    assert merged.copies.to_numpy().tolist() == [[7, 5, 0, "participants"]]
    pd.testing.assert_frame_equal(before, ROWS)


def test_an_order_may_say_what_is_first(schema: Schema) -> None:
    merged = merge_copies(ROWS, schema.tables["participants"], pd.Series([3, 2, 1], index=ROWS.index))
    assert ROWS["_source"][merged.stays].tolist() == [6, 7]
    assert merged.copies.to_numpy().tolist() == [[5, 7, 0, "participants"]]


def test_nothing_to_merge(schema: Schema) -> None:
    assert merge_copies(ROWS.iloc[:2], schema.tables["participants"]).copies.empty
    assert len(merge_copies(ROWS.iloc[:0], schema.tables["participants"]).stays) == 0
