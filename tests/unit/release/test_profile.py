from __future__ import annotations

import dataclasses

import pytest

from evaltools.errors import StudyError
from evaltools.release.profile import PROFILES, find_profile


def test_a_profile_is_found_by_its_id():
    assert find_profile("uk-public") is PROFILES["uk-public"]
    assert find_profile("uk-public").protects
    assert not find_profile("open").protects


@pytest.mark.parametrize(
    ("name", "fix"), [("uk_public", "did you mean 'uk-public'?"), ("none at all", "use one of: uk-public, open")]
)
def test_an_unknown_profile_is_a_fault_of_the_study_file(name, fix):
    with pytest.raises(StudyError) as caught:
        find_profile(name)
    assert caught.value.exit_code == 10
    assert caught.value.problems[0].code == "S108"
    assert caught.value.problems[0].fix == fix


def test_the_words_of_a_rule_say_its_numbers(uk):
    assert f"1 to {uk.smallest - 1}" in uk.words
    assert f"nearest {uk.multiple}" in uk.words
    assert f"{uk.curve_block_events} events apart" in uk.words


def test_a_rule_cannot_be_changed_on_the_way(uk):
    with pytest.raises(dataclasses.FrozenInstanceError):
        uk.smallest = 1
    with pytest.raises(TypeError):
        PROFILES["uk-public"] = PROFILES["open"]  # type: ignore[index]
