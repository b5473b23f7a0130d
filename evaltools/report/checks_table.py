"""Table: figures that contradict each other. They are shown, never repaired."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.html import Html
from evaltools.report.names import measure_name
from evaltools.report.table import Table, numbered
from evaltools.report.words import sentence

__all__ = ["checks_table", "contradictions"]

_STATUS = {"inconsistent": "Contradiction", "note": "Note"}


def contradictions(release: Release) -> int:
    """How many checks found figures that contradict each other."""
    return int((release.results.checks["status"] == "inconsistent").sum())


def checks_table(release: Release) -> Html | None:
    """List the checks that found something, contradictions first; None when all is well."""
    found = release.results.checks
    found = found[found["status"].isin(list(_STATUS))].sort_values("status", kind="stable")
    if found.empty:
        return None
    subjects = {**release.meta.groups, **release.meta.outcomes, **release.meta.sites, "all": release.meta.programme}
    body = tuple(
        (subjects.get(str(subject), measure_name(release, str(subject))), _STATUS[str(status)], sentence(str(why)))
        for subject, status, why in found[["subject", "status", "why"]].fillna("").itertuples(index=False)
    )
    table = Table(
        "checks",
        "Figures that contradict each other: shown, not repaired",
        ("Figures", "Kind", "What is wrong"),
        body,
        text=frozenset({0, 1, 2}),
    )
    return numbered(table)
