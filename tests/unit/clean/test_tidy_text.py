from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest
from pandas.testing import assert_series_equal

from evaltools.clean.issues import Spot
from evaltools.clean.tidy_text import filled_cells, tidy, tidy_column


@pytest.mark.parametrize(
    ("entered", "tidied"),
    [
        ("F", "F"),
        (" F ", "F"),
        ("F\u00a0", "F"),
        ("\ufeffF\u200b", "F"),
        ("a\u00a0b", "a b"),
        ("a\nb", "a b"),
        ("\u2018a\u2019 \u201cb\u201d", "'a' \"b\""),
        ("a  b", "a  b"),
        ("White – British", "White – British"),
        ("\u00a0\t", ""),
    ],
)
def test_only_spaces_invisible_characters_and_curly_quotes_change(entered: str, tidied: str) -> None:
    assert tidy(entered) == tidied


def test_a_column_is_tidied_with_one_ledger_row_for_each_value(spot: Spot) -> None:
    cells = pd.Series([" F", "M", " F", datetime(2021, 4, 3)], index=[4, 5, 6, 7], dtype=object)
    before = cells.copy()
    done = tidy_column(cells, spot)
    assert done.values.tolist() == ["F", "M", "F", datetime(2021, 4, 3)]
    (ledger,) = done.issues.ledger
    assert ledger[["cells", "count", "rule", "raw", "new"]].to_numpy().tolist() == [["C4, C6", 2, "trim", " F", "F"]]
    assert [(flag.code, flag.count) for flag in done.issues.flags] == [("D117", 2)]
    assert_series_equal(before, cells)


def test_a_cell_of_spaces_holds_nothing() -> None:
    cells = pd.DataFrame({0: ["x", " \u00a0"], 1: [datetime(2021, 4, 3), ""]}, dtype=object)
    assert filled_cells(cells).to_numpy().tolist() == [[True, True], [False, False]]
