from __future__ import annotations

import pandas as pd

from evaltools.synthetic.programme import Programme


def test_jobs_of_a_person_follow_one_another(truth: Programme) -> None:
    jobs = truth.jobs
    assert set(jobs["job_number"]) == {1, 2, 3}
    for _, own in jobs.groupby("participant_id"):
        assert own["job_number"].tolist() == list(range(1, len(own) + 1))
        assert (own["start_date"].to_numpy()[1:] > own["end_date"].to_numpy()[:-1]).all()


def test_jobs_last_at_least_a_week_and_end_while_the_person_is_known(truth: Programme) -> None:
    jobs = truth.jobs.merge(truth.enrolments[["participant_id", "last_contact_date"]], on="participant_id")
    ended = jobs["end_date"].notna()
    assert ((jobs["end_date"] - jobs["start_date"])[ended] >= pd.Timedelta(days=7)).all()
    assert not (jobs["end_date"] > jobs["last_contact_date"]).any()
    assert ((jobs["end_reason"] != "") == ended).all()


def test_most_jobs_are_competitive_and_a_few_have_no_hours(truth: Programme) -> None:
    jobs = truth.jobs
    assert 0.94 < jobs["competitive"].mean() < 1
    assert jobs.loc[jobs["site_id"] == "eastvale", "competitive"].all()
    assert 0 < jobs["hours_per_week"].isna().mean() < 0.04
    assert jobs["hours_per_week"].min() >= 4
