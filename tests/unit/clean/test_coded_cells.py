from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from evaltools.clean.coded_cells import coded_cells, coded_column, held_where

CELLS = pd.DataFrame({0: ["a", "b", "a"], 1: ["", datetime(2021, 4, 3), "2021-04-03"]}, index=[1, 2, 4], dtype=object)


def test_the_same_cells_each_distinct_one_once() -> None:
    coded = coded_cells(CELLS)
    assert coded.to_numpy(dtype=object).tolist() == CELLS.to_numpy().tolist()
    assert coded[0].cat.categories.tolist() == ["a", "b"]
    assert coded.index.tolist() == [1, 2, 4]


def test_a_coded_column_stays_as_it_is() -> None:
    coded = coded_cells(CELLS)
    assert coded_cells(coded)[0].array is coded[0].array


def test_rows_whose_value_is_wanted() -> None:
    column = pd.Series(coded_column(np.array([0, 1, 0]), ["F", "M"]))
    assert held_where(column, np.array([True, False])).tolist() == [True, False, True]


def test_more_values_than_small_codes_can_number() -> None:
    values = [str(number) for number in range(40_000)]
    assert coded_column(np.arange(40_000), values).tolist() == values
