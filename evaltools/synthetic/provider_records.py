"""The truth of one site, laid out as the records that its provider types in."""

from __future__ import annotations

from hashlib import sha256

import pandas as pd

from evaltools.synthetic.programme import Programme
from evaltools.synthetic.site_plan import SitePlan

__all__ = ["client_records", "evidence_records", "job_records", "specialist_records"]

_REMARKS = (
    "prefers mornings", "bus pass applied for", "asked about pension", "met at the library café", "has interview shoes",
    "sister “Elspeth” may call", "owes £20 for DBS check", "likes gardening work", "phone off on Tuesdays",
)  # fmt: skip


def client_records(truth: Programme, plan: SitePlan, wide_jobs: int = 0) -> pd.DataFrame:
    """Lay out one line for each person.

    Parameters
    ----------
    truth
        The programme.
    plan
        The site.
    wide_jobs
        How many jobs stand beside the person; 0 where jobs have a sheet of their own.

    Returns
    -------
    DataFrame
        Columns named `table.field` (and `.n` for the n-th job), Notes, Postcode, participant, job.
    """
    people = truth.participants.loc[truth.participants["site_id"] == plan.id].add_prefix("participants.")
    time = truth.enrolments.loc[truth.enrolments["site_id"] == plan.id].add_prefix("enrolments.")
    frame = people.merge(time, left_on="participants.participant_id", right_on="enrolments.participant_id")
    frame["participant"] = frame["participants.participant_id"]
    frame["job"] = 0
    jobs = truth.jobs.loc[truth.jobs["site_id"] == plan.id]
    for number in range(1, wide_jobs + 1):
        nth = jobs.loc[jobs["job_number"] == number].set_index("participant_id")
        for name in nth.columns.difference(["site_id", "job_number"]):
            frame[f"jobs.{name}.{number}"] = frame["participant"].map(nth[name])
    frame["Notes"] = [_remark(person) if place % 4 == 1 else None for place, person in enumerate(frame["participant"])]
    frame["Postcode"] = [f"ZZ{place % 9 + 1} {place % 7}QX" for place in range(len(frame))]
    return frame


def job_records(truth: Programme, plan: SitePlan) -> pd.DataFrame:
    """Lay out one line for each job, by start date."""
    return _lines(truth.jobs, "jobs", plan, ["start_date", "participant_id"], "job_number")


def evidence_records(truth: Programme, plan: SitePlan) -> pd.DataFrame:
    """Lay out one line for each claim."""
    return _lines(truth.evidence, "evidence", plan, ["evidence_date", "participant_id"], "")


def specialist_records(truth: Programme, plan: SitePlan) -> pd.DataFrame:
    """Lay out one line for each post."""
    frame = truth.specialists.loc[truth.specialists["site_id"] == plan.id].add_prefix("specialists.")
    return frame.assign(participant="", job=0).reset_index(drop=True)


def _lines(table: pd.DataFrame, name: str, plan: SitePlan, order: list[str], job: str) -> pd.DataFrame:
    own = table.loc[table["site_id"] == plan.id].sort_values(order, kind="stable")
    frame = own.add_prefix(f"{name}.").assign(participant=own["participant_id"], job=own[job] if job else 0)
    remarks = [_remark(person) if place % 5 == 2 else None for place, person in enumerate(frame["participant"])]
    frame["Notes"] = remarks
    frame["Employer"] = [_employer(place) for place in range(len(frame))]
    return frame.reset_index(drop=True)


def _remark(person: str) -> str:
    token = sha256(f"remark {person}".encode()).hexdigest()
    return f"{_REMARKS[int(token[:4], 16) % len(_REMARKS)]} zq{token[4:12]}"


def _employer(place: int) -> str:
    token = sha256(f"employer {place}".encode()).hexdigest()
    first, second = ("Bright", "Old", "Green", "North"), ("Cup", "Mop", "Box", "Till")
    return f"{first[int(token[0], 16) % 4]} {second[place % 4]} zq{token[:6]}"
