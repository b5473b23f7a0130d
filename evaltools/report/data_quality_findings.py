"""Table: what the data checks found, by check and severity, at each site."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.html import Html
from evaltools.report.quality_counts import chosen_sites, quality_counts
from evaltools.report.table import Table, numbered
from evaltools.report.words import HIDDEN, count, sentence

__all__ = ["data_quality_findings"]

_GRAVITY = {"must fix": "Must fix", "please check": "Please check", "changed for you": "Changed for you"}
_TONES = {"Must fix": "tone-grave", "Please check": "tone-some"}


def data_quality_findings(release: Release, site_id: str = "") -> Html | None:
    """List the checks that found something, the gravest first, with how often at each site; None without any."""
    found = quality_counts(release, "findings")
    sites = [site for site in chosen_sites(release, site_id) if any(row == site for row, _ in found)]
    codes = {column for row, column in found if row in sites}
    if not codes:
        return None
    several, whole = len(sites) > 1, quality_counts(release, "faults")
    rank = {severity: at for at, severity in enumerate(_GRAVITY)}
    facts = release.meta.checks
    ordered = sorted(codes, key=lambda code: (rank.get(facts.get(code, {}).get("severity", ""), 9), code))
    body = tuple(
        (
            f"{sentence(facts.get(code, {}).get('title', code))} ({code})",
            _GRAVITY.get(facts.get(code, {}).get("severity", ""), ""),
            *([count(whole.get(("all", code)))] if several else []),
            *(count(found.get((site, code), 0)) for site in sites),
        )
        for code in ordered
    )
    hidden = any(HIDDEN in row for row in body)
    table = Table(
        "quality-findings",
        "What the checks found: cells, rows or files, by site",
        ("Check", "Severity", *(["All sites"] if several else []), *(release.meta.sites[site] for site in sites)),
        body,
        note=f"{HIDDEN}: {release.meta.rule}" if hidden else "",
        text=frozenset({0, 1}),
        tones=_TONES,
    )
    return numbered(table)
