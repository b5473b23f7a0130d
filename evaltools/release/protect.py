"""The only door to reports: exact results in, released results out."""

from __future__ import annotations

import pandas as pd

from evaltools.domain.results import CHECKS, COUNTS, CURVES, ESTIMATES, Results, tidy
from evaltools.release.checks import protect_checks
from evaltools.release.complements import small_complements
from evaltools.release.counts import protect_counts
from evaltools.release.curves import protect_curves
from evaltools.release.estimates import Interval, protect_estimates
from evaltools.release.other_statistics import Limits
from evaltools.release.profile import Profile
from evaltools.release.retest import Test, retest

__all__ = ["protect"]


def protect(results: Results, profile: Profile, interval: Interval, test: Test, limits: Limits | None = None) -> Results:
    """Apply a release profile to every number of a study.

    interval: works out the limits of a share from its (rounded) counts. test: compares sites on their (rounded) counts.
    limits: those of bounds and of rates, from rounded counts too.
    """
    if not profile.protects:
        return results
    return Results(
        estimates=tidy(retest(protect_estimates(results.estimates, profile, interval, limits), test), ESTIMATES),
        curves=tidy(protect_curves(results.curves, profile), CURVES),
        counts=tidy(_protect_counts(results.counts, profile), COUNTS),
        checks=tidy(protect_checks(results.checks), CHECKS),
    )


def _protect_counts(counts: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    people = counts["table_id"] != "files"
    hidden = small_complements(counts, profile)
    return counts.assign(n=protect_counts(counts["n"], profile).where(people, counts["n"]).mask(hidden))
