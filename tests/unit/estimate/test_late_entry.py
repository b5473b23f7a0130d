from __future__ import annotations

import numpy as np

from evaltools.estimate.late_entry import first_safe_day


def test_nobody_late_is_safe_from_the_start(make):
    assert first_safe_day(make(range(1, 21), [1] * 20)) == {"all": 0}


def test_small_early_risk_sets_are_waited_for(make):
    late = make([2, 3, *[9] * 12], [1, 1, *[0] * 12], entry=[1, 1, *[4] * 12])
    assert first_safe_day(late) == {"all": 3}


def test_a_falling_risk_set_at_the_end_does_not_matter(make):
    late = make([*range(11, 31)], [1] * 20, entry=[1] * 20)
    assert first_safe_day(late) == {"all": 0}


def test_never_enough(make):
    assert first_safe_day(make([3, 4], [1, 1], entry=[1, 1])) == {"all": np.inf}


def test_each_group_has_its_own_day(make):
    late = make([2, 9, 9, 9], [1, 1, 0, 1], entry=[1, 4, 0, 0], site=["a", "a", "b", "b"])
    assert first_safe_day(late, "site", least=1) == {"a": 0, "b": 0}
    assert first_safe_day(late, "site", least=2) == {"a": np.inf, "b": 0}
