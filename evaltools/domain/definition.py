"""Definition profiles: what counts as engaged, as a job start, as a job kept. Official rules disagree; each is a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Definition", "Denominator", "ExactHours", "KeptRule", "StartRule"]

Denominator = Literal["engaged", "engaged_out_of_work", "referred", "closed"]
ExactHours = Literal["counts", "neither", "under"]
StartRule = Literal["any_day", "paid_hours", "full_day"]
KeptRule = Literal["any_job", "same_job", "weeks_in_window"]

_SCOPE: dict[str, str] = {
    "engaged": "people engaged",
    "engaged_out_of_work": "people engaged and out of work",
    "referred": "people referred",
    "closed": "people whose referral is closed",
}


@dataclass(frozen=True)
class Definition:
    """One named, versioned outcome definition profile.

    engaged_first_of: enrolment date fields; a person is engaged on the earliest that is known.
    job_start_denominator: everybody engaged, those known to be out of work at referral, everybody referred, or people who
    have been discharged.
    minimum_paid_hours: paid hours that must have been worked before a job counts as started (0 to 40).
    competitive_only: jobs known not to be competitive do not count; unknown ones do.
    sustained_weeks: milestones in weeks. gap_days: days between jobs that are bridged. inclusive_days: the last day counts.
    hours_threshold: weekly hours; exactly_threshold: a job of exactly that many hours 'counts', is in 'neither' group, or is
    'under' the threshold (only more hours count).
    start_rule: 'any_day' of work, 'paid_hours' (as above), or 'full_day': a job of full_time_hours a week or more counts
    from its first day, another after the paid hours. kept_rule: 'any_job' (with gaps bridged), the 'same_job' alone, or
    'weeks_in_window': that many weeks of kept_hours or more within window_weeks from the start, in any jobs together.
    targets: the share of starters wanted at each milestone, or none. loss_limit: where more of those followed than this
    share are out of contact, the range of possible shares is the headline.
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
    start_rule: StartRule = "paid_hours"
    full_time_hours: float = 30.0
    kept_rule: KeptRule = "any_job"
    window_weeks: int = 0
    kept_hours: float = 0.0
    targets: tuple[float, ...] = ()
    loss_limit: float = 0.2

    @property
    def scope(self) -> str:
        """The people that job starts are a share of, in words."""
        return _SCOPE[self.job_start_denominator]

    def weeks_to_follow(self, weeks: int) -> int:
        """Weeks for which a person must have been followed before a milestone of so many weeks can be judged."""
        return self.window_weeks if self.kept_rule == "weeks_in_window" else weeks
