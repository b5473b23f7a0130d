from __future__ import annotations

import pandas as pd

from evaltools.domain.alternative import ALSO, also, is_default


def test_a_further_reading_is_told_from_the_default():
    terms = pd.Series([also("of people referred"), "job", "", None, "an also: within"], dtype="string")
    assert is_default(terms).tolist() == [False, True, True, True, True]
    assert also("x").startswith(ALSO)


def test_nothing_is_no_answer():
    assert is_default(pd.Series([], dtype="string")).tolist() == []
