"""Table: each site's outcomes, with what they are shares of."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.flow_table import flow
from evaltools.report.html import Html
from evaltools.report.names import group_name, outcome_name, weeks
from evaltools.report.rows import Row, by_horizon, decimals, rows
from evaltools.report.share import UNRELIED, missing_words, share
from evaltools.report.table import Table, numbered
from evaltools.report.words import HIDDEN, count, sentence

__all__ = ["site_table"]

_MAIN = ("job_start", "sustained", "hours_16")  # of studies of people; those of totals name their outcomes themselves


def site_table(release: Release) -> Html | None:
    """Outcomes of each site and of the whole, by the study's first definition; None with fewer than two sites."""
    found = [row for row in rows(release, statistic="proportion") if row["group_by"] in ("site", "programme")]
    found = [row for row in found if row["term"] is None and (release.meta.kind == "counts" or row["outcome"] in _MAIN)]
    if len(release.meta.sites) < 2 or not found:
        return None
    columns = by_horizon(found)
    places = decimals(release, *found)
    names = [*release.meta.sites.values(), release.meta.programme]
    cells = {(group_name(release, row), _key(row)): _cell(release, row, places) for row in found}
    engaged = _engaged(release)
    head = ("Site", *(("Engaged",) if engaged else ()), *(sentence(outcome_name(release, row)) for row in columns))
    body = tuple(
        (name, *((engaged.get(name, HIDDEN),) if engaged else ()), *(cells.get((name, _key(row)), "–") for row in columns))
        for name in names
        if any((name, _key(row)) in cells for row in columns)
    )
    return numbered(Table("sites", "Outcomes at each site", head, body, note=_note(release, columns, found), total=True))


def _key(row: Row) -> tuple[object, ...]:
    return row["outcome"], weeks(row), row["denominator_name"]


def _cell(release: Release, row: Row, places: int) -> str:
    said = share(release, row, places)
    if said.hidden:
        return said.percent
    around = f" ({said.interval})" if said.interval else ""
    caution = f"\n{UNRELIED}" if said.doubt else ""
    return f"{said.percent}{around}\n{said.of}{caution}"


def _engaged(release: Release) -> dict[str, str]:
    """People engaged at each site, for studies of people."""
    names = {**release.meta.sites, "all": release.meta.programme}
    return {names[row]: count(n) for (row, step), n in flow(release).items() if step == "engaged" and row in names}


def _note(release: Release, columns: list[Row], found: list[Row]) -> str:
    of = "; ".join(f"{outcome_name(release, row)}: of {row['denominator_name']}" for row in columns)
    shown = {_key(row) for row in columns}
    listed = [row for row in found if _key(row) in shown]
    hidden = "".join(f"\n\n{reason}." for reason in missing_words(release, listed))
    ranges = (
        " The range after each percentage is its 95% confidence interval."
        if any(row["lower"] is not None for row in found)
        else ""
    )
    return f"{sentence(of)}.{ranges}{hidden}"
