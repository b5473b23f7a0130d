"""The section `[checks]` of a study file: the limits that judge whether an entry is to be checked."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = ["Thresholds"]

_Weeks = Annotated[int, Field(ge=1, le=520)]


class Thresholds(BaseModel):
    """Limits of the judged checks. Changing one does not read the providers' files again.

    age_min, age_max: age in whole years at referral. hours_check, hours_max: hours a week in all jobs held on one day; above
    the first to be checked, above the second to be fixed. overlap_days: days that two jobs of one person may share.
    heaping_weeks, heaping_hours: where contracts pay, and where job lengths (weeks) and weekly hours are tested for heaping.
    heaping_days, heaping_width: how many days, and hours, beside a threshold are compared. heaping_p: a one-sided exact
    binomial probability below which heaping is said, from heaping_least jobs on. evidence_lag_days: days from an event to
    its evidence. sentinel_dates: days that stand for 'unknown'.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    age_min: int = Field(default=16, ge=0, le=120)
    age_max: int = Field(default=80, ge=0, le=120)
    hours_check: float = Field(default=48, gt=0, le=168)
    hours_max: float = Field(default=60, gt=0, le=168)
    overlap_days: int = Field(default=1, ge=0)
    heaping_weeks: tuple[_Weeks, ...] = (6, 13)
    heaping_hours: tuple[Annotated[float, Field(gt=0, le=100)], ...] = (16.0,)
    heaping_days: int = Field(default=7, ge=1, le=91)
    heaping_width: float = Field(default=2, gt=0, le=20)
    heaping_p: float = Field(default=0.01, gt=0, lt=1)
    heaping_least: int = Field(default=10, ge=1)
    evidence_lag_days: int = Field(default=183, ge=0)
    sentinel_dates: tuple[date, ...] = (date(1900, 1, 1),)

    @model_validator(mode="after")
    def _in_order(self) -> Thresholds:
        if self.age_max < self.age_min:
            raise ValueError("age_min must not be greater than age_max")
        if self.hours_max < self.hours_check:
            raise ValueError("hours_check must not be greater than hours_max")
        return self
