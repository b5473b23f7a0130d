from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from evaltools.clean.coded_cells import coded_column
from evaltools.clean.distinct import distinct_cells


def test_a_day_and_its_text_are_two_values() -> None:
    cells = pd.Series(["2021-04-03", datetime(2021, 4, 3), "2021-04-03"], index=[2, 3, 4], dtype=object)
    distinct = distinct_cells(cells)
    assert list(distinct.values) == ["2021-04-03", datetime(2021, 4, 3)]
    rows, starts = distinct.rows_of(np.array([1, 0]))
    assert (rows.tolist(), starts.tolist()) == ([3, 2, 4], [0, 1, 3])


def test_rows_with_some_values_come_in_order() -> None:
    distinct = distinct_cells(pd.Series(["x", "y", "x", "z"], index=[2, 3, 5, 6]))
    assert distinct.rows_with(np.array([True, False, True])).tolist() == [2, 5, 6]


def test_values_of_a_coded_column_that_no_row_holds_are_left_out() -> None:
    column = pd.Series(coded_column(np.array([0, 2, 1, 2]), ["ID", "a", "b"]), index=[1, 2, 3, 4])
    distinct = distinct_cells(column.iloc[[1, 3]])
    assert (list(distinct.values), distinct.codes.tolist(), distinct.rows.tolist()) == (["b"], [0, 0], [2, 4])


def test_values_that_became_the_same_are_one() -> None:
    distinct = distinct_cells(pd.Series(["a", " a", "b"], index=[2, 3, 4])).recoded(["a", "a", "b"])
    assert (list(distinct.values), distinct.codes.tolist()) == (["a", "b"], [0, 0, 1])


def test_an_empty_column() -> None:
    assert list(distinct_cells(pd.Series([], dtype=object)).values) == []
