from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
from pandas.testing import assert_series_equal

from evaltools.clean.distinct import distinct_cells
from evaltools.clean.issues import Spot
from evaltools.clean.join_entries import join_entries
from evaltools.clean.tidy_text import filled_cells, tidied_cells, tidy, tidy_column
from evaltools.domain.harmonised import LEDGER


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
    tidied, issues = tidy_column(distinct_cells(cells), spot)
    assert [tidied.values[code] for code in tidied.codes] == ["F", "M", "F", datetime(2021, 4, 3)]
    ledger = join_entries(issues.ledger, LEDGER)
    assert ledger[["cells", "count", "rule", "raw", "new"]].to_numpy().tolist() == [["C4, C6", 2, "trim", " F", "F"]]
    assert [(flag.code, flag.count) for flag in issues.flags] == [("D117", 2)]
    assert_series_equal(before, cells)


def test_identifiers_are_tidied_without_a_word_of_them(spot: Spot) -> None:
    cells = pd.Series([" A1", "A1", "A2 "], index=[4, 5, 6], dtype=object)
    _, issues = tidy_column(distinct_cells(cells), replace(spot, identifier=True))
    ledger = join_entries(issues.ledger, LEDGER)
    assert ledger[["cells", "count", "raw", "new"]].to_numpy().tolist() == [["C4, C6", 2, "", ""]]


def test_a_tidy_cell_stays_the_same_object() -> None:
    for cells in (["plain", " x"], ["zoë", " x", "a\u00a0"], [datetime(2021, 4, 3), " x"]):
        tidied = tidied_cells(cells)
        assert tidied[0] is cells[0]
        assert tidied[1] == "x"


def test_a_cell_of_spaces_holds_nothing() -> None:
    cells = pd.DataFrame({0: ["x", " \u00a0"], 1: [datetime(2021, 4, 3), ""]}, dtype=object)
    assert filled_cells(cells).to_numpy().tolist() == [[True, True], [False, False]]
