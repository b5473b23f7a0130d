from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from evaltools.estimate.decomposition import decompose

counts = st.lists(st.integers(1, 5000), min_size=3, max_size=3)


@given(counts, counts)
def test_parts_multiply_to_the_total(achieved, target):
    table = decompose(achieved, target, ["engagement", "conversion", "sustainment"]).set_index("part")["value"]
    assert np.prod(table.drop("total")) == pytest.approx(table["total"], rel=1e-12)
    assert table["total"] == pytest.approx(achieved[-1] / target[-1])


def test_published_split():
    table = decompose([704, 219, 104], [799, 379, 206], ["engagement", "conversion", "sustainment"])
    assert_allclose(table["value"], [104 / 206, 704 / 799, (219 / 704) / (379 / 799), (104 / 219) / (206 / 379)])
    assert_allclose(table["achieved"], [104, 704, 219 / 704, 104 / 219])


def test_one_stage_is_its_own_total():
    assert decompose([5], [10], ["engagement"])["value"].tolist() == [0.5, 0.5]


def test_a_missing_count_or_no_target_is_missing_and_spares_the_rest():
    table = decompose([10, 4], [20, np.nan], ["engagement", "conversion"])
    assert table["value"].isna().tolist() == [True, False, True]
    assert decompose([10, 4], [20, 0], ["a", "b"])["value"].isna().tolist() == [True, False, True]


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="same number of stages"):
        decompose([1], [1, 2], ["a", "b"])
