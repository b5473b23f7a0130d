from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import get_args

import pytest

from evaltools.domain.definition import Definition, Denominator, ExactHours, KeptRule, StartRule
from evaltools.schema.read import read_schema

SHIPPED = read_schema(Path(__file__).parents[3] / "data_schema").definitions


def test_the_shipped_profiles_are_the_six_official_ones():
    assert set(SHIPPED) == {"bit_cbo", "fair_start", "ipsgrow_2024", "ipspc", "lcf_mhep", "nhse_mhsds"}
    for held in SHIPPED.values():
        assert held.job_start_denominator in get_args(Denominator)
        assert held.exactly_threshold in get_args(ExactHours)
        assert held.kept_rule in get_args(KeptRule)
    assert {held.start_rule for held in SHIPPED.values()} == set(get_args(StartRule))


def test_a_rule_of_weeks_in_a_window_needs_the_whole_window_to_be_followed():
    assert SHIPPED["ipspc"].weeks_to_follow(13) == 16
    assert SHIPPED["fair_start"].weeks_to_follow(13) == 13


def test_a_profile_is_a_value():
    profile = SHIPPED["bit_cbo"]
    assert dataclasses.replace(profile) == profile
    assert dataclasses.replace(profile, gap_days=7) != profile
    with pytest.raises(dataclasses.FrozenInstanceError):
        profile.gap_days = 7  # type: ignore[misc]


def test_every_rule_must_be_said():
    with pytest.raises(TypeError, match="exactly_threshold"):
        Definition(**{key: value for key, value in vars(SHIPPED["bit_cbo"]).items() if key != "exactly_threshold"})


def test_the_scope_is_said_in_words():
    from dataclasses import replace
    from pathlib import Path

    from evaltools.schema.read import read_schema

    profiles = read_schema(Path(__file__).parents[3] / "data_schema").definitions
    assert profiles["bit_cbo"].scope == "people engaged"
    assert profiles["ipsgrow_2024"].scope == "people engaged and out of work"
    assert replace(profiles["bit_cbo"], job_start_denominator="engaged_out_of_work").scope == profiles["ipsgrow_2024"].scope
