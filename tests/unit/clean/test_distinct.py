from __future__ import annotations

from datetime import datetime

import pandas as pd

from evaltools.clean.distinct import distinct_cells


def test_a_day_and_its_text_are_two_values() -> None:
    cells = pd.Series(["2021-04-03", datetime(2021, 4, 3), "2021-04-03"], index=[2, 3, 4], dtype=object)
    distinct = distinct_cells(cells)
    assert distinct.values == ("2021-04-03", datetime(2021, 4, 3))
    assert distinct.rows_of(0).tolist() == [2, 4]
    assert distinct.count(1) == 1


def test_the_first_ten_rows() -> None:
    distinct = distinct_cells(pd.Series(["x"] * 12, index=range(2, 14)))
    assert distinct.first_rows(0) == tuple(range(2, 12))
    assert distinct.count(0) == 12


def test_an_empty_column() -> None:
    assert distinct_cells(pd.Series([], dtype=object)).values == ()
