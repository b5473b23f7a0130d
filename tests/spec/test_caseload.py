"""Whose case is it? Hand-overs, gaps and two holders at once, day by day."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from spec_table import days, spec_table

from evaltools.derive.specialists import derive_specialists

# Ann was engaged on 1 March 2019 and starts her first job on 15 March; the data end on 31 March.
# Holds are "specialist from to".
HELD = """
case                             | holds                                                | left on    | days Asha | days Ben | both | nobody | start credited to | case entered with
one holder                       | Asha 2019-03-01                                      |            | 31        | 0        | 0    | 0      | Asha              | Asha
held since before engagement     | Asha 2019-01-01                                      |            | 31        | 0        | 0    | 0      | Asha              | Asha
handed over on a day             | Asha 2019-03-01 2019-03-11; Ben 2019-03-11           |            | 10        | 21       | 0    | 0      | Ben               | Asha
handed over on the day of start  | Asha 2019-03-01 2019-03-15; Ben 2019-03-15           |            | 14        | 17       | 0    | 0      | Ben               | Asha
handed over the day after        | Asha 2019-03-01 2019-03-15; Ben 2019-03-16           |            | 15        | 16       | 0    | 0      | Asha              | Asha
a gap without a holder           | Asha 2019-03-01 2019-03-10; Ben 2019-03-21           |            | 10        | 11       | 0    | 10     | nobody            | Asha
two holders at once              | Asha 2019-03-01; Ben 2019-03-11 2019-03-20           |            | 31        | 10       | 10   | 0      | contested         | Asha
the same holder twice            | Asha 2019-03-01 2019-03-20; Asha 2019-03-10          |            | 31        | 0        | 0    | 0      | Asha              | Asha
left the service                 | Asha 2019-03-01                                      | 2019-03-20 | 20        | 0        | 0    | 0      | Asha              | Asha
left before the job              | Asha 2019-03-01                                      | 2019-03-10 | 10        | 0        | 0    | 0      | nobody            | Asha
an end before its beginning      | Asha 2019-03-20 2019-03-10                           |            | 0         | 0        | 0    | 31     | nobody            | nobody
over before engagement           | Asha 2019-01-01 2019-02-10                           |            | 0         | 0        | 0    | 31     | nobody            | nobody
"""  # noqa: E501


def _derive(row: pd.Series) -> dict[str, pd.DataFrame]:
    people = pd.DataFrame({"definition": "d", "participant_id": ["ann"], "site_id": "north"})
    people["engaged_date"], people["first_job_date"] = pd.Timestamp("2019-03-01"), pd.Timestamp("2019-03-15")
    enrolments = pd.DataFrame({"participant_id": ["ann"], "enrolment_id": "e1", "site_id": "north", "specialist_id": None})
    enrolments["referral_date"] = pd.Timestamp("2019-01-01")
    enrolments["discharge_date"] = days(pd.Series([row["left on"]]))
    for name in ("last_contact_date", "discharge_reason", "employment_at_referral"):
        enrolments[name] = pd.Series([None], dtype="datetime64[ns]" if name.endswith("date") else "string")
    held = [(*each.split(), None)[:3] for each in row["holds"].split(";")]
    assignments = pd.DataFrame(held, columns=["specialist_id", "from_date", "to_date"]).assign(
        participant_id="ann", site_id="north"
    )
    assignments[["from_date", "to_date"]] = assignments[["from_date", "to_date"]].apply(days)
    jobs = pd.DataFrame({"participant_id": ["ann"], "start_date": pd.Timestamp("2019-03-15"), "end_date": pd.NaT})
    tables = {"enrolments": enrolments, "assignments": assignments, "jobs": jobs}
    return derive_specialists(tables, people, {}, date(2019, 3, 31))


@pytest.mark.parametrize("case", spec_table(HELD)["case"])
def test_whose_case_it_is(case: str) -> None:
    wanted = spec_table(HELD).set_index("case").loc[case]
    found = _derive(wanted)
    runs = found["specialist_days"]
    for who in ("Asha", "Ben"):
        mine = runs[runs["specialist_id"] == who]
        assert int((mine["caseload"] * mine["days"]).sum()) == int(wanted[f"days {who}"])
    asha = runs[runs["specialist_id"] == "Asha"]
    assert int((asha["contested"] * asha["days"]).sum()) == int(wanted["both"])
    assert int(found["unheld_cases"]["unheld_days"].sum()) == int(wanted["nobody"])
    credit = found["attribution"].iloc[0]
    assert (credit["holder"] if credit["credit"] == "held" else credit["credit"]) == wanted["start credited to"]
    entry = credit["entry_holder"] if credit["entry_credit"] == "held" else credit["entry_credit"]
    assert entry == wanted["case entered with"]
