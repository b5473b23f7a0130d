from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.at_times import at_times
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.pseudo_observations import pseudo_observations


def people(n=40, seed=3):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({"days": rng.integers(1, 30, n), "status": rng.integers(0, 3, n), "site": rng.choice(["a", "b"], n)})


def times_of(frame):
    return EventTimes.from_frame(frame, "days", "status", causes={1: "job", 2: "left"})


def test_survival_is_the_literal_jack_knife_of_kaplan_meier():
    frame = people()
    found = pseudo_observations(times_of(frame), [5, 15], "survival")
    whole = at_times(kaplan_meier(times_of(frame)), [5, 15])["value"].to_numpy()
    for person in range(len(frame)):
        rest = at_times(kaplan_meier(times_of(frame.drop(person))), [5, 15])["value"].to_numpy()
        mine = found.loc[found["position"] == person, "pseudo"]
        np.testing.assert_allclose(mine, len(frame) * whole - (len(frame) - 1) * rest, atol=1e-12)


def test_without_censoring_they_are_the_outcome_itself():
    frame = people().assign(status=1)
    times = times_of(frame)
    np.testing.assert_allclose(pseudo_observations(times, 10)["pseudo"], (frame["days"] <= 10).astype(float), atol=1e-10)
    np.testing.assert_allclose(
        pseudo_observations(times, 10, "restricted_mean")["pseudo"], frame["days"].clip(upper=10), atol=1e-10
    )


def test_time_lost_to_all_causes_and_time_without_event_add_up():
    times = times_of(people())
    kinds = [pseudo_observations(times, 20, "time_lost", cause) for cause in ("job", "left")]
    rest = pseudo_observations(times, 20, "restricted_mean")
    np.testing.assert_allclose(sum(each["pseudo"] for each in kinds) + rest["pseudo"], 20.0)


def test_groups_are_left_out_of_their_own_estimate():
    frame = people()
    both = pseudo_observations(times_of(frame), 12, by="site")
    alone = pseudo_observations(times_of(frame[frame["site"] == "b"]), 12)
    mine = both[both["position"].isin(np.flatnonzero(frame["site"] == "b"))]
    np.testing.assert_allclose(mine["pseudo"], alone["pseudo"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"days": 5, "of": "hazard"}, "no pseudo-observations of 'hazard'"),
        ({"days": 5, "cause": "prison"}, "no cause 'prison'"),
        ({"days": 500}, "nobody in the group 'all' is followed to day 500"),
    ],
)
def test_bad_arguments_are_worded(arguments, said):
    frame = people()
    frame.loc[0, ["days", "status"]] = [30, 0]
    with pytest.raises(EstimateError, match=said):
        pseudo_observations(times_of(frame), **arguments)


def test_one_person_cannot_be_left_out():
    with pytest.raises(EstimateError, match="has one person"):
        pseudo_observations(times_of(people(1)), 1)


def test_weights_are_refused():
    times = EventTimes.from_frame(people().assign(w=2.0), "days", "status", causes={1: "job", 2: "left"}, weights="w")
    with pytest.raises(EstimateError, match="weighted person"):
        pseudo_observations(times, 5)
