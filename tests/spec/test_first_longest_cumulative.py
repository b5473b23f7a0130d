"""One history, three outcomes: the first spell, the longest, and days in work added up; by gap rule and way of counting."""

from __future__ import annotations

import pandas as pd
import pytest
from spec_table import days, spec_table

from evaltools.derive.spell_totals import days_worked_within, spell_totals
from evaltools.derive.spells import employment_spells, job_spells

JOBS = """
person     | first day  | last day   | note
concurrent | 2024-01-01 | 2024-01-31 |
concurrent | 2024-01-01 | 2024-01-31 | the same days in a second job
nested     | 2024-01-01 | 2024-03-31 |
nested     | 2024-02-01 | 2024-02-29 | within the first
overlap    | 2024-01-01 | 2024-01-31 |
overlap    | 2024-01-22 | 2024-02-20 | ten days of both
gapped     | 2024-01-01 | 2024-01-10 |
gapped     | 2024-01-18 | 2024-02-29 | after seven days without work
open       | 2024-01-01 | 2024-01-31 | held when last seen
"""

TOTALS = """
rule       | person     | spells | first, elapsed | first, inclusive | longest, elapsed | days in work
gap 0      | concurrent | 1      | 30             | 31               | 30               | 31
gap 0      | nested     | 1      | 90             | 91               | 90               | 91
gap 0      | overlap    | 1      | 50             | 51               | 50               | 51
gap 0      | gapped     | 2      | 9              | 10               | 42               | 53
gap 6      | gapped     | 2      | 9              | 10               | 42               | 53
gap 7      | gapped     | 1      | 59             | 60               | 59               | 53
gap 0      | open       | 1      | 30             | 31               | 30               | 31
same job   | nested     | 2      | 90             | 91               | 90               | 120
same job   | overlap    | 2      | 30             | 31               | 30               | 61
same job   | gapped     | 2      | 9              | 10               | 42               | 53
"""

WITHIN = """
person  | days from the start | days in work
gapped  | 10                  | 10
gapped  | 17                  | 10
gapped  | 18                  | 11
gapped  | 60                  | 53
nested  | 60                  | 60
overlap | 366                 | 51
"""


@pytest.fixture(scope="module")
def jobs() -> pd.DataFrame:
    table = spec_table(JOBS)
    return pd.DataFrame(
        {
            "participant_id": table["person"],
            "person": pd.factorize(table["person"])[0],
            "start_date": days(table["first day"]),
            "known_until": days(table["last day"]),
            "ended": table["person"] != "open",
            "hours_per_week": 20.0,
            "cut": pd.Timestamp("2024-12-31"),
            "seen_until": pd.Timestamp("2024-12-31"),
        }
    )


@pytest.mark.parametrize("case", spec_table(TOTALS).to_dict("records"), ids=lambda case: f"{case['rule']}-{case['person']}")
def test_first_longest_and_added_up(jobs: pd.DataFrame, case: dict[str, str]) -> None:
    rule = case["rule"]
    spells = job_spells(jobs) if rule == "same job" else employment_spells(jobs, int(rule.removeprefix("gap ")))
    mine = spell_totals(spells).set_index("participant_id").loc[case["person"]]
    lasted = (mine["known_until"] - mine["start_date"]).days
    found = [mine["spells"], lasted, lasted + 1, mine["longest_days"], mine["days_in_work"]]
    assert found == [int(value) for key, value in case.items() if key not in ("rule", "person")]
    assert spell_totals(spells, inclusive_days=True).set_index("participant_id").loc[case["person"], "longest_days"] == (
        mine["longest_days"] + 1
    )


@pytest.mark.parametrize("case", spec_table(WITHIN).to_dict("records"), ids=lambda case: "-".join(case.values()))
def test_days_in_work_within_a_window(jobs: pd.DataFrame, case: dict[str, str]) -> None:
    mine = jobs[jobs["participant_id"] == case["person"]]
    found = days_worked_within(jobs, mine.iloc[:1], int(case["days from the start"]))
    assert found.tolist() == [int(case["days in work"])]
