from __future__ import annotations

from dataclasses import FrozenInstanceError

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.synthetic.programme import Programme, programme


def test_the_same_seed_gives_the_same_programme_and_another_does_not(truth: Programme) -> None:
    again, other = programme(truth.seed), programme(truth.seed + 1)
    for name in ("participants", "enrolments", "jobs", "evidence", "specialists"):
        assert_frame_equal(getattr(truth, name), getattr(again, name))
    assert not truth.jobs.equals(other.jobs)


def test_the_programme_is_frozen(truth: Programme) -> None:
    with pytest.raises(FrozenInstanceError):
        truth.seed = 1  # type: ignore[misc]


def engaged(truth: Programme) -> pd.Series:
    return truth.enrolments["engaged_date"].fillna(truth.enrolments["profile_started_date"])


def first_jobs(truth: Programme) -> pd.DataFrame:
    people = truth.enrolments.assign(engaged=engaged(truth))[["participant_id", "engaged", "last_contact_date"]]
    return truth.jobs[truth.jobs["job_number"] == 1].merge(people, on="participant_id")


def test_about_2300_are_referred_and_1900_engaged(truth: Programme) -> None:
    assert len(truth.participants) == len(truth.enrolments) == 2299
    assert engaged(truth).notna().sum() == pytest.approx(1900, abs=40)


def test_starts_hit_the_published_share_exactly(truth: Programme) -> None:
    assert len(first_jobs(truth)) / engaged(truth).notna().sum() == pytest.approx(0.306, abs=0.0005)


def test_four_in_five_first_jobs_come_within_nine_months(truth: Programme) -> None:
    jobs = first_jobs(truth)  # 580 starters: standard error 0.017
    assert ((jobs["start_date"] - jobs["engaged"]).dt.days <= 274).mean() == pytest.approx(0.80, abs=0.05)


@pytest.mark.parametrize(("weeks", "share"), [(6, 0.72), (13, 0.52)])
def test_jobs_are_kept_as_long_as_published(truth: Programme, weeks: int, share: float) -> None:
    jobs = first_jobs(truth)  # about 470 known outcomes: standard error 0.02
    last = jobs["end_date"].fillna(jobs["last_contact_date"]).fillna(pd.Timestamp(2019, 9, 30))
    kept = (last - jobs["start_date"]).dt.days >= 7 * weeks
    known = kept | jobs["end_date"].notna()
    assert kept.sum() / known.sum() == pytest.approx(share, abs=0.04)


def test_hours_and_people_are_as_published(truth: Programme) -> None:
    people = truth.participants
    assert 0.65 <= (first_jobs(truth)["hours_per_week"].dropna() >= 16).mean() <= 0.75
    assert people["age_at_referral"].mean() == pytest.approx(36.2, abs=0.6)
    assert people["age_at_referral"].std() == pytest.approx(11.6, abs=0.6)
    assert (people["sex"] == "male").mean() == pytest.approx(0.5, abs=0.03)
    assert (people["ethnicity"] == "unknown").mean() == pytest.approx(0.08, abs=0.02)
    known = people.loc[people["ethnicity"] != "unknown", "ethnicity"].value_counts(normalize=True)
    for group, share in {"white": 0.39, "asian": 0.27, "black": 0.18, "mixed": 0.08, "other": 0.08}.items():
        assert known[group] == pytest.approx(share, abs=0.03)


def test_parameters_say_what_is_true_of_each_site(truth: Programme) -> None:
    effects = truth.parameters["site_log_odds_of_job_start"]
    assert isinstance(effects, dict)
    assert set(effects) == set(truth.participants["site_id"])
    assert max(abs(effect) for effect in effects.values()) <= 0.25
