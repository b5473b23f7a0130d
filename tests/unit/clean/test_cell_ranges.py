from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.cell_ranges import cell_ranges, rows_in

GROUPS = st.lists(st.sets(st.integers(1, 60), min_size=1).map(sorted), min_size=1, max_size=6)


def test_no_rows_have_no_names() -> None:
    assert cell_ranges(0, np.array([], dtype=np.int64), np.array([0])).tolist() == []
    assert rows_in("").tolist() == []


def test_rows_that_follow_each_other_across_groups_stay_apart() -> None:
    assert cell_ranges(26, np.array([1, 2, 3, 4]), np.array([0, 2, 4])).tolist() == ["AA1:AA2", "AA3:AA4"]


@given(groups=GROUPS, position=st.integers(0, 800))
def test_names_give_the_rows_back(groups: list[list[int]], position: int) -> None:
    starts = np.cumsum([0, *map(len, groups)])
    names = cell_ranges(position, np.concatenate([np.array(group) for group in groups]), starts)
    assert [rows_in(name).tolist() for name in names] == groups
