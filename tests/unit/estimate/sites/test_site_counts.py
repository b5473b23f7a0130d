from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.sites.site_counts import few_sites, site_counts


@pytest.mark.parametrize(
    ("x", "n", "basis", "note"),
    [
        (5, 4, "proportion", "contradict each other"),
        (5, 4, "rate", ""),
        (0, 0, "proportion", "denominator is 0"),
        (0, 0, "rate", "time at risk is 0"),
        (0, 0, "ratio", "expected number is 0"),
        (None, 4, "proportion", "not known"),
        (3, None, "proportion", "not known"),
        (0, 4, "proportion", ""),
    ],
)
def test_what_cannot_be_compared_says_why_and_is_kept(x, n, basis, note):
    found = site_counts(pd.DataFrame({"x": [x, 1], "n": [n, 9]}), "x", "n", basis)
    assert note in found.note[0]
    assert bool(found.usable[0]) == (note == "")
    assert found.usable[1]


@pytest.mark.parametrize(
    ("frame", "basis", "code"),
    [
        ({"y": [1], "n": [2]}, "proportion", "E230"),
        ({"x": [-1], "n": [2]}, "proportion", "E231"),
        ({"x": [np.inf], "n": [2]}, "rate", "E231"),
        ({"x": ["some"], "n": [2]}, "proportion", "E231"),
        ({"x": [0.5], "n": [2]}, "proportion", "E231"),
        ({"x": [0], "n": [0]}, "proportion", "E232"),
        ({"x": [1], "n": [2]}, "share", "E233"),
    ],
)
def test_bad_counts_are_refused_in_words(frame, basis, code):
    with pytest.raises(EstimateError, match=code):
        site_counts(pd.DataFrame(frame), "x", "n", basis)


def test_few_sites_are_said():
    assert "one site" in few_sites(1)
    assert "two sites" in few_sites(2)
    assert few_sites(20) == ""
