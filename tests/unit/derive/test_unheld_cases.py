from __future__ import annotations

import pandas as pd
import pytest

from evaltools.derive.unheld_cases import unheld_cases, vacant_posts

PEOPLE = pd.DataFrame({"site_id": ["north", "south"], "active_from": [0, 40], "active_to": [40, 39]})  # from 1 January 1970


def test_days_without_a_holder_are_counted_by_month():
    holds = pd.DataFrame({"row": [0, 0], "first": [0, 30], "last": [9, 35]})
    found = unheld_cases(holds, PEOPLE)
    assert found.assign(month=found["month"].dt.strftime("%Y-%m")).to_numpy().tolist() == [
        ["north", "1970-01", 31, 20],
        ["north", "1970-02", 10, 5],
    ]


def test_two_holders_leave_no_day_unheld():
    holds = pd.DataFrame({"row": [0, 0], "first": [0, 0], "last": [40, 40]})
    assert unheld_cases(holds, PEOPLE)["unheld_days"].sum() == 0


def posts(*rows):
    frame = pd.DataFrame(rows, columns=["post_id", "from_date", "to_date"]).assign(site_id="north")
    for name in ("from_date", "to_date"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def test_a_gap_between_two_holders_of_a_post_is_a_vacancy():
    found = vacant_posts(posts(("p1", "2019-01-01", "2019-01-10"), ("p1", "2019-02-03", "2019-02-28")))
    assert found[["post_days", "vacant_days"]].to_numpy().tolist() == [[31, 21], [28, 2]]


@pytest.mark.parametrize(
    "rows",
    [
        [("p1", "2019-01-01", "2019-01-10"), ("p2", "2019-02-03", "2019-02-28")],  # two posts
        [("p1", "2019-01-01", "2019-01-10"), ("p1", "2019-01-05", "2019-01-31")],
    ],
)
def test_there_is_no_vacancy(rows):
    assert vacant_posts(posts(*rows))["vacant_days"].sum() == 0


def test_posts_without_a_name_tell_nothing():
    assert vacant_posts(posts((None, "2019-01-01", "2019-01-10"), (None, "2019-02-03", "2019-02-28"))).empty
    assert vacant_posts(posts().drop(columns=["post_id"])).empty
