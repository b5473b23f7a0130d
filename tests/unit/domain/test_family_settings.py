from __future__ import annotations

import dataclasses

import pytest

from evaltools.domain.family_settings import FamilySettings
from evaltools.domain.instrument import INSTRUMENTS


def test_without_a_word_from_the_study_nothing_is_corrected_or_called_reliable():
    settings = FamilySettings()
    assert settings.sensitivity is settings.specificity is settings.contact_within is None
    assert settings.instruments == INSTRUMENTS
    assert list(settings.caseload_cuts) == sorted(settings.caseload_cuts)


def test_settings_cannot_be_changed_once_made():
    with pytest.raises(dataclasses.FrozenInstanceError):
        FamilySettings().migration_days = 1
