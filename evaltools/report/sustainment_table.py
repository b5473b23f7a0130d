"""Table: jobs kept, under every definition and every way of counting people whose outcome is unknown."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.figure import not_shown
from evaltools.report.html import Html
from evaltools.report.names import weeks
from evaltools.report.rows import Row, decimals, rows
from evaltools.report.share import mark, missing_words, share
from evaltools.report.table import Table, numbered
from evaltools.report.words import count, interval, sentence

__all__ = ["sustainment_table"]


def sustainment_table(release: Release) -> Html | None:
    """Jobs kept by the whole programme, a row for each definition, length and denominator; None for studies of totals."""
    if release.meta.kind != "records":
        return None
    definitions = list(release.meta.definitions)
    found = [
        row
        for definition in definitions
        for row in rows(release, definition=definition, outcome="sustained", group_by="programme")
        if row["statistic"] in ("proportion", "bounds")
    ]
    if not found:
        return not_shown("Jobs kept", "the release holds no estimate of it")
    places = decimals(release, *found)
    absent = [row for row in found if row["statistic"] == "proportion" or row["lower"] is None]
    table = Table(
        "sustainment",
        "First jobs kept, by definition and by what they are a share of",
        ("Definition", "Kept for", "Share of", "Kept", "Share", "95% interval", "Not known"),
        tuple(_cells(release, row, places) for row in found),
        note="Not known: starters for whom nobody recorded whether the job lasted, or whose job began too late to tell."
        + "".join(f"\n\n{reason}." for reason in missing_words(release, absent)),
        text=frozenset({0, 2}),
    )
    return numbered(table)


def _cells(release: Release, row: Row, places: int) -> tuple[str, ...]:
    said = share(release, row, places)
    title = release.meta.definitions[str(row["definition"])].get("title", str(row["definition"]))
    unknown = row["missing"] is None and release.meta.profile == "open"
    missing = "–" if unknown else count(row["missing"])
    if row["statistic"] == "bounds":
        known = interval(row["lower"], row["upper"], places)
        return (
            title, f"{weeks(row)} weeks", "If nobody / everybody out of contact kept the job",
            f"of {said.denominator} followed", known or mark(release, row), "–", missing,
        )  # fmt: skip
    return (
        title, f"{weeks(row)} weeks", sentence(said.denominator_name), said.of if not said.hidden else said.percent,
        said.marked, said.interval or "–", missing,
    )  # fmt: skip
