"""Definition profiles: what counts as engaged, as a job start, as a job kept. Official rules disagree; each is a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Definition", "Denominator", "ExactHours"]

Denominator = Literal["engaged", "engaged_out_of_work"]
ExactHours = Literal["counts", "neither"]


@dataclass(frozen=True)
class Definition:
    """One named, versioned outcome definition profile.

    engaged_first_of: enrolment date fields; a person is engaged on the earliest that is known.
    job_start_denominator: everybody engaged, or those known to be out of work at referral.
    minimum_paid_hours: paid hours that must have been worked before a job counts as started (0 to 40).
    competitive_only: jobs known not to be competitive do not count; unknown ones do.
    sustained_weeks: milestones in weeks. gap_days: days between jobs that are bridged. inclusive_days: the last day counts.
    hours_threshold: weekly hours; exactly_threshold: a job of exactly that many hours 'counts' or is in 'neither' group.
    """

    id: str
    version: str
    title: str
    source: str
    description: str
    engaged_first_of: tuple[str, ...]
    job_start_denominator: Denominator
    minimum_paid_hours: float
    competitive_only: bool
    sustained_weeks: tuple[int, ...]
    gap_days: int
    inclusive_days: bool
    hours_threshold: float
    exactly_threshold: ExactHours

    @property
    def scope(self) -> str:
        """The people that job starts are a share of, in words."""
        return "people engaged and out of work" if self.job_start_denominator == "engaged_out_of_work" else "people engaged"
