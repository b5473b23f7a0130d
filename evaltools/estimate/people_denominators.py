"""The same outcomes as shares of other people: each official rule's denominator beside the profile's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evaltools.domain.alternative import also
from evaltools.domain.definition import Definition
from evaltools.estimate.share_rows import share_row

__all__ = ["MATURE_MONTHS", "known_name", "other_denominators", "out_of_sight", "said_of"]

MATURE_MONTHS = (6, 9, 12, 18)
_DAYS_A_MONTH = 30.4375


def known_name(name: str, definition: Definition) -> str:
    """Name of a denominator that leaves out people of whom a job may or may not count, where hours must be worked first."""
    return f"{name} whose job start is known" if definition.minimum_paid_hours > 0 else name


def said_of(people: pd.DataFrame, name: str, said: str) -> int:
    """Count the people of whom a column says so much; nobody where the column is not there.

    >>> said_of(pd.DataFrame({"engaged": ["yes", "unknown"]}), "engaged", "unknown")
    1
    """
    return int((people[name] == said).sum()) if name in people else 0


def out_of_sight(people: pd.DataFrame, denominator: str) -> int:
    """Count the people of whom nobody knows whether they are in a denominator: what would say so was set aside."""
    name = {"closed": "discharged", "referred": ""}.get(denominator, "engaged")
    return said_of(people, name, "unknown") if name else 0


def other_denominators(people: pd.DataFrame, definition: Definition) -> Iterator[dict[str, Any]]:
    """Give engagement, job starts and jobs of one group as shares of other denominators, and of mature cohorts.

    people: from derive/outcomes.py, one definition and one group. Yields rows of `estimates` without value.

    Engagement also as a share of referrals (unit referral); job starts also of people engaged, engaged and out of work,
    referred, or whose referral is closed, and of referrals and closed referrals; jobs for each person engaged, or engaged
    and out of work; and started within 6, 9, 12 and 18 months among those engaged at least so long before the end of
    follow-up.
    """
    referrals = {name: int(people[name].sum()) if name in people else 0 for name in _REFERRALS}
    unsure = referrals["referrals_engaged_unknown"]
    yield share_row(
        *("engaged", referrals["referrals_engaged"], referrals["referrals"] - unsure, unsure, "referrals", "referral"),
        unit="referral",
        term=also("of referrals"),
        method="share of referrals",
    )
    yield from _started(people, definition)
    for column, whole, name in (
        ("referrals_started", "referrals", "referrals"),
        ("referrals_closed_started", "referrals_closed", "closed referrals"),
    ):
        unsure = referrals[f"{column}_unknown"]
        unseen = referrals["referrals_closed_unknown"] if whole == "referrals_closed" else 0
        yield share_row(
            *("job_start", referrals[column], referrals[whole] - unsure, unsure + unseen, name, "referral"),
            unit="referral",
            term=also(f"of {name}"),
            method="share of referrals",
        )
    yield from _mature(people, definition)


_UNSURE = [f"referrals_{of}_unknown" for of in ("engaged", "started", "closed", "closed_started")]
_REFERRALS = [
    *("referrals", "referrals_engaged", "referrals_started", "referrals_closed", "referrals_closed_started"),
    *_UNSURE,
]


def _started(people: pd.DataFrame, definition: Definition) -> Iterator[dict[str, Any]]:
    engaged = people["engaged_date"].notna()
    idle = (people["out_of_work"] == "yes").to_numpy(dtype=bool)
    bases = {
        "engaged": ("people engaged", engaged),
        "engaged_out_of_work": ("people engaged and out of work", engaged & idle),
        "referred": ("people referred", pd.Series(True, index=people.index)),
        "closed": ("people whose referral is closed", people["closed"].astype(bool)),
    }
    for key, (name, base) in bases.items():
        here = people[base]
        doubtful = int((here["started"] == "unknown").sum())
        unsaid = int((people.loc[engaged, "out_of_work"] == "unknown").sum()) if key == "engaged_out_of_work" else 0
        unsaid += out_of_sight(people, key)
        if key != definition.job_start_denominator:
            yield share_row(
                *("job_start", int((here["started"] == "yes").sum()), len(here) - doubtful, doubtful + unsaid),
                *(known_name(name, definition), "engagement" if key.startswith("engaged") else "referral"),
                term=also(f"of {name}"),
                n=len(here),
            )
            if key.startswith("engaged"):
                yield share_row(
                    *("job_starts", int(here["jobs"].sum()), len(here), doubtful, name, "engagement"),
                    term=also(f"of {name}"),
                    statistic="ratio",
                    unit="job",
                    ci_method=pd.NA,
                )


def _mature(people: pd.DataFrame, definition: Definition) -> Iterator[dict[str, Any]]:
    scope = people[people["in_scope"] & people["follow_days"].notna()]
    for months in MATURE_MONTHS:
        days = round(months * _DAYS_A_MONTH)
        mature = scope[(scope["follow_days"] >= days).to_numpy(dtype=bool)]
        started = (mature["job_days"] <= days).fillna(False).astype(bool)
        doubtful = (~started & (mature["doubtful_days"] <= days).fillna(False)).astype(bool)
        name = known_name(f"{definition.scope} followed for {months} months", definition)
        yield share_row(
            *("job_start", int(started.sum()), len(mature) - int(doubtful.sum()), int(doubtful.sum()), name, "engagement"),
            term=also("mature cohort"),
            horizon=days,
            n=len(mature),
        )
