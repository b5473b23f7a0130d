"""Which entries trip which check? One table a rule; the last column says whether the row is to be looked at."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from spec_table import canonical, days, spec_table

from evaltools.clean.judge_rules import JUDGED, judge_tables
from evaltools.clean.place_rows import PLACED
from evaltools.schema.thresholds import Thresholds

CUT = date(2024, 12, 31)
SHORT = {
    "person": "participant_id",
    "site": "site_id",
    "referral": "referral_date",
    "start": "start_date",
    "end": "end_date",
    "hours": "hours_per_week",
    "contact": "contact_date",
    "evidence": "evidence_date",
}

PROFILE_ORDER = """
person | referral   | profile_started_date | profile_completed_date | D125
A      | 2020-01-01 | 2020-01-10           | 2020-01-20             |
B      | 2020-01-01 | 2020-01-10           | 2020-01-10             |
C      | 2020-01-01 | 2020-01-10           | 2020-01-09             | x
D      | 2020-01-01 |                      | 2020-01-09             |
"""
CONTACT_ORDER = """
person | referral   | first_contact_date | third_appointment_date | D125
A      | 2020-01-01 | 2020-01-10         | 2020-02-20             |
B      | 2020-01-01 | 2020-01-10         | 2020-01-09             | x
C      | 2020-01-01 |                    | 2020-01-09             |
"""
ENGAGEMENT = """
person | referral   | engaged_date | third_appointment_date
A      | 2020-01-01 | 2020-02-01   |
B      | 2020-01-01 | 2020-02-01   | 2020-01-15
C      | 2020-01-01 |              |
D      | 2020-01-01 | 2020-02-01   |
D      | 2021-01-01 |              |
"""
ENGAGEMENT_JOBS = """
person | start      | D126
A      | 2020-01-31 | x
A      | 2020-02-01 |
A      | 2019-12-31 |
B      | 2020-01-20 |
B      | 2020-01-14 | x
C      | 2020-01-20 |
D      | 2021-01-20 |
"""
OVERLAP = """
person | start      | end        | D127 | D138 | D142
A      | 2020-01-01 | 2020-03-01 |      |      |
A      | 2020-03-01 | 2020-04-01 |      |      |
A      | 2020-03-31 | 2020-05-01 | x    |      |
B      | 2020-01-01 | 2020-12-31 |      |      |
B      | 2020-02-01 | 2020-02-10 | x    |      |
B      | 2020-06-01 |            | x    |      |
C      | 2020-01-01 |            |      |      | x
C      | 2020-06-01 |            |      |      |
D      | 2020-01-01 | 2020-01-31 |      | x    |
D      | 2020-01-01 | 2020-01-01 |      | x    |
E      | 2020-01-01 | 2020-01-31 |      |      |
E      | 2020-02-01 | 2020-02-20 |      |      |
E      | 2020-02-01 |            | x    |      |
"""
HOURS = """
person | start      | end        | hours | D129 | D130
A      | 2020-01-01 | 2020-12-31 | 48    |      |
B      | 2020-01-01 |            | 48.5  | x    |
C      | 2020-01-01 | 2020-12-31 | 60.5  |      | x
D      | 2020-01-01 | 2020-06-30 | 30    |      |
D      | 2020-06-30 | 2020-12-31 | 30    | x    |
E      | 2020-01-01 | 2020-06-30 | 30    |      |
E      | 2020-07-01 | 2020-12-31 | 30    |      |
F      | 2020-01-01 | 2020-06-30 | 40    |      |
F      | 2020-06-01 |            | 40    |      | x
G      | 2020-01-01 |            | 40    |      |
G      | 2020-06-01 | 2020-12-31 | 40    |      |
H      | 2020-01-01 | 2020-12-31 |       |      |
"""
AGE_ENTERED = """
person | age_at_referral | D131
A      | 15              | x
B      | 16              |
C      | 80              |
D      | 81              | x
E      |                 |
"""
AGE_BORN = """
person | birth_year | D131
A      | 2005       | x
B      | 2004       |
C      | 1939       |
D      | 1938       | x
E      |            |
"""
AGE_REFERRALS = """
person | referral
A      | 2020-06-01
B      | 2020-06-01
C      | 2020-06-01
D      | 2020-06-01
E      | 2020-06-01
"""
IN_WORK = """
person | referral   | employment_at_referral | months_out_of_work | never_worked | D132
A      | 2020-01-01 | employed               | 0                  |              |
B      | 2020-01-01 | employed               | 6                  |              | x
C      | 2020-01-01 | employed               |                    | yes          | x
D      | 2020-01-01 | unemployed             | 6                  |              |
E      | 2020-01-01 |                        | 6                  |              |
"""
JOB_AT_REFERRAL = """
person | referral   | employment_at_referral | D133
A      | 2020-06-01 | unemployed             | x
B      | 2020-06-01 | employed               |
C      | 2020-06-01 | unknown                |
D      | 2020-06-01 | unemployed             |
E      | 2020-06-01 | unemployed             |
F      | 2020-06-01 | unemployed             |
"""
JOBS_AT_REFERRAL = """
person | start      | end
A      | 2020-01-01 | 2020-06-01
B      | 2020-01-01 | 2020-07-01
C      | 2020-01-01 | 2020-07-01
D      | 2020-01-01 | 2020-05-31
E      | 2020-01-01 |
F      | 2020-06-01 | 2020-07-01
"""
STEP_AFTER_EXIT = """
person | referral   | last_contact_date | discharge_date | D134
A      | 2020-01-01 | 2020-06-01        | 2020-06-01     |
B      | 2020-01-01 | 2020-06-02        | 2020-06-01     | x
C      | 2020-01-01 | 2020-06-02        |                |
"""
LEFT = """
person | referral   | discharge_date
A      | 2020-01-01 | 2020-06-01
B      | 2020-01-01 | 2020-06-01
B      | 2020-09-01 |
"""
MEETINGS = """
person | contact    | D135
A      | 2020-06-01 |
A      | 2020-06-02 | x
B      | 2020-06-02 |
"""
FIRST_JOBS = """
person | start
A      | 2020-01-01
B      | 2020-01-01
B      | 2021-01-01
"""
EVIDENCE = """
person | milestone    | evidence   | D136 | D137 | D141
A      | job_start    | 2020-01-01 |      |      |
A      | job_start    | 2019-12-31 |      | x    |
A      | sustained_6  | 2020-02-12 |      |      |
A      | sustained_6  | 2020-02-11 |      | x    |
A      | job_start    | 2020-07-02 |      |      |
A      | job_start    | 2020-07-03 |      |      | x
A      | engagement   | 2019-06-01 |      |      |
B      | sustained_13 | 2021-04-02 |      |      |
B      | job_start    | 2021-01-02 |      |      |
C      | job_start    | 2020-01-01 | x    |      |
C      | engagement   | 2020-01-01 |      |      |
C      |              | 2020-01-01 |      |      |
"""
SENTINELS = """
person | start      | end        | D140
A      | 1900-01-01 | 2020-01-01 | x
B      | 2020-01-01 | 1900-01-01 | x
C      | 2020-01-01 |            |
D      | 1900-01-02 | 2020-01-01 |
"""


def _table(name: str, text: str) -> tuple[pd.DataFrame, dict[str, list[bool]]]:
    """The canonical table of a spec, and for each code the rows that are marked."""
    spec = spec_table(text).rename(columns=SHORT)
    marked = {code: spec.pop(code).notna().tolist() for code in [name for name in spec.columns if name in JUDGED]}
    for column in spec.columns:
        if column.endswith("_date"):
            spec[column] = days(spec[column])
    for column in set(spec.columns) & {"age_at_referral", "birth_year", "hours_per_week", "months_out_of_work"}:
        spec[column] = pd.to_numeric(spec[column])
    if "never_worked" in spec.columns:
        spec["never_worked"] = spec["never_worked"].map({"yes": True})
    rows = spec.assign(site_id=spec.get("site_id", "camden")).to_dict("records")
    return canonical(name, rows), marked


def _tripped(tables: dict[str, pd.DataFrame], limits: Thresholds | None = None) -> dict[tuple[str, str], set[int]]:
    whole = {name: tables.get(name, canonical(name, [])) for name in PLACED}
    found: dict[tuple[str, str], set[int]] = {}
    for one in judge_tables(whole, limits or Thresholds(), CUT):
        found.setdefault((one.code, one.table), set()).update(one.rows.tolist())
    return found


CASES = {
    "order of the profile": {"enrolments": PROFILE_ORDER},
    "order of meetings": {"enrolments": CONTACT_ORDER},
    "job before engagement": {"enrolments": ENGAGEMENT, "jobs": ENGAGEMENT_JOBS},
    "overlap, two first jobs and missing ends": {"jobs": OVERLAP},
    "hours of all jobs held": {"jobs": HOURS},
    "age as entered": {"participants": AGE_ENTERED},
    "age from the year of birth": {"participants": AGE_BORN, "enrolments": AGE_REFERRALS},
    "in work and out of work": {"enrolments": IN_WORK},
    "a job held at referral": {"enrolments": JOB_AT_REFERRAL, "jobs": JOBS_AT_REFERRAL},
    "a step after the discharge": {"enrolments": STEP_AFTER_EXIT},
    "a meeting after the person left": {"enrolments": LEFT, "contacts": MEETINGS},
    "evidence without a job, too early, and late": {"jobs": FIRST_JOBS, "evidence": EVIDENCE},
    "a day that stands for unknown": {"jobs": SENTINELS},
}


@pytest.mark.parametrize("case", CASES)
def test_rows_that_trip_a_rule_and_twins_that_do_not(case: str) -> None:
    read = {name: _table(name, text) for name, text in CASES[case].items()}
    found = _tripped({name: table for name, (table, _) in read.items()})
    asked = {(code, name): rows for name, (_, marked) in read.items() for code, rows in marked.items()}
    assert asked, "the case marks nothing"
    for (code, name), rows in asked.items():
        assert found.get((code, name), set()) == {at for at, mark in enumerate(rows) if mark}, code
        assert any(rows), f"{code} is never tripped"
        assert not all(rows), f"{code} has no twin"


HEAPS = """
what              | just below | just above | limits              | heaping
6 weeks           | 1          | 12         |                     | yes
6 weeks           | 12         | 12         |                     | no
6 weeks           | 0          | 7          |                     | no
6 weeks           | 0          | 7          | heaping_least = 7   | yes
6 weeks           | 3          | 12         |                     | no
6 weeks           | 3          | 12         | heaping_p = 0.05    | yes
13 weeks          | 1          | 12         |                     | yes
16 hours a week   | 1          | 12         |                     | yes
16 hours a week   | 12         | 1          |                     | no
"""


@pytest.mark.parametrize("line", range(9))
def test_heaping_is_said_by_an_exact_binomial_test(line: int) -> None:
    case = spec_table(HEAPS).iloc[line]
    below, above = int(case["just below"]), int(case["just above"])
    name, value = (case["limits"] or " = ").split(" = ")
    limits = Thresholds(**({name: float(value)} if name else {}))
    number = int(case["what"].split()[0])
    hours = "hours" in case["what"]
    held = [number - 1] * below + [number] * above if hours else [7 * number - 1] * below + [7 * number] * above
    start = pd.Timestamp("2020-01-01")
    rows = [
        {"participant_id": f"P{at}", "site_id": "camden", "start_date": start}
        | ({"hours_per_week": one} if hours else {"end_date": start + pd.Timedelta(days=one - 1)})
        for at, one in enumerate(held)
    ]
    found = _tripped({"jobs": canonical("jobs", rows)}, limits).get(("D139", "jobs"), set())
    assert found == (set(range(below, below + above)) if case["heaping"] == "yes" else set())


LIMITS = """
rule | limit                          | case                                        | rows
D131 | age_min = 15                   | age as entered                              | 3
D131 | age_max = 81                   | age as entered                              | 0
D129 | hours_check = 49               | hours of all jobs held                      | 4
D130 | hours_max = 61                 | hours of all jobs held                      | 8
D127 | overlap_days = 2               | overlap, two first jobs and missing ends    | 4, 5, 12
D141 | evidence_lag_days = 184        | evidence without a job, too early, and late |
"""


@pytest.mark.parametrize("line", range(6))
def test_a_threshold_changes_what_trips(line: int) -> None:
    case = spec_table(LIMITS).iloc[line]
    name, value = case["limit"].split(" = ")
    read = {table: _table(table, text)[0] for table, text in CASES[case["case"]].items()}
    found = _tripped(read, Thresholds(**{name: float(value)}))
    rows = {at for (code, _), some in found.items() if code == case["rule"] for at in some}
    assert rows == ({int(at) for at in case["rows"].split(",")} if case["rows"] else set())


def test_sentinels_are_the_studys_own() -> None:
    read = {"jobs": _table("jobs", SENTINELS)[0]}
    assert _tripped(read, Thresholds(sentinel_dates=(date(1900, 1, 2),)))["D140", "jobs"] == {3}


def test_every_judged_rule_has_a_case() -> None:
    marked = {code for texts in CASES.values() for text in texts.values() for code in JUDGED if code in text.splitlines()[1]}
    assert marked | {"D139"} == JUDGED
