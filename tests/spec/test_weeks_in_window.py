"""'Thirteen weeks of seven hours within sixteen': hours of jobs held together are added; a week that nobody saw is open."""

from __future__ import annotations

import pandas as pd
import pytest
from spec_table import spec_table

from evaltools.derive.weeks_in_window import weeks_in_window

MONDAY = pd.Timestamp("2024-01-01")

# jobs as 'first week to last week at hours'; the window is the sixteen weeks from week 1
WINDOWS = """
case                                 | jobs                          | seen to week | data to week | weeks | kept?
thirteen in a row                    | 1-13 at 7                     | 30           | 30           | 13    | yes
twelve, then none                    | 1-12 at 7                     | 30           | 30           | 12    | no
three weeks off in between           | 1-6 at 7, 10-16 at 7          | 30           | 30           | 13    | yes
four weeks off in between            | 1-6 at 7, 11-16 at 7          | 30           | 30           | 12    | no
too few hours in each of two jobs    | 1-16 at 4                     | 30           | 30           | 0     | no
two jobs at once, hours added        | 1-16 at 4, 1-16 at 3          | 30           | 30           | 16    | yes
the second job stops too soon        | 1-16 at 4, 1-12 at 3          | 30           | 30           | 12    | no
hours of one job not known           | 1-12 at 7, 13-16 at ?         | 30           | 30           | 12    | unknown
enough whatever the unknown hours    | 1-16 at 7, 1-16 at ?          | 30           | 30           | 16    | yes
contact lost in week 10              | 1-open at 7                   | 10           | 30           | 10    | unknown
contact lost once it was reached     | 1-open at 7                   | 13           | 30           | 13    | yes
the data end in week 10              | 1-open at 7                   | 10           | 10           | 10    | not yet
out of work, and the data end        | 1-2 at 7                      | 10           | 10           | 2     | no
out of work for five weeks           | 1-6 at 7                      | 11           | 11           | 6     | no
out of work, a new job may come      | 1-9 at 7                      | 11           | 11           | 9     | not yet
"""


def _jobs(text: str, seen: int) -> pd.DataFrame:
    rows = []
    for job in text.split(","):
        span, _, hours = job.strip().partition(" at ")
        first, _, last = span.partition("-")
        until = seen if last == "open" else int(last)
        rows.append((int(first), until, last != "open", None if hours == "?" else float(hours)))
    frame = pd.DataFrame(rows, columns=["first", "last", "ended", "hours_per_week"])
    return frame.assign(
        person=0,
        start_date=MONDAY + pd.to_timedelta(7 * (frame["first"] - 1), unit="D"),
        known_until=MONDAY + pd.to_timedelta(7 * frame["last"] - 1, unit="D"),
        hours_per_week=frame["hours_per_week"].astype("Float64"),
    )


@pytest.mark.parametrize("case", spec_table(WINDOWS).to_dict("records"), ids=lambda case: case["case"])
def test_thirteen_weeks_of_seven_hours_within_sixteen(case: dict[str, str]) -> None:
    seen, data = int(case["seen to week"]), int(case["data to week"])
    jobs = _jobs(case["jobs"], seen)
    origin = pd.DataFrame({"person": [0], "start_date": [MONDAY]}).assign(
        cut=MONDAY + pd.Timedelta(days=7 * data - 1), seen_until=MONDAY + pd.Timedelta(days=7 * seen - 1)
    )
    judged = weeks_in_window(jobs, origin, weeks=13, window_weeks=16, hours=7).iloc[0]
    assert [judged["certain_weeks"], judged["state"]] == [int(case["weeks"]), case["kept?"]]
