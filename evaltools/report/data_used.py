"""How much of what the sites sent is in the report: every row is kept, merged with another, or set aside."""

from __future__ import annotations

import pandas as pd

from evaltools.domain.release import Release
from evaltools.report.html import Html
from evaltools.report.quality_counts import chosen_sites
from evaltools.report.rows import picked
from evaltools.report.table import Table, numbered
from evaltools.report.words import HIDDEN, count, plural

__all__ = ["data_used", "quality_sentence"]

_HEADS = {
    "read": "Files read",
    "refused": "Files refused",
    "rows": "Rows sent",
    "kept": "Used",
    "merged": "Merged with another row",
    "quarantined": "Set aside",
}


def _counts(release: Release) -> dict[tuple[str, str], float | None]:
    found = release.results.counts
    found = pd.concat([picked(found, table_id="files"), picked(found, table_id="rows")])
    return {
        (str(row), str(column)): None if pd.isna(n) else float(n)
        for row, column, n in found[["row", "column", "n"]].itertuples(index=False)
    }


def _total(release: Release, column: str) -> float | None:
    cells = _counts(release)
    values = [n for (row, name), n in cells.items() if name == column and row != "all"]
    if ("all", column) in cells:
        return cells["all", column]
    return None if not values or None in values else sum(n for n in values if n is not None)


def quality_sentence(release: Release) -> str:
    """Say how many of the rows that sites sent were used; nothing when the release holds no such count.

    This belongs on the first page of every report.
    """
    sent, kept = _total(release, "rows"), _total(release, "kept")
    if not any(name == "rows" for _, name in _counts(release)):
        return ""
    merged, aside, refused = (_total(release, name) for name in ("merged", "quarantined", "refused"))
    rest = [
        f"{_some(merged)} merged with another row about the same person or job" if merged != 0 else "",
        f"{_some(aside)} set aside, each with its reason" if aside != 0 else "",
    ]
    said = "; ".join([f"{count(kept)} of {count(sent)} rows of data were used", *filter(None, rest)])
    return f"{said}.{_unread(release, refused)}"


def _some(number: float | None) -> str:
    return "some (number not shown) were" if number is None else f"{count(number)} were"


def _unread(release: Release, refused: float | None) -> str:
    """Say that files could not be read: with their number, or that it is hidden, but never nothing."""
    if refused is None:
        known = any(name == "refused" for _, name in _counts(release))
        return " Some files could not be read (number not shown)." if known else ""
    return f" {plural(refused, 'file')} could not be read." if refused else ""


def data_used(release: Release, site_id: str = "") -> Html | None:
    """Rows and files of each site (or of one) and what became of them; None when the release does not say."""
    cells = _counts(release)
    columns = [column for column in _HEADS if any(name == column for _, name in cells)]
    if not columns:
        return None
    sites = [site for site in chosen_sites(release, site_id) if any(row == site for row, _ in cells)]
    body = [(release.meta.sites[site], *(count(cells.get((site, column))) for column in columns)) for site in sites]
    if site_id and not sites:
        return None
    if not site_id:
        body.append(("Total", *(count(_total(release, column)) for column in columns)))
    hidden = any(HIDDEN in row for row in body)
    table = Table(
        "data-used",
        "What the sites sent and what became of it",
        ("Site", *(_HEADS[column] for column in columns)),
        tuple(body if len(sites) > 1 else body[-1:]),
        note=f"{HIDDEN}: {release.meta.rule}" if hidden else "",
        total=len(sites) > 1,
    )
    return numbered(table)
