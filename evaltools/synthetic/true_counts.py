"""Counts of a programme, by the plainest reading of the rules: a loop over people, to hold other code against."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from evaltools.synthetic.site_plan import DATA_CUT, SITES

__all__ = ["RULES", "Rule", "true_counts"]


@dataclass(frozen=True)
class Rule:
    """One definition profile, as far as counts need it. engaged_by: the earliest of these dates. weeks: milestones."""

    engaged_by: tuple[str, ...]
    weeks: tuple[int, ...]
    out_of_work_only: bool = False
    paid_hours: bool = False  # hours must have been worked, so that a job without weekly hours cannot be judged


class _Job(NamedTuple):
    start: date
    end: date | None
    hours_missing: bool
    ended: bool = False  # a reason for its end is given, so that without its day the job is known for its first day only


RULES: dict[str, Rule] = {
    "bit_cbo": Rule(("engaged_date", "profile_started_date", "profile_completed_date"), (6, 13, 26)),
    "lcf_mhep": Rule(("third_appointment_date", "profile_completed_date", "engaged_date"), (6, 13, 26), paid_hours=True),
    "ipsgrow_2024": Rule(("profile_started_date", "engaged_date", "profile_completed_date"), (6, 13, 26), True, True),
}


def true_counts(participants: pd.DataFrame, enrolments: pd.DataFrame, jobs: pd.DataFrame) -> dict[str, object]:
    """Count people at each step, by site and definition.

    Parameters
    ----------
    participants, enrolments, jobs
        Clean tables.

    Returns
    -------
    dict
        Site -> definition -> step -> people. referred; engaged; engaged_out_of_work; started (a first competitive job that
        starts on the day of engagement or later); started_hours_missing (of those, weekly hours are not recorded);
        started_unknown (not among them: jobs without hours, where the definition asks for paid hours); and, for k weeks,
        in_window_k (k weeks have passed by the data cut, or by the closing of the site), kept_k and lost_k (seen to reach,
        or not to reach, k weeks), unknown_k (the rest of those who started).
    """
    work: dict[str, list[_Job]] = {}
    for row in jobs.sort_values("start_date", kind="stable").to_dict("records"):
        if row["competitive"]:
            work.setdefault(row["participant_id"], []).append(
                _Job(row["start_date"].date(), _day(row["end_date"]), pd.isna(row["hours_per_week"]), _ended(row))
            )
    known = set(participants["participant_id"])
    told: dict[str, object] = {}
    for plan in SITES:
        people = enrolments.loc[(enrolments["site_id"] == plan.id) & enrolments["participant_id"].isin(known)]
        rows = people.to_dict("records")
        told[plan.id] = {name: _steps(rows, work, rule, plan.last_day) for name, rule in RULES.items()}
    return told


def _steps(rows: list[dict[Hashable, Any]], work: dict[str, list[_Job]], rule: Rule, closes: date) -> dict[str, int]:
    steps = dict.fromkeys(
        ("referred", "engaged", "engaged_out_of_work", "started", "started_hours_missing", "started_unknown"), 0
    )
    for weeks in rule.weeks:
        steps |= dict.fromkeys((f"in_window_{weeks}", f"kept_{weeks}", f"lost_{weeks}", f"unknown_{weeks}"), 0)
    for row in rows:
        steps["referred"] += 1
        engaged = min((day for day in (_day(row[name]) for name in rule.engaged_by) if day), default=None)
        if engaged is None:
            continue
        steps["engaged"] += 1
        idle = row["employment_at_referral"] not in ("employed", "unknown")
        steps["engaged_out_of_work"] += idle
        if rule.out_of_work_only and not idle:
            continue
        jobs = [job for job in work.get(row["participant_id"], []) if job.start >= engaged]
        first = next((job for job in jobs if not (rule.paid_hours and job.hours_missing)), None)
        if first is None:
            steps["started_unknown"] += bool(jobs)
            continue
        steps["started"] += 1
        steps["started_hours_missing"] += first.hours_missing
        last = _day(row["last_contact_date"]) or DATA_CUT
        for weeks in rule.weeks:
            steps[f"in_window_{weeks}"] += (closes - first.start).days >= 7 * weeks
            steps[f"{_fate(first, last, weeks)}_{weeks}"] += 1
    return steps


def _fate(job: _Job, last: date, weeks: int) -> str:
    if job.end is not None:
        return "kept" if (job.end - job.start).days >= 7 * weeks else "lost"
    return "kept" if not job.ended and (last - job.start).days >= 7 * weeks else "unknown"


def _ended(row: dict[Hashable, Any]) -> bool:
    reason = row.get("end_reason")
    return not pd.isna(reason) and reason not in ("", "unknown")


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(str(value)).date()
