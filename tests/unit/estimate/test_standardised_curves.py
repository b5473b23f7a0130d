from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.at_times import at_times
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.standardised_curves import standardised_curves


def confounded(n=1500, seed=1):
    """Site b takes harder people and does nothing to anybody: the true difference is 0."""
    rng = np.random.default_rng(seed)
    hard = rng.random(n) < 0.5
    site = np.where(rng.random(n) < np.where(hard, 0.8, 0.2), "b", "a")
    days = np.ceil(rng.exponential(np.where(hard, 120.0, 40.0))).clip(1, 100)
    frame = pd.DataFrame({"days": days, "status": (days < 100).astype(int), "site": site, "hard": hard.astype(int)})
    return EventTimes.from_frame(frame.assign(es=np.arange(n) % 60), "days", "status")


@pytest.mark.parametrize("how", [{"strata": "hard"}, {"formula": "hard"}])
def test_a_difference_of_case_mix_alone_disappears(how):
    times = confounded()
    plain = at_times(kaplan_meier(times, "site"), [50])["value"]
    found = standardised_curves(times, "site", [50], replicates=100, **how)
    row = found.contrasts.iloc[0]
    assert abs(plain.iloc[1] - plain.iloc[0]) > 0.15
    assert row["lower"] < 0 < row["upper"]
    assert row["value"] == pytest.approx(found.estimates["value"].iloc[1] - found.estimates["value"].iloc[0])
    assert (row["group"], row["versus"]) == ("b", "a")


def test_clusters_are_drawn_and_the_seed_decides():
    first, again = (
        standardised_curves(confounded(300), "site", [50], "hard", cluster="es", replicates=50, seed=2) for _ in range(2)
    )
    pd.testing.assert_frame_equal(first.estimates, again.estimates)
    assert first.clusters == 60


def test_no_overlap_is_said_in_estimates_and_contrasts():
    times = confounded(300)
    never = times.data["hard"].where(times.data["site"] == "a", 2)
    found = standardised_curves(
        EventTimes.from_frame(times.data.assign(kind=never), "days", "status"), "site", [50], "kind", replicates=30
    )
    assert found.estimates["value"].isna().all()
    assert found.estimates["note"].str.contains("no overlap").all()
    assert found.contrasts["note"].str.contains("no overlap").all()


def test_a_missing_group_is_a_group():
    times = confounded(300)
    site = times.data["site"].where(times.data.index > 40)
    again = EventTimes.from_frame(times.data.assign(site=site), "days", "status")
    for how in ({"strata": "hard"}, {"formula": "hard"}):
        found = standardised_curves(again, "site", [20], replicates=20, **how)
        assert found.estimates["group"].tolist() == ["a", "b", "(missing)"]
        assert np.isfinite(found.estimates["value"]).all()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "not given once"),
        ({"strata": "hard", "formula": "hard"}, "not given once"),
        ({"strata": "nowhere"}, "no column 'nowhere'"),
    ],
)
def test_bad_arguments_are_worded(arguments, said):
    with pytest.raises(EstimateError, match=said):
        standardised_curves(confounded(100), "site", [20], **arguments)


def test_one_group_has_nothing_to_compare():
    times = confounded(100)
    with pytest.raises(EstimateError, match="one group"):
        standardised_curves(EventTimes.from_frame(times.data.assign(site="a"), "days", "status"), "site", [20], "hard")


def test_people_without_a_covariate_are_counted_and_said():
    rng = np.random.default_rng(3)
    n = 80
    columns = {"days": rng.integers(1, 40, n), "status": 1, "x": rng.normal(size=n), "g": rng.choice(list("ab"), n)}
    frame = pd.DataFrame(columns)
    frame.loc[50:, "x"] = np.nan
    times, whole = (EventTimes.from_frame(each, "days", "status") for each in (frame, frame.iloc[:50]))
    found = standardised_curves(times, "g", [10], formula="x", replicates=20)
    assert (found.n, found.n_missing, found.clusters) == (50, 30, 50)
    assert found.note == "30 rows without every covariate were set aside"
    assert "with every covariate" in found.method
    pd.testing.assert_frame_equal(
        found.estimates, standardised_curves(whole, "g", [10], formula="x", replicates=20).estimates
    )
