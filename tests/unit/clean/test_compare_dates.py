from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from evaltools.domain.harmonised import Harmonised

CLIENTS = "Client ID,Sex,Referred,Closed\nA1,F,01/02/2020,31/12/2020\nA2,F,01/02/2020,\n"


def test_dates_of_jobs_are_compared(run: Callable[..., Harmonised], people_layout: dict, jobs_layout: dict) -> None:
    jobs = [
        "Client ID,Start,End,Hours",
        "A1,01/03/2020,01/02/2020,16",  # ends before it starts
        "A1,01/01/2020,,16",  # before referral
        "A1,01/02/2021,,16",  # after discharge
        "A2,01/02/2021,02/02/2021,16",
    ]
    done = run({"clients.csv": CLIENTS, "jobs.csv": "\n".join(jobs)}, people_layout, jobs_layout)
    assert len(done.tables["jobs"]) == 4
    assert done.tables["jobs"]["end_date"].tolist() == [pd.NaT] * 3 + [pd.Timestamp("2021-02-02")]
    found = done.findings.set_index("code")["cells"].to_dict()
    assert found == {"D105": "C2", "D104": "B3", "D118": "B4"}
    assert done.quarantine[["level", "code", "cell", "raw"]].to_numpy().tolist() == [["value", "D105", "C2", "2020-02-01"]]
    aside = done.ledger[done.ledger["rule"] == "set aside"]
    assert aside[["cells", "raw", "new"]].to_numpy().tolist() == [["C2", "2020-02-01", ""]]


def test_steps_and_discharge_of_an_enrolment_are_compared_with_its_referral(
    run: Callable[..., Harmonised], people_layout: dict
) -> None:
    day = {"dates": ["dd/mm/yyyy"]}
    columns = people_layout["sheets"][0]["columns"] | {
        "Seen": {"field": "enrolments.first_contact_date", **day},
        "Engaged": {"field": "enrolments.engaged_date", **day},
    }
    layout = people_layout | {"sheets": [people_layout["sheets"][0] | {"columns": columns}]}
    clients = [
        "Client ID,Sex,Referred,Closed,Seen,Engaged",
        "A1,F,01/02/2020,31/12/2020,03/02/2020,01/03/2020",
        "A2,F,01/02/2020,,01/01/1995,",  # seen before referral
        "A3,F,01/02/2020,15/02/2020,,01/03/2020",  # left before engaging
        "A4,F,01/02/2020,01/01/2020,,",  # left before referral
    ]
    done = run({"clients.csv": "\n".join(clients)}, layout)
    assert done.findings.set_index("code")["cells"].to_dict() == {"D122": "E3", "D123": "D4, D5"}
    assert len(done.tables["enrolments"]) == 4
    assert done.tables["enrolments"]["discharge_date"].notna().sum() == 3
