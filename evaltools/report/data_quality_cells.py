"""Table: what became of the entries that sites sent."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.html import Html
from evaltools.report.quality_counts import chosen_sites, quality_counts
from evaltools.report.table import Table, numbered
from evaltools.report.words import HIDDEN, count

__all__ = ["data_quality_cells"]

_HEADS = {
    "cells": "Entries sent",
    "mapped": "In columns that are used",
    "ignored": "In columns left out on purpose",
    "unmapped": "In unknown columns",
}


def data_quality_cells(release: Release, site_id: str = "") -> Html | None:
    """Count the entries of each site by what its layout says of their column; None when the release does not say."""
    cells = quality_counts(release, "cells")
    sites = [site for site in chosen_sites(release, site_id) if (site, "cells") in cells]
    if not sites:
        return None
    rows = [(release.meta.sites[site], *(count(cells.get((site, name), 0)) for name in _HEADS)) for site in sites]
    whole = len(sites) > 1 and ("all", "cells") in cells
    if whole:
        rows.append(("Total", *(count(cells.get(("all", name), 0)) for name in _HEADS)))
    hidden = any(HIDDEN in row for row in rows)
    table = Table(
        "quality-cells",
        "What became of the entries in the rows that sites sent",
        ("Site", *_HEADS.values()),
        tuple(rows),
        note=f"{HIDDEN}: {release.meta.rule}" if hidden else "",
        total=whole,
    )
    return numbered(table)
