"""Table: how long after a job start, or after a milestone was reached, its evidence is dated."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.html import Html
from evaltools.report.quality_counts import chosen_sites, quality_counts
from evaltools.report.table import Table, numbered
from evaltools.report.words import HIDDEN, count

__all__ = ["data_quality_lag"]

_HEADS = {
    "before": "Before the event",
    "0_30": "0 to 30 days after",
    "31_91": "31 to 91 days",
    "92_183": "92 to 183 days",
    "184_more": "184 days or more",
    "no_job": "No job to prove",
}


def data_quality_lag(release: Release, site_id: str = "") -> Html | None:
    """Count evidence by the days from its event, by site; None when the release does not say."""
    found = quality_counts(release, "lag")
    sites = [site for site in chosen_sites(release, site_id) if any(row == site for row, _ in found)]
    if not sites:
        return None
    rows = [(release.meta.sites[site], *(count(found.get((site, band), 0)) for band in _HEADS)) for site in sites]
    if len(sites) > 1:
        rows.append(("Total", *(count(found.get(("all", band), 0)) for band in _HEADS)))
    silent = [name for site, name in release.meta.sites.items() if site not in sites] if not site_id else []
    note = f"No evidence of jobs from: {', '.join(silent)}." if silent else ""
    if any(HIDDEN in row for row in rows):
        note += f" {HIDDEN}: {release.meta.rule}"
    table = Table(
        "quality-lag",
        "Evidence by the time from the event that it proves",
        ("Site", *_HEADS.values()),
        tuple(rows),
        note=note.strip(),
        total=len(sites) > 1,
    )
    return numbered(table)
