from __future__ import annotations

from evaltools.synthetic.programme import Programme
from evaltools.synthetic.provider_records import client_records, evidence_records, job_records, specialist_records
from evaltools.synthetic.site_plan import SITES


def test_every_person_has_one_line_and_every_job_is_on_some_line(truth: Programme) -> None:
    for plan in SITES:
        wide, jobs = client_records(truth, plan, wide_jobs=3), job_records(truth, plan)
        assert len(wide) == plan.referred
        starts = sum(wide[f"jobs.start_date.{number}"].notna().sum() for number in (1, 2, 3))
        assert starts == len(jobs) == (truth.jobs["site_id"] == plan.id).sum()


def test_free_text_is_different_for_everybody(truth: Programme) -> None:
    notes = [note for plan in SITES for note in client_records(truth, plan)["Notes"].dropna()]
    tokens = {note.rsplit(" ", 1)[1] for note in notes}
    assert len(tokens) == len(notes) > 500
    assert all(token.startswith("zq") for token in tokens)


def test_claims_and_posts_are_of_the_site(truth: Programme) -> None:
    plan = SITES[0]
    assert set(evidence_records(truth, plan)["evidence.site_id"]) == {plan.id}
    assert len(specialist_records(truth, plan)) == plan.specialists
