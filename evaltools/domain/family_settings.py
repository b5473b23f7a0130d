"""Settings of the families of outcomes beside work: one value for a study, each number a choice that it may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaltools.domain.instrument import INSTRUMENTS, Instrument

__all__ = ["FIDELITY_CUTS", "FamilySettings", "ScoreWindow"]

FIDELITY_CUTS = (20, 25, 30, 40)
"""Upper ends of the caseload bands of the United Kingdom fidelity scale, from the best; above the last is the worst."""


@dataclass(frozen=True)
class ScoreWindow:
    """Which scores are compared, in days.

    A baseline lies at most `before` days before and `after` days after engagement, and before any job; a follow-up at most
    `around` days from `days` after engagement.
    """

    before: int = 90
    after: int = 30
    days: int = 182
    around: int = 61


@dataclass(frozen=True)
class FamilySettings:
    """What a study may say about benefits, scores and specialists.

    migration_days: an end of an older benefit followed by Universal Credit so soon is a move. baseline_days: oldest report
    that tells what somebody was on when engaged. sensitivity, specificity: of reports that a claim has ended, each a share
    or how many of how many in a study that checked reports; None for no correction. instruments: by id, with reliability and
    standard deviation where the study has a source for them. scores: which scores are compared. employer_within: days from
    engagement within which an employer should have been met. contact_within: days after the last contact for which a case
    is active; None until discharge. ramp_up_months: first months in a post in which a caseload is still filling.
    caseload_cuts: upper ends of the caseload bands, in cases for each full-time equivalent.
    """

    migration_days: int = 42
    baseline_days: int = 365
    sensitivity: float | tuple[float, float] | None = None
    specificity: float | tuple[float, float] | None = None
    instruments: Mapping[str, Instrument] = field(default_factory=lambda: INSTRUMENTS)
    scores: ScoreWindow = field(default_factory=ScoreWindow)
    employer_within: int = 30
    contact_within: int | None = None
    ramp_up_months: int = 3
    caseload_cuts: tuple[int, ...] = FIDELITY_CUTS
