from __future__ import annotations

import pandas as pd

from evaltools.synthetic.programme import Programme
from evaltools.synthetic.true_counts import true_counts

COLUMNS = ["engaged_date", "profile_started_date", "profile_completed_date", "third_appointment_date", "last_contact_date"]
CASES = """
 person | engaged    | work       | job start  | job end    | last seen  | competitive
 a      | 2018-01-01 | unemployed | 2018-02-01 | 2018-03-15 |            | yes
 b      | 2018-01-01 | employed   | 2018-02-01 | 2018-03-14 |            | yes
 c      | 2018-01-01 | unemployed | 2018-02-01 |            | 2018-03-01 | yes
 d      | 2018-01-01 | unemployed | 2017-02-01 | 2018-03-15 |            | yes
 e      | 2018-01-01 | unemployed | 2018-02-01 | 2018-03-15 |            | no
 f      |            | unemployed |            |            |            |
"""


def cases() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in CASES.strip().splitlines()]
    table = pd.DataFrame(rows, columns=head)
    day = {
        name: pd.to_datetime(table[name].where(table[name] != ""))
        for name in ("engaged", "job start", "job end", "last seen")
    }
    people = pd.DataFrame({"participant_id": table["person"], "site_id": "northmere"})
    time = people.assign(employment_at_referral=table["work"], **dict.fromkeys(COLUMNS, pd.NaT))
    time = time.assign(engaged_date=day["engaged"], last_contact_date=day["last seen"])
    jobs = people.assign(start_date=day["job start"], end_date=day["job end"], competitive=table["competitive"] == "yes")
    return people, time, jobs.assign(hours_per_week=16.0)[day["job start"].notna()]


def test_the_rules_count_by_hand_drawn_cases() -> None:
    counts = true_counts(*cases())["northmere"]
    assert isinstance(counts, dict)
    steps = counts["bit_cbo"]
    assert (steps["referred"], steps["engaged"], steps["engaged_out_of_work"], steps["started"]) == (6, 5, 4, 3)
    assert (steps["kept_6"], steps["lost_6"], steps["unknown_6"], steps["in_window_6"]) == (1, 1, 1, 3)
    assert counts["ipsgrow_2024"]["started"] == 2


def test_counts_of_the_programme_agree_with_its_tables(truth: Programme) -> None:
    counts = true_counts(truth.participants, truth.enrolments, truth.jobs)
    for site, definitions in counts.items():
        assert isinstance(definitions, dict)
        for steps in definitions.values():
            assert steps["referred"] == (truth.participants["site_id"] == site).sum()
            assert steps["referred"] >= steps["engaged"] >= steps["engaged_out_of_work"]
            for weeks in (6, 13, 26):
                assert steps["started"] == sum(steps[f"{fate}_{weeks}"] for fate in ("kept", "lost", "unknown"))
                assert steps[f"kept_{weeks}"] <= steps[f"in_window_{weeks}"] <= steps["started"]
