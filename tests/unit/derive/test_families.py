from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.derive.families import FAMILY_TABLES, derive_families
from evaltools.derive.outcomes import derive_all

CUT = date(2019, 9, 30)


@pytest.fixture
def derived(enrolments, jobs, profile):
    """derived(more tables, **fields of Ann's enrolment): every family, from Ann, engaged and later in a job."""

    def _derived(more=None, **fields):
        entry = {"engaged_date": "2018-02-01", **fields}
        tables = {"enrolments": enrolments(entry), "jobs": jobs({"start_date": "2018-06-01"}), **(more or {})}
        people = derive_all(tables, [profile()], {}, CUT)["outcomes"]
        return derive_families(tables, people, {}, CUT)

    return _derived


def test_a_study_of_work_alone_has_no_other_family(derived):
    assert derived() == {}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"first_contact_date": "2018-01-05"}, {"first_contacts"}),
        ({"months_out_of_work": 12}, {"work_history"}),
        (
            {"specialist_id": "A"},
            {"specialist_days", "specialist_months", "attribution", "unheld_cases", "assignment_faults"},
        ),
    ],
)
def test_what_an_enrolment_says_brings_its_family(derived, fields, expected):
    assert set(derived(**fields)) == expected


def test_a_table_brings_its_family(derived):
    day = pd.Timestamp("2018-02-01")
    ann = {"participant_id": ["ann"], "site_id": ["north"]}
    benefits = pd.DataFrame({**ann, "observed_date": day, "benefit": "uc", "receiving": True})
    measures = pd.DataFrame({**ann, "instrument": "GSE", "measured_date": day, "score": 20.0})
    posts = pd.DataFrame({**ann, "specialist_id": "A", "post_id": "p", "from_date": day, "to_date": day, "fte": 1.0})
    frames = derived({"benefits": benefits, "measures": measures, "specialists": posts}, specialist_id="A")
    assert {"benefit_off_flow", "measure_changes", "score_uses", "vacant_posts"} <= set(frames)
    assert set(frames) <= set(FAMILY_TABLES)
    assert frames["benefit_off_flow"]["on_benefit"].tolist() == ["yes"]
