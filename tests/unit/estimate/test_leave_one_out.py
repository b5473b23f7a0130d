from __future__ import annotations

import numpy as np
import pytest

from evaltools.estimate.leave_one_out import people_at_times, whole_and_without


def random_people(seed, late):
    rng = np.random.default_rng(seed)
    duration = rng.integers(1, 12, 15).astype(float)
    entry = np.where(rng.random(15) < 0.4, np.floor(duration * rng.random(15)), 0.0) if late else np.zeros(15)
    event = rng.random(15) < 0.7
    return duration, entry, event, event & (rng.random(15) < 0.5)


def incidence(duration, entry, event, of_cause, score):
    """By hand, with everybody given."""
    lived, total = 1.0, 0.0
    for now in np.unique(duration[event]):
        there = ((entry < now) | (entry == 0)) & (duration >= now)
        if there.any():
            total += score(now) * lived * (of_cause & (duration == now)).sum() / there.sum()
            lived *= 1 - (event & (duration == now)).sum() / there.sum()
    return total


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_each_person_left_out_in_turn(seed, late):
    data = random_people(seed, late)
    people = people_at_times(*data)
    scores = [lambda now: float(now <= 6), lambda now: max(9 - now, 0.0)]
    whole, without = whole_and_without(people, np.array([[score(now) for now in people.time] for score in scores]))
    for d, score in enumerate(scores):
        assert whole[d] == pytest.approx(incidence(*data, score))
        for person in range(15):
            kept = np.arange(15) != person
            assert without[person, d] == pytest.approx(incidence(*(part[kept] for part in data), score), abs=1e-12)


def test_the_last_person_at_risk_can_be_left_out():
    people = people_at_times(np.array([2.0, 5.0]), np.zeros(2), np.array([True, True]), np.array([True, True]))
    _, without = whole_and_without(people, np.ones((1, 2)))
    assert without.ravel().tolist() == [1.0, 1.0]


def test_nobody_has_an_event():
    people = people_at_times(np.array([2.0, 5.0]), np.zeros(2), np.zeros(2, dtype=bool), np.zeros(2, dtype=bool))
    whole, without = whole_and_without(people, np.ones((1, 0)))
    assert (whole.tolist(), without.ravel().tolist()) == ([0.0], [0.0, 0.0])
