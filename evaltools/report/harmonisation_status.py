"""Table: which fields can be had from each site's files, wholly, in part or not at all, and why."""

from __future__ import annotations

from collections import Counter

from evaltools.domain.release import Release
from evaltools.report.html import Html, element, join
from evaltools.report.quality_counts import chosen_sites, quality_counts
from evaltools.report.rows import picked
from evaltools.report.table import Table, numbered
from evaltools.report.words import percent, plural, sentence

__all__ = ["field_name", "harmonisation_status", "statuses"]

_WORDS = {"complete": "Complete", "partial": "Partial", "impossible": "Impossible"}
_TONES = {"Complete": "tone-whole", "Partial": "tone-some", "Impossible": "tone-none"}
_REASONS = {
    "no column": "no column",
    "no rows": "no rows",
    "no entries": "the column is empty",
    "codes not known": "codes not known",
    "not filled": "not always filled",
    "constant": "the same in every row",
}
_TABLES = {
    "participants": "Person",
    "enrolments": "Enrolment",
    "jobs": "Job",
    "evidence": "Evidence",
    "contacts": "Meeting",
    "benefits": "Benefit",
    "measures": "Score",
    "assignments": "Caseload",
}
_JUST_UNDER = 0.945  # from which the share, worked out from rounded counts, would be shown as 95%
_NOTE = (
    "Complete: at least 95% of rows hold an entry that is not 'unknown'. Partial and impossible: the reason stands below. "
    "Steps, ends and discharges are rightly empty where they have not happened, and are called partial all the same. Fields "
    "that no site sends are left out."
)


def field_name(release: Release, field: str) -> str:
    """Name a field of a table, such as `jobs.end_date`, in words."""
    table = field.partition(".")[0]
    return f"{_TABLES.get(table, sentence(table))}: {release.meta.fields.get(field, field).lower()}"


def statuses(release: Release, site_id: str = "") -> dict[str, dict[str, tuple[str, str]]]:
    """Give the status and its reason ('' for complete) by field and site, of fields that at least one site sends."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for row in picked(release.results.checks, check_id="harmonisation").itertuples(index=False):
        site, _, field = str(row.subject).partition(":")
        status, _, reason = str(row.status).partition(": ")
        found.setdefault(field, {})[site] = (status, reason)
    sent = {field: held for field, held in found.items() if {reason for _, reason in held.values()} - {"no column"}}
    sites = chosen_sites(release, site_id)
    return {field: {site: held[site] for site in sites if site in held} for field, held in sent.items()}


def harmonisation_status(release: Release, site_id: str = "") -> Html | None:
    """Show the status of each field at each site, in words and shades; None when the release does not say."""
    found = statuses(release, site_id)
    sites = [site for site in chosen_sites(release, site_id) if any(site in held for held in found.values())]
    if not sites:
        return None
    shares = quality_counts(release, "fields")
    body = tuple(
        (field_name(release, field), *(_cell(held.get(site), shares, site, field) for site in sites))
        for field, held in found.items()
    )
    table = Table(
        "harmonisation-status",
        "Which fields each site's files can give",
        ("Field", *(release.meta.sites[site] for site in sites)),
        body,
        note=_NOTE,
        text=frozenset(range(len(sites) + 1)),
        tones=_TONES,
    )
    return join(
        _summary([held[site] for held in found.values() for site in sites if site in held], len(found)), numbered(table)
    )


def _cell(status: tuple[str, str] | None, shares: dict[tuple[str, str], float | None], site: str, field: str) -> str:
    if status is None:
        return ""
    rows, missing = shares.get((site, f"{field}.rows")), shares.get((site, f"{field}.missing"))
    reason = _REASONS.get(status[1], status[1])
    if status[1] == "not filled" and rows and missing is not None:
        filled = max(0.0, 1 - missing / rows)
        reason = f"{percent(filled)} filled" if filled < _JUST_UNDER else "just under 95% filled"
    return _WORDS.get(status[0], status[0]) + (f"\n{reason}" if reason else "")


def _summary(held: list[tuple[str, str]], fields: int) -> Html:
    counted = Counter(status for status, _ in held)
    sent = f"{plural(fields, 'field')} {'is' if fields == 1 else 'are'} sent by at least one site. "
    judged = ", ".join(f"{counted[status]:,} {word.lower()}" for status, word in _WORDS.items())
    return element("p", f"{sent}Of {plural(len(held), 'pair')} of a field and a site: {judged}.")
