from __future__ import annotations

import pandas as pd

from evaltools.derive.weeks_in_window import weeks_in_window

START = pd.Timestamp("2019-01-07")


def _jobs(hours, ended=True, last="2019-12-31"):
    return pd.DataFrame(
        {
            "person": range(len(hours)),
            "start_date": START,
            "known_until": pd.Timestamp(last),
            "ended": ended,
            "hours_per_week": pd.array(hours, dtype="Float64"),
        }
    )


def _origins(people, cut="2020-12-31", seen="2020-12-31"):
    return pd.DataFrame(
        {"person": people, "start_date": START, "cut": pd.Timestamp(cut), "seen_until": pd.Timestamp(seen)},
        index=[f"row {person}" for person in people],
    )


def test_each_person_is_judged_by_their_own_jobs_in_the_order_asked():
    judged = weeks_in_window(_jobs([7, 6.999, None, 40]), _origins([3, 2, 1, 0]), 13, 16, 7)
    assert judged["state"].tolist() == ["yes", "unknown", "no", "yes"]
    assert judged["open_because"].tolist() == ["", "hours not known", "", ""]
    assert judged["certain_weeks"].tolist() == [16, 0, 0, 16]
    assert judged["possible_weeks"].tolist() == [16, 16, 0, 16]
    assert judged.index.tolist() == ["row 3", "row 2", "row 1", "row 0"]


def test_the_whole_window_must_lie_within_follow_up():
    last_day = START + pd.Timedelta(days=16 * 7 - 1)
    for cut, followed in ((last_day, True), (last_day - pd.Timedelta(days=1), False)):
        judged = weeks_in_window(_jobs([7]), _origins([0], cut=cut, seen=cut), 13, 16, 7)
        assert judged["followed"].tolist() == [followed]
        assert judged["state"].tolist() == ["yes"]


def test_no_hours_needed_still_needs_nothing_but_the_weeks():
    assert weeks_in_window(_jobs([0]), _origins([0]), 16, 16, 0)["state"].tolist() == ["yes"]


def test_nobody_is_an_empty_answer_of_the_same_types():
    nobody = weeks_in_window(_jobs([]), _origins([]), 13, 16, 7)
    somebody = weeks_in_window(_jobs([7]), _origins([0]), 13, 16, 7)
    assert nobody.empty
    assert nobody.dtypes.astype(str).to_dict() == somebody.dtypes.astype(str).to_dict()
