from __future__ import annotations

import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.named_cause import cause_code


def test_names_have_codes(four):
    assert [cause_code(four, name) for name in ("job", "left", None)] == [1, 2, None]


def test_an_unknown_cause_names_the_known_ones(four):
    with pytest.raises(EstimateError, match="job, left"):
        cause_code(four, "died")
