from __future__ import annotations

import pandas as pd

from evaltools.clean.issues import Flag, Issues, Spot, cells_of, joined


def test_ten_cells_are_named_and_then_dots() -> None:
    assert cells_of(0, range(1, 13), 12) == "A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, ..."
    assert cells_of(-1, [7], 1) == "A7"
    assert cells_of(2, [], 0) == ""


def test_issues_join_in_order(spot: Spot) -> None:
    first, second = pd.DataFrame({"count": [1]}), pd.DataFrame({"count": [2]})
    whole = joined([Issues((first,)), Issues((second,), (), (Flag("D101", spot),))])
    assert [frame["count"].item() for frame in whole.ledger] == [1, 2]
    assert len(whole.flags) == 1


def test_a_spot_moves_to_another_column_of_its_sheet(spot: Spot) -> None:
    assert spot.at(5, "Age").header == "Age"
    assert spot.at(5, "Age").file == spot.file
