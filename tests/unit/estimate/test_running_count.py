from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evaltools.estimate.running_count import count_below


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60), st.integers(0, 2**32 - 1))
def test_is_the_count(ranks, seed):
    ranks = np.array(ranks)
    rng = np.random.default_rng(seed)
    first, below = rng.integers(0, len(ranks) + 1, 30), rng.integers(0, 25, 30)
    expected = [int((ranks[:length] < bound).sum()) for length, bound in zip(first, below, strict=True)]
    assert count_below(ranks, first, below).tolist() == expected
