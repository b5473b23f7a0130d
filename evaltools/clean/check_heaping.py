"""Check for heaping: jobs of a site that lie just above a threshold that is paid, and not just below it (D139)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evaltools.clean.rule_rows import RuleRows, Tripped
from evaltools.domain.heaping import beside, binomial_tail, days_held

__all__ = ["check_heaping"]


def check_heaping(held: RuleRows) -> list[Tripped]:
    """Test job lengths and weekly hours of each site at the study's thresholds, and give the jobs just above.

    One-sided exact binomial test of the jobs just above against those just below; see `domain.heaping.binomial_tail`.
    """
    jobs, limits = held.tables["jobs"], held.thresholds
    lengths = days_held(jobs)
    found: list[Tripped] = []
    for weeks in limits.heaping_weeks:
        found += _heaps(held, lengths, 7 * weeks, limits.heaping_days, "end_date", f"{weeks} weeks")
    for hours in limits.heaping_hours:
        words = f"{hours:g} hours a week"
        found += _heaps(held, jobs["hours_per_week"], hours, limits.heaping_width, "hours_per_week", words)
    return found


def _heaps(held: RuleRows, values: pd.Series, threshold: float, width: float, field: str, words: str) -> Iterator[Tripped]:
    sides = beside(values, threshold, width)
    sites = held.tables["jobs"]["site_id"].to_numpy(dtype=object)
    for site in pd.unique(pd.Series(sites)[sides.above]):
        mine = np.equal(sites, site) if not pd.isna(site) else pd.isna(sites)
        above, below = int((sides.above & mine).sum()), int((sides.below & mine).sum())
        if above + below < held.thresholds.heaping_least:
            continue
        chance = binomial_tail(above, below)
        if chance < held.thresholds.heaping_p:
            said = f"{above} just above {words} and {below} just below; exact binomial test, p = {chance:.2g}"
            yield Tripped("D139", "jobs", field, np.flatnonzero(sides.above & mine), said)
