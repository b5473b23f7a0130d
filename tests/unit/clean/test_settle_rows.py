from __future__ import annotations

from collections.abc import Callable

from evaltools.domain.harmonised import Harmonised

RUN = Callable[..., Harmonised]


def test_a_contradiction_takes_the_person_and_the_persons_jobs(run: RUN, people_layout: dict, jobs_layout: dict) -> None:
    done = run(
        {
            "clients.csv": "Client ID,Sex,Referred\nA1,F,01/02/2020\nA1,M,01/02/2020\nA2,F,01/02/2020\n",
            "jobs.csv": "Client ID,Start,End,Hours\nA1,01/03/2020,,16\nA2,01/03/2020,,16\n",
        },
        people_layout,
        jobs_layout,
    )
    assert len(done.tables["participants"]) == len(done.tables["jobs"]) == 1
    rows = done.quarantine[done.quarantine["level"] == "row"]
    assert rows[["code", "file", "row", "cell"]].to_numpy().tolist() == [
        ["D111", "clients.csv", 2, "A2"],
        ["D111", "clients.csv", 3, "A3"],
        ["D113", "jobs.csv", 2, "A2"],
    ]
    assert rows["why"].iloc[0] == "the rows differ in: Sex"


def test_two_referrals_of_one_person_are_both_kept(run: RUN, people_layout: dict) -> None:
    text = "Client ID,Sex,Referred\nA1,F,01/02/2022\nA1,F,01/02/2020\nA1,F,01/02/2020\n"
    done = run({"clients.csv": text}, people_layout)
    assert len(done.tables["participants"]) == 1
    assert len(done.tables["enrolments"]) == 2
    assert done.accounting[["kept", "merged"]].to_numpy().tolist() == [[2, 1]]


def test_the_age_of_a_person_is_that_at_the_first_referral(run: RUN, people_layout: dict) -> None:
    columns = people_layout["sheets"][0]["columns"] | {"Age": {"field": "participants.age_at_referral"}}
    layout = people_layout | {"sheets": [{"columns": columns}]}
    text = "Client ID,Sex,Referred,Age\nA1,F,01/02/2022,33\nA1,F,01/02/2020,31\n"
    done = run({"clients.csv": text}, layout)
    assert done.tables["participants"]["age_at_referral"].tolist() == [31]
    again = run({"clients.csv": "Client ID,Sex,Referred,Age\nA1,F,01/02/2020,33\nA1,F,01/02/2020,31\n"}, layout)
    assert again.quarantine["code"].tolist() == ["D111", "D111"]
    assert "Age at referral" in again.quarantine["why"].iloc[0]


def test_a_part_without_its_required_entry_takes_only_itself(run: RUN, people_layout: dict) -> None:
    repeat = {"table": "jobs", "times": 2, "columns": {
        "Job {n} start": {"field": "jobs.start_date", "dates": ["dd/mm/yyyy"]},
        "Job {n} hours": {"field": "jobs.hours_per_week"},
    }}  # fmt: skip
    layout = people_layout | {"sheets": [people_layout["sheets"][0] | {"repeats": [repeat]}]}
    text = "Client ID,Sex,Referred,Job 1 start,Job 1 hours,Job 2 start,Job 2 hours\nA1,F,01/02/2020,01/03/2020,16,,20\n"
    done = run({"clients.csv": text}, layout)
    assert done.accounting["kept"].tolist() == [1]
    assert done.tables["jobs"]["hours_per_week"].tolist() == [16.0]
    aside = done.quarantine.loc[0, ["level", "code", "cell", "field"]].tolist()
    assert aside == ["value", "D110", "F2", "start_date"]
