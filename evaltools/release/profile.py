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
    smallest group and number of events of a curve. median_events: smallest number of events of a median
    or restricted mean. hours_step: mean and median hours are rounded to it. caseload_days: fewest full-time days behind a
    figure about caseload, ten full-time years.
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
    hours_step: float = 1.0
    caseload_days: float = 3652.5


PROFILES = MappingProxyType(
    {
        "uk-public": Profile(
            "uk-public",
            "Counts of 1 to 9 people are not shown. Every other count, totals too, is rounded to the nearest 5, and "
            "percentages and tests are worked out from the rounded counts. Curves are drawn from points at least 10 events "
            "apart, to the nearest 1 point, or 5 for fewer than 100 people.",
        ),
        "open": Profile("open", "Nothing is hidden or rounded: the figures are already public.", protects=False),
    }
)


def find_profile(name: str, public: bool = True) -> Profile:
    """Give a profile by its id.

    public: the data are published or synthetic. Raises StudyError when there is no such profile, and when one that protects
    nobody is asked for data that are not public.
    """
    place = "study.toml, [release] profile"
    if name not in PROFILES:
        guess = difflib.get_close_matches(name, PROFILES, 1)
        fix = f"did you mean '{guess[0]}'?" if guess else f"use one of: {', '.join(PROFILES)}"
        raise StudyError(Problem("S108", f"there is no release profile '{name}'", place, fix=fix))
    profile = PROFILES[name]
    if not profile.protects and not public:
        fix = "use profile 'uk-public'; 'open' is for published or synthetic data, whose study file declares a public_key"
        raise StudyError(
            Problem("S113", f"profile '{name}' protects nobody, and this study is of real people", place, fix=fix)
        )
    return profile
