"""Release profiles: which numbers may leave, each threshold with one name and one home."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from types import MappingProxyType

from evaltools.errors import Problem, StudyError

__all__ = ["PROFILES", "Profile", "find_profile"]


@dataclass(frozen=True)
class Profile:
    """One disclosure rule.

    smallest: counts of people from 1 to smallest - 1 are hidden. multiple: every other count, margins too, is rounded to it.
    share_denominator: smallest denominator of a share. coarse_denominator: below it shares are rounded to `coarse_step`,
    at or above it to `fine_step` where they cannot be worked out again from rounded counts. curve_people, curve_events:
    smallest group and number of events of a curve. median_events: smallest number of events of a median.
    protects: False only for data that are already public.
    """

    id: str
    words: str
    protects: bool = True
    smallest: int = 10
    multiple: int = 5
    share_denominator: int = 23
    coarse_denominator: int = 100
    coarse_step: float = 0.05
    fine_step: float = 0.01
    curve_people: int = 30
    curve_events: int = 20
    curve_block_events: int = 10
    curve_at_risk: int = 10
    curve_month_days: float = 30.4375
    median_events: int = 20
    median_step_days: int = 30


PROFILES = MappingProxyType(
    {
        "uk-public": Profile(
            "uk-public",
            "Counts of 1 to 9 people are not shown. Every other count, totals too, is rounded to the nearest 5, and "
            "percentages are worked out from the rounded counts. Curves are drawn from points at least 10 events apart.",
        ),
        "open": Profile("open", "Nothing is hidden or rounded: the figures are already public.", protects=False),
    }
)


def find_profile(name: str) -> Profile:
    """Give a profile by its id. Raises StudyError when there is none."""
    if name in PROFILES:
        return PROFILES[name]
    guess = difflib.get_close_matches(name, PROFILES, 1)
    fix = f"did you mean '{guess[0]}'?" if guess else f"use one of: {', '.join(PROFILES)}"
    raise StudyError(Problem("S108", f"there is no release profile '{name}'", "study.toml, [release] profile", fix=fix))
