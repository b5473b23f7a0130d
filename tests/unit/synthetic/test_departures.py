from __future__ import annotations

import pandas as pd

from evaltools.synthetic.programme import Programme
from evaltools.synthetic.site_plan import DATA_CUT, SITES


def test_a_reason_stands_with_every_discharge_and_only_there(truth: Programme) -> None:
    people = truth.enrolments
    assert ((people["discharge_reason"] != "") == people["discharge_date"].notna()).all()


def test_deaths_are_few_and_nobody_starts_a_job_after_death(truth: Programme) -> None:
    dead = truth.enrolments[truth.enrolments["discharge_reason"] == "died"]
    assert 1 <= len(dead) <= 15
    assert not truth.jobs["participant_id"].isin(dead["participant_id"]).any()


def test_nobody_stays_open_at_a_closed_site_and_nothing_happens_after_the_cut(truth: Programme) -> None:
    people = truth.enrolments
    closed = {plan.id for plan in SITES if plan.closes <= DATA_CUT}
    assert people.loc[people["site_id"].isin(closed), "discharge_date"].notna().all()
    assert people["discharge_date"].max() <= pd.Timestamp(DATA_CUT)


def test_contact_is_lost_before_discharge_and_after_a_job_start(truth: Programme) -> None:
    people = truth.enrolments
    lost = people[people["last_contact_date"].notna() & (people["last_contact_date"] != people["discharge_date"])]
    first = truth.jobs.groupby("participant_id")["start_date"].min()
    assert len(lost) > 20
    assert (lost["last_contact_date"] > lost["participant_id"].map(first)).all()
    assert not (lost["last_contact_date"] > lost["discharge_date"]).any()
