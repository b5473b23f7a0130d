from __future__ import annotations

import pandas as pd

from evaltools.clean.typed_values import groups, typed_array, typed_series


def test_arrays_and_columns_have_the_named_type() -> None:
    assert typed_array(["a", None], "string").isna().tolist() == [False, True]
    assert typed_series(None, pd.RangeIndex(2), "datetime64[ns]").isna().all()
    assert typed_series("x", pd.RangeIndex(2), "string").tolist() == ["x", "x"]


def test_groups_have_tuples_as_keys_even_for_one_column_or_a_missing_value() -> None:
    frame = pd.DataFrame({"a": ["x", None, "x"], "b": [1, 1, 2]})
    assert [key[0] for key, _ in groups(frame, ["b"])] == [1, 2]
    assert len(list(groups(frame, ["a", "b"]))) == 3
