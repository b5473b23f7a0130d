from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import get_args

import pytest

from evaltools.domain.definition import Definition, Denominator, ExactHours
from evaltools.schema.read import read_schema

SHIPPED = read_schema(Path(__file__).parents[3] / "data_schema").definitions


def test_the_shipped_profiles_use_every_choice_that_there_is():
    assert {held.job_start_denominator for held in SHIPPED.values()} == set(get_args(Denominator))
    assert {held.exactly_threshold for held in SHIPPED.values()} == set(get_args(ExactHours))


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
