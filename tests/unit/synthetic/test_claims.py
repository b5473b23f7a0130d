from __future__ import annotations

from evaltools.synthetic.programme import Programme


def test_a_claim_for_weeks_kept_is_made_only_where_the_job_lasted(truth: Programme) -> None:
    first = truth.jobs[truth.jobs["job_number"] == 1].set_index("participant_id")
    claims = truth.evidence
    for milestone, days in (("sustained_6", 42), ("sustained_13", 91), ("sustained_26", 182)):
        own = claims[claims["milestone"] == milestone]
        starts, ends = own["participant_id"].map(first["start_date"]), own["participant_id"].map(first["end_date"])
        assert ((own["evidence_date"] - starts).dt.days == days).all()
        assert not (ends < own["evidence_date"]).any()


def test_milestones_become_fewer(truth: Programme) -> None:
    many = truth.evidence["milestone"].value_counts()
    assert many["job_start"] > many["sustained_6"] > many["sustained_13"] > many["sustained_26"] > 0
