from __future__ import annotations

import dataclasses

import pytest
from pydantic import TypeAdapter, ValidationError

from evaltools.domain.counted_outcome import CountedOutcome, Decomposition

STARTS = {"id": "starts", "label": "Job starts", "numerator": ["started"], "denominator": ["engaged"]}


def test_an_outcome_is_read_from_settings():
    outcome = TypeAdapter(CountedOutcome).validate_python(STARTS | {"denominator_name": "people engaged"})
    assert outcome == CountedOutcome("starts", "Job starts", ("started",), ("engaged",), "people engaged")
    assert (outcome.unit, outcome.test) == ("person", "share")


@pytest.mark.parametrize(
    "wrong",
    [
        {},  # a denominator without a name
        {"denominator_name": "people engaged", "test": "guess"},
        {"denominator_name": "people engaged", "numeratr": ["started"]},
    ],
)
def test_an_outcome_that_is_not_understood_is_refused(wrong):
    with pytest.raises(ValidationError):
        TypeAdapter(CountedOutcome).validate_python(STARTS | wrong)


def test_a_decomposition_is_of_the_high_scenario_unless_it_says_otherwise():
    assert Decomposition(("engaged", "started")).scenario == "high"
    with pytest.raises(ValidationError):
        TypeAdapter(Decomposition).validate_python({"measures": ["engaged"], "scenari": "low"})


def test_settings_cannot_be_changed_on_the_way():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Decomposition(("engaged",)).scenario = "low"  # type: ignore[misc]
