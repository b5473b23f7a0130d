from __future__ import annotations

import dataclasses

import pytest

from evaltools.domain.instrument import INSTRUMENTS, Instrument, instrument_id
from evaltools.errors import EstimateError


@pytest.mark.parametrize("written", ["PHQ-9", "phq 9", "PHQ9", "Phq_9"])
def test_one_instrument_is_written_in_many_ways(written):
    assert instrument_id(written) == "phq9"


def test_the_short_scale_is_another_instrument():
    assert instrument_id("SWEMWBS") != instrument_id("WEMWBS")


def test_every_known_instrument_stands_under_its_id_and_says_which_way_is_better():
    for name, each in INSTRUMENTS.items():
        assert name == each.id == instrument_id(each.id)
        assert each.better in ("higher", "lower")
        assert each.reliability is each.sd is None  # these depend on the population, so a study states them


@pytest.mark.parametrize(
    "wrong", [{"minimum": 35}, {"reliability": 1.0}, {"reliability": 0.0}, {"sd": 0.0}, {"maximum": float("nan")}]
)
def test_a_scale_that_cannot_be_is_refused_by_name(wrong):
    with pytest.raises(EstimateError, match="E193") as refused:
        dataclasses.replace(INSTRUMENTS["swemwbs"], **wrong)
    assert "swemwbs" in str(refused.value)


def test_a_scale_may_go_below_zero():
    assert Instrument("eq5d", "An index", -0.6, 1, "higher").minimum == -0.6
