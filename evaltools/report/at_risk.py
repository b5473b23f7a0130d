"""How many people a curve still rests on, as a table that can be read and not only seen."""

from __future__ import annotations

import pandas as pd

from evaltools.domain.release import Release
from evaltools.report.curves import curve_id
from evaltools.report.html import Html
from evaltools.report.rows import picked
from evaltools.report.table import Table
from evaltools.report.timescale import Timescale
from evaltools.report.words import HIDDEN, count

__all__ = ["at_risk"]


def at_risk(release: Release, outcome: str, group_by: str, caption: str, unit: Timescale) -> Html | None:
    """Return the table of people at risk under a curve, or None when the release holds none."""
    table_id = f"at_risk.{curve_id(release, outcome, group_by)}"
    found = picked(release.results.counts, table_id=table_id)
    if found.empty:
        return None
    days = sorted({float(day) for day in found["column"]})
    cells = {(row, float(day)): n for row, day, n in found[["row", "column", "n"]].itertuples(index=False)}
    groups = [group for group in ("all", *release.meta.sites) if (group, days[0]) in cells]
    names = {"all": release.meta.programme, **release.meta.sites}
    body = tuple((names[group], *(_cell(cells.get((group, day))) for day in days)) for group in groups)
    hidden = any(HIDDEN in cells for cells in body)
    return Table(
        f"at-risk-{outcome}-{group_by}".replace("_", "-"),
        caption,
        ("Group", *(unit.words(day) for day in days)),
        body,
        note=f"{HIDDEN}: {release.meta.rule}" if hidden else "",
    ).block()


def _cell(n: object) -> str:
    return count(None if pd.isna(n) else float(n))  # type: ignore[arg-type, call-overload]
