from __future__ import annotations

import numpy as np
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.event_table import event_table, number_at_risk, ordered_groups


def test_counts_by_time_and_cause(four):
    table = event_table(four)
    assert table.to_dict("list") == {
        "group": ["all"] * 3,
        "time": [2, 3, 5],
        "at_risk": [4, 3, 1],
        "events": [1, 2, 0],
        "censored": [0, 0, 1],
        "events_1": [1, 1, 0],
        "events_2": [0, 1, 0],
    }


def test_at_risk_is_entry_before_the_time_and_duration_not_before_it(make):
    late = make([4, 6, 6], [1, 1, 0], entry=[0, 4, 2])
    assert event_table(late)["at_risk"].tolist() == [2, 2]


def test_everybody_who_enters_at_zero_is_at_risk_on_day_zero(make):
    table = event_table(make([0, 0, 7], [1, 0, 0], entry=[0, 0, 3]))
    assert table["at_risk"].tolist() == [2, 1]


def test_groups_in_alphabetical_order_with_missing_as_its_own_group_at_the_end(make):
    sites = make([1, 2, 3], [1, 0, 1], site=[None, "b", "a"])
    assert event_table(sites, by="site")["group"].tolist() == ["a", "b", "(missing)"]
    assert [people.tolist() for _, people in ordered_groups(sites, "site")] == [[2], [1], [0]]


def test_agrees_with_counting_one_by_one(many):
    table = event_table(many, by="site")
    for row in table.itertuples():
        inside = many.data["site"].to_numpy() == row.group
        started = (many.entry < row.time) | (many.entry == 0)
        assert row.at_risk == np.sum(inside & started & (many.duration >= row.time))
        now = inside & (many.duration == row.time)
        assert [row.events_1, row.events_2, row.censored] == [np.sum(now & (many.cause == code)) for code in (1, 2, 0)]


def test_number_at_risk_between_the_times(make):
    late = make([4, 6, 6], [1, 1, 0], entry=[0, 4, 2])
    counts = number_at_risk(late, [0, 3, 5, 7])
    assert counts["day"].tolist() == [0, 3, 5, 7]
    assert counts["at_risk"].tolist() == [1, 2, 2, 0]


def test_nobody_gives_no_rows(make):
    assert event_table(make([], [])).empty
    assert list(event_table(make([], [])).columns)[:3] == ["group", "time", "at_risk"]
    assert number_at_risk(make([], []), [1]).empty


def test_leaves_its_input_alone(four):
    before = four.data.copy()
    event_table(four)
    assert four.data.equals(before)


def test_unknown_column_says_what_to_use(four):
    with pytest.raises(EstimateError, match="days, status"):
        event_table(four, by="region")
