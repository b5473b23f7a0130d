from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.results import CHECKS, ESTIMATES, tidy
from evaltools.errors import EstimateError
from evaltools.estimate import diagnostics as d


@pytest.mark.parametrize(
    ("passes", "fails"),
    [
        (d.events_per_parameter("m", 60, 6), d.events_per_parameter("m", 59, 6)),
        (d.hazards_proportional("m", 0.05), d.hazards_proportional("m", 0.0004)),
        (d.overlap("m", ["a", "b"], ["x", "x"]), d.overlap("m", ["a", "b"], ["x", None])),
        (d.common_support("m", list("aabb"), [1, 2, 1, 2]), d.common_support("m", list("aabb"), [1, 2, 8, 9])),
        (d.cluster_count("m", 30), d.cluster_count("m", 29)),
        (d.at_risk_floor("m", 10), d.at_risk_floor("m", 9)),
    ],
)
def test_each_check_passes_at_its_threshold_and_fails_beyond_it(passes, fails):
    assert (passes["status"], fails["status"]) == ("ok", "note")
    assert passes["check_id"] == fails["check_id"]
    assert fails["why"] != passes["why"]
    assert list(tidy([passes, fails], CHECKS)) == list(CHECKS)


def test_thresholds_are_arguments():
    assert d.events_per_parameter("m", 30, 6, least=5)["status"] == "ok"
    assert d.cluster_count("m", 6, least=5)["status"] == "ok"


def test_what_is_not_known_fails_in_words():
    found = d.hazards_proportional("m", np.nan)
    assert (found["status"], found["why"]) == ("note", "proportional hazards cannot be judged, its value is not known")


def estimates():
    rows = [
        {"estimate_id": "cox.job.age", "value": 0.2},
        {"estimate_id": "cox.job.sex", "value": 0.1, "note": "adjusted"},
        {"estimate_id": "cox.jobs", "value": 0.3},
        {"estimate_id": "km", "value": 0.4, "note": "kept"},
    ]
    return tidy(rows, ESTIMATES)


def test_the_gate_marks_what_fails_with_every_reason_and_changes_no_number():
    before = estimates()
    checks = [d.events_per_parameter("cox.job", 20, 4), d.cluster_count("cox.job", 6), d.at_risk_floor("km", 99)]
    after = d.gate(before, checks)
    pd.testing.assert_frame_equal(before, estimates())
    pd.testing.assert_frame_equal(after.drop(columns="note"), before.drop(columns="note"))
    first, second, third, fourth = after["note"]
    assert first.startswith(d.GREYED + "too few events for so many coefficients; too few clusters")
    assert not any(letter.isdigit() for letter in first)  # so that release has nothing to take out
    assert second.endswith("; adjusted")
    assert pd.isna(third)
    assert fourth == "kept"


def test_other_notes_are_not_failures():
    note = {"check_id": "subgroup_not_known", "subject": "km", "status": "note", "value": 1, "threshold": 1, "why": "some"}
    assert d.gate(estimates(), [note])["note"].iloc[3] == "kept"


def test_no_checks_mark_nothing():
    pd.testing.assert_frame_equal(d.gate(estimates(), []), estimates())


@pytest.mark.parametrize(
    "call",
    [
        lambda: d.events_per_parameter("m", 5, 0),
        lambda: d.overlap("m", ["a"], ["x", "y"]),
        lambda: d.common_support("m", ["a", "b"], [1.0, np.nan]),
    ],
)
def test_bad_arguments_are_worded(call):
    with pytest.raises(EstimateError):
        call()
