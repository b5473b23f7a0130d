from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.state_history import StateHistory
from evaltools.errors import EstimateError

STATES = ("referred", "engaged", "in job", "out again", "left", "dead")


def spells(**changes):
    columns = {
        "id": [1, 1, 2],
        "from": ["out", "job", "out"],
        "to": ["job", None, None],
        "start": [0, 5, 0],
        "stop": [5, 9, 4],
    }
    return pd.DataFrame(columns | changes)


def programme(events, last, **columns):
    seen = pd.DataFrame(events, columns=["id", "state", "day"])
    people = pd.DataFrame({"id": list(last), "last": list(last.values()), **columns})
    return StateHistory.from_events(seen, people, "id", "last", states=STATES, absorbing=("dead",))


def test_spells_are_put_in_order_and_the_input_is_left_alone():
    frame = spells().iloc[::-1].reset_index(drop=True)
    before = frame.copy()
    history = StateHistory.from_frame(frame, "id", states=("out", "job"))
    pd.testing.assert_frame_equal(frame, before)
    assert history.person.tolist() == [0, 1, 1]
    assert history.start.tolist() == [0.0, 0.0, 5.0]
    assert history.target.tolist() == [-1, 1, -1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": [0, 5, 4]}, "start is not before stop"),
        ({"start": [0, 5, None]}, "missing or infinite"),
        ({"start": [0, 4, 0]}, "begins before the person's last one ends"),
        ({"from": ["out", "out", "out"], "to": ["job", None, None]}, "another state than the one the person was last in"),
        ({"to": ["out", None, None]}, "ends in the state it was in"),
        ({"to": ["prison", None, None]}, "to is not in states"),
        ({"from": ["out", "prison", "out"]}, "missing or not in states"),
        ({"id": [1, 1, None]}, "id is missing"),
    ],
)
def test_spells_that_nobody_can_have_lived_are_refused(changes, said):
    with pytest.raises(EstimateError, match=said):
        StateHistory.from_frame(spells(**changes), "id", states=("out", "job"))


def test_an_absent_column_is_named():
    with pytest.raises(EstimateError, match="no column 'from'"):
        StateHistory.from_frame(spells().drop(columns="from"), "id")


def test_a_life_on_the_programme():
    history = programme(
        [
            (1, "referred", 0),
            (1, "engaged", 10),
            (1, "in job", 40),
            (1, "out again", 90),
            (1, "in job", 120),
            (1, "dead", 200),
        ],
        {1: 200},
    )
    assert [STATES[s] for s in history.origin] == ["referred", "engaged", "in job", "out again", "in job"]
    assert history.stop.tolist() == [10, 40, 90, 120, 200]
    assert not history.leavable()[STATES.index("dead")]


def test_of_states_entered_on_one_day_the_last_counts_and_a_repeated_state_is_one_spell():
    history = programme(
        [(1, "engaged", 0), (1, "referred", 0), (1, "in job", 7), (1, "in job", 9)],
        {1: 20},
    )
    assert [STATES[s] for s in history.origin] == ["engaged", "in job"]
    assert history.stop.tolist() == [7, 20]


def test_somebody_without_a_day_at_risk_is_counted_as_unseen():
    history = programme([(1, "referred", 0), (2, "referred", 0)], {1: 5, 2: 0})
    assert (history.people, history.unseen) == (1, 1)


@pytest.mark.parametrize(
    ("events", "last", "said"),
    [
        ([(1, "referred", 0), (1, "left", 9)], {1: 8}, "after the end of the person's follow-up"),
        ([(9, "referred", 0)], {1: 8}, "belong to nobody"),
    ],
)
def test_entries_that_cannot_be_are_refused(events, last, said):
    with pytest.raises(EstimateError, match=said):
        programme(events, last)


def test_a_missing_label_is_a_group_of_its_own_and_comes_last():
    history = programme([(1, "referred", 0), (2, "referred", 0)], {1: 5, 2: 6}, site=[None, "b"])
    units = history.units("site")
    assert units.labels == ("b", "(missing)")
    assert units.codes.tolist() == [1, 0]


def test_a_label_that_changes_within_a_person_is_refused():
    history = StateHistory.from_frame(spells(site=["a", "b", "a"]), "id")
    with pytest.raises(EstimateError, match="changes from one spell to the next"):
        history.units("site")


def test_days_may_be_spans_of_time_and_never_dates():
    spells = pd.DataFrame({"id": [1], "from": ["out"], "to": ["job"], "start": [0], "stop": [5]})
    spans = spells.assign(start=pd.to_timedelta(spells["start"], "D"), stop=pd.to_timedelta(spells["stop"], "D"))
    assert StateHistory.from_frame(spans, "id").stop.tolist() == [5.0]
    with pytest.raises(EstimateError, match="'stop' holds dates"):
        StateHistory.from_frame(spells.assign(stop=pd.Timestamp("2020-01-05")), "id")


def test_states_may_be_whole_numbers():
    spells = pd.DataFrame({"id": 1, "from": [1, 2], "to": [2, None], "start": [0, 5], "stop": [5, 9]})
    for names in (None, (1, 2), ("1", "2")):
        history = StateHistory.from_frame(spells, "id", states=names)
        assert history.states == ("1", "2")
        assert history.target.tolist() == [1, -1]
    seen, people = pd.DataFrame({"id": 1, "state": [1, 2], "day": [0, 5]}), pd.DataFrame({"id": [1], "last": [9]})
    assert StateHistory.from_events(seen, people, "id", "last", states=(1, 2)).stop.tolist() == [5.0, 9.0]
