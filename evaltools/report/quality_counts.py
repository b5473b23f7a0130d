"""Find the released counts about the quality of the data, by site and column."""

from __future__ import annotations

import difflib

import pandas as pd

from evaltools.domain.release import Release
from evaltools.errors import Problem, ReportError
from evaltools.report.rows import picked

__all__ = ["chosen_sites", "quality_counts"]


def quality_counts(release: Release, table_id: str) -> dict[tuple[str, str], float | None]:
    """Give the counts of one table by row (site, or 'all') and column; a hidden count is None, an absent one not there."""
    found = picked(release.results.counts, table_id=table_id)
    return {
        (str(row), str(column)): None if pd.isna(n) else float(n)
        for row, column, n in found[["row", "column", "n"]].itertuples(index=False)
    }


def chosen_sites(release: Release, site_id: str = "") -> list[str]:
    """Give the site that a page is about, or all sites in the order of the study file.

    Raises ReportError (R209) for an id that no site has.
    """
    if site_id and site_id not in release.meta.sites:
        guess = difflib.get_close_matches(site_id, release.meta.sites, 1)
        fix = f"did you mean '{guess[0]}'?" if guess else f"sites are: {', '.join(release.meta.sites)}"
        raise ReportError(Problem("R209", f"there is no site '{site_id}'", release.meta.study, fix=fix))
    return [site for site in release.meta.sites if not site_id or site == site_id]
