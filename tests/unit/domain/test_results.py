from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.domain.results import CHECKS, COUNTS, CURVES, ESTIMATES, Results, combine, tidy

ROW = {"table_id": "flow", "row": "all", "column": "referred", "n": 3}


@pytest.mark.parametrize("columns", [ESTIMATES, CURVES, COUNTS, CHECKS])
def test_a_tidy_table_has_exactly_its_columns_and_types(columns):
    for rows in ([], [{next(iter(columns)): "x"}]):
        frame = tidy(rows, columns)
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == columns
        assert len(frame) == len(rows)


def test_what_nobody_filled_is_missing_and_so_is_empty_text():
    frame = tidy([{"table_id": "flow", "row": "", "n": None}], COUNTS)
    assert frame.isna().iloc[0].tolist() == [False, True, True, True]


def test_an_unknown_column_is_an_error():
    with pytest.raises(KeyError, match="colum"):
        tidy([{**ROW, "colum": "x"}], COUNTS)


def test_a_frame_is_taken_without_being_changed():
    frame = pd.DataFrame([{**ROW, "row": ""}], index=[7])
    before = frame.copy()
    assert tidy(frame, COUNTS).index.tolist() == [0]
    assert_frame_equal(before, frame)


def test_results_list_their_tables_in_reading_order():
    assert list(Results().tables()) == ["estimates", "curves", "counts", "checks"]
    assert all(frame.empty for frame in Results().tables().values())


def test_results_are_stacked_in_order():
    first, second = Results(counts=tidy([ROW], COUNTS)), Results(counts=tidy([{**ROW, "n": 4}], COUNTS))
    whole = combine([first, Results(checks=tidy([{"check_id": "a"}], CHECKS)), second])
    assert whole.counts["n"].tolist() == [3, 4]
    assert whole.checks["check_id"].tolist() == ["a"]
    assert whole.estimates.empty
    for name, frame in combine([]).tables().items():
        assert_frame_equal(frame, Results().tables()[name])
