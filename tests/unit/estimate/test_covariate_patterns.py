from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.estimate.covariate_patterns import covariate_patterns

RNG = np.random.default_rng(2)
FRAME = pd.DataFrame({"arm": RNG.integers(-1, 2, 400), "site": pd.Categorical(RNG.choice(list("abc"), 400))})


def test_each_person_has_their_pattern():
    found = covariate_patterns(FRAME)
    assert len(found.frame) == 9
    assert_frame_equal(found.frame.iloc[found.pattern].reset_index(drop=True), FRAME)
    assert not found.frame.duplicated().any()


@pytest.mark.parametrize(
    "other", [RNG.normal(size=400), np.arange(400) * 1000.0, np.append(np.arange(1001.0).repeat(1)[:399], 0.5)]
)
def test_other_numbers_are_not_collapsed(other):
    found = covariate_patterns(FRAME.assign(other=other))
    assert found.pattern is None
    assert len(found.frame) == 400
