from __future__ import annotations

import pytest

from evaltools.report.timescale import timescale


@pytest.mark.parametrize(
    ("days", "longest", "name"),
    [
        ([0, 91, 183, 274, 365, 548], 730, "month"),
        ([0, 42, 91, 182, 364], 800, "week"),
        ([0, 10, 100], 200, "day"),
        ([], 300, "month"),
    ],
)
def test_the_unit_suits_the_days(days, longest, name):
    assert timescale(days, longest).name == name


def test_ticks_are_few():
    unit = timescale([7, 364], 364)
    assert unit.of(364) / unit.step <= 8
    assert unit.words(7) == "1 week"


def test_a_very_long_axis_takes_the_widest_step():
    assert timescale([365], 365 * 40).step == 24
