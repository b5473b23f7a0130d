from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.domain.label_groups import MISSING, combined_groups, groups_of_column, groups_that_occur


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([2, 10, 2], ("10", "2")),
        ([1_000_000, 5, -5], ("-5", "1000000", "5")),
        (["b", None, "a"], ("a", "b", MISSING)),
        (pd.Categorical(["b", "a", "b"], ["b", "a"]), ("a", "b")),
    ],
)
def test_codes_find_the_label_of_each_row(values, labels):
    groups = groups_that_occur(groups_of_column(pd.Series(values)))
    assert groups.labels == labels
    said = [MISSING if pd.isna(value) else str(value) for value in values]
    assert [groups.labels[code] for code in groups.codes] == said


@given(st.lists(st.tuples(*[st.sampled_from(["", "x", "x, y", "y", "'x'", "x', 'y", None])] * 3), min_size=1, max_size=30))
def test_rows_are_in_one_group_just_when_all_their_labels_are_the_same(rows):
    columns = [pd.Series(column, dtype=object) for column in zip(*rows, strict=True)]
    groups = combined_groups([groups_of_column(column) for column in columns])
    for first, code in zip(rows, groups.codes, strict=True):
        assert (groups.codes == code).tolist() == [row == first for row in rows]
    assert len(set(groups.labels)) == len(groups.labels) == len(set(rows))
    assert set(np.unique(groups.codes)) == set(range(len(groups.labels)))


def test_combinations_that_could_be_very_many_are_only_those_that_occur():
    each = groups_of_column(pd.Series([*range(500)]))
    groups = combined_groups([each, each, each])
    assert len(groups.labels) == 500
    assert groups.labels[groups.codes[7]] == "7, 7, 7"
