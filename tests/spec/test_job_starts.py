"""From when does a job count as started? Four official rules; a job whose hours nobody knows is not known to count."""

from __future__ import annotations

import pandas as pd
import pytest
from spec_table import canonical, days, spec_table

from evaltools.derive.job_starts import mark_job_starts

# weekly hours are spread evenly over seven days: 14 hours a week are two a day
STARTS = """
hours a week | first day  | last day   | any day | four hours | seven hours | full day, or four hours of part-time work
35           | 2024-03-04 | 2024-03-04 | yes     | yes        | no          | yes
28           | 2024-03-04 | 2024-03-04 | yes     | yes        | no          | yes
14           | 2024-03-04 | 2024-03-04 | yes     | no         | no          | no
14           | 2024-03-04 | 2024-03-05 | yes     | yes        | no          | yes
14           | 2024-03-04 | 2024-03-07 | yes     | yes        | yes         | yes
             | 2024-03-04 | 2024-03-07 | yes     | unknown    | unknown     | unknown
0            | 2024-03-04 | 2024-03-07 | yes     | no         | no          | no
14           | 2024-06-30 |            | yes     | unknown    | unknown     | unknown
35           | 2024-02-29 | 2024-06-01 | no      | no         | no          | no
35           | 2024-07-01 | 2024-07-31 | no      | no         | no          | no
35           | 2024-03-04 | 2024-02-04 | yes     | yes        | unknown     | yes
"""
# engaged on 1 March, followed to 30 June: a job that began before or after that is no start; an end before its start is no
# end: the last job ended on a day that nobody knows, and only its first day, of five hours, is certain

RULES = {
    "any day": ("any_day", 0),
    "four hours": ("paid_hours", 4),
    "seven hours": ("paid_hours", 7),
    "full day, or four hours of part-time work": ("full_day", 4),
}


@pytest.mark.parametrize("rule", RULES)
def test_when_a_job_counts_as_started(rule: str) -> None:
    table = spec_table(STARTS)
    jobs = [
        {"job_id": str(n), "participant_id": str(n), "start_date": job["first day"], "end_date": job["last day"],
         "hours_per_week": None if job["hours a week"] is None else float(job["hours a week"]), "competitive": True}
        for n, job in enumerate(table.to_dict("records"))
    ]  # fmt: skip
    people = pd.DataFrame({"participant_id": [str(n) for n in range(len(jobs))]}).assign(
        engaged_date=days(pd.Series(["2024-03-01"]))[0],
        cut=pd.Timestamp("2024-06-30"),
        seen_until=pd.Timestamp("2024-06-30"),
    )
    name, hours = RULES[rule]
    marked = mark_job_starts(canonical("jobs", jobs), people, hours, True, name)  # type: ignore[arg-type]
    assert marked["counts"].tolist() == table[rule].tolist()
