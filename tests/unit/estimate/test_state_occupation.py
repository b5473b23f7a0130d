from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.domain.event_times import EventTimes
from evaltools.domain.state_history import StateHistory
from evaltools.errors import EstimateError
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.state_occupation import state_occupation

STATES = ("referred", "engaged", "in job", "out again", "left", "dead")


def programme(people=200, seed=5):
    """People who wander through the states of a programme by day."""
    rng = np.random.default_rng(seed)
    after = {"referred": [1, 4], "engaged": [2, 2, 4, 5], "in job": [3, 3, 3, 4], "out again": [2, 4]}
    events, last = [], []
    for person in range(people):
        state, day, end = "referred", 0, int(rng.integers(60, 400))
        events.append((person, state, day))
        while state in after:
            day += int(rng.integers(1, 120))
            if day > end:
                break
            state = STATES[rng.choice(after[state])]
            events.append((person, state, day))
        last.append(max(end, day) if state not in after else end)
    seen = pd.DataFrame(events, columns=["id", "state", "day"])
    frame = pd.DataFrame(
        {"id": range(people), "last": last, "site": rng.choice(["a", "b"], people), "es": rng.integers(0, 9, people)}
    )
    return StateHistory.from_events(seen, frame, "id", "last", states=STATES, absorbing=("left", "dead"))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 2), st.integers(1, 6), st.booleans()), min_size=3, max_size=30))
def test_probabilities_add_up_to_one_and_no_return_is_kaplan_meier(people):
    """Q18. Healthy, ill, dead without recovery: leaving the first state is one minus Kaplan-Meier of any exit."""
    rows = []
    for person, (stop, to, more, dies) in enumerate(people):
        rows.append((person, "well", [None, "ill", "dead"][to], 0, stop))
        if to == 1:
            rows.append((person, "ill", "dead" if dies else None, stop, stop + more))
    frame = pd.DataFrame(rows, columns=["id", "from", "to", "start", "stop"])
    found = state_occupation(StateHistory.from_frame(frame, "id", states=("well", "ill", "dead")))
    total = found.curves.groupby("time")["probability"].sum()
    np.testing.assert_allclose(total, 1.0, atol=1e-12)
    first = frame[frame["from"] == "well"]
    left = EventTimes.from_frame(first.assign(left=first["to"].notna().astype(int)), "stop", "left")
    stays = kaplan_meier(left)
    well = found.at(stays["time"]).query("state == 'well'")
    np.testing.assert_allclose(well["probability"], stays["survival"], atol=1e-12)


def test_competing_risks_are_the_special_case_of_one_move():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"days": rng.integers(1, 40, 120), "status": rng.integers(0, 3, 120)})
    times = EventTimes.from_frame(frame, "days", "status", causes={1: "job", 2: "left"})
    rows = frame.assign(id=range(120), start=0, origin="engaged", to=frame["status"].map({0: None, 1: "job", 2: "left"}))
    history = StateHistory.from_frame(rows, "id", origin="origin", stop="days")
    curves = cumulative_incidence(times)
    for cause in ("job", "left"):
        one = curves[curves["cause"] == cause]
        read = state_occupation(history).at(one["time"]).query("state == @cause")
        np.testing.assert_allclose(read["probability"], one["incidence"], atol=1e-12)
        np.testing.assert_allclose(read["se"], one["se"], atol=1e-12)


def test_days_in_all_states_add_up_to_the_horizon():
    found = state_occupation(programme(), by="site", horizon=200)
    assert found.expected.groupby("group")["days"].sum().tolist() == pytest.approx([200, 200])
    assert found.expected["note"].eq("").all()
    assert (found.expected["lower"] <= found.expected["days"]).all()


def test_states_can_be_chosen_and_ordered():
    found = state_occupation(programme(), states=("in job", "left"), horizon=100)
    assert found.expected["state"].tolist() == ["in job", "left"]


@pytest.mark.parametrize("cluster", [None, "es"])
def test_bootstrap_and_jackknife_say_nearly_the_same(cluster):
    history = programme(400)
    ours = state_occupation(history, horizon=200, cluster=cluster).expected
    theirs = state_occupation(history, horizon=200, cluster=cluster, interval="bootstrap", replicates=400, seed=1).expected
    np.testing.assert_allclose(theirs["days"], ours["days"])
    np.testing.assert_allclose(theirs["se"], ours["se"], rtol=0.25)  # 9 clusters, 400 draws


def test_the_seed_decides_the_bootstrap():
    history = programme(60)
    first, again = (state_occupation(history, horizon=90, interval="bootstrap", replicates=30, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(first.expected, again.expected)


def test_a_horizon_beyond_follow_up_is_not_estimated():
    found = state_occupation(programme(), horizon=2000)
    assert found.expected["days"].isna().all()
    assert found.expected["note"].str.startswith("not estimable: nobody is followed beyond day").all()


def test_nobody_moves():
    frame = pd.DataFrame({"id": [1, 2], "from": "out", "to": [None, None], "start": 0, "stop": [5, 9]})
    found = state_occupation(StateHistory.from_frame(frame, "id", states=("out", "job")))
    assert found.expected["days"].tolist() == [9, 0]
    assert found.expected["note"].tolist() == ["no interval: everybody spent the same days in the state"] * 2
    assert found.notes == ("all: nobody moved from one state to another",)


def test_missing_labels_are_a_group_and_order_does_not_matter():
    history = programme(80)
    frame = history.data.assign(site=history.data["site"].where(history.data["id"] > 9), to=history.target)
    states = dict(enumerate(STATES))
    frame = frame.assign(to=pd.Series(history.target).map(states), **{"from": pd.Series(history.origin).map(states)})
    shuffled = frame.sample(frac=1, random_state=1)
    one, two = (
        state_occupation(StateHistory.from_frame(rows, "id", states=STATES), by="site", horizon=90).expected
        for rows in (frame, shuffled)
    )
    assert list(dict.fromkeys(one["group"])) == ["a", "b", "(missing)"]
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"states": ("prison",)}, "no state 'prison'"),
        ({"interval": "bayes"}, "no interval called 'bayes'"),
        ({"by": "nowhere"}, "no column 'nowhere'"),
        ({"level": 1.5}, "not a confidence level"),
        ({"interval": "bootstrap", "replicates": 3}, "3 replicates"),
    ],
)
def test_bad_arguments_are_worded(arguments, said):
    with pytest.raises(EstimateError, match=said):
        state_occupation(programme(20), **arguments)


@pytest.mark.slow
def test_the_interval_of_the_days_covers_the_truth():
    """Q19. Out of work and in a job by turns with known daily rates, followed for 30 to 200 days."""
    p, truth = np.array([1.0, 0.0]), np.zeros(2)
    for _ in range(100):
        truth += p
        p = p @ np.array([[0.98, 0.02], [0.05, 0.95]])
    rng, covered = np.random.default_rng(7), 0
    for _ in range(400):
        rows = []
        for person in range(80):
            day, state, end = 0, 0, int(rng.integers(30, 200))
            while day < end:
                stop = day + int(rng.geometric((0.02, 0.05)[state]))
                moved = stop <= end
                rows.append((person, ("out", "job")[state], ("job", "out")[state] if moved else None, day, min(stop, end)))
                day, state = min(stop, end), 1 - state
        frame = pd.DataFrame(rows, columns=["id", "from", "to", "start", "stop"])
        row = state_occupation(StateHistory.from_frame(frame, "id"), states=("job",), horizon=100).expected.iloc[0]
        covered += row["lower"] <= truth[1] <= row["upper"]
    assert 0.93 <= covered / 400 <= 0.97
