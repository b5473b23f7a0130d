"""From engagement to a first job: what comes first, and what is not known, decides."""

from __future__ import annotations

import pandas as pd
from spec_table import days, spec_table

from evaltools.derive.time_to_job import CAUSES, time_to_job

TIME_TO_JOB = """
case                        | engaged    | job        | may count  | left       | reason     | data cut   | days | what
job                         | 2024-01-01 | 2024-01-11 |            |            |            | 2024-12-31 | 10   | job
job on the day of engaging  | 2024-01-01 | 2024-01-01 |            |            |            | 2024-12-31 | 0    | job
left without a job          | 2024-01-01 |            |            | 2024-02-01 | disengaged | 2024-12-31 | 31   | left
died without a job          | 2024-01-01 |            |            | 2024-02-01 | died       | 2024-12-31 | 31   | died
job on the day of leaving   | 2024-01-01 | 2024-02-01 |            | 2024-02-01 | completed  | 2024-12-31 | 31   | job
left, then a job            | 2024-01-01 | 2024-03-01 |            | 2024-02-01 | disengaged | 2024-12-31 | 31   | left
still looking               | 2024-12-01 |            |            |            |            | 2024-12-31 | 30   | none yet
leaves after the data end   | 2024-12-01 |            |            | 2025-01-15 | disengaged | 2024-12-31 | 30   | none yet
a job that may not count    | 2024-01-01 |            | 2024-01-21 | 2024-02-01 | disengaged | 2024-12-31 | 20   | none yet
doubtful job, then a job    | 2024-01-01 | 2024-03-01 | 2024-01-21 |            |            | 2024-12-31 | 20   | none yet
job, then a doubtful one    | 2024-01-01 | 2024-01-11 | 2024-01-21 |            |            | 2024-12-31 | 10   | job
left before engaging        | 2024-03-01 |            |            | 2024-02-01 | disengaged | 2024-12-31 |      |
"""


def test_time_to_job() -> None:
    table = spec_table(TIME_TO_JOB)
    people = pd.DataFrame(
        {
            "engaged_date": days(table["engaged"]),
            "first_job_date": days(table["job"]),
            "unknown_job_date": days(table["may count"]),
            "discharge_date": days(table["left"]),
            "discharge_reason": table["reason"].astype("string"),
            "cut": days(table["data cut"]),
        }
    )
    before = people.copy()
    found = time_to_job(people)
    names = found["cause"].map({0: "none yet", **CAUSES}, na_action="ignore")
    assert [None if pd.isna(day) else int(day) for day in found["days"]] == [
        None if d is None else int(d) for d in table["days"]
    ]
    assert [None if pd.isna(name) else name for name in names] == table["what"].tolist()
    pd.testing.assert_frame_equal(before, people)
