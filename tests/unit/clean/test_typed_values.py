from __future__ import annotations

import pandas as pd

from evaltools.clean.typed_values import concat_arrays, groups, typed_array


def test_arrays_have_the_named_type() -> None:
    assert typed_array(["a", None], "string").isna().tolist() == [False, True]


def test_groups_have_tuples_as_keys_even_for_one_column_or_a_missing_value() -> None:
    frame = pd.DataFrame({"a": ["x", None, "x"], "b": [1, 1, 2]})
    assert [key[0] for key, _ in groups(frame, ["b"])] == [1, 2]
    assert len(list(groups(frame, ["a", "b"]))) == 3


def test_arrays_of_one_type_are_joined() -> None:
    joined = concat_arrays([typed_array([True], "boolean"), typed_array([None, False], "boolean")])
    assert joined.tolist() == [True, pd.NA, False]
    assert joined.dtype == "boolean"
