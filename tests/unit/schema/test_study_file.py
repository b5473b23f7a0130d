from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from evaltools.domain.family_settings import FamilySettings
from evaltools.schema.study_file import StudyFile

ABOUT = {"id": "own", "title": "Our own", "kind": "records", "data_cut": date(2019, 9, 30), "definitions": ["bit_cbo"]}
SCALE = {"id": "gas", "label": "Goals", "minimum": 0, "maximum": 10, "better": "higher"}


def _file(**sections: Any) -> StudyFile:
    return StudyFile.model_validate({"study": ABOUT, **sections})


def test_a_study_that_says_nothing_of_families_has_the_usual_settings() -> None:
    assert _file().families == FamilySettings()


def test_what_a_study_says_of_families_reaches_them() -> None:
    said = _file(
        benefits={"migration_days": 60, "sensitivity": [45, 50], "specificity": 0.9},
        scores={"days": 91},
        contacts={"employer_within": 42},
        caseload={"ramp_up_months": 0, "cuts": [15, 25]},
        instruments=[{**SCALE, "reliability": 0.8, "sd": 2.0, "source": "Ours 2019"}],
    ).families
    assert (said.migration_days, said.sensitivity, said.specificity) == (60, (45.0, 50.0), 0.9)
    assert (said.scores.days, said.employer_within, said.ramp_up_months, said.caseload_cuts) == (91, 42, 0, (15, 25))
    assert said.instruments["gas"].sd == 2.0
    assert "phq9" in said.instruments


@pytest.mark.parametrize(
    "section",
    [
        {"benefits": {"migration": 1}},
        {"instruments": [{**SCALE, "maximum": 0}]},
        {"instruments": [{**SCALE, "reliability": 0.8}]},
        {"study": {**ABOUT, "definitions": ["bit_cbo", "bit_cbo"]}},
        {"sites": [{"id": "a", "name": "A", "opens": date(2020, 1, 1), "closes": date(2019, 1, 1)}]},
    ],
)
def test_what_cannot_be_meant_is_refused(section: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _file(**section)
