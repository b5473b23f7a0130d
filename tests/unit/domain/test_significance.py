from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from evaltools.domain.significance import TestResult


def test_a_result_cannot_be_changed():
    result = TestResult(3.6, 3, 0.308, "Pearson chi-squared", n=2610, groups=4)
    with pytest.raises(FrozenInstanceError):
        result.p = 0.01
    assert (result.reason, result.note) == ("", "")
