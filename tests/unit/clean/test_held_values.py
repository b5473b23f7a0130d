from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.held_values import held_array, join_values, same_value

ROWS = np.array([2, 3, 5])
HELD = held_array(pd.array(["a", "b"], dtype="string"), np.array([1, 0, 1]), ROWS)


def test_every_row_has_the_value_of_its_number() -> None:
    assert HELD.series().to_dict() == {2: "b", 3: "a", 5: "b"}
    assert HELD.at(np.array([2, 1])).series().to_dict() == {5: "b", 3: "a"}


def test_one_value_or_none_for_every_row() -> None:
    assert same_value(None, "datetime64[ns]", ROWS).series().isna().all()
    assert same_value(16.0, "Float64", ROWS).series().tolist() == [16.0] * 3


def test_columns_are_joined_in_order() -> None:
    joined = join_values([HELD, same_value(None, "string", ROWS[:1])])
    assert joined.dtype == "string"
    assert joined.to_numpy(na_value="").tolist() == ["b", "a", "b", ""]
