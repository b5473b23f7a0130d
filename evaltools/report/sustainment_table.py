"""Table: jobs kept, under every definition and every way of counting people whose outcome is unknown."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.figure import not_shown
from evaltools.report.html import Html
from evaltools.report.names import weeks
from evaltools.report.rows import Row, decimals, rows
from evaltools.report.share import missing_words, share
from evaltools.report.table import Table, numbered
from evaltools.report.words import count, sentence

__all__ = ["sustainment_table"]


def sustainment_table(release: Release) -> Html | None:
    """Jobs kept by the whole programme, a row for each definition, length and denominator; None for studies of totals."""
    if release.meta.kind != "records":
        return None
    definitions = list(release.meta.definitions)
    found = [
        row
        for definition in definitions
        for row in rows(release, definition=definition, outcome="sustained", statistic="proportion", group_by="programme")
    ]
    if not found:
        return not_shown("Jobs kept", "the release holds no estimate of it")
    places = decimals(release, *found)
    table = Table(
        "sustainment",
        "First jobs kept, by definition and by what they are a share of",
        ("Definition", "Kept for", "Share of", "Kept", "Share", "95% interval", "Not known"),
        tuple(_cells(release, row, places) for row in found),
        note="Not known: starters for whom nobody recorded whether the job lasted, or whose job began too late to tell."
        + "".join(f"\n\n{reason}." for reason in missing_words(release, found)),
        text=frozenset({0, 2}),
    )
    return numbered(table)


def _cells(release: Release, row: Row, places: int) -> tuple[str, ...]:
    said = share(release, row, places)
    title = release.meta.definitions[str(row["definition"])].get("title", str(row["definition"]))
    missing = "–" if row["missing"] is None else count(row["missing"])
    return (
        title, f"{weeks(row)} weeks", sentence(said.denominator_name), said.of if not said.hidden else said.percent,
        said.percent, said.interval or "–", missing,
    )  # fmt: skip
